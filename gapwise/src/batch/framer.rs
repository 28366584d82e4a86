//! Finds out how much of a stream can be parsed while its bytes are still arriving.
//!
//! A [`Framer`] holds no bytes. It is shown those that have arrived and are not framed yet. It says how many of
//! them are complete [`Part`]s, and where in the stream these are. NDJSON is framed by its newlines. In any other
//! framing the records are parsed to find their ends. The end of an incomplete record is awaited with a [`Search`],
//! so that each byte is looked at a bounded number of times, however few arrive at once.
//!
//! Counting the lines and records of NDJSON takes a seventh of the time of parsing, and parsing counts them anyway.
//! So there are framers that do not count. They are told the numbers by those who parse, or the numbers are put
//! right later.
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
    /// Finds the ends of records that are not lines. It is another than that of the parser, which is to see
    /// each record once.
    memory: Memory<D>,
    arena: Arena,
    /// Before the first byte that has not been framed.
    position: Position,
    /// How many of the bytes from there on have been looked at.
    seen: usize,
    /// Whether the lines and records of NDJSON are counted. If not, a part of it counts as one record.
    counts: bool,
    /// Whether only the first of records that are not lines is framed: those who parse it find the others as they go.
    leads: bool,
    /// How the last part was framed, if that was by parsing it.
    framed_values: Option<FramedValues>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// A record or a separator begins.
    Between,
    /// A record has begun. It was last tried to frame it with so many bytes.
    Inside { search: Search, tried: usize },
    /// A record has begun that cannot be held, and is handed out piece by piece.
    Passing(Passing),
}

#[derive(Debug)]
struct Passing {
    /// Where the record began.
    begin: Position,
    error: Error,
    search: Search,
    /// What the framing wants after the record.
    after: Stage,
}

/// What the end of a record is known by.
#[derive(Clone, Copy, Debug)]
enum Search {
    /// The newline that ends it in NDJSON, and belongs to it.
    Newline,
    Value(Scan),
    /// A newline or a record separator, which follow it.
    Line,
    /// The end of a line that no inner line follows. Whether a line has just ended.
    Lines(bool),
    Separator,
    /// Only the end of the stream ends it.
    Never,
    /// It has ended, and this shows what it is: a byte that is neither a space nor a tab; nor a newline, unless
    /// lines may end.
    Nonblank {
        newline: bool,
    },
}

impl Search {
    /// For the end of a record that has begun.
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

    /// Where the record ends among the bytes that come next.
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

    /// Whether the end of the stream is as good an end of the record.
    fn ends_with_stream(&self) -> bool {
        match self {
            Self::Newline | Self::Line | Self::Lines(_) => true,
            Self::Value(scan) => scan.is_word(),
            Self::Separator | Self::Never | Self::Nonblank { .. } => false,
        }
    }
}

/// What comes after the bytes that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// Perhaps more.
    More,
    /// Perhaps more, but there is no room for it beside these.
    NoRoom,
    /// The end of the stream.
    End,
}

/// What is known of a part that was framed by parsing it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FramedValues {
    /// Behind its last record, before what separates that from the next.
    pub(crate) behind_record: Position,
    /// How many bytes were looked at from the beginning of the part. Who is to find the same records needs them.
    pub(crate) looked_at: usize,
    /// Whether one of its records was rejected: only then it matters what follows the part.
    #[cfg_attr(not(feature = "bytes"), expect(dead_code, reason = "others look at all of it"))]
    pub(crate) has_rejected: bool,
}

/// What the bytes of a stream begin with.
#[derive(Debug)]
pub(crate) struct Framed {
    /// How many bytes are separators, and done with.
    pub(crate) separators: usize,
    /// What follows them, and how many bytes it has. `None` when more bytes are needed.
    pub(crate) part: Option<(Part, usize)>,
}

/// How many bytes have been framed, and what they are; no part if they are separators.
type First = (usize, Option<Part>);

const NOTHING: First = (0, None);

impl<D: Document> Framer<D> {
    pub(crate) fn new(options: Options, position: Position) -> Self {
        let mut framer = Self {
            memory: Memory::new(options),
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

    /// The same, which counts.
    #[cfg(feature = "bytes")]
    pub(crate) fn counting(self) -> Self {
        Self { counts: true, ..self }
    }

    /// The same, for one who parses parts at once and in their order: where records are not lines, they are parsed once,
    /// and [`go_on_from`](Self::go_on_from) says up to where.
    pub(crate) fn leading(self) -> Self {
        Self { leads: true, ..self }
    }

    /// Begins another stream, or the same at another place.
    pub(crate) fn begin(&mut self, position: Position) {
        self.position = position.settled();
        self.seen = 0;
        self.state = State::Between;
    }

    /// Before the first record that has not been framed as a whole.
    pub(crate) fn position(&self) -> Position {
        match &self.state {
            State::Passing(passing) => passing.begin,
            _ => self.position,
        }
    }

    /// The same, if records begin there whose ends do not show without reading them.
    pub(crate) fn between_values(&self) -> Option<Position> {
        let is_between = match (&self.state, self.position.stage) {
            (State::Passing(_), _) => false,
            (_, stage) => !matches!(stage, Stage::Start | Stage::Line | Stage::End),
        };
        is_between.then_some(self.position)
    }

    /// How the last part was framed, if that was by parsing it.
    pub(crate) fn framed_values(&self) -> Option<FramedValues> {
        self.framed_values
    }

    /// Learns how many lines and records there were up to the end of the last part, once it has been parsed.
    pub(crate) fn correct(&mut self, position: Position) {
        // Not after a piece of a record that has not ended, nor if not all of the part has been parsed.
        if position.offset == self.position.offset || position.is_end() {
            self.position = position.framed_as(self.position);
        }
    }

    /// Goes on from where a part ends [anywhere](Ending::Anywhere): behind those of its records that are complete.
    pub(crate) fn go_on_from(&mut self, position: Position) {
        self.position = position.settled();
        self.go_on();
    }

    /// How many bytes must be held if need be.
    pub(crate) fn most_held(options: &Options) -> usize {
        let largest = options.max_record_bytes.unwrap_or(usize::MAX);
        largest.saturating_add(LOOK_AHEAD).max(options.batch_bytes)
    }

    /// Frames the first of `bytes`, which are those that have not been framed yet: not many more than a batch
    /// is to have. `is_end` says that no others follow.
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

    /// Frames the first of some bytes.
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

    /// Goes over a byte order mark.
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

    /// Frames what is not lines of NDJSON.
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
            // What comes next is framed in another way, or with more that is known of it.
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

    /// Hands out a record that is empty.
    fn nothing(&mut self, fault: Fault, then: Stage) -> First {
        let begin = self.position;
        let error = self.memory.locate(fault, &[], begin.origin());
        self.position.record += 1;
        self.position.stage = then;
        let then = self.position;
        let piece = Piece { length: 0, error, remainder: false, more: false, then };
        (0, Some(Part { position: begin, content: Content::Piece(piece) }))
    }

    /// Begins anew between two records.
    fn go_on(&mut self) {
        (self.state, self.seen) = (State::Between, 0);
    }

    /// All from a position up to the present one.
    fn framed(&self, position: Position) -> First {
        let has_records = self.position.record > position.record;
        let part = Part { position, content: Content::Records(Ending::Part) };
        (self.position.bytes_since(position), has_records.then_some(part))
    }

    /// Hands out what there is of a record that is too long to be held.
    fn begin_piece(&mut self, bytes: &[u8], error: Error, search: Search, after: Stage) -> First {
        let begin = self.position;
        self.state = State::Passing(Passing { begin, error, search, after });
        self.piece(bytes, None, After::NoRoom)
    }

    /// Hands out more of it, if it has ended or there is no room for more.
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

    /// A piece of the record, up to its end or all that there is.
    fn piece(&mut self, bytes: &[u8], end: Option<usize>, after: After) -> First {
        let State::Passing(passing) = &self.state else { return NOTHING };
        let is_line = matches!(passing.search, Search::Newline | Search::Line);
        let more = end.is_none() && after != After::End;
        let raw = &bytes[..end.unwrap_or(bytes.len())];
        // A carriage return may belong to the end of the line.
        let record = if is_line { raw.strip_suffix(b"\r").unwrap_or(raw) } else { raw };
        let length = match passing.search {
            // What ends it is separator, too.
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
