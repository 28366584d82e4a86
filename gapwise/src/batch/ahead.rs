//! A place further on in an input, searched for once and then remembered.

/// The next place where something is found. One search covers all positions before that place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ahead(usize);

impl Ahead {
    /// Where `find` finds something in `input` from `at` on, or the end of the input. It searches only if `at` is
    /// behind the remembered place.
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
