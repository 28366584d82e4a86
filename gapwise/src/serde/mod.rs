//! Documents from every format that serde knows, and raw JSON to each of them (feature `serde`).
//!
//! Nothing here reads a document member by member. [`seed`] lets [`transcode`] write the format as JSON text, and the
//! parser reads that. So there is only one implementation of a schema, and what is accepted is what the parser accepts.
//! [`raw_json`] writes and reads values that no schema describes.
//!
//! [`written`] writes the values of a view, and [`object`] writes the members of an object; derived code calls them
//! with the names and parts of a view. [`read`] reads owned twins. [`rejected`] writes errors and rejected records, and
//! [`position`] writes and reads positions between records.

mod object;
mod position;
mod raw_json;
mod read;
mod rejected;
mod seed;
mod transcode;
mod written;

pub use object::{MemberWriter, WrittenObject, write_object};
pub use read::{read_alone, read_choice, read_document, read_text};
pub use seed::ViewSeed;
pub use written::Written;
