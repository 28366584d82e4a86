//! Merges what the threads have found, in input order.
//!
//! The thread that delivers the next result in order merges it, together with later ones that other threads delivered
//! early. Threads do not wait for each other, unless one is so far ahead that memory would grow.

use super::drift::News;
use super::seen::{Batch, Ending, Seen, SeenInput};
use super::turns::{End, Stop};
use crate::outcome::Failure;
use crate::output::complain;
use crate::progress::Progress;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// How many turns a thread may be ahead.
const MOST_EARLY: usize = 16;

/// The longest time until the panic of a thread is noticed.
const PATIENCE: Duration = Duration::from_millis(50);

/// The result of one turn.
pub(super) enum Found<T> {
    Batch(FoundBatch<T>),
    /// The batch was void.
    Nothing,
    /// The end of an input.
    End(End),
    /// The end of the run, before the end of the inputs.
    Stop(Stop),
}

/// The result of a batch.
pub(super) struct FoundBatch<T> {
    pub(super) batch: Batch<T>,
    /// What was new in it.
    pub(super) news: News,
    /// The number of the stretch that it belongs to.
    pub(super) stretch: usize,
    /// How many bytes of all files have been consumed.
    pub(super) consumed: u64,
}

/// The caller's function that receives the batches.
pub(super) type Take<T, S> = fn(&mut S, Batch<T>) -> Result<ControlFlow<()>, Failure>;

/// The results so far.
pub(super) struct Results<T, S> {
    order: Mutex<Order<T, S>>,
    /// Signals the end of the run.
    over: Condvar,
    /// Signals that results have been merged, so that a thread that waits may no longer be too far ahead.
    nearer: Condvar,
}

struct Order<T, S> {
    /// How many results have been merged.
    taken: usize,
    /// How many results there are in all, once that is known.
    total: Option<usize>,
    early: BTreeMap<usize, Found<T>>,
    /// How many threads wait because they are too far ahead.
    far: usize,
    /// `None` once no more results are wanted.
    sum: Option<Sum<T, S>>,
}

/// The merged results.
struct Sum<T, S> {
    seen: Seen,
    progress: Progress,
    take: Take<T, S>,
    state: S,
    failure: Option<Failure>,
}

impl<T, S> Sum<T, S> {
    fn is_broken(&self) -> bool {
        self.seen.ending != Ending::Whole || self.failure.is_some()
    }

    fn take_in(&mut self, found: Found<T>) {
        match found {
            Found::Batch(FoundBatch { batch, news, stretch, consumed }) => {
                self.seen.novelties.add(stretch, news);
                self.progress.update(consumed);
                match (self.take)(&mut self.state, batch) {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => self.seen.ending = Ending::Broken,
                    Err(failure) => self.failure = Some(failure),
                }
            }
            Found::Nothing => {}
            Found::Stop(Stop { file, bytes, cut }) => {
                self.seen.bytes += bytes;
                self.seen.cut = cut;
                self.seen.ending = Ending::Interrupted;
                if let Some(file) = file {
                    let error = Some("interrupted".to_owned());
                    self.seen.inputs.push(SeenInput { file, bytes, error });
                }
            }
            Found::End(End { file, bytes, error: None }) => {
                self.seen.bytes += bytes;
                self.seen.files += 1;
                self.seen.inputs.push(SeenInput { file, bytes, error: None });
            }
            Found::End(End { file, bytes, error: Some(error) }) => {
                self.seen.bytes += bytes;
                self.seen.some_unreadable = true;
                self.progress.suspended(|| match bytes {
                    0 => complain(&format_args!("{file}: {error}")),
                    _ => complain(&format_args!(
                        "{file}: {error}; records were read up to byte {bytes}"
                    )),
                });
                let error = Some(error.to_string());
                self.seen.inputs.push(SeenInput { file, bytes, error });
            }
        }
    }
}

impl<T, S> Order<T, S> {
    fn is_broken(&self) -> bool {
        self.sum.as_ref().is_none_or(Sum::is_broken)
    }

    fn is_over(&self) -> bool {
        self.total == Some(self.taken) || self.is_broken()
    }

    /// Merges all results that are next in order.
    fn take_in(&mut self) {
        while let Some(sum) = &mut self.sum
            && !sum.is_broken()
            && let Some(found) = self.early.remove(&self.taken)
        {
            sum.take_in(found);
            self.taken += 1;
        }
    }
}

impl<T, S> Results<T, S> {
    pub(super) fn new(progress: Progress, state: S, take: Take<T, S>) -> Self {
        let sum = Sum { seen: Seen::default(), progress, take, state, failure: None };
        let early = BTreeMap::new();
        let order = Order { taken: 0, total: None, early, far: 0, sum: Some(sum) };
        Self { order: Mutex::new(order), over: Condvar::new(), nearer: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Order<T, S>> {
        self.order.lock().expect("no thread has panicked")
    }

    /// Delivers the result of a turn. Breaks when no more results are wanted.
    pub(super) fn put(&self, number: usize, found: Found<T>) -> ControlFlow<()> {
        let mut order = self.lock();
        while number >= order.taken + MOST_EARLY && !order.is_broken() {
            order.far += 1;
            order = self.nearer.wait(order).expect("no thread has panicked");
            order.far -= 1;
        }
        order.early.insert(number, found);
        order.take_in();
        if order.far > 0 {
            self.nearer.notify_all();
        }
        if order.is_over() {
            self.over.notify_all();
        }
        match order.is_broken() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Sets the total number of results.
    pub(super) fn end(&self, total: usize) {
        self.lock().total = Some(total);
        self.over.notify_all();
    }

    /// Waits for the end of the run, and calls `well` now and then, which panics if a thread has.
    pub(super) fn wait(&self, mut well: impl FnMut()) -> Result<(Seen, S), Failure> {
        let mut order = self.lock();
        while !order.is_over() {
            let waited = self.over.wait_timeout(order, PATIENCE);
            (order, _) = waited.expect("no thread has panicked");
            well();
        }
        let Sum { seen, state, failure, .. } = order.sum.take().expect("it is taken once");
        self.nearer.notify_all();
        failure.map_or(Ok((seen, state)), Err)
    }
}
