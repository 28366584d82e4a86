//! Goes through all inputs, batch by batch, with several threads, in the order of the input.
//!
//! - [`mod@list`] and [`pattern`] say which inputs there are.
//! - [`steady`], [`live`], [`mod@format`] and [`archive`] read them.
//! - [`turns`] makes batches of them, [`lanes`] says which parser a batch goes to, and [`parse`] goes through it,
//!   once [`seam`] has told that it really is one.
//! - [`drift`] and [`learned`] put together what the parsers noticed and learned, and [`results`] what was found.
//! - [`seen`] is what comes of it, as plain data.
//!
//! This file has the threads that tie these together. Memory is bounded: each thread holds one batch, and a fixed
//! number of results may wait. What becomes of a record is up to the caller; nothing here counts or prints records.

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
use parse::Parsed;
use results::{Found, FoundBatch, Results, Take};
use std::sync::{Arc, Mutex};
use std::{process, thread};
use turns::{Turn, Turns};

/// How to go through the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Whether to show how far it is.
    pub(crate) show_progress: bool,
    /// Whether it is to end in order when the user or the system wants it to end. Else the process does, at once.
    pub(crate) interruptible: bool,
}

/// What the threads share.
struct Shared<T, S> {
    turns: Mutex<Turns>,
    lanes: Lanes,
    results: Results<T, S>,
    /// The options, if they limit the arena.
    is_limited: bool,
}

/// Hands each record of each input to `visit`, in any order, which collects what it finds in a batch in a `T`;
/// and each batch with what was found to `take`, in the order of the input, until that breaks. Returns the
/// `state` that this has led to.
///
/// # Errors
///
/// Those of `take` only. An unreadable input is complained about; what could be read of it is handed out.
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
    T: Default + Send + 'static,
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
        is_limited: arguments.limits_arena(),
    });
    if manner.interruptible {
        end_when_told(patience);
    }
    let threads = arguments.jobs().min(LANES);
    let start = |_| {
        let (shared, visit) = (Arc::clone(&shared), visit.clone());
        thread::spawn(move || work(&shared, visit))
    };
    let mut running: Vec<_> = (0..threads).map(start).collect();
    let (mut seen, state) = shared.results.wait(|| {
        // Those that go on are not waited for: one may be waiting itself, for a pipe that says nothing.
        for thread in running.extract_if(.., |thread| thread.is_finished()) {
            thread.join().expect("no thread panics");
        }
    })?;
    seen.learned = shared.lanes.learned();
    Ok((seen, state))
}

/// What a thread does: parse batches, until there are no more or nobody wants them.
fn work<T: Default, S>(shared: &Shared<T, S>, visit: impl Fn(&mut T, &str, Visited<'_>)) {
    let Shared { turns, lanes, results, is_limited } = shared;
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
                let parsed = parse::parse(&batch, &mut lane, &mut arena, *is_limited, |visited| {
                    visit(&mut found, &batch.file, visited);
                });
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

/// Has a run end in order when the user or the system wants it to end. The second time, it ends at once.
fn end_when_told(patience: Arc<Patience>) {
    // Where signals are ignored, as `nohup` has it, they stay so, and others end the process at once.
    let _ = ctrlc::try_set_handler(move || {
        if patience.end() {
            process::exit(130);
        }
    });
}
