//! Tells what the beginning of an input looks like, for callers who want to know before they parse it.
//!
//! Parsing does not use it: without a framing, each record is recognised as it comes.

use super::framing::{RECORD_SEPARATOR, skip_byte_order_mark};
use super::resync::{Follower, follower, is_inner_line, opens_array};
use crate::decode::skip_value;
use crate::error::ErrorKind;
use crate::options::{Framing, MAX_DEPTH};

/// The result of [`Framing::detect`].
///
/// ```
/// use gapwise::{Certainty, Detection, Framing};
///
/// let expected = Detection { framing: Framing::Array, certainty: Certainty::Certain };
/// assert_eq!(Framing::detect(b"[{}]"), expected);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detection {
    /// How the records seem to be separated.
    pub framing: Framing,
    /// How certain the framing is.
    pub certainty: Certainty,
}

/// How certain a [`Detection`] is.
///
/// ```
/// use gapwise::{Certainty, Framing};
///
/// assert!(Framing::detect(b"").certainty < Certainty::Likely);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// There was no record to judge by, or more records are broken than not.
    Guess,
    /// Most records agree; some are broken, or are separated differently.
    Likely,
    /// All examined records agree.
    Certain,
}

impl Framing {
    /// How many bytes are examined.
    const DETECTION: usize = 64 << 10;

    /// Detects how the records of `input` are separated, from its first 64 KiB.
    ///
    /// It looks for JSON, not for valid documents. A parser without a framing does not use it: it recognises each
    /// record as it comes, and loses none if the framing of a stream changes.
    ///
    /// ```
    /// use gapwise::{Certainty, Framing};
    ///
    /// let lines = Framing::detect(b"{}\n{}\n");
    /// assert_eq!((lines.framing, lines.certainty), (Framing::Ndjson, Certainty::Certain));
    /// assert_eq!(Framing::detect(b"[{}, {}]").framing, Framing::Array);
    /// assert_eq!(Framing::detect(b"{\n}\n{\n}\n").framing, Framing::Concatenated);
    ///
    /// let log = Framing::detect(b"[INFO] start\n{}\n{}\n");
    /// assert_eq!((log.framing, log.certainty), (Framing::Ndjson, Certainty::Likely));
    /// ```
    pub fn detect(input: &[u8]) -> Detection {
        let first = &input[skip_byte_order_mark(input)..input.len().min(Self::DETECTION)];
        Tally::of(first, input.len() <= Self::DETECTION).detection()
    }
}

/// How many records are separated in each way.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Records alone in their lines.
    lines: u32,
    /// Records over several lines, or several in one line.
    documents: u32,
    /// Elements of arrays, and the arrays themselves.
    elements: u32,
    broken: u32,
}

impl Tally {
    fn of(input: &[u8], is_all: bool) -> Self {
        let mut tally = Self::default();
        let (mut at, mut in_array) = (0, false);
        loop {
            at += blanks(&input[at..], in_array);
            match (&input[at..], in_array) {
                ([], _) => return tally,
                ([b'[', after @ ..], false) if opens_array(after) != Some(false) => {
                    (tally.elements, in_array) = (tally.elements + 1, true);
                    at += 1;
                    continue;
                }
                ([b']', ..], true) => {
                    (at, in_array) = (at + 1, false);
                    continue;
                }
                _ => {}
            }
            let begin = at;
            at = match skip_value(input, begin, 0, MAX_DEPTH) {
                Ok(end) => end,
                // Cut off by the end of the examined bytes.
                Err(fault) if fault.kind == ErrorKind::UnexpectedEnd && !is_all => return tally,
                Err(_) => {
                    tally.broken += 1;
                    at = next_outer_line(input, begin);
                    continue;
                }
            };
            let before = input[..begin].iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
            let is_line = match follower(&input[at..]) {
                Follower::LineEnd | Follower::Nothing => !input[begin..at].contains(&b'\n'),
                _ => false,
            };
            match is_line && matches!(before, None | Some(b'\n')) {
                _ if in_array => tally.elements += 1,
                true => tally.lines += 1,
                false => tally.documents += 1,
            }
        }
    }

    fn detection(self) -> Detection {
        let Self { lines, documents, elements, broken } = self;
        let most = lines.max(documents).max(elements);
        let framing = match most {
            0 => Framing::Ndjson,
            _ if elements == most => Framing::Array,
            _ if documents == most => Framing::Concatenated,
            _ => Framing::Ndjson,
        };
        let certainty = match lines + documents + elements + broken - most {
            0 if most > 0 => Certainty::Certain,
            others if others < most => Certainty::Likely,
            _ => Certainty::Guess,
        };
        Detection { framing, certainty }
    }
}

/// How many bytes at the start of `bytes` separate records.
fn blanks(bytes: &[u8], in_array: bool) -> usize {
    let separates = |byte: &&u8| match **byte {
        b' ' | b'\t' | b'\r' | b'\n' | RECORD_SEPARATOR => true,
        b',' => in_array,
        _ => false,
    };
    bytes.iter().take_while(separates).count()
}

/// Where the next line begins that is not an inner line of pretty-printed text.
fn next_outer_line(bytes: &[u8], at: usize) -> usize {
    let mut lines = memchr::memchr_iter(b'\n', &bytes[at..]).map(|newline| at + newline + 1);
    let is_outer = |line: &usize| bytes.get(*line).is_none_or(|&first| !is_inner_line(first));
    lines.find(is_outer).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framing_is_told_from_the_first_records() {
        use Certainty::*;
        use Framing::*;
        for (input, framing, certainty) in [
            (&b""[..], Ndjson, Guess),
            (b" \n\n", Ndjson, Guess),
            (b"{}", Ndjson, Certain),
            (b"{}\r\n{}\r\n", Ndjson, Certain),
            (b"\n\n{\"a\":1}\n", Ndjson, Certain),
            (b"\xef\xbb\xbf{}\n{}", Ndjson, Certain),
            (b"1\n2\n", Ndjson, Certain),
            (b"[]", Array, Certain),
            (b"\xef\xbb\xbf \n [", Array, Certain),
            (b"[{}, 1]", Array, Certain),
            (b"\x1e{}\n\x1e{}\n", Concatenated, Certain),
            (b"{}{}\n", Concatenated, Certain),
            (b"{} {}", Concatenated, Certain),
            (b"{\n \"a\": 1\n}", Concatenated, Certain),
            (b"{\n \"a\": 1\n}\n{\n}", Concatenated, Certain),
            (b"[INFO] start\n{}\n{}\n", Ndjson, Likely),
            (b"{\"a\":\n{\"a\":1}\n{}\n", Ndjson, Likely),
            (b"garbage\n{\"a\":1}\n", Ndjson, Guess),
            (b"{\n  \"a\": oops\n}\n{\n}\n{\n}\n", Concatenated, Likely),
        ] {
            let detection = Detection { framing, certainty };
            assert_eq!(Framing::detect(input), detection, "{:?}", input.escape_ascii());
        }
    }

    #[test]
    fn a_record_that_is_cut_by_the_end_of_what_is_looked_at_is_not_broken() {
        let input = format!("{{}}\n{{\"a\":\"{}\"}}\n{{}}{{}}", "x".repeat(Framing::DETECTION));
        let certain = Detection { framing: Framing::Ndjson, certainty: Certainty::Certain };
        assert_eq!(Framing::detect(input.as_bytes()), certain);
    }
}
