//! The readers of single values, separately, for fuzz targets.

use super::number;
use super::skip::SkipValue;
use super::text::{Quoted, Read, ReadText, Short};
use crate::arena::Arena;
use crate::error::{ErrorKind, Fault};
use crate::kernel::{Kernel, Portable};
use crate::options::MAX_DEPTH;

/// A value and where it ends, or the kind and offset of a fault.
pub type Outcome<T> = Result<T, (ErrorKind, usize)>;

fn kind_and_offset(fault: Fault) -> (ErrorKind, usize) {
    (fault.kind, fault.offset)
}

/// The string that `text` begins with, read by the reference. It ends after its closing quote.
pub fn reference_string(text: &[u8]) -> Outcome<(String, usize)> {
    let quoted = Quoted::read(text, 1).map_err(kind_and_offset)?;
    Ok((quoted.to_text().into_owned(), quoted.end))
}

/// The string that `text` begins with, read by a kernel. `None` if the kernel leaves it to the reference.
pub fn kernel_string(kernel: Kernel, text: &[u8]) -> Option<(String, usize)> {
    let arena = Arena::new();
    let mut scratch = vec![];
    let read = ReadText { text, begin: 1, scratch: &mut scratch, arena: &arena };
    let Read { text, end } = kernel.run(read)?.expect("the arena has no limit");
    Some((text.to_owned(), end + 1))
}

/// Whether `text` begins with a short string that denotes `denoted`, and where it ends. `None` if that is left to the
/// reference.
pub fn short_string(text: &[u8], denoted: &str) -> Option<(bool, usize)> {
    let mut room = [0; _];
    let short = Short::read(Portable, text, 0, &mut room)?;
    Some((short.is(denoted), short.end))
}

/// Where the value that `text` begins with ends, skipped by a kernel.
pub fn skip_value(kernel: Kernel, text: &[u8]) -> Outcome<usize> {
    let skip = SkipValue { bytes: text, at: 0, depth: 0, max_depth: MAX_DEPTH };
    kernel.run(skip).map_err(kind_and_offset)
}

/// The integer that `text` begins with, if it is one of the most common ones.
pub fn common_integer(text: [u8; 8]) -> Option<(i64, usize)> {
    number::read_digits(u64::from_le_bytes(text))
}

/// The integer that `text` begins with.
pub fn integer(text: &[u8]) -> Outcome<(i64, usize)> {
    number::read_integer(text, 0).map_err(kind_and_offset)
}

/// Where the number that `text` begins with ends.
pub fn skip_number(text: &[u8]) -> Outcome<usize> {
    number::skip_number(text, 0).map_err(kind_and_offset)
}
