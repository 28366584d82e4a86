//! Parses JSON documents of a fixed schema into borrowed, arena-backed views.
//!
#![doc = include_str!("../README.md")]
//!
//! # Where to look
//!
//! - [`#[derive(View)]`](derive@View) declares views, and says what they may consist of. A package that has declared some
//!   may offer all of this under its own name: it re-exports `gapwise`, and those who declare more write
//!   `#[view(crate = "that::gapwise")]`.
//! - [`Parser`] parses a document, all records of an input, or one after another; [`Options`] say how.
//! - [`BatchReader`] does so with what is read, [`BatchFeed`] with what comes, [`Workers`] with many threads, and
//!   `BatchDecoder` (feature `tokio`) with asynchronous readers.
//! - [`RawJson`] is a part of a document that is kept as it is written, and [`Presence`] one that may be absent or `null`.
//! - [`IntoOwned`] makes a copy of a view that owns its text: an owned twin, which the derive declares.
//! - [`Rejected`] is a record that is wrong, and [`Error`] says what, and where; all others are parsed all the same.
//! - [`Drift`] tells what is new in a stream, and [`Learned`] what was learned.
//!
//! # What is learned, and why that is correct
//!
//! The *walker* reads JSON byte by byte. It is the only code that knows the grammar and the schema, and the only
//! source of errors. Between two values it reads a *gap*: in `{"id":"1","size":3}` they are `{"id":"`, `","size":`
//! and `}`. What it says of a gap depends on three things only: the bytes, the place (which member of which object
//! came last), and which members of that object have been seen, for one may not come twice, and some must have come
//! at the end.
//!
//! So its answer can be kept. A gap that has come twice at a place is learned: its bytes, the value that follows,
//! where in the view that goes, and a rule: which members must not have been seen, and which must. When the same
//! bytes come at the same place and the rule holds, the answer is the same, and to compare the bytes is all that is
//! done. Values are not learned: each is read and checked whenever it comes, and `null` is a value, too. Whatever is
//! not known, or looks odd, goes to the walker, from the end of the last value on. So there is no document that a
//! parser accepts because of what it has learned, nor one that it rejects.
//!
//! Members that the view does not name are learned as well, with all that is inside them: a view of a few members of
//! many is read no more slowly than one of all.
//!
//! Memory is bounded: there is room for some thousand gaps, and what has not come for long makes place for what is
//! new.
//!
//! # When it does not pay
//!
//! - Few documents: what has come once is remembered, what has come twice is known, and so it is only from the
//!   third document on that a parser is fast. Keep the parser, and the arena, for as long as documents come.
//! - Documents that people write, or that were merged from many sources: other white space and another order of
//!   members each time.
//! - Names that are data (`{"2026-09-04":1,"2026-09-05":2}`), at least where they change from document to document.
//! - Texts in which everything is escaped: the gaps are known, and the time goes into the values.
//! - Numbers and little else: what is learned is what stands between them. Integers are read fastest as `i64`.
//!
//! A parser notices when misses cost more than hits save, and then leaves learning alone for a while, which
//! [`Learned::is_paused`] says. What comes then is read by the walker, at about the speed of other parsers.
//!
//! # How to look at it
//!
//! What documents are read by, and what in them is new:
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

/// What derived code says what it says with, and packages that declare what cannot be derived.
#[doc(hidden)]
pub mod __private {
    pub use crate::arena::ArenaFull;
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

/// What needs the feature `serde`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($all:tt)*) => {
        $($all)*
    };
}

/// What needs the feature `serde`, which is not there.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __with_serde {
    ($($all:tt)*) => {
        compile_error!("`#[view(serde)]` needs the feature `serde` of the package `gapwise`");
    };
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
pub use arena::Arena;
/// For commands: batches that are parsed before it is known that they begin where they seem to.
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
