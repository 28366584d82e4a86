//! Compares jobview with itself: the cost of reading a stream instead of a slice, and the gain of a second thread.
//!
//! All variants read the same bytes from memory, in bounded memory.

use crate::contenders::JOBVIEW;
use crate::corpus::{Corpus, Stream};
use crate::digest::{Digest, Sink, Sums};
use crate::machine::kernel;
use crate::workload::{Timed, Workload};
use jobview::{Batch, Options, Parser, Position};
use std::num::NonZeroUsize;

/// A way to process a stream.
pub struct Way {
    /// The first part of criterion's id.
    pub workload: &'static str,
    /// The last part.
    pub name: &'static str,
    new: fn() -> Run,
}

/// Processes a stream and, on request, makes a digest of it.
type Run = Box<dyn FnMut(Stream<'_>, bool) -> Sums>;

/// Every way. The first one, a slice in one thread, is the one that the others are compared with.
pub const ALL: &[Way] = &[
    Way { workload: "reader", name: "slice", new: slice },
    Way { workload: "reader", name: "reader", new: reader },
    Way { workload: "parallel", name: "1-thread", new: || workers(1) },
    Way { workload: "parallel", name: "2-threads", new: || workers(2) },
];

impl Way {
    /// A function that processes streams, and keeps what it can reuse.
    pub fn runner(&self) -> impl FnMut(Stream<'_>) + use<> {
        let mut run = (self.new)();
        move |stream| {
            run(stream, false);
        }
    }

    /// Panics unless the result is what the generator wrote.
    pub fn check(&self, corpus: &Corpus) {
        let id = format!("{}/{}/{}", self.workload, corpus.kind().name(), self.name);
        (self.new)()(corpus.stream(), true).assert_written(corpus.counts(), &id);
    }
}

/// Passes everything to a sink: one that makes a digest, or one that costs nothing.
fn take(batch: &Batch<'_>, digest: bool) -> Sums {
    let mut sums = Digest::default();
    let sink: &mut dyn Sink = if digest { &mut sums } else { &mut Timed };
    batch.documents().iter().for_each(|&view| sink.accept(view));
    batch.rejected().iter().for_each(|_| sink.reject());
    sums.finish()
}

fn slice() -> Run {
    let mut run = Workload::File.runner(&JOBVIEW);
    Box::new(move |stream, digest| {
        let mut sums = Digest::default();
        let sink: &mut dyn Sink = if digest { &mut sums } else { &mut Timed };
        run(stream, sink);
        sums.finish()
    })
}

fn parser() -> Parser {
    Options::new().kernel(kernel()).parser()
}

fn reader() -> Run {
    let mut kept = None;
    Box::new(move |stream, digest| {
        let feed = kept.take().unwrap_or_else(|| parser().into_feed());
        let mut reader = feed.into_reader(stream.bytes);
        let mut sums = Sums::default();
        while let Ok(Some(batch)) = reader.next_batch() {
            sums.add(take(&batch, digest));
        }
        let (_, mut feed) = reader.into_parts();
        feed.resume(Position::START);
        kept = Some(feed);
        sums
    })
}

fn workers(threads: usize) -> Run {
    let threads = NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN);
    let mut workers = parser().into_workers(threads);
    Box::new(move |stream, digest| {
        let mut sums = Sums::default();
        let of_batches = workers.map(stream.bytes, |batch| take(&batch, digest));
        of_batches.into_iter().for_each(|of_batch| sums.add(of_batch));
        sums
    })
}
