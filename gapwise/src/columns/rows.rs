//! A table in memory.

use super::column::{Column, Field};
use std::collections::HashSet;

/// Some rows of a table: columns of the same length, with their names and types.
///
/// ```
/// use gapwise::columns::{ColumnType, Field, Rows};
///
/// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, true)]);
/// for size in [Some(3), None] {
///     rows.push(|columns| match size {
///         Some(size) => Ok(columns[0].push_i64(size)),
///         None => Ok(columns[0].push_null()),
///     })?;
/// }
/// assert_eq!((rows.len(), rows.columns()[0].validity().nulls()), (2, 1));
/// # Ok::<(), gapwise::columns::ColumnFull>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    fields: Vec<Field>,
    columns: Vec<Column>,
    len: usize,
}

impl Rows {
    /// No rows.
    ///
    /// # Panics
    ///
    /// If two fields have the same name: not every reader of tables can read such columns.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field, Rows};
    ///
    /// let rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// assert_eq!((rows.columns().len(), rows.len()), (1, 0));
    /// ```
    pub fn new(fields: Vec<Field>) -> Self {
        let mut names = HashSet::new();
        for Field { name, .. } in &fields {
            assert!(names.insert(name), "two columns have the name {name}");
        }
        let columns = fields.iter().map(|field| Column::new(&field.column_type)).collect();
        Self { fields, columns, len: 0 }
    }

    /// How many rows there are.
    ///
    /// ```
    /// use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    ///
    /// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// rows.push::<ColumnFull>(|columns| {
    ///     columns[0].push_i64(3);
    ///     Ok(())
    /// })?;
    /// assert_eq!(rows.len(), 1);
    /// # Ok::<(), ColumnFull>(())
    /// ```
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(gapwise::columns::Rows::new(vec![]).is_empty());
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The names and types of the columns.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field, Rows};
    ///
    /// let rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// assert_eq!(rows.fields()[0].name, "size");
    /// ```
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The columns.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field, Rows};
    ///
    /// let rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// assert!(rows.columns()[0].is_empty());
    /// ```
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The names and types, and the columns.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field, Rows};
    ///
    /// let (fields, columns) = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]).into_parts();
    /// assert_eq!((fields.len(), columns.len()), (1, 1));
    /// ```
    pub fn into_parts(self) -> (Vec<Field>, Vec<Column>) {
        (self.fields, self.columns)
    }

    /// Adds a row: `push` adds one value to each column. If it fails, the row is taken away again.
    ///
    /// # Errors
    ///
    /// Those of `push`.
    ///
    /// # Panics
    ///
    /// In a debug build, if `push` does not add exactly one value to each column. In a release build, whoever reads the
    /// columns finds out.
    ///
    /// ```
    /// use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    ///
    /// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// rows.push::<ColumnFull>(|columns| {
    ///     columns[0].push_i64(3);
    ///     Ok(())
    /// })?;
    /// let failed = rows.push(|columns| {
    ///     columns[0].push_i64(4);
    ///     Err("it has no place")
    /// });
    /// assert_eq!((failed, rows.len()), (Err("it has no place"), 1));
    /// # Ok::<(), ColumnFull>(())
    /// ```
    pub fn push<E>(&mut self, push: impl FnOnce(&mut [Column]) -> Result<(), E>) -> Result<(), E> {
        self.extend(1, push)
    }

    /// Adds `count` rows: `extend` adds as many values to each column. If it fails, they are taken away again.
    ///
    /// # Errors
    ///
    /// Those of `extend`.
    ///
    /// # Panics
    ///
    /// In a debug build, if a column has another length then; see [`push`](Self::push).
    ///
    /// ```
    /// use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    ///
    /// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, true)]);
    /// rows.extend::<ColumnFull>(2, |columns| {
    ///     columns[0].extend_i64([Some(3), None]);
    ///     Ok(())
    /// })?;
    /// assert_eq!(rows.len(), 2);
    /// # Ok::<(), ColumnFull>(())
    /// ```
    pub fn extend<E>(
        &mut self,
        count: usize,
        extend: impl FnOnce(&mut [Column]) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Err(error) = extend(&mut self.columns) {
            self.columns.iter_mut().for_each(|column| column.truncate(self.len));
            return Err(error);
        }
        self.len += count;
        debug_assert!(self.columns.iter().all(|column| column.len() == self.len));
        Ok(())
    }

    /// Keeps the first `len` rows only.
    ///
    /// ```
    /// use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    ///
    /// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// rows.push::<ColumnFull>(|columns| {
    ///     columns[0].push_i64(3);
    ///     Ok(())
    /// })?;
    /// rows.truncate(0);
    /// assert!(rows.is_empty());
    /// # Ok::<(), ColumnFull>(())
    /// ```
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.columns.iter_mut().for_each(|column| column.truncate(len));
    }

    /// Takes all rows out. Those that are added from now on begin a new table of the same columns, which has room for as
    /// much: one batch is like another.
    ///
    /// ```
    /// use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    ///
    /// let mut rows = Rows::new(vec![Field::new("size", ColumnType::Int64, false)]);
    /// rows.push::<ColumnFull>(|columns| {
    ///     columns[0].push_i64(3);
    ///     Ok(())
    /// })?;
    /// assert_eq!((rows.take().len(), rows.len()), (1, 0));
    /// # Ok::<(), ColumnFull>(())
    /// ```
    #[must_use]
    pub fn take(&mut self) -> Self {
        let columns = self.columns.iter().map(Column::like).collect();
        let empty = Self { fields: self.fields.clone(), columns, len: 0 };
        std::mem::replace(self, empty)
    }
}
