//! One document: text to view.
//!
//! [`walk`] is the reference: it reads the text between two values, checks all of it and says what follows.
//! [`layout`] remembers its answers. [`decoder`] has the hot loop, which compares the text with what is
//! remembered, and collects the values; [`learned`] shows what is remembered. [`text`], [`number`] and [`skip`] read one value each. [`drift`]
//! keeps what is new in a stream. [`mod@locate`] is cold: it turns the offset of a fault into line, column
//! and pointer.
//!
//! Nothing here names a member, does input or output, or recurses.

mod decoder;
mod drift;
mod layout;
mod learned;
mod locate;
mod number;
mod skip;
mod text;
mod walk;

pub(crate) use decoder::{Decoder, Extent, line};
pub use drift::{Drift, UnknownMember};
pub use learned::{Learned, LearnedGap};
pub(crate) use locate::{Origin, locate};
pub(crate) use skip::skip_value;
pub(crate) use walk::Walker;

/// Where the white space (RFC 8259 section 2) that begins at `at` ends.
#[inline(always)]
pub(crate) fn skip_whitespace(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at)
        && byte <= b' '
    {
        if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            return at;
        }
        at += 1;
        // Indentation goes by fast.
        if byte == b'\n' {
            while let Some(b"    ") = bytes.get(at..at + 4) {
                at += 4;
            }
        }
    }
    at
}
