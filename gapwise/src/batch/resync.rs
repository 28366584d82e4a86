//! Finds the end of a broken record, if the caller has not set a framing.
//!
//! Brackets and quotes of a broken record mean nothing. Its end is recognised by bytes that no record contains, or
//! by something that is clearly the next record:
//!
//! - a record separator, which no JSON text contains (RFC 7464 section 2.3);
//! - the end of the line, if the record is broken in its first line;
//! - the end of a line, if the next one is not indented and does not begin with a closing bracket. Lines that do
//!   are the inner lines of pretty-printed text;
//! - a valid document that begins behind other text of a line, or on an indented line.
//!
//! Work is linear. A search for a document costs what it takes to see that there is none, and each byte is part of
//! at most [`PROBE_DEPTH`] such searches, because they nest.

use super::framing::RECORD_SEPARATOR;
use crate::decode::{skip_value, skip_whitespace};
use crate::error::{ErrorKind, Fault};
use std::ops::Range;

/// How deep documents may nest that show where a broken record ends.
pub(super) const PROBE_DEPTH: u16 = 32;

/// How many blanks after a value are gone over to see what follows it.
const MOST_BLANKS: usize = 64;

/// A broken record, and all that may tell where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken<'b> {
    /// What begins with the record.
    pub(super) bytes: &'b [u8],
    /// How many bytes a record may have.
    pub(super) limit: usize,
    /// Up to where the record is known to go: one byte at least.
    pub(super) from: usize,
    /// Whether it is broken in its first line, and ends with that.
    pub(super) one_line: bool,
    /// How far it is a document, if it begins as one: then the next may stand anywhere, even where a value of this
    /// was to be. Behind other text it comes after a bracket or a comma.
    pub(super) cut: Option<Cut>,
    /// Whether more bytes may follow.
    pub(super) is_open: bool,
}

/// How far a broken record is a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where it is found to be none.
    pub(super) fault: usize,
    /// The same if unknown members are faults, too.
    pub(super) strict: usize,
}

impl Cut {
    /// Whether a value is a member of the record, and not the next one.
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

/// What the end of a broken record shows in, in bytes that have not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// The end of a line, or a record separator.
    Line,
    /// The rest of what may be a document.
    Document,
}

/// What is found where a document may begin.
enum Candidate {
    Document,
    /// None. It is looked for on from here.
    None(usize),
    /// More bytes are needed.
    Open,
}

impl Broken<'_> {
    /// Where it ends. `probe` says whether a value is a valid document.
    pub(super) fn end(
        self,
        mut probe: impl FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<End, Open> {
        let Self { bytes, limit, from, one_line, is_open, .. } = self;
        let mut at = from;
        while let Some(found) = memchr::memchr3(b'\n', b'{', RECORD_SEPARATOR, &bytes[at..]) {
            at += found;
            match (bytes[at], bytes.get(at + 1)) {
                // Who holds no more of a record than that cannot look for a document behind.
                (b'{', _) if at > limit => at += 1,
                (b'{', _) => match self.candidate(at, &mut probe) {
                    Candidate::Document => return Ok(self.before_document(at)),
                    Candidate::None(next) => at = next,
                    Candidate::Open => return Err(Open::Document),
                },
                (b'\n', None) if is_open && !one_line => return Err(Open::Line),
                (b'\n', Some(next)) if !one_line && is_inner_line(*next) => at += 1,
                // It was handed out with the record before anybody knew what follows it.
                (b'\n', _) if !one_line && at >= limit => {
                    return Ok(End { at: at + 1, before_element: false });
                }
                _ => return Ok(self.at(at)),
            }
        }
        if is_open { Err(Open::Line) } else { Ok(self.at(bytes.len())) }
    }

    /// An end, before any white space if the record is not too large.
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

    /// Whether a document begins at a brace.
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
        // Within a value that is well-formed nothing is a record; one that is not is none itself.
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
        // A member of the record that is broken is none, if all was well up to its end. It is not in a line of its own.
        let is_line = is_indented(&bytes[..at]) && !shown[..end].contains(&b'\n');
        let is_value = before == Some(&b':') && !is_line;
        if is_value && cut.is_none_or(|cut| cut.has_member(at..at + end)) {
            return Candidate::None(at + end);
        }
        let after = &bytes[at + end..];
        match follower(after) {
            Follower::Nothing if self.is_open => Candidate::Open,
            Follower::Nothing | Follower::Record => Candidate::Document,
            // It stands where a member was to be, and is followed as one.
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

/// Without the white space at the end.
pub(super) fn trim_end(bytes: &[u8]) -> &[u8] {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let end = bytes.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Whether there is nothing but indentation before it in its line.
fn is_indented(before: &[u8]) -> bool {
    let last = before.iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
    last.is_none_or(|last| *last == b'\n')
}

/// Whether a line that begins with this byte is inside of what is pretty-printed.
pub(super) fn is_inner_line(first: u8) -> bool {
    matches!(first, b' ' | b'\t' | b'}' | b']')
}

/// What follows a value in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follower {
    /// Nothing, and no end of the line: the bytes are at their end.
    Nothing,
    LineEnd,
    /// What another record begins with, or a bracket that closes an array; or only blanks for a long way.
    Record,
    /// A comma at this offset.
    Comma(usize),
    /// A bracket at this offset, which closes an array.
    Bracket(usize),
    Other,
}

/// Tells what some bytes behind a value begin with.
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

/// What follows a comma in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Nothing, and no end of the line: the bytes are at their end.
    Nothing,
    /// What may be an element of an array, or the end of the array or of the line.
    Element,
    Other,
}

/// Tells what some bytes behind a comma begin with. What is in other lines is not looked at: who sees a part of a
/// stream must find the same.
fn after_comma(bytes: &[u8]) -> Next {
    match follower(bytes) {
        Follower::Nothing => Next::Nothing,
        Follower::LineEnd | Follower::Record | Follower::Bracket(_) => Next::Element,
        Follower::Comma(_) | Follower::Other => Next::Other,
    }
}

/// Whether a bracket opens an array of records, from what follows it in its line: text has something else there.
/// `None` when that shows in bytes that have not come.
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
