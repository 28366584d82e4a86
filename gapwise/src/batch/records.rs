//! Goes through an input record by record. Each one is accepted or rejected, and none is lost.

mod unframed;

use super::ahead::Ahead;
use super::document::Memory;
use super::framing::{RECORD_SEPARATOR, skip_byte_order_mark};
use super::mixed::Mixed;
use super::part::{Content, Ending, Part, Piece};
use super::place::{Place, Surveyor};
use super::position::{Lines, Position, Stage};
use super::rejected::Rejected;
use super::scan::Scan;
use crate::arena::Arena;
use crate::decode::{Extent, line, skip_nested_value, skip_whitespace};
use crate::error::{ErrorKind, Expected, Fault};
use crate::options::MAX_DEPTH;
use crate::schema::{Document, Values};
use std::fmt;

/// What shows the end of a record in bytes that have not arrived yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// The bracket or quote that closes it.
    Value,
    /// The same, or the end of a line, because the record is too large.
    Large,
    /// The end of its line.
    Line,
    /// The end of a line that is not followed by an inner line.
    Lines,
    /// A record separator.
    Separator,
    /// Nothing: the record is not JSON, and the start of the next record cannot be found.
    Never,
    /// The record has ended. What follows it in the same line decides what it is.
    Nonblank,
    /// The same, but what follows may be in a later line.
    Nonspace,
    /// Nothing in particular, but many more bytes are needed.
    More,
    /// The record is empty: something is missing before the next one.
    Nothing,
}

/// A record that was not consumed, because its end is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unended {
    /// What is wrong with it, as far as is known.
    pub(super) fault: Fault,
    pub(super) wait: Wait,
    /// How far the record is known to reach, from its beginning.
    pub(super) from: usize,
    /// The stage after the record.
    pub(super) after: Stage,
}

/// Why the brackets of a bad record do not show its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// It is not JSON from this offset on.
    Malformed { offset: usize },
    /// It has not ended.
    Unended,
    /// It has not ended, and is longer than a record may be.
    TooLarge,
}

/// An iterator over the records of an input, each parsed when it is requested.
///
/// [`Parser::records`](crate::Parser::records) makes one. Each item is a view, or the record handed back as
/// [`Rejected`]. After either, parsing continues with the next record.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
/// let mut records = parser.records(br#"{"message":"start"} {"message":7}"#, &arena);
/// assert_eq!(records.next().unwrap().unwrap().message, "start");
/// assert!(records.next().unwrap().is_err());
/// assert_eq!(records.raw(), br#"{"message":7}"#);
/// assert!(records.next().is_none());
/// ```
#[must_use = "records are parsed when they are asked for"]
pub struct Records<'p, 'a, D> {
    memory: &'p mut Memory<D>,
    values: Values<'a>,
    input: &'a [u8],
    /// The offset in the stream at which `input` begins.
    base: u64,
    ending: Ending,
    arena: &'a Arena,
    position: Position,
    raw: &'a [u8],
    /// Positioned at the record `raw`, or at the first record if none has been returned.
    surveyor: Surveyor<'a>,
    /// Where the current line ends, and where the next line begins that starts like a record.
    line: Ahead,
    outer_line: Ahead,
    unended: Option<Unended>,
    /// A piece of a record. If there is one, it is all there is.
    piece: Option<Rejected<'a>>,
    /// The offset in the stream at which the part ends, if the input continues after it.
    until: Option<u64>,
}

impl<D> fmt::Debug for Records<'_, '_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("position", &self.position).finish_non_exhaustive()
    }
}

/// The outcome for a record: the view of a valid document, or the record handed back.
///
/// ```
/// use gapwise::{Record, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// fn text<'a>(record: &Record<'a, Line<'a>>) -> &'a str {
///     record.as_ref().map_or("broken", |line| line.message)
/// }
/// assert_eq!(text(&Ok(&Line { message: "start" })), "start");
/// ```
pub type Record<'a, V> = Result<&'a V, Rejected<'a>>;

impl<'p, 'a, D: Document> Records<'p, 'a, D> {
    pub(crate) fn new(
        memory: &'p mut Memory<D>,
        input: &'a [u8],
        position: Position,
        arena: &'a Arena,
    ) -> Self {
        let position = position.confined(input.len() as u64);
        let mut records = Self::of_stream(memory, input, position, Ending::Input, arena);
        records.base = 0;
        records.raw = &input[position.offset as usize..][..0];
        records.surveyor = Surveyor::new(input, 0, position.lines, position.record);
        records
    }

    /// The records of a part of a stream that begins at `position`. All lines up to there must have been counted.
    pub(super) fn of_stream(
        memory: &'p mut Memory<D>,
        input: &'a [u8],
        position: Position,
        ending: Ending,
        arena: &'a Arena,
    ) -> Self {
        Self {
            memory,
            values: Memory::<D>::values(true),
            input,
            base: position.offset,
            ending,
            arena,
            position,
            raw: &input[..0],
            surveyor: Surveyor::new(input, position.offset, position.lines, position.record),
            line: Ahead::default(),
            outer_line: Ahead::default(),
            unended: None,
            piece: None,
            until: None,
        }
    }

    /// The records of a part of a stream.
    pub(crate) fn of_part(
        memory: &'p mut Memory<D>,
        bytes: &'a [u8],
        part: &Part,
        arena: &'a Arena,
    ) -> Self {
        let piece = match &part.content {
            Content::Records(ending) => {
                return Self::of_stream(memory, bytes, part.position, *ending, arena);
            }
            Content::UpTo(end) => {
                let ending = Ending::Anywhere;
                let records = Self::of_stream(memory, bytes, part.position, ending, arena);
                return Self { until: Some(*end), ..records };
            }
            Content::Piece(piece) => piece,
        };
        let Piece { length, ref error, remainder, more, then } = *piece;
        if !more {
            memory.decoder.pass_over();
        }
        let raw = &bytes[..length];
        let rejected = Rejected { raw, error: error.clone(), remainder, more };
        let records = Self::of_stream(memory, &[], then, Ending::Part, arena);
        let Position { offset, lines, record, .. } = part.position;
        let surveyor = Surveyor::new(raw, offset, lines, record);
        Self { raw: &raw[..0], surveyor, piece: Some(rejected), ..records }
    }

    /// The record at which iteration stopped because its end is not known, if it did.
    pub(super) fn unended(&self) -> Option<Unended> {
        self.unended
    }

    /// The position to continue from, with all lines up to it counted.
    pub(super) fn counted_position(&mut self) -> Position {
        self.position.lines = self.count_lines(self.position.lines, self.at());
        self.position
    }

    /// The position after the last returned record. Pass it to [`Parser::records_from`](crate::Parser::records_from) to
    /// continue in another arena, or in the same one after a reset. It can also be written down, and passed to a reader of
    /// the same stream. All lines up to it have been counted.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let input = b"{\"message\":\"start\"}\n{\"message\":\"stop\"}\n";
    /// let (mut arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(input, &arena);
    /// records.next();
    /// let position = records.position();
    ///
    /// arena.reset();
    /// let mut rest = parser.records_from(input, position, &arena);
    /// assert_eq!(rest.next().unwrap().unwrap().message, "stop");
    /// ```
    pub fn position(&mut self) -> Position {
        self.counted_position()
    }

    /// For the command: the same, where [`OwnedBatch::after`](crate::OwnedBatch::after) counts the lines if need be.
    #[doc(hidden)]
    pub fn mark(&self) -> Position {
        self.position
    }

    /// The bytes of the last returned record, accepted or rejected. Empty before the first record.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(b"{\"message\":\"start\"} {}", &arena);
    /// assert_eq!(records.raw(), b"");
    /// records.next();
    /// assert_eq!(records.raw(), br#"{"message":"start"}"#);
    /// records.next();
    /// assert_eq!(records.raw(), b"{}");
    /// ```
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The place of the last returned record; before the first record, the place where that will be. Between two
    /// records of NDJSON, lines have already been counted. Elsewhere this call counts them, each line once.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(b"{\"message\":\"start\"}\n{\"message\":\"stop\"}", &arena);
    /// while let Some(record) = records.next() {
    ///     let place = records.place();
    ///     assert_eq!((record.unwrap().message == "stop", place.line), (place.record == 1, place.record + 1));
    /// }
    /// ```
    pub fn place(&mut self) -> Place<'a> {
        let place = self.surveyor.place(self.raw);
        // No byte is counted twice.
        if self.surveyor.lines.counted > self.position.lines.counted {
            self.position.lines = self.surveyor.lines;
        }
        place
    }

    /// Positioned at the next record, or at the last one that was returned.
    pub(super) fn surveyor(&self) -> Surveyor<'a> {
        self.surveyor
    }

    pub(super) fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// Undoes the last returned record. `before` is the position before it.
    pub(super) fn go_back(&mut self, before: Position) {
        self.memory.decoder.uncount();
        self.position = before;
    }

    /// The current offset in `input`.
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
        self.advance(skip_byte_order_mark(self.rest()));
        self.position.stage = Stage::first(self.memory.options.framing);
    }

    /// Makes the outcome of a line, and continues after it.
    #[inline(never)]
    fn judge_line(
        &mut self,
        record: &'a [u8],
        parsed: Result<&'a D::View<'a>, Fault>,
    ) -> Record<'a, D::View<'a>> {
        let outcome = self.outcome(record, parsed, false);
        self.position.stage = Stage::Line;
        self.advance(record.len());
        self.skip_line_end();
        outcome
    }

    fn next_line(&mut self) -> Option<Record<'a, D::View<'a>>> {
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
                    return Some(match (parsed, &rest[record.len()..]) {
                        // The most frequent case.
                        (Ok(view), [b'\n', ..]) => {
                            self.note(record);
                            self.position.offset += record.len() as u64 + 1;
                            self.position.begin_line();
                            Ok(view)
                        }
                        (parsed, _) => self.judge_line(record, parsed),
                    });
                }
            }
        }
    }

    /// Skips a line ending, or the end of the input.
    fn skip_line_end(&mut self) {
        let length = match self.rest() {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            rest => return self.advance(rest.len().min(1)),
        };
        self.advance(length);
        self.position.begin_line();
    }

    fn next_document(&mut self) -> Option<Record<'a, D::View<'a>>> {
        let separator =
            |byte: &u8| matches!(*byte, b' ' | b'\t' | b'\n' | b'\r' | RECORD_SEPARATOR);
        let rest = self.rest();
        let between = rest.iter().position(|byte| !separator(byte));
        self.advance(between.unwrap_or(rest.len()));
        between.and_then(|_| self.record_of_unknown_length(Stage::Document))
    }

    /// Skips brackets and commas up to the next element.
    fn next_element(&mut self) -> Option<Record<'a, D::View<'a>>> {
        let is_told = self.memory.options.framing.is_some();
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
                    self.advance(1);
                    if !is_told {
                        self.position.stage =
                            Stage::Mixed(Mixed::after_array(self.position.offset));
                        return None;
                    }
                    self.position.stage = Stage::AfterArray;
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
                    return self.remainder(fault, Wait::Never, Stage::End);
                }
                (Stage::AfterElement, _) => "`,` or `]`",
                (Stage::Opening, _) => "an array of documents",
                _ => "a document",
            };
            self.memory.decoder.pass_over();
            let fault = Fault::unexpected(self.rest(), 0, expected);
            if !is_told && let Some(next) = self.rest().first() {
                return self.between_elements(fault, *next);
            }
            return self.remainder(fault, Wait::Never, Stage::End);
        }
    }

    /// Parses a record whose end is known only after it has been parsed.
    fn record_of_unknown_length(&mut self, after: Stage) -> Option<Record<'a, D::View<'a>>> {
        let rest = self.rest();
        let next = self.memory.parse_next(rest, Extent::Slice, &mut self.values, self.arena);
        let (end, parsed) = match next {
            Ok((response, end)) => (end, Ok(response)),
            Err(fault) => match self.end_of_rejected(rest, fault, self.ending) {
                Ok((end, fault)) => (end, Err(fault)),
                Err(lost) => return self.lost(rest, fault, lost, after),
            },
        };
        self.advance(end);
        self.position.stage = after;
        Some(self.outcome(&rest[..end], parsed, false))
    }

    /// Finds the end of the bad record at the start of `rest`, and the fault to report.
    fn end_of_rejected(
        &self,
        rest: &[u8],
        fault: Fault,
        ending: Ending,
    ) -> Result<(usize, Fault), Lost> {
        let limit = self.memory.max_record_bytes();
        let allowed = self.memory.allowed(rest);
        let is_cut = allowed.len() > limit;
        let is_open = ending == Ending::Anywhere;
        if fault.kind == ErrorKind::UnexpectedEnd && fault.offset == allowed.len() {
            // The available bytes are well-formed.
            return Err(if is_cut { Lost::TooLarge } else { Lost::Unended });
        }
        // Without a set framing, there may be many records that do not end.
        let most =
            if self.memory.options.framing.is_some() { usize::MAX } else { MAX_DEPTH.into() };
        match skip_nested_value(allowed, 0, most) {
            // A number or a word may continue after the available bytes.
            Ok(end)
                if (is_cut || is_open)
                    && end == allowed.len()
                    && !matches!(allowed[end - 1], b'}' | b']' | b'"') =>
            {
                Err(if is_cut { Lost::TooLarge } else { Lost::Unended })
            }
            Ok(end) if end > limit => Ok((end, self.memory.too_large())),
            Ok(end) => Ok((end, fault)),
            Err(Fault { kind: ErrorKind::UnexpectedEnd, .. }) if is_cut => Err(Lost::TooLarge),
            Err(Fault { kind: ErrorKind::UnexpectedEnd, .. }) => Err(Lost::Unended),
            Err(Fault { offset, .. }) => Err(Lost::Malformed { offset }),
        }
    }

    /// Continues after a record whose brackets do not show its end.
    fn lost(
        &mut self,
        rest: &'a [u8],
        fault: Fault,
        lost: Lost,
        after: Stage,
    ) -> Option<Record<'a, D::View<'a>>> {
        if self.memory.options.framing.is_none() {
            let mixed = Mixed::in_broken_array(self.position.offset);
            return self.broken(rest, self.memory.allowed(rest), fault, lost, mixed);
        }
        let too_large = self.memory.too_large();
        let (end, fault) = match lost {
            Lost::Malformed { .. } => match memchr::memchr(RECORD_SEPARATOR, rest) {
                Some(end) if after == Stage::Document && fault.offset < end => (end, fault),
                // The separator cut the record short. It is not part of the record.
                Some(end) if after == Stage::Document => {
                    let expected = Expected::Words("the rest of the document");
                    (end, Fault::expecting(ErrorKind::UnexpectedEnd, end, expected))
                }
                _ if after == Stage::Document => {
                    return self.remainder(fault, Wait::Separator, after);
                }
                _ => return self.remainder(fault, Wait::Never, after),
            },
            // A part never ends within a record.
            Lost::Unended if self.ending == Ending::Part => (rest.len(), too_large),
            Lost::Unended => return self.remainder(fault, Wait::Value, after),
            Lost::TooLarge => {
                let mut scan = Scan::new();
                match scan.end(rest) {
                    Some(end) => (end, too_large),
                    None if self.ends_with_bytes(scan) => (rest.len(), too_large),
                    None => return self.remainder(too_large, Wait::Value, after),
                }
            }
        };
        self.advance(end);
        self.position.stage = after;
        Some(self.outcome(&rest[..end], Err(fault), false))
    }

    /// Whether a scanned record that is too large ends where the available bytes end.
    fn ends_with_bytes(&self, scan: Scan) -> bool {
        match self.ending {
            Ending::Input => scan.is_word(),
            Ending::Part => true,
            Ending::Anywhere => false,
        }
    }

    /// Rejects the rest of the input. If more bytes may follow, leaves its first record for later instead.
    fn remainder(
        &mut self,
        fault: Fault,
        wait: Wait,
        after: Stage,
    ) -> Option<Record<'a, D::View<'a>>> {
        if self.ending == Ending::Anywhere {
            self.unended = Some(Unended { fault, wait, from: 0, after });
            return None;
        }
        let rest = self.rest();
        self.advance(rest.len());
        self.position.stage = Stage::End;
        Some(self.outcome(rest, Err(fault), true))
    }

    /// Counts the record `raw`, and makes its outcome.
    fn outcome(
        &mut self,
        raw: &'a [u8],
        parsed: Result<&'a D::View<'a>, Fault>,
        remainder: bool,
    ) -> Record<'a, D::View<'a>> {
        let number = self.note(raw);
        parsed.map_err(|fault| self.rejected(raw, number, fault, remainder))
    }

    /// Notes that a record has been read, and returns its number.
    #[inline(always)]
    fn note(&mut self, raw: &'a [u8]) -> u64 {
        let number = self.position.record;
        self.raw = raw;
        (self.surveyor.lines, self.surveyor.number) = (self.position.lines, number);
        self.position.record += 1;
        number
    }

    /// Rejects the last returned record after all, because there is no room for it.
    pub(super) fn reject_last(&mut self) -> Rejected<'a> {
        let fault = Fault::new(ErrorKind::ArenaLimit, 0);
        self.rejected(self.raw, self.position.record - 1, fault, false)
    }

    #[cold]
    fn rejected(
        &mut self,
        raw: &'a [u8],
        number: u64,
        fault: Fault,
        remainder: bool,
    ) -> Rejected<'a> {
        self.place();
        let error = self.memory.locate(fault, raw, self.surveyor.lines.origin(number));
        Rejected { raw, error, remainder, more: false }
    }

    /// Continues counting lines up to an offset of the input.
    fn count_lines(&self, mut lines: Lines, end: usize) -> Lines {
        let counted = (lines.counted - self.base) as usize;
        lines.count(&self.input[counted..end]);
        lines
    }
}

impl<'a, D: Document> Iterator for Records<'_, 'a, D> {
    type Item = Record<'a, D::View<'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // The fast path: most streams are lines, and so is the next record.
        if matches!(self.position.stage, Stage::Line)
            && self.piece.is_none()
            && self.unended.is_none()
            && self.until.is_none()
            && let Some(record) = self.next_line()
        {
            return Some(record);
        }
        match self.until {
            None => self.next_in_any_framing(),
            Some(end) => self.next_before(end),
        }
    }
}

impl<'a, D: Document> Records<'_, 'a, D> {
    /// The next record of a part whose bytes continue after its end. `None` at or after that end, before a record whose
    /// end is not known, and where lines of NDJSON begin, which are framed differently.
    fn next_before(&mut self, end: u64) -> Option<Record<'a, D::View<'a>>> {
        loop {
            let before = self.position;
            if before.offset >= end || before.stage == Stage::Line {
                return None;
            }
            let record = self.next_in_any_framing();
            // The beginning or end of an array is not a record, but iteration continues.
            if record.is_some() || self.unended.is_some() || self.position == before {
                return record;
            }
        }
    }

    fn next_in_any_framing(&mut self) -> Option<Record<'a, D::View<'a>>> {
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
        let documents = self.memory.decoder.documents();
        let record = loop {
            let before = self.position;
            let record = match before.stage {
                Stage::Mixed(mixed) => self.next_mixed(mixed),
                Stage::Line => self.next_line(),
                Stage::Document => self.next_document(),
                Stage::End => None,
                _ => self.next_element(),
            };
            // If more bytes may follow, return: from here on the stream is framed differently, or as a part in a known
            // stage.
            let is_over = record.is_some() || self.ending == Ending::Anywhere;
            if is_over || self.position == before {
                break record;
            }
        };
        if self.unended.is_some() {
            // The record will be seen again, as a whole.
            self.memory.decoder.go_back_to(documents);
        }
        if record.is_none() && self.ending == Ending::Input {
            self.position.offset = self.base + self.input.len() as u64;
            self.position.stage = Stage::End;
        }
        record
    }
}

impl<D: Document> std::iter::FusedIterator for Records<'_, '_, D> {}
