//! Through all inputs, batch by batch, with several threads, in the order of the input.
//!
//! [`mod@list`] and [`pattern`] say which inputs there are, [`steady`], [`live`], [`mod@format`] and [`archive`] read
//! them, [`turns`] makes batches of them,
//! [`lanes`] says which parser a batch is for, [`parse`] goes through it, when [`seam`] has told that it is one;
//! [`drift`] and [`learned`] put
//! together what the parsers have noticed and learned, and [`results`] what was found. Here is what ties them
//! together: the threads.
//!
//! Memory is bounded: each thread holds one batch, and so many results wait for others. What becomes of a record
//! is the caller's business; nothing here counts or prints any.

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
mod steady;
mod turns;

pub(crate) use drift::{Novelties, Place};
pub(crate) use learned::{Gap, Learned};
pub(crate) use list::{Input, STDIN, list};
pub(crate) use parse::Visited;

use crate::arguments::InputArguments;
use crate::kind::Readers;
use crate::outcome::Failure;
use crate::output::counted;
use crate::progress::Progress;
use bytes::BytesMut;
use jobview::Bump;
use lanes::{LANES, Lanes, lock};
use live::Patience;
use parse::Parsed;
use results::{Found, FoundBatch, Results, Take};
use std::sync::{Arc, Mutex};
use std::{process, thread};
use turns::{Turn, Turns};

/// What has been found in a batch.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    /// The number of the input, from 0.
    pub(crate) input: usize,
    /// The name of the input, fit to be printed.
    pub(crate) file: Arc<str>,
    /// What was made of the records.
    pub(crate) found: T,
    /// The offset in the input up to which it goes.
    pub(crate) end: u64,
}

/// How to go through the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Whether to show how far it is.
    pub(crate) show_progress: bool,
    /// Whether it is to end in order when the user or the system wants it to end. Else the process does, at once.
    pub(crate) interruptible: bool,
}

/// What has been gone through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How many inputs could be read to their end.
    pub(crate) files: u64,
    /// How many bytes were in all of them.
    pub(crate) bytes: u64,
    /// Whether there were inputs that could not be read to their end. It has been said why.
    pub(crate) some_unreadable: bool,
    /// The inputs that are over, in their order.
    pub(crate) inputs: Vec<SeenInput>,
    /// How it ended.
    pub(crate) ending: Ending,
    /// How many bytes had come of a record that had not ended when the user or the system wanted no more.
    pub(crate) cut: u64,
    /// What was new on the way.
    pub(crate) novelties: Novelties,
    /// What was learned.
    pub(crate) learned: Learned,
}

impl Seen {
    /// What is to be said of a record that had not ended, if there was one.
    pub(crate) fn cut_off(&self) -> String {
        match self.cut {
            0 => String::new(),
            1 => "; the last byte is no whole record".to_owned(),
            cut => format!("; the last {} are no whole record", counted(cut, "byte")),
        }
    }
}

/// An input that is over.
#[derive(Clone, Debug)]
pub(crate) struct SeenInput {
    /// Its name, fit to be printed.
    pub(crate) file: Arc<str>,
    /// How many bytes of it were handed out.
    pub(crate) bytes: u64,
    /// Why it could not be read to its end.
    pub(crate) error: Option<String>,
}

/// Why there are no more batches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ending {
    /// There are no more inputs.
    #[default]
    Whole,
    /// The caller wanted no more.
    Broken,
    /// The user or the system wanted no more.
    Interrupted,
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
    let (mut arena, mut buffer) = (Bump::new(), BytesMut::new());
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
