//! What comes of the inputs, as plain data: batch by batch, and in the end.

use super::drift::Novelties;
use super::learned::Learned;
use crate::output::counted;
use std::sync::Arc;

/// What has been found in a batch.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    /// The number of the input, from 0.
    pub(crate) input: usize,
    /// The name of the input, fit to be printed.
    pub(crate) file: Arc<str>,
    /// What was made of the records.
    pub(crate) found: T,
    /// The offset in the input up to which it goes.
    pub(crate) end: u64,
}

/// What has been gone through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How many inputs could be read to their end.
    pub(crate) files: u64,
    /// How many bytes were in all of them.
    pub(crate) bytes: u64,
    /// Whether there were inputs that could not be read to their end. It has been said why.
    pub(crate) some_unreadable: bool,
    /// The inputs that are over, in their order.
    pub(crate) inputs: Vec<SeenInput>,
    /// How it ended.
    pub(crate) ending: Ending,
    /// How many bytes had come of a record that had not ended when the user or the system wanted no more.
    pub(crate) cut: u64,
    /// What was new on the way.
    pub(crate) novelties: Novelties,
    /// What was learned.
    pub(crate) learned: Learned,
}

impl Seen {
    /// What is to be said of a record that had not ended, if there was one.
    pub(crate) fn cut_off(&self) -> String {
        match self.cut {
            0 => String::new(),
            1 => "; the last byte is no whole record".to_owned(),
            cut => format!("; the last {} are no whole record", counted(cut, "byte")),
        }
    }
}

/// An input that is over.
#[derive(Clone, Debug)]
pub(crate) struct SeenInput {
    /// Its name, fit to be printed.
    pub(crate) file: Arc<str>,
    /// How many bytes of it were handed out.
    pub(crate) bytes: u64,
    /// Why it could not be read to its end.
    pub(crate) error: Option<String>,
}

/// Why there are no more batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There are no more inputs.
    #[default]
    Whole,
    /// The caller wanted no more.
    Broken,
    /// The user or the system wanted no more.
    Interrupted,
}
