//! JSON without a schema: check it, or convert it to a tree.

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
    /// Checks that a text is one JSON value (RFC 8259), nested up to [`MAX_DEPTH`]. White space around it is allowed,
    /// and is not part of the result.
    ///
    /// # Errors
    ///
    /// An [`Error`] if the text is anything else.
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
    /// Its strings are in the arena: the JSON is copied there, and simd-json unescapes it in place. Arrays and objects
    /// are on the heap, because simd-json allocates them there. simd-json reads nested values by recursion.
    /// [`MAX_DEPTH`] bounds that, and so does simd-json's own limit, which is the same number of levels.
    ///
    /// # Errors
    ///
    /// [`TreeError`] if there is no memory, or if simd-json refuses a value that is valid JSON: an integer that fits in
    /// neither `i64` nor `u64`, any other number beyond `f64`, or a string of 4 GiB.
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

/// Why a value could not be converted to a tree (feature `simd-json`).
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
    /// simd-json refused the value.
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
