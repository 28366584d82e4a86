//! Chooses the parser for a batch.
//!
//! What a parser notices in a stream depends on what it has seen before. The same input must have the same outcome for
//! any number of threads, and however its bytes arrive. So stretches are assigned in turn to a fixed number of parsers,
//! the *lanes*. The first documents all go to one parser, the *school*, and the lanes start as copies of it. So a
//! layout is learned only once, and a lane that meets another layout notices the change.
//!
//! If records are not lines, the stretches of a file may differ from those of a pipe by a record or two, so what is
//! learned may differ. If a batch turns out to be void, its lane is reset to the state before it.

use super::drift::{News, Told};
use super::learned::Learned;
use crate::kind::AnyParser;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

/// How many batches can be parsed at once.
pub(super) const LANES: usize = 16;

/// How many documents the school parses: enough to learn a layout, and to notice when it changes.
const SCHOOLING: u64 = 64;

/// A parser, and how much of what it has noticed has been reported.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) parser: Box<dyn AnyParser>,
    told: Told,
    /// The stretch that it parsed last.
    stretch: usize,
}

impl Clone for Lane {
    fn clone(&self) -> Self {
        let Self { parser, told, stretch } = self;
        Self { parser: parser.copied(), told: told.clone(), stretch: *stretch }
    }
}

impl Lane {
    /// Adds to the news of a batch what the parser has noticed since the last call; see [`Told::tell`].
    pub(super) fn tell(&mut self, news: &mut News, file: &Arc<str>, first: u64, given: u64) {
        self.told.tell(&*self.parser, news, file, first, given);
    }
}

/// The parsers of a run.
#[derive(Debug)]
pub(super) struct Lanes {
    school: Mutex<Lane>,
    /// Made when the school has parsed its documents.
    lanes: OnceLock<Vec<Mutex<Lane>>>,
}

impl Lanes {
    pub(super) fn new(parser: Box<dyn AnyParser>) -> Self {
        let school = Lane { parser, told: Told::default(), stretch: 0 };
        Self { school: Mutex::new(school), lanes: OnceLock::new() }
    }

    /// The lane for a batch of this stretch. Call it in the order of the batches. Waits until the previous batch in
    /// the same lane is done.
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

    /// What all parsers have learned.
    pub(super) fn learned(&self) -> Learned {
        let school = lock(&self.school);
        let lanes: Vec<_> = self.lanes.get().into_iter().flatten().map(lock).collect();
        Learned::of(&*school.parser, lanes.iter().map(|lane| &*lane.parser))
    }
}

/// Locks a mutex. Panics if another thread has panicked, because there is nothing left to save then.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread has panicked")
}
