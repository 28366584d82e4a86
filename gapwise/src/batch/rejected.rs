//! A record that is not a valid document.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;
use std::fmt;

/// A record that is no valid document, handed back as it came.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(b"{\"message\":7}\n", &arena);
/// let rejected = &batch.rejected()[0];
/// assert_eq!((rejected.raw, rejected.error.pointer()), (&br#"{"message":7}"#[..], "/message"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// A copy that owns its bytes: to keep it, to send it to another thread, or to return it as an error.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// fn check(input: &[u8]) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    ///     let arena = Arena::new();
    ///     let batch = Parser::<Line>::new().parse_batch(input, &arena);
    ///     match batch.rejected() {
    ///         [] => Ok(batch.documents().len()),
    ///         [first, ..] => Err(first.clone().into_owned().into()),
    ///     }
    /// }
    /// assert_eq!(check(b"{\"message\":\"start\"}").unwrap(), 1);
    /// assert!(check(b"{\"message\":7}").unwrap_err().to_string().contains("/message"));
    /// ```
    pub fn into_owned(self) -> OwnedRejected {
        let Self { raw, error, remainder, more } = self;
        OwnedRejected { raw: raw.into(), error, remainder, more }
    }

    /// What was wrong, without the place: the message of the error. Where the rest of the input was rejected, too, the
    /// text says so.
    ///
    /// ```
    /// use gapwise::{Arena, Framing, Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
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

/// A [`Rejected`] record that owns its bytes.
///
/// ```
/// use gapwise::{Arena, OwnedRejected, Parser, Rejected, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// fn check(input: &[u8]) -> Vec<OwnedRejected> {
///     let arena = Arena::new();
///     let batch = Parser::<Line>::new().parse_batch(input, &arena);
///     batch.into_rejected().into_iter().map(Rejected::into_owned).collect()
/// }
/// let rejected = check(b"{\"message\":\"start\"}\n{\"message\":7}\n");
/// assert_eq!((&*rejected[0].raw, rejected[0].error.line()), (&br#"{"message":7}"#[..], 2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnedRejected {
    /// The bytes of the record; see [`Rejected::raw`].
    pub raw: Box<[u8]>,
    /// What was wrong with it, and where.
    pub error: Error,
    /// Whether `raw` is all the rest of the input; see [`Rejected::remainder`].
    pub remainder: bool,
    /// Whether `raw` is a piece of the record only; see [`Rejected::more`].
    pub more: bool,
}

impl OwnedRejected {
    /// The same, borrowed.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{}", &arena);
    /// let kept = batch.rejected()[0].clone().into_owned();
    /// assert_eq!(kept.as_view(), batch.rejected()[0]);
    /// ```
    pub fn as_view(&self) -> Rejected<'_> {
        let Self { raw, error, remainder, more } = self;
        Rejected { raw, error: error.clone(), remainder: *remainder, more: *more }
    }
}

impl fmt::Display for OwnedRejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_view().fmt(f)
    }
}

impl std::error::Error for OwnedRejected {}
