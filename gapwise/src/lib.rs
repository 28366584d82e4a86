//! Parses JSON documents of a fixed schema into borrowed, arena-backed views.
//!
#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - [`#[derive(View)]`](derive@View) declares views, and documents what they may consist of. A package that declares
//!   views may re-export `gapwise` under its own name. Its users then write `#[view(crate = "that::gapwise")]` to
//!   declare more.
//! - [`Parser`] parses one document, all records of an input, or one record after another. [`Options`] configure it.
//! - [`BatchReader`] parses what it reads from a reader, [`BatchFeed`] the bytes that are pushed to it, and [`Workers`]
//!   use several threads. `BatchDecoder` (feature `tokio`) works with asynchronous readers.
//! - [`RawJson`] is a part of a document that is kept as it is written. [`Presence`] is a member that may be absent or
//!   `null`.
//! - [`IntoOwned`] copies a view into its owned twin, which owns its text. The derive declares the twin.
//! - [`Rejected`] is a record that is not a valid document. Its [`Error`] says what is wrong, and where. All other
//!   records are parsed all the same.
//! - [`Drift`] tells what is new in a stream, and [`Learned`] what the parser has learned.
//!
//! # What is learned, and why that is correct
//!
//! The *walker* reads JSON byte by byte. It is the only code that knows the grammar and the schema, and the only source
//! of errors. The text between two values is a *gap*: `{"id":"1","size":3}` has the gaps `{"id":"`, `","size":` and
//! `}`. What the walker finds in a gap depends on three things only: the bytes, the place (which member of which object
//! came last), and which members of that object have been seen. The last one matters because no member may occur twice,
//! and required members must have occurred at the end.
//!
//! So the result can be kept. A gap that occurs twice at the same place is learned: its bytes, the value that follows,
//! where in the view that value goes, and a rule. The rule says which members must have been seen, and which must not.
//! If the same bytes occur at the same place and the rule holds, the result is the same, and comparing the bytes is all
//! the work. Values are never learned: each one is read and checked whenever it occurs, and `null` is a value, too.
//! Anything that is unknown or looks unusual goes to the walker, which continues from the end of the last value. So
//! what a parser has learned never makes it accept or reject a document.
//!
//! Members that the view does not name are learned as well, with everything inside them. A view of a few members out of
//! many is therefore read at least as fast as a view of all of them.
//!
//! Memory is bounded: there is room for a few thousand gaps, and gaps that have not occurred for a long time make room
//! for new ones.
//!
//! # When it does not pay
//!
//! - Few documents. A gap is remembered when it occurs first and known when it occurs again, so that a parser is fast
//!   only from the third document on. Keep the parser and the arena for as long as documents arrive.
//! - Documents that people write, or that were merged from many sources: white space and the order of members differ
//!   each time.
//! - Names that are data (`{"2026-09-04":1,"2026-09-05":2}`), at least if they change from document to document.
//! - Strings in which everything is escaped: the gaps are known, but the time goes into the values.
//! - Documents that are mostly numbers: only the gaps between them are learned. Integers are read fastest as `i64`.
//!
//! A parser notices when misses cost more than hits save, and then pauses for a while; see
//! [`Learned::is_paused`]. In the meantime the walker reads the documents, at about the speed of other parsers.
//!
//! # How to look at it
//!
//! What the parser reads documents by, and what is new in them:
//!
//! ```
//! use gapwise::{Arena, Parser, View};
//!
//! #[derive(Clone, Copy, Debug, PartialEq, View)]
//! struct Reading<'a> {
//!     sensor: &'a str,
//!     celsius: Option<f32>,
//! }
//!
//! let arena = Arena::new();
//! let mut parser = Parser::<Reading>::new();
//! parser.parse_batch(&br#"{"sensor":"roof","celsius":20.5} "#.repeat(50), &arena);
//!
//! let gaps: Vec<_> = parser.layout().gaps().map(|gap| (gap.text(), gap.value())).collect();
//! let gaps: Vec<_> = gaps.iter().map(|(text, value)| (&**text, &**value)).collect();
//! assert_eq!(
//!     gaps,
//!     [(r#"{"sensor":""#, "/sensor"), (r#"","celsius":"#, "/celsius"), ("}", "(end)")]
//! );
//! // Most of what comes is known: it is read fast.
//! assert!(parser.layout().hits() > 20 * parser.layout().misses());
//! assert!(!parser.layout().is_paused());
//!
//! // The sensors get new software.
//! parser.parse_batch(&br#"{"sensor": "roof", "celsius": null, "battery": 97} "#.repeat(50), &arena);
//! let [battery] = parser.drift().unknown_members() else { panic!("there is one") };
//! assert_eq!((battery.pointer(), battery.count(), battery.first_document()), ("/battery", 50, 50));
//! assert_eq!(parser.drift().changed_documents(), [50]);
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod any_json;
mod arena;
mod batch;
pub mod columns;
mod decode;
mod error;
mod kernel;
mod options;
mod owned;
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

/// Items for derived code, and for packages that declare views which cannot be derived.
#[doc(hidden)]
pub mod __private {
    pub use crate::arena::ArenaFull;
    pub use crate::columns::{
        Column, ColumnFull, ColumnType, Columnar, ColumnarObject, Field, object_type, push_choice,
        push_next, push_object, push_text,
    };
    pub use crate::owned::IntoOwned;
    pub use crate::schema::{
        Alternative, Blank, Build, Choices, Document, Format, Glimpse, Group, Lifetime, ListOf,
        Look, Member, Members, OtherText, Part, Plain, Stored, Table, TableOf, Tag, Untagged,
        Value, Values, Variant, View, Within, all_tables, alternative, choices, choices_and_others,
        choices_and_others_if_wanted, count_tables, inside_variant, tag, text_at, untagged,
        variant,
    };
    #[cfg(feature = "serde")]
    pub use crate::serde::{
        MemberWriter, Written, WrittenObject, read_alone, read_choice, read_document, read_text,
        write_object,
    };
    pub use crate::{
        __members as members, __name as name, __view as view, __with_serde as with_serde,
    };
    #[cfg(feature = "serde")]
    pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
    pub use std::mem::offset_of;
}

/// Expands to its argument, because the feature `serde` is enabled.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($all:tt)*) => {
        $($all)*
    };
}

/// Fails to compile, because the feature `serde` is not enabled.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($all:tt)*) => {
        compile_error!("`#[view(serde)]` needs the feature `serde` of the package `gapwise`");
    };
}

/// Internal functions, for fuzz targets.
#[cfg(any(fuzzing, test))]
#[doc(hidden)]
pub mod fuzzing {
    pub use crate::decode::fuzzing::{
        Outcome, common_integer, integer, kernel_string, reference_string, short_string,
        skip_number, skip_value,
    };
    pub use crate::kernel::fuzzing::{Answers, Question, ask};
}

// Derived code and fuzz targets refer to the library by its name.
#[cfg(test)]
extern crate self as gapwise;
#[cfg(test)]
#[path = "../tests/invariants/private.rs"]
mod invariants;

#[cfg(feature = "simd-json")]
pub use any_json::TreeError;
pub use arena::Arena;
/// For commands: batches that are parsed before it is known whether they begin where they seem to.
#[doc(hidden)]
pub use batch::Renumbering;
pub use batch::{
    Batch, BatchRecords, Certainty, Detection, IntoRecords, OwnedRejected, Place, PlacedRecords,
    Position, PositionError, Record, Records, Rejected,
};
pub use decode::{Drift, Learned, LearnedGap, UnknownMember};
pub use error::{Category, Error, ErrorKind};
#[cfg(feature = "derive")]
pub use gapwise_derive::View;
pub use kernel::Kernel;
pub use options::{
    Formats, Framing, MAX_DEPTH, Options, STREAM_RECORD_BYTES, UnknownMembers, UnknownVariants,
};
pub use owned::{IntoOwned, Owned};
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
