//! Finds the end of a record whose bytes arrive piece by piece.
//!
//! It looks only at quotes and brackets, and at each byte once. The end that it finds is right if the record is
//! well-formed; the parser checks that when it has the whole record. A record separator ends a record wherever it
//! occurs, because no JSON text contains that byte (RFC 7464 section 2.3).
//!
//! Large blocks in which nothing ends and nothing is escaped are skipped as a whole.

use super::framing::RECORD_SEPARATOR;
use super::resync::is_inner_line;
use crate::kernel::{Instructions, Kernel, Operation, WIDEST, equal, from_odd_to_even};

/// The state of a search for the end of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scan {
    /// How many objects and arrays are open.
    depth: u64,
    place: Place,
    /// Whether the end of a line may be the end of the record.
    by_lines: bool,
    /// Whether a line has just ended.
    is_line_start: bool,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The first value.
    Start,
    /// A number or word that is the whole record.
    Word,
    /// The structure between strings.
    Structure,
    Text,
    /// The byte after a backslash.
    Escape,
}

impl Scan {
    /// The state before the first byte of a record.
    pub(super) fn new() -> Self {
        Self { depth: 0, place: Place::Start, by_lines: false, is_line_start: false }
    }

    /// The same, for a record that may also end before a line, if that line does not begin like an inner line.
    pub(super) fn by_lines() -> Self {
        Self { by_lines: true, ..Self::new() }
    }

    /// Scans the next bytes. Returns the offset among them at which the record ends, if it does.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self.by_lines {
            true => self.end_by_bytes(bytes),
            false => Kernel::default().run(End { scan: self, bytes }),
        }
    }

    /// Skips a block, if it is within the brackets of the record and certainly does not end it. Returns whether it was
    /// skipped.
    #[inline(always)]
    fn pass_block<I: Instructions>(&mut self, i: I, block: &[u8; WIDEST]) -> bool {
        let is_text = match self.place {
            Place::Structure => 0,
            Place::Text => u64::MAX,
            Place::Start | Place::Word | Place::Escape => return false,
        };
        if equal(i, block, b'\\') | equal(i, block, RECORD_SEPARATOR) != 0 {
            return false;
        }
        // From each opening quote up to its closing quote.
        let texts = is_text ^ from_odd_to_even(equal(i, block, b'"'));
        let opening = (equal(i, block, b'{') | equal(i, block, b'[')) & !texts;
        let closing = (equal(i, block, b'}') | equal(i, block, b']')) & !texts;
        let closed = u64::from(closing.count_ones());
        if closed >= self.depth {
            return false;
        }
        self.depth = self.depth - closed + u64::from(opening.count_ones());
        self.place = if texts >> 63 == 0 { Place::Structure } else { Place::Text };
        true
    }

    /// Like [`end`](Self::end), byte by byte.
    fn end_by_bytes(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte == RECORD_SEPARATOR || self.is_line_start && !is_inner_line(byte) {
                return Some(at);
            }
            self.is_line_start = self.by_lines && byte == b'\n';
            match (self.place, byte) {
                (Place::Start | Place::Structure, b'"') => self.place = Place::Text,
                (Place::Start | Place::Structure, b'{' | b'[') => {
                    self.place = Place::Structure;
                    self.depth += 1;
                }
                (Place::Structure, b'}' | b']') => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                (Place::Structure, _) => {}
                // This is not JSON at all, so that it does not matter where it ends.
                (Place::Start, b'}' | b']' | b',' | b':') => return Some(at + 1),
                (Place::Start, _) => self.place = Place::Word,
                (Place::Word, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'"')
                | (Place::Word, b'{' | b'}' | b'[' | b']') => return Some(at),
                (Place::Word, _) => {}
                (Place::Text, b'"') if self.depth == 0 => return Some(at + 1),
                (Place::Text, b'"') => self.place = Place::Structure,
                (Place::Text, b'\\') => self.place = Place::Escape,
                (Place::Text, b'\n') => {}
                (Place::Text, _) => {
                    at += self.plain(&bytes[at..]);
                    continue;
                }
                (Place::Escape, _) => self.place = Place::Text,
            }
            at += 1;
        }
        None
    }

    /// Whether the record is a number or a word, which may end at the end of the input.
    pub(super) fn is_word(self) -> bool {
        self.place == Place::Word
    }

    /// How many bytes at the start of a string need no attention.
    fn plain(self, bytes: &[u8]) -> usize {
        let special = match self.by_lines {
            true => bytes
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | &RECORD_SEPARATOR)),
            false => memchr::memchr3(b'"', b'\\', RECORD_SEPARATOR, bytes),
        };
        special.unwrap_or(bytes.len())
    }
}

/// [`Scan::end`] with a kernel.
struct End<'s, 'b> {
    scan: &'s mut Scan,
    bytes: &'b [u8],
}

impl Operation for End<'_, '_> {
    type Output = Option<usize>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { scan, bytes } = self;
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            // Block masks are only made for kernels with one bit per byte.
            if I::SHIFT > 0 || !rest.first_chunk().is_some_and(|block| scan.pass_block(i, block)) {
                let block = &rest[..rest.len().min(WIDEST)];
                if let Some(end) = scan.end_by_bytes(block) {
                    return Some(at + end);
                }
            }
            at += rest.len().min(WIDEST);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn records_end_where_they_end_however_their_bytes_come() {
        for record in
            [r#"{"a":"}\"]\\","b":[{},[]]}"#, "[\"\",\n1]", r#""a\"b\\""#, "[[1,{}],\"x\"]", "{]"]
        {
            for rest in ["", " ", "}", "{\"", "\u{1e}"] {
                let text = format!("{record}{rest}");
                for split in 0..=record.len() {
                    let mut scan = Scan::new();
                    let (first, second) = text.as_bytes().split_at(split);
                    let end = scan.end(first).or_else(|| Some(split + scan.end(second)?));
                    assert_eq!(end, Some(record.len()), "{text} split at {split}");
                }
            }
        }
    }

    #[test]
    fn words_end_before_what_follows_and_separators_end_all() {
        for (text, end) in [
            ("12,", Some(2)),
            ("12", None),
            ("true}", Some(4)),
            ("x\"", Some(1)),
            ("1\u{1e}", Some(1)),
            ("{\"a\u{1e}", Some(3)),
            ("{\"a\\\u{1e}", Some(4)),
            ("[\u{1e}", Some(1)),
            ("}", Some(1)),
            ("[1", None),
        ] {
            assert_eq!(Scan::new().end(text.as_bytes()), end, "{text:?}");
        }
    }

    #[test]
    fn records_by_lines_end_before_what_is_no_inner_line() {
        for (text, end) in [
            ("{\"a\":\n {\n }\n}\n{", Some(13)),
            ("{\"a\":\n{", Some(6)),
            ("{\"a\n{\"", Some(4)),
            ("{\"a\n \u{1e}", Some(5)),
            ("[1,\n", None),
            ("[\n\n]", Some(2)),
        ] {
            for split in 0..=text.len() {
                let mut scan = Scan::by_lines();
                let (first, second) = text.as_bytes().split_at(split);
                let found = scan.end(first).or_else(|| Some(split + scan.end(second)?));
                assert_eq!(found, end, "{text:?} split at {split}");
            }
        }
    }

    #[test]
    fn blocks_are_gone_over_as_their_bytes_would_be() {
        let mut random = ChaCha8Rng::seed_from_u64(4);
        let mut ends = 0;
        for _ in 0..20_000 {
            // Mostly bytes that need no attention, so that blocks are skipped; records of all lengths.
            let often = random.random_range(2..60);
            let draw = |random: &mut ChaCha8Rng| match random.random_range(0..often) {
                0 => *b"{}[]\"\\\"\"}]".get(random.random_range(0..10)).unwrap(),
                1 if random.random_ratio(1, 20) => RECORD_SEPARATOR,
                _ => b'a',
            };
            let text: Vec<u8> =
                (0..random.random_range(0..600)).map(|_| draw(&mut random)).collect();
            let open = b"[".repeat(random.random_range(0..4));
            let text = [open, text].concat();
            let (mut by_blocks, mut by_bytes) = (Scan::new(), Scan::new());
            let mut rest = &text[..];
            while !rest.is_empty() {
                let (now, later) = rest.split_at(random.random_range(1..=rest.len()));
                let end = by_bytes.end_by_bytes(now);
                assert_eq!(by_blocks.end(now), end, "{}", text.escape_ascii());
                ends += usize::from(end.is_some());
                if end.is_some() {
                    break;
                }
                assert_eq!(by_blocks, by_bytes);
                rest = later;
            }
        }
        assert!(ends > 5_000, "{ends}");
    }
}
