//! Rows of one table, from documents.

use crate::cells::{AppendError, AppendErrorKind, Cells, Put, Refused};
use crate::options::{Choice, ColumnSet, ColumnsError, TableOptions};
use crate::tables::{
    Appended, Definition, Errors, FromOrigins, FromRows, Identifiers, ImportErrors, Jobs, Lists,
    Origin, PROVENANCE, Rejects, TableOf,
};
use jobview::gapwise::columns::{Field, Rows};
use jobview::views::AnyJob;
use jobview::{Answer, Rejected};
use std::collections::VecDeque;
use std::fmt;
use std::slice;

/// The tables.
///
/// ```
/// use jobview_arrow::{ColumnSet, Table};
///
/// let core = Table::Jobs.columns().filter(|column| column.set == ColumnSet::Core);
/// assert!(core.map(|column| column.name).take(4).eq(["type", "id", "status", "created_at"]));
/// assert_eq!("import_errors".parse(), Ok(Table::ImportErrors));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Table {
    /// Bulk jobs of all kinds: one row a job, from single documents and from pages.
    Jobs,
    /// Lists that are included with jobs.
    Lists,
    /// What went wrong with single profiles of an import.
    ImportErrors,
    /// Why requests failed, and what went wrong with single operations of a job.
    Errors,
    /// Resource identifiers, from pages of them.
    Identifiers,
    /// Records that are not valid documents.
    Rejects,
}

/// A column that a table can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnInfo {
    /// Its name.
    pub name: &'static str,
    /// Whether its values may be null.
    pub nullable: bool,
    /// The smallest set that has it.
    pub set: ColumnSet,
    /// What it holds, in words.
    pub about: &'static str,
}

/// Calls a generic function for a table.
macro_rules! for_table {
    ($table:expr, $function:ident($($argument:expr),*)) => {
        match $table {
            Table::Jobs => $function::<Jobs>($($argument),*),
            Table::Lists => $function::<Lists>($($argument),*),
            Table::ImportErrors => $function::<ImportErrors>($($argument),*),
            Table::Errors => $function::<Errors>($($argument),*),
            Table::Identifiers => $function::<Identifiers>($($argument),*),
            Table::Rejects => $function::<Rejects>($($argument),*),
        }
    };
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Jobs,
        Self::Lists,
        Self::ImportErrors,
        Self::Errors,
        Self::Identifiers,
        Self::Rejects,
    ];

    /// Its name.
    ///
    /// ```
    /// use jobview_arrow::Table;
    ///
    /// assert_eq!(Table::ImportErrors.as_str(), "import_errors");
    /// ```
    pub fn as_str(self) -> &'static str {
        fn name<T: TableOf>() -> &'static str {
            T::NAME
        }
        for_table!(self, name())
    }

    /// The columns that it can have, in their order.
    ///
    /// ```
    /// use jobview_arrow::Table;
    ///
    /// assert!(Table::Identifiers.columns().take(2).map(|column| column.name).eq(["type", "id"]));
    /// ```
    pub fn columns(self) -> impl Iterator<Item = ColumnInfo> {
        for_table!(self, all_columns()).into_iter()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl std::str::FromStr for Table {
    type Err = UnknownTable;

    fn from_str(name: &str) -> Result<Self, UnknownTable> {
        let named = Self::ALL.into_iter().find(|table| table.as_str() == name);
        named.ok_or(UnknownTable)
    }
}

/// The error for a name that is not a [`Table`]. Its message lists those that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTable;

impl fmt::Display for UnknownTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Table::ALL.map(Table::as_str).join(", ");
        write!(f, "there is no such table; there are {names}")
    }
}

impl std::error::Error for UnknownTable {}

fn info<F>(definition: &Definition<F>) -> ColumnInfo {
    let &Definition { name, nullable, set, about, .. } = definition;
    ColumnInfo { name, nullable, set, about }
}

fn all_columns<T: TableOf>() -> Vec<ColumnInfo> {
    Source::<T>::all().iter().map(Source::info).collect()
}

/// A column of a table under construction.
enum Source<T: TableOf> {
    Row(&'static Definition<FromRows<T>>),
    Origin(&'static Definition<FromOrigins>),
}

impl<T: TableOf> Source<T> {
    fn all() -> Vec<Self> {
        let provenance = if T::HAS_PROVENANCE { PROVENANCE } else { &[] };
        let provenance = provenance.iter().map(Self::Origin);
        T::COLUMNS.iter().map(Self::Row).chain(provenance).collect()
    }

    fn chosen(choice: &Choice) -> Result<Vec<Self>, ColumnsError> {
        let mut all = Self::all();
        let known: Vec<_> = all.iter().map(|source| source.info().name).collect();
        let error = |name: Option<&String>, is_twice| {
            let (table, name, known) = (T::NAME, name.cloned(), known.clone());
            Err(ColumnsError { table, name, is_twice, known })
        };
        let names = match choice {
            Choice::Of(set) => {
                all.retain(|source| source.info().set <= *set);
                return Ok(all);
            }
            Choice::Named(names) if names.is_empty() => return error(None, false),
            Choice::Named(names) => names,
        };
        let mut chosen = Vec::new();
        for name in names {
            match all.iter().position(|source| source.info().name == name) {
                Some(index) => chosen.push(all.remove(index)),
                None => return error(Some(name), known.contains(&name.as_str())),
            }
        }
        Ok(chosen)
    }

    fn info(&self) -> ColumnInfo {
        match self {
            Self::Row(definition) => info(definition),
            Self::Origin(definition) => info(definition),
        }
    }

    fn field(&self, options: &TableOptions) -> Field {
        let content = match self {
            Self::Row(definition) => definition.content,
            Self::Origin(definition) => definition.content,
        };
        let ColumnInfo { name, nullable, .. } = self.info();
        Field::new(name, content.column_type(options), nullable)
    }

    fn put(&self, rows: &[T::Row<'_>], origins: &[Origin<'_>], cells: Cells<'_>) -> Put {
        match self {
            Self::Row(definition) => (definition.put)(rows, cells),
            Self::Origin(definition) => (definition.put)(origins, cells),
        }
    }
}

/// How many rows are put into columns at once: as many as are still in the cache when the last column is filled.
const AT_ONCE: usize = 32;

/// The rows of a table of one type.
struct Builder<T: TableOf> {
    options: TableOptions,
    sources: Vec<Source<T>>,
    rows: Rows,
}

impl<T: TableOf> Builder<T> {
    fn new(options: &TableOptions) -> Result<Self, ColumnsError> {
        let sources = Source::chosen(&options.columns)?;
        let rows = Rows::new(sources.iter().map(|source| source.field(options)).collect());
        Ok(Self { options: options.clone(), sources, rows })
    }

    /// Adds rows: all or none of them.
    fn append(&mut self, rows: &[T::Row<'_>], origins: &[Origin<'_>]) -> Appended {
        let Self { options, sources, rows: table } = self;
        table.extend(rows.len(), |columns| {
            for (source, column) in sources.iter().zip(columns) {
                let put = source.put(rows, origins, Cells { column, options });
                put.map_err(|Refused { kind, why }| AppendError {
                    column: source.info().name,
                    kind,
                    why,
                })?;
            }
            Ok(())
        })
    }
}

/// An accepted document, and where it comes from.
type Document<'d, 'a> = (&'d dyn Answer<'a>, Origin<'d>);

/// A [`Builder`] of any table.
trait AnyBuilder: Send {
    fn rows(&self) -> &Rows;

    fn rows_mut(&mut self) -> &mut Rows;

    /// Adds the rows of some of the first documents, all or none, until there are `most` rows. Returns of how many
    /// documents.
    fn answers(&mut self, documents: &[Document<'_, '_>], most: usize) -> (usize, Appended);

    fn rejected(&mut self, rejected: &Rejected<'_>, origin: &Origin<'_>) -> Appended;
}

impl<T: TableOf> AnyBuilder for Builder<T> {
    fn rows(&self) -> &Rows {
        &self.rows
    }

    fn rows_mut(&mut self) -> &mut Rows {
        &mut self.rows
    }

    fn answers(&mut self, documents: &[Document<'_, '_>], most: usize) -> (usize, Appended) {
        let mut rows = Vec::with_capacity(documents.len());
        let mut origins = Vec::with_capacity(documents.len());
        let mut count = 0;
        for (answer, origin) in documents {
            T::of_answer(*answer, &mut rows);
            origins.resize(rows.len(), *origin);
            count += 1;
            if rows.len() >= AT_ONCE || self.rows.len() + rows.len() >= most {
                break;
            }
        }
        (count, self.append(&rows, &origins))
    }

    fn rejected(&mut self, rejected: &Rejected<'_>, origin: &Origin<'_>) -> Appended {
        let mut rows = Vec::new();
        T::of_rejected(rejected, origin, &mut rows);
        self.append(&rows, &vec![*origin; rows.len()])
    }
}

fn any_builder<T: TableOf>(options: &TableOptions) -> Result<Box<dyn AnyBuilder>, ColumnsError> {
    Ok(Box::new(Builder::<T>::new(options)?))
}

/// Makes batches of rows of one table from documents of any kind, and from rejected records.
///
/// ```
/// use jobview::{Arena, JobDocument, Parser};
/// use jobview_arrow::{Origin, Table, TableBuilder, TableOptions};
///
/// let input = b"{\"errors\": [{\"status\": 404, \"detail\": \"Invalid job id\"}]}\noops\n";
/// let arena = Arena::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(input, &arena);
///
/// let options = TableOptions::new();
/// let mut errors = TableBuilder::new(Table::Errors, &options)?;
/// let mut rejects = TableBuilder::new(Table::Rejects, &options)?;
/// for (place, record) in &batch {
///     let origin = Origin::of(Some("jobs.ndjson"), &place);
///     match record {
///         Ok(document) => errors.append(document, &origin)?,
///         Err(rejected) => rejects.append_rejected(rejected, &origin)?,
///     }
/// }
/// for table in [&mut errors, &mut rejects] {
///     while let Some(rows) = table.next_batch() {
///         assert_eq!(rows.len(), 1);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TableBuilder {
    builder: Box<dyn AnyBuilder>,
    batch_rows: usize,
    batch_bytes: usize,
    /// How many bytes of documents are in the batch under construction.
    bytes: usize,
    /// Batches that are complete.
    complete: VecDeque<Rows>,
}

impl TableBuilder {
    /// Makes an empty table.
    ///
    /// # Errors
    ///
    /// If the options name no column, an unknown one, or one twice.
    ///
    /// ```
    /// use jobview_arrow::{Table, TableBuilder, TableOptions};
    ///
    /// let options = TableOptions::new().column_names(["id"]);
    /// assert!(TableBuilder::new(Table::Jobs, &options).is_ok());
    /// assert!(TableBuilder::new(Table::Rejects, &options).is_err());
    /// ```
    pub fn new(table: Table, options: &TableOptions) -> Result<Self, ColumnsError> {
        let builder = for_table!(table, any_builder(options))?;
        let &TableOptions { batch_rows, batch_bytes, .. } = options;
        Ok(Self { builder, batch_rows, batch_bytes, bytes: 0, complete: VecDeque::new() })
    }

    /// The names and types of the columns.
    ///
    /// ```
    /// use jobview_arrow::{Table, TableBuilder, TableOptions};
    ///
    /// let lists = TableBuilder::new(Table::Lists, &TableOptions::new())?;
    /// assert_eq!(lists.fields()[1].name, "name");
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub fn fields(&self) -> &[Field] {
        self.builder.rows().fields()
    }

    /// Adds the rows that a document makes: none, one, or many.
    ///
    /// # Errors
    ///
    /// If there is no place for it in a column. Then no row of it is added.
    ///
    /// ```
    /// use jobview::{Arena, IdentifierPage, Parser};
    /// use jobview_arrow::{Origin, Table, TableBuilder, TableOptions};
    ///
    /// let arena = Arena::new();
    /// let page = br#"{"data": [{"type": "list", "id": "a"}, {"type": "list", "id": "b"}]}"#;
    /// let page = Parser::<IdentifierPage>::new().parse(page, &arena)?;
    /// let mut table = TableBuilder::new(Table::Identifiers, &TableOptions::new())?;
    /// table.append(page, &Origin::default())?;
    /// assert_eq!(table.next_batch().unwrap().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append(&mut self, answer: &dyn Answer<'_>, origin: &Origin<'_>) -> Appended {
        let document = [(answer, *origin)];
        self.append_with(origin.bytes, |builder| builder.answers(&document, usize::MAX).1)
    }

    /// Adds the rows that documents make. That is quicker than document by document: a column is filled with many values
    /// at once. `refused` is called for each document that has no place in a column, and no row of it is added.
    ///
    /// # Errors
    ///
    /// That of `refused`. Then the documents behind it are not added.
    ///
    /// ```
    /// use jobview::{Arena, JobDocument, Parser};
    /// use jobview_arrow::{AppendError, Origin, Table, TableBuilder, TableOptions};
    ///
    /// let input = br#"{"errors": [{"detail": "Not found"}]} {"errors": [{"detail": "Throttled"}]}"#;
    /// let arena = Arena::new();
    /// let batch = Parser::<JobDocument>::new().parse_batch(input, &arena);
    /// let mut table = TableBuilder::new(Table::Errors, &TableOptions::new())?;
    /// let documents = batch.records().filter_map(|(place, record)| {
    ///     Some((record.ok()? as _, Origin::of(Some("jobs.json"), &place)))
    /// });
    /// table.append_all(documents, |error: AppendError, _| Err(error))?;
    /// assert_eq!(table.next_batch().unwrap().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append_all<'d, 'a: 'd, E>(
        &mut self,
        documents: impl IntoIterator<Item = (&'d dyn Answer<'a>, Origin<'d>)>,
        mut refused: impl FnMut(AppendError, &Origin<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut documents = documents.into_iter().fuse();
        let mut some = Vec::with_capacity(AT_ONCE);
        loop {
            let mut bytes = self.bytes;
            for document in &mut documents {
                some.push(document);
                bytes += document.1.bytes;
                if some.len() == AT_ONCE || bytes >= self.batch_bytes {
                    break;
                }
            }
            if some.is_empty() {
                return Ok(());
            }
            let (count, appended) = self.builder.answers(&some, self.batch_rows);
            match appended {
                Ok(()) => {
                    self.count_bytes(some[..count].iter().map(|(_, origin)| origin.bytes).sum())
                }
                // One by one, to find out which of them has no place.
                Err(_) => {
                    for (answer, origin) in &some[..count] {
                        self.append(*answer, origin).or_else(|error| refused(error, origin))?;
                    }
                }
            }
            some.drain(..count);
        }
    }

    /// Adds the row that a rejected record makes, in the table of rejected records; none in others.
    ///
    /// # Errors
    ///
    /// If there is no place for it in a column.
    ///
    /// ```
    /// use jobview::{Arena, JobDocument, Parser};
    /// use jobview_arrow::{Origin, Table, TableBuilder, TableOptions};
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<JobDocument>::new().parse_batch(b"oops", &arena);
    /// let mut table = TableBuilder::new(Table::Rejects, &TableOptions::new())?;
    /// table.append_rejected(&batch.rejected()[0], &Origin::default())?;
    /// assert_eq!(table.next_batch().unwrap().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append_rejected(&mut self, rejected: &Rejected<'_>, origin: &Origin<'_>) -> Appended {
        self.append_with(origin.bytes, |builder| builder.rejected(rejected, origin))
    }

    fn append_with(
        &mut self,
        bytes: usize,
        append: impl Fn(&mut dyn AnyBuilder) -> Appended,
    ) -> Appended {
        let before = self.builder.rows().len();
        let mut appended = append(&mut *self.builder);
        if let Err(error) = &appended {
            let is_full = error.kind() == AppendErrorKind::Full;
            self.builder.rows_mut().truncate(before);
            if is_full && before > 0 {
                self.complete();
                appended = append(&mut *self.builder);
                if appended.is_err() {
                    self.builder.rows_mut().truncate(0);
                }
            }
        }
        self.count_bytes(bytes);
        appended
    }

    /// Counts the bytes of documents that have been added, and completes the batch if it is large enough.
    fn count_bytes(&mut self, bytes: usize) {
        if !self.builder.rows().is_empty() {
            self.bytes += bytes;
        }
        if self.builder.rows().len() >= self.batch_rows || self.bytes >= self.batch_bytes {
            self.complete();
        }
    }

    /// Completes the batch under construction.
    fn complete(&mut self) {
        self.bytes = 0;
        let rows = self.builder.rows_mut();
        if !rows.is_empty() {
            self.complete.push_back(rows.take());
        }
    }

    /// Whether there is a batch that is [complete](TableOptions::batch_rows).
    ///
    /// ```
    /// use jobview_arrow::{Table, TableBuilder, TableOptions};
    ///
    /// assert!(!TableBuilder::new(Table::Jobs, &TableOptions::new())?.has_complete());
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub fn has_complete(&self) -> bool {
        !self.complete.is_empty()
    }

    /// Takes the next complete batch. If there is none, the rows that are left are one. `None` if there are no rows.
    ///
    /// ```
    /// use jobview_arrow::{Table, TableBuilder, TableOptions};
    ///
    /// assert_eq!(TableBuilder::new(Table::Jobs, &TableOptions::new())?.next_batch(), None);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub fn next_batch(&mut self) -> Option<Rows> {
        if self.complete.is_empty() {
            self.complete();
        }
        self.complete.pop_front()
    }
}

impl fmt::Debug for TableBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { batch_rows, batch_bytes, bytes, .. } = self;
        let mut shown = f.debug_struct("TableBuilder");
        shown.field("batch_rows", batch_rows).field("batch_bytes", batch_bytes);
        shown.field("bytes", bytes).finish_non_exhaustive()
    }
}

/// Rows of [`Table::Jobs`] from single jobs, for programs that go through the jobs themselves. Each thread has its own. It
/// makes one batch of all rows until [`finish`](Self::finish): [`TableOptions::batch_rows`] and
/// [`TableOptions::batch_bytes`] are not its business.
///
/// ```
/// use jobview::{Arena, JobPage, Jobs as _, Parser};
/// use jobview_arrow::{JobTable, TableOptions};
///
/// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"},
///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3}}]}"#;
/// let arena = Arena::new();
/// let page = Parser::<JobPage>::new().parse(json, &arena)?;
/// let mut table = JobTable::new(&TableOptions::new().column_names(["id", "total_count"]))?;
/// for job in page.jobs() {
///     table.append(job)?;
/// }
/// let rows = table.finish();
/// assert_eq!((rows.len(), rows.columns().len()), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct JobTable {
    builder: Builder<Jobs>,
}

impl JobTable {
    /// Makes an empty table.
    ///
    /// # Errors
    ///
    /// If the options name no column, an unknown one, or one twice.
    pub fn new(options: &TableOptions) -> Result<Self, ColumnsError> {
        Ok(Self { builder: Builder::new(options)? })
    }

    /// How many rows there are.
    ///
    /// ```
    /// use jobview_arrow::{JobTable, TableOptions};
    ///
    /// assert_eq!(JobTable::new(&TableOptions::new())?.len(), 0);
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub const fn len(&self) -> usize {
        self.builder.rows.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// use jobview_arrow::{JobTable, TableOptions};
    ///
    /// assert!(JobTable::new(&TableOptions::new())?.is_empty());
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.builder.rows.is_empty()
    }

    /// Adds a job of any kind. Where it comes from is not known: `_record`, `_line` and `_offset` are 0.
    ///
    /// # Errors
    ///
    /// If there is no place for it in a column. Then it is not added.
    pub fn append<'a>(&mut self, job: impl Into<AnyJob<'a>>) -> Appended {
        self.append_from(job, &Origin::default())
    }

    /// Adds a job of any kind, and where it comes from.
    ///
    /// # Errors
    ///
    /// If there is no place for it in a column. Then it is not added.
    ///
    /// ```
    /// use jobview::{Arena, JobResponse, Parser};
    /// use jobview_arrow::{JobTable, Origin, TableOptions};
    ///
    /// let input = br#"{"data": {"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"},
    ///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3}}}"#;
    /// let arena = Arena::new();
    /// let batch = Parser::<JobResponse>::new().parse_batch(input, &arena);
    /// let mut table = JobTable::new(&TableOptions::new().column_names(["_file", "_line"]))?;
    /// for (place, record) in batch.records() {
    ///     table.append_from(&record.unwrap().data, &Origin::of(Some("jobs.json"), &place))?;
    /// }
    /// assert_eq!(table.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append_from<'a>(&mut self, job: impl Into<AnyJob<'a>>, origin: &Origin<'_>) -> Appended {
        self.builder.append(&[job.into()], &[*origin])
    }

    /// Adds jobs of any kind, and where they come from. That is quicker than job by job: a column is filled with many
    /// values at once. `refused` is called for each job that has no place in a column; it is not added.
    ///
    /// # Errors
    ///
    /// That of `refused`. Then the jobs behind it are not added.
    ///
    /// ```
    /// use jobview::{Arena, JobPage, Jobs as _, Parser};
    /// use jobview_arrow::{AppendError, JobTable, Origin, TableOptions};
    ///
    /// let input = br#"{"data": []} {"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"},
    ///     "attributes": {"status": "queued", "created_at": "yesterday", "total_count": 3}}]}"#;
    /// let arena = Arena::new();
    /// let batch = Parser::<JobPage>::new().parse_batch(input, &arena);
    /// let mut table = JobTable::new(&TableOptions::new())?;
    /// let mut refused = 0;
    /// let jobs = batch.jobs().map(|job| (job, Origin::default()));
    /// table.append_all(jobs, |_, _| {
    ///     refused += 1;
    ///     Ok::<(), AppendError>(())
    /// })?;
    /// assert_eq!((table.len(), refused), (0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append_all<'a, 'o, J: Into<AnyJob<'a>>, E>(
        &mut self,
        jobs: impl IntoIterator<Item = (J, Origin<'o>)>,
        mut refused: impl FnMut(AppendError, &Origin<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut jobs = jobs.into_iter().fuse();
        let (mut rows, mut origins) = (Vec::with_capacity(AT_ONCE), Vec::with_capacity(AT_ONCE));
        loop {
            for (job, origin) in jobs.by_ref().take(AT_ONCE) {
                rows.push(job.into());
                origins.push(origin);
            }
            if rows.is_empty() {
                return Ok(());
            }
            if self.builder.append(&rows, &origins).is_err() {
                // One by one, to find out which of them has no place.
                for (job, origin) in rows.iter().zip(&origins) {
                    let appended =
                        self.builder.append(slice::from_ref(job), slice::from_ref(origin));
                    appended.or_else(|error| refused(error, origin))?;
                }
            }
            rows.clear();
            origins.clear();
        }
    }

    /// Takes all rows. Those that are added from now on begin a new batch.
    ///
    /// ```
    /// use jobview_arrow::{JobTable, TableOptions};
    ///
    /// assert!(JobTable::new(&TableOptions::new())?.finish().is_empty());
    /// # Ok::<(), jobview_arrow::ColumnsError>(())
    /// ```
    #[must_use]
    pub fn finish(&mut self) -> Rows {
        self.builder.rows.take()
    }
}

impl fmt::Debug for JobTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JobTable").field("rows", &self.len()).finish_non_exhaustive()
    }
}
