//! How many records and lines there were before a part, when parts are parsed in any order.
//!
//! A part is parsed from the numbers that it would have if the framer were right about all parts before it.
//! By how much each part was wrong is noted here, and added up in their order.

use crate::batch::Numbers;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

#[derive(Debug)]
pub(super) struct Numbering {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// How many parts have been added up.
    parts: usize,
    sum: Numbers,
    /// Parts that wait for one before them.
    others: BTreeMap<usize, Numbers>,
    has_given_up: bool,
}

impl Numbering {
    pub(super) fn new() -> Self {
        let others = BTreeMap::new();
        let state = State { parts: 0, sum: Numbers::default(), others, has_given_up: false };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Notes by how much the numbers after a part are ahead of what they were thought to be.
    pub(super) fn note(&self, part: usize, ahead: Numbers) {
        let mut state = self.lock();
        state.others.insert(part, ahead);
        let State { parts, sum, others, .. } = &mut *state;
        while let Some(ahead) = others.remove(parts) {
            sum.add(ahead);
            *parts += 1;
        }
        self.changed.notify_all();
    }

    /// By how much the numbers before a part, which has not been noted, are ahead. Waits until all parts
    /// before it have been. What it returns after somebody has given up means nothing.
    pub(super) fn before(&self, part: usize) -> Numbers {
        let waits = |state: &mut State| state.parts < part && !state.has_given_up;
        let state = self.changed.wait_while(self.lock(), waits);
        state.unwrap_or_else(PoisonError::into_inner).sum
    }

    /// Says that a part will never be noted.
    pub(super) fn give_up(&self) {
        self.lock().has_given_up = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nobody panics in the middle of a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
