//! Records with their places: as they are parsed, or those of a batch in their order.

use super::collect::{Accepted, Batch};
use super::place::{Place, Surveyor};
use super::position::Position;
use super::records::{Record, Records};
use super::rejected::Rejected;
use crate::schema::Document;
use std::{slice, vec};

/// An iterator over records and their places, made by [`Records::with_places`].
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
/// for (place, record) in parser.records(br#"{} {"message":"start"}"#, &arena).with_places() {
///     assert_eq!(record.is_ok(), place.offset == 3);
/// }
/// ```
#[must_use = "records are parsed when they are asked for"]
#[derive(Debug)]
pub struct PlacedRecords<'p, 'a, D>(Records<'p, 'a, D>);

impl<'p, 'a, D: Document> Records<'p, 'a, D> {
    /// Pairs each record with its place. See [`place`](Self::place) for the cost.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let records = parser.records(b"{\"message\":\"start\"}\n{\"message\":\"stop\"}", &arena);
    /// let places: Vec<_> = records.with_places().map(|(place, _)| (place.line, place.offset)).collect();
    /// assert_eq!(places, [(1, 0), (2, 20)]);
    /// ```
    pub fn with_places(self) -> PlacedRecords<'p, 'a, D> {
        PlacedRecords(self)
    }
}

impl<D: Document> PlacedRecords<'_, '_, D> {
    /// Where parsing goes on: after the record returned last; see [`Records::position`].
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// let mut records = parser.records(b"{} {}", &arena).with_places();
    /// records.next();
    /// assert_eq!(records.position().record(), 1);
    /// ```
    pub fn position(&mut self) -> Position {
        self.0.position()
    }
}

impl<'a, D: Document> Iterator for PlacedRecords<'_, 'a, D> {
    type Item = (Place<'a>, Record<'a, D::View<'a>>);

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.0.next()?;
        Some((self.0.place(), record))
    }
}

impl<D: Document> std::iter::FusedIterator for PlacedRecords<'_, '_, D> {}

/// An iterator over the records of a batch in input order, each with its place, made by [`Batch::records`].
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(br#"{} {"message":"start"}"#, &arena);
/// let mut records = batch.records();
/// assert!(records.next().is_some_and(|(place, record)| place.record == 0 && record.is_err()));
/// assert!(records.next().is_some_and(|(place, record)| place.offset == 3 && record.is_ok()));
/// assert!(records.next().is_none());
/// ```
#[derive(Clone, Debug)]
pub struct BatchRecords<'b, 'a, V> {
    accepted: slice::Iter<'a, Accepted<'a, V>>,
    rejected: slice::Iter<'b, Rejected<'a>>,
    surveyor: Surveyor<'a>,
}

/// An iterator over the records of a batch in input order, in the form in which [`Records`] returns
/// them.
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let arena = Arena::new();
/// let batch = Parser::<Line>::new().parse_batch(br#"{} {"message":"start"}"#, &arena);
/// for record in batch {
///     match record {
///         Ok(line) => assert_eq!(line.message, "start"),
///         Err(rejected) => assert_eq!(rejected.raw, b"{}"),
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct IntoRecords<'a, V> {
    accepted: slice::Iter<'a, Accepted<'a, V>>,
    rejected: vec::IntoIter<Rejected<'a>>,
}

/// The next accepted document, unless a rejected record comes before it. A rejected record may be empty; then it begins
/// where the next document does, and comes first.
fn next_before<'a, V>(
    accepted: &mut slice::Iter<'a, Accepted<'a, V>>,
    rejected: Option<&Rejected<'_>>,
) -> Option<&'a Accepted<'a, V>> {
    let next = accepted.as_slice().first()?;
    let is_behind = |rejected: &Rejected<'_>| rejected.raw.as_ptr() <= next.raw.as_ptr();
    if rejected.is_some_and(is_behind) {
        return None;
    }
    accepted.next()
}

impl<'a, V> Batch<'a, V> {
    /// All records in input order, each with its [`Place`]. Iterating counts the lines of the parsed
    /// bytes.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let arena = Arena::new();
    /// let batch = Parser::<Line>::new().parse_batch(b"{}\n{\"message\":\"start\"}\n", &arena);
    /// for (place, record) in batch.records() {
    ///     match record {
    ///         Ok(line) => println!("line {} is {:?}", place.line, line.message),
    ///         Err(rejected) => println!("line {} is wrong: {}", place.line, rejected.error),
    ///     }
    /// }
    /// ```
    pub fn records(&self) -> BatchRecords<'_, 'a, V> {
        let (accepted, rejected) = (self.accepted().iter(), self.rejected().iter());
        BatchRecords { accepted, rejected, surveyor: self.surveyor() }
    }
}

impl<'b, 'a, V> Iterator for BatchRecords<'b, 'a, V> {
    type Item = (Place<'a>, Result<&'a V, &'b Rejected<'a>>);

    fn next(&mut self) -> Option<Self::Item> {
        let first = self.rejected.as_slice().first();
        let (raw, record) = match next_before(&mut self.accepted, first) {
            Some(Accepted { document, raw }) => (*raw, Ok(*document)),
            None => self.rejected.next().map(|rejected| (rejected.raw, Err(rejected)))?,
        };
        let place = self.surveyor.place(raw);
        self.surveyor.number += 1;
        Some((place, record))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.accepted.len() + self.rejected.len();
        (count, Some(count))
    }
}

impl<V> ExactSizeIterator for BatchRecords<'_, '_, V> {}

impl<'a, V> Iterator for IntoRecords<'a, V> {
    type Item = Record<'a, V>;

    fn next(&mut self) -> Option<Self::Item> {
        match next_before(&mut self.accepted, self.rejected.as_slice().first()) {
            Some(accepted) => Some(Ok(accepted.document)),
            None => self.rejected.next().map(Err),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.accepted.len() + self.rejected.len();
        (count, Some(count))
    }
}

impl<V> ExactSizeIterator for IntoRecords<'_, V> {}

impl<'a, V> IntoIterator for Batch<'a, V> {
    type Item = Record<'a, V>;
    type IntoIter = IntoRecords<'a, V>;

    fn into_iter(self) -> IntoRecords<'a, V> {
        IntoRecords { accepted: self.accepted().iter(), rejected: self.into_rejected().into_iter() }
    }
}

impl<'b, 'a, V> IntoIterator for &'b Batch<'a, V> {
    type Item = (Place<'a>, Result<&'a V, &'b Rejected<'a>>);
    type IntoIter = BatchRecords<'b, 'a, V>;

    fn into_iter(self) -> BatchRecords<'b, 'a, V> {
        self.records()
    }
}
