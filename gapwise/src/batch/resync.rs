//! Finds the end of a broken record, if the caller has not set a framing.
//!
//! The brackets and quotes of a broken record are not reliable. Its end is recognised by bytes that no record contains,
//! or by something that is clearly the next record:
//!
//! - a record separator, which no JSON text contains (RFC 7464 section 2.3);
//! - the end of the line, if the record is broken in its first line;
//! - the end of a line, if the next line is not an inner line of pretty-printed text; an inner line is indented, or
//!   begins with a closing bracket;
//! - a valid document that begins after other text in a line, or on an indented line.
//!
//! The work is linear. A search for a document stops as soon as it is clear that there is none. Each byte is part of at
//! most [`PROBE_DEPTH`] such searches, because they nest.

use super::framing::RECORD_SEPARATOR;
use crate::decode::{skip_value, skip_whitespace};
use crate::error::{ErrorKind, Fault};
use std::ops::Range;

/// How deep a document may be nested to mark the end of a broken record.
pub(super) const PROBE_DEPTH: u16 = 32;

/// How many blanks after a value are skipped to see what follows it.
const MOST_BLANKS: usize = 64;

/// A broken record, and everything that may tell where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken<'b> {
    /// The bytes from the start of the record on.
    pub(super) bytes: &'b [u8],
    /// The largest allowed size of a record.
    pub(super) limit: usize,
    /// How far the record is known to reach: at least one byte.
    pub(super) from: usize,
    /// Whether it is broken in its first line, and ends with that line.
    pub(super) one_line: bool,
    /// How far the record is a document, if it begins as one. In that case the next document may begin anywhere, even
    /// in the place of a value of this one. After other text, it must follow a bracket or a comma.
    pub(super) cut: Option<Cut>,
    /// Whether more bytes may follow.
    pub(super) is_open: bool,
}

/// How far a broken record is a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where it stops being a valid document.
    pub(super) fault: usize,
    /// The same, if unknown members count as faults, too.
    pub(super) strict: usize,
}

impl Cut {
    /// Whether a value is a member of the record, and not the next record.
    fn has_member(self, value: Range<usize>) -> bool {
        self.fault >= value.end && !value.contains(&self.strict)
    }
}

/// The end of a broken record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) at: usize,
    /// Whether the next record is, or seems to be, an element of an array.
    pub(super) before_element: bool,
}

/// What shows the end of a broken record in bytes that have not arrived yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// The end of a line, or a record separator.
    Line,
    /// The rest of a possible document.
    Document,
}

/// The result of looking for a document at a brace.
enum Candidate {
    Document,
    /// No document. The search continues here.
    None(usize),
    /// More bytes are needed.
    Open,
}

impl Broken<'_> {
    /// Finds the end. `probe` checks whether a value is a valid document.
    pub(super) fn end(
        self,
        mut probe: impl FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<End, Open> {
        let Self { bytes, limit, from, one_line, is_open, .. } = self;
        let mut at = from;
        while let Some(found) = memchr::memchr3(b'\n', b'{', RECORD_SEPARATOR, &bytes[at..]) {
            at += found;
            match (bytes[at], bytes.get(at + 1)) {
                // A stream holds no more of a record than the limit, so it cannot look for a document after that.
                (b'{', _) if at > limit => at += 1,
                (b'{', _) => match self.candidate(at, &mut probe) {
                    Candidate::Document => return Ok(self.before_document(at)),
                    Candidate::None(next) => at = next,
                    Candidate::Open => return Err(Open::Document),
                },
                (b'\n', None) if is_open && !one_line => return Err(Open::Line),
                (b'\n', Some(next)) if !one_line && is_inner_line(*next) => at += 1,
                // This newline was handed out with the record before it was known what follows.
                (b'\n', _) if !one_line && at >= limit => {
                    return Ok(End { at: at + 1, before_element: false });
                }
                _ => return Ok(self.at(at)),
            }
        }
        if is_open { Err(Open::Line) } else { Ok(self.at(bytes.len())) }
    }

    /// An end at `at`. Trailing white space is excluded, unless the record is too large.
    fn at(self, at: usize) -> End {
        let at = match (at > self.limit, self.one_line) {
            (false, _) => self.trimmed(at),
            (true, true) if self.bytes[..at].ends_with(b"\r") => at - 1,
            _ => at,
        };
        End { at, before_element: false }
    }

    /// The end before a document.
    fn before_document(self, at: usize) -> End {
        let at = self.trimmed(at);
        End { at, before_element: matches!(self.bytes[..at].last(), Some(b',' | b'[')) }
    }

    fn trimmed(self, at: usize) -> usize {
        self.from.max(trim_end(&self.bytes[..at]).len())
    }

    /// Checks whether the next document begins at a brace.
    fn candidate(self, at: usize, probe: &mut impl FnMut(&[u8]) -> Result<(), Fault>) -> Candidate {
        let Self { bytes, limit, cut, is_open, .. } = self;
        let none = Candidate::None(at + 1);
        let before = trim_end(&bytes[..at]).last();
        let is_place = match (before, cut) {
            (Some(b'{' | b'}' | b'[' | b']' | b','), _) => true,
            (_, Some(_)) => true,
            (_, None) => is_indented(&bytes[..at]),
        };
        let shown = &bytes[at..bytes.len().min(limit.saturating_add(1))];
        let is_open = is_open && bytes.len() <= limit;
        let name = skip_whitespace(shown, 1);
        match shown.get(name) {
            _ if !is_place => return none,
            None if is_open => return Candidate::Open,
            Some(b'"') => {}
            _ => return none,
        }
        // Nothing inside a well-formed value is a record. A value that is not well-formed is not a record either.
        let end = match skip_value(shown, 0, 0, PROBE_DEPTH) {
            Ok(end) => end,
            Err(fault) if fault.kind == ErrorKind::UnexpectedEnd && is_open => {
                return Candidate::Open;
            }
            Err(_) => return none,
        };
        if probe(&shown[..end]).is_err() {
            return Candidate::None(at + end);
        }
        // A member of the broken record is not the next record, if the record is valid up to the end of that member. A
        // value alone in its line is never treated as a member.
        let is_line = is_indented(&bytes[..at]) && !shown[..end].contains(&b'\n');
        let is_value = before == Some(&b':') && !is_line;
        if is_value && cut.is_none_or(|cut| cut.has_member(at..at + end)) {
            return Candidate::None(at + end);
        }
        let after = &bytes[at + end..];
        match follower(after) {
            Follower::Nothing if self.is_open => Candidate::Open,
            Follower::Nothing | Follower::Record => Candidate::Document,
            // It is in the place of a member, and what follows it may follow a member.
            _ if is_value => Candidate::None(at + end),
            Follower::Comma(comma) => match after_comma(&after[comma + 1..]) {
                Next::Nothing if self.is_open => Candidate::Open,
                Next::Nothing | Next::Element => Candidate::Document,
                Next::Other => Candidate::None(at + end),
            },
            Follower::Other => Candidate::None(at + end),
            Follower::LineEnd | Follower::Bracket(_) => Candidate::Document,
        }
    }
}

/// The bytes without trailing white space.
pub(super) fn trim_end(bytes: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Whether only indentation comes before it in its line.
fn is_indented(before: &[u8]) -> bool {
    let last = before.iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
    last.is_none_or(|last| *last == b'\n')
}

/// Whether a line that begins with this byte is an inner line of pretty-printed text.
pub(super) fn is_inner_line(first: u8) -> bool {
    matches!(first, b' ' | b'\t' | b'}' | b']')
}

/// What follows a value in the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follower {
    /// Nothing, not even a line ending: there are no more bytes.
    Nothing,
    LineEnd,
    /// The start of another record or an array, a record separator, or only blanks for a long way.
    Record,
    /// A comma at this offset.
    Comma(usize),
    /// A bracket at this offset that closes an array.
    Bracket(usize),
    Other,
}

/// What some bytes after a value begin with.
pub(super) fn follower(bytes: &[u8]) -> Follower {
    let near = &bytes[..bytes.len().min(MOST_BLANKS)];
    let at = near.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
    match at.map(|at| (bytes[at], at)) {
        None if bytes.len() < MOST_BLANKS => Follower::Nothing,
        None | Some((b'{' | b'[' | RECORD_SEPARATOR, _)) => Follower::Record,
        Some((b'\n', _)) => Follower::LineEnd,
        Some((b',', at)) => Follower::Comma(at),
        Some((b']', at)) => Follower::Bracket(at),
        Some(_) => Follower::Other,
    }
}

/// What follows a comma in the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Nothing, not even a line ending: there are no more bytes.
    Nothing,
    /// A possible element of an array, or the end of the array or of the line.
    Element,
    Other,
}

/// What some bytes after a comma begin with. Only the same line is examined, so that a part of a stream gives the same
/// result as the whole.
fn after_comma(bytes: &[u8]) -> Next {
    match follower(bytes) {
        Follower::Nothing => Next::Nothing,
        Follower::LineEnd | Follower::Record | Follower::Bracket(_) => Next::Element,
        Follower::Comma(_) | Follower::Other => Next::Other,
    }
}

/// Whether a bracket opens an array of records. What follows it in the same line decides: in other text, something else
/// follows. `None` if the bytes that decide have not arrived yet.
pub(super) fn opens_array(after: &[u8]) -> Option<bool> {
    match follower(after) {
        Follower::Nothing => None,
        Follower::LineEnd | Follower::Bracket(_) => Some(true),
        Follower::Record => {
            let near = &after[..after.len().min(MOST_BLANKS)];
            Some(near.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r')) != Some(&b'['))
        }
        Follower::Comma(_) | Follower::Other => Some(false),
    }
}
