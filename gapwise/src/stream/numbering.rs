//! Which parts belong to the stream, and how many records and lines come before each, when parts are parsed in any
//! order.
//!
//! A part is parsed with the numbers that it would have if everything assumed about the parts before it were right.
//! How far each part was off is noted here, and added up in their order.
//!
//! The end of a part may have been guessed. If it does not end there, all parts behind it are void, and the stream
//! continues where it really ended.

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
    /// How many parts have been begun.
    begun: usize,
    /// How many of them are settled: added up, or void.
    parts: usize,
    before: Before,
    /// Parts that wait for one before them.
    others: BTreeMap<usize, Noted>,
    /// What is to be told to those who wait for it.
    told: BTreeMap<usize, Before>,
    /// Where it goes on instead.
    goes_on: Option<Position>,
    /// The first part that will never be noted.
    given_up: Option<usize>,
}

/// What has been found at the end of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// By how much the numbers there are ahead of what they were thought to be.
    pub(super) ahead: Numbers,
    /// Where the line begins that it ends in, unless that is the one in which the part begins, of which nobody knew.
    pub(super) line_start: Option<u64>,
    /// Where the part ends, if that is not where it was thought to.
    pub(super) elsewhere: Option<Position>,
}

/// What there is before a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Before {
    /// By how much its numbers are ahead.
    pub(super) ahead: Numbers,
    /// Where the line begins that it begins in.
    pub(super) line_start: u64,
}

#[derive(Debug)]
struct Noted {
    end: End,
    /// Whether somebody waits for the numbers before it.
    waits: bool,
}

/// A part that is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// How many have been begun before.
    pub(super) part: usize,
    /// Whether all of them are settled.
    pub(super) is_settled: bool,
}

/// What is known when all parts that have been begun are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// They end where they were thought to.
    Here,
    /// It goes on from here.
    Elsewhere(Position),
    /// Nothing: one of them will never be.
    Never,
}

impl Numbering {
    pub(super) fn new() -> Self {
        Self { state: Mutex::default(), changed: Condvar::new() }
    }

    /// Begins a part behind those that have been begun.
    ///
    /// # Errors
    ///
    /// There is nothing behind them: it goes on from this position, as the next to call this is supposed to.
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

    /// How many parts have been begun.
    pub(super) fn begun(&self) -> usize {
        self.lock().begun
    }

    /// How many parts are settled.
    ///
    /// # Errors
    ///
    /// As of [`begin`](Self::begin).
    pub(super) fn settled(&self) -> Result<usize, Position> {
        let mut state = self.lock();
        state.goes_on.take().map_or(Ok(state.parts), Err)
    }

    /// Waits until all parts that have been begun are settled.
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

    /// The same, and what there is before it, as [`before`](Self::before) tells for those that have not been noted. Who
    /// comes behind need not wait for that.
    pub(super) fn note_and_wait(&self, part: usize, end: End) -> Option<Before> {
        self.lock().note(part, Noted { end, waits: true });
        self.changed.notify_all();
        self.wait_for(part).told.remove(&part)
    }

    /// What there is before a part, which has not been noted. Waits until all parts before it are settled. `None` if it
    /// is not of the stream, or if one before it will never be noted.
    pub(super) fn before(&self, part: usize) -> Option<Before> {
        let state = self.wait_for(part);
        (state.parts == part).then_some(state.before)
    }

    /// Waits until all parts before one are settled.
    fn wait_for(&self, part: usize) -> MutexGuard<'_, State> {
        let waits = |state: &mut State| {
            state.parts < part && state.given_up.is_none_or(|given_up| given_up >= part)
        };
        let state = self.changed.wait_while(self.lock(), waits);
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that a part will never be noted.
    pub(super) fn give_up(&self, part: usize) {
        let mut state = self.lock();
        state.given_up = Some(state.given_up.map_or(part, |other| other.min(part)));
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nobody panics in the middle of a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, part: usize, noted: Noted) {
        // All that is void is settled.
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
