//! Streams: documents that arrive piece by piece, or are too many for memory or for one thread.
//!
//! - [`feed`] takes bytes and hands out batches. It does no input.
//! - [`reader`] feeds it with the bytes of an [`io::Read`](std::io::Read).
//! - `decoder` (feature `bytes`) hands out batches that own their bytes.
//! - [`workers`] parse in several threads. [`ahead`] divides the stream into the parts that they parse, with a
//!   [`guess`] where records begin. [`supply`] provides the bytes. [`numbering`] tells the workers which records came
//!   before, and whether a guess was right.
//! - [`window`], [`buffer`] and [`worker`] are shared by these: bytes that have arrived, and a parser with an arena.

mod ahead;
mod buffer;
#[cfg(feature = "bytes")]
mod decoder;
mod feed;
mod guess;
mod numbering;
mod reader;
mod supply;
mod window;
mod worker;
mod workers;

#[cfg(feature = "bytes")]
pub use decoder::{BatchDecoder, GuessedBatch, OwnedBatch};
pub use feed::BatchFeed;
pub use reader::BatchReader;
pub use workers::Workers;
