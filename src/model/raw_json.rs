//! A value that nobody has looked into.

use std::fmt;

/// Any JSON value, as it stands in the document: checked, and not taken apart.
///
/// It costs nothing to those who do not read it. Whoever does, gives the text to a parser of their choice, or
/// takes `to_value` (feature `simd-json`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RawJson<'a>(&'a str);

impl<'a> RawJson<'a> {
    /// What was found to be JSON.
    pub(crate) const fn new(json: &'a str) -> Self {
        Self(json)
    }

    /// The text of the document: one JSON value (RFC 8259) without white space around it.
    pub const fn as_str(self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.0)
    }
}

impl fmt::Display for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
