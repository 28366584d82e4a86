//! A position between two records, from which parsing continues, and the lines counted up to there.

use super::document::Memory;
use super::mixed::Mixed;
use crate::decode::Origin;
use crate::options::Framing;
use crate::schema::Document;

/// A position in an input between two records, from which parsing can continue.
///
/// [`Records::position`](crate::Records::position) and the readers of streams return one. It is only meaningful for the
/// same input and the same [`Options::framing`](crate::Options::framing).
///
/// ```
/// use gapwise::{Arena, Parser, Position, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
/// let input = br#"{"message":"start"} {"message":"stop"}"#;
/// let mut records = parser.records(input, &arena);
/// records.next();
/// let position = records.position();
/// assert_eq!((position.record(), position.is_end()), (1, false));
///
/// let mut rest = parser.records_from(input, position, &arena);
/// assert_eq!(rest.next().unwrap().unwrap().message, "stop");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub(super) offset: u64,
    pub(super) record: u64,
    pub(super) lines: Lines,
    pub(super) stage: Stage,
}

impl Position {
    /// The start of an input.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let records = parser.records_from(b"{\"message\":\"start\"}\n{}\n", Position::START, &arena);
    /// assert_eq!(records.count(), 2);
    /// ```
    pub const START: Self = Self {
        offset: 0,
        record: 0,
        lines: Lines { counted: 0, line: 1, line_start: 0 },
        stage: Stage::Start,
    };

    /// The start of a line of NDJSON. Use it to continue from three numbers that were stored.
    ///
    /// ```
    /// use gapwise::{Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let position = Position::at_line(3_000_000, 1000, 1001);
    /// let mut reader = Parser::<Line>::new().into_reader(&b"{}\n"[..]);
    /// reader.resume(position);
    /// let batch = reader.next_batch()?.unwrap();
    /// let error = &batch.rejected()[0].error;
    /// assert_eq!((error.record(), error.line(), error.offset()), (1000, 1001, 3_000_001));
    /// assert_eq!((reader.offset(), reader.position().line()), (3_000_003, 1002));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub const fn at_line(offset: u64, record: u64, line: u64) -> Self {
        // No stream is so long, and all of it can be counted on from here.
        let most = i64::MAX as u64;
        let offset = if offset < most { offset } else { most };
        let record = if record < most { record } else { most };
        let line = if line < most { line } else { most };
        let lines = Lines { counted: offset, line, line_start: offset };
        Self { offset, record, lines, stage: Stage::Line }
    }

    /// Moves a position of a longer input to the end of this one.
    pub(super) fn confined(mut self, length: u64) -> Self {
        let Lines { counted, line_start, .. } = &mut self.lines;
        self.offset = self.offset.min(length);
        *counted = (*counted).min(self.offset);
        *line_start = (*line_start).min(*counted);
        self
    }

    /// How many bytes of the input are done.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let input = b"{\"message\":\"start\"}{\"message\":\"stop\"}";
    /// let mut records = parser.records(input, &arena);
    /// records.next();
    /// let rest = &input[records.position().offset() as usize..];
    /// assert_eq!(rest, b"{\"message\":\"stop\"}");
    /// ```
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// Moves over whole lines of NDJSON, and counts the records that `memory` would find in them.
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

    /// Moves over lines of NDJSON as if they were one record.
    pub(super) fn pass_as_record(&mut self, length: usize) {
        self.offset += length as u64;
        self.record += 1;
        self.begin_line();
    }

    /// Counts a line of NDJSON that was skipped completely.
    pub(super) fn begin_line(&mut self) {
        let line = self.lines.line + 1;
        self.lines = Lines { counted: self.offset, line, line_start: self.offset };
    }

    /// Moves over bytes that belong to a record or a separator.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.offset += bytes.len() as u64;
        self.lines.count(bytes);
    }

    /// The same position, with all lines counted. `bytes` begin at `start`.
    #[cfg(feature = "bytes")]
    pub(crate) fn counted(mut self, bytes: &[u8], start: Self) -> Self {
        let uncounted = (self.lines.counted - start.offset) as usize;
        self.lines.count(&bytes[uncounted..self.bytes_since(start)]);
        self
    }

    /// The same position for a stream: all lines up to it count as counted, because nobody will see those bytes again.
    pub(crate) fn settled(mut self) -> Self {
        self.lines.counted = self.offset;
        self
    }

    /// The same position with what `other` knows about the framing, if both are at the same byte. What follows a part
    /// of a stream tells more about the framing than the part itself.
    pub(crate) fn framed_as(self, other: Self) -> Self {
        match self.offset == other.offset && !self.is_end() {
            true => Self { stage: other.stage, ..self },
            false => self,
        }
    }

    /// A place `length` bytes after this one, if records are framed there as at `like`. The numbers of records and
    /// lines up to there, and the start of the line, must be corrected later: it counts as one record, and as the start
    /// of a line.
    pub(crate) fn behind(self, length: usize, like: Self) -> Self {
        let offset = self.offset + length as u64;
        let lines = Lines { counted: offset, line_start: offset, ..self.lines };
        let stage = match like.stage {
            Stage::Mixed(mixed) => Stage::Mixed(mixed.moved(like.offset, offset)),
            stage => stage,
        };
        Self { offset, record: self.record + 1, lines, stage }
    }

    /// The offset at which the current line begins, as far as lines have been counted.
    pub(crate) fn line_start(&self) -> u64 {
        self.lines.line_start
    }

    /// The same position, in a line that begins at this offset.
    pub(crate) fn in_line(self, line_start: u64) -> Self {
        Self { lines: Lines { line_start, ..self.lines }, ..self }
    }

    /// The same position, with its numbers increased.
    pub(super) fn further(mut self, ahead: Numbers) -> Self {
        self.record = self.record.wrapping_add(ahead.records);
        self.lines.line = self.lines.line.wrapping_add(ahead.lines);
        self
    }

    /// Whether both are at the same byte, and what follows is framed in the same way.
    pub(crate) fn is_same_place(&self, other: &Self) -> bool {
        self.offset == other.offset && self.stage == other.stage
    }

    /// Whether records are framed here as they were after the previous one, and may be for long. Never for lines of
    /// NDJSON.
    pub(crate) fn is_steady(&self) -> bool {
        match self.stage {
            Stage::Document | Stage::AfterElement => true,
            Stage::Mixed(mixed) => mixed.lines == 0,
            _ => false,
        }
    }

    /// Where the next record begins. It must begin at the byte up to which lines have been counted.
    pub(super) fn origin(&self) -> Origin {
        self.lines.origin(self.record)
    }

    /// How many bytes there are from another position to this one.
    pub(crate) fn bytes_since(&self, before: Self) -> usize {
        (self.offset - before.offset) as usize
    }

    /// How many records come before this position. This is also the number of the next record.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(b"{\"message\":\"start\"}\n{}\n{}\n", &arena);
    /// records.by_ref().take(2).for_each(drop);
    /// assert_eq!(records.position().record(), 2);
    /// assert_eq!(Position::START.record(), 0);
    /// ```
    pub fn record(&self) -> u64 {
        self.record
    }

    /// The line of the position, from 1.
    ///
    /// ```
    /// use gapwise::{Arena, Framing, Options, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Options::new().framing(Framing::Ndjson).parser::<Line>());
    /// let mut records = parser.records(b"{\"message\":\"start\"}\n\n{}\n", &arena);
    /// assert_eq!(Position::START.line(), 1);
    /// records.next();
    /// assert_eq!(records.position().line(), 2);
    /// records.next();
    /// assert_eq!(records.position().line(), 4);
    /// ```
    pub fn line(&self) -> u64 {
        self.lines.line
    }

    /// By how many records and lines this position is ahead of another one at the same byte. Zero if they are at
    /// different bytes.
    pub(crate) fn ahead_of(&self, other: Self) -> Numbers {
        match self.offset == other.offset {
            true => Numbers {
                records: self.record.wrapping_sub(other.record),
                lines: self.lines.line.wrapping_sub(other.lines.line),
            },
            false => Numbers::default(),
        }
    }

    /// Whether nothing is left. The offset alone cannot tell: an array without its closing bracket ends with one more
    /// rejected record, which is empty.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, Position, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(b"[{}", &arena);
    /// records.next();
    /// assert_eq!((records.position().offset(), records.position().is_end()), (3, false));
    /// assert_eq!(records.next().unwrap().unwrap_err().raw, b"");
    /// assert!(records.position().is_end() && !Position::START.is_end());
    /// ```
    pub fn is_end(&self) -> bool {
        self.stage == Stage::End
    }
}

/// A difference of record numbers and lines. Either may be negative.
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

/// The lines counted so far. In NDJSON they are counted while records are parsed; otherwise only up to rejected
/// records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) counted: u64,
    pub(super) line: u64,
    pub(super) line_start: u64,
}

impl Lines {
    /// Where the record with this number begins, which is directly after the counted bytes.
    pub(super) fn origin(self, record: u64) -> Origin {
        let Self { counted, line, line_start } = self;
        Origin { record, offset: counted, line, line_start }
    }

    /// Continues counting over the bytes that come next.
    pub(super) fn count(&mut self, uncounted: &[u8]) {
        let newlines = memchr::memchr_iter(b'\n', uncounted).count() as u64;
        self.line += newlines;
        if newlines > 0
            && let Some(newline) = memchr::memrchr(b'\n', uncounted)
        {
            self.line_start = self.counted + newline as u64 + 1;
        }
        self.counted += uncounted.len() as u64;
    }
}

/// What comes next according to the framing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The byte order mark; the framing is not known yet.
    Start,
    /// Anything: no framing is set.
    Mixed(Mixed),
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
    /// Nothing; everything has been handed out.
    End,
}

impl Stage {
    /// The stage before the first record, with the given framing, if any.
    pub(super) fn first(framing: Option<Framing>) -> Self {
        match framing {
            None => Self::Mixed(Mixed::START),
            Some(Framing::Ndjson) => Self::Line,
            Some(Framing::Array) => Self::Opening,
            Some(Framing::Concatenated) => Self::Document,
        }
    }
}
