//! Record batches of arrow-rs 59. The examples are for version 60.

use {
    arrow_array_59 as arrow_array, arrow_buffer_59 as arrow_buffer, arrow_schema_59 as arrow_schema,
};

#[path = "batches.rs"]
mod batches;

pub use batches::{Batches, record_batch, schema};
