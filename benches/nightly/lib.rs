//! The contenders that need a nightly toolchain, and those they are compared with.
//!
//! Everything else is in `jobview-benches`. When flexon compiles on stable, move it there and remove this package.

use jobview_benches::contenders::{Contender, Entry, JOBVIEW, REFERENCE, RIVAL};
use jobview_benches::digest::Sink;
use jobview_benches::model::JobResponse;

struct Flexon;

impl Contender for Flexon {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        match flexon::from_slice::<JobResponse<'_>>(json) {
            Ok(view) => sink.accept(&view),
            Err(_) => sink.reject(),
        }
    }
}

/// flexon, and the contenders that it is compared with.
pub const CONTENDERS: [Entry; 4] = [
    JOBVIEW,
    REFERENCE,
    RIVAL,
    Entry {
        name: "flexon",
        new: || Box::new(Flexon),
        documents: true,
        bad_records: true,
        daily: true,
        does_less: "",
    },
];
