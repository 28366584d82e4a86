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
/// A parser of jobview is of one of these: [`JobResponse`], [`JobCompound`], [`JobPage`], [`ImportErrorPage`],
/// [`IdentifierPage`], [`ErrorResponse`], those of other bulk jobs in [`jobs`], or [`JobDocument`], which is any of them.
/// Those in [`sparse`] are for what was asked for with `fields[...]`: nothing is required in them but `type`, `id` and
/// `links`. Which endpoints answer with what, and by which schema, is in the table of [`DocumentKind`].
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
    Arena, BatchRecords, Category, Certainty, Detection, Drift, Error, ErrorKind, Formats, Framing,
    IntoRecords, Kernel, Learned, LearnedGap, MAX_DEPTH, Options, Place, PlacedRecords, Pointer,
    PointerError, Position, PositionError, RawJson, Rejected, STREAM_RECORD_BYTES, UnknownMember,
    UnknownMembers, UnknownVariants,
};
pub use resources::{Job, JobStatus, Latest, Timestamp, TimestampError};
