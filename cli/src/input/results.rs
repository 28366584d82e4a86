//! Takes in what the threads have found, in the order of the input.
//!
//! A thread that brings the next result takes it in, together with those that others brought too early. No thread
//! waits for another or wakes it up, unless one is far ahead, so that memory is bounded.

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

/// How far one may be ahead of another.
const MOST_EARLY: usize = 16;

/// How long it takes at most to notice that a thread has panicked.
const PATIENCE: Duration = Duration::from_millis(50);

/// What comes next in the input.
pub(super) enum Found<T> {
    Batch(FoundBatch<T>),
    /// Nothing: it was no batch.
    Nothing,
    /// The end of an input.
    End(End),
    /// The end of it all, before that of the inputs.
    Stop(Stop),
}

/// A batch.
pub(super) struct FoundBatch<T> {
    pub(super) batch: Batch<T>,
    /// What was new in it.
    pub(super) news: News,
    /// The number of the stretch that it is of.
    pub(super) stretch: usize,
    /// How many bytes of all files have been worked through.
    pub(super) consumed: u64,
}

/// How the caller takes in a batch.
pub(super) type Take<T, S> = fn(&mut S, Batch<T>) -> Result<ControlFlow<()>, Failure>;

/// What has been found so far.
pub(super) struct Results<T, S> {
    order: Mutex<Order<T, S>>,
    /// That it is over.
    over: Condvar,
    /// That nobody is far ahead any more.
    nearer: Condvar,
}

struct Order<T, S> {
    /// How many have been taken in.
    taken: usize,
    /// How many there are in all, when that is known.
    total: Option<usize>,
    early: BTreeMap<usize, Found<T>>,
    /// How many threads wait because they are far ahead.
    far: usize,
    /// `None` when nothing more is wanted.
    sum: Option<Sum<T, S>>,
}

/// What all comes to.
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

    /// Takes in all that need not wait for others.
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

    /// Puts what was found in its place. Breaks when nothing more is wanted.
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

    /// Says how many there are in all.
    pub(super) fn end(&self, total: usize) {
        self.lock().total = Some(total);
        self.over.notify_all();
    }

    /// Waits until it is over, and looks now and then whether all is `well`.
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
