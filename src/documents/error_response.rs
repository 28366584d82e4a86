//! Error objects (JSON:API): the answer to a request that failed.

use super::told::not_of;
use gapwise::{RawJson, View};

/// The answer to a request that failed: errors instead of `data` (JSON:API, error objects).
///
/// No revision of the API describes it; [`ResponseError`] says which members are accepted and where they come from.
///
/// ```
/// use jobview::{Arena, ErrorResponse, Parser};
///
/// let json = br#"{"errors": [{"id": "d2ef", "status": 404, "code": "not_found", "title": "Not found.",
///     "detail": "Invalid job id", "source": {"pointer": "/data/"}}]}"#;
/// let arena = Arena::new();
/// let response = Parser::<ErrorResponse>::new().parse(json, &arena)?;
/// assert_eq!(response.errors[0].status, Some(404));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedErrorResponse", owned_derive(Eq, Hash), another_kind = not_of::errors)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ErrorResponse<'a> {
    /// The errors, in the order of the document.
    pub errors: &'a [ResponseError<'a>],
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// An error of an [`ErrorResponse`] (JSON:API, error objects).
///
/// No revision of the API describes it. Accepted is what the API sends, and what JSON:API says:
///
/// | member | the API | JSON:API, and those who follow it |
/// |---|---|---|
/// | `id` | a text | may be absent |
/// | `status` | an integer: `401` | a text of digits, `"401"`: no recorded answer of the API has it, programs that write error bodies of their own by JSON:API do; may be absent |
/// | `code`, `title` | texts | may be absent |
/// | `detail` | a text | nobody is known to leave it out: required |
/// | `source` | `pointer` or `parameter` | may be absent, or have neither |
/// | `meta` | an empty object, if anything | any JSON |
///
/// ```
/// use jobview::{Arena, ErrorResponse, Parser};
///
/// let json = br#"{"errors": [{"status": "401", "detail": "Missing or invalid private key."}]}"#;
/// let arena = Arena::new();
/// let error = Parser::<ErrorResponse>::new().parse(json, &arena)?.errors[0];
/// assert_eq!((error.status, error.code, error.title), (Some(401), None, None));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedResponseError", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ResponseError<'a> {
    /// Unique identifier of this occurrence: a UUID.
    pub id: Option<&'a str>,
    /// The HTTP status code, written as a number or as text.
    #[view(or_text)]
    pub status: Option<i64>,
    /// A code for programs to tell sorts of errors apart.
    pub code: Option<&'a str>,
    /// The sort of the error, for people.
    pub title: Option<&'a str>,
    /// What went wrong this time, for people.
    pub detail: &'a str,
    /// Which part of the request was the cause.
    pub source: Option<ResponseErrorSource<'a>>,
    /// More about the error: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// The part of a request that made it fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedResponseErrorSource", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ResponseErrorSource<'a> {
    /// A JSON pointer (RFC 6901) into the body of the request.
    pub pointer: Option<&'a str>,
    /// The parameter in the query of the URL.
    pub parameter: Option<&'a str>,
}
