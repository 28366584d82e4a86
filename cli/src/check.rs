//! `jobview check`: each rejected record and its reason, a line each; the raw records into a file.
//!
//! The lines are an interface: editors and scripts read `FILE:LINE:COLUMN: `.

use crate::arguments::{CheckArguments, conflict};
use crate::input::{for_each_record, list};
use crate::outcome::{Failure, Outcome};
use crate::output::{NewFile, Output};
use jobview::Rejected;
use num_format::{Locale, ToFormattedString};
use std::io::{self, IsTerminal, Write as _};
use std::ops::ControlFlow;

/// Prints why records were rejected.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let inputs = list(&arguments.input.files);
    let mut rejects = match &arguments.rejects {
        None => None,
        Some(path) if inputs.iter().any(|input| input.is_at(path)) => {
            return Err(conflict("--rejects names one of the inputs, which would be lost"));
        }
        Some(path) => Some(NewFile::create(path)?),
    };
    let mut output = Output::stdout();
    // The lines and the progress would get into each other's way.
    let show_progress = !io::stdout().is_terminal();
    let (mut accepted, mut rejected) = (0_u64, 0_u64);
    let seen = for_each_record(&arguments.input, &inputs, show_progress, |name, record| {
        match record {
            Ok(_) => accepted += 1,
            Err(record) => {
                rejected += 1;
                output.write(line(name, &record).as_bytes())?;
                if let Some(rejects) = &mut rejects {
                    rejects.write(record.raw)?;
                    rejects.write(b"\n")?;
                }
            }
        }
        // The file of the rejects is to be whole even if nobody reads the lines.
        Ok(match output.is_closed() && rejects.is_none() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    })?;
    if let Some(rejects) = &mut rejects {
        rejects.finish()?;
    }
    output.finish()?;
    if !arguments.quiet && !output.is_closed() {
        let (accepted, rejected) =
            (accepted.to_formatted_string(&Locale::en), rejected.to_formatted_string(&Locale::en));
        // Nobody is left to tell when standard error is closed.
        let _ =
            writeln!(io::stderr(), "{accepted} documents accepted, {rejected} records rejected");
    }
    Ok(match (seen.some_unreadable, rejected) {
        (true, _) => Outcome::Unreadable,
        (false, 0) => Outcome::Accepted,
        (false, _) => Outcome::Rejected,
    })
}

fn line(name: &str, rejected: &Rejected<'_>) -> String {
    let error = &rejected.error;
    let (line, column, pointer) = (error.line(), error.column(), error.printable_pointer());
    format!("{name}:{line}:{column}: {pointer}: {}\n", rejected.message())
}
