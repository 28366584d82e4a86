//! The rest of a text that is read from start to end.

use std::marker::PhantomData;
use std::slice;

/// The rest of a text, as its two ends. Advancing changes only one of them; a slice would have to change its length,
/// too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rest<'a> {
    begin: *const u8,
    end: *const u8,
    text: PhantomData<&'a [u8]>,
}

impl<'a> Rest<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        let ends = text.as_ptr_range();
        Self { begin: ends.start, end: ends.end, text: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn len(self) -> usize {
        self.end.addr() - self.begin.addr()
    }

    #[inline(always)]
    pub(crate) fn text(self) -> &'a [u8] {
        // SAFETY: both are ends of a part of the text, in their order.
        unsafe { slice::from_raw_parts(self.begin, self.len()) }
    }

    /// The rest after `length` bytes.
    ///
    /// # Safety
    ///
    /// `length <= self.len()`
    #[inline(always)]
    pub(crate) unsafe fn skip(self, length: usize) -> Self {
        debug_assert!(length <= self.len());
        // SAFETY: the caller's promise.
        Self { begin: unsafe { self.begin.add(length) }, ..self }
    }
}
