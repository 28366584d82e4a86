//! The bytes of a stream that have arrived and have not been parsed.
//!
//! If there is no more room after them, the bytes of an incomplete record are moved to the front. The buffer grows for
//! a record that does not fit.

use super::buffer::Buffer;
use crate::batch::{Framer, Part, Position};
use crate::options::Options;
use crate::schema::Document;
use std::io::{self, Read};

/// Bytes in, parts out.
#[derive(Debug)]
pub(super) struct Window<D> {
    options: Options,
    framer: Framer<D>,
    buffer: Buffer,
    is_finished: bool,
}

impl<D: Document> Window<D> {
    /// For a caller that parses each part at once and in order.
    pub(super) fn new(options: Options, position: Position) -> Self {
        let framer = Framer::new(options, position).leading();
        Self { options, framer, buffer: Buffer::default(), is_finished: false }
    }

    /// Switches to a position of this stream or another one.
    pub(super) fn begin(&mut self, position: Position) {
        self.framer.begin(position);
        self.buffer.clear();
        self.is_finished = false;
    }

    /// The end of the parts that have been handed out, as far as the framer knows.
    pub(super) fn position(&self) -> Position {
        self.framer.position()
    }

    /// Notes that all bytes of the stream have arrived.
    pub(super) fn finish(&mut self) {
        self.is_finished = true;
    }

    /// Frames the bytes at the front. Returns a part, and its length in bytes. If there is none, there is room for more
    /// bytes.
    pub(super) fn next_part(&mut self) -> Option<(Part, usize)> {
        let framed = self.framer.next(self.buffer.held(), self.is_finished);
        self.buffer.pass(framed.separators);
        framed.part
    }

    /// Like [`next_part`](Self::next_part), but reads as many bytes as needed. `None` at the end of the stream.
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

    /// Whether there are enough bytes for a batch.
    pub(super) fn is_full(&self) -> bool {
        self.buffer.held().len() >= self.options.batch_bytes
    }

    /// Room for more bytes.
    pub(super) fn space(&mut self) -> &mut [u8] {
        let most = Framer::<D>::most_held(&self.options);
        self.buffer.space(self.options.batch_bytes, most)
    }

    /// Adds bytes that were written into the room.
    pub(super) fn fill(&mut self, bytes: usize) {
        self.buffer.fill(bytes);
    }

    /// The first bytes.
    pub(super) fn front(&self, length: usize) -> &[u8] {
        &self.buffer.held()[..length]
    }

    /// Drops the first bytes, which are a part that has been parsed up to a position.
    pub(super) fn pass(&mut self, length: usize, position: Position) {
        self.buffer.pass(length);
        self.framer.correct(position);
    }

    /// The same, for a part that [ends anywhere](Part::ends_anywhere).
    pub(super) fn pass_to(&mut self, length: usize, position: Position) {
        self.buffer.pass(length);
        self.framer.go_on_from(position);
    }
}
