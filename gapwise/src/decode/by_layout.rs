//! The hot loop: one gap and one value in each turn, until something is different or the document ends.
//!
//! It compares the text with what has been learned, and takes values that look like the previous ones. It is a function
//! of its own, and everything rare is in other functions, so that its state stays in registers.

use super::document::{Decode, raw_text};
use super::gap::{Follows, Gap, GapIndex, Note, StateIndex, Usual};
use super::layout::{Gaps, Parts, States, misled, try_first};
use super::number::{read_digits, read_integer, read_number, skip_number};
use super::progress::Misses;
use super::short::{more_items, more_lists, take_short_number};
use super::skip::skip_literal;
use super::text::{Read, ReadText, SkipText, read_plain};
use super::walk::{Action, Scalar};
use crate::arena::Arena;
use crate::kernel::{
    Instructions, Kernel, MANY, Operation, Portable, Rest, equals, is_plain, plain_length,
    plain_length_of_many, prefetch, word,
};
use crate::schema::{Slot, SlotSet, Table, Values};
use std::hint::select_unpredictable;
use std::mem;

/// How much text the loop is given at a time. It is less than the reach of the entry at the end of a state's gaps, so
/// that entry never matches. It is little in unit tests, so that they get to the end of it.
const MOST_TEXT: usize =
    if cfg!(any(test, feature = "stress")) { 4 << 10 } else { u32::MAX as usize / 2 };

/// Continues a document from a known state.
pub(super) struct ByLayout<'l, 'd, 'a, const N: usize, const MOST: usize> {
    pub(super) decode: &'l mut Decode<'d, 'a, N>,
    pub(super) state: StateIndex,
}

/// Why the loop has stopped.
#[derive(Clone, Copy)]
pub(super) enum Obstacle {
    /// None of the known gaps of this state came.
    UnknownGap(StateIndex),
    /// This gap came, but what follows it needs a closer look.
    Value(GapIndex),
    /// Any gap of this state may have come: there is too little text left to compare with.
    AnyGap(StateIndex),
}

impl<'a, const N: usize, const MOST: usize> Operation for ByLayout<'_, '_, 'a, N, MOST> {
    type Output = Option<Obstacle>;

    #[inline(always)]
    #[allow(unsafe_code)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { decode, state } = self;
        let Decode { track, common, values, arena, text, .. } = decode;
        let (kernel, values, arena, text): (_, &mut Values<'a>, _, _) =
            (common.kernel, values, *arena, *text);
        let Parts { gaps, states, pool } = track.layout.parts::<MOST>();
        // The gap that came last, and the one that is tried first after it.
        let mut last = states.end(state);
        let end = &mut gaps[last.below::<MOST>()];
        end.note.hits += 1;
        let mut index = end.then;
        let mut is_first = true;
        let mut seen = values.seen();
        let left = &text[decode.at..];
        let mut rest = Rest::of(&left[..left.len().min(MOST_TEXT)]);
        let obstacle = 'turn: loop {
            let gap = &mut gaps[index.below::<MOST>()];
            // If another gap came, continues with the next one below.
            'other: {
                if rest.len() < gap.reach() {
                    // The gaps before the one that was tried first have not been looked at.
                    let (state, rest) = (gap.note.state, rest.text());
                    match gap
                        .is_end()
                        .then(|| kernel.run(Search { gaps, states, pool, state, rest, seen }))
                    {
                        Some(Ok(found)) => (index, is_first) = (found, false),
                        Some(Err(obstacle)) => break 'turn Some(obstacle),
                        None => break 'turn Some(Obstacle::AnyGap(state)),
                    }
                    continue 'turn;
                }
                // SAFETY: the rest has `reach` bytes, which is the length of the pattern and at least `WIDEST` more;
                // the layout's patterns are in its pool.
                if !unsafe { equals(i, rest.text(), pool, gap.pattern()) } || !gap.rule.admits(seen)
                {
                    break 'other;
                }
                // SAFETY: as before. After the pattern, the rest goes on for the longer of the two lengths expected, or
                // one byte, and `WIDEST` bytes more: that too is in `reach`.
                let value = unsafe { rest.skip(gap.pattern().len()) };
                if let Some(length) = gap.usual_text()
                    // SAFETY: as was just said.
                    && let Some(kept) = unsafe { text_of(i, value.text(), length) }
                {
                    // SAFETY: it is a target of the layout's table, which is the values'; where a string follows, it
                    // takes one.
                    unsafe { values.write_text(gap.offset(), kept) }
                    // SAFETY: the string begins with the value.
                    rest = unsafe { value.skip(kept.len()) };
                } else if gap.usual() == Usual::TextOfTwoLengths
                    // SAFETY: as before.
                    && let Some(kept) = unsafe { text_of_either(i, value.text(), gap) }
                {
                    // SAFETY: as before.
                    unsafe { values.write_text(gap.offset(), kept) }
                    // SAFETY: as before.
                    rest = unsafe { value.skip(kept.len()) };
                } else if gap.usual() == Usual::Number
                    // SAFETY: there are `WIDEST` bytes.
                    && let Some((integer, length)) = read_digits(unsafe { word(value.text(), 0) })
                {
                    // SAFETY: as for strings; where a number follows, it takes one.
                    unsafe { values.write_integer(gap.offset(), integer) }
                    // SAFETY: they are fewer than 8.
                    rest = unsafe { value.skip(length) };
                } else if gap.usual() == Usual::TextOfManyLengths
                    && let Some(kept) = text_of_any(i, value.text())
                {
                    // SAFETY: as before.
                    unsafe { values.write_text(gap.offset(), kept) }
                    gap.expect_two_lengths_again();
                    // SAFETY: as before.
                    rest = unsafe { value.skip(kept.len()) };
                } else {
                    let value = value.text();
                    let length = match gap.follows() {
                        Follows::Text => {
                            let kept = match gap.usual() {
                                // SAFETY: as before.
                                Usual::Not => unsafe { expected_text(i, value, gap) },
                                // Already tried above.
                                _ => None,
                            };
                            let read = match kept {
                                Some(kept) => Some(Read { text: kept, end: kept.len() }),
                                None => other_text(kernel, value, gap, &mut common.scratch, arena),
                            };
                            let Some(Read { text, end }) = read else {
                                break 'turn Some(Obstacle::Value(index));
                            };
                            // SAFETY: as before.
                            unsafe { values.write_text(gap.offset(), text) }
                            end
                        }
                        Follows::Number => match number(value, gap.note.action) {
                            Other::Value((integer, length)) => {
                                // SAFETY: as before.
                                unsafe { values.write_integer(gap.offset(), integer) }
                                length
                            }
                            Other::Wrong => break 'turn Some(Obstacle::Value(index)),
                            Other::Gap => break 'other,
                        },
                        Follows::Identifier => {
                            // Make room first: without room, the text would be put into the arena twice.
                            let slot = gap.note.action.slot();
                            if !values.has_room(slot) && values.make_room(slot, arena).is_err() {
                                break 'turn Some(Obstacle::Value(index));
                            }
                            // SAFETY: as for other strings.
                            let kept = match unsafe { expected_text(i, value, gap) } {
                                Some(kept) => Some(Read { text: kept, end: kept.len() }),
                                None => other_text(kernel, value, gap, &mut common.scratch, arena),
                            };
                            let Some(Read { text, end }) = kept else {
                                break 'turn Some(Obstacle::Value(index));
                            };
                            values.push_text(text);
                            let goes_on =
                                gap.then == index && gap.rule.admits(gap.rule.apply(seen));
                            let more = match goes_on {
                                // SAFETY: the layout's patterns are in its pool.
                                true => unsafe {
                                    more_identifiers(i, &value[end..], gap, pool, values)
                                },
                                false => 0,
                            };
                            end + more
                        }
                        Follows::Null => {
                            if !value.starts_with(b"null") {
                                break 'other;
                            }
                            values.set_null(gap.note.action.slot());
                            "null".len()
                        }
                        Follows::Choice => {
                            values.set_choice(gap.note.action.slot(), gap.note.choice);
                            0
                        }
                        Follows::End => {
                            seen = gap.rule.apply(seen);
                            gap.note.hits += 1;
                            rest = Rest::of(value);
                            break 'turn None;
                        }
                        Follows::Other => {
                            let short = match gap.note.action {
                                Action::Number(slot) => take_short_number(values, slot, value),
                                _ => None,
                            };
                            match short {
                                Some(length) => length,
                                None => {
                                    values.set_seen(gap.rule.apply(seen));
                                    let (table, misses) = (track.walker.table, &mut decode.misses);
                                    let raw = decode.raw;
                                    let other =
                                        OtherValue { text, table, values, arena, misses, raw };
                                    match other.take(gap, value) {
                                        Other::Value(length) => length,
                                        Other::Wrong => break 'turn Some(Obstacle::Value(index)),
                                        Other::Gap => break 'other,
                                    }
                                }
                            }
                        }
                    };
                    if let Some(unknown) = gap.note.unknown {
                        common.drift.unknown_again(unknown, common.documents);
                    }
                    if let Some(begin) = gap.note.raw_begin(offset_in(text, value)) {
                        decode.raw = begin;
                    }
                    rest = Rest::of(&value[length..]);
                }
                seen = gap.rule.apply(seen);
                gap.note.hits += 1;
                (last, index, is_first) = (index, gap.then, true);
                prefetch(i, rest.text());
                continue 'turn;
            }
            let Note { next, state, .. } = gap.note;
            index = next;
            if mem::take(&mut is_first) {
                let detours = &mut decode.misses.detours;
                *detours = detours.saturating_add(1);
                if misled(gaps, &last) {
                    let rest = rest.text();
                    match kernel.run(Search { gaps, states, pool, state, rest, seen }) {
                        Ok(found) => index = found,
                        Err(obstacle) => break Some(obstacle),
                    }
                    try_first(gaps, &last, index);
                }
            }
        };
        decode.at = offset_in(text, rest.text());
        values.set_seen(seen);
        obstacle
    }
}

/// Searches all gaps of a state for the one that came.
struct Search<'l, 'a, const N: usize, const MOST: usize> {
    gaps: &'l Gaps<N, MOST>,
    states: States<'l>,
    pool: &'l [u8],
    state: StateIndex,
    /// The rest of the text that the loop was given: less than the end of the gaps needs.
    rest: &'a [u8],
    seen: SlotSet<N>,
}

impl<const N: usize, const MOST: usize> Operation for Search<'_, '_, N, MOST> {
    type Output = Result<GapIndex, Obstacle>;

    #[inline(always)]
    #[allow(unsafe_code)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { gaps, states, pool, state, rest, seen } = self;
        let mut index = states.first(state);
        loop {
            let gap = &gaps[index.below::<MOST>()];
            if rest.len() < gap.reach() {
                return Err(match gap.is_end() {
                    true => Obstacle::UnknownGap(state),
                    false => Obstacle::AnyGap(state),
                });
            }
            // SAFETY: as in the hot loop.
            if unsafe { equals(i, rest, pool, gap.pattern()) }
                && gap.rule.admits(seen)
                && gap.note.fits(&rest[gap.pattern().len()..])
            {
                return Ok(index);
            }
            index = gap.note.next;
        }
    }
}

/// Continues a list as long as the same gap comes with identifiers of an expected length, and there is room for them.
/// Returns the length of that text. The caller has checked that the gap is admitted after itself: then it always is.
///
/// # Safety
///
/// `pool` is the one that the gap's pattern was pushed to, and moved in.
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn more_identifiers<'a, I: Instructions, const N: usize>(
    i: I,
    text: &'a [u8],
    gap: &mut Gap<N>,
    pool: &[u8],
    values: &mut Values<'a>,
) -> usize {
    let mut rest = text;
    values.push_texts(|| {
        // SAFETY: the rest has `reach` bytes, as in `run`.
        if rest.len() < gap.reach() || !unsafe { equals(i, rest, pool, gap.pattern()) } {
            return None;
        }
        // SAFETY: as in `run`.
        let value = unsafe { rest.get_unchecked(gap.pattern().len()..) };
        // SAFETY: as in `run`.
        let kept = unsafe { expected_text(i, value, gap) }?;
        gap.note.hits += 1;
        // SAFETY: the string begins with the value.
        rest = unsafe { value.get_unchecked(kept.len()..) };
        prefetch(i, rest);
        Some(kept)
    });
    text.len() - rest.len()
}

/// Counts the plain bytes that a text begins with.
struct PlainLength<'t> {
    text: &'t [u8; MANY],
}

impl Operation for PlainLength<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> usize {
        plain_length_of_many(i, self.text)
    }
}

/// What came where an uncommon value was expected.
enum Other<T> {
    /// Such a value.
    Value(T),
    /// Perhaps a value that is wrong.
    Wrong,
    /// No such value: another gap came.
    Gap,
}

/// Takes a value that is neither a string nor a number.
struct OtherValue<'t, 'a> {
    text: &'a [u8],
    table: &'static Table,
    values: &'t mut Values<'a>,
    arena: &'a Arena,
    misses: &'t mut Misses,
    raw: usize,
}

impl<'a> OtherValue<'_, 'a> {
    /// Takes what follows a gap. Returns its length.
    #[inline(never)]
    fn take<const N: usize>(self, gap: &Gap<N>, value: &[u8]) -> Other<usize> {
        let Self { text, table, values, arena, misses, raw } = self;
        match gap.note.action {
            Action::Item(slot) => {
                let Some(item) = &table.entry(slot).item else { return Other::Wrong };
                if values.end_item::<N>(item, false, arena).is_err() {
                    return Other::Wrong;
                }
                misses.end_item();
                let end =
                    |values: &mut Values<'a>| values.end_item::<N>(item, false, arena).is_ok();
                Other::Value(more_lists(values, table, slot, value, arena, end))
            }
            Action::ListEnd(slot) => {
                if values.end_list::<N>(slot, arena).is_err() {
                    return Other::Wrong;
                }
                if table.entry(slot).item.is_none() {
                    return Other::Value(0);
                }
                misses.end_item();
                let end = |values: &mut Values<'a>| values.end_list::<N>(slot, arena).is_ok();
                Other::Value(more_lists(values, table, slot, value, arena, end))
            }
            Action::RawEnd(slot) => {
                let end = offset_in(text, value);
                let begin = gap.note.raw_begin(end).unwrap_or(raw);
                let Some(raw) = raw_text(text, begin, end) else {
                    return Other::Wrong;
                };
                values.set_text(slot, raw);
                Other::Value(0)
            }
            _ if !gap.note.fits(value) => Other::Gap,
            action @ (Action::Number(_) | Action::ItemValue(..)) => {
                let taken = other_scalar::<N>(action, value, table, values, arena);
                let (Other::Value(length), Action::ItemValue(slot, ..)) = (&taken, action) else {
                    return taken;
                };
                let (_, before) = text.split_at(offset_in(text, value) - gap.pattern().len());
                let rest = &value[*length..];
                match between_items(&before[..gap.pattern().len()]) {
                    Some(separator) => {
                        Other::Value(length + more_items(values, slot, rest, separator, arena))
                    }
                    None => taken,
                }
            }
            Action::Variant(slot, scalar, number) => {
                let other = Self { text, table, values, arena, misses, raw };
                other.variant::<N>(slot, scalar, number, value)
            }
            Action::SkipLiteral => skip_literal(value, 0).map_or(Other::Wrong, Other::Value),
            Action::SkipNothing => Other::Value(0),
            _ => Other::Wrong,
        }
    }

    /// Takes a value that is the whole content of a variant. Returns its length.
    #[inline(never)]
    fn variant<const N: usize>(
        self,
        slot: Slot,
        scalar: Scalar,
        number: u16,
        value: &[u8],
    ) -> Other<usize> {
        let Self { text, table, values, arena, misses, .. } = self;
        values.set_variant(slot);
        let taken = match scalar {
            Scalar::Text => match read_plain(Portable, text, offset_in(text, value)) {
                // The string may continue behind the text that the loop was given.
                Ok(Read { text, .. }) if text.len() < value.len() => {
                    values.set_text(slot, text);
                    Other::Value(text.len())
                }
                _ => Other::Wrong,
            },
            _ => short_scalar(scalar, number, slot, value, table, values),
        };
        if let (Other::Value(_), Some(item)) = (&taken, &table.entry(slot).item) {
            if values.end_item::<N>(item, false, arena).is_err() {
                return Other::Wrong;
            }
            misses.end_item();
        }
        taken
    }
}

/// The separator between two items of an array, if `gap` begins with it and ends before or after an item.
fn between_items(gap: &[u8]) -> Option<&[u8]> {
    let blanks = gap.strip_prefix(b",")?.iter().take_while(|&&byte| byte <= b' ').count();
    let (separator, item) = gap.split_at(1 + blanks);
    matches!(item, [] | [b't' | b'f', ..]).then_some(separator)
}

/// Reads a number after a gap. Returns its value, if it is kept, and its length.
#[cold]
#[inline(never)]
fn number(value: &[u8], action: Action) -> Other<(i64, usize)> {
    let read = match (value, action) {
        ([b'-' | b'0'..=b'9', ..], Action::SkipNumber) => {
            skip_number(value, 0).map(|length| (0, length))
        }
        ([b'-' | b'0'..=b'9', ..], _) => read_integer(value, 0),
        _ => return Other::Gap,
    };
    match read {
        // The number may continue behind the text that the loop was given.
        Ok((_, length)) if length == value.len() => Other::Wrong,
        read => read.map_or(Other::Wrong, Other::Value),
    }
}

/// Takes a number of a type other than `i64`, or a value that is a whole item.
#[inline(never)]
fn other_scalar<'a, const N: usize>(
    action: Action,
    value: &[u8],
    table: &Table,
    values: &mut Values<'a>,
    arena: &'a Arena,
) -> Other<usize> {
    let slot = action.slot();
    let Action::ItemValue(_, scalar, choice) = action else {
        return other_number(table, values, slot, value);
    };
    let taken = short_scalar(scalar, choice, slot, value, table, values);
    if let (Other::Value(_), Some(item)) = (&taken, &table.entry(slot).item)
        && values.end_item::<N>(item, scalar == Scalar::Null, arena).is_err()
    {
        return Other::Wrong;
    }
    taken
}

/// Takes a value that is neither a string nor raw JSON.
#[inline(always)]
fn short_scalar(
    scalar: Scalar,
    choice: u16,
    slot: Slot,
    value: &[u8],
    table: &Table,
    values: &mut Values<'_>,
) -> Other<usize> {
    match scalar {
        Scalar::Integer => match number(value, Action::Integer(slot)) {
            Other::Value((integer, length)) => {
                values.set_integer(slot, integer);
                Other::Value(length)
            }
            Other::Wrong => Other::Wrong,
            Other::Gap => Other::Gap,
        },
        Scalar::Number => other_number(table, values, slot, value),
        Scalar::Null => Other::Value("null".len()),
        Scalar::Choice => {
            values.set_choice(slot, choice as u8);
            Other::Value(0)
        }
        Scalar::Text | Scalar::Formatted | Scalar::Other => Other::Wrong,
        Scalar::Raw | Scalar::Rest => Other::Wrong,
    }
}

/// Takes a number of a type other than `i64`. Returns its length.
fn other_number(table: &Table, values: &mut Values<'_>, slot: Slot, value: &[u8]) -> Other<usize> {
    let read = table.number(slot).map(|kept_as| read_number(value, 0, kept_as));
    match read {
        // The number may continue behind the text that the loop was given.
        Some(Ok((number, length))) if length < value.len() && values.set_number(slot, number) => {
            Other::Value(length)
        }
        _ => Other::Wrong,
    }
}

/// Reads a string that is not as expected. It runs on the kernel instead of the instructions at hand, to stay out of
/// the loop.
#[inline(never)]
fn other_text<'a, const N: usize>(
    kernel: Kernel,
    value: &'a [u8],
    gap: &mut Gap<N>,
    scratch: &mut Vec<u8>,
    arena: &'a Arena,
) -> Option<Read<'a>> {
    let read = match gap.note.action {
        Action::SkipText => {
            let end = kernel.run(SkipText { text: value, begin: 0 })?;
            Read { text: "", end }
        }
        _ => kernel.run(ReadText { text: value, begin: 0, scratch, arena })?.ok()?,
    };
    gap.correct(read.end);
    Some(read)
}

/// The offset of a part of a text.
fn offset_in(text: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// The string that `value` begins with, if it is plain and of an expected length.
///
/// # Safety
///
/// `value` has at least `WIDEST` bytes more than the longer of the expected lengths, and at least `WIDEST + 1` bytes.
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn expected_text<'a, I: Instructions, const N: usize>(
    i: I,
    value: &'a [u8],
    gap: &Gap<N>,
) -> Option<&'a str> {
    match gap.expected() {
        // SAFETY: the caller's promise.
        (length, 0) => unsafe { text_of(i, value, length) },
        // SAFETY: the caller's promise.
        _ => unsafe { text_of_either(i, value, gap) },
    }
}

/// The string that `value` begins with, if it is plain and has one of the two expected lengths; or if it is plain and
/// short.
///
/// # Safety
///
/// As for [`expected_text`].
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn text_of_either<'a, I: Instructions, const N: usize>(
    i: I,
    value: &'a [u8],
    gap: &Gap<N>,
) -> Option<&'a str> {
    let (length, other) = gap.expected();
    if length < I::WIDTH {
        // SAFETY: the caller's promise.
        let length = unsafe { plain_length(i, value) };
        // SAFETY: so many are plain, and there is a byte behind the widest vector.
        return unsafe { up_to_quote(value, length) };
    }
    // Nobody can predict which of the two lengths it is; the closing quote tells.
    // SAFETY: the caller's promise.
    let end = unsafe { *value.get_unchecked(length) };
    // SAFETY: it is one of those that the caller speaks of.
    unsafe { text_of(i, value, select_unpredictable(end == b'"', length, other)) }
}

/// The string that `value` begins with, if it is plain and not longer than a few vectors, and if enough text is left to
/// look at.
#[inline(always)]
#[allow(unsafe_code)]
fn text_of_any<I: Instructions>(i: I, value: &[u8]) -> Option<&str> {
    let text: &[u8; MANY] = value.first_chunk()?;
    // A function of its own, to keep it out of the loop.
    let length = i.run(PlainLength { text });
    if length == text.len() {
        return None;
    }
    // SAFETY: they are plain, and there is a byte more.
    unsafe { up_to_quote(value, length) }
}

/// The string that `value` begins with, if it is plain and has this length.
///
/// # Safety
///
/// `length + WIDEST <= value.len()`
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn text_of<I: Instructions>(i: I, value: &[u8], length: usize) -> Option<&str> {
    // SAFETY: the caller's promise.
    if !unsafe { is_plain(i, value, length) } {
        return None;
    }
    // SAFETY: they are plain, and by the caller's promise there is a byte more.
    unsafe { up_to_quote(value, length) }
}

/// The first `length` bytes of a value, if a quote follows them.
///
/// # Safety
///
/// They are plain, and there is a byte more.
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn up_to_quote(value: &[u8], length: usize) -> Option<&str> {
    // SAFETY: the caller's promise.
    let is_it = unsafe { *value.get_unchecked(length) } == b'"';
    // SAFETY: the caller's promise; plain bytes are ASCII, and so UTF-8.
    is_it.then(|| unsafe { str::from_utf8_unchecked(value.get_unchecked(..length)) })
}

#[cfg(test)]
mod tests {
    use super::MOST_TEXT;
    use crate::sample::OrderPage;
    use crate::{Arena, Options, View};

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    struct Names<'a> {
        names: &'a [Name<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(untagged)]
    enum Name<'a> {
        Text(&'a str),
        Number(u8),
    }

    #[test]
    fn texts_of_enums_may_go_on_behind_what_the_loop_is_given() {
        let arena = Arena::new();
        let mut parser = Options::new().parser::<Names<'static>>();
        for length in (0..600).step_by(7) {
            let name = "n".repeat(length);
            let count = 2 * MOST_TEXT / (length + 3) + 2;
            let text = format!("{{\"names\":[{}]}}", vec![format!("\"{name}\""); count].join(","));
            let names = parser.parse(text.as_bytes(), &arena).unwrap().names;
            assert_eq!(names, vec![Name::Text(&name); count]);
        }
    }

    #[test]
    fn what_the_loop_is_given_may_end_anywhere() {
        const ORDER: &str = r#"{"n":1.0,"type":"wholesale-delivery-order-of-goods","id":"j","attributes":{"status":"queued",
            "created_at":"2026-09-04T13:40:00+00:00","total_count":3,"shipped_at":null},"links":{"self":"s"}}"#;
        for zeros in (0..800).step_by(13) {
            let order = ORDER.replace("1.0", &format!("1.{}", "0".repeat(1 + zeros)));
            let page = format!("{{\"data\":[{}]}}", vec![order; 60].join(","));
            assert!(page.len() > 2 * MOST_TEXT);
            let arena = Arena::new();
            for learning in [true, false] {
                let mut parser = Options::new().learning(learning).parser::<OrderPage<'static>>();
                assert_eq!(parser.parse(page.as_bytes(), &arena).unwrap().data.len(), 60);
            }
        }
    }
}
