//! Reads owned twins from every format that serde knows.
//!
//! The document is read by a parser, the only one for its schema, and copied.

use super::{seed, transcode};
use crate::arena::Arena;
use crate::options::Options;
use crate::owned::IntoOwned;
use crate::schema::Document;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _};

/// Reads a document of a given kind.
pub fn read_document<'de, D: Document, T, F: Deserializer<'de>>(
    deserializer: F,
) -> Result<T, F::Error>
where
    for<'a> D::View<'a>: IntoOwned<Owned = T>,
{
    let arena = Arena::new();
    let mut parser = Options::new().learning(false).parser::<D>();
    let view = parser.seed(&arena).deserialize(deserializer)?;
    Ok(IntoOwned::into_owned(*view))
}

/// Reads a value that is not a document. It is parsed as the only member of one, whose name is empty.
pub fn read_alone<'de, D: Document, T, F: Deserializer<'de>>(
    deserializer: F,
    twin: impl Fn(&D::View<'_>) -> T,
) -> Result<T, F::Error> {
    let value = transcode::to_json(deserializer)?;
    let text = [b"{\"\":", &value[..], b"}"].concat();
    let arena = Arena::new();
    let mut parser = Options::new().learning(false).parser::<D>();
    let view = parser.parse(&text, &arena).map_err(seed::custom_inside)?;
    Ok(twin(view))
}

/// Reads one of several strings, each of which stands for a value. Other strings are kept if the type allows it.
pub fn read_choice<'de, T: Clone, F: Deserializer<'de>>(
    deserializer: F,
    names: &'static [&'static str],
    values: &[T],
    other: Option<fn(Box<str>) -> T>,
) -> Result<T, F::Error> {
    let text = String::deserialize(deserializer)?;
    if let Some(at) = names.iter().position(|name| *name == text) {
        return Ok(values[at].clone());
    }
    match other {
        Some(other) => Ok(other(text.into())),
        None => Err(F::Error::unknown_variant(&text, names)),
    }
}

/// Reads a string with a format. As in a document, the format is an annotation.
pub fn read_text<'de, T, F: Deserializer<'de>>(
    deserializer: F,
    text: fn(Box<str>) -> T,
) -> Result<T, F::Error> {
    Box::deserialize(deserializer).map(text)
}
