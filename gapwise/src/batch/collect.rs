//! Collects the records of an input: accepted ones here, rejected ones there.

use super::position::Position;
use super::records::{Record, Records};
use super::rejected::Rejected;
use super::renumbering::Renumbering;
use crate::error::ErrorKind;
use crate::schema::Document;
use bumpalo::{Bump, collections::Vec as ArenaVec};

/// A batch under way.
pub(super) struct Collected<'a, D: Document> {
    documents: ArenaVec<'a, &'a D::View<'a>>,
    rejected: Vec<Rejected<'a>>,
    is_full: bool,
}

impl<'a, D: Document> Collected<'a, D> {
    pub(super) fn new(arena: &'a Bump) -> Self {
        Self { documents: ArenaVec::new_in(arena), rejected: Vec::new(), is_full: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejected.is_empty()
    }

    /// Whether the arena had no room for the last record.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Leaves the last record to another batch, for which there was no room here.
    pub(super) fn put_back(&mut self) {
        self.rejected.pop();
    }

    /// Adds the record that `records` has just returned.
    pub(super) fn push(&mut self, records: &mut Records<'_, 'a, D>, record: Record<'a, D>) {
        let rejected = match record {
            Ok(document) if self.documents.try_reserve(1).is_ok() => {
                return self.documents.push(document);
            }
            Ok(_) => records.reject_last(),
            Err(rejected) => rejected,
        };
        self.is_full = rejected.error.kind() == ErrorKind::ArenaLimit;
        self.rejected.push(rejected);
    }

    pub(super) fn finish(self) -> Batch<'a, D> {
        Batch { documents: self.documents.into_bump_slice(), rejected: self.rejected }
    }
}

impl<'a, D: Document> Records<'_, 'a, D> {
    /// Collects the records that are left. Documents that the arena has no place to list are rejected.
    pub(crate) fn collect_batch(mut self) -> Batch<'a, D> {
        let mut batch = Collected::new(self.arena());
        while let Some(record) = self.next() {
            batch.push(&mut self, record);
        }
        batch.finish()
    }

    /// Collects records while the arena has room for them, but one at least. Also returns where it goes on,
    /// and whether there was no room for the next.
    pub(crate) fn collect_while_room(mut self) -> (Batch<'a, D>, Position, bool) {
        let mut batch = Collected::new(self.arena());
        let mut before = self.position();
        while let Some(record) = self.next() {
            let is_first = batch.is_empty();
            batch.push(&mut self, record);
            if batch.is_full() && !is_first {
                batch.put_back();
                self.go_back(before);
                return (batch.finish(), self.counted_position(), true);
            }
            before = self.position();
        }
        (batch.finish(), self.counted_position(), false)
    }
}

/// All records of an input, the accepted apart from the rejected; each in the order of the input.
///
/// ```
/// use gapwise::{Bump, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Bump::new();
/// let input = b"{\"message\":\"start\"}\n{}\n";
/// let batch = Parser::<Line>::new().parse_batch(input, &arena);
/// assert_eq!(batch.documents(), [&Line { message: "start" }]);
/// assert_eq!(batch.rejected()[0].raw, b"{}");
/// ```
#[derive(Clone, Debug)]
pub struct Batch<'a, D: Document> {
    documents: &'a [&'a D::View<'a>],
    rejected: Vec<Rejected<'a>>,
}

impl<'a, D: Document> Batch<'a, D> {
    /// The views of the valid documents.
    pub fn documents(&self) -> &'a [&'a D::View<'a>] {
        self.documents
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejected.is_empty()
    }

    /// Corrects the places of what was rejected.
    pub(crate) fn renumber(&mut self, renumbering: Renumbering) {
        self.rejected.iter_mut().for_each(|rejected| renumbering.correct(rejected));
    }

    /// The records that were none. [`Error::record`](crate::Error::record) tells where they stood among the
    /// others.
    pub fn rejected(&self) -> &[Rejected<'a>] {
        &self.rejected
    }
}
