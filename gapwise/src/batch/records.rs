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

/// What shows where a record ends, in bytes that have not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// The bracket or quote that closes it.
    Value,
    /// The same, or the end of a line, for it is too large.
    Large,
    /// The end of its line.
    Line,
    /// The end of a line that no inner line follows.
    Lines,
    /// A record separator.
    Separator,
    /// Nothing: it is not JSON, and nobody can tell where the next record begins.
    Never,
    /// It has ended. What follows in its line shows what it is.
    Nonblank,
    /// The same, in this or another line.
    Nonspace,
    /// Nothing in particular, but there must be much more.
    More,
    /// It is empty: something is missing before the next.
    Nothing,
}

/// A record that was left alone, because its end is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unended {
    /// What is wrong with it, as far as can be seen.
    pub(super) fault: Fault,
    pub(super) wait: Wait,
    /// Up to where it is known to go, from its beginning.
    pub(super) from: usize,
    /// What the framing wants after it.
    pub(super) after: Stage,
}

/// Why the end of a bad record does not show in its brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// It is not JSON, which shows at this offset.
    Malformed { offset: usize },
    /// It has not ended.
    Unended,
    /// The same, and it is longer than a record may be.
    TooLarge,
}

/// The records of an input, parsed as they are asked for.
///
/// Made by [`Parser::records`](crate::Parser::records). Each item is a view, or the record handed back as
/// [`Rejected`]; after either, parsing goes on with the next record.
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
    /// Where in the stream `input` begins.
    base: u64,
    ending: Ending,
    arena: &'a Arena,
    position: Position,
    raw: &'a [u8],
    /// Where `raw` stands, or the first record as long as there is none.
    surveyor: Surveyor<'a>,
    /// Where the line ends, and where the next begins that a record begins with.
    line: Ahead,
    outer_line: Ahead,
    unended: Option<Unended>,
    /// A piece of a record, which is all there is.
    piece: Option<Rejected<'a>>,
    /// The offset in the stream where a part ends, if the input goes on behind it.
    until: Option<u64>,
}

impl<D> fmt::Debug for Records<'_, '_, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("position", &self.position).finish_non_exhaustive()
    }
}

/// What becomes of a record: the view of a valid document, or the record handed back.
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
        let mut records = Self::of_stream(memory, input, position, Ending::Input, arena);
        records.base = 0;
        records.surveyor = Surveyor::new(input, 0, position.lines, position.record);
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

    /// The record before which it stopped, if it did.
    pub(super) fn unended(&self) -> Option<Unended> {
        self.unended
    }

    /// Where parsing would go on, with all lines counted up to there.
    pub(super) fn counted_position(&mut self) -> Position {
        self.position.lines = self.count_lines(self.position.lines, self.at());
        self.position
    }

    /// Where parsing goes on: after the record returned last. Pass it to
    /// [`Parser::records_from`](crate::Parser::records_from) to go on in another arena, or in the same one after a
    /// reset. It may be written down, too, and be where a reader of the same stream begins; lines are counted up to it.
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

    /// The bytes of the record returned last, accepted or rejected; empty before the first.
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

    /// Where the record returned last stands, or before the first, where that will stand. Between two records of
    /// NDJSON, lines have been counted already. Elsewhere this call counts them, each line once.
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
        // Each byte is counted once.
        if self.surveyor.lines.counted > self.position.lines.counted {
            self.position.lines = self.surveyor.lines;
        }
        place
    }

    /// Where the next record will stand, or stands if it has been returned.
    pub(super) fn surveyor(&self) -> Surveyor<'a> {
        self.surveyor
    }

    pub(super) fn arena(&self) -> &'a Arena {
        self.arena
    }

    /// Goes back to the position before the record returned last.
    pub(super) fn go_back(&mut self, before: Position) {
        self.memory.decoder.uncount();
        self.position = before;
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
        self.position.stage = Stage::first(self.memory.options.framing);
    }

    /// Says what became of a line, and goes on after it.
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
                        // As most are.
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

    fn next_document(&mut self) -> Option<Record<'a, D::View<'a>>> {
        let separator =
            |byte: &u8| matches!(*byte, b' ' | b'\t' | b'\n' | b'\r' | RECORD_SEPARATOR);
        let rest = self.rest();
        let between = rest.iter().position(|byte| !separator(byte));
        self.advance(between.unwrap_or(rest.len()));
        between.and_then(|_| self.record_of_unknown_length(Stage::Document))
    }

    /// Goes through brackets and commas to the next element.
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

    /// Parses a record whose end shows only when it has been read.
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

    /// Where the bad record that `rest` begins with ends, and what is to be said of it.
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
            // What there is of it is as it must be.
            return Err(if is_cut { Lost::TooLarge } else { Lost::Unended });
        }
        // Where nothing is told there may be many records that do not end.
        let most =
            if self.memory.options.framing.is_some() { usize::MAX } else { MAX_DEPTH.into() };
        match skip_nested_value(allowed, 0, most) {
            // Behind a number or a word there may be more of it.
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

    /// Goes on after a record whose end does not show in its brackets.
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
                // The separator cut the record short, and is no part of it.
                Some(end) if after == Stage::Document => {
                    let expected = Expected::Words("the rest of the document");
                    (end, Fault::expecting(ErrorKind::UnexpectedEnd, end, expected))
                }
                _ if after == Stage::Document => {
                    return self.remainder(fault, Wait::Separator, after);
                }
                _ => return self.remainder(fault, Wait::Never, after),
            },
            // No record is cut by the end of a part.
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

    /// Whether a record that is too large, and has been scanned, ends with the bytes at hand.
    fn ends_with_bytes(&self, scan: Scan) -> bool {
        match self.ending {
            Ending::Input => scan.is_word(),
            Ending::Part => true,
            Ending::Anywhere => false,
        }
    }

    /// Rejects all that is left, or leaves the record alone that it begins with.
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

    /// Counts a record whose bytes are `raw`, and says what became of it.
    fn outcome(
        &mut self,
        raw: &'a [u8],
        parsed: Result<&'a D::View<'a>, Fault>,
        remainder: bool,
    ) -> Record<'a, D::View<'a>> {
        let number = self.note(raw);
        parsed.map_err(|fault| self.rejected(raw, number, fault, remainder))
    }

    /// Says that a record has been read. Returns its number.
    #[inline(always)]
    fn note(&mut self, raw: &'a [u8]) -> u64 {
        let number = self.position.record;
        self.raw = raw;
        (self.surveyor.lines, self.surveyor.number) = (self.position.lines, number);
        self.position.record += 1;
        number
    }

    /// Rejects the record returned last after all, for which there is no room.
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

    /// Counts lines up to an offset of the input.
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
        // Most streams are lines, and most of their records follow one of these.
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
    /// The next record of a part, in bytes that go on behind it. `None` at its end or behind that; before a record
    /// whose end does not show; and where lines of NDJSON begin, which are framed in another way.
    fn next_before(&mut self, end: u64) -> Option<Record<'a, D::View<'a>>> {
        loop {
            let before = self.position;
            if before.offset >= end || before.stage == Stage::Line {
                return None;
            }
            let record = self.next_in_any_framing();
            // There is none where an array begins or ends, but it goes on.
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
            // What is open is framed in another way from here on, or as a part that is known to be in this stage.
            let is_over = record.is_some() || self.ending == Ending::Anywhere;
            if is_over || self.position == before {
                break record;
            }
        };
        if self.unended.is_some() {
            // It will be seen again, as a whole.
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
