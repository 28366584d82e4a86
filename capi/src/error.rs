//! What went wrong.

use jobview::Rejected;
use std::ffi::c_char;

/// What became of a call.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// It was done.
    Ok = 0,
    /// The document is not valid. The error says where and why.
    Rejected = 1,
    /// The call is wrong: a null pointer, an option that there is not, a size that is not right.
    Usage = 2,
    /// The input could not be read.
    Io = 3,
    /// A bug of jobview. Objects that were in use can only be freed.
    Bug = 4,
}

/// What went wrong, and where. Texts end with NUL, and are cut off where there is no room for more.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Error {
    /// What became of the call.
    pub code: Code,
    /// The number of the record, from 0.
    pub record: u64,
    /// The line of the offending byte, from 1; 0 if the error is not about a byte.
    pub line: u64,
    /// Its column, from 1, in bytes.
    pub column: u64,
    /// Its offset in the input, from 0.
    pub offset: u64,
    /// The error for programs, `wrong-type` for example. Empty if it is not about a document.
    pub kind: [c_char; 32],
    /// The JSON pointer of the offending value, within the document.
    pub pointer: [c_char; 256],
    /// The error for people.
    pub message: [c_char; 512],
}

/// An error on its way out.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: Code,
    message: String,
    document: Option<jobview::Error>,
}

impl Failure {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), document: None }
    }

    pub(crate) fn none() -> Self {
        Self::new(Code::Ok, "")
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }
}

impl From<jobview::Error> for Failure {
    fn from(error: jobview::Error) -> Self {
        Self { code: Code::Rejected, message: error.message().to_owned(), document: Some(error) }
    }
}

impl From<&Rejected<'_>> for Error {
    fn from(rejected: &Rejected<'_>) -> Self {
        Failure::from(rejected.error.clone()).into()
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let Failure { code, message, document } = failure;
        let mut error = Self {
            code,
            record: 0,
            line: 0,
            column: 0,
            offset: 0,
            kind: [0; 32],
            pointer: [0; 256],
            message: fixed(&message),
        };
        if let Some(document) = document {
            error.record = document.record();
            error.line = document.line();
            error.column = document.column();
            error.offset = document.offset();
            error.kind = fixed(document.kind().name());
            error.pointer = fixed(document.pointer());
        }
        error
    }
}

/// A text with a NUL behind it, cut off before the character for which there is no room.
fn fixed<const N: usize>(text: &str) -> [c_char; N] {
    let mut fixed = [0; N];
    let mut end = text.len().min(N - 1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    for (to, byte) in fixed.iter_mut().zip(&text.as_bytes()[..end]) {
        *to = *byte as c_char;
    }
    fixed
}
