//! `jobview stats`: statistics of a set of inputs.
//!
//! [`collector`] adds up records and batches into the plain data of `totals`. `report` formats them.

mod collector;
mod frequent;

use crate::arguments::{InputArguments, OutputFormat, StatsArguments};
use crate::input::{Batch, Collect, Ending, Input, Manner, Seen, Visited, for_each_batch, list};
use crate::kind::{Readers, readers};
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, complain};
use crate::report::{self, Look};
use crate::totals::Stats;
use collector::{Collector, Total};
use std::ops::ControlFlow;
use std::time::Instant;

/// Adds up the inputs and prints the result.
pub(crate) fn run(arguments: &StatsArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let readers = readers(&arguments.input)?;
    let inputs = list(&arguments.input.files);
    let manner = Manner { show_progress: true, interruptible: true, with_lines: false };
    let (stats, seen) = add_up(readers, &arguments.input, inputs, manner)?;
    let elapsed = started.elapsed();

    let is_nothing = seen.files == 0 && stats.totals.documents + stats.totals.rejected == 0;
    if seen.some_unreadable && is_nothing {
        // The errors have been reported. A table of zeros would look like a result.
        return Ok(Outcome::Unreadable);
    }
    let text = match arguments.format {
        OutputFormat::Table => {
            let look = Look::of_stdout();
            let mut text = report::table(&stats, elapsed, look);
            if arguments.verbose {
                text.push_str(&report::details(&stats, &seen.learned, look));
            }
            text
        }
        OutputFormat::Json => report::json(&stats),
    };
    let mut output = Output::stdout();
    output.write(text.as_bytes())?;
    output.finish()?;
    if seen.ending == Ending::Interrupted {
        let cut_off = seen.cut_off();
        complain(&format_args!(
            "interrupted{cut_off}; the statistics cover what was read until then"
        ));
    }
    Ok(match (seen.some_unreadable, seen.ending, stats.totals.rejected) {
        (true, ..) => Outcome::Unreadable,
        (_, Ending::Interrupted, _) => Outcome::Stopped,
        (.., 0) => Outcome::Accepted,
        _ => Outcome::Rejected,
    })
}

impl Collect for Collector {}

/// Adds up the inputs.
pub(crate) fn add_up(
    readers: Readers,
    arguments: &InputArguments,
    inputs: Vec<Input>,
    manner: Manner,
) -> Result<(Stats, Seen), Failure> {
    let visit = |found: &mut Collector, _: &str, visited: Visited<'_>| match visited.record {
        Ok(document) => found.document(document),
        Err(rejected) => found.reject(&rejected),
    };
    let take = |total: &mut Total, batch: Batch<Collector>| {
        total.append(batch);
        Ok(ControlFlow::Continue(()))
    };
    let total = Total::default();
    let (seen, total) = for_each_batch(readers, arguments, inputs, manner, visit, total, take)?;
    Ok((total.finish(&seen), seen))
}
