//! Records for which the limit of the arena left no room, once more and each in an arena of its own.
//!
//! What is rejected must not depend on the records before it in the batch. The parser is given these records twice,
//! and counts what it notices in them twice.

use super::parse::Visited;
use super::turns::Batch;
use bytes::BytesMut;
use jobview::{BatchDecoder, Document, ErrorKind, Options, OwnedBatch, Record};

/// Whether a record is one of these.
pub(super) fn is_due<D: Document>(record: &Record<'_, D>) -> bool {
    matches!(record, Err(rejected) if rejected.error.kind() == ErrorKind::ArenaLimit)
}

/// Goes through a batch once more.
pub(super) struct Retry<'b, D: Document> {
    batch: &'b Batch,
    decoder: BatchDecoder<D>,
    /// What the decoder has been given and has not framed.
    buffer: BytesMut,
    /// How many bytes it has been given.
    given: usize,
}

impl<'b, D: Document> Retry<'b, D> {
    pub(super) fn new(batch: &'b Batch, options: Options) -> Self {
        let decoder = BatchDecoder::of(options, batch.records.position());
        Self { batch, decoder, buffer: BytesMut::new(), given: 0 }
    }

    /// A record by itself. It must stand behind those that were asked for before.
    pub(super) fn record(&mut self, visited: &Visited<'_, D>) -> Option<OwnedBatch> {
        let offset = |offset: u64| (offset - self.batch.start()) as usize;
        let (start, end) = (offset(visited.start), offset(visited.next));
        self.give(start);
        while self.decoder.next_batch(&mut self.buffer).is_some() {}
        self.give(end);
        loop {
            let record = self.decoder.next_batch(&mut self.buffer);
            if record.is_some() || self.given > self.batch.records.bytes().len() {
                return record;
            }
            // A number, or a last line, ends where something else begins.
            self.give(self.given + 1);
        }
    }

    /// Gives the decoder all up to `end`. White space is as good as what follows the batch.
    fn give(&mut self, end: usize) {
        let bytes = self.batch.records.bytes().get(self.given..end);
        self.buffer.extend_from_slice(bytes.unwrap_or(b"\n"));
        self.given = end.max(self.given);
    }
}
