//! From the first byte of a document to the last: gaps and values in turn.
//!
//! [`by_layout`](Decode::by_layout) is the hot loop. It compares the text with what has been learned, and
//! takes values that look like the last ones did. Whatever does not fit goes to
//! [`overcome`](Decode::overcome), which looks carefully, then asks the walker, and learns.
//! [`by_walker`](Decode::by_walker) is the same without a layout. All errors come from the walker and the
//! readers of values, from where the value or the gap begins, so that they do not depend on what was learned.
//!
//! The cursor stands before the closing quote of a string, which belongs to the next gap, and after any other
//! value.

use super::drift::Drift;
use super::layout::{Gap, GapIndex, Layout, Parts, StateIndex};
use super::learned::Learned;
use super::number::{integer_of, read_digits, read_integer};
use super::skip::SkipValue;
use super::text::{Quoted, Read, ReadText, read_plain};
use super::walk::{Action, INTEGER_OR_TEXT, Key, Sink, Step, Walker};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Kernel, Operation, equals, is_plain, word};
use crate::options::Options;
use crate::schema::{ArenaFull, Room, Slot, Table, Values, is_timestamp};
use bumpalo::Bump;
use std::hint::select_unpredictable;

/// How many gaps that are not known make a document one that nothing can be learned from.
const MOST_MISSES: u32 = 64;

/// How many items of a list go by before it is learned from the first document on.
const LONG_LIST: u32 = 16;

/// What decoding works with, and learns from one document for the next.
#[derive(Clone, Debug)]
pub(crate) struct Decoder {
    /// One for each table.
    tracks: Vec<Track>,
    kernel: Kernel,
    drift: Drift,
    /// Where strings are unescaped.
    scratch: Vec<u8>,
    /// How many documents there were.
    documents: u64,
}

/// What is known of the documents of one table.
#[derive(Clone, Debug)]
pub(super) struct Track {
    pub(super) walker: Walker,
    pub(super) layout: Layout,
    room: Room,
}

/// Where the text of a record ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// At the end of the slice, at the latest.
    Slice,
    /// At the first newline, at the latest. It is looked for only if need be.
    Line,
}

impl Decoder {
    /// For documents of these tables.
    pub(crate) fn new(tables: &[&'static Table], options: &Options) -> Self {
        let track = |table: &&'static Table| Track {
            walker: Walker::new(table, options),
            layout: Layout::new(options.learning),
            room: Room::default(),
        };
        Self {
            tracks: tables.iter().map(track).collect(),
            kernel: options.kernel.unwrap_or_default(),
            drift: Drift::default(),
            scratch: Vec::new(),
            documents: 0,
        }
    }

    pub(crate) fn kernel(&self) -> Kernel {
        self.kernel
    }

    pub(crate) fn learned(&self) -> Learned<'_> {
        Learned::new(&self.tracks)
    }

    pub(crate) fn drift(&self) -> &Drift {
        &self.drift
    }

    /// Counts a document that is rejected without a look into it.
    pub(crate) fn pass_over(&mut self) {
        self.documents += 1;
    }

    /// Says that the document before is to be decoded once more.
    pub(crate) fn uncount(&mut self) {
        self.documents -= 1;
        self.drift.take_back(self.documents);
    }

    /// The text that a string denotes, whose opening quote is the byte before `begin`: where it stands, or unescaped
    /// in the arena. Also returns where the string ends.
    pub(crate) fn text<'a>(
        &mut self,
        bytes: &'a [u8],
        begin: usize,
        arena: &'a Bump,
    ) -> Result<(&'a str, usize), Fault> {
        let scratch = &mut self.scratch;
        match self.kernel.run(ReadText { text: bytes, begin, scratch, arena }) {
            Some(Ok(Read { text, end })) => Ok((text, end + 1)),
            Some(Err(ArenaFull)) => Err(arena_limit(begin)),
            None => read_carefully(bytes, begin, arena),
        }
    }

    /// Decodes the document that `text` begins with, perhaps after white space, into `values`. Returns where
    /// it ends; what follows it is not looked at. The offset of a fault counts from the start of `text`. `table` is
    /// the index of one of the decoder's.
    pub(crate) fn decode<'a>(
        &mut self,
        table: usize,
        text: &'a [u8],
        extent: Extent,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<usize, Fault> {
        let Self { tracks, kernel, drift, scratch, documents } = self;
        let Track { walker, layout, room } = &mut tracks[table];
        values.begin(room);
        let document = *documents;
        *documents += 1;
        kernel.run(Decode {
            table: table as u8,
            walker: *walker,
            layout,
            kernel: *kernel,
            drift,
            room,
            scratch,
            document,
            text,
            extent,
            values,
            arena,
            at: 0,
            stage: Stage::ByWalker(Key::START),
            misses: Misses::default(),
        })
    }
}

/// A line of NDJSON without its end.
pub(crate) fn line(text: &[u8]) -> &[u8] {
    let line = memchr::memchr(b'\n', text).map_or(text, |newline| &text[..newline]);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// One document under way.
struct Decode<'d, 'a> {
    /// The index of the walker's table.
    table: u8,
    walker: Walker,
    layout: &'d mut Layout,
    kernel: Kernel,
    drift: &'d mut Drift,
    room: &'d mut Room,
    scratch: &'d mut Vec<u8>,
    /// Its number.
    document: u64,
    text: &'a [u8],
    extent: Extent,
    values: &'d mut Values<'a>,
    arena: &'a Bump,
    /// The cursor.
    at: usize,
    stage: Stage,
    misses: Misses,
}

/// How many gaps of a document were not known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Misses {
    pub(super) all: u32,
    /// Those since an item came that was known as a whole.
    pub(super) recent: u32,
    /// All of them before the present item.
    before_item: u32,
}

impl Misses {
    fn add(&mut self) {
        self.all = self.all.saturating_add(1);
        self.recent = self.recent.saturating_add(1);
    }

    /// Ends an item. One that was known shows that learning pays, whatever came before.
    #[inline(always)]
    fn end_item(&mut self) {
        if self.all == self.before_item {
            self.recent = 0;
        }
        self.before_item = self.all;
    }
}

/// How decoding goes on.
#[derive(Clone, Copy)]
enum Stage {
    /// By what has been learned of a state.
    ByLayout(StateIndex),
    /// By the walker alone.
    ByWalker(Key),
    /// The document is complete.
    End,
}

/// Why the hot loop has stopped.
#[derive(Clone, Copy)]
enum Obstacle {
    /// None of the gaps of the state has come.
    UnknownGap(StateIndex),
    /// This gap has come, and after it something that needs a closer look.
    Value(GapIndex),
    /// It may be any gap of the state: there is not enough text to compare with, or they are not in the best
    /// order.
    AnyGap(StateIndex),
}

impl Operation for Decode<'_, '_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(mut self, i: I) -> Self::Output {
        // A gap with a newline would lead out of the line.
        if self.layout.has_newlines() {
            self.record();
        }
        if self.layout.is_awake() && self.layout.has_begun() {
            self.stage = Stage::ByLayout(self.layout.begin());
        }
        let outcome = self.run_to_end(i);
        let is_changed = self.layout.end_document(self.misses, self.values);
        self.room.learn(self.values);
        outcome.map(|()| {
            if is_changed {
                self.drift.layout_changed(self.document);
            }
            self.at
        })
    }
}

impl<'a> Decode<'_, 'a> {
    #[inline(always)]
    fn run_to_end<I: Instructions>(&mut self, i: I) -> Result<(), Fault> {
        loop {
            match self.stage {
                Stage::ByLayout(state) => match self.by_layout(i, state) {
                    Some(obstacle) => self.overcome(obstacle)?,
                    None => return Ok(()),
                },
                Stage::ByWalker(key) => self.by_walker(i, key)?,
                Stage::End => return Ok(()),
            }
        }
    }

    /// The hot loop: one gap and one value a turn, until something is not as it was, or the document ends.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn by_layout<I: Instructions>(&mut self, i: I, state: StateIndex) -> Option<Obstacle> {
        let text = self.text;
        let kernel = self.kernel;
        let values = &mut *self.values;
        // The invariant of the loop: the subtraction below, and all that relies on it, needs it.
        let mut at = self.at;
        assert!(at <= text.len());
        let mut index = self.layout.first(state);
        let Parts { gaps, pool } = self.layout.parts();
        let mut present = values.present();
        let obstacle = 'value: loop {
            let gap = loop {
                let gap = &mut gaps[usize::from(index)];
                if text.len() - at < gap.reach {
                    break 'value match gap.is_end() {
                        true => Some(Obstacle::UnknownGap(gap.state)),
                        false => Some(Obstacle::AnyGap(gap.state)),
                    };
                }
                // SAFETY: `at <= text.len()`, and the text has `reach` bytes from there on, which is the length
                // of the pattern and at least `WIDEST` more; the layout's patterns are in its pool.
                if unsafe { equals(i, text, at, pool, &gap.pattern) } {
                    break gap;
                }
                if gap.is_first && gap.failed() {
                    break 'value Some(Obstacle::AnyGap(gap.state));
                }
                index = gap.next;
            };
            let begin = at + gap.pattern.len();
            let end = if gap.is_string {
                // Room first, or the text would be put into the arena twice where there is none.
                if let Action::Identifier(slot) = gap.action
                    && !values.has_room(slot)
                    && values.make_room(slot, self.arena).is_err()
                {
                    break Some(Obstacle::Value(index));
                }
                // SAFETY: after the pattern, the text goes on for either length and `WIDEST` bytes more: that too
                // is in `reach`.
                let (kept, end) = match unsafe { expected_text(i, text, begin, gap) } {
                    Some(kept) => (kept, begin + kept.len()),
                    None => {
                        let scratch = &mut *self.scratch;
                        let read = ReadText { text, begin, scratch, arena: self.arena };
                        // By the kernel and not by `i`, to keep it out of the loop.
                        let Some(Ok(Read { text, end })) = kernel.run(read) else {
                            break Some(Obstacle::Value(index));
                        };
                        gap.correct(end - begin);
                        (text, end)
                    }
                };
                match gap.action {
                    Action::Identifier(_) => values.push_identifier(kept),
                    _ => values.set_text(gap.slot, kept),
                }
                end
            } else {
                match gap.action {
                    Action::Integer(slot) => {
                        // SAFETY: the text goes on for `WIDEST` bytes after the pattern, as above.
                        let read = read_digits(unsafe { word(text, begin) });
                        let Some((integer, length)) = read else {
                            break Some(Obstacle::Value(index));
                        };
                        values.set_number(slot, integer);
                        begin + length
                    }
                    Action::Choice(slot, choice) => {
                        values.set_number(slot, choice.into());
                        begin
                    }
                    Action::Item(slot) => {
                        // What it opened and closed is gone after it.
                        present.extend(gap.present);
                        values.extend(present);
                        if let Some(item) = &self.walker.table.entry(slot).item
                            && values.end_item(item, self.arena).is_err()
                        {
                            break Some(Obstacle::Value(index));
                        }
                        present = values.present();
                        self.misses.end_item();
                        gap.hits += 1;
                        at = begin;
                        index = gap.then;
                        continue;
                    }
                    Action::End => {
                        present.extend(gap.present);
                        gap.hits += 1;
                        at = begin;
                        break None;
                    }
                    _ => break Some(Obstacle::Value(index)),
                }
            };
            present.extend(gap.present);
            gap.hits += 1;
            at = end;
            index = gap.then;
        };
        self.at = at;
        values.extend(present);
        obstacle
    }

    /// Goes over one gap and one value carefully, and learns.
    #[inline(never)]
    fn overcome(&mut self, obstacle: Obstacle) -> Result<(), Fault> {
        let layout = &*self.layout;
        let rest = &self.text[self.at..];
        let fits = |gap: &Gap| {
            let bytes = layout.bytes(gap);
            rest.starts_with(bytes) && gap.action.may_begin_with(rest.get(bytes.len()))
        };
        let any_of = |state| layout.gaps_of(state).find(|(_, gap)| fits(gap));
        let (found, state) = match obstacle {
            Obstacle::UnknownGap(state) => (None, state),
            Obstacle::AnyGap(state) => (any_of(state), state),
            Obstacle::Value(index) => match layout.gap(index) {
                gap if fits(gap) => (Some((index, gap)), gap.state),
                gap => (any_of(gap.state), gap.state),
            },
        };
        let found = found.map(|(index, &gap)| (index, gap));
        if let Obstacle::Value(index) = obstacle
            && found.is_none_or(|(found, _)| found != index)
        {
            self.layout.gap_failed(index);
        }
        match found {
            Some((index, gap)) => self.known(index, gap),
            None => self.unknown(state),
        }
    }

    /// Takes the value that follows a known gap.
    fn known(&mut self, index: GapIndex, gap: Gap) -> Result<(), Fault> {
        let begin = self.at + gap.pattern.len();
        if let Action::Skip { .. } = gap.action {
            self.drift.unknown_again(gap.unknown, self.document);
        }
        self.values.extend(gap.present);
        self.at = self.take(gap.action, begin)?;
        self.layout.matched(index, self.at - begin);
        self.stage = match gap.action {
            Action::End => Stage::End,
            _ => Stage::ByLayout(gap.after),
        };
        Ok(())
    }

    /// Asks the walker, takes the value, and learns.
    #[cold]
    fn unknown(&mut self, state: StateIndex) -> Result<(), Fault> {
        let record = self.record();
        let begin = self.at;
        let key = self.layout.key(state);
        let walker = self.walker;
        let step = walker.step(record, key.walker_at(begin), key.state)?;
        self.take_after(record, &step)?;
        // What was forgotten on the way says nothing about the document.
        if !self.layout.has_forgotten() {
            self.misses.add();
        }
        let after = match self.misses.recent < MOST_MISSES {
            true => {
                let is_list = step.goes_on_with_list(key.state);
                self.learn(state, &record[begin..step.at], &step, is_list)
            }
            false => None,
        };
        self.stage = match after {
            _ if step.action == Action::End => Stage::End,
            Some(state) => Stage::ByLayout(state),
            None => Stage::ByWalker(step.key()),
        };
        Ok(())
    }

    /// Goes on without a layout, until one is worth having.
    #[inline(always)]
    fn by_walker<I: Instructions>(&mut self, i: I, key: Key) -> Result<(), Fault> {
        let record = self.record();
        let walker = self.walker;
        let begin = self.at;
        let mut values = ByWalker { decode: self, i, record, key, begin, identifiers: 0, items: 0 };
        walker.walk(i, record, key.walker_at(begin), key.state, &mut values)
    }

    /// Takes the value that a step has led to.
    #[inline(always)]
    fn take_after(&mut self, record: &[u8], step: &Step) -> Result<(), Fault> {
        if let Some((container, name)) = step.unknown
            && let Ok(name) = Quoted::read(record, name)
        {
            self.drift.unknown(self.walker.table, (self.table, container), name, self.document);
        }
        self.values.extend(step.present());
        self.at = self.take(step.action, step.at)?;
        Ok(())
    }

    /// Learns that a step followed a gap. Returns the state after it, unless all was forgotten.
    fn learn(
        &mut self,
        state: StateIndex,
        gap: &[u8],
        step: &Step,
        at_once: bool,
    ) -> Option<StateIndex> {
        self.layout.learn(self.kernel, state, gap, step, self.drift.latest(), at_once)
    }

    /// The text, as far as the record can reach.
    fn record(&mut self) -> &'a [u8] {
        if self.extent == Extent::Line {
            self.text = line(self.text);
            self.extent = Extent::Slice;
        }
        self.text
    }

    /// Takes any value, the one that begins at `begin`. Returns where the cursor is after it.
    #[inline(always)]
    fn take(&mut self, action: Action, begin: usize) -> Result<usize, Fault> {
        match action {
            Action::Text(slot) => {
                let (text, end) = self.text(begin)?;
                self.values.set_text(slot, text);
                Ok(end)
            }
            Action::Identifier(slot) => {
                // Before there is a text in the arena: a record that finds no room leaves it as it was.
                let made = self.values.make_room(slot, self.arena);
                made.map_err(|ArenaFull| arena_limit(begin))?;
                let (text, end) = self.text(begin)?;
                self.values.push_identifier(text);
                Ok(end)
            }
            Action::Integer(slot) => {
                let word = self.text.get(begin..).and_then(|rest| rest.first_chunk());
                let (integer, end) = match word.and_then(|&w| read_digits(u64::from_le_bytes(w))) {
                    Some((integer, length)) => (integer, begin + length),
                    None => read_integer(self.record(), begin)?,
                };
                self.values.set_number(slot, integer);
                Ok(end)
            }
            Action::QuotedInteger(slot) => {
                let quoted = Quoted::read(self.record(), begin)?;
                let integer = integer_of(quoted.characters());
                let expected = Expected::Words(INTEGER_OR_TEXT);
                let fault = |kind| Fault::expecting(kind, begin - 1, expected);
                self.values.set_number(slot, integer.map_err(fault)?);
                Ok(quoted.end)
            }
            Action::Timestamp(slot) => {
                let (text, end) = self.text(begin)?;
                if !is_timestamp(text) {
                    let expected = Expected::Words("an RFC 3339 date and time");
                    return Err(Fault::expecting(ErrorKind::NotATimestamp, begin - 1, expected));
                }
                self.values.set_text(slot, text);
                Ok(end)
            }
            Action::Choice(slot, choice) => {
                self.values.set_number(slot, choice.into());
                Ok(begin)
            }
            Action::Other(slot, length) => {
                let (text, _) = self.text(begin - 1 - usize::from(length))?;
                self.values.set_number(slot, Values::OTHER);
                self.values.set_text(slot, text);
                Ok(begin)
            }
            Action::Skip { depth } => {
                let bytes = self.record();
                let max_depth = self.walker.max_depth;
                self.kernel.run(SkipValue { bytes, at: begin, depth, max_depth })
            }
            Action::Raw(slot, depth) => {
                let end = self.take(Action::Skip { depth: depth.into() }, begin)?;
                // It has been checked, but not in a way that the compiler can see.
                let raw = str::from_utf8(&self.text[begin..end]);
                let raw = raw.map_err(|_| Fault::new(ErrorKind::InvalidUtf8, begin))?;
                self.values.set_text(slot, raw);
                Ok(end)
            }
            Action::Item(slot) => self.end_item(slot, begin),
            Action::End => Ok(begin),
        }
    }

    /// Ends an item, which ends at `end`.
    #[inline(always)]
    fn end_item(&mut self, slot: Slot, end: usize) -> Result<usize, Fault> {
        if let Some(item) = &self.walker.table.entry(slot).item {
            self.values.end_item(item, self.arena).map_err(|ArenaFull| arena_limit(end))?;
        }
        // To the walker, nothing is known and nothing new.
        if let Stage::ByLayout(_) = self.stage {
            self.misses.end_item();
        }
        Ok(end)
    }

    /// The string that begins at `begin`, kept, and where its closing quote is.
    #[inline(never)]
    fn text(&mut self, begin: usize) -> Result<(&'a str, usize), Fault> {
        let scratch = &mut *self.scratch;
        match self.kernel.run(ReadText { text: self.text, begin, scratch, arena: self.arena }) {
            Some(Ok(Read { text, end })) => Ok((text, end)),
            Some(Err(ArenaFull)) => Err(arena_limit(begin)),
            None => {
                let (text, end) = read_carefully(self.record(), begin, self.arena)?;
                Ok((text, end - 1))
            }
        }
    }
}

/// Keeps the string that begins at `begin`, or says what is wrong with it, as the reference does. Returns where it ends
/// with its closing quote.
fn read_carefully<'a>(
    bytes: &'a [u8],
    begin: usize,
    arena: &'a Bump,
) -> Result<(&'a str, usize), Fault> {
    let quoted = Quoted::read(bytes, begin)?;
    let kept = quoted.keep(arena).ok_or(arena_limit(begin))?;
    Ok((kept, quoted.end))
}

/// Takes the values that the walker comes to.
struct ByWalker<'w, 'd, 'a, I> {
    decode: &'w mut Decode<'d, 'a>,
    i: I,
    record: &'a [u8],
    /// What was known after the last value, and where that ended.
    key: Key,
    begin: usize,
    /// How many times an identifier has followed another of the same list.
    identifiers: u32,
    /// How many items have ended that become views.
    items: u32,
}

impl<I: Instructions> Sink for ByWalker<'_, '_, '_, I> {
    #[inline(always)]
    fn take(&mut self, step: Step) -> Result<Option<usize>, Fault> {
        if !self.take_plain(&step) {
            self.decode.take_after(self.record, &step)?;
        }
        if step.action == Action::End {
            self.decode.stage = Stage::End;
            return Ok(None);
        }
        let key = step.key();
        if step.goes_on_with_list(self.key.state) && self.is_worth_learning() {
            let gap = &self.record[self.begin..step.at];
            let decode = &mut *self.decode;
            if let Some(state) = decode.layout.enter(self.key)
                && let Some(state) = decode.learn(state, gap, &step, true)
            {
                decode.stage = Stage::ByLayout(state);
                return Ok(None);
            }
        }
        if let Action::Item(_) = step.action
            && self.are_more_items_likely()
            && let Some(state) = self.decode.layout.enter(key)
        {
            self.decode.stage = Stage::ByLayout(state);
            return Ok(None);
        }
        self.key = key;
        self.begin = self.decode.at;
        Ok(Some(key.walker_at(self.begin)))
    }
}

impl<I: Instructions> ByWalker<'_, '_, '_, I> {
    /// Takes a string that is plain, as most are. Returns whether it was one.
    #[inline(always)]
    fn take_plain(&mut self, step: &Step) -> bool {
        let Self { decode, i, record, .. } = self;
        if !step.action.is_any_string() {
            return false;
        }
        if let Action::Identifier(slot) = step.action
            && !decode.values.has_room(slot)
            && decode.values.make_room(slot, decode.arena).is_err()
        {
            return false;
        }
        let Ok(Read { text, end }) = read_plain(*i, record, step.at) else { return false };
        match step.action {
            Action::Identifier(_) => decode.values.push_identifier(text),
            _ => decode.values.set_text(step.action.slot(), text),
        }
        decode.values.extend(step.present());
        decode.at = end;
        true
    }

    /// Whether a list has gone on for so long that it is worth to have a layout for the rest of it.
    fn is_worth_learning(&mut self) -> bool {
        self.identifiers += 1;
        self.identifiers.is_multiple_of(LONG_LIST)
            && self.decode.misses.recent < MOST_MISSES
            && self.decode.layout.is_awake()
    }

    /// Whether an item that has ended is one of many, so that it is worth to have a layout for the next.
    fn are_more_items_likely(&mut self) -> bool {
        self.items += 1;
        (self.items > 1 || self.decode.layout.has_begun())
            && self.decode.misses.recent < MOST_MISSES
            && self.decode.layout.is_awake()
    }
}

/// There was no room for the string that begins at `begin`.
fn arena_limit(begin: usize) -> Fault {
    Fault::new(ErrorKind::ArenaLimit, begin - 1)
}

/// The string that begins at `begin`, if it is plain and as long as expected, or as the last one that was not.
///
/// # Safety
///
/// `begin + length + WIDEST <= text.len()` for either length.
#[inline(always)]
#[allow(unsafe_code)]
unsafe fn expected_text<'a, I: Instructions>(
    i: I,
    text: &'a [u8],
    begin: usize,
    gap: &Gap,
) -> Option<&'a str> {
    let (expected, other) = (usize::from(gap.expected), usize::from(gap.other));
    let length = match other {
        0 => expected,
        // Which of two it is, nobody can predict: the quote tells.
        // SAFETY: the caller's promise.
        _ => select_unpredictable(
            unsafe { *text.get_unchecked(begin + expected) } == b'"',
            expected,
            other,
        ),
    };
    // SAFETY: the caller's promise.
    let is_it =
        unsafe { is_plain(i, text, begin, length) && *text.get_unchecked(begin + length) == b'"' };
    // SAFETY: the caller's promise; plain bytes are ASCII.
    is_it.then(|| unsafe { str::from_utf8_unchecked(text.get_unchecked(begin..begin + length)) })
}
