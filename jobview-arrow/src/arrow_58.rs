//! Record batches of arrow-rs 58. The examples are for version 60.

use {
    arrow_array_58 as arrow_array, arrow_buffer_58 as arrow_buffer, arrow_schema_58 as arrow_schema,
};

#[path = "batches.rs"]
mod batches;

pub use batches::{Batches, record_batch, schema};
