//! What you get: borrowed views of a document.
//!
//! Plain data to read: [`documents`] are whole answers, [`job`], [`import_error`], [`list`] and [`error`] are what
//! stands in them, [`links`] are everywhere. All views are `Copy`, have no `Drop`, and borrow under one lifetime
//! `'a` from the input and from the arena: text stands in the input where it could stay there, and in the arena
//! where it had escapes; lists stand in the arena. Absent and `null` members are both `None`. For copies that
//! own their text see [`owned`](crate::owned).
//!
//! This module must not know JSON text.

mod documents;
mod error;
mod import_error;
mod job;
mod links;
mod list;
mod sparse;
mod status;
mod timestamp;

pub use gapwise::RawJson;

pub use documents::{
    DocumentKind, ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound, JobDocument,
    JobPage, JobResponse, ResourceType, UnknownKind,
};
pub use error::{ResponseError, ResponseErrorSource};
pub use import_error::{ErrorSource, ImportError, ImportErrorAttributes};
pub use job::{
    ImportErrors, Job, JobAttributes, JobRelationships, Relationship, ResourceIdentifier,
};
pub use links::{ObjectLinks, PageLinks, RelatedLinks, RelationshipLinks};
pub use list::{IncludedList, ListAttributes};
pub use sparse::{
    SparseImportError, SparseImportErrorAttributes, SparseImportErrorPage, SparseJob,
    SparseJobAttributes, SparseJobCompound, SparseJobDocument, SparseJobPage,
};
pub use status::JobStatus;
pub use timestamp::{Timestamp, TimestampError};

const _: () = {
    assert!(size_of::<ResourceIdentifier<'_>>() == 2 * size_of::<usize>());
    assert!(!std::mem::needs_drop::<JobDocument<'_>>());
};
