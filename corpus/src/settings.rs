//! What the caller may choose: seed, shape, layout, oddities.
//!
//! Must not hold anything that changes while records are written. A new shape or layout goes to
//! the end of its `ALL`: names and order are what the command line shows.

use std::error::Error;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// How much a document holds.
///
/// ```
/// use jobview_corpus::Shape;
///
/// assert_eq!("wide".parse(), Ok(Shape::Wide));
/// assert!("tall".parse::<Shape>().is_err());
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What the API answers to a poll: list ids and links, about 1.4 KB.
    Poll,
    /// As `Poll`, with 10 to 14 inline profile ids and a few import errors, about 2 KB.
    Inline,
    /// As `Inline`, with 5,000 to 10,000 profile ids, on average about 400 KB.
    Wide,
}

impl Shape {
    /// Every shape, smallest first.
    pub const ALL: [Self; 3] = [Self::Poll, Self::Inline, Self::Wide];

    /// The name [`FromStr`] reads: lower case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Inline => "inline",
            Self::Wide => "wide",
        }
    }
}

impl FromStr for Shape {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|shape| shape.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// How a document is written. The same seed and shape give the same content in every layout.
///
/// ```
/// use jobview_corpus::Layout;
///
/// assert!(Layout::ALL.iter().all(|&layout| layout.name().parse() == Ok(layout)));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No white space, the API's member order: what the API sends.
    Compact,
    /// As Python's `json.dumps` writes: `", "` and `": "`, and nothing but ASCII.
    Spaced,
    /// Compact, the members of every object sorted by name.
    Sorted,
    /// Indented by two spaces over many lines, the only layout that is not a line a record.
    Pretty,
    /// Compact, with at least one escape in every string and in some member names.
    Escaped,
    /// Members in another order in every document, with random spaces and tabs between them.
    Shuffled,
}

impl Layout {
    /// Every layout, the plainest first.
    pub const ALL: [Self; 6] =
        [Self::Compact, Self::Spaced, Self::Sorted, Self::Pretty, Self::Escaped, Self::Shuffled];

    /// The name [`FromStr`] reads: lower case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "spaced",
            Self::Sorted => "sorted",
            Self::Pretty => "pretty",
            Self::Escaped => "escaped",
            Self::Shuffled => "shuffled",
        }
    }
}

impl FromStr for Layout {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|layout| layout.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// A name that is none of a shape's or a layout's. Its text lists the names there are.
///
/// ```
/// use jobview_corpus::Shape;
///
/// let error = "tall".parse::<Shape>().unwrap_err();
/// assert_eq!(error.to_string(), "expected one of: poll, inline, wide");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    known: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected one of: {}", self.known)
    }
}

impl Error for UnknownName {}

/// Everything that decides the bytes a [`Generator`](crate::Generator) writes.
///
/// ```
/// use std::num::NonZeroU64;
/// use jobview_corpus::{Layout, Settings, Shape};
///
/// let plain = Settings::new(7, Shape::Poll, Layout::Shuffled);
/// let nasty = Settings { unknown_members: true, bad_every: NonZeroU64::new(10), ..plain };
/// assert!(plain.bad_every.is_none() && nasty.bad_every.is_some());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Which of the endless corpora: another seed, other documents.
    pub seed: u64,
    /// How much each document holds.
    pub shape: Shape,
    /// How each document is written.
    pub layout: Layout,
    /// Whether to add members the schema does not know. The documents stay valid, and the members
    /// it does know stay the same.
    pub unknown_members: bool,
    /// `Some(n)`: the records n, 2n, 3n and so on are broken, each in the next of a cycle of ways.
    /// The good records around them stay the same.
    pub bad_every: Option<NonZeroU64>,
}

impl Settings {
    /// Settings for good records without unknown members.
    pub const fn new(seed: u64, shape: Shape, layout: Layout) -> Self {
        Self { seed, shape, layout, unknown_members: false, bad_every: None }
    }
}
