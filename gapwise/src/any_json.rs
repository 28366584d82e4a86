//! JSON without a schema: check it, or take it apart.

#[cfg(feature = "simd-json")]
use crate::arena::{Arena, ArenaFull};
use crate::decode::{Origin, locate, skip_value, skip_whitespace};
use crate::error::{Error, ErrorKind, Expected, Fault};
use crate::options::MAX_DEPTH;
use crate::pointer::Pointer;
use crate::raw_json::RawJson;
#[cfg(feature = "simd-json")]
use std::fmt;

impl<'a> RawJson<'a> {
    /// Checks that a text is one JSON value (RFC 8259), nested up to [`MAX_DEPTH`]. White space may stand around it,
    /// and is left out.
    ///
    /// # Errors
    ///
    /// An [`Error`] when it is anything else.
    ///
    /// ```
    /// use gapwise::{ErrorKind, RawJson};
    ///
    /// assert_eq!(RawJson::parse(" [1, 1e400] ")?.as_str(), "[1, 1e400]");
    ///
    /// let error = RawJson::parse(r#"{"a": [1, 01]}"#).unwrap_err();
    /// assert_eq!((error.kind(), error.pointer()), (ErrorKind::InvalidNumber, "/a/1"));
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn parse(json: &'a str) -> Result<Self, Error> {
        let bytes = json.as_bytes();
        let start = skip_whitespace(bytes, 0);
        let checked =
            skip_value(bytes, start, 0, MAX_DEPTH).and_then(|end| {
                match skip_whitespace(bytes, end) {
                    all if all == bytes.len() => Ok(end),
                    more => {
                        let expected = Expected::Words("the end of the value");
                        Err(Fault::expecting(ErrorKind::TrailingBytes, more, expected))
                    }
                }
            });
        match checked {
            Ok(end) => Ok(Self::new(&json[start..end])),
            Err(fault) => {
                let origin = Origin { record: 0, offset: 0, line: 1, line_start: 0 };
                Err(locate(fault, bytes, origin, &Pointer::ROOT))
            }
        }
    }

    /// The value as a tree of simd-json (feature `simd-json`).
    ///
    /// Its texts stand in the arena: a copy of the JSON is made there, which simd-json unescapes in place. Arrays and
    /// objects stand on the heap, for simd-json has them there. It goes down into nested values by recursion, which
    /// [`MAX_DEPTH`] bounds here, as does a limit of its own, of as many levels.
    ///
    /// # Errors
    ///
    /// [`TreeError`] when there is no memory, or where simd-json refuses what is JSON: integers that fit in
    /// neither `i64` nor `u64`, other numbers beyond `f64`, and texts of 4 GiB.
    ///
    /// ```
    /// use gapwise::{Arena, RawJson};
    /// use simd_json::prelude::*;
    ///
    /// let arena = Arena::new();
    /// let payload = RawJson::parse(r#"{"login": "no\u0062ody", "age": 7}"#)?;
    /// let tree = payload.to_value(&arena)?;
    /// assert_eq!(tree.get_str("login"), Some("nobody"));
    /// assert_eq!(tree.get_i64("age"), Some(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "simd-json")]
    pub fn to_value<'v>(self, arena: &'v Arena) -> Result<simd_json::BorrowedValue<'v>, TreeError> {
        let bytes = self.as_str().as_bytes();
        arena.limit_to(None);
        let copy = arena.keep_bytes(bytes).map_err(|ArenaFull| TreeError::ArenaFull)?;
        simd_json::to_borrowed_value(copy).map_err(TreeError::Refused)
    }
}

/// Why there is no tree of a value (feature `simd-json`).
///
/// ```
/// use gapwise::{Arena, RawJson, TreeError};
///
/// let arena = Arena::new();
/// let number = RawJson::parse("1e999")?;
/// assert!(matches!(number.to_value(&arena), Err(TreeError::Refused(_))));
/// # Ok::<(), gapwise::Error>(())
/// ```
#[cfg(feature = "simd-json")]
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum TreeError {
    /// The system has no memory for the tree.
    ArenaFull,
    /// simd-json would not have it.
    Refused(simd_json::Error),
}

#[cfg(feature = "simd-json")]
impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ArenaFull => f.write_str("no memory for the arena"),
            Self::Refused(error) => write!(f, "no tree of this JSON: {error}"),
        }
    }
}

#[cfg(feature = "simd-json")]
impl std::error::Error for TreeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::ArenaFull => None,
            Self::Refused(error) => Some(error),
        }
    }
}
