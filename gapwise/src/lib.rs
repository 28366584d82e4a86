//! Parses many JSON documents of one schema, one after another, into borrowed views in an arena.
//!
//! Whoever writes such documents writes the bytes *between* the values again and again. They are parsed once, and from
//! then on only compared: a [`Parser`] learns how its documents are written. What it accepts, and every error, is the
//! same as if it had learned nothing.
//!
//! ```
//! use gapwise::{Bump, Parser, View};
//!
//! #[derive(Clone, Copy, Debug, PartialEq, View)]
//! struct Event<'a> {
//!     id: &'a str,
//!     actor: Actor<'a>,
//!     public: bool,
//!     commits: Option<u32>,
//! }
//!
//! #[derive(Clone, Copy, Debug, PartialEq, View)]
//! struct Actor<'a> {
//!     login: &'a str,
//! }
//!
//! let input = br#"{"id":"1","actor":{"login":"ada"},"public":true,"commits":3}
//! {"id":"2","actor":{"login":"bob"},"public":"no"}
//! {"id":"3","actor":{"login":"eve"},"public":false}"#;
//!
//! let arena = Bump::new();
//! let batch = Parser::<Event>::new().parse_batch(input, &arena);
//! let logins: Vec<_> = batch.documents().iter().map(|event| event.actor.login).collect();
//! assert_eq!(logins, ["ada", "eve"]);
//! assert_eq!(
//!     batch.rejected()[0].error.to_string(),
//!     r#"record 1 (line 2, column 44, byte 104) at /public: expected `true` or `false`, found "no""#,
//! );
//! # assert_eq!(batch.rejected().len(), 1);
//! ```
//!
//! Views are declared with [`#[derive(View)]`](derive@View), which says what they may consist of. A package that has declared
//! some may offer all of this under its own name: it re-exports `gapwise`, and those who declare more write
//! `#[view(crate = "that::gapwise")]`.
//!
//! - [`Parser`] parses a document, all records of an input, or one after another; [`Options`] say how.
//! - [`BatchReader`] does so with what is read, [`BatchFeed`] with what comes, [`Workers`] with many threads, and
//!   `BatchDecoder` (feature `tokio`) with asynchronous readers.
//! - [`RawJson`] is a part of a document that is kept as it is written, and [`Presence`] one that may be absent or `null`.
//! - [`Rejected`] is a record that is wrong, and [`Error`] says what, and where; all others are parsed all the same.
//! - [`Drift`] tells what is new in a stream, and [`Learned`] what was learned.
//!
//! The input is never copied or padded. There is no recursion, and time is linear in the input.

mod any_json;
mod batch;
mod decode;
mod error;
mod kernel;
mod options;
mod parser;
mod pointer;
mod presence;
mod raw_json;
#[cfg(test)]
mod sample;
mod schema;
#[cfg(feature = "serde")]
mod serde;
mod stream;

/// What derived code says what it says with, and packages that declare what cannot be derived.
#[doc(hidden)]
pub mod __private {
    pub use crate::schema::{
        ArenaFull, Blank, Build, Choices, Document, Format, Glimpse, Group, Lifetime, ListOf, Look,
        Member, Members, OtherText, Part, Plain, Stored, Table, TableOf, Value, Values, View,
        Within, choices, choices_and_others, choices_and_others_if_wanted, text_at,
    };
    pub use crate::{__members as members, __name as name, __view as view};
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

// Derived code and fuzz targets know the library by its name.
#[cfg(test)]
extern crate self as gapwise;
#[cfg(test)]
#[path = "../tests/invariants/private.rs"]
mod invariants;

#[cfg(feature = "simd-json")]
pub use any_json::TreeError;
/// For commands: batches that are parsed before it is known that they begin where they seem to.
#[doc(hidden)]
pub use batch::Renumbering;
pub use batch::{Batch, Certainty, Detection, Position, Record, Records, Rejected};
pub use bumpalo::Bump;
pub use decode::{Drift, Learned, LearnedGap, UnknownMember};
pub use error::{Category, Error, ErrorKind};
#[cfg(feature = "derive")]
pub use gapwise_derive::View;
pub use kernel::Kernel;
pub use options::{
    Formats, Framing, MAX_DEPTH, Options, STREAM_RECORD_BYTES, UnknownMembers, UnknownVariants,
};
pub use parser::Parser;
pub use pointer::{Pointer, PointerError};
pub use presence::Presence;
pub use raw_json::{OwnedRawJson, RawJson};
pub use schema::Document;
#[cfg(feature = "serde")]
pub use serde::ViewSeed;
#[cfg(feature = "bytes")]
#[doc(hidden)]
pub use stream::GuessedBatch;
#[cfg(feature = "bytes")]
pub use stream::{BatchDecoder, OwnedBatch};
pub use stream::{BatchFeed, BatchReader, Workers};
