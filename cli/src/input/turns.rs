//! The inputs as batches, one after the other.
//!
//! Threads take turns at this: one reads, unpacks and frames a batch, while the others parse those before. Each
//! reads into a buffer of its own, which it uses again when it has parsed what is in it, so that the bytes of a
//! batch stay in the cache of one processor.

use super::archive::{Contents, Limits};
use super::list::{Input, Source};
use super::steady::Steady;
use bytes::BytesMut;
use jobview::{BatchDecoder, Document, Options, OwnedBatch, Position};
use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::vec;

/// How many bytes make a batch: enough for threads to change places seldom, not too many for the cache.
pub(super) const BATCH: usize = 1 << 20;

/// How much is read at once: at first, and of a record that is longer than a batch.
const LEAST_READ: usize = 1 << 15;
const MOST_READ: usize = 1 << 22;

/// What comes next in the order of the input.
pub(super) enum Turn {
    Batch(Batch),
    End(End),
}

/// Complete records.
pub(super) struct Batch {
    /// The number of the input, from 0.
    pub(super) input: usize,
    /// The name of the input.
    pub(super) file: Arc<str>,
    pub(super) records: OwnedBatch,
    /// The offset in the input up to which it goes.
    pub(super) end: u64,
    /// How many bytes of all files have been worked through.
    pub(super) consumed: u64,
}

impl Batch {
    /// The offset in the input at which it begins.
    pub(super) fn start(&self) -> u64 {
        self.end - self.records.bytes().len() as u64
    }
}

/// The end of an input.
pub(super) struct End {
    /// The name of the input.
    pub(super) file: Arc<str>,
    /// How many bytes of it are in batches.
    pub(super) bytes: u64,
    /// Why it could not be read to its end.
    pub(super) error: Option<io::Error>,
}

/// What is left to be read.
pub(super) struct Turns<D: Document> {
    inputs: vec::IntoIter<Input>,
    /// How many have been begun.
    begun: usize,
    options: Options,
    limits: Limits,
    open: Option<Open<D>>,
    /// How many turns there have been.
    count: usize,
    /// How many bytes of files have been worked through that are over.
    consumed: u64,
}

/// An input that is being read.
struct Open<D: Document> {
    file: Arc<str>,
    contents: Contents<Box<dyn Read + Send>>,
    decoder: BatchDecoder<D>,
    /// What has been read and is not in a batch yet.
    rest: Vec<u8>,
    /// How many bytes are in batches.
    bytes: u64,
    /// Whether all has been read, or as much as can be.
    is_over: bool,
    error: Option<io::Error>,
}

impl<D: Document> Turns<D> {
    pub(super) fn new(inputs: Vec<Input>, options: Options, limits: Limits) -> Self {
        let (inputs, options) = (inputs.into_iter(), options.batch_bytes(BATCH));
        Self { inputs, begun: 0, options, limits, open: None, count: 0, consumed: 0 }
    }

    /// How many turns there have been.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Reads what comes next, into `buffer` if it is a batch. Returns it with its number.
    pub(super) fn next(&mut self, buffer: &mut BytesMut) -> Option<(usize, Turn)> {
        let turn = self.take(buffer)?;
        self.count += 1;
        Some((self.count - 1, turn))
    }

    fn take(&mut self, buffer: &mut BytesMut) -> Option<Turn> {
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let Input { name, source } = self.inputs.next()?;
                self.begun += 1;
                let file = Arc::from(name);
                match Open::new(Arc::clone(&file), source, self.options, self.limits) {
                    Ok(open) => self.open.insert(open),
                    Err(error) => {
                        return Some(Turn::End(End { file, bytes: 0, error: Some(error) }));
                    }
                }
            }
        };
        let records = open.next(buffer);
        let consumed = self.consumed + open.contents.consumed();
        Some(match records {
            Some(records) => {
                let (file, end) = (Arc::clone(&open.file), open.bytes);
                Turn::Batch(Batch { input: self.begun - 1, file, records, end, consumed })
            }
            None => {
                self.consumed = consumed;
                let Open { file, bytes, error, .. } = self.open.take()?;
                Turn::End(End { file, bytes, error })
            }
        })
    }
}

impl<D: Document> Open<D> {
    fn new(file: Arc<str>, source: Source, options: Options, limits: Limits) -> io::Result<Self> {
        let source: Box<dyn Read + Send> = match source {
            Source::Stdin => Box::new(io::stdin()),
            Source::Pipe(pipe) => Box::new(pipe),
            Source::File(path) => Box::new(Steady::open(&path)?),
            Source::None(why) => return Err(io::Error::other(why)),
        };
        let contents = Contents::new(source, limits)?;
        let decoder = BatchDecoder::of(options, Position::START);
        let (rest, bytes, is_over, error) = (Vec::new(), 0, false, None);
        Ok(Self { file, contents, decoder, rest, bytes, is_over, error })
    }

    /// Reads a batch. `None` when all has been read, or what is left cannot be.
    fn next(&mut self, buffer: &mut BytesMut) -> Option<OwnedBatch> {
        renew(buffer);
        buffer.extend_from_slice(&self.rest);
        let mut read = self.bytes + buffer.len() as u64;
        let batch = loop {
            // What is left of a long read may be enough already.
            if buffer.len() >= BATCH || self.is_over {
                let is_whole = self.error.is_none() || self.contents.are_whole();
                let batch = match self.is_over && is_whole {
                    true => self.decoder.last_batch(buffer),
                    // A record that has been cut is not to be judged.
                    false => self.decoder.next_batch(buffer),
                };
                if batch.is_some() || self.is_over {
                    break batch;
                }
            }
            read += self.fill(buffer) as u64;
        };
        self.rest.clear();
        self.rest.extend_from_slice(buffer);
        buffer.clear();
        self.bytes = read - self.rest.len() as u64;
        batch
    }

    /// Appends to `buffer` until there is enough for a batch. Where there was already, it is one long record, of
    /// which there may be as much again.
    fn fill(&mut self, buffer: &mut BytesMut) -> usize {
        let length = buffer.len();
        let enough = if length < BATCH { BATCH } else { length + length.min(MOST_READ) };
        let mut filled = length;
        while filled < enough && !self.is_over {
            // There are many small files in the world, and room for them must not cost more than they do.
            if filled == buffer.len() {
                buffer.resize((2 * filled).clamp(LEAST_READ, enough), 0);
            }
            match self.contents.read(&mut buffer[filled..]) {
                Ok(0) => self.is_over = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_over = true;
                    self.error = Some(error);
                }
            }
        }
        buffer.truncate(filled);
        filled - length
    }
}

/// Makes an empty buffer of what is left of one. It keeps its memory, unless there was a very long record in it.
fn renew(buffer: &mut BytesMut) {
    buffer.clear();
    if buffer.capacity() > 4 * BATCH {
        *buffer = BytesMut::new();
    }
    buffer.reserve(BATCH);
}
