//! Statistics as text: a table for people, JSON for programs.
//!
//! Must not compute what both should show; that is `stats`'.

use crate::output::printable;
use crate::stats::{Reasons, Stats};
use comfy_table::{Cell, CellAlignment, Table, presets};
use indicatif::DecimalBytes;
use num_format::{Locale, ToFormattedString};
use serde::Serialize;
use std::time::Duration;

/// How many reasons are shown one by one.
const REASONS: usize = 20;

/// One JSON object over several lines, the last one ended.
pub(crate) fn json(members: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(members).expect("names and numbers only");
    text.push('\n');
    text
}

/// A table, and a second one with the reasons if records were rejected.
pub(crate) fn table(stats: &Stats, reasons: &Reasons, elapsed: Duration) -> String {
    let totals = &stats.totals;
    let status = &totals.status;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let mut rows = vec![
        ("documents", grouped(totals.documents)),
        ("  cancelled", grouped(status.cancelled)),
        ("  complete", grouped(status.complete)),
        ("  processing", grouped(status.processing)),
        ("  queued", grouped(status.queued)),
        ("rejected records", grouped(totals.rejected)),
        ("total_count", grouped(totals.total_count)),
        ("completed_count", grouped(totals.completed_count)),
        ("failed_count", grouped(totals.failed_count)),
        ("list ids", grouped(totals.list_ids)),
        ("profile ids", grouped(totals.profile_ids)),
        ("import error ids", grouped(totals.import_error_ids)),
        ("first created_at", printable(&text(&totals.first_created_at))),
        ("last created_at", printable(&text(&totals.last_created_at))),
    ];
    if stats.unreadable_timestamps > 0 {
        rows.push(("unreadable created_at", grouped(stats.unreadable_timestamps)));
    }
    rows.push(("files", grouped(stats.files)));
    rows.push(("size", DecimalBytes(totals.bytes).to_string()));
    let seconds = elapsed.as_secs_f64();
    rows.push(("time", format!("{seconds:.3} s")));
    if seconds > 0.0 {
        rows.push(("speed", format!("{:.0} MB/s", totals.bytes as f64 / 1e6 / seconds)));
    }

    let mut table = empty_table();
    for (name, value) in rows {
        table.add_row([Cell::new(name), number(value)]);
    }
    let mut shown = lines(&table);
    if totals.rejected > 0 {
        shown.push('\n');
        shown.push_str(&lines(&reasons_table(reasons)));
    }
    shown
}

fn reasons_table(reasons: &Reasons) -> Table {
    let mut sorted: Vec<_> = reasons.known.iter().collect();
    // Stable: equals stay sorted by name.
    sorted.sort_by_key(|&(_, records)| std::cmp::Reverse(records));
    let (shown, rest) = sorted.split_at(sorted.len().min(REASONS));
    let others = reasons.others + rest.iter().map(|(_, records)| **records).sum::<u64>();

    let mut table = empty_table();
    table.set_header([Cell::new("rejected because of"), Cell::new("at"), number("records".into())]);
    for ((kind, pointer), records) in shown {
        let pointer = if pointer.is_empty() { "(document)" } else { pointer };
        table.add_row([Cell::new(kind), Cell::new(pointer), number(grouped(**records))]);
    }
    if others > 0 {
        table.add_row([Cell::new("other reasons"), Cell::new(""), number(grouped(others))]);
    }
    table
}

fn empty_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    table
}

fn lines(table: &Table) -> String {
    format!("{table}\n")
}

fn number(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn grouped(number: impl ToFormattedString) -> String {
    number.to_formatted_string(&Locale::en)
}
