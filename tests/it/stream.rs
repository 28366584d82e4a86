//! What comes of a stream, batch by batch, put together so that it can be compared with what comes of the
//! slice.
//!
//! Also part of a fuzz target.

use jobview::{Batch, BatchFeed, BatchReader, Bump, Document, Drift, Error, Options};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::io::{self, Read};

/// Records in their order, each with all that is known of it: of a document what its view shows.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    records: Vec<Result<String, Bad>>,
    /// Whether the last one has not come to its end.
    is_open: bool,
}

/// A batch free of its arena: documents, and what was rejected, each with whether more of it follows.
#[derive(Debug)]
pub(crate) struct Taken(Vec<String>, Vec<(Bad, bool)>);

/// A rejected record, or a piece of it.
#[derive(Debug, PartialEq)]
struct Bad {
    raw: Vec<u8>,
    error: Error,
    remainder: bool,
}

impl<D: Document> From<Batch<'_, D>> for Taken {
    fn from(batch: Batch<'_, D>) -> Self {
        let documents = batch.documents().iter().map(|document| format!("{document:?}"));
        let rejected = batch.rejected().iter().map(|rejected| {
            let (raw, error) = (rejected.raw.to_vec(), rejected.error.clone());
            (Bad { raw, error, remainder: rejected.remainder }, rejected.more)
        });
        Self(documents.collect(), rejected.collect())
    }
}

/// The records of a whole slice.
pub(crate) fn of_slice<D: Document>(input: &[u8], options: Options) -> (Joined, Drift) {
    let arena = Bump::new();
    let mut parser = options.parser::<D>();
    let records = parser.records(input, &arena).map(|record| {
        record.map(|document| format!("{document:?}")).map_err(|rejected| {
            assert!(!rejected.more);
            let (raw, remainder) = (rejected.raw.to_vec(), rejected.remainder);
            Bad { raw, error: rejected.error, remainder }
        })
    });
    (Joined { records: records.collect(), is_open: false }, parser.drift().clone())
}

impl Joined {
    /// How many records there are.
    pub(crate) fn records(&self) -> u64 {
        self.records.len() as u64
    }

    /// Adds the records of a batch, in the order that their numbers tell.
    pub(crate) fn add(&mut self, batch: impl Into<Taken>) {
        let Taken(documents, rejected) = batch.into();
        assert!(!documents.is_empty() || !rejected.is_empty());
        let mut documents = documents.into_iter();
        for (bad, more) in rejected {
            if self.is_open {
                let Some(Err(before)) = self.records.last_mut() else { panic!("it was rejected") };
                assert_eq!(before.error, bad.error);
                assert!(!before.remainder, "not before all of it has come");
                before.raw.extend(bad.raw);
                before.remainder = bad.remainder;
            } else {
                let before = bad.error.record() - self.records();
                self.records.extend(documents.by_ref().take(before as usize).map(Ok));
                assert_eq!(self.records(), bad.error.record());
                self.records.push(Err(bad));
            }
            self.is_open = more;
        }
        assert!(!self.is_open || documents.len() == 0, "the record goes on");
        self.records.extend(documents.map(Ok));
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
    let mut reader = BatchReader::new(reader, options.parser::<D>());
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
    let mut feed = BatchFeed::new(options.parser::<D>());
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
    use jobview::{BatchDecoder, GuessedBatch, Renumbering};

    let mut decoder = BatchDecoder::<D>::new(options);
    let (mut parser, mut buffer) = (decoder.parser(), BytesMut::from(input));
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
        let (start, arena) = (batch.position(), Bump::new());
        starts.push(start.offset());
        // What is framed is certain, and begins behind separators.
        let actual = guessed.as_ref().and(known).unwrap_or(start);
        let renumbering = Renumbering::between(start, actual).expect("no other");
        let (mut documents, mut rejected) = (vec![], vec![]);
        let mut records = batch.records(&mut parser, &arena);
        for record in records.by_ref() {
            match record {
                Ok(document) => documents.push(format!("{document:?}")),
                Err(mut bad) => {
                    renumbering.correct(&mut bad);
                    let (raw, error, remainder) = (bad.raw.to_vec(), bad.error, bad.remainder);
                    rejected.push((Bad { raw, error, remainder }, bad.more));
                }
            }
        }
        let end = records.position();
        known = guessed.and_then(|guessed| {
            let end = renumbering.position(batch.after(end).position());
            if decoder.settle(&guessed, end) {
                return Some(end);
            }
            unsettled.clear();
            buffer = BytesMut::from(&input[end.offset()..]);
            None
        });
        if !documents.is_empty() || !rejected.is_empty() {
            joined.add(Taken(documents, rejected));
        }
    }
}

/// By way of batches that own their bytes.
#[cfg(feature = "bytes")]
pub(crate) fn owned<D: Document>(pieces: &[&[u8]], options: Options) -> Joined {
    let mut decoder = jobview::BatchDecoder::<D>::new(options);
    let (mut parser, mut buffer) = (decoder.parser(), bytes::BytesMut::new());
    let mut batches = vec![];
    for piece in pieces {
        buffer.extend_from_slice(piece);
        batches.extend(std::iter::from_fn(|| decoder.next_batch(&mut buffer)));
    }
    batches.extend(std::iter::from_fn(|| decoder.last_batch(&mut buffer)));
    let mut joined = Joined::default();
    for batch in batches {
        let arena = Bump::new();
        let parsed = batch.parse(&mut parser, &arena);
        if !parsed.is_empty() {
            joined.add(parsed);
        }
    }
    joined
}
