//! Sets of members, as wide as a table needs them.

/// The number of an [`Entry`](super::Entry) in its table.
pub(crate) type Slot = u16;

/// How many words the sets of the largest tables have.
pub(crate) const MOST_WORDS: usize = 64;

/// How many words sets have in tables that are neither small nor very large. All of them are compared each time.
pub(crate) const MORE_WORDS: usize = 4;

/// A set of slots, with this many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotSet<const N: usize = 1>([u64; N]);

impl<const N: usize> SlotSet<N> {
    /// The most slots that a table may have.
    pub(crate) const CAPACITY: usize = N * u64::BITS as usize;

    pub(crate) const EMPTY: Self = Self([0; N]);

    pub(crate) const ALL: Self = Self([u64::MAX; N]);

    /// Makes a set from words. There may be more words than needed.
    #[inline(always)]
    pub(crate) fn of_words(words: &[u64]) -> Self {
        Self(*words.first_chunk().expect("as many words as the sets of the table have"))
    }

    #[inline(always)]
    pub(crate) const fn words(&self) -> &[u64; N] {
        &self.0
    }

    #[inline(always)]
    const fn place(slot: Slot) -> (usize, u64) {
        (slot as usize / 64 % N, 1 << (slot % 64))
    }

    #[inline(always)]
    pub(crate) const fn contains(self, slot: Slot) -> bool {
        let (word, bit) = Self::place(slot);
        self.0[word] & bit != 0
    }

    #[inline(always)]
    pub(crate) const fn insert(&mut self, slot: Slot) {
        let (word, bit) = Self::place(slot);
        self.0[word] |= bit;
    }

    #[inline(always)]
    pub(crate) const fn extend(&mut self, other: Self) {
        let mut word = 0;
        while word < N {
            self.0[word] |= other.0[word];
            word += 1;
        }
    }

    #[inline(always)]
    pub(crate) const fn remove(&mut self, other: Self) {
        *self = self.without(other);
    }

    /// The lowest slot.
    #[inline(always)]
    pub(crate) const fn first(self) -> Option<Slot> {
        let mut word = 0;
        while word < N {
            if self.0[word] != 0 {
                return Some((64 * word) as Slot + self.0[word].trailing_zeros() as Slot);
            }
            word += 1;
        }
        None
    }

    /// The slots that are in both sets.
    #[inline(always)]
    pub(crate) const fn and(mut self, other: Self) -> Self {
        let mut word = 0;
        while word < N {
            self.0[word] &= other.0[word];
            word += 1;
        }
        self
    }

    /// The slots that are not in the other set.
    #[inline(always)]
    pub(crate) const fn without(mut self, other: Self) -> Self {
        let mut word = 0;
        while word < N {
            self.0[word] &= !other.0[word];
            word += 1;
        }
        self
    }

    /// The slots from `first` up to, but not including, `after`.
    #[inline(always)]
    pub(super) const fn between(first: Slot, after: Slot) -> Self {
        let mut set = Self::EMPTY;
        let mut word = 0;
        while word < N {
            let begin = 64 * word;
            let from = (first as usize).saturating_sub(begin);
            let to = (after as usize).saturating_sub(begin);
            set.0[word] = Self::below(to) & !Self::below(from);
            word += 1;
        }
        set
    }

    /// The bits of a word below `bit`.
    #[inline(always)]
    const fn below(bit: usize) -> u64 {
        if bit < 64 { (1 << bit) - 1 } else { u64::MAX }
    }

    #[inline(always)]
    pub(crate) const fn is_empty(self) -> bool {
        let (mut all, mut word) = (0, 0);
        while word < N {
            all |= self.0[word];
            word += 1;
        }
        all == 0
    }

    pub(crate) const fn len(self) -> u32 {
        let (mut count, mut word) = (0, 0);
        while word < N {
            count += self.0[word].count_ones();
            word += 1;
        }
        count
    }
}
