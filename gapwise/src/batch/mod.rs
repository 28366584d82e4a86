//! Many documents: where each record is, what became of it, and how to go on after a bad one.
//!
//! [`document`] takes one record to its view. [`records`] goes through an input and loses nothing: every byte of it is
//! in an accepted record, in a [`rejected`] one, or is separator; where nobody has told how records follow one
//! another, it takes them as they come ([`mixed`] is what it knows then), and [`resync`] knows where a broken one
//! ends. [`position`] is where it is between two of them, [`renumbering`] what changes when more is known of that,
//! and [`collect`] puts them together. [`framer`] finds out
//! which bytes of a stream can be parsed before all of them have come, with the help of [`scan`], and hands them on
//! as a [`part`]. [`framing`] has what marks records in any framing, and [`detection`] says what a beginning looks
//! like.

mod ahead;
mod collect;
mod detection;
mod document;
mod framer;
mod framing;
mod mixed;
mod part;
mod position;
mod records;
mod rejected;
mod renumbering;
mod resync;
mod scan;

pub use collect::Batch;
pub use detection::{Certainty, Detection};
pub(crate) use document::Memory;
#[cfg(feature = "bytes")]
pub(crate) use framer::FramedValues;
pub(crate) use framer::Framer;
pub(crate) use framing::{LOOK_AHEAD, skip_byte_order_mark};
pub(crate) use part::Part;
pub(crate) use position::Numbers;
pub use position::Position;
pub use records::{Record, Records};
pub use rejected::Rejected;
pub use renumbering::Renumbering;
