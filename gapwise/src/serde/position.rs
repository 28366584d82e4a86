//! Positions, for checkpoints.

use crate::batch::Position;
use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// Written as text.
///
/// ```
/// use gapwise::Position;
///
/// let position = Position::at_line(3_000_000, 1000, 1001);
/// let json = serde_json::to_string(&position)?;
/// assert_eq!(serde_json::from_str::<Position>(&json)?, position);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from text.
///
/// ```
/// assert!(serde_json::from_str::<gapwise::Position>("7").is_err());
/// ```
impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Position;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a position")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Position, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
