//! What went wrong with one profile of an import.

use super::{ObjectLinks, RawJson};

/// A resource of the type `import-error` (schema `ImportErrorResponseObjectResource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportError<'a> {
    /// Unique identifier of the error: a UUID.
    pub id: &'a str,
    /// What went wrong.
    pub attributes: ImportErrorAttributes<'a>,
    /// Where the error itself is found.
    pub links: Option<ObjectLinks<'a>>,
}

/// What went wrong, with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportErrorAttributes<'a> {
    /// Tells errors of one sort from others, for programs.
    pub code: &'a str,
    /// The sort of the error, for people.
    pub title: &'a str,
    /// What went wrong this time, for people.
    pub detail: &'a str,
    /// Which part of the request was the cause.
    pub source: ErrorSource<'a>,
    /// What was sent for the profile: any JSON.
    pub original_payload: Option<RawJson<'a>>,
}

/// The part of a request that caused an error (schema `ErrorSource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorSource<'a> {
    /// A JSON pointer (RFC 6901) into the body of the request.
    pub pointer: &'a str,
}
