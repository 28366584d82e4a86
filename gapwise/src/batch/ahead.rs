//! A place further on in an input, searched for once and then remembered.

/// The next place where something stands. It is looked for once for all that comes before it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ahead(usize);

impl Ahead {
    /// Where it is that `find` finds in `input` from `at` on, or the end.
    pub(super) fn find(
        &mut self,
        input: &[u8],
        at: usize,
        find: impl FnOnce(&[u8]) -> Option<usize>,
    ) -> usize {
        if self.0 < at || self.0 == 0 {
            self.0 = find(&input[at..]).map_or(input.len(), |found| at + found);
        }
        self.0
    }
}
