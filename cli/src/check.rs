//! `jobview check`: a line for each rejected record with the reason; the records themselves go into a file.
//!
//! The lines are an interface: editors and scripts read `FILE:LINE:COLUMN: `.

use crate::arguments::{CheckArguments, RejectsFormat, conflict, wrong_value};
use crate::input::{Batch, Ending, Input, Manner, Visited, for_each_batch, list};
use crate::kind::readers;
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, Sink, complain, counted, is_stdout};
use crate::rejects;
use jobview::Rejected;
use std::io::{self, IsTerminal, Write as _};
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// What is found in one batch.
#[derive(Debug, Default)]
struct Found {
    accepted: u64,
    rejected: Vec<Reject>,
    /// What is to be written, of all of them.
    text: Vec<u8>,
    /// The record in the middle of which the check was to begin: its number and its bytes.
    begun: Option<(u64, Range<u64>)>,
}

/// A rejected record, or a piece of one.
#[derive(Debug)]
struct Reject {
    /// How many records of the batch were accepted before.
    accepted: u64,
    /// Where in the text of the batch its line is.
    line: Range<usize>,
    /// Where what goes to the file of rejected records is.
    letter: Range<usize>,
    /// Whether a piece follows.
    more: bool,
    /// Where the input goes on after it.
    next: u64,
}

impl Found {
    fn add(&mut self, file: &str, visited: Visited<'_>, from: u64, format: Option<RejectsFormat>) {
        let Visited { record, number, start, next, .. } = visited;
        // One that is empty was told with what is before it.
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
                let line = extend(&mut self.text, |text| write_line(text, file, &rejected));
                let letter = extend(&mut self.text, |text| {
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

/// Where in `text` is what `write` appends.
fn extend(text: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) -> Range<usize> {
    let start = text.len();
    write(text);
    start..text.len()
}

fn write_line(text: &mut Vec<u8>, file: &str, rejected: &Rejected<'_>) {
    let error = &rejected.error;
    let (line, column, pointer) = (error.line(), error.column(), error.printable_pointer());
    let message = rejected.message();
    writeln!(text, "{file}:{line}:{column}: {pointer}: {message}").expect("memory takes it all");
}

/// What has been found so far, and where it goes.
struct Check {
    /// The lines go here.
    output: Output,
    /// The records go here.
    rejects: Option<Sink>,
    /// Whether what has been found is not to wait for more.
    at_once: bool,
    most: u64,
    accepted: u64,
    rejected: u64,
    /// Whether the last reject was a piece and more of the same record follows.
    within: bool,
    /// The input, and the offset up to which it has been dealt with.
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
        // In the middle of a record nobody can go on.
        if !self.within {
            self.place = Some((file, end));
        }
        // Others write to standard error too.
        if matches!(self.rejects, Some(Sink::Stdout(_))) {
            self.output.finish()?;
        }
        // The file of the rejects is to be whole even if nobody reads the lines.
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

    /// Where to go on, if it is known.
    fn resumption(&self) -> String {
        match &self.place {
            Some((file, offset)) => format!("; to go on, --resume-from {offset} with {file}"),
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
        return Err(conflict("--resume-from is for one input, and there are several"));
    }
    let rejects = match &arguments.rejects {
        None => None,
        Some(path) if !is_stdout(path) && inputs.iter().any(|input| input.is_at(path)) => {
            return Err(conflict("--rejects names one of the inputs, which would be lost"));
        }
        // What the run before has put there is not to be lost.
        Some(path) if arguments.resume_from.is_some() => Some(Sink::append(path)?),
        Some(path) => Some(Sink::create(path)?),
    };
    // Records and lines must not get mixed up.
    let are_records_on_stdout = matches!(rejects, Some(Sink::Stdout(_)));
    let is_seen = io::stdout().is_terminal();
    let check = Check {
        output: if are_records_on_stdout { Output::stderr() } else { Output::stdout() },
        // Somebody is looking, or nobody knows when more comes.
        at_once: is_seen || inputs.iter().any(Input::is_live),
        rejects,
        most: arguments.max_rejects.map_or(u64::MAX, |most| most.get()),
        accepted: 0,
        rejected: 0,
        within: false,
        place: None,
        begun: None,
    };
    // The lines and the progress would get into each other's way.
    let show_progress = !are_records_on_stdout && !is_seen;
    let manner = Manner { show_progress, interruptible: true };
    let format = arguments.rejects.as_ref().map(|_| arguments.rejects_format);
    let visit = move |found: &mut Found, file: &str, visited: Visited<'_>| {
        found.add(file, visited, from, format);
    };
    let (seen, mut check) =
        for_each_batch(readers, &arguments.input, inputs, manner, visit, check, Check::take)?;
    check.finish()?;

    if let Some((number, bytes)) = check.begun {
        let Range { start, end } = bytes;
        return Err(wrong_value(&format!(
            "--resume-from {from} is within record {number}, which goes from {start} to {end}"
        )));
    }
    if seen.ending == Ending::Whole && !seen.some_unreadable && seen.bytes < from {
        return Err(wrong_value(&format!(
            "--resume-from {from} is behind the end of the input, which has {}",
            counted(seen.bytes, "byte")
        )));
    }
    // Of what could not be read at all there is nothing to be summed up.
    let is_nothing = seen.files == 0 && check.accepted + check.rejected == 0;
    let is_unwanted = arguments.quiet || seen.some_unreadable && is_nothing;
    if !is_unwanted && !check.output.is_closed() {
        let accepted = counted(check.accepted, "document");
        let rejected = counted(check.rejected, "record");
        // Nobody is left to tell when standard error is closed.
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
