//! The memory of views.
//!
//! A thin layer over bumpalo, so that its versions are no part of our interface. It knows the limit of the parse under
//! way, which is set anew for each document.

use bumpalo::{Bump, collections::Vec};
use std::alloc::Layout;
use std::fmt;
use std::ops::Range;
use std::ptr::NonNull;

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArenaFull;

/// Holds what views point to that is not in the input: lists, nested views, and text that had escapes.
///
/// To allocate is to move a pointer, and all of it is given back at once, by [`reset`](Self::reset) or when the arena is
/// dropped. Views borrow from the arena, so that none outlives it.
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
    /// An arena without memory: it takes some from the system when the first view needs it.
    ///
    /// ```
    /// assert_eq!(gapwise::Arena::new().allocated_bytes(), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// An arena with room for at least so many bytes.
    ///
    /// # Panics
    ///
    /// If the system has no such room.
    ///
    /// ```
    /// assert!(gapwise::Arena::with_capacity(1 << 16).allocated_bytes() >= 1 << 16);
    /// ```
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bump: Bump::with_capacity(bytes) }
    }

    /// Gives back what has been allocated, and keeps the largest piece of memory for what comes next. No view may still
    /// borrow from the arena, which the compiler checks.
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

    /// How many bytes it has taken from the system, whether they are in use or not.
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

    /// For tests: where what it has handed out stands.
    #[doc(hidden)]
    pub fn memory(&mut self) -> impl Iterator<Item = Range<*const u8>> {
        let pieces = self.bump.iter_allocated_chunks();
        pieces.map(|piece| piece.as_ptr().cast()..piece.as_ptr_range().end.cast())
    }

    /// Says how many bytes it may take from the system from now on. Who allocates says it before.
    #[inline(always)]
    pub(crate) fn limit_to(&self, bytes: Option<usize>) {
        self.bump.set_allocation_limit(bytes);
    }

    /// How many bytes it may take from the system.
    pub(crate) fn limit(&self) -> Option<usize> {
        self.bump.allocation_limit()
    }

    /// Room that nobody else has.
    #[inline(always)]
    pub(crate) fn room(&self, layout: Layout) -> Result<NonNull<u8>, ArenaFull> {
        self.bump.try_alloc_layout(layout).map_err(|_| ArenaFull)
    }

    /// Keeps a value, which is made where it stays.
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

    /// A list that grows.
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
