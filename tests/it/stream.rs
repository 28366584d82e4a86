//! What comes of a stream, batch by batch, put together so that it can be compared with what comes of the
//! slice.
//!
//! Also part of a fuzz target.

use jobview::{Arena, Batch, Document, Drift, Error, Options, Place, Rejected};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::io::{self, Read};

/// Records in their order, each with all that is known of it: of a document what its view shows.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    records: Vec<(At, Result<String, Bad>)>,
    /// Whether the last one has not come to its end.
    is_open: bool,
}

/// The records of a batch free of its arena, each with whether more of it follows.
#[derive(Debug)]
pub(crate) struct Taken(Vec<(At, Result<String, Bad>, bool)>);

/// Where a record stood: its number, the line and offset at which it begins, and of a document its bytes.
#[derive(Debug, PartialEq)]
struct At {
    record: u64,
    line: u64,
    offset: u64,
    raw: Vec<u8>,
}

/// A rejected record, or a piece of it.
#[derive(Debug, PartialEq)]
struct Bad {
    raw: Vec<u8>,
    error: Error,
    remainder: bool,
}

impl At {
    fn of<V>(place: Place<'_>, found: &Result<V, Bad>) -> Self {
        let Place { record, line, offset, raw, .. } = place;
        let raw = if found.is_ok() { raw.to_vec() } else { vec![] };
        Self { record, line, offset, raw }
    }
}

impl Bad {
    fn of(rejected: &Rejected<'_>, place: Place<'_>) -> Self {
        assert_eq!(rejected.raw, place.raw);
        let Rejected { raw, error, remainder, .. } = rejected.clone();
        Self { raw: raw.to_vec(), error, remainder }
    }
}

impl<V: Debug> From<Batch<'_, V>> for Taken {
    fn from(batch: Batch<'_, V>) -> Self {
        let records = batch.records().map(|(place, record)| {
            let more = record.is_err_and(|rejected| rejected.more);
            let found = match record {
                Ok(document) => Ok(format!("{document:?}")),
                Err(rejected) => Err(Bad::of(rejected, place)),
            };
            (At::of(place, &found), found, more)
        });
        Self(records.collect())
    }
}

/// The records of a whole slice.
pub(crate) fn of_slice<D: Document>(input: &[u8], options: Options) -> (Joined, Drift) {
    let arena = Arena::new();
    let mut parser = options.parser::<D>();
    let (mut counted, mut line) = (0, 1);
    let records = parser.records(input, &arena).with_places().map(|(place, record)| {
        let start = place.offset as usize;
        assert_eq!(place.raw, &input[start..start + place.raw.len()]);
        line += input[counted..start].iter().filter(|byte| **byte == b'\n').count() as u64;
        counted = start;
        assert_eq!(place.line, line, "record {}", place.record);
        let found = match record {
            Ok(document) => Ok(format!("{document:?}")),
            Err(rejected) => {
                assert!(!rejected.more);
                Err(Bad::of(&rejected, place))
            }
        };
        (At::of(place, &found), found)
    });
    (Joined { records: records.collect(), is_open: false }, parser.drift().clone())
}

impl Joined {
    /// How many records there are.
    pub(crate) fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// Adds the records of a batch.
    pub(crate) fn add(&mut self, batch: impl Into<Taken>) {
        let Taken(records) = batch.into();
        assert!(!records.is_empty());
        for (at, found, more) in records {
            if self.is_open {
                let Some((began, Err(before))) = self.records.last_mut() else {
                    panic!("it was rejected")
                };
                let Err(bad) = found else { panic!("the record goes on") };
                assert_eq!((&before.error, began.record), (&bad.error, at.record));
                assert!(!before.remainder, "not before all of it has come");
                before.raw.extend(bad.raw);
                before.remainder = bad.remainder;
            } else {
                assert_eq!(self.records(), at.record);
                if let Err(bad) = &found {
                    assert_eq!(bad.error.record(), at.record);
                }
                self.records.push((at, found));
            }
            self.is_open = more;
        }
    }

    /// Fails unless the same records came another way.
    pub(crate) fn assert_same(&self, other: &Self, input: &[u8], how: impl Debug) {
        let pairs = self.records.iter().zip(&other.records);
        for (number, (expected, found)) in pairs.enumerate() {
            let shown = String::from_utf8_lossy(input);
            assert_eq!(expected, found, "record {number} of {shown:?}, {how:?}");
        }
        let shown = String::from_utf8_lossy(input);
        assert_eq!(self.records(), other.records(), "{shown:?}, {how:?}");
        assert!(!other.is_open);
    }
}

/// A reader that does what it is told: each step is a number of bytes, or an error. After the last it gives
/// all that is left.
pub(crate) struct Script<'i> {
    pub(crate) input: &'i [u8],
    pub(crate) steps: VecDeque<Result<usize, io::ErrorKind>>,
}

impl Read for Script<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        assert!(!room.is_empty(), "a read of nothing looks like the end");
        let most = match self.steps.pop_front() {
            Some(Err(kind)) => return Err(kind.into()),
            Some(Ok(bytes)) => bytes.clamp(1, room.len()),
            None => room.len(),
        };
        self.input.read(&mut room[..most])
    }
}

/// Reads to the end, and tries again after each error. Also returns how many errors there were.
pub(crate) fn read<D: Document>(reader: impl Read, options: Options) -> (Joined, Drift, usize) {
    let mut reader = options.parser::<D>().into_reader(reader);
    let (mut joined, mut errors) = (Joined::default(), 0);
    loop {
        match reader.next_batch() {
            Ok(Some(batch)) => joined.add(batch),
            Ok(None) => break,
            Err(_) => errors += 1,
        }
    }
    assert!(reader.next_batch().unwrap().is_none());
    assert_eq!(reader.position().record(), joined.records());
    (joined, reader.parser().drift().clone(), errors)
}

/// Pushes pieces, and takes batches whenever there are any.
pub(crate) fn push<'i, D: Document>(
    pieces: impl IntoIterator<Item = &'i [u8]>,
    options: Options,
) -> Joined {
    let mut feed = options.parser::<D>().into_feed();
    let (mut joined, mut pushed) = (Joined::default(), 0);
    for mut piece in pieces {
        pushed += piece.len();
        while !piece.is_empty() {
            piece = &piece[feed.push(piece)..];
            while let Some(batch) = feed.next_batch() {
                joined.add(batch);
            }
        }
    }
    feed.finish();
    while let Some(batch) = feed.next_batch() {
        joined.add(batch);
    }
    assert_eq!(feed.offset(), pushed as u64);
    joined
}

/// By way of batches whose ends are guessed: so many more are taken before it is known where one ends. Also returns where
/// the batches begin.
#[cfg(feature = "bytes")]
pub(crate) fn guessed<D: Document>(
    input: &[u8],
    options: Options,
    ahead: usize,
) -> (Joined, Vec<usize>) {
    use bytes::BytesMut;
    use jobview::{GuessedBatch, Renumbering};

    let mut parser = options.parser::<D>();
    let (mut decoder, mut buffer) = (parser.decoder(), BytesMut::from(input));
    let (mut joined, mut starts) = (Joined::default(), vec![]);
    let (mut unsettled, mut known) = (VecDeque::<GuessedBatch>::new(), None);
    loop {
        if unsettled.len() <= ahead
            && let Some(guessed) = decoder.guess_batch(&mut buffer)
        {
            assert!(buffer.is_empty());
            buffer = BytesMut::from(guessed.following());
            unsettled.push_back(guessed);
            continue;
        }
        let guessed = unsettled.pop_front();
        let batch = match &guessed {
            Some(guessed) => guessed.batch().clone(),
            None => {
                let framed = decoder.next_batch(&mut buffer);
                match framed.or_else(|| decoder.last_batch(&mut buffer)) {
                    Some(batch) => batch,
                    None => return (joined, starts),
                }
            }
        };
        let (start, arena) = (batch.position(), Arena::new());
        starts.push(start.offset() as usize);
        // What is framed is certain, and begins behind separators.
        let actual = guessed.as_ref().and(known).unwrap_or(start);
        let renumbering = Renumbering::between(start, actual).expect("no other");
        let mut taken = vec![];
        let mut records = batch.records(&mut parser, &arena);
        while let Some(record) = records.next() {
            let mut place = records.place();
            place.record = renumbering.record(place.record);
            let before = &input[..place.offset as usize];
            place.line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            let mut more = false;
            let found = match record {
                Ok(document) => Ok(format!("{document:?}")),
                Err(mut bad) => {
                    renumbering.correct(&mut bad);
                    more = bad.more;
                    Err(Bad::of(&bad, place))
                }
            };
            taken.push((At::of(place, &found), found, more));
        }
        let end = records.position();
        known = guessed.and_then(|guessed| {
            let end = renumbering.position(batch.after(end).position());
            if decoder.settle(&guessed, end) {
                return Some(end);
            }
            unsettled.clear();
            buffer = BytesMut::from(&input[end.offset() as usize..]);
            None
        });
        if !taken.is_empty() {
            joined.add(Taken(taken));
        }
    }
}

/// By way of batches that own their bytes.
#[cfg(feature = "bytes")]
pub(crate) fn owned<D: Document>(pieces: &[&[u8]], options: Options) -> Joined {
    let mut parser = options.parser::<D>();
    let (mut decoder, mut buffer) = (parser.decoder(), bytes::BytesMut::new());
    let mut batches = vec![];
    for piece in pieces {
        buffer.extend_from_slice(piece);
        batches.extend(std::iter::from_fn(|| decoder.next_batch(&mut buffer)));
    }
    batches.extend(std::iter::from_fn(|| decoder.last_batch(&mut buffer)));
    let mut joined = Joined::default();
    for batch in batches {
        let arena = Arena::new();
        let parsed = batch.parse(&mut parser, &arena);
        if !parsed.is_empty() {
            joined.add(parsed);
        }
    }
    joined
}
