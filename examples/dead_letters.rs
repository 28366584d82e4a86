//! A dead-letter loader: answers of any kind, from a stream of any length in bounded memory. Jobs go one way,
//! what is rejected another: to a file, byte for byte after the place and the reason.
//!
//! `cargo run --release --example dead_letters [FILE [DEAD_LETTERS]]`

use jobview::{JobDocument, Jobs as _, Parser};
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let file = arguments.next().unwrap_or_else(|| "examples/data/answers.ndjson".into());
    let dead_letters = arguments.next().unwrap_or_else(|| {
        std::env::temp_dir().join(format!("dead_letters.{}.txt", std::process::id())).into()
    });
    let mut output = BufWriter::new(File::create(&dead_letters)?);
    let parser = Parser::<JobDocument>::new();
    let mut reader = parser.into_reader(File::open(file)?);
    let (mut documents, mut jobs, mut is_within) = (0, 0, false);
    while let Some(batch) = reader.next_batch()? {
        documents += batch.documents().len();
        // A program of yours loads them: `batch.jobs()` are those that come alone and those in pages.
        jobs += batch.jobs().count();
        for rejected in batch.rejected() {
            // A record that is too long to be held comes in pieces.
            if !is_within {
                write!(output, "{rejected}: ")?;
            }
            output.write_all(rejected.raw)?;
            is_within = rejected.more;
            if !is_within {
                output.write_all(b"\n")?;
            }
        }
    }
    output.flush()?;
    let records = reader.position().record();
    println!("{records} records in {} bytes: {documents} documents, {jobs} jobs", reader.offset());
    println!("the other {} are in {}", records - documents as u64, dead_letters.display());
    Ok(())
}
