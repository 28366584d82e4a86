//! What all kinds of documents have in common: how a parser for one is made, and how kinds are told apart.

use super::{Table, Values};
use crate::arena::Arena;
use crate::arena::ArenaFull;
use std::fmt::Debug;

/// A kind of document that a [`Parser`](crate::Parser) can be of: the view of a whole document.
///
/// It is implemented for what `#[derive(View)]` stands at, whatever its lifetime, and nobody else can implement it. A
/// parser keeps no view, so that `Parser<Line<'static>>` parses documents of any lifetime.
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
    /// The view of such a document: the same type with another lifetime.
    type View<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    #[doc(hidden)]
    type Builder: Build<Self>;
}

/// Gives a table, which is made when it is first asked for.
pub type TableOf = fn() -> &'static Table;

/// How the documents of a kind become views. Nobody else can implement it: that is the seal of [`Document`].
///
/// # Safety
///
/// All tables are [of](Table::of) the view of the document, if [`copy`](Self::copy) does not say otherwise; then it is not in
/// place.
#[allow(unsafe_code)]
pub unsafe trait Build<D: Document> {
    /// The members of a document, for each of the forms that it can have.
    const TABLES: &'static [TableOf];

    /// Whether the view of a table is that of the document, and made where it stays.
    const IS_IN_PLACE: bool = true;

    /// Which of the tables a document is to be read by. What was [guessed](Look::guess) must be so that the table of the guess
    /// accepts no document of another table.
    fn table(look: &dyn Look) -> usize {
        let _ = look;
        0
    }

    /// The view of a document that was decoded to its end, in the arena.
    ///
    /// # Safety
    ///
    /// The values have been completed, of a document of this one of the tables, and it is taken once.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn view<'a>(
        table: usize,
        values: &mut Values<'a>,
        arena: &'a Arena,
    ) -> Result<&'a D::View<'a>, ArenaFull> {
        if Self::IS_IN_PLACE {
            // SAFETY: the table is of this view, as who implements the trait has promised.
            return unsafe { values.take_view(arena) }.map(|view| &*view);
        }
        // SAFETY: the caller's promise.
        arena.keep_with(|| unsafe { Self::copy(table, values) }).map(|view| &*view)
    }

    /// A copy of the same.
    ///
    /// # Safety
    ///
    /// The values have been completed, of a document of this one of the tables.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn copy<'a>(table: usize, values: &Values<'a>) -> D::View<'a> {
        let _ = table;
        // SAFETY: the table is of this view, as who implements the trait has promised.
        unsafe { values.view() }
    }

    /// If a document that was found to be wrong is of another kind: in the words of an error, the kind that was wanted,
    /// and the one that it is of.
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

/// All of them, one list after another.
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

/// A look at what stands at a JSON pointer of a document that has not been decoded. Nothing, where there is no such
/// place or what is before it is not JSON.
pub trait Look {
    /// What is there.
    fn look(&self, pointer: &'static str) -> Option<Glimpse>;

    /// The string there, unescaped, as far as there is room for it.
    fn text<'r>(&self, pointer: &'static str, room: &'r mut TextRoom) -> Option<&'r str>;

    /// The table that documents had lately, if that of this one may be guessed: if the document is not of it after all, it is
    /// looked at again, and then there is no guess.
    fn guess(&self) -> Option<usize>;
}

/// Room for the texts by which kinds are told apart: types of resources, and URLs.
pub(crate) type TextRoom = [u8; 512];

/// What can be seen of a value at first sight.
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
