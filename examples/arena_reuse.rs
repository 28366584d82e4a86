//! A large input in small memory: a few records at a time, in one arena that is reset in between.
//!
//! `cargo run --release --example arena_reuse [FILE]`

use jobview::{Arena, JobResponse, Parser, Position};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).unwrap_or_else(|| "examples/data/jobs.ndjson".into());
    let input = std::fs::read(file)?;
    let mut parser = Parser::<JobResponse>::new();
    let mut arena = Arena::new();
    let mut position = Position::START;
    let (mut finished, mut rejected) = (0, 0);
    while !position.is_end() {
        // Gives back what the views before took, but for the largest chunk, which is used again.
        arena.reset();
        let mut records = parser.records_from(&input, position, &arena);
        for record in records.by_ref().take(32) {
            match record {
                Ok(response) if response.data.attributes.status.is_final() => finished += 1,
                Ok(_) => {}
                Err(_) => rejected += 1,
            }
        }
        position = records.position();
    }
    println!("{} records: {finished} finished jobs, {rejected} rejected", position.record());
    println!("{} bytes of arena for {} bytes of input", arena.allocated_bytes(), input.len());
    Ok(())
}
