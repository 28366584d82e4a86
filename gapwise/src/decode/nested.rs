//! The objects and arrays that are open inside a value that the schema does not describe, and what may follow there.

use crate::error::Fault;

/// The open objects and arrays. Below the highest set bit, each has one bit, the innermost one in the lowest place: 1
/// for an object, 0 for an array.
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

    /// Opens an object or array, if there is room for one more.
    pub(super) fn open(&mut self, is_object: bool) -> bool {
        let has_room = self.0.leading_zeros() > 0;
        if has_room {
            self.0 = self.0 << 1 | u32::from(is_object);
        }
        has_room
    }

    /// Closes the innermost object or array. There must be one.
    pub(super) fn close(&mut self) {
        self.0 >>= 1;
    }

    pub(super) const fn is_in_object(self) -> bool {
        self.0 & 1 != 0
    }

    /// The closing bracket of the innermost object or array.
    pub(super) const fn closing(self) -> u8 {
        if self.is_in_object() { b'}' } else { b']' }
    }
}

/// The sort of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text,
    Number,
    Literal,
    /// An object or array, which may contain other values.
    Open,
}

impl Value {
    /// The sort of a value that begins with this byte, if a value can.
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

/// The fault for a missing member name at `at`. In a new object, the closing bracket could stand there, too.
#[cold]
pub(super) fn no_name(bytes: &[u8], at: usize, is_first: bool) -> Fault {
    let expected = if is_first { "a member name or `}`" } else { "a member name" };
    Fault::unexpected(bytes, at, expected)
}

/// The fault at `at`, where an object or array neither ends nor continues.
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
