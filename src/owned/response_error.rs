//! Why a request failed.

use super::RawJson;

super::mirrors! {
    /// See [`ResponseError`](crate::ResponseError).
    pub struct ResponseError {
        /// Unique identifier of this occurrence.
        pub id: Option<Box<str>>,
        /// The status code of HTTP.
        pub status: Option<i64>,
        /// Tells errors of one sort from others, for programs.
        pub code: Option<Box<str>>,
        /// The sort of the error, for people.
        pub title: Option<Box<str>>,
        /// What went wrong this time, for people.
        pub detail: Box<str>,
        /// Which part of the request was the cause.
        pub source: Option<ResponseErrorSource>,
        /// More about the error: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`ResponseErrorSource`](crate::ResponseErrorSource).
    pub struct ResponseErrorSource {
        /// A JSON pointer into the body of the request.
        pub pointer: Option<Box<str>>,
        /// The parameter in the query of the URL.
        pub parameter: Option<Box<str>>,
    }
}
