//! The parts of a document: declarations of borrowed views.
//!
//! Each view is a struct whose fields are the members of the vendor's JSON Schema. Its table, its owned and sparse
//! twins, and its serde implementations all follow from the struct. Views are plain data: they are `Copy`, have no
//! `Drop`, and borrow from the input and the arena under one lifetime `'a`. Text without escapes is in the input; text
//! with escapes and lists are in the arena. Absent and `null` members are both `None`.

mod any_job;
mod bulk_job;
mod catalog;
mod coupon_code;
mod import_error;
mod job;
mod latest;
mod links;
mod list;
mod related;
mod status;
mod timestamp;

pub use any_job::*;
pub use bulk_job::*;
pub use catalog::*;
pub use coupon_code::*;
pub use import_error::*;
pub use job::*;
pub use latest::*;
pub use links::*;
pub use list::*;
pub use related::*;
pub use status::*;
pub use timestamp::*;
