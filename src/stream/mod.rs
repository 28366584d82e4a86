//! Streams: documents that come piece by piece, or are too many for memory or for one thread.
//!
//! [`feed`] is given bytes and hands out batches; it does no input. [`reader`] gives it those of an
//! [`io::Read`](std::io::Read). `decoder` (feature `bytes`) hands out batches that own their bytes.

#[cfg(feature = "bytes")]
mod decoder;
mod feed;
mod reader;

#[cfg(feature = "bytes")]
pub use decoder::{BatchDecoder, OwnedBatch};
pub use feed::BatchFeed;
pub use reader::BatchReader;
