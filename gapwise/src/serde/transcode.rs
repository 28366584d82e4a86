//! Converts from one format to another, without a schema.
//!
//! It builds a tree that keeps the order of members and their duplicates. Passing values directly from one format to
//! the other would convert an error of the first into one of the second at each level. Some formats quote the inner
//! message each time, so that a few dozen levels produce a text that fills the memory.

use crate::raw_json::RawJson;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::fmt;

/// How many arrays and objects may be open at once. The traits of serde require recursion; serde_json has the same
/// limit.
const MAX_DEPTH: u8 = 128;

/// Writes the data of a format as JSON text.
pub(super) fn to_json<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let json = Depth(0).deserialize(deserializer)?;
    serde_json::to_vec(&json).map_err(D::Error::custom)
}

/// Writes a JSON value in another format.
pub(super) fn from_json<S: Serializer>(
    json: RawJson<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json.as_str());
    let json = Depth(0).deserialize(&mut deserializer).map_err(S::Error::custom)?;
    json.serialize(serializer)
}

/// The name of the member by which serde_json represents a number as an object. It does so for all numbers if any
/// package of a program enables its feature `arbitrary_precision`.
const EXACT_NUMBER: &str = "$serde_json::private::Number";

/// Whether `arbitrary_precision` is enabled in this program.
fn has_exact_numbers() -> bool {
    serde_json::from_str::<serde_json::Number>("1e999").is_ok()
}

/// Converts a number that was handed out as text to what it would be without that feature.
fn number<'t, E: serde::de::Error>(text: String) -> Result<Json<'t>, E> {
    let number: serde_json::Number = text.parse().map_err(E::custom)?;
    let integer = number.as_i64().map(Json::Signed).or(number.as_u64().map(Json::Unsigned));
    let float = || number.as_f64().filter(|float| float.is_finite()).map(Json::Float);
    integer.or_else(float).ok_or_else(|| E::custom("number out of range"))
}

/// Any JSON value.
enum Json<'t> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    WideSigned(i128),
    WideUnsigned(u128),
    Float(f64),
    Text(Cow<'t, str>),
    Array(Vec<Json<'t>>),
    Object(Vec<(String, Json<'t>)>),
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Signed(number) => serializer.serialize_i64(*number),
            Self::Unsigned(number) => serializer.serialize_u64(*number),
            Self::WideSigned(number) => serializer.serialize_i128(*number),
            Self::WideUnsigned(number) => serializer.serialize_u128(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// Reads a value that is nested in this many arrays and objects.
#[derive(Clone, Copy)]
struct Depth(u8);

impl Depth {
    /// The depth one level further inside.
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.0 {
            MAX_DEPTH => {
                Err(E::custom(format_args!("nested deeper than the limit of {MAX_DEPTH}")))
            }
            depth => Ok(Self(depth + 1)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self.deeper()?)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self.deeper()?)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Signed(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Unsigned(number))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Json<'de>, E> {
        Ok(Json::WideSigned(number))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Json<'de>, E> {
        Ok(Json::WideUnsigned(number))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Json<'de>, E> {
        match number.is_finite() {
            true => Ok(Json::Float(number)),
            false => Err(E::invalid_value(Unexpected::Float(number), &self)),
        }
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_string<E>(self, text: String) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let inside = self.deeper()?;
        let mut items = vec![];
        while let Some(item) = access.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json<'de>, A::Error> {
        let inside = self.deeper()?;
        let mut members = vec![];
        while let Some(name) = access.next_key::<String>()? {
            if name == EXACT_NUMBER && members.is_empty() && has_exact_numbers() {
                return number(access.next_value()?);
            }
            members.push((name, access.next_value_seed(inside)?));
        }
        Ok(Json::Object(members))
    }
}
