//! One document: from text to view.
//!
//! How a document is decoded:
//!
//! - [`walk`] is the reference. It reads the text between two values, a *gap*, checks all of it, and says what follows.
//! - [`layout`] remembers these answers. Each is a [`gap`] at a place, with a rule that says after which members it
//!   holds.
//! - [`decoder`] goes from gap to gap and collects the values. Three loops do this: [`by_layout`] is the hot loop,
//!   which compares the text with the layout; [`by_walker`] works without a layout; [`by_index`] goes ahead of the
//!   walker if nothing can be learned. Whatever a loop cannot handle, the decoder looks at carefully, and learns.
//! - [`document`] is the state that the loops share, and takes single values.
//! - [`track`] is what is known of the documents of one table. [`progress`] decides whether learning pays.
//!
//! How values are read: [`text`], [`number`] and [`skip`] read one value each. [`short`] continues a list of small
//! values. [`nested`] tracks the objects and arrays that are open inside a value that the schema does not describe.
//!
//! Around that: [`envelope`] finds a document that is part of its record. [`glimpse`] looks at single places, to tell
//! kinds of documents apart. [`mod@locate`] turns the offset of a fault into line, column and pointer. [`learned`]
//! shows what has been learned, and [`drift`] what has changed in a stream.
//!
//! Nothing here names a member, does input or output, or recurses.

mod by_index;
mod by_layout;
mod by_walker;
mod decoder;
mod document;
mod drift;
mod envelope;
#[cfg(any(fuzzing, test))]
pub(crate) mod fuzzing;
mod gap;
mod glimpse;
mod layout;
mod learned;
mod locate;
mod nested;
mod number;
mod progress;
mod short;
mod skip;
mod text;
mod track;
mod walk;

pub(crate) use decoder::Decoder;
pub(crate) use document::{Extent, line};
pub use drift::{Drift, UnknownMember};
pub(crate) use envelope::Way;
pub(crate) use glimpse::{Looker, Told};
pub use learned::{Learned, LearnedGap};
pub(crate) use locate::{Origin, locate};
pub(crate) use skip::{skip_deep_value, skip_nested_value, skip_value};
pub(crate) use text::written_at;

use crate::kernel::{Portable, leading_blanks};

/// Where the white space that begins at `at` ends (RFC 8259 section 2).
pub(crate) fn skip_whitespace(bytes: &[u8], mut at: usize) -> usize {
    // Most often there is none. How much there is, is hard to predict.
    while let Some(&byte) = bytes.get(at)
        && byte <= b' '
    {
        let is_blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        match leading_blanks(Portable, bytes, at).unwrap_or(is_blank.into()) {
            0 => break,
            length => at += length,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_the_four_bytes_of_the_grammar() {
        for byte in 0..=u8::MAX {
            for before in 0..20 {
                for after in 0..10 {
                    let mut text = b" \n\r\t".repeat(5)[..before].to_vec();
                    text.push(byte);
                    text.extend(vec![b'x'; after]);
                    let blank = usize::from(b" \n\r\t".contains(&byte));
                    assert_eq!(skip_whitespace(&text, 0), before + blank, "{byte:#x}");
                }
            }
        }
        assert_eq!(skip_whitespace(b"", 0), 0);
        assert_eq!(skip_whitespace(b"a", 5), 5);
    }
}
