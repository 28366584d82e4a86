//! The `jobview` command. This file only dispatches subcommands and sets the exit code.
//!
//! `arguments` defines the command line, each subcommand has its own module, and `kind` makes the readers for the
//! documents. A subcommand returns an [`Outcome`] or a [`Failure`]; only `main` turns them into exit codes.

mod arguments;
mod check;
mod convert;
mod generate;
mod input;
mod kind;
mod manual;
mod outcome;
mod output;
mod progress;
mod rejects;
mod report;
mod schema;
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
        Command::Convert(arguments) => convert::run(arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Completions(arguments) => manual::completions(&arguments),
        Command::Man(arguments) => manual::pages(&arguments),
    };
    match outcome {
        Ok(Outcome::Accepted) => ExitCode::SUCCESS,
        Ok(Outcome::Rejected) => ExitCode::from(1),
        Err(Failure::Usage(error)) => {
            // If standard error is closed, there is nowhere to report to.
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
