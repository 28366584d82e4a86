//! Short numbers, booleans and `null`, which are recognised at a glance; lists of them, and lists of such lists,
//! are read in one go.

use super::number::short_number;
use crate::arena::Arena;
use crate::schema::{Kind, Shape, ShortValue, Slot, Table, Values};

/// Takes a short number that a text begins with, and that is kept as another type than `i64`, if it fits. Returns how long it
/// is.
#[inline(never)]
pub(super) fn take_short_number(values: &mut Values<'_>, slot: Slot, text: &[u8]) -> Option<usize> {
    let (number, length) = short_number(text)?;
    values.set_number(slot, number).then_some(length)
}

/// Goes on with a list whose items are in a slot, after one of them: with as many as are short values with these bytes
/// before each, and fit. Returns how much of the text they are.
pub(super) fn more_items<'a>(
    values: &mut Values<'a>,
    slot: Slot,
    rest: &[u8],
    separator: &[u8],
    arena: &'a Arena,
) -> usize {
    let mut short = ShortValues { rest, separator, before: rest, is_first: false };
    let is_refused = values.push_short(slot, &mut short, arena);
    rest.len() - if is_refused { short.before.len() } else { short.rest.len() }
}

/// Goes on with a list whose items are in a slot, after one of them, if they are lists: with as many as hold nothing but short
/// values, and fit. `end` ends one, if it can. Returns how much of the text they are.
pub(super) fn more_lists<'a>(
    values: &mut Values<'a>,
    table: &Table,
    slot: Slot,
    rest: &[u8],
    arena: &'a Arena,
    end: impl Fn(&mut Values<'a>) -> bool,
) -> usize {
    let Some(slot) = list_in_list(table, slot) else { return 0 };
    // Who writes a space between two lists does so between two values.
    let separator: &[u8] = if rest.starts_with(b", ") { b", " } else { b"," };
    let mut behind = rest;
    while let Some(first) = behind.strip_prefix(separator).and_then(|list| list.strip_prefix(b"["))
    {
        let mut short = ShortValues { rest: first, separator, before: first, is_first: true };
        let is_refused = values.push_short(slot, &mut short, arena);
        match short.rest.strip_prefix(b"]") {
            Some(following) if !is_refused && end(values) => behind = following,
            _ => {
                values.give_up_items(slot);
                break;
            }
        }
    }
    rest.len() - behind.len()
}

/// The slot of the items of an item, if that is a list in a list, of what may be short values.
fn list_in_list(table: &Table, item: Slot) -> Option<Slot> {
    let Kind::Container(list) = table.entry(item).kind else { return None };
    // What is held by a variant is not all that there is to an item.
    if table.variant_with(item).is_some() {
        return None;
    }
    let list = table.container(list);
    let are_lists = [list, table.container(list.parent)].iter().all(|of| of.shape == Shape::List);
    let slot = are_lists.then(|| table.item(list))?;
    matches!(table.entry(slot).kind, Kind::ItemValue).then_some(slot)
}

/// Values of a list, as long as they are short and separated by the same bytes.
struct ShortValues<'t> {
    /// The text behind the values that were read.
    rest: &'t [u8],
    separator: &'t [u8],
    /// The text behind those before the last one.
    before: &'t [u8],
    /// Whether there is no value before the next one.
    is_first: bool,
}

impl Iterator for ShortValues<'_> {
    type Item = ShortValue;

    #[inline(always)]
    fn next(&mut self) -> Option<ShortValue> {
        // Mostly it is a comma, and nothing else: no function is called to compare that.
        let text = match (self.rest.split_first()?, self.separator.len()) {
            _ if self.is_first => self.rest,
            ((b',', text), 1) => text,
            _ => self.rest.strip_prefix(self.separator)?,
        };
        self.is_first = false;
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
