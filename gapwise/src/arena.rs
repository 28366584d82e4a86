//! The memory of views.
//!
//! A thin layer over bumpalo, so that versions of bumpalo are not part of our interface. It holds the limit of the
//! parse in progress, which is set again for each document.

use bumpalo::{Bump, collections::Vec};
use std::alloc::Layout;
use std::fmt;
use std::ops::Range;
use std::ptr::NonNull;

/// The arena cannot provide the requested memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArenaFull;

/// Holds the data of views that is not in the input: lists, nested views, and strings that had escapes.
///
/// Allocating only moves a pointer. All memory is released at once, by [`reset`](Self::reset) or when the arena is
/// dropped. Views borrow from the arena, so that no view outlives it.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let (mut arena, mut parser) = (Arena::new(), Parser::<Line>::new());
/// for json in [r#"{"message":"a\tb"}"#, r#"{"message":"c\td"}"#] {
///     // The memory of the document before is used again.
///     arena.reset();
///     assert_eq!(parser.parse(json.as_bytes(), &arena)?.message.len(), 3);
/// }
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Default)]
pub struct Arena {
    bump: Bump,
}

impl Arena {
    /// An empty arena. It takes no memory from the system until a view needs some.
    ///
    /// ```
    /// assert_eq!(gapwise::Arena::new().allocated_bytes(), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// An arena with room for at least this many bytes.
    ///
    /// # Panics
    ///
    /// If the system cannot provide the memory.
    ///
    /// ```
    /// assert!(gapwise::Arena::with_capacity(1 << 16).allocated_bytes() >= 1 << 16);
    /// ```
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bump: Bump::with_capacity(bytes) }
    }

    /// Releases everything that has been allocated, and keeps the largest chunk of memory for later use. No view may
    /// still borrow from the arena; the compiler checks this.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (mut arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let message = parser.parse(br#"{"message":"start"}"#, &arena)?.message.to_owned();
    /// arena.reset();
    /// assert_eq!(message, "start");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn reset(&mut self) {
        self.bump.reset();
    }

    /// How many bytes the arena has taken from the system, whether they are in use or not.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(br#"{"message":"start"}"#, &arena);
    /// assert_eq!(batch.documents().len(), 1);
    /// assert!(arena.allocated_bytes() > 0);
    /// ```
    pub fn allocated_bytes(&self) -> usize {
        self.bump.allocated_bytes()
    }

    /// For tests: the memory that has been handed out.
    #[doc(hidden)]
    pub fn memory(&mut self) -> impl Iterator<Item = Range<*const u8>> {
        let pieces = self.bump.iter_allocated_chunks();
        pieces.map(|piece| piece.as_ptr().cast()..piece.as_ptr_range().end.cast())
    }

    /// Limits how many bytes the arena may take from the system from now on. Every caller that allocates sets the limit
    /// first.
    #[inline(always)]
    pub(crate) fn limit_to(&self, bytes: Option<usize>) {
        self.bump.set_allocation_limit(bytes);
    }

    /// How many bytes the arena may take from the system.
    pub(crate) fn limit(&self) -> Option<usize> {
        self.bump.allocation_limit()
    }

    /// Uninitialised memory that nothing else uses.
    #[inline(always)]
    pub(crate) fn room(&self, layout: Layout) -> Result<NonNull<u8>, ArenaFull> {
        self.bump.try_alloc_layout(layout).map_err(|_| ArenaFull)
    }

    /// Keeps a value, which is constructed in place.
    #[inline(always)]
    pub(crate) fn keep_with<T: Copy>(&self, make: impl FnOnce() -> T) -> Result<&mut T, ArenaFull> {
        self.bump.try_alloc_with(make).map_err(|_| ArenaFull)
    }

    /// Keeps a copy of a text.
    #[inline(always)]
    pub(crate) fn keep_text(&self, text: &str) -> Result<&str, ArenaFull> {
        self.bump.try_alloc_str(text).map(|text| &*text).map_err(|_| ArenaFull)
    }

    /// Keeps a copy of some bytes.
    #[cfg(any(feature = "serde", feature = "simd-json"))]
    pub(crate) fn keep_bytes(&self, bytes: &[u8]) -> Result<&mut [u8], ArenaFull> {
        self.bump.try_alloc_slice_copy(bytes).map_err(|_| ArenaFull)
    }

    /// Keeps a copy of a list.
    #[cfg(test)]
    pub(crate) fn keep_list<T: Copy>(&self, list: &[T]) -> &[T] {
        self.bump.alloc_slice_copy(list)
    }

    /// An empty list that can grow.
    pub(crate) fn list<T>(&self) -> Vec<'_, T> {
        Vec::new_in(&self.bump)
    }
}

impl fmt::Debug for Arena {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.allocated_bytes();
        f.debug_struct("Arena").field("allocated_bytes", &bytes).finish_non_exhaustive()
    }
}
