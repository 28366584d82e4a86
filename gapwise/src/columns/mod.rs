//! Views as columns: plain vectors, in the form in which Arrow and others keep tables in memory.
//!
//! A [`Column`] has values of one type, a [`Columnar`] type can be put into one, and [`Rows`] are a table of columns. Nothing
//! here depends on a crate for tables: other packages hand the vectors over to them without copying.

mod column;
mod columnar;
mod many;
mod rows;
mod validity;

pub use column::{Column, ColumnFull, ColumnType, Field, Values};
pub use columnar::{
    Columnar, ColumnarObject, object_type, push_choice, push_next, push_object, push_text,
};
pub use rows::Rows;
pub use validity::Validity;
