//! The parsers that are measured: one file each, one line each in [`ALL`].
//!
//! A contender must be at its best: state kept between records, buffers reused, text borrowed where the
//! parser can. It must materialise every value of the schema before it hands a view to the sink, and reject
//! what the schema rejects. Where it cannot, `does_less` of its [`Entry`] and [`verdicts`](crate::verdicts) say so,
//! and the report repeats it.

#[cfg(feature = "contenders")]
mod arrow_json;
#[cfg(feature = "contenders")]
mod jiter;
mod jobview;
mod serde_json;
#[cfg(feature = "contenders")]
mod simd_json;
#[cfg(feature = "contenders")]
mod simd_json_tape;
#[cfg(feature = "contenders")]
mod sonic_rs;

use crate::corpus::Stream;
use crate::digest::Sink;
#[cfg(feature = "contenders")]
pub(crate) use simd_json::Scratch;

/// One way to parse. State that a program would keep between records stands in `self`.
pub trait Contender {
    /// Parses one record.
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink);

    /// Parses a stream that fits in the cache. Views need not outlive their record.
    fn batch(&mut self, stream: Stream<'_>, sink: &mut dyn Sink) {
        for record in stream.records() {
            self.document(record, sink);
        }
    }

    /// Parses a stream that does not fit in the cache, in bounded memory.
    fn file(&mut self, stream: Stream<'_>, sink: &mut dyn Sink) {
        self.batch(stream, sink);
    }
}

/// What is known of a contender before it is made.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The last part of criterion's id.
    pub name: &'static str,
    /// Makes one that has seen nothing.
    pub new: fn() -> Box<dyn Contender>,
    /// Whether it takes documents one at a time.
    pub documents: bool,
    /// Whether it goes on after a bad record, and rejects all those of the corpora.
    pub bad_records: bool,
    /// Whether the short form of a run measures it.
    pub daily: bool,
    /// What it does otherwise than jobview, apart from verdicts, which are tried out.
    pub does_less: &'static str,
}

/// jobview, the contender that all others are set against.
pub const JOBVIEW: Entry = Entry {
    name: "jobview",
    new: || Box::<jobview::Jobview>::default(),
    documents: true,
    bad_records: true,
    daily: true,
    does_less: "",
};

/// The contender whose digest the others must have.
pub const REFERENCE: Entry = Entry {
    name: "serde_json",
    new: || Box::new(serde_json::SerdeJson),
    documents: true,
    bad_records: true,
    daily: false,
    does_less: "",
};

/// The fastest contender of a stable toolchain.
#[cfg(feature = "contenders")]
pub const RIVAL: Entry = Entry {
    name: "sonic-rs",
    new: || Box::new(sonic_rs::SonicRs),
    documents: true,
    bad_records: true,
    daily: true,
    does_less: "",
};

/// Every contender of a stable toolchain that has been built.
pub const ALL: &[Entry] = &[
    JOBVIEW,
    REFERENCE,
    #[cfg(feature = "contenders")]
    RIVAL,
    #[cfg(feature = "contenders")]
    Entry {
        name: "simd-json",
        new: || Box::<simd_json::SimdJson>::default(),
        documents: true,
        bad_records: true,
        daily: false,
        does_less: "each record is copied first, for it is changed in place",
    },
    #[cfg(feature = "contenders")]
    Entry {
        name: "simd-json-tape",
        new: || Box::<simd_json_tape::SimdJsonTape>::default(),
        documents: true,
        bad_records: true,
        daily: false,
        does_less: "each record is copied first, for it is changed in place",
    },
    #[cfg(feature = "contenders")]
    Entry {
        name: "jiter",
        new: || Box::new(jiter::Jiter),
        documents: true,
        bad_records: true,
        daily: false,
        does_less: "",
    },
    #[cfg(feature = "contenders")]
    Entry {
        name: "arrow-json",
        new: || Box::<arrow_json::ArrowJson>::default(),
        documents: false,
        bad_records: false,
        daily: false,
        does_less: "columns instead of views, all text copied; a bad record loses its batch",
    },
];
