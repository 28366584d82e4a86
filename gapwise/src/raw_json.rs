//! A JSON value that is kept as it was written, borrowed or owned.

use crate::error::Error;
use std::fmt;
use std::str::FromStr;

/// Any JSON value, as it stands in the document: checked, and not taken apart.
///
/// It costs nothing to those who do not read it. Whoever does, gives the text to a parser of their choice, or
/// takes `to_value` (feature `simd-json`).
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
    /// What was found to be JSON.
    pub(crate) const fn new(json: &'a str) -> Self {
        Self(json)
    }

    /// The text of the document: one JSON value (RFC 8259) without white space around it.
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

/// A [`RawJson`] that owns its text: free of input and arena, to keep or to send away.
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
    /// One JSON value (RFC 8259), as it is written, without white space around it.
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

    /// The view of it: the same text, borrowed.
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

    /// As [`RawJson::parse`].
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
