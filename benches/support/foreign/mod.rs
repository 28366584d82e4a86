//! Documents with other schemas than the vendor's: the engine compared with parsers of serde types.
//!
//! Each corpus is a file here: how its documents are written, and the views and models that they are read into. Values
//! vary like those of real streams: omitted members, nulls, texts and numbers of many lengths. [`contenders`] are the
//! parsers, [`twins`] declares the types that they fill, and [`draw`] draws the contents.
//!
//! To add a corpus, write a file with a [`Schema`], and a line in [`main`].

mod contenders;
mod draw;
mod events;
mod logs;
mod observations;
mod schema;
mod series;
mod twins;

use crate::corpus::{CACHED_BYTES, MEMORY_BYTES, WINDOW_BYTES};
use crate::measure::criterion;
use contenders::{CONTENDERS, Pass};
use criterion::{Criterion, SamplingMode, Throughput};
use draw::Draw;
use schema::Schema;
use std::cell::LazyCell;
use std::hash::{DefaultHasher, Hasher as _};
use std::hint::black_box;

/// Lines of at least this many bytes.
fn corpus<S: Schema>(size: usize) -> Vec<u8> {
    let mut draw = Draw::new(2026);
    let mut lines = Vec::with_capacity(size + size / 8);
    while lines.len() < size {
        S::write(&mut draw, &mut lines);
        lines.push(b'\n');
    }
    lines
}

/// What a contender reads: the number of documents, and a hash of all values in order.
fn digest(mut pass: Pass, lines: &[u8]) -> (usize, u64) {
    let (mut count, mut hasher) = (0, DefaultHasher::new());
    // In the second pass, everything that can be learned is known.
    for _ in 0..2 {
        pass(lines, &mut |document| {
            document.describe(&mut hasher);
            count += 1;
        });
    }
    (count, hasher.finish())
}

/// Measures every contender on the documents of a schema, in a size that fits in a cache and in one that does not. Each
/// must read the same as the first one before it is timed.
fn measure<S: Schema>(criterion: &mut Criterion, window_bytes: usize, memory_bytes: usize) {
    let contenders = CONTENDERS.map(|(name, contender)| (name, contender.of::<S>()));
    let (cached, window) = (corpus::<S>(CACHED_BYTES), corpus::<S>(window_bytes));
    let expected = LazyCell::new(|| digest(contenders[0].1(), &cached));
    let memory = LazyCell::new(|| window.repeat(memory_bytes.div_ceil(window.len())));

    let mut group = criterion.benchmark_group(format!("batch/{}", S::NAME));
    // Bytes alone: the report is about jobview, and skips results that do not count its documents.
    group.throughput(Throughput::Bytes(cached.len() as u64));
    for (name, new) in &contenders {
        let mut pass = new();
        let mut is_checked = false;
        group.bench_function(*name, |bencher| {
            if !std::mem::replace(&mut is_checked, true) {
                assert_eq!(digest(new(), &cached), *expected, "{}/{name}", S::NAME);
            }
            bencher.iter(|| pass(black_box(&cached), &mut |document| _ = black_box(document)));
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group(format!("file/{}", S::NAME));
    group.throughput(Throughput::Bytes(window.len() as u64));
    group.sampling_mode(SamplingMode::Flat);
    let mut next = 0;
    for (name, new) in &contenders {
        let mut pass = new();
        let mut is_checked = false;
        group.bench_function(*name, |bencher| {
            if !std::mem::replace(&mut is_checked, true) {
                assert_eq!(digest(new(), &cached), *expected, "{}/{name}", S::NAME);
            }
            bencher.iter(|| {
                let part = &memory[next..next + window.len()];
                next = (next + window.len()) % memory.len();
                pass(black_box(part), &mut |document| _ = black_box(document));
            });
        });
    }
    group.finish();
}

/// Measures everything that the command line selects.
pub fn main() {
    let is_test = std::env::args().any(|argument| argument == "--test");
    let (window, memory) = if is_test { (1 << 20, 2 << 20) } else { (WINDOW_BYTES, MEMORY_BYTES) };
    let mut criterion = criterion();
    measure::<events::All>(&mut criterion, window, memory);
    measure::<events::Projected>(&mut criterion, window, memory);
    measure::<observations::All>(&mut criterion, window, memory);
    measure::<logs::All>(&mut criterion, window, memory);
    measure::<series::All>(&mut criterion, window, memory);
    criterion.final_summary();
}
