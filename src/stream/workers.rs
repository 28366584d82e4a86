//! Several threads, each with a parser and an arena of its own.
//!
//! One thread at a time frames the next part of the input; parsing, which takes most of the time, is done by all at
//! once. The calling thread puts what comes of the parts into their order. Workers are kept from running
//! ahead by permits, which it gives back: a part that takes long does not let others pile up behind it.

use super::window::Window;
use super::worker::Worker;
use crate::batch::{Batch, Framer, Part, Position};
use crate::options::STREAM_RECORD_BYTES;
use crate::parser::Parser;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// Parses with several threads.
///
/// ```
/// use jobview::{JobStatus, Parser, Workers};
///
/// let input = std::fs::read("examples/data/jobs.ndjson")?;
/// let mut workers = Workers::new(Parser::new(), std::thread::available_parallelism()?);
/// let complete = workers.map(&input, |batch| {
///     let documents = batch.documents().iter();
///     documents.filter(|job| job.data.attributes.status == JobStatus::Complete).count()
/// });
/// assert!(complete.iter().sum::<usize>() > 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Workers {
    workers: Vec<Worker>,
}

/// What a worker has made of a part: something for each batch, or an error or a panic that ends it all.
type Outcome<T, E> = thread::Result<Result<Vec<T>, E>>;

/// Hands out parts in their order, one after the other.
struct Source<N> {
    next: N,
    /// How many have been handed out.
    parts: usize,
    /// Whether there are no more, or none could be had.
    is_over: bool,
    permits: mpsc::Receiver<()>,
}

impl Workers {
    /// How many parts for each worker may be under way, or wait for one before them.
    const PARTS_AHEAD: usize = 4;

    /// So many threads, each with a clone of this parser: its options, and what it has learned.
    pub fn new(parser: Parser, threads: NonZeroUsize) -> Self {
        let workers = (0..threads.get()).map(|_| Worker::new(parser.clone()));
        Self { workers: workers.collect() }
    }

    /// Parses all records of `input` in batches of about
    /// [`Options::batch_bytes`](crate::Options::batch_bytes), and returns what `map` makes of each, in their
    /// order. `map` runs in the threads of the workers.
    ///
    /// Records are the same as of [`Parser::records`], with the same numbers, lines, offsets and errors. NDJSON is
    /// framed by its newlines, which takes a fraction of the time. Arrays and concatenated documents are framed by
    /// parsing them, one thread at a time: two threads gain nothing there.
    ///
    /// A panic in `map` is passed on.
    pub fn map<T: Send>(&mut self, input: &[u8], map: impl Fn(Batch<'_>) -> T + Sync) -> Vec<T> {
        let mut results = Vec::new();
        let Some(first) = self.workers.first() else { return results };
        let mut framer = Framer::new(first.parser.memory.options, Position::START);
        let mut rest = input;
        let next = |_| {
            let framed = framer.next(rest, true);
            rest = &rest[framed.separators..];
            Ok(framed
                .part
                .map(|(part, length)| (rest.split_off(..length).unwrap_or_default(), part)))
        };
        let Ok::<(), Infallible>(()) = self.run(next, map, |result| {
            results.push(result);
            Ok(())
        });
        results
    }

    /// Parses a stream of any length in bounded memory, as [`BatchReader`](crate::BatchReader) does, and hands what
    /// `map` makes of each batch to `each`, in their order. `map` runs in the threads of the workers, `each` in the
    /// calling thread.
    ///
    /// # Errors
    ///
    /// The first one of `reader`, after all batches before it have been handed out, or of `each`. What has been
    /// read by then and not handed out is lost: to try again is for [`BatchReader`](crate::BatchReader).
    ///
    /// ```
    /// use jobview::{Parser, Workers};
    ///
    /// let file = std::fs::File::open("examples/data/jobs.ndjson")?;
    /// let mut workers = Workers::new(Parser::new(), std::thread::available_parallelism()?);
    /// let mut reasons = Vec::new();
    /// workers.map_reader(
    ///     file,
    ///     |batch| batch.rejected().iter().map(|record| record.to_string()).collect(),
    ///     |mut of_batch| Ok(reasons.append(&mut of_batch)),
    /// )?;
    /// assert!(reasons[0].starts_with("record "));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn map_reader<T: Send>(
        &mut self,
        mut reader: impl Read + Send,
        map: impl Fn(Batch<'_>) -> T + Sync,
        each: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        for worker in &mut self.workers {
            worker.parser.memory.options.max_record_bytes.get_or_insert(STREAM_RECORD_BYTES);
        }
        let Some(first) = self.workers.first() else { return Ok(()) };
        let mut window = Window::new(first.parser.memory.options, Position::START);
        let next = |spare: Option<Taken>| {
            let Some((part, length)) = window.read_part(&mut reader)? else { return Ok(None) };
            let spare = spare.map(|taken| taken.buffer).unwrap_or_default();
            let (buffer, bytes) = window.take(length, spare);
            Ok(Some((Taken { buffer, bytes }, part)))
        };
        self.run(next, map, each)
    }

    /// The parsers, each with what it has learned and noticed; they number documents each by itself.
    pub fn parsers(&self) -> impl Iterator<Item = &Parser> {
        self.workers.iter().map(|worker| &worker.parser)
    }

    /// Has all workers parse what `next` hands out. It is given bytes that are done with.
    fn run<B: AsRef<[u8]>, T: Send, E: Send>(
        &mut self,
        next: impl FnMut(Option<B>) -> Result<Option<(B, Part)>, E> + Send,
        map: impl Fn(Batch<'_>) -> T + Sync,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let (permit, permits) = mpsc::channel();
        for _ in 0..Self::PARTS_AHEAD * self.workers.len() {
            // The other end is here.
            let _ = permit.send(());
        }
        let source = Mutex::new(Source { next, parts: 0, is_over: false, permits });
        let (sender, outcomes) = mpsc::channel();
        thread::scope(|scope| {
            for worker in &mut self.workers {
                let (source, map, sender) = (&source, &map, sender.clone());
                scope.spawn(move || worker.work(source, map, &sender));
            }
            drop(sender);
            // When this ends early, `permit` and `outcomes` go, and the workers stop.
            let (permit, outcomes) = (permit, outcomes);
            let mut waiting = BTreeMap::new();
            let mut turn = 0;
            for (part, outcome) in outcomes {
                waiting.insert(part, outcome);
                while let Some(outcome) = waiting.remove(&turn) {
                    let results = outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
                    results.into_iter().try_for_each(&mut each)?;
                    turn += 1;
                    // Nobody waits for it when all parts have been handed out.
                    let _ = permit.send(());
                }
            }
            Ok(())
        })
    }
}

impl Worker {
    /// Parses parts until there are no more, or nobody wants what comes of them.
    fn work<B: AsRef<[u8]>, T, E, N>(
        &mut self,
        source: &Mutex<Source<N>>,
        map: &impl Fn(Batch<'_>) -> T,
        outcomes: &mpsc::Sender<(usize, Outcome<T, E>)>,
    ) where
        N: FnMut(Option<B>) -> Result<Option<(B, Part)>, E>,
    {
        let mut spare = None;
        // It is poisoned if reading has panicked, which is passed on by the scope of the threads.
        while let Ok(mut source) = source.lock() {
            if source.is_over || source.permits.recv().is_err() {
                return;
            }
            let next = (source.next)(spare.take());
            let number = source.parts;
            source.parts += 1;
            source.is_over = !matches!(next, Ok(Some(_)));
            drop(source);
            let outcome = match next {
                Ok(Some((bytes, part))) => {
                    let results = catch_unwind(AssertUnwindSafe(|| {
                        self.parse_all(bytes.as_ref(), part, map)
                    }));
                    spare = Some(bytes);
                    results.map(Ok)
                }
                Ok(None) => return,
                Err(error) => Ok(Err(error)),
            };
            if outcomes.send((number, outcome)).is_err() {
                return;
            }
        }
    }

    /// Parses a part in as many batches as the limit of the arena makes of it.
    fn parse_all<T>(&mut self, bytes: &[u8], part: Part, map: impl Fn(Batch<'_>) -> T) -> Vec<T> {
        let (mut rest, mut results) = (bytes, Vec::new());
        let mut next = Some(part);
        while let Some(part) = next {
            let (batch, position, left) = self.parse(rest, &part);
            if !batch.is_empty() {
                results.push(map(batch));
            }
            rest = if left.is_some() { &rest[position.bytes_since(part.position)..] } else { &[] };
            next = left;
        }
        results
    }
}

/// Bytes at some place of a buffer.
struct Taken {
    buffer: Vec<u8>,
    bytes: Range<usize>,
}

impl AsRef<[u8]> for Taken {
    fn as_ref(&self) -> &[u8] {
        &self.buffer[self.bytes.clone()]
    }
}
