//! Benchmarks of tables: documents to record batches, `cargo bench --bench arrow`.
//!
//! Ids are `arrow/corpus/contender`. `views` is parsing alone, for the ratio. `core`, `ids` and `all` are the sets of columns
//! of jobview-arrow, `links` is `ids` and the link of each job. arrow-json makes nested columns of everything that the
//! documents say, and keeps times as text. It checks neither constants nor statuses, and ends at a bad record. Everything
//! comes from memory: a corpus does not fit in a cache.

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use criterion::{Criterion, SamplingMode, Throughput};
use jobview::{Arena, Framing, JobResponse, Options, Parser};
use jobview_arrow::arrow_60::record_batch;
use jobview_arrow::{ColumnSet, JobTable, Origin, TableOptions, Timestamps};
use jobview_benches::contenders::arrow_schema;
use jobview_benches::corpus::{Corpus, Kind, Stream, Variant};
use jobview_benches::machine::kernel;
use jobview_corpus::{Layout, Shape};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

const CORPUS_BYTES: usize = 64 << 20;
const BATCH_BYTES: usize = 1 << 20;

/// Makes record batches of a part of a stream.
type Contender = Box<dyn FnMut(&[u8], &mut dyn FnMut(RecordBatch))>;

/// A contender's name, and what makes one that has seen nothing.
type Entry = (&'static str, fn() -> Contender);

fn parser() -> Parser {
    Options::new().framing(Framing::Ndjson).kernel(kernel()).parser()
}

fn views() -> Contender {
    let (mut parser, mut arena) = (parser(), Arena::new());
    Box::new(move |part, _| {
        arena.reset();
        black_box(parser.parse_batch(part, &arena));
    })
}

fn table(options: TableOptions, has_places: bool) -> Contender {
    // Every timestamp of the corpora is one. To have the parser check them would be to convert them twice.
    let options = options.timestamps(Timestamps::Null);
    let mut table = JobTable::new(&options).expect("there are such columns");
    let (mut parser, mut arena) = (parser(), Arena::new());
    Box::new(move |part, each| {
        arena.reset();
        let batch = parser.parse_batch(part, &arena);
        assert!(batch.rejected().is_empty());
        let mut append = |response: &JobResponse<'_>, origin: &Origin<'_>| {
            table.append_from(&response.data, origin).expect("there is room");
        };
        match has_places {
            true => batch.records().for_each(|(place, record)| {
                append(record.expect("none is rejected"), &Origin::of(None, &place));
            }),
            false => {
                let documents = batch.documents().iter();
                documents.for_each(|response| append(response, &Origin::default()));
            }
        }
        each(record_batch(table.finish()).expect("columns are what they say"));
    })
}

fn links() -> TableOptions {
    let all = jobview_arrow::Table::Jobs.columns();
    let chosen = all.filter(|column| column.set <= ColumnSet::Ids || column.name == "self_link");
    TableOptions::new().column_names(chosen.map(|column| column.name))
}

fn arrow_json() -> Contender {
    let builder = ReaderBuilder::new(Arc::new(arrow_schema())).with_batch_size(8192);
    let mut decoder: Decoder = builder.build_decoder().expect("the schema is one arrow-json knows");
    Box::new(move |part, each| {
        assert_eq!(decoder.decode(part).expect("it is valid"), part.len());
        each(decoder.flush().expect("it is valid").expect("there are records"));
    })
}

/// The rows, and what they add up to: as far as every contender has them.
fn sums(batch: &RecordBatch) -> [i64; 2] {
    let total = match batch.column_by_name("data") {
        Some(data) => {
            let attributes = data.as_struct().column_by_name("attributes").expect("they are there");
            Arc::clone(attributes.as_struct().column_by_name("total_count").expect("it is there"))
        }
        None => Arc::clone(batch.column_by_name("total_count").expect("it is there")),
    };
    let totals = total.as_primitive::<Int64Type>();
    [batch.num_rows() as i64, totals.iter().flatten().sum()]
}

fn measure(criterion: &mut Criterion, shape: Shape) {
    let contenders: [Entry; 6] = [
        ("views", views),
        ("core", || table(TableOptions::new().columns(ColumnSet::Core), false)),
        ("ids", || table(TableOptions::new().columns(ColumnSet::Ids), false)),
        ("links", || table(links(), false)),
        ("all", || table(TableOptions::new().columns(ColumnSet::All), true)),
        ("arrow-json", arrow_json),
    ];
    let kind = Kind { shape, variant: Variant::Plain(Layout::Compact) };
    let corpus = Corpus::new(kind, CORPUS_BYTES);
    let stream: Stream<'_> = corpus.stream();
    let expected = [corpus.records() as i64, corpus.counts().total_count as i64];

    let mut group = criterion.benchmark_group(format!("arrow/{}", shape.name()));
    group.throughput(Throughput::Bytes(stream.bytes.len() as u64));
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for (name, new) in contenders {
        let mut contender = new();
        let mut is_checked = name == "views";
        group.bench_function(name, |bencher| {
            if !std::mem::replace(&mut is_checked, true) {
                let mut found = [0; 2];
                for part in stream.parts(BATCH_BYTES) {
                    contender(part, &mut |batch| {
                        let sums = sums(&batch);
                        found = [found[0] + sums[0], found[1] + sums[1]];
                    });
                }
                assert_eq!(found, expected, "{name}");
            }
            bencher.iter(|| {
                for part in stream.parts(BATCH_BYTES) {
                    contender(black_box(part), &mut |batch| _ = black_box(batch));
                }
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for shape in Shape::ALL {
        measure(&mut criterion, shape);
    }
    criterion.final_summary();
}
