//! The boundary between two batches, if it was guessed. Whoever parses the first tells whoever parses the second.
//!
//! A batch that begins at a guess is told only after the one before it has been told, so that what is told is
//! right. Nobody who waits here holds up those for whom it waits, because they already hold all that they need.

use super::lanes::lock;
use jobview::Position;
use std::sync::{Condvar, Mutex};

/// The end of a batch.
#[derive(Debug, Default)]
pub(super) struct Seam {
    end: Mutex<Option<End>>,
    is_known: Condvar,
}

/// Where a batch ends, with all records and lines counted up to there; or that it is none, because the one before ends
/// elsewhere.
pub(super) type End = Option<Position>;

impl Seam {
    /// Tells it.
    pub(super) fn tell(&self, end: End) {
        *lock(&self.end) = Some(end);
        self.is_known.notify_all();
    }

    /// What has been told by now.
    pub(super) fn told(&self) -> Option<End> {
        *lock(&self.end)
    }

    /// Waits for it.
    pub(super) fn wait(&self) -> End {
        let mut end = lock(&self.end);
        loop {
            match *end {
                Some(end) => return end,
                None => end = self.is_known.wait(end).expect("no thread has panicked"),
            }
        }
    }
}
