//! Formats statistics: a table for people, JSON for programs.
//!
//! `stats` computes what both show; this module must not. On a terminal, tables have borders and fit the width. In a
//! pipe, they are plain, and nothing in them is truncated.

use crate::input::{Gap, Learned, Novelties, Place};
use crate::output::printable;
use crate::totals::{Findings, OfFile, Reason, Stats};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use indicatif::DecimalBytes;
use jobview::DocumentKind;
use num_format::{Locale, ToFormattedString};
use serde::Serialize;
use std::io::{self, IsTerminal as _};
use std::time::Duration;
use terminal_size::{Width, terminal_size_of};

/// How many reasons are shown individually.
const REASONS: usize = 20;

/// How many codes and statuses are shown individually.
const MOST_FREQUENT: usize = 10;

/// How many characters of a gap, a pointer or a code are shown on a terminal.
const LONGEST: usize = 80;

/// The width that is assumed if the terminal does not report one.
const USUAL_WIDTH: u16 = 80;

/// The style of tables.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Look {
    /// For a terminal with this number of columns.
    Framed(u16),
    /// For other programs.
    Plain,
}

impl Look {
    /// The style that suits standard output.
    pub(crate) fn of_stdout() -> Self {
        match (io::stdout().is_terminal(), terminal_size_of(io::stdout())) {
            (true, Some((Width(columns), _))) => Self::Framed(columns),
            (true, None) => Self::Framed(USUAL_WIDTH),
            (false, _) => Self::Plain,
        }
    }

    /// A table of this style.
    pub(crate) fn empty_table(self) -> Table {
        let mut table = Table::new();
        match self {
            Self::Framed(columns) => table
                .load_style(presets::UTF8_BORDERS_ONLY)
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(columns),
            Self::Plain => table.load_style(presets::NOTHING),
        };
        table
    }

    /// The lines of such a table.
    pub(crate) fn lines(self, mut table: Table) -> String {
        if let Self::Plain = self {
            for column in table.column_iter_mut() {
                column.set_padding((0, 2));
            }
        }
        format!("{}\n", table.trim_fmt())
    }

    /// Printable text; on a terminal, long text loses its middle.
    fn text(self, text: &str) -> String {
        match self {
            Self::Framed(_) => short(text),
            Self::Plain => printable(text),
        }
    }
}

/// A JSON object on several lines, with a newline at the end.
pub(crate) fn json(members: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(members).expect("names and numbers only");
    text.push('\n');
    text
}

/// A table of the totals and, if records were rejected, a second one of the reasons.
pub(crate) fn table(stats: &Stats, elapsed: Duration, look: Look) -> String {
    let totals = &stats.totals;
    let status = &totals.status;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let row = |name: &str, number: u64| (name.to_owned(), grouped(number));
    let mut rows = vec![row("documents", totals.documents)];
    let kinds = DocumentKind::ALL.into_iter().filter(|&kind| totals.kinds[kind] > 0);
    rows.extend(kinds.map(|kind| row(&format!("  {kind}"), totals.kinds[kind])));
    rows.push(row("rejected records", totals.rejected));
    if totals.jobs > 0 {
        rows.extend([
            row("jobs", totals.jobs),
            row("  cancelled", status.cancelled),
            row("  complete", status.complete),
            row("  processing", status.processing),
            row("  queued", status.queued),
        ]);
        rows.extend((status.other > 0).then(|| row("  other", status.other)));
        rows.extend([
            ("  total_count".to_owned(), grouped(totals.total_count)),
            ("  completed_count".to_owned(), grouped(totals.completed_count)),
            ("  failed_count".to_owned(), grouped(totals.failed_count)),
        ]);
        if totals.skipped_count != 0 {
            rows.push(("  skipped_count".to_owned(), grouped(totals.skipped_count)));
        }
        rows.extend((totals.job_errors > 0).then(|| row("  job errors", totals.job_errors)));
        rows.extend([
            row("  list ids", totals.list_ids),
            row("  profile ids", totals.profile_ids),
            row("  import error ids", totals.import_error_ids),
        ]);
        rows.extend((totals.related_ids > 0).then(|| row("  other ids", totals.related_ids)));
        rows.extend([
            ("  first created_at".to_owned(), printable(&text(&totals.first_created_at))),
            ("  last created_at".to_owned(), printable(&text(&totals.last_created_at))),
        ]);
    }
    if stats.unreadable_timestamps > 0 {
        rows.push(row("  unreadable created_at", stats.unreadable_timestamps));
    }
    if totals.included_lists > 0 {
        rows.push(row("included lists", totals.included_lists));
    }
    if totals.included_resources > 0 {
        rows.push(row("other included resources", totals.included_resources));
    }
    if totals.import_errors > 0 {
        rows.push(row("import errors", totals.import_errors));
        let codes = stats.import_errors_by_code.iter();
        let codes = codes.map(|of| (look.text(&of.code), of.import_errors));
        rows.extend(most_frequent(codes, stats.import_errors_with_other_codes));
    }
    if totals.listed_ids > 0 {
        rows.push(row("listed ids", totals.listed_ids));
    }
    if totals.errors > 0 {
        rows.push(row("errors", totals.errors));
        let statuses = stats.errors_by_status.iter();
        let statuses = statuses.map(|of| (of.status.to_string(), of.errors));
        rows.extend(most_frequent(statuses, stats.errors_with_other_statuses));
    }
    let Novelties { unknown_members, other_unknown_members, layout_changes, .. } =
        &stats.findings.novelties;
    let unknown = unknown_members.iter().map(|member| member.count).sum::<u64>();
    if unknown + other_unknown_members > 0 {
        let names = grouped(unknown_members.len() as u64);
        // Only this many are told apart.
        let names = if *other_unknown_members > 0 { format!("more than {names}") } else { names };
        rows.push(row("unknown members", unknown + other_unknown_members));
        rows.push(("  distinct".to_owned(), names));
    }
    if layout_changes.count > 0 {
        rows.push(row("layout changes", layout_changes.count));
    }
    rows.push(row("files", stats.files));
    rows.push(("size".to_owned(), DecimalBytes(totals.bytes).to_string()));
    let seconds = elapsed.as_secs_f64();
    rows.push(("time".to_owned(), format!("{seconds:.3} s")));
    if seconds > 0.0 {
        rows.push(("speed".to_owned(), format!("{:.0} MB/s", totals.bytes as f64 / 1e6 / seconds)));
    }

    let mut table = look.empty_table();
    for (name, value) in rows {
        table.add_row([Cell::new(name), number(value)]);
    }
    let mut shown = look.lines(table);
    if totals.rejected > 0 {
        shown.push('\n');
        shown.push_str(&look.lines(reasons_table(&stats.findings, look)));
    }
    shown
}

/// Rows for counted values, the most frequent first. `others` counts values that are not listed.
fn most_frequent(
    counted: impl Iterator<Item = (String, u64)>,
    others: u64,
) -> impl Iterator<Item = (String, String)> {
    let mut sorted: Vec<_> = counted.collect();
    // Stable: equals stay sorted by name.
    sorted.sort_by_key(|&(_, times)| std::cmp::Reverse(times));
    let rest = sorted.split_off(sorted.len().min(MOST_FREQUENT));
    let others = others + rest.iter().map(|(_, times)| times).sum::<u64>();
    let others = (others > 0).then(|| ("others".to_owned(), others));
    sorted.into_iter().chain(others).map(|(name, times)| (format!("  {name}"), grouped(times)))
}

fn reasons_table(findings: &Findings, look: Look) -> Table {
    let mut sorted: Vec<_> = findings.reasons.iter().collect();
    // Stable: equals stay sorted by name.
    sorted.sort_by_key(|reason| std::cmp::Reverse(reason.records));
    let (shown, rest) = sorted.split_at(sorted.len().min(REASONS));
    let others = findings.other_reasons + rest.iter().map(|reason| reason.records).sum::<u64>();

    let mut table = look.empty_table();
    table.set_header([Cell::new("rejection reason"), Cell::new("at"), number("records".into())]);
    for Reason { kind, pointer, records } in shown {
        let pointer = if pointer.is_empty() { "(document)" } else { pointer };
        let cells = [Cell::new(kind), Cell::new(printable(pointer)), number(grouped(*records))];
        table.add_row(cells);
    }
    if others > 0 {
        table.add_row([Cell::new("other reasons"), Cell::new(""), number(grouped(others))]);
    }
    table
}

/// The tables of `--verbose`: the inputs, the kernel, what was learned, unknown members and layout changes.
pub(crate) fn details(stats: &Stats, learned: &Learned, look: Look) -> String {
    let mut shown = format!("\n{}", look.lines(files_table(&stats.by_file, look)));
    let mut table = look.empty_table();
    for (name, value) in [
        ("kernel", learned.kernel.name().to_owned()),
        ("known gaps", grouped(learned.hits)),
        ("unknown gaps", grouped(learned.misses)),
        ("replaced gaps", grouped(learned.replaced)),
        ("learning", if learned.is_paused { "paused" } else { "active" }.to_owned()),
    ] {
        table.add_row([Cell::new(name), number(value)]);
    }
    shown.push('\n');
    shown.push_str(&look.lines(table));

    let gap = |gap: &Gap| [look.text(&gap.text), gap.value.clone(), grouped(gap.hits)];
    let gaps = learned.gaps.iter().map(gap);
    shown.push_str(&list(look, ["learned gap", "followed by", "times"], gaps));
    let Novelties { unknown_members, other_unknown_members: others, layout_changes, .. } =
        &stats.findings.novelties;
    let members = unknown_members
        .iter()
        .map(|member| [look.text(&member.pointer), place(&member.first), grouped(member.count)])
        .chain((*others > 0).then(|| ["others".to_owned(), String::new(), grouped(*others)]));
    shown.push_str(&list(look, ["unknown member", "first in", "times"], members));
    let others = layout_changes.count - layout_changes.first.len() as u64;
    let places = layout_changes.first.iter().map(|change| [place(change)]);
    let places = places.chain((others > 0).then(|| [format!("and {} more", grouped(others))]));
    shown.push_str(&list(look, ["layout change at"], places));
    shown
}

/// A row for each input.
fn files_table(files: &[OfFile], look: Look) -> Table {
    let mut table = look.empty_table();
    let header = ["documents", "rejected records", "jobs", "size"].map(|name| number(name.into()));
    table.set_header([Cell::new("file")].into_iter().chain(header));
    for OfFile { file, bytes, documents, rejected, jobs, error, .. } in files {
        let name = error.as_ref().map_or_else(|| file.clone(), |error| format!("{file}: {error}"));
        let numbers = [documents, rejected, jobs].map(|&count| number(grouped(count)));
        let size = number(DecimalBytes(*bytes).to_string());
        table.add_row([Cell::new(name)].into_iter().chain(numbers).chain([size]));
    }
    table
}

/// A table after an empty line, or nothing if there are no rows. If there are several columns, the last one has
/// numbers.
fn list<const N: usize>(
    look: Look,
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut table = look.empty_table();
    let cells = |texts: [String; N]| {
        let mut cells = texts.map(Cell::new);
        if let [_, .., last] = &mut cells[..] {
            *last = last.clone().set_alignment(CellAlignment::Right);
        }
        cells
    };
    table.set_header(cells(header.map(str::to_owned)));
    for row in rows {
        table.add_row(cells(row));
    }
    if table.is_empty() { String::new() } else { format!("\n{}", look.lines(table)) }
}

fn place(Place { file, record }: &Place) -> String {
    format!("{file}, record {}", grouped(*record))
}

/// Printable text of at most [`LONGEST`] characters; longer text loses its middle.
fn short(text: &str) -> String {
    let shown: Vec<char> = printable(text).chars().collect();
    if shown.len() <= LONGEST {
        return shown.into_iter().collect();
    }
    let (start, end) = (&shown[..LONGEST / 2 - 2], &shown[shown.len() - LONGEST / 2 + 3..]);
    start.iter().chain(&[' ', '.', '.', '.', ' ']).chain(end).collect()
}

fn number(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn grouped(number: impl ToFormattedString) -> String {
    number.to_formatted_string(&Locale::en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_loses_its_middle_and_control_characters_never_get_out() {
        assert_eq!(short("\",\n\t\u{1b}[31m\"id\":\""), r#"",\n\t\u{1b}[31m"id":""#);
        let long = format!("a{}b", "\u{e9}\n".repeat(100));
        let shown = short(&long);
        assert_eq!(shown.chars().count(), LONGEST);
        assert!(shown.starts_with("a\u{e9}\\n") && shown.ends_with("\u{e9}\\nb"), "{shown}");
        assert_eq!(short(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
    }

    #[test]
    fn tables_fit_a_terminal_and_say_all_of_it() {
        let texts = |row: usize| {
            let long = "/data/attributes/of some length ".repeat(row);
            [
                short(&long),
                format!("jobs-{}.ndjson, record 12,345", "x".repeat(row)),
                grouped(10u64.pow(9)),
            ]
        };
        let words = |text: String| text.replace(['\u{2502}', '\n', ' '], "").chars().count();
        let all =
            words(list(Look::Plain, ["unknown member", "first in", "times"], (0..30).map(texts)));
        for columns in 60..=200 {
            let shown = list(
                Look::Framed(columns),
                ["unknown member", "first in", "times"],
                (0..30).map(texts),
            );
            let widest = shown.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(columns.into()), "{columns}: {widest:?}");
            assert!(words(shown.clone()) >= all, "{columns}");
            assert_eq!(shown.matches("1,000,000,000").count(), 30, "{columns}");
        }
    }

    #[test]
    fn tables_for_programs_have_no_lines_around_them_and_nothing_is_cut() {
        let long = "x".repeat(1000);
        let row = [Look::Plain.text(&long), "12".to_owned()];
        let shown = list(Look::Plain, ["a", "times"], [row].into_iter());
        assert_eq!(shown, format!("\n{:<1000}  times\n{long}     12\n", "a"));
    }

    #[test]
    fn lists_without_rows_are_not_shown() {
        assert_eq!(list(Look::Plain, ["a", "b"], std::iter::empty()), "");
    }
}
