//! Loads jobs from an asynchronous reader into a sink that takes its time, with its dead letters, in a task of its own.
//!
//! `cargo run --example async_ingest`

use futures_util::StreamExt as _;
use jobview::{Arena, Job, JobDocument, Jobs as _, Parser, Rejected};
use std::io;
use tokio::io::AsyncRead;
use tokio_util::codec::FramedRead;

/// A database, say.
#[derive(Default)]
struct Sink {
    loaded: u64,
    dead_letters: u64,
}

impl Sink {
    async fn load(&mut self, job: &Job<'_>) {
        // What takes time is awaited here, while the job is borrowed from the batch.
        tokio::task::yield_now().await;
        self.loaded += 1;
        println!("job {} is {}", job.id, job.attributes.status);
    }

    async fn dead_letter(&mut self, rejected: &Rejected<'_>) {
        tokio::task::yield_now().await;
        self.dead_letters += 1;
        println!("dead letter: {rejected}");
    }
}

async fn ingest(source: impl AsyncRead + Unpin + Send, mut sink: Sink) -> io::Result<Sink> {
    let (mut parser, mut arena) = (Parser::<JobDocument>::new(), Arena::new());
    let mut batches = FramedRead::new(source, parser.decoder());
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        arena.reset();
        let parsed = batch.parse(&mut parser, &arena);
        for job in parsed.jobs() {
            sink.load(job).await;
        }
        for rejected in parsed.rejected() {
            sink.dead_letter(rejected).await;
        }
    }
    Ok(sink)
}

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        // A socket, a file, the body of an answer: anything that is `AsyncRead`.
        let source = io::Cursor::new(std::fs::read("examples/data/jobs.ndjson")?);
        let task = tokio::spawn(ingest(source, Sink::default()));
        let sink = task.await.map_err(io::Error::other)??;
        println!("{} jobs, {} dead letters", sink.loaded, sink.dead_letters);
        assert!(sink.loaded > 0);
        Ok(())
    })
}
