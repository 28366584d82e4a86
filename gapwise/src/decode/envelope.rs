//! The way to a document that is part of its record, and back out of it.
//!
//! A [`Way`] is taken twice: [`enter`](Way::enter) goes to where the document begins, the decoder or somebody else
//! goes over it, and [`leave`](Way::leave) goes on to the end of the record. All that is passed is checked as
//! skipped text is; the first thing that is wrong, in the order of the text, is the fault.

use super::skip::{SkipValue, no_colon};
use super::skip_whitespace;
use super::text::{Quoted, skip_string};
use super::walk::wrong_value;
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Kernel, Operation};
use crate::pointer::Pointer;

/// The way from the root of a record to the document.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    references: Vec<Reference>,
    max_depth: u16,
}

/// A step of it: into a member of an object, or an item of an array.
#[derive(Clone, Debug)]
struct Reference {
    name: String,
    /// Whether the name has no byte that must be escaped in JSON, so that it mostly is written as it is.
    is_plain: bool,
    /// If the name may be an index.
    index: Option<u64>,
}

impl Reference {
    /// Reads what stands after a slash (RFC 6901 section 4).
    fn new(written: &str) -> Self {
        let name = written.replace("~1", "/").replace("~0", "~");
        let is_plain = !name.bytes().any(|byte| matches!(byte, ..0x20 | b'"' | b'\\'));
        let is_index = match name.as_bytes() {
            [b'0'] => true,
            [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        // No array has more items than there are numbers.
        let index = is_index.then(|| name.parse().unwrap_or(u64::MAX));
        Self { name, is_plain, index }
    }
}

/// Where the document begins, and what is open around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entrance {
    pub(crate) begin: usize,
    /// A bit a level, set for arrays, that of the root lowest.
    arrays: u128,
}

const _: () = assert!(Pointer::MAX_BYTES <= u128::BITS as usize, "a level has a slash at least");

impl Way {
    pub(crate) fn new(pointer: &Pointer, max_depth: u16) -> Self {
        Self { references: pointer.references().map(Reference::new).collect(), max_depth }
    }

    /// Whether the document is the record.
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.references.is_empty()
    }

    /// How many objects and arrays may be open in the document.
    pub(crate) fn max_depth_inside(&self) -> u16 {
        self.max_depth.saturating_sub(self.references.len() as u16)
    }

    /// Finds the document in a record. Where it begins there may be anything, or nothing.
    pub(crate) fn enter(&self, kernel: Kernel, record: &[u8]) -> Result<Entrance, Fault> {
        kernel.run(Enter { way: self, kernel, record })
    }

    /// Goes over what follows the document, which ends at `at`, to the end of the record.
    pub(crate) fn leave(
        &self,
        kernel: Kernel,
        record: &[u8],
        entrance: Entrance,
        at: usize,
    ) -> Result<usize, Fault> {
        kernel.run(Leave { way: self, kernel, record, entrance, at })
    }
}

struct Enter<'w, 't> {
    way: &'w Way,
    kernel: Kernel,
    record: &'t [u8],
}

impl Operation for Enter<'_, '_> {
    type Output = Result<Entrance, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { way, kernel, record } = self;
        let at = skip_whitespace(record, 0);
        let mut cursor = Cursor { i, kernel, max_depth: way.max_depth, bytes: record, at };
        let mut arrays = 0;
        for (level, reference) in way.references.iter().enumerate() {
            let depth = level as u16;
            let is_there = match reference.index {
                Some(index) if cursor.byte() == Some(b'[') => {
                    arrays |= 1 << level;
                    cursor.open(depth)?;
                    cursor.find_item(index, depth + 1)?
                }
                index => {
                    if cursor.byte() != Some(b'{') {
                        let expected = match index {
                            Some(_) => "an object or an array",
                            None => "an object",
                        };
                        return Err(wrong_value(record, cursor.at, expected));
                    }
                    cursor.open(depth)?;
                    let expected = "a member name or `}`";
                    let is_any = cursor.byte() != Some(b'}');
                    is_any && cursor.find_member(reference, depth + 1, expected)?.is_some()
                }
            };
            if !is_there {
                return Err(Fault::new(ErrorKind::MissingDocument, cursor.at));
            }
            if arrays >> level & 1 == 0 {
                cursor.colon()?;
            }
        }
        Ok(Entrance { begin: cursor.at, arrays })
    }
}

struct Leave<'w, 't> {
    way: &'w Way,
    kernel: Kernel,
    record: &'t [u8],
    entrance: Entrance,
    at: usize,
}

impl Operation for Leave<'_, '_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { way, kernel, record, entrance, at } = self;
        let mut cursor = Cursor { i, kernel, max_depth: way.max_depth, bytes: record, at };
        for (level, reference) in way.references.iter().enumerate().rev() {
            let depth = level as u16 + 1;
            if entrance.arrays >> level & 1 != 0 {
                while cursor.has_more(b']')? {
                    cursor.skip(depth)?;
                }
            } else if cursor.has_more(b'}')?
                && let Some(name) = cursor.find_member(reference, depth, "a member name")?
            {
                return Err(Fault::new(ErrorKind::DuplicateMember, name));
            }
            cursor.at += 1;
        }
        Ok(cursor.at)
    }
}

/// A place in a record.
struct Cursor<'t, I> {
    i: I,
    kernel: Kernel,
    max_depth: u16,
    bytes: &'t [u8],
    at: usize,
}

impl<I: Instructions> Cursor<'_, I> {
    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline(always)]
    fn skip_whitespace(&mut self) {
        self.at = skip_whitespace(self.bytes, self.at);
    }

    /// Goes into an object or array; this many are open around it.
    #[inline(always)]
    fn open(&mut self, depth: u16) -> Result<(), Fault> {
        if depth >= self.max_depth {
            let limit = Expected::AtMost(self.max_depth.into());
            return Err(Fault::expecting(ErrorKind::DepthLimit, self.at, limit));
        }
        self.at += 1;
        self.skip_whitespace();
        Ok(())
    }

    /// Goes on from the end of a value to the next member or item. Where there is none, to the closing bracket.
    #[inline(always)]
    fn has_more(&mut self, closing: u8) -> Result<bool, Fault> {
        self.skip_whitespace();
        match self.byte() {
            Some(b',') => {
                self.at += 1;
                self.skip_whitespace();
                Ok(true)
            }
            Some(byte) if byte == closing => Ok(false),
            _ => {
                let expected = if closing == b'}' { "`,` or `}`" } else { "`,` or `]`" };
                Err(Fault::unexpected(self.bytes, self.at, expected))
            }
        }
    }

    /// Goes from an item of an array, or the end of an empty one, to the one of this index. Where there is none, to
    /// the closing bracket, and says so.
    #[inline(always)]
    fn find_item(&mut self, index: u64, depth: u16) -> Result<bool, Fault> {
        if self.byte() == Some(b']') {
            return Ok(false);
        }
        for _ in 0..index {
            self.skip(depth)?;
            if !self.has_more(b']')? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Goes from where a name is `expected` behind the next one that is this, and tells where that is. Where there is
    /// none, to the closing bracket.
    #[inline(always)]
    fn find_member(
        &mut self,
        reference: &Reference,
        depth: u16,
        mut expected: &'static str,
    ) -> Result<Option<usize>, Fault> {
        loop {
            let start = self.at;
            if self.name(reference, expected)? {
                return Ok(Some(start));
            }
            self.colon()?;
            self.skip(depth)?;
            if !self.has_more(b'}')? {
                return Ok(None);
            }
            expected = "a member name";
        }
    }

    /// Goes over a name, and tells whether it is this one.
    #[inline(always)]
    fn name(&mut self, reference: &Reference, expected: &'static str) -> Result<bool, Fault> {
        let Some([b'"', rest @ ..]) = self.bytes.get(self.at..) else {
            return Err(Fault::unexpected(self.bytes, self.at, expected));
        };
        let name = reference.name.as_bytes();
        if reference.is_plain && rest.starts_with(name) && rest.get(name.len()) == Some(&b'"') {
            self.at += name.len() + 2;
            return Ok(true);
        }
        let begin = self.at + 1;
        self.at = skip_string(self.i, self.bytes, begin)?;
        // What is written as it is has been compared.
        let is_escaped = !reference.is_plain || self.bytes[begin..self.at].contains(&b'\\');
        Ok(is_escaped && Quoted::read(self.bytes, begin)?.denotes(&reference.name))
    }

    #[inline(always)]
    fn colon(&mut self) -> Result<(), Fault> {
        self.skip_whitespace();
        if self.byte() != Some(b':') {
            return Err(no_colon(self.bytes, self.at));
        }
        self.at += 1;
        self.skip_whitespace();
        Ok(())
    }

    /// Goes over a value; this many objects and arrays are open around it.
    #[inline(always)]
    fn skip(&mut self, depth: u16) -> Result<(), Fault> {
        let Self { i, kernel, max_depth, bytes, at } = *self;
        self.at = match self.byte() {
            // As most are.
            Some(b'"') => skip_string(i, bytes, at + 1)?,
            _ => kernel.run(SkipValue { bytes, at, depth, max_depth })?,
        };
        Ok(())
    }
}
