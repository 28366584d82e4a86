//! The bytes of a stream that have come and have not been parsed.
//!
//! Those of a record that has not ended are carried to the front when there is no more room behind them; the
//! buffer grows for a record that does not fit.

use crate::batch::{Framer, Part, Position};
use crate::options::Options;
use crate::schema::Document;
use std::io::{self, Read};
use std::ops::Range;

/// Bytes in, parts out.
#[derive(Debug)]
pub(super) struct Window<D> {
    options: Options,
    framer: Framer<D>,
    buffer: Vec<u8>,
    /// The bytes of `buffer` that have not been handed out.
    start: usize,
    end: usize,
    is_finished: bool,
}

impl<D: Document> Window<D> {
    pub(super) fn new(options: Options, position: Position) -> Self {
        Self::with_framer(options, Framer::new(options, position))
    }

    /// For one who parses parts at once and in their order.
    pub(super) fn leading(options: Options, position: Position) -> Self {
        Self::with_framer(options, Framer::new(options, position).leading())
    }

    fn with_framer(options: Options, framer: Framer<D>) -> Self {
        Self { options, framer, buffer: Vec::new(), start: 0, end: 0, is_finished: false }
    }

    /// Begins another stream.
    pub(super) fn restart(&mut self) {
        self.framer.begin(Position::START);
        (self.start, self.end, self.is_finished) = (0, 0, false);
    }

    /// Where the parts end that have been handed out, as far as the framer knows.
    pub(super) fn position(&self) -> Position {
        self.framer.position()
    }

    /// Says that all bytes of the stream have come.
    pub(super) fn finish(&mut self) {
        self.is_finished = true;
    }

    /// Frames the bytes at the front: a part, and how many bytes it has. If there is none there is room for
    /// more bytes.
    pub(super) fn next_part(&mut self) -> Option<(Part, usize)> {
        let framed = self.framer.next(&self.buffer[self.start..self.end], self.is_finished);
        self.start += framed.separators;
        framed.part
    }

    /// As [`next_part`](Self::next_part), after reading as much as that takes. `None` at the end.
    pub(super) fn read_part(
        &mut self,
        reader: &mut impl Read,
    ) -> io::Result<Option<(Part, usize)>> {
        loop {
            let part = self.next_part();
            if part.is_some() || self.is_finished {
                return Ok(part);
            }
            match reader.read(self.space()) {
                Ok(0) => self.finish(),
                Ok(bytes) => self.fill(bytes),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether there are as many bytes as a batch is to have.
    pub(super) fn is_full(&self) -> bool {
        self.end - self.start >= self.options.batch_bytes
    }

    /// Room for more bytes.
    pub(super) fn space(&mut self) -> &mut [u8] {
        let held = self.end - self.start;
        // No more than a batch, to stay in the cache, even if the buffer has grown for a longer record.
        let mut room = self.options.batch_bytes.max(1);
        if held >= room {
            room = held.saturating_mul(2).min(Framer::<D>::most_held(&self.options));
        }
        // Not only when there is no room at all: reads are not to be small.
        if held == 0 || self.start > 0 && self.end > room / 2 {
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

    /// The first bytes.
    pub(super) fn front(&self, length: usize) -> &[u8] {
        &self.buffer[self.start..self.start + length]
    }

    /// Is done with the first bytes, which are a part, and have been parsed up to a position.
    pub(super) fn pass(&mut self, length: usize, position: Position) {
        self.start += length;
        self.framer.correct(position);
    }

    /// The same, if that part ends anywhere.
    pub(super) fn pass_to(&mut self, length: usize, position: Position) {
        self.start += length;
        self.framer.go_on_from(position);
    }

    /// Hands out the first bytes in their buffer, and puts another in its place.
    pub(super) fn take(&mut self, length: usize, mut buffer: Vec<u8>) -> (Vec<u8>, Range<usize>) {
        let taken = self.start..self.start + length;
        let rest = &self.buffer[taken.end..self.end];
        if buffer.len() < rest.len() {
            buffer.resize(rest.len(), 0);
        }
        buffer[..rest.len()].copy_from_slice(rest);
        (self.start, self.end) = (0, rest.len());
        (std::mem::replace(&mut self.buffer, buffer), taken)
    }
}
