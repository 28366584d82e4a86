//! A stream of any length in bounded memory; what is bad goes to a file, byte by byte as it came.
//!
//! `cargo run --release --example dead_letters [FILE [DEAD_LETTERS]]`

use jobview::BatchReader;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let file = arguments.next().unwrap_or_else(|| "examples/data/jobs.ndjson".into());
    let dead_letters = arguments.next().unwrap_or_else(|| {
        std::env::temp_dir().join(format!("dead_letters.{}.ndjson", std::process::id())).into()
    });
    let mut output = BufWriter::new(File::create(&dead_letters)?);
    let mut reader = BatchReader::new(File::open(file)?);
    let mut jobs = 0;
    while let Some(batch) = reader.next_batch()? {
        jobs += batch.documents().len();
        for rejected in batch.rejected() {
            output.write_all(rejected.raw)?;
            // A record that is too long to be held comes in pieces.
            if !rejected.more {
                output.write_all(b"\n")?;
                eprintln!("{rejected}");
            }
        }
    }
    output.flush()?;
    let records = reader.position().record();
    println!("{records} records in {} bytes: {jobs} jobs", reader.offset());
    println!("the other {} are in {}", records - jobs as u64, dead_letters.display());
    Ok(())
}
