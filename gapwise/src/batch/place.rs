//! The place of a record in its input.

use super::position::{Lines, Numbers};

/// The place of a record, accepted or rejected, and its bytes.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let input = b"{\"message\":\"start\"}\n\n{\"message\":7}\n";
/// let arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(input, &arena);
/// let places: Vec<_> = batch.records().map(|(place, _)| place).collect();
/// assert_eq!((places[1].record, places[1].line, places[1].offset), (1, 3, 21));
/// assert_eq!(places[1].raw, br#"{"message":7}"#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place<'a> {
    /// The number of the record, from 0. All pieces of a record have the same number; see
    /// [`Rejected::more`](crate::Rejected::more).
    pub record: u64,
    /// The line in which the record begins, from 1.
    pub line: u64,
    /// The offset at which the record begins, in bytes from the start of the input or stream.
    pub offset: u64,
    /// The bytes of the record, without the line ending in NDJSON. For a document in an envelope, they include the
    /// envelope.
    pub raw: &'a [u8],
}

/// Determines the places of the records in some bytes, one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surveyor<'a> {
    bytes: &'a [u8],
    /// The offset in the stream at which the bytes begin.
    base: u64,
    /// Counted up to some place before the next record.
    pub(super) lines: Lines,
    /// The number of the next record.
    pub(super) number: u64,
}

impl<'a> Surveyor<'a> {
    pub(super) fn new(bytes: &'a [u8], base: u64, lines: Lines, number: u64) -> Self {
        Self { bytes, base, lines, number }
    }

    /// Counts the lines before the record `raw`, which is the next one or a later one.
    pub(super) fn count_up_to(&mut self, raw: &[u8]) {
        let counted = (self.lines.counted - self.base) as usize;
        self.lines.count(&self.bytes[counted..self.start(raw)]);
    }

    /// The place of the next record.
    pub(super) fn place(&mut self, raw: &'a [u8]) -> Place<'a> {
        self.count_up_to(raw);
        let offset = self.base + self.start(raw) as u64;
        Place { record: self.number, line: self.lines.line, offset, raw }
    }

    /// Corrects the numbers of records and lines.
    pub(super) fn renumber(&mut self, ahead: Numbers) {
        self.number = self.number.wrapping_add(ahead.records);
        self.lines.line = self.lines.line.wrapping_add(ahead.lines);
    }

    fn start(&self, raw: &[u8]) -> usize {
        raw.as_ptr().addr() - self.bytes.as_ptr().addr()
    }
}
