//! The vector interface that each kernel file implements for one instruction set.
//!
//! The algorithms know nothing else about a CPU, and the kernels nothing about the algorithms.

/// The widest vector of any kernel, in bytes. The hot loop may read this far beyond a place.
pub(crate) const WIDEST: usize = 64;

/// The class of a quote that ends a string that is not plain.
pub(crate) const ODD: u8 = 1;

/// By how many bits the class of an entry is shifted.
pub(super) const CLASS: u32 = 24;

/// What a kernel implements: one vector type, and questions about its bytes.
///
/// The answers are flags, one for each byte. [`mask`](Self::mask) turns them into a number, in which the byte `index`
/// has the bits from `index << SHIFT` on. [`special`](Self::special), [`closing`](Self::closing) and
/// [`nonblank`](Self::nonblank) may set flags without cause, but only above the first flag with a cause; they never
/// miss one.
///
/// # Safety
///
/// Unsafe code relies on the constants and the answers:
///
/// - `WIDTH` is at most [`WIDEST`], and a mask holds `WIDTH << SHIFT` bits;
/// - [`special`](Self::special) flags all special bytes, and nothing before the first one;
/// - [`nonblank`](Self::nonblank) flags everything that is not blank;
/// - [`structural`](Self::structural) flags neither quotes nor backslashes;
/// - [`pick`](Self::pick) and [`squeeze`](Self::squeeze) write what they should, the latter only where a mask has one
///   bit for each byte;
/// - [`mask`](Self::mask) loses no flag and adds none;
/// - [`is_plain`](Self::is_plain) is true only if there is no special byte in the vectors;
/// - [`unequal`](Self::unequal) flags all bytes that differ.
pub(crate) unsafe trait Instructions: Copy {
    /// The number of bytes in a vector: at most [`WIDEST`].
    const WIDTH: usize;
    /// The logarithm to base 2 of the number of bits that a mask has for each byte.
    const SHIFT: u32;
    type Vector: Copy;
    type Flags: Copy;
    /// The worst byte of some vectors at each place. It tells whether any of them is special, but not which.
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

    /// The worst bytes of one vector: its own.
    fn worst(self, vector: Self::Vector) -> Self::Worst;

    /// The worse byte of two at each place.
    fn worse(self, a: Self::Worst, b: Self::Worst) -> Self::Worst;

    /// Writes an entry for each picked byte of a block, in order: the place of the byte, and the byte itself, or
    /// [`ODD`], from bit [`CLASS`] on. The block begins at `base`, which is less than `1 << CLASS`. What is written
    /// behind the entries has no meaning.
    #[inline(always)]
    fn pick(self, block: &[u8; WIDEST], base: u32, picked: Picked, room: &mut [u32; MOST_PICKED]) {
        pick(block, base, picked, room);
    }

    /// Whether there is an instruction for [`squeeze`](Self::squeeze). If so, a mask has one bit for each byte.
    const SQUEEZES: bool = false;

    /// Writes the kept bytes of a vector, one after another. What is written behind them, up to the length of a vector,
    /// has no meaning.
    ///
    /// # Safety
    ///
    /// There is room for a vector, and [`SQUEEZES`](Self::SQUEEZES) is true.
    #[inline(always)]
    unsafe fn squeeze(self, _: Self::Vector, _kept: u64, _room: *mut u8) {
        unreachable!("there is no instruction for it");
    }

    /// Whether no byte of the vectors is [special](Self::special).
    fn is_plain(self, worst: Self::Worst) -> bool;

    /// Runs `operation`, compiled for these instructions, as a function of its own.
    fn run<O: Operation>(self, operation: O) -> O::Output;

    /// Prefetches the memory at any address. Does nothing if there is no instruction for it.
    #[inline(always)]
    fn prefetch(self, _: *const u8) {}
}

/// Finds white space by lookup. Each white space character of JSON stands at the place that its lower four bits name;
/// every other place holds a byte that cannot belong there.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) const BLANKS: [u8; 16] = {
    let mut table = [0; 16];
    table[b' ' as usize % 16] = b' ';
    table[b'\t' as usize % 16] = b'\t';
    table[b'\n' as usize % 16] = b'\n';
    table[b'\r' as usize % 16] = b'\r';
    table
};

/// Finds structural bytes by lookup, as `BLANKS` finds white space. The brackets of arrays and objects share a place:
/// they differ only in one bit, which all other structural bytes have set.
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

/// Work for a kernel: code that is compiled for each instruction set.
pub(crate) trait Operation {
    type Output;

    /// Must be inlined, with everything that it calls on the way to the instructions: only then is it compiled for
    /// their instruction set.
    fn run<I: Instructions>(self, instructions: I) -> Self::Output;
}

/// The bytes of a block to pick.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Picked {
    pub(super) all: u64,
    /// Those for which [`ODD`] is written instead of the byte.
    pub(super) odd: u64,
}

/// How many entries are written at most when the bytes of a block are picked.
pub(super) const MOST_PICKED: usize = WIDEST + TURN;

/// How many entries the implementation that writes them one by one writes in a turn.
const TURN: usize = 8;

/// [`Instructions::pick`], one entry after another.
#[inline(always)]
pub(super) fn pick(
    block: &[u8; WIDEST],
    base: u32,
    Picked { all, mut odd }: Picked,
    room: &mut [u32; MOST_PICKED],
) {
    let mut left = all;
    for turn in room.as_chunks_mut::<TURN>().0 {
        // Always a whole turn, because nobody can predict how many entries there are; the surplus has no meaning.
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
