//! Documents from every format that serde knows: written as JSON text, and read by the parser.
//!
//! So there is one reading of the schema only, and what is accepted here is what the parser accepts.

use super::transcode;
use crate::error::Error;
use crate::model::{self, DocumentKind, JobStatus, ResourceType};
use crate::options::Options;
use crate::owned;
use crate::parser::Parser;
use crate::schema::Document;
use bumpalo::Bump;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _};

/// Reads a document of a kind from a format, into views in an arena: made by [`Parser::seed`] (feature `serde`).
///
/// Documents that own their text need no seed, for they are [`Deserialize`], and are written as they are read:
///
/// ```
/// use jobview::owned::JobPage;
///
/// let value = serde_json::json!({"data": [], "links": {"self": "/p", "next": null}});
/// let page: JobPage = serde_json::from_value(value)?;
/// assert_eq!(serde_json::to_string(&page)?, r#"{"data":[],"links":{"self":"/p"}}"#);
///
/// let error = serde_json::from_str::<JobPage>(r#"{"data": 7}"#).unwrap_err();
/// assert_eq!(error.to_string(), "wrong-type at /data: expected an array, found 7");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct ViewSeed<'p, 'a, D: Document> {
    parser: &'p mut Parser<D>,
    arena: &'a Bump,
}

impl<D: Document> Parser<D> {
    /// Reads a document from any self-describing format that serde knows, as
    /// [`deserialize`](DeserializeSeed::deserialize) is called (feature `serde`).
    ///
    /// What the format holds is written as JSON text into the arena, in one allocation, and [parsed](Self::parse)
    /// there: views borrow from the arena alone. Accepted is what the parser accepts, as far as the format tells:
    ///
    /// - a format may refuse what is JSON, such as numbers beyond `f64`; serde_json does;
    /// - numbers with a fraction or an exponent are an `f64` by then: `1.00000000000000000001` is an integer, and
    ///   `9007199254740993.0` another one;
    /// - nesting ends at 128 levels;
    /// - what JSON does not have is an error: bytes, numbers that are infinite or none, names that are no text.
    ///
    /// The text of a [`RawJson`](crate::RawJson) is the JSON that was written, not that of the document.
    ///
    /// # Errors
    ///
    /// The error of the format, of which the text has kind, JSON pointer and message of the [`Error`].
    ///
    /// ```
    /// use jobview::{Bump, ErrorResponse, Parser};
    /// use serde::de::DeserializeSeed;
    ///
    /// let value = serde_json::json!({"errors": [{"code": "not_found", "title": "Not found.", "detail": "No"}]});
    /// let arena = Bump::new();
    /// let mut parser = Parser::<ErrorResponse>::new();
    /// let response = parser.seed(&arena).deserialize(value)?;
    /// assert_eq!(response.errors[0].code, Some("not_found"));
    ///
    /// let error = parser.seed(&arena).deserialize(serde_json::json!({"errors": [{}]})).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"missing-member at /errors/0/detail: missing required member "detail""#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn seed<'p, 'a>(&'p mut self, arena: &'a Bump) -> ViewSeed<'p, 'a, D> {
        ViewSeed { parser: self, arena }
    }
}

impl<'de, 'a, D: Document> DeserializeSeed<'de> for ViewSeed<'_, 'a, D> {
    type Value = &'a D::View<'a>;

    fn deserialize<F: Deserializer<'de>>(self, deserializer: F) -> Result<Self::Value, F::Error> {
        let Self { parser, arena } = self;
        let text = transcode::to_json(deserializer)?;
        parser.limit(arena);
        let full = |_| F::Error::custom("arena-limit: the arena has reached its limit");
        let text = arena.try_alloc_slice_copy(&text).map_err(full)?;
        parser.parse(text, arena).map_err(custom)
    }
}

/// The error of a format. Line and offset are those of a text that nobody has seen.
fn custom<E: serde::de::Error>(error: Error) -> E {
    let (kind, pointer) = (error.kind(), error.printable_pointer());
    E::custom(format_args!("{kind} at {pointer}: {}", error.message()))
}

/// Reads a document of a kind, of which there is only one.
fn document<'de, K: Document, T, D: Deserializer<'de>>(
    deserializer: D,
    into_owned: impl FnOnce(&K::View<'_>) -> T,
) -> Result<T, D::Error> {
    let text = transcode::to_json(deserializer)?;
    let arena = Bump::new();
    let mut parser = Options::new().learning(false).parser::<K>();
    parser.parse(&text, &arena).map(into_owned).map_err(custom)
}

/// Owned documents, and the kinds that they are.
macro_rules! documents {
    ($($owned:ident $kind:ident,)*) => {$(
        /// Accepts what a parser of the kind does; see [`Parser::seed`] for what formats lose.
        impl<'de> Deserialize<'de> for owned::$owned {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                document::<model::$kind<'static>, _, _>(deserializer, |view| view.into_owned())
            }
        }
    )*};
}

documents! {
    JobResponse JobResponse,
    JobCompound JobCompound,
    SparseJobCompound SparseJobCompound,
    JobPage JobPage,
    SparseJobPage SparseJobPage,
    ImportErrorPage ImportErrorPage,
    SparseImportErrorPage SparseImportErrorPage,
    IdentifierPage IdentifierPage,
    ErrorResponse ErrorResponse,
    JobDocument JobDocument,
    SparseJobDocument SparseJobDocument,
}

/// Choices, by their names, and no others.
macro_rules! choices {
    ($($type:ident $(<$lifetime:lifetime>)?)*) => {$(
        impl<'de $(, $lifetime)?> Deserialize<'de> for $type $(<$lifetime>)? {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const NAMES: [&str; $type::ALL.len()] = {
                    let mut names = [""; $type::ALL.len()];
                    let mut n = 0;
                    while n < names.len() {
                        names[n] = $type::ALL[n].as_str();
                        n += 1;
                    }
                    names
                };
                let name = String::deserialize(deserializer)?;
                let found = $type::ALL.into_iter().find(|one| one.as_str() == name);
                found.ok_or_else(|| D::Error::unknown_variant(&name, &NAMES))
            }
        }
    )*};
}

choices!(JobStatus<'a> ResourceType DocumentKind);

/// One of those that the schema names. Others come from a [`Parser::seed`] whose options have them kept.
impl<'de> Deserialize<'de> for owned::JobStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        JobStatus::deserialize(deserializer).map(JobStatus::into_owned)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for model::Timestamp<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&str>::deserialize(deserializer).map(Self::new)
    }
}

impl<'de> Deserialize<'de> for owned::Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(model::Timestamp::new(&text).into_owned())
    }
}

/// Any value that JSON has, too.
impl<'de> Deserialize<'de> for owned::RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = transcode::to_json(deserializer)?;
        let text = std::str::from_utf8(&text).map_err(D::Error::custom)?;
        text.parse().map_err(custom)
    }
}
