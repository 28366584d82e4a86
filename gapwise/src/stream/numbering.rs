//! Tells which parts belong to the stream, and how many records and lines come before each, if parts are parsed in any
//! order.
//!
//! A part is parsed with the numbers that it would have if all assumptions about earlier parts were right. How far each
//! part was off is noted here, and added up in order.
//!
//! The end of a part may be a guess. If the part does not end there, all later parts are void, and the stream continues
//! where the part really ended.

use crate::batch::{Numbers, Position};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub(super) struct Numbering {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// How many parts have been started.
    begun: usize,
    /// How many of them are settled: added up, or void.
    parts: usize,
    before: Before,
    /// Noted parts that wait for an earlier one.
    others: BTreeMap<usize, Noted>,
    /// Results for the threads that wait for them, by part.
    told: BTreeMap<usize, Before>,
    /// Where the stream continues instead, after a wrong guess.
    goes_on: Option<Position>,
    /// The first part that will never be noted.
    given_up: Option<usize>,
}

/// What was found at the end of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// By how much the real numbers there are ahead of the assumed ones.
    pub(super) ahead: Numbers,
    /// Where the last line of the part begins. `None` if the part begins in that line, and the start of the line was
    /// unknown.
    pub(super) line_start: Option<u64>,
    /// Where the part really ends, if not where it was assumed to end.
    pub(super) elsewhere: Option<Position>,
}

/// What comes before a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Before {
    /// By how much the real numbers of the part are ahead of the assumed ones.
    pub(super) ahead: Numbers,
    /// Where the line begins in which the part begins.
    pub(super) line_start: u64,
}

#[derive(Debug)]
struct Noted {
    end: End,
    /// Whether a thread waits for the numbers before the part.
    waits: bool,
}

/// A part that has been started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// The number of the part: how many were started before.
    pub(super) part: usize,
    /// Whether all earlier parts are settled.
    pub(super) is_settled: bool,
}

/// The result of waiting for all started parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// They end where they were assumed to end.
    Here,
    /// The stream continues here instead.
    Elsewhere(Position),
    /// One of them will never be settled.
    Never,
}

impl Numbering {
    pub(super) fn new() -> Self {
        Self { state: Mutex::default(), changed: Condvar::new() }
    }

    /// Starts the part after those that have been started.
    ///
    /// # Errors
    ///
    /// After a wrong guess there is nothing to start: the stream continues at this position. It is returned once, and
    /// the caller must continue there.
    pub(super) fn begin(&self) -> Result<Turn, Position> {
        let mut state = self.lock();
        match state.goes_on.take() {
            Some(position) => Err(position),
            None => {
                let part = state.begun;
                state.begun += 1;
                Ok(Turn { part, is_settled: state.parts == part })
            }
        }
    }

    /// How many parts have been started.
    pub(super) fn begun(&self) -> usize {
        self.lock().begun
    }

    /// How many parts are settled.
    ///
    /// # Errors
    ///
    /// Those of [`begin`](Self::begin).
    pub(super) fn settled(&self) -> Result<usize, Position> {
        let mut state = self.lock();
        state.goes_on.take().map_or(Ok(state.parts), Err)
    }

    /// Waits until all started parts are settled.
    pub(super) fn settle(&self) -> Settled {
        let waits = |state: &mut State| state.parts < state.begun && state.given_up.is_none();
        let state = self.changed.wait_while(self.lock(), waits);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        match state.goes_on.take() {
            Some(position) => Settled::Elsewhere(position),
            None if state.parts < state.begun => Settled::Never,
            None => Settled::Here,
        }
    }

    /// Notes where a part ends.
    pub(super) fn note(&self, part: usize, end: End) {
        self.lock().note(part, Noted { end, waits: false });
        self.changed.notify_all();
    }

    /// Notes where a part ends, and waits for what comes before it, as [`before`](Self::before) does for a part that is
    /// not noted. Later parts need not wait for this thread.
    pub(super) fn note_and_wait(&self, part: usize, end: End) -> Option<Before> {
        self.lock().note(part, Noted { end, waits: true });
        self.changed.notify_all();
        self.wait_for(part).told.remove(&part)
    }

    /// What comes before a part that is not noted yet. Waits until all earlier parts are settled. `None` if the part is
    /// void, or if an earlier one will never be noted.
    pub(super) fn before(&self, part: usize) -> Option<Before> {
        let state = self.wait_for(part);
        (state.parts == part).then_some(state.before)
    }

    /// Waits until all parts before `part` are settled.
    fn wait_for(&self, part: usize) -> MutexGuard<'_, State> {
        let waits = |state: &mut State| {
            state.parts < part && state.given_up.is_none_or(|given_up| given_up >= part)
        };
        let state = self.changed.wait_while(self.lock(), waits);
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a part will never have an end.
    pub(super) fn give_up(&self, part: usize) {
        let mut state = self.lock();
        state.given_up = Some(state.given_up.map_or(part, |other| other.min(part)));
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No thread panics in the middle of a change, so that the state of a poisoned lock is valid.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, part: usize, noted: Noted) {
        // Void parts count as settled, and are ignored.
        if part >= self.parts {
            self.others.insert(part, noted);
        }
        while let Some(Noted { end, waits }) = self.others.remove(&self.parts) {
            if waits {
                self.told.insert(self.parts, self.before);
            }
            self.parts += 1;
            self.before.ahead.add(end.ahead);
            self.before.line_start = end.line_start.unwrap_or(self.before.line_start);
            if let Some(position) = end.elsewhere {
                self.others.clear();
                self.parts = self.begun;
                self.goes_on = Some(position.in_line(self.before.line_start));
            }
        }
    }
}
