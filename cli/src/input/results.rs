//! What the threads have found, taken in in the order of the input.
//!
//! The thread whose turn it is takes in its own, and those that came too early. None is waited for or woken up,
//! unless one is far ahead of the others, so that memory is bounded.

use super::drift::News;
use super::turns::End;
use super::{Batch, Ending, Seen};
use crate::outcome::Failure;
use crate::output::complain;
use crate::progress::Progress;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// How far the others may be ahead of one.
const MOST_EARLY: usize = 16;

/// How long it takes until it is noticed that the run is to end, or that a thread has panicked.
const PATIENCE: Duration = Duration::from_millis(50);

/// What comes next in the input.
pub(super) enum Found<T> {
    /// A batch, what was new in it, and how many bytes of all files have been worked through.
    Batch(Batch<T>, News, u64),
    /// The end of an input.
    End(End),
}

/// How the caller takes in a batch.
pub(super) type Take<T, S> = fn(&mut S, Batch<T>) -> Result<ControlFlow<()>, Failure>;

/// What has been found so far.
pub(super) struct Results<T, S> {
    inner: Mutex<Inner<T, S>>,
    /// That it is over.
    over: Condvar,
    /// That those who are far ahead are no more.
    nearer: Condvar,
    interrupted: AtomicBool,
}

struct Inner<T, S> {
    /// How many have been taken in.
    taken: usize,
    /// How many there are in all, when that is known.
    total: Option<usize>,
    early: BTreeMap<usize, Found<T>>,
    /// How many threads wait because they are far ahead.
    far: usize,
    seen: Seen,
    progress: Progress,
    take: Take<T, S>,
    /// What the caller has made of it; nothing more is to be taken in when it is gone.
    state: Option<S>,
    failure: Option<Failure>,
}

impl<T, S> Inner<T, S> {
    fn is_over(&self) -> bool {
        self.total == Some(self.taken) || self.is_broken()
    }

    fn is_broken(&self) -> bool {
        self.seen.ending != Ending::Whole || self.failure.is_some() || self.state.is_none()
    }

    fn take_in(&mut self, found: Found<T>) {
        self.taken += 1;
        let Self { seen, progress, state: Some(state), .. } = self else { return };
        match found {
            Found::Batch(batch, news, consumed) => {
                seen.novelties.add(news);
                progress.update(consumed);
                match (self.take)(state, batch) {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => seen.ending = Ending::Broken,
                    Err(failure) => self.failure = Some(failure),
                }
            }
            Found::End(End { file, bytes, error }) => {
                seen.bytes += bytes;
                match error {
                    None => seen.files += 1,
                    Some(error) => {
                        seen.some_unreadable = true;
                        progress.suspended(|| match bytes {
                            0 => complain(&format_args!("{file}: {error}")),
                            _ => complain(&format_args!(
                                "{file}: {error}; records were read up to byte {bytes}"
                            )),
                        });
                    }
                }
            }
        }
    }
}

impl<T, S> Results<T, S> {
    pub(super) fn new(progress: Progress, state: S, take: Take<T, S>) -> Self {
        let inner = Inner {
            taken: 0,
            total: None,
            early: BTreeMap::new(),
            far: 0,
            seen: Seen::default(),
            progress,
            take,
            state: Some(state),
            failure: None,
        };
        Self {
            inner: Mutex::new(inner),
            over: Condvar::new(),
            nearer: Condvar::new(),
            interrupted: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T, S>> {
        self.inner.lock().expect("no thread has panicked")
    }

    /// Puts what was found in its place. Breaks when nothing more is wanted.
    pub(super) fn put(&self, number: usize, found: Found<T>) -> ControlFlow<()> {
        let mut inner = self.lock();
        while number >= inner.taken + MOST_EARLY && !inner.is_broken() {
            inner.far += 1;
            inner = self.nearer.wait(inner).expect("no thread has panicked");
            inner.far -= 1;
        }
        inner.early.insert(number, found);
        while !inner.is_broken() && !self.interrupted.load(Ordering::Relaxed) {
            let next = inner.taken;
            let Some(found) = inner.early.remove(&next) else { break };
            inner.take_in(found);
        }
        if inner.far > 0 {
            self.nearer.notify_all();
        }
        if inner.is_over() {
            self.over.notify_all();
        }
        match inner.is_broken() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Says how many there are in all.
    pub(super) fn end(&self, total: usize) {
        self.lock().total = Some(total);
        self.over.notify_all();
    }

    /// Has it end, though there is more. The second time it is told that this was said before.
    pub(super) fn interrupt(&self) -> bool {
        self.interrupted.swap(true, Ordering::Relaxed)
    }

    /// Waits until it is over, and now and then looks whether all is `well`.
    pub(super) fn wait(&self, mut well: impl FnMut()) -> Result<(Seen, S), Failure> {
        let mut inner = self.lock();
        while !inner.is_over() {
            let waited = self.over.wait_timeout(inner, PATIENCE);
            (inner, _) = waited.expect("no thread has panicked");
            if self.interrupted.load(Ordering::Relaxed) {
                inner.seen.ending = Ending::Interrupted;
            }
            well();
        }
        let state = inner.state.take().expect("it is taken here only");
        self.nearer.notify_all();
        match inner.failure.take() {
            Some(failure) => Err(failure),
            None => Ok((std::mem::take(&mut inner.seen), state)),
        }
    }
}
