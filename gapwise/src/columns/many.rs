//! Many values at once: the type of a column is looked at once for all of them.

use super::column::{Column, ColumnFull, Values, of_another_type, offset};
use super::validity::Validity;
use std::mem;

impl Column {
    /// Adds texts, or nulls.
    ///
    /// # Errors
    ///
    /// If there is no room for one. Then the column is to be [truncated](Self::truncate).
    ///
    /// # Panics
    ///
    /// Like all of these methods, if the column is of another type.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType};
    ///
    /// let mut column = Column::new(&ColumnType::Text);
    /// column.extend_text([Some("start"), None, Some("stop")])?;
    /// assert_eq!((column.len(), column.validity().nulls()), (3, 1));
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    pub fn extend_text<'t>(
        &mut self,
        texts: impl IntoIterator<Item = Option<&'t str>>,
    ) -> Result<(), ColumnFull> {
        let Values::Bytes { offsets, bytes } = &mut self.values else { of_another_type() };
        let mut copies = Copies::new(offsets, bytes);
        copies.extend(texts.into_iter().map(|text| {
            self.validity.push(text.is_some());
            text.unwrap_or_default()
        }))?;
        copies.copy()
    }

    /// Adds a list of text.
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
    /// column.push_texts(["a", "b"])?;
    /// assert_eq!(column.len(), 1);
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    #[inline]
    pub fn push_texts<'t>(
        &mut self,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Result<(), ColumnFull> {
        let Values::List { offsets, items } = &mut self.values else { of_another_type() };
        texts.into_iter().try_for_each(|text| items.push_text(text))?;
        offsets.push(offset(items.len())?);
        self.validity.push(true);
        Ok(())
    }

    /// Adds lists of text, or nulls.
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
    /// column.extend_texts([Some(&["a", "b"][..]), None, Some(&[])].map(|list| Some(list?.iter().copied())))?;
    /// assert_eq!((column.len(), column.validity().nulls()), (3, 1));
    /// # Ok::<(), gapwise::columns::ColumnFull>(())
    /// ```
    pub fn extend_texts<'t, T: IntoIterator<Item = &'t str>>(
        &mut self,
        lists: impl IntoIterator<Item = Option<T>>,
    ) -> Result<(), ColumnFull> {
        let Values::List { offsets, items } = &mut self.values else { of_another_type() };
        let Values::Bytes { offsets: ends, bytes } = &mut items.values else { of_another_type() };
        let mut copies = Copies::new(ends, bytes);
        for list in lists {
            self.validity.push(list.is_some());
            if let Some(list) = list {
                copies.extend(list)?;
            }
            offsets.push(offset(copies.offsets.len() - 1 + copies.count)?);
        }
        copies.copy()?;
        items.validity.push_valid(ends.len() - 1);
        Ok(())
    }

    /// Adds indices of choices, or nulls.
    ///
    /// ```
    /// use gapwise::columns::{Column, ColumnType, Values};
    ///
    /// let mut column = Column::new(&ColumnType::Choice(&["queued", "complete"]));
    /// column.extend_choices([Some(1), None]);
    /// assert_eq!(column.values(), &Values::Int8(vec![1, 0]));
    /// ```
    pub fn extend_choices(&mut self, indices: impl IntoIterator<Item = Option<usize>>) {
        let Values::Int8(values) = &mut self.values else { of_another_type() };
        let index = |index| i8::try_from(index).expect("there are not so many choices");
        extend(indices.into_iter().map(|choice| choice.map(index)), values, &mut self.validity);
    }
}

/// Declares the methods for numbers.
macro_rules! numbers {
    ($($extend:ident of $type:ty: $variant:ident, $about:literal, $some:literal;)*) => {
        impl Column {$(
            #[doc = $about]
            ///
            /// ```
            /// use gapwise::columns::{Column, ColumnType};
            ///
            #[doc = concat!("let mut column = Column::new(&ColumnType::", stringify!($variant), ");")]
            #[doc = concat!("column.", stringify!($extend), "([Some(", $some, "), None]);")]
            /// assert_eq!((column.len(), column.validity().nulls()), (2, 1));
            /// ```
            pub fn $extend(&mut self, all: impl IntoIterator<Item = Option<$type>>) {
                let Values::$variant(values) = &mut self.values else { of_another_type() };
                extend(all.into_iter(), values, &mut self.validity);
            }
        )*}
    };
}

numbers! {
    extend_bool of bool: Bool, "Adds truth values, or nulls.", "true";
    extend_i64 of i64: Int64, "Adds numbers, or microseconds since 1970-01-01T00:00:00Z, or nulls.", "3";
    extend_u64 of u64: UInt64, "Adds numbers, or nulls.", "3";
    extend_f64 of f64: Float64, "Adds numbers, or nulls.", "0.5";
}

fn extend<T: Default>(
    all: impl Iterator<Item = Option<T>>,
    values: &mut Vec<T>,
    validity: &mut Validity,
) {
    values.extend(all.map(|value| {
        validity.push(value.is_some());
        value.unwrap_or_default()
    }));
}

/// How many texts are copied at once: to make room for one takes longer than to copy it.
const AT_ONCE: usize = 32;

/// Copies texts, one behind the other, and notes where each of them ends.
struct Copies<'c, 't> {
    offsets: &'c mut Vec<i32>,
    bytes: &'c mut Vec<u8>,
    /// Those that have not been copied yet.
    texts: [&'t str; AT_ONCE],
    count: usize,
}

impl<'c, 't> Copies<'c, 't> {
    fn new(offsets: &'c mut Vec<i32>, bytes: &'c mut Vec<u8>) -> Self {
        Self { offsets, bytes, texts: [""; AT_ONCE], count: 0 }
    }

    fn extend(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Result<(), ColumnFull> {
        let mut texts = texts.into_iter();
        loop {
            let mut count = self.count;
            for (slot, text) in self.texts[count..].iter_mut().zip(&mut texts) {
                *slot = text;
                count += 1;
            }
            self.count = count;
            if count < AT_ONCE {
                return Ok(());
            }
            self.copy()?;
        }
    }

    /// Copies those that have not been.
    #[inline(never)]
    fn copy(&mut self) -> Result<(), ColumnFull> {
        let texts = &self.texts[..self.count];
        self.count = 0;
        let mut end = self.bytes.len();
        let more: usize = texts.iter().map(|text| text.len()).sum();
        offset(end + more)?;
        self.bytes.resize(end + more, 0);
        let mut room = &mut self.bytes[end..];
        self.offsets.extend(texts.iter().map(|text| {
            let (to, rest) = mem::take(&mut room).split_at_mut(text.len());
            copy_one(to, text.as_bytes());
            room = rest;
            end += text.len();
            // As far as all of them, it is an offset.
            end as i32
        }));
        Ok(())
    }
}

/// Copies a text to where it has just room. Identifiers have 26 or 36 bytes as a rule: to copy blocks that overlap is
/// quicker than to ask for a copy of any length.
#[inline]
fn copy_one(to: &mut [u8], text: &[u8]) {
    const BLOCK: usize = 16;
    match (text.first_chunk::<BLOCK>(), text.last_chunk::<BLOCK>()) {
        (Some(first), Some(last)) if text.len() <= 2 * BLOCK => {
            to[..BLOCK].copy_from_slice(first);
            to[text.len() - BLOCK..].copy_from_slice(last);
        }
        _ => to.copy_from_slice(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::{ColumnType, Field};

    fn empty() -> Column {
        Column::new(&ColumnType::List(Box::new(Field::new("item", ColumnType::Text, false))))
    }

    #[test]
    fn many_texts_are_those_that_are_added_one_by_one() {
        let lens = [0, 1, 15, 16, 17, 31, 32, 33, 0];
        for count in [0, 1, 31, 32, 33, 64, 65] {
            for len in lens {
                // There are 100 bytes.
                let len = if count * len > 100 { 1 } else { len };
                let text = "abcdefghijklmnopqrstuvwxyz0123456789";
                let texts = (0..count).map(|n| (n % 5 != 3).then_some(&text[..len]));
                let mut at_once = Column::new(&ColumnType::Text);
                at_once.extend_text(texts.clone()).unwrap();
                let mut one_by_one = Column::new(&ColumnType::Text);
                texts.for_each(|text| match text {
                    Some(text) => one_by_one.push_text(text).unwrap(),
                    None => one_by_one.push_null(),
                });
                assert_eq!(at_once, one_by_one, "{count} of {len}");
            }
        }
    }

    #[test]
    fn many_lists_are_those_that_are_added_one_by_one() {
        let texts = ["a", "", "b"].repeat(12);
        let counts = [Some(3), None, Some(0), Some(31), Some(32), Some(33), None, Some(1)];
        for first in 0..counts.len() {
            // There are 100 items.
            let lists = counts[first..]
                .iter()
                .take(4)
                .map(|count| Some(texts[..(*count)?].iter().copied()));
            let (mut at_once, mut one_by_one) = (empty(), empty());
            at_once.extend_texts(lists.clone()).unwrap();
            lists.for_each(|list| match list {
                Some(list) => one_by_one.push_texts(list).unwrap(),
                None => one_by_one.push_null(),
            });
            assert_eq!(at_once, one_by_one, "from {first}");
        }
    }

    #[test]
    fn what_has_no_room_can_be_taken_away_again() {
        let long = "x".repeat(60);
        let mut text = Column::new(&ColumnType::Text);
        text.extend_text([Some("start"), None]).unwrap();
        let before = text.clone();
        assert_eq!(text.extend_text([Some(&*long); 2]), Err(ColumnFull));
        text.truncate(2);
        assert_eq!(text, before);

        let mut column = empty();
        column.push_texts(["start"]).unwrap();
        let before = column.clone();
        for lists in
            [vec![Some(vec![&*long; 2])], vec![Some(vec![""; 60]), None, Some(vec![""; 60])]]
        {
            assert_eq!(column.extend_texts(lists), Err(ColumnFull));
            column.truncate(1);
            assert_eq!(column, before);
        }
    }
}
