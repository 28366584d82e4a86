//! Works on many bytes at a time: all SIMD code, and nearly all unsafe code.
//!
//! [`Instructions`] is the small vector interface that each kernel file implements for one instruction set. [`scan`],
//! [`index`] and [`mod@unescape`] are the algorithms, written once on top of it. [`Kernel`] is the implementation
//! chosen at run time; it runs an [`Operation`]. A value of a kernel proves that the CPU has its instructions, because
//! only detection makes one.
//!
//! This code knows nothing of JSON except escapes and the bytes that matter in strings and numbers. To add an
//! instruction set, add a file like `avx2.rs`, a variant of [`Choice`] and a name in [`Kernel::NAMES`]. The tests then
//! run on it without a change.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(any(fuzzing, test))]
pub(crate) mod fuzzing;
mod index;
mod instructions;
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
#[cfg(all(target_arch = "aarch64", target_endian = "little"))]
use neon::Neon;
use std::fmt;

pub(crate) use index::{Index, Indexed};
pub(crate) use instructions::{Instructions, ODD, Operation, WIDEST};
pub(crate) use portable::{Portable, each};
pub(crate) use rest::Rest;
pub(crate) use scan::{
    MANY, Pattern, Specials, digits_and_points, equal, equals, find_closing, find_special,
    from_odd_to_even, is_plain, leading_blanks, plain_length, plain_length_of_many, prefetch, word,
};
pub(crate) use unescape::{
    MOST_REACH, NO_DIGIT, SIMPLE_ESCAPES, Then, Unescaped, hex, of_pair, reach, unescape,
};

/// The vector instructions that a [`Parser`](crate::Parser) works with.
///
/// All kernels give the same results. [`detect`](Self::detect) chooses the fastest one that the CPU supports. To use
/// another one, for tests and measurements, set [`Options::kernel`](crate::Options::kernel).
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

    /// The kernel with this name, if this CPU has its instructions: `avx512`, `avx2`, `neon` or `portable`.
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

    /// The fastest of the [available](Self::available) kernels.
    ///
    /// ```
    /// use gapwise::Kernel;
    ///
    /// assert_eq!(Some(Kernel::detect()), Kernel::available().next());
    /// ```
    pub fn detect() -> Self {
        Self::available().next().unwrap_or(Self(Choice::Portable(Portable)))
    }

    /// The name of the kernel, as [`named`](Self::named) takes it.
    ///
    /// ```
    /// use gapwise::Kernel;
    ///
    /// let kernel = Kernel::detect();
    /// assert_eq!(Kernel::named(kernel.name()), Some(kernel));
    /// ```
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
