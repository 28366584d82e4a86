//! The tables, each in a file of its own: which columns it has, and which rows a document makes.
//!
//! To add a column, add a line to the table's list.

mod errors;
mod identifiers;
mod import_errors;
mod jobs;
mod lists;
mod rejects;

pub(crate) use errors::Errors;
pub(crate) use identifiers::Identifiers;
pub(crate) use import_errors::ImportErrors;
pub(crate) use jobs::Jobs;
pub(crate) use lists::Lists;
pub(crate) use rejects::Rejects;

use crate::cells::{AppendError, Cells, Content, Put};
use crate::options::ColumnSet;
use jobview::{Answer, Place, Rejected};

/// Where a row comes from.
///
/// ```
/// use jobview::{Arena, JobDocument, Parser};
/// use jobview_arrow::Origin;
///
/// let arena = Arena::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(b"{}\n{}\n", &arena);
/// let (place, _) = batch.records().last().unwrap();
/// let origin = Origin::of(Some("jobs.ndjson"), &place);
/// assert_eq!((origin.record, origin.line, origin.offset), (1, 2, 3));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Origin<'a> {
    /// The name of the input, if it has one.
    pub file: Option<&'a str>,
    /// The number of the record in the input, from 0.
    pub record: u64,
    /// The line in which the record begins, from 1.
    pub line: u64,
    /// The byte offset at which the record begins, from 0.
    pub offset: u64,
    /// How many bytes the record has, which [`TableOptions::batch_bytes`](crate::TableOptions::batch_bytes) limits.
    pub bytes: usize,
}

impl<'a> Origin<'a> {
    /// The place of a record in an input.
    pub fn of(file: Option<&'a str>, place: &Place<'_>) -> Self {
        let &Place { record, line, offset, raw, .. } = place;
        Self { file, record, line, offset, bytes: raw.len() }
    }
}

/// Whether a row has been appended.
pub(crate) type Appended = Result<(), AppendError>;

/// A column of a table: `F` takes its values out of rows.
pub(crate) struct Definition<F> {
    pub(crate) name: &'static str,
    pub(crate) content: Content,
    pub(crate) nullable: bool,
    /// The smallest set that has it.
    pub(crate) set: ColumnSet,
    /// What it holds, in words.
    pub(crate) about: &'static str,
    pub(crate) put: F,
}

/// Takes values out of rows of a table.
pub(crate) type FromRows<T> = for<'r, 'a, 'c> fn(&'r [<T as TableOf>::Row<'a>], Cells<'c>) -> Put;

/// Takes values out of where rows come from.
pub(crate) type FromOrigins = for<'r, 'a, 'c> fn(&'r [Origin<'a>], Cells<'c>) -> Put;

/// A table.
pub(crate) trait TableOf: Sized + 'static {
    /// A row of it.
    type Row<'a>;

    /// Its name.
    const NAME: &'static str;

    /// Its columns, without those of [`PROVENANCE`].
    const COLUMNS: &'static [Definition<FromRows<Self>>];

    /// Whether its rows have the columns of [`PROVENANCE`].
    const HAS_PROVENANCE: bool = true;

    /// Adds the rows that an accepted document makes.
    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<Self::Row<'a>>) {
        let _ = (answer, rows);
    }

    /// Adds the row that a rejected record makes.
    fn of_rejected<'r>(
        rejected: &'r Rejected<'_>,
        origin: &Origin<'r>,
        rows: &mut Vec<Self::Row<'r>>,
    ) {
        let _ = (rejected, origin, rows);
    }
}

/// Declares columns: name, whether it may be null, content, set, what it is, and its value in a row.
macro_rules! columns {
    ($($name:literal: $need:ident $content:ident, $set:ident, $about:literal, $of:expr;)*) => {
        &[$($crate::tables::Definition {
            name: $name,
            content: $crate::cells::Content::$content,
            nullable: $crate::tables::columns!(@$need),
            set: $crate::options::ColumnSet::$set,
            about: $about,
            put: |rows, cells| $crate::tables::columns!(@$content rows, cells, $of),
        },)*]
    };
    (@required) => {
        false
    };
    (@optional) => {
        true
    };
    (@Text $rows:ident, $cells:ident, $of:expr) => {
        $cells.texts($rows, $of)
    };
    (@Json $rows:ident, $cells:ident, $of:expr) => {
        $cells.texts($rows, $of)
    };
    (@Binary $rows:ident, $cells:ident, $of:expr) => {
        $cells.bytes($rows, $of)
    };
    (@Bool $rows:ident, $cells:ident, $of:expr) => {
        $cells.bools($rows, $of)
    };
    (@Int64 $rows:ident, $cells:ident, $of:expr) => {
        $cells.numbers($rows, $of)
    };
    (@UInt64 $rows:ident, $cells:ident, $of:expr) => {
        $cells.unsigned($rows, $of)
    };
    (@Timestamp $rows:ident, $cells:ident, $of:expr) => {
        $cells.timestamps($rows, $of)
    };
    (@Status $rows:ident, $cells:ident, $of:expr) => {
        $cells.statuses($rows, $of)
    };
    (@Ids $rows:ident, $cells:ident, $of:expr) => {
        $cells.ids($rows, $of)
    };
}
use columns;

/// Where a row comes from.
pub(crate) const PROVENANCE: &[Definition<FromOrigins>] = columns! {
    "_file": optional Text, All, "The name of the input.", |origin| origin.file;
    "_record": required UInt64, All, "The number of the record in the input, from 0.",
        |origin| origin.record;
    "_line": required UInt64, All, "The line in which the record begins, from 1.",
        |origin| origin.line;
    "_offset": required UInt64, All, "The byte offset at which the record begins, from 0.",
        |origin| origin.offset;
};
