//! Raw JSON as the values that it stands for, rather than as text.

use super::{seed, transcode};
use crate::raw_json::{OwnedRawJson, RawJson};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// Written as the value itself, not as text.
///
/// # Errors
///
/// Fails if the format cannot represent the value: numbers beyond `f64`, and nesting beyond 127 levels.
impl Serialize for RawJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        transcode::from_json(*self, serializer)
    }
}

/// Like [`RawJson`].
impl Serialize for OwnedRawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        transcode::from_json(self.as_view(), serializer)
    }
}

/// Reads any value that JSON can represent.
impl<'de> Deserialize<'de> for OwnedRawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = transcode::to_json(deserializer)?;
        let text = std::str::from_utf8(&text).map_err(D::Error::custom)?;
        text.parse().map_err(seed::custom)
    }
}
