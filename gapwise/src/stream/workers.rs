//! Several threads, each with its own parser and arena.
//!
//! One thread at a time takes the next part of the input. Parsing takes most of the time, and happens in all threads at
//! once. The calling thread puts the results in order. It issues permits that keep workers from running ahead, so that
//! a slow part does not let others pile up behind it.
//!
//! The number of lines and records before a part is known only when all parts before it have been parsed. The same
//! applies to whether a part that begins at a guess is valid at all. A worker that has parsed its part waits for that.
//! It seldom waits long, because parts are alike and the previous part was started earlier.

use super::ahead::{Ahead, Job};
use super::numbering::Numbering;
use super::supply::{Reader, Slice, Supply};
use super::worker::Worker;
use crate::batch::Batch;
use crate::decode::Drift;
use crate::options::Options;
use crate::parser::Parser;
use crate::schema::Document;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// Parses with several threads.
///
/// ```
/// use gapwise::{Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Line<'a> {
///     message: &'a str,
/// }
///
/// let input = b"{\"message\":\"start\"}\n{\"message\":\"stop\"}\n".repeat(100);
/// let mut workers = Parser::<Line>::new().into_workers(std::thread::available_parallelism()?);
/// let stops = workers.map(&input, |batch| {
///     batch.documents().iter().filter(|line| line.message == "stop").count()
/// });
/// assert_eq!(stops.iter().sum::<usize>(), 100);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Workers<D: Document> {
    workers: Vec<Worker<D>>,
    options: Options,
}

/// The result of a part: one value for each batch, or an error or a panic that ends everything.
type Outcome<T, E> = thread::Result<Result<Vec<T>, E>>;

/// The state that all workers share.
struct Shared<A, M> {
    source: Mutex<Source<A>>,
    numbering: Numbering,
    map: M,
}

/// Hands out parts in order, one after the other.
struct Source<A> {
    ahead: A,
    /// Whether there are no more parts, or reading failed.
    is_over: bool,
    permits: mpsc::Receiver<()>,
}

impl<D: Document> Parser<D> {
    /// Parses with this many threads. Each has a clone of the parser: its options, and what it has learned.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let threads = std::thread::available_parallelism()?;
    /// let mut workers = Options::new().batch_bytes(1 << 18).parser::<Line>().into_workers(threads);
    /// assert_eq!(workers.map(b"{\"message\":\"start\"}", |batch| batch.documents().len()), [1]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn into_workers(self, threads: NonZeroUsize) -> Workers<D> {
        let options = self.memory.options;
        let workers = std::iter::repeat_n(self, threads.get()).map(Worker::new);
        Workers { workers: workers.collect(), options }
    }
}

impl<D: Document> Workers<D> {
    /// How many parts per worker may be in progress, or wait for an earlier one.
    const PARTS_AHEAD: usize = 4;

    /// Parses all records of `input` in batches of about [`Options::batch_bytes`](crate::Options::batch_bytes). Returns
    /// the results of `map`, one for each batch, in order. `map` runs in the worker threads.
    ///
    /// The records are those of [`Parser::records`], with the same numbers, lines, offsets and errors. NDJSON is framed
    /// by its newlines. In arrays and concatenated documents, a thread guesses where a record begins: where the bytes
    /// look like those around another record. `map` receives the batch only after the bytes before it have been parsed
    /// up to that point. If no record began there, the part is parsed again. If nothing can be guessed, because records
    /// are large or each begins differently, the records are framed by parsing them, one thread at a time.
    ///
    /// A panic in `map` is passed on to the caller.
    ///
    /// ```
    /// use gapwise::{Options, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let input = b"{\"message\":\"start\"}\n{\"message\":7}\n".repeat(1000);
    /// let threads = std::thread::available_parallelism()?;
    /// let mut workers = Options::new().batch_bytes(1 << 12).parser::<Line>().into_workers(threads);
    /// let lines: Vec<Vec<u64>> = workers.map(&input, |batch| {
    ///     batch.rejected().iter().map(|rejected| rejected.error.line()).collect()
    /// });
    /// assert!(lines.len() > 1);
    /// assert!(lines.concat().into_iter().eq((2..=2000).step_by(2)));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn map<T: Send>(
        &mut self,
        input: &[u8],
        map: impl for<'b> Fn(Batch<'b, D::View<'b>>) -> T + Sync,
    ) -> Vec<T> {
        let mut results = Vec::new();
        let options = self.with_options(self.options);
        let ahead = Ahead::new(Slice::new(input), options);
        let Ok::<(), Infallible>(()) = self.run(ahead, map, |result| {
            results.push(result);
            Ok(())
        });
        results
    }

    /// Parses a stream of any length in bounded memory, as [`BatchReader`](crate::BatchReader) does. `map` runs in the
    /// worker threads; `each` receives the results in order, in the calling thread. A reader that waits for more bytes
    /// does not delay the records that have already arrived.
    ///
    /// # Errors
    ///
    /// The first error of `reader`, after all batches before it have been handed out, or the first error of `each`.
    /// Bytes that were read but not handed out are lost. To retry after an error, use
    /// [`BatchReader`](crate::BatchReader).
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let lines = &b"{\"message\":\"start\"}\n{\"message\":7}\n"[..];
    /// let mut workers = Parser::<Line>::new().into_workers(std::thread::available_parallelism()?);
    /// let mut reasons = Vec::new();
    /// workers.map_reader(
    ///     lines,
    ///     |batch| batch.rejected().iter().map(|record| record.to_string()).collect(),
    ///     |mut of_batch| {
    ///         reasons.append(&mut of_batch);
    ///         Ok(())
    ///     },
    /// )?;
    /// assert!(reasons[0].starts_with("record 1 (line 2, "));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn map_reader<T: Send>(
        &mut self,
        reader: impl Read + Send,
        map: impl for<'b> Fn(Batch<'b, D::View<'b>>) -> T + Sync,
        each: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        let options = self.with_options(self.options.for_stream());
        self.run(Ahead::new(Reader::new(reader), options), map, each)
    }

    /// The parsers, each with what it has learned and noticed. Each numbers its documents separately.
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let threads = std::num::NonZeroUsize::MIN;
    /// let mut workers = Parser::<Line>::new().into_workers(threads);
    /// workers.map(b"{\"message\":\"start\",\"code\":1}", |_| ());
    /// let members = workers.parsers().flat_map(|parser| parser.drift().unknown_members());
    /// assert_eq!(members.map(|member| member.pointer()).collect::<Vec<_>>(), ["/code"]);
    /// ```
    pub fn parsers(&self) -> impl Iterator<Item = &Parser<D>> {
        self.workers.iter().map(|worker| &worker.parser)
    }

    /// What all parsers have noticed, added up; see [`Drift::merge`].
    ///
    /// ```
    /// use gapwise::{Parser, View};
    /// # #[derive(Clone, Copy, Debug, PartialEq, View)]
    /// # struct Line<'a> { message: &'a str }
    ///
    /// let mut workers = Parser::<Line>::new().into_workers(std::thread::available_parallelism()?);
    /// let input = b"{\"message\":\"start\",\"code\":1}\n".repeat(100_000);
    /// workers.map(&input, |_| ());
    /// assert_eq!(workers.drift().unknown_members()[0].count(), 100_000);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn drift(&self) -> Drift {
        self.parsers().fold(Drift::default(), |mut all, parser| {
            all.merge(parser.drift());
            all
        })
    }

    /// Makes all parsers use these options, and returns the same options.
    fn with_options(&mut self, options: Options) -> Options {
        for worker in &mut self.workers {
            worker.parser.memory.options = options;
        }
        options
    }

    /// Runs all workers on the whole supply.
    fn run<S: Supply<Bytes: Send, Error: Send> + Send, T: Send>(
        &mut self,
        ahead: Ahead<S, D>,
        map: impl for<'b> Fn(Batch<'b, D::View<'b>>) -> T + Sync,
        mut each: impl FnMut(T) -> Result<(), S::Error>,
    ) -> Result<(), S::Error> {
        let (permit, permits) = mpsc::channel();
        for _ in 0..Self::PARTS_AHEAD * self.workers.len() {
            // Sending cannot fail: the receiver is in this function.
            let _ = permit.send(());
        }
        let source = Mutex::new(Source { ahead, is_over: false, permits });
        let shared = Shared { source, numbering: Numbering::new(), map };
        let (sender, outcomes) = mpsc::channel();
        thread::scope(|scope| {
            for worker in &mut self.workers {
                let (shared, sender) = (&shared, sender.clone());
                scope.spawn(move || worker.work(shared, &sender));
            }
            drop(sender);
            // If this returns early, `permit` and `outcomes` are dropped, and the workers stop.
            let (permit, outcomes) = (permit, outcomes);
            let mut waiting = BTreeMap::new();
            let mut turn = 0;
            for (part, outcome) in outcomes {
                waiting.insert(part, outcome);
                while let Some(outcome) = waiting.remove(&turn) {
                    let results = outcome.unwrap_or_else(|panic| resume_unwind(panic))?;
                    results.into_iter().try_for_each(&mut each)?;
                    turn += 1;
                    // Sending fails if all parts have been handed out: then nobody waits for a permit.
                    let _ = permit.send(());
                }
            }
            Ok(())
        })
    }
}

impl<D: Document> Worker<D> {
    /// Parses parts until there are no more, or nobody wants the results.
    fn work<S: Supply, T, M: for<'b> Fn(Batch<'b, D::View<'b>>) -> T>(
        &mut self,
        shared: &Shared<Ahead<S, D>, M>,
        outcomes: &mpsc::Sender<(usize, Outcome<T, S::Error>)>,
    ) {
        let mut spare = None;
        // The lock is poisoned if reading has panicked. The scope of the threads passes that panic on.
        while let Ok(mut source) = shared.source.lock() {
            if source.is_over || source.permits.recv().is_err() {
                return;
            }
            let next = source.ahead.next(&shared.numbering, spare.take());
            source.is_over = !matches!(next, Ok(Some(_)));
            drop(source);
            let (number, outcome) = match next {
                Ok(Some(job)) => {
                    let parse = || self.parse_all(&job, shared);
                    let results = catch_unwind(AssertUnwindSafe(parse));
                    if results.is_err() {
                        shared.numbering.give_up(job.number);
                    }
                    spare = Some(job.bytes);
                    (job.number, results.map(Ok))
                }
                Ok(None) => return,
                Err(error) => (shared.numbering.begun(), Ok(Err(error))),
            };
            if outcomes.send((number, outcome)).is_err() {
                return;
            }
        }
    }

    /// Parses a part, in as many batches as the limit of the arena requires. If the part turns out to be void, its
    /// result is dropped, and the parser forgets it, too.
    fn parse_all<B: AsRef<[u8]>, T, A, M: for<'b> Fn(Batch<'b, D::View<'b>>) -> T>(
        &mut self,
        job: &Job<B>,
        shared: &Shared<A, M>,
    ) -> Vec<T> {
        let Shared { numbering, map, .. } = shared;
        let before = (!job.is_certain).then(|| self.parser.clone());
        let (mut rest, mut results) = (job.bytes.as_ref(), Vec::new());
        let (mut next, mut known) = (Some(job.part.clone()), None);
        while let Some(part) = next {
            let (mut batch, position, left) = self.parse(rest, &part);
            let told = match (&left, known) {
                (Some(_), Some(numbers)) => Some(numbers),
                (Some(_), None) => numbering.before(job.number),
                (None, None) => numbering.note_and_wait(job.number, job.found_end(position)),
                (None, Some(numbers)) => {
                    numbering.note(job.number, job.found_end(position));
                    Some(numbers)
                }
            };
            let Some(numbers) = told else {
                before.into_iter().for_each(|parser| self.parser = parser);
                return Vec::new();
            };
            known = Some(numbers);
            if left.is_some() {
                rest = &rest[position.bytes_since(part.position)..];
            }
            job.renumber(&mut batch, numbers);
            if !batch.is_empty() {
                results.push(map(batch));
            }
            next = left;
        }
        results
    }
}
