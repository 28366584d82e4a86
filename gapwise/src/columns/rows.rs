//! A table in memory.

use super::column::{Column, Field};

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
    pub fn new(fields: Vec<Field>) -> Self {
        let columns = fields.iter().map(|field| Column::new(&field.column_type)).collect();
        Self { fields, columns, len: 0 }
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The names and types of the columns.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The names and types, and the columns.
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
    /// In a debug build, if `push` does not add exactly one value to each column.
    pub fn push<E>(&mut self, push: impl FnOnce(&mut [Column]) -> Result<(), E>) -> Result<(), E> {
        if let Err(error) = push(&mut self.columns) {
            self.columns.iter_mut().for_each(|column| column.truncate(self.len));
            return Err(error);
        }
        self.len += 1;
        debug_assert!(self.columns.iter().all(|column| column.len() == self.len));
        Ok(())
    }

    /// Keeps the first `len` rows only.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.columns.iter_mut().for_each(|column| column.truncate(len));
    }

    /// Takes all rows out. Those that are added from now on begin a new table of the same columns, which has room for as
    /// much: one batch is like another.
    #[must_use]
    pub fn take(&mut self) -> Self {
        let columns = self.columns.iter().map(Column::like).collect();
        let empty = Self { fields: self.fields.clone(), columns, len: 0 };
        std::mem::replace(self, empty)
    }
}
