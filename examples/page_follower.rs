//! Follows `links.next` from page to page, first of jobs, then of the import errors of one of them.
//!
//! `cargo run --example page_follower`

use jobview::{Arena, ImportErrorPage, JobPage, Parser};
use std::collections::HashSet;
use std::error::Error;

const FIRST: &str = "/api/profile-bulk-import-jobs";

/// What the API answers to which request. In a program of yours a client of HTTP is asked.
const ANSWERS: [(&str, &str); 4] = [
    (
        FIRST,
        r#"{"data":[{"type":"profile-bulk-import-job","id":"am9i","attributes":{"status":"complete",
        "created_at":"2026-11-24T09:30:00+00:00","total_count":9,"failed_count":3},"links":{"self":"/am9i"}}],
        "links":{"self":"/api/profile-bulk-import-jobs","next":"/api/profile-bulk-import-jobs?page[cursor]=2"}}"#,
    ),
    (
        "/api/profile-bulk-import-jobs?page[cursor]=2",
        r#"{"data":[{"type":"profile-bulk-import-job","id":"bXlq","attributes":{"status":"queued",
        "created_at":"2026-11-24T09:31:00+00:00","total_count":5},"links":{"self":"/bXlq"}}],
        "links":{"self":"/api/profile-bulk-import-jobs?page[cursor]=2","next":null}}"#,
    ),
    (
        "/api/profile-bulk-import-jobs/am9i/import-errors",
        r#"{"data":[{"type":"import-error","id":"e1","attributes":{"code":"invalid","title":"Invalid input.",
        "detail":"Invalid email address","source":{"pointer":"/data/attributes/profiles/data/0"},
        "original_payload":{"email":"nobody"}}}],
        "links":{"self":"/e","next":"/api/profile-bulk-import-jobs/am9i/import-errors?page[cursor]=2"}}"#,
    ),
    (
        "/api/profile-bulk-import-jobs/am9i/import-errors?page[cursor]=2",
        r#"{"data":[{"type":"import-error","id":"e2","attributes":{"code":"invalid","title":"Invalid input.",
        "detail":"Invalid phone number","source":{"pointer":"/data/attributes/profiles/data/4"}}}],
        "links":{"self":"/e","next":"/api/profile-bulk-import-jobs/am9i/import-errors"}}"#,
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut failed = Vec::new();
    let mut parser = Parser::<JobPage>::new();
    follow(FIRST.to_owned(), |answer, arena| {
        let page = parser.parse(answer.as_bytes(), arena)?;
        for job in page.data {
            println!("job {} is {}", job.id, job.attributes.status);
            if job.attributes.failed_count > Some(0) {
                failed.push(job.id.to_owned());
            }
        }
        Ok(page.next().map(str::to_owned))
    })?;

    let mut parser = Parser::<ImportErrorPage>::new();
    for job in failed {
        println!("errors of {job}:");
        follow(format!("{FIRST}/{job}/import-errors"), |answer, arena| {
            let page = parser.parse(answer.as_bytes(), arena)?;
            for error in page.data {
                let sent =
                    error.attributes.original_payload.map_or("nothing", |json| json.as_str());
                println!("  {} in {sent}", error.attributes.detail);
            }
            Ok(page.next().map(str::to_owned))
        })?;
    }
    Ok(())
}

/// Asks for one page after the other. `read` makes something of an answer, and says where the next one is.
fn follow(
    first: String,
    mut read: impl FnMut(&str, &Arena) -> Result<Option<String>, jobview::Error>,
) -> Result<(), Box<dyn Error>> {
    let (mut arena, mut seen, mut next) = (Arena::new(), HashSet::new(), Some(first));
    while let Some(url) = next {
        let known = ANSWERS.iter().find(|(known, _)| *known == url);
        let (_, answer) = known.ok_or_else(|| format!("{url}: not found"))?;
        arena.reset();
        next = read(answer, &arena)?;
        seen.insert(url);
        // Pages that lead in a circle would never end.
        if let Some(again) = next.take_if(|next| seen.contains(next)) {
            println!("  {again} has been read already");
        }
    }
    Ok(())
}
