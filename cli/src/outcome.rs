//! How a subcommand ended, as plain values that `main` turns into exit codes.

use std::fmt;
use std::io;

/// The result of a subcommand that did all it could. The variants are ordered from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every record was a valid document.
    Accepted,
    /// Some record was not a valid document.
    Rejected,
    /// A limit or a signal stopped it before the end. The place has been reported.
    Stopped,
    /// Some input could not be read. The error has been reported.
    Unreadable,
}

/// Why a subcommand gave up.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments are invalid.
    Usage(clap::Error),
    /// Something could not be written.
    Io {
        /// The printable path, or the name of a standard stream.
        name: String,
        /// The cause.
        error: io::Error,
    },
}

impl Failure {
    /// Makes a function for `map_err` that adds to an [`io::Error`] what it is about.
    pub(crate) fn about(name: &str) -> impl Fn(io::Error) -> Self {
        move |error| Self::Io { name: name.to_owned(), error }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(error) => error.fmt(f),
            Self::Io { name, error } => write!(f, "{name}: {error}"),
        }
    }
}
