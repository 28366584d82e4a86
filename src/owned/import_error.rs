//! What went wrong with one profile of an import.

use super::{ObjectLinks, RawJson};

super::mirrors! {
    /// See [`ImportError`](crate::ImportError).
    pub struct ImportError {
        /// Unique identifier of the error.
        pub id: Box<str>,
        /// What went wrong.
        pub attributes: ImportErrorAttributes,
        /// Where the error itself is found.
        pub links: Option<ObjectLinks>,
    }

    /// See [`ImportErrorAttributes`](crate::ImportErrorAttributes).
    pub struct ImportErrorAttributes {
        /// Tells errors of one sort from others, for programs.
        pub code: Box<str>,
        /// The sort of the error, for people.
        pub title: Box<str>,
        /// What went wrong this time, for people.
        pub detail: Box<str>,
        /// Which part of the request was the cause.
        pub source: ErrorSource,
        /// What was sent for the profile: any JSON.
        pub original_payload: Option<RawJson>,
    }

    /// See [`ErrorSource`](crate::ErrorSource).
    pub struct ErrorSource {
        /// A JSON pointer into the body of the request.
        pub pointer: Option<Box<str>>,
        /// The parameter in the query of the URL.
        pub parameter: Option<Box<str>>,
    }

    /// See [`SparseImportError`](crate::SparseImportError).
    pub struct SparseImportError {
        /// As in an [`ImportError`].
        pub id: Box<str>,
        /// What went wrong, as far as asked for.
        pub attributes: SparseImportErrorAttributes,
        /// As in an [`ImportError`].
        pub links: Option<ObjectLinks>,
    }

    /// See [`SparseImportErrorAttributes`](crate::SparseImportErrorAttributes).
    pub struct SparseImportErrorAttributes {
        /// Tells errors of one sort from others, for programs.
        pub code: Option<Box<str>>,
        /// The sort of the error, for people.
        pub title: Option<Box<str>>,
        /// What went wrong this time, for people.
        pub detail: Option<Box<str>>,
        /// Which part of the request was the cause.
        pub source: Option<ErrorSource>,
        /// What was sent for the profile: any JSON.
        pub original_payload: Option<RawJson>,
    }
}
