//! The tour is the README:
#![doc = include_str!("../README.md")]

mod batch;
mod decode;
mod error;
mod kernel;
mod model;
mod options;
mod parser;
mod schema;
mod stream;

pub mod owned;

pub use batch::{Batch, Position, Record, Records, Rejected};
pub use bumpalo::Bump;
pub use decode::{Drift, Learned, LearnedGap, UnknownMember};
pub use error::{Category, Error, ErrorKind};
pub use kernel::Kernel;
pub use model::{
    ImportErrors, Job, JobAttributes, JobRelationships, JobResponse, JobStatus, ObjectLinks,
    RelatedLinks, Relationship, RelationshipLinks, ResourceIdentifier, Timestamp, TimestampError,
};
pub use options::{Framing, MAX_DEPTH, Options, STREAM_RECORD_BYTES, UnknownMembers};
pub use parser::Parser;
#[cfg(feature = "bytes")]
pub use stream::{BatchDecoder, OwnedBatch};
pub use stream::{BatchFeed, BatchReader, Workers};
