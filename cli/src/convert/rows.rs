//! Makes rows of records, batch by batch, in the threads that parse.

use super::filter::Filter;
use super::latest::Newest;
use super::text::TextFormat;
use crate::arguments::RejectsFormat;
use crate::input::{Collect, Visited};
use crate::rejects;
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use jobview::{Answer, Latest, Rejected};
use jobview_arrow::arrow_60::record_batch;
use jobview_arrow::{JobTable, Origin, Table, TableBuilder, TableOptions};
use std::io;
use std::iter;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// What rows are made, the same for all batches.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) table: Table,
    pub(super) options: TableOptions,
    pub(super) filter: Option<Filter>,
    /// Whether only the newest state of each job counts. Then the filter is about that one.
    pub(super) latest: bool,
    /// How rows are written, if the threads that parse can do it.
    pub(super) text: Option<TextFormat>,
    /// How rejected records are written, if they are.
    pub(super) rejects: Option<RejectsFormat>,
    /// Empty tables that have been used: they know how much room rows take.
    pub(super) spare: Mutex<Vec<Rows>>,
}

/// The rows of one batch of records.
#[derive(Default)]
pub(super) struct Found {
    builder: Option<Builder>,
    pub(super) documents: u64,
    pub(super) rows: u64,
    /// The rows, unless they are text.
    pub(super) batches: Vec<RecordBatch>,
    /// The rows as text.
    pub(super) text: Vec<u8>,
    /// The rows of the newest states, if only these count.
    pub(super) newest: Option<Newest>,
    /// The rejected records.
    pub(super) rejected: Vec<Reject>,
    /// Their entries for the file of rejected records.
    pub(super) letters: Vec<u8>,
    /// Where and why the first of them was rejected.
    pub(super) reason: Vec<u8>,
    /// Why the rows are not complete.
    pub(super) error: Option<io::Error>,
}

/// A rejected record, or a piece of one.
pub(super) struct Reject {
    /// Its entry, as a range of the letters.
    pub(super) letter: Range<usize>,
    /// Whether another piece of the record follows.
    pub(super) more: bool,
}

/// A table under construction.
struct Builder {
    plan: Arc<Plan>,
    rows: Rows,
    /// The row of the newest state of each job, if only that one counts and if it is to have one.
    newest: Option<Latest<Option<usize>>>,
}

/// Rows in the making.
#[derive(Debug)]
pub(super) enum Rows {
    /// Jobs that pass a filter, or of which only the newest state counts.
    Jobs(JobTable),
    Any(TableBuilder),
}

impl Builder {
    fn new(plan: &Arc<Plan>) -> Self {
        let Plan { table, options, filter, latest, .. } = &**plan;
        let used = plan.spare.lock().expect("no thread panics here").pop();
        let rows = used.unwrap_or_else(|| {
            let rows = match filter.is_some() || *latest {
                true => JobTable::new(options).map(Rows::Jobs),
                false => TableBuilder::new(*table, options).map(Rows::Any),
            };
            rows.expect("the options have been tried")
        });
        Self { plan: Arc::clone(plan), rows, newest: latest.then(Latest::new) }
    }

    fn append(&mut self, document: &dyn Answer<'_>, origin: &Origin<'_>) -> io::Result<()> {
        let filter = self.plan.filter.as_ref();
        let is_named = |job: &_| filter.is_none_or(|filter| filter.names(job));
        let is_taken = |job: &_| filter.is_none_or(|filter| filter.takes(job));
        let jobs = (0..).map_while(|index| document.any_job(index));
        let appended = match (&mut self.rows, &mut self.newest) {
            (Rows::Any(table), _) => table.append(document, origin),
            (Rows::Jobs(table), None) => {
                let mut jobs = jobs.filter(is_taken);
                jobs.try_for_each(|job| table.append_from(job, origin))
            }
            (Rows::Jobs(table), Some(newest)) => jobs.filter(is_named).try_for_each(|job| {
                let mut appended = Ok(());
                newest.note(&job, || {
                    let row = is_taken(&job).then_some(table.len());
                    if row.is_some() {
                        appended = table.append_from(job, origin);
                    }
                    row
                });
                appended
            }),
        };
        appended.map_err(io::Error::other)
    }

    fn append_rejected(&mut self, rejected: &Rejected<'_>, origin: &Origin<'_>) -> io::Result<()> {
        match &mut self.rows {
            Rows::Any(table) => table.append_rejected(rejected, origin).map_err(io::Error::other),
            Rows::Jobs(_) => Ok(()),
        }
    }

    /// The rows. The table can be used again.
    fn batches(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        let rows = iter::from_fn(|| match &mut self.rows {
            Rows::Jobs(table) => Some(table.finish()).filter(|rows| !rows.is_empty()),
            Rows::Any(table) => table.next_batch(),
        });
        let batches = rows.map(record_batch).collect();
        self.plan.spare.lock().expect("no thread panics here").push(self.rows);
        batches
    }
}

impl Found {
    /// Adds the rows of a record.
    pub(super) fn add(&mut self, plan: &Arc<Plan>, file: &str, visited: Visited<'_>) {
        if self.error.is_some() {
            return;
        }
        let builder = self.builder.get_or_insert_with(|| Builder::new(plan));
        let Visited { record, number, start, line, .. } = visited;
        let mut origin = Origin::default();
        (origin.file, origin.record, origin.line, origin.offset) =
            (Some(file), number, line, start);
        let added = match &record {
            Ok(document) => {
                self.documents += 1;
                builder.append(*document, &origin)
            }
            Err(rejected) => {
                if self.rejected.is_empty() {
                    rejects::write_line(&mut self.reason, file, rejected);
                }
                let letter = rejects::extend(&mut self.letters, |text| {
                    if let Some(format) = plan.rejects {
                        rejects::write(text, format, file, start, rejected);
                    }
                });
                self.rejected.push(Reject { letter, more: rejected.more });
                builder.append_rejected(rejected, &origin)
            }
        };
        self.error = added.err();
    }
}

impl Collect for Found {
    fn complete(&mut self) {
        let Some(mut builder) = self.builder.take() else { return };
        let (text, newest) = (builder.plan.text, builder.newest.take());
        let made = builder.batches().and_then(|mut batches| {
            if let Some(noted) = newest {
                self.newest = Some(Newest::new(noted, batches.pop()));
                return Ok(());
            }
            self.rows = batches.iter().map(|batch| batch.num_rows() as u64).sum();
            match text {
                Some(format) => {
                    let text = &mut self.text;
                    batches.iter().try_for_each(|batch| format.write(text, batch))
                }
                None => {
                    self.batches = batches;
                    Ok(())
                }
            }
        });
        if let (Err(error), None) = (made, &self.error) {
            self.error = Some(io::Error::other(error));
        }
    }
}
