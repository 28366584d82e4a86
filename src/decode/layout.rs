//! What has been learned of a stream: which bytes have stood between two values, and what followed them.
//!
//! A layout is a memo of the walker. The walker's answer depends on the state and the bytes alone, so that
//! the same bytes in the same state may have the same answer again: a layout makes decoding faster, never
//! different. Whoever uses it must check two things that the bytes of a gap do not: that a number or a
//! skipped value begins right after them, where the walker would have read on over white space, and that a
//! gap with a newline does not reach into another record ([`has_newlines`](Layout::has_newlines)).
//!
//! Everything is bounded, and made once by each parser: after that, learning allocates nothing. When there is no more
//! room, all is forgotten, and the stream as it is by then is learned anew. A stream that cannot be learned
//! is left alone for longer and longer times.

use super::decoder::Misses;
use super::drift::Drift;
use super::walk::{Action, Key, Step};
use crate::kernel::{Instructions, Kernel, Operation, Pattern, WIDEST};
use crate::schema::{Slot, SlotSet, Values};

/// The number of a state in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateIndex(u8);

/// The number of a gap in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GapIndex(u8);

impl From<GapIndex> for usize {
    fn from(index: GapIndex) -> Self {
        Self::from(index.0)
    }
}

/// What has been learned.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    states: Vec<KnownState>,
    /// States by their hash; 0 where there is none, else one more than the index.
    by_hash: Vec<u8>,
    /// As many as an index can tell apart, of which `gap_count` are in use.
    gaps: Vec<Gap>,
    gap_count: usize,
    /// The bytes of all gaps.
    pool: Vec<u8>,
    /// Hashes of gaps that came once, some to each place.
    seen_once: Vec<[u32; Self::SEEN]>,
    /// Whether there is a newline in a gap.
    newlines: bool,
    /// Whether to learn at all.
    learning: bool,
    progress: Progress,
}

/// A state that has been reached.
#[derive(Clone, Copy, Debug)]
struct KnownState {
    key: Key,
    /// The gap that is tried first.
    first: GapIndex,
    /// No gap: it needs more text than there can be, and stands at the end of the state's gaps.
    end: GapIndex,
}

/// A gap that has been learned. Two cache lines, so that its place is found by a shift.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Gap {
    pub(super) pattern: Pattern,
    /// How much text must be left for the fast way: the pattern, the expected string, and `WIDEST` bytes; or
    /// more than there can be. The hot loop reads so far without looking.
    pub(super) reach: usize,
    /// What the gap opens, and the value that follows it.
    pub(super) present: SlotSet,
    /// How many times it has matched.
    pub(super) hits: u64,
    /// How long the string was that followed last time.
    pub(super) expected: u16,
    /// The last length that was not the expected one; the same again, and it becomes the expected one.
    pub(super) other: u16,
    /// The low bits of `hits` when another gap came last.
    hits_then: u32,
    /// What follows the gap.
    pub(super) action: Action,
    /// Whether that is a string, whatever it says.
    pub(super) is_string: bool,
    /// Where the value goes.
    pub(super) slot: Slot,
    /// The state that it belongs to.
    pub(super) state: StateIndex,
    /// The state after the value.
    pub(super) after: StateIndex,
    /// The gap that is tried first there.
    pub(super) then: GapIndex,
    /// The gap of its own state that is tried next.
    pub(super) next: GapIndex,
    /// Whether it is the one tried first.
    pub(super) is_first: bool,
    /// How many times in a row another gap came.
    streak: u8,
    /// Which of the unknown members it leads to.
    pub(super) unknown: u8,
}

const _: () = assert!(size_of::<Gap>() == 128);

/// How learning goes.
#[derive(Clone, Copy, Debug)]
struct Progress {
    /// Documents that have come to their end.
    documents: u64,
    /// How many of them in a row had too many misses.
    strange: u32,
    /// How many of them in a row had none.
    calm: u32,
    /// How many more go by before learning is tried again.
    asleep: u32,
    /// How many do next time.
    next_sleep: u32,
    /// Times that all was forgotten.
    forgotten: u64,
    /// Whether that was in the present document.
    has_forgotten: bool,
    /// Gaps that were not known.
    misses: u64,
    /// Hits of gaps that have been forgotten.
    old_hits: u64,
}

impl Layout {
    /// Before the document. Always known.
    pub(super) const START: StateIndex = StateIndex(0);

    const MOST_STATES: usize = 200;
    const MOST_GAPS: usize = u8::MAX as usize + 1;
    const MOST_GAPS_OF_A_STATE: usize = 8;
    const POOL: usize = 64 << 10;
    const LONGEST_GAP: usize = 2 << 10;
    const HASHES: usize = 512;
    /// How many gaps with the same place are remembered to have come once: with one, two that come in turn
    /// would never be learned.
    const SEEN: usize = 4;
    /// Strange documents in a row that put learning to sleep.
    const PATIENCE: u32 = 16;
    const FIRST_SLEEP: u32 = 64;
    const LONGEST_SLEEP: u32 = 4096;
    /// Calm documents in a row after which another layout is a change.
    const SETTLED: u32 = 8;

    /// Takes no memory yet.
    pub(crate) const fn new(learning: bool) -> Self {
        Self {
            states: Vec::new(),
            by_hash: Vec::new(),
            gaps: Vec::new(),
            gap_count: 0,
            pool: Vec::new(),
            seen_once: Vec::new(),
            newlines: false,
            learning,
            progress: Progress {
                documents: 0,
                strange: 0,
                calm: 0,
                asleep: 0,
                next_sleep: Self::FIRST_SLEEP,
                forgotten: 0,
                has_forgotten: false,
                misses: 0,
                old_hits: 0,
            },
        }
    }

    /// Whether a document may be learned from: not while the stream cannot be learned.
    pub(super) fn is_awake(&self) -> bool {
        self.learning && self.progress.asleep == 0
    }

    /// Whether there was a document before. Nobody knows whether there will be one after the first.
    pub(super) fn has_begun(&self) -> bool {
        self.progress.documents > 0
    }

    /// Whether there is a newline in a gap, so that a match may reach from one line into the next.
    pub(super) fn has_newlines(&self) -> bool {
        self.newlines
    }

    /// Whether all was forgotten since the document began.
    pub(super) fn has_forgotten(&self) -> bool {
        self.progress.has_forgotten
    }

    /// The state before a document.
    #[inline]
    pub(super) fn begin(&mut self) -> StateIndex {
        if self.states.is_empty() {
            self.furnish();
        }
        Self::START
    }

    /// The parts that the hot loop works with. There must have been a state before.
    #[inline(always)]
    pub(super) fn parts(&mut self) -> Parts<'_> {
        let gaps = self.gaps.first_chunk_mut().expect("as many as an index can tell apart");
        Parts { gaps, pool: &self.pool }
    }

    /// The gap that is tried first in a state.
    pub(super) fn first(&self, state: StateIndex) -> GapIndex {
        self.states[usize::from(state.0)].first
    }

    pub(super) fn key(&self, index: StateIndex) -> Key {
        self.states[usize::from(index.0)].key
    }

    /// The gaps of a state, in the order in which they are tried.
    pub(super) fn gaps_of(&self, index: StateIndex) -> impl Iterator<Item = (GapIndex, &Gap)> {
        let KnownState { first, end, .. } = self.states[usize::from(index.0)];
        let mut next = first;
        std::iter::from_fn(move || {
            let index = next;
            let gap = &self.gaps[usize::from(index)];
            next = gap.next;
            (index != end).then_some((index, gap))
        })
    }

    pub(super) fn gap(&self, index: GapIndex) -> &Gap {
        &self.gaps[usize::from(index)]
    }

    /// Says that a gap came, but not what follows it.
    pub(super) fn gap_failed(&mut self, index: GapIndex) {
        self.gaps[usize::from(index)].failed();
    }

    pub(super) fn bytes(&self, gap: &Gap) -> &[u8] {
        gap.pattern.bytes(&self.pool)
    }

    /// Counts a match that the hot loop could not make itself, with the length of the value.
    pub(super) fn matched(&mut self, index: GapIndex, length: usize) {
        let gap = &mut self.gaps[usize::from(index)];
        gap.hits += 1;
        if gap.is_string {
            gap.correct(length);
        }
        let state = gap.state;
        let first = self.first(state);
        if first != index && self.gaps[usize::from(first)].streak >= Gap::STREAK {
            self.bring_to_front(state, index);
        }
    }

    fn bring_to_front(&mut self, state: StateIndex, index: GapIndex) {
        self.take_out(state, index);
        self.gaps[usize::from(index)].next = self.first(state);
        self.put_first(state, index);
    }

    /// Has a gap that is not tried first be tried second.
    fn bring_to_second(&mut self, state: StateIndex, index: GapIndex) {
        self.take_out(state, index);
        let first = usize::from(self.first(state));
        self.gaps[usize::from(index)].next = self.gaps[first].next;
        self.gaps[first].next = index;
    }

    /// Takes a gap that is not tried first out of the order of its state.
    fn take_out(&mut self, state: StateIndex, index: GapIndex) {
        let before = self.gaps_of(state).find(|(_, gap)| gap.next == index).map(|(index, _)| index);
        let before = before.expect("one that is tried before");
        self.gaps[usize::from(before)].next = self.gaps[usize::from(index)].next;
    }

    fn put_first(&mut self, state: StateIndex, index: GapIndex) {
        let first = std::mem::replace(&mut self.states[usize::from(state.0)].first, index);
        self.gaps[usize::from(first)].streak = 0;
        self.gaps[usize::from(first)].is_first = false;
        self.gaps[usize::from(index)].is_first = true;
        let known = &mut self.gaps[..self.gap_count];
        known.iter_mut().filter(|gap| gap.after == state).for_each(|gap| gap.then = index);
    }

    /// The number of the state of a key. `None` when there is no more room: all has been forgotten then.
    pub(super) fn enter(&mut self, key: Key) -> Option<StateIndex> {
        self.begin();
        let mut hash = hash_key(&key) as usize % Self::HASHES;
        loop {
            match self.by_hash[hash].checked_sub(1) {
                None => break,
                Some(index) if self.states[usize::from(index)].key == key => {
                    return Some(StateIndex(index));
                }
                Some(_) => hash = (hash + 1) % Self::HASHES,
            }
        }
        if self.states.len() == Self::MOST_STATES || self.gap_count == Self::MOST_GAPS {
            self.forget();
            return None;
        }
        let index = self.push_state(key);
        self.by_hash[hash] = index.0 + 1;
        Some(index)
    }

    fn push_state(&mut self, key: Key) -> StateIndex {
        let index = StateIndex(self.states.len() as u8);
        let end = self.push_gap(Gap { state: index, ..Gap::NONE });
        self.states.push(KnownState { key, first: end, end });
        index
    }

    fn push_gap(&mut self, gap: Gap) -> GapIndex {
        let index = GapIndex(self.gap_count as u8);
        self.gaps[self.gap_count] = gap;
        self.gap_count += 1;
        index
    }

    /// Learns that `step` followed `bytes` in a state, if they have come before. `at_once`: even if they have
    /// not. Returns the number of the state after the value, unless all was forgotten.
    pub(super) fn learn(
        &mut self,
        kernel: Kernel,
        state: StateIndex,
        bytes: &[u8],
        step: &Step,
        unknown: u8,
        at_once: bool,
    ) -> Option<StateIndex> {
        self.progress.misses += 1;
        let after = self.enter(step.key())?;
        if bytes.is_empty() || bytes.len() > Self::LONGEST_GAP {
            return Some(after);
        }
        let hash = hash_of(bytes, u64::from(state.0));
        let seen = &mut self.seen_once[hash as usize % Self::HASHES];
        if !at_once && !seen.contains(&hash) {
            seen.rotate_right(1);
            seen[0] = hash;
            return Some(after);
        }
        let count = self.gaps_of(state).count();
        let is_full = self.gap_count == Self::MOST_GAPS && count < Self::MOST_GAPS_OF_A_STATE;
        if is_full || self.pool.len() + Pattern::room(bytes.len()) > Self::POOL {
            self.forget();
            return None;
        }
        self.newlines |= bytes.contains(&b'\n');
        let mut gap = Gap {
            pattern: kernel.run(Push { pool: &mut self.pool, bytes }),
            action: step.action,
            is_string: step.action.is_any_string(),
            slot: step.action.slot(),
            present: step.present(),
            state,
            after,
            then: self.first(after),
            next: self.states[usize::from(state.0)].end,
            unknown,
            ..Gap::NONE
        };
        gap.expect(0, 0);
        let last = self.gaps_of(state).last().map(|(last, _)| last);
        match last {
            Some(last) if count == Self::MOST_GAPS_OF_A_STATE => {
                let replaced = &mut self.gaps[usize::from(last)];
                self.progress.old_hits += replaced.hits;
                *replaced = gap;
                // Two new ones that come in turn are not to replace each other.
                self.bring_to_second(state, last);
            }
            Some(last) => {
                let index = self.push_gap(gap);
                self.gaps[usize::from(last)].next = index;
            }
            None => {
                let index = self.push_gap(gap);
                self.put_first(state, index);
            }
        }
        Some(after)
    }

    /// Says that a document has come to its end that has these values, and of which so many gaps were not
    /// known. Returns whether it is the first one in another layout than that of many before.
    #[inline]
    pub(super) fn end_document(&mut self, misses: Misses, values: &Values<'_>) -> bool {
        let progress = &mut self.progress;
        progress.documents += 1;
        if misses.all == 0 && progress.asleep == 0 && !progress.has_forgotten {
            progress.strange = 0;
            progress.next_sleep = Self::FIRST_SLEEP;
            progress.calm = progress.calm.saturating_add(1);
            return false;
        }
        self.end_uneven_document(misses, values.seen())
    }

    #[cold]
    fn end_uneven_document(&mut self, misses: Misses, seen: SlotSet) -> bool {
        let progress = &mut self.progress;
        if let Some(asleep) = progress.asleep.checked_sub(1) {
            progress.asleep = asleep;
            return false;
        }
        // The walker is fast: to learn pays where nearly all is known.
        let strange = misses.recent > 1 + seen.len() / 16;
        let changed = misses.all > seen.len() / 3 && progress.calm >= Self::SETTLED;
        // What comes after all was forgotten is new to the layout, and may be old to the stream.
        if std::mem::take(&mut progress.has_forgotten) || strange {
            progress.calm = 0;
        }
        progress.strange = if strange { progress.strange + 1 } else { 0 };
        if progress.strange == Self::PATIENCE {
            progress.strange = 0;
            progress.asleep = progress.next_sleep;
            progress.next_sleep = (2 * progress.next_sleep).min(Self::LONGEST_SLEEP);
            self.forget();
            self.progress.has_forgotten = false;
        }
        changed
    }

    /// Makes room for everything, once.
    fn furnish(&mut self) {
        if self.by_hash.is_empty() {
            self.states = Vec::with_capacity(Self::MOST_STATES);
            self.gaps = vec![Gap::NONE; Self::MOST_GAPS];
            self.pool = Vec::with_capacity(Self::POOL);
            self.by_hash = vec![0; Self::HASHES];
            self.seen_once = vec![[0; Self::SEEN]; Self::HASHES];
        }
        self.push_state(Key::START);
        self.by_hash[hash_key(&Key::START) as usize % Self::HASHES] = 1;
    }

    /// The gaps, in the order in which they were learned.
    pub(super) fn known(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().take(self.gap_count).filter(|gap| !gap.is_end())
    }

    pub(super) fn hits(&self) -> u64 {
        self.progress.old_hits + self.known().map(|gap| gap.hits).sum::<u64>()
    }

    pub(super) fn misses(&self) -> u64 {
        self.progress.misses
    }

    pub(super) fn times_forgotten(&self) -> u64 {
        self.progress.forgotten
    }

    fn forget(&mut self) {
        self.progress.old_hits = self.hits();
        self.progress.forgotten += 1;
        self.progress.has_forgotten = true;
        self.states.clear();
        self.gaps.fill(Gap::NONE);
        self.gap_count = 0;
        self.pool.clear();
        self.by_hash.fill(0);
        self.newlines = false;
    }
}

/// The parts of a [`Layout`] for the hot loop.
pub(super) struct Parts<'l> {
    pub(super) gaps: &'l mut [Gap; Layout::MOST_GAPS],
    pub(super) pool: &'l [u8],
}

impl Gap {
    /// Never matches.
    const NONE: Self = Self {
        pattern: Pattern::NONE,
        reach: usize::MAX,
        present: SlotSet::EMPTY,
        hits: 0,
        expected: 0,
        other: 0,
        hits_then: 0,
        action: Action::End,
        is_string: false,
        slot: 0,
        state: Layout::START,
        after: Layout::START,
        then: GapIndex(0),
        next: GapIndex(0),
        is_first: false,
        streak: 0,
        unknown: Drift::OTHERS,
    };

    /// How many times in a row another gap must come to be the one that is tried first.
    const STREAK: u8 = 8;

    /// Whether it is none, but stands at the end of a state's gaps.
    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.pattern.len() == 0
    }

    /// Says that another gap came, though this one is tried first. Returns whether that is so all the time.
    #[cold]
    #[inline(never)]
    pub(super) fn failed(&mut self) -> bool {
        let hits = self.hits as u32;
        self.streak = if self.hits_then == hits { self.streak.saturating_add(1) } else { 1 };
        self.hits_then = hits;
        self.streak >= Self::STREAK
    }

    /// Says that a string followed that had another length than expected, perhaps.
    pub(super) fn correct(&mut self, length: usize) {
        if let Ok(length) = u16::try_from(length)
            && length != self.expected
        {
            // One odd length among many equal ones is not what to expect next time.
            match self.other == length {
                true => self.expect(length, self.expected),
                false => self.expect(self.expected, length),
            }
        }
    }

    /// Expects strings of this length, and else of that.
    fn expect(&mut self, length: u16, other: u16) {
        (self.expected, self.other) = (length, other);
        self.reach = self.pattern.len() + usize::from(length.max(other)) + WIDEST;
    }
}

fn hash_key(key: &Key) -> u32 {
    let (container, seen) = key.state.parts();
    hash_word(seen ^ u64::from(container) << 56 ^ u64::from(key.quoted) << 55)
}

/// Spreads the bits of a number (Fibonacci hashing).
fn hash_word(word: u64) -> u32 {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

fn hash_of(bytes: &[u8], seed: u64) -> u32 {
    let mut hash = seed ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = u64::from(hash_word(hash ^ u64::from_le_bytes(word))) ^ hash.rotate_left(23);
    }
    hash_word(hash)
}

/// Appends the bytes of a gap to the pool.
struct Push<'l> {
    pool: &'l mut Vec<u8>,
    bytes: &'l [u8],
}

impl Operation for Push<'_> {
    type Output = Pattern;

    #[inline(always)]
    fn run<I: Instructions>(self, instructions: I) -> Pattern {
        Pattern::push(instructions, self.pool, self.bytes)
    }
}
