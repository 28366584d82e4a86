//! The state of one document while it is decoded, and how each value is taken.

use super::drift::Drift;
use super::gap::StateIndex;
use super::number::{integer_of, read_digits, read_integer, read_number, skip_number};
use super::progress::Misses;
use super::short::more_items;
use super::skip::{SkipValue, skip_literal};
use super::text::{Quoted, Read, ReadText, SkipText};
use super::track::Track;
use super::walk::{Action, Place, Scalar, Step, Unknown, integer_or_text};
use crate::arena::{Arena, ArenaFull};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Index, Kernel};
use crate::schema::{NotEnded, Number, Slot, Table, Values};

/// The state that documents of all tables share.
#[derive(Clone, Debug)]
pub(super) struct Common {
    pub(super) kernel: Kernel,
    pub(super) drift: Drift,
    /// The buffer for unescaping strings.
    pub(super) scratch: Vec<u8>,
    /// Memory for documents that are read by index; allocated for the first one.
    pub(super) index: Option<Box<Index>>,
    /// How many documents there have been before.
    pub(super) documents: u64,
}

/// How far a record can reach in the text that it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// To the end of the slice at most.
    Slice,
    /// To the first newline at most. The newline is searched for only if necessary.
    Line,
    /// This many bytes at most: a newline follows.
    LineOf(usize),
}

impl Extent {
    /// The record that a text begins with, as far as it can reach; if `text` is only part of it, that part.
    pub(crate) fn of(self, text: &[u8]) -> &[u8] {
        match self {
            Self::Slice => text,
            Self::Line => line(text),
            Self::LineOf(length) => &text[..length.min(text.len())],
        }
    }

    /// The extent of what begins this many bytes further on.
    pub(crate) fn from(self, begin: usize) -> Self {
        match self {
            Self::LineOf(length) => Self::LineOf(length - begin),
            Self::Slice | Self::Line => self,
        }
    }
}

/// A line of NDJSON without its line ending.
pub(crate) fn line(text: &[u8]) -> &[u8] {
    let line = memchr::memchr(b'\n', text).map_or(text, |newline| &text[..newline]);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// A document that is being decoded.
pub(super) struct Decode<'d, 'a, const N: usize> {
    /// The index of its table.
    pub(super) table: u8,
    pub(super) track: &'d mut Track<N>,
    pub(super) common: &'d mut Common,
    pub(super) text: &'a [u8],
    pub(super) extent: Extent,
    /// If the extent is a line, that line, once its end has been searched for.
    pub(super) line: Option<&'a [u8]>,
    pub(super) values: &'d mut Values<'a>,
    pub(super) arena: &'a Arena,
    /// The cursor.
    pub(super) at: usize,
    /// Where the current raw JSON begins.
    pub(super) raw: usize,
    pub(super) stage: Stage,
    pub(super) misses: Misses,
}

/// How to continue.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    /// By layout, from a known state.
    ByLayout(StateIndex),
    /// By walker, and learn from it, because the place may be unknown.
    New(Place),
    /// By walker, without learning.
    ByWalker(Place),
    /// The document is complete.
    End,
}

impl<'a, const N: usize> Decode<'_, 'a, N> {
    /// Takes the value that a step led to. If an unknown member came, returns its number in the drift.
    #[inline(always)]
    pub(super) fn take_after(
        &mut self,
        record: &[u8],
        step: &Step<N>,
    ) -> Result<Option<u8>, Fault> {
        let unknown = self.note_unknown(record, step.unknown);
        if let Some(raw) = step.raw {
            self.raw = raw;
        }
        self.values.set_seen(step.state.seen);
        self.at = self.take(step.action, step.at)?;
        Ok(unknown)
    }

    /// Counts the unknown member, if one came. Returns its number in the drift.
    #[inline(always)]
    pub(super) fn note_unknown(&mut self, record: &[u8], unknown: Option<Unknown>) -> Option<u8> {
        let Unknown { container, plain, begin } = unknown?;
        let place = (self.table, container);
        let Common { drift, documents, .. } = &mut self.common;
        let table = self.track.walker.table;
        Some(match plain {
            0 => drift.unknown(table, place, Quoted::read(record, begin).ok()?, *documents),
            length => {
                let name = &record[begin..begin + usize::from(length)];
                drift.unknown_name(table, place, name, *documents)
            }
        })
    }

    /// The text, as far as the record can reach.
    pub(super) fn record(&mut self) -> &'a [u8] {
        match self.extent {
            // `self.text` stays as it is: code that need not stop at the end of the line may read past it, which is
            // faster.
            Extent::Line => self.line.get_or_insert_with(|| line(self.text)),
            extent => extent.of(self.text),
        }
    }

    /// Takes the value that begins at `begin`, whatever its type. Returns the new cursor.
    #[inline(always)]
    pub(super) fn take(&mut self, action: Action, begin: usize) -> Result<usize, Fault> {
        match action {
            Action::Text(slot) => {
                let (text, end) = self.text(begin)?;
                self.values.set_text(slot, text);
                Ok(end)
            }
            Action::Identifier(slot) => {
                // Make room before a text is put into the arena, so that the arena is unchanged if there is no room.
                let made = self.values.make_room(slot, self.arena);
                made.map_err(|ArenaFull| arena_limit(begin))?;
                let (text, end) = self.text(begin)?;
                self.values.push_text(text);
                Ok(end)
            }
            Action::Integer(slot) => {
                let word = self.text.get(begin..).and_then(|rest| rest.first_chunk());
                let read = match word {
                    Some(&word) => read_digits(u64::from_le_bytes(word)),
                    None => None,
                };
                let (integer, end) = match read {
                    Some((integer, length)) => (integer, begin + length),
                    None => read_integer(self.record(), begin)?,
                };
                self.values.set_integer(slot, integer);
                Ok(end)
            }
            Action::Number(slot) => self.number(slot, begin),
            Action::ItemValue(slot, scalar, number) => self.item(slot, scalar, number, begin),
            Action::Variant(slot, scalar, number) => self.variant(slot, scalar, number, begin),
            Action::QuotedInteger(slot) => {
                let quoted = Quoted::read(self.record(), begin)?;
                let integer = integer_of(quoted.characters());
                let entry = self.track.walker.table.entry(slot);
                let expected = Expected::Words(integer_or_text(entry));
                let fault = |kind| Fault::expecting(kind, begin - 1, expected);
                self.values.set_integer(slot, integer.map_err(fault)?);
                Ok(quoted.end)
            }
            Action::Formatted(slot) => {
                let (text, end) = self.text(begin)?;
                if let Some(format) = self.track.walker.table.format(slot)
                    && !format.admits(text)
                {
                    let expected = Expected::Words(format.name());
                    return Err(Fault::expecting(ErrorKind::InvalidFormat, begin - 1, expected));
                }
                self.values.set_text(slot, text);
                Ok(end)
            }
            Action::Null(slot) => {
                self.values.set_null(slot);
                Ok(begin + "null".len())
            }
            Action::Choice(slot, choice) | Action::Late(slot, choice) => {
                self.values.set_choice(slot, choice);
                Ok(begin)
            }
            Action::Other(slot, length) => {
                let (text, _) = self.text(begin - 1 - usize::from(length))?;
                self.values.set_other(slot, text);
                Ok(begin)
            }
            Action::Skip { depth } => {
                let bytes = self.record();
                let max_depth = self.track.walker.max_depth;
                self.common.kernel.run(SkipValue { bytes, at: begin, depth, max_depth })
            }
            Action::Raw(slot, depth) => {
                let end = self.take(Action::Skip { depth }, begin)?;
                self.keep_raw(slot, begin, end)
            }
            Action::RawEnd(slot) => self.keep_raw(slot, self.raw, begin),
            Action::Item(slot) => self.end_item(slot, false, begin),
            Action::ListEnd(slot) => self.end_list(slot, begin),
            Action::SkipText => {
                let record = self.record();
                match self.common.kernel.run(SkipText { text: record, begin }) {
                    Some(length) => Ok(begin + length),
                    None => Quoted::read(record, begin).map(|quoted| quoted.end - 1),
                }
            }
            Action::SkipNumber => skip_number(self.record(), begin),
            Action::SkipLiteral => skip_literal(self.record(), begin),
            Action::SkipNothing | Action::End => Ok(begin),
        }
    }

    /// Takes a value that is a whole item. Returns where it ends.
    #[inline(never)]
    fn item(
        &mut self,
        slot: Slot,
        scalar: Scalar,
        number: u16,
        begin: usize,
    ) -> Result<usize, Fault> {
        if scalar == Scalar::Rest {
            let (name, _) = self.text(name_before(self.text, begin))?;
            self.values.set_text(Table::name_of(slot), name);
        }
        let end = self.take(scalar.action(slot, number), begin)?;
        let end = self.end_item(slot, scalar == Scalar::Null, end)?;
        let rest = &self.text[end..];
        let separator: &[u8] = if rest.starts_with(b", ") { b", " } else { b"," };
        Ok(end + more_items(self.values, slot, rest, separator, self.arena))
    }

    /// Takes a value that is the whole content of a variant. Returns where it ends.
    #[inline(never)]
    fn variant(
        &mut self,
        slot: Slot,
        scalar: Scalar,
        number: u16,
        begin: usize,
    ) -> Result<usize, Fault> {
        self.values.set_variant(slot);
        let end = match scalar {
            Scalar::Null => begin + "null".len(),
            _ => self.take(scalar.action(slot, number), begin)?,
        };
        match self.track.walker.table.entry(slot).item {
            Some(_) => self.end_item(slot, false, end),
            None => Ok(end),
        }
    }

    /// Keeps a number of a type other than `i64`. Returns where it ends.
    #[inline(never)]
    fn number(&mut self, slot: Slot, begin: usize) -> Result<usize, Fault> {
        let Some(kept_as) = self.track.walker.table.number(slot) else { return Ok(begin) };
        let (number, end) = read_number(self.record(), begin, kept_as)?;
        match self.values.set_number(slot, number) {
            true => Ok(end),
            false => Err(out_of_range(kept_as, begin)),
        }
    }

    /// Keeps raw JSON. It has been checked already, but the compiler cannot know that, so its UTF-8 is checked here.
    fn keep_raw(&mut self, slot: Slot, begin: usize, end: usize) -> Result<usize, Fault> {
        let raw = raw_text(self.text, begin, end);
        self.values.set_text(slot, raw.ok_or(Fault::new(ErrorKind::InvalidUtf8, begin))?);
        Ok(end)
    }

    /// Ends an item. It ends at `end` in the text.
    #[inline(always)]
    fn end_item(&mut self, slot: Slot, is_null: bool, end: usize) -> Result<usize, Fault> {
        if let Some(item) = &self.track.walker.table.entry(slot).item {
            self.values
                .end_item::<N>(item, is_null, self.arena)
                .map_err(|ArenaFull| arena_limit(end))?;
        }
        // The walker alone neither knows items nor learns them.
        if !matches!(self.stage, Stage::ByWalker(_)) {
            self.misses.end_item();
        }
        Ok(end)
    }

    /// Ends an array of fixed length. It ends at `end` in the text.
    #[inline(never)]
    fn end_list(&mut self, slot: Slot, end: usize) -> Result<usize, Fault> {
        self.values.end_list::<N>(slot, self.arena).map_err(|why| match why {
            NotEnded::Count { wanted, found } => {
                let expected = Expected::Items { wanted, found };
                Fault::expecting(ErrorKind::WrongLength, end - 1, expected)
            }
            NotEnded::ArenaFull => arena_limit(end),
        })?;
        if self.track.walker.table.entry(slot).item.is_some()
            && !matches!(self.stage, Stage::ByWalker(_))
        {
            self.misses.end_item();
        }
        Ok(end)
    }

    /// Keeps the string that begins at `begin`. Also returns where its closing quote is.
    #[inline(never)]
    fn text(&mut self, begin: usize) -> Result<(&'a str, usize), Fault> {
        let Common { kernel, scratch, .. } = &mut *self.common;
        match kernel.run(ReadText { text: self.text, begin, scratch, arena: self.arena }) {
            Some(Ok(Read { text, end })) => Ok((text, end)),
            Some(Err(ArenaFull)) => Err(arena_limit(begin)),
            None => {
                let (text, end) = read_carefully(self.record(), begin, self.arena)?;
                Ok((text, end - 1))
            }
        }
    }
}

/// Where the name of a member begins, after its quote. The value of the member begins at `value`.
fn name_before(text: &[u8], value: usize) -> usize {
    let quote = |end: usize| text[..end].iter().rposition(|&byte| byte == b'"').unwrap_or(0);
    let is_escaped = |quote: usize| {
        let before = text[..quote].iter().rev();
        before.take_while(|&&byte| byte == b'\\').count() % 2 == 1
    };
    // No other unescaped quote stands between the two quotes of the name.
    let mut begin = quote(quote(value));
    while is_escaped(begin) {
        begin = quote(begin);
    }
    begin + 1
}

/// The fault for an integer that does not fit its type.
#[cold]
fn out_of_range(kept_as: Number, begin: usize) -> Fault {
    Fault::expecting(ErrorKind::IntegerOutOfRange, begin, Expected::Type(kept_as.name()))
}

/// Keeps the string that begins at `begin`, with the reference reader, which finds any fault. Returns the offset after
/// its closing quote.
pub(super) fn read_carefully<'a>(
    bytes: &'a [u8],
    begin: usize,
    arena: &'a Arena,
) -> Result<(&'a str, usize), Fault> {
    let quoted = Quoted::read(bytes, begin)?;
    let kept = quoted.keep(arena).ok_or(arena_limit(begin))?;
    Ok((kept, quoted.end))
}

/// The text between two offsets, as UTF-8.
#[inline(never)]
pub(super) fn raw_text(text: &[u8], begin: usize, end: usize) -> Option<&str> {
    text.get(begin..end).and_then(|raw| simdutf8::basic::from_utf8(raw).ok())
}

/// The fault for a string that the arena has no room for.
pub(super) fn arena_limit(begin: usize) -> Fault {
    Fault::new(ErrorKind::ArenaLimit, begin - 1)
}
