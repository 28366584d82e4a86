//! What has been learned of a stream: which bytes have stood between two values, and what followed them.
//!
//! A layout is a memo of the walker. The walker's answer depends on the place, the members seen and the bytes alone, so
//! that the same bytes in the same place have the same answer again after members that their rule admits: a layout makes
//! decoding faster, never different. Whoever uses it must check two things that the bytes of a gap do not: that a value
//! that has no quotes begins right after them, where the walker would have read on over white space, and that a
//! gap with a newline does not reach into another record ([`has_newlines`](Layout::has_newlines)).
//!
//! Everything is bounded, and made once by each parser: after that, learning allocates nothing. When there is no more
//! room, what has not come for the longest time makes place for what is new.

use super::gap::{Follows, Gap, Note};
use super::walk::{Action, Place, Rule, Step};
use crate::kernel::{Instructions, Kernel, Operation, Pattern};

/// The number of a state in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateIndex(u16);

impl StateIndex {
    const fn get(self) -> usize {
        self.0 as usize
    }
}

/// The number of a gap in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GapIndex(u16);

impl GapIndex {
    pub(super) const NONE: Self = Self(0);

    #[inline(always)]
    pub(super) const fn get(self) -> usize {
        self.0 as usize % Layout::MOST_GAPS
    }
}

/// What has been learned.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    states: Vec<KnownState>,
    /// States by their hash; 0 where there is none, else one more than the index.
    by_hash: Vec<u16>,
    /// All gaps that there may be. Those not in use never match.
    gaps: Vec<Gap>,
    /// Those that are not in use, and how many have ever been.
    free: Vec<GapIndex>,
    most: usize,
    /// The bytes of long gaps.
    pool: Vec<u8>,
    /// Hashes of gaps that came once, some to each place.
    seen_once: Vec<[u32; Self::SEEN]>,
    /// Where the search for gaps that are not needed any more goes on.
    hand: usize,
    /// Whether there is a newline in a gap.
    newlines: bool,
    /// Gaps that were not known.
    misses: u64,
    /// Gaps that have made place for others, and their hits.
    replaced: u64,
    old_hits: u64,
}

/// A state that has been reached: a place.
#[derive(Clone, Copy, Debug)]
struct KnownState {
    place: Place,
    /// The gap that is tried first.
    first: GapIndex,
    /// No gap: it needs more text than there can be, and stands at the end of the state's gaps.
    end: GapIndex,
}

impl Layout {
    /// Before the document. Always known.
    pub(super) const START: StateIndex = StateIndex(0);

    pub(super) const MOST_GAPS: usize = 1024;
    const MOST_STATES: usize = 384;
    const MOST_GAPS_OF_A_STATE: usize = 16;
    const POOL: usize = 64 << 10;
    const LONGEST_GAP: usize = 2 << 10;
    const HASHES: usize = 1024;
    /// How many gaps with the same hash are remembered to have come once: with one, two that come in turn
    /// would never be learned.
    const SEEN: usize = 4;

    /// Takes no memory yet.
    pub(crate) const fn new() -> Self {
        Self {
            states: Vec::new(),
            by_hash: Vec::new(),
            gaps: Vec::new(),
            free: Vec::new(),
            most: 0,
            pool: Vec::new(),
            seen_once: Vec::new(),
            hand: 0,
            newlines: false,
            misses: 0,
            replaced: 0,
            old_hits: 0,
        }
    }

    /// Whether there is a newline in a gap, so that a match may reach from one line into the next.
    pub(super) fn has_newlines(&self) -> bool {
        self.newlines
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
        let gaps = self.gaps.first_chunk_mut();
        let gaps = gaps.expect("as many as an index can tell apart");
        Parts { gaps, states: &self.states, pool: &self.pool }
    }

    pub(super) fn place(&self, state: StateIndex) -> Place {
        self.states[state.get()].place
    }

    /// The gaps of a state.
    pub(super) fn gaps_of(&self, state: StateIndex) -> impl Iterator<Item = GapIndex> {
        let KnownState { first, end, .. } = self.states[state.get()];
        let mut next = first;
        std::iter::from_fn(move || {
            let index = next;
            next = self.gap(index).next;
            (index != end).then_some(index)
        })
    }

    pub(super) fn gap(&self, index: GapIndex) -> &Gap {
        &self.gaps[index.get()]
    }

    pub(super) fn bytes(&self, index: GapIndex) -> &[u8] {
        self.gap(index).pattern.bytes(&self.pool)
    }

    /// Counts a match that the hot loop could not make itself, with the length of the value.
    pub(super) fn matched(&mut self, index: GapIndex, length: usize) {
        let gap = &mut self.gaps[index.get()];
        gap.note.hits += 1;
        if gap.note.action.is_quoted() {
            gap.correct(length);
        }
    }

    /// Has the gaps that lead to a state try another one first, if they tried this one.
    fn replace_first(&mut self, state: StateIndex, old: GapIndex, new: GapIndex) {
        for gap in &mut self.gaps[..self.most] {
            if gap.note.after == state && gap.then == old {
                gap.then = new;
            }
        }
    }

    /// The number of the state of a place, if it is known.
    pub(super) fn find(&self, place: Place) -> Option<StateIndex> {
        self.look_up(place).ok()
    }

    /// The same, or where its number is to be put.
    fn look_up(&self, place: Place) -> Result<StateIndex, usize> {
        let mut hash = hash_word(place.number()) as usize % Self::HASHES;
        loop {
            match self.by_hash.get(hash).and_then(|index| index.checked_sub(1)) {
                None => return Err(hash),
                Some(index) if self.states[usize::from(index)].place == place => {
                    return Ok(StateIndex(index));
                }
                Some(_) => hash = (hash + 1) % Self::HASHES,
            }
        }
    }

    /// The number of the state of a place, which is known from now on.
    fn enter(&mut self, place: Place) -> StateIndex {
        self.begin();
        match self.look_up(place) {
            Ok(state) => state,
            Err(hash) => {
                let state = StateIndex(self.states.len() as u16);
                let end = self.free_gap();
                self.end(end, state);
                self.states.push(KnownState { place, first: end, end });
                self.by_hash[hash] = state.0 + 1;
                state
            }
        }
    }

    /// Learns by which rule `step` followed `bytes` in a place, with a string of this length, if the bytes have come
    /// there before. `at_once`: even if they have not. `unknown` is the number in the drift of the unknown member that
    /// came.
    pub(super) fn learn(
        &mut self,
        kernel: Kernel,
        place: Place,
        bytes: &[u8],
        (step, rule): &(Step, Rule),
        length: usize,
        unknown: Option<u8>,
        at_once: bool,
    ) {
        self.misses += 1;
        if bytes.is_empty() || bytes.len() > Self::LONGEST_GAP {
            return;
        }
        self.begin();
        let hash = hash_of(bytes, place.number());
        let seen = &mut self.seen_once[hash as usize % Self::HASHES];
        if !at_once && !seen.contains(&hash) {
            seen.rotate_right(1);
            seen[0] = hash;
            return;
        }
        if self.states.len() + 2 > Self::MOST_STATES {
            self.drop_states();
        }
        if self.pool.len() + Pattern::room(bytes.len()) > Self::POOL {
            self.compact();
        }
        let (state, after) = (self.enter(place), self.enter(step.state.place));
        let is_it = |index: &GapIndex| {
            self.gap(*index).note.action == step.action && self.bytes(*index) == bytes
        };
        if self.gaps_of(state).any(|index| is_it(&index)) {
            return;
        }
        if self.gaps_of(state).count() == Self::MOST_GAPS_OF_A_STATE {
            // One that has not come since it was learned or looked at, or else the oldest.
            let first = self.gaps_of(state).next().expect("there are some");
            let idle = self.gaps_of(state).find(|&index| {
                let Note { hits, hits_before, .. } = self.gap(index).note;
                hits == hits_before
            });
            self.remove(idle.unwrap_or(first));
        }
        let index = self.free_gap();
        self.newlines |= bytes.contains(&b'\n');
        let raw = step.raw.map_or(0, |raw| (step.at - raw) as u16);
        let choice = if let Action::Choice(_, choice) = step.action { choice.into() } else { 0 };
        let mut note = Note::new(step.action, state, after);
        (note.raw, note.choice, note.unknown) = (raw, choice, unknown);
        let mut gap = Gap {
            pattern: kernel.run(Push { pool: &mut self.pool, bytes }),
            rule: *rule,
            is_text: step.action.follows() == Follows::Text,
            follows: step.action.follows(),
            slot: step.action.slot(),
            then: self.states[after.get()].first,
            next: self.states[state.get()].end,
            is_noted: unknown.is_some() || raw > 0,
            note,
            ..Gap::NONE
        };
        gap.expect(0, 0);
        if step.action.is_quoted() {
            gap.correct(length);
        }
        self.gaps[index.get()] = gap;
        match self.gaps_of(state).last() {
            Some(last) => self.gaps[last.get()].next = index,
            None => {
                let KnownState { first, end, .. } = &mut self.states[state.get()];
                *first = index;
                let end = *end;
                self.replace_first(state, end, index);
            }
        }
    }

    /// Makes a gap the end of a state's.
    fn end(&mut self, index: GapIndex, state: StateIndex) {
        self.gaps[index.get()] =
            Gap { then: index, note: Note::new(Action::End, state, state), ..Gap::NONE };
    }

    /// A gap that is not in use.
    fn free_gap(&mut self) -> GapIndex {
        loop {
            if let Some(index) = self.free.pop() {
                self.most = self.most.max(index.get() + 1);
                return index;
            }
            self.drop_gap();
        }
    }

    /// Drops a gap that has not come for long, and returns it. There must be some.
    fn drop_gap(&mut self) -> Gap {
        loop {
            self.hand = (self.hand + 1) % Self::MOST_GAPS;
            let note = &mut self.gaps[self.hand].note;
            let is_idle = note.hits == std::mem::replace(&mut note.hits_before, note.hits);
            let gap = self.gaps[self.hand];
            if is_idle && !gap.is_end() {
                self.remove(GapIndex(self.hand as u16));
                return gap;
            }
        }
    }

    fn remove(&mut self, index: GapIndex) {
        let Gap { next, note: Note { state, hits, .. }, .. } = *self.gap(index);
        let before = self.gaps_of(state).find(|&before| self.gap(before).next == index);
        match before {
            Some(before) => self.gaps[before.get()].next = next,
            None => self.states[state.get()].first = next,
        }
        self.replace_first(state, index, self.states[state.get()].first);
        self.replaced += 1;
        self.old_hits += hits;
        self.vacate(index);
    }

    fn vacate(&mut self, index: GapIndex) {
        self.gaps[index.get()] = Gap::NONE;
        self.free.push(index);
    }

    /// Makes room for states: drops those that nothing leads to and nothing follows, and gaps if need be.
    #[cold]
    fn drop_states(&mut self) {
        while self.states.len() > Self::MOST_STATES / 2 {
            let mut is_used = [false; Self::MOST_STATES];
            is_used[Self::START.get()] = true;
            for Gap { note, .. } in self.gaps.iter().filter(|gap| !gap.is_end()) {
                is_used[note.state.get()] = true;
                is_used[note.after.get()] = true;
            }
            let mut moved = [Self::START; Self::MOST_STATES];
            let mut kept = 0;
            for index in 0..self.states.len() {
                let state = self.states[index];
                if is_used[index] {
                    moved[index] = StateIndex(kept as u16);
                    self.states[kept] = state;
                    kept += 1;
                } else {
                    self.vacate(state.end);
                }
            }
            self.states.truncate(kept);
            for Gap { note, .. } in &mut self.gaps {
                note.state = moved[note.state.get()];
                note.after = moved[note.after.get()];
            }
            if kept > Self::MOST_STATES / 2 {
                for _ in 0..Self::MOST_GAPS / 16 {
                    self.drop_gap();
                }
            }
        }
        self.by_hash.fill(0);
        for index in 0..self.states.len() {
            if let Err(hash) = self.look_up(self.states[index].place) {
                self.by_hash[hash] = index as u16 + 1;
            }
        }
    }

    /// Makes room in the pool: drops gaps until a quarter of it is free, and moves what others have there together.
    #[cold]
    fn compact(&mut self) {
        let used = |gap: &Gap| Pattern::room(gap.pattern.len());
        let mut left = self.gaps.iter().map(used).sum::<usize>();
        while left > Self::POOL / 4 * 3 {
            left -= used(&self.drop_gap());
        }
        let mut order = [0; Self::MOST_GAPS];
        (0..).zip(&mut order).for_each(|(index, place)| *place = index);
        order.sort_unstable_by_key(|&index: &usize| self.gaps[index].pattern.start());
        let mut end = 0;
        for index in order {
            end = self.gaps[index].pattern.move_down(&mut self.pool, end);
        }
        self.pool.truncate(end);
    }

    /// Makes room for everything, once.
    fn furnish(&mut self) {
        self.states = Vec::with_capacity(Self::MOST_STATES);
        self.gaps = vec![Gap::NONE; Self::MOST_GAPS];
        self.free = (0..Self::MOST_GAPS as u16).rev().map(GapIndex).collect();
        self.pool = Vec::with_capacity(Self::POOL);
        self.by_hash = vec![0; Self::HASHES];
        self.seen_once = vec![[0; Self::SEEN]; Self::HASHES];
        let end = self.free_gap();
        self.end(end, Self::START);
        self.states.push(KnownState { place: Place::START, first: end, end });
        if let Err(hash) = self.look_up(Place::START) {
            self.by_hash[hash] = Self::START.0 + 1;
        }
    }

    /// The gaps that are known.
    pub(super) fn known(&self) -> impl Iterator<Item = GapIndex> {
        let all = (0..).map(GapIndex).take(self.gaps.len());
        all.filter(|&index| !self.gap(index).is_end())
    }

    pub(super) fn hits(&self) -> u64 {
        self.old_hits + self.known().map(|index| self.gap(index).note.hits).sum::<u64>()
    }

    pub(super) fn misses(&self) -> u64 {
        self.misses
    }

    pub(super) fn replaced(&self) -> u64 {
        self.replaced
    }
}

/// The parts of a [`Layout`] for the hot loop.
pub(super) struct Parts<'l> {
    pub(super) gaps: &'l mut [Gap; Layout::MOST_GAPS],
    states: &'l [KnownState],
    pub(super) pool: &'l [u8],
}

impl Parts<'_> {
    /// What stands at the end of a state's gaps, and for what came before when that is not known.
    pub(super) fn end(&self, state: StateIndex) -> GapIndex {
        self.states[state.get()].end
    }

    /// The first of a state's gaps.
    pub(super) fn first(&self, state: StateIndex) -> GapIndex {
        self.states[state.get()].first
    }
}

/// Spreads the bits of a number (Fibonacci hashing).
fn hash_word(word: u64) -> u32 {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// A number for some bytes, mostly another one for others.
pub(super) fn hash_of(bytes: &[u8], seed: u64) -> u32 {
    let mut hash = seed ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = u64::from(hash_word(hash ^ u64::from_le_bytes(word))) ^ hash.rotate_left(23);
    }
    hash_word(hash)
}

/// Makes a pattern of the bytes of a gap.
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
