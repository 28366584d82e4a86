//! Any JSON value, checked and passed over: the values of unknown members, and records that are no job
//! responses.
//!
//! Checks as much as is checked of kept text. What is open is kept as one bit a level, objects and arrays
//! told apart, so that nesting costs no recursion, and no allocation up to the deepest level that a document may
//! have.

use super::text::Quoted;
use super::{number::skip_number, skip_whitespace};
use crate::error::{ErrorKind, Expected, Fault};
use crate::options::MAX_DEPTH;

/// Where the value that begins at `at` ends. `depth` objects and arrays are open around it, and at most
/// `max_depth` may be.
pub(crate) fn skip_value(
    bytes: &[u8],
    at: usize,
    depth: u16,
    max_depth: u16,
) -> Result<usize, Fault> {
    skip_nested(bytes, at, max_depth.saturating_sub(depth).into(), max_depth.into())
}

/// As [`skip_value`], without a limit to the depth.
pub(crate) fn skip_deep_value(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    skip_nested(bytes, at, usize::MAX, usize::MAX)
}

/// Skips a value in which `allowed` objects and arrays may be open at once; a fault says `max_depth`.
fn skip_nested(
    bytes: &[u8],
    mut at: usize,
    allowed: usize,
    max_depth: usize,
) -> Result<usize, Fault> {
    let mut open = Open { kinds: [0; _], deeper: Vec::new(), depth: 0, allowed };
    'value: loop {
        at = match bytes.get(at) {
            Some(b'"') => Quoted::read(bytes, at + 1)?.end,
            Some(b'-' | b'0'..=b'9') => skip_number(bytes, at)?,
            Some(b'a'..=b'z' | b'A'..=b'Z') => skip_literal(bytes, at)?,
            Some(b'{') => {
                open.push(Bracket::Object, at, max_depth)?;
                at = skip_whitespace(bytes, at + 1);
                if bytes.get(at) != Some(&b'}') {
                    at = skip_name(bytes, at, "a member name or `}`")?;
                    continue 'value;
                }
                open.pop();
                at + 1
            }
            Some(b'[') => {
                open.push(Bracket::Array, at, max_depth)?;
                at = skip_whitespace(bytes, at + 1);
                if bytes.get(at) != Some(&b']') {
                    continue 'value;
                }
                open.pop();
                at + 1
            }
            _ => return Err(Fault::unexpected(bytes, at, "a value")),
        };
        while let Some(bracket) = open.innermost() {
            at = skip_whitespace(bytes, at);
            match (bracket, bytes.get(at)) {
                (Bracket::Object, Some(b',')) => {
                    at = skip_whitespace(bytes, at + 1);
                    at = skip_name(bytes, at, "a member name")?;
                    continue 'value;
                }
                (Bracket::Array, Some(b',')) => {
                    at = skip_whitespace(bytes, at + 1);
                    continue 'value;
                }
                (Bracket::Object, Some(b'}')) | (Bracket::Array, Some(b']')) => {
                    open.pop();
                    at += 1;
                }
                (Bracket::Object, _) => return Err(Fault::unexpected(bytes, at, "`,` or `}`")),
                (Bracket::Array, _) => return Err(Fault::unexpected(bytes, at, "`,` or `]`")),
            }
        }
        return Ok(at);
    }
}

/// Where the word that begins at `at` ends, which must be `true`, `false` or `null`.
pub(super) fn skip_literal(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let rest = &bytes[at..];
    let expected = "true, false or null";
    for literal in ["true", "false", "null"] {
        if rest.starts_with(literal.as_bytes()) {
            return Ok(at + literal.len());
        }
        if literal.as_bytes().starts_with(rest) {
            return Err(Fault::unexpected(bytes, bytes.len(), expected));
        }
    }
    Err(Fault::expecting(ErrorKind::InvalidLiteral, at, Expected::Words(expected)))
}

/// Where the value begins that belongs to the member name at `at`.
fn skip_name(bytes: &[u8], at: usize, expected: &'static str) -> Result<usize, Fault> {
    let Some(b'"') = bytes.get(at) else {
        return Err(Fault::unexpected(bytes, at, expected));
    };
    skip_colon(bytes, Quoted::read(bytes, at + 1)?.end)
}

/// Where the value begins that belongs to the member name that ends at `at`.
fn skip_colon(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    let at = skip_whitespace(bytes, at);
    match bytes.get(at) {
        Some(b':') => Ok(skip_whitespace(bytes, at + 1)),
        _ => Err(no_colon(bytes, at)),
    }
}

#[cold]
#[inline(never)]
pub(super) fn no_colon(bytes: &[u8], at: usize) -> Fault {
    Fault::unexpected(bytes, at, "`:`")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Object,
    Array,
}

/// The objects and arrays that are open: a bit a level, set for objects.
struct Open {
    kinds: [u64; MAX_DEPTH as usize / u64::BITS as usize],
    /// Those that are deeper than a document may be.
    deeper: Vec<u64>,
    depth: usize,
    allowed: usize,
}

impl Open {
    fn push(&mut self, bracket: Bracket, at: usize, max_depth: usize) -> Result<(), Fault> {
        if self.depth == self.allowed {
            let limit = Expected::AtMost(max_depth);
            return Err(Fault::expecting(ErrorKind::DepthLimit, at, limit));
        }
        let bit = 1 << (self.depth % u64::BITS as usize);
        let index = self.depth / u64::BITS as usize;
        let word = match index.checked_sub(self.kinds.len()) {
            None => &mut self.kinds[index],
            Some(index) => {
                self.deeper.resize(self.deeper.len().max(index + 1), 0);
                &mut self.deeper[index]
            }
        };
        *word = if bracket == Bracket::Object { *word | bit } else { *word & !bit };
        self.depth += 1;
        Ok(())
    }

    fn pop(&mut self) {
        self.depth -= 1;
    }

    fn innermost(&self) -> Option<Bracket> {
        let level = self.depth.checked_sub(1)?;
        let index = level / u64::BITS as usize;
        let word = match index.checked_sub(self.kinds.len()) {
            None => self.kinds[index],
            Some(index) => self.deeper[index],
        };
        let is_object = word >> (level % u64::BITS as usize) & 1 != 0;
        Some(if is_object { Bracket::Object } else { Bracket::Array })
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
