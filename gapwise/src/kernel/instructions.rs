//! The vector interface that each kernel file implements for one instruction set.
//!
//! The algorithms know nothing else about a CPU, and the kernels nothing about the algorithms.

/// No vector of a kernel is wider, in bytes: how far one may read beyond the place it was given.
pub(crate) const WIDEST: usize = 64;

/// The class of a quote that ends a string in which not all is plain.
pub(crate) const ODD: u8 = 1;

/// By how much the class of an entry is shifted.
pub(super) const CLASS: u32 = 24;

/// What a kernel is made of: one vector, and questions about its bytes.
///
/// The answers are flags, one a byte; [`mask`](Self::mask) makes a number of them, in which the byte
/// `index` has the bits from `index << SHIFT` on. Of the flags of [`special`](Self::special),
/// [`closing`](Self::closing) and [`nonblank`](Self::nonblank), those above the first one set may be set
/// without cause; none is missing.
///
/// # Safety
///
/// Unsafe code believes the constants and the answers: `WIDTH` is at most [`WIDEST`] and a mask holds
/// `WIDTH << SHIFT` bits; [`special`](Self::special) flags all special bytes, and none before the first one,
/// [`nonblank`](Self::nonblank) flags all that is not blank, [`structural`](Self::structural) neither quotes nor backslashes,
/// [`pick`](Self::pick) and [`squeeze`](Self::squeeze) write what they should, the latter only where a mask has a bit a byte,
/// [`mask`](Self::mask) loses no flag and adds none, [`is_plain`](Self::is_plain) is true only if there is no special byte
/// in the vectors, and [`unequal`](Self::unequal) flags all that differ.
pub(crate) unsafe trait Instructions: Copy {
    /// Bytes of a vector: [`WIDEST`] at most.
    const WIDTH: usize;
    /// The logarithm to base 2 of the bits a byte has in a mask.
    const SHIFT: u32;
    type Vector: Copy;
    type Flags: Copy;
    /// The worst bytes of some vectors at each place: they tell whether one is special, but not where.
    type Worst: Copy;

    /// The `WIDTH` bytes of `text` from `at` on.
    ///
    /// # Safety
    ///
    /// `at + WIDTH <= text.len()`
    unsafe fn load(self, text: &[u8], at: usize) -> Self::Vector;

    /// Writes the vector to the `WIDTH` bytes of `room` from `at` on.
    ///
    /// # Safety
    ///
    /// `at + WIDTH <= room.len()`
    unsafe fn store(self, vector: Self::Vector, room: &mut [u8], at: usize);

    /// A mask with bits set in each byte that differs, and in no other.
    fn unequal(self, a: Self::Vector, b: Self::Vector) -> u64;

    /// Quotes, backslashes, control characters and all that is not ASCII.
    fn special(self, vector: Self::Vector) -> Self::Flags;

    /// Quotes, backslashes and control characters.
    fn closing(self, vector: Self::Vector) -> Self::Flags;

    /// All but spaces, tabs, line feeds and carriage returns.
    fn nonblank(self, vector: Self::Vector) -> Self::Flags;

    /// Brackets, colons and commas, and perhaps control characters.
    fn structural(self, vector: Self::Vector) -> Self::Flags;

    /// All but digits.
    fn nondigit(self, vector: Self::Vector) -> Self::Flags;

    fn mask(self, flags: Self::Flags) -> u64;

    /// Of one vector, each byte is the worst at its place.
    fn worst(self, vector: Self::Vector) -> Self::Worst;

    /// What is worse at each place.
    fn worse(self, a: Self::Worst, b: Self::Worst) -> Self::Worst;

    /// Writes a number for each byte of a block that is picked, in their order: where it stands, if the block begins at
    /// `base`, which is less than `1 << CLASS`, and the byte itself, or [`ODD`], from [`CLASS`] on. What is written behind
    /// them means nothing.
    #[inline(always)]
    fn pick(self, block: &[u8; WIDEST], base: u32, picked: Picked, room: &mut [u32; MOST_PICKED]) {
        pick(block, base, picked, room);
    }

    /// Whether there is an instruction for [`squeeze`](Self::squeeze). A mask has a bit a byte then.
    const SQUEEZES: bool = false;

    /// Writes those bytes of a vector that are kept, one after another. What is written behind them, up to a vector, means
    /// nothing.
    ///
    /// # Safety
    ///
    /// There is room for a vector, and [`SQUEEZES`](Self::SQUEEZES) is true.
    #[inline(always)]
    unsafe fn squeeze(self, _: Self::Vector, _kept: u64, _room: *mut u8) {
        unreachable!("there is no instruction for it");
    }

    /// Whether none of the bytes of the vectors is [special](Self::special).
    fn is_plain(self, worst: Self::Worst) -> bool;

    /// Runs `operation`, compiled for these instructions, as a function by itself.
    fn run<O: Operation>(self, operation: O) -> O::Output;

    /// Has the memory at an address fetched, which may be any. Does nothing where there is no instruction for it.
    #[inline(always)]
    fn prefetch(self, _: *const u8) {}
}

/// The white space of JSON, each at the place that its lower four bits name, and elsewhere a byte that does not
/// belong there: what a vector looks up to find out which of its bytes are white space.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) const BLANKS: [u8; 16] = {
    let mut table = [0; 16];
    table[b' ' as usize % 16] = b' ';
    table[b'\t' as usize % 16] = b'\t';
    table[b'\n' as usize % 16] = b'\n';
    table[b'\r' as usize % 16] = b'\r';
    table
};

/// The bytes of structure, each at the place that its lower four bits name, as `BLANKS` are; those of arrays as those of
/// objects, from which they differ in one bit that all others have.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) const STRUCTURAL: [u8; 16] = {
    let mut table = [0; 16];
    table[b':' as usize % 16] = b':';
    table[b'{' as usize % 16] = b'{';
    table[b',' as usize % 16] = b',';
    table[b'}' as usize % 16] = b'}';
    table
};

/// The bit in which the brackets of objects differ from those of arrays.
pub(super) const OBJECT: u8 = b'{' ^ b'[';

/// What is to be done with a kernel: code that is compiled for each.
pub(crate) trait Operation {
    type Output;

    /// Must be inlined, with all that it calls on the way to the instructions: only then is it compiled
    /// for their instruction set.
    fn run<I: Instructions>(self, instructions: I) -> Self::Output;
}

/// Bytes of a block to be picked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Picked {
    pub(super) all: u64,
    /// Those of them for which another stands.
    pub(super) odd: u64,
}

/// How many are written at most where bytes of a block are picked.
pub(super) const MOST_PICKED: usize = WIDEST + TURN;

/// So many are written at a time by those who do it one by one.
const TURN: usize = 8;

/// [`Instructions::pick`], one by one.
#[inline(always)]
pub(super) fn pick(
    block: &[u8; WIDEST],
    base: u32,
    Picked { all, mut odd }: Picked,
    room: &mut [u32; MOST_PICKED],
) {
    let mut left = all;
    for turn in room.as_chunks_mut::<TURN>().0 {
        // More than there are, which come to nothing: how many there are, nobody can predict.
        for entry in turn {
            let place = left.trailing_zeros();
            let class = block[place as usize % WIDEST];
            *entry = (base + place) | u32::from(class) << CLASS;
            left &= left.wrapping_sub(1);
        }
        if left == 0 {
            break;
        }
    }
    while odd != 0 {
        let place = odd.trailing_zeros();
        let before = all & !(u64::MAX << place);
        room[before.count_ones() as usize] = (base + place) | u32::from(ODD) << CLASS;
        odd &= odd - 1;
    }
}
