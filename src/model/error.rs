//! Why a request failed.

use super::RawJson;

/// An error of an [`ErrorResponse`](super::ErrorResponse) (JSON:API, error objects).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseError<'a> {
    /// Unique identifier of this occurrence: a UUID.
    pub id: Option<&'a str>,
    /// The status code of HTTP.
    pub status: Option<i64>,
    /// Tells errors of one sort from others, for programs.
    pub code: &'a str,
    /// The sort of the error, for people.
    pub title: &'a str,
    /// What went wrong this time, for people.
    pub detail: &'a str,
    /// Which part of the request was the cause.
    pub source: Option<ResponseErrorSource<'a>>,
    /// More about the error: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// The part of a request that made it fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResponseErrorSource<'a> {
    /// A JSON pointer (RFC 6901) into the body of the request.
    pub pointer: Option<&'a str>,
    /// The parameter in the query of the URL.
    pub parameter: Option<&'a str>,
}
