//! All that a kernel says about a text, for fuzz targets that compare kernels.
//!
//! Some answers depend on the width of a kernel's vectors. The functions here repeat the question until the answer no
//! longer does.

use super::{
    Instructions, Kernel, Operation, Pattern, WIDEST, equals, find_closing, find_special, is_plain,
    leading_blanks, plain_length,
};

/// A question to a kernel.
#[derive(Clone, Copy, Debug)]
pub struct Question<'t> {
    /// Any bytes.
    pub text: &'t [u8],
    /// Where to begin in the text; at most its length.
    pub at: usize,
    /// The bytes that may be there.
    pub pattern: &'t [u8],
}

/// The answers of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Where the first special byte is; the length of the text if none is.
    pub special: usize,
    /// The same for the first closing byte.
    pub closing: usize,
    /// Where white space from `at` on ends.
    pub blank: usize,
    /// Whether as many bytes as the pattern has are plain; `None` if there is too little text.
    pub plain: Option<bool>,
    /// How many of the next `WIDEST` bytes are plain, up to the first special one; `None` if there is too little text.
    pub length: Option<usize>,
    /// Whether the pattern is there; `None` if it is empty or there is too little text.
    pub equal: Option<bool>,
}

/// Asks a kernel.
pub fn ask(kernel: Kernel, question: Question<'_>) -> Answers {
    kernel.run(question)
}

impl Operation for Question<'_> {
    type Output = Answers;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Answers {
        let Self { text, at, pattern } = self;
        let is_enough = text.len() - at >= pattern.len() + WIDEST;
        Answers {
            special: find_special(i, text, at),
            closing: find_closing(i, text, at),
            blank: end_of_blanks(i, text, at),
            // SAFETY: `at + pattern.len() + WIDEST <= text.len()`
            plain: is_enough.then(|| unsafe { is_plain(i, &text[at..], pattern.len()) }),
            length: (text.len() - at >= WIDEST).then(|| count_plain(i, &text[at..])),
            equal: (is_enough && !pattern.is_empty()).then(|| {
                let mut pool = vec![];
                let pattern = Pattern::push(i, &mut pool, pattern);
                // SAFETY: `at + pattern.len() + WIDEST <= text.len()`; it was just pushed to this pool.
                unsafe { equals(i, &text[at..], &pool, &pattern) }
            }),
        }
    }
}

#[inline(always)]
fn end_of_blanks<I: Instructions>(i: I, text: &[u8], mut at: usize) -> usize {
    while text.len() - at >= I::WIDTH {
        match leading_blanks(i, text, at) {
            Some(length) => return at + length,
            None => at += I::WIDTH,
        }
    }
    let is_blank = |byte: &&u8| b" \t\n\r".contains(byte);
    assert_eq!(leading_blanks(i, text, at), None);
    at + text[at..].iter().take_while(is_blank).count()
}

/// For a text of at least `WIDEST` bytes.
#[inline(always)]
fn count_plain<I: Instructions>(i: I, text: &[u8]) -> usize {
    let mut block = [0; 2 * WIDEST];
    block[..WIDEST].copy_from_slice(&text[..WIDEST]);
    let mut count = 0;
    while count < WIDEST {
        // SAFETY: `count < WIDEST`, and the block has twice as many bytes.
        match unsafe { plain_length(i, &block[count..]) } {
            length if length == I::WIDTH => count += length,
            length => return count + length,
        }
    }
    count
}
