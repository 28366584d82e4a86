//! Where several threads get their bytes: from a slice or a reader.

use super::buffer::Buffer;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

/// Bytes in order. Some of them may have to be handed out again.
pub(super) trait Supply {
    type Bytes: AsRef<[u8]>;
    type Error;

    /// The bytes that have arrived and have not been handed out.
    fn held(&self) -> &[u8];

    /// Whether all bytes of the stream have arrived.
    fn is_finished(&self) -> bool;

    /// Whether no more bytes will arrive, for whatever reason.
    fn is_over(&self) -> bool;

    /// The error that ended the stream early, if there was one.
    fn end(&mut self) -> Result<(), Self::Error>;

    /// Waits for more bytes: as many as a batch has, but not more than `most` in all.
    fn read(&mut self, batch_bytes: usize, most: usize);

    /// Drops the first bytes.
    fn pass(&mut self, bytes: usize);

    /// Hands out the bytes of a part, after some separators, together with some that follow. With a number, all bytes
    /// are kept until the part of that number is certain.
    fn take(&mut self, part: Extent, number: Option<usize>) -> Self::Bytes;

    /// Notes that all parts before a number are certain.
    fn forget(&mut self, before: usize);

    /// Continues from this offset in the stream, within the kept bytes or after them.
    fn go_back(&mut self, offset: u64);

    /// Takes back a buffer that is no longer needed.
    fn recycle(&mut self, bytes: Self::Bytes);
}

/// Where a part is within the held bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// How many bytes before the part are separators.
    pub(super) separators: usize,
    pub(super) length: usize,
    /// How many bytes are examined from the start of the part.
    pub(super) looked_at: usize,
}

#[derive(Debug)]
pub(super) struct Slice<'i> {
    input: &'i [u8],
    rest: &'i [u8],
}

impl<'i> Slice<'i> {
    pub(super) fn new(input: &'i [u8]) -> Self {
        Self { input, rest: input }
    }
}

impl<'i> Supply for Slice<'i> {
    type Bytes = &'i [u8];
    type Error = Infallible;

    fn held(&self) -> &[u8] {
        self.rest
    }

    fn is_finished(&self) -> bool {
        true
    }

    fn is_over(&self) -> bool {
        true
    }

    fn end(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn read(&mut self, _: usize, _: usize) {}

    fn pass(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    fn take(&mut self, part: Extent, _: Option<usize>) -> &'i [u8] {
        self.pass(part.separators);
        let bytes = &self.rest[..part.looked_at];
        self.pass(part.length);
        bytes
    }

    fn forget(&mut self, _: usize) {}

    fn go_back(&mut self, offset: u64) {
        // The offset is within the slice.
        self.rest = &self.input[offset as usize..];
    }

    fn recycle(&mut self, _: &'i [u8]) {}
}

#[derive(Debug)]
pub(super) struct Reader<R> {
    reader: R,
    buffer: Buffer,
    /// The offset in the stream at which the held bytes begin.
    offset: u64,
    /// Parts that may have to be handed out again, in order.
    kept: VecDeque<Kept>,
    spare: Vec<u8>,
    is_finished: bool,
    error: Option<io::Error>,
}

/// Some bytes of a buffer.
#[derive(Debug)]
pub(super) struct Taken {
    buffer: Arc<Vec<u8>>,
    bytes: Range<usize>,
}

#[derive(Debug)]
struct Kept {
    part: usize,
    /// The offset in the stream at which it begins.
    offset: u64,
    taken: Taken,
}

impl AsRef<[u8]> for Taken {
    fn as_ref(&self) -> &[u8] {
        &self.buffer[self.bytes.clone()]
    }
}

impl<R> Reader<R> {
    pub(super) fn new(reader: R) -> Self {
        let (buffer, kept, spare) = (Buffer::default(), VecDeque::new(), Vec::new());
        Self { reader, buffer, offset: 0, kept, spare, is_finished: false, error: None }
    }
}

impl<R: Read> Supply for Reader<R> {
    type Bytes = Taken;
    type Error = io::Error;

    fn held(&self) -> &[u8] {
        self.buffer.held()
    }

    fn is_finished(&self) -> bool {
        self.is_finished
    }

    fn is_over(&self) -> bool {
        self.is_finished || self.error.is_some()
    }

    fn end(&mut self) -> io::Result<()> {
        self.error.take().map_or(Ok(()), Err)
    }

    fn read(&mut self, batch_bytes: usize, most: usize) {
        match self.reader.read(self.buffer.space(batch_bytes, most)) {
            Ok(0) => self.is_finished = true,
            Ok(bytes) => self.buffer.fill(bytes),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.error = Some(error),
        }
    }

    fn pass(&mut self, bytes: usize) {
        self.buffer.pass(bytes);
        self.offset += bytes as u64;
    }

    fn take(&mut self, part: Extent, number: Option<usize>) -> Taken {
        let Extent { separators, length, looked_at } = part;
        let offset = self.offset;
        self.pass(separators + length);
        let (buffer, end) = self.buffer.change(std::mem::take(&mut self.spare));
        let (buffer, start) = (Arc::new(buffer), end - length);
        if let Some(part) = number {
            let taken = Taken { buffer: Arc::clone(&buffer), bytes: start - separators..end };
            self.kept.push_back(Kept { part, offset, taken });
        }
        Taken { buffer, bytes: start..start + looked_at }
    }

    fn forget(&mut self, before: usize) {
        while self.kept.front().is_some_and(|kept| kept.part < before) {
            self.kept.pop_front();
        }
    }

    fn go_back(&mut self, offset: u64) {
        let mut again = Vec::new();
        for Kept { offset: start, taken, .. } in self.kept.drain(..) {
            let bytes = taken.as_ref();
            let done = offset.saturating_sub(start).min(bytes.len() as u64) as usize;
            again.extend_from_slice(&bytes[done..]);
        }
        // The offset may be after all kept bytes.
        self.pass(offset.saturating_sub(self.offset) as usize);
        if !again.is_empty() {
            self.buffer.put_back(again);
        }
        self.offset = offset;
    }

    fn recycle(&mut self, bytes: Taken) {
        if let Ok(buffer) = Arc::try_unwrap(bytes.buffer) {
            self.spare = buffer;
        }
    }
}
