//! Decides which parser a batch goes to.
//!
//! What a parser notices in a stream depends on what it has seen. The same input must have the same outcome for any
//! number of threads, and however its bytes arrive. So stretches are dealt in turn to a fixed number of parsers,
//! the *lanes*. The first documents all go to one parser, the *school*, and the lanes begin as its copies. So a
//! layout is learned only once, and a lane that meets another layout knows that it is another.
//!
//! Records of a file that are not lines may be in other stretches than those of a pipe, by a record or two, so what
//! is learned of them may differ. If a lane has parsed something that turned out not to be a batch, it is set back
//! to its state before.

use super::drift::{News, Told};
use super::learned::Learned;
use crate::kind::AnyParser;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

/// How many batches can be parsed at once.
pub(super) const LANES: usize = 16;

/// How many documents the school takes: enough to have learned a layout, and to find another one remarkable.
const SCHOOLING: u64 = 64;

/// A parser, and how much of what it has noticed has been told.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) parser: Box<dyn AnyParser>,
    told: Told,
    /// The stretch that it had last.
    stretch: usize,
}

impl Clone for Lane {
    fn clone(&self) -> Self {
        let Self { parser, told, stretch } = self;
        Self { parser: parser.copied(), told: told.clone(), stretch: *stretch }
    }
}

impl Lane {
    /// Adds what is new to the parser since last time to the news of a batch; see [`Told::tell`].
    pub(super) fn tell(&mut self, news: &mut News, file: &Arc<str>, first: u64, given: u64) {
        self.told.tell(&*self.parser, news, file, first, given);
    }
}

/// The parsers of a run.
#[derive(Debug)]
pub(super) struct Lanes {
    school: Mutex<Lane>,
    /// Made when the school is over.
    lanes: OnceLock<Vec<Mutex<Lane>>>,
}

impl Lanes {
    pub(super) fn new(parser: Box<dyn AnyParser>) -> Self {
        let school = Lane { parser, told: Told::default(), stretch: 0 };
        Self { school: Mutex::new(school), lanes: OnceLock::new() }
    }

    /// The lane of a batch of this stretch, which is to be asked for in their order. Waits for the batch before in
    /// the same lane.
    pub(super) fn of(&self, stretch: usize) -> MutexGuard<'_, Lane> {
        let mut school = match self.lanes.get() {
            Some(lanes) => return lock(&lanes[stretch % LANES]),
            None => lock(&self.school),
        };
        if school.told.documents() < SCHOOLING || school.stretch == stretch {
            school.stretch = stretch;
            return school;
        }
        let copy = |_| Mutex::new(school.clone());
        let lanes = self.lanes.get_or_init(|| (0..LANES).map(copy).collect());
        lock(&lanes[stretch % LANES])
    }

    /// What all have learned.
    pub(super) fn learned(&self) -> Learned {
        let school = lock(&self.school);
        let lanes: Vec<_> = self.lanes.get().into_iter().flatten().map(lock).collect();
        Learned::of(&*school.parser, lanes.iter().map(|lane| &*lane.parser))
    }
}

/// Nothing is left to be saved when a thread has panicked.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread has panicked")
}
