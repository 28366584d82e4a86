//! Benchmarks of tables: documents to record batches, `cargo bench --bench arrow`.
//!
//! Ids are `arrow/corpus/contender`. `views` is parsing alone, for the ratio. `core`, `ids` and `all` are the sets of columns
//! of jobview-arrow, `links` is `ids` and the link of each job. `core-checked` is `core` as it is by default: the parser
//! rejects documents with a bad timestamp. arrow-json makes nested columns of everything that the documents say, and keeps
//! times as text. pyarrow, DuckDB and polars have the columns of `core` or `ids`, and are measured if `READERS_PYTHON` names
//! an interpreter that has them. What each makes of bad records is tried before. Everything comes from memory: a corpus
//! does not fit in a cache.

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use jobview::{Arena, Formats, Framing, JobResponse, Options, Parser};
use jobview_arrow::arrow_60::{Batches, record_batch};
use jobview_arrow::{ColumnSet, JobTable, Origin, Table, TableOptions, TableReader, Timestamps};
use jobview_benches::contenders::arrow_schema;
use jobview_benches::corpus::{Corpus, Kind, Stream, Variant};
use jobview_benches::machine::kernel;
use jobview_benches::readers::{self, MemoryFile, Reader};
use jobview_benches::run;
use jobview_benches::trials::{self, Found, Read, Trial};
use jobview_corpus::{Layout, Shape};
use serde_json::json;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const CORPUS_BYTES: usize = 64 << 20;
const BATCH_BYTES: usize = 1 << 20;

/// Makes record batches of a part of a stream.
type Contender = Box<dyn FnMut(&[u8], &mut dyn FnMut(RecordBatch))>;

/// A contender's name, and what makes one that has seen nothing.
type Entry = (&'static str, fn() -> Contender);

/// All that this process measures.
const ENTRIES: [Entry; 7] = [
    ("views", views),
    ("core", || table(TableOptions::new().columns(ColumnSet::Core), false)),
    ("core-checked", core_checked),
    ("ids", || table(TableOptions::new().columns(ColumnSet::Ids), false)),
    ("links", || table(links(), false)),
    ("all", || table(TableOptions::new().columns(ColumnSet::All), true)),
    ("arrow-json", arrow_json),
];

fn options() -> Options {
    Options::new().framing(Framing::Ndjson).kernel(kernel())
}

fn views() -> Contender {
    let (mut parser, mut arena) = (options().parser::<JobResponse<'_>>(), Arena::new());
    Box::new(move |part, _| {
        arena.reset();
        black_box(parser.parse_batch(part, &arena));
    })
}

fn table(table: TableOptions, has_places: bool) -> Contender {
    // Every timestamp of the corpora is one. To have the parser check them would be to convert them twice.
    table_of(options().parser(), &table.timestamps(Timestamps::Null), has_places)
}

fn core_checked() -> Contender {
    let table = TableOptions::new().columns(ColumnSet::Core).timestamps(Timestamps::Reject);
    table_of(options().formats(Formats::Check).parser(), &table, false)
}

fn table_of(mut parser: Parser, options: &TableOptions, has_places: bool) -> Contender {
    let mut table = JobTable::new(options).expect("there are such columns");
    let mut arena = Arena::new();
    Box::new(move |part, each| {
        arena.reset();
        let batch = parser.parse_batch(part, &arena);
        assert!(batch.rejected().is_empty());
        let appended = match has_places {
            true => {
                let records = batch.records().map(|(place, record)| {
                    (&record.expect("none is rejected").data, Origin::of(None, &place))
                });
                table.append_all(records, |error, _| Err(error))
            }
            false => {
                let documents = batch.documents().iter();
                let jobs = documents.map(|response| (&response.data, Origin::default()));
                table.append_all(jobs, |error, _| Err(error))
            }
        };
        appended.expect("there is room");
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
fn sums(batch: &RecordBatch) -> Found {
    let total = match batch.column_by_name("data") {
        Some(data) => {
            let attributes = data.as_struct().column_by_name("attributes").expect("they are there");
            Arc::clone(attributes.as_struct().column_by_name("total_count").expect("it is there"))
        }
        None => Arc::clone(batch.column_by_name("total_count").expect("it is there")),
    };
    let total: i64 = total.as_primitive::<Int64Type>().iter().flatten().sum();
    // Neither schema lets a required member be null.
    Found { rows: batch.num_rows() as u64, total: total as u64, nulls: 0 }
}

fn add(left: Found, right: Found) -> Found {
    let Found { rows, total, nulls } = right;
    Found { rows: left.rows + rows, total: left.total + total, nulls: left.nulls + nulls }
}

fn measure(criterion: &mut Criterion, shape: Shape) {
    let kind = Kind { shape, variant: Variant::Plain(Layout::Compact) };
    let corpus = Corpus::new(kind, CORPUS_BYTES);
    let stream: Stream<'_> = corpus.stream();
    let (rows, total) = (corpus.records(), corpus.counts().total_count as u64);
    let expected = Found { rows, total, nulls: 0 };

    let mut group = criterion.benchmark_group(format!("arrow/{}", shape.name()));
    group.throughput(Throughput::ElementsAndBytes {
        elements: rows,
        bytes: stream.bytes.len() as u64,
    });
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for (name, new) in ENTRIES {
        let mut contender = new();
        let mut is_checked = name == "views";
        group.bench_function(name, |bencher| {
            if !std::mem::replace(&mut is_checked, true) {
                let mut found = Found::default();
                for part in stream.parts(BATCH_BYTES) {
                    contender(part, &mut |batch| found = add(found, sums(&batch)));
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
    if let Some(python) = readers::python() {
        let file = MemoryFile::new(shape.name(), stream.bytes);
        measure_readers(&mut group, &python, file.path(), expected);
    }
    group.finish();
}

/// The readers that are called from Python, with the time that they take there.
fn measure_readers(
    group: &mut BenchmarkGroup<'_, WallTime>,
    python: &Path,
    file: &Path,
    expected: Found,
) {
    for entry in &readers::ALL {
        let mut process = None;
        group.bench_function(entry.name, |bencher| {
            let reader = process.get_or_insert_with(|| Reader::start(python, entry));
            bencher.iter_custom(|times| {
                let pass = |_| {
                    let (time, found) = reader.read(file).expect("it is valid");
                    assert_eq!(found, expected, "{}", entry.name);
                    time
                };
                (0..times).map(pass).sum()
            });
        });
    }
}

/// The rows that a reader with default options makes of lines.
fn jobview_rows(lines: &[u8]) -> Option<Found> {
    let table = TableOptions::new();
    let reader = TableReader::<_, JobResponse>::new(lines, options(), Table::Jobs, &table);
    let reader = reader.expect("there are such columns").on_reject(|_, _| Ok(()));
    Batches::from(reader)
        .try_fold(Found::default(), |found, batch| Some(add(found, sums(&batch.ok()?))))
}

fn arrow_json_rows(lines: &[u8]) -> Option<Found> {
    let reader = ReaderBuilder::new(Arc::new(arrow_schema())).build(lines).ok()?;
    let mut batches = reader.into_iter();
    batches.try_fold(Found::default(), |found, batch| Some(add(found, sums(&batch.ok()?))))
}

/// What readers make of bad records, and the versions of those that are not in `Cargo.lock`.
fn try_readers() -> (Vec<Trial>, Vec<String>) {
    let mut processes: Vec<(&str, Reader)> = Vec::new();
    if let Some(python) = readers::python() {
        let cores = readers::ALL.iter().filter(|entry| entry.name.ends_with("-core"));
        processes.extend(cores.map(|entry| (entry.reader(), Reader::start(&python, entry))));
    }
    let versions = processes.iter().map(|(name, reader)| format!("{name} {}", reader.version));
    let versions = versions.collect();
    let mut tried: Vec<(&str, Read)> =
        vec![("jobview", Box::new(jobview_rows)), ("arrow-json", Box::new(arrow_json_rows))];
    for (name, mut reader) in processes {
        let mut count = 0;
        tried.push((
            name,
            Box::new(move |lines| {
                // Each in a file of its own: a reader may keep what it knows of one.
                count += 1;
                let file = MemoryFile::new(&format!("{name}-{count}"), lines);
                reader.read(file.path()).ok().map(|(_, found)| found)
            }),
        ));
    }
    (trials::all(&mut tried), versions)
}

/// Keeps the facts of the run for the report.
fn keep_facts() {
    let corpora = Shape::ALL.map(|shape| shape.name().to_owned()).into();
    let ours = ENTRIES.map(|(name, _)| {
        let words = match name {
            "arrow-json" => "nested columns of everything, status and times as text",
            _ => "",
        };
        (name, words.to_owned())
    });
    let others = readers::ALL.iter().map(|entry| (entry.name, entry.does_less.to_owned()));
    let mut facts = run::facts_of(corpora, ours.into_iter().chain(others).collect());
    let (trials, versions) = try_readers();
    facts["trials"] = json!(trials);
    facts["versions"] = json!(versions);
    run::keep(env!("CARGO_TARGET_TMPDIR"), "arrow.json", &facts);
}

fn main() {
    let says = |flag: &str| std::env::args().any(|argument| argument == flag);
    if says("--test") {
        try_readers();
    } else if !says("--list") {
        keep_facts();
    }
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for shape in Shape::ALL {
        measure(&mut criterion, shape);
    }
    criterion.final_summary();
}
