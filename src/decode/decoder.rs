//! From the first byte of a document to the last: gaps and values in turn.
//!
//! [`by_layout`](Decode::by_layout) is the hot loop. It compares the text with what has been learned, and
//! takes values that look like the last ones did. Whatever does not fit goes to [`miss`](Decode::miss),
//! which looks carefully, then asks the walker, and learns. [`by_walker`](Decode::by_walker) is the same
//! without a layout. All errors come from the walker and the readers of values, from where the value or the
//! gap begins, so that they do not depend on what was learned.
//!
//! The cursor stands before the closing quote of a string, which belongs to the next gap, and after any other
//! value.

#![allow(unsafe_code)]

use super::drift::Drift;
use super::layout::{Gap, Key, Layout, Parts, StateIndex};
use super::number::{read_digits, read_integer};
use super::skip::skip_value;
use super::text::{Quoted, ReadText};
use super::walk::{Action, Step, Walker};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Kernel, Operation, equals, find_special, is_plain};
use crate::schema::{ArenaFull, IdentifierRoom, SlotSet, Values};
use bumpalo::Bump;

/// How far ahead of the cursor memory is asked for, in bytes.
const AHEAD: usize = 4 << 10;

const CACHE_LINE: usize = 64;

/// What decoding works with, and learns from one document for the next.
pub(crate) struct Decoder<'d> {
    pub(crate) walker: Walker,
    pub(crate) kernel: Kernel,
    pub(crate) layout: &'d mut Layout,
    pub(crate) drift: &'d mut Drift,
    pub(crate) room: &'d mut IdentifierRoom,
    /// Where strings are unescaped.
    pub(crate) scratch: &'d mut Vec<u8>,
    /// The number of the document, among all that were decoded.
    pub(crate) document: u64,
}

/// Where the text of a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// At the end of the slice, at the latest.
    Slice,
    /// At the first newline, at the latest. It is looked for only if need be.
    Line,
}

/// Decodes the document that `text` begins with, perhaps after white space, into `values`. Returns where it
/// ends; what follows it is not looked at. The offset of a fault counts from the start of `text`.
pub(crate) fn decode<'a>(
    decoder: &mut Decoder<'_>,
    text: &'a [u8],
    extent: Extent,
    values: &mut Values<'a>,
    arena: &'a Bump,
) -> Result<usize, Fault> {
    let kernel = decoder.kernel;
    kernel.run(Decode { decoder, text, extent, values, arena, misses: 0 })
}

/// A line of NDJSON without its end.
pub(crate) fn line(text: &[u8]) -> &[u8] {
    let line = memchr::memchr(b'\n', text).map_or(text, |newline| &text[..newline]);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// One document under way.
struct Decode<'d, 'p, 'a> {
    decoder: &'d mut Decoder<'p>,
    text: &'a [u8],
    extent: Extent,
    values: &'d mut Values<'a>,
    arena: &'a Bump,
    misses: u32,
}

/// Where decoding goes on.
enum Next {
    /// By what has been learned of a state.
    ByLayout { at: usize, state: StateIndex },
    /// By the walker alone.
    ByWalker { at: usize, key: Key },
    /// Nowhere: the document ends here.
    End(usize),
}

impl Operation for Decode<'_, '_, '_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(mut self, i: I) -> Self::Output {
        self.values.begin();
        let mut next = self.start();
        let end = loop {
            next = match next {
                Next::ByLayout { at, state } => self.by_layout(i, at, state)?,
                Next::ByWalker { at, key } => self.by_walker(at, key)?,
                Next::End(end) => break end,
            };
        };
        self.decoder.room.learn(self.values);
        let present = self.values.present();
        if self.decoder.layout.end_document(self.misses, present) {
            self.decoder.drift.layout_changed(self.decoder.document);
        }
        Ok(end)
    }
}

impl<'a> Decode<'_, '_, 'a> {
    fn start(&mut self) -> Next {
        let layout = &mut self.decoder.layout;
        if layout.is_awake()
            && layout.has_begun()
            && let Some(state) = layout.enter(Key::START)
        {
            return Next::ByLayout { at: 0, state };
        }
        Next::ByWalker { at: 0, key: Key::START }
    }

    /// The hot loop: one gap and one value a turn, until something is not as it was.
    #[inline(always)]
    fn by_layout<I: Instructions>(
        &mut self,
        i: I,
        mut at: usize,
        mut state: StateIndex,
    ) -> Result<Next, Fault> {
        let text = self.text;
        let room = *self.decoder.room;
        let mut present = SlotSet::EMPTY;
        let mut first = self.decoder.layout.first(state);
        let Parts { gaps, pool } = self.decoder.layout.parts();
        'value: loop {
            i.prefetch(text, at + AHEAD);
            i.prefetch(text, at + AHEAD + CACHE_LINE);
            let mut index = first;
            let begin = loop {
                let gap = &gaps[usize::from(index)];
                if text.len() - at < gap.reach {
                    break 'value;
                }
                // SAFETY: `reach` is the length of the pattern and at least `WIDEST` more.
                if unsafe { equals(i, text, at, pool, &gap.pattern) } {
                    break at + gap.pattern.len();
                }
                index = gap.next;
            };
            if index != first {
                let hits = gaps[usize::from(first)].hits;
                if gaps[usize::from(index)].comes_again(hits) {
                    break;
                }
            }
            let gap = &mut gaps[usize::from(index)];
            let end = match gap.action {
                Action::Text(slot) => {
                    // SAFETY: `reach` has room for the expected length and `WIDEST` more.
                    let Some(kept) = (unsafe { plain_text(i, text, begin, gap) }) else { break };
                    self.values.set_text(slot, kept);
                    begin + kept.len()
                }
                Action::Identifier(slot) => {
                    // SAFETY: as for other texts.
                    let Some(kept) = (unsafe { plain_text(i, text, begin, gap) }) else { break };
                    self.values
                        .push_identifier(slot, kept, room, self.arena)
                        .map_err(|ArenaFull| arena_limit(begin))?;
                    begin + kept.len()
                }
                Action::Integer(slot) => {
                    let Some((integer, end)) = read_digits(text, begin) else { break };
                    self.values.set_number(slot, integer);
                    end
                }
                Action::OneOf(slot, choices) => {
                    let end = find_special(i, text, begin);
                    let found = &text[begin..end];
                    let is_found = |choice: &&str| choice.as_bytes() == found;
                    let Some(choice) = choices.iter().position(is_found) else { break };
                    self.values.set_number(slot, choice as i64);
                    end
                }
                Action::Skip { .. } => break,
                Action::End => {
                    present.extend(gap.present);
                    if present.contains(Layout::NEWLINE) && self.extent == Extent::Line {
                        break;
                    }
                    gap.hits += 1;
                    self.values.extend(present);
                    return Ok(Next::End(begin));
                }
            };
            present.extend(gap.present);
            gap.hits += 1;
            at = end;
            state = gap.after;
            first = gap.then;
        }
        self.values.extend(present);
        self.miss(at, state)
    }

    /// Goes over one gap and one value carefully, and learns.
    #[cold]
    #[inline(never)]
    fn miss(&mut self, at: usize, state: StateIndex) -> Result<Next, Fault> {
        let record = self.record();
        let Some(rest) = record.get(at..) else {
            // Gaps with newlines led out of the record.
            self.values.begin();
            return Ok(Next::ByWalker { at: 0, key: Key::START });
        };
        let layout = &mut self.decoder.layout;
        let found = layout.gaps_of(state).find(|&(_, gap)| {
            let bytes = layout.bytes(gap);
            rest.starts_with(bytes) && gap.action.may_begin_with(rest.get(bytes.len()))
        });
        let (action, present, after) = match found {
            Some((index, gap)) => {
                let (begin, action, present, after) =
                    (at + gap.pattern.len(), gap.action, gap.present, gap.after);
                let unknown = gap.unknown;
                if let Action::Skip { .. } = action {
                    self.decoder.drift.unknown_again(unknown);
                }
                let end = self.take(action, begin)?;
                self.decoder.layout.matched(state, index, end - begin);
                (action, present, (end, Some(after)))
            }
            None => {
                let key = layout.key(state);
                let step = self.decoder.walker.step(record, key.walker_at(at), key.state)?;
                self.misses += 1;
                let unknown = self.note_unknown(record, &step);
                let end = self.take(step.action, step.at)?;
                let Decoder { layout, kernel, .. } = &mut *self.decoder;
                let gap = &record[at..step.at];
                let at_once = step.state == key.state;
                let after = layout.learn(*kernel, state, gap, &step, unknown, at_once);
                if after.is_none() && step.action != Action::End {
                    self.values.extend(step.present());
                    return Ok(Next::ByWalker { at: end, key: step.key() });
                }
                (step.action, step.present(), (end, after))
            }
        };
        self.values.extend(present);
        Ok(match after {
            (at, Some(state)) if action != Action::End => Next::ByLayout { at, state },
            (at, _) => Next::End(at),
        })
    }

    /// Goes on without a layout, until one is worth having: from the second item of a list on.
    fn by_walker(&mut self, mut at: usize, mut key: Key) -> Result<Next, Fault> {
        let record = self.record();
        loop {
            let step = self.decoder.walker.step(record, key.walker_at(at), key.state)?;
            let unknown = self.note_unknown(record, &step);
            let end = self.take(step.action, step.at)?;
            self.values.extend(step.present());
            if step.action == Action::End {
                return Ok(Next::End(end));
            }
            let Decoder { layout, kernel, .. } = &mut *self.decoder;
            if step.state == key.state
                && layout.is_awake()
                && let Some(state) = layout.enter(key)
                && let Some(state) =
                    layout.learn(*kernel, state, &record[at..step.at], &step, unknown, true)
            {
                return Ok(Next::ByLayout { at: end, state });
            }
            (at, key) = (end, step.key());
        }
    }

    /// The text, as far as the record can reach.
    fn record(&mut self) -> &'a [u8] {
        if self.extent == Extent::Line {
            self.text = line(self.text);
            self.extent = Extent::Slice;
        }
        self.text
    }

    /// Counts an unknown member, if that is what follows.
    fn note_unknown(&mut self, record: &[u8], step: &Step) -> u8 {
        let (Action::Skip { .. }, Some((container, name))) = (step.action, step.unknown) else {
            return Drift::OTHERS;
        };
        let Decoder { walker, drift, document, .. } = &mut *self.decoder;
        match Quoted::read(record, name) {
            Ok(name) => drift.unknown(walker.table, container, name, *document),
            Err(_) => Drift::OTHERS,
        }
    }

    /// Takes any value, the one that begins at `begin`. Returns where the cursor is after it.
    fn take(&mut self, action: Action, begin: usize) -> Result<usize, Fault> {
        match action {
            Action::Text(slot) => {
                let (text, end) = self.text(begin)?;
                self.values.set_text(slot, text);
                Ok(end)
            }
            Action::Identifier(slot) => {
                let (text, end) = self.text(begin)?;
                let room = *self.decoder.room;
                let pushed = self.values.push_identifier(slot, text, room, self.arena);
                pushed.map_err(|ArenaFull| arena_limit(begin))?;
                Ok(end)
            }
            Action::Integer(slot) => {
                let (integer, end) = match read_digits(self.text, begin) {
                    Some(read) => read,
                    None => read_integer(self.record(), begin)?,
                };
                self.values.set_number(slot, integer);
                Ok(end)
            }
            Action::OneOf(slot, choices) => {
                let quoted = Quoted::read(self.record(), begin)?;
                let Some(choice) = choices.iter().position(|choice| quoted.denotes(choice)) else {
                    let expected = Expected::OneOf(choices);
                    return Err(Fault::expecting(ErrorKind::NotInEnum, begin - 1, expected));
                };
                self.values.set_number(slot, choice as i64);
                Ok(quoted.end - 1)
            }
            Action::Skip { depth } => {
                skip_value(self.record(), begin, depth, self.decoder.walker.max_depth)
            }
            Action::End => Ok(begin),
        }
    }

    /// The string that begins at `begin`, kept, and where its closing quote is.
    fn text(&mut self, begin: usize) -> Result<(&'a str, usize), Fault> {
        let Decoder { kernel, scratch, .. } = &mut *self.decoder;
        let read = ReadText { text: self.text, begin, scratch, arena: self.arena };
        match kernel.run(read) {
            Some(read) => read.map_err(|ArenaFull| arena_limit(begin)),
            // The reference says what is wrong.
            None => {
                let quoted = Quoted::read(self.record(), begin)?;
                let kept = quoted.keep(self.arena).ok_or(arena_limit(begin))?;
                Ok((kept, quoted.end - 1))
            }
        }
    }
}

/// There was no room for the string that begins at `begin`.
fn arena_limit(begin: usize) -> Fault {
    Fault::new(ErrorKind::ArenaLimit, begin - 1)
}

/// The string that begins at `begin`, if it is plain ASCII without escapes.
///
/// # Safety
///
/// `begin + gap.expected + WIDEST <= text.len()`
#[inline(always)]
unsafe fn plain_text<'a, I: Instructions>(
    i: I,
    text: &'a [u8],
    begin: usize,
    gap: &mut Gap,
) -> Option<&'a str> {
    let mut length = gap.expected as usize;
    // SAFETY: the caller's promise.
    if !unsafe { is_plain(i, text, begin, length) } {
        length = find_special(i, text, begin) - begin;
        gap.correct(length);
    }
    if text.get(begin + length) != Some(&b'"') {
        return None;
    }
    // SAFETY: `begin + length <= text.len()`, and the bytes before the first special one are ASCII.
    Some(unsafe { str::from_utf8_unchecked(text.get_unchecked(begin..begin + length)) })
}
