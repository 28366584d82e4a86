//! Shell completions and man pages, generated from the definition of the arguments.
//!
//! They are generated in memory and written by `output`, because the libraries panic when a pipe is closed.

use crate::arguments::{Arguments, CompletionsArguments, ManArguments};
use crate::outcome::{Failure, Outcome};
use crate::output::{Output, printable_path};
use clap::CommandFactory as _;
use clap_mangen::{Man, generate_to};
use std::fs::create_dir_all;

/// Prints the completions for a shell.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "jobview", &mut text);
    print(&text)
}

/// Prints one man page, or writes all of them into a directory.
pub(crate) fn pages(arguments: &ManArguments) -> Result<Outcome, Failure> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    if let Some(directory) = &arguments.out {
        let written = create_dir_all(directory).and_then(|()| generate_to(command, directory));
        written.map_err(Failure::about(&printable_path(directory)))?;
        return Ok(Outcome::Accepted);
    }
    // Sets the full names of the subcommands.
    command.build();
    let name = arguments.subcommand.as_deref().unwrap_or_default();
    let command = command.find_subcommand(name).unwrap_or(&command).clone();
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(Failure::about("man page"))?;
    print(&text)
}

fn print(text: &[u8]) -> Result<Outcome, Failure> {
    let mut output = Output::stdout();
    output.write(text)?;
    output.finish()?;
    Ok(Outcome::Accepted)
}
