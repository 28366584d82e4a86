//! What has been learned of a stream: the bytes between two values, and what followed them.
//!
//! A layout is a memo of the walker. The walker's answer depends only on the place, the members seen and the bytes. So
//! the same bytes in the same place have the same answer, as long as the members seen satisfy the rule that is stored
//! with it. A layout makes decoding faster, and never changes its result.
//!
//! The bytes of a gap are not enough. Whoever uses a layout must check two more things: that a value without quotes
//! begins right after the gap, because the walker would have skipped white space there; and that a gap with a newline
//! does not reach into another record ([`has_newlines`](Layout::has_newlines)).
//!
//! Memory is bounded: each parser allocates it once, and learning allocates nothing after that. If there is no more
//! room, the gap that has been unused for the longest time is replaced.

use super::gap::{Gap, GapIndex, Note, StateIndex};
use super::walk::{Action, Place, Rule, Step};
use crate::kernel::{Instructions, Kernel, Operation, Pattern};
use crate::schema::Table;

/// How many gaps of the same hash place are remembered as seen once. If it were only one, two gaps that alternate would
/// never be learned.
const SEEN: usize = 4;

/// What has been learned of the documents of one table.
#[derive(Clone, Debug)]
pub(crate) struct Layout<const N: usize = 1> {
    /// The table of the documents: where their values go.
    table: &'static Table,
    states: Vec<KnownState>,
    /// States by their hash: one more than the index of a state, or 0.
    by_hash: Vec<u16>,
    /// All gaps, as many as are possible. Those not in use never match.
    gaps: Vec<Gap<N>>,
    /// The gaps that are not in use; and `most`, the number of gaps that have ever been in use.
    free: Vec<GapIndex>,
    most: usize,
    /// The bytes of long gaps.
    pool: Vec<u8>,
    /// Hashes of gaps that came once, several in each place.
    seen_once: Vec<[u32; SEEN]>,
    /// Where the search for gaps that are no longer needed continues.
    hand: usize,
    /// Whether a gap contains a newline.
    newlines: bool,
    /// How many gaps came that were not known.
    misses: u64,
    /// How many gaps were replaced by others, and how often they had matched.
    replaced: u64,
    old_hits: u64,
}

/// A known state: a place that has been reached.
#[derive(Clone, Copy, Debug)]
struct KnownState {
    place: Place,
    /// The first of its gaps.
    first: GapIndex,
    /// The entry at the end of the state's gaps. It is not a gap: it needs more text than there can be.
    end: GapIndex,
}

impl<const N: usize> Layout<N> {
    const MOST_GAPS: usize = GapIndex::most(N);
    const MOST_STATES: usize = Self::MOST_GAPS * 3 / 8;
    const MOST_GAPS_OF_A_STATE: usize = 16;
    const POOL: usize = 64 * Self::MOST_GAPS;
    const LONGEST_GAP: usize = 2 << 10;
    const HASHES: usize = Self::MOST_GAPS;

    /// A layout for documents of a table. Allocates nothing yet.
    pub(super) const fn new(table: &'static Table) -> Self {
        Self {
            table,
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

    /// The table of its documents.
    #[inline(always)]
    pub(super) fn table(&self) -> &'static Table {
        self.table
    }

    /// Whether a gap contains a newline, so that a match may reach from one line into the next.
    pub(super) fn has_newlines(&self) -> bool {
        self.newlines
    }

    /// The state before a document. Allocates all memory the first time.
    #[inline]
    pub(super) fn begin(&mut self) -> StateIndex {
        if self.states.is_empty() {
            self.furnish();
        }
        StateIndex::START
    }

    /// The parts that the hot loop needs, with [all](GapIndex::most) possible gaps. There must already be a state.
    #[inline(always)]
    pub(super) fn parts<const MOST: usize>(&mut self) -> Parts<'_, N, MOST> {
        let gaps = self.gaps.first_chunk_mut();
        let gaps = gaps.expect("as many as an index can tell apart");
        Parts { gaps, states: States(&self.states), pool: &self.pool }
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
            next = self.gap(index).note.next;
            (index != end).then_some(index)
        })
    }

    pub(super) fn gap(&self, index: GapIndex) -> &Gap<N> {
        &self.gaps[index.get()]
    }

    pub(super) fn bytes(&self, index: GapIndex) -> &[u8] {
        self.gap(index).pattern().bytes(&self.pool)
    }

    /// Counts a match outside the hot loop, with the length of the value.
    pub(super) fn matched(&mut self, index: GapIndex, length: usize) {
        let gap = &mut self.gaps[index.get()];
        gap.note.hits += 1;
        if gap.note.action.is_quoted() {
            gap.correct(length);
        }
    }

    /// Makes all gaps that lead to a state try `new` first, if they tried `old` so far.
    fn replace_first(&mut self, state: StateIndex, old: GapIndex, new: GapIndex) {
        for gap in &mut self.gaps[..self.most] {
            if gap.note.after == state && gap.then == old {
                gap.then = new;
            }
        }
    }

    /// The state of a place, if it is known.
    pub(super) fn find(&self, place: Place) -> Option<StateIndex> {
        self.look_up(place).ok()
    }

    /// The state of a place; or where in `by_hash` to put it.
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

    /// The state of a place. Adds the state if it is new.
    fn enter(&mut self, place: Place) -> StateIndex {
        match self.look_up(place) {
            Ok(state) => state,
            Err(hash) => {
                let state = StateIndex(self.states.len() as u16);
                let end = self.free_gap();
                self.gaps[end.get()] = Gap::end(state, end);
                self.states.push(KnownState { place, first: end, end });
                self.by_hash[hash] = state.0 + 1;
                state
            }
        }
    }

    /// Learns the rule by which `step` followed `bytes` in a place, with a string of this length. It does so only if
    /// the bytes have come there before, or if a list continues with them. `unknown` is the number in the drift of the
    /// unknown member that came.
    pub(super) fn learn(
        &mut self,
        kernel: Kernel,
        place: Place,
        bytes: &[u8],
        (step, rule): &(Step<N>, Rule<N>),
        length: usize,
        unknown: Option<u8>,
    ) {
        self.misses += 1;
        if bytes.is_empty() || bytes.len() > Self::LONGEST_GAP {
            return;
        }
        self.begin();
        let hash = hash_of(bytes, place.number());
        let seen = &mut self.seen_once[hash as usize % Self::HASHES];
        if !seen.contains(&hash) && !step.goes_on_with_list(place) {
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
            // The variant of an object with a late tag is not learned.
            let is_same = |known| {
                let are_late = matches!((known, step.action), (Action::Late(..), Action::Late(..)));
                are_late || known == step.action
            };
            self.bytes(*index) == bytes && is_same(self.gap(*index).note.action)
        };
        if self.gaps_of(state).any(|index| is_it(&index)) {
            return;
        }
        let is_full = self.gaps_of(state).count() == Self::MOST_GAPS_OF_A_STATE;
        if let Some(last) = self.gaps_of(state).last()
            && is_full
        {
            self.remove(last);
        }
        let index = self.free_gap();
        self.newlines |= bytes.contains(&b'\n');
        let raw = step.raw.map_or(0, |raw| (step.at - raw) as u16);
        let choice = if let Action::Choice(_, choice) = step.action { choice } else { 0 };
        let mut note = Note::new(step.action, state, after);
        (note.raw, note.choice, note.unknown) = (raw, choice, unknown);
        let pattern = kernel.run(Push { pool: &mut self.pool, bytes });
        let mut gap = Gap::new(pattern, *rule, note, self.table);
        gap.then = self.states[after.get()].first;
        gap.note.next = self.states[state.get()].end;
        if step.action.is_quoted() {
            gap.correct(length);
        }
        self.gaps[index.get()] = gap;
        // Two new gaps that alternate must not replace each other.
        let before = match is_full {
            true => self.gaps_of(state).next(),
            false => self.gaps_of(state).last(),
        };
        match before {
            Some(before) => {
                let next = std::mem::replace(&mut self.gaps[before.get()].note.next, index);
                self.gaps[index.get()].note.next = next;
            }
            None => {
                let KnownState { first, end, .. } = &mut self.states[state.get()];
                *first = index;
                let end = *end;
                self.replace_first(state, end, index);
            }
        }
    }

    /// Takes a gap that is not in use.
    fn free_gap(&mut self) -> GapIndex {
        loop {
            if let Some(index) = self.free.pop() {
                self.most = self.most.max(index.get() + 1);
                return index;
            }
            self.drop_gap(|_| true);
        }
    }

    /// Drops and returns a gap that satisfies `is_it` and has not been used for long. There must be one.
    fn drop_gap(&mut self, is_it: fn(&Gap<N>) -> bool) -> Gap<N> {
        loop {
            self.hand = (self.hand + 1) % Self::MOST_GAPS;
            let note = &mut self.gaps[self.hand].note;
            let is_idle = note.hits == std::mem::replace(&mut note.hits_before, note.hits);
            let gap = self.gaps[self.hand];
            if is_idle && !gap.is_end() && is_it(&gap) {
                self.remove(GapIndex(self.hand as u16));
                return gap;
            }
        }
    }

    fn remove(&mut self, index: GapIndex) {
        let Note { next, state, hits, .. } = self.gap(index).note;
        let before = self.gaps_of(state).find(|&before| self.gap(before).note.next == index);
        match before {
            Some(before) => self.gaps[before.get()].note.next = next,
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

    /// Makes room for states: drops those that no gap leads to or starts from, and first some gaps if necessary.
    #[cold]
    fn drop_states(&mut self) {
        while self.states.len() > Self::MOST_STATES / 2 {
            let mut is_used = [false; GapIndex::MOST];
            is_used[StateIndex::START.get()] = true;
            for Gap { note, .. } in self.gaps.iter().filter(|gap| !gap.is_end()) {
                is_used[note.state.get()] = true;
                is_used[note.after.get()] = true;
            }
            let mut moved = [StateIndex::START; GapIndex::MOST];
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
                    self.drop_gap(|_| true);
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

    /// Makes room in the pool: drops gaps until a quarter of it is free, and moves the bytes of the others together.
    #[cold]
    fn compact(&mut self) {
        fn used<const N: usize>(gap: &Gap<N>) -> usize {
            Pattern::room(gap.pattern().len())
        }
        let mut left = self.gaps.iter().map(used::<N>).sum::<usize>();
        while left > Self::POOL / 4 * 3 {
            left -= used(&self.drop_gap(|gap| used(gap) > 0));
        }
        let mut room = [0; GapIndex::MOST];
        let order = &mut room[..Self::MOST_GAPS];
        (0..).zip(&mut *order).for_each(|(index, place)| *place = index);
        order.sort_unstable_by_key(|&index: &usize| self.gaps[index].pattern().start());
        let mut end = 0;
        for &mut index in order {
            end = self.gaps[index].move_down(&mut self.pool, end);
        }
        self.pool.truncate(end);
    }

    /// Allocates everything, once.
    fn furnish(&mut self) {
        self.states = Vec::with_capacity(Self::MOST_STATES);
        self.gaps = vec![Gap::NONE; Self::MOST_GAPS];
        self.free = (0..Self::MOST_GAPS as u16).rev().map(GapIndex).collect();
        self.pool = Vec::with_capacity(Self::POOL);
        self.by_hash = vec![0; Self::HASHES];
        self.seen_once = vec![[0; SEEN]; Self::HASHES];
        self.enter(Place::START);
    }

    /// The known gaps.
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

/// All gaps of a layout.
pub(super) type Gaps<const N: usize, const MOST: usize> = [Gap<N>; MOST];

/// The parts of a [`Layout`] for the hot loop.
pub(super) struct Parts<'l, const N: usize, const MOST: usize> {
    pub(super) gaps: &'l mut Gaps<N, MOST>,
    pub(super) states: States<'l>,
    pub(super) pool: &'l [u8],
}

#[derive(Clone, Copy)]
pub(super) struct States<'l>(&'l [KnownState]);

impl States<'_> {
    /// The entry at the end of a state's gaps. It also stands for the gap before, if that is not known.
    pub(super) fn end(self, state: StateIndex) -> GapIndex {
        self.0[state.get()].end
    }

    /// The first gap of a state.
    pub(super) fn first(self, state: StateIndex) -> GapIndex {
        self.0[state.get()].first
    }
}

/// Notes that after `last` another gap came than the one that is tried first. Returns whether to try another one first.
// Not inlined, because the loop would compute the address of the last gap in every turn. By reference, because the
// index then stays in memory and leaves a register to the loop, which saves one percent.
#[inline(never)]
pub(super) fn misled<const N: usize, const MOST: usize>(
    gaps: &mut Gaps<N, MOST>,
    &last: &GapIndex,
) -> bool {
    gaps[last.below::<MOST>()].note.misled()
}

/// Makes `gap` the one that is tried first after `last`.
// Like `misled`: not inlined, and by reference.
#[inline(never)]
pub(super) fn try_first<const N: usize, const MOST: usize>(
    gaps: &mut Gaps<N, MOST>,
    &last: &GapIndex,
    gap: GapIndex,
) {
    gaps[last.below::<MOST>()].then = gap;
}

/// Spreads the bits of a number (Fibonacci hashing).
fn hash_word(word: u64) -> u32 {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// A hash of some bytes.
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

#[cfg(test)]
mod tests {
    use super::super::walk::{State, Walker};
    use super::*;
    use crate::kernel::WIDEST;
    use crate::options::Options;
    use crate::sample::ORDER;
    use crate::schema::SlotSet;
    use rand::seq::IndexedRandom as _;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;
    use std::collections::{HashMap, HashSet};

    /// The number of a place, and the bytes that came there.
    type Came = (u64, Vec<u8>);

    /// A layout, and everything that it was taught.
    struct Taught {
        layout: Layout,
        kernel: Kernel,
        walker: Walker,
        random: ChaCha8Rng,
        steps: HashMap<Came, Vec<(Step, Rule)>>,
        hits: u64,
        /// How often states were dropped, the pool was compacted, and no gap was free.
        made_room: [u32; 3],
    }

    impl Taught {
        fn new(seed: u64) -> Self {
            Self {
                layout: Layout::new(ORDER()),
                kernel: Kernel::default(),
                walker: Walker::new(ORDER(), &Options::new()),
                random: ChaCha8Rng::seed_from_u64(seed),
                steps: HashMap::new(),
                hits: 0,
                made_room: [0; 3],
            }
        }

        /// Learns everything in a text, in which no value may be longer than a byte, except `null`.
        fn learn(&mut self, text: &[u8]) {
            let mut at = 0;
            let mut state = State { place: Place::START, seen: SlotSet::EMPTY };
            while let Ok(traced) = self.walker.trace(text, at, state) {
                let (step, _) = traced;
                let length = match step.action {
                    Action::SkipText | Action::SkipNumber => 1,
                    Action::SkipLiteral => 4,
                    Action::SkipNothing => 0,
                    action => unreachable!("{action:?} is not in these texts"),
                };
                let gap = &text[at..step.at];
                let before = (self.layout.states.len(), self.layout.pool.len());
                // What comes only once is not learned.
                for _ in 0..2 {
                    self.layout.learn(self.kernel, state.place, gap, &traced, length, None);
                }
                self.steps.entry((state.place.number(), gap.to_vec())).or_default().push(traced);
                let made_room = [
                    self.layout.states.len() < before.0,
                    self.layout.pool.len() < before.1,
                    self.layout.free.is_empty(),
                ];
                self.made_room
                    .iter_mut()
                    .zip(made_room)
                    .for_each(|(n, made)| *n += u32::from(made));
                (at, state) = (step.at + length, step.state);
            }
        }

        /// Says that some gaps came, so that others are tried first.
        fn hit(&mut self, count: usize) {
            let known: Vec<_> = self.layout.known().collect();
            for _ in 0..count {
                let Some(&index) = known.choose(&mut self.random) else { return };
                let after: Vec<_> =
                    self.layout.gaps_of(self.layout.gap(index).note.after).collect();
                if let Some(&then) = after.choose(&mut self.random) {
                    self.layout.gaps[index.get()].then = then;
                }
                self.layout.matched(index, self.random.random_range(0..100));
                self.hits += 1;
            }
        }

        /// The invariants, whatever was learned, replaced and moved.
        fn check(&self) {
            let Self { layout, steps, hits, .. } = self;
            let mut used = HashSet::new();
            let mut ends = vec![];
            assert!(layout.states.len() <= Layout::<1>::MOST_STATES);
            for (number, known) in layout.states.iter().enumerate() {
                let state = StateIndex(number as u16);
                assert_eq!(layout.find(known.place), Some(state));
                let gaps: Vec<_> = layout.gaps_of(state).take(Layout::<1>::MOST_GAPS).collect();
                assert!(gaps.len() <= Layout::<1>::MOST_GAPS_OF_A_STATE, "it has an end");
                for &index in gaps.iter().chain([&known.end]) {
                    let Gap { note, then, .. } = *layout.gap(index);
                    let KnownState { end, .. } = layout.states[note.after.get()];
                    let mut after = layout.gaps_of(note.after).chain([end]);
                    assert!(after.any(|gap| gap == then), "it is one of those that may come");
                }
                for &index in &gaps {
                    assert!(used.insert(index.get()), "it is in no other order");
                    let (gap, note) = (layout.gap(index), layout.gap(index).note);
                    assert_eq!(note.state, state);
                    let bytes = layout.bytes(index);
                    // The same bytes may come before different values.
                    let steps = &steps[&(known.place.number(), bytes.to_vec())];
                    let (step, rule) =
                        steps.iter().find(|(step, _)| step.action == note.action).unwrap();
                    assert_eq!(layout.gap(index).rule, *rule);
                    assert_eq!(layout.place(note.after), step.state.place);
                    let (expected, other) = gap.expected();
                    assert!(gap.reach() > bytes.len() + expected.max(other) + WIDEST - 1);
                }
                assert!(used.insert(known.end.get()));
                let end = layout.gap(known.end);
                assert!(
                    end.is_end() && end.note.state == state && end.reach() == u32::MAX as usize
                );
                ends.push(known.end);
            }
            let known: HashSet<_> = layout.known().map(GapIndex::get).collect();
            assert_eq!(known.len() + ends.len(), used.len(), "what is known is of some state");
            assert!(known.is_subset(&used));
            assert!(layout.free.iter().all(|index| used.insert(index.get())), "used and free");
            assert_eq!(used.len(), Layout::<1>::MOST_GAPS);
            // Patterns do not overlap after the pool was compacted.
            let long = layout.known().map(|index| *layout.gap(index).pattern());
            let mut long: Vec<_> =
                long.filter(|pattern| Pattern::room(pattern.len()) > 0).collect();
            long.sort_by_key(Pattern::start);
            let ends = long.iter().map(|pattern| pattern.start() as usize + pattern.len());
            let starts = long.iter().skip(1).map(|pattern| pattern.start() as usize);
            assert!(ends.zip(starts.chain([layout.pool.len()])).all(|(end, start)| end <= start));
            assert!(layout.pool.len() <= Layout::<1>::POOL);
            assert_eq!(layout.hits(), *hits);
            // Nothing was allocated after the start.
            assert_eq!(layout.gaps.len(), Layout::<1>::MOST_GAPS);
            assert!(layout.pool.capacity() < 2 * Layout::<1>::POOL);
        }
    }

    /// The start of a document with this many unknown members; `blanks` come before each.
    fn draw(random: &mut ChaCha8Rng, names: u32, blanks: usize) -> Vec<u8> {
        let mut text = b"{".to_vec();
        let mut open = vec![];
        for _ in 0..random.random_range(1..20) {
            text.extend(std::iter::repeat_n(b' ', random.random_range(0..=blanks)));
            if open.last() != Some(&b']') {
                text.extend(format!("\"x{}\":", random.random_range(0..names)).bytes());
            }
            match random.random_range(0..8) {
                0..3 if open.len() < 12 => {
                    let (opening, closing) =
                        if random.random() { (b'{', b'}') } else { (b'[', b']') };
                    text.push(opening);
                    open.push(closing);
                    continue;
                }
                3 => text.extend(b"null"),
                4 | 5 => text.extend(b"\"x\""),
                _ => text.push(b'7'),
            }
            while random.random_ratio(1, 3)
                && let Some(closing) = open.pop()
            {
                text.push(closing);
            }
            text.push(b',');
        }
        text
    }

    /// Texts with many names, and with long gaps: they fill the different limits first.
    fn learned_from(seed: u64, names: u32, blanks: usize, texts: usize) -> Taught {
        let mut taught = Taught::new(seed);
        for _ in 0..texts {
            let text = draw(&mut taught.random, names, blanks);
            taught.learn(&text);
            taught.hit(3);
            if taught.random.random_ratio(1, 10) {
                taught.check();
            }
        }
        taught.check();
        assert!(taught.layout.replaced() > 100, "{}", taught.layout.replaced());
        taught
    }

    #[test]
    fn gaps_that_have_made_place_leave_all_others_as_they_were() {
        // The limit of states is reached first.
        let made_room = learned_from(1, 1000, 0, 1_000).made_room;
        assert!(made_room[0] > 5, "{made_room:?}");
        // The limit of the gaps of one state is reached.
        let taught = learned_from(2, 3, 20, 1_000);
        let layout = &taught.layout;
        let most = |state: usize| layout.gaps_of(StateIndex(state as u16)).count();
        assert_eq!(
            (0..layout.states.len()).map(most).max(),
            Some(Layout::<1>::MOST_GAPS_OF_A_STATE)
        );
        // The limits of all gaps, and of bytes, are reached.
        let made_room = learned_from(3, 5, 60, 1_000).made_room;
        assert!(made_room[2] > 5, "{made_room:?}");
        let made_room = learned_from(4, 10, 2_000, 600).made_room;
        assert!(made_room[1] > 5, "{made_room:?}");
    }

    #[test]
    fn gaps_that_come_again_and_again_are_not_the_ones_to_make_place() {
        let mut taught = Taught::new(5);
        let often: &[u8] = br#"{"a":7,"b":"x","c":[null,{"d":"x"}],"#;
        taught.learn(often);
        let layout = &mut taught.layout;
        let known: Vec<_> =
            layout.known().map(|index| (index, layout.bytes(index).to_vec())).collect();
        assert_eq!(known.len(), 4);
        for _ in 0..300 {
            let text = draw(&mut taught.random, 1000, 100);
            taught.learn(&text);
            // So often that no search finds them idle.
            for (index, _) in &known {
                taught.layout.matched(*index, 1);
                taught.hits += 1;
            }
        }
        taught.check();
        assert!(taught.layout.replaced() > 300);
        for (index, bytes) in known {
            assert_eq!(taught.layout.bytes(index), bytes);
            assert_eq!(taught.layout.gap(index).note.hits, 300);
        }
    }

    #[test]
    fn what_was_dropped_is_learned_anew() {
        let mut taught = learned_from(6, 50, 500, 300);
        let text: &[u8] = br#"{"new":{"inside":["x",7,null]},"more":7,"#;
        taught.learn(text);
        let known = |layout: &Layout| {
            layout.known().filter(|&index| layout.bytes(index).starts_with(b"{\"new\"")).count()
        };
        assert_eq!(known(&taught.layout), 1);
        (0..Layout::<1>::MOST_GAPS).for_each(|_| {
            if taught.layout.known().next().is_some() {
                taught.layout.drop_gap(|_| true);
            }
        });
        taught.check();
        assert_eq!(taught.layout.known().count(), 0);
        taught.learn(text);
        taught.check();
        assert_eq!((known(&taught.layout), taught.layout.known().count()), (1, 4));
    }
}
