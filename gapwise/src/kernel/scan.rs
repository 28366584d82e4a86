//! The algorithms, each written once for every kernel.
//!
//! Those that trust their caller about bounds are unsafe, and serve the hot loop. The others handle the end of the
//! text themselves: they look at a copy of its last few bytes.

use super::instructions::{Instructions, WIDEST};
use super::portable::Portable;
use std::hint::select_unpredictable;

/// Bytes to compare a text with. Up to [`WIDEST`] stand here, for most patterns are not longer; those of longer ones stand
/// in a pool.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Pattern {
    head: [u8; WIDEST],
    /// Those bits that count of the mask of a first vector, of the kernel that made it.
    first: u64,
    length: u32,
    start: u32,
}

impl Pattern {
    /// Stands for no bytes; never to be compared with.
    pub(crate) const NONE: Self = Self { head: [0; _], first: 0, length: 0, start: 0 };

    /// Makes one of these bytes, of which there must be some. The pool must stay below 4 GiB.
    pub(crate) fn push<I: Instructions>(_: I, pool: &mut Vec<u8>, bytes: &[u8]) -> Self {
        let start = pool.len();
        assert!(!bytes.is_empty() && start + bytes.len() <= u32::MAX as usize);
        let mut head = [0; WIDEST];
        let length = bytes.len().min(WIDEST);
        head[..length].copy_from_slice(&bytes[..length]);
        if Self::room(bytes.len()) > 0 {
            pool.extend_from_slice(bytes);
        }
        let counted = bytes.len().min(I::WIDTH) as u32;
        let first = u64::MAX >> (u64::BITS - (counted << I::SHIFT));
        Self { head, first, length: bytes.len() as u32, start: start as u32 }
    }

    /// How much of the pool [`push`](Self::push) takes for so many bytes.
    pub(crate) const fn room(length: usize) -> usize {
        if length > WIDEST { length } else { 0 }
    }

    /// Moves what this pattern has in the pool down to `end`, behind what others have that were moved before, and
    /// returns where it ends. They must come in the order in which they stand there.
    pub(crate) fn move_down(&mut self, pool: &mut [u8], end: usize) -> usize {
        let length = Self::room(self.len());
        if length > 0 {
            let start = self.start as usize;
            assert!(end <= start);
            pool.copy_within(start..start + length, end);
            self.start = end as u32;
        }
        end + length
    }

    /// Where in the pool it stands.
    pub(crate) const fn start(&self) -> u32 {
        self.start
    }

    pub(crate) const fn len(&self) -> usize {
        self.length as usize
    }

    pub(crate) fn bytes<'p>(&'p self, pool: &'p [u8]) -> &'p [u8] {
        match self.len() {
            length @ ..=WIDEST => &self.head[..length],
            length => &pool[self.start as usize..][..length],
        }
    }
}

/// Whether `text` begins with the bytes of the pattern.
///
/// # Safety
///
/// `pattern.len() + WIDEST <= text.len()`, and `pool` is the one that the pattern was pushed to, and moved in.
#[inline(always)]
pub(crate) unsafe fn equals<I: Instructions>(
    i: I,
    text: &[u8],
    pool: &[u8],
    pattern: &Pattern,
) -> bool {
    // SAFETY: `WIDTH <= WIDEST`, which is the length of the head, and at most what the text has.
    let (a, b) = unsafe { (i.load(text, 0), i.load(&pattern.head, 0)) };
    if i.unequal(a, b) & pattern.first != 0 {
        return false;
    }
    match pattern.len() {
        length if length <= I::WIDTH => true,
        // SAFETY: the text has more bytes than the pattern, and the head has `WIDEST`.
        length @ ..=WIDEST => unsafe { rest_equals(i, text, &pattern.head, length) },
        length => {
            // SAFETY: longer patterns were pushed to the pool, and stand there.
            let bytes = unsafe { pool.get_unchecked(pattern.start as usize..) };
            // SAFETY: the text has more bytes than the pattern, and so many the pool from there on.
            unsafe { rest_equals(i, text, bytes, length) }
        }
    }
}

/// Whether two texts have the same bytes from the second vector on, up to `length`, which is more than a vector has.
///
/// # Safety
///
/// Both have `length` bytes.
#[inline(always)]
unsafe fn rest_equals<I: Instructions>(i: I, text: &[u8], bytes: &[u8], length: usize) -> bool {
    let last = length - I::WIDTH;
    let mut offset = I::WIDTH;
    while offset < last {
        // SAFETY: `offset + WIDTH < length`
        let (a, b) = unsafe { (i.load(text, offset), i.load(bytes, offset)) };
        if i.unequal(a, b) != 0 {
            return false;
        }
        offset += I::WIDTH;
    }
    // SAFETY: `last + WIDTH == length`
    let (a, b) = unsafe { (i.load(text, last), i.load(bytes, last)) };
    i.unequal(a, b) == 0
}

/// Whether `text` begins with `length` bytes that are plain, which is all but [special](Instructions::special).
///
/// # Safety
///
/// `length + WIDEST <= text.len()`
#[inline(always)]
pub(crate) unsafe fn is_plain<I: Instructions>(i: I, text: &[u8], length: usize) -> bool {
    if length < I::WIDTH {
        // SAFETY: `WIDTH <= WIDEST`.
        let mask = i.mask(i.special(unsafe { i.load(text, 0) }));
        return mask & !(u64::MAX << (length << I::SHIFT)) == 0;
    }
    // From both ends to the middle, where vectors may overlap: that makes few branches. The first two turns by themselves,
    // for most strings need no more.
    // SAFETY: `WIDTH <= length`
    let mut worst = unsafe { worst_of_ends(i, text, 0, length) };
    if length > 2 * I::WIDTH {
        let (mut begin, mut end) = (I::WIDTH, length - I::WIDTH);
        // SAFETY: `begin + WIDTH < length`, and `WIDTH < end`
        worst = i.worse(worst, unsafe { worst_of_ends(i, text, begin, end) });
        (begin, end) = (begin + I::WIDTH, end - I::WIDTH);
        while begin < end {
            // SAFETY: `WIDTH < begin < end`, and there are as many bytes behind `end` as before `begin`.
            worst = i.worse(worst, unsafe { worst_of_ends(i, text, begin, end) });
            (begin, end) = (begin + I::WIDTH, end - I::WIDTH);
        }
    }
    i.is_plain(worst)
}

/// The worst bytes of two vectors, one from `begin` on and one up to `end`.
///
/// # Safety
///
/// `begin + WIDTH <= text.len()`, and `WIDTH <= end <= text.len()`
#[inline(always)]
unsafe fn worst_of_ends<I: Instructions>(i: I, text: &[u8], begin: usize, end: usize) -> I::Worst {
    // SAFETY: the caller's promise.
    let (a, b) = unsafe { (i.load(text, begin), i.load(text, end - I::WIDTH)) };
    i.worse(i.worst(a), i.worst(b))
}

/// How many bytes are plain that `text` begins with, up to the first [special](Instructions::special) one; as many as a
/// vector has, if there is none in it.
///
/// # Safety
///
/// `WIDEST <= text.len()`
#[inline(always)]
pub(crate) unsafe fn plain_length<I: Instructions>(i: I, text: &[u8]) -> usize {
    // SAFETY: `WIDTH <= WIDEST`.
    let mask = i.mask(i.special(unsafe { i.load(text, 0) }));
    // Bits that are too high for a vector bound what is counted.
    let end = if I::WIDTH << I::SHIFT < 64 { 1 << (I::WIDTH << I::SHIFT) } else { 0 };
    ((mask | end).trailing_zeros() >> I::SHIFT) as usize
}

/// How much text [`plain_length_of_many`] is given.
pub(crate) const MANY: usize = 256;

/// As [`plain_length`], for some vectors: no branch depends on which of them has the first special byte. As many as they all
/// have, if there is none.
#[inline(always)]
pub(crate) fn plain_length_of_many<I: Instructions>(i: I, text: &[u8; MANY]) -> usize {
    /// More do not pay, where vectors are small.
    const VECTORS: usize = 8;
    let count = VECTORS.min(MANY / I::WIDTH);
    let mut length = count * I::WIDTH;
    for index in (0..count).rev() {
        let at = index * I::WIDTH;
        // SAFETY: `at + WIDTH <= count * WIDTH <= MANY`
        let mask = i.mask(i.special(unsafe { i.load(text, at) }));
        let here = at + (mask.trailing_zeros() >> I::SHIFT) as usize;
        length = select_unpredictable(mask != 0, here, length);
    }
    length
}

/// The 8 bytes of `text` from `at` on, the first one lowest.
///
/// # Safety
///
/// `at + 8 <= text.len()`
#[inline(always)]
pub(crate) unsafe fn word(text: &[u8], at: usize) -> u64 {
    debug_assert!(at + 8 <= text.len());
    // SAFETY: the caller's promise; any alignment will do.
    u64::from_le(unsafe { text.as_ptr().add(at).cast::<u64>().read_unaligned() })
}

/// Where the first [special](Instructions::special) byte is, from `at` on; the length of `text` if none is.
#[inline(always)]
pub(crate) fn find_special<I: Instructions>(i: I, text: &[u8], at: usize) -> usize {
    find(i, text, at, I::special)
}

/// As [`find_special`], for [closing](Instructions::closing) bytes.
#[inline(always)]
pub(crate) fn find_closing<I: Instructions>(i: I, text: &[u8], at: usize) -> usize {
    find(i, text, at, I::closing)
}

/// Finds the [special](Instructions::special) bytes of a text one after another, and looks at each of its vectors about once.
/// So it takes less time from one to the next than a search takes.
pub(crate) struct Specials {
    /// Where the vector begins that was looked at.
    start: usize,
    /// The mask of its special bytes.
    mask: u64,
}

impl Specials {
    /// None was looked at: it would lie behind every text.
    pub(crate) const NONE: Self = Self { start: usize::MAX - WIDEST, mask: 0 };

    /// Where a special byte is, from `at` on, and none before it; the length of `text` if none is. What is found may be no
    /// special byte either, but one that was flagged without cause. The text must be the same each time.
    #[inline(always)]
    pub(crate) fn find<I: Instructions>(&mut self, i: I, text: &[u8], mut at: usize) -> usize {
        let offset = at.wrapping_sub(self.start);
        if offset < I::WIDTH {
            let left = self.mask >> (offset << I::SHIFT);
            if left != 0 {
                return at + (left.trailing_zeros() >> I::SHIFT) as usize;
            }
            at = self.start + I::WIDTH;
        }
        while text.len().checked_sub(at).is_some_and(|left| left >= I::WIDTH) {
            // SAFETY: the condition of the loop.
            let mask = i.mask(i.special(unsafe { i.load(text, at) }));
            if mask != 0 {
                *self = Self { start: at, mask };
                return at + (mask.trailing_zeros() >> I::SHIFT) as usize;
            }
            at += I::WIDTH;
        }
        find_near_end(text, at)
    }
}

/// [`find_special`] where no vector is left, out of the way.
#[inline(never)]
fn find_near_end(text: &[u8], at: usize) -> usize {
    find_special(Portable, text, at)
}

/// Has the memory fetched that is some way behind the start of `text`, whether it belongs to it or not.
#[inline(always)]
pub(crate) fn prefetch<I: Instructions>(i: I, text: &[u8]) {
    /// Memory takes as long as this much text.
    const AHEAD: usize = 2 << 10;
    i.prefetch(text.as_ptr().wrapping_add(AHEAD));
}

/// Which bytes of a block are this one, for kernels whose masks have a bit a byte.
#[inline(always)]
pub(crate) fn equal<I: Instructions>(i: I, block: &[u8; WIDEST], byte: u8) -> u64 {
    let mut mask = 0;
    for at in (0..WIDEST).step_by(I::WIDTH) {
        // SAFETY: `WIDTH` divides `WIDEST`, as they are powers of 2.
        mask |= equal_to(i, unsafe { i.load(block, at) }, byte) << at;
    }
    mask
}

/// Which bytes of a vector are this one, for the same kernels.
#[inline(always)]
pub(super) fn equal_to<I: Instructions>(i: I, vector: I::Vector, byte: u8) -> u64 {
    let wanted = [byte; WIDEST];
    // SAFETY: no vector is wider.
    let wanted = unsafe { i.load(&wanted, 0) };
    !i.unequal(vector, wanted) & u64::MAX >> (u64::BITS - I::WIDTH as u32)
}

/// Which bytes are escaped, by a backslash that is not, where the first one is if a bit is set; and that bit for what follows.
#[inline(always)]
pub(super) const fn escaped(backslashes: u64, first: u64) -> (u64, u64) {
    const ODD_BITS: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    // Runs of backslashes that begin at an even place and those that begin at an odd one carry into different bits.
    let begins = backslashes & !first;
    let runs = ((begins << 1) | ODD_BITS).wrapping_sub(begins) ^ ODD_BITS;
    (runs ^ (backslashes | first), (runs & backslashes) >> 63)
}

/// The bits from each odd one that is set, up to the next.
#[inline(always)]
pub(crate) const fn from_odd_to_even(mut bits: u64) -> u64 {
    let mut shift = 1;
    while shift < u64::BITS {
        bits ^= bits << shift;
        shift *= 2;
    }
    bits
}

/// How many bytes of white space stand at `at`, if it is fewer than a vector has and the text is longer.
#[inline(always)]
pub(crate) fn leading_blanks<I: Instructions>(i: I, text: &[u8], at: usize) -> Option<usize> {
    if text.len().checked_sub(at)? < I::WIDTH {
        return None;
    }
    // SAFETY: as was just seen.
    let mask = i.mask(i.nonblank(unsafe { i.load(text, at) }));
    (mask != 0).then(|| (mask.trailing_zeros() >> I::SHIFT) as usize)
}

/// The masks of the bytes of a vector at `at` that are no digits, and of those that are no points, if the text has so many.
#[inline(always)]
pub(crate) fn digits_and_points<I: Instructions>(
    i: I,
    text: &[u8],
    at: usize,
) -> Option<(u64, u64)> {
    static POINTS: [u8; WIDEST] = [b'.'; WIDEST];
    if text.len().checked_sub(at)? < I::WIDTH {
        return None;
    }
    // SAFETY: as was just seen; `WIDTH <= WIDEST`.
    let (vector, points) = unsafe { (i.load(text, at), i.load(&POINTS, 0)) };
    Some((i.mask(i.nondigit(vector)), i.unequal(vector, points)))
}

#[inline(always)]
fn find<I: Instructions>(
    i: I,
    text: &[u8],
    mut at: usize,
    flags: impl Fn(I, I::Vector) -> I::Flags,
) -> usize {
    if let Some(last) = text.len().checked_sub(I::WIDTH) {
        while at <= last {
            // SAFETY: `at + WIDTH <= text.len()`
            let mask = i.mask(flags(i, unsafe { i.load(text, at) }));
            if mask != 0 {
                return at + (mask.trailing_zeros() >> I::SHIFT) as usize;
            }
            at += I::WIDTH;
        }
    }
    let Some(rest) = text.get(at..) else { return text.len() };
    // Zeros are control characters, and end every search.
    let mut block = [0; WIDEST];
    block[..rest.len()].copy_from_slice(rest);
    // SAFETY: `WIDTH <= WIDEST`.
    let mask = i.mask(flags(i, unsafe { i.load(&block, 0) }));
    at + rest.len().min((mask.trailing_zeros() >> I::SHIFT) as usize)
}
