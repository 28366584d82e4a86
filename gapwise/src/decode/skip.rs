//! Checks and skips any JSON value: values of unknown members, and records that are not documents.
//!
//! It makes the same checks as for text that is kept. Each open object or array takes one bit, so nesting needs no
//! recursion, and no allocation up to the depth that a document may have.

use super::nested::{no_name, not_closed};
use super::number::{skip_common_number, skip_integers, skip_number};
use super::skip_whitespace;
use super::text::skip_string;
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Kernel, Operation, SIMPLE_ESCAPES, Specials, leading_blanks};
use crate::options::MAX_DEPTH;

/// Where the value that begins at `at` ends. `depth` objects and arrays are open around it, and at most `max_depth` may
/// be open in all.
pub(crate) fn skip_value(
    bytes: &[u8],
    at: usize,
    depth: u16,
    max_depth: u16,
) -> Result<usize, Fault> {
    Kernel::detect().run(SkipValue { bytes, at, depth, max_depth })
}

/// Like [`skip_value`], but up to `most` objects and arrays may be open.
pub(crate) fn skip_nested_value(bytes: &[u8], at: usize, most: usize) -> Result<usize, Fault> {
    Kernel::detect().run(SkipNested { bytes, at, allowed: most, max_depth: most })
}

/// Like [`skip_value`], without a limit to the depth.
pub(crate) fn skip_deep_value(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    skip_nested_value(bytes, at, usize::MAX)
}

/// [`skip_value`] for callers that already have a kernel.
pub(super) struct SkipValue<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) depth: u16,
    pub(super) max_depth: u16,
}

impl Operation for SkipValue<'_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { bytes, at, depth, max_depth } = self;
        let allowed = max_depth.saturating_sub(depth).into();
        SkipNested { bytes, at, allowed, max_depth: max_depth.into() }.run(i)
    }
}

struct SkipNested<'t> {
    bytes: &'t [u8],
    at: usize,
    allowed: usize,
    max_depth: usize,
}

impl Operation for SkipNested<'_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { bytes, at, allowed, max_depth } = self;
        skip_nested(i, bytes, at, allowed, max_depth)
    }
}

/// Skips a value in which `allowed` objects and arrays may be open at once. `max_depth` is the limit that a fault
/// mentions.
#[inline(always)]
fn skip_nested<I: Instructions>(
    i: I,
    bytes: &[u8],
    mut at: usize,
    allowed: usize,
    max_depth: usize,
) -> Result<usize, Fault> {
    let mut specials = Specials::NONE;
    let mut outer = Outer { words: 0, first: [0; _], more: Vec::new() };
    let mut open = NOTHING;
    let mut room = allowed;
    let mut is_name = false;
    // The byte at `at`, after white space; 0 at the end of the text, where JSON never has it.
    let mut byte = bytes.get(at).copied().unwrap_or(0);
    loop {
        if byte == b'"' {
            at = skip_text(i, bytes, at + 1, &mut specials)?;
            if is_name {
                (at, byte) = skip_blanks(i, bytes, at);
                if byte != b':' {
                    return Err(no_colon(bytes, at));
                }
                (at, byte) = skip_blanks(i, bytes, at + 1);
                is_name = false;
                continue;
            }
        } else if is_name {
            return Err(no_name(bytes, at, follows_brace(bytes, at)));
        } else if matches!(byte, b'-' | b'0'..=b'9') {
            at = match skip_common_number(i, bytes, at) {
                Some(end) => end,
                None => skip_other_number(bytes, at)?,
            };
        } else if matches!(byte, b'{' | b'[') {
            if room == 0 {
                let limit = Expected::AtMost(max_depth);
                return Err(Fault::expecting(ErrorKind::DepthLimit, at, limit));
            }
            let (is_object, closing) = (byte == b'{', byte ^ b'{' ^ b'}');
            (at, byte) = skip_blanks(i, bytes, at + 1);
            if byte != closing {
                if open >> LEVELS != 0 {
                    outer.push(open);
                    open = NOTHING;
                }
                open = open << 1 | u64::from(is_object);
                room -= 1;
                is_name = is_object;
                continue;
            }
            at += 1;
        } else if byte.is_ascii_alphabetic() {
            at = skip_literal(bytes, at)?;
        } else {
            return Err(Fault::unexpected(bytes, at, "a value"));
        }
        loop {
            if open == NOTHING {
                match outer.pop() {
                    Some(word) => open = word,
                    None => return Ok(at),
                }
            }
            (at, byte) = skip_blanks(i, bytes, at);
            let is_object = open & 1 != 0;
            if byte == b',' {
                (at, byte) = skip_blanks(i, bytes, at + 1);
                is_name = is_object;
                if !is_object && byte.is_ascii_digit() {
                    (at, byte) = skip_blanks(i, bytes, skip_integers(i, bytes, at));
                }
                break;
            }
            if byte != closing(is_object) {
                return Err(not_closed(bytes, at, is_object));
            }
            open >>= 1;
            room += 1;
            at += 1;
        }
    }
}

/// Where the white space that begins at `at` ends, and the byte there; 0 at the end of the text.
#[inline(always)]
fn skip_blanks<I: Instructions>(i: I, bytes: &[u8], at: usize) -> (usize, u8) {
    match bytes.get(at) {
        Some(&byte @ b'!'..) => (at, byte),
        None => (at, 0),
        Some(_) => {
            let at = match leading_blanks(i, bytes, at) {
                Some(length) => at + length,
                None => skip_long_blanks(bytes, at),
            };
            (at, bytes.get(at).copied().unwrap_or(0))
        }
    }
}

/// [`skip_whitespace`], kept out of the loop.
#[cold]
#[inline(never)]
fn skip_long_blanks(bytes: &[u8], at: usize) -> usize {
    skip_whitespace(bytes, at)
}

/// [`skip_number`], kept out of the loop.
#[cold]
#[inline(never)]
fn skip_other_number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    skip_number(bytes, at)
}

/// Checks the string whose opening quote is the byte before `at`. Returns the offset after its closing quote.
#[inline(always)]
pub(super) fn skip_text<I: Instructions>(
    i: I,
    bytes: &[u8],
    mut at: usize,
    specials: &mut Specials,
) -> Result<usize, Fault> {
    loop {
        at = specials.find(i, bytes, at);
        at += match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\')
                if bytes.get(at + 1).is_some_and(|&c| SIMPLE_ESCAPES[usize::from(c)] != 0) =>
            {
                2
            }
            // Flagged without cause.
            Some(b' '..b'\\' | b']'..0x80) => 1,
            // Everything before this byte has been checked.
            _ => return i.run(SkipRest { bytes, at }),
        };
    }
}

/// The rest of a string that is not like most.
struct SkipRest<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Operation for SkipRest<'_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        skip_string(i, self.bytes, self.at)
    }
}

/// Whether the text before `at` ends with an opening brace, apart from white space.
#[cold]
fn follows_brace(bytes: &[u8], at: usize) -> bool {
    bytes[..at].trim_ascii_end().ends_with(b"{")
}

const fn closing(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// Where the literal that begins at `at` ends. It must be `true`, `false` or `null`.
#[inline]
pub(super) fn skip_literal(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match bytes[at..].first_chunk() {
        Some(b"true" | b"null") => Ok(at + 4),
        Some(b"fals") if bytes.get(at + 4) == Some(&b'e') => Ok(at + 5),
        _ => Err(no_literal(bytes, at)),
    }
}

#[cold]
#[inline(never)]
fn no_literal(bytes: &[u8], at: usize) -> Fault {
    let expected = "true, false or null";
    let is_cut = |literal: &&str| literal.as_bytes().starts_with(&bytes[at..]);
    match ["true", "false", "null"].iter().any(is_cut) {
        true => Fault::unexpected(bytes, bytes.len(), expected),
        false => Fault::expecting(ErrorKind::InvalidLiteral, at, Expected::Words(expected)),
    }
}

#[cold]
#[inline(never)]
pub(super) fn no_colon(bytes: &[u8], at: usize) -> Fault {
    Fault::unexpected(bytes, at, "`:`")
}

/// No object or array is open in this word. Each open one takes a bit, 1 for an object, the innermost in the lowest
/// place. The highest set bit is a marker above them.
const NOTHING: u64 = 1;

/// How many objects and arrays a word has room for.
const LEVELS: usize = u64::BITS as usize - 1;

/// The words of the objects and arrays further out: one word for every [`LEVELS`] of them.
struct Outer {
    words: usize,
    first: [u64; MAX_DEPTH as usize / LEVELS],
    /// Those deeper than a document may be.
    more: Vec<u64>,
}

impl Outer {
    #[cold]
    #[inline(never)]
    fn push(&mut self, word: u64) {
        match self.first.get_mut(self.words) {
            Some(place) => *place = word,
            None => self.more.push(word),
        }
        self.words += 1;
    }

    #[cold]
    #[inline(never)]
    fn pop(&mut self) -> Option<u64> {
        self.words = self.words.checked_sub(1)?;
        self.first.get(self.words).copied().or_else(|| self.more.pop())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::text::Quoted;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    fn skip(text: &str) -> Result<usize, (ErrorKind, usize)> {
        skip_value(text.as_bytes(), 0, 0, MAX_DEPTH).map_err(|fault| (fault.kind, fault.offset))
    }

    #[test]
    fn every_kind_of_value_ends_where_it_ends() {
        for text in [
            "null",
            "true",
            "false",
            "-12.5e3",
            r#""a\u0041""#,
            "{}",
            "[ ]",
            r#"{ "a" : [ 1 , { } , [ ] , "x" ] , "a" : null }"#,
            "[[[[[]]]],{}]",
        ] {
            assert_eq!(skip(text), Ok(text.len()), "{text}");
            assert_eq!(skip(&format!("{text},")), Ok(text.len()), "{text}");
        }
    }

    #[test]
    fn faults_are_where_the_grammar_breaks() {
        use ErrorKind::*;
        for (text, kind, offset) in [
            ("", UnexpectedEnd, 0),
            ("tru", UnexpectedEnd, 3),
            ("trux", InvalidLiteral, 0),
            ("NaN", InvalidLiteral, 0),
            ("[1,]", UnexpectedByte, 3),
            ("[1 2]", UnexpectedByte, 3),
            ("[1}", UnexpectedByte, 2),
            ("{]", UnexpectedByte, 1),
            (r#"{"a":1]"#, UnexpectedByte, 6),
            (r#"{"a" 1}"#, UnexpectedByte, 5),
            (r#"{"a":1,}"#, UnexpectedByte, 7),
            ("{a:1}", UnexpectedByte, 1),
            (r#"{"a":}"#, UnexpectedByte, 5),
            (r#"{"a":1"#, UnexpectedEnd, 6),
            ("[\"\\q\"]", InvalidEscape, 2),
            ("[\u{a0}1]", UnexpectedByte, 1),
        ] {
            assert_eq!(skip(text), Err((kind, offset)), "{text}");
        }
    }

    /// The expected result of skipping, in plain code: one value after another, by recursion.
    fn skip_plainly(bytes: &[u8], at: usize, allowed: u16, max: u16) -> Result<usize, Fault> {
        let blank = |at| skip_whitespace(bytes, at);
        match bytes.get(at) {
            Some(b'"') => Quoted::read(bytes, at + 1).map(|quoted| quoted.end),
            Some(b'-' | b'0'..=b'9') => skip_number_plainly(bytes, at),
            Some(byte) if byte.is_ascii_alphabetic() => skip_literal(bytes, at),
            Some(b'{' | b'[') => {
                let Some(allowed) = allowed.checked_sub(1) else {
                    let limit = Expected::AtMost(max.into());
                    return Err(Fault::expecting(ErrorKind::DepthLimit, at, limit));
                };
                let is_object = bytes[at] == b'{';
                let closing = if is_object { b'}' } else { b']' };
                let mut at = blank(at + 1);
                let mut is_first = true;
                if bytes.get(at) == Some(&closing) {
                    return Ok(at + 1);
                }
                loop {
                    if is_object {
                        let Some(b'"') = bytes.get(at) else {
                            return Err(no_name(bytes, at, is_first));
                        };
                        at = blank(Quoted::read(bytes, at + 1)?.end);
                        if bytes.get(at) != Some(&b':') {
                            return Err(no_colon(bytes, at));
                        }
                        at = blank(at + 1);
                    }
                    at = blank(skip_plainly(bytes, at, allowed, max)?);
                    match bytes.get(at) {
                        Some(b',') => at = blank(at + 1),
                        Some(&byte) if byte == closing => return Ok(at + 1),
                        _ => return Err(not_closed(bytes, at, is_object)),
                    }
                    is_first = false;
                }
            }
            _ => Err(Fault::unexpected(bytes, at, "a value")),
        }
    }

    /// The same for numbers. The reference finds out what is wrong with one.
    fn skip_number_plainly(bytes: &[u8], at: usize) -> Result<usize, Fault> {
        let end_of_digits = |at: usize| {
            let end = (at..).find(|&at| !bytes.get(at).is_some_and(u8::is_ascii_digit))?;
            (end > at).then_some(end)
        };
        let end = || {
            let begin = at + usize::from(bytes[at] == b'-');
            let mut end = match bytes.get(begin) {
                Some(b'0') if end_of_digits(begin)? == begin + 1 => begin + 1,
                Some(b'1'..=b'9') => end_of_digits(begin)?,
                _ => return None,
            };
            if bytes.get(end) == Some(&b'.') {
                end = end_of_digits(end + 1)?;
            }
            if matches!(bytes.get(end), Some(b'e' | b'E')) {
                let has_sign = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
                end = end_of_digits(if has_sign { end + 2 } else { end + 1 })?;
            }
            Some(end)
        };
        end().ok_or_else(|| skip_number(bytes, at).unwrap_err())
    }

    /// Lets each kernel skip the value at `at`, in memory that ends with the text.
    fn check(text: &[u8], at: usize, depth: u16, max_depth: u16) {
        let bytes = &*text.to_vec().into_boxed_slice();
        let expected = skip_plainly(bytes, at, max_depth.saturating_sub(depth), max_depth);
        for kernel in Kernel::available() {
            let found = kernel.run(SkipValue { bytes, at, depth, max_depth });
            assert_eq!(found, expected, "{kernel}, {at}: {}", text.escape_ascii());
        }
    }

    fn pick<'p>(random: &mut ChaCha8Rng, choices: &[&'p str]) -> &'p str {
        choices[random.random_range(0..choices.len())]
    }

    fn write_string(random: &mut ChaCha8Rng, text: &mut String) {
        let longest = [4, 12, 40, 150][random.random_range(0..4)];
        let is_plain = random.random_ratio(2, 3);
        text.push('"');
        for _ in 0..random.random_range(0..longest) {
            if is_plain || random.random_ratio(5, 6) {
                text.push(random.random_range(b'a'..=b'z').into());
            } else {
                text.push_str(pick(
                    random,
                    &[
                        "\\n",
                        "\\\"",
                        "\\\\",
                        "\\/",
                        "\\u00e9",
                        "\\u20AC",
                        "\\uD83D\\uDE00",
                        "\u{e9}",
                        "\u{20ac}",
                        "\u{1f600}",
                        "\u{7f}",
                        " ",
                        "{",
                        "]",
                        "!",
                        "#",
                    ],
                ));
            }
        }
        text.push('"');
    }

    fn write_number(random: &mut ChaCha8Rng, text: &mut String) {
        let digits = |random: &mut ChaCha8Rng, text: &mut String, most| {
            for _ in 0..random.random_range(1..=most) {
                text.push(random.random_range(b'0'..=b'9').into());
            }
        };
        text.push_str(pick(random, &["", "", "-"]));
        match random.random_range(0..5) {
            0 => text.push('0'),
            _ => {
                text.push(random.random_range(b'1'..=b'9').into());
                let most = [2, 8, 40][random.random_range(0..3)];
                digits(random, text, most);
            }
        }
        if random.random_ratio(1, 3) {
            text.push('.');
            let most = [2, 8, 40][random.random_range(0..3)];
            digits(random, text, most);
        }
        if random.random_ratio(1, 8) {
            text.push_str(pick(random, &["e", "E", "e-", "E+"]));
            digits(random, text, 3);
        }
    }

    fn write_value(random: &mut ChaCha8Rng, text: &mut String, depth: u32, is_pretty: bool) {
        let blanks: &[&str] = match is_pretty {
            true => {
                &["", " ", "\n", "\t ", "\r\n      ", "\n                                        "]
            }
            false => &[""],
        };
        match random.random_range(0..if depth < 5 { 10 } else { 6 }) {
            0..2 => write_string(random, text),
            2..5 => write_number(random, text),
            5 => text.push_str(pick(random, &["true", "false", "null"])),
            kind => {
                let is_object = kind < 8;
                text.push(if is_object { '{' } else { '[' });
                text.push_str(pick(random, blanks));
                for member in 0..random.random_range(0..6) {
                    if member > 0 {
                        text.push(',');
                        text.push_str(pick(random, blanks));
                    }
                    if is_object {
                        write_string(random, text);
                        text.push_str(pick(random, blanks));
                        text.push(':');
                        text.push_str(pick(random, blanks));
                    }
                    write_value(random, text, depth + 1, is_pretty);
                    text.push_str(pick(random, blanks));
                }
                text.push(if is_object { '}' } else { ']' });
            }
        }
    }

    #[test]
    fn all_kernels_skip_as_plain_code_does() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        for round in 0..400 {
            let at = random.random_range(0..40);
            let mut text = "x".repeat(at);
            let begin = if random.random_ratio(1, 2) { 1 } else { 4 };
            write_value(&mut random, &mut text, begin, round % 2 == 0);
            text.truncate(text.floor_char_boundary(700));
            let mut text = text.into_bytes();
            let end = text.len();
            check(&text, at, 0, MAX_DEPTH);
            check(&text, at, random.random_range(0..4), 4);
            for cut in at..end {
                check(&text[..cut], at, 0, MAX_DEPTH);
            }
            // What follows the value does not matter, unless it could continue the value.
            text.extend_from_slice(
                pick(&mut random, &[",", "]", " ", "0", ".", "e5", "x"]).as_bytes(),
            );
            text.extend([b'7'; 70]);
            check(&text, at, 0, MAX_DEPTH);
            for place in at..end {
                let before = text[place];
                text[place] = match random.random_range(0..3) {
                    0 => before ^ 1 << random.random_range(0..8),
                    1 => random.random(),
                    _ => b"\"\\{}[]:,-.0eE \n\0"[random.random_range(0..16)],
                };
                check(&text, at, 0, MAX_DEPTH);
                text[place] = before;
            }
        }
    }

    #[test]
    fn lists_of_numbers_are_skipped_as_plain_code_does() {
        let mut random = ChaCha8Rng::seed_from_u64(2);
        for _ in 0..300 {
            let mut text = String::from("[");
            for _ in 0..random.random_range(1..30) {
                match random.random_range(0..4) {
                    0 => write_number(&mut random, &mut text),
                    _ => text.push_str(&random.random_range(0..3000).to_string()),
                }
                let between = if random.random_ratio(1, 20) {
                    pick(&mut random, &[",,", ", ", "", "]", ",0", ",-", " ,", ".", "e", ",\n"])
                } else {
                    ","
                };
                text.push_str(between);
            }
            text.push_str("1]");
            for cut in 0..text.len() {
                check(&text.as_bytes()[..cut], 0, 0, MAX_DEPTH);
            }
            text.push_str(&" ".repeat(70));
            check(text.as_bytes(), 0, 0, MAX_DEPTH);
        }
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let limit = usize::from(MAX_DEPTH);
        assert_eq!(skip(&nested(limit)), Ok(2 * limit));
        assert_eq!(skip(&nested(limit + 1)), Err((ErrorKind::DepthLimit, limit)));
        assert_eq!(skip_value(b"[[]]", 0, 3, 5), Ok(4));
        assert!(skip_value(b"[[]]", 0, 4, 5).is_err());
    }

    #[test]
    fn levels_remember_which_bracket_they_are() {
        let text = r#"{"a":["#.repeat(300) + &"]}".repeat(300);
        assert_eq!(skip(&text), Ok(text.len()));
        let deep = r#"{"a":["#.repeat(30_000) + &"]}".repeat(30_000);
        assert_eq!(skip_deep_value(deep.as_bytes(), 0), Ok(deep.len()));
        let crossed = r#"{"a":["#.repeat(30_000) + "}";
        assert!(skip_deep_value(crossed.as_bytes(), 0).is_err());
        let crossed = r#"{"a":["#.repeat(300) + "}";
        assert_eq!(skip(&crossed), Err((ErrorKind::UnexpectedByte, crossed.len() - 1)));
    }
}
