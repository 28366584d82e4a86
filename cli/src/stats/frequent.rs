//! Counts occurrences of many distinct values in bounded memory.
//!
//! Malicious input could have any number of distinct values.

use std::borrow::Borrow;
use std::collections::{BTreeMap, btree_map::Entry};

/// Values, and how often each occurred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frequent<K> {
    /// The first [`Frequent::MOST`] distinct values.
    pub(crate) known: BTreeMap<K, u64>,
    /// Occurrences of further values.
    pub(crate) others: u64,
}

impl<K> Default for Frequent<K> {
    fn default() -> Self {
        Self { known: BTreeMap::new(), others: 0 }
    }
}

impl<K: Ord> Frequent<K> {
    /// How many distinct values are counted separately.
    pub(super) const MOST: usize = 1000;

    /// Counts one occurrence.
    pub(super) fn add<Q>(&mut self, thing: &Q)
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + ?Sized,
    {
        match self.known.get_mut(thing) {
            Some(times) => *times += 1,
            None => self.add_many(thing.to_owned(), 1),
        }
    }

    fn add_many(&mut self, thing: K, times: u64) {
        let is_full = self.known.len() >= Self::MOST;
        match self.known.entry(thing) {
            Entry::Vacant(_) if is_full => self.others += times,
            entry => *entry.or_default() += times,
        }
    }

    /// Adds the counts of the next batch.
    pub(super) fn append(&mut self, next: Self) {
        self.others += next.others;
        for (thing, times) in next.known {
            self.add_many(thing, times);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_apart_is_bounded_and_nothing_is_lost() {
        let mut sum = Frequent::<String>::default();
        for batch in 0..4 {
            let mut found = Frequent::<String>::default();
            for n in 300 * batch..300 * batch + 600 {
                found.add(n.to_string().as_str());
                found.add(n.to_string().as_str());
            }
            sum.append(found);
        }
        assert_eq!(sum.known.len(), Frequent::<String>::MOST);
        assert_eq!((sum.known["0"], sum.known["300"]), (2, 4));
        assert_eq!(sum.known.values().sum::<u64>() + sum.others, 4 * 1200);
    }
}
