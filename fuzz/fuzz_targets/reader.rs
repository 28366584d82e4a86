//! Any bytes that come in any way: the records of a stream are those of the slice.
//!
//! Read with short reads and errors in between, pushed, or split off a buffer as batches that own their
//! bytes.

#![no_main]

#[path = "../../tests/it/stream.rs"]
mod stream;

use jobview::{Framing, Options};
use libfuzzer_sys::{arbitrary, fuzz_target};
use std::io;
use stream::{Script, of_slice, owned, push, read};

#[derive(arbitrary::Arbitrary, Debug)]
struct Input<'i> {
    framing: Option<u8>,
    max_record_bytes: u16,
    batch_bytes: u16,
    /// How many bytes come at once; 0 for an error.
    steps: Vec<u8>,
    bytes: &'i [u8],
}

fuzz_target!(|input: Input<'_>| {
    let Input { framing, max_record_bytes, batch_bytes, steps, bytes } = input;
    let mut options =
        Options::new().max_record_bytes(max_record_bytes.into()).batch_bytes(batch_bytes.into());
    if let Some(framing) = framing {
        let framings = [Framing::Ndjson, Framing::Array, Framing::Concatenated];
        options = options.framing(framings[usize::from(framing) % framings.len()]);
    }
    let (expected, _) = of_slice(bytes, options);

    let step = |&step: &u8| match step {
        0 => Err(io::ErrorKind::WouldBlock),
        step => Ok(step.into()),
    };
    let script = || Script { input: bytes, steps: steps.iter().map(step).collect() };
    expected.assert_same(&read(script(), options).0, bytes, "read");

    let mut rest = bytes;
    let mut pieces = vec![];
    for &step in &steps {
        pieces.extend(rest.split_off(..rest.len().min(step.into())));
    }
    pieces.push(rest);
    expected.assert_same(&push(pieces.iter().copied(), options), bytes, "pushed");
    expected.assert_same(&owned(&pieces, options), bytes, "owned");
});
