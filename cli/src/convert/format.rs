//! What the formats of tables have in common.

use super::target::Target;
use arrow_array::RecordBatch;
use std::io;

/// The rows of one batch of records, as batches or as text.
pub(super) struct Made {
    pub(super) batches: Vec<RecordBatch>,
    pub(super) text: Vec<u8>,
}

/// Writes a table in some format.
pub(super) trait Format: Send {
    /// Writes more rows. They may be held back.
    fn write(&mut self, made: Made) -> io::Result<()>;

    /// Writes the rows that are held back, as far as the format suits that.
    fn flush(&mut self) -> io::Result<()>;

    /// Writes all that is left to write.
    fn finish(self: Box<Self>) -> io::Result<Target>;

    /// Whether the reader of standard output is known to have closed the pipe.
    fn is_closed(&self) -> bool;
}
