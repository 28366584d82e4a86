//! The tests of the library from outside, in one program.
//!
//! `documents` and `batch` say what is accepted and what becomes of the rest, `beginnings` what a damaged stream
//! costs, `errors` has a row for each
//! kind of error, `limits` is about depth, size and memory, `drift` about what a parser notices of a stream.
//! `schema_oracle` and `differential` ask somebody else: the JSON Schema, and the model in `model`.
//! `learning` has parsers that know different things agree: the `peers`, on documents changed by `mutation`;
//! `skipped` has them agree on values that the schema says nothing about, `layout` counts what they have learned.
//! `kinds` is about all answers of the job endpoints, `revisions` about the forms that they have had, `lenient` about
//! what is let through or checked where the caller asks for it, `envelopes` about documents that are part of their
//! record. `simd_json` makes trees. `samples` are documents to begin with.
//! `streams` is about bytes that come in pieces, `live` about those that are long in coming, `workers` about threads
//! that begin where they guess.
//! `golden` compares what is said of thousands of documents with what was said of them before.
//! `guard_pages` is about what must not be read, `unsafe_code` about the list of what could;
//! `imports` is about the floors that the source is built in.

mod batch;
mod beginnings;
mod bulk_jobs;
mod differential;
mod documents;
mod drift;
mod envelopes;
mod errors;
mod golden;
#[cfg(target_os = "linux")]
mod guard_pages;
mod imports;
mod kinds;
mod latest;
mod layout;
mod learning;
mod lenient;
mod limits;
#[cfg(unix)]
mod live;
mod model;
mod mutation;
mod peers;
mod revisions;
mod samples;
mod schema_oracle;
#[cfg(feature = "simd-json")]
mod simd_json;
mod skipped;
mod stream;
mod streams;
mod twins;
mod unsafe_code;
mod workers;

use jobview_corpus::{ExtraMembers, Generator, Settings};
use std::num::NonZeroU32;

/// A valid document with every member that the schema names, small enough to be read.
const DOCUMENT: &str = concat!(
    r#"{"data":{"type":"profile-bulk-import-job","id":"job","attributes":{"status":"processing","#,
    r#""created_at":"2026-09-04T13:40:00+00:00","total_count":10,"completed_count":9,"#,
    r#""failed_count":1,"completed_at":null,"expires_at":"2026-09-11T13:40:00+00:00","#,
    r#""started_at":"2026-09-04T13:40:01.031525+00:00"},"relationships":{"lists":{"data":["#,
    r#"{"type":"list","id":"YafG4m"}],"links":{"self":"l/s/","related":"l/r/"}},"#,
    r#""profiles":{"data":[{"type":"profile","id":"p1"},{"type":"profile","id":"p2"}],"#,
    r#""links":{"self":"p/s/","related":"p/r/"}},"import-errors":{"data":["#,
    r#"{"type":"import-error","id":"e1"}],"links":{"related":"e/r/"}}},"#,
    r#""links":{"self":"job/"}},"links":{"self":"top"}}"#,
);

/// Settings for documents that are not all alike: each way by itself, and all at once.
fn odd_settings(plain: Settings) -> [Settings; 6] {
    let producers = |amount| NonZeroU32::new(amount).expect("it is not zero");
    [
        Settings { varied: true, ..plain },
        Settings { producers: producers(4), ..plain },
        Settings { producers: producers(16), ..plain },
        Settings { unknown_members: ExtraMembers::Evolved, ..plain },
        Settings { unknown_members: ExtraMembers::Strewn, ..plain },
        Settings {
            varied: true,
            producers: producers(3),
            unknown_members: ExtraMembers::Strewn,
            ..plain
        },
    ]
}

/// Generated records one by one, without the newline after each.
fn records_of(settings: Settings, count: usize) -> Vec<Vec<u8>> {
    let mut generator = Generator::new(settings);
    let mut record = || {
        let mut record = vec![];
        generator.write_record(&mut record);
        record.pop();
        record
    };
    (0..count).map(|_| record()).collect()
}
