//! The parsers, each at its best: they reuse what they can between documents, and borrow text if possible.
//!
//! As in the benches of the vendor's documents, the engine keeps the views of a batch, and the others drop the view of
//! a document before the next. The others find lines with memchr; the engine finds them itself.

use super::schema::Schema;
use super::twins::Describe;
use crate::contenders::Scratch;
use crate::machine::kernel;
use gapwise::{Arena, Options};
use serde::Deserialize as _;

/// Parses some lines once, and passes the result for each on.
pub(super) type Pass = Box<dyn FnMut(&[u8], &mut dyn FnMut(&dyn Describe))>;

/// The last part of criterion's id, and the parser.
pub(super) const CONTENDERS: [(&str, Contender); 4] = [
    ("serde_json", Contender::SerdeJson),
    ("sonic-rs", Contender::SonicRs),
    ("simd-json", Contender::SimdJson),
    ("gapwise", Contender::Gapwise),
];

#[derive(Clone, Copy)]
pub(super) enum Contender {
    SerdeJson,
    SonicRs,
    SimdJson,
    Gapwise,
}

impl Contender {
    /// Makes a contender that has seen nothing.
    pub(super) fn of<S: Schema>(self) -> fn() -> Pass {
        match self {
            Self::SerdeJson => serde_json::<S>,
            Self::SonicRs => sonic_rs::<S>,
            Self::SimdJson => simd_json::<S>,
            Self::Gapwise => gapwise::<S>,
        }
    }
}

/// How much is parsed before the arena is reset.
const ARENA_STEP: usize = 1 << 20;

const VALID: &str = "no document is bad";

fn gapwise<S: Schema>() -> Pass {
    let mut parser = Options::new().kernel(kernel()).parser::<S::View>();
    let mut arena = Arena::new();
    Box::new(move |mut lines, sink| {
        while !lines.is_empty() {
            let newline = lines.get(ARENA_STEP..).and_then(|rest| memchr::memchr(b'\n', rest));
            let end = newline.map_or(lines.len(), |newline| ARENA_STEP + newline + 1);
            let (part, rest) = lines.split_at(end);
            lines = rest;
            arena.reset();
            let batch = parser.parse_batch(part, &arena);
            assert!(batch.rejected().is_empty(), "{VALID}");
            batch.documents().iter().for_each(|view| sink(S::described(view)));
        }
    })
}

/// The lines of some bytes.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', bytes)
        .map(move |end| &bytes[std::mem::replace(&mut start, end + 1)..end])
}

fn serde_json<S: Schema>() -> Pass {
    Box::new(|bytes, sink| {
        for line in lines(bytes) {
            sink(&serde_json::from_slice::<S::Model<'_>>(line).expect(VALID));
        }
    })
}

fn sonic_rs<S: Schema>() -> Pass {
    Box::new(|bytes, sink| {
        for line in lines(bytes) {
            sink(&sonic_rs::from_slice::<S::Model<'_>>(line).expect(VALID));
        }
    })
}

fn simd_json<S: Schema>() -> Pass {
    let mut scratch = Scratch::default();
    Box::new(move |bytes, sink| {
        for line in lines(bytes) {
            let read = scratch.with_tape(line, |tape| {
                let mut deserializer = simd_json::Deserializer::from_tape(tape);
                sink(&S::Model::deserialize(&mut deserializer).expect(VALID));
                ((), deserializer.into_tape())
            });
            read.expect(VALID);
        }
    })
}
