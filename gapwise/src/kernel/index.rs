//! A structural index: where the brackets, colons, commas and quotes of a text are, and where other values begin.
//!
//! The index is built 64 bytes at a time, without a branch that depends on the text. A reader that follows its entries
//! finds the end of each string without a search, and knows that there is only white space, or one value, between two
//! entries. That does not prove that the text is JSON; the reader checks that.

use super::instructions::{CLASS, Instructions, MOST_PICKED, Operation, Picked, WIDEST};
use super::scan::{equal, escaped, from_odd_to_even};

/// How many entries, from the current one on, a reader may look at.
pub(crate) const AHEAD: usize = 8;

/// The class of the entries behind the last one of a text; only their place has a meaning.
const NOTHING: u32 = 0;

/// How many blocks are indexed at once. What is indexed behind the end of a document is wasted. Tests use few blocks,
/// so that they meet the end of them more often.
const BLOCKS: usize = if cfg!(any(fuzzing, test, feature = "stress")) { 2 } else { 14 };

/// Room for the remaining entries, for those of several blocks, and for what is written behind them.
const ROOM: usize = 1024;

const _: () = assert!(AHEAD + BLOCKS * WIDEST + MOST_PICKED <= ROOM);

/// Memory for some consecutive entries of a text.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    /// For each entry its place in the text; in the highest bits the byte there, or [`ODD`](super::ODD).
    entries: [u32; ROOM],
    length: usize,
    /// How much of the text has been indexed.
    end: usize,
    carry: Carry,
}

/// The state at the end of a block.
#[derive(Clone, Copy, Debug, Default)]
struct Carry {
    /// All bits set if a string continues.
    in_string: u64,
    /// 1 if that string has had a byte that is not plain.
    is_odd: u64,
    /// 1 if the next byte is escaped.
    is_escaped: u64,
    /// 1 if a value other than a string continues.
    in_scalar: u64,
}

impl Default for Index {
    fn default() -> Self {
        Self { entries: [NOTHING; _], length: 0, end: 0, carry: Carry::default() }
    }
}

impl Index {
    /// Adds the entries of a block that begins at `base`.
    #[inline(always)]
    fn push<I: Instructions>(&mut self, i: I, block: &[u8; WIDEST], base: usize) {
        let picked = self.carry.pick(Masks::of(i, block));
        let room = self.entries[self.length..].first_chunk_mut().expect("there is room");
        i.pick(block, base as u32, picked, room);
        self.length += picked.all.count_ones() as usize;
    }

    /// Drops the entries before `entry`, and adds more of the same text, until there are at least [`AHEAD`].
    #[inline(always)]
    fn go_on<I: Instructions>(&mut self, i: I, text: &[u8], entry: usize) {
        // Fewer entries are left than a reader may look at.
        let kept = self.entries.get(entry..).and_then(|entries| entries.first_chunk::<AHEAD>());
        let kept = kept.copied().unwrap_or_default();
        self.entries[..AHEAD].copy_from_slice(&kept);
        self.length = self.length.saturating_sub(entry).min(AHEAD);
        while self.length < AHEAD {
            let rest = text.get(self.end..).unwrap_or_default();
            if rest.is_empty() {
                // As many as a reader may look at.
                self.entries[self.length..self.length + AHEAD].fill(NOTHING | text.len() as u32);
                self.length += AHEAD;
                return;
            }
            let (blocks, last) = rest.as_chunks();
            for block in blocks.iter().take(BLOCKS) {
                self.push(i, block, self.end);
                self.end += WIDEST;
            }
            if blocks.is_empty() {
                let mut block = [b' '; WIDEST];
                block[..last.len()].copy_from_slice(last);
                self.push(i, &block, self.end);
                self.end = text.len();
            }
        }
    }
}

/// Masks of the bytes of a block, by what they are.
struct Masks {
    quotes: u64,
    backslashes: u64,
    /// Brackets, colons and commas.
    structural: u64,
    blank: u64,
    /// See [`Instructions::special`].
    special: u64,
}

impl Masks {
    #[inline(always)]
    fn of<I: Instructions>(i: I, block: &[u8; WIDEST]) -> Self {
        let (mut structural, mut nonblank, mut special) = (0, 0, 0);
        for at in (0..WIDEST).step_by(I::WIDTH) {
            // SAFETY: `WIDTH` divides `WIDEST`, as they are powers of 2.
            let vector = unsafe { i.load(block, at) };
            structural |= i.mask(i.structural(vector)) << at;
            nonblank |= i.mask(i.nonblank(vector)) << at;
            special |= i.mask(i.special(vector)) << at;
        }
        let (quotes, backslashes) = (equal(i, block, b'"'), equal(i, block, b'\\'));
        Self { quotes, backslashes, structural, blank: !nonblank, special }
    }
}

impl Carry {
    /// The entries of the next block. An entry is odd if it ends a string that is not plain.
    #[inline(always)]
    fn pick(&mut self, masks: Masks) -> Picked {
        let Masks { quotes, backslashes, structural, blank, special } = masks;
        let escapes;
        (escapes, self.is_escaped) = escaped(backslashes, self.is_escaped);
        let quotes = quotes & !escapes;
        // All bytes from an opening quote up to the closing one.
        let strings = from_odd_to_even(quotes) ^ self.in_string;
        self.in_string = ((strings as i64) >> 63) as u64;
        // A byte that is not plain makes the bits of its string overflow into the closing quote, once.
        let odd = special & strings & !quotes;
        let (sum, first) = strings.overflowing_add(odd);
        let (sum, second) = sum.overflowing_add(self.is_odd);
        self.is_odd = u64::from(first | second);
        let scalars = !(blank | structural | quotes | strings);
        let begins = scalars & !(scalars << 1 | self.in_scalar);
        self.in_scalar = scalars >> 63;
        let all = quotes | structural & !strings | begins;
        Picked { all, odd: sum & quotes & !strings }
    }
}

/// The entries of a text, from some place on.
pub(crate) struct Indexed<'i, 'a> {
    index: &'i mut Index,
    text: &'a [u8],
}

/// [`Index::go_on`] as a function of its own.
struct GoOn<'i, 'a> {
    index: &'i mut Index,
    text: &'a [u8],
    entry: usize,
}

impl Operation for GoOn<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) {
        let Self { index, text, entry } = self;
        index.go_on(i, text, entry);
    }
}

impl<'i, 'a> Indexed<'i, 'a> {
    /// How much of a text can be indexed. Tests use texts that are longer.
    pub(crate) const MOST_TEXT: usize =
        if cfg!(any(fuzzing, test, feature = "stress")) { 1000 } else { (1 << CLASS) - WIDEST };

    /// Whether this kernel can build an index: its masks must have one bit for each byte.
    pub(crate) const fn is_for<I: Instructions>() -> bool {
        I::SHIFT == 0
    }

    /// Starts at a place outside strings. Text behind [`MOST_TEXT`](Self::MOST_TEXT) is left out.
    #[inline(always)]
    pub(crate) fn begin<I: Instructions>(
        i: I,
        index: &'i mut Index,
        text: &'a [u8],
        at: usize,
    ) -> Self {
        assert!(Self::is_for::<I>());
        let mut indexed = Self { index, text: &text[..text.len().min(Self::MOST_TEXT)] };
        indexed.begin_at(i, at);
        indexed
    }

    #[inline(always)]
    fn begin_at<I: Instructions>(&mut self, i: I, at: usize) {
        (self.index.length, self.index.end, self.index.carry) = (0, at, Carry::default());
        i.run(GoOn { index: self.index, text: self.text, entry: 0 });
    }

    /// Makes sure that there are [`AHEAD`] entries from this one on. Returns the new number of this entry.
    #[inline(always)]
    pub(crate) fn see_ahead<I: Instructions>(&mut self, i: I, entry: usize) -> usize {
        if entry + AHEAD <= self.index.length {
            return entry;
        }
        i.run(GoOn { index: self.index, text: self.text, entry });
        0
    }

    /// The number of the first entry at or behind `at`, which must be a place outside strings. `entry` is one near it
    /// that was used last.
    #[inline(always)]
    pub(crate) fn go_to<I: Instructions>(&mut self, i: I, mut entry: usize, at: usize) -> usize {
        if entry >= self.index.length || self.position(entry) > at {
            self.begin_at(i, at);
            return 0;
        }
        while self.position(entry) < at {
            entry += 1;
            if entry == self.index.length {
                self.begin_at(i, at);
                return 0;
            }
        }
        // What stands at `at` might be read as the rest of the value before it, which has no entry.
        let is_blank = matches!(self.text.get(at), Some(b' ' | b'\t' | b'\n' | b'\r'));
        if self.position(entry) != at && !is_blank {
            self.begin_at(i, at);
            return 0;
        }
        self.see_ahead(i, entry)
    }

    /// The byte at an entry; [`ODD`](super::ODD) for a quote that ends a string that is not plain.
    #[inline(always)]
    pub(crate) fn class(&self, entry: usize) -> u8 {
        (self.index.entries[entry % ROOM] >> CLASS) as u8
    }

    /// The place of an entry in the text.
    #[inline(always)]
    pub(crate) fn position(&self, entry: usize) -> usize {
        place_of(self.index.entries[entry % ROOM])
    }

    /// The string that begins at an entry, if it is plain.
    #[inline(always)]
    pub(crate) fn plain(&self, entry: usize) -> Option<&'a str> {
        let entries = self.index.entries.get(..self.index.length).unwrap_or_default();
        let &[begin, end] = entries.get(entry..)?.first_chunk()?;
        if (begin >> CLASS, end >> CLASS) != (b'"'.into(), b'"'.into()) {
            return None;
        }
        let text = self.text.get(place_of(begin) + 1..place_of(end))?;
        // SAFETY: the entries are of this text, as the others were forgotten where the index began, and none is left
        // out between these two. Both are quotes that no backslash is before: one that is escaped outside of strings
        // goes on with the value that its backslash is part of, and is no entry. So either they are those of a string,
        // in which there is no special byte, or else its closing quote were of another class; or they are those of two
        // strings, with white space between them, or else there were an entry. Both is ASCII, and so UTF-8. That holds
        // of any bytes, wherever the index begins.
        Some(unsafe { str::from_utf8_unchecked(text) })
    }
}

/// The place of an entry in the text.
#[inline(always)]
const fn place_of(entry: u32) -> usize {
    (entry & ((1 << CLASS) - 1)) as usize
}
