//! Documents of which only some fields were asked for, with `fields[...]` (JSON:API, sparse fieldsets).
//!
//! Each type mirrors the one of the same name, but that all members may be absent, except `type`, `id` and `links`. Those
//! of the other bulk jobs are in the module of their kind; see [`jobs`](crate::jobs).
//!
//! ```
//! use jobview::{Arena, JobStatus, Parser, sparse};
//!
//! // GET /api/profile-bulk-import-jobs?fields[profile-bulk-import-job]=status
//! let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "j", "links": {"self": "/j"},
//!     "attributes": {"status": "queued"}}]}"#;
//! let arena = Arena::new();
//! let page = Parser::<sparse::JobPage>::new().parse(json, &arena)?;
//! let attributes = page.data[0].attributes;
//! assert_eq!((attributes.status, attributes.total_count), (Some(JobStatus::Queued), None));
//! # Ok::<(), jobview::Error>(())
//! ```

#[doc(inline)]
pub use crate::documents::{
    SparseImportErrorPage as ImportErrorPage, SparseJobCompound as JobCompound,
    SparseJobDocument as JobDocument, SparseJobPage as JobPage,
};
#[doc(inline)]
pub use crate::resources::{
    SparseCatalogJobAttributes as CatalogJobAttributes, SparseImportError as ImportError,
    SparseImportErrorAttributes as ImportErrorAttributes, SparseJob as Job,
    SparseJobAttributes as JobAttributes,
    SparseSuppressionJobAttributes as SuppressionJobAttributes,
};
