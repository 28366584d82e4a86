//! The workloads: what is done with a corpus, and the first part of criterion's id.
//!
//! A workload passes a corpus to a contender, with the same code whether the result is digested or timed. It must not
//! do anything per record that a program would not do.

use crate::contenders::{Entry, REFERENCE};
use crate::corpus::{Corpus, Kind, Stream, Variant};
use crate::digest::{Digest, Sink, Sums, View};
use std::hint::black_box;

/// What is done with a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// One document after another, each in its own slice, by a contender that has seen many.
    Document,
    /// The same, each by a new contender that has learned nothing and has no warm buffers.
    Cold,
    /// All records of a stream that fits in the cache, by a warm contender.
    Batch,
    /// All records of a stream in memory, in bounded memory, by a warm contender.
    File,
}

impl Workload {
    /// The first part of criterion's id.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Cold => "cold",
            Self::Batch => "batch",
            Self::File => "file",
        }
    }

    /// Whether a contender can do this with a corpus.
    pub fn suits(self, entry: &Entry, kind: Kind) -> bool {
        let one_by_one = matches!(self, Self::Document | Self::Cold);
        (entry.documents || !one_by_one) && (entry.bad_records || kind.variant != Variant::Bad)
    }

    /// A function that processes every record of a stream once. It keeps its contender.
    pub fn runner(self, entry: &Entry) -> impl FnMut(Stream<'_>, &mut dyn Sink) + use<> {
        let new = entry.new;
        let mut contender = new();
        move |stream, sink| match self {
            Self::Document => stream.documents().for_each(|json| contender.document(json, sink)),
            Self::Cold => stream.documents().for_each(|json| new().document(json, sink)),
            Self::Batch => contender.batch(stream, sink),
            Self::File => contender.file(stream, sink),
        }
    }

    /// The digest of a contender for a corpus.
    pub fn digest(self, entry: &Entry, corpus: &Corpus) -> Sums {
        let mut digest = Digest::default();
        self.runner(entry)(corpus.stream(), &mut digest);
        digest.finish()
    }

    /// Panics unless a contender reads every value that the reference reads, and what the generator wrote.
    pub fn check(self, entry: &Entry, corpus: &Corpus) {
        let id = format!("{}/{}/{}", self.name(), corpus.kind().name(), entry.name);
        let found = self.digest(entry, corpus);
        assert_eq!(found, Self::Batch.digest(&REFERENCE, corpus), "{id}");
        found.assert_written(corpus.counts(), &id);
    }
}

/// A sink for timing. It makes sure that its input is not optimised away.
pub struct Timed;

impl Sink for Timed {
    fn accept(&mut self, view: &dyn View) {
        black_box(view);
    }

    fn reject(&mut self) {
        black_box(());
    }
}
