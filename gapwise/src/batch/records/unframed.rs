//! Records in a stream without a set framing.
//!
//! NDJSON, pretty-printed documents, arrays and text with record separators are all recognised, even mixed in one
//! stream. A broken record costs only itself: [`resync`](super::super::resync) finds its end. After 64 KiB of lines the
//! stream is treated as NDJSON, which is framed by its newlines, several times faster.
//!
//! A line that begins with a document and continues with something else is one bad record, as in NDJSON, unless another
//! document follows. Lines that end with a comma may be elements of an array whose opening bracket is missing; what
//! follows them decides.

use super::super::framing::{LOOK_AHEAD, RECORD_SEPARATOR};
use super::super::mixed::Mixed;
use super::super::position::Stage;
use super::super::resync::{
    Broken, Cut, End, Follower, Open, follower, is_inner_line, opens_array, trim_end,
};
use super::super::scan::Scan;
use super::{Ending, Lost, Record, Records, Unended, Wait};
use crate::decode::{Extent, skip_deep_value, skip_whitespace};
use crate::error::{ErrorKind, Expected, Fault};
use crate::schema::Document;

/// The bytes that may belong to a record.
struct Text<'a> {
    text: &'a [u8],
    /// Whether they are one line, and something follows it.
    is_line: bool,
    /// Where the first line ends, if the next line decides whether the record continues, and has not arrived yet.
    needs_more_behind: Option<usize>,
}

/// Whether a value is a record.
enum Verdict {
    /// It is a record. The flag says whether it is all of its line.
    Record { is_line: bool },
    /// It is the start of a bad line, or a value inside another record: at this offset something follows that cannot
    /// follow a record.
    NoRecord(usize),
    /// More bytes are needed.
    Open(Wait),
    /// What comes far after it decides. That has been examined: try again with this state.
    Told(Mixed),
}

impl<'a, D: Document> Records<'_, 'a, D> {
    /// Skips separators up to the next record, and parses it. `None` if there is no record, or if the stage has
    /// changed.
    pub(super) fn next_mixed(&mut self, mut mixed: Mixed) -> Option<Record<'a, D::View<'a>>> {
        self.advance(mixed.separators(self.rest()));
        self.position.stage = Stage::Mixed(mixed);
        let is_open = self.ending == Ending::Anywhere;
        let rest = self.rest();
        match rest {
            [] => None,
            _ if mixed.is_ndjson(self.position.offset) => {
                self.position.stage = Stage::Line;
                // Lines of NDJSON are counted as they are parsed, so the count must be complete here.
                self.position = self.counted_position();
                None
            }
            [0xef] | [0xef, 0xbb] if is_open => self.leave(Wait::More, 0, mixed),
            [b'[', after @ ..] => match opens_array(after) {
                Some(false) => self.mixed_record(rest, mixed),
                // Among lines, an empty array that is a whole line counts as a record.
                Some(true) if mixed.has_lines() && is_empty(after) => {
                    self.mixed_record(rest, mixed)
                }
                None if is_open => self.leave(Wait::Nonblank, 1, mixed),
                _ => {
                    self.advance(1);
                    self.position.stage = Stage::FirstElement;
                    None
                }
            },
            _ => self.mixed_record(rest, mixed),
        }
    }

    /// Leaves a record untouched until more of it has arrived.
    fn leave(&mut self, wait: Wait, from: usize, mixed: Mixed) -> Option<Record<'a, D::View<'a>>> {
        let after = Stage::Mixed(mixed.after_broken(self.rest()));
        self.unended = Some(Unended { fault: self.memory.too_large(), wait, from, after });
        None
    }

    fn mixed_record(&mut self, rest: &'a [u8], mixed: Mixed) -> Option<Record<'a, D::View<'a>>> {
        let Text { text, is_line, needs_more_behind } = self.text(rest, mixed);
        let is_cut = text.len() < rest.len();
        let limit = self.memory.max_record_bytes();
        let waits = self.ending == Ending::Anywhere
            && needs_more_behind.is_some_and(|newline| newline <= limit);
        // Parsing past the end of the line is faster than stopping there exactly.
        let (bytes, extent) = match is_line && rest.len() <= limit {
            true => (rest, Extent::LineOf(text.len())),
            false => (text, Extent::Slice),
        };
        let next = self.memory.parse_next(bytes, extent, &mut self.values, self.arena);
        let (parsed, end) = match next {
            Ok((response, end)) => (Ok(response), end),
            Err(fault) => {
                let ending = if is_cut { Ending::Input } else { self.ending };
                match self.end_of_rejected(text, fault, ending) {
                    Ok((end, fault)) => (Err(fault), end),
                    // The next line shows whether the record continues there.
                    Err(Lost::Unended | Lost::TooLarge) if waits => {
                        let from = needs_more_behind.unwrap_or_default();
                        return self.leave(Wait::Nonspace, from, mixed);
                    }
                    Err(Lost::Unended) if is_cut => {
                        let lost = Lost::Malformed { offset: text.len() };
                        return self.broken(rest, text, fault, lost, mixed);
                    }
                    Err(lost) => return self.broken(rest, text, fault, lost, mixed),
                }
            }
        };
        // The quote may close a string; then the text after it may be the next record.
        let is_text = rest.starts_with(b"\"");
        let in_line = memchr::memchr(b'\n', &rest[..end]).is_none();
        let is_inner = mixed.is_inner(rest) && !(in_line && rest.starts_with(b"{"));
        if is_inner && parsed.is_err() {
            return self.resync(rest, if is_text { 1 } else { end }, false, None, mixed);
        }
        match self.verdict(rest, end, in_line, mixed) {
            Verdict::Record { is_line } => {
                let record = self.outcome(&rest[..end], parsed, false);
                let mixed = mixed.after_record(is_line, self.position.offset + end as u64);
                self.pass_record(end, mixed);
                Some(record)
            }
            Verdict::NoRecord(at) => {
                let one_line = in_line && !is_inner;
                self.resync(rest, if is_text { 1 } else { at }, one_line, None, mixed)
            }
            Verdict::Open(wait) => self.leave(wait, end, mixed),
            Verdict::Told(told) => {
                self.memory.decoder.uncount();
                self.position.stage = Stage::Mixed(told);
                None
            }
        }
    }

    /// The bytes that may belong to the record: up to the next line that begins like a record, unless that line may be
    /// inside pretty-printed text. The limit prevents that each of many cut records is read to the end of the input.
    fn text(&mut self, rest: &'a [u8], mixed: Mixed) -> Text<'a> {
        let at = self.at();
        let newline = self.line.find(self.input, at, |rest| memchr::memchr(b'\n', rest)) - at;
        let line = &rest[..newline];
        let behind = &rest[newline..rest.len().min(newline + LOOK_AHEAD)];
        let whole = Text { text: rest, is_line: false, needs_more_behind: None };
        if behind.is_empty() {
            return whole;
        }
        let is_inner = match behind.get(1) {
            None => None,
            Some(b'{' | b'[') => Some(false),
            // The text may be pretty-printed without any indentation, if the stream is clean so far.
            Some(_) if mixed.is_clean => return whole,
            Some(&next) if is_inner_line(next) => goes_on(line, behind),
            Some(_) => Some(false),
        };
        let (text, is_line) = match is_inner {
            None if self.ending == Ending::Anywhere => (rest, false),
            None | Some(false) => (line, true),
            Some(true) => {
                let outer = |rest: &[u8]| memchr::memmem::find(rest, b"\n{");
                (&rest[..self.outer_line.find(self.input, at, outer) - at], false)
            }
        };
        Text { text, is_line, needs_more_behind: is_inner.is_none().then_some(newline) }
    }

    /// Judges by what follows a value whether it is a record.
    fn verdict(&self, rest: &[u8], end: usize, in_line: bool, mixed: Mixed) -> Verdict {
        let is_open = self.ending == Ending::Anywhere;
        let after = &rest[end..];
        match follower(after) {
            Follower::Nothing if is_open => Verdict::Open(Wait::Nonblank),
            Follower::Nothing | Follower::LineEnd if mixed.at_line && in_line => {
                Verdict::Record { is_line: true }
            }
            Follower::Nothing | Follower::LineEnd if mixed.is_sure => {
                Verdict::Record { is_line: false }
            }
            // The stream may have begun within a document.
            Follower::Nothing | Follower::LineEnd => {
                let near = &after[..after.len().min(LOOK_AHEAD)];
                let next = skip_whitespace(near, 0);
                match near.get(next) {
                    None if is_open && near.len() < LOOK_AHEAD => Verdict::Open(Wait::Nonspace),
                    Some(b',' | b']') if mixed.in_array => Verdict::Record { is_line: false },
                    Some(b',' | b'}' | b']' | b':') => Verdict::NoRecord(end + next),
                    _ => Verdict::Record { is_line: false },
                }
            }
            Follower::Record => Verdict::Record { is_line: false },
            Follower::Bracket(_) | Follower::Comma(_) if mixed.in_array => {
                Verdict::Record { is_line: false }
            }
            Follower::Comma(at) if mixed.commas_are_bad => Verdict::NoRecord(end + at),
            // A member of another value follows.
            Follower::Comma(at) if is_before_member(&after[at + 1..]) => {
                Verdict::NoRecord(end + at)
            }
            Follower::Comma(at) => match self.are_elements(&after[at + 1..]) {
                None => Verdict::Open(Wait::More),
                Some(true) => Verdict::Told(Mixed { in_array: true, ..mixed }),
                Some(false) => Verdict::Told(Mixed { commas_are_bad: true, ..mixed }),
            },
            Follower::Bracket(at) => Verdict::NoRecord(end + at),
            Follower::Other if mixed.at_line && in_line || !mixed.is_sure => Verdict::NoRecord(end),
            Follower::Other => Verdict::Record { is_line: false },
        }
    }

    /// Whether commas separate elements of an array here. `bytes` follow the first comma. They do if a closing bracket
    /// follows, or no end is in sight. `None` if the bytes that decide have not arrived yet.
    fn are_elements(&self, bytes: &[u8]) -> Option<bool> {
        let near = &bytes[..bytes.len().min(LOOK_AHEAD)];
        let at_end = match (near.len() < LOOK_AHEAD, self.ending) {
            (false, _) => Some(true),
            (true, Ending::Anywhere) => None,
            (true, _) => Some(false),
        };
        let mut at = 0;
        loop {
            let line = at;
            at = skip_whitespace(near, at);
            match near.get(at) {
                Some(b'{') if memchr::memchr(b'\n', &near[line..at]).is_none() => {
                    return Some(true);
                }
                Some(b'{') => {}
                Some(b']') => return Some(true),
                Some(_) => return Some(false),
                None => return at_end,
            }
            at = match skip_deep_value(near, at) {
                Ok(end) => skip_whitespace(near, end),
                Err(Fault { kind: ErrorKind::UnexpectedEnd, .. }) => return at_end,
                Err(_) => return Some(true),
            };
            match near.get(at) {
                Some(b',') => at += 1,
                Some(b']') => return Some(true),
                Some(_) => return Some(false),
                None => return at_end,
            }
        }
    }

    /// Continues after a record whose brackets do not show its end. `text` is where the end was looked for.
    pub(super) fn broken(
        &mut self,
        rest: &'a [u8],
        text: &[u8],
        fault: Fault,
        lost: Lost,
        mixed: Mixed,
    ) -> Option<Record<'a, D::View<'a>>> {
        match lost {
            Lost::Malformed { offset } => {
                let is_inner = mixed.is_inner(rest) && !rest.starts_with(b"{");
                let one_line = !is_inner && !rest[..offset].contains(&b'\n');
                let cut = self.cut(text, fault);
                self.resync(rest, 1, one_line, cut, mixed)
            }
            Lost::Unended if self.ending == Ending::Anywhere => self.leave(Wait::Value, 0, mixed),
            Lost::Unended => {
                let cut = self.cut(text, fault);
                self.resync(rest, 1, false, cut, mixed)
            }
            Lost::TooLarge => {
                let mut scan = Scan::by_lines();
                let end = scan.end(rest);
                match end.or_else(|| self.ends_with_bytes(scan).then_some(rest.len())) {
                    Some(end) if self.is_too_large(&rest[..end]) => {
                        self.reject_broken(rest, end, mixed)
                    }
                    // It only seemed to be too large.
                    Some(_) => {
                        let cut = self.cut(text, fault);
                        self.resync(rest, 1, false, cut, mixed)
                    }
                    None if self.ending == Ending::Anywhere => self.leave(Wait::Large, 0, mixed),
                    None => self.remainder(self.memory.too_large(), Wait::Large, Stage::End),
                }
            }
        }
    }

    /// How far a broken record is a document, if it begins as one.
    fn cut(&mut self, text: &[u8], fault: Fault) -> Option<Cut> {
        let strict = self.memory.probe_strictly(text).err()?;
        let begins_as_one = text.starts_with(b"{");
        begins_as_one.then_some(Cut { fault: fault.offset, strict: strict.offset })
    }

    /// Continues after a record that is not JSON, and is known to reach up to `from`.
    fn resync(
        &mut self,
        rest: &'a [u8],
        from: usize,
        one_line: bool,
        cut: Option<Cut>,
        mixed: Mixed,
    ) -> Option<Record<'a, D::View<'a>>> {
        let is_open = self.ending == Ending::Anywhere;
        let limit = self.memory.max_record_bytes();
        let broken = Broken { bytes: rest, limit, from: from.max(1), one_line, cut, is_open };
        match broken.end(|bytes| self.memory.probe(bytes)) {
            Ok(End { at, before_element }) => {
                let in_array = mixed.in_array || before_element;
                self.reject_broken(rest, at, Mixed { in_array, ..mixed })
            }
            Err(open) => {
                let wait = match (open, one_line) {
                    (Open::Document, _) => Wait::More,
                    (Open::Line, true) => Wait::Line,
                    (Open::Line, false) => Wait::Lines,
                };
                self.leave(wait, broken.from, mixed)
            }
        }
    }

    /// Rejects a record that is broken or too large, and ends at `end`.
    fn reject_broken(
        &mut self,
        rest: &'a [u8],
        end: usize,
        mixed: Mixed,
    ) -> Option<Record<'a, D::View<'a>>> {
        let raw = &rest[..end];
        let raw = if self.is_too_large(raw) { raw } else { trim_end(raw) };
        self.memory.decoder.uncount();
        // Parse it in isolation, so that the error does not depend on what follows.
        let fault = match self.memory.parse_whole(raw, &mut self.values, self.arena) {
            Err(fault) => fault,
            Ok(_) => {
                let expected = Expected::Words("the end of the record");
                Fault::expecting(ErrorKind::TrailingBytes, raw.len(), expected)
            }
        };
        let record = self.outcome(raw, Err(fault), false);
        self.pass_record(raw.len(), mixed.after_broken(raw));
        Some(record)
    }

    /// Whether a broken record is larger than allowed. White space after it does not count, unless there is a lot of
    /// it: a stream that holds no more bytes cannot know where the record ends.
    fn is_too_large(&self, raw: &[u8]) -> bool {
        let limit = self.memory.max_record_bytes();
        trim_end(raw).len() > limit || raw.len() > limit.saturating_add(LOOK_AHEAD / 2)
    }

    /// Continues after a record, and after its line if the record ends the line.
    fn pass_record(&mut self, length: usize, mut mixed: Mixed) {
        self.advance(length);
        let rest = self.rest();
        if follower(rest) == Follower::LineEnd {
            let line_end = memchr::memchr(b'\n', rest).map_or(0, |newline| newline + 1);
            mixed.separators(&rest[..line_end]);
            self.advance(line_end);
        }
        self.position.stage = Stage::Mixed(mixed);
    }

    /// Continues after a byte that must not occur between two elements of an array.
    pub(super) fn between_elements(
        &mut self,
        fault: Fault,
        next: u8,
    ) -> Option<Record<'a, D::View<'a>>> {
        let mixed = Mixed::in_broken_array(self.position.offset);
        if !matches!(next, b'{' | RECORD_SEPARATOR) {
            return self.resync(self.rest(), 1, true, None, mixed);
        }
        // Only a bracket or a comma is missing.
        let after = Stage::Mixed(mixed);
        if self.ending == Ending::Anywhere {
            self.unended = Some(Unended { fault, wait: Wait::Nothing, from: 0, after });
            return None;
        }
        self.position.stage = after;
        Some(self.outcome(&self.rest()[..0], Err(fault), false))
    }
}

/// Whether pretty-printed text continues after this line. `None` if the bytes that decide have not arrived yet.
fn goes_on(line: &[u8], behind: &[u8]) -> Option<bool> {
    match (trim_end(line).last(), behind.get(skip_whitespace(behind, 0))) {
        (Some(b'{' | b'[' | b',' | b':'), _) => Some(true),
        (_, None) if behind.len() < LOOK_AHEAD => None,
        (_, next) => Some(matches!(next, None | Some(b',' | b':' | b']' | b'}'))),
    }
}

/// Whether what follows a comma, in this line or a near one, cannot be an element of an array of records.
fn is_before_member(after: &[u8]) -> bool {
    let near = &after[..after.len().min(LOOK_AHEAD)];
    near.get(skip_whitespace(near, 0)).is_some_and(|next| !matches!(next, b'{' | b']'))
}

/// Whether an array is empty, and ends in the line in which it begins.
fn is_empty(after: &[u8]) -> bool {
    matches!(follower(after), Follower::Bracket(_))
}
