//! Finds a document that is part of its record, and continues to the end of the record.
//!
//! A [`Way`] is used twice for each record. [`enter`](Way::enter) goes to where the document begins. Then the document
//! is decoded, and [`leave`](Way::leave) goes on to the end of the record. Both check what they pass, just like skipped
//! text. The reported fault is the first one in the order of the text.
//!
//! Most envelopes look like the last one. A [`Trail`] is the text between the values that were passed last time, and
//! [following](Follow) it means comparing that text. If it is different, each name is looked at, and a new trail is
//! made.
//!
//! If a record is a line, its end is searched for as late as possible, unless an object or array must be passed. At
//! first, a newline on the way counts as a fault. Only then is the end of the line searched for, and the way taken
//! again, within the line.

use super::document::{Extent, line};
use super::skip::{SkipValue, no_colon, skip_text};
use super::skip_whitespace;
use super::text::Quoted;
use super::walk::wrong_value;
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Kernel, Operation, Specials};
use crate::options::Options;
use crate::pointer::Pointer;

/// The way from the root of a record to the document.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    references: Vec<Reference>,
    max_depth: u16,
    /// Whether to make trails.
    is_learning: bool,
    there: Trail,
    back: Trail,
}

/// One step of the way: into a member of an object, or an item of an array.
#[derive(Clone, Debug)]
struct Reference {
    name: String,
    /// The index, if the name can be one.
    index: Option<u64>,
}

impl Reference {
    /// Reads a reference token, which stands after a slash (RFC 6901 section 4).
    fn new(written: &str) -> Self {
        let name = written.replace("~1", "/").replace("~0", "~");
        let is_index = match name.as_bytes() {
            [b'0'] => true,
            [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        // A larger index than any number can hold is in no array.
        let index = is_index.then(|| name.parse().unwrap_or(u64::MAX));
        Self { name, index }
    }
}

/// Where the document begins, and what is open around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entrance {
    pub(crate) begin: usize,
    /// One bit for each level, 1 for an array; the root has the lowest bit.
    arrays: u128,
}

const _: () = assert!(Pointer::MAX_BYTES <= u128::BITS as usize, "a level has a slash at least");

impl Way {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            references: options.at.references().map(Reference::new).collect(),
            max_depth: options.max_depth,
            is_learning: options.learning,
            there: Trail::default(),
            back: Trail::default(),
        }
    }

    /// Whether the document is the whole record.
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.references.is_empty()
    }

    /// How deep objects and arrays may be nested in the document itself.
    pub(crate) fn max_depth_inside(&self) -> u16 {
        self.max_depth.saturating_sub(self.references.len() as u16)
    }

    /// Finds the document in the record that `text` begins with. Whether there is a valid document at that place is not
    /// checked.
    #[inline]
    pub(crate) fn enter(
        &mut self,
        kernel: Kernel,
        text: &[u8],
        extent: Extent,
    ) -> Result<Entrance, Fault> {
        let Self { there: trail, max_depth, .. } = self;
        let max_depth = *max_depth;
        let record = Record::new(text, extent);
        match kernel.run(Follow { trail, record, at: 0, max_depth }) {
            // The first byte of the document tells how it is written, so there must be one, and not white space.
            Some(begin) if text.get(begin).is_some_and(|&byte| byte > b' ') => {
                Ok(Entrance { begin, arrays: trail.arrays })
            }
            _ => self.search(kernel, text, extent),
        }
    }

    #[inline(never)]
    fn search(&mut self, kernel: Kernel, text: &[u8], extent: Extent) -> Result<Entrance, Fault> {
        within(text, extent, |record| kernel.run(Enter { way: self, record }))
    }

    /// Continues from the end of the document, at `at`, to the end of the record that `text` begins with.
    #[inline]
    pub(crate) fn leave(
        &mut self,
        kernel: Kernel,
        text: &[u8],
        extent: Extent,
        entrance: Entrance,
        at: usize,
    ) -> Result<usize, Fault> {
        let Self { back: trail, max_depth, .. } = self;
        let max_depth = *max_depth;
        let record = Record::new(text, extent);
        let is_alike = trail.arrays == entrance.arrays;
        match is_alike.then(|| kernel.run(Follow { trail, record, at, max_depth })).flatten() {
            Some(end) => Ok(end),
            None => self.search_back(kernel, text, extent, entrance, at),
        }
    }

    #[inline(never)]
    fn search_back(
        &mut self,
        kernel: Kernel,
        text: &[u8],
        extent: Extent,
        entrance: Entrance,
        at: usize,
    ) -> Result<usize, Fault> {
        within(text, extent, |record| kernel.run(Leave { way: self, record, entrance, at }))
    }
}

/// A record, and perhaps text after it.
#[derive(Clone, Copy)]
struct Record<'t> {
    bytes: &'t [u8],
    /// Whether a newline ends the record. Otherwise it ends where the bytes end.
    is_line: bool,
}

impl<'t> Record<'t> {
    /// The record that `text` begins with, as far as it is known without a search.
    #[inline(always)]
    fn new(text: &'t [u8], extent: Extent) -> Self {
        match extent {
            Extent::Line => Self { bytes: text, is_line: true },
            _ => Self { bytes: extent.of(text), is_line: false },
        }
    }
}

/// Does something with the record that `text` begins with. If it fails, tries again with the exact end of the line.
fn within<'t, T>(
    text: &'t [u8],
    extent: Extent,
    mut go: impl FnMut(Record<'t>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    match go(Record::new(text, extent)) {
        Err(_) if extent == Extent::Line => go(Record::new(extent.of(text), Extent::Slice)),
        there => there,
    }
}

/// The way that was taken last: the text between the values that were passed.
#[derive(Clone, Debug, Default)]
struct Trail {
    /// The text, without the values.
    text: Vec<u8>,
    /// For each value, how much of the text comes before it, and how many objects and arrays are open around it.
    values: Vec<(usize, u16)>,
    /// Where the part of the record begins that is not in the text yet. `None` once the trail is full.
    begin: Option<usize>,
    /// The same as in the [`Entrance`].
    arrays: u128,
    /// Whether the trail is complete, so that it can be followed.
    is_whole: bool,
    has_newline: bool,
}

impl Trail {
    /// Longer trails are not followed.
    const MOST_BYTES: usize = 1 << 10;
    const MOST_VALUES: usize = 32;

    /// Clears the trail, and starts at a place in a record.
    fn begin(&mut self, at: usize) {
        self.text.clear();
        self.values.clear();
        self.begin = Some(at);
        self.is_whole = false;
    }

    /// Adds the text up to where a value begins, or the way ends.
    fn go_on(&mut self, bytes: &[u8], at: usize) {
        let room = Self::MOST_BYTES - self.text.len();
        self.begin = self.begin.filter(|begin| at - begin <= room);
        if let Some(begin) = self.begin {
            self.text.extend_from_slice(&bytes[begin..at]);
        }
    }

    /// Passes a value.
    fn pass(&mut self, bytes: &[u8], begin: usize, end: usize, depth: u16) {
        self.go_on(bytes, begin);
        self.begin = self.begin.filter(|_| self.values.len() < Self::MOST_VALUES).map(|_| end);
        if self.begin.is_some() {
            self.values.push((self.text.len(), depth));
        }
    }

    fn end(&mut self, bytes: &[u8], at: usize, arrays: u128) {
        self.go_on(bytes, at);
        self.arrays = arrays;
        self.is_whole = self.begin.is_some();
        self.has_newline = memchr::memchr(b'\n', &self.text).is_some();
    }
}

/// Follows a trail as long as the record has the same text.
struct Follow<'w, 't> {
    trail: &'w Trail,
    record: Record<'t>,
    at: usize,
    max_depth: u16,
}

impl Operation for Follow<'_, '_> {
    type Output = Option<usize>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self {
            trail: Trail { text, values, is_whole, has_newline, .. },
            record,
            at,
            max_depth,
        } = self;
        if !is_whole || *has_newline && record.is_line {
            return None;
        }
        let mut cursor = Cursor::new(i, max_depth, record, at);
        let mut begin = 0;
        for &(end, depth) in values {
            cursor.go_over(&text[begin..end])?;
            cursor.skip(depth).ok()?;
            begin = end;
        }
        cursor.go_over(&text[begin..])?;
        Some(cursor.at)
    }
}

struct Enter<'w, 't> {
    way: &'w mut Way,
    record: Record<'t>,
}

impl Operation for Enter<'_, '_> {
    type Output = Result<Entrance, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { way: Way { references, max_depth, is_learning, there, .. }, record } = self;
        let mut cursor =
            Cursor::new(i, *max_depth, record, 0).leaving(is_learning.then_some(there));
        cursor.skip_whitespace();
        let mut arrays = 0;
        for (level, reference) in references.iter().enumerate() {
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
                        return Err(wrong_value(record.bytes, cursor.at, expected));
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
        cursor.end(arrays);
        Ok(Entrance { begin: cursor.at, arrays })
    }
}

struct Leave<'w, 't> {
    way: &'w mut Way,
    record: Record<'t>,
    entrance: Entrance,
    at: usize,
}

impl Operation for Leave<'_, '_> {
    type Output = Result<usize, Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self {
            way: Way { references, max_depth, is_learning, back, .. },
            record,
            entrance,
            at,
        } = self;
        let mut cursor =
            Cursor::new(i, *max_depth, record, at).leaving(is_learning.then_some(back));
        for (level, reference) in references.iter().enumerate().rev() {
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
        cursor.end(entrance.arrays);
        Ok(cursor.at)
    }
}

/// A place in a record.
struct Cursor<'t, 'w, I> {
    i: I,
    max_depth: u16,
    bytes: &'t [u8],
    is_line: bool,
    at: usize,
    specials: Specials,
    /// The trail to make for the next record.
    trail: Option<&'w mut Trail>,
}

impl<'t, 'w, I: Instructions> Cursor<'t, 'w, I> {
    #[inline(always)]
    fn new(i: I, max_depth: u16, Record { bytes, is_line }: Record<'t>, at: usize) -> Self {
        Self { i, max_depth, bytes, is_line, at, specials: Specials::NONE, trail: None }
    }

    fn leaving(mut self, trail: Option<&'w mut Trail>) -> Self {
        self.trail = trail;
        if let Some(trail) = &mut self.trail {
            trail.begin(self.at);
        }
        self
    }

    /// Ends the trail here.
    fn end(&mut self, arrays: u128) {
        if let Some(trail) = &mut self.trail {
            trail.end(self.bytes, self.at, arrays);
        }
    }

    /// Passes this text. `None` if it is not there.
    #[inline(always)]
    fn go_over(&mut self, text: &[u8]) -> Option<()> {
        let is_there = self.bytes.get(self.at..)?.starts_with(text);
        self.at += text.len();
        is_there.then_some(())
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline(always)]
    fn skip_whitespace(&mut self) {
        if self.byte().is_some_and(|byte| byte <= b' ') {
            let begin = self.at;
            self.at = skip_whitespace(self.bytes, begin);
            let passed = &self.bytes[begin..self.at];
            // Nothing is searched for behind the end of the record.
            if self.is_line && memchr::memchr(b'\n', passed).is_some() {
                self.at = begin + line(passed).len();
            }
        }
    }

    /// Finds the end of the line, and cuts the record there. If an object or array is not closed in its line, the
    /// search for its end must not continue through the rest of the stream, line after line.
    #[inline(never)]
    fn cut(&mut self) {
        let end = self.at + line(&self.bytes[self.at..]).len();
        (self.bytes, self.is_line) = (&self.bytes[..end], false);
    }

    /// Enters an object or array. `depth` objects and arrays are open around it.
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

    /// Goes from the end of a value to the next member or item; or to the closing bracket if there is none.
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

    /// Goes from the first item of an array, or the end of an empty one, to the item of this index. If there is none,
    /// stops at the closing bracket and returns false.
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

    /// Goes from where a name is `expected` past the next name that equals the reference, and returns where that name
    /// begins. If there is none, goes to the closing bracket.
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

    /// Passes a name. Returns whether it equals the reference.
    #[inline(always)]
    fn name(&mut self, reference: &Reference, expected: &'static str) -> Result<bool, Fault> {
        if self.byte() != Some(b'"') {
            return Err(Fault::unexpected(self.bytes, self.at, expected));
        }
        let begin = self.at + 1;
        let Self { i, bytes, .. } = *self;
        let end = self.specials.find(i, bytes, begin);
        if bytes.get(end) == Some(&b'"') {
            // The usual case: a name without escapes.
            self.at = end + 1;
            return Ok(bytes[begin..end] == *reference.name.as_bytes());
        }
        self.at = skip_text(i, bytes, begin, &mut self.specials)?;
        Ok(Quoted::read(bytes, begin)?.denotes(&reference.name))
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

    /// Skips a value. `depth` objects and arrays are open around it.
    #[inline(always)]
    fn skip(&mut self, depth: u16) -> Result<(), Fault> {
        let begin = self.at;
        match self.byte() {
            // The usual case.
            Some(b'"') => self.at = skip_text(self.i, self.bytes, begin + 1, &mut self.specials)?,
            byte => {
                if self.is_line && matches!(byte, Some(b'{' | b'[')) {
                    self.cut();
                }
                let Self { i, max_depth, bytes, .. } = *self;
                self.at = i.run(SkipValue { bytes, at: begin, depth, max_depth })?;
            }
        }
        if let Some(trail) = &mut self.trail {
            trail.pass(self.bytes, begin, self.at, depth);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the trails left by another record lead through this one.
    fn leads(left: &str, record: &str) -> bool {
        let options = Options::new().at(Pointer::new("/a/1/body").unwrap());
        let kernel = Kernel::default();
        let mut way = Way::new(&options);
        let document = |record: &str| record.find("{}").expect("a document");
        let entrance = way.enter(kernel, left.as_bytes(), Extent::Slice).unwrap();
        assert_eq!(entrance.begin, document(left));
        let end = way.leave(kernel, left.as_bytes(), Extent::Slice, entrance, document(left) + 2);
        assert_eq!(end, Ok(left.len()));

        let (max_depth, begin) = (options.max_depth, document(record));
        let lines = [record, "\n", left].concat();
        let line = Record::new(lines.as_bytes(), Extent::Line);
        let there = Follow { trail: &way.there, record: line, at: 0, max_depth };
        let back = Follow { trail: &way.back, record: line, at: begin + 2, max_depth };
        kernel.run(there) == Some(begin) && kernel.run(back) == Some(record.len())
    }

    #[test]
    fn trails_lead_past_other_values_of_the_same_members() {
        let left = r#"{"t":"2026","a":[0,{"n":1,"body":{},"z":[1]},true],"more":null}"#;
        for (record, expected) in [
            (left, true),
            (
                r#"{"t":"\u00e9","a":[{"b":[]},{"n":"","body":{},"z":-1.5e3},"é"],"more":{"c":{}}}"#,
                true,
            ),
            (r#"{"t":"2026","a":[0,{"n":1,"body":{},"z":[1]},true], "more":null}"#, false),
            (r#"{"t":"2026","a":[0,{"m":1,"body":{},"z":[1]},true],"more":null}"#, false),
            (r#"{"t":"2026","a":[0,{"n":1,"body":{}},true],"more":null}"#, false),
            (r#"{"t":2026x,"a":[0,{"n":1,"body":{},"z":[1]},true],"more":null}"#, false),
            ("{\"t\":[\n],\"a\":[0,{\"n\":1,\"body\":{},\"z\":[1]},true],\"more\":null}", false),
        ] {
            assert_eq!(leads(left, record), expected, "{record}");
        }
        let lines = left.replacen(',', ",\n", 1);
        assert!(!leads(&lines, &lines), "a line has no newline");
        let long = left.replace("more", &"more".repeat(Trail::MOST_BYTES));
        assert!(!leads(&long, &long));
    }
}
