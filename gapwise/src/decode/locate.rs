//! Turns the offset of a fault into line, column and JSON pointer (RFC 6901).
//!
//! Cold code: it reads the record a second time, from its start to the fault. The text before the fault is known to be
//! well-formed, so it is enough to follow quotes and brackets.

use super::{skip_whitespace, text::Quoted};
use crate::error::{Error, ErrorKind, Expected, Fault, Place, Printable};
use crate::pointer::Pointer;
use std::fmt::Write as _;

/// Where a record begins in its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Number of the record, from 0.
    pub(crate) record: u64,
    /// Offset of its first byte.
    pub(crate) offset: u64,
    /// The line of its first byte, from 1.
    pub(crate) line: u64,
    /// Offset at which that line begins.
    pub(crate) line_start: u64,
}

/// Finds where in the stream `fault` is. Its offset counts from the start of `record`. The document was expected `at`
/// this pointer.
///
/// A fault inside a well-formed string is a fault of the document in that string: a string with a fault of its own
/// would not be well-formed.
#[cold]
pub(crate) fn locate(fault: Fault, record: &[u8], origin: Origin, at: &Pointer) -> Error {
    let before = &record[..fault.offset];
    let offset = origin.offset + before.len() as u64;
    let line_start = match memchr::memrchr(b'\n', before) {
        Some(newline) => origin.offset + newline as u64 + 1,
        None => origin.line_start,
    };
    let (levels, string) = open_at(record, fault.offset);
    let (pointer, message) = match string {
        _ if fault.kind == ErrorKind::MissingDocument => {
            let references = at.references().take(levels.len());
            let pointer = references.flat_map(|reference| ["/", reference]).collect();
            (pointer, format!("no document at {}: there is no such place", Printable(at.as_str())))
        }
        None => (pointer(levels, fault, record), fault.message(record, "record")),
        Some(string) => {
            let text = string.to_text();
            let inside = Fault { offset: string.denoted_before(fault.offset), ..fault };
            let mut all = pointer_to(levels);
            let (levels, _) = open_at(text.as_bytes(), inside.offset);
            all += &pointer(levels, inside, text.as_bytes());
            (all, inside.message(text.as_bytes(), "string"))
        }
    };
    let place = Place {
        record: origin.record,
        line: origin.line + memchr::memchr_iter(b'\n', before).count() as u64,
        column: offset - line_start + 1,
        offset,
        pointer,
    };
    Error::new(fault.kind, place, message)
}

/// An object or array around the fault.
enum Level<'b> {
    /// The name of the last member, once its colon has been seen.
    Object { name: Option<Quoted<'b>> },
    /// The number of items before the current one.
    Array { index: u64 },
}

/// The pointer of the value at fault, given the open objects and arrays.
fn pointer<'b>(mut levels: Vec<Level<'b>>, fault: Fault, record: &'b [u8]) -> String {
    match fault.kind {
        ErrorKind::DuplicateMember | ErrorKind::UnknownMember => {
            // The fault is the name itself.
            let name = Quoted::read(record, fault.offset + 1).ok();
            levels.pop();
            levels.push(Level::Object { name });
        }
        // The fault is reported at the end of the object or array.
        ErrorKind::MissingMember | ErrorKind::WrongLength => {
            levels.pop();
        }
        _ => {}
    }
    let mut pointer = pointer_to(levels);
    if let Expected::Member(name) = fault.expected {
        push_name(&mut pointer, name);
    }
    pointer
}

/// The pointer of the current value.
fn pointer_to(levels: Vec<Level<'_>>) -> String {
    let mut pointer = String::new();
    for level in levels {
        match level {
            Level::Object { name: Some(name) } => push_name(&mut pointer, &name.to_text()),
            Level::Object { name: None } => {}
            Level::Array { index } => {
                // Writing to a `String` does not fail.
                let _ = write!(pointer, "/{index}");
            }
        }
    }
    pointer
}

/// Appends a reference to a member, escaped as RFC 6901 section 3 says.
pub(super) fn push_name(pointer: &mut String, name: &str) {
    pointer.push('/');
    for c in name.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The objects and arrays that are open at `end`, the outermost first; and the string around `end`, if it is inside a
/// well-formed one.
fn open_at(record: &[u8], end: usize) -> (Vec<Level<'_>>, Option<Quoted<'_>>) {
    let mut levels = Vec::new();
    let mut at = 0;
    while at < end {
        match record[at] {
            b'{' => levels.push(Level::Object { name: None }),
            b'[' => levels.push(Level::Array { index: 0 }),
            b'}' | b']' => drop(levels.pop()),
            b',' => match levels.last_mut() {
                Some(Level::Object { name }) => *name = None,
                Some(Level::Array { index }) => *index += 1,
                None => {}
            },
            b'"' => {
                let Ok(quoted) = Quoted::read(record, at + 1) else { break };
                if quoted.end > end {
                    return (levels, Some(quoted));
                }
                let colon = skip_whitespace(record, quoted.end);
                if let Some(Level::Object { name: name @ None }) = levels.last_mut()
                    && record.get(colon) == Some(&b':')
                    && colon < end
                {
                    *name = Some(quoted);
                }
                at = quoted.end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    (levels, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Origin = Origin { record: 7, offset: 100, line: 3, line_start: 90 };

    /// The pointer to the `^` in a record.
    fn pointer_to(record: &str) -> String {
        let fault = Fault::unexpected(record.as_bytes(), record.find('^').unwrap(), "anything");
        locate(fault, record.as_bytes(), ORIGIN, &Pointer::ROOT).pointer().to_owned()
    }

    #[test]
    fn pointers_name_the_value_under_way() {
        for (record, pointer) in [
            ("^", ""),
            ("{^", ""),
            (r#"{"a"^"#, ""),
            (r#"{"a":^"#, "/a"),
            (r#"{"a" : ^"#, "/a"),
            (r#"{"a":1,^"#, ""),
            (r#"{"a":1,"b":[^"#, "/b/0"),
            (r#"{"a":[{"b":1},[2,3],^"#, "/a/2"),
            (r#"{"a":[{"b":1},[2,3^"#, "/a/1/1"),
            (r#"{"a":{"b":"}{][,"},"c":"^"#, "/c"),
            (r#"{"a":"\"","c":^"#, "/c"),
            (r#"{"a/b~":^"#, "/a~1b~0"),
            (r#"{"\u0061\n":^"#, "/a\n"),
            (r#"{"":^"#, "/"),
        ] {
            assert_eq!(pointer_to(record), pointer, "{record}");
        }
    }

    #[test]
    fn lines_and_columns_continue_those_of_the_stream() {
        let place = |record: &str| {
            let fault = Fault::unexpected(record.as_bytes(), record.find('^').unwrap(), "anything");
            let error = locate(fault, record.as_bytes(), ORIGIN, &Pointer::ROOT);
            (error.record(), error.line(), error.column(), error.offset())
        };
        assert_eq!(place("^"), (7, 3, 11, 100));
        assert_eq!(place("[1, ^"), (7, 3, 15, 104));
        assert_eq!(place("[\r\n\n ^"), (7, 5, 2, 105));
    }
}
