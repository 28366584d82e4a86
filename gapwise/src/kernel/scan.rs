//! The algorithms, each written once for every kernel.
//!
//! The unsafe functions trust their caller about bounds, and serve the hot loop. The others handle the end of the text
//! themselves: they look at a copy of its last few bytes.

use super::instructions::{Instructions, WIDEST};
use super::portable::Portable;
use std::hint::select_unpredictable;

/// Bytes to compare a text with. Up to [`WIDEST`] bytes stand in the pattern itself, because most patterns are no
/// longer; longer ones stand in a pool.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub(crate) struct Pattern {
    head: [u8; WIDEST],
    /// The bits of the mask of the first vector that count, for the kernel that made the pattern.
    first: u64,
    length: u32,
    start: u32,
}

impl Pattern {
    /// No bytes. Must never be compared with a text.
    pub(crate) const NONE: Self = Self { head: [0; _], first: 0, length: 0, start: 0 };

    /// Makes a pattern of `bytes`, which must not be empty. The pool must stay below 4 GiB.
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

    /// How many bytes of the pool [`push`](Self::push) takes for a pattern of this length.
    pub(crate) const fn room(length: usize) -> usize {
        if length > WIDEST { length } else { 0 }
    }

    /// Moves the bytes of this pattern in the pool down to `end`, which is where the bytes of the previous pattern end.
    /// Returns where its own bytes end. Patterns must be moved in the order in which they stand in the pool.
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

    /// Where in the pool the pattern stands.
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

/// Whether two texts are equal from the second vector on, up to `length`, which must be more than the length of a
/// vector.
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

/// Whether the first `length` bytes of `text` are plain: not [special](Instructions::special).
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
    // From both ends to the middle, where the vectors may overlap: that takes few branches. The first two rounds stand
    // outside the loop, because most strings need no more.
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

/// The worst bytes of two vectors: one that begins at `begin`, and one that ends at `end`.
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

/// How many plain bytes `text` begins with, up to the first [special](Instructions::special) one. If the first vector
/// has none, the length of a vector.
///
/// # Safety
///
/// `WIDEST <= text.len()`
#[inline(always)]
pub(crate) unsafe fn plain_length<I: Instructions>(i: I, text: &[u8]) -> usize {
    // SAFETY: `WIDTH <= WIDEST`.
    let mask = i.mask(i.special(unsafe { i.load(text, 0) }));
    // A bit above those of a vector limits the count.
    let end = if I::WIDTH << I::SHIFT < 64 { 1 << (I::WIDTH << I::SHIFT) } else { 0 };
    ((mask | end).trailing_zeros() >> I::SHIFT) as usize
}

/// How many bytes [`plain_length_of_many`] looks at, at most.
pub(crate) const MANY: usize = 256;

/// Like [`plain_length`], for several vectors. No branch depends on which of them has the first special byte. If there
/// is none, the length of all of them.
#[inline(always)]
pub(crate) fn plain_length_of_many<I: Instructions>(i: I, text: &[u8; MANY]) -> usize {
    /// More vectors do not pay if they are small.
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

/// The 8 bytes of `text` from `at` on, the first one in the lowest bits.
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

/// Where the first [special](Instructions::special) byte from `at` on is; the length of `text` if there is none.
#[inline(always)]
pub(crate) fn find_special<I: Instructions>(i: I, text: &[u8], at: usize) -> usize {
    find(i, text, at, I::special)
}

/// Like [`find_special`], for [closing](Instructions::closing) bytes.
#[inline(always)]
pub(crate) fn find_closing<I: Instructions>(i: I, text: &[u8], at: usize) -> usize {
    find(i, text, at, I::closing)
}

/// Finds the [special](Instructions::special) bytes of a text one after another. It looks at each vector about once, so
/// going from one special byte to the next is faster than a new search.
pub(crate) struct Specials {
    /// Where the last vector that was looked at begins.
    start: usize,
    /// The mask of the special bytes in it.
    mask: u64,
}

impl Specials {
    /// No vector has been looked at: it would lie behind every text.
    pub(crate) const NONE: Self = Self { start: usize::MAX - WIDEST, mask: 0 };

    /// Where the next special byte from `at` on is; the length of `text` if there is none. No special byte is missed,
    /// but the byte found may have been flagged without cause. The text must be the same in each call.
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

/// [`find_special`] for less than a vector of text. Kept out of the loop.
#[inline(never)]
fn find_near_end(text: &[u8], at: usize) -> usize {
    find_special(Portable, text, at)
}

/// Prefetches the memory some way behind the start of `text`, whether or not it belongs to the text.
#[inline(always)]
pub(crate) fn prefetch<I: Instructions>(i: I, text: &[u8]) {
    /// Memory takes as long to arrive as this much text takes to read.
    const AHEAD: usize = 2 << 10;
    i.prefetch(text.as_ptr().wrapping_add(AHEAD));
}

/// A mask of the bytes of a block that equal `byte`, for kernels whose masks have one bit for each byte.
#[inline(always)]
pub(crate) fn equal<I: Instructions>(i: I, block: &[u8; WIDEST], byte: u8) -> u64 {
    let mut mask = 0;
    for at in (0..WIDEST).step_by(I::WIDTH) {
        // SAFETY: `WIDTH` divides `WIDEST`, as they are powers of 2.
        mask |= equal_to(i, unsafe { i.load(block, at) }, byte) << at;
    }
    mask
}

/// A mask of the bytes of a vector that equal `byte`, for the same kernels.
#[inline(always)]
pub(super) fn equal_to<I: Instructions>(i: I, vector: I::Vector, byte: u8) -> u64 {
    let wanted = [byte; WIDEST];
    // SAFETY: no vector is wider.
    let wanted = unsafe { i.load(&wanted, 0) };
    !i.unequal(vector, wanted) & u64::MAX >> (u64::BITS - I::WIDTH as u32)
}

/// Which bytes are escaped: those after a backslash that is not escaped itself. `first` is 1 if the first byte is
/// escaped. Also returns that bit for the next block.
#[inline(always)]
pub(super) const fn escaped(backslashes: u64, first: u64) -> (u64, u64) {
    const ODD_BITS: u64 = 0xaaaa_aaaa_aaaa_aaaa;
    // Runs of backslashes that begin at an even place and those that begin at an odd place carry into different bits.
    let begins = backslashes & !first;
    let runs = ((begins << 1) | ODD_BITS).wrapping_sub(begins) ^ ODD_BITS;
    (runs ^ (backslashes | first), (runs & backslashes) >> 63)
}

/// Sets the bits from the first set bit up to the second (exclusive), from the third up to the fourth, and so on: the
/// prefix XOR.
#[inline(always)]
pub(crate) const fn from_odd_to_even(mut bits: u64) -> u64 {
    let mut shift = 1;
    while shift < u64::BITS {
        bits ^= bits << shift;
        shift *= 2;
    }
    bits
}

/// How many bytes of white space there are at `at`. `None` if the text has no whole vector there, or the vector is all
/// blank.
#[inline(always)]
pub(crate) fn leading_blanks<I: Instructions>(i: I, text: &[u8], at: usize) -> Option<usize> {
    if text.len().checked_sub(at)? < I::WIDTH {
        return None;
    }
    // SAFETY: as was just seen.
    let mask = i.mask(i.nonblank(unsafe { i.load(text, at) }));
    (mask != 0).then(|| (mask.trailing_zeros() >> I::SHIFT) as usize)
}

/// Masks of the bytes of the vector at `at` that are not digits, and of those that are not points. `None` if there is
/// too little text.
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
