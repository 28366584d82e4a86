//! What a parser has learned, for users to look at.
//!
//! This code reads a layout and changes nothing.

use super::gap::Note;
use super::track::{AnyTrack, Track, with};
use super::walk::{Action, Walker};
use crate::schema::Table;
use std::borrow::Cow;

/// What a [`Parser`](crate::Parser) has learned about how its documents are written: the *gaps*, which are the bytes
/// between the end of one value and the start of the next.
///
/// Does learning pay? [`hits`](Self::hits) should be many times the [`misses`](Self::misses). If misses keep coming,
/// look at [`gaps`](Self::gaps): they show what differs from document to document, such as white space, the order of
/// members, or names that are data. To see what is new in a stream, and since when, use [`Drift`](crate::Drift). The
/// docs of the [crate](crate#how-to-look-at-it) have an example of both.
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
    /// One track for each form of document.
    tracks: &'p [Option<AnyTrack>],
}

/// A gap: bytes between two values, as [`Learned::gaps`] returns them.
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

    /// How many gaps were already known when they came.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// // One before the text and one behind it, in all documents but the first few.
    /// assert!((180..200).contains(&parser.layout().hits()));
    /// ```
    pub fn hits(&self) -> u64 {
        self.tracks.iter().flatten().map(|track| with!(track, |track| track.layout.hits())).sum()
    }

    /// How many gaps were unknown and had to be looked at. Only documents that were compared with the layout count.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// let misses = parser.layout().misses();
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// assert_eq!(parser.layout().misses(), misses);
    /// parser.parse(br#"{ "message":"start"}"#, &arena)?;
    /// assert_eq!(parser.layout().misses(), misses + 1);
    /// # Ok::<(), gapwise::Error>(())
    /// ```
    pub fn misses(&self) -> u64 {
        self.tracks.iter().flatten().map(|track| with!(track, |track| track.layout.misses())).sum()
    }

    /// How many gaps were replaced by others because there was no more room.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// assert_eq!(parser.layout().replaced(), 0);
    /// for n in 0..1000 {
    ///     // Names that are data: each comes for a while, and never again.
    ///     let json = format!(r#"{{"{n}":0,"message":"start"}}"#);
    ///     parser.parse_batch(json.repeat(10).as_bytes(), &arena);
    /// }
    /// assert!(parser.layout().replaced() > 0);
    /// ```
    pub fn replaced(&self) -> u64 {
        self.tracks
            .iter()
            .flatten()
            .map(|track| with!(track, |track| track.layout.replaced()))
            .sum()
    }

    /// Whether learning is paused, because each of the last documents was written differently. The parser tries again
    /// after a while. If kinds of documents are mixed, each kind is learned separately.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// assert!(!parser.layout().is_paused());
    /// // Names that are data: each document has another.
    /// assert!((0..1000).any(|n| {
    ///     let json = format!(r#"{{"name{n}":0,"message":"start"}}"#);
    ///     parser.parse_batch(json.as_bytes(), &Arena::new());
    ///     parser.layout().is_paused()
    /// }));
    /// ```
    pub fn is_paused(&self) -> bool {
        self.tracks.iter().flatten().any(|track| with!(track, |track| !track.progress.is_awake()))
    }

    /// The known gaps, kind by kind: in the order in which they were learned, until some are replaced.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// let gaps: Vec<_> = parser.layout().gaps().map(|gap| gap.text()).collect();
    /// assert_eq!(gaps, [r#"{"message":""#, r#""}"#]);
    /// ```
    pub fn gaps(&self) -> impl Iterator<Item = LearnedGap<'p>> + use<'p> {
        self.tracks.iter().flatten().flat_map(|track| with!(track, |track| gaps_of(track)))
    }
}

/// The known gaps of one kind.
fn gaps_of<const N: usize>(track: &Track<N>) -> Box<dyn Iterator<Item = LearnedGap<'_>> + '_> {
    let Track { walker: Walker { table, .. }, layout, .. } = track;
    Box::new(layout.known().map(|index| LearnedGap {
        note: &layout.gap(index).note,
        bytes: layout.bytes(index),
        table,
    }))
}

impl<'p> LearnedGap<'p> {
    /// The bytes of the gap, as documents have them.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&b"{\"message\":\t\"start\"}".repeat(100), &arena);
    /// let bytes: Vec<_> = parser.layout().gaps().map(|gap| gap.bytes()).collect();
    /// assert_eq!(bytes, [&b"{\"message\":\t\""[..], b"\"}"]);
    /// ```
    pub fn bytes(&self) -> &'p [u8] {
        self.bytes
    }

    /// The bytes as text. Bytes that are not UTF-8 are replaced.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"level":1,"message":"start"}"#.repeat(100), &arena);
    /// for gap in parser.layout().gaps() {
    ///     println!("{} {}", gap.text(), gap.value());
    /// }
    /// assert!(parser.layout().gaps().any(|gap| gap.text() == r#","message":""#));
    /// ```
    pub fn text(&self) -> Cow<'p, str> {
        String::from_utf8_lossy(self.bytes)
    }

    /// How many times this gap has come.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"message":"start"}"#.repeat(100), &arena);
    /// parser.parse_batch(&br#"{"message":"start","code":1}"#.repeat(20), &arena);
    /// let learned = parser.layout();
    /// let frequent: Vec<_> = learned.gaps().filter(|gap| gap.hits() > 50).map(|gap| gap.text()).collect();
    /// assert_eq!(frequent, [r#"{"message":""#, r#""}"#]);
    /// ```
    pub fn hits(&self) -> u64 {
        self.note.hits
    }

    /// What follows the gap: the JSON pointer of a value, in which `*` stands for any index of an array. It is
    /// `(skipped)` for a value whose member the schema does not name, and `(end)` if nothing follows. A gap that ends
    /// an item of an array has the pointer of that item.
    ///
    /// ```
    /// use gapwise::{Arena, Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<Line>::new());
    /// parser.parse_batch(&br#"{"level":1,"message":"start"}"#.repeat(100), &arena);
    /// let values: Vec<_> = parser.layout().gaps().map(|gap| gap.value()).collect();
    /// assert_eq!(values, ["(skipped)", "/message", "(end)"]);
    /// ```
    pub fn value(&self) -> String {
        match self.note.action {
            Action::End => "(end)".to_owned(),
            action if action.is_skipped() => "(skipped)".to_owned(),
            action => self.table.pointer_of_slot(action.slot()),
        }
    }
}
