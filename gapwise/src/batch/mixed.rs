//! The state of a stream between two of its records, if the caller has not set a framing.
//!
//! It is plain data, and part of every position in such a stream.

use super::framing::{RECORD_SEPARATOR, skip_byte_order_mark};

/// The state of a stream without a set framing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mixed {
    /// Whether a line begins here.
    pub(super) at_line: bool,
    /// Whether commas and brackets may separate records: within an array that has a broken element, or whose beginning
    /// is missing.
    pub(super) in_array: bool,
    /// Whether lines that end with a comma are known to be bad lines, up to the next line that does not end so.
    pub(super) commas_are_bad: bool,
    /// Whether the line has indentation before this place.
    pub(super) is_indented: bool,
    /// Whether it is certain that a record begins here, and not a value inside a record.
    pub(super) is_sure: bool,
    /// Whether no broken record so far may have begun as a document. A record separator sets it again, because it marks
    /// the beginning of the next record.
    pub(super) is_clean: bool,
    /// How many lines in a row held one record each.
    pub(super) lines: u8,
    /// Where the first of them began.
    pub(super) since: u64,
}

impl Mixed {
    /// The start of a stream, which may begin anywhere within a record.
    pub(super) const START: Self = Self {
        at_line: true,
        in_array: false,
        commas_are_bad: false,
        is_indented: false,
        is_sure: false,
        is_clean: true,
        lines: 0,
        since: 0,
    };

    /// A stream becomes NDJSON after at least this many lines in a row, with at least `BYTES` in all.
    const LINES: u8 = 8;
    const BYTES: u64 = 64 << 10;

    /// The state after an array.
    pub(super) fn after_array(offset: u64) -> Self {
        Self { at_line: false, is_sure: true, since: offset, ..Self::START }
    }

    /// The state between the elements of an array that has a broken element.
    pub(super) fn in_broken_array(offset: u64) -> Self {
        Self { in_array: true, is_clean: false, ..Self::after_array(offset) }
    }

    /// Whether the previous records were lines, and another line begins.
    pub(super) fn has_lines(self) -> bool {
        self.at_line && self.lines > 0
    }

    pub(super) fn is_ndjson(self, offset: u64) -> bool {
        self.at_line
            && self.lines >= Self::LINES
            && offset.saturating_sub(self.since) >= Self::BYTES
    }

    /// How many bytes at the start of `bytes` separate records. Updates the state.
    pub(super) fn separators(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\n' => (self.at_line, self.is_indented) = (true, false),
                b' ' | b'\t' => self.is_indented = true,
                b'\r' => {}
                &RECORD_SEPARATOR => {
                    (self.at_line, self.is_sure, self.is_clean) = (false, true, true);
                }
                b',' if self.in_array => self.at_line = false,
                b']' if self.in_array => (self.at_line, self.in_array) = (false, false),
                // Concatenated files may have a byte order mark in the middle.
                _ if self.at_line && skip_byte_order_mark(&bytes[at..]) > 0 => at += 2,
                _ => break,
            }
            at += 1;
        }
        at
    }

    /// The state after a record, at `offset`. `is_line` says whether the record is all of its line.
    pub(super) fn after_record(self, is_line: bool, offset: u64) -> Self {
        let (lines, since) = match is_line {
            true => (self.lines.saturating_add(1), self.since),
            false => (0, offset),
        };
        let before = Self { at_line: false, commas_are_bad: false, is_sure: true, ..self };
        Self { lines, since, ..before }
    }

    /// The same state at another offset. The distance to `since` stays the same.
    pub(super) fn moved(self, from: u64, to: u64) -> Self {
        Self { since: to.saturating_sub(from.saturating_sub(self.since)), ..self }
    }

    /// The state after a broken record.
    pub(super) fn after_broken(self, record: &[u8]) -> Self {
        let is_clean = self.is_clean && !matches!(record, [b'{' | b'[', ..]);
        Self { at_line: false, is_sure: false, is_clean, ..self }
    }

    /// Whether this is an inner line of pretty-printed text whose beginning is missing.
    pub(super) fn is_inner(self, rest: &[u8]) -> bool {
        let is_closing = matches!(rest, [b'}' | b']', ..]);
        !self.is_sure && self.at_line && (self.is_indented || is_closing)
    }
}
