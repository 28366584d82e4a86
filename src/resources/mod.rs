//! What stands in an answer: borrowed views, declared.
//!
//! Each is a struct whose fields are the members of the vendor's JSON Schema; table, owned and sparse twins, and what serde
//! writes and reads follow from it. Plain data to read: all views are `Copy`, have no `Drop`, and borrow under one lifetime
//! `'a` from the input and from the arena: text stands in the input where it could stay there, and in the arena where it
//! had escapes; lists stand in the arena. Absent and `null` members are both `None`.

mod any_job;
mod bulk_job;
mod catalog;
mod coupon_code;
mod import_error;
mod job;
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
pub use links::*;
pub use list::*;
pub use related::*;
pub use status::*;
pub use timestamp::*;
