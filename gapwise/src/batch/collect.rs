//! Collects the records of an input into a batch: accepted and rejected ones separately.

use super::place::Surveyor;
use super::position::Position;
use super::records::{Record, Records};
use super::rejected::Rejected;
use super::renumbering::Renumbering;
use crate::error::ErrorKind;
use crate::schema::Document;
use bumpalo::collections::Vec as ArenaVec;

/// A document, and the bytes of its record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accepted<'a, V> {
    pub(super) document: &'a V,
    pub(super) raw: &'a [u8],
}

/// A batch in progress.
pub(super) struct Collected<'a, V> {
    accepted: ArenaVec<'a, Accepted<'a, V>>,
    /// Its capacity is at least that of `accepted`, so that `finish` need not allocate.
    documents: ArenaVec<'a, &'a V>,
    rejected: Vec<Rejected<'a>>,
    is_full: bool,
    /// Positioned at the first record.
    surveyor: Surveyor<'a>,
}

impl<'a, V> Collected<'a, V> {
    /// The smallest capacity that is reserved.
    const LEAST: usize = 4;

    /// An empty batch for the records that `records` will return.
    pub(super) fn new<D: Document>(records: &Records<'_, 'a, D>) -> Self {
        let (accepted, documents) = (records.arena().list(), records.arena().list());
        let (rejected, surveyor) = (Vec::new(), records.surveyor());
        Self { accepted, documents, rejected, is_full: false, surveyor }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.accepted.is_empty() && self.rejected.is_empty()
    }

    /// Whether the arena had no room for the last record.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Removes the last record, for which there was no room. It goes to another batch.
    pub(super) fn put_back(&mut self) {
        self.rejected.pop();
    }

    /// Adds the record that `records` has just returned.
    pub(super) fn push<D: Document<View<'a> = V>>(
        &mut self,
        records: &mut Records<'_, 'a, D>,
        record: Record<'a, V>,
    ) {
        let rejected = match record {
            Ok(document) if self.has_room() => {
                return self.accepted.push(Accepted { document, raw: records.raw() });
            }
            Ok(_) => records.reject_last(),
            Err(rejected) => rejected,
        };
        self.is_full = rejected.error.kind() == ErrorKind::ArenaLimit;
        self.rejected.push(rejected);
    }

    /// Whether there is room for one more document.
    #[inline(always)]
    fn has_room(&mut self) -> bool {
        self.accepted.len() < self.accepted.capacity() || self.grow()
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> bool {
        let more = self.accepted.len().max(Self::LEAST);
        let all = self.accepted.len() + more;
        self.documents.try_reserve(all).is_ok() && self.accepted.try_reserve(more).is_ok()
    }

    pub(super) fn finish(self) -> Batch<'a, V> {
        let Self { accepted, mut documents, rejected, surveyor, .. } = self;
        documents.extend(accepted.iter().map(|accepted| accepted.document));
        let (accepted, documents) = (accepted.into_bump_slice(), documents.into_bump_slice());
        Batch { documents, accepted, rejected, surveyor }
    }
}

impl<'a, D: Document> Records<'_, 'a, D> {
    /// Collects the remaining records. A document is rejected if the arena has no room to list it.
    pub(crate) fn collect_batch(mut self) -> Batch<'a, D::View<'a>> {
        let mut batch = Collected::new(&self);
        while let Some(record) = self.next() {
            batch.push(&mut self, record);
        }
        batch.finish()
    }

    /// Collects records while the arena has room for them, but at least one. Also returns the position to continue
    /// from, and whether there was no room for the next record.
    pub(crate) fn collect_while_room(mut self) -> (Batch<'a, D::View<'a>>, Position, bool) {
        let mut batch = Collected::new(&self);
        let mut before = self.mark();
        while let Some(record) = self.next() {
            let is_first = batch.is_empty();
            batch.push(&mut self, record);
            if batch.is_full() && !is_first {
                batch.put_back();
                self.go_back(before);
                return (batch.finish(), self.counted_position(), true);
            }
            before = self.mark();
        }
        (batch.finish(), self.counted_position(), false)
    }
}

/// All records of an input, accepted and rejected ones separately; each list is in the order of the input.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let arena = Arena::new();
/// let input = b"{\"message\":\"start\"}\n{}\n";
/// let batch = Parser::<Line>::new().parse_batch(input, &arena);
/// assert_eq!(batch.documents(), [&Line { message: "start" }]);
/// assert_eq!(batch.rejected()[0].raw, b"{}");
/// ```
///
/// A batch borrows from the input and the arena. It may be sent to another thread. `for record in batch` visits all of
/// its records in input order, as [`Records`] does; `for (place, record) in &batch` also tells where each record was.
#[derive(Clone, Debug)]
pub struct Batch<'a, V> {
    documents: &'a [&'a V],
    accepted: &'a [Accepted<'a, V>],
    rejected: Vec<Rejected<'a>>,
    surveyor: Surveyor<'a>,
}

impl<'a, V> Batch<'a, V> {
    /// The views of the valid documents.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let input = b"{\"message\":\"start\"}\n{}\n{\"message\":\"stop\"}\n";
    /// let batch = Parser::<Line>::new().parse_batch(input, &arena);
    /// let messages: Vec<_> = batch.documents().iter().map(|line| line.message).collect();
    /// assert_eq!(messages, ["start", "stop"]);
    /// ```
    pub fn documents(&self) -> &'a [&'a V] {
        self.documents
    }

    /// The records that are not valid documents. [`Error::record`](crate::Error::record) tells where each was among the
    /// others.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{\"message\":\"start\"}\n{}\n", &arena);
    /// let [rejected] = batch.rejected() else { panic!("one is wrong") };
    /// assert_eq!((rejected.raw, rejected.error.record()), (&b"{}"[..], 1));
    /// ```
    pub fn rejected(&self) -> &[Rejected<'a>] {
        &self.rejected
    }

    /// Converts the batch into its [rejected](Self::rejected) records, to keep them without the batch.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, Rejected, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut all: Vec<Rejected> = Vec::new();
    /// for input in [&b"{}\n{}\n"[..], b"{\"message\":7}\n"] {
    ///     all.extend(parser.parse_batch(input, &arena).into_rejected());
    /// }
    /// assert_eq!(all.len(), 3);
    /// ```
    pub fn into_rejected(self) -> Vec<Rejected<'a>> {
        self.rejected
    }

    /// Whether the batch has no records, neither accepted nor rejected.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// assert!(parser.parse_batch(b"\n \n", &arena).is_empty());
    /// // A rejected record is one, too.
    /// assert!(!parser.parse_batch(b"{}\n", &arena).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.rejected.is_empty()
    }

    pub(super) fn accepted(&self) -> &'a [Accepted<'a, V>] {
        self.accepted
    }

    /// Positioned at the first record.
    pub(super) fn surveyor(&self) -> Surveyor<'a> {
        self.surveyor
    }

    /// Corrects the places of the records.
    pub(crate) fn renumber(&mut self, renumbering: Renumbering) {
        self.rejected.iter_mut().for_each(|rejected| renumbering.correct(rejected));
        self.surveyor.renumber(renumbering.ahead());
    }
}
