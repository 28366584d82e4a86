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
use super::gap::{Follows, Gap, Note};
use super::layout::{GapIndex, Layout, Parts, StateIndex};
use super::learned::Learned;
use super::number::{integer_of, read_digits, read_integer, skip_number};
use super::progress::Progress;
use super::skip::{SkipValue, skip_literal};
use super::text::{Quoted, Read, ReadText, SkipText, read_plain};
use super::walk::{Action, INTEGER_OR_TEXT, Place, Rule, Sink, State, Step, Walker};
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
    pub(super) progress: Progress,
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
            layout: Layout::new(),
            progress: Progress::new(options.learning),
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
        let Track { walker, layout, progress, room } = &mut tracks[table];
        values.begin(room);
        let document = *documents;
        *documents += 1;
        kernel.run(Decode {
            table: table as u8,
            walker: *walker,
            layout,
            progress,
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
            raw: 0,
            stage: Stage::ByWalker(Place::START),
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
    progress: &'d mut Progress,
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
    /// Where the raw JSON under way begins.
    raw: usize,
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
    /// By the walker, to learn from it, for nothing is known of the place.
    New(Place),
    /// By the walker alone.
    ByWalker(Place),
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
        if self.progress.is_awake() && self.progress.has_begun() {
            self.stage = Stage::ByLayout(self.layout.begin());
        }
        let outcome = self.run_to_end(i);
        let is_changed = self.progress.end_document(self.misses, self.at, self.values.seen());
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
                Stage::New(place) => self.unknown(place)?,
                Stage::ByWalker(place) => self.by_walker(i, place)?,
                Stage::End => return Ok(()),
            }
        }
    }

    /// The hot loop: one gap and one value a turn, until something is not as it was, or the document ends.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn by_layout<I: Instructions>(&mut self, i: I, state: StateIndex) -> Option<Obstacle> {
        // As much of it as a gap can tell from more than there can be.
        let text = &self.text[..self.text.len().min(self.at.saturating_add(u32::MAX as usize / 2))];
        let kernel = self.kernel;
        let values = &mut *self.values;
        // The invariant of the loop: the subtraction below, and all that relies on it, needs it.
        let mut at = self.at;
        assert!(at <= text.len());
        let mut index = self.layout.first(state);
        let Parts { gaps, notes, pool } = self.layout.parts();
        let mut seen = values.seen();
        let obstacle = 'turn: loop {
            let gap = &mut gaps[index.get()];
            'other: {
                if text.len() - at < gap.reach as usize {
                    break 'turn match gap.is_end() {
                        true => Some(Obstacle::UnknownGap(notes[index.get()].state)),
                        false => Some(Obstacle::AnyGap(notes[index.get()].state)),
                    };
                }
                // SAFETY: `at <= text.len()`, and the text has `reach` bytes from there on, which is the length
                // of the pattern and at least `WIDEST` more; the layout's patterns are in its pool.
                if !unsafe { equals(i, text, at, pool, &gap.pattern) } || !gap.rule.admits(seen) {
                    break 'other;
                }
                let begin = at + gap.pattern.len();
                let end = match gap.follows {
                    Follows::Text | Follows::Identifier => {
                        // Room first, or the text would be put into the arena twice where there is none.
                        if gap.follows == Follows::Identifier
                            && !values.has_room(gap.slot)
                            && values.make_room(gap.slot, self.arena).is_err()
                        {
                            break 'turn Some(Obstacle::Value(index));
                        }
                        // SAFETY: after the pattern, the text goes on for either length and `WIDEST` bytes more: that
                        // too is in `reach`.
                        let (kept, end) = match unsafe { expected_text(i, text, begin, gap) } {
                            Some(kept) => (kept, begin + kept.len()),
                            None => {
                                let scratch = &mut *self.scratch;
                                let read = ReadText { text, begin, scratch, arena: self.arena };
                                // By the kernel and not by `i`, to keep it out of the loop.
                                let Some(Ok(Read { text, end })) = kernel.run(read) else {
                                    break 'turn Some(Obstacle::Value(index));
                                };
                                gap.correct(end - begin);
                                (text, end)
                            }
                        };
                        match gap.follows {
                            Follows::Identifier => values.push_identifier(kept),
                            _ => values.set_text(gap.slot, kept),
                        }
                        end
                    }
                    Follows::Integer => {
                        // SAFETY: the text goes on for `WIDEST` bytes after the pattern, as above.
                        let read = read_digits(unsafe { word(text, begin) });
                        let (integer, length) = match read {
                            Some(read) => read,
                            None => match other_integer(text, begin) {
                                Some(Ok(read)) => read,
                                Some(Err(_)) => break 'turn Some(Obstacle::Value(index)),
                                None => break 'other,
                            },
                        };
                        values.set_number(gap.slot, integer);
                        begin + length
                    }
                    Follows::Choice => {
                        values.set_number(gap.slot, gap.detail.into());
                        begin
                    }
                    Follows::Null => {
                        // SAFETY: as for integers.
                        if unsafe { word(text, begin) } as u32 != NULL {
                            break 'other;
                        }
                        values.set_null(gap.slot);
                        begin + "null".len()
                    }
                    Follows::Item => {
                        values.set_seen(gap.rule.apply(seen));
                        if let Some(item) = &self.walker.table.entry(gap.slot).item
                            && values.end_item(item, self.arena).is_err()
                        {
                            values.set_seen(seen);
                            break 'turn Some(Obstacle::Value(index));
                        }
                        self.misses.end_item();
                        begin
                    }
                    Follows::SkippedText
                    | Follows::SkippedNumber
                    | Follows::SkippedLiteral
                    | Follows::SkippedNothing => {
                        let skipped = match gap.follows {
                            // SAFETY: as for strings that are kept.
                            Follows::SkippedText => match unsafe { expected_text(i, text, begin, gap) } {
                                Some(skipped) => Some(skipped.len()),
                                None => kernel.run(SkipText { text, begin }).inspect(|&length| gap.correct(length)),
                            },
                            Follows::SkippedNothing => Some(0),
                            // SAFETY: as for integers.
                            follows => match skip_short(follows, unsafe { word(text, begin) }) {
                                Some(length) => Some(length),
                                None if follows == Follows::SkippedLiteral => break 'other,
                                None => match other_number(text, begin) {
                                    Some(length) => length,
                                    None => break 'other,
                                },
                            },
                        };
                        let Some(length) = skipped else {
                            break 'turn Some(Obstacle::Value(index));
                        };
                        if gap.detail != Gap::NOT_COUNTED {
                            self.drift.unknown_again(gap.detail, self.document);
                        }
                        if gap.slot != Table::ROOT {
                            self.raw = begin - usize::from(notes[index.get()].raw);
                        }
                        begin + length
                    }
                    Follows::RawEnd => {
                        let note = &notes[index.get()];
                        if note.raw > 0 {
                            self.raw = begin - usize::from(note.raw);
                        }
                        let Some(raw) = raw_text(text, self.raw, begin) else {
                            break 'turn Some(Obstacle::Value(index));
                        };
                        values.set_text(gap.slot, raw);
                        begin
                    }
                    Follows::End => {
                        seen = gap.rule.apply(seen);
                        notes[index.get()].hits += 1;
                        at = begin;
                        break 'turn None;
                    }
                    Follows::Other => break 'turn Some(Obstacle::Value(index)),
                };
                seen = gap.rule.apply(seen);
                notes[index.get()].hits += 1;
                at = end;
                index = gap.then;
                continue 'turn;
            }
            if gap.is_first && notes[index.get()].failed() {
                break Some(Obstacle::AnyGap(notes[index.get()].state));
            }
            index = gap.next;
        };
        self.at = at;
        values.set_seen(seen);
        obstacle
    }

    /// Goes over one gap and one value carefully, and learns.
    #[inline(never)]
    fn overcome(&mut self, obstacle: Obstacle) -> Result<(), Fault> {
        let layout = &*self.layout;
        let rest = &self.text[self.at..];
        let seen = self.values.seen();
        let fits = |index: GapIndex| {
            let begins = |rest| layout.note(index).action.may_begin_with(rest);
            layout.gap(index).rule.admits(seen)
                && rest.strip_prefix(layout.bytes(index)).is_some_and(begins)
        };
        let any_of = |state| layout.gaps_of(state).find(|&index| fits(index));
        let (found, state) = match obstacle {
            Obstacle::UnknownGap(state) => (None, state),
            Obstacle::AnyGap(state) => (any_of(state), state),
            Obstacle::Value(index) => match layout.note(index).state {
                state if fits(index) => (Some(index), state),
                state => (any_of(state), state),
            },
        };
        if let Obstacle::Value(index) = obstacle
            && found.is_none_or(|found| found != index)
        {
            self.layout.gap_failed(index);
        }
        match found {
            Some(index) => self.known(index),
            None => self.unknown(self.layout.place(state)),
        }
    }

    /// Takes the value that follows a known gap.
    fn known(&mut self, index: GapIndex) -> Result<(), Fault> {
        let Gap { rule, detail, .. } = *self.layout.gap(index);
        let Note { action, after, raw, .. } = *self.layout.note(index);
        let begin = self.at + self.layout.bytes(index).len();
        if action.is_skipped() && detail != Gap::NOT_COUNTED {
            self.drift.unknown_again(detail, self.document);
        }
        if raw > 0 {
            self.raw = begin - usize::from(raw);
        }
        self.values.set_seen(rule.apply(self.values.seen()));
        self.at = self.take(action, begin)?;
        self.layout.matched(index, self.at - begin);
        self.stage = match action {
            Action::End => Stage::End,
            _ => Stage::ByLayout(after),
        };
        Ok(())
    }

    /// Asks the walker, takes the value, and learns.
    #[cold]
    #[inline(never)]
    fn unknown(&mut self, place: Place) -> Result<(), Fault> {
        let record = self.record();
        let begin = self.at;
        let walker = self.walker;
        let traced = walker.trace(record, begin, State { place, seen: self.values.seen() });
        let traced = traced.map_err(|(fault, unknown)| {
            self.note_unknown(record, unknown);
            fault
        })?;
        let (step, _) = &traced;
        let unknown = self.take_after(record, step)?;
        self.misses.add();
        let after = step.state.place;
        let pays = self.misses.recent < MOST_MISSES;
        if pays {
            let at_once = step.goes_on_with_list(place);
            self.learn(place, &record[begin..step.at], &traced, unknown, at_once);
        }
        self.stage = match step.action {
            Action::End => Stage::End,
            _ if !pays => Stage::ByWalker(after),
            _ => self.layout.find(after).map_or(Stage::New(after), Stage::ByLayout),
        };
        Ok(())
    }

    /// Goes on without a layout, until one is worth having.
    #[inline(always)]
    fn by_walker<I: Instructions>(&mut self, i: I, place: Place) -> Result<(), Fault> {
        let record = self.record();
        let walker = self.walker;
        let begin = self.at;
        let state = State { place, seen: self.values.seen() };
        let mut values = ByWalker { decode: self, i, record, place, begin, identifiers: 0, items: 0 };
        walker.walk(i, record, begin, state, &mut values)
    }

    /// Takes the value that a step has led to. Returns the number in the drift of the unknown member that came.
    #[inline(always)]
    fn take_after(&mut self, record: &[u8], step: &Step) -> Result<Option<u8>, Fault> {
        let unknown = self.note_unknown(record, step.unknown);
        if let Some(raw) = step.raw {
            self.raw = raw;
        }
        self.values.set_seen(step.state.seen);
        self.at = self.take(step.action, step.at)?;
        Ok(unknown)
    }

    /// Counts the unknown member that came, if one did: the container and where its name begins. Returns its number in
    /// the drift.
    #[inline(always)]
    fn note_unknown(&mut self, record: &[u8], unknown: Option<(u8, usize)>) -> Option<u8> {
        let (container, name) = unknown?;
        let name = Quoted::read(record, name).ok()?;
        Some(self.drift.unknown(self.walker.table, (self.table, container), name, self.document))
    }

    /// Learns that a step followed a gap, where the value that it led to has been taken.
    fn learn(
        &mut self,
        place: Place,
        gap: &[u8],
        traced: &(Step, Rule),
        unknown: Option<u8>,
        at_once: bool,
    ) {
        let length = self.at - traced.0.at;
        self.layout.learn(self.kernel, place, gap, traced, length, unknown, at_once);
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
            Action::Null(slot) => {
                self.values.set_null(slot);
                Ok(begin + "null".len())
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
                self.keep_raw(slot, begin, end)
            }
            Action::RawEnd(slot) => self.keep_raw(slot, self.raw, begin),
            Action::Item(slot) => self.end_item(slot, begin),
            Action::SkipText => {
                let record = self.record();
                match self.kernel.run(SkipText { text: record, begin }) {
                    Some(length) => Ok(begin + length),
                    None => Quoted::read(record, begin).map(|quoted| quoted.end - 1),
                }
            }
            Action::SkipNumber => skip_number(self.record(), begin),
            Action::SkipLiteral => skip_literal(self.record(), begin),
            Action::SkipNothing | Action::End => Ok(begin),
        }
    }

    /// Keeps raw JSON. It has been checked, but not in a way that the compiler can see.
    fn keep_raw(&mut self, slot: Slot, begin: usize, end: usize) -> Result<usize, Fault> {
        let raw = raw_text(self.text, begin, end);
        self.values.set_text(slot, raw.ok_or(Fault::new(ErrorKind::InvalidUtf8, begin))?);
        Ok(end)
    }

    /// Ends an item, which ends at `end`.
    #[inline(always)]
    fn end_item(&mut self, slot: Slot, end: usize) -> Result<usize, Fault> {
        if let Some(item) = &self.walker.table.entry(slot).item {
            self.values.end_item(item, self.arena).map_err(|ArenaFull| arena_limit(end))?;
        }
        // To the walker, nothing is known and nothing new.
        if !matches!(self.stage, Stage::ByWalker(_)) {
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
    /// The place of the last value, and where that ended.
    place: Place,
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
        let place = step.state.place;
        let goes_on = match step.action {
            Action::Identifier(_) => {
                !step.goes_on_with_list(self.place) || !self.is_worth_learning()
            }
            Action::Item(_) => !self.are_more_items_likely(),
            _ => true,
        };
        (self.place, self.begin) = (place, self.decode.at);
        if goes_on {
            return Ok(Some(self.begin));
        }
        self.decode.stage = Stage::New(place);
        Ok(None)
    }
}

impl<I: Instructions> ByWalker<'_, '_, '_, I> {
    /// Takes a string that is plain, as most are. Returns whether it was one.
    #[inline(always)]
    fn take_plain(&mut self, step: &Step) -> bool {
        let Self { decode, i, record, .. } = self;
        if !step.action.is_any_text() {
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
        decode.values.set_seen(step.state.seen);
        decode.at = end;
        true
    }

    /// Whether a list has gone on for so long that it is worth to have a layout for the rest of it.
    fn is_worth_learning(&mut self) -> bool {
        self.identifiers += 1;
        self.identifiers.is_multiple_of(LONG_LIST)
            && self.decode.misses.recent < MOST_MISSES
            && self.decode.progress.is_awake()
    }

    /// Whether an item that has ended is one of many, so that it is worth to have a layout for the next.
    fn are_more_items_likely(&mut self) -> bool {
        self.items += 1;
        (self.items > 1 || self.decode.progress.has_begun())
            && self.decode.misses.recent < MOST_MISSES
            && self.decode.progress.is_awake()
    }
}

/// The first bytes of a value that is `null`, the first one lowest.
const NULL: u32 = u32::from_le_bytes(*b"null");
const TRUE: u32 = u32::from_le_bytes(*b"true");
const FALS: u32 = u32::from_le_bytes(*b"fals");

/// How long a number or a literal is that begins with these bytes, if it is one of the commonest.
#[inline(always)]
fn skip_short(follows: Follows, word: u64) -> Option<usize> {
    if follows == Follows::SkippedNumber {
        return read_digits(word).map(|(_, length)| length);
    }
    match word as u32 {
        NULL | TRUE => Some(4),
        FALS if (word >> 32) as u8 == b'e' => Some(5),
        _ => None,
    }
}

/// Reads an integer that is not one of the commonest: its value and how long it is. `None` where there is no number.
#[cold]
#[inline(never)]
fn other_integer(text: &[u8], begin: usize) -> Option<Result<(i64, usize), Fault>> {
    let is_number = matches!(text[begin..], [b'-' | b'0'..=b'9', ..]);
    is_number.then(|| read_integer(text, begin).map(|(integer, end)| (integer, end - begin)))
}

/// How long a number is that is not one of the commonest, if it is a valid one. `None` where there is no number.
#[cold]
#[inline(never)]
fn other_number(text: &[u8], begin: usize) -> Option<Option<usize>> {
    let is_number = matches!(text[begin..], [b'-' | b'0'..=b'9', ..]);
    is_number.then(|| skip_number(text, begin).ok().map(|end| end - begin))
}

/// The text from one place to another.
#[inline(never)]
fn raw_text(text: &[u8], begin: usize, end: usize) -> Option<&str> {
    text.get(begin..end).and_then(|raw| str::from_utf8(raw).ok())
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
