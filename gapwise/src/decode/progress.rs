//! Decides whether learning pays.
//!
//! For the walker every value costs the same. A known gap saves most of that; an unknown one costs several times as
//! much. If the misses of a stream cost more than its hits save, learning is paused, for longer each time.

use crate::schema::SlotSet;

/// How many gaps of a document were not known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Misses {
    all: u32,
    /// Those since an item came that was known as a whole.
    recent: u32,
    /// All of them before the present item.
    before_item: u32,
    /// How many of them took the place of another.
    pub(super) replaced: u32,
    /// How many times a known gap needed a closer look.
    pub(super) obstacles: u32,
    /// How many times the gap that is tried first was not the one.
    pub(super) detours: u32,
}

impl Misses {
    pub(super) fn add(&mut self) {
        self.all = self.all.saturating_add(1);
        self.recent = self.recent.saturating_add(1);
    }

    /// What the layout has cost, in values that the walker could have read.
    #[inline(always)]
    fn cost(&self) -> u64 {
        let Self { all, replaced, obstacles, detours, .. } = *self;
        let steps = 8 * u64::from(all) + 16 * u64::from(replaced);
        steps + 2 * u64::from(obstacles) + u64::from(detours / 2)
    }

    /// Ends an item. One that was known shows that learning pays, whatever came before.
    #[inline(always)]
    pub(super) fn end_item(&mut self) {
        if self.all == self.before_item {
            self.recent = 0;
        }
        self.before_item = self.all;
    }
}

/// How learning goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// Whether to learn at all.
    learning: bool,
    /// Documents that have come to their end.
    documents: u64,
    /// What misses have cost lately, less what hits have saved: in values that the walker could have read.
    debt: u64,
    /// How many documents in a row had hardly any misses.
    calm: u32,
    /// How many more go by before learning is tried again.
    asleep: u32,
    /// How many do next time.
    next_sleep: u32,
    /// How many gaps that are not known make a document one that nothing can be learned from: as many as there are members
    /// in a small table.
    most_misses: u32,
}

impl Progress {
    /// What a document may cost that is known.
    const EVEN: u64 = 8;
    const LEAST_MISSES: u32 = 64;
    /// The debt that puts learning to sleep: so much for each gap that a document may have, which is not known. Some ten
    /// documents in which all is new may come first.
    const MOST_DEBT: u64 = 64;
    /// How much more there may be after that.
    const TRIAL: u64 = 8;
    const FIRST_SLEEP: u32 = 64;
    const LONGEST_SLEEP: u32 = 8192;
    /// So many bytes nearly every member has, with its name.
    const LEAST_BYTES: usize = 8;
    /// Calm documents in a row after which another layout is a change.
    const SETTLED: u32 = 8;

    /// Of documents with so many members, which may be learned from or not.
    pub(super) fn new(learning: bool, members: usize) -> Self {
        let (documents, debt, calm, asleep) = (0, 0, 0, 0);
        let most_misses = Self::LEAST_MISSES.max(members as u32);
        let next_sleep = Self::FIRST_SLEEP;
        Self { learning, documents, debt, calm, asleep, next_sleep, most_misses }
    }

    /// So much for each of the gaps that a document may have.
    fn for_each_gap(&self, debt: u64) -> u64 {
        debt * u64::from(self.most_misses)
    }

    /// Whether a document may be learned from: not while the stream cannot be learned.
    pub(super) fn is_awake(&self) -> bool {
        self.learning && self.asleep == 0
    }

    /// Whether there was a document before. Nobody knows whether there will be one after the first.
    pub(super) fn has_begun(&self) -> bool {
        self.documents > 0
    }

    /// Whether it pays to go on learning from a document of which so many bytes have been read.
    pub(super) fn pays(&self, misses: &Misses, bytes: usize) -> bool {
        let most_debt = self.for_each_gap(Self::MOST_DEBT);
        misses.recent < self.most_misses && misses.cost() < most_debt + values_in(bytes)
    }

    /// Says that a document has come to its end, or was rejected there, after so many bytes; that it has these members,
    /// and what there was to learn. Returns whether it is the first one in another layout than that of many before.
    #[inline]
    pub(super) fn end_document<const N: usize>(
        &mut self,
        misses: &Misses,
        bytes: usize,
        seen: SlotSet<N>,
        is_valid: bool,
    ) -> bool {
        self.documents += 1;
        if self.asleep == 0 && misses.cost() <= Self::EVEN {
            self.calm = self.calm.saturating_add(is_valid.into());
            self.debt = self.debt.saturating_sub(values_in(bytes));
            return false;
        }
        self.end_uneven_document(misses, bytes, seen, is_valid)
    }

    #[cold]
    fn end_uneven_document<const N: usize>(
        &mut self,
        misses: &Misses,
        bytes: usize,
        seen: SlotSet<N>,
        is_valid: bool,
    ) -> bool {
        // What is rejected says nothing about what is written otherwise, and wakes nobody.
        if self.asleep > 0 {
            self.asleep -= u32::from(is_valid);
            return false;
        }
        // Where a tag says what an object is, what it is not has been seen, too: so many members there is no room for.
        let room = u32::try_from(bytes / Self::LEAST_BYTES).unwrap_or(u32::MAX);
        let members = seen.len().min(room);
        let changed = misses.all > members / 3 && self.calm >= Self::SETTLED;
        if is_valid && self.calm >= Self::SETTLED {
            self.next_sleep = Self::FIRST_SLEEP;
        }
        // A gap or two that are new are in many a document.
        let is_calm = misses.all <= 1 + members / 16;
        if is_valid {
            self.calm = if is_calm { self.calm.saturating_add(1) } else { 0 };
        }
        self.debt = (self.debt + misses.cost()).saturating_sub(values_in(bytes));
        if self.debt >= self.for_each_gap(Self::MOST_DEBT) {
            self.debt = self.for_each_gap(Self::MOST_DEBT - Self::TRIAL);
            self.asleep = self.next_sleep;
            self.next_sleep = (2 * self.next_sleep).min(Self::LONGEST_SLEEP);
        }
        changed
    }
}

/// About how many values there are in so much text.
fn values_in(bytes: usize) -> u64 {
    bytes as u64 / 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ends with a document of 1,000 bytes of which so many gaps were not known.
    fn end(progress: &mut Progress, unknown: u32, is_valid: bool) -> bool {
        let mut misses = Misses::default();
        (misses.all, misses.recent) = (unknown, unknown);
        progress.end_document(&misses, 1000, SlotSet::<1>::EMPTY, is_valid)
    }

    /// How many such documents go by until learning sleeps, or wakes.
    fn count(progress: &mut Progress, unknown: u32) -> u32 {
        let was_awake = progress.is_awake();
        let mut documents = 0;
        while progress.is_awake() == was_awake {
            end(progress, unknown, true);
            documents += 1;
        }
        documents
    }

    #[test]
    fn a_stream_that_costs_too_much_is_left_alone_for_longer_and_longer() {
        let mut progress = Progress::new(true, 40);
        assert_eq!(count(&mut progress, 40), 15);
        for sleep in [64, 128, 256, 512, 1024, 2048, 4096, 8192, 8192] {
            assert_eq!(count(&mut progress, 40), sleep);
            // It is not tried for as long as the first time.
            assert_eq!(count(&mut progress, 40), 2);
        }
        count(&mut progress, 40);
        // What is known begins anew.
        (0..200).for_each(|_| _ = end(&mut progress, 0, true));
        assert_eq!(count(&mut progress, 40), 15);
        assert_eq!(count(&mut progress, 40), 64);
    }

    #[test]
    fn documents_that_are_known_pay_for_those_that_are_not() {
        for (known, pays) in [(8, false), (10, true)] {
            let mut progress = Progress::new(true, 40);
            for _ in 0..1000 {
                end(&mut progress, 40, true);
                (0..known).for_each(|_| _ = end(&mut progress, 0, true));
            }
            assert_eq!(progress.debt == 0, pays, "{known}");
        }
    }

    #[test]
    fn what_is_rejected_neither_wakes_nor_settles() {
        let mut progress = Progress::new(true, 40);
        count(&mut progress, 40);
        (0..10_000).for_each(|_| _ = end(&mut progress, 0, false));
        assert_eq!(count(&mut progress, 40), 64);
        let mut progress = Progress::new(true, 40);
        (0..20).for_each(|_| _ = end(&mut progress, 0, false));
        assert!(!end(&mut progress, 40, true));
        (0..20).for_each(|_| _ = end(&mut progress, 0, true));
        assert!(end(&mut progress, 40, true));
    }

    #[test]
    fn one_document_may_cost_what_its_length_pays_for() {
        let (progress, mut misses) = (Progress::new(true, 40), Misses::default());
        assert!(progress.pays(&misses, 0));
        misses.all = 1000;
        assert!(!progress.pays(&misses, 1000));
        assert!(progress.pays(&misses, 200_000));
        misses.recent = 64;
        assert!(!progress.pays(&misses, 200_000));
    }

    #[test]
    fn nothing_is_learned_where_it_is_not_wanted() {
        let mut progress = Progress::new(false, 40);
        (0..20).for_each(|_| _ = end(&mut progress, 0, true));
        assert!(!progress.is_awake() && progress.has_begun());
    }
}
