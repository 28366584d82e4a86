//! Any text: every kernel says what one line of plain code says.
//!
//! The first bytes choose where to begin, how long the pattern is, and whether it is the text there or differs
//! from it in one byte.

use arbitrary::{Arbitrary, Unstructured};
use gapwise::Kernel;
use gapwise::fuzzing::{Answers, Question, ask};

#[derive(Arbitrary, Debug)]
struct Input<'t> {
    at: u8,
    length: u8,
    changed: Option<(u8, u8)>,
    text: &'t [u8],
}

fn is_closing(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn is_special(byte: u8) -> bool {
    is_closing(byte) || !byte.is_ascii()
}

fn is_not_blank(byte: u8) -> bool {
    !b" \t\n\r".contains(&byte)
}

pub(crate) fn check(data: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(data)) else { return };
    // The text ends where its memory does.
    let text = &*Box::<[u8]>::from(input.text);
    let at = usize::from(input.at).min(text.len());
    let mut pattern = text[at..].iter().copied().take(input.length.into()).collect::<Vec<_>>();
    if let Some((place, bits)) = input.changed
        && !pattern.is_empty()
    {
        let place = usize::from(place) % pattern.len();
        pattern[place] ^= bits;
    }

    let first = |is: fn(u8) -> bool| (at..text.len()).find(|&at| is(text[at]));
    let special = first(is_special).unwrap_or(text.len());
    // So much must be readable behind what is compared.
    let is_enough = text.len() - at >= pattern.len() + 64;
    let expected = Answers {
        special,
        closing: first(is_closing).unwrap_or(text.len()),
        blank: first(is_not_blank).unwrap_or(text.len()),
        plain: is_enough.then(|| special >= at + pattern.len()),
        length: (text.len() - at >= 64).then(|| (special - at).min(64)),
        equal: (is_enough && !pattern.is_empty()).then(|| text[at..].starts_with(&pattern)),
    };
    for kernel in Kernel::available() {
        let answers = ask(kernel, Question { text, at, pattern: &pattern });
        assert_eq!(answers, expected, "{kernel}");
    }
}
