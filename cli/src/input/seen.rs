//! The results as plain data: for each batch, and for the whole run.

use super::drift::Novelties;
use super::learned::Learned;
use crate::output::counted;
use std::sync::Arc;

/// The results of a batch.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    /// The number of the input, from 0.
    pub(crate) input: usize,
    /// The printable name of the input.
    pub(crate) file: Arc<str>,
    /// What the caller collected from the records.
    pub(crate) found: T,
    /// The offset in the input at which it ends.
    pub(crate) end: u64,
}

/// The results of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How many inputs were read to the end.
    pub(crate) files: u64,
    /// How many bytes were read in all.
    pub(crate) bytes: u64,
    /// Whether some inputs could not be read to the end. The errors have been reported.
    pub(crate) some_unreadable: bool,
    /// The inputs that have been read, in order.
    pub(crate) inputs: Vec<SeenInput>,
    /// Why the run ended.
    pub(crate) ending: Ending,
    /// How many bytes of an incomplete record had arrived when a signal ended the run.
    pub(crate) cut: u64,
    /// Unknown members and layout changes.
    pub(crate) novelties: Novelties,
    /// What was learned.
    pub(crate) learned: Learned,
}

impl Seen {
    /// A message about the incomplete record, if there is one.
    pub(crate) fn cut_off(&self) -> String {
        match self.cut {
            0 => String::new(),
            1 => "; the last byte is an incomplete record".to_owned(),
            cut => format!("; the last {} are an incomplete record", counted(cut, "byte")),
        }
    }
}

/// An input that has been read.
#[derive(Clone, Debug)]
pub(crate) struct SeenInput {
    /// Its printable name.
    pub(crate) file: Arc<str>,
    /// How many of its bytes were in batches.
    pub(crate) bytes: u64,
    /// Why it could not be read to the end.
    pub(crate) error: Option<String>,
}

/// Why there are no more batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There are no more inputs.
    #[default]
    Whole,
    /// The caller stopped the run.
    Broken,
    /// A signal stopped the run.
    Interrupted,
}
