//! The tour is the README:
#![doc = include_str!("../README.md")]

mod any_json;
mod batch;
mod decode;
mod error;
mod kernel;
mod kinds;
mod model;
mod options;
mod parser;
mod pointer;
#[cfg(test)]
mod sample;
mod schema;
#[cfg(feature = "serde")]
mod serde;
mod stream;

pub mod owned;

/// What derived code says what it says with.
#[doc(hidden)]
pub mod __private {
    pub use crate::schema::{
        Blank, Choices, Document, Lifetime, Member, Members, OtherText, Part, Plain, Stored, Value,
        View, Within, choices, choices_and_others, choices_and_others_if_wanted,
    };
    pub use std::mem::offset_of;
}

/// Private functions, for fuzz targets.
#[cfg(any(fuzzing, test))]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::decode::fuzzing::{
        Outcome, common_integer, integer, kernel_string, reference_string, short_string,
        skip_number, skip_value,
    };
    pub use crate::kernel::fuzzing::{Answers, Question, ask};
}

// What must hold of those is told where the fuzz targets are, which know the library by its name.
#[cfg(test)]
extern crate self as jobview;
#[cfg(test)]
#[path = "../tests/invariants/private.rs"]
mod invariants;

#[cfg(feature = "simd-json")]
pub use any_json::TreeError;
/// For the command: batches that are parsed before it is known that they begin where they seem to.
#[doc(hidden)]
pub use batch::Renumbering;
pub use batch::{Batch, Certainty, Detection, Position, Record, Records, Rejected};
pub use bumpalo::Bump;
pub use decode::{Drift, Learned, LearnedGap, UnknownMember};
pub use error::{Category, Error, ErrorKind};
pub use kernel::Kernel;
pub use kinds::Jobs;
pub use model::{
    DocumentKind, ErrorResponse, ErrorSource, IdentifierPage, ImportError, ImportErrorAttributes,
    ImportErrorPage, ImportErrors, IncludedList, Job, JobAttributes, JobCompound, JobDocument,
    JobPage, JobRelationships, JobResponse, JobStatus, ListAttributes, ObjectLinks, PageLinks,
    RawJson, RelatedLinks, Relationship, RelationshipLinks, ResourceIdentifier, ResourceType,
    ResponseError, ResponseErrorSource, SparseImportError, SparseImportErrorAttributes,
    SparseImportErrorPage, SparseJob, SparseJobAttributes, SparseJobCompound, SparseJobDocument,
    SparseJobPage, Timestamp, TimestampError, UnknownKind,
};
pub use options::{
    Formats, Framing, MAX_DEPTH, Options, STREAM_RECORD_BYTES, UnknownMembers, UnknownVariants,
};
pub use parser::Parser;
pub use pointer::{Pointer, PointerError};
pub use schema::Document;
#[cfg(feature = "serde")]
pub use serde::ViewSeed;
#[cfg(feature = "bytes")]
#[doc(hidden)]
pub use stream::GuessedBatch;
#[cfg(feature = "bytes")]
pub use stream::{BatchDecoder, OwnedBatch};
pub use stream::{BatchFeed, BatchReader, Workers};
