//! Where one record ends and the next begins.

use crate::decode::{skip_value, skip_whitespace};
use crate::options::{Framing, MAX_DEPTH};

/// The record separator of RFC 7464.
pub(super) const RECORD_SEPARATOR: u8 = 0x1e;

/// Where the input begins after a UTF-8 byte order mark, if it has one (RFC 8259 section 8.1).
pub(crate) fn skip_byte_order_mark(input: &[u8]) -> usize {
    if input.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }
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
        let start = skip_whitespace(input, skip_byte_order_mark(input));
        let rest = &input[start..];
        match rest {
            [b'[', ..] => return Self::Array,
            [RECORD_SEPARATOR, ..] => return Self::Concatenated,
            _ => {}
        }
        let newline = memchr::memchr(b'\n', rest);
        let first_line = newline.map_or(rest, |newline| &rest[..newline]);
        let next_line = newline.map_or(&[][..], |newline| &rest[newline + 1..]);
        let one_line = match skip_value(rest, 0, 0, MAX_DEPTH) {
            Ok(end) => end <= first_line.len() && is_blank(&first_line[end..]),
            Err(fault) => fault.offset <= first_line.len() || next_line.starts_with(b"{"),
        };
        if one_line { Self::Ndjson } else { Self::Concatenated }
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
