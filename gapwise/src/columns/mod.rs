//! Views as columns: plain vectors, in the form in which Arrow and others keep tables in memory.
//!
//! [`column`] is a column and its type, [`columnar`] what can be put into one, and [`rows`] a table of them. Nothing here
//! depends on a crate for tables: `jobview-arrow` hands the vectors over to several versions of Arrow without copying
//! them.

mod column;
mod columnar;
mod rows;
mod validity;

pub use column::{Column, ColumnFull, ColumnType, Field, Values};
pub use columnar::{
    Columnar, ColumnarObject, object_type, push_choice, push_next, push_object, push_text,
};
pub use rows::Rows;
pub use validity::Validity;
