//! Record batches of arrow-rs 60.

use {
    arrow_array_60 as arrow_array, arrow_buffer_60 as arrow_buffer, arrow_schema_60 as arrow_schema,
};

#[path = "batches.rs"]
mod batches;

pub use batches::{Batches, record_batch, schema};
