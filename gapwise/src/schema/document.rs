//! What all kinds of documents have in common: how documents become views, and how kinds are told apart.

use super::{Table, Values};
use crate::arena::{Arena, ArenaFull};
use std::fmt::Debug;

/// A kind of document that a [`Parser`](crate::Parser) can parse: the view of a whole document.
///
/// `#[derive(View)]` implements it, for any lifetime of the view. It cannot be implemented by hand. A parser keeps no
/// view, so that `Parser<Line<'static>>` parses documents of any lifetime.
///
/// ```
/// use gapwise::{Arena, Document, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     level: &'a str,
/// }
///
/// fn count<D: Document>(input: &[u8]) -> usize {
///     Parser::<D>::new().parse_batch(input, &Arena::new()).documents().len()
/// }
///
/// assert_eq!(count::<Line<'static>>(br#"{"level":"info"} {"level":7} {"level":"warn"}"#), 2);
/// ```
pub trait Document: Copy + Debug + PartialEq + Send + Sync {
    /// The view of a document with the lifetime `'a`: the same type with another lifetime.
    type View<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    #[doc(hidden)]
    type Builder: Build<Self>;
}

/// Returns a table, which is made when it is first requested.
pub type TableOf = fn() -> &'static Table;

/// How the documents of a kind become views. The trait is private, which seals [`Document`].
///
/// # Safety
///
/// All tables are [of](Table::of) the view of the document, unless the implementation provides its own
/// [`copy`](Self::copy). In that case `IS_IN_PLACE` is `false`.
#[allow(unsafe_code)]
pub unsafe trait Build<D: Document> {
    /// A table for each of the forms that a document can have.
    const TABLES: &'static [TableOf];

    /// Whether the view of a table is that of the document, and can be built in place.
    const IS_IN_PLACE: bool = true;

    /// Chooses the table for a document, by its index. It may use a [guess](Look::guess) only if the guessed table
    /// accepts no document of another table.
    fn table(look: &dyn Look) -> usize {
        let _ = look;
        0
    }

    /// The view of a completely decoded document, in the arena.
    ///
    /// # Safety
    ///
    /// The values have been completed, for a document of this table. The view is taken once.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn view<'a>(
        table: usize,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<&'a D::View<'a>, ArenaFull> {
        if Self::IS_IN_PLACE {
            // SAFETY: the table is of this view, as the implementation of the trait has promised.
            return unsafe { values.take_view(arena) }.map(|view| &*view);
        }
        // SAFETY: the caller's promise.
        arena.keep_with(|| unsafe { Self::copy(table, values) }).map(|view| &*view)
    }

    /// A copy of the view.
    ///
    /// # Safety
    ///
    /// The values have been completed, for a document of this table.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn copy<'a>(table: usize, values: &Values<'a>) -> D::View<'a> {
        let _ = table;
        // SAFETY: the table is of this view, as the implementation of the trait has promised.
        unsafe { values.view() }
    }

    /// If an invalid document is of another kind: the requested kind and the kind that it is of, as an error calls
    /// them.
    fn another_kind(look: &dyn Look) -> Option<[&'static str; 2]> {
        let _ = look;
        None
    }
}

/// How many tables there are in several lists.
pub const fn count_tables(lists: &[&[TableOf]]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < lists.len() {
        count += lists[at].len();
        at += 1;
    }
    count
}

/// All tables, one list after another.
pub const fn all_tables<const N: usize>(lists: &[&[TableOf]]) -> [TableOf; N] {
    let mut all = [lists[0][0]; N];
    let (mut count, mut at) = (0, 0);
    while at < lists.len() {
        let mut table = 0;
        while table < lists[at].len() {
            all[count] = lists[at][table];
            (count, table) = (count + 1, table + 1);
        }
        at += 1;
    }
    all
}

/// Looks at a JSON pointer in a document that has not been decoded. Finds nothing if there is no such value, or if the
/// bytes before it are not JSON.
pub trait Look {
    /// What kind of value is there.
    fn look(&self, pointer: &'static str) -> Option<Glimpse>;

    /// The string that is there, unescaped. It is cut off where `room` ends.
    fn text<'r>(&self, pointer: &'static str, room: &'r mut TextRoom) -> Option<&'r str>;

    /// The table of recent documents, if it may be guessed for this one. If the guess is wrong, the document is looked
    /// at again, without a guess.
    fn guess(&self) -> Option<usize>;
}

/// Room for the strings by which kinds are told apart: types of resources, and URLs.
pub(crate) type TextRoom = [u8; 512];

/// What the first bytes of a value show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glimpse {
    /// An object.
    Object,
    /// An array.
    List {
        /// Whether it has no items.
        is_empty: bool,
    },
    /// A string.
    Text,
    /// Anything else.
    Other,
}
