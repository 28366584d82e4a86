//! A column, and what its values may be.

use super::validity::Validity;
use std::borrow::Cow;
use std::fmt;

/// The type of the values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// True or false.
    Bool,
    /// A signed integer of 8 bits.
    Int8,
    /// A signed integer of 16 bits.
    Int16,
    /// A signed integer of 32 bits.
    Int32,
    /// A signed integer of 64 bits.
    Int64,
    /// An unsigned integer of 8 bits.
    UInt8,
    /// An unsigned integer of 16 bits.
    UInt16,
    /// An unsigned integer of 32 bits.
    UInt32,
    /// An unsigned integer of 64 bits.
    UInt64,
    /// A floating-point number of 32 bits.
    Float32,
    /// A floating-point number of 64 bits.
    Float64,
    /// UTF-8 text.
    Text,
    /// UTF-8 text that is valid JSON.
    Json,
    /// Any bytes.
    Binary,
    /// Microseconds since 1970-01-01T00:00:00Z.
    Timestamp,
    /// One of these texts, by its index.
    Choice(&'static [&'static str]),
    /// Any number of items.
    List(Box<Field>),
    /// Some named values.
    Struct(Vec<Field>),
    /// Any number of texts, each with an item.
    Map(Box<Field>),
}

/// The name and the type of a column, or of what is inside a column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The name.
    pub name: Cow<'static, str>,
    /// The type of the values.
    pub column_type: ColumnType,
    /// Whether values may be null.
    pub nullable: bool,
}

impl Field {
    /// A field whose values may be null, or not.
    ///
    /// ```
    /// use gapwise::columns::{ColumnType, Field};
    ///
    /// let size = Field::new("size", ColumnType::Int64, true);
    /// assert!(size.nullable);
    /// ```
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        column_type: ColumnType,
        nullable: bool,
    ) -> Self {
        Self { name: name.into(), column_type, nullable }
    }
}

/// The error for a value that has no room in a column: a column holds at most 2 GiB of text, and 2^31 - 1 items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnFull;

impl fmt::Display for ColumnFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a column holds at most 2 GiB of text, and 2^31 - 1 items")
    }
}

impl std::error::Error for ColumnFull {}

/// The largest offset in a column. Tests must reach it.
const MOST: usize = if cfg!(test) { 100 } else { i32::MAX as usize };

/// The values of one column, of which some may be null.
///
/// ```
/// use gapwise::columns::{Column, ColumnType, Values};
///
/// let mut column = Column::new(&ColumnType::Text);
/// column.push_text("start")?;
/// column.push_null();
/// column.push_text("stop")?;
/// let (validity, values) = column.into_parts();
/// assert_eq!((validity.len(), validity.nulls()), (3, 1));
/// assert_eq!(values, Values::Bytes { offsets: vec![0, 5, 5, 9], bytes: b"startstop".to_vec() });
/// # Ok::<(), gapwise::columns::ColumnFull>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub(super) validity: Validity,
    pub(super) values: Values,
}

/// The values of a column as vectors. Where a value is null, there is an empty one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Of [`ColumnType::Bool`].
    Bool(Vec<bool>),
    /// Of [`ColumnType::Int8`], and indices of [`ColumnType::Choice`].
    Int8(Vec<i8>),
    /// Of [`ColumnType::Int16`].
    Int16(Vec<i16>),
    /// Of [`ColumnType::Int32`].
    Int32(Vec<i32>),
    /// Of [`ColumnType::Int64`] and [`ColumnType::Timestamp`].
    Int64(Vec<i64>),
    /// Of [`ColumnType::UInt8`].
    UInt8(Vec<u8>),
    /// Of [`ColumnType::UInt16`].
    UInt16(Vec<u16>),
    /// Of [`ColumnType::UInt32`].
    UInt32(Vec<u32>),
    /// Of [`ColumnType::UInt64`].
    UInt64(Vec<u64>),
    /// Of [`ColumnType::Float32`].
    Float32(Vec<f32>),
    /// Of [`ColumnType::Float64`].
    Float64(Vec<f64>),
    /// Of [`ColumnType::Text`], [`ColumnType::Json`] and [`ColumnType::Binary`]: one after another.
    Bytes {
        /// Where each of them begins, and where the last one ends.
        offsets: Vec<i32>,
        /// All bytes.
        bytes: Vec<u8>,
    },
    /// Of [`ColumnType::List`]: the items of all lists, one list after another.
    List {
        /// Where each list begins, and where the last one ends.
        offsets: Vec<i32>,
        /// All items.
        items: Box<Column>,
    },
    /// Of [`ColumnType::Struct`]: a column for each field.
    Struct(Vec<Column>),
    /// Of [`ColumnType::Map`]: the entries of all maps, one map after another.
    Map {
        /// Where each map begins, and where the last one ends.
        offsets: Vec<i32>,
        /// All names.
        names: Box<Column>,
        /// All items.
        items: Box<Column>,
    },
}

impl Column {
    /// An empty column.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// assert!(Column::new(&ColumnType::Bool).is_empty());
    /// ```
    pub fn new(column_type: &ColumnType) -> Self {
        let offsets = || vec![0];
        let boxed = |column_type| Box::new(Self::new(column_type));
        let values = match column_type {
            ColumnType::Bool => Values::Bool(Vec::new()),
            ColumnType::Int8 | ColumnType::Choice(_) => Values::Int8(Vec::new()),
            ColumnType::Int16 => Values::Int16(Vec::new()),
            ColumnType::Int32 => Values::Int32(Vec::new()),
            ColumnType::Int64 | ColumnType::Timestamp => Values::Int64(Vec::new()),
            ColumnType::UInt8 => Values::UInt8(Vec::new()),
            ColumnType::UInt16 => Values::UInt16(Vec::new()),
            ColumnType::UInt32 => Values::UInt32(Vec::new()),
            ColumnType::UInt64 => Values::UInt64(Vec::new()),
            ColumnType::Float32 => Values::Float32(Vec::new()),
            ColumnType::Float64 => Values::Float64(Vec::new()),
            ColumnType::Text | ColumnType::Json | ColumnType::Binary => {
                Values::Bytes { offsets: offsets(), bytes: Vec::new() }
            }
            ColumnType::List(item) => {
                Values::List { offsets: offsets(), items: boxed(&item.column_type) }
            }
            ColumnType::Struct(fields) => {
                let column = |field: &Field| Self::new(&field.column_type);
                Values::Struct(fields.iter().map(column).collect())
            }
            ColumnType::Map(item) => Values::Map {
                offsets: offsets(),
                names: boxed(&ColumnType::Text),
                items: boxed(&item.column_type),
            },
        };
        Self { validity: Validity::default(), values }
    }

    /// An empty column of the same type, with room for as much as this one has.
    pub(super) fn like(&self) -> Self {
        Self { validity: Validity::default(), values: self.values.like() }
    }

    /// How many values there are, null or not.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// let mut column = Column::new(&ColumnType::Bool);
    /// column.push_null();
    /// assert_eq!(column.len(), 1);
    /// ```
    pub const fn len(&self) -> usize {
        self.validity.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// assert!(Column::new(&ColumnType::Text).is_empty());
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.validity.is_empty()
    }

    /// Which values are null.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// let mut column = Column::new(&ColumnType::Bool);
    /// column.push_null();
    /// assert!(!column.validity().is_valid(0));
    /// ```
    pub const fn validity(&self) -> &Validity {
        &self.validity
    }

    /// The values.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Bool);
    /// column.push_bool(true);
    /// assert_eq!(column.values(), &Values::Bool(vec![true]));
    /// ```
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// Which values are null, and all values.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Int64);
    /// column.push_i64(3);
    /// let (validity, values) = column.into_parts();
    /// assert_eq!((validity.nulls(), values), (0, Values::Int64(vec![3])));
    /// ```
    pub fn into_parts(self) -> (Validity, Values) {
        (self.validity, self.values)
    }

    /// Adds a null.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Int64);
    /// column.push_null();
    /// assert_eq!(column.values(), &Values::Int64(vec![0]));
    /// assert_eq!(column.validity().nulls(), 1);
    /// ```
    #[inline]
    pub fn push_null(&mut self) {
        self.values.push_empty();
        self.validity.push(false);
    }

    /// Adds text, or JSON.
    ///
    /// # Errors
    ///
    /// If there is no room for it. Then the column is as it was before.
    ///
    /// # Panics
    ///
    /// Like all of these methods, if the column is of another type.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// let mut column = Column::new(&ColumnType::Text);
    /// column.push_text("start")?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    #[inline]
    pub fn push_text(&mut self, text: &str) -> Result<(), ColumnFull> {
        self.push_bytes(text.as_bytes())
    }

    /// Adds bytes. To a column of text, only [`push_text`](Self::push_text) may add.
    ///
    /// # Errors
    ///
    /// If there is no room for them. Then the column is as it was before.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// let mut column = Column::new(&ColumnType::Binary);
    /// column.push_bytes(b"\xff")?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    #[inline]
    pub fn push_bytes(&mut self, more: &[u8]) -> Result<(), ColumnFull> {
        let Values::Bytes { offsets, bytes } = &mut self.values else { of_another_type() };
        let end = offset(bytes.len() + more.len())?;
        bytes.extend_from_slice(more);
        offsets.push(end);
        self.validity.push(true);
        Ok(())
    }

    /// Adds the index of a choice.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Choice(&["queued", "complete"]));
    /// column.push_choice(1);
    /// assert_eq!(column.values(), &Values::Int8(vec![1]));
    /// ```
    #[inline]
    pub fn push_choice(&mut self, index: usize) {
        let Values::Int8(values) = &mut self.values else { of_another_type() };
        values.push(i8::try_from(index).expect("there are not so many choices"));
        self.validity.push(true);
    }

    /// Adds a list.
    ///
    /// # Errors
    ///
    /// If there is no room for an item. Then the column is to be [truncated](Self::truncate).
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Field};
    ///
    /// let item = Box::new(Field::new("item", ColumnType::Text, false));
    /// let mut column = Column::new(&ColumnType::List(item));
    /// column.push_list(["a", "b"], |text, items| items.push_text(text))?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    #[inline]
    pub fn push_list<T>(
        &mut self,
        list: impl IntoIterator<Item = T>,
        mut push: impl FnMut(T, &mut Self) -> Result<(), ColumnFull>,
    ) -> Result<(), ColumnFull> {
        let Values::List { offsets, items } = &mut self.values else { of_another_type() };
        for item in list {
            push(item, items)?;
        }
        offsets.push(offset(items.len())?);
        self.validity.push(true);
        Ok(())
    }

    /// Adds a map.
    ///
    /// # Errors
    ///
    /// If there is no room for an item. Then the column is to be [truncated](Self::truncate).
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Field};
    ///
    /// let item = Box::new(Field::new("item", ColumnType::Text, false));
    /// let mut column = Column::new(&ColumnType::Map(item));
    /// column.push_map([("name", "a"), ("kind", "b")], |text, items| items.push_text(text))?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    pub fn push_map<'n, T>(
        &mut self,
        map: impl IntoIterator<Item = (&'n str, T)>,
        mut push: impl FnMut(T, &mut Self) -> Result<(), ColumnFull>,
    ) -> Result<(), ColumnFull> {
        let Values::Map { offsets, names, items } = &mut self.values else { of_another_type() };
        for (name, item) in map {
            names.push_text(name)?;
            push(item, items)?;
        }
        offsets.push(offset(items.len())?);
        self.validity.push(true);
        Ok(())
    }

    /// Adds a struct, whose fields `push` adds to the columns.
    ///
    /// # Errors
    ///
    /// If there is no room for a field. Then the column is to be [truncated](Self::truncate).
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Field};
    ///
    /// let mut column = Column::new(&ColumnType::Struct(vec![Field::new("size", ColumnType::Int64, false)]));
    /// column.push_struct(|fields| {
    ///     fields[0].push_i64(3);
    ///     Ok(())
    /// })?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    pub fn push_struct(
        &mut self,
        push: impl FnOnce(&mut [Self]) -> Result<(), ColumnFull>,
    ) -> Result<(), ColumnFull> {
        let Values::Struct(fields) = &mut self.values else { of_another_type() };
        push(fields)?;
        self.validity.push(true);
        Ok(())
    }

    /// Keeps the first `len` values only, and whatever belongs to them. It also takes away what has been added of a
    /// value that had no room.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Int64);
    /// column.push_i64(1);
    /// column.push_i64(2);
    /// column.truncate(1);
    /// assert_eq!(column.values(), &Values::Int64(vec![1]));
    /// ```
    pub fn truncate(&mut self, len: usize) {
        self.validity.truncate(len);
        self.values.truncate(len);
    }
}

/// Declares the methods that add numbers.
macro_rules! numbers {
    ($($push:ident of $type:ty: $variant:ident, $about:literal;)*) => {
        impl Column {$(
            #[doc = $about]
            #[inline]
            pub fn $push(&mut self, value: $type) {
                let Values::$variant(values) = &mut self.values else { of_another_type() };
                values.push(value);
                self.validity.push(true);
            }
        )*}

        impl Values {
            /// Adds an empty value.
            fn push_empty(&mut self) {
                match self {
                    $(Self::$variant(values) => values.push(<$type>::default()),)*
                    Self::Bytes { offsets, .. }
                    | Self::List { offsets, .. }
                    | Self::Map { offsets, .. } => offsets.push(offsets[offsets.len() - 1]),
                    Self::Struct(fields) => fields.iter_mut().for_each(Column::push_null),
                }
            }

            /// Empty vectors, with room for as much as these have.
            fn like(&self) -> Self {
                let offsets = |offsets: &Vec<i32>| {
                    let mut like = Vec::with_capacity(offsets.len());
                    like.push(0);
                    like
                };
                match self {
                    $(Self::$variant(values) => Self::$variant(Vec::with_capacity(values.len())),)*
                    Self::Bytes { offsets: ends, bytes } => {
                        Self::Bytes { offsets: offsets(ends), bytes: Vec::with_capacity(bytes.len()) }
                    }
                    Self::List { offsets: ends, items } => {
                        Self::List { offsets: offsets(ends), items: Box::new(items.like()) }
                    }
                    Self::Struct(fields) => Self::Struct(fields.iter().map(Column::like).collect()),
                    Self::Map { offsets: ends, names, items } => Self::Map {
                        offsets: offsets(ends),
                        names: Box::new(names.like()),
                        items: Box::new(items.like()),
                    },
                }
            }

            fn truncate(&mut self, len: usize) {
                match self {
                    $(Self::$variant(values) => values.truncate(len),)*
                    Self::Bytes { offsets, bytes } => bytes.truncate(cut(offsets, len)),
                    Self::List { offsets, items } => items.truncate(cut(offsets, len)),
                    Self::Map { offsets, names, items } => {
                        let end = cut(offsets, len);
                        names.truncate(end);
                        items.truncate(end);
                    }
                    Self::Struct(fields) => fields.iter_mut().for_each(|field| field.truncate(len)),
                }
            }
        }
    };
}

numbers! {
    push_bool of bool: Bool, "Adds true or false.";
    push_i8 of i8: Int8, "Adds a number.";
    push_i16 of i16: Int16, "Adds a number.";
    push_i32 of i32: Int32, "Adds a number.";
    push_i64 of i64: Int64, "Adds a number, or microseconds since 1970-01-01T00:00:00Z.";
    push_u8 of u8: UInt8, "Adds a number.";
    push_u16 of u16: UInt16, "Adds a number.";
    push_u32 of u32: UInt32, "Adds a number.";
    push_u64 of u64: UInt64, "Adds a number.";
    push_f32 of f32: Float32, "Adds a number.";
    push_f64 of f64: Float64, "Adds a number.";
}

/// Cuts off the offsets of all values but the first, and returns where those end.
fn cut(offsets: &mut Vec<i32>, len: usize) -> usize {
    offsets.truncate(len + 1);
    offsets[offsets.len() - 1] as usize
}

pub(super) fn offset(end: usize) -> Result<i32, ColumnFull> {
    match i32::try_from(end) {
        Ok(offset) if end <= MOST => Ok(offset),
        _ => Err(ColumnFull),
    }
}

#[cold]
pub(super) fn of_another_type() -> ! {
    panic!("the column is of another type")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> Box<Field> {
        Box::new(Field::new("item", ColumnType::Text, false))
    }

    #[test]
    fn text_has_room_up_to_the_last_byte() {
        let mut column = Column::new(&ColumnType::Text);
        column.push_text(&"a".repeat(MOST - 1)).unwrap();
        let before = column.clone();
        assert_eq!(column.push_text("bc"), Err(ColumnFull));
        assert_eq!(column, before);
        column.push_text("b").unwrap();
        column.push_text("").unwrap();
        assert_eq!(column.len(), 3);
    }

    #[test]
    fn half_a_value_is_taken_away_wherever_it_had_no_room() {
        let fields = vec![
            Field::new("number", ColumnType::Int64, false),
            Field::new("list", ColumnType::List(item()), true),
            Field::new("map", ColumnType::Map(item()), false),
        ];
        let push = |column: &mut Column, texts: &[&str]| {
            column.push_struct(|fields| {
                let [number, list, map] = fields else { unreachable!("there are three") };
                number.push_i64(1);
                match texts {
                    [] => list.push_null(),
                    _ => list.push_list(texts, |text, items| items.push_text(text))?,
                }
                let named = texts.iter().map(|text| ("name", *text));
                map.push_map(named, |text, items| items.push_text(text))
            })
        };
        let mut column = Column::new(&ColumnType::Struct(fields));
        push(&mut column, &["a", "b"]).unwrap();
        push(&mut column, &[]).unwrap();
        column.push_null();
        let before = column.clone();
        let long = "c".repeat(MOST);
        for texts in [&["d", &long][..], &[&long[2..], "e"], &["f"; 26]] {
            assert_eq!(push(&mut column, texts), Err(ColumnFull), "{texts:?}");
            column.truncate(3);
            assert_eq!(column, before);
        }
        column.truncate(1);
        assert_eq!(column.len(), 1);
    }

    #[test]
    #[should_panic(expected = "of another type")]
    fn a_column_has_values_of_one_type() {
        Column::new(&ColumnType::Bool).push_i64(1);
    }
}
