//! Reads all inputs in batches, with several threads, and delivers the results in input order.
//!
//! - [`mod@list`] and [`pattern`] find the inputs.
//! - [`steady`], [`live`], [`mod@format`] and [`archive`] read them.
//! - [`turns`] splits them into batches, [`lanes`] chooses the parser for a batch, and [`parse`] parses it, once
//!   [`seam`] has confirmed where it begins.
//! - [`drift`] and [`learned`] merge what the parsers noticed and learned, and [`results`] merges what was found.
//! - [`seen`] is the outcome, as plain data.
//!
//! This file has the threads that tie these together. Memory is bounded: each thread holds one batch, and a fixed
//! number of results may wait. The caller decides what happens to a record; nothing here counts or prints records.

mod archive;
mod drift;
mod format;
mod lanes;
mod learned;
mod list;
mod live;
mod parse;
mod pattern;
mod results;
mod seam;
mod seen;
mod steady;
mod turns;

pub(crate) use drift::{Novelties, Place};
pub(crate) use learned::{Gap, Learned};
pub(crate) use list::{Input, STDIN, list};
pub(crate) use parse::Visited;
pub(crate) use seen::{Batch, Ending, Seen};

use crate::arguments::InputArguments;
use crate::kind::Readers;
use crate::outcome::Failure;
use crate::progress::Progress;
use bytes::BytesMut;
use jobview::Arena;
use lanes::{LANES, Lanes, lock};
use live::Patience;
use parse::{Heed, Parsed};
use results::{Found, FoundBatch, Results, Take};
use std::sync::{Arc, Mutex};
use std::{process, thread};
use turns::{Turn, Turns};

/// How to go through the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Whether to show progress.
    pub(crate) show_progress: bool,
    /// Whether a signal ends the run in order. Otherwise a signal ends the process at once.
    pub(crate) interruptible: bool,
    /// Whether to tell in which line each record begins, which costs time.
    pub(crate) with_lines: bool,
}

/// What is collected from the records of a batch.
pub(crate) trait Collect: Default + Send + 'static {
    /// Does what is left to do, once all records of the batch have been visited. The threads do this side by side.
    fn complete(&mut self) {}
}

/// What the threads share.
struct Shared<T, S> {
    turns: Mutex<Turns>,
    lanes: Lanes,
    results: Results<T, S>,
    heed: Heed,
}

/// How many threads are used.
pub(crate) fn threads(arguments: &InputArguments) -> usize {
    arguments.jobs().min(LANES)
}

/// Parses all inputs. For each record, in any order, calls `visit`, which collects its findings for the batch in a `T`.
/// For each batch, in input order, calls `take` with the findings, until `take` breaks. Returns the final `state`.
///
/// # Errors
///
/// Only those of `take`. An unreadable input is reported, and what could be read of it is still visited.
pub(crate) fn for_each_batch<T, S>(
    readers: Readers,
    arguments: &InputArguments,
    inputs: Vec<Input>,
    manner: Manner,
    visit: impl Fn(&mut T, &str, Visited<'_>) + Clone + Send + 'static,
    state: S,
    take: Take<T, S>,
) -> Result<(Seen, S), Failure>
where
    T: Collect,
    S: Send + 'static,
{
    let patience = Arc::new(Patience::default());
    let progress = Progress::of_bytes(list::total_size(&inputs), manner.show_progress);
    let shared = Arc::new(Shared {
        turns: Mutex::new(Turns::new(
            readers,
            inputs,
            arguments.options(),
            arguments.limits(),
            Arc::clone(&patience),
        )),
        lanes: Lanes::new((readers.parser)(arguments.options())),
        results: Results::new(progress, state, take),
        heed: Heed { is_limited: arguments.limits_arena(), with_lines: manner.with_lines },
    });
    if manner.interruptible {
        end_when_told(patience);
    }
    let threads = threads(arguments);
    let start = |_| {
        let (shared, visit) = (Arc::clone(&shared), visit.clone());
        thread::spawn(move || work(&shared, visit))
    };
    let mut running: Vec<_> = (0..threads).map(start).collect();
    let (mut seen, state) = shared.results.wait(|| {
        // Join only finished threads: another one may be waiting for a silent pipe.
        for thread in running.extract_if(.., |thread| thread.is_finished()) {
            thread.join().expect("no thread panics");
        }
    })?;
    seen.learned = shared.lanes.learned();
    Ok((seen, state))
}

/// The body of a thread: parses batches until there are no more, or none are wanted.
fn work<T: Collect, S>(shared: &Shared<T, S>, visit: impl Fn(&mut T, &str, Visited<'_>)) {
    let Shared { turns, lanes, results, heed } = shared;
    let (mut arena, mut buffer) = (Arena::new(), BytesMut::new());
    loop {
        let mut turns = lock(turns);
        let (number, turn) = match turns.next(&mut buffer) {
            Some(turn) => turn,
            None => return results.end(turns.count()),
        };
        let found = match turn {
            Turn::End(end) => {
                drop(turns);
                Found::End(end)
            }
            Turn::Stop(stop) => {
                drop(turns);
                Found::Stop(stop)
            }
            Turn::Batch(batch) => {
                let mut lane = lanes.of(batch.stretch);
                drop(turns);
                let mut found = T::default();
                let parsed = parse::parse(&batch, &mut lane, &mut arena, *heed, |visited| {
                    visit(&mut found, &batch.file, visited);
                });
                drop(lane);
                found.complete();
                let turns::Batch { input, file, consumed, stretch, .. } = *batch;
                match parsed {
                    Some(Parsed { news, end }) => {
                        let batch = Batch { input, file, found, end };
                        Found::Batch(FoundBatch { batch, news, stretch, consumed })
                    }
                    None => Found::Nothing,
                }
            }
        };
        if results.put(number, found).is_break() {
            return;
        }
    }
}

/// Makes the first signal end the run in order. A second signal ends the process at once.
fn end_when_told(patience: Arc<Patience>) {
    // If some signals are ignored, as under `nohup`, no handler is set: those stay ignored, and others end the process.
    let _ = ctrlc::try_set_handler(move || {
        if patience.end() {
            process::exit(130);
        }
    });
}
