//! The bytes of a stream that have arrived and have not been handed out.
//!
//! When there is no more room behind them, they are moved to the front. The buffer grows for what does not fit.

#[derive(Debug, Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    start: usize,
    end: usize,
}

impl Buffer {
    pub(super) fn held(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    pub(super) fn clear(&mut self) {
        (self.start, self.end) = (0, 0);
    }

    /// Room for more bytes: so that there are as many as a batch has, or twice as many as there are, but no more than
    /// need be held.
    pub(super) fn space(&mut self, batch_bytes: usize, most: usize) -> &mut [u8] {
        let held = self.end - self.start;
        // No more than a batch, to stay in the cache, even if the buffer has grown for a longer record.
        let mut room = batch_bytes.max(1);
        if held >= room {
            room = held.saturating_mul(2).min(most);
        }
        // Not only when there is no room at all: reads are not to be small.
        if held == 0 || self.start > 0 && self.end > room / 2 {
            self.bytes.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, held);
        }
        if self.bytes.len() < room {
            self.bytes.resize(room, 0);
        }
        &mut self.bytes[self.end..room]
    }

    /// Says that so many bytes have been put into the room.
    pub(super) fn fill(&mut self, bytes: usize) {
        self.end += bytes;
    }

    /// Is done with the first bytes.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// Goes on in another buffer with the bytes that are held. Returns this one, and where in it they are: behind those
    /// that are done with.
    pub(super) fn change(&mut self, mut other: Vec<u8>) -> (Vec<u8>, usize) {
        let (start, held) = (self.start, self.held());
        if other.len() < held.len() {
            other.resize(held.len(), 0);
        }
        other[..held.len()].copy_from_slice(held);
        (self.start, self.end) = (0, held.len());
        (std::mem::replace(&mut self.bytes, other), start)
    }

    /// Puts bytes in front of those that are held.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(self.held());
        (self.start, self.end) = (0, bytes.len());
        self.bytes = bytes;
    }
}
