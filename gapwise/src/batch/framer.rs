//! Finds out how much of a stream can be parsed while its bytes are still arriving.
//!
//! A [`Framer`] holds no bytes. It is given the bytes that have arrived and are not framed yet. It says how many of
//! them are complete [`Part`]s, and where in the stream these are. NDJSON is framed by its newlines. In any other
//! framing, the records are parsed to find their ends. A [`Search`] looks for the end of an incomplete record, so that
//! each byte is examined a bounded number of times, however few arrive at once.
//!
//! Counting the lines and records of NDJSON takes a seventh of the time of parsing, and parsing counts them anyway. So
//! some framers do not count: the parser tells them the numbers, or the numbers are corrected later.
//!
//! The records of all parts must be exactly those that [`Records`] finds in the stream as one slice.

use super::document::Memory;
use super::framing::{
    LOOK_AHEAD, RECORD_SEPARATOR, is_blank, may_become_byte_order_mark, skip_byte_order_mark,
};
use super::part::{Content, Ending, Part, Piece};
use super::position::{Position, Stage};
use super::records::{Records, Unended, Wait};
use super::resync::is_inner_line;
use super::scan::Scan;
use crate::arena::Arena;
use crate::error::{Error, Fault};
use crate::options::Options;
use crate::schema::Document;

/// Frames a stream.
#[derive(Debug)]
pub(crate) struct Framer<D> {
    /// Finds the ends of records that are not lines. It is separate from the parser's memory, because the parser should
    /// see each record once.
    memory: Memory<D>,
    arena: Arena,
    /// The position before the first byte that has not been framed.
    position: Position,
    /// How many bytes after that have been examined.
    seen: usize,
    /// Whether the lines and records of NDJSON are counted. If not, a part of NDJSON counts as one record.
    counts: bool,
    /// Whether only the first of the records that are not lines is framed. The parser of the part then finds the
    /// others.
    leads: bool,
    /// How the last part was framed, if by parsing it.
    framed_values: Option<FramedValues>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// A record or a separator begins.
    Between,
    /// A record has begun. `tried` is the number of bytes at the last attempt to frame it.
    Inside { search: Search, tried: usize },
    /// A record has begun that is too long to be held. It is handed out in pieces.
    Passing(Passing),
}

#[derive(Debug)]
struct Passing {
    /// Where the record began.
    begin: Position,
    error: Error,
    search: Search,
    /// The stage after the record.
    after: Stage,
}

/// How the end of a record is recognised.
#[derive(Clone, Copy, Debug)]
enum Search {
    /// By the newline that ends it in NDJSON. The newline belongs to the part.
    Newline,
    Value(Scan),
    /// By a newline or a record separator after it.
    Line,
    /// By the end of a line that is not followed by an inner line. The flag says whether a line has just ended.
    Lines(bool),
    Separator,
    /// Only by the end of the stream.
    Never,
    /// The record has ended, but what follows decides what it is: the next byte that is neither a space, a tab nor a
    /// carriage return. With `newline`, a newline counts as such a byte, too.
    Nonblank {
        newline: bool,
    },
}

impl Search {
    /// The search for the end of a record that has begun.
    fn new(wait: Wait) -> Self {
        match wait {
            Wait::Value => Self::Value(Scan::new()),
            Wait::Large => Self::Value(Scan::by_lines()),
            Wait::Line => Self::Line,
            Wait::Lines => Self::Lines(false),
            Wait::Separator => Self::Separator,
            Wait::Never | Wait::More | Wait::Nothing => Self::Never,
            Wait::Nonblank => Self::Nonblank { newline: true },
            Wait::Nonspace => Self::Nonblank { newline: false },
        }
    }

    /// Where the record ends within the next bytes, if it does.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Newline => memchr::memchr(b'\n', bytes),
            Self::Value(scan) => scan.end(bytes),
            Self::Line => memchr::memchr2(b'\n', RECORD_SEPARATOR, bytes),
            Self::Lines(has_ended) => {
                let mut at = 0;
                loop {
                    let &byte = bytes.get(at)?;
                    if std::mem::take(has_ended) && !is_inner_line(byte) {
                        return Some(at);
                    }
                    at += memchr::memchr2(b'\n', RECORD_SEPARATOR, &bytes[at..])?;
                    if bytes[at] == RECORD_SEPARATOR {
                        return Some(at);
                    }
                    *has_ended = true;
                    at += 1;
                }
            }
            Self::Separator => memchr::memchr(RECORD_SEPARATOR, bytes),
            Self::Never => None,
            Self::Nonblank { newline } => bytes.iter().position(|byte| match byte {
                b' ' | b'\t' | b'\r' => false,
                b'\n' => *newline,
                _ => true,
            }),
        }
    }

    /// Whether the end of the stream is a proper end of the record.
    fn ends_with_stream(&self) -> bool {
        match self {
            Self::Newline | Self::Line | Self::Lines(_) => true,
            Self::Value(scan) => scan.is_word(),
            Self::Separator | Self::Never | Self::Nonblank { .. } => false,
        }
    }
}

/// What comes after the examined bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Possibly more bytes.
    More,
    /// Possibly more bytes, but there is no room to hold them together with these.
    NoRoom,
    /// The end of the stream.
    End,
}

/// What is known about a part that was framed by parsing it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FramedValues {
    /// The position directly after its last record, before any separators.
    pub(crate) behind_record: Position,
    /// How many bytes were examined from the start of the part. Finding the same records again requires the same bytes.
    pub(crate) looked_at: usize,
    /// Whether one of its records was rejected. Only then it matters what follows the part.
    #[cfg_attr(not(feature = "bytes"), expect(dead_code, reason = "others look at all of it"))]
    pub(crate) has_rejected: bool,
}

/// What the framer found at the start of some bytes.
#[derive(Debug)]
pub(crate) struct Framed {
    /// How many bytes are separators. They are done.
    pub(crate) separators: usize,
    /// The part after them, and its length in bytes. `None` if more bytes are needed.
    pub(crate) part: Option<(Part, usize)>,
}

/// How many bytes were framed, and the part that they are. Separators have no part.
type First = (usize, Option<Part>);

const NOTHING: First = (0, None);

impl<D: Document> Framer<D> {
    pub(crate) fn new(options: Options, position: Position) -> Self {
        let mut framer = Self {
            memory: Memory::new(options.without_arena_limit()),
            arena: Arena::new(),
            position,
            seen: 0,
            counts: false,
            leads: false,
            framed_values: None,
            state: State::Between,
        };
        framer.begin(position);
        framer
    }

    /// The same framer, but it counts lines and records.
    #[cfg(feature = "bytes")]
    pub(crate) fn counting(self) -> Self {
        Self { counts: true, ..self }
    }

    /// The same framer, for a caller that parses each part at once and in order. Records that are not lines are then
    /// parsed only once, and the caller reports with [`go_on_from`](Self::go_on_from) how far it came.
    pub(crate) fn leading(self) -> Self {
        Self { leads: true, ..self }
    }

    /// Begins another stream, or continues at another place of the same one.
    pub(crate) fn begin(&mut self, position: Position) {
        self.position = position.settled();
        self.seen = 0;
        self.state = State::Between;
    }

    /// The position before the first record that has not been framed completely.
    pub(crate) fn position(&self) -> Position {
        match &self.state {
            State::Passing(passing) => passing.begin,
            _ => self.position,
        }
    }

    /// The same position, if the records there must be parsed to find their ends.
    pub(crate) fn between_values(&self) -> Option<Position> {
        let is_between = match (&self.state, self.position.stage) {
            (State::Passing(_), _) => false,
            (_, stage) => !matches!(stage, Stage::Start | Stage::Line | Stage::End),
        };
        is_between.then_some(self.position)
    }

    /// How the last part was framed, if by parsing it.
    pub(crate) fn framed_values(&self) -> Option<FramedValues> {
        self.framed_values
    }

    /// Takes over the numbers of lines and records at the end of the last part, once it has been parsed.
    pub(crate) fn correct(&mut self, position: Position) {
        // Not in the middle of a record that is handed out in pieces, nor if only some of the part has been parsed.
        if position.offset == self.position.offset || position.is_end() {
            self.position = position.framed_as(self.position);
        }
    }

    /// Continues after a part that ends [anywhere](Ending::Anywhere): behind its last complete record.
    pub(crate) fn go_on_from(&mut self, position: Position) {
        self.position = position.settled();
        self.go_on();
    }

    /// How many bytes must be held at most.
    pub(crate) fn most_held(options: &Options) -> usize {
        let largest = options.max_record_bytes.unwrap_or(usize::MAX);
        largest.saturating_add(LOOK_AHEAD).max(options.batch_bytes)
    }

    /// Frames the start of `bytes`. These are the bytes that have not been framed yet, and not many more than a batch.
    /// `is_end` says that no more follow.
    pub(crate) fn next(&mut self, bytes: &[u8], is_end: bool) -> Framed {
        let Options { batch_bytes, .. } = self.memory.options;
        let most = Self::most_held(&self.memory.options);
        let mut window = batch_bytes.max(self.seen).max(1);
        let mut separators = 0;
        loop {
            let rest = &bytes[separators..];
            let shown = &rest[..rest.len().min(window)];
            let after = match shown.len() {
                length if length == rest.len() && is_end => After::End,
                length if length >= most => After::NoRoom,
                _ => After::More,
            };
            match self.first(shown, after) {
                (length, Some(part)) => return Framed { separators, part: Some((part, length)) },
                (0, None) if shown.len() == rest.len() => {
                    return Framed { separators, part: None };
                }
                (0, None) => window = window.saturating_mul(2).min(most),
                (length, None) => separators += length,
            }
        }
    }

    /// Frames the first separators, or the first part, of some bytes.
    fn first(&mut self, bytes: &[u8], after: After) -> First {
        self.framed_values = None;
        if let State::Passing(_) = self.state {
            return self.pass(bytes, after);
        }
        let ended = match self.position.stage {
            Stage::End => true,
            Stage::Mixed(_) | Stage::Line | Stage::Document | Stage::AfterArray => bytes.is_empty(),
            _ => false,
        };
        if ended {
            return NOTHING;
        }
        if after == After::End {
            let position = self.position;
            self.position.stage = Stage::End;
            let content = Content::Records(Ending::Input);
            return (bytes.len(), Some(Part { position, content }));
        }
        match self.position.stage {
            Stage::Start => self.start(bytes, after),
            Stage::Line => self.lines(bytes, after),
            _ => self.values(bytes, after),
        }
    }

    /// Skips a byte order mark.
    fn start(&mut self, bytes: &[u8], after: After) -> First {
        if may_become_byte_order_mark(bytes) && after != After::NoRoom {
            return NOTHING;
        }
        let length = skip_byte_order_mark(bytes);
        self.position.stage = Stage::first(self.memory.options.framing);
        self.position.pass(&bytes[..length]);
        match length {
            0 => self.first(bytes, after),
            _ => (length, None),
        }
    }

    fn lines(&mut self, bytes: &[u8], after: After) -> First {
        if let Some(newline) = memchr::memrchr(b'\n', &bytes[self.seen..]) {
            let length = self.seen + newline + 1;
            let (lines, position) = (&bytes[..length], self.position);
            match self.counts || is_blank(lines) {
                true => self.position.pass_lines(lines, &self.memory),
                false => self.position.pass_as_record(length),
            }
            self.seen = bytes.len() - length;
            return self.framed(position);
        }
        self.seen = bytes.len();
        match after {
            After::NoRoom => {
                let error =
                    self.memory.locate(self.memory.too_large(), &[], self.position.origin());
                self.begin_piece(bytes, error, Search::Newline, Stage::Line)
            }
            _ => NOTHING,
        }
    }

    /// Frames anything but lines of NDJSON.
    fn values(&mut self, bytes: &[u8], after: After) -> First {
        if let State::Inside { search, tried } = &mut self.state {
            let has_ended = search.end(&bytes[self.seen..]).is_some();
            self.seen = bytes.len();
            if !has_ended && bytes.len() < 2 * *tried && after != After::NoRoom {
                return NOTHING;
            }
        }
        self.arena.reset();
        let (memory, position) = (&mut self.memory, self.position);
        let mut records =
            Records::of_stream(memory, bytes, position, Ending::Anywhere, &self.arena);
        let mut next = records.next();
        if next.is_some() && self.leads {
            self.go_on();
            let content = Content::Records(Ending::Anywhere);
            return (bytes.len(), Some(Part { position, content }));
        }
        let mut has_rejected = false;
        while let Some(record) = next {
            has_rejected |= record.is_err();
            let (behind_record, looked_at) = (records.mark(), bytes.len());
            self.framed_values = Some(FramedValues { behind_record, looked_at, has_rejected });
            next = records.next();
        }
        let unended = records.unended();
        self.position = records.counted_position();
        let length = self.position.bytes_since(position);
        let Some(Unended { fault, wait, from, after: then }) = unended else {
            self.go_on();
            // What follows is framed differently, or with more knowledge.
            if length == 0 && self.position.stage != position.stage {
                return self.first(bytes, after);
            }
            return self.framed(position);
        };
        let record = &bytes[length..];
        if length > 0 {
            self.go_on();
        }
        match wait {
            Wait::Nothing if length == 0 => return self.nothing(fault, then),
            Wait::Nothing => return self.framed(position),
            _ => {}
        }
        let mut search = Search::new(wait);
        search.end(&record[from..]);
        if length == 0 && after == After::NoRoom {
            let error = self.memory.locate(fault, record, self.position.origin());
            return self.begin_piece(bytes, error, search, then);
        }
        self.state = State::Inside { search, tried: record.len() };
        self.seen = record.len();
        self.framed(position)
    }

    /// Hands out an empty record.
    fn nothing(&mut self, fault: Fault, then: Stage) -> First {
        let begin = self.position;
        let error = self.memory.locate(fault, &[], begin.origin());
        self.position.record += 1;
        self.position.stage = then;
        let then = self.position;
        let piece = Piece { length: 0, error, remainder: false, more: false, then };
        (0, Some(Part { position: begin, content: Content::Piece(piece) }))
    }

    /// Starts again between two records.
    fn go_on(&mut self) {
        (self.state, self.seen) = (State::Between, 0);
    }

    /// The part from `position` up to the current position.
    fn framed(&self, position: Position) -> First {
        let has_records = self.position.record > position.record;
        let part = Part { position, content: Content::Records(Ending::Part) };
        (self.position.bytes_since(position), has_records.then_some(part))
    }

    /// Hands out the first piece of a record that is too long to be held.
    fn begin_piece(&mut self, bytes: &[u8], error: Error, search: Search, after: Stage) -> First {
        let begin = self.position;
        self.state = State::Passing(Passing { begin, error, search, after });
        self.piece(bytes, None, After::NoRoom)
    }

    /// Hands out the next piece, if the record has ended or there is no room for more.
    fn pass(&mut self, bytes: &[u8], after: After) -> First {
        let State::Passing(passing) = &mut self.state else { return NOTHING };
        let end = match passing.search.end(&bytes[self.seen..]) {
            Some(end) => Some(self.seen + end),
            None => {
                (after == After::End && passing.search.ends_with_stream()).then_some(bytes.len())
            }
        };
        self.seen = bytes.len();
        match (end, after) {
            (None, After::More) => NOTHING,
            _ => self.piece(bytes, end, after),
        }
    }

    /// A piece of the record: up to its end, or all available bytes.
    fn piece(&mut self, bytes: &[u8], end: Option<usize>, after: After) -> First {
        let State::Passing(passing) = &self.state else { return NOTHING };
        let is_line = matches!(passing.search, Search::Newline | Search::Line);
        let more = end.is_none() && after != After::End;
        let raw = &bytes[..end.unwrap_or(bytes.len())];
        // A carriage return may belong to the line ending.
        let record = if is_line { raw.strip_suffix(b"\r").unwrap_or(raw) } else { raw };
        let length = match passing.search {
            // The newline that ends the record is a separator.
            Search::Newline if !more => bytes.len().min(raw.len() + 1),
            _ => record.len(),
        };
        let (error, begin, after_record) = (passing.error.clone(), passing.begin, passing.after);
        let remainder = !more && end.is_none();
        self.position.pass(&bytes[..length]);
        self.seen = bytes.len() - length;
        if !more {
            self.position.record += 1;
            self.position.stage = if remainder { Stage::End } else { after_record };
            self.go_on();
        }
        let then = if more { begin } else { self.position };
        let piece = Piece { length: record.len(), error, remainder, more, then };
        let part = Part { position: begin, content: Content::Piece(piece) };
        (length, Some(part))
    }
}
