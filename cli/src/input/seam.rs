//! A guessed boundary between two batches. The thread that parses the first batch tells the other one where it really
//! is.
//!
//! A batch reports its end only once its own beginning is confirmed, so what is reported is always right. Waiting here
//! cannot deadlock: the threads that are waited for already hold everything that they need.

use super::lanes::lock;
use jobview::Position;
use std::sync::{Condvar, Mutex};

/// The end of a batch.
#[derive(Debug, Default)]
pub(super) struct Seam {
    end: Mutex<Option<End>>,
    is_known: Condvar,
}

/// The position at which a batch ends, with all records and lines counted up to there. `None` if the batch is void,
/// because the one before ends elsewhere.
pub(super) type End = Option<Position>;

impl Seam {
    /// Reports the end.
    pub(super) fn tell(&self, end: End) {
        *lock(&self.end) = Some(end);
        self.is_known.notify_all();
    }

    /// The end, if it has been reported.
    pub(super) fn told(&self) -> Option<End> {
        *lock(&self.end)
    }

    /// Waits until the end is reported.
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
