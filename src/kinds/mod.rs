//! The vendor's documents: one file a kind.
//!
//! Such a file declares, with `view!`, which members the parts of its views come from, as the vendor's JSON Schema has
//! them. A new kind is a new file here, and a row where [`form`] tells kinds apart.
//!
//! This module must not look at JSON text.

mod error_response;
mod form;
mod identifiers;
mod import_errors;
mod job;
mod job_compound;
mod job_document;
mod job_page;
mod job_response;
mod jobs;
mod links;
mod list;
mod timestamp;

pub use jobs::Jobs;
