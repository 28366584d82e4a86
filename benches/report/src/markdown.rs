//! How figures, tables and the facts of a run are written in Markdown. Must not know what is measured.

use crate::results::Facts;
use std::fmt::Write as _;

/// The machine, the time and the commit, and whether newer results exist.
pub(crate) fn origin(facts: &Facts, newest: &Facts) -> String {
    let old = match facts.is_older_than(newest) {
        true => format!(
            " **Older code than that of {}, commit {}.**",
            newest.cpu.kind(),
            newest.commit.id
        ),
        false => String::new(),
    };
    let pages = facts.page_bytes.map_or_else(
        || "page size not recorded".to_owned(),
        |bytes| format!("pages of {} KiB", bytes >> 10),
    );
    let huge = facts.huge_pages.as_ref().map_or_else(
        || "huge pages not recorded".to_owned(),
        |mode| format!("transparent huge pages `{mode}`"),
    );
    let flags = match facts.rustflags.as_deref() {
        None => "flags not recorded".to_owned(),
        Some("") => "no flags".to_owned(),
        Some(flags) => format!("`{flags}`"),
    };
    let part = if facts.whole { "" } else { "A part of a run. " };
    let changed = if facts.commit.changed { " with changes" } else { "" };
    format!(
        "{part}{}; {}, {pages}, {huge}; {}, {flags}, target features {}; jobview's kernel `{}`; commit {}{changed} of {}; \
         measured on {}.{old}",
        facts.cpu.full_name(),
        facts.system,
        facts.rustc,
        facts.target_features.join(", "),
        facts.kernel,
        facts.commit.id,
        date(facts.commit.seconds),
        date(facts.started),
    )
}

fn date(seconds: u64) -> String {
    let time = jiff::Timestamp::from_second(seconds as i64).unwrap_or_default();
    time.strftime("%Y-%m-%d").to_string()
}

/// Rows under a head: the first column is text, the others are numbers.
pub(crate) fn table(
    out: &mut String,
    head: &[impl AsRef<str>],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
    _ = writeln!(out, "| {} |", head.join(" | "));
    _ = writeln!(out, "|---|{}", "---:|".repeat(head.len() - 1));
    for row in rows {
        _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

/// A ratio.
pub(crate) fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x"))
}

/// A share.
pub(crate) fn percent(percent: Option<f64>) -> String {
    percent.map_or_else(String::new, |percent| format!("{percent:.1} %"))
}

/// A rate.
pub(crate) fn gigabytes(rate: Option<f64>) -> String {
    rate.map_or_else(String::new, |rate| format!("{rate:.2}"))
}

/// A target, or nothing.
pub(crate) fn bound(target: Option<f64>, unit: &str) -> String {
    target.map_or_else(String::new, |target| format!("{target}{unit}"))
}
