//! The file of rejected records, for those who repair and replay them.
//!
//! It has the bytes as they came, or a JSON object for each record that says where it was and why it was rejected.
//! The names of the members are an interface.

use crate::arguments::RejectsFormat;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use jobview::Rejected;
use serde::Serialize;
use std::borrow::Cow;

/// A rejected record with all that is known about it.
#[derive(Serialize)]
struct Letter<'a> {
    /// The name of the input, fit to be printed.
    file: &'a str,
    /// The number of the record, from 0.
    record: u64,
    /// Where it begins.
    record_offset: u64,
    /// The line of the byte that is wrong, from 1.
    line: u64,
    /// Its column, from 1, in bytes.
    column: u64,
    /// Its offset in the input, from 0.
    offset: u64,
    /// The JSON pointer of what is wrong.
    pointer: &'a str,
    /// The name of the error.
    kind: &'static str,
    /// The error in words.
    message: Cow<'a, str>,
    /// Whether this is all the rest of the input.
    remainder: bool,
    /// Whether the next letter has more of the same record.
    more: bool,
    /// How `raw` is to be understood: `utf-8`, or `base64` where it is no text.
    encoding: &'static str,
    /// The record.
    raw: Cow<'a, str>,
}

/// Appends what the file is to have of a record that begins at `start` of the input `file`.
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
            let (encoding, raw) = match std::str::from_utf8(raw) {
                Ok(raw) => ("utf-8", Cow::Borrowed(raw)),
                Err(_) => ("base64", Cow::Owned(BASE64.encode(raw))),
            };
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
    // The pieces of a record belong together.
    if !more || format == RejectsFormat::Ndjson {
        text.push(b'\n');
    }
}
