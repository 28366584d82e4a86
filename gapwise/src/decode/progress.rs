//! Decides whether learning pays.
//!
//! For the walker, every value costs the same. A known gap saves most of that cost; an unknown one costs several times
//! as much. If the misses of a stream cost more than its hits save, learning is paused, each time for longer.

use crate::schema::SlotSet;

/// The misses of a document: how many of its gaps were unknown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Misses {
    all: u32,
    /// Misses since the last item that was known as a whole.
    recent: u32,
    /// All misses before the current item.
    before_item: u32,
    /// How many of the new gaps replaced another.
    pub(super) replaced: u32,
    /// How often a known gap needed a closer look.
    pub(super) obstacles: u32,
    /// How often the gap that is tried first was not the right one.
    pub(super) detours: u32,
}

impl Misses {
    pub(super) fn add(&mut self) {
        self.all = self.all.saturating_add(1);
        self.recent = self.recent.saturating_add(1);
    }

    /// What the layout has cost, measured in values that the walker could have read.
    #[inline(always)]
    fn cost(&self) -> u64 {
        let Self { all, replaced, obstacles, detours, .. } = *self;
        let steps = 8 * u64::from(all) + 16 * u64::from(replaced);
        steps + 2 * u64::from(obstacles) + u64::from(detours / 2)
    }

    /// Ends an item. An item without misses shows that learning pays, whatever came before.
    #[inline(always)]
    pub(super) fn end_item(&mut self) {
        if self.all == self.before_item {
            self.recent = 0;
        }
        self.before_item = self.all;
    }
}

/// The progress of learning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// Whether to learn at all.
    learning: bool,
    /// How many documents have ended.
    documents: u64,
    /// What misses have cost lately, less what hits have saved: measured in values that the walker could have read.
    debt: u64,
    /// How many documents in a row had hardly any misses.
    calm: u32,
    /// How many more documents go by before learning is tried again.
    asleep: u32,
    /// How many documents the next pause lasts.
    next_sleep: u32,
    /// A document with this many unknown gaps is one that nothing can be learned from. As many as a small table has
    /// members.
    most_misses: u32,
}

impl Progress {
    /// What a known document may cost.
    const EVEN: u64 = 8;
    const LEAST_MISSES: u32 = 64;
    /// Learning is paused at this debt for each gap that a document may have and that is unknown. About ten documents
    /// in which everything is new are possible before that.
    const MOST_DEBT: u64 = 64;
    /// How much debt is possible again after a pause.
    const TRIAL: u64 = 8;
    const FIRST_SLEEP: u32 = 64;
    const LONGEST_SLEEP: u32 = 8192;
    /// The least number of bytes of nearly every member, including its name.
    const LEAST_BYTES: usize = 8;
    /// How many calm documents in a row make a different layout count as a change.
    const SETTLED: u32 = 8;

    /// For documents with this many members. `learning` says whether to learn at all.
    pub(super) fn new(learning: bool, members: usize) -> Self {
        let (documents, debt, calm, asleep) = (0, 0, 0, 0);
        let most_misses = Self::LEAST_MISSES.max(members as u32);
        let next_sleep = Self::FIRST_SLEEP;
        Self { learning, documents, debt, calm, asleep, next_sleep, most_misses }
    }

    /// A debt, multiplied by the number of gaps that a document may have.
    fn for_each_gap(&self, debt: u64) -> u64 {
        debt * u64::from(self.most_misses)
    }

    /// Whether to learn from the next document: false while learning is paused.
    pub(super) fn is_awake(&self) -> bool {
        self.learning && self.asleep == 0
    }

    /// Whether there has been a document before. After the first, nobody knows whether there will be another.
    pub(super) fn has_begun(&self) -> bool {
        self.documents > 0
    }

    /// Whether it pays to keep learning from a document, of which this many bytes have been read.
    pub(super) fn pays(&self, misses: &Misses, bytes: usize) -> bool {
        let most_debt = self.for_each_gap(Self::MOST_DEBT);
        misses.recent < self.most_misses && misses.cost() < most_debt + values_in(bytes)
    }

    /// Ends a document, or rejects it, after this many bytes. `seen` are its members, and `misses` says what there was
    /// to learn. Returns whether it is the first document in a new layout after many in the old one.
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
        // A rejected document says nothing about how others are written, and does not shorten the pause.
        if self.asleep > 0 {
            self.asleep -= u32::from(is_valid);
            return false;
        }
        // If a tag selects a variant, the members of the other variants count as seen, too. The size of the document
        // limits how many members it can really have.
        let room = u32::try_from(bytes / Self::LEAST_BYTES).unwrap_or(u32::MAX);
        let members = seen.len().min(room);
        let changed = misses.all > members / 3 && self.calm >= Self::SETTLED;
        if is_valid && self.calm >= Self::SETTLED {
            self.next_sleep = Self::FIRST_SLEEP;
        }
        // Many documents have a gap or two that are new.
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

/// About how many values a text of this length has.
fn values_in(bytes: usize) -> u64 {
    bytes as u64 / 32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends a document of 1,000 bytes in which this many gaps were unknown.
    fn end(progress: &mut Progress, unknown: u32, is_valid: bool) -> bool {
        let mut misses = Misses::default();
        (misses.all, misses.recent) = (unknown, unknown);
        progress.end_document(&misses, 1000, SlotSet::<1>::EMPTY, is_valid)
    }

    /// How many such documents it takes until learning is paused, or resumes.
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
            // The trial is shorter than the first time.
            assert_eq!(count(&mut progress, 40), 2);
        }
        count(&mut progress, 40);
        // After known documents, everything starts over.
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
