//! Parses large batches of Klaviyo job response documents into borrowed, arena-backed views.
//!
#![doc = include_str!("../README.md")]
//!
//! # Chart
//!
#![doc = include_str!("performance.svg")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod documents;
mod engine;
mod resources;

pub mod owned;
pub mod sparse;
pub mod views;

pub use documents::{
    Answer, DocumentKind, ErrorResponse, IdentifierPage, ImportErrorIdentifierPage,
    ImportErrorPage, JobCompound, JobDocument, JobPage, JobResponse, Jobs, KindVisitor,
    ListIdentifierPage, ProfileIdentifierPage, ResourceType, UnknownKind, jobs,
};
#[cfg(feature = "bytes")]
pub use engine::BatchDecoder;
pub use engine::{Batch, BatchFeed, BatchReader, Parser, Record, Records, Workers};
pub use gapwise;
/// The kind of document that a parser reads. One of [`JobResponse`], [`JobCompound`], [`JobPage`], [`ImportErrorPage`],
/// [`IdentifierPage`], [`ErrorResponse`], the documents of other bulk jobs in [`jobs`], or [`JobDocument`], which is
/// any of them. Use the types in [`sparse`] if fields were requested with `fields[...]`: they require only `type`, `id`
/// and `links`. The table of [`DocumentKind`] shows which endpoint answers with which kind, and by which schema.
#[doc(inline)]
pub use gapwise::Document;
#[cfg(feature = "bytes")]
#[doc(hidden)]
pub use gapwise::GuessedBatch;
#[cfg(feature = "bytes")]
#[doc(inline)]
pub use gapwise::OwnedBatch;
/// For the command: batches that are parsed before it is certain that they begin at a record.
#[doc(hidden)]
pub use gapwise::Renumbering;
#[cfg(feature = "simd-json")]
#[doc(inline)]
pub use gapwise::TreeError;
/// Owned documents need no seed, because they implement `Deserialize`. They are written as they are read:
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
    Arena, BatchRecords, Category, Certainty, Detection, Drift, Error, ErrorKind, Formats, Framing,
    IntoRecords, Kernel, Learned, LearnedGap, MAX_DEPTH, Options, Place, PlacedRecords, Pointer,
    PointerError, Position, PositionError, RawJson, Rejected, STREAM_RECORD_BYTES, UnknownMember,
    UnknownMembers, UnknownVariants,
};
pub use resources::{Job, JobStatus, Latest, Timestamp, TimestampError};
