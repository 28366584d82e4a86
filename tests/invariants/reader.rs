//! Any bytes that come in any way: the records of a stream are those of the slice.
//!
//! Read with short reads and errors in between, pushed, or split off a buffer as batches that own their
//! bytes, and that end at a guess.

use super::stream::{Script, of_slice, push, read};
#[cfg(feature = "bytes")]
use super::stream::{guessed, owned};
use arbitrary::{Arbitrary, Unstructured};
use jobview::{Document, Framing, JobDocument, JobResponse, Options};
use std::io;

#[derive(Arbitrary, Debug)]
struct Input<'i> {
    framing: Option<u8>,
    max_record_bytes: u16,
    batch_bytes: u16,
    /// How many bytes come at once; 0 for an error.
    steps: Vec<u8>,
    bytes: &'i [u8],
}

pub(crate) fn check(data: &[u8]) {
    let Ok(input) = Input::arbitrary_take_rest(Unstructured::new(data)) else { return };
    let Input { framing, max_record_bytes, batch_bytes, steps, bytes } = input;
    let mut options =
        Options::new().max_record_bytes(max_record_bytes.into()).batch_bytes(batch_bytes.into());
    if let Some(framing) = framing {
        let framings = [Framing::Ndjson, Framing::Array, Framing::Concatenated];
        options = options.framing(framings[usize::from(framing) % framings.len()]);
    }
    let input = Pieces { bytes, steps: &steps, options };
    // Documents of all kinds, or of one.
    match batch_bytes % 2 == 1 {
        true => input.check::<JobDocument>(),
        false => input.check::<JobResponse>(),
    }
}

/// Bytes, and how they come.
struct Pieces<'i> {
    bytes: &'i [u8],
    steps: &'i [u8],
    options: Options,
}

impl Pieces<'_> {
    fn check<D: Document>(self) {
        let Self { bytes, steps, options } = self;
        let (expected, _) = of_slice::<D>(bytes, options);

        let step = |&step: &u8| match step {
            0 => Err(io::ErrorKind::WouldBlock),
            step => Ok(step.into()),
        };
        let script = || Script { input: bytes, steps: steps.iter().map(step).collect() };
        expected.assert_same(&read::<D>(script(), options).0, bytes, "read");

        let mut rest = bytes;
        let mut pieces = vec![];
        for &step in steps {
            pieces.extend(rest.split_off(..rest.len().min(step.into())));
        }
        pieces.push(rest);
        expected.assert_same(&push::<D>(pieces.iter().copied(), options), bytes, "pushed");
        #[cfg(feature = "bytes")]
        {
            expected.assert_same(&owned::<D>(&pieces, options), bytes, "owned");
            let (found, batches) = guessed::<D>(bytes, options, 1 + steps.len() % 4);
            expected.assert_same(&found, bytes, "guessed");
            assert_eq!(batches, guessed::<D>(bytes, options, 0).1);
        }
    }
}
