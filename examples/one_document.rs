//! One document: parse it, read the view, keep a copy that owns its text.
//!
//! `cargo run --example one_document [FILE]`

use jobview::{Arena, Job, JobResponse, Parser, owned};
use std::error::Error;

/// The document that is read when no file is named: the answer to a request that made a job.
const ANSWER: &[u8] = br#"{"data":{"type":"profile-bulk-import-job","id":"am9idmlldw",
    "attributes":{"status":"queued","created_at":"2026-11-24T09:30:00+00:00","total_count":3,
        "completed_count":0,"failed_count":0,"completed_at":null,
        "expires_at":"2026-12-01T09:30:00+00:00","started_at":null},
    "relationships":{"lists":{"data":[{"type":"list","id":"Xy12ab"}]}},
    "links":{"self":"https:\/\/a.klaviyo.com\/api\/profile-bulk-import-jobs\/am9idmlldw\/"}}}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let input = match std::env::args_os().nth(1) {
        Some(file) => std::fs::read(file)?,
        None => ANSWER.to_vec(),
    };
    let kept = load(&input)?;
    println!("kept: {}", kept.data.id);
    Ok(())
}

fn load(input: &[u8]) -> Result<owned::JobResponse, jobview::Error> {
    let arena = Arena::new();
    let response = Parser::<JobResponse>::new().parse(input, &arena)?;
    print(&response.data);
    Ok(response.into_owned())
}

fn print(job: &Job<'_>) {
    let attributes = &job.attributes;
    println!("job {} is {}", job.id, attributes.status);
    println!("  {} of {}", attributes.completed_count.unwrap_or(0), attributes.total_count);
    match attributes.created_at.unix_micros() {
        Ok(micros) => println!("  created {} s after the epoch", micros / 1_000_000),
        Err(error) => println!("  created: {error}"),
    }
    if !attributes.status.is_final() {
        println!("  ask again: {}", job.links.self_);
    }
    for list in job.lists() {
        println!("  adds to list {}", list.id);
    }
}
