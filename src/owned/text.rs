//! Texts that mean something: points in time, and JSON that nobody has looked into.

use super::IntoOwned;
use crate::error::Error;
use crate::model::{self, TimestampError};
use std::fmt;
use std::str::FromStr;

/// See [`Timestamp`](model::Timestamp).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// The text of the document.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z; see
    /// [`Timestamp::unix_micros`](model::Timestamp::unix_micros).
    ///
    /// # Errors
    ///
    /// [`TimestampError`] for a text that is no RFC 3339 date and time.
    pub fn unix_micros(&self) -> Result<i64, TimestampError> {
        model::Timestamp::new(&self.0).unix_micros()
    }
}

impl IntoOwned for model::Timestamp<'_> {
    type Owned = Timestamp;

    fn into_owned(self) -> Timestamp {
        Timestamp(self.as_str().into())
    }
}

impl model::Timestamp<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> Timestamp {
        IntoOwned::into_owned(self)
    }
}

/// See [`RawJson`](model::RawJson).
///
/// ```
/// use jobview::{ErrorKind, owned};
///
/// let json: owned::RawJson = r#" {"email": "nobody"} "#.parse()?;
/// assert_eq!(json.as_str(), r#"{"email": "nobody"}"#);
/// assert_eq!("{".parse::<owned::RawJson>().unwrap_err().kind(), ErrorKind::UnexpectedEnd);
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson(Box<str>);

impl RawJson {
    /// One JSON value (RFC 8259), as it is written, without white space around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The view of it.
    pub fn as_view(&self) -> model::RawJson<'_> {
        model::RawJson::new(&self.0)
    }
}

impl FromStr for RawJson {
    type Err = Error;

    /// As [`RawJson::parse`](model::RawJson::parse).
    fn from_str(json: &str) -> Result<Self, Error> {
        model::RawJson::parse(json).map(model::RawJson::into_owned)
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.0)
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl IntoOwned for model::RawJson<'_> {
    type Owned = RawJson;

    fn into_owned(self) -> RawJson {
        RawJson(self.as_str().into())
    }
}

impl model::RawJson<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> RawJson {
        IntoOwned::into_owned(self)
    }
}
