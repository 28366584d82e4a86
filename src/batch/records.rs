//! Through an input record by record: accepted or rejected, never lost.

use super::document::{Memory, line_with};
use super::framing::{RECORD_SEPARATOR, is_blank, skip_byte_order_mark};
use crate::decode::{Extent, Origin, line, locate, skip_deep_value, skip_whitespace};
use crate::error::{Error, ErrorKind, Expected, Fault};
use crate::model::JobResponse;
use crate::options::{Framing, Options};
use crate::schema::Values;
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
/// Made by [`Records::position`]. It makes sense for the same input and the same
/// [`Options::framing`](crate::Options::framing) only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    offset: usize,
    record: u64,
    lines: Lines,
    stage: Stage,
}

impl Position {
    /// The start of an input.
    pub const START: Self = Self {
        offset: 0,
        record: 0,
        lines: Lines { counted: 0, line: 1, line_start: 0 },
        stage: Stage::Start,
    };

    /// Makes sense of a position in a longer input: the end of this one.
    fn confine(&mut self, length: usize) {
        let Lines { counted, line_start, .. } = &mut self.lines;
        self.offset = self.offset.min(length);
        *counted = (*counted).min(self.offset);
        *line_start = (*line_start).min(*counted);
    }

    /// How many bytes of the input have been dealt with.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// How many records have been, which is the number of the next one.
    pub fn record(&self) -> u64 {
        self.record
    }

    /// Whether nothing is left. The offset alone does not tell: an array that lacks its closing bracket
    /// ends with one more rejected record, which is empty.
    pub fn is_end(&self) -> bool {
        self.stage == Stage::End
    }
}

/// The lines counted so far. They are counted up to rejected records only, and each byte once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lines {
    counted: usize,
    line: u64,
    line_start: usize,
}

impl Lines {
    fn count_to(&mut self, input: &[u8], offset: usize) {
        let uncounted = &input[self.counted..offset];
        self.line += memchr::memchr_iter(b'\n', uncounted).count() as u64;
        if let Some(newline) = memchr::memrchr(b'\n', uncounted) {
            self.line_start = self.counted + newline + 1;
        }
        self.counted = offset;
    }
}

/// What the framing wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
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
    fn first(framing: Framing) -> Self {
        match framing {
            Framing::Ndjson => Self::Line,
            Framing::Array => Self::Opening,
            Framing::Concatenated => Self::Document,
        }
    }
}

/// The records of an input, parsed as they are asked for.
///
/// Made by [`Parser::records`](crate::Parser::records). Each item is a view, or the record handed back as
/// [`Rejected`]; after either, parsing goes on with the next record.
pub struct Records<'p, 'a> {
    memory: &'p mut Memory,
    values: Values<'a>,
    input: &'a [u8],
    arena: &'a Bump,
    position: Position,
    raw: &'a [u8],
}

impl fmt::Debug for Records<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("position", &self.position).finish_non_exhaustive()
    }
}

/// What becomes of a record: the view of a valid document, or the record handed back.
pub type Record<'a> = Result<&'a JobResponse<'a>, Rejected<'a>>;

impl<'p, 'a> Records<'p, 'a> {
    pub(crate) fn new(
        memory: &'p mut Memory,
        input: &'a [u8],
        position: Position,
        arena: &'a Bump,
    ) -> Self {
        let mut records = Self { memory, values: Values::new(), input, arena, position, raw: &[] };
        records.position.confine(input.len());
        records
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
    pub(crate) fn collect_batch(mut self) -> Batch<'a> {
        let mut documents = ArenaVec::new_in(self.arena);
        let mut rejected = Vec::new();
        while let Some(record) = self.next() {
            match record {
                Ok(document) if documents.try_reserve(1).is_ok() => documents.push(document),
                Ok(_) => {
                    let fault = Fault::new(ErrorKind::ArenaLimit, 0);
                    let number = self.position.record - 1;
                    rejected.push(self.rejected(self.raw, number, fault, false));
                }
                Err(record) => rejected.push(record),
            }
        }
        Batch { documents: documents.into_bump_slice(), rejected }
    }

    /// What is left of the input.
    fn rest(&self) -> &'a [u8] {
        &self.input[self.position.offset..]
    }

    fn start(&mut self) {
        self.position.offset = skip_byte_order_mark(self.input);
        let Options { framing, max_record_bytes, .. } = self.memory.options;
        self.position.stage = match framing {
            Some(framing) => Stage::first(framing),
            // What `detect` would find out first, that the record is well-formed, shows in parsing it.
            None if max_record_bytes >= self.input.len() && self.rest().starts_with(b"{") => {
                Stage::FirstRecord
            }
            None => Stage::first(Framing::detect(self.input)),
        };
    }

    /// Parses the first record of a batch whose framing is not known: as a line, if it looks like one.
    fn first_record(&mut self) -> Option<Record<'a>> {
        let rest = self.rest();
        let extent = match rest {
            [b'{', b'\n', ..] | [b'{', b'\r', b'\n', ..] => Extent::Slice,
            _ => Extent::Line,
        };
        match self.memory.parse(rest, extent, &mut self.values, self.arena) {
            Ok((response, end)) => {
                let record = line_with(rest, end);
                Some(match extent == Extent::Line && is_blank(&record[end..]) {
                    true => self.judge_line(record, Ok(response)),
                    false => self.judge(rest, Ok((response, end)), Stage::Document),
                })
            }
            Err(fault) => match (extent, Framing::detect(self.input)) {
                (Extent::Slice, Framing::Concatenated) => {
                    Some(self.judge(rest, Err(fault), Stage::Document))
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
        parsed: Result<&'a JobResponse<'a>, Fault>,
    ) -> Record<'a> {
        self.position.stage = Stage::Line;
        self.position.offset += record.len();
        self.skip_line_end();
        self.outcome(record, parsed, false)
    }

    fn next_line(&mut self) -> Option<Record<'a>> {
        loop {
            let rest = self.rest();
            match rest.first()? {
                b'\n' => self.position.offset += 1,
                b' ' | b'\t' | b'\r' if is_blank(line(rest)) => {
                    self.position.offset += line(rest).len();
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
        self.position.offset += match self.rest() {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            rest => rest.len().min(1),
        };
    }

    fn next_document(&mut self) -> Option<Record<'a>> {
        let separator =
            |byte: &u8| matches!(*byte, b' ' | b'\t' | b'\n' | b'\r' | RECORD_SEPARATOR);
        let rest = self.rest();
        self.position.offset += rest.iter().position(|byte| !separator(byte))?;
        Some(self.record_of_unknown_length(Stage::Document))
    }

    /// Goes through brackets and commas to the next element.
    fn next_element(&mut self) -> Option<Record<'a>> {
        loop {
            self.position.offset = skip_whitespace(self.input, self.position.offset);
            let expected = match (self.position.stage, self.rest().first()) {
                (Stage::Opening, Some(b'[')) => {
                    self.position.stage = Stage::FirstElement;
                    self.position.offset += 1;
                    continue;
                }
                (Stage::AfterElement, Some(b',')) => {
                    self.position.stage = Stage::Element;
                    self.position.offset += 1;
                    continue;
                }
                (Stage::FirstElement | Stage::AfterElement, Some(b']')) => {
                    self.position.stage = Stage::AfterArray;
                    self.position.offset += 1;
                    continue;
                }
                (Stage::FirstElement | Stage::Element, Some(_)) => {
                    return Some(self.record_of_unknown_length(Stage::AfterElement));
                }
                (Stage::AfterArray, None) => return None,
                (Stage::AfterArray, Some(_)) => {
                    let expected = Expected::Words("the end of the input after the array");
                    let fault = Fault::expecting(ErrorKind::TrailingBytes, 0, expected);
                    self.memory.decoder.pass_over();
                    return Some(self.remainder(fault));
                }
                (Stage::AfterElement, _) => "`,` or `]`",
                (Stage::Opening, _) => "an array of documents",
                _ => "a document",
            };
            self.memory.decoder.pass_over();
            return Some(self.remainder(Fault::unexpected(self.rest(), 0, expected)));
        }
    }

    /// Parses a record whose end shows only when it has been read.
    fn record_of_unknown_length(&mut self, after: Stage) -> Record<'a> {
        let rest = self.rest();
        let parsed = self.memory.parse_next(rest, &mut self.values, self.arena);
        self.judge(rest, parsed, after)
    }

    /// Says what became of the record that `rest` begins with, and goes on after it.
    fn judge(
        &mut self,
        rest: &'a [u8],
        parsed: Result<(&'a JobResponse<'a>, usize), Fault>,
        after: Stage,
    ) -> Record<'a> {
        let (end, parsed) = match parsed {
            Ok((response, end)) => (Some(end), Ok(response)),
            Err(fault) => (self.end_of_rejected(rest, after), Err(fault)),
        };
        match (end, parsed) {
            (Some(end), mut parsed) => {
                // A record separator cut it short, and is no part of it.
                if let Err(fault) = &mut parsed
                    && fault.offset >= end
                {
                    let expected = Expected::Words("the rest of the document");
                    *fault = Fault::expecting(ErrorKind::UnexpectedEnd, end, expected);
                }
                self.position.offset += end;
                self.position.stage = after;
                self.outcome(&rest[..end], parsed, false)
            }
            (None, Err(fault)) => self.remainder(fault),
            (None, parsed) => self.outcome(rest, parsed, true),
        }
    }

    /// Where the next record may begin after the bad one that `rest` begins with.
    fn end_of_rejected(&self, rest: &[u8], after: Stage) -> Option<usize> {
        let well_formed = skip_deep_value(rest, 0).ok();
        match after {
            // No text of JSON has this byte in it: RFC 7464 section 2.3.
            Stage::Document => well_formed.or_else(|| memchr::memchr(RECORD_SEPARATOR, rest)),
            _ => well_formed,
        }
    }

    /// Rejects all that is left.
    fn remainder(&mut self, fault: Fault) -> Record<'a> {
        let rest = self.rest();
        self.position.offset = self.input.len();
        self.position.stage = Stage::End;
        self.outcome(rest, Err(fault), true)
    }

    /// Counts a record whose bytes are `raw`, and says what became of it.
    fn outcome(
        &mut self,
        raw: &'a [u8],
        parsed: Result<&'a JobResponse<'a>, Fault>,
        remainder: bool,
    ) -> Record<'a> {
        self.raw = raw;
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
        let lines = &mut self.position.lines;
        lines.count_to(self.input, start);
        let origin = Origin {
            record: number,
            offset: start as u64,
            line: lines.line,
            line_start: lines.line_start as u64,
        };
        Rejected { raw, error: locate(fault, raw, origin), remainder }
    }
}

impl<'a> Iterator for Records<'_, 'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Self::Item> {
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
        if record.is_none() {
            self.position.offset = self.input.len();
            self.position.stage = Stage::End;
        }
        record
    }
}

impl std::iter::FusedIterator for Records<'_, '_> {}

/// All records of an input, the accepted apart from the rejected; each in the order of the input.
#[derive(Clone, Debug)]
pub struct Batch<'a> {
    documents: &'a [&'a JobResponse<'a>],
    rejected: Vec<Rejected<'a>>,
}

impl<'a> Batch<'a> {
    /// The views of the valid documents.
    pub fn documents(&self) -> &'a [&'a JobResponse<'a>] {
        self.documents
    }

    /// The records that were none. [`Error::record`] tells where they stood among the others.
    pub fn rejected(&self) -> &[Rejected<'a>] {
        &self.rejected
    }
}
