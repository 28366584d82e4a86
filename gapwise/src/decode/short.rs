//! Short numbers, booleans and `null`, which are recognized at a glance. Lists of them, and lists of such lists, are
//! read in one go.

use super::number::short_number;
use crate::arena::Arena;
use crate::schema::{Kind, Shape, ShortValue, Slot, Table, Values};

/// Takes the short number that a text begins with, if it fits its type, which is not `i64`. Returns its length.
#[inline(never)]
pub(super) fn take_short_number(values: &mut Values<'_>, slot: Slot, text: &[u8]) -> Option<usize> {
    let (number, length) = short_number(text)?;
    values.set_number(slot, number).then_some(length)
}

/// Continues a list after one of its items, which are in a slot. Takes as many short values as follow, each after this
/// separator, and fit. Returns how much of the text that is.
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

/// Continues a list whose items are lists, after one of them. Takes as many lists as follow that contain only short
/// values that fit. `end` ends one such list, if it can. Returns how much of the text that is.
pub(super) fn more_lists<'a>(
    values: &mut Values<'a>,
    table: &Table,
    slot: Slot,
    rest: &[u8],
    arena: &'a Arena,
    end: impl Fn(&mut Values<'a>) -> bool,
) -> usize {
    let Some(slot) = list_in_list(table, slot) else { return 0 };
    // A producer that writes a space between two lists also does so between two values.
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

/// The slot of the items of `item`, if that is a list in a list and its items may be short values.
fn list_in_list(table: &Table, item: Slot) -> Option<Slot> {
    let Kind::Container(list) = table.entry(item).kind else { return None };
    // If a variant holds the list, the item is more than the list.
    if table.variant_with(item).is_some() {
        return None;
    }
    let list = table.container(list);
    let are_lists = [list, table.container(list.parent)].iter().all(|of| of.shape == Shape::List);
    let slot = are_lists.then(|| table.item(list))?;
    matches!(table.entry(slot).kind, Kind::ItemValue).then_some(slot)
}

/// The values of a list, as long as they are short and have the same separator.
struct ShortValues<'t> {
    /// The text behind the values that were read.
    rest: &'t [u8],
    separator: &'t [u8],
    /// The text before the last value that was read.
    before: &'t [u8],
    /// Whether the next value has no separator before it.
    is_first: bool,
}

impl Iterator for ShortValues<'_> {
    type Item = ShortValue;

    #[inline(always)]
    fn next(&mut self) -> Option<ShortValue> {
        // Usually the separator is a single comma; comparing that takes no function call.
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
            // Whether the literal really ends there is checked by whoever reads on.
            [b't', b'r', b'u', b'e', ..] => (ShortValue::Bool(true), "true".len()),
            [b'f', b'a', b'l', b's', b'e', ..] => (ShortValue::Bool(false), "false".len()),
            [b'n', b'u', b'l', b'l', ..] => (ShortValue::Null, "null".len()),
            _ => return None,
        };
        (self.before, self.rest) = (self.rest, &text[length..]);
        Some(value)
    }
}
