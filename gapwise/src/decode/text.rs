//! Strings (RFC 8259 section 7): checking, keeping, comparing.
//!
//! All readers check the same things: control characters, escapes, surrogate pairs and UTF-8. The reported fault is the
//! first one in the order of the text. Only [`Quoted::read`] makes faults; the other readers are faster, and hand what
//! they cannot judge to the next one. A string is *plain* if it is ASCII and has neither escapes nor control
//! characters.
//!
//! | reader | for | input | leaves to the next reader |
//! |---|---|---|---|
//! | [`Quoted::read`] | the reference: any string, any fault | offset after `"` | unescaping: its other methods |
//! | [`read_plain`] | a plain string | offset after `"` | others: returns where it stopped |
//! | [`ReadText`] | a string that is kept | offset after `"`, scratch, arena | faults: `None`, then [`Quoted::read`] |
//! | [`SkipText`] | one skipped string | offset after `"` | faults: `None`, then [`Quoted::read`] |
//! | [`skip_string`] | a skipped string, or its end | offset after `"`, or later | faults: calls [`Quoted::read`] |
//! | [`skip_text`] | many skipped strings | offset after `"`, [`Specials`] | an unusual rest: [`skip_string`] |
//! | [`Short::read`] | a short ASCII name or constant | offset of `"`, room | others: [`Quoted::read`] or the walker |
//! | [`Indexed::plain`] | a plain string, by index | number of an entry | others: [`ReadText`], [`Short`] or walker |
//! | `expected_text` | a plain string of the hot loop | text after the gap | others: [`ReadText`] or [`SkipText`] |
//!
//! An *unusual* string for [`skip_text`] has a byte that is not ASCII, an escape other than the two-byte ones, or a
//! fault. `expected_text` in [`by_layout`] stands for a few functions that know how long the string is likely to be;
//! after them, `other_text` runs the next reader. Below all of these are the scans and [`unescape`] of the [`kernel`],
//! which know where a string may end but not whether it is UTF-8.
//!
//! [`skip_text`]: super::skip::skip_text
//! [`by_layout`]: super::by_layout
//! [`Specials`]: crate::kernel::Specials
//! [`Indexed::plain`]: crate::kernel::Indexed::plain
//! [`kernel`]: crate::kernel

use crate::arena::{Arena, ArenaFull};
use crate::error::{ErrorKind, Fault};
use crate::kernel::{
    Instructions, MOST_REACH, NO_DIGIT, Operation, Portable, SIMPLE_ESCAPES, Then, Unescaped,
    find_closing, find_special, hex, of_pair, reach, unescape,
};
use std::borrow::Cow;

/// A checked string, still as the document writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted<'b> {
    /// The text between the quotes, with its escapes.
    text: &'b str,
    escaped: bool,
    /// The offset after the closing quote.
    pub(super) end: usize,
}

impl<'b> Quoted<'b> {
    /// Reads the string whose opening quote is the byte before `at`.
    pub(super) fn read(bytes: &'b [u8], at: usize) -> Result<Self, Fault> {
        // Most strings are plain to their end.
        let mut end = match read_plain(Portable, bytes, at) {
            Ok(Read { text, end }) => return Ok(Self { text, escaped: false, end: end + 1 }),
            Err(end) => end,
        };
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
            // If the input ends inside a character, the fault is the unexpected end, not the UTF-8.
            (Err(error), Err(fault))
                if error.error_len().is_none() && fault.kind == ErrorKind::UnexpectedEnd =>
            {
                Err(fault)
            }
            (Err(error), _) => Err(Fault::new(ErrorKind::InvalidUtf8, at + error.valid_up_to())),
        }
    }

    /// The number of bytes between the quotes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text it denotes: borrowed if it has no escapes, else unescaped into the arena. `None` if the arena is full.
    pub(super) fn keep(self, arena: &'b Arena) -> Option<&'b str> {
        match self.escaped {
            false => Some(self.text),
            true => arena.keep_text(&self.to_text()).ok(),
        }
    }

    /// The text it denotes: borrowed if it has no escapes, else unescaped into `room`. `None` if it does not fit there.
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

    /// The characters it denotes, each with its offset in the written text.
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

    /// The offset in the document of what is at offset `denoted` of the text that the string denotes. It is the start
    /// of a character or escape, or the closing quote.
    fn written_at(&self, denoted: usize) -> usize {
        let mut end = 0;
        let mut places = self.places();
        let place = places.find(|(_, c)| {
            end += c.len_utf8();
            end > denoted
        });
        self.begin() + place.map_or(self.text.len(), |(at, _)| at)
    }

    /// How many bytes of the denoted text are written before an offset of the document.
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

/// Maps an offset of the text that a string denotes to an offset in the document. The opening quote is the byte before
/// `begin`.
#[cold]
pub(crate) fn written_at(bytes: &[u8], begin: usize, denoted: usize) -> usize {
    Quoted::read(bytes, begin).map_or(begin, |quoted| quoted.written_at(denoted))
}

/// Checks the string whose opening quote is the byte before `begin`. Returns the offset after its closing quote.
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
        // The reference finds out what is wrong.
        false => Quoted::read(bytes, begin).map(|quoted| quoted.end),
    }
}

/// The size of the buffer for a short string, including what is written beyond its end.
const SHORT: usize = 128;

/// A short string after unescaping: perhaps a name or a constant.
pub(super) struct Short<'r> {
    /// The string, including its quotes.
    text: &'r [u8],
    /// The first bytes of `text`. If it is shorter, the rest is whatever the buffer holds.
    pub(super) head: u128,
    /// The offset after the closing quote.
    pub(super) end: usize,
}

impl<'r> Short<'r> {
    /// Reads the string whose opening quote is at `at`. `None` if it is not short, not written in ASCII, or not valid;
    /// perhaps also for a string near the end of the text.
    pub(super) fn read<I: Instructions>(
        i: I,
        bytes: &[u8],
        at: usize,
        room: &'r mut [u8; SHORT],
    ) -> Option<Self> {
        let (length, end) = i.run(ReadShort { bytes, at, room })?;
        let head = u128::from_le_bytes(*room.first_chunk()?);
        Some(Self { text: room.get(..length)?, head, end })
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text[1..self.text.len() - 1] == *text.as_bytes()
    }
}

/// Reads a [`Short`] into the room. Returns its length with the quotes, and the offset after its closing quote.
struct ReadShort<'t, 'r> {
    bytes: &'t [u8],
    at: usize,
    room: &'r mut [u8; SHORT],
}

impl Operation for ReadShort<'_, '_> {
    type Output = Option<(usize, usize)>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { bytes, at, room } = self;
        room[0] = b'"';
        let (mut length, mut end) = (1, at + 1);
        loop {
            let Unescaped { read, written, is_ascii, then } =
                unescape(i, bytes.get(end..)?, &mut room[length..]);
            (length, end) = (length + written, end + read);
            match then {
                _ if !is_ascii => return None,
                Then::Quote => break,
                // `unescape` asks for as much room as if there were no escapes, so there may be enough for another
                // turn.
                Then::Little if read > 0 => {}
                _ => return None,
            }
        }
        room[length] = b'"';
        Some((length + 1, end + 1))
    }
}

/// Reads and keeps a string, many bytes at a time. `None` if the string is not valid, or if this reader cannot tell:
/// then [`Quoted`] decides.
pub(super) struct ReadText<'t, 'a> {
    pub(super) text: &'a [u8],
    /// The offset after the opening quote.
    pub(super) begin: usize,
    /// The buffer to unescape into.
    pub(super) scratch: &'t mut Vec<u8>,
    pub(super) arena: &'a Arena,
}

/// Skips a string. Returns its length without the quotes. `None` if it is not valid: then [`Quoted`] says why.
pub(super) struct SkipText<'t> {
    pub(super) text: &'t [u8],
    /// The offset after the opening quote.
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
    /// The offset of the closing quote.
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
        let (end, length, is_ascii) = unescape_all(i, text, begin, scratch)?;
        let unescaped = match is_ascii {
            // SAFETY: the first `length` bytes were written by `unescape` just now, from a text that is ASCII: such
            // bytes, and what escapes denote as UTF-8.
            true => unsafe { str::from_utf8_unchecked(&scratch[..length]) },
            false => simdutf8::basic::from_utf8(&scratch[..length]).ok()?,
        };
        let kept = arena.keep_text(unescaped);
        Some(kept.map(|text| Read { text, end }))
    }
}

/// Reads a string that is plain to its end. Otherwise returns the offset of the first byte that is not plain.
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

/// Unescapes a string to the start of `scratch`, and checks everything except UTF-8. Returns the offset of the closing
/// quote, how many bytes were written, and whether all that was read is ASCII.
#[inline(always)]
fn unescape_all<I: Instructions>(
    i: I,
    text: &[u8],
    begin: usize,
    scratch: &mut Vec<u8>,
) -> Option<(usize, usize, bool)> {
    const WINDOW: usize = 2 * MOST_REACH;
    let (mut end, mut length, mut all_ascii) = (begin, 0, true);
    let mut padded;
    loop {
        let rest = &text[end..];
        let window = match rest.len() < reach::<I>() {
            // Pads with zeros: they are control characters, so no reader goes past them.
            true => {
                padded = [0; WINDOW];
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            }
            false => rest,
        };
        let Unescaped { read, written, is_ascii, then } =
            unescape(i, window, &mut scratch[length..]);
        end += read;
        length += written;
        all_ascii &= is_ascii;
        match then {
            Then::Quote => return Some((end, length, all_ascii)),
            Then::Little if scratch.len() - length < WINDOW => {
                scratch.resize(2 * scratch.len() + WINDOW, 0);
            }
            Then::Little => {}
            Then::Wrong => return None,
        }
    }
}

/// Reads the escape whose backslash is at `at`. Returns the character that it denotes, and where it ends.
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

/// Reads `\uXXXX`, or a surrogate pair of two of them.
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
                second @ 0xdc00..0xe000 => (of_pair(first, second), low + SIZE),
                _ => return lone,
            }
        }
        _ => (first, at + SIZE),
    };
    char::from_u32(code_point).map_or(lone, |c| Ok((c, end)))
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
        let arena = Arena::new();
        let text = "caf\u{e9}\u{1f600}\u{7f}\" rest".as_bytes();
        let kept = read(text).unwrap().keep(&arena).unwrap();
        assert_eq!(kept, "caf\u{e9}\u{1f600}\u{7f}");
        assert_eq!(kept.as_ptr(), text.as_ptr());
        assert_eq!(arena.allocated_bytes(), 0);
    }

    #[test]
    fn every_escape_denotes_its_character() {
        let arena = Arena::new();
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
        let (mut arena, mut scratch) = (Arena::new(), vec![]);
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
            assert_eq!(short(&[b"\"", text].concat(), ""), None);
        }
    }

    /// Whether a short string in quotes is this text, and where it ends, for each kernel.
    fn short(quoted: &[u8], text: &str) -> Option<(bool, usize)> {
        let mut kernels =
            Kernel::available().map(|kernel| kernel.run(ReadAsShort { quoted, text }));
        let first = kernels.next().unwrap();
        assert!(kernels.all(|other| other == first), "{quoted:?}");
        first
    }

    struct ReadAsShort<'t> {
        quoted: &'t [u8],
        text: &'t str,
    }

    impl Operation for ReadAsShort<'_> {
        type Output = Option<(bool, usize)>;
        #[inline(always)]
        fn run<I: Instructions>(self, i: I) -> Self::Output {
            let Self { quoted, text } = self;
            let mut room = [0; _];
            let short = Short::read(i, quoted, 0, &mut room)?;
            if short.is(text) {
                let (head, denoted) = (short.head.to_le_bytes(), format!("\"{text}\""));
                let length = denoted.len().min(head.len());
                assert_eq!(head[..length], denoted.as_bytes()[..length]);
            }
            Some((short.is(text), short.end))
        }
    }

    #[test]
    fn short_strings_are_read_alike_by_both_ways() {
        let more = " ".repeat(80);
        for length in 0..40 {
            let text = "name of a member, or a constant, that is as short as they are"[..length]
                .to_owned();
            for place in 0..=length {
                for (escape, denoted) in [
                    ("", ""),
                    (r"\n", "\n"),
                    (r"\u0061", "a"),
                    (r"\u00e9", "\u{e9}"),
                    (r"\ud83d\ude00", "\u{1f600}"),
                    ("\u{e9}", "\u{e9}"),
                ] {
                    let (before, after) = text.split_at(place);
                    let quoted = format!("\"{before}{escape}{after}\"");
                    let denoted = format!("{before}{denoted}{after}");
                    let found = short(format!("{quoted}{more}").as_bytes(), &denoted);
                    let expected = quoted.is_ascii().then_some((true, quoted.len()));
                    assert_eq!(found, expected, "{quoted}");
                }
            }
        }
    }

    #[test]
    fn names_may_be_spelled_with_escapes_alone() {
        let (name, more) = ("abcdefghijklmnopqrstuvwxyz0123", " ".repeat(80));
        let escaped: String = name.chars().map(|c| format!("\\u{:04X}", u32::from(c))).collect();
        let quoted = format!("\"{escaped}\"");
        let text = format!("{quoted}{more}");
        assert_eq!(short(text.as_bytes(), name), Some((true, quoted.len())));
        assert_eq!(short(text.as_bytes(), &name[1..]), Some((false, quoted.len())));
    }

    #[test]
    fn escapes_are_read_alike_by_all_at_every_place_and_before_every_end() {
        let mut scratch = vec![];
        let mut arena = Arena::new();
        let escapes = [
            r#"\""#,
            r"\\",
            r"\/",
            r"\b\f",
            r"\u0041",
            r"\u007F",
            r"\u00e9",
            r"\uFFFF",
            r"\ud83d\uDE00",
            r"\u0000\\",
            "\u{e9}\\/",
            "\\\\\u{20ac}",
            r"\ud83d",
            r"\ud83d\n",
            r"\u12g4",
            r"\x",
            "\\\u{e9}",
            "\x01",
        ];
        let rests =
            ["", "\"", r#"\/\n""#, "\u{e9}\"", &format!("\",\"{}\"", "and so on ".repeat(20))];
        for before in 0..80 {
            for after in [0, 1, 2, 7, 8, 15, 31, 32, 33, 64, 90, 200] {
                for escape in escapes {
                    let (before, after) = ("b".repeat(before), "a".repeat(after));
                    for rest in rests {
                        // The text ends where its memory does.
                        let text = format!("{before}{escape}{after}{rest}").into_boxed_str();
                        let text = text.as_bytes();
                        let expected = read(text).map(|quoted| (quoted.to_text(), quoted.end - 1));
                        for kernel in Kernel::available() {
                            let read =
                                ReadText { text, begin: 0, scratch: &mut scratch, arena: &arena };
                            let found = kernel.run(read).and_then(Result::ok);
                            let found = found.as_ref().map(|read| (read.text, read.end));
                            let expected = expected.as_ref().ok();
                            let expected = expected.map(|(text, end)| (&**text, *end));
                            assert_eq!(found, expected, "{kernel}: {:?}", str::from_utf8(text));
                        }
                    }
                    arena.reset();
                }
            }
        }
    }
}
