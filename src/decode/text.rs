//! Strings (RFC 8259 section 7): checking, keeping, comparing.
//!
//! Everything is checked for kept and for skipped text alike: control characters, escapes, surrogate pairs,
//! UTF-8. A fault is the first one in the order of the text.

use crate::error::{ErrorKind, Fault};
use crate::kernel::{
    Instructions, Operation, WIDEST, copy_vector, find_closing, find_special, special_in_word,
};
use crate::schema::ArenaFull;
use bumpalo::Bump;
use std::borrow::Cow;

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
        // Mostly all of it is plain.
        while let Some(word) = bytes.get(end..).and_then(|rest| rest.first_chunk()) {
            match special_in_word(u64::from_le_bytes(*word)) {
                0 => end += size_of_val(word),
                flags => {
                    end += flags.trailing_zeros() as usize / 8;
                    break;
                }
            }
        }
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
        match self.escaped {
            false => Some(self.text),
            true => arena.try_alloc_str(&self.to_text()).ok().map(|text| &*text),
        }
    }

    /// The text it denotes: where it stands, or in `room`. `None` if it is longer than that.
    pub(super) fn text_in<'r>(self, room: &'r mut [u8]) -> Option<&'r str>
    where
        'b: 'r,
    {
        if !self.escaped {
            return (self.len() <= room.len()).then_some(self.text);
        }
        let mut length = 0;
        for c in self.characters() {
            c.encode_utf8(room.get_mut(length..length + c.len_utf8())?);
            length += c.len_utf8();
        }
        str::from_utf8(&room[..length]).ok()
    }

    /// Whether it denotes `text`.
    pub(super) fn denotes(&self, text: &str) -> bool {
        match self.escaped {
            false => self.text == text,
            true => self.characters().eq(text.chars()),
        }
    }

    /// The characters it denotes, one by one.
    pub(super) fn characters(&self) -> impl Iterator<Item = char> {
        self.places().map(|(_, c)| c)
    }

    /// The characters it denotes, each with the offset at which it is written.
    fn places(&self) -> impl Iterator<Item = (usize, char)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let start = at;
            let c = self.text[at..].chars().next()?;
            let (c, end) = match c {
                '\\' => escape(self.text.as_bytes(), at).ok()?,
                c => (c, at + c.len_utf8()),
            };
            at = end;
            Some((start, c))
        })
    }

    /// Where it is written what stands at an offset of the text that it denotes: the start of a character or escape,
    /// or the closing quote.
    fn written_at(&self, denoted: usize) -> usize {
        let mut end = 0;
        let mut places = self.places();
        let place = places.find(|(_, c)| {
            end += c.len_utf8();
            end > denoted
        });
        self.begin() + place.map_or(self.text.len(), |(at, _)| at)
    }

    /// How much of the text that it denotes is written before an offset.
    pub(super) fn denoted_before(&self, written: usize) -> usize {
        let before = self.places().take_while(|(at, _)| self.begin() + at < written);
        before.map(|(_, c)| c.len_utf8()).sum()
    }

    /// The offset after the opening quote.
    pub(super) fn begin(&self) -> usize {
        self.end - 1 - self.text.len()
    }

    /// The text it denotes.
    pub(super) fn to_text(self) -> Cow<'b, str> {
        match self.escaped {
            false => Cow::Borrowed(self.text),
            true => Cow::Owned(self.characters().collect()),
        }
    }
}

/// Where in a string, whose opening quote is the byte before `begin`, it is written what stands at an offset of the
/// text that it denotes.
#[cold]
pub(crate) fn written_at(bytes: &[u8], begin: usize, denoted: usize) -> usize {
    Quoted::read(bytes, begin).map_or(begin, |quoted| quoted.written_at(denoted))
}

/// Where the string ends whose opening quote is the byte before `begin`: after its closing quote.
#[inline(always)]
pub(super) fn skip_string<I: Instructions>(
    i: I,
    bytes: &[u8],
    begin: usize,
) -> Result<usize, Fault> {
    let mut end = begin;
    loop {
        end = find_closing(i, bytes, end);
        end = match bytes.get(end) {
            Some(b'"') => break,
            Some(b'\\') => match bytes.get(end + 1) {
                Some(&letter) if SIMPLE_ESCAPES[usize::from(letter)] != 0 => end + 2,
                _ => escape(bytes, end).map_or(bytes.len(), |(_, end)| end),
            },
            _ => return Quoted::read(bytes, begin).map(|quoted| quoted.end),
        };
    }
    let text = &bytes[begin..end];
    match text.is_ascii() || simdutf8::basic::from_utf8(text).is_ok() {
        true => Ok(end + 1),
        // The reference says what is wrong.
        false => Quoted::read(bytes, begin).map(|quoted| quoted.end),
    }
}

/// A short string of ASCII without its escapes, in quotes: a name or a constant, perhaps.
pub(super) struct Short {
    text: [u8; Self::ROOM],
    length: usize,
    /// The offset after the closing quote.
    pub(super) end: usize,
}

impl Short {
    const ROOM: usize = 48;

    /// Reads the string whose opening quote is at `at`. `None` for all that is not short, not ASCII, or no
    /// valid string, and perhaps for one at the end of the text.
    pub(super) fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let mut short = Self { text: [b'"'; Self::ROOM], length: 1, end: at + 1 };
        loop {
            // What is plain of the next few bytes.
            let rest = bytes.get(short.end..)?;
            let word = rest.first_chunk()?;
            *short.text.get_mut(short.length..)?.first_chunk_mut()? = *word;
            let plain = special_in_word(u64::from_le_bytes(*word)).trailing_zeros() as usize / 8;
            short.length += plain;
            short.end += plain;
            let (c, end) = match *rest.get(plain)? {
                b'"' => break,
                b'\\' => escape(bytes, short.end).ok()?,
                _ if plain == word.len() => continue,
                _ => return None,
            };
            *short.text.get_mut(short.length)? = u8::try_from(c).ok().filter(u8::is_ascii)?;
            short.length += 1;
            short.end = end;
        }
        *short.text.get_mut(short.length)? = b'"';
        short.length += 1;
        short.end += 1;
        Some(short)
    }

    /// The string with its closing quote, or the first part of it, and what is left of the text by chance.
    pub(super) fn head(&self) -> u128 {
        u128::from_le_bytes(*self.text.first_chunk().expect("there is room for more"))
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text[1..self.length - 1] == *text.as_bytes()
    }
}

/// Reads and keeps a string, many bytes at a time. `None` when it is not a valid one, or it is not sure:
/// [`Quoted`] tells.
pub(super) struct ReadText<'t, 'a> {
    pub(super) text: &'a [u8],
    /// The byte after the opening quote.
    pub(super) begin: usize,
    /// Where it is unescaped.
    pub(super) scratch: &'t mut Vec<u8>,
    pub(super) arena: &'a Bump,
}

/// Passes over a string: how long it is. `None` when it is not a valid one: [`Quoted`] tells.
pub(super) struct SkipText<'t> {
    pub(super) text: &'t [u8],
    /// The byte after the opening quote.
    pub(super) begin: usize,
}

impl Operation for SkipText<'_> {
    type Output = Option<usize>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { text, begin } = self;
        skip_string(i, text, begin).ok().map(|end| end - 1 - begin)
    }
}

/// A string that was read.
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    /// Where the closing quote is.
    pub(super) end: usize,
}

impl<'a> Operation for ReadText<'_, 'a> {
    type Output = Option<Result<Read<'a>, ArenaFull>>;

    #[inline(always)]
    #[allow(unsafe_code)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { text, begin, scratch, arena } = self;
        let mut end = match read_plain(i, text, begin) {
            Ok(read) => return Some(Ok(read)),
            Err(end) => end,
        };
        if let Some(0x80..) = text.get(end) {
            end = find_closing(i, text, end);
            if text.get(end) == Some(&b'"') {
                let text = simdutf8::basic::from_utf8(&text[begin..end]).ok()?;
                return Some(Ok(Read { text, end }));
            }
        }
        let Unescaped { length, end, is_utf8 } = unescape(i, text, begin, scratch)?;
        let unescaped = match is_utf8 {
            // SAFETY: the first `length` bytes were written by `unescape` just now: plain bytes and what simple
            // escapes denote, which are ASCII, and characters as UTF-8.
            true => unsafe { str::from_utf8_unchecked(&scratch[..length]) },
            false => simdutf8::basic::from_utf8(&scratch[..length]).ok()?,
        };
        let kept = arena.try_alloc_str(unescaped).map_err(|_| ArenaFull);
        Some(kept.map(|text| Read { text, end }))
    }
}

/// Reads a string that is plain to its end; else says where it is not.
#[inline(always)]
#[allow(unsafe_code)]
pub(super) fn read_plain<I: Instructions>(
    i: I,
    text: &[u8],
    begin: usize,
) -> Result<Read<'_>, usize> {
    let end = find_special(i, text, begin);
    if text.get(end) != Some(&b'"') {
        return Err(end);
    }
    // SAFETY: the bytes before the first special one are ASCII.
    let text = unsafe { str::from_utf8_unchecked(&text[begin..end]) };
    Ok(Read { text, end })
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
    let mut to = Unescaped { length: 0, end: begin, is_utf8: true };
    loop {
        if scratch.len() - to.length < WINDOW {
            scratch.resize(2 * scratch.len() + WINDOW, 0);
        }
        let rest = &text[to.end..];
        let mut padded;
        let window = match rest.first_chunk() {
            Some(window) => window,
            // Zeros are control characters: none goes beyond the end.
            None => {
                padded = [0; WINDOW];
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            }
        };
        let room = scratch[to.length..].first_chunk_mut().expect("as much as a window has");
        let before = to.end;
        if unescape_vector(i, window, room, &mut to) {
            return Some(to);
        }
        let rest = &text[to.end..];
        // What it has left: a longer escape, or none that is valid.
        if to.end - before < I::WIDTH {
            if !rest.starts_with(b"\\") {
                return None;
            }
            let (c, length) = escape(rest, 0).ok()?;
            to.length += c.encode_utf8(&mut scratch[to.length..]).len();
            to.end += length;
        }
    }
}

/// How much of the text must be there to unescape a vector: twice what it can have, and escapes that reach
/// beyond it.
const WINDOW: usize = 3 * WIDEST;

/// Unescapes the vector that the window begins with, up to its end, the closing quote, an escape for what is not
/// ASCII, or what is wrong. Returns whether it was the quote.
#[inline(always)]
fn unescape_vector<I: Instructions>(
    i: I,
    window: &[u8; WINDOW],
    room: &mut [u8; WINDOW],
    to: &mut Unescaped,
) -> bool {
    // The masks change nothing: they show the compiler that nothing is beyond the arrays.
    const INSIDE: usize = 2 * WIDEST - 1;
    let Some(special) = copy_vector(i, window, 0, room) else { return false };
    let (mut read, mut written) = (0, 0);
    // The special bytes of the vector in turn, without looking for each anew. What follows one is copied once
    // more, to where it belongs.
    let is_end = loop {
        let left = if read < I::WIDTH { special >> (read << I::SHIFT) } else { break false };
        if left == 0 {
            written += I::WIDTH - read;
            read = I::WIDTH;
            break false;
        }
        let plain = (left.trailing_zeros() >> I::SHIFT) as usize;
        (read, written) = (read + plain, written + plain);
        let rest = &window[read & INSIDE..][..6];
        let (byte, length) = match rest[0] {
            b'"' => break true,
            b'\\' => {
                let denoted = SIMPLE_ESCAPES[usize::from(rest[1])];
                if denoted != 0 {
                    (denoted, 2)
                } else if rest[1] == b'u'
                    && let denoted @ ..0x80 = code_unit_of([rest[2], rest[3], rest[4], rest[5]])
                {
                    (denoted as u8, 6)
                } else {
                    break false;
                }
            }
            ..0x20 => break false,
            byte => {
                to.is_utf8 &= byte.is_ascii();
                (byte, 1)
            }
        };
        room[written & INSIDE] = byte;
        (read, written) = (read + length, written + 1);
        copy_vector(i, &window[read & INSIDE..], 0, &mut room[written & INSIDE..]);
    };
    to.end += read;
    to.length += written;
    is_end
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

/// What a hexadecimal digit denotes; for all that is none, more than four of them can.
#[inline(always)]
fn hex(digit: u8) -> u32 {
    static HEX_DIGITS: [u32; 256] = {
        let mut table = [NO_DIGIT; 256];
        let mut digit = 0;
        while digit < 16 {
            table[b"0123456789abcdef"[digit] as usize] = digit as u32;
            table[b"0123456789ABCDEF"[digit] as usize] = digit as u32;
            digit += 1;
        }
        table
    };
    HEX_DIGITS[usize::from(digit)]
}

const NO_DIGIT: u32 = 0x1_0000;

/// The number that four hexadecimal digits denote; more than any do, if there are others among them.
#[inline(always)]
fn code_unit_of([a, b, c, d]: [u8; 4]) -> u32 {
    hex(a) << 12 | hex(b) << 8 | hex(c) << 4 | hex(d)
}

/// The number in the `\uXXXX` at `at`.
fn code_unit(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let rest = bytes.get(at + 2..).unwrap_or_default();
    let digits = &rest[..rest.len().min(4)];
    let unit = digits.iter().try_fold(0, |unit, &digit| match hex(digit) {
        NO_DIGIT => None,
        digit => Some(unit << 4 | digit),
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
    use crate::kernel::Kernel;

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
            assert_eq!(outcome.ok().as_deref(), expected.as_deref(), "{unit:04x}");
        }
    }

    #[test]
    fn every_bmp_escape_is_the_same_character_to_each_kernel() {
        let (mut arena, mut scratch) = (Bump::new(), vec![]);
        for unit in 0..=0xffff {
            let expected = char::from_u32(unit).map(String::from);
            for text in [format!("\\u{unit:04x}\""), format!("\\u{unit:04X}\"")] {
                for kernel in Kernel::available() {
                    let (text, scratch) = (text.as_bytes(), &mut scratch);
                    let read = kernel.run(ReadText { text, begin: 0, scratch, arena: &arena });
                    let found = read.and_then(Result::ok).map(|read| (read.text, read.end));
                    assert_eq!(
                        found,
                        expected.as_deref().map(|text| (text, 6)),
                        "{kernel}, {unit:04x}"
                    );
                    arena.reset();
                }
            }
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
            assert!(Short::read(&[b"\"", text].concat(), 0).is_none());
        }
    }

    #[test]
    fn short_strings_are_read_alike_by_both_ways() {
        let long = format!("\"{}\"", "x".repeat(60));
        let fits = format!("\"{}\"", "x".repeat(Short::ROOM - 10));
        for text in ["\"\"", "\"a\"", r#""\u0061b\/\"""#, r#""\u00e9""#, "\"\u{e9}\"", &long, &fits]
        {
            let quoted = read(&text.as_bytes()[1..]).unwrap();
            let denoted = quoted.to_text();
            match Short::read(format!("{text}        ").as_bytes(), 0) {
                Some(short) => {
                    assert!(short.is(&denoted), "{text}");
                    assert_eq!(short.end, quoted.end + 1);
                }
                None => assert!(!denoted.is_ascii() || denoted.len() > Short::ROOM - 10, "{text}"),
            }
        }
    }
}
