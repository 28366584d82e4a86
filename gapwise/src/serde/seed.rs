//! Reads a document from a format: writes it as JSON text, and parses that.

use super::transcode;
use crate::arena::{Arena, ArenaFull};
use crate::error::{Error, Printable};
use crate::parser::Parser;
use crate::schema::Document;
use serde::de::{DeserializeSeed, Deserializer, Error as _};

/// Reads a document of one kind from a format into views in an arena, made by [`Parser::seed`] (feature `serde`).
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// use serde::de::DeserializeSeed;
///
/// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
/// let seed = parser.seed(&arena);
/// let line = seed.deserialize(serde_json::json!({"message": "start"}))?;
/// assert_eq!(line.message, "start");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct ViewSeed<'p, 'a, D: Document> {
    parser: &'p mut Parser<D>,
    arena: &'a Arena,
}

impl<D: Document> Parser<D> {
    /// Reads a document from any self-describing format that serde supports, when
    /// [`deserialize`](DeserializeSeed::deserialize) is called (feature `serde`).
    ///
    /// The data of the format is written as JSON text into the arena, in one allocation, and [parsed](Self::parse)
    /// there. So views borrow from the arena alone. What is accepted is what the parser accepts, within the limits of
    /// the format:
    ///
    /// - a format may refuse valid JSON, such as numbers beyond `f64`; serde_json does;
    /// - numbers with a fraction or an exponent have already been converted to `f64`: `1.00000000000000000001` is an
    ///   integer, and `9007199254740993.0` is a different integer;
    /// - nesting ends at 128 levels;
    /// - data that JSON cannot represent is an error: bytes, infinite numbers and NaN, and names that are not strings.
    ///
    /// The text of a [`RawJson`](crate::RawJson) is the JSON that was written, not the text of the original document.
    ///
    /// # Errors
    ///
    /// An error of the format. Its text has kind, JSON pointer and message of the [`Error`].
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// use serde::de::DeserializeSeed;
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Push<'a> {
    ///     commits: &'a [Commit<'a>],
    /// }
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// struct Commit<'a> {
    ///     sha: &'a str,
    /// }
    ///
    /// let arena = Arena::new();
    /// let mut parser = Parser::<Push>::new();
    /// let push = parser.seed(&arena).deserialize(serde_json::json!({"commits": [{"sha": "e3f49"}]}))?;
    /// assert_eq!(push.commits[0].sha, "e3f49");
    ///
    /// let error = parser.seed(&arena).deserialize(serde_json::json!({"commits": [{}]})).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"missing-member at /commits/0/sha: missing required member "sha""#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// Owned twins need no seed: with `#[view(serde)]` they implement `Deserialize`, with a parser that does not learn.
    /// They are serialized in the same form in which they are read, and so are views:
    ///
    /// ```
    /// use gapwise::View;
    ///
    /// #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// #[view(owned = "OwnedCommit", serde)]
    /// struct Commit<'a> {
    ///     sha: &'a str,
    ///     #[view(alias = "comment")]
    ///     message: Option<&'a str>,
    /// }
    ///
    /// let value = serde_json::json!({"comment": null, "sha": "e3f49"});
    /// let commit: OwnedCommit = serde_json::from_value(value)?;
    /// assert_eq!(serde_json::to_string(&commit)?, r#"{"sha":"e3f49"}"#);
    ///
    /// let commit = Commit { sha: "e3f49", message: Some("wip") };
    /// assert_eq!(serde_json::to_string(&commit)?, r#"{"sha":"e3f49","message":"wip"}"#);
    ///
    /// let error = serde_json::from_str::<OwnedCommit>(r#"{"sha": 7}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "wrong-type at /sha: expected a string, found 7");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn seed<'p, 'a>(&'p mut self, arena: &'a Arena) -> ViewSeed<'p, 'a, D> {
        ViewSeed { parser: self, arena }
    }
}

impl<'de, 'a, D: Document> DeserializeSeed<'de> for ViewSeed<'_, 'a, D> {
    type Value = &'a D::View<'a>;

    fn deserialize<F: Deserializer<'de>>(self, deserializer: F) -> Result<Self::Value, F::Error> {
        let Self { parser, arena } = self;
        let text = transcode::to_json(deserializer)?;
        arena.limit_to(parser.memory.options.max_arena_bytes);
        let full = |ArenaFull| F::Error::custom("arena-limit: the arena has reached its limit");
        let text = arena.keep_bytes(&text).map_err(full)?;
        parser.parse(text, arena).map_err(custom)
    }
}

/// Like [`custom`], for a value that was parsed as a member with an empty name. The user never saw that member.
pub(super) fn custom_inside<E: serde::de::Error>(error: Error) -> E {
    let pointer = match error.pointer().strip_prefix('/') {
        None | Some("") => "(document)",
        Some(inside) => inside,
    };
    E::custom(format_args!("{} at {}: {}", error.kind(), Printable(pointer), error.message()))
}

/// Converts an error for a format. Line and offset are left out: they refer to a text that the user never saw.
pub(super) fn custom<E: serde::de::Error>(error: Error) -> E {
    let (kind, pointer) = (error.kind(), error.printable_pointer());
    E::custom(format_args!("{kind} at {pointer}: {}", error.message()))
}
