//! `jobview check`: prints a line with the reason for each rejected record, and writes the records to a file.
//!
//! The lines are a public interface: editors and scripts parse `FILE:LINE:COLUMN: `.

use crate::arguments::{CheckArguments, RejectsFormat, conflict, wrong_value};
use crate::input::{Batch, Collect, Ending, Input, Manner, Visited, for_each_batch, list};
use crate::kind::readers;
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, Sink, complain, counted};
use crate::rejects;
use std::io::{self, IsTerminal, Write as _};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// The results of one batch.
#[derive(Debug, Default)]
struct Found {
    accepted: u64,
    rejected: Vec<Reject>,
    /// The output for all rejected records.
    text: Vec<u8>,
    /// The number and the bytes of the record that `--resume-from` points into, which is an error.
    begun: Option<(u64, Range<u64>)>,
}

impl Collect for Found {}

/// A rejected record, or a piece of one.
#[derive(Debug)]
struct Reject {
    /// How many records of the batch were accepted before it.
    accepted: u64,
    /// Its line, as a range of the text of the batch.
    line: Range<usize>,
    /// Its entry for the file of rejected records, as a range of the same text.
    letter: Range<usize>,
    /// Whether another piece of the record follows.
    more: bool,
    /// The offset at which the input continues after it.
    next: u64,
}

impl Found {
    fn add(&mut self, file: &str, visited: Visited<'_>, from: u64, format: Option<RejectsFormat>) {
        let Visited { record, number, start, next, .. } = visited;
        // An empty record was reported together with what precedes it.
        if next <= from && (start < from || start == next && from > 0) {
            return;
        }
        if start < from {
            self.begun = Some((number, start..next));
            return;
        }
        match record {
            Ok(_) => self.accepted += 1,
            Err(rejected) => {
                let line = rejects::extend(&mut self.text, |text| {
                    rejects::write_line(text, file, &rejected)
                });
                let letter = rejects::extend(&mut self.text, |text| {
                    if let Some(format) = format {
                        rejects::write(text, format, file, start, &rejected);
                    }
                });
                let (accepted, more) = (self.accepted, rejected.more);
                self.rejected.push(Reject { accepted, line, letter, more, next });
            }
        }
    }
}

/// The results so far, and where they are written.
struct Check {
    /// The destination of the lines.
    output: Output,
    /// The destination of the rejected records.
    rejects: Option<Sink>,
    /// Whether to flush the results after each batch.
    at_once: bool,
    most: u64,
    accepted: u64,
    rejected: u64,
    /// Whether the last reject was a piece of a record of which more follows.
    within: bool,
    /// The input, and the offset up to which it has been checked.
    place: Option<(Arc<str>, u64)>,
    begun: Option<(u64, Range<u64>)>,
}

impl Check {
    fn take(&mut self, batch: Batch<Found>) -> Result<ControlFlow<()>, Failure> {
        let Batch { file, found, end, .. } = batch;
        if found.begun.is_some() {
            self.begun = found.begun;
            return Ok(ControlFlow::Break(()));
        }
        for reject in &found.rejected {
            self.write(reject, &found.text)?;
            if self.rejected == self.most && !self.within {
                self.accepted += reject.accepted;
                self.place = Some((file, reject.next));
                return Ok(ControlFlow::Break(()));
            }
        }
        self.accepted += found.accepted;
        if self.at_once {
            self.finish()?;
        }
        // A check cannot be resumed in the middle of a record.
        if !self.within {
            self.place = Some((file, end));
        }
        // The lines go to standard error then, where messages and progress are written too.
        if matches!(self.rejects, Some(Sink::Stdout(_))) {
            self.output.finish()?;
        }
        // The file of rejected records must be complete even if nobody reads the lines.
        let is_unread = self.rejects.as_ref().map_or(self.output.is_closed(), Sink::is_closed);
        Ok(match is_unread {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }

    fn write(&mut self, reject: &Reject, text: &[u8]) -> Result<(), Failure> {
        if !self.within {
            self.rejected += 1;
            self.output.write(&text[reject.line.clone()])?;
        }
        self.within = reject.more;
        match &mut self.rejects {
            Some(rejects) => rejects.write(&text[reject.letter.clone()]),
            None => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), Failure> {
        if let Some(rejects) = &mut self.rejects {
            rejects.finish()?;
        }
        self.output.finish()
    }

    /// Tells the user how to resume, if the place is known.
    fn resumption(&self) -> String {
        match &self.place {
            Some((file, offset)) => {
                format!("; to continue, use --resume-from {offset} with {file}")
            }
            None => String::new(),
        }
    }
}

/// Prints why records were rejected.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let readers = readers(&arguments.input)?;
    let inputs = list(&arguments.input.files);
    let from = arguments.resume_from.unwrap_or(0);
    if arguments.resume_from.is_some() && inputs.len() != 1 {
        return Err(conflict("--resume-from works with a single input, and there are several"));
    }
    rejects::not_an_input(&arguments.rejects, &inputs)?;
    let rejects = match &arguments.rejects.rejects {
        None => None,
        // Keep the records that the earlier run wrote there.
        Some(path) if arguments.resume_from.is_some() => Some(Sink::append(path)?),
        Some(path) => Some(Sink::create(path)?),
    };
    // Records and lines must not be mixed in one stream.
    let are_records_on_stdout = matches!(rejects, Some(Sink::Stdout(_)));
    let is_seen = io::stdout().is_terminal();
    let check = Check {
        output: if are_records_on_stdout { Output::stderr() } else { Output::stdout() },
        // Someone is watching, or it is unknown when more will arrive.
        at_once: is_seen || inputs.iter().any(Input::is_live),
        rejects,
        most: arguments.rejects.most(),
        accepted: 0,
        rejected: 0,
        within: false,
        place: None,
        begun: None,
    };
    // The progress bar would garble lines on the same terminal.
    let show_progress = !are_records_on_stdout && !is_seen;
    let manner = Manner { show_progress, interruptible: true, with_lines: false };
    let format = arguments.rejects.format();
    let visit = move |found: &mut Found, file: &str, visited: Visited<'_>| {
        found.add(file, visited, from, format);
    };
    let (seen, mut check) =
        for_each_batch(readers, &arguments.input, inputs, manner, visit, check, Check::take)?;
    check.finish()?;

    if let Some((number, bytes)) = check.begun {
        let Range { start, end } = bytes;
        return Err(wrong_value(&format!(
            "--resume-from {from} is within record {number}, which extends from byte {start} to byte {end}"
        )));
    }
    if seen.ending == Ending::Whole && !seen.some_unreadable && seen.bytes < from {
        return Err(wrong_value(&format!(
            "--resume-from {from} is past the end of the input, which has {}",
            counted(seen.bytes, "byte")
        )));
    }
    // If no input could be read, there is nothing to summarise.
    let is_nothing = seen.files == 0 && check.accepted + check.rejected == 0;
    let is_unwanted = arguments.quiet || seen.some_unreadable && is_nothing;
    if !is_unwanted && !check.output.is_closed() {
        let accepted = counted(check.accepted, "document");
        let rejected = counted(check.rejected, "record");
        // If standard error is closed, there is nowhere to report to.
        let _ = writeln!(io::stderr(), "{accepted} accepted, {rejected} rejected");
    }
    let stopped = check.rejected == check.most && !check.within;
    match seen.ending {
        Ending::Interrupted => {
            complain(&format_args!("interrupted{}{}", seen.cut_off(), check.resumption()));
        }
        Ending::Broken if stopped => complain(&format_args!(
            "stopped after {}, the limit of --max-rejects{}",
            counted(check.rejected, "rejected record"),
            check.resumption()
        )),
        _ => {}
    }
    Ok(match (seen.some_unreadable, seen.ending, check.rejected) {
        (true, ..) => Outcome::Unreadable,
        (_, Ending::Interrupted, _) => Outcome::Stopped,
        (_, Ending::Broken, _) if stopped => Outcome::Stopped,
        (.., 0) => Outcome::Accepted,
        _ => Outcome::Rejected,
    })
}
