//! Texts that mean something: points in time, and JSON that nobody has looked into.

use super::IntoOwned;
use crate::model::{self, TimestampError};

pub use gapwise::OwnedRawJson as RawJson;

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
