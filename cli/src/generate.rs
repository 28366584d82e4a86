//! `jobview generate`: synthetic documents, and what a correct reader must find in them.
//!
//! What a document looks like is `jobview-corpus`'s; this module writes it somewhere. It must not keep more
//! than a buffer of it, whatever is asked for.

use crate::arguments::{GenerateArguments, conflict};
use crate::outcome::{Failure, Outcome};
use crate::output::{Sink, is_same_file, is_stdout};
use crate::progress::Progress;
use crate::report;
use crate::stats::{KindTotals, StatusTotals, Totals};
use jobview_corpus::{Counts, Generator};
use std::io::{self, IsTerminal};
use std::path::Path;

/// How much is written at a time.
const BUFFER: usize = 1 << 18;

/// Writes the documents.
pub(crate) fn run(arguments: &GenerateArguments) -> Result<Outcome, Failure> {
    let output = arguments.output.as_deref().unwrap_or(Path::new("-"));
    match arguments.counts.as_deref() {
        Some(counts) if is_stdout(output) && is_stdout(counts) => {
            return Err(conflict("--counts - needs an --output FILE: both go to standard output"));
        }
        Some(counts) if is_same_file(output, counts) => {
            return Err(conflict("--output and --counts name the same file"));
        }
        _ => {}
    }
    let mut counts_sink = arguments.counts.as_deref().map(Sink::create).transpose()?;
    let mut sink = Sink::create(output)?;
    let show_progress = !is_stdout(output) || !io::stdout().is_terminal();
    let mut progress = Progress::of_records(arguments.documents, show_progress);
    let mut generator = Generator::new(arguments.settings());
    let mut buffer = Vec::new();
    for number in 0..arguments.documents {
        generator.write_record(&mut buffer);
        if buffer.len() >= BUFFER {
            sink.write(&buffer)?;
            buffer.clear();
            progress.update(number);
            if sink.is_closed() {
                return Ok(Outcome::Accepted);
            }
        }
    }
    sink.write(&buffer)?;
    sink.finish()?;
    if let Some(file) = &mut counts_sink {
        file.write(report::json(&totals(generator.counts())).as_bytes())?;
        file.finish()?;
    }
    Ok(Outcome::Accepted)
}

/// The generator's own counts, under the names of the statistics.
fn totals(counts: &Counts) -> Totals {
    Totals {
        bytes: counts.bytes,
        documents: counts.documents,
        rejected: counts.rejected,
        kinds: KindTotals {
            response: counts.kinds.job,
            compound: counts.kinds.compound,
            page: counts.kinds.page,
            import_errors: counts.kinds.import_errors,
            identifiers: counts.kinds.listing,
            errors: counts.kinds.errors,
        },
        jobs: counts.jobs,
        included_lists: counts.included_lists,
        import_errors: counts.import_errors,
        listed_ids: counts.listed_ids,
        errors: counts.errors,
        status: StatusTotals {
            cancelled: counts.status.cancelled,
            complete: counts.status.complete,
            processing: counts.status.processing,
            queued: counts.status.queued,
        },
        total_count: counts.total_count,
        completed_count: counts.completed_count,
        failed_count: counts.failed_count,
        list_ids: counts.list_ids,
        profile_ids: counts.profile_ids,
        import_error_ids: counts.import_error_ids,
        first_created_at: counts.first_created_at.clone(),
        last_created_at: counts.last_created_at.clone(),
    }
}
