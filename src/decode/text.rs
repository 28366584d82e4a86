//! Strings (RFC 8259 section 7): checking, keeping, comparing.
//!
//! Everything is checked for kept and for skipped text alike: control characters, escapes, surrogate pairs,
//! UTF-8. A fault is the first one in the order of the text.

#![allow(unsafe_code)]

use crate::error::{ErrorKind, Fault};
use crate::kernel::{Instructions, Operation, WIDEST, copy_plain, find_closing, find_special};
use crate::schema::ArenaFull;
use bumpalo::Bump;

/// A string that has been checked, as it stands in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted<'b> {
    /// What stands between the quotes.
    text: &'b str,
    escaped: bool,
    /// The offset after the closing quote.
    pub(super) end: usize,
}

impl<'b> Quoted<'b> {
    /// Reads the string whose opening quote is the byte before `at`.
    pub(super) fn read(bytes: &'b [u8], at: usize) -> Result<Self, Fault> {
        let mut end = at;
        let mut escaped = false;
        let outcome = loop {
            match bytes.get(end) {
                Some(b'"') => break Ok(()),
                Some(b'\\') => match escape(bytes, end) {
                    Ok((_, after)) => end = after,
                    Err(fault) => break Err(fault),
                },
                Some(..0x20) => break Err(Fault::new(ErrorKind::ControlCharacter, end)),
                Some(_) => {
                    end += 1;
                    continue;
                }
                None => break Err(Fault::unexpected(bytes, end, "the closing quote of a string")),
            }
            escaped = true;
        };
        let checked = outcome.map_or_else(|fault| fault.offset, |()| end);
        match (str::from_utf8(&bytes[at..checked]), outcome) {
            (Ok(text), outcome) => outcome.map(|()| Self { text, escaped, end: end + 1 }),
            // A character that the end of the input cuts short is no fault of its own.
            (Err(error), Err(fault))
                if error.error_len().is_none() && fault.kind == ErrorKind::UnexpectedEnd =>
            {
                Err(fault)
            }
            (Err(error), _) => Err(Fault::new(ErrorKind::InvalidUtf8, at + error.valid_up_to())),
        }
    }

    /// How many bytes stand between the quotes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text it denotes: where it stands, or unescaped in the arena. `None` when the arena is full.
    pub(super) fn keep(self, arena: &'b Bump) -> Option<&'b str> {
        if !self.escaped {
            return Some(self.text);
        }
        let length = self.pieces().map(|piece| piece.len()).sum();
        let kept = arena.try_alloc_slice_fill_copy(length, 0).ok()?;
        let mut rest = &mut *kept;
        for piece in self.pieces() {
            let (place, after) = rest.split_at_mut(piece.len());
            piece.write(place);
            rest = after;
        }
        str::from_utf8(kept).ok()
    }

    /// Whether it denotes `text`.
    pub(super) fn denotes(&self, text: &str) -> bool {
        if !self.escaped {
            return self.text == text;
        }
        let mut rest = text;
        self.pieces().all(|piece| match piece.strip_from(rest) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        }) && rest.is_empty()
    }

    /// The text it denotes, for messages and pointers.
    pub(super) fn to_text(self) -> String {
        self.pieces().fold(String::with_capacity(self.text.len()), |mut text, piece| {
            match piece {
                Piece::Verbatim(verbatim) => text.push_str(verbatim),
                Piece::Escaped(c) => text.push(c),
            }
            text
        })
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'b>> {
        let mut rest = self.text;
        std::iter::from_fn(move || {
            let (piece, after) = match rest.find('\\') {
                None if rest.is_empty() => return None,
                None => (Piece::Verbatim(rest), rest.len()),
                Some(0) => {
                    let (c, after) = escape(rest.as_bytes(), 0).ok()?;
                    (Piece::Escaped(c), after)
                }
                Some(verbatim) => (Piece::Verbatim(&rest[..verbatim]), verbatim),
            };
            rest = &rest[after..];
            Some(piece)
        })
    }
}

/// Reads and keeps a string, many bytes at a time. `None` when it is not a valid one, or it is not sure:
/// [`Quoted`] tells. Else the text, and where the closing quote is.
pub(super) struct ReadText<'t, 'a> {
    pub(super) text: &'a [u8],
    /// The byte after the opening quote.
    pub(super) begin: usize,
    /// Where it is unescaped.
    pub(super) scratch: &'t mut Vec<u8>,
    pub(super) arena: &'a Bump,
}

impl<'a> Operation for ReadText<'_, 'a> {
    type Output = Option<Result<(&'a str, usize), ArenaFull>>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { text, begin, scratch, arena } = self;
        let mut end = find_special(i, text, begin);
        if text.get(end) == Some(&b'"') {
            // SAFETY: the bytes before the first special one are ASCII.
            return Some(Ok((unsafe { str::from_utf8_unchecked(&text[begin..end]) }, end)));
        }
        if let Some(0x80..) = text.get(end) {
            end = find_closing(i, text, end);
            if text.get(end) == Some(&b'"') {
                let kept = simdutf8::basic::from_utf8(&text[begin..end]).ok()?;
                return Some(Ok((kept, end)));
            }
        }
        let Unescaped { length, end, is_utf8 } = unescape(i, text, begin, scratch)?;
        let unescaped = match is_utf8 {
            // SAFETY: plain bytes are ASCII, and characters were written as UTF-8.
            true => unsafe { str::from_utf8_unchecked(&scratch[..length]) },
            false => simdutf8::basic::from_utf8(&scratch[..length]).ok()?,
        };
        let kept = arena.try_alloc_str(unescaped).map_err(|_| ArenaFull);
        Some(kept.map(|kept| (&*kept, end)))
    }
}

/// A string that stands unescaped at the start of the scratch.
struct Unescaped {
    length: usize,
    /// Where the closing quote is.
    end: usize,
    /// Whether it is UTF-8 for certain.
    is_utf8: bool,
}

/// Unescapes a string to the start of `scratch`. All is checked but bytes that are not ASCII.
#[inline(always)]
fn unescape<I: Instructions>(
    i: I,
    text: &[u8],
    begin: usize,
    scratch: &mut Vec<u8>,
) -> Option<Unescaped> {
    let (mut at, mut length, mut is_utf8) = (begin, 0, true);
    loop {
        if scratch.len() - length < 4 * WIDEST {
            scratch.resize(2 * scratch.len() + 8 * WIDEST, 0);
        }
        let copied = copy_plain(i, text, at, &mut scratch[length..]);
        at += copied;
        length += copied;
        match *text.get(at)? {
            b'"' => return Some(Unescaped { length, end: at, is_utf8 }),
            b'\\' => {
                let denoted = SIMPLE_ESCAPES[usize::from(*text.get(at + 1)?)];
                if denoted != 0 {
                    scratch[length] = denoted;
                    length += 1;
                    at += 2;
                } else {
                    let (c, end) = escape(text, at).ok()?;
                    length += c.encode_utf8(&mut scratch[length..]).len();
                    at = end;
                }
            }
            byte @ 0x80.. => {
                is_utf8 = false;
                scratch[length] = byte;
                length += 1;
                at += 1;
            }
            ..0x20 => return None,
            // There was no more room.
            _ => {}
        }
    }
}

/// A part of a string.
#[derive(Clone, Copy)]
enum Piece<'b> {
    /// As it stands.
    Verbatim(&'b str),
    /// What an escape denotes.
    Escaped(char),
}

impl Piece<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Verbatim(text) => text.len(),
            Self::Escaped(c) => c.len_utf8(),
        }
    }

    fn write(&self, place: &mut [u8]) {
        match self {
            Self::Verbatim(text) => place.copy_from_slice(text.as_bytes()),
            Self::Escaped(c) => {
                c.encode_utf8(place);
            }
        }
    }

    fn strip_from<'t>(&self, text: &'t str) -> Option<&'t str> {
        match *self {
            Self::Verbatim(verbatim) => text.strip_prefix(verbatim),
            Self::Escaped(c) => text.strip_prefix(c),
        }
    }
}

/// What the letters after a backslash denote; 0 for `u`, and for those that denote nothing.
static SIMPLE_ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let pairs = *b"\"\"\\\\//b\x08f\x0cn\nr\rt\t";
    let mut at = 0;
    while at < pairs.len() {
        table[pairs[at] as usize] = pairs[at + 1];
        at += 2;
    }
    table
};

/// Reads the escape whose backslash is at `at`: the character it denotes and where it ends.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let Some(&letter) = bytes.get(at + 1) else {
        return Err(Fault::unexpected(bytes, bytes.len(), "the rest of an escape"));
    };
    match SIMPLE_ESCAPES[usize::from(letter)] {
        0 if letter == b'u' => unicode_escape(bytes, at),
        0 => Err(Fault::new(ErrorKind::InvalidEscape, at)),
        denoted => Ok((char::from(denoted), at + 2)),
    }
}

/// Reads `\uXXXX`, or two of them that are a surrogate pair.
fn unicode_escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    const SIZE: usize = r"\uXXXX".len();
    let first = code_unit(bytes, at)?;
    let lone = Err(Fault::new(ErrorKind::LoneSurrogate, at));
    let (code_point, end) = match first {
        0xd800..0xdc00 => {
            let low = at + SIZE;
            match bytes[low..] {
                [b'\\', b'u', ..] => {}
                [] | [b'\\'] => {
                    return Err(Fault::unexpected(bytes, bytes.len(), "the rest of an escape"));
                }
                _ => return lone,
            }
            match code_unit(bytes, low)? {
                second @ 0xdc00..0xe000 => {
                    (0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), low + SIZE)
                }
                _ => return lone,
            }
        }
        _ => (first, at + SIZE),
    };
    char::from_u32(code_point).map_or(lone, |c| Ok((c, end)))
}

/// What hexadecimal digits denote; 0xff for all that is none.
static HEX_DIGITS: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

/// The number in the `\uXXXX` at `at`.
fn code_unit(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let rest = bytes.get(at + 2..).unwrap_or_default();
    let digits = &rest[..rest.len().min(4)];
    let unit = digits.iter().try_fold(0, |unit, &digit| match HEX_DIGITS[usize::from(digit)] {
        0xff => None,
        digit => Some(unit << 4 | u32::from(digit)),
    });
    match unit {
        None => Err(Fault::new(ErrorKind::InvalidEscape, at)),
        Some(_) if digits.len() < 4 => {
            Err(Fault::unexpected(bytes, bytes.len(), "the rest of an escape"))
        }
        Some(unit) => Ok(unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Quoted<'_>, (ErrorKind, usize)> {
        Quoted::read(text, 0).map_err(|fault| (fault.kind, fault.offset))
    }

    #[test]
    fn text_without_escape_is_kept_where_it_stands() {
        let arena = Bump::new();
        let text = "caf\u{e9}\u{1f600}\u{7f}\" rest".as_bytes();
        let kept = read(text).unwrap().keep(&arena).unwrap();
        assert_eq!(kept, "caf\u{e9}\u{1f600}\u{7f}");
        assert_eq!(kept.as_ptr(), text.as_ptr());
        assert_eq!(arena.allocated_bytes(), 0);
    }

    #[test]
    fn every_escape_denotes_its_character() {
        let arena = Bump::new();
        let text = r#"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00\u0000 x""#;
        let denoted = "\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{20ac}\u{1f600}\0 x";
        let quoted = read(text.as_bytes()).unwrap();
        assert_eq!(quoted.keep(&arena), Some(denoted));
        assert_eq!(quoted.to_text(), denoted);
        assert_eq!(quoted.end, text.len());
        assert!(quoted.denotes(denoted));
        assert!(!quoted.denotes(&denoted[..denoted.len() - 1]));
        assert!(!quoted.denotes(&format!("{denoted}x")));
    }

    #[test]
    fn every_bmp_escape_is_a_character_or_half_a_pair() {
        for unit in 0..=0xffff {
            let text = format!("\\u{unit:04x}\"");
            let outcome = read(text.as_bytes()).map(|quoted| quoted.to_text());
            let expected = char::from_u32(unit).map(String::from);
            assert_eq!(outcome.ok(), expected, "{unit:04x}");
        }
    }

    #[test]
    fn the_first_fault_in_the_text_is_reported() {
        use ErrorKind::*;
        for (text, kind, offset) in [
            (&b"abc"[..], UnexpectedEnd, 3),
            (b"", UnexpectedEnd, 0),
            (b"ab\\", UnexpectedEnd, 3),
            (b"\\u12", UnexpectedEnd, 4),
            (b"\\ud83d", UnexpectedEnd, 6),
            (b"\\ud83d\\", UnexpectedEnd, 7),
            (b"\\ud83d\\u", UnexpectedEnd, 8),
            (b"a\\x\"", InvalidEscape, 1),
            (b"\\u12g4\"", InvalidEscape, 0),
            (b"\\u+123\"", InvalidEscape, 0),
            (b"x\\ud800\"", LoneSurrogate, 1),
            (b"\\ud800\\n\"", LoneSurrogate, 0),
            (b"\\ud800\\u0041\"", LoneSurrogate, 0),
            (b"\\ud800\\ud800\"", LoneSurrogate, 0),
            (b"\\ude00\\ud83d\"", LoneSurrogate, 0),
            (b"a\nb\"", ControlCharacter, 1),
            (b"a\0\"", ControlCharacter, 1),
            (b"ab\xff\"", InvalidUtf8, 2),
            (b"\xc0\x80\"", InvalidUtf8, 0),
            (b"\xed\xa0\x80\"", InvalidUtf8, 0),
            (b"\xf4\x90\x80\x80\"", InvalidUtf8, 0),
            (b"\xe2\x82\"", InvalidUtf8, 0),
            (b"\xff\n\"", InvalidUtf8, 0),
            (b"\xff\\x\"", InvalidUtf8, 0),
            (b"\xff", InvalidUtf8, 0),
            (b"a\xe2\x82", UnexpectedEnd, 3),
        ] {
            assert_eq!(read(text).unwrap_err(), (kind, offset), "{text:?}");
        }
    }
}
