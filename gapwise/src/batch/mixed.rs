//! What is known of a stream between two of its records, if the caller has not set a framing.
//!
//! Plain data, a part of every position in such a stream.

use super::framing::{RECORD_SEPARATOR, skip_byte_order_mark};

/// What is known of a stream whose framing nobody has told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mixed {
    /// Whether a line begins here.
    pub(super) at_line: bool,
    /// Whether commas and brackets may separate records: in an array in which something was broken, or whose
    /// beginning is not there.
    pub(super) in_array: bool,
    /// Whether lines that end with a comma have been found to be bad lines, up to the next that does not.
    pub(super) commas_are_bad: bool,
    /// Whether there is indentation before this in the line.
    pub(super) is_indented: bool,
    /// Whether it is certain that a record begins here and not a value inside of one.
    pub(super) is_sure: bool,
    /// Whether nothing has been broken yet that may have begun as a document, or a record separator has told the
    /// beginning of the next.
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

    /// How many lines, and how many bytes of them, make a stream NDJSON.
    const LINES: u8 = 8;
    const BYTES: u64 = 64 << 10;

    /// Behind an array.
    pub(super) fn after_array(offset: u64) -> Self {
        Self { at_line: false, is_sure: true, since: offset, ..Self::START }
    }

    /// Between the elements of an array in which something was broken.
    pub(super) fn in_broken_array(offset: u64) -> Self {
        Self { in_array: true, is_clean: false, ..Self::after_array(offset) }
    }

    /// Whether the records before were lines, and another line begins.
    pub(super) fn has_lines(self) -> bool {
        self.at_line && self.lines > 0
    }

    pub(super) fn is_ndjson(self, offset: u64) -> bool {
        self.at_line
            && self.lines >= Self::LINES
            && offset.saturating_sub(self.since) >= Self::BYTES
    }

    /// How many bytes that separate records some others begin with.
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
                // Files that have been put together have theirs in the middle.
                _ if self.at_line && skip_byte_order_mark(&bytes[at..]) > 0 => at += 2,
                _ => break,
            }
            at += 1;
        }
        at
    }

    /// Behind a record at `offset`. `is_line` says whether it is all of its line.
    pub(super) fn after_record(self, is_line: bool, offset: u64) -> Self {
        let (lines, since) = match is_line {
            true => (self.lines.saturating_add(1), self.since),
            false => (0, offset),
        };
        let before = Self { at_line: false, commas_are_bad: false, is_sure: true, ..self };
        Self { lines, since, ..before }
    }

    /// The same at another offset, with all that is known relative to it.
    pub(super) fn moved(self, from: u64, to: u64) -> Self {
        Self { since: to.saturating_sub(from.saturating_sub(self.since)), ..self }
    }

    /// Behind a broken record.
    pub(super) fn after_broken(self, record: &[u8]) -> Self {
        let is_clean = self.is_clean && !matches!(record, [b'{' | b'[', ..]);
        Self { at_line: false, is_sure: false, is_clean, ..self }
    }

    /// Whether a line of pretty-printed text begins here, the beginning of which is not there.
    pub(super) fn is_inner(self, rest: &[u8]) -> bool {
        let is_closing = matches!(rest, [b'}' | b']', ..]);
        !self.is_sure && self.at_line && (self.is_indented || is_closing)
    }
}
