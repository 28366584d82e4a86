//! How fast documents are parsed: documents a second and bytes a second, on generated corpora.
//!
//! Ids are `workload/corpus/contender`. Workloads: `document`, one document at a time in an arena that is
//! reset before each; `batch`, all records of the corpus into one warm arena. What is parsed is compared
//! with the generator's counts before anything is timed.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jobview::{Bump, Framing, JobResponse, Options, Parser};
use jobview_corpus::{Counts, Layout, Settings, Shape, generate};
use std::hint::black_box;

/// About as many bytes as fit in a second-level cache with the views made of them.
const CORPUS_BYTES: usize = 256 << 10;

struct Corpus {
    name: String,
    documents: Vec<Vec<u8>>,
    stream: Vec<u8>,
    framing: Framing,
    counts: Counts,
}

impl Corpus {
    fn new(shape: Shape, layout: Layout) -> Self {
        let settings = Settings::new(1, shape, layout);
        let (first, _) = generate(settings, 1);
        let count = CORPUS_BYTES.div_ceil(first.len()) as u64;
        let (stream, counts) = generate(settings, count);
        let framing =
            if layout == Layout::Pretty { Framing::Concatenated } else { Framing::Ndjson };
        let arena = Bump::new();
        let mut parser = parser(framing);
        let mut records = parser.records(&stream, &arena);
        let mut documents = Vec::new();
        while let Some(record) = records.next() {
            assert!(record.is_ok());
            documents.push(records.raw().to_vec());
        }
        let name = format!("{}-{}", shape.name(), layout.name());
        Self { name, documents, stream, framing, counts }
    }

    /// Whether the views hold what the generator wrote.
    fn check<'a>(&self, views: impl Iterator<Item = &'a JobResponse<'a>>) {
        let (mut documents, mut total_count, mut profile_ids) = (0, 0, 0);
        for view in views {
            documents += 1;
            total_count += i128::from(view.data.attributes.total_count);
            let profiles = view.data.relationships.and_then(|relationships| relationships.profiles);
            profile_ids +=
                profiles.and_then(|profiles| profiles.data).unwrap_or_default().len() as u64;
        }
        assert_eq!(documents, self.counts.documents, "{}", self.name);
        assert_eq!(total_count, self.counts.total_count, "{}", self.name);
        assert_eq!(profile_ids, self.counts.profile_ids, "{}", self.name);
    }
}

fn parser(framing: Framing) -> Parser {
    Parser::with_options(Options::new().framing(framing))
}

fn parse(criterion: &mut Criterion) {
    for shape in Shape::ALL {
        for layout in Layout::ALL {
            let corpus = Corpus::new(shape, layout);
            document(criterion, &corpus);
            batch(criterion, &corpus);
        }
    }
}

fn document(criterion: &mut Criterion, corpus: &Corpus) {
    let mut parser = parser(corpus.framing);
    let mut arena = Bump::new();
    let views = corpus.documents.iter().map(|json| parser.parse(json, &arena).unwrap());
    corpus.check(views);

    let mut group = criterion.benchmark_group(format!("document/{}", corpus.name));
    let bytes = corpus.documents.iter().map(|json| json.len() as u64).sum();
    group.throughput(Throughput::ElementsAndBytes { elements: corpus.counts.documents, bytes });
    group.bench_function(BenchmarkId::from_parameter("jobview"), |bencher| {
        bencher.iter(|| {
            for json in &corpus.documents {
                arena.reset();
                black_box(parser.parse(black_box(json), &arena)).unwrap();
            }
        });
    });
    group.finish();
}

fn batch(criterion: &mut Criterion, corpus: &Corpus) {
    let mut parser = parser(corpus.framing);
    let mut arena = Bump::new();
    let views = parser.parse_batch(&corpus.stream, &arena);
    corpus.check(views.documents().iter().copied());

    let mut group = criterion.benchmark_group(format!("batch/{}", corpus.name));
    let bytes = corpus.stream.len() as u64;
    group.throughput(Throughput::ElementsAndBytes { elements: corpus.counts.documents, bytes });
    group.bench_function(BenchmarkId::from_parameter("jobview"), |bencher| {
        bencher.iter(|| {
            arena.reset();
            black_box(parser.parse_batch(black_box(&corpus.stream), &arena).documents().len())
        });
    });
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
