//! Polls a job until it is final, be that complete or cancelled, and waits longer when the API is busy.
//!
//! `cargo run --example poller`

use jobview::{Arena, ErrorResponse, JobDocument, JobStatus, Parser, views::JobAttributes};
use std::error::Error;
use std::time::Duration;

/// What the API answers, one request after the other. In a program of yours it is asked for.
const ANSWERS: [&[u8]; 4] = [
    br#"{"data":{"type":"profile-bulk-import-job","id":"am9i","attributes":{"status":"queued",
        "created_at":"2026-11-24T09:30:00+00:00","total_count":3},"links":{"self":"/jobs/am9i/"}}}"#,
    br#"{"errors":[{"status":429,"code":"throttled","title":"Request was throttled.",
        "detail":"Expected available in 1 second."}]}"#,
    br#"{"data":{"type":"profile-bulk-import-job","id":"am9i","attributes":{"status":"processing",
        "created_at":"2026-11-24T09:30:00+00:00","total_count":3,"completed_count":1},
        "links":{"self":"/jobs/am9i/"}}}"#,
    br#"{"data":{"type":"profile-bulk-import-job","id":"am9i","attributes":{"status":"complete",
        "created_at":"2026-11-24T09:30:00+00:00","total_count":3,"completed_count":2,"failed_count":1},
        "links":{"self":"/jobs/am9i/"}}}"#,
];

/// How long to wait for the job, all in all.
const DEADLINE: Duration = Duration::from_secs(60);

fn main() -> Result<(), Box<dyn Error>> {
    let mut parser = Parser::<JobDocument>::new();
    let mut arena = Arena::new();
    let (mut waited, mut pause) = (Duration::ZERO, Duration::from_secs(1));
    for answer in ANSWERS {
        arena.reset();
        match parser.parse(answer, &arena)? {
            JobDocument::Errors(response) if is_temporary(response) => {
                println!("busy: {}", response.errors[0].detail);
                pause *= 2;
            }
            JobDocument::Errors(response) => return Err(format!("{:?}", response.errors).into()),
            document => match document.jobs() {
                [job] if job.attributes.status.is_final() => {
                    println!("{}", ending(&job.attributes));
                    return Ok(());
                }
                [job] => println!("{} is {}", job.id, job.attributes.status),
                jobs => return Err(format!("expected one job, found {}", jobs.len()).into()),
            },
        }
        waited += pause;
        if waited > DEADLINE {
            break;
        }
        // Here a program of yours sleeps for as long.
        println!("  ask again in {pause:?}");
    }
    Err(format!("the job is not final after {waited:?}").into())
}

/// Whether the same request may be answered later.
fn is_temporary(response: &ErrorResponse<'_>) -> bool {
    let is_busy = |status| matches!(status, Some(429 | 503));
    !response.errors.is_empty() && response.errors.iter().all(|error| is_busy(error.status))
}

/// A job that is over may have failed for some or all profiles.
fn ending(attributes: &JobAttributes<'_>) -> String {
    let (total, failed) = (attributes.total_count, attributes.failed_count.unwrap_or(0));
    match attributes.status {
        JobStatus::Cancelled => format!("cancelled: the {total} profiles are not all imported"),
        _ if failed > 0 => {
            format!("complete, but {failed} of {total} failed: ask for its import errors")
        }
        _ => format!("complete: {total} profiles are imported"),
    }
}
