//! Documents from every format that serde knows, and JSON that nobody has looked into to each (feature `serde`).
//!
//! Nothing here reads a document member by member: [`seed`] has a format written as JSON text by [`transcode`], and the
//! parser reads that. So there is one reading of a schema only, and what is accepted is what the parser accepts.
//! [`raw_json`] writes and reads values that no schema describes.
//!
//! What has been read is written by [`written`], value by value, and by [`object`], which derived code calls with the names
//! and the parts of a view; [`read`] has owned twins.

mod object;
mod raw_json;
mod read;
mod seed;
mod transcode;
mod written;

pub use object::{MemberWriter, WrittenObject, write_object};
pub use read::{read_alone, read_choice, read_document, read_text};
pub use seed::ViewSeed;
pub use written::Written;
