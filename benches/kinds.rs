//! Benchmarks of the kinds of documents, separately and mixed: `cargo bench --bench kinds`.
//!
//! Ids are `kind/parser`. The same jobs are single documents in `response`, and a hundred per document in `page`. `any`
//! recognises the kind of each document. Everything fits in the second-level cache. sonic-rs fills the same members of
//! a page of jobs and checks them in the same way; the other kinds have no contender.

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use jobview::{
    Arena, Document, Framing, IdentifierPage, ImportErrorPage, JobDocument, JobPage, JobResponse,
    Options,
};
use jobview_benches::corpus::CACHED_BYTES;
use jobview_benches::machine::kernel;
use jobview_benches::model::{Job, ObjectLinks, Text};
use jobview_corpus::{Generator, Kind, Layout, Settings, Shape};
use std::hint::black_box;
use std::time::Duration;

/// As many documents as fit in the second-level cache.
fn documents(kind: Kind, shape: Shape) -> Vec<u8> {
    let mut generator =
        Generator::new(Settings { kind, ..Settings::new(1, shape, Layout::Compact) });
    let mut documents = vec![];
    while documents.len() < CACHED_BYTES {
        generator.write_record(&mut documents);
    }
    documents
}

fn parse<D: Document>(group: &mut BenchmarkGroup<'_, WallTime>, parser: &str, input: &[u8]) {
    group.throughput(Throughput::Bytes(input.len() as u64));
    group.bench_function(parser, |bencher| {
        let mut parser = Options::new().framing(Framing::Ndjson).kernel(kernel()).parser::<D>();
        let mut arena = Arena::new();
        bencher.iter(|| {
            arena.reset();
            let batch = parser.parse_batch(input, &arena);
            assert!(batch.rejected().is_empty());
            black_box(batch.documents().len())
        });
    });
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "they are only filled")]
struct Page<'a> {
    #[serde(borrow)]
    data: Vec<Job<'a>>,
    #[serde(borrow)]
    included: Option<Vec<List<'a>>>,
    #[serde(borrow)]
    links: Option<PageLinks<'a>>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "they are only filled")]
struct List<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    attributes: Option<ListAttributes<'a>>,
    #[serde(borrow)]
    links: Option<ObjectLinks<'a>>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "they are only filled")]
struct ListAttributes<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    created: Option<Text<'a>>,
    #[serde(borrow)]
    updated: Option<Text<'a>>,
    #[serde(borrow)]
    opt_in_process: Option<Text<'a>>,
}

#[derive(serde::Deserialize)]
#[expect(dead_code, reason = "they are only filled")]
struct PageLinks<'a> {
    #[serde(borrow, rename = "self")]
    self_: Text<'a>,
    #[serde(borrow)]
    first: Option<Text<'a>>,
    #[serde(borrow)]
    last: Option<Text<'a>>,
    #[serde(borrow)]
    prev: Option<Text<'a>>,
    #[serde(borrow)]
    next: Option<Text<'a>>,
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for shape in [Shape::Poll, Shape::Inline] {
        let mut group = criterion.benchmark_group(format!("response-{}", shape.name()));
        let responses = documents(Kind::Response, shape);
        parse::<JobResponse>(&mut group, "jobview", &responses);
        parse::<JobDocument>(&mut group, "jobview-any", &responses);
        group.finish();

        let mut group = criterion.benchmark_group(format!("page-{}", shape.name()));
        let pages = documents(Kind::Page, shape);
        parse::<JobPage>(&mut group, "jobview", &pages);
        parse::<JobDocument>(&mut group, "jobview-any", &pages);
        group.bench_function("sonic-rs", |bencher| {
            bencher.iter(|| {
                let lines = pages.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
                let jobs = lines.map(|line| {
                    let page: Page<'_> = sonic_rs::from_slice(line).expect("it is valid");
                    black_box(&page).data.len()
                });
                black_box(jobs.sum::<usize>())
            });
        });
        group.finish();
    }
    let mut group = criterion.benchmark_group("import-errors");
    parse::<ImportErrorPage>(&mut group, "jobview", &documents(Kind::ImportErrors, Shape::Poll));
    group.finish();
    let mut group = criterion.benchmark_group("identifiers");
    parse::<IdentifierPage>(&mut group, "jobview", &documents(Kind::Identifiers, Shape::Poll));
    group.finish();
    let mut group = criterion.benchmark_group("mixed");
    parse::<JobDocument>(&mut group, "jobview-any", &documents(Kind::Mixed, Shape::Poll));
    group.finish();
    criterion.final_summary();
}
