//! What went wrong with one profile of an import.

use super::ObjectLinks;
use gapwise::{RawJson, View};

/// A resource of the type `import-error` (schema `ImportErrorResponseObjectResource`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `type`, `id`, `attributes` and `links` |
/// | 2024-07-15 | no `links` any more; they are still accepted |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedImportError", owned_derive(Eq, Hash), constant("type", "import-error"))]
#[view(
    sparse = "SparseImportError",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseImportError"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ImportError<'a> {
    /// Unique identifier of the error: a UUID.
    #[view(always)]
    pub id: &'a str,
    /// What went wrong.
    #[view(sparse = "SparseImportErrorAttributes<'a>")]
    pub attributes: ImportErrorAttributes<'a>,
    /// Where the error itself is found.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
}

/// What went wrong, and what caused it.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | all members; `original_payload`, an object, may be absent |
/// | 2024-02-15 | `original_payload` may be `null` |
///
/// Every revision requires `code`, `title`, `detail` and `source`. If they were not requested, use
/// [`SparseImportErrorAttributes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedImportErrorAttributes", owned_derive(Eq, Hash))]
#[view(
    sparse = "SparseImportErrorAttributes",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseImportErrorAttributes"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ImportErrorAttributes<'a> {
    /// A code for programs to tell sorts of errors apart.
    pub code: &'a str,
    /// The sort of the error, for people.
    pub title: &'a str,
    /// What went wrong this time, for people.
    pub detail: &'a str,
    /// Which part of the request was the cause.
    pub source: ErrorSource<'a>,
    /// What was sent for the profile: any JSON. `None` if the API does not say.
    pub original_payload: Option<RawJson<'a>>,
}

/// The part of a request that caused an error (schema `ErrorSource`). Any or all of it may be absent.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `pointer`, always there |
/// | 2024-02-15 | `pointer` may be absent (in the text of this revision since 2024-03-22) |
/// | 2025-01-15 | `pointer` may be `null` (since 2025-01-28) |
///
/// No revision has `parameter`, but JSON:API has it here, and so do the error bodies of the API.
///
/// ```
/// use jobview::{Arena, ImportErrorPage, Parser};
///
/// let error = |source: &str| {
///     format!(r#"{{"type": "import-error", "id": "e", "attributes": {{"code": "invalid", "title": "Invalid input.",
///         "detail": "Invalid email address", "source": {source}}}}}"#)
/// };
/// let sources = [r#"{"pointer": "/data"}"#, r#"{"pointer": null}"#, "{}", r#"{"parameter": "page[size]"}"#];
/// let json = format!(r#"{{"data": [{}]}}"#, sources.map(error).join(","));
/// let arena = Arena::new();
/// let page = Parser::<ImportErrorPage>::new().parse(json.as_bytes(), &arena)?;
/// let pointers: Vec<_> = page.data.iter().map(|error| error.attributes.source.pointer).collect();
/// assert_eq!(pointers, [Some("/data"), None, None, None]);
/// assert_eq!(page.data[3].attributes.source.parameter, Some("page[size]"));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedErrorSource", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ErrorSource<'a> {
    /// A JSON pointer (RFC 6901) into the body of the request.
    pub pointer: Option<&'a str>,
    /// The parameter in the query of the URL.
    pub parameter: Option<&'a str>,
}

impl<'a> From<ImportError<'a>> for SparseImportError<'a> {
    fn from(error: ImportError<'a>) -> Self {
        let ImportErrorAttributes { code, title, detail, source, original_payload } =
            error.attributes;
        let attributes = SparseImportErrorAttributes {
            code: Some(code),
            title: Some(title),
            detail: Some(detail),
            source: Some(source),
            original_payload,
        };
        Self { id: error.id, attributes, links: error.links }
    }
}
