//! Klaviyo job response documents as tables.
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
// The versions of Arrow have the same functions, of different types.
#![allow(clippy::duplicate_mod)]

#[cfg(feature = "arrow-58")]
pub mod arrow_58;
#[cfg(feature = "arrow-59")]
pub mod arrow_59;
#[cfg(feature = "arrow-60")]
pub mod arrow_60;
mod builder;
mod cells;
mod options;
mod reader;
mod tables;

pub use builder::{ColumnInfo, JobTable, Table, TableBuilder, UnknownTable};
pub use cells::{AppendError, AppendErrorKind};
/// The rows that a batch is made of, and the names and types of their columns.
#[doc(inline)]
pub use jobview::gapwise::columns::{Field, Rows};
pub use options::{ColumnSet, ColumnsError, StatusType, TableOptions, Timestamps};
pub use reader::{TableError, TableReader};
pub use tables::Origin;
