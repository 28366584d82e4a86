//! Through all inputs, batch by batch, with several threads, in the order of the input.
//!
//! [`list`] says which inputs there are, [`steady`] and [`archive`] read them, [`turns`] makes batches of them,
//! [`lanes`] says which parser a batch is for, [`parse`] goes through it; [`drift`] and [`learned`] put together
//! what the parsers have noticed and learned. Here is what ties them together: the threads, and the queue that
//! keeps their results in order.
//!
//! Memory is bounded: each thread holds one batch, and the queue so many results. What becomes of a record is the
//! caller's business; nothing here counts or prints any.

mod archive;
mod drift;
mod lanes;
mod learned;
mod list;
mod parse;
mod steady;
mod turns;

pub(crate) use drift::{Novelties, Place};
pub(crate) use learned::{Gap, Learned};
pub(crate) use list::{Input, list};
pub(crate) use parse::Visited;

use crate::arguments::InputArguments;
use crate::outcome::Failure;
use crate::output::complain;
use crate::progress::Progress;
use bytes::BytesMut;
use drift::News;
use jobview::Bump;
use lanes::{LANES, Lanes, lock};
use std::mem;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::{process, thread};
use turns::{Turn, Turns};

/// What has been found in a batch.
#[derive(Debug)]
pub(crate) struct Batch<T> {
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
    /// Whether it is to end in order when the user or the system wants it to end.
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
    /// How it ended.
    pub(crate) ending: Ending,
    /// What was new on the way.
    pub(crate) novelties: Novelties,
    /// What was learned.
    pub(crate) learned: Learned,
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

/// What comes next in the order of the input.
enum Next<T> {
    /// A batch; it is being parsed.
    Batch(Receiver<Parsed<T>>),
    /// The end of an input.
    End(turns::End),
    /// Nothing: a thread has ended, which it does when all batches have been dealt out.
    Nothing,
    /// Nothing, although there is more.
    Interrupted,
}

/// A batch that has been parsed.
struct Parsed<T> {
    batch: Batch<T>,
    news: News,
    consumed: u64,
}

/// What the threads share.
struct Shared {
    turns: Mutex<Turns>,
    lanes: Lanes,
}

/// Hands each record of each input to `visit`, in any order, which collects what it finds of a batch in a `T`;
/// and each batch with what was found to `take`, in the order of the input, until that breaks.
///
/// # Errors
///
/// Those of `take` only. An unreadable input is complained about; what could be read of it is handed out.
pub(crate) fn for_each_batch<T: Default + Send + 'static>(
    arguments: &InputArguments,
    inputs: Vec<Input>,
    manner: Manner,
    visit: impl Fn(&mut T, &str, Visited<'_>) + Clone + Send + 'static,
    mut take: impl FnMut(Batch<T>) -> Result<ControlFlow<()>, Failure>,
) -> Result<Seen, Failure> {
    let mut progress = Progress::of_bytes(list::total_size(&inputs), manner.show_progress);
    let shared = Arc::new(Shared {
        turns: Mutex::new(Turns::new(inputs, arguments.options(), arguments.max_expansion)),
        lanes: Lanes::new(arguments.options()),
    });
    // One more than parse, for one that reads.
    let threads = (arguments.jobs() + 1).min(LANES);
    let (sender, queue) = sync_channel(threads);
    if manner.interruptible {
        end_when_told(sender.clone());
    }
    for _ in 0..threads {
        let (shared, sender, visit) = (Arc::clone(&shared), sender.clone(), visit.clone());
        // Nobody waits for them: one may be waiting itself, for a pipe that says nothing.
        thread::spawn(move || work(&shared, &Queue(sender), visit));
    }
    drop(sender);

    let mut seen = Seen::default();
    for next in queue {
        match next {
            Next::Batch(parsed) => {
                let Parsed { batch, news, consumed } = parsed.recv().expect("no thread panics");
                seen.novelties.add(news);
                progress.update(consumed);
                if take(batch)?.is_break() {
                    seen.ending = Ending::Broken;
                    break;
                }
            }
            Next::End(turns::End { file, bytes, error }) => {
                seen.bytes += bytes;
                match error {
                    None => seen.files += 1,
                    Some(error) => {
                        progress.suspended(|| complain(&format_args!("{file}: {error}")));
                        seen.some_unreadable = true;
                    }
                }
            }
            Next::Interrupted => {
                seen.ending = Ending::Interrupted;
                break;
            }
            Next::Nothing => break,
        }
    }
    if seen.ending == Ending::Whole {
        assert!(!shared.turns.is_poisoned(), "no thread panics");
    }
    seen.learned = shared.lanes.learned();
    Ok(seen)
}

/// Where a thread puts what comes next.
struct Queue<T>(SyncSender<Next<T>>);

impl<T> Drop for Queue<T> {
    fn drop(&mut self) {
        // It does not matter if nobody wants to know.
        let _ = self.0.send(Next::Nothing);
    }
}

/// What a thread does: parse batches, until there are no more or nobody wants them.
fn work<T: Default>(shared: &Shared, queue: &Queue<T>, visit: impl Fn(&mut T, &str, Visited<'_>)) {
    let (mut arena, mut buffer) = (Bump::new(), BytesMut::new());
    loop {
        let mut turns = lock(&shared.turns);
        let (batch, sender, mut lane) = match turns.next(&mut buffer) {
            None => return,
            Some(Turn::End(end)) => match queue.0.send(Next::End(end)) {
                Ok(()) => continue,
                Err(_) => return,
            },
            Some(Turn::Batch(batch)) => {
                let (sender, receiver) = sync_channel(1);
                if queue.0.send(Next::Batch(receiver)).is_err() {
                    return;
                }
                let lane = shared.lanes.of(batch.number);
                (batch, sender, lane)
            }
        };
        drop(turns);
        let mut found = T::default();
        let news = parse::parse(&batch, &mut lane, &mut arena, |visited| {
            visit(&mut found, &batch.file, visited);
        });
        drop(lane);
        let turns::Batch { file, end, consumed, .. } = batch;
        let parsed = Parsed { batch: Batch { file, found, end }, news, consumed };
        // Whether anybody still wants it, shows next time.
        let _ = sender.send(parsed);
    }
}

/// Has the queue end when the user or the system wants the process to end. The second time it does end.
fn end_when_told<T: Send + 'static>(queue: SyncSender<Next<T>>) {
    let mut told = false;
    // Without it, the process ends at once, as others do.
    let _ = ctrlc::try_set_handler(move || {
        if mem::replace(&mut told, true) {
            process::exit(130);
        }
        let _ = queue.send(Next::Interrupted);
    });
}
