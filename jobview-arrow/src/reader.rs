//! Batches of rows from a reader of documents.

use crate::builder::{Table, TableBuilder};
use crate::cells::AppendError;
use crate::options::{ColumnsError, TableOptions, Timestamps};
use crate::tables::Origin;
use jobview::gapwise::columns::{Field, Rows};
use jobview::gapwise::{BatchReader, OwnedRejected};
use jobview::{Answer, Document, Formats, Options, Rejected};
use std::fmt;
use std::io::{self, Read};
use std::iter;

/// What to do with a rejected record.
type OnReject = Box<dyn FnMut(&Rejected<'_>, &Origin<'_>) -> io::Result<()> + Send>;

/// Reads documents and makes batches of rows of one table. It is an iterator of [`Rows`]; a module for each version of
/// Arrow makes record batches of them.
///
/// A rejected record ends it with an error, after the rows before it. [`on_reject`](Self::on_reject) says what to do
/// instead; in the table of rejected records, they are rows. A valid document that has no place in the table ends it in
/// any case. That happens with statuses that the schema does not name, if the parser keeps them and the table does not.
///
/// Memory: a batch of documents as [`Options::batch_bytes`] says, their views, and two batches of rows as
/// [`TableOptions`] say.
///
/// ```
/// use jobview::{JobDocument, Options};
/// use jobview_arrow::{Table, TableOptions, TableReader};
///
/// let input = br#"{"data": {"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"},
///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3}}}"#;
/// let options = TableOptions::new();
/// let reader = TableReader::<_, JobDocument>::new(&input[..], Options::new(), Table::Jobs, &options)?;
/// for rows in reader {
///     assert_eq!(rows?.len(), 1);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TableReader<R, D: Document> {
    reader: BatchReader<R, D>,
    builder: TableBuilder,
    table: Table,
    file: Option<String>,
    on_reject: Option<OnReject>,
    is_over: bool,
    /// The error with which it ends.
    failure: Option<TableError>,
}

/// Why a [`TableReader`] ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum TableError {
    /// The reader has failed, or what is done with rejected records.
    Io(io::Error),
    /// A record was rejected, and nothing was said about such records.
    Rejected(OwnedRejected),
    /// A document has no place in the table.
    Append {
        /// Why.
        error: AppendError,
        /// The number of the record, from 0.
        record: u64,
        /// The line in which it begins, from 1.
        line: u64,
        /// The byte offset at which it begins, from 0.
        offset: u64,
    },
}

impl TableError {
    fn append(error: AppendError, origin: &Origin<'_>) -> Self {
        let &Origin { record, line, offset, .. } = origin;
        Self::Append { error, record, line, offset }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Rejected(rejected) => rejected.fmt(f),
            Self::Append { error, record, line, offset } => {
                write!(f, "record {record} (line {line}, byte {offset}): {error}")
            }
        }
    }
}

impl std::error::Error for TableError {}

impl From<io::Error> for TableError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<R, D: Document> TableReader<R, D> {
    /// The names and types of the columns.
    ///
    /// ```
    /// use jobview::{JobDocument, Options};
    /// use jobview_arrow::{Table, TableOptions, TableReader};
    ///
    /// let options = TableOptions::new();
    /// let reader = TableReader::<_, JobDocument>::new(&b""[..], Options::new(), Table::Jobs, &options)?;
    /// assert_eq!(reader.fields()[0].name, "type");
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub fn fields(&self) -> &[Field] {
        self.builder.fields()
    }
}

impl<R: Read, D: Document> TableReader<R, D>
where
    for<'a> D::View<'a>: Answer<'a>,
{
    /// Reads documents of a kind. With [`Timestamps::Reject`], the parser checks timestamps.
    ///
    /// # Errors
    ///
    /// If the options name no column, an unknown one, or one twice.
    pub fn new(
        reader: R,
        parser: Options,
        table: Table,
        options: &TableOptions,
    ) -> Result<Self, ColumnsError> {
        let parser = match options.timestamps {
            Timestamps::Reject => parser.formats(Formats::Check),
            Timestamps::Null | Timestamps::Text => parser,
        };
        Ok(Self {
            reader: parser.parser::<D>().into_reader(reader),
            builder: TableBuilder::new(table, options)?,
            table,
            file: None,
            on_reject: None,
            is_over: false,
            failure: None,
        })
    }

    /// The name of the input, for the rows.
    ///
    /// ```
    /// use jobview::{JobDocument, Options};
    /// use jobview_arrow::{Table, TableOptions, TableReader};
    ///
    /// let options = TableOptions::new().column_names(["file"]);
    /// let reader = TableReader::<_, JobDocument>::new(&b"oops"[..], Options::new(), Table::Rejects, &options)?;
    /// assert_eq!(reader.file("jobs.ndjson").next().unwrap().unwrap().len(), 1);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn file(self, name: impl Into<String>) -> Self {
        Self { file: Some(name.into()), ..self }
    }

    /// Calls a function for each rejected record. If it fails, the reader ends with that error.
    ///
    /// ```
    /// use jobview::{JobDocument, Options};
    /// use jobview_arrow::{Table, TableOptions, TableReader};
    /// use std::io::Write as _;
    ///
    /// let (input, mut letters) = (&b"oops"[..], std::io::sink());
    /// let options = TableOptions::new();
    /// let reader = TableReader::<_, JobDocument>::new(input, Options::new(), Table::Jobs, &options)?;
    /// let mut reader = reader.on_reject(move |rejected, _| letters.write_all(rejected.raw));
    /// assert!(reader.next().is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn on_reject(
        self,
        each: impl FnMut(&Rejected<'_>, &Origin<'_>) -> io::Result<()> + Send + 'static,
    ) -> Self {
        Self { on_reject: Some(Box::new(each)), ..self }
    }

    /// Adds the rows of the next batch of documents. `false` if there are no more.
    fn read_batch(&mut self) -> Result<bool, TableError> {
        let Some(batch) = self.reader.next_batch()? else { return Ok(false) };
        let mut records = batch.records();
        let file = self.file.as_deref();
        loop {
            let mut rejected = None;
            let documents = iter::from_fn(|| {
                let (place, record) = records.next()?;
                let origin = Origin::of(file, &place);
                match record {
                    Ok(document) => Some((document as &dyn Answer<'_>, origin)),
                    Err(found) => {
                        rejected = Some((found, origin));
                        None
                    }
                }
            });
            let refused = |error, origin: &Origin<'_>| Err(TableError::append(error, origin));
            self.builder.append_all(documents, refused)?;
            let Some((rejected, origin)) = rejected else { return Ok(true) };
            let appended = self.builder.append_rejected(rejected, &origin);
            appended.map_err(|error| TableError::append(error, &origin))?;
            match &mut self.on_reject {
                Some(on_reject) => on_reject(rejected, &origin)?,
                None if self.table == Table::Rejects => {}
                None => return Err(TableError::Rejected(rejected.clone().into_owned())),
            }
        }
    }
}

impl<R: Read, D: Document> Iterator for TableReader<R, D>
where
    for<'a> D::View<'a>: Answer<'a>,
{
    type Item = Result<Rows, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over && !self.builder.has_complete() {
            match self.read_batch() {
                Ok(more) => self.is_over = !more,
                Err(error) => (self.is_over, self.failure) = (true, Some(error)),
            }
        }
        // What was read before an error comes before it.
        match self.builder.next_batch() {
            Some(rows) => Some(Ok(rows)),
            None => self.failure.take().map(Err),
        }
    }
}

impl<R, D: Document> fmt::Debug for TableReader<R, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, builder, file, .. } = self;
        let mut shown = f.debug_struct("TableReader");
        shown.field("table", table).field("builder", builder).field("file", file);
        shown.finish_non_exhaustive()
    }
}
