//! Selects the workloads, corpora and contenders of a run, and limits how long each may take.
//!
//! Ids are `workload/corpus/contender`. Nothing is checked, and no memory is filled, before criterion has decided that
//! an id is wanted, so a filter makes a run short. Keep a full run under 15 minutes.

use crate::contenders::Entry;
use crate::corpus::{CACHED_BYTES, Corpus, Kind, MEMORY_BYTES, Memory, Variant, WINDOW_BYTES};
use crate::limits::{self, Limit};
use crate::run;
use crate::streams;
use crate::workload::{Timed, Workload};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use jobview_corpus::{Layout, Shape};
use std::hint::black_box;
use std::time::Duration;

/// What is measured in a run.
struct Plan {
    /// Contenders, and the limits to compare them with.
    contenders: Vec<Entry>,
    limits: &'static [Limit],
    /// Workloads, each with its corpora.
    cached: Vec<(Workload, Vec<Kind>)>,
    /// Corpora of the workload `file`.
    memory: Vec<Kind>,
    /// Corpora of the workloads in which jobview is measured against itself.
    streams: Vec<Kind>,
    window_bytes: usize,
    memory_bytes: usize,
}

impl Plan {
    /// Everything: about twelve minutes.
    fn full(contenders: &[Entry]) -> Self {
        let compact = kinds(&Shape::ALL, &[Variant::Plain(Layout::Compact)]);
        let odd = kinds(&[Shape::Poll], &[Layout::Escaped, Layout::Shuffled].map(Variant::Plain));
        let of_every_shape = [Variant::Plain(Layout::Compact), Variant::Varied];
        // `batch` distinguishes these from compact documents; this workload adds nothing.
        let of_no_shape = [Layout::Spaced, Layout::Sorted].map(Variant::Plain);
        let memory = Kind::all().into_iter().filter(|kind| match kind.shape {
            Shape::Poll => !of_no_shape.contains(&kind.variant),
            _ => of_every_shape.contains(&kind.variant),
        });
        Self {
            contenders: contenders.to_vec(),
            limits: limits::ALL,
            cached: vec![
                (Workload::Document, [compact.clone(), odd].concat()),
                (Workload::Cold, compact),
                (Workload::Batch, Kind::all()),
            ],
            memory: memory.collect(),
            streams: [Layout::Compact, Layout::Pretty]
                .map(|layout| Kind { shape: Shape::Poll, variant: Variant::Plain(layout) })
                .into(),
            window_bytes: WINDOW_BYTES,
            memory_bytes: MEMORY_BYTES,
        }
    }

    /// A quick run after each change: under a minute.
    fn short(contenders: &[Entry]) -> Self {
        let compact = kinds(&Shape::ALL, &[Variant::Plain(Layout::Compact)]);
        let contenders = contenders.iter().filter(|entry| entry.daily);
        let full = Self::full(&[]);
        Self {
            contenders: contenders.copied().collect(),
            limits: &limits::ALL[..1],
            cached: vec![(Workload::Batch, full.cached[0].1.clone())],
            memory: compact,
            ..full
        }
    }
}

fn kinds(shapes: &[Shape], variants: &[Variant]) -> Vec<Kind> {
    let pairs =
        variants.iter().flat_map(|&variant| shapes.iter().map(move |&shape| (shape, variant)));
    pairs.map(|(shape, variant)| Kind { shape, variant }).collect()
}

/// The measuring settings for the command line: short enough for many contenders and corpora.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .nresamples(2000)
        .without_plots()
        .configure_from_args()
}

/// Measures contenders as the command line and `JOBVIEW_BENCH` say, and keeps the facts of the run in cargo's folder
/// for temporary files.
pub fn main(contenders: &[Entry], temporary: &str) {
    let mut plan = if run::is_short() { Plan::short(contenders) } else { Plan::full(contenders) };
    let says = |flag: &str| std::env::args().any(|argument| argument == flag);
    if says("--test") {
        // Each once, with as many bytes as are needed to show that it works.
        (plan.window_bytes, plan.memory_bytes) = (1 << 20, 2 << 20);
    } else if !says("--list") {
        run::keep(temporary, "run.json", &run::facts(&plan.contenders));
    }
    let mut criterion = criterion();
    for (workload, kinds) in &plan.cached {
        for &kind in kinds {
            measure_cached(&mut criterion, &plan, *workload, kind);
        }
    }
    for &kind in &plan.memory {
        measure_memory(&mut criterion, &plan, kind);
    }
    for &kind in &plan.streams {
        measure_streams(&mut criterion, &plan, kind);
    }
    criterion.final_summary();
}

/// Every contender on a corpus that fits in the cache.
fn measure_cached(criterion: &mut Criterion, plan: &Plan, workload: Workload, kind: Kind) {
    let corpus = Corpus::new(kind, CACHED_BYTES);
    let mut group = group(criterion, workload.name(), &corpus);
    for entry in plan.contenders.iter().filter(|entry| workload.suits(entry, kind)) {
        let mut run = workload.runner(entry);
        let mut checked = false;
        group.bench_function(entry.name, |bencher| {
            if !std::mem::replace(&mut checked, true) {
                workload.check(entry, &corpus);
            }
            bencher.iter(|| run(black_box(corpus.stream()), &mut Timed));
        });
    }
    if workload == Workload::Batch {
        let mut room = Vec::new();
        for limit in plan.limits_for(kind) {
            group.bench_function(limit.name, |bencher| {
                bencher.iter(|| (limit.run)(black_box(corpus.stream().bytes), &mut room));
            });
        }
    }
    group.finish();
}

/// Every contender on a corpus that no cache holds.
fn measure_memory(criterion: &mut Criterion, plan: &Plan, kind: Kind) {
    let workload = Workload::File;
    let mut memory = Memory::new(Corpus::new(kind, plan.window_bytes), plan.memory_bytes);
    let mut group = group(criterion, workload.name(), memory.corpus());
    group.sampling_mode(SamplingMode::Flat);
    for entry in plan.contenders.iter().filter(|entry| workload.suits(entry, kind)) {
        let mut run = workload.runner(entry);
        let mut checked = false;
        group.bench_function(entry.name, |bencher| {
            if !std::mem::replace(&mut checked, true) {
                workload.check(entry, memory.corpus());
            }
            bencher.iter(|| run(black_box(memory.next_window()), &mut Timed));
        });
    }
    let mut room = Vec::new();
    for limit in plan.limits_for(kind) {
        group.bench_function(limit.name, |bencher| {
            bencher.iter(|| (limit.run)(black_box(memory.next_window().bytes), &mut room));
        });
    }
    group.finish();
}

/// Every way to go through a corpus that no cache holds.
fn measure_streams(criterion: &mut Criterion, plan: &Plan, kind: Kind) {
    let mut memory = Memory::new(Corpus::new(kind, plan.window_bytes), plan.memory_bytes);
    for ways in streams::ALL.chunk_by(|left, right| left.workload == right.workload) {
        let mut group = group(criterion, ways[0].workload, memory.corpus());
        group.sampling_mode(SamplingMode::Flat);
        for way in ways {
            let mut run = way.runner();
            let mut checked = false;
            group.bench_function(way.name, |bencher| {
                if !std::mem::replace(&mut checked, true) {
                    way.check(memory.corpus());
                }
                bencher.iter(|| run(black_box(memory.next_window())));
            });
        }
        group.finish();
    }
}

impl Plan {
    /// All limits for the format of the API; otherwise, only the one that comparisons use.
    fn limits_for(&self, kind: Kind) -> &'static [Limit] {
        if kind.variant == Variant::Plain(Layout::Compact) {
            self.limits
        } else {
            &self.limits[..1]
        }
    }
}

fn group<'a>(
    criterion: &'a mut Criterion,
    workload: &str,
    corpus: &Corpus,
) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(format!("{workload}/{}", corpus.kind().name()));
    group.throughput(Throughput::ElementsAndBytes {
        elements: corpus.records(),
        bytes: corpus.stream().bytes.len() as u64,
    });
    group
}
