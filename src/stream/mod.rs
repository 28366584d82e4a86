//! Streams: documents that come piece by piece, or are too many for memory or for one thread.
//!
//! [`feed`] is given bytes and hands out batches; it does no input. [`reader`] gives it those of an
//! [`io::Read`](std::io::Read). [`workers`] parse in several threads, and [`numbering`] is
//! how they learn which records came before. `decoder` (feature `bytes`) hands out batches
//! that own their bytes. [`window`] and [`worker`] are what they have in common: bytes that have come, and a
//! parser with an arena.

#[cfg(feature = "bytes")]
mod decoder;
mod feed;
mod numbering;
mod reader;
mod window;
mod worker;
mod workers;

#[cfg(feature = "bytes")]
pub use decoder::{BatchDecoder, OwnedBatch};
pub use feed::BatchFeed;
pub use reader::BatchReader;
pub use workers::Workers;
