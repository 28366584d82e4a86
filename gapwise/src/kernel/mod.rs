//! Many bytes at a time: the only SIMD, and nearly the only unsafe code.
//!
//! [`Instructions`] is the small vector interface that each kernel file fills in for one instruction set;
//! [`scan`] has the algorithms, written once over it. [`Kernel`] is the one that was chosen at run time,
//! and runs an [`Operation`] with it. A kernel's value is the proof that the CPU has its instructions: it
//! is made by detection only.
//!
//! Nothing here knows JSON beyond strings and numbers: the bytes that matter in them, and escapes. A new instruction set is a file
//! beside `avx2.rs`, a variant of [`Choice`], and its name in [`Kernel::NAMES`]; the tests then run on it by
//! themselves.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(any(fuzzing, test))]
pub(crate) mod fuzzing;
mod index;
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
mod neon;
mod portable;
mod rest;
mod scan;
#[cfg(test)]
mod tests;
mod unescape;

#[cfg(target_arch = "x86_64")]
use self::{avx2::Avx2, avx512::Avx512};
use index::{MOST_PICKED, Picked};
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
use neon::Neon;
use std::fmt;

pub(crate) use index::{Index, Indexed, ODD};
pub(crate) use portable::{Portable, each};
pub(crate) use rest::Rest;
pub(crate) use scan::{
    MANY, Pattern, Specials, digits_and_points, equal, equals, find_closing, find_special,
    from_odd_to_even, is_plain, leading_blanks, plain_length, plain_length_of_many, prefetch, word,
};
pub(crate) use unescape::{
    MOST_REACH, NO_DIGIT, SIMPLE_ESCAPES, Then, Unescaped, hex, of_pair, reach, unescape,
};

/// No vector of a kernel is wider, in bytes: how far one may read beyond the place it was given.
pub(crate) const WIDEST: usize = 64;

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
    /// `base`, which is less than `1 << CLASS`, and the byte itself, or [`ODD`], from [`CLASS`](index::CLASS) on. What is written behind
    /// them means nothing.
    #[inline(always)]
    fn pick(self, block: &[u8; WIDEST], base: u32, picked: Picked, room: &mut [u32; MOST_PICKED]) {
        index::pick(block, base, picked, room);
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
const BLANKS: [u8; 16] = {
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
const STRUCTURAL: [u8; 16] = {
    let mut table = [0; 16];
    table[b':' as usize % 16] = b':';
    table[b'{' as usize % 16] = b'{';
    table[b',' as usize % 16] = b',';
    table[b'}' as usize % 16] = b'}';
    table
};

/// The bit in which the brackets of objects differ from those of arrays.
const OBJECT: u8 = b'{' ^ b'[';

/// What is to be done with a kernel: code that is compiled for each.
pub(crate) trait Operation {
    type Output;

    /// Must be inlined, with all that it calls on the way to the instructions: only then is it compiled
    /// for their instruction set.
    fn run<I: Instructions>(self, instructions: I) -> Self::Output;
}

/// The vector instructions that a [`Parser`](crate::Parser) works with.
///
/// All give the same results. The fastest that the CPU has is chosen by [`detect`](Self::detect); to have
/// another, for tests and measurements, there is [`Options::kernel`](crate::Options::kernel).
///
/// ```
/// use gapwise::{Kernel, Options, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let portable = Kernel::named("portable").expect("is there on every CPU");
/// let parser = Options::new().kernel(portable).parser::<Line>();
/// assert_eq!(parser.kernel().name(), "portable");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kernel(Choice);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Choice {
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    Neon(Neon),
    Portable(Portable),
}

impl Kernel {
    /// The names of all kernels, the fastest first.
    const NAMES: [&'static str; 4] = ["avx512", "avx2", "neon", "portable"];

    /// The kernel of this name, if this CPU has its instructions: `avx512`, `avx2`, `neon`, `portable`.
    ///
    /// ```
    /// use gapwise::Kernel;
    ///
    /// assert!(Kernel::named("portable").is_some());
    /// assert!(Kernel::named("abacus").is_none());
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let choice = match name {
            #[cfg(target_arch = "x86_64")]
            "avx512" => Choice::Avx512(Avx512::detect()?),
            #[cfg(target_arch = "x86_64")]
            "avx2" => Choice::Avx2(Avx2::detect()?),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            "neon" => Choice::Neon(Neon::detect()?),
            "portable" => Choice::Portable(Portable),
            _ => return None,
        };
        Some(Self(choice))
    }

    /// The kernels that this CPU has instructions for, the fastest first.
    ///
    /// ```
    /// use gapwise::Kernel;
    ///
    /// assert_eq!(Kernel::available().last().unwrap().name(), "portable");
    /// ```
    pub fn available() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().filter_map(Self::named)
    }

    /// The fastest of those that are [available](Self::available).
    ///
    /// ```
    /// use gapwise::Kernel;
    ///
    /// assert_eq!(Some(Kernel::detect()), Kernel::available().next());
    /// ```
    pub fn detect() -> Self {
        Self::available().next().unwrap_or(Self(Choice::Portable(Portable)))
    }

    /// The name that [`named`](Self::named) knows it by.
    pub const fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Choice::Avx512(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            Choice::Avx2(_) => "avx2",
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Choice::Neon(_) => "neon",
            Choice::Portable(_) => "portable",
        }
    }

    /// Runs `operation`, compiled for this kernel.
    #[inline]
    pub(crate) fn run<O: Operation>(self, operation: O) -> O::Output {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Choice::Avx512(instructions) => instructions.run(operation),
            #[cfg(target_arch = "x86_64")]
            Choice::Avx2(instructions) => instructions.run(operation),
            #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
            Choice::Neon(instructions) => instructions.run(operation),
            Choice::Portable(instructions) => instructions.run(operation),
        }
    }
}

impl Default for Kernel {
    fn default() -> Self {
        Self::detect()
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kernel").field(&self.name()).finish()
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
