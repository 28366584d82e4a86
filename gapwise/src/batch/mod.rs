//! Many documents: where each record is, what became of it, and how to go on after a bad one.
//!
//! - [`document`] parses one record to its view.
//! - [`records`] goes through an input and loses nothing: each byte belongs to an accepted record, to a
//!   [`rejected`] one, or to a separator. Without a framing it takes records as they come; [`mixed`] is what it
//!   knows then, and [`resync`] finds the end of a broken record. [`ahead`] is a place further on that is searched
//!   for once.
//! - [`place`] says where a record stood. [`placed`] hands out records with their places, those of a batch in their order.
//! - [`position`] is a place between two records, and [`checkpoint`] writes it down. [`renumbering`] corrects numbers once more is known about what
//!   came before.
//! - [`collect`] makes a batch of records.
//! - [`framer`] finds out how much of a stream can be parsed before all of it has arrived, with the help of
//!   [`scan`]. It hands that on as a [`part`].
//! - [`framing`] has the bytes that mark records, and [`detection`] says what a beginning looks like.

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
