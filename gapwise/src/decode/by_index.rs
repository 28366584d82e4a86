//! Reads a document from which nothing is learned, with the help of an index of its text.
//!
//! The walker spends most of its time on branches that cannot be predicted: at the ends of strings, and in white space.
//! The [index](Indexed) knows these places in advance. This code goes from entry to entry. Like the walker, it tracks
//! the open container and the members seen, and takes ordinary values. It makes no errors. At anything unusual the
//! walker takes over, from the end of the last value, and this code continues one value later.

use super::by_walker::ByWalker;
use super::document::{Decode, Stage};
use super::number::{read_digits, skip_common_number, skip_number};
use super::skip::skip_literal;
use super::text::{Short, SkipText};
use super::walk::{Action, Place, Sink, State, Step, Unknown};
use crate::error::Fault;
use crate::kernel::{Index, Indexed, Instructions, ODD, Operation};
use crate::options::{Formats, UnknownMembers};
use crate::schema::{Closes, Kind, Shape, Slot, SlotSet, Spelling, Table};

/// Reads a document from its beginning.
pub(super) struct ByIndex<'w, 'd, 'a, const N: usize> {
    pub(super) decode: &'w mut Decode<'d, 'a, N>,
}

impl<const N: usize> Operation for ByIndex<'_, '_, '_, N> {
    type Output = Result<(), Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { decode } = self;
        let record = decode.record();
        if !Indexed::is_for::<I>() || !pays(record) {
            return ByWalker { decode, place: Place::START }.run(i);
        }
        let mut memory = decode.common.index.take().unwrap_or_default();
        let outcome = read(i, decode, record, &mut memory);
        decode.common.index = Some(memory);
        outcome
    }
}

/// Whether an index pays, judged by the start of the document. It does if there is white space of unpredictable length.
/// Line breaks mean that a serializer indents, and that is as regular as no white space at all. Tests read all
/// documents by index.
fn pays(record: &[u8]) -> bool {
    const HEAD: usize = 64;
    const MANY: usize = 8;
    let has_many = |head: &[u8; HEAD]| {
        let blanks = head.iter().filter(|byte| matches!(byte, b' ' | b'\t')).count();
        blanks >= MANY && !head.contains(&b'\n')
    };
    cfg!(any(fuzzing, test, feature = "stress")) || record.first_chunk().is_some_and(has_many)
}

/// The end of the last value.
#[derive(Clone, Copy)]
struct Last<const N: usize> {
    at: usize,
    container: u16,
    member: Slot,
    quoted: bool,
    seen: SlotSet<N>,
}

/// Reads the document.
#[inline(always)]
fn read<'a, I: Instructions, const N: usize>(
    i: I,
    decode: &mut Decode<'_, 'a, N>,
    record: &'a [u8],
    memory: &mut Index,
) -> Result<(), Fault> {
    let walker = decode.track.walker;
    let table = walker.table;
    let keeps_formats = walker.formats == Formats::Keep;
    let mut index = Indexed::begin(i, memory, record, decode.at);
    let mut seen = decode.values.seen::<N>();
    let mut number = Table::DOCUMENT;
    let mut last =
        Last { at: decode.at, container: number, member: Table::ROOT, quoted: false, seen };
    let mut container = table.container(number);
    let mut entry = 0;
    let mut slot = Some(Table::ROOT);
    loop {
        'plain: loop {
            // As in the walker: a value comes, unless one has just ended.
            let mut is_first = false;
            if let Some(slot) = slot {
                let described = table.entry(slot);
                let at = index.position(entry);
                match (described.kind, index.class(entry)) {
                    (Kind::Text | Kind::Formatted(_), b'"')
                        if keeps_formats || matches!(described.kind, Kind::Text) =>
                    {
                        let end = index.position(entry + 1);
                        match index.plain(entry) {
                            Some(text) => decode.values.set_text(slot, text),
                            None if index.class(entry + 1) == ODD
                                && takes(decode, Action::Text(slot), at + 1, end) => {}
                            None => break 'plain,
                        }
                        entry += 2;
                        last =
                            Last { at: end, container: number, member: slot, quoted: true, seen };
                    }
                    (Kind::Container(inner), b'{' | b'[')
                        if index.class(entry) == table.container(inner).shape.opening() =>
                    {
                        container = table.container(inner);
                        if container.depth > walker.max_depth || container.shape == Shape::Map {
                            break 'plain;
                        }
                        seen.remove(table.slots(container));
                        number = inner;
                        entry += 1;
                        is_first = true;
                    }
                    (Kind::Constant, b'"') => {
                        let constant = &described.constant;
                        let end = index.position(entry + 1);
                        if constant.find(record, at).is_none()
                            && !is_short(i, record, at, end, constant.text)
                        {
                            break 'plain;
                        }
                        entry += 2;
                    }
                    (Kind::Identifier, b'"') => {
                        let end = index.position(entry + 1);
                        if !decode.values.has_room(slot)
                            && decode.values.make_room(slot, decode.arena).is_err()
                        {
                            break 'plain;
                        }
                        match index.plain(entry) {
                            Some(text) => decode.values.push_text(text),
                            None if index.class(entry + 1) == ODD
                                && takes(decode, Action::Identifier(slot), at + 1, end) => {}
                            None => break 'plain,
                        }
                        entry += 2;
                        last =
                            Last { at: end, container: number, member: slot, quoted: true, seen };
                    }
                    (Kind::Integer | Kind::IntegerOrText, b'0'..=b'9') => {
                        let word = record.get(at..).and_then(|rest| rest.first_chunk());
                        let read = word.and_then(|&word| read_digits(u64::from_le_bytes(word)));
                        let Some((integer, length)) = read else { break 'plain };
                        let end = at + length;
                        entry += 1;
                        if !is_end(record, end, index.position(entry)) {
                            break 'plain;
                        }
                        decode.values.set_integer(slot, integer);
                        last =
                            Last { at: end, container: number, member: slot, quoted: false, seen };
                    }
                    (Kind::OneOf(choices), b'"') => {
                        let end = index.position(entry + 1) + 1;
                        let choice = match index.plain(entry) {
                            Some(text) => choices.iter().position(|&choice| choice == text),
                            None => {
                                let is_it = |text: &&str| is_short(i, record, at, end - 1, text);
                                choices.iter().position(is_it)
                            }
                        };
                        let Some(choice) = choice else { break 'plain };
                        decode.values.set_choice(slot, choice as u8);
                        entry += 2;
                        last =
                            Last { at: end, container: number, member: slot, quoted: false, seen };
                    }
                    (_, b'n') if described.nullable => {
                        let end = at + "null".len();
                        entry += 1;
                        let is_null = record.get(at..end) == Some(b"null");
                        if !is_null || !is_end(record, end, index.position(entry)) {
                            break 'plain;
                        }
                        decode.values.set_null(slot);
                        last =
                            Last { at: end, container: number, member: slot, quoted: false, seen };
                    }
                    _ => break 'plain,
                }
            }
            // Brackets and commas, and the name of the next value.
            slot = loop {
                entry = index.see_ahead(i, entry);
                let class = index.class(entry);
                if class == container.closing {
                    if !table.required(container).without(seen).is_empty() {
                        break 'plain;
                    }
                    let end = index.position(entry) + 1;
                    let closes = container.closes;
                    number = container.parent;
                    container = table.container(number);
                    entry += 1;
                    is_first = false;
                    match closes {
                        Closes::Nothing => {}
                        Closes::Name(_) => break 'plain,
                        Closes::Item(slot) | Closes::List(slot) => {
                            let action = match closes {
                                Closes::List(_) => Action::ListEnd(slot),
                                _ => Action::Item(slot),
                            };
                            decode.values.set_seen(seen);
                            if decode.take(action, end).is_err() {
                                break 'plain;
                            }
                            last = Last {
                                at: end,
                                container: number,
                                member: slot,
                                quoted: false,
                                seen,
                            };
                        }
                        Closes::Document => {
                            decode.values.set_seen(seen);
                            decode.at = end;
                            decode.stage = Stage::End;
                            return Ok(());
                        }
                    }
                    continue;
                }
                if !is_first {
                    if class != b',' {
                        break 'plain;
                    }
                    entry += 1;
                }
                is_first = false;
                if !container.shape.has_members() {
                    if container.shape != Shape::List {
                        break 'plain;
                    }
                    break Some(table.item(container));
                }
                let at = index.position(entry);
                let found =
                    match (index.class(entry), index.class(entry + 1), index.class(entry + 2)) {
                        (b'"', b'"', b':') => {
                            let Some(head) = Spelling::head(record, at) else { break 'plain };
                            table.find(container, head, |name| name.end(record, at))
                        }
                        (b'"', ODD, b':') => {
                            let mut room = [0; _];
                            let end = index.position(entry + 1) + 1;
                            let found = Short::read(i, record, at, &mut room).and_then(|short| {
                                let is_it =
                                    |name: &Spelling| short.end == end && short.is(name.text);
                                table.find(container, short.head, |name| is_it(name).then_some(end))
                            });
                            // The walker decides whether the schema has this name.
                            if found.is_none() {
                                break 'plain;
                            }
                            found
                        }
                        _ => break 'plain,
                    };
                let length = index.position(entry + 1) - at - 1;
                entry += 3;
                if let Some((slot, _)) = found {
                    if seen.contains(slot) {
                        break 'plain;
                    }
                    seen.insert(slot);
                    break Some(slot);
                }
                if walker.unknown_members == UnknownMembers::Reject
                    || container.is_closed
                    || container.rest != Table::ROOT
                {
                    break 'plain;
                }
                let skip = Skip {
                    index: &mut index,
                    record,
                    entry,
                    room: walker.max_depth.saturating_sub(container.depth),
                };
                let Some((next, end)) = i.run(skip) else { break 'plain };
                let unknown = Unknown::plain(number, at + 1, length);
                decode.note_unknown(record, Some(unknown));
                entry = next;
                last = Last { at: end, container: number, quoted: false, seen, ..last };
            };
        }
        decode.at = last.at;
        decode.values.set_seen(last.seen);
        let mut place = Place::after(last.container, last.member, last.quoted);
        let place = loop {
            i.run(OneValue { decode, record, place })?;
            match decode.stage {
                // The next value comes before any comma.
                Stage::ByWalker(after) if after.begins() => place = after,
                Stage::ByWalker(after) => break after,
                _ => return Ok(()),
            }
        };
        seen = decode.values.seen();
        if decode.at >= Indexed::MOST_TEXT {
            return i.run(ByWalker { decode, place });
        }
        let (at, (container_of, member, quoted)) = (decode.at, place.parts());
        last = Last { at, container: container_of, member, quoted, seen };
        number = container_of;
        container = table.container(number);
        // An index does not help if members may have any names.
        if matches!(container.shape, Shape::Map | Shape::Name) {
            return i.run(ByWalker { decode, place });
        }
        entry = index.go_to(i, entry, at + usize::from(quoted));
        slot = None;
    }
}

/// Takes a string that is not plain. Returns whether it is valid and ends at `end`.
#[inline(always)]
fn takes<const N: usize>(
    decode: &mut Decode<'_, '_, N>,
    action: Action,
    begin: usize,
    end: usize,
) -> bool {
    decode.take(action, begin).is_ok_and(|found| found == end)
}

/// Whether the string between these quotes denotes `text`, written with escapes.
#[inline(always)]
fn is_short<I: Instructions>(i: I, record: &[u8], at: usize, end: usize, text: &str) -> bool {
    Short::read(i, record, at, &mut [0; _])
        .is_some_and(|short| short.end == end + 1 && short.is(text))
}

/// Whether a number or literal that ends at `end` is complete, given where the next entry is: there is only white space
/// in between.
#[inline(always)]
fn is_end(record: &[u8], end: usize, next: usize) -> bool {
    end == next || matches!(record.get(end), Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Takes one value with the walker.
struct OneValue<'w, 'd, 'a, const N: usize> {
    decode: &'w mut Decode<'d, 'a, N>,
    record: &'a [u8],
    place: Place,
}

impl<const N: usize> Operation for OneValue<'_, '_, '_, N> {
    type Output = Result<(), Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { ref decode, record, place } = self;
        let walker = decode.track.walker;
        let (at, state) = (decode.at, State { place, seen: decode.values.seen() });
        let mut sink = self;
        walker.walk(i, record, at, state, &mut sink)
    }
}

impl<const N: usize> Sink<N> for OneValue<'_, '_, '_, N> {
    #[inline(always)]
    fn take(&mut self, step: Step<N>) -> Result<Option<usize>, Fault> {
        self.decode.take_after(self.record, &step)?;
        self.decode.stage = match step.action {
            Action::End => Stage::End,
            _ => Stage::ByWalker(step.state.place),
        };
        Ok(None)
    }
}

/// Skips a value that the schema does not describe and that begins at an entry. Returns the entry after it and where
/// the value ends; `None` at anything unusual.
struct Skip<'s, 'i, 'a> {
    index: &'s mut Indexed<'i, 'a>,
    record: &'a [u8],
    entry: usize,
    /// How many objects and arrays may be open in the value.
    room: u16,
}

impl Operation for Skip<'_, '_, '_> {
    type Output = Option<(usize, usize)>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        /// Nothing is open. The highest set bit is a marker; each open object or array has one bit below it, 1 for an
        /// object.
        const NOTHING: u64 = 1;
        let Self { index, record, mut entry, room } = self;
        let mut room = room.min(u64::BITS as u16 - 1);
        let mut open = NOTHING;
        loop {
            entry = index.see_ahead(i, entry);
            let at = index.position(entry);
            let class = index.class(entry);
            entry += 1;
            let mut end = match class {
                b'"' => {
                    entry += 1;
                    end_of_text(i, index, record, entry - 2)?
                }
                b'-' | b'0'..=b'9' => skip_common_number(i, record, at)
                    .or_else(|| skip_number(record, at).ok())
                    .filter(|&end| is_end(record, end, index.position(entry)))?,
                b'a'..=b'z' => skip_literal(record, at)
                    .ok()
                    .filter(|&end| is_end(record, end, index.position(entry)))?,
                b'{' | b'[' => {
                    room = room.checked_sub(1)?;
                    open = open << 1 | u64::from(class == b'{');
                    if index.class(entry) != closing(open) {
                        if class == b'{' {
                            entry = after_name(i, index, record, entry)?;
                        }
                        continue;
                    }
                    // The closing bracket is the next entry.
                    at
                }
                _ => return None,
            };
            while open != NOTHING {
                entry = index.see_ahead(i, entry);
                let class = index.class(entry);
                if class == b',' {
                    entry += 1;
                    if open & 1 != 0 {
                        entry = after_name(i, index, record, entry)?;
                    }
                    break;
                }
                if class != closing(open) {
                    return None;
                }
                end = index.position(entry) + 1;
                entry += 1;
                open >>= 1;
                room += 1;
            }
            if open == NOTHING {
                return Some((entry, end));
            }
        }
    }
}

/// The closing bracket of the innermost object or array.
const fn closing(open: u64) -> u8 {
    if open & 1 != 0 { b'}' } else { b']' }
}

/// The entry after a name and its colon.
#[inline(always)]
fn after_name<I: Instructions>(
    i: I,
    index: &Indexed<'_, '_>,
    record: &[u8],
    entry: usize,
) -> Option<usize> {
    if (index.class(entry), index.class(entry + 2)) != (b'"', b':') {
        return None;
    }
    end_of_text(i, index, record, entry)?;
    Some(entry + 3)
}

/// Where the string that begins at an entry ends, after its closing quote.
#[inline(always)]
fn end_of_text<I: Instructions>(
    i: I,
    index: &Indexed<'_, '_>,
    record: &[u8],
    entry: usize,
) -> Option<usize> {
    let (begin, end) = (index.position(entry) + 1, index.position(entry + 1));
    let is_whole = match index.class(entry + 1) {
        b'"' => true,
        ODD => i.run(SkipText { text: record, begin }) == Some(end - begin),
        _ => false,
    };
    is_whole.then_some(end + 1)
}
