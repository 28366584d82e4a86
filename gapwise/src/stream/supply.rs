//! Where several threads get their bytes: from a slice or a reader.

use super::buffer::Buffer;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

/// Bytes in their order, some of which may have to be handed out again.
pub(super) trait Supply {
    type Bytes: AsRef<[u8]>;
    type Error;

    /// What has come and has not been handed out.
    fn held(&self) -> &[u8];

    /// Whether all bytes have come.
    fn is_finished(&self) -> bool;

    /// Whether no more bytes will come, for whatever reason.
    fn is_over(&self) -> bool;

    /// Why no more will come, if that is not the end.
    fn end(&mut self) -> Result<(), Self::Error>;

    /// Waits for more, of which there are to be as many as a batch has, or most.
    fn read(&mut self, batch_bytes: usize, most: usize);

    /// Is done with the first bytes.
    fn pass(&mut self, bytes: usize);

    /// Hands out the bytes behind some that are separators, to be looked at with some that follow. If a number is given,
    /// all are kept for as long as the part of that number may not be one.
    fn take(&mut self, part: Extent, number: Option<usize>) -> Self::Bytes;

    /// Says that all parts before a number are certain.
    fn forget(&mut self, before: usize);

    /// Goes on from this offset in the stream, in what has been kept or behind that.
    fn go_back(&mut self, offset: u64);

    /// Takes back bytes that are done with.
    fn recycle(&mut self, bytes: Self::Bytes);
}

/// Where a part is in the bytes that are held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// How many bytes before it are separators.
    pub(super) separators: usize,
    pub(super) length: usize,
    /// How many bytes are looked at from its beginning.
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
        // It is in the slice.
        self.rest = &self.input[offset as usize..];
    }

    fn recycle(&mut self, _: &'i [u8]) {}
}

#[derive(Debug)]
pub(super) struct Reader<R> {
    reader: R,
    buffer: Buffer,
    /// Where in the stream the bytes begin that are held.
    offset: u64,
    /// Parts that may have to be handed out again, one behind the other.
    kept: VecDeque<Kept>,
    spare: Vec<u8>,
    is_finished: bool,
    error: Option<io::Error>,
}

/// Bytes at some place of a buffer.
#[derive(Debug)]
pub(super) struct Taken {
    buffer: Arc<Vec<u8>>,
    bytes: Range<usize>,
}

#[derive(Debug)]
struct Kept {
    part: usize,
    /// Where in the stream it begins.
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
        // It may go on behind all that.
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
