//! A record that is not a valid document.

use crate::error::{Error, ErrorKind};
use std::borrow::Cow;
use std::fmt;

/// A record that is not a valid document, handed back unchanged.
///
/// The line and offset of its `error` are those of the byte that is wrong. For the line and offset at which the record
/// begins, go through [`Batch::records`](crate::Batch::records) or
/// [`Records::with_places`](crate::Records::with_places). A record that is too long for a stream comes in pieces: all but
/// the last have `more` set.
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
    /// The bytes of the record, without the line ending in NDJSON.
    pub raw: &'a [u8],
    /// What was wrong with the record, and where.
    pub error: Error,
    /// Whether `raw` is the entire rest of the input, because the start of the next record cannot be found.
    ///
    /// This happens if [`Options::framing`](crate::Options::framing) is set to an array or to concatenated documents,
    /// and a record is not even JSON, or the input is not an array. It also happens if a record is too large and does
    /// not end.
    pub remainder: bool,
    /// Whether `raw` is only a piece of the record. If so, the next rejected record is the next piece, with the same
    /// error. Records of a slice are always whole. Records of a stream come in pieces if they are longer than what is
    /// held of the stream.
    pub more: bool,
}

impl Rejected<'_> {
    /// A copy that owns its bytes. It can be kept, sent to another thread, or returned as an error.
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

    /// The message of the error, without the place. It says so if the rest of the input was rejected, too.
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

    /// What the user may do about a remainder.
    fn advice(&self) -> &'static str {
        match (self.remainder, self.error.kind()) {
            // Leaving the framing unset would not make the record smaller.
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
    /// What was wrong with the record, and where.
    pub error: Error,
    /// Whether `raw` is the entire rest of the input; see [`Rejected::remainder`].
    pub remainder: bool,
    /// Whether `raw` is only a piece of the record; see [`Rejected::more`].
    pub more: bool,
}

impl OwnedRejected {
    /// A borrowed view of this record.
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
