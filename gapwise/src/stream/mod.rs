//! Streams: documents that come piece by piece, or are too many for memory or for one thread.
//!
//! [`feed`] is given bytes and hands out batches; it does no input. [`reader`] gives it those of an
//! [`io::Read`](std::io::Read). [`workers`] parse in several threads. What they parse is handed out by [`ahead`],
//! which has a [`guess`] where records begin; the bytes are those of a [`supply`]. [`numbering`] is how they learn which
//! records came before, and whether a guess was right. `decoder` (feature `bytes`) hands out batches
//! that own their bytes. [`window`], [`buffer`] and [`worker`] are what several of them have in common: bytes that have
//! come, and a parser with an arena.

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
