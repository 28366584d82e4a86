//! Any JSON value, checked and passed over: the values of unknown members, and records that are no job
//! responses.
//!
//! Checks as much as is checked of kept text. What is open is kept as one bit a level, objects and arrays
//! told apart, so that nesting costs no recursion, and no allocation up to the deepest level that a document may
//! have.

use super::nested::{no_name, not_closed};
use super::number::{read_digits, skip_number};
use super::skip_whitespace;
use super::text::skip_string;
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Operation, Portable};
use crate::options::MAX_DEPTH;

/// Where the value that begins at `at` ends. `depth` objects and arrays are open around it, and at most
/// `max_depth` may be.
pub(crate) fn skip_value(
    bytes: &[u8],
    at: usize,
    depth: u16,
    max_depth: u16,
) -> Result<usize, Fault> {
    SkipValue { bytes, at, depth, max_depth }.run(Portable)
}

/// As [`skip_value`], where any number of objects and arrays may be open up to `most`.
pub(crate) fn skip_nested_value(bytes: &[u8], at: usize, most: usize) -> Result<usize, Fault> {
    skip_nested(Portable, bytes, at, most, most)
}

/// As [`skip_value`], without a limit to the depth.
pub(crate) fn skip_deep_value(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    skip_nested_value(bytes, at, usize::MAX)
}

/// [`skip_value`] for those who have a kernel.
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
        skip_nested(i, bytes, at, max_depth.saturating_sub(depth).into(), max_depth.into())
    }
}

/// Skips a value in which `allowed` objects and arrays may be open at once; a fault says `max_depth`.
#[inline(always)]
fn skip_nested<I: Instructions>(
    i: I,
    bytes: &[u8],
    mut at: usize,
    allowed: usize,
    max_depth: usize,
) -> Result<usize, Fault> {
    let mut open = Open { kinds: 0, outer: [0; _], deeper: Vec::new(), depth: 0 };
    // If a name is next, whether it may be the first.
    let mut name: Option<bool> = None;
    loop {
        if let Some(is_first) = name.take() {
            let Some(b'"') = bytes.get(at) else {
                return Err(no_name(bytes, at, is_first));
            };
            at = skip_whitespace(bytes, skip_string(i, bytes, at + 1)?);
            if bytes.get(at) != Some(&b':') {
                return Err(no_colon(bytes, at));
            }
            at = skip_whitespace(bytes, at + 1);
        }
        let byte = bytes.get(at).copied();
        at = match byte {
            Some(b'"') => skip_string(i, bytes, at + 1)?,
            Some(b'-' | b'0'..=b'9') => {
                let word = bytes[at..].first_chunk();
                match word.and_then(|&word| read_digits(u64::from_le_bytes(word))) {
                    Some((_, length)) => at + length,
                    None => skip_number(bytes, at)?,
                }
            }
            Some(b'a'..=b'z' | b'A'..=b'Z') => skip_literal(bytes, at)?,
            Some(b'{' | b'[') => {
                if open.depth == allowed {
                    let limit = Expected::AtMost(max_depth);
                    return Err(Fault::expecting(ErrorKind::DepthLimit, at, limit));
                }
                let is_object = byte == Some(b'{');
                at = skip_whitespace(bytes, at + 1);
                if bytes.get(at) != Some(&closing(is_object)) {
                    open.push(is_object);
                    name = is_object.then_some(true);
                    continue;
                }
                at + 1
            }
            _ => return Err(Fault::unexpected(bytes, at, "a value")),
        };
        loop {
            if open.depth == 0 {
                return Ok(at);
            }
            let is_object = open.innermost_is_object();
            at = skip_whitespace(bytes, at);
            match bytes.get(at) {
                Some(b',') => {
                    at = skip_whitespace(bytes, at + 1);
                    name = is_object.then_some(false);
                    break;
                }
                Some(&byte) if byte == closing(is_object) => {
                    open.pop();
                    at += 1;
                }
                _ => return Err(not_closed(bytes, at, is_object)),
            }
        }
    }
}

const fn closing(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// Where the word that begins at `at` ends, which must be `true`, `false` or `null`.
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

/// The objects and arrays that are open: a bit a level, set for objects.
struct Open {
    /// The innermost levels, the innermost of all lowest.
    kinds: u64,
    /// The levels around them, a word for every 64, as they were when the next one was begun.
    outer: [u64; MAX_DEPTH as usize / LEVELS],
    /// Those that are deeper than a document may be.
    deeper: Vec<u64>,
    depth: usize,
}

const LEVELS: usize = u64::BITS as usize;

impl Open {
    #[inline(always)]
    fn push(&mut self, is_object: bool) {
        if self.depth.is_multiple_of(LEVELS) && self.depth > 0 {
            match self.outer.get_mut(self.depth / LEVELS - 1) {
                Some(word) => *word = self.kinds,
                None => self.deeper.push(self.kinds),
            }
        }
        self.kinds = self.kinds << 1 | u64::from(is_object);
        self.depth += 1;
    }

    #[inline(always)]
    fn pop(&mut self) {
        self.depth -= 1;
        self.kinds >>= 1;
        if self.depth.is_multiple_of(LEVELS) && self.depth > 0 {
            self.kinds = match self.outer.get(self.depth / LEVELS - 1) {
                Some(&word) => word,
                None => self.deeper.pop().unwrap_or(0),
            };
        }
    }

    #[inline(always)]
    fn innermost_is_object(&self) -> bool {
        self.kinds & 1 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
