//! A page of import errors.

use super::told::not_of;
use crate::resources::{ImportError, PageLinks, SparseImportError};
use gapwise::{RawJson, View};

/// A page of the errors of a job (schema `GetImportErrorResponseCollection`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `links` |
/// | 2024-07-15 | `links` are optional |
/// | 2026-07-15 | `meta`, optional |
///
/// ```
/// use jobview::{Arena, ImportErrorPage, Parser};
///
/// let json = br#"{"data": [{
///     "type": "import-error",
///     "id": "e4eebb08-b055-4a6f-bb13-c8cb69c9eb94",
///     "attributes": {
///         "code": "invalid",
///         "title": "Invalid input.",
///         "detail": "Invalid email address",
///         "source": {"pointer": "/data/attributes/profiles/data/0/attributes/email"},
///         "original_payload": {"email": "nobody"}
///     }
/// }]}"#;
/// let arena = Arena::new();
/// let page = Parser::<ImportErrorPage>::new().parse(json, &arena)?;
/// let error = page.data[0].attributes;
/// assert_eq!(error.code, "invalid");
/// assert_eq!(error.original_payload.unwrap().as_str(), r#"{"email": "nobody"}"#);
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedImportErrorPage", owned_derive(Eq, Hash), another_kind = not_of::import_errors)]
#[view(
    sparse = "SparseImportErrorPage",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseImportErrorPage"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ImportErrorPage<'a> {
    /// The errors, in the order of the document.
    #[view(always, sparse = "&'a [SparseImportError<'a>]")]
    pub data: &'a [ImportError<'a>],
    /// Where the page and its neighbours are found.
    #[view(not_null)]
    pub links: Option<PageLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}
