//! Many documents: where each record is, what became of it, and how to go on after a bad one.
//!
//! [`document`] takes one record to its view. [`framing`] knows how records follow one another. [`records`]
//! goes through an input with both and loses nothing: every byte of it is in an accepted record, in a
//! [`rejected`] one, or is separator; [`position`] is where it is between two of them, and [`collect`] puts
//! them together. [`framer`] finds out which bytes of a stream can be parsed before all of them have come,
//! with the help of [`scan`].

mod collect;
mod document;
mod framer;
mod framing;
mod position;
mod records;
mod rejected;
mod resync;
mod scan;

pub use collect::Batch;
pub(crate) use document::Memory;
pub(crate) use framer::{Framer, Part};
pub(crate) use framing::skip_byte_order_mark;
pub use framing::{Certainty, Detection};
pub(crate) use position::Numbers;
pub use position::Position;
pub use records::{Record, Records};
pub use rejected::Rejected;
