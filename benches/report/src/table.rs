//! The tables, as Markdown. Ratios come first: they hold on another machine, gigabytes a second do not.
//!
//! What a column means is said in `benches/README.md` once, and not here again.

use crate::results::{Facts, Results, rank};
use std::fmt::Write as _;

const JOBVIEW: &str = "jobview";
const RIVAL: &str = "sonic-rs";
/// The limits that jobview is reported as a share of: the faster of them.
const READING: [&str; 2] = ["read-prefetch", "read"];

/// The workloads, and what they are called.
const WORKLOADS: [(&str, &str); 4] = [
    ("file", "`file`: 256 MiB, more than any cache holds"),
    ("batch", "`batch`: 256 KiB, in the second-level cache"),
    ("document", "`document`: one document at a time, warm"),
    ("cold", "`cold`: one document at a time, a new parser for each"),
];

/// The part of the README.
pub(crate) fn summary(results: &Results) -> String {
    let mut out = String::new();
    let corpora = results.corpora("file").into_iter();
    let rows = corpora
        .map(|corpus| [vec![format!("`{corpus}`")], ratios(results, "file", corpus)].concat());
    let head = ["corpus", "to sonic-rs", "to the best other", "of reading", "GB/s"];
    out.push_str("![Gigabytes a second of each contender](benches/report.svg)\n\n");
    table(&mut out, &head, rows);
    _ = writeln!(
        out,
        "\nTwice as fast is 2.00x; reading is to go through every byte once.\n\n{}",
        origin(&results.facts)
    );
    out
}

/// `benches/report.md`.
pub(crate) fn full(results: &Results, nightly: Option<&Results>) -> String {
    let mut out =
        "# Results\n\nWritten by `jobview-report`; [README.md](README.md) says how, and what \
                   they do not say.\n\n"
            .to_owned();
    _ = writeln!(out, "{}", origin(&results.facts));
    workloads(&mut out, results);
    streams(&mut out, results);
    if let Some(counted) = &results.instructions {
        instructions(&mut out, counted);
    }
    if let Some(nightly) = nightly {
        _ = writeln!(out, "\n# On nightly\n\n{}", origin(&nightly.facts));
        workloads(&mut out, nightly);
    }
    out.push_str("\n## What contenders do not do, or do otherwise\n\n");
    let others = nightly.iter().flat_map(|nightly| &nightly.facts.contenders);
    let mut told: Vec<&str> = Vec::new();
    for contender in results.facts.contenders.iter().chain(others) {
        if !contender.does_less.is_empty() && !told.contains(&contender.name.as_str()) {
            told.push(&contender.name);
            _ = writeln!(out, "- {}: {}.", contender.name, contender.does_less);
        }
    }
    out
}

fn workloads(out: &mut String, results: &Results) {
    for (workload, title) in WORKLOADS {
        let corpora = results.corpora(workload);
        if corpora.is_empty() {
            continue;
        }
        _ = writeln!(out, "\n## {title}\n");
        let contenders = results.contenders(workload);
        let limits = ["read-prefetch", "read", "memchr", "memcpy", "utf8"];
        let limits = limits.into_iter().filter(|limit| {
            corpora.iter().any(|corpus| results.rate(workload, corpus, limit).is_some())
        });
        let others = contenders.iter().copied().filter(|&name| name != JOBVIEW);
        let columns: Vec<&str> = others.chain(limits).collect();
        let head = ["corpus", "to sonic-rs", "to the best other", "of reading", "GB/s"];
        let rows = corpora.into_iter().map(|corpus| {
            let rates = columns.iter().map(|name| gigabytes(results.rate(workload, corpus, name)));
            let mut row = vec![format!("`{corpus}`")];
            row.extend(ratios(results, workload, corpus));
            row.extend(rates);
            row
        });
        table(out, &[&head[..], &columns].concat(), rows);
    }
}

/// The workloads in which jobview is measured against itself, each with the way that the others are compared with.
const STREAMS: [(&str, &str, &str, &str); 2] = [
    ("reader", "`reader`: the same from a reader", "slice", "reader"),
    ("parallel", "`parallel`: a slice, in two threads", "1-thread", "2-threads"),
];

fn streams(out: &mut String, results: &Results) {
    for (workload, title, base, other) in STREAMS {
        let corpora = results.corpora(workload);
        if corpora.is_empty() {
            continue;
        }
        _ = writeln!(out, "\n## {title}\n");
        let rows = corpora.into_iter().map(|corpus| {
            let [base, other] = [base, other].map(|name| results.rate(workload, corpus, name));
            let ratio = base
                .zip(other)
                .map_or_else(String::new, |(base, other)| format!("{:.2}x", other / base));
            vec![format!("`{corpus}`"), ratio, gigabytes(other), gigabytes(base)]
        });
        table(out, &["corpus", "ratio", other, base], rows);
    }
}

/// jobview in proportion to the rival, to the best other contender and to reading; and by itself.
fn ratios(results: &Results, workload: &str, corpus: &str) -> Vec<String> {
    let rate = |name: &str| results.rate(workload, corpus, name);
    let jobview = rate(JOBVIEW);
    let others = results.contenders(workload).into_iter().filter(|&name| name != JOBVIEW);
    let best = others
        .filter_map(|name| Some((name, rate(name)?)))
        .max_by(|(_, left), (_, right)| left.total_cmp(right));
    let reading = READING.iter().filter_map(|name| rate(name)).max_by(f64::total_cmp);
    let times = |other: Option<f64>| Some(jobview? / other?);
    let shown = |ratio: Option<f64>| ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}x"));
    let best = best
        .map_or_else(String::new, |(name, rate)| format!("{} ({name})", shown(times(Some(rate)))));
    let share = times(reading).map_or_else(String::new, |share| format!("{:.1} %", 100.0 * share));
    vec![shown(times(rate(RIVAL))), best, share, gigabytes(jobview)]
}

fn gigabytes(rate: Option<f64>) -> String {
    rate.map_or_else(String::new, |rate| format!("{rate:.2}"))
}

fn instructions(out: &mut String, counted: &Facts) {
    _ = writeln!(out, "\n## Instructions a byte\n\n{}\n", origin(counted));
    let names = counted.contenders.iter().map(|contender| contender.name.as_str());
    let names: Vec<&str> =
        names.filter(|&name| counted.rows.iter().any(|row| row.contender == name)).collect();
    let mut corpora: Vec<&str> = counted.rows.iter().map(|row| row.corpus.as_str()).collect();
    corpora.dedup();
    corpora.sort_by_key(|&corpus| rank(corpus));
    let rows = corpora.into_iter().map(|corpus| {
        let of = |name: &str| {
            let mut rows = counted.rows.iter();
            let row = rows.find(|row| row.corpus == corpus && row.contender == name);
            row.map_or_else(String::new, |row| format!("{:.3}", row.per_byte))
        };
        let counts = names.iter().map(|name| of(name));
        std::iter::once(format!("`{corpus}`")).chain(counts).collect()
    });
    table(out, &[&["corpus"], &names[..]].concat(), rows);
}

/// Where, when and of what.
fn origin(facts: &Facts) -> String {
    let when = jiff::Timestamp::from_second(facts.started as i64).unwrap_or_default();
    let form = if facts.short { "A short run. " } else { "" };
    format!(
        "{form}{}, {}; {}, target features {}; jobview's kernel `{}`; commit {}; {}.",
        facts.cpu,
        facts.system,
        facts.rustc,
        facts.target_features.join(", "),
        facts.kernel,
        facts.commit,
        when.strftime("%Y-%m-%d"),
    )
}

fn table(out: &mut String, head: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    _ = writeln!(out, "| {} |", head.join(" | "));
    _ = writeln!(out, "|---|{}", "---:|".repeat(head.len() - 1));
    for row in rows {
        _ = writeln!(out, "| {} |", row.join(" | "));
    }
}
