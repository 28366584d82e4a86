//! The inputs as batches, one after the other.
//!
//! Threads take turns at this: one reads, unpacks and frames a batch while the others parse those before. A batch
//! is parsed by the thread that has read it, whose cache it is in.

use super::archive::Contents;
use super::list::{Input, Source};
use super::steady::Steady;
use jobview::{Options, Position};
use std::io::{self, Read};
use std::sync::Arc;
use std::vec;

/// What comes next in the order of the input.
pub(super) enum Turn {
    Batch(Batch),
    End(End),
}

/// Complete records.
pub(super) struct Batch {
    /// How many batches there were before.
    pub(super) number: usize,
    /// The name of the input.
    pub(super) file: Arc<str>,
    pub(super) bytes: Vec<u8>,
    pub(super) position: Position,
    /// The offset in the input up to which it goes.
    pub(super) end: u64,
    /// How many bytes of all files have been worked through.
    pub(super) consumed: u64,
}

/// The end of an input.
pub(super) struct End {
    /// The name of the input.
    pub(super) file: Arc<str>,
    /// How many bytes were in it.
    pub(super) bytes: u64,
    /// Why it could not be read to its end.
    pub(super) error: Option<io::Error>,
}

/// What is left to be read.
pub(super) struct Turns {
    inputs: vec::IntoIter<Input>,
    max_expansion: u64,
    open: Option<Open>,
    batches: usize,
    /// How many bytes of files have been worked through that are over.
    consumed: u64,
}

/// An input that is being read.
struct Open {
    file: Arc<str>,
    contents: Contents<Box<dyn Read + Send>>,
    bytes: u64,
}

impl Turns {
    pub(super) fn new(inputs: Vec<Input>, _: Options, max_expansion: u64) -> Self {
        Self { inputs: inputs.into_iter(), max_expansion, open: None, batches: 0, consumed: 0 }
    }

    pub(super) fn next(&mut self) -> Option<Turn> {
        if self.open.is_none() {
            let input = self.inputs.next()?;
            match open(&input, self.max_expansion) {
                Ok(contents) => {
                    self.open =
                        Some(Open { file: Arc::from(input.name.as_str()), contents, bytes: 0 })
                }
                Err(error) => {
                    let file = Arc::from(input.name.as_str());
                    return Some(Turn::End(End { file, bytes: 0, error: Some(error) }));
                }
            }
        }
        let open = self.open.as_mut()?;
        let mut bytes = Vec::new();
        let error = open.contents.read_to_end(&mut bytes).err();
        if bytes.is_empty() {
            let Open { file, bytes, contents } = self.open.take()?;
            self.consumed += contents.consumed();
            return Some(Turn::End(End { file, bytes, error }));
        }
        open.bytes = bytes.len() as u64;
        self.batches += 1;
        Some(Turn::Batch(Batch {
            number: self.batches - 1,
            file: Arc::clone(&open.file),
            end: bytes.len() as u64,
            bytes,
            position: Position::START,
            consumed: self.consumed + open.contents.consumed(),
        }))
    }
}

fn open(input: &Input, max_expansion: u64) -> io::Result<Contents<Box<dyn Read + Send>>> {
    let source: Box<dyn Read + Send> = match &input.source {
        Source::Stdin => Box::new(io::stdin()),
        Source::File(path) => Box::new(Steady::open(path)?),
        Source::None(why) => return Err(io::Error::other(why.clone())),
    };
    Contents::new(source, max_expansion)
}
