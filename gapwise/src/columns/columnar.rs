//! What can be put into a column: the types that views consist of.

use super::column::{Column, ColumnFull, ColumnType, Field};
use super::rows::Rows;
use crate::presence::Presence;
use crate::raw_json::RawJson;
use std::slice;

/// A type whose values can be put into a column. `#[view(columns)]` derives it for views.
///
/// | in a view | in a column |
/// |---|---|
/// | `bool`, integers of up to 64 bits, floating-point numbers | the same |
/// | `&str`, texts with a format, choices that keep other texts | text |
/// | choices without other texts | their index |
/// | [`RawJson`] | JSON text |
/// | `Option<T>`, [`Presence<T>`] | the same as `T`, which may be null: absent and `null` are one |
/// | `&[T]`, `[T; N]` | a list |
/// | `&[(&str, T)]` | a map, with a name twice if the document has it twice |
/// | a view | a struct |
///
/// The columns of a struct have the names of the members, in the order of the declaration. Flattened views have theirs
/// in between. Constants and what is skipped have none.
///
/// ```
/// use gapwise::columns::{Columnar, ColumnarObject, ColumnType, Values};
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(columns)]
/// struct Line<'a> {
///     level: Option<u8>,
///     message: &'a str,
/// }
///
/// let input = b"{\"level\":3,\"message\":\"start\"}\n{\"message\":\"stop\"}\n";
/// let arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(input, &arena);
/// let mut rows = Line::rows();
/// for line in batch.documents() {
///     line.push_row(&mut rows)?;
/// }
/// assert!(rows.fields().iter().map(|field| &field.name).eq(["level", "message"]));
/// assert_eq!(rows.columns()[0].values(), &Values::UInt8(vec![3, 0]));
/// assert_eq!(rows.columns()[0].validity().nulls(), 1);
/// # Ok::<(), gapwise::columns::ColumnFull>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put into a column",
    label = "no type with `#[view(columns)]`",
    note = "put `#[view(columns)]` on the declaration with `#[derive(View)]`, too; there are no columns for `i128`, \
            `u128` and enums of objects"
)]
pub trait Columnar {
    /// Whether values may be null.
    const NULLABLE: bool = false;

    /// The type of the column.
    fn column_type() -> ColumnType;

    /// Adds the value to a column of this type.
    ///
    /// # Errors
    ///
    /// If there is no room for it. Then the column is to be [truncated](Column::truncate).
    fn push(&self, column: &mut Column) -> Result<(), ColumnFull>;
}

/// A type that can be a row of a table. `#[view(columns)]` derives it for structs; see [`Columnar`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a row of a table",
    label = "no struct with `#[view(columns)]`",
    note = "put `#[view(columns)]` on the declaration with `#[derive(View)]`, too; an enum has no columns that could be \
            flattened: name its tag and the members of its variants in a struct, and convert to that"
)]
pub trait ColumnarObject {
    /// Adds its fields to `fields`.
    fn add_fields(fields: &mut Vec<Field>);

    /// Adds each of its values to the next column.
    ///
    /// # Errors
    ///
    /// If there is no room for one. Then the columns are to be [truncated](Column::truncate).
    fn push_fields(&self, columns: &mut slice::IterMut<'_, Column>) -> Result<(), ColumnFull>;

    /// An empty table of such rows.
    fn rows() -> Rows
    where
        Self: Sized,
    {
        Rows::new(fields_of::<Self>())
    }

    /// Adds a row to such a table.
    ///
    /// # Errors
    ///
    /// If there is no room for it. Then the table is as it was before.
    fn push_row(&self, rows: &mut Rows) -> Result<(), ColumnFull> {
        rows.push(|columns| self.push_fields(&mut columns.iter_mut()))
    }
}

impl Field {
    /// The field for values of a type.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field};
    ///
    /// let field = Field::of::<Option<&str>>("note");
    /// assert_eq!((field.column_type, field.nullable), (ColumnType::Text, true));
    /// ```
    pub fn of<T: Columnar>(name: &'static str) -> Self {
        Self::new(name, T::column_type(), T::NULLABLE)
    }
}

fn fields_of<T: ColumnarObject>() -> Vec<Field> {
    let mut fields = Vec::new();
    T::add_fields(&mut fields);
    fields
}

/// The type of a column of structs. For derived code.
#[doc(hidden)]
pub fn object_type<T: ColumnarObject>() -> ColumnType {
    ColumnType::Struct(fields_of::<T>())
}

/// Adds a struct. For derived code.
#[doc(hidden)]
pub fn push_object<T: ColumnarObject>(value: &T, column: &mut Column) -> Result<(), ColumnFull> {
    column.push_struct(|fields| value.push_fields(&mut fields.iter_mut()))
}

/// Adds a value to the next column. For derived code.
#[doc(hidden)]
pub fn push_next<T: Columnar>(
    value: &T,
    columns: &mut slice::IterMut<'_, Column>,
) -> Result<(), ColumnFull> {
    value.push(columns.next().expect("there is a column for each field"))
}

/// Adds a choice. For derived code.
#[doc(hidden)]
pub fn push_choice(index: usize, column: &mut Column) -> Result<(), ColumnFull> {
    column.push_choice(index);
    Ok(())
}

/// Adds text. For derived code.
#[doc(hidden)]
pub fn push_text(text: &str, column: &mut Column) -> Result<(), ColumnFull> {
    column.push_text(text)
}

/// Implements the trait for numbers.
macro_rules! numbers {
    ($($type:ty: $variant:ident $push:ident;)*) => {$(
        impl Columnar for $type {
            fn column_type() -> ColumnType {
                ColumnType::$variant
            }

            fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
                column.$push(*self);
                Ok(())
            }
        }
    )*};
}

numbers! {
    bool: Bool push_bool;
    i8: Int8 push_i8;
    i16: Int16 push_i16;
    i32: Int32 push_i32;
    i64: Int64 push_i64;
    u8: UInt8 push_u8;
    u16: UInt16 push_u16;
    u32: UInt32 push_u32;
    u64: UInt64 push_u64;
    f32: Float32 push_f32;
    f64: Float64 push_f64;
}

impl Columnar for &str {
    fn column_type() -> ColumnType {
        ColumnType::Text
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        column.push_text(self)
    }
}

impl Columnar for RawJson<'_> {
    fn column_type() -> ColumnType {
        ColumnType::Json
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        column.push_text(self.as_str())
    }
}

impl<T: Columnar> Columnar for Option<T> {
    const NULLABLE: bool = true;

    fn column_type() -> ColumnType {
        T::column_type()
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        match self {
            Some(value) => value.push(column),
            None => {
                column.push_null();
                Ok(())
            }
        }
    }
}

impl<T: Columnar> Columnar for Presence<T> {
    const NULLABLE: bool = true;

    fn column_type() -> ColumnType {
        T::column_type()
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        match self {
            Self::Value(value) => value.push(column),
            Self::Absent | Self::Null => {
                column.push_null();
                Ok(())
            }
        }
    }
}

fn list_type<T: Columnar>() -> ColumnType {
    ColumnType::List(Box::new(Field::of::<T>("item")))
}

impl<T: Columnar> Columnar for &[T] {
    fn column_type() -> ColumnType {
        list_type::<T>()
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        column.push_list(*self, T::push)
    }
}

impl<T: Columnar, const N: usize> Columnar for [T; N] {
    fn column_type() -> ColumnType {
        list_type::<T>()
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        column.push_list(self, T::push)
    }
}

impl<T: Columnar> Columnar for &[(&str, T)] {
    fn column_type() -> ColumnType {
        ColumnType::Map(Box::new(Field::of::<T>("value")))
    }

    fn push(&self, column: &mut Column) -> Result<(), ColumnFull> {
        column.push_map(self.iter().map(|(name, item)| (*name, item)), T::push)
    }
}
