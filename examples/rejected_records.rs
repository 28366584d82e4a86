//! A batch in which some records are bad: use the good ones, set the others aside with the reason.
//!
//! `cargo run --example rejected_records [FILE]`

use jobview::{Arena, Category, JobResponse, Parser};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).unwrap_or_else(|| "examples/data/jobs.ndjson".into());
    let input = std::fs::read(file)?;
    let arena = Arena::new();
    let batch = Parser::<JobResponse>::new().parse_batch(&input, &arena);

    let failed: i64 =
        batch.documents().iter().filter_map(|document| document.data.attributes.failed_count).sum();
    println!("{} jobs, in which {failed} operations failed", batch.documents().len());

    for rejected in batch.rejected() {
        let remedy = match rejected.error.category() {
            Category::Syntax => "ask the sender for it again",
            Category::Schema => "look what it is",
            Category::Limit => "parse it with a higher limit",
        };
        println!("{} bytes to {remedy}: {rejected}", rejected.raw.len());
    }
    Ok(())
}
