//! `jobview stats`: what a set of inputs adds up to.
//!
//! The numbers are plain data here, and serialised as they stand: the names of the members of [`Totals`]
//! and [`Stats`] are the JSON output, and people depend on them. How the table looks is `report`'s.

use crate::arguments::{OutputFormat, StatsArguments};
use crate::input::{Batch, Manner, Novelties, Seen, Visited, for_each_batch, list};
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, printable};
use crate::report;
use jobview::{JobResponse, JobStatus, Rejected, Timestamp};
use serde::Serialize;
use std::collections::{BTreeMap, btree_map::Entry};
use std::ops::ControlFlow;
use std::time::Instant;

/// The totals that a generator of documents knows as well as a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    /// Bytes of all inputs.
    pub(crate) bytes: u64,
    /// Accepted documents; all that follows but `rejected` is about them.
    pub(crate) documents: u64,
    /// Rejected records.
    pub(crate) rejected: u64,
    /// Documents by status.
    pub(crate) status: StatusTotals,
    /// Sum of the member of that name.
    pub(crate) total_count: i128,
    /// Sum of the member of that name.
    pub(crate) completed_count: i128,
    /// Sum of the member of that name.
    pub(crate) failed_count: i128,
    /// Inline resource identifiers of lists.
    pub(crate) list_ids: u64,
    /// Inline resource identifiers of profiles.
    pub(crate) profile_ids: u64,
    /// Inline resource identifiers of import errors.
    pub(crate) import_error_ids: u64,
    /// The text of the earliest `created_at`; of equals, the one that came first.
    pub(crate) first_created_at: Option<String>,
    /// The text of the latest `created_at`; of equals, the one that came first.
    pub(crate) last_created_at: Option<String>,
}

impl Totals {
    /// Adds the numbers of another batch; not the bytes, nor the texts.
    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.rejected += other.rejected;
        self.status.cancelled += other.status.cancelled;
        self.status.complete += other.status.complete;
        self.status.processing += other.status.processing;
        self.status.queued += other.status.queued;
        self.total_count += other.total_count;
        self.completed_count += other.completed_count;
        self.failed_count += other.failed_count;
        self.list_ids += other.list_ids;
        self.profile_ids += other.profile_ids;
        self.import_error_ids += other.import_error_ids;
    }
}

/// How many documents have which status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct StatusTotals {
    pub(crate) cancelled: u64,
    pub(crate) complete: u64,
    pub(crate) processing: u64,
    pub(crate) queued: u64,
}

/// The JSON output. It depends on the bytes of the inputs only; no time of day or speed belongs here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Stats {
    /// The totals.
    #[serde(flatten)]
    pub(crate) totals: Totals,
    /// Inputs that could be read.
    pub(crate) files: u64,
    /// Documents whose `created_at` is no RFC 3339 date and time, so that they have no place in the span.
    pub(crate) unreadable_timestamps: u64,
    /// Rejected records by the name of their error kind.
    pub(crate) rejected_by_kind: BTreeMap<&'static str, u64>,
    /// What was new on the way.
    #[serde(flatten)]
    pub(crate) novelties: Novelties,
}

/// Why records were rejected: the kind of error and the place in the document, array indices as `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reasons {
    /// Records by reason.
    pub(crate) known: BTreeMap<(&'static str, String), u64>,
    /// Records for further reasons.
    pub(crate) others: u64,
}

impl Reasons {
    /// Input that is made to be bad could have no end of reasons, and reasons without end.
    const MOST: usize = 1000;
    const LONGEST: usize = 100;

    fn add(&mut self, rejected: &Rejected<'_>) {
        self.add_many((rejected.error.kind().name(), general_pointer(rejected.error.pointer())), 1);
    }

    fn add_many(&mut self, reason: (&'static str, String), records: u64) {
        let is_full = self.known.len() >= Self::MOST;
        match self.known.entry(reason) {
            Entry::Vacant(_) if is_full => self.others += records,
            entry => *entry.or_default() += records,
        }
    }

    fn append(&mut self, other: Self) {
        self.others += other.others;
        for (reason, records) in other.known {
            self.add_many(reason, records);
        }
    }
}

/// A pointer without what differs from record to record, cut where it is long, fit to be printed.
fn general_pointer(pointer: &str) -> String {
    let mut general = String::new();
    // An empty pointer has no parts; all others begin with a slash.
    for part in pointer.split('/').skip(1) {
        let is_index = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        general.push('/');
        general.push_str(if is_index { "*" } else { part });
        if let Some((cut, _)) = general.char_indices().nth(Reasons::LONGEST) {
            general.truncate(cut);
            general.push_str("...");
            break;
        }
    }
    printable(&general)
}

/// A `created_at` at one end of the span.
#[derive(Clone, Debug)]
struct End {
    micros: i64,
    text: String,
}

impl End {
    /// Moves to `text` if that is `beyond` this end, or the first there is.
    fn stretch(end: &mut Option<Self>, micros: i64, text: &str, beyond: fn(&i64, &i64) -> bool) {
        match end {
            None => *end = Some(Self { micros, text: text.to_owned() }),
            Some(end) if beyond(&micros, &end.micros) => {
                end.micros = micros;
                text.clone_into(&mut end.text);
            }
            Some(_) => {}
        }
    }
}

/// Takes records in and adds them up.
#[derive(Clone, Debug, Default)]
struct Collector {
    stats: Stats,
    reasons: Reasons,
    first: Option<End>,
    last: Option<End>,
}

impl Collector {
    fn accept(&mut self, document: &JobResponse<'_>) {
        let job = &document.data;
        let attributes = &job.attributes;
        let totals = &mut self.stats.totals;
        totals.documents += 1;
        *match attributes.status {
            JobStatus::Cancelled => &mut totals.status.cancelled,
            JobStatus::Complete => &mut totals.status.complete,
            JobStatus::Processing => &mut totals.status.processing,
            JobStatus::Queued => &mut totals.status.queued,
        } += 1;
        totals.total_count += i128::from(attributes.total_count);
        totals.completed_count += i128::from(attributes.completed_count.unwrap_or(0));
        totals.failed_count += i128::from(attributes.failed_count.unwrap_or(0));
        totals.list_ids += job.lists().len() as u64;
        totals.profile_ids += job.profiles().len() as u64;
        totals.import_error_ids += job.import_errors().len() as u64;
        self.include(attributes.created_at);
    }

    fn include(&mut self, created: Timestamp<'_>) {
        match created.unix_micros() {
            Ok(micros) => {
                End::stretch(&mut self.first, micros, created.as_str(), i64::lt);
                End::stretch(&mut self.last, micros, created.as_str(), i64::gt);
            }
            Err(_) => self.stats.unreadable_timestamps += 1,
        }
    }

    fn reject(&mut self, rejected: &Rejected<'_>) {
        // The pieces of a record are one.
        if rejected.more {
            return;
        }
        self.stats.totals.rejected += 1;
        *self.stats.rejected_by_kind.entry(rejected.error.kind().name()).or_default() += 1;
        self.reasons.add(rejected);
    }

    /// Adds what was found in the batch that comes next.
    fn append(&mut self, next: Self) {
        let Self { stats, reasons, first, last } = next;
        self.stats.totals.add(&stats.totals);
        self.stats.unreadable_timestamps += stats.unreadable_timestamps;
        for (kind, records) in stats.rejected_by_kind {
            *self.stats.rejected_by_kind.entry(kind).or_default() += records;
        }
        self.reasons.append(reasons);
        if let Some(End { micros, text }) = first {
            End::stretch(&mut self.first, micros, &text, i64::lt);
        }
        if let Some(End { micros, text }) = last {
            End::stretch(&mut self.last, micros, &text, i64::gt);
        }
    }

    fn finish(self, seen: &Seen) -> (Stats, Reasons) {
        let Self { mut stats, reasons, first, last } = self;
        stats.files = seen.files;
        stats.totals.bytes = seen.bytes;
        stats.totals.first_created_at = first.map(|end| end.text);
        stats.totals.last_created_at = last.map(|end| end.text);
        stats.novelties = seen.novelties.clone();
        (stats, reasons)
    }
}

/// Adds up the inputs and prints the result.
pub(crate) fn run(arguments: &StatsArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let inputs = list(&arguments.input.files);
    let manner = Manner { show_progress: true, interruptible: false };
    let visit = |found: &mut Collector, _: &str, visited: Visited<'_>| match visited.record {
        Ok(document) => found.accept(document),
        Err(rejected) => found.reject(&rejected),
    };
    let take = |total: &mut Collector, batch: Batch<Collector>| {
        total.append(batch.found);
        Ok(ControlFlow::Continue(()))
    };
    let (seen, collector) =
        for_each_batch(&arguments.input, inputs, manner, visit, Collector::default(), take)?;
    let elapsed = started.elapsed();
    let (stats, reasons) = collector.finish(&seen);

    let text = match arguments.format {
        OutputFormat::Table => {
            let mut text = report::table(&stats, &reasons, elapsed);
            if arguments.verbose {
                text.push_str(&report::details(&seen.novelties, &seen.learned));
            }
            text
        }
        OutputFormat::Json => report::json(&stats),
    };
    let mut output = Output::stdout();
    output.write(text.as_bytes())?;
    output.finish()?;
    Ok(match (seen.some_unreadable, stats.totals.rejected) {
        (true, _) => Outcome::Unreadable,
        (false, 0) => Outcome::Accepted,
        (false, _) => Outcome::Rejected,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_do_not_tell_one_array_element_from_another() {
        assert_eq!(general_pointer(""), "");
        assert_eq!(general_pointer("/"), "/");
        assert_eq!(general_pointer("/data/lists/12/id"), "/data/lists/*/id");
        assert_eq!(general_pointer("/data/a1\n"), "/data/a1\\n");
        let long = format!("/{}", "\u{e9}".repeat(1000));
        assert_eq!(general_pointer(&long), format!("/{}...", "\u{e9}".repeat(99)));
    }

    #[test]
    fn reasons_are_bounded_and_none_is_lost() {
        let mut reasons = Reasons::default();
        let mut parser = jobview::Parser::with_options(
            jobview::Options::new().unknown_members(jobview::UnknownMembers::Reject),
        );
        let input: String = (0..2000).map(|n| format!("{{\"member{n}\":1}}\n")).collect();
        let arena = jobview::Bump::new();
        for rejected in parser.parse_batch(input.as_bytes(), &arena).rejected() {
            reasons.add(rejected);
        }
        assert_eq!(reasons.known.len(), Reasons::MOST);
        assert_eq!(reasons.known.values().sum::<u64>() + reasons.others, 2000);
    }

    #[test]
    fn of_equal_instants_the_first_text_stays() {
        let mut collector = Collector::default();
        for text in ["soon", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"] {
            collector.include(Timestamp::new(text));
        }
        let (stats, _) = collector.finish(&Seen::default());
        assert_eq!(stats.totals.first_created_at.as_deref(), Some("2026-01-01T01:00:00+01:00"));
        assert_eq!(stats.totals.last_created_at.as_deref(), Some("2026-01-01T01:00:00+01:00"));
        assert_eq!(stats.unreadable_timestamps, 1);
    }
}
