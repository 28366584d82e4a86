//! What users write first: each of these compiles as it stands, and does what it says.
//!
//! The lifetimes are those that one writes without thinking of them. Where one of these needs more, the interface is wrong.

use futures_util::StreamExt as _;
use jobview::views::{AnyJob, JobAttributes};
use jobview::{
    Answer, Arena, Batch, BatchFeed, BatchReader, Document, DocumentKind, Error, Job, JobDocument,
    JobPage, JobResponse, JobStatus, Jobs as _, Latest, Options, Parser, Pointer, Position, Record,
    Records, Rejected, Timestamp, Workers, jobs, owned, sparse,
};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Cursor, Read};
use std::num::NonZeroUsize;
use std::sync::mpsc;
use std::thread;

/// Two jobs and a broken line.
const STREAM: &str = concat!(
    r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00Z","total_count":3},"links":{"self":"/a"}}}"#,
    "\n{\"data\":7}\n",
    r#"{"data":{"type":"profile-bulk-import-job","id":"b","attributes":{"status":"complete","created_at":"2026-09-04T13:40:00Z","total_count":4},"links":{"self":"/b"}}}"#,
    "\n",
);

fn threads() -> NonZeroUsize {
    NonZeroUsize::new(2).unwrap()
}

/// A parser is kept in a struct, beside what it fills.
struct Ingest {
    parser: Parser<JobResponse<'static>>,
    arena: Arena,
    totals: BTreeMap<String, i64>,
}

impl Ingest {
    fn feed(&mut self, body: &[u8]) -> Result<(), Error> {
        self.arena.reset();
        let job = &self.parser.parse(body, &self.arena)?.data;
        *self.totals.entry(job.attributes.status.to_string()).or_default() +=
            job.attributes.total_count;
        Ok(())
    }
}

#[test]
fn a_parser_in_a_struct() {
    let mut ingest = Ingest { parser: Parser::new(), arena: Arena::new(), totals: BTreeMap::new() };
    let results: Vec<_> = STREAM.lines().map(|line| ingest.feed(line.as_bytes())).collect();
    assert_eq!(results.iter().filter(|result| result.is_err()).count(), 1);
    assert_eq!(ingest.totals, BTreeMap::from([("queued".into(), 3), ("complete".into(), 4)]));
}

/// A function that takes a batch, and one that takes a view.
fn sum(batch: &Batch<JobResponse>) -> i64 {
    batch.documents().iter().map(|response| total(&response.data.attributes)).sum()
}

fn total(attributes: &JobAttributes) -> i64 {
    attributes.total_count
}

#[test]
fn functions_that_take_batches_and_views() {
    let arena = Arena::new();
    let batch = Parser::<JobResponse>::new().parse_batch(STREAM.as_bytes(), &arena);
    assert_eq!(sum(&batch), 7);
}

/// A function that returns a batch.
fn parse<'a>(input: &'a [u8], arena: &'a Arena) -> Batch<'a, JobResponse<'a>> {
    Parser::<JobResponse>::new().parse_batch(input, arena)
}

/// A batch of a longer life is one of a shorter life, too.
fn shorter<'s>(batch: Batch<'static, JobPage<'static>>, _: &'s str) -> Batch<'s, JobPage<'s>> {
    batch
}

#[test]
fn batches_are_returned_and_shortened() {
    let arena = Arena::new();
    assert_eq!(sum(&parse(STREAM.as_bytes(), &arena)), 7);
    let arena: &'static Arena = Box::leak(Box::new(Arena::new()));
    let batch = Parser::<JobPage>::new().parse_batch(b"{\"data\":[]}", arena);
    assert_eq!(shorter(batch, "").documents().len(), 1);
}

/// A function for every kind of document.
fn count<D: Document>(input: &[u8]) -> (usize, usize) {
    let arena = Arena::new();
    let batch = Parser::<D>::new().parse_batch(input, &arena);
    (batch.documents().len(), batch.rejected().len())
}

/// The same by elision: the kind is written without a lifetime.
fn count_with(parser: &mut Parser<JobPage>, input: &[u8]) -> usize {
    let arena = Arena::new();
    parser.parse_batch(input, &arena).documents().len()
}

#[test]
fn functions_for_any_kind() {
    assert_eq!(count::<JobResponse>(STREAM.as_bytes()), (2, 1));
    assert_eq!(count::<JobDocument>(STREAM.as_bytes()), (2, 1));
    assert_eq!(count::<jobs::coupon_code_bulk_create_job::JobPage>(b"{\"data\":[]}"), (1, 0));
    assert_eq!(count_with(&mut Parser::new(), b"{\"data\":[]}"), 1);
}

#[test]
fn dead_letters_in_the_order_of_the_stream() {
    let arena = Arena::new();
    let (mut ids, mut letters) = (vec![], vec![]);
    for record in parse(STREAM.as_bytes(), &arena) {
        match record {
            Ok(response) => ids.push(response.data.id),
            Err(rejected) => letters.push(rejected),
        }
    }
    assert_eq!((ids, letters[0].raw), (vec!["a", "b"], &b"{\"data\":7}"[..]));
}

/// Kept beyond input and arena, as an error that can be boxed.
fn strict(input: &[u8]) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let arena = Arena::new();
    let batch = Parser::<JobResponse>::new().parse_batch(input, &arena);
    let count = batch.documents().len();
    match batch.into_rejected().into_iter().next() {
        Some(rejected) => Err(rejected.into_owned().into()),
        None => Ok(count),
    }
}

#[test]
fn a_rejected_record_as_an_error() {
    assert!(strict(STREAM.as_bytes()).unwrap_err().to_string().contains("line 2"));
}

#[test]
fn places_of_accepted_records() {
    let arena = Arena::new();
    let batch = parse(STREAM.as_bytes(), &arena);
    let mut places = HashMap::new();
    for (place, record) in &batch {
        if let Ok(response) = record {
            places.insert(response.data.id, (place.record, place.line, place.offset));
            assert!(place.raw.starts_with(b"{\"data\":{"));
        }
    }
    assert_eq!((places["a"], places["b"].0, places["b"].1), ((0, 1, 0), 2, 3));
}

/// A reader of a file, by a function that is not generic over it.
fn read(file: Box<dyn Read + Send>) -> io::Result<i64> {
    let mut reader = Options::new().batch_bytes(100).parser::<JobResponse>().into_reader(file);
    let mut all = 0;
    while let Some(batch) = reader.next_batch()? {
        all += sum(&batch);
    }
    Ok(all)
}

#[test]
fn a_reader() {
    assert_eq!(read(Box::new(STREAM.as_bytes())).unwrap(), 7);
}

/// A reader in a struct that is sent to a thread.
struct Source<R> {
    reader: BatchReader<R, JobDocument<'static>>,
}

#[test]
fn a_reader_in_another_thread() {
    let mut source = Source { reader: Parser::new().into_reader(Cursor::new(STREAM)) };
    let ids = thread::spawn(move || {
        let mut ids = vec![];
        while let Some(batch) = source.reader.next_batch().unwrap() {
            ids.extend(batch.jobs().map(|job| job.id.to_owned()));
        }
        ids
    });
    assert_eq!(ids.join().unwrap(), ["a", "b"]);
}

#[test]
fn a_feed() {
    let mut feed: BatchFeed = Parser::new().into_feed();
    let mut all = 0;
    for chunk in STREAM.as_bytes().chunks(10) {
        let mut rest = chunk;
        while !rest.is_empty() {
            rest = &rest[feed.push(rest)..];
            while let Some(batch) = feed.next_batch() {
                all += sum(&batch);
            }
        }
    }
    assert_eq!(all, 7);
}

#[test]
fn workers_fill_a_map() {
    let mut workers: Workers = Parser::new().into_workers(threads());
    let of_batches = workers.map(STREAM.as_bytes(), |batch| {
        let jobs = batch.jobs().map(|job| (job.id.to_owned(), job.attributes.total_count));
        jobs.collect::<HashMap<_, _>>()
    });
    let all: HashMap<_, _> = of_batches.into_iter().flatten().collect();
    assert_eq!(all, HashMap::from([("a".into(), 3), ("b".into(), 4)]));
}

#[test]
fn owned_copies_over_a_channel() {
    let (sender, receiver) = mpsc::channel::<owned::Job>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let arena = Arena::new();
            for job in parse(STREAM.as_bytes(), &arena).jobs() {
                sender.send(job.into_owned()).unwrap();
            }
        });
        let jobs: Vec<_> = receiver.into_iter().collect();
        assert_eq!((jobs.len(), &*jobs[0].id), (2, "a"));
    });
}

#[test]
fn serde_both_ways() {
    let arena = Arena::new();
    let batch = parse(STREAM.as_bytes(), &arena);
    let job: &Job = &batch.documents()[0].data;
    let json = serde_json::to_string(job).unwrap();
    let back: owned::Job = serde_json::from_str(&json).unwrap();
    assert_eq!(back, job.into_owned());
    let letter = serde_json::to_value(&batch.rejected()[0]).unwrap();
    assert_eq!((&letter["line"], &letter["kind"]), (&2.into(), &"wrong-type".into()));
}

#[test]
fn a_document_in_an_envelope() {
    let line = br#"{"at":"2026-09-04","body":"{\"data\":[]}"}"#;
    let options = Options::new().at(Pointer::new("/body").unwrap());
    let arena = Arena::new();
    assert_eq!(options.parser::<JobPage>().parse(line, &arena).unwrap().data.len(), 0);
}

#[test]
fn a_stream_is_resumed_after_a_crash() {
    let mut reader =
        Options::new().batch_bytes(1).parser::<JobResponse>().into_reader(Cursor::new(STREAM));
    let done = reader.next_batch().unwrap().unwrap().records().count();
    let checkpoint = serde_json::to_string(&reader.position()).unwrap();
    drop(reader);

    let position: Position = serde_json::from_str(&checkpoint).unwrap();
    let mut reader = Parser::<JobResponse>::new().into_reader(Cursor::new(STREAM));
    reader.seek(position).unwrap();
    let batch = reader.next_batch().unwrap().unwrap();
    let lines: Vec<_> = batch.records().map(|(place, _)| place.line).collect();
    assert_eq!(lines, [1, 2, 3][done..]);
}

#[test]
fn pages_are_followed() {
    let first = r#"{"data":[],"links":{"self":"/1","next":"/2"}}"#;
    let mut parser = Parser::<JobDocument>::new();
    let mut next = Some("/1".to_owned());
    let mut fetched = vec![];
    while let Some(url) = next.take() {
        let answer = if url == "/1" { first } else { r#"{"data":[]}"# };
        let arena = Arena::new();
        next = parser.parse(answer.as_bytes(), &arena).unwrap().next().map(str::to_owned);
        fetched.push(url);
    }
    assert_eq!(fetched, ["/1", "/2"]);
}

#[test]
fn the_newest_state_of_each_job() {
    let arena = Arena::new();
    let again = STREAM.replace("\"complete\"", "\"processing\"");
    let mut latest = Latest::new();
    for input in [STREAM, &again] {
        for response in parse(input.as_bytes(), &arena).documents() {
            response.any_jobs().for_each(|job: AnyJob| latest.note(&job, || job));
        }
    }
    let states: Vec<_> = latest.into_iter().map(|job| job.attributes.status.unwrap()).collect();
    assert_eq!(states, [JobStatus::Queued, JobStatus::Complete]);
}

#[test]
fn timestamps_are_compared_and_converted() {
    let (early, late) =
        (Timestamp::new("2026-09-04T13:40:00+02:00"), Timestamp::new("2026-09-04T13:40:00Z"));
    assert!(early.cmp_instant(late).unwrap().is_lt());
    let time = std::time::SystemTime::try_from(late).unwrap();
    assert!(time > std::time::UNIX_EPOCH);
}

#[test]
fn what_was_asked_for_with_fields_only() {
    let json = br#"{"data":[{"type":"profile-bulk-import-job","id":"a","links":{"self":"/a"}}]}"#;
    let arena = Arena::new();
    let page = Parser::<sparse::JobPage>::new().parse(json, &arena).unwrap();
    assert_eq!(page.data[0].attributes.status, None);
}

/// Records one by one, with a function that is given each.
fn ids<'a>(records: Records<'_, 'a>) -> Vec<&'a str> {
    let id = |record: Record<'a>| record.ok().map(|response| response.data.id);
    records.filter_map(id).collect()
}

#[test]
fn records_one_by_one() {
    let (arena, mut parser) = (Arena::new(), Parser::new());
    assert_eq!(ids(parser.records(STREAM.as_bytes(), &arena)), ["a", "b"]);
}

/// Any answer behind one type.
fn kinds(stream: &[u8]) -> Vec<DocumentKind> {
    let arena = Arena::new();
    let batch = Parser::<JobDocument>::new().parse_batch(stream, &arena);
    let answers = batch.documents().iter().map(|document| *document as &dyn Answer);
    answers.map(|answer| answer.kind()).collect()
}

#[test]
fn answers_of_any_kind() {
    assert_eq!(kinds(b"{\"errors\":[]} {\"data\":[]}"), [DocumentKind::Errors, DocumentKind::Page]);
}

/// Somewhere to put jobs that takes its time.
struct Sink(Vec<(String, i64)>);

impl Sink {
    async fn write(&mut self, job: &Job<'_>) {
        tokio::task::yield_now().await;
        self.0.push((job.id.to_owned(), job.attributes.total_count));
    }

    async fn dead_letter(&mut self, rejected: &Rejected<'_>) {
        tokio::task::yield_now().await;
        self.0.push((rejected.error.to_string(), -1));
    }
}

/// Batches of an asynchronous reader, held while something else is awaited.
async fn ingest(
    stream: impl tokio::io::AsyncRead + Send + Unpin,
    mut sink: Sink,
) -> io::Result<Sink> {
    let (mut parser, mut arena) = (Parser::<JobDocument>::new(), Arena::new());
    let mut batches = tokio_util::codec::FramedRead::new(stream, parser.decoder());
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        arena.reset();
        let parsed = batch.parse(&mut parser, &arena);
        for job in parsed.jobs() {
            sink.write(job).await;
        }
        for rejected in parsed.rejected() {
            sink.dead_letter(rejected).await;
        }
    }
    Ok(sink)
}

/// The same with bytes that come in chunks, and no codec.
async fn ingest_chunks(chunks: Vec<Vec<u8>>, mut sink: Sink) -> Sink {
    let mut feed = Parser::<JobDocument>::new().into_feed();
    for chunk in chunks {
        let mut rest = &chunk[..];
        while !rest.is_empty() {
            rest = &rest[feed.push(rest)..];
            while let Some(batch) = feed.next_batch() {
                for record in batch {
                    match record {
                        Ok(JobDocument::Job(compound)) => sink.write(&compound.data).await,
                        Ok(_) => {}
                        Err(rejected) => sink.dead_letter(&rejected).await,
                    }
                }
            }
        }
    }
    sink
}

#[test]
fn batches_are_held_across_an_await_in_a_spawned_task() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let task = tokio::spawn(ingest(STREAM.as_bytes(), Sink(vec![])));
        let Sink(mut found) = task.await.unwrap().unwrap();
        let chunks = STREAM.as_bytes().chunks(7).map(<[u8]>::to_vec).collect();
        let Sink(mut same) = tokio::spawn(ingest_chunks(chunks, Sink(vec![]))).await.unwrap();
        found.sort();
        same.sort();
        assert_eq!((found.len(), &found), (3, &same));
    });
}

/// What may be sent to another thread, and shared by some.
#[test]
fn all_is_send_and_what_is_read_only_is_sync() {
    fn both<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    both::<Batch<'_, JobPage<'_>>>();
    both::<Rejected<'_>>();
    both::<owned::Rejected>();
    both::<Error>();
    both::<Position>();
    both::<Options>();
    both::<Parser<JobPage<'_>>>();
    both::<Latest<owned::Job>>();
    both::<jobview::OwnedBatch>();
    sent::<Arena>();
    sent::<BatchFeed<JobPage<'_>>>();
    sent::<BatchReader<io::Empty, JobPage<'_>>>();
    sent::<Workers<JobPage<'_>>>();
    sent::<jobview::BatchDecoder<JobPage<'_>>>();
}
