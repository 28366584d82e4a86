//! Which columns a table has, and how their values are kept.

use std::fmt;

/// How documents become rows.
///
/// ```
/// use jobview_arrow::{ColumnSet, TableOptions, Timestamps};
///
/// let options = TableOptions::new().columns(ColumnSet::All).timestamps(Timestamps::Null);
/// let few = TableOptions::new().column_names(["id", "status", "completed_at"]);
/// # drop((options, few));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableOptions {
    pub(crate) columns: Choice,
    pub(crate) status: StatusType,
    pub(crate) timestamps: Timestamps,
    pub(crate) batch_rows: usize,
    pub(crate) batch_bytes: usize,
}

/// Which columns: those of a set, or those with these names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Of(ColumnSet),
    Named(Vec<String>),
}

/// Some of the columns of a table. Each set contains the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ColumnSet {
    /// What a resource is, its state, its times and its counts.
    Core,
    /// The identifiers of what it is related to, too. This is the default.
    #[default]
    Ids,
    /// All columns: what only some resources have, links, and where a row comes from.
    All,
}

/// How the status of a job is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusType {
    /// As a dictionary of `int8` and `utf8`, which has the same four names in every batch. A status that the schema
    /// does not name has no place in it: see [`AppendErrorKind::Status`](crate::AppendErrorKind::Status). This is the
    /// default.
    #[default]
    Dictionary,
    /// As text. There is a place for every status.
    Text,
}

/// What becomes of a timestamp that is not an RFC 3339 date and time. The schema's `format` is only an annotation, so a
/// document with such a text is valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timestamps {
    /// The document is left out, with an error. This is the default, for nothing gets lost unseen. A
    /// [`TableReader`](crate::TableReader) rejects the record, with its place.
    #[default]
    Reject,
    /// The value is null.
    Null,
    /// All timestamps are kept as text, just as the documents write them.
    Text,
}

impl TableOptions {
    /// The default options.
    ///
    /// ```
    /// use jobview_arrow::TableOptions;
    ///
    /// assert_eq!(TableOptions::new(), TableOptions::default());
    /// ```
    pub const fn new() -> Self {
        Self {
            columns: Choice::Of(ColumnSet::Ids),
            status: StatusType::Dictionary,
            timestamps: Timestamps::Reject,
            batch_rows: 65_536,
            batch_bytes: 64 << 20,
        }
    }

    /// Which columns a table has, by set.
    ///
    /// ```
    /// use jobview_arrow::{ColumnSet, Table, TableBuilder, TableOptions};
    ///
    /// let core = TableOptions::new().columns(ColumnSet::Core);
    /// assert_eq!(TableBuilder::new(Table::Jobs, &core)?.fields().len(), 10);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn columns(self, set: ColumnSet) -> Self {
        Self { columns: Choice::Of(set), ..self }
    }

    /// Which columns a table has, by name, in this order. [`Table::columns`](crate::Table::columns) lists the names.
    ///
    /// ```
    /// use jobview_arrow::{Table, TableBuilder, TableOptions};
    ///
    /// let options = TableOptions::new().column_names(["status", "id"]);
    /// assert_eq!(TableBuilder::new(Table::Jobs, &options)?.fields()[0].name, "status");
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn column_names<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        Self { columns: Choice::Named(names.into_iter().map(N::into).collect()), ..self }
    }

    /// How the status of a job is kept.
    ///
    /// ```
    /// use jobview_arrow::{StatusType, Table, TableBuilder, TableOptions};
    ///
    /// use jobview::gapwise::columns::ColumnType;
    ///
    /// let options = TableOptions::new().status(StatusType::Text).column_names(["status"]);
    /// assert_eq!(TableBuilder::new(Table::Jobs, &options)?.fields()[0].column_type, ColumnType::Text);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn status(self, status: StatusType) -> Self {
        Self { status, ..self }
    }

    /// What becomes of a timestamp that is not one.
    ///
    /// ```
    /// use jobview_arrow::{JobTable, TableOptions, Timestamps};
    ///
    /// let options = TableOptions::new().timestamps(Timestamps::Null).column_names(["started_at"]);
    /// assert!(JobTable::new(&options)?.is_empty());
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn timestamps(self, timestamps: Timestamps) -> Self {
        Self { timestamps, ..self }
    }

    /// How many rows make a batch: 65,536 by default. A batch ends behind the document that completes it, so it may
    /// have some rows more.
    ///
    /// ```
    /// use jobview::{JobDocument, Options};
    /// use jobview_arrow::{Table, TableOptions, TableReader};
    ///
    /// let (input, options) = (&b"1\n2\n3\n"[..], TableOptions::new().batch_rows(2));
    /// let reader = TableReader::<_, JobDocument>::new(input, Options::new(), Table::Rejects, &options)?;
    /// let sizes: Vec<_> = reader.map(|rows| rows.unwrap().len()).collect();
    /// assert_eq!(sizes, [2, 1]);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn batch_rows(self, rows: usize) -> Self {
        Self { batch_rows: rows.max(1), ..self }
    }

    /// How many bytes of documents make a batch, if it has not enough rows before: 64 MiB by default. A batch with all
    /// columns takes about as much memory as its documents.
    ///
    /// ```
    /// use jobview_arrow::{TableOptions};
    ///
    /// let small = TableOptions::new().batch_bytes(1 << 20);
    /// # drop(small);
    /// ```
    #[must_use]
    pub fn batch_bytes(self, bytes: usize) -> Self {
        Self { batch_bytes: bytes.max(1), ..self }
    }
}

impl Default for TableOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// The error for a choice of columns that a table does not have. Its message lists those that there are.
///
/// ```
/// use jobview_arrow::{Table, TableBuilder, TableOptions};
///
/// let options = TableOptions::new().column_names(["id", "colour"]);
/// let error = TableBuilder::new(Table::Identifiers, &options).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the table identifiers has no column colour; it has type, id, _file, _record, _line, _offset",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsError {
    pub(crate) table: &'static str,
    /// The name that is unknown or occurs twice; `None` if no column was chosen.
    pub(crate) name: Option<String>,
    pub(crate) is_twice: bool,
    pub(crate) known: Vec<&'static str>,
}

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, name, is_twice, known } = self;
        match name {
            Some(name) if *is_twice => return write!(f, "the column {name} is chosen twice"),
            Some(name) => write!(f, "the table {table} has no column {name}; it has ")?,
            None => write!(f, "choose at least one column of the table {table}; it has ")?,
        }
        f.write_str(&known.join(", "))
    }
}

impl std::error::Error for ColumnsError {}
