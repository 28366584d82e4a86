//! Bytes in, batches out.
//!
//! The bytes of a batch are parsed where they stand. Those of a record that has not ended are carried to the
//! front of the buffer when there is no more room behind them; the buffer grows for a record that does not fit.

use crate::batch::{After, Batch, Framer, Part, Position, Records};
use crate::options::STREAM_RECORD_BYTES;
use crate::parser::Parser;
use bumpalo::Bump;

/// Parses a stream whose bytes are pushed: for those who own the loop that gets them.
///
/// All that [`BatchReader`](crate::BatchReader) says of memory, records and places holds here too.
///
/// ```
/// use jobview::{BatchFeed, Parser};
///
/// let mut feed = BatchFeed::new(Parser::new());
/// let mut rejected = 0;
/// for mut bytes in [&b"{}\n{\"da"[..], b"ta\":1}\n{}\n"] {
///     while !bytes.is_empty() {
///         let taken = feed.push(bytes);
///         bytes = &bytes[taken..];
///         while let Some(batch) = feed.next_batch() {
///             rejected += batch.rejected().len();
///         }
///     }
/// }
/// feed.finish();
/// while let Some(batch) = feed.next_batch() {
///     rejected += batch.rejected().len();
/// }
/// assert_eq!(rejected, 3);
/// assert_eq!(feed.offset(), 17);
/// ```
#[derive(Debug)]
pub struct BatchFeed {
    parser: Parser,
    framer: Framer,
    arena: Bump,
    buffer: Vec<u8>,
    /// The bytes of `buffer` that have not been handed out, `start..end`.
    start: usize,
    end: usize,
    is_finished: bool,
    /// A part that is to be parsed, and how many bytes it has.
    part: Option<(Part, usize)>,
    position: Position,
}

impl BatchFeed {
    /// For a stream from its start.
    pub fn new(parser: Parser) -> Self {
        Self::resume(parser, Position::START)
    }

    /// For a stream from a position on, which a feed or a reader of that stream has told. The bytes pushed
    /// must be those from [`offset`](Self::offset) on.
    pub fn resume(mut parser: Parser, position: Position) -> Self {
        let options = &mut parser.memory.options;
        options.max_record_bytes.get_or_insert(STREAM_RECORD_BYTES);
        let framer = Framer::new(*options, position);
        Self {
            parser,
            framer,
            arena: Bump::new(),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            is_finished: false,
            part: None,
            position,
        }
    }

    /// Begins another stream at its start. The parser keeps what it has learned, and memory stays warm. Bytes
    /// and records that have not been handed out are gone.
    pub fn restart(&mut self) {
        self.framer = Framer::new(self.parser.memory.options, Position::START);
        (self.start, self.end, self.is_finished) = (0, 0, false);
        (self.part, self.position) = (None, Position::START);
    }

    /// Takes bytes of the stream, and tells how many: as many as there is room for. There is room when
    /// [`next_batch`](Self::next_batch) has returned `None`.
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        let is_full = self.end - self.start >= self.parser.memory.options.batch_bytes;
        if is_full && self.has_batch() {
            return 0;
        }
        let space = self.space();
        let taken = space.len().min(bytes.len());
        space[..taken].copy_from_slice(&bytes[..taken]);
        self.fill(taken);
        taken
    }

    /// Says that all bytes of the stream have been pushed.
    pub fn finish(&mut self) {
        self.is_finished = true;
    }

    /// The records that are complete by now; not many, but one at least. `None` when more bytes are needed,
    /// or all have been handed out.
    pub fn next_batch(&mut self) -> Option<Batch<'_>> {
        if !self.has_batch() {
            return None;
        }
        let (part, length) = self.part.take()?;
        let Self { parser, arena, buffer, start, .. } = self;
        let bytes = &buffer[*start..*start + length];
        match parser.memory.options.max_arena_bytes {
            // What there is room for must not depend on the records before.
            Some(_) => *arena = Bump::new(),
            None => arena.reset(),
        }
        parser.limit(arena);
        let records = Records::of_part(&mut parser.memory, bytes, &part, arena);
        let (batch, position, is_full) = records.collect_while_room();
        self.position = position;
        *start += length;
        if is_full {
            let left = length - position.bytes_since(part.position);
            *start -= left;
            self.part = Some((Part { position, ..part }, left));
        }
        (!batch.is_empty()).then_some(batch)
    }

    /// How many bytes of the stream have been dealt with: all before the first record that has not been handed
    /// out as a whole, from the start of the stream.
    pub fn offset(&self) -> u64 {
        self.position.offset_in_stream()
    }

    /// The same place as a position, to go on from: see [`resume`](Self::resume).
    pub fn position(&self) -> Position {
        self.position
    }

    /// The parser, with all that it has learned and noticed.
    pub fn parser(&self) -> &Parser {
        &self.parser
    }

    /// Whether all bytes of the stream are there.
    pub(super) fn is_finished(&self) -> bool {
        self.is_finished
    }

    /// Whether there is something to parse. If not, there is room for more bytes.
    pub(super) fn has_batch(&mut self) -> bool {
        while self.part.is_none() {
            let bytes = &self.buffer[self.start..self.end];
            let after = match self.is_finished {
                true => After::End,
                false if bytes.len() < Framer::most_held(&self.parser.memory.options) => {
                    After::More
                }
                false => After::NoRoom,
            };
            let framed = self.framer.next(bytes, after);
            match framed.part {
                Some(part) => self.part = Some((part, framed.length)),
                None if framed.length == 0 => return false,
                None => self.start += framed.length,
            }
        }
        true
    }

    /// Room for more bytes. There is none while there is something to parse in a full buffer.
    pub(super) fn space(&mut self) -> &mut [u8] {
        let options = &self.parser.memory.options;
        let held = self.end - self.start;
        // No more than a batch, to stay in the cache, even if the buffer has grown for a longer record.
        let mut room = options.batch_bytes.max(1);
        if held >= room {
            room = held.saturating_mul(2).min(Framer::most_held(options));
        }
        if held == 0 || self.end >= room {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, held);
        }
        if self.buffer.len() < room {
            self.buffer.resize(room, 0);
        }
        &mut self.buffer[self.end..room]
    }

    /// Says that so many bytes have been put into the room.
    pub(super) fn fill(&mut self, bytes: usize) {
        self.end += bytes;
    }
}
