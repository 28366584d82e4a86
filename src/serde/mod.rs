//! Views and owned documents to and from every format that serde knows (feature `serde`).
//!
//! [`serialize`] writes what was parsed, member by member. Nothing here reads a document member by member:
//! [`deserialize`] has the engine do so, by its one reading of the schema.

mod deserialize;
mod serialize;
