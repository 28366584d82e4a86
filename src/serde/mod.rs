//! Views and owned documents to and from every format that serde knows (feature `serde`).
//!
//! [`serialize`] writes what was parsed, member by member. Nothing here reads a document member by member:
//! [`deserialize`] has a format written as JSON text by [`transcode`], and the parser reads that.

mod deserialize;
mod serialize;
mod transcode;

pub use deserialize::ViewSeed;
