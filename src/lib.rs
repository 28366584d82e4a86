//! The tour is the README:
#![doc = include_str!("../README.md")]

mod documents;
mod engine;
mod jobs;
mod resources;

pub mod owned;

pub use documents::{
    DocumentKind, ErrorResponse, IdentifierPage, ImportErrorIdentifierPage, ImportErrorPage,
    JobCompound, JobDocument, JobPage, JobResponse, ListIdentifierPage, ProfileIdentifierPage,
    ResourceType, ResponseError, ResponseErrorSource, SparseImportErrorPage, SparseJobCompound,
    SparseJobDocument, SparseJobPage, UnknownKind,
};
#[cfg(feature = "bytes")]
pub use engine::BatchDecoder;
pub use engine::{Batch, BatchFeed, BatchReader, Parser, Record, Records, Workers};
pub use gapwise;
/// The kinds of the job endpoints:
///
/// | kind | answers | schema |
/// |---|---|---|
/// | [`JobResponse`] | POST a job | `PostProfileImportJobResponse` |
/// | [`JobCompound`] | GET a job | `GetProfileImportJobResponseCompoundDocument` |
/// | [`JobPage`] | GET jobs | `GetProfileImportJobResponseCollectionCompoundDocument` |
/// | [`ImportErrorPage`] | GET the import errors of a job | `GetImportErrorResponseCollection` |
/// | [`IdentifierPage`] | GET a relationship of a job | `GetProfileImportJob...RelationshipsResponseCollection` |
/// | [`ErrorResponse`] | all, with a status of 4xx or 5xx | the API's error objects |
/// | [`JobDocument`] | all of them mixed | |
/// | [`SparseJobCompound`], [`SparseJobPage`], [`SparseImportErrorPage`], [`SparseJobDocument`] | the same, asked for with `fields[...]` | the same, with nothing required but `type`, `id` and `links` |
#[doc(inline)]
pub use gapwise::Document;
#[cfg(feature = "bytes")]
#[doc(hidden)]
pub use gapwise::GuessedBatch;
#[cfg(feature = "bytes")]
#[doc(inline)]
pub use gapwise::OwnedBatch;
/// For the command: batches that are parsed before it is known that they begin where they seem to.
#[doc(hidden)]
pub use gapwise::Renumbering;
#[cfg(feature = "simd-json")]
#[doc(inline)]
pub use gapwise::TreeError;
/// Documents that own their text need no seed, for they are `Deserialize`, and are written as they are read:
///
/// ```
/// use jobview::owned::JobPage;
///
/// let value = serde_json::json!({"data": [], "links": {"self": "/p", "next": null}});
/// let page: JobPage = serde_json::from_value(value)?;
/// assert_eq!(serde_json::to_string(&page)?, r#"{"data":[],"links":{"self":"/p"}}"#);
///
/// let error = serde_json::from_str::<JobPage>(r#"{"data": 7}"#).unwrap_err();
/// assert_eq!(error.to_string(), "wrong-type at /data: expected an array, found 7");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "serde")]
#[doc(inline)]
pub use gapwise::ViewSeed;
#[doc(inline)]
pub use gapwise::{
    Bump, Category, Certainty, Detection, Drift, Error, ErrorKind, Formats, Framing, Kernel,
    Learned, LearnedGap, MAX_DEPTH, Options, Pointer, PointerError, Position, RawJson, Rejected,
    STREAM_RECORD_BYTES, UnknownMember, UnknownMembers, UnknownVariants,
};
pub use jobs::Jobs;
pub use resources::{
    ErrorSource, ImportError, ImportErrorAttributes, ImportErrorIdentifier,
    ImportErrorRelationship, IncludedList, Job, JobAttributes, JobRelationships, JobStatus,
    ListAttributes, ListIdentifier, ListRelationship, ObjectLinks, PageLinks, ProfileIdentifier,
    ProfileRelationship, RelatedLinks, RelationshipLinks, SparseImportError,
    SparseImportErrorAttributes, SparseJob, SparseJobAttributes, Timestamp, TimestampError,
};
