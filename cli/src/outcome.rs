//! How a subcommand ended.
//!
//! Plain values; `main` turns them into exit codes.

use std::fmt;
use std::io;

/// The end of a subcommand that did all it could. The worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every record was a valid document.
    Accepted,
    /// Some record was not.
    Rejected,
    /// It was stopped, as it was told, before the end. It has been said where.
    Stopped,
    /// Some input could not be read, which has been said already.
    Unreadable,
}

/// Why a subcommand gave up.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense together.
    Usage(clap::Error),
    /// Something could not be written.
    Io {
        /// What: a path as people write it, or the name of a standard stream.
        name: String,
        /// Why not.
        error: io::Error,
    },
}

impl Failure {
    /// A function that says what an [`io::Error`] was about; for `map_err`.
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
