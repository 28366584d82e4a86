//! Many documents: finding the records, parsing them, and continuing after a bad one.
//!
//! - [`document`] parses one record to its view.
//! - [`records`] goes through an input and loses nothing: each byte belongs to an accepted record, to a [`rejected`]
//!   one, or to a separator. Without a set framing it recognises each record as it comes; [`mixed`] is its state then,
//!   and [`resync`] finds the end of a broken record. [`ahead`] is a place further on that is searched for once.
//! - [`place`] is the place of a record. [`placed`] hands out records with their places, and the records of a batch in
//!   input order.
//! - [`position`] is a place between two records, and [`checkpoint`] writes it as text. [`renumbering`] corrects
//!   numbers once it is known what came before.
//! - [`collect`] collects records into a batch.
//! - [`framer`] finds out how much of a stream can be parsed before all of it has arrived, with the help of [`scan`].
//!   It hands on that much as a [`part`].
//! - [`framing`] knows the bytes that separate records, and [`detection`] guesses the framing from the start of an
//!   input.

mod ahead;
mod checkpoint;
mod collect;
mod detection;
mod document;
mod framer;
mod framing;
mod mixed;
mod part;
mod place;
mod placed;
mod position;
mod records;
mod rejected;
mod renumbering;
mod resync;
mod scan;

pub use checkpoint::PositionError;
pub use collect::Batch;
pub use detection::{Certainty, Detection};
pub(crate) use document::Memory;
#[cfg(feature = "bytes")]
pub(crate) use framer::FramedValues;
pub(crate) use framer::Framer;
pub(crate) use framing::{LOOK_AHEAD, skip_byte_order_mark};
pub(crate) use part::Part;
pub use place::Place;
pub use placed::{BatchRecords, IntoRecords, PlacedRecords};
pub(crate) use position::Numbers;
pub use position::Position;
pub use records::{Record, Records};
pub use rejected::{OwnedRejected, Rejected};
pub use renumbering::Renumbering;
