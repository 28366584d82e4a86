//! `jobview stats`: what a set of inputs adds up to.
//!
//! The numbers are plain data here, and serialised as they stand: the names of the members of [`Totals`]
//! and [`Stats`] are the JSON output, and people depend on them. [`answer`] says what is in a document of any
//! kind, [`collector`] adds up records and batches. How the table looks is `report`'s.

mod answer;
mod collector;
mod frequent;

pub(crate) use answer::Answer;
pub(crate) use collector::Reasons;

use crate::arguments::{OutputFormat, StatsArguments};
use crate::input::{Batch, Ending, Manner, Novelties, Visited, for_each_batch, list};
use crate::kind::Task;
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, complain};
use crate::report::{self, Look};
use collector::Collector;
use jobview::Document;
use serde::Serialize;
use std::collections::BTreeMap;
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
    /// Documents by kind.
    pub(crate) kinds: KindTotals,
    /// Jobs, alone or in pages.
    pub(crate) jobs: u64,
    /// Lists that are included with jobs.
    pub(crate) included_lists: u64,
    /// Import errors with their attributes.
    pub(crate) import_errors: u64,
    /// Resource identifiers in pages of them, not those in a job.
    pub(crate) listed_ids: u64,
    /// Errors in error responses.
    pub(crate) errors: u64,
    /// Jobs by status.
    pub(crate) status: StatusTotals,
    /// Sum of the member of that name.
    pub(crate) total_count: i128,
    /// Sum of the member of that name.
    pub(crate) completed_count: i128,
    /// Sum of the member of that name.
    pub(crate) failed_count: i128,
    /// Resource identifiers of lists in jobs.
    pub(crate) list_ids: u64,
    /// Resource identifiers of profiles in jobs.
    pub(crate) profile_ids: u64,
    /// Resource identifiers of import errors in jobs.
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
        self.kinds.response += other.kinds.response;
        self.kinds.compound += other.kinds.compound;
        self.kinds.page += other.kinds.page;
        self.kinds.import_errors += other.kinds.import_errors;
        self.kinds.identifiers += other.kinds.identifiers;
        self.kinds.errors += other.kinds.errors;
        self.jobs += other.jobs;
        self.included_lists += other.included_lists;
        self.import_errors += other.import_errors;
        self.listed_ids += other.listed_ids;
        self.errors += other.errors;
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

/// How many documents are of which kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct KindTotals {
    pub(crate) response: u64,
    pub(crate) compound: u64,
    pub(crate) page: u64,
    pub(crate) import_errors: u64,
    pub(crate) identifiers: u64,
    pub(crate) errors: u64,
}

/// How many jobs have which status.
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
    /// Import errors by their code, the first so many different ones.
    pub(crate) import_errors_by_code: BTreeMap<String, u64>,
    /// Import errors with further codes.
    pub(crate) import_errors_with_other_codes: u64,
    /// Errors in error responses by their status, the first so many different ones.
    pub(crate) errors_by_status: BTreeMap<i64, u64>,
    /// Errors in error responses with further statuses.
    pub(crate) errors_with_other_statuses: u64,
    /// Jobs whose `created_at` is no RFC 3339 date and time, so that they have no place in the span.
    pub(crate) unreadable_timestamps: u64,
    /// Rejected records by the name of their error kind.
    pub(crate) rejected_by_kind: BTreeMap<&'static str, u64>,
    /// What was new on the way.
    #[serde(flatten)]
    pub(crate) novelties: Novelties,
}

impl Task for StatsArguments {
    fn of<D: Document>(&self) -> Result<Outcome, Failure>
    where
        for<'a> D::View<'a>: Answer,
    {
        run::<D>(self)
    }
}

/// Adds up the inputs and prints the result.
fn run<D: Document>(arguments: &StatsArguments) -> Result<Outcome, Failure>
where
    for<'a> D::View<'a>: Answer,
{
    let started = Instant::now();
    let inputs = list(&arguments.input.files);
    let manner = Manner { show_progress: true };
    let visit = |found: &mut Collector, _: &str, visited: Visited<'_, D>| match visited.record {
        Ok(document) => document.count(found),
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

    let is_nothing = seen.files == 0 && stats.totals.documents + stats.totals.rejected == 0;
    if seen.some_unreadable && is_nothing {
        // It has been said why. Zeros would look like an answer.
        return Ok(Outcome::Unreadable);
    }
    let text = match arguments.format {
        OutputFormat::Table => {
            let look = Look::of_stdout();
            let mut text = report::table(&stats, &reasons, elapsed, look);
            if arguments.verbose {
                text.push_str(&report::details(&seen.novelties, &seen.learned, look));
            }
            text
        }
        OutputFormat::Json => report::json(&stats),
    };
    let mut output = Output::stdout();
    output.write(text.as_bytes())?;
    output.finish()?;
    if seen.ending == Ending::Interrupted {
        complain(&"interrupted; the statistics are of what had been read");
    }
    Ok(match (seen.some_unreadable, seen.ending, stats.totals.rejected) {
        (true, ..) => Outcome::Unreadable,
        (_, Ending::Interrupted, _) => Outcome::Stopped,
        (.., 0) => Outcome::Accepted,
        _ => Outcome::Rejected,
    })
}
