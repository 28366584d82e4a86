//! The `jobview` command: exit codes, and nothing else.
//!
//! `arguments` says what can be asked for, each subcommand is a module of its own, and `kind` has the readers for
//! the documents. A subcommand returns an [`Outcome`] or a [`Failure`]; no other module ends the process.

mod arguments;
mod check;
mod generate;
mod input;
mod kind;
mod manual;
mod outcome;
mod output;
mod progress;
mod rejects;
mod report;
mod stats;
mod totals;

use arguments::{Arguments, Command};
use clap::Parser as _;
use outcome::{Failure, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::pages(&arguments),
    };
    match outcome {
        Ok(Outcome::Accepted) => ExitCode::SUCCESS,
        Ok(Outcome::Rejected) => ExitCode::from(1),
        Err(Failure::Usage(error)) => {
            // Nobody is left to tell when standard error is closed.
            let _ = error.print();
            ExitCode::from(2)
        }
        Ok(Outcome::Unreadable) => ExitCode::from(3),
        Ok(Outcome::Stopped) => ExitCode::from(4),
        Err(failure @ Failure::Io { .. }) => {
            output::complain(&failure);
            ExitCode::from(3)
        }
    }
}
