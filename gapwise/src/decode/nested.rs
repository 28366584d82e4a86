//! What is open inside a value that the schema does not describe, and what may come there.

use crate::error::Fault;

/// The objects and arrays that are open: below the highest bit set, one bit for each, the innermost lowest; set for
/// objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nested(u32);

impl Nested {
    pub(super) const NOTHING: Self = Self(1);

    #[inline(always)]
    pub(super) const fn is_open(self) -> bool {
        self.0 != Self::NOTHING.0
    }

    pub(super) const fn depth(self) -> u16 {
        self.0.ilog2() as u16
    }

    pub(super) const fn number(self) -> u32 {
        self.0
    }

    /// Opens one more, if there is room for it.
    pub(super) fn open(&mut self, is_object: bool) -> bool {
        let has_room = self.0.leading_zeros() > 0;
        if has_room {
            self.0 = self.0 << 1 | u32::from(is_object);
        }
        has_room
    }

    /// Closes the innermost one. There must be one.
    pub(super) fn close(&mut self) {
        self.0 >>= 1;
    }

    pub(super) const fn is_in_object(self) -> bool {
        self.0 & 1 != 0
    }

    /// The byte that ends the innermost one.
    pub(super) const fn closing(self) -> u8 {
        if self.is_in_object() { b'}' } else { b']' }
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text,
    Number,
    Literal,
    /// An object or array, in which others may follow.
    Open,
}

impl Value {
    /// What a value is that begins with this byte, if one can.
    #[inline(always)]
    pub(super) const fn of(byte: u8) -> Option<Self> {
        match byte {
            b'"' => Some(Self::Text),
            b'-' | b'0'..=b'9' => Some(Self::Number),
            b'a'..=b'z' | b'A'..=b'Z' => Some(Self::Literal),
            b'{' | b'[' => Some(Self::Open),
            _ => None,
        }
    }
}

/// There is no member name at `at`, where one must be, or may be if it is the first.
#[cold]
pub(super) fn no_name(bytes: &[u8], at: usize, is_first: bool) -> Fault {
    let expected = if is_first { "a member name or `}`" } else { "a member name" };
    Fault::unexpected(bytes, at, expected)
}

/// What is at `at` is neither the end of the object or array, nor does it go on.
#[cold]
pub(super) fn not_closed(bytes: &[u8], at: usize, is_object: bool) -> Fault {
    Fault::unexpected(bytes, at, if is_object { "`,` or `}`" } else { "`,` or `]`" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_is_closed_in_turn() {
        let mut nested = Nested::NOTHING;
        let mut opened = vec![];
        while nested.open(opened.len() % 3 == 0) {
            opened.push(nested.is_in_object());
            assert_eq!(usize::from(nested.depth()), opened.len());
        }
        assert_eq!(opened.len(), 31);
        while let Some(is_object) = opened.pop() {
            assert!(nested.is_open());
            assert_eq!(nested.is_in_object(), is_object);
            assert_eq!(nested.closing(), if is_object { b'}' } else { b']' });
            nested.close();
        }
        assert_eq!(nested, Nested::NOTHING);
    }
}
