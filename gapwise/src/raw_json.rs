//! A JSON value that is kept as it was written, borrowed or owned.

use crate::error::Error;
use std::fmt;
use std::str::FromStr;

/// Any JSON value, exactly as it is written in the document: checked, but not taken apart.
///
/// If you do not read it, it costs nothing more. To read it, give the text to a parser of your choice, or call
/// `to_value` (feature `simd-json`).
///
/// ```
/// use gapwise::{Arena, Parser, RawJson, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     fields: RawJson<'a>,
/// }
///
/// let arena = Arena::new();
/// let line = Parser::<Line>::new().parse(br#"{"fields": {"port": 80}}"#, &arena)?;
/// assert_eq!(line.fields.as_str(), r#"{"port": 80}"#);
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct RawJson<'a>(&'a str);

impl<'a> RawJson<'a> {
    /// Wraps text that is known to be JSON.
    pub(crate) const fn new(json: &'a str) -> Self {
        Self(json)
    }

    /// The text of the value: one JSON value (RFC 8259) without white space around it.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, RawJson, View};
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Line<'a> {
    ///     port: RawJson<'a>,
    /// }
    ///
    /// let arena = Arena::new();
    /// let line = Parser::<Line>::new().parse(br#"{"port": 8e1 }"#, &arena)?;
    /// assert_eq!(line.port.as_str(), "8e1");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// A copy that owns its text.
    ///
    /// ```
    /// use gapwise::RawJson;
    ///
    /// let owned = RawJson::parse("[1, 2]")?.into_owned();
    /// assert_eq!(owned.as_view().as_str(), "[1, 2]");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn into_owned(self) -> OwnedRawJson {
        OwnedRawJson(self.0.into())
    }
}

impl fmt::Debug for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.0)
    }
}

impl fmt::Display for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A [`RawJson`] that owns its text, independent of input and arena. It can be kept, or sent to another thread.
///
/// ```
/// use gapwise::{ErrorKind, OwnedRawJson};
///
/// let json: OwnedRawJson = r#" {"login": "nobody"} "#.parse()?;
/// assert_eq!(json.as_str(), r#"{"login": "nobody"}"#);
/// assert_eq!("{".parse::<OwnedRawJson>().unwrap_err().kind(), ErrorKind::UnexpectedEnd);
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OwnedRawJson(Box<str>);

impl OwnedRawJson {
    /// One JSON value (RFC 8259), exactly as it is written, without white space around it.
    ///
    /// ```
    /// use gapwise::OwnedRawJson;
    ///
    /// let json: OwnedRawJson = " [1,  2] ".parse()?;
    /// assert_eq!(json.as_str(), "[1,  2]");
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A borrowed view of the same text.
    ///
    /// ```
    /// use gapwise::{OwnedRawJson, RawJson};
    ///
    /// let json: OwnedRawJson = "[1, 2]".parse()?;
    /// assert_eq!(json.as_view(), RawJson::parse("[1, 2]")?);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn as_view(&self) -> RawJson<'_> {
        RawJson::new(&self.0)
    }
}

impl FromStr for OwnedRawJson {
    type Err = Error;

    /// Checks the text, as [`RawJson::parse`] does.
    fn from_str(json: &str) -> Result<Self, Error> {
        RawJson::parse(json).map(RawJson::into_owned)
    }
}

impl fmt::Debug for OwnedRawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.0)
    }
}

impl fmt::Display for OwnedRawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
