//! Where one record ends and the next begins.

use crate::decode::{skip_value, skip_whitespace};
use crate::error::ErrorKind;
use crate::options::{Framing, MAX_DEPTH};

/// The record separator of RFC 7464.
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// How many bytes behind a record of the largest size matter: for the framing, to which the end of its line
/// is enough, and for messages, which show a little of the text.
pub(super) const LOOK_AHEAD: usize = 128;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Where the input begins after a UTF-8 byte order mark, if it has one (RFC 8259 section 8.1).
pub(crate) fn skip_byte_order_mark(input: &[u8]) -> usize {
    if input.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
}

/// Whether it is not known yet if the input has a byte order mark.
pub(super) fn may_become_byte_order_mark(input: &[u8]) -> bool {
    input.len() < BYTE_ORDER_MARK.len() && BYTE_ORDER_MARK.starts_with(input)
}

impl Framing {
    /// Tells how the records of `input` follow one another, from its first record and what stands after it.
    ///
    /// - `[` comes first: an [`Array`](Self::Array). A record separator: [`Concatenated`](Self::Concatenated).
    /// - The first record is well-formed: [`Ndjson`](Self::Ndjson) if it stands alone on one line,
    ///   `Concatenated` if not.
    /// - It is broken: `Ndjson`, where a broken line harms no other, if it breaks in the first line or if
    ///   the second one begins another object at once; `Concatenated` if not.
    ///
    /// ```
    /// use jobview::Framing;
    ///
    /// assert_eq!(Framing::detect(b"{}\n{}\n"), Framing::Ndjson);
    /// assert_eq!(Framing::detect(b"[{}, {}]"), Framing::Array);
    /// assert_eq!(Framing::detect(b"{\n}\n{\n}\n"), Framing::Concatenated);
    /// ```
    pub fn detect(input: &[u8]) -> Self {
        Self::tell(input, true).unwrap_or(Self::Ndjson)
    }

    /// As [`tell`](Self::tell), from no more than a record of the largest size and a little of what follows
    /// it.
    pub(super) fn tell_within(input: &[u8], is_all: bool, max_record_bytes: usize) -> Option<Self> {
        let most = max_record_bytes.saturating_add(LOOK_AHEAD);
        Self::tell(&input[..input.len().min(most)], is_all || input.len() >= most)
    }

    /// What [`detect`](Self::detect) says of an input that begins with these bytes, whatever follows them.
    /// `None` when that depends on what follows, which it cannot when these are all.
    fn tell(input: &[u8], is_all: bool) -> Option<Self> {
        if !is_all && may_become_byte_order_mark(input) {
            return None;
        }
        let start = skip_whitespace(input, skip_byte_order_mark(input));
        let rest = &input[start..];
        match rest {
            [b'[', ..] => return Some(Self::Array),
            [RECORD_SEPARATOR, ..] => return Some(Self::Concatenated),
            _ => {}
        }
        let newline = memchr::memchr(b'\n', rest);
        let first_line = newline.map_or(rest, |newline| &rest[..newline]);
        let next_line = newline.map_or(&[][..], |newline| &rest[newline + 1..]);
        let (one_line, is_certain) = match skip_value(rest, 0, 0, MAX_DEPTH) {
            Ok(end) => {
                let ends_line = end <= first_line.len() && is_blank(&first_line[end..]);
                (ends_line, !ends_line || newline.is_some())
            }
            Err(fault) => {
                let begins_another = next_line.starts_with(b"{");
                let ended = fault.kind == ErrorKind::UnexpectedEnd;
                let one_line = fault.offset <= first_line.len() || begins_another;
                (one_line, !ended || !next_line.is_empty() && !begins_another)
            }
        };
        let framing = if one_line { Self::Ndjson } else { Self::Concatenated };
        (is_all || is_certain).then_some(framing)
    }
}

/// Whether there is nothing but white space.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    skip_whitespace(bytes, 0) == bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn framing_is_told_from_the_first_record() {
        use Framing::*;
        for (input, framing) in [
            (&b""[..], Ndjson),
            (b" \n\n", Ndjson),
            (b"{}", Ndjson),
            (b"{}\r\n{}\r\n", Ndjson),
            (b"\n\n{\"a\":1}\n", Ndjson),
            (b"\xef\xbb\xbf{}\n{}", Ndjson),
            (b"1\n2\n", Ndjson),
            (b"[]", Array),
            (b"\xef\xbb\xbf \n [", Array),
            (b"\x1e{}\n\x1e{}\n", Concatenated),
            (b"{}{}\n", Concatenated),
            (b"{} {}", Concatenated),
            (b"{\n \"a\": 1\n}", Concatenated),
            (b"{\n \"a\": 1\n}\n{\n}", Concatenated),
        ] {
            assert_eq!(Framing::detect(input), framing, "{input:?}");
        }
    }

    #[test]
    fn what_is_told_early_is_what_is_told_late() {
        let mut told_early = 0;
        for input in [
            "\u{feff}{}\n{}",
            "{}\r\n{}\r\n",
            "{\"a\":\n{}}\n",
            "{\"a\":\n{\"a\":1}\n",
            "{\"a\":\n1}{\n}",
            "{\n \"a\": oops\n}\n",
            "12 \n12\n",
            "12.5 1\n",
            " 1{}",
            "true\n",
            "truetrue",
            "tru\n{",
            "\"\u{e9}\\ud83d\\ude00\"  \n",
            "\"\u{e9}\n{",
            "\n \t[",
            "\n\n\u{1e}",
            "",
        ] {
            let whole = Framing::detect(input.as_bytes());
            for end in 0..input.len() {
                let told = Framing::tell(&input.as_bytes()[..end], false);
                told_early += u32::from(told.is_some());
                assert!(told.is_none_or(|told| told == whole), "{input:?} up to {end}");
            }
        }
        assert!(told_early > 20, "{told_early}");
    }

    #[test]
    fn a_broken_first_record_decides_for_the_safer_framing() {
        use Framing::*;
        for (input, framing) in [
            (&b"{\"a\":\n{\"a\":1}\n"[..], Ndjson),
            (b"{\"a\":\"b\n{\"a\":1}\n", Ndjson),
            (b"{\"a\":1,\n{\"a\":1}\n", Ndjson),
            (b"garbage\n{\"a\":1}\n", Ndjson),
            (b"{\"a\":", Ndjson),
            (b"{\n  \"a\": oops\n}\n", Concatenated),
            (b"{\n  \"a\": 1,\n}\n{\n}\n", Concatenated),
        ] {
            assert_eq!(Framing::detect(input), framing, "{input:?}");
        }
    }
}
