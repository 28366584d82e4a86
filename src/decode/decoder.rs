//! From the first byte of a document to the last: gaps and values in turn.
//!
//! [`ByLayout`] is the hot loop. It compares the text with what has been learned, and takes values that look like
//! the last ones did. Whatever does not fit goes to [`overcome`](Decode::overcome), which looks carefully, then asks
//! the walker, and learns. [`ByWalker`] is the same without a layout. All errors come from the walker and the readers
//! of values, from where the value or the gap begins, so that they do not depend on what was learned.
//!
//! The cursor stands before the closing quote of a string, which belongs to the next gap, and after any other
//! value.

use super::by_layout::{ByLayout, Obstacle};
use super::by_walker::ByWalker;
use super::drift::Drift;
use super::gap::{Gap, GapIndex, Note, StateIndex};
use super::layout::Layout;
use super::learned::Learned;
use super::number::{integer_of, read_digits, read_integer, skip_number};
use super::progress::{Misses, Progress};
use super::skip::{SkipValue, skip_literal};
use super::text::{Quoted, Read, ReadText, SkipText};
use super::walk::{Action, INTEGER_OR_TEXT, Place, Rule, State, Step, Walker};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::Kernel;
use crate::options::Options;
use crate::schema::{ArenaFull, Room, Slot, Table, Values, is_timestamp};
use bumpalo::Bump;

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
        values.begin(walker.table, room);
        let document = *documents;
        *documents += 1;
        let decode = Decode {
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
        };
        decode.run()
    }
}

/// A line of NDJSON without its end.
pub(crate) fn line(text: &[u8]) -> &[u8] {
    let line = memchr::memchr(b'\n', text).map_or(text, |newline| &text[..newline]);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// One document under way.
pub(super) struct Decode<'d, 'a> {
    /// The index of the walker's table.
    pub(super) table: u8,
    pub(super) walker: Walker,
    pub(super) layout: &'d mut Layout,
    pub(super) progress: &'d mut Progress,
    pub(super) kernel: Kernel,
    pub(super) drift: &'d mut Drift,
    room: &'d mut Room,
    pub(super) scratch: &'d mut Vec<u8>,
    /// Its number.
    pub(super) document: u64,
    pub(super) text: &'a [u8],
    extent: Extent,
    pub(super) values: &'d mut Values<'a>,
    pub(super) arena: &'a Bump,
    /// The cursor.
    pub(super) at: usize,
    /// Where the raw JSON under way begins.
    pub(super) raw: usize,
    pub(super) stage: Stage,
    pub(super) misses: Misses,
}

/// How decoding goes on.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    /// By what has been learned of a state.
    ByLayout(StateIndex),
    /// By the walker, to learn from it, for nothing may be known of the place.
    New(Place),
    /// By the walker alone.
    ByWalker(Place),
    /// The document is complete.
    End,
}

impl<'a> Decode<'_, 'a> {
    /// Decodes the document. Returns where it ends.
    fn run(mut self) -> Result<usize, Fault> {
        // A gap with a newline would lead out of the line.
        if self.layout.has_newlines() {
            self.record();
        }
        if self.progress.is_awake() && self.progress.has_begun() {
            self.stage = Stage::ByLayout(self.layout.begin());
        }
        let outcome = self.run_to_end();
        let is_changed =
            self.progress.end_document(&self.misses, self.at, self.values.seen(), outcome.is_ok());
        self.room.learn(self.walker.table, self.values);
        outcome.map(|()| {
            if is_changed {
                self.drift.layout_changed(self.document);
            }
            self.at
        })
    }

    fn run_to_end(&mut self) -> Result<(), Fault> {
        let kernel = self.kernel;
        loop {
            match self.stage {
                Stage::ByLayout(state) => match kernel.run(ByLayout { decode: self, state }) {
                    Some(obstacle) => self.overcome(obstacle)?,
                    None => return Ok(()),
                },
                Stage::New(place) => self.unknown(place)?,
                Stage::ByWalker(place) => kernel.run(ByWalker { decode: self, place })?,
                Stage::End => return Ok(()),
            }
        }
    }

    /// Goes over one gap and one value carefully, and learns.
    #[inline(never)]
    fn overcome(&mut self, obstacle: Obstacle) -> Result<(), Fault> {
        let layout = &*self.layout;
        let rest = &self.text[self.at..];
        let seen = self.values.seen();
        let fits = |index: GapIndex| {
            let Gap { rule, note, .. } = layout.gap(index);
            let begins = |rest| note.action.may_begin_with(rest);
            rule.admits(seen) && rest.strip_prefix(layout.bytes(index)).is_some_and(begins)
        };
        let any_of = |state| layout.gaps_of(state).find(|&index| fits(index));
        let (found, state) = match obstacle {
            Obstacle::UnknownGap(state) => (None, state),
            Obstacle::AnyGap(state) => (any_of(state), state),
            Obstacle::Value(index) => match layout.gap(index).note.state {
                state if fits(index) => (Some(index), state),
                state => (any_of(state), state),
            },
        };
        match found {
            Some(index) => {
                self.misses.obstacles = self.misses.obstacles.saturating_add(1);
                self.known(index)
            }
            None => self.unknown(self.layout.place(state)),
        }
    }

    /// Takes the value that follows a known gap.
    fn known(&mut self, index: GapIndex) -> Result<(), Fault> {
        let Gap { rule, note, .. } = *self.layout.gap(index);
        let Note { action, after, .. } = note;
        let begin = self.at + self.layout.bytes(index).len();
        self.heed(&note, begin);
        self.values.set_seen(rule.apply(self.values.seen()));
        self.at = self.take(action, begin)?;
        self.layout.matched(index, self.at - begin);
        self.stage = match action {
            Action::End => Stage::End,
            _ => Stage::ByLayout(after),
        };
        Ok(())
    }

    /// Does what is to be done for a gap, which ends at `end`, besides taking the value.
    fn heed(&mut self, note: &Note, end: usize) {
        if let Some(unknown) = note.unknown {
            self.drift.unknown_again(unknown, self.document);
        }
        if let Some(begin) = note.raw_begin(end) {
            self.raw = begin;
        }
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
        self.misses.add();
        let unknown = self.take_after(record, step)?;
        let after = step.state.place;
        let pays = Progress::pays(&self.misses, self.at);
        if pays {
            self.learn(place, &record[begin..step.at], &traced, unknown);
        }
        self.stage = match step.action {
            Action::End => Stage::End,
            _ if !pays => Stage::ByWalker(after),
            _ => self.layout.find(after).map_or(Stage::New(after), Stage::ByLayout),
        };
        Ok(())
    }

    /// Takes the value that a step has led to. Returns the number in the drift of the unknown member that came.
    #[inline(always)]
    pub(super) fn take_after(&mut self, record: &[u8], step: &Step) -> Result<Option<u8>, Fault> {
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
    fn learn(&mut self, place: Place, gap: &[u8], traced: &(Step, Rule), unknown: Option<u8>) {
        let length = self.at - traced.0.at;
        let replaced = self.layout.replaced();
        self.layout.learn(self.kernel, place, gap, traced, length, unknown);
        let replaced = (self.layout.replaced() - replaced) as u32;
        self.misses.replaced = self.misses.replaced.saturating_add(replaced);
    }

    /// The text, as far as the record can reach.
    pub(super) fn record(&mut self) -> &'a [u8] {
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

/// The text from one place to another.
#[inline(never)]
pub(super) fn raw_text(text: &[u8], begin: usize, end: usize) -> Option<&str> {
    text.get(begin..end).and_then(|raw| str::from_utf8(raw).ok())
}

/// There was no room for the string that begins at `begin`.
fn arena_limit(begin: usize) -> Fault {
    Fault::new(ErrorKind::ArenaLimit, begin - 1)
}
