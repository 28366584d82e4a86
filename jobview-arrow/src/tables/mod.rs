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

use crate::cell::{AppendError, Cell, Content, Put};
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

/// A column of a table: `F` takes its value out of a row.
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

/// Takes a value out of a row of a table.
pub(crate) type FromRow<T> = for<'r, 'a, 'c> fn(&'r <T as TableOf>::Row<'a>, Cell<'c>) -> Put;

/// Takes a value out of where a row comes from.
pub(crate) type FromOrigin = fn(&Origin<'_>, Cell<'_>) -> Put;

/// A table.
pub(crate) trait TableOf: Sized + 'static {
    /// A row of it.
    type Row<'a>;

    /// Its name.
    const NAME: &'static str;

    /// Its columns, without those of [`PROVENANCE`].
    const COLUMNS: &'static [Definition<FromRow<Self>>];

    /// Whether its rows have the columns of [`PROVENANCE`].
    const HAS_PROVENANCE: bool = true;

    /// Passes each row that an accepted document makes to `each`, until it fails.
    fn of_answer<'a>(
        answer: &dyn Answer<'a>,
        each: &mut dyn FnMut(&Self::Row<'a>) -> Appended,
    ) -> Appended {
        let _ = (answer, each);
        Ok(())
    }

    /// Passes the row that a rejected record makes to `each`.
    fn of_rejected(
        rejected: &Rejected<'_>,
        origin: &Origin<'_>,
        each: &mut dyn FnMut(&Self::Row<'_>) -> Appended,
    ) -> Appended {
        let _ = (rejected, origin, each);
        Ok(())
    }
}

/// Declares columns: name, whether it may be null, content, set, what it is, and how it is taken out of a row.
macro_rules! columns {
    ($($name:literal: $need:ident $content:ident, $set:ident, $about:literal, $put:expr;)*) => {
        &[$($crate::tables::Definition {
            name: $name,
            content: $crate::cell::Content::$content,
            nullable: $crate::tables::columns!(@$need),
            set: $crate::options::ColumnSet::$set,
            about: $about,
            put: $put,
        },)*]
    };
    (@required) => {
        false
    };
    (@optional) => {
        true
    };
}
use columns;

/// Where a row comes from.
pub(crate) const PROVENANCE: &[Definition<FromOrigin>] = columns! {
    "_file": optional Text, All, "The name of the input.", |origin, cell| cell.optional_text(origin.file);
    "_record": required UInt64, All, "The number of the record in the input, from 0.",
        |origin, cell| cell.unsigned(origin.record);
    "_line": required UInt64, All, "The line in which the record begins, from 1.",
        |origin, cell| cell.unsigned(origin.line);
    "_offset": required UInt64, All, "The byte offset at which the record begins, from 0.",
        |origin, cell| cell.unsigned(origin.offset);
};
