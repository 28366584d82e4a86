//! The file of rejected records, from which they can be repaired and replayed.
//!
//! It has the original bytes, or a JSON object for each record with its place and the error. The names of the members
//! are a public interface.

use crate::arguments::{RejectsArguments, RejectsFormat, conflict};
use crate::input::Input;
use crate::outcome::Failure;
use crate::output::is_stdout;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use jobview::Rejected;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write as _;
use std::ops::Range;

/// A rejected record with everything that is known about it.
#[derive(Serialize)]
struct Letter<'a> {
    /// The printable name of the input.
    file: &'a str,
    /// The number of the record, from 0.
    record: u64,
    /// The byte offset at which it begins.
    record_offset: u64,
    /// The line of the offending byte, from 1.
    line: u64,
    /// Its column, from 1, in bytes.
    column: u64,
    /// Its offset in the input, from 0.
    offset: u64,
    /// The JSON pointer of the offending value.
    pointer: &'a str,
    /// The name of the error kind.
    kind: &'static str,
    /// The error message.
    message: Cow<'a, str>,
    /// Whether the record is the entire rest of the input.
    remainder: bool,
    /// Whether the next letter continues the same record.
    more: bool,
    /// The encoding of `raw`: `utf-8`, or `base64` if the record is not valid UTF-8.
    encoding: &'static str,
    /// The record.
    raw: Cow<'a, str>,
}

/// Appends the entry for a rejected record that begins at `start` of the input `file`.
pub(crate) fn write(
    text: &mut Vec<u8>,
    format: RejectsFormat,
    file: &str,
    start: u64,
    rejected: &Rejected<'_>,
) {
    let Rejected { raw, error, remainder, more, .. } = rejected;
    match format {
        RejectsFormat::Raw => text.extend_from_slice(raw),
        RejectsFormat::Ndjson => {
            let (encoding, raw) = encoded(raw);
            let letter = Letter {
                file,
                record: error.record(),
                record_offset: start,
                line: error.line(),
                column: error.column(),
                offset: error.offset(),
                pointer: error.pointer(),
                kind: error.kind().name(),
                message: rejected.message(),
                remainder: *remainder,
                more: *more,
                encoding,
                raw,
            };
            serde_json::to_writer(&mut *text, &letter).expect("names, numbers and text only");
        }
    }
    // Raw pieces of one record must stay contiguous.
    if !more || format == RejectsFormat::Ndjson {
        text.push(b'\n');
    }
}

/// Bytes as text, and the name of the encoding.
pub(crate) fn encoded(bytes: &[u8]) -> (&'static str, Cow<'_, str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => ("utf-8", Cow::Borrowed(text)),
        Err(_) => ("base64", Cow::Owned(BASE64.encode(bytes))),
    }
}

/// Appends the line that says where and why a record was rejected.
pub(crate) fn write_line(text: &mut Vec<u8>, file: &str, rejected: &Rejected<'_>) {
    let error = &rejected.error;
    let (line, column, pointer) = (error.line(), error.column(), error.printable_pointer());
    let message = rejected.message();
    writeln!(text, "{file}:{line}:{column}: {pointer}: {message}").expect("memory takes it all");
}

/// The range of `text` that `write` appends.
pub(crate) fn extend(text: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) -> Range<usize> {
    let start = text.len();
    write(text);
    start..text.len()
}

/// Refuses a file of rejected records that is one of the inputs.
pub(crate) fn not_an_input(arguments: &RejectsArguments, inputs: &[Input]) -> Result<(), Failure> {
    match &arguments.rejects {
        Some(path) if !is_stdout(path) && inputs.iter().any(|input| input.is_at(path)) => {
            Err(conflict("--rejects names one of the inputs, which would be overwritten"))
        }
        _ => Ok(()),
    }
}
