//! Lists of values that are told at a glance: short numbers, booleans and `null`, read in one go.

use super::number::short_number;
use crate::schema::{ShortValue, Slot, Values};
use bumpalo::Bump;

/// Goes on with a list whose items are in a slot, after one of them: with as many as are short values with these bytes
/// before each, and fit. Returns how much of the text they are.
pub(super) fn more_items<'a>(
    values: &mut Values<'a>,
    slot: Slot,
    rest: &[u8],
    separator: &[u8],
    arena: &'a Bump,
) -> usize {
    let mut short = ShortValues { rest, separator, before: rest };
    let is_refused = values.push_short(slot, &mut short, arena);
    rest.len() - if is_refused { short.before.len() } else { short.rest.len() }
}

/// Values of a list, as long as they are short and separated by the same bytes.
struct ShortValues<'t> {
    /// The text behind the values that were read.
    rest: &'t [u8],
    separator: &'t [u8],
    /// The text behind those before the last one.
    before: &'t [u8],
}

impl Iterator for ShortValues<'_> {
    type Item = ShortValue;

    #[inline(always)]
    fn next(&mut self) -> Option<ShortValue> {
        // Mostly it is a comma, and nothing else: no function is called to compare that.
        let text = match (self.rest.split_first()?, self.separator.len()) {
            ((b',', text), 1) => text,
            _ => self.rest.strip_prefix(self.separator)?,
        };
        let (value, length) = match text {
            [b'-' | b'0'..=b'9', ..] => {
                let (number, length) = short_number(text)?;
                (ShortValue::Number(number), length)
            }
            // Whether it ends there, is for those to see who read on.
            [b't', b'r', b'u', b'e', ..] => (ShortValue::Bool(true), "true".len()),
            [b'f', b'a', b'l', b's', b'e', ..] => (ShortValue::Bool(false), "false".len()),
            [b'n', b'u', b'l', b'l', ..] => (ShortValue::Null, "null".len()),
            _ => return None,
        };
        (self.before, self.rest) = (self.rest, &text[length..]);
        Some(value)
    }
}
