//! The documents to parse, generated in memory: the same bytes on every machine.
//!
//! There are two sizes. A [`Corpus`] fits in the second-level cache and stays there. [`Memory`] repeats one until no
//! cache can hold it, and returns one repetition after another, so that every byte comes from memory. Must not know
//! contenders.

use jobview_corpus::{Counts, ExtraMembers, Generator, Layout, Settings, Shape};
use std::num::{NonZeroU32, NonZeroU64};

/// About as many bytes as fit in a second-level cache together with their views.
pub const CACHED_BYTES: usize = 256 << 10;

/// The part of [`Memory`] that is parsed at a time. It is too large for a branch predictor to learn by heart.
pub const WINDOW_BYTES: usize = 32 << 20;

/// More than the last-level cache of any one chiplet.
pub const MEMORY_BYTES: usize = 256 << 20;

/// One record in a hundred is bad.
const BAD_EVERY: u64 = 100;

/// The documents, and how they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The size of each document.
    pub shape: Shape,
    /// The format and the oddities.
    pub variant: Variant,
}

/// How documents are written, and their oddities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Good records without unknown members, all alike.
    Plain(Layout),
    /// Compact, with some of a dozen unknown members.
    Unknown,
    /// Compact, one record in a hundred broken.
    Bad,
    /// Compact, with omitted members, nulls, and values of any length.
    Varied,
    /// Compact, with the same new members in all documents.
    Evolved,
    /// Compact, with members whose names hardly ever repeat.
    Strewn,
    /// Compact, from this number of producers, each with its own member order.
    Producers(NonZeroU32),
    /// All at once: varied, strewn, in any member order, with any white space and some escapes.
    Wild,
}

/// What is measured with documents of every shape.
const OF_EVERY_SHAPE: [Variant; 6] = [
    Variant::Plain(Layout::Compact),
    Variant::Plain(Layout::Pretty),
    Variant::Plain(Layout::Escaped),
    Variant::Plain(Layout::Shuffled),
    Variant::Bad,
    Variant::Varied,
];

/// What is measured only with small documents, because larger ones show nothing more.
const OF_POLLS: [Variant; 9] = [
    Variant::Plain(Layout::Spaced),
    Variant::Plain(Layout::Sorted),
    Variant::Plain(Layout::Slashed),
    Variant::Unknown,
    Variant::Evolved,
    Variant::Strewn,
    Variant::Producers(NonZeroU32::new(4).unwrap()),
    Variant::Producers(NonZeroU32::new(16).unwrap()),
    Variant::Wild,
];

impl Kind {
    /// Every kind. There is no `wide-bad`, because neither size has a hundred wide documents.
    pub fn all() -> Vec<Self> {
        let kinds = OF_EVERY_SHAPE
            .into_iter()
            .flat_map(|variant| Shape::ALL.map(|shape| Self { shape, variant }))
            .filter(|kind| kind.name() != "wide-bad");
        let polls = OF_POLLS.map(|variant| Self { shape: Shape::Poll, variant });
        kinds.chain(polls).collect()
    }

    /// The middle part of criterion's id.
    pub fn name(self) -> String {
        let shape = self.shape.name();
        let variant = match self.variant {
            Variant::Plain(layout) => layout.name(),
            Variant::Unknown => "unknown",
            Variant::Bad => "bad",
            Variant::Varied => "varied",
            Variant::Evolved => "evolved",
            Variant::Strewn => "strewn",
            Variant::Producers(amount) => return format!("{shape}-producers{amount}"),
            Variant::Wild => "wild",
        };
        format!("{shape}-{variant}")
    }

    fn settings(self) -> Settings {
        let compact = Settings::new(1, self.shape, Layout::Compact);
        match self.variant {
            Variant::Plain(layout) => Settings { layout, ..compact },
            Variant::Unknown => Settings { unknown_members: ExtraMembers::Assorted, ..compact },
            Variant::Bad => Settings { bad_every: NonZeroU64::new(BAD_EVERY), ..compact },
            Variant::Varied => Settings { varied: true, ..compact },
            Variant::Evolved => Settings { unknown_members: ExtraMembers::Evolved, ..compact },
            Variant::Strewn => Settings { unknown_members: ExtraMembers::Strewn, ..compact },
            Variant::Producers(producers) => Settings { producers, ..compact },
            Variant::Wild => Settings {
                varied: true,
                unknown_members: ExtraMembers::Strewn,
                layout: Layout::Wild,
                ..compact
            },
        }
    }
}

/// Generated records, and their counts.
pub struct Corpus {
    kind: Kind,
    bytes: Vec<u8>,
    /// The offset after each record, including its newline.
    ends: Vec<usize>,
    counts: Counts,
}

impl Corpus {
    /// As many whole records as needed for at least `size` bytes.
    pub fn new(kind: Kind, size: usize) -> Self {
        let mut generator = Generator::new(kind.settings());
        let (mut bytes, mut ends) = (Vec::with_capacity(size + size / 8), Vec::new());
        while bytes.len() < size {
            generator.write_record(&mut bytes);
            ends.push(bytes.len());
        }
        Self { kind, bytes, ends, counts: generator.counts().clone() }
    }

    /// The kind of the corpus.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The counts of the generator.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The number of records, good and bad.
    pub fn records(&self) -> u64 {
        self.ends.len() as u64
    }

    /// All records as one slice.
    pub fn stream(&self) -> Stream<'_> {
        self.stream_of(&self.bytes)
    }

    /// The records of `bytes`, which must be those of this corpus.
    fn stream_of<'a>(&'a self, bytes: &'a [u8]) -> Stream<'a> {
        let lines = self.kind.variant != Variant::Plain(Layout::Pretty);
        Stream { bytes, ends: &self.ends, lines }
    }
}

/// Consecutive records: lines, or pretty-printed documents.
#[derive(Clone, Copy)]
pub struct Stream<'a> {
    /// The records.
    pub bytes: &'a [u8],
    ends: &'a [usize],
    lines: bool,
}

impl<'a> Stream<'a> {
    /// The individual records. Lines are found by search. The ends of pretty-printed documents are known in advance,
    /// because few contenders can find them.
    pub fn records(self) -> impl Iterator<Item = &'a [u8]> {
        let mut start = 0;
        let mut ends = self.ends.iter();
        std::iter::from_fn(move || {
            let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
            let length = match self.lines {
                true => memchr::memchr(b'\n', rest).map_or(rest.len(), |newline| newline + 1),
                false => ends.next()? - start,
            };
            start += length;
            Some(rest[..length].trim_ascii_end())
        })
    }

    /// The individual records, with ends known in advance.
    pub fn documents(self) -> impl Iterator<Item = &'a [u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends).map(|(start, &end)| self.bytes[start..end].trim_ascii_end())
    }

    /// The stream in parts of whole records, each of at least `size` bytes.
    pub fn parts(self, size: usize) -> impl Iterator<Item = &'a [u8]> {
        let mut start = 0;
        std::iter::from_fn(move || {
            let index = self.ends.partition_point(|&end| end < start + size);
            let end = *self.ends.get(index).or(self.ends.last())?;
            let part = self.bytes.get(start..end).filter(|part| !part.is_empty());
            start = end;
            part
        })
    }
}

/// A corpus that is repeated until it is larger than any cache.
pub struct Memory {
    corpus: Corpus,
    size: usize,
    /// Empty until it is first used.
    bytes: Vec<u8>,
    start: usize,
}

impl Memory {
    /// Repeats a corpus to at least `size` bytes.
    pub fn new(corpus: Corpus, size: usize) -> Self {
        Self { corpus, size, bytes: Vec::new(), start: 0 }
    }

    /// The corpus that is repeated.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The repetition that was used least recently.
    pub fn next_window(&mut self) -> Stream<'_> {
        let window = self.corpus.bytes.len();
        if self.bytes.is_empty() {
            self.bytes = self.corpus.bytes.repeat(self.size.div_ceil(window));
        }
        let end = self.start + window;
        let bytes = &self.bytes[self.start..end];
        self.start = end % self.bytes.len();
        self.corpus.stream_of(bytes)
    }
}
