//! Through an input record by record: accepted or rejected, never lost.

use super::document::{Memory, line_with};
use super::framer::{Content, Part, Piece};
use super::framing::{RECORD_SEPARATOR, is_blank, skip_byte_order_mark};
use super::scan::Scan;
use crate::decode::{Extent, Origin, line, locate, skip_deep_value, skip_whitespace};
use crate::error::{Error, ErrorKind, Expected, Fault};
use crate::model::JobResponse;
use crate::options::Framing;
use crate::schema::{Build, Document, Values};
use bumpalo::{Bump, collections::Vec as ArenaVec};
use std::borrow::Cow;
use std::fmt;

/// A record that is no valid document, handed back as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected<'a> {
    /// The bytes of the record, without the end of its line in NDJSON.
    pub raw: &'a [u8],
    /// What was wrong with it, and where.
    pub error: Error,
    /// Whether `raw` is all the rest of the input. It is where a record in an array, or among concatenated
    /// documents, is not even JSON: nobody can tell then where the next record begins.
    pub remainder: bool,
    /// Whether `raw` is a piece of the record only, and the next rejected record is more of the same, with
    /// the same error. The records of a slice are always whole; those of a stream come in pieces when they
    /// are longer than what is held of it.
    pub more: bool,
}

impl Rejected<'_> {
    /// What was wrong, without the place: the message of the error, and that the rest of the input was
    /// rejected too where it was.
    pub fn message(&self) -> Cow<'_, str> {
        let message = self.error.message();
        match self.remainder {
            true => Cow::Owned(format!("{message}{REMAINDER}")),
            false => Cow::Borrowed(message),
        }
    }
}

const REMAINDER: &str = "; where the next record begins is unknown, \
     so that the rest of the input was rejected with this one";

impl fmt::Display for Rejected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        f.write_str(if self.remainder { REMAINDER } else { "" })
    }
}

impl std::error::Error for Rejected<'_> {}

/// Where in an input to go on: between two records.
///
/// Made by [`Records::position`] and the readers of streams. It makes sense for the same input and the same
/// [`Options::framing`](crate::Options::framing) only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub(super) offset: u64,
    pub(super) record: u64,
    pub(super) lines: Lines,
    pub(super) stage: Stage,
}

impl Position {
    /// The start of an input.
    pub const START: Self = Self {
        offset: 0,
        record: 0,
        lines: Lines { counted: 0, line: 1, line_start: 0 },
        stage: Stage::Start,
    };

    /// The start of a line of NDJSON: to go on where somebody has written down three numbers.
    ///
    /// ```
    /// use jobview::{BatchReader, Parser, Position};
    ///
    /// let position = Position::at_line(3_000_000, 1000, 1001);
    /// let mut reader = BatchReader::resume(&b"{}\n"[..], Parser::new(), position);
    /// let batch = reader.next_batch()?.unwrap();
    /// let error = &batch.rejected()[0].error;
    /// assert_eq!((error.record(), error.line(), error.offset()), (1000, 1001, 3_000_001));
    /// assert_eq!((reader.offset(), reader.position().line()), (3_000_003, 1002));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub const fn at_line(offset: u64, record: u64, line: u64) -> Self {
        let lines = Lines { counted: offset, line, line_start: offset };
        Self { offset, record, lines, stage: Stage::Line }
    }

    /// Makes sense of a position in a longer input: the end of this one.
    fn confine(&mut self, length: u64) {
        let Lines { counted, line_start, .. } = &mut self.lines;
        self.offset = self.offset.min(length);
        *counted = (*counted).min(self.offset);
        *line_start = (*line_start).min(*counted);
    }

    /// How many bytes of the input have been dealt with. Where a `usize` is too small for that, in a stream,
    /// it is the largest; the readers of streams say it in 64 bits.
    pub fn offset(&self) -> usize {
        usize::try_from(self.offset).unwrap_or(usize::MAX)
    }

    /// Goes on over whole lines of NDJSON, which `memory` would find so many records in.
    pub(super) fn pass_lines<D: Document>(&mut self, lines: &[u8], memory: &Memory<D>) {
        let mut start = 0;
        for newline in memchr::memchr_iter(b'\n', lines) {
            let line = &lines[start..newline];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.record += u64::from(!memory.is_blank_line(line));
            self.offset += (newline + 1 - start) as u64;
            self.begin_line();
            start = newline + 1;
        }
    }

    /// Goes on over lines of NDJSON as if they were one record.
    pub(super) fn pass_as_record(&mut self, length: usize) {
        self.offset += length as u64;
        self.record += 1;
        self.begin_line();
    }

    /// Counts a line of NDJSON, all of which has been gone over.
    fn begin_line(&mut self) {
        let line = self.lines.line + 1;
        self.lines = Lines { counted: self.offset, line, line_start: self.offset };
    }

    /// Goes on over bytes that belong to a record or a separator.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.lines.count(bytes);
    }

    /// As for a stream, where the lines of all that has been dealt with have been counted: nobody will see it
    /// again.
    pub(super) fn settled(mut self) -> Self {
        self.lines.counted = self.offset;
        self
    }

    /// Where the next record begins, if it does at the byte up to which lines have been counted.
    pub(super) fn origin(&self) -> Origin {
        self.lines.origin(self.record)
    }

    /// As [`offset`](Self::offset), in any stream.
    pub(crate) fn offset_in_stream(&self) -> u64 {
        self.offset
    }

    /// How many bytes there are from another position to this one.
    pub(crate) fn bytes_since(&self, before: Self) -> usize {
        (self.offset - before.offset) as usize
    }

    /// How many records have been, which is the number of the next one.
    pub fn record(&self) -> u64 {
        self.record
    }

    /// The line, from 1, that it is in, between two records of NDJSON or of a stream. Elsewhere lines are
    /// counted when there is an error to report, and it may be one before.
    pub fn line(&self) -> u64 {
        self.lines.line
    }

    /// By how many records and lines it is ahead of another position at the same byte; by none at another
    /// byte.
    pub(crate) fn ahead_of(&self, other: Self) -> Numbers {
        match self.offset == other.offset {
            true => Numbers {
                records: self.record.wrapping_sub(other.record),
                lines: self.lines.line.wrapping_sub(other.lines.line),
            },
            false => Numbers::default(),
        }
    }

    /// Whether nothing is left. The offset alone does not tell: an array that lacks its closing bracket
    /// ends with one more rejected record, which is empty.
    pub fn is_end(&self) -> bool {
        self.stage == Stage::End
    }
}

/// A difference of record numbers and lines, either of which may be less than nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) records: u64,
    pub(crate) lines: u64,
}

impl Numbers {
    pub(crate) fn add(&mut self, other: Self) {
        self.records = self.records.wrapping_add(other.records);
        self.lines = self.lines.wrapping_add(other.lines);
    }
}

/// The lines counted so far. Those of NDJSON are as they are gone over, others up to rejected records only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    counted: u64,
    line: u64,
    line_start: u64,
}

impl Lines {
    /// Where a record of this number begins, right behind the bytes counted.
    fn origin(self, record: u64) -> Origin {
        let Self { counted, line, line_start } = self;
        Origin { record, offset: counted, line, line_start }
    }

    /// Counts on over the bytes that come next.
    pub(super) fn count(&mut self, uncounted: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', uncounted).count() as u64;
        if let Some(newline) = memchr::memrchr(b'\n', uncounted) {
            self.line_start = self.counted + newline as u64 + 1;
        }
        self.counted += uncounted.len() as u64;
    }
}

/// What the framing wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The byte order mark; the framing is yet to be told.
    Start,
    /// A record from which the framing is told.
    FirstRecord,
    /// A line.
    Line,
    /// A document after any separators.
    Document,
    /// The opening bracket of the array.
    Opening,
    /// The first element, or the closing bracket.
    FirstElement,
    /// An element after a comma.
    Element,
    /// A comma, or the closing bracket.
    AfterElement,
    /// Nothing but white space.
    AfterArray,
    /// Nothing; all has been handed out.
    End,
}

impl Stage {
    /// Before the first record.
    pub(super) fn first(framing: Framing) -> Self {
        match framing {
            Framing::Ndjson => Self::Line,
            Framing::Array => Self::Opening,
            Framing::Concatenated => Self::Document,
        }
    }
}

/// What the end of the bytes at hand means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It is the end of the input.
    Input,
    /// It is between two records of a stream, or two pieces of what separates them.
    Part,
    /// It may be anywhere in a stream: a record is left alone until its end is known.
    Anywhere,
}

/// Where a record that is no document ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    At(usize),
    /// Behind the bytes at hand.
    Behind,
    /// Nobody knows: it is not JSON.
    Unknown,
}

/// A record that was left alone, because its end is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unended {
    /// What is wrong with it, as far as can be seen.
    pub(super) fault: Fault,
    /// Whether it is not JSON, whatever follows.
    pub(super) malformed: bool,
    /// What the framing wants after it.
    pub(super) after: Stage,
}

/// The records of an input, parsed as they are asked for.
///
/// Made by [`Parser::records`](crate::Parser::records). Each item is a view, or the record handed back as
/// [`Rejected`]; after either, parsing goes on with the next record.
pub struct Records<'p, 'a, D = JobResponse<'static>> {
    memory: &'p mut Memory<D>,
    values: Values<'a>,
    input: &'a [u8],
    /// Where in the stream `input` begins.
    base: u64,
    ending: Ending,
    arena: &'a Bump,
    position: Position,
    raw: &'a [u8],
    /// The lines counted when `raw` began.
    lines_before: Lines,
    unended: Option<Unended>,
    /// A piece of a record, which is all there is.
    piece: Option<Rejected<'a>>,
}

impl<D> fmt::Debug for Records<'_, '_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("position", &self.position).finish_non_exhaustive()
    }
}

/// What becomes of a record: the view of a valid document, or the record handed back.
pub type Record<'a, D = JobResponse<'static>> = Result<&'a <D as Document>::View<'a>, Rejected<'a>>;

impl<'p, 'a, D: Document> Records<'p, 'a, D> {
    pub(crate) fn new(
        memory: &'p mut Memory<D>,
        input: &'a [u8],
        position: Position,
        arena: &'a Bump,
    ) -> Self {
        let mut records = Self::of_stream(memory, input, position, Ending::Input, arena);
        records.base = 0;
        records.position.confine(input.len() as u64);
        records
    }

    /// The records of a part of a stream, which begins at `position`; all lines have been counted up to
    /// there.
    pub(super) fn of_stream(
        memory: &'p mut Memory<D>,
        input: &'a [u8],
        position: Position,
        ending: Ending,
        arena: &'a Bump,
    ) -> Self {
        Self {
            memory,
            values: Values::new(),
            input,
            base: position.offset,
            ending,
            arena,
            position,
            raw: &[],
            lines_before: position.lines,
            unended: None,
            piece: None,
        }
    }

    /// The records of a part of a stream.
    pub(crate) fn of_part(
        memory: &'p mut Memory<D>,
        bytes: &'a [u8],
        part: &Part,
        arena: &'a Bump,
    ) -> Self {
        let piece = match &part.content {
            Content::Records(ending) => {
                return Self::of_stream(memory, bytes, part.position, *ending, arena);
            }
            Content::Piece(piece) => piece,
        };
        let Piece { length, ref error, remainder, more, then } = *piece;
        if !more {
            memory.decoder.pass_over();
        }
        let rejected = Rejected { raw: &bytes[..length], error: error.clone(), remainder, more };
        let records = Self::of_stream(memory, &[], then, Ending::Part, arena);
        Self { piece: Some(rejected), ..records }
    }

    /// The record before which it stopped, if it did.
    pub(super) fn unended(&self) -> Option<Unended> {
        self.unended
    }

    /// Where parsing would go on, with all lines counted up to there.
    pub(super) fn counted_position(&mut self) -> Position {
        self.position.lines = self.count_lines(self.position.lines, self.at());
        self.position
    }

    /// Where parsing would go on: after the record returned last. With
    /// [`Parser::records_from`](crate::Parser::records_from) it does so in another arena, or the same one
    /// after a reset.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The bytes of the record returned last, accepted or rejected; empty before the first.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Collects the records that are left. Documents that the arena has no place to list are rejected.
    pub(crate) fn collect_batch(mut self) -> Batch<'a, D> {
        let mut batch = Collected::new(self.arena);
        while let Some(record) = self.next() {
            batch.push(&mut self, record);
        }
        batch.finish()
    }

    /// Collects records while the arena has room for them, but one at least. Also returns where it goes on,
    /// and whether there was no room for the next.
    pub(crate) fn collect_while_room(mut self) -> (Batch<'a, D>, Position, bool) {
        let mut batch = Collected::new(self.arena);
        let mut before = self.position;
        while let Some(record) = self.next() {
            let is_first = batch.is_empty();
            batch.push(&mut self, record);
            if batch.is_full && !is_first {
                batch.rejected.pop();
                self.memory.decoder.uncount();
                self.position = before;
                return (batch.finish(), self.counted_position(), true);
            }
            before = self.position;
        }
        (batch.finish(), self.counted_position(), false)
    }

    /// The present offset in `input`.
    fn at(&self) -> usize {
        (self.position.offset - self.base) as usize
    }

    /// What is left of the input.
    fn rest(&self) -> &'a [u8] {
        &self.input[self.at()..]
    }

    fn advance(&mut self, bytes: usize) {
        self.position.offset += bytes as u64;
    }

    fn start(&mut self) {
        self.advance(skip_byte_order_mark(self.input));
        let max_record_bytes = self.memory.max_record_bytes();
        self.position.stage = match self.memory.options.framing {
            Some(framing) => Stage::first(framing),
            // What `detect` would find out first, that the record is well-formed, shows in parsing it.
            None if max_record_bytes >= self.input.len()
                && self.rest()[indentation(self.rest())..].starts_with(b"{") =>
            {
                Stage::FirstRecord
            }
            None => {
                let told = Framing::tell_within(self.input, true, max_record_bytes);
                Stage::first(told.unwrap_or(Framing::Ndjson))
            }
        };
    }

    /// Parses the first record of a batch whose framing is not known: as a line, if it looks like one.
    fn first_record(&mut self) -> Option<Record<'a, D>> {
        let rest = self.rest();
        // Part of a line, but not of a document.
        let indentation = indentation(rest);
        let extent = match rest[indentation..] {
            [b'{', b'\n', ..] | [b'{', b'\r', b'\n', ..] => Extent::Slice,
            _ => Extent::Line,
        };
        match self.memory.parse(rest, extent, &mut self.values, self.arena) {
            Ok((response, end)) => {
                let record = line_with(rest, end);
                if extent == Extent::Line && is_blank(&record[end..]) {
                    return Some(self.judge_line(record, Ok(response)));
                }
                self.advance(indentation);
                self.judge(self.rest(), Ok((response, end - indentation)), Stage::Document)
            }
            Err(mut fault) => match (extent, Framing::detect(self.input)) {
                (Extent::Slice, Framing::Concatenated) => {
                    self.advance(indentation);
                    fault.offset = fault.offset.saturating_sub(indentation);
                    self.judge(self.rest(), Err(fault), Stage::Document)
                }
                (Extent::Line, Framing::Ndjson) => Some(self.judge_line(line(rest), Err(fault))),
                (_, framing) => {
                    // Once more, as what it is.
                    self.memory.decoder.uncount();
                    self.position.stage = Stage::first(framing);
                    self.next()
                }
            },
        }
    }

    /// Says what became of a line, and goes on after it.
    fn judge_line(
        &mut self,
        record: &'a [u8],
        parsed: Result<&'a D::View<'a>, Fault>,
    ) -> Record<'a, D> {
        let outcome = self.outcome(record, parsed, false);
        self.position.stage = Stage::Line;
        self.advance(record.len());
        self.skip_line_end();
        outcome
    }

    fn next_line(&mut self) -> Option<Record<'a, D>> {
        loop {
            let rest = self.rest();
            match rest.first()? {
                b'\n' => self.skip_line_end(),
                b' ' | b'\t' | b'\r' if self.memory.is_blank_line(line(rest)) => {
                    self.advance(line(rest).len());
                    self.skip_line_end();
                }
                _ => {
                    let (record, parsed) =
                        self.memory.parse_line(rest, &mut self.values, self.arena);
                    return Some(self.judge_line(record, parsed));
                }
            }
        }
    }

    /// Goes over the end of a line, or of the input.
    fn skip_line_end(&mut self) {
        let length = match self.rest() {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            rest => return self.advance(rest.len().min(1)),
        };
        self.advance(length);
        self.position.begin_line();
    }

    fn next_document(&mut self) -> Option<Record<'a, D>> {
        let separator =
            |byte: &u8| matches!(*byte, b' ' | b'\t' | b'\n' | b'\r' | RECORD_SEPARATOR);
        let rest = self.rest();
        let between = rest.iter().position(|byte| !separator(byte));
        self.advance(between.unwrap_or(rest.len()));
        between.and_then(|_| self.record_of_unknown_length(Stage::Document))
    }

    /// Goes through brackets and commas to the next element.
    fn next_element(&mut self) -> Option<Record<'a, D>> {
        loop {
            let rest = self.rest();
            self.advance(skip_whitespace(rest, 0));
            let expected = match (self.position.stage, self.rest().first()) {
                (Stage::Opening, Some(b'[')) => {
                    self.position.stage = Stage::FirstElement;
                    self.advance(1);
                    continue;
                }
                (Stage::AfterElement, Some(b',')) => {
                    self.position.stage = Stage::Element;
                    self.advance(1);
                    continue;
                }
                (Stage::FirstElement | Stage::AfterElement, Some(b']')) => {
                    self.position.stage = Stage::AfterArray;
                    self.advance(1);
                    continue;
                }
                (Stage::FirstElement | Stage::Element, Some(_)) => {
                    return self.record_of_unknown_length(Stage::AfterElement);
                }
                (Stage::AfterArray, None) => return None,
                (_, None) if self.ending != Ending::Input => return None,
                (Stage::AfterArray, Some(_)) => {
                    let expected = Expected::Words("the end of the input after the array");
                    let fault = Fault::expecting(ErrorKind::TrailingBytes, 0, expected);
                    self.memory.decoder.pass_over();
                    return self.remainder(fault, End::Unknown, Stage::End);
                }
                (Stage::AfterElement, _) => "`,` or `]`",
                (Stage::Opening, _) => "an array of documents",
                _ => "a document",
            };
            self.memory.decoder.pass_over();
            let fault = Fault::unexpected(self.rest(), 0, expected);
            return self.remainder(fault, End::Unknown, Stage::End);
        }
    }

    /// Parses a record whose end shows only when it has been read.
    fn record_of_unknown_length(&mut self, after: Stage) -> Option<Record<'a, D>> {
        let rest = self.rest();
        let parsed = self.memory.parse_next(rest, &mut self.values, self.arena);
        self.judge(rest, parsed, after)
    }

    /// Says what became of the record that `rest` begins with, and goes on after it.
    fn judge(
        &mut self,
        rest: &'a [u8],
        parsed: Result<(&'a D::View<'a>, usize), Fault>,
        after: Stage,
    ) -> Option<Record<'a, D>> {
        let (end, parsed) = match parsed {
            Ok((response, end)) => (end, Ok(response)),
            Err(fault) => match self.end_of_rejected(rest, fault, after) {
                (End::At(end), fault) => (end, Err(fault)),
                (end, fault) => return self.remainder(fault, end, after),
            },
        };
        self.advance(end);
        self.position.stage = after;
        Some(self.outcome(&rest[..end], parsed, false))
    }

    /// Where the bad record that `rest` begins with ends, and what is to be said of it.
    fn end_of_rejected(&self, rest: &[u8], fault: Fault, after: Stage) -> (End, Fault) {
        let separators = after == Stage::Document;
        let limit = self.memory.max_record_bytes();
        let allowed = self.memory.allowed(rest);
        let is_all = allowed.len() == rest.len();
        let at = |end| (End::At(end), if end > limit { self.memory.too_large() } else { fault });
        match skip_deep_value(allowed, 0) {
            // Behind a number or a word there may be more of it.
            Ok(end) if end < allowed.len() || matches!(allowed[end - 1], b'}' | b']' | b'"') => {
                at(end)
            }
            Ok(end) if is_all && self.ending != Ending::Anywhere => at(end),
            Err(Fault { kind, .. }) if kind != ErrorKind::UnexpectedEnd => {
                // No text of JSON has this byte in it: RFC 7464 section 2.3.
                let end = separators.then(|| memchr::memchr(RECORD_SEPARATOR, rest)).flatten();
                let Some(end) = end else { return (End::Unknown, fault) };
                if fault.offset < end {
                    return (End::At(end), fault);
                }
                // The separator cut the record short, and is no part of it.
                let expected = Expected::Words("the rest of the document");
                (End::At(end), Fault::expecting(ErrorKind::UnexpectedEnd, end, expected))
            }
            // No record is cut by the end of a part: it was too large, and ended as below.
            _ if is_all && self.ending == Ending::Part => {
                (End::At(rest.len()), self.memory.too_large())
            }
            _ if is_all => (End::Behind, fault),
            _ => {
                let mut scan = Scan::new(separators);
                let end = match scan.end(rest) {
                    Some(end) => End::At(end),
                    None if scan.is_word() && self.ending != Ending::Anywhere => {
                        End::At(rest.len())
                    }
                    None => End::Behind,
                };
                (end, self.memory.too_large())
            }
        }
    }

    /// Rejects all that is left, or leaves the record alone that it begins with.
    fn remainder(&mut self, fault: Fault, end: End, after: Stage) -> Option<Record<'a, D>> {
        if self.ending == Ending::Anywhere {
            self.unended = Some(Unended { fault, malformed: end == End::Unknown, after });
            return None;
        }
        let rest = self.rest();
        self.advance(rest.len());
        self.position.stage = Stage::End;
        Some(self.outcome(rest, Err(fault), true))
    }

    /// Counts a record whose bytes are `raw`, and says what became of it.
    fn outcome(
        &mut self,
        raw: &'a [u8],
        parsed: Result<&'a D::View<'a>, Fault>,
        remainder: bool,
    ) -> Record<'a, D> {
        self.raw = raw;
        self.lines_before = self.position.lines;
        let number = self.position.record;
        self.position.record += 1;
        parsed.map_err(|fault| self.rejected(raw, number, fault, remainder))
    }

    #[cold]
    fn rejected(
        &mut self,
        raw: &'a [u8],
        number: u64,
        fault: Fault,
        remainder: bool,
    ) -> Rejected<'a> {
        let start = raw.as_ptr().addr() - self.input.as_ptr().addr();
        let lines = self.count_lines(self.lines_before, start);
        // Each byte is counted once.
        if lines.counted > self.position.lines.counted {
            self.position.lines = lines;
        }
        let error = locate(fault, raw, lines.origin(number));
        Rejected { raw, error, remainder, more: false }
    }

    /// Counts lines up to an offset of the input.
    fn count_lines(&self, mut lines: Lines, end: usize) -> Lines {
        let counted = (lines.counted - self.base) as usize;
        lines.count(&self.input[counted..end]);
        lines
    }
}

impl<'a, D: Document> Iterator for Records<'_, 'a, D> {
    type Item = Record<'a, D>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(piece) = self.piece.take() {
            self.raw = piece.raw;
            return Some(Err(piece));
        }
        if self.unended.is_some() {
            return None;
        }
        if self.position.stage == Stage::Start {
            self.start();
        }
        let record = match self.position.stage {
            Stage::FirstRecord => self.first_record(),
            Stage::Line => self.next_line(),
            Stage::Document => self.next_document(),
            Stage::End => None,
            _ => self.next_element(),
        };
        if record.is_none() && self.ending == Ending::Input {
            self.position.offset = self.base + self.input.len() as u64;
            self.position.stage = Stage::End;
        }
        record
    }
}

impl<D: Document> std::iter::FusedIterator for Records<'_, '_, D> {}

/// A batch under way.
struct Collected<'a, D: Document> {
    documents: ArenaVec<'a, &'a D::View<'a>>,
    rejected: Vec<Rejected<'a>>,
    /// Whether the arena had no room for the last record.
    is_full: bool,
}

impl<'a, D: Document> Collected<'a, D> {
    fn new(arena: &'a Bump) -> Self {
        Self { documents: ArenaVec::new_in(arena), rejected: Vec::new(), is_full: false }
    }

    fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejected.is_empty()
    }

    /// Adds the record that `records` has just returned.
    fn push(&mut self, records: &mut Records<'_, 'a, D>, record: Record<'a, D>) {
        let rejected = match record {
            Ok(document) if self.documents.try_reserve(1).is_ok() => {
                return self.documents.push(document);
            }
            Ok(_) => {
                let fault = Fault::new(ErrorKind::ArenaLimit, 0);
                let number = records.position.record - 1;
                records.rejected(records.raw, number, fault, false)
            }
            Err(rejected) => rejected,
        };
        self.is_full = rejected.error.kind() == ErrorKind::ArenaLimit;
        self.rejected.push(rejected);
    }

    fn finish(self) -> Batch<'a, D> {
        Batch { documents: self.documents.into_bump_slice(), rejected: self.rejected }
    }
}

/// All records of an input, the accepted apart from the rejected; each in the order of the input.
#[derive(Clone, Debug)]
pub struct Batch<'a, D: Document = JobResponse<'static>> {
    documents: &'a [&'a D::View<'a>],
    rejected: Vec<Rejected<'a>>,
}

impl<'a, D: Document> Batch<'a, D> {
    /// The views of the valid documents.
    pub fn documents(&self) -> &'a [&'a D::View<'a>] {
        self.documents
    }

    /// All jobs in the valid documents, whether they came alone or many in a page.
    ///
    /// ```
    /// use jobview::{Bump, JobDocument, Options, Parser};
    ///
    /// let job = |id| format!(r#"{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{"status":"queued",
    ///     "created_at":"2026-09-04T13:40:00Z","total_count":3}},"links":{{"self":"/"}}}}"#);
    /// let (a, b, c) = (job("a"), job("b"), job("c"));
    /// let stream = format!(r#"{{"data":{a}}} {{"data":[{b},{c}]}} {{"errors":[]}}"#);
    ///
    /// let arena = Bump::new();
    /// let batch = Parser::of::<JobDocument>(Options::new()).parse_batch(stream.as_bytes(), &arena);
    /// let ids: Vec<_> = batch.jobs().map(|job| job.id).collect();
    /// assert_eq!(ids, ["a", "b", "c"]);
    /// ```
    pub fn jobs(&self) -> impl Iterator<Item = &'a D::Job<'a>> + use<'a, D> {
        self.documents.iter().flat_map(|document| D::Builder::jobs(document))
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejected.is_empty()
    }

    /// Corrects the places of what was rejected.
    pub(crate) fn renumber(&mut self, ahead: Numbers) {
        for rejected in &mut self.rejected {
            rejected.error.renumber(ahead.records, ahead.lines);
        }
    }

    /// The records that were none. [`Error::record`] tells where they stood among the others.
    pub fn rejected(&self) -> &[Rejected<'a>] {
        &self.rejected
    }
}

/// How many spaces and tabs some bytes begin with.
fn indentation(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}
