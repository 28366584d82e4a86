//! Documents of which only some fields were requested, with `fields[...]` (JSON:API, sparse fieldsets).
//!
//! Each type mirrors the type of the same name, but all members except `type`, `id` and `links` may be absent. The
//! sparse types of the other bulk jobs are in the modules of their kinds; see [`jobs`](crate::jobs).
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
