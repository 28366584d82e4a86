//! A record that is no valid document.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;
use std::fmt;

/// A record that is no valid document, handed back as it came.
///
/// ```
/// use gapwise::{Bump, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Bump::new();
/// let batch = Parser::<Line>::new().parse_batch(b"{\"message\":7}\n", &arena);
/// let rejected = &batch.rejected()[0];
/// assert_eq!((rejected.raw, rejected.error.pointer()), (&br#"{"message":7}"#[..], "/message"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected<'a> {
    /// The bytes of the record, without the end of its line in NDJSON.
    pub raw: &'a [u8],
    /// What was wrong with it, and where.
    pub error: Error,
    /// Whether `raw` is all the rest of the input, because nobody can tell where the next record begins. It is where
    /// [`Options::framing`](crate::Options::framing) has told an array or concatenated documents, and a record is not
    /// even JSON, or the array is none; and where a record is too large and does not end.
    pub remainder: bool,
    /// Whether `raw` is a piece of the record only, and the next rejected record is more of the same, with
    /// the same error. The records of a slice are always whole; those of a stream come in pieces when they
    /// are longer than what is held of it.
    pub more: bool,
}

impl Rejected<'_> {
    /// What was wrong, without the place: the message of the error, and that the rest of the input was
    /// rejected too where it was.
    ///
    /// ```
    /// use gapwise::{Bump, Framing, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Bump::new();
    /// let mut parser = Options::new().framing(Framing::Array).parser::<Line>();
    /// let batch = parser.parse_batch(b"[{\"message\":oops}, {}]", &arena);
    /// assert!(batch.rejected()[0].message().contains("the rest of the input was rejected"));
    /// ```
    pub fn message(&self) -> Cow<'_, str> {
        let message = self.error.message();
        match self.remainder {
            true => Cow::Owned(format!("{message}{REMAINDER}{}", self.advice())),
            false => Cow::Borrowed(message),
        }
    }

    /// What may be done about a remainder.
    fn advice(&self) -> &'static str {
        match (self.remainder, self.error.kind()) {
            // It would be as large if nothing had been told.
            (false, _) | (true, ErrorKind::RecordSizeLimit) => "",
            (true, _) => "; without the option `framing` parsing goes on behind the damage",
        }
    }
}

const REMAINDER: &str = "; where the next record begins is unknown, \
     so that the rest of the input was rejected with this one";

impl fmt::Display for Rejected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        f.write_str(if self.remainder { REMAINDER } else { "" })?;
        f.write_str(self.advice())
    }
}

impl std::error::Error for Rejected<'_> {}
