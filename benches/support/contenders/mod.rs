//! The parsers that are measured: one file for each, and one line in [`ALL`].
//!
//! A contender must be at its best: it keeps state between records, reuses buffers, and borrows text if the parser can.
//! It must materialise every value of the schema before it passes a view to the sink, and reject what the schema
//! rejects. If it cannot, `does_less` of its [`Entry`] and [`verdicts`](crate::verdicts) say so, and so does the
//! report.

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
pub use arrow_json::schema as arrow_schema;
#[cfg(feature = "contenders")]
pub(crate) use simd_json::Scratch;

/// A way to parse. `self` holds the state that a program would keep between records.
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

/// The description of a contender.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The last part of criterion's id.
    pub name: &'static str,
    /// Makes a contender that has seen nothing.
    pub new: fn() -> Box<dyn Contender>,
    /// Whether it takes documents one at a time.
    pub documents: bool,
    /// Whether it continues after a bad record, and rejects all bad records of the corpora.
    pub bad_records: bool,
    /// Whether it is part of a short run.
    pub daily: bool,
    /// How it differs from jobview, apart from verdicts, which are found by trial.
    pub does_less: &'static str,
}

/// jobview, with which all other contenders are compared.
pub const JOBVIEW: Entry = Entry {
    name: "jobview",
    new: || Box::<jobview::Jobview>::default(),
    documents: true,
    bad_records: true,
    daily: true,
    does_less: "",
};

/// The contender whose digest the others must match.
pub const REFERENCE: Entry = Entry {
    name: "serde_json",
    new: || Box::new(serde_json::SerdeJson),
    documents: true,
    bad_records: true,
    daily: false,
    does_less: "",
};

/// The fastest contender on a stable toolchain.
#[cfg(feature = "contenders")]
pub const RIVAL: Entry = Entry {
    name: "sonic-rs",
    new: || Box::new(sonic_rs::SonicRs),
    documents: true,
    bad_records: true,
    daily: true,
    does_less: "",
};

/// Every contender on a stable toolchain that is part of the build.
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
