//! Any CPU: 8 bytes at a time in a register of 64 bits, without vector instructions.
//!
//! A flag is the highest bit of a byte. The subtractions below borrow from the next higher byte where a byte is
//! flagged, so flags above the first one may be set without cause. No flag below the first one is ever wrong, and none
//! is set if there is nothing to flag.
//! where there is none.

use super::instructions::{Instructions, OBJECT, Operation};

/// The kernel that every CPU has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Portable;

/// A word with this byte in every place.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

const HIGHEST: u64 = each(0x80);

/// Sets the highest bit of each byte that differs from this one. No sum of seven bits carries into the next byte.
#[inline(always)]
fn others(vector: u64, byte: u8) -> u64 {
    let bits = vector ^ each(byte);
    ((bits & each(0x7f)) + each(0x7f)) | bits
}

// SAFETY: a word is 8 bytes, a bit of each byte flags it; see the comments in the functions.
unsafe impl Instructions for Portable {
    const WIDTH: usize = 8;
    const SHIFT: u32 = 3;
    type Vector = u64;
    type Flags = u64;
    type Worst = u64;

    #[inline(always)]
    unsafe fn load(self, text: &[u8], at: usize) -> u64 {
        debug_assert!(at + Self::WIDTH <= text.len());
        // SAFETY: the caller vouches for these bytes; any alignment will do.
        u64::from_le(unsafe { text.as_ptr().add(at).cast::<u64>().read_unaligned() })
    }

    #[inline(always)]
    unsafe fn store(self, vector: u64, room: &mut [u8], at: usize) {
        debug_assert!(at + Self::WIDTH <= room.len());
        // SAFETY: the caller vouches for these bytes; any alignment will do.
        unsafe { room.as_mut_ptr().add(at).cast::<u64>().write_unaligned(vector.to_le()) }
    }

    #[inline(always)]
    fn unequal(self, a: u64, b: u64) -> u64 {
        a ^ b
    }

    #[inline(always)]
    fn special(self, vector: u64) -> u64 {
        // As in the AVX2 kernel: one subtraction finds all but backslashes and bytes that are not ASCII.
        let turned = vector ^ each(2);
        let backslash = vector ^ each(b'\\');
        let below = turned.wrapping_sub(each(0x21)) | backslash.wrapping_sub(each(1));
        (below | vector) & HIGHEST
    }

    #[inline(always)]
    fn closing(self, vector: u64) -> u64 {
        let turned = vector ^ each(2);
        let backslash = vector ^ each(b'\\');
        let below = turned.wrapping_sub(each(0x21)) | backslash.wrapping_sub(each(1));
        below & !vector & HIGHEST
    }

    #[inline(always)]
    fn nonblank(self, vector: u64) -> u64 {
        let others = |byte| others(vector, byte);
        others(b' ') & others(b'\t') & others(b'\n') & others(b'\r') & HIGHEST
    }

    #[inline(always)]
    fn structural(self, vector: u64) -> u64 {
        let others = |byte| others(vector | each(OBJECT), byte);
        !(others(b'{') & others(b'}') & others(b':') & others(b',')) & HIGHEST
    }

    #[inline(always)]
    fn nondigit(self, vector: u64) -> u64 {
        // As in `nonblank`, nothing is carried into the next byte.
        let digits = vector ^ each(b'0');
        (((digits & each(0x7f)) + each(0x7f - 9)) | digits) & HIGHEST
    }

    #[inline(always)]
    fn mask(self, flags: u64) -> u64 {
        flags
    }

    #[inline(always)]
    fn worst(self, vector: u64) -> u64 {
        self.special(vector)
    }

    #[inline(always)]
    fn worse(self, a: u64, b: u64) -> u64 {
        a | b
    }

    #[inline(always)]
    fn is_plain(self, worst: u64) -> bool {
        worst == 0
    }

    #[inline(never)]
    fn run<O: Operation>(self, operation: O) -> O::Output {
        operation.run(self)
    }
}
