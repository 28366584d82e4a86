//! Shows what a parser has learned.
//!
//! It reads a layout and changes nothing.

use super::gap::Note;
use super::track::{AnyTrack, Track, with};
use super::walk::{Action, Walker};
use crate::schema::Table;
use std::borrow::Cow;

/// What a [`Parser`](crate::Parser) has learned of how its documents are written: the *gaps*, which are the
/// bytes from the end of one value to the start of the next.
///
/// To see whether it pays: [`hits`](Self::hits) are to be many times the [`misses`](Self::misses). Where misses go on
/// coming, [`gaps`](Self::gaps) shows what differs from document to document: white space, the order of members, or names
/// that are data. What is new in a stream, and since when, is told by [`Drift`](crate::Drift). The docs of the
/// [crate](crate#how-to-look-at-it) have an example of both.
///
/// ```
/// use gapwise::{Arena, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let line = r#"{"level":"info","message":"started","port":80}"#;
/// let arena = Arena::new();
/// let mut parser = Parser::<Line>::new();
/// for _ in 0..100 {
///     parser.parse(line.as_bytes(), &arena)?;
/// }
/// let learned = parser.layout();
/// let first = learned.gaps().next().expect("the documents are all alike");
/// assert_eq!((&*first.text(), &*first.value()), (r#"{"level":""#, "(skipped)"));
/// let second = learned.gaps().nth(1).expect("there is more");
/// assert_eq!((&*second.text(), &*second.value()), (r#"","message":""#, "/message"));
/// assert!(learned.hits() > 5 * learned.misses());
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Learned<'p> {
    /// One for each form of document.
    tracks: &'p [Option<AnyTrack>],
}

/// Bytes that have stood between two values: an item of [`Learned::gaps`], where there is an example.
///
/// ```
/// use gapwise::{Arena, Parser, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let arena = Arena::new();
/// let mut parser = Parser::<Line>::new();
/// parser.parse_batch(&b"{\"message\":\"start\"}\n".repeat(20), &arena);
/// let gap = parser.layout().gaps().next().expect("there is one before the text");
/// assert_eq!((gap.bytes(), gap.value()), (&br#"{"message":""#[..], "/message".to_owned()));
/// assert!(gap.hits() > 10);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LearnedGap<'p> {
    note: &'p Note,
    bytes: &'p [u8],
    table: &'static Table,
}

impl<'p> Learned<'p> {
    pub(super) fn new(tracks: &'p [Option<AnyTrack>]) -> Self {
        Self { tracks }
    }

    /// How many gaps were known when they came.
    pub fn hits(&self) -> u64 {
        self.tracks.iter().flatten().map(|track| with!(track, |track| track.layout.hits())).sum()
    }

    /// How many gaps were not known, and cost a closer look, in documents that were compared with what is
    /// known at all.
    pub fn misses(&self) -> u64 {
        self.tracks.iter().flatten().map(|track| with!(track, |track| track.layout.misses())).sum()
    }

    /// How many gaps have made place for others, because there was no more room.
    pub fn replaced(&self) -> u64 {
        self.tracks
            .iter()
            .flatten()
            .map(|track| with!(track, |track| track.layout.replaced()))
            .sum()
    }

    /// Whether learning is paused, because the documents before were all written differently. It is tried
    /// again after a while. Where kinds of documents are mixed, each is learned by itself.
    pub fn is_paused(&self) -> bool {
        self.tracks.iter().flatten().any(|track| with!(track, |track| !track.progress.is_awake()))
    }

    /// The gaps that are known, kind by kind: in the order in which they were learned, until some are replaced.
    pub fn gaps(&self) -> impl Iterator<Item = LearnedGap<'p>> {
        self.tracks.iter().flatten().flat_map(|track| with!(track, |track| gaps_of(track)))
    }
}

/// The gaps that are known of one kind.
fn gaps_of<const N: usize>(track: &Track<N>) -> Box<dyn Iterator<Item = LearnedGap<'_>> + '_> {
    let Track { walker: Walker { table, .. }, layout, .. } = track;
    Box::new(layout.known().map(|index| LearnedGap {
        note: &layout.gap(index).note,
        bytes: layout.bytes(index),
        table,
    }))
}

impl<'p> LearnedGap<'p> {
    /// The bytes as they stand in the documents.
    pub fn bytes(&self) -> &'p [u8] {
        self.bytes
    }

    /// The bytes as text.
    pub fn text(&self) -> Cow<'p, str> {
        String::from_utf8_lossy(self.bytes)
    }

    /// How many times it has come.
    pub fn hits(&self) -> u64 {
        self.note.hits
    }

    /// What follows it: the JSON pointer of a value, where `*` stands for any index of an array; `(skipped)`
    /// for the value of a member that the schema does not name, `(end)` for nothing. A gap that ends an item of an array
    /// has the pointer of that item.
    pub fn value(&self) -> String {
        match self.note.action {
            Action::End => "(end)".to_owned(),
            action if action.is_skipped() => "(skipped)".to_owned(),
            action => self.table.pointer_of_slot(action.slot()),
        }
    }
}
