//! What can be done with JSON that no schema describes: check it.

use crate::decode::{Origin, locate, skip_value, skip_whitespace};
use crate::error::{Error, ErrorKind, Expected, Fault};
use crate::model::RawJson;
use crate::options::MAX_DEPTH;

impl<'a> RawJson<'a> {
    /// Checks that a text is one JSON value (RFC 8259), nested up to [`MAX_DEPTH`]. White space may stand around it,
    /// and is left out.
    ///
    /// # Errors
    ///
    /// An [`Error`] when it is anything else.
    ///
    /// ```
    /// use jobview::{ErrorKind, RawJson};
    ///
    /// assert_eq!(RawJson::parse(" [1, 1e400] ")?.as_str(), "[1, 1e400]");
    ///
    /// let error = RawJson::parse(r#"{"a": [1, 01]}"#).unwrap_err();
    /// assert_eq!((error.kind(), error.pointer()), (ErrorKind::InvalidNumber, "/a/1"));
    /// # Ok::<(), jobview::Error>(())
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
                Err(locate(fault, bytes, origin))
            }
        }
    }
}
