//! Documents from every format that serde knows, and JSON that nobody has looked into to each (feature `serde`).
//!
//! Nothing here reads a document member by member: [`seed`] has a format written as JSON text by [`transcode`], and the
//! parser reads that. So there is one reading of a schema only, and what is accepted is what the parser accepts.
//! [`raw_json`] writes and reads values that no schema describes.

mod raw_json;
mod seed;
mod transcode;

pub use seed::ViewSeed;
