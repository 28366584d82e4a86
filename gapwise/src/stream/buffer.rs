//! The bytes of a stream that have arrived and have not been handed out.
//!
//! If there is no more room after them, they are moved to the front. The buffer grows for data that does not fit.

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

    /// Room for more bytes: enough for a batch, or for twice as many bytes as are held, but not more than must be held
    /// at most.
    pub(super) fn space(&mut self, batch_bytes: usize, most: usize) -> &mut [u8] {
        let held = self.end - self.start;
        // Room for one batch, to stay in the cache, even if the buffer has grown for a longer record.
        let mut room = batch_bytes.max(1);
        if held >= room {
            room = held.saturating_mul(2).min(most);
        }
        // Move the bytes early, so that reads are not small.
        if held == 0 || self.start > 0 && self.end > room / 2 {
            self.bytes.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, held);
        }
        if self.bytes.len() < room {
            self.bytes.resize(room, 0);
        }
        &mut self.bytes[self.end..room]
    }

    /// Adds bytes that were written into the room.
    pub(super) fn fill(&mut self, bytes: usize) {
        self.end += bytes;
    }

    /// Drops the first bytes.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// Moves the held bytes to another buffer, and continues there. Returns the old buffer, and the offset in it at
    /// which the held bytes begin.
    pub(super) fn change(&mut self, mut other: Vec<u8>) -> (Vec<u8>, usize) {
        let (start, held) = (self.start, self.held());
        if other.len() < held.len() {
            other.resize(held.len(), 0);
        }
        other[..held.len()].copy_from_slice(held);
        (self.start, self.end) = (0, held.len());
        (std::mem::replace(&mut self.bytes, other), start)
    }

    /// Inserts bytes before those that are held.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(self.held());
        (self.start, self.end) = (0, bytes.len());
        self.bytes = bytes;
    }
}
