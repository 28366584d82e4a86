//! aarch64 with NEON: 16 bytes at a time.
//!
//! NEON has no instruction that gathers one bit of each byte. Narrowing each 16 bits to 8 leaves four bits for each
//! byte, in one register.

use super::instructions::{BLANKS, Instructions, OBJECT, Operation, STRUCTURAL};
use std::arch::aarch64::{
    int8x16_t, uint8x16_t, vandq_u8, vceqq_u8, vcgtq_u8, vcleq_u8, vcltq_s8, vdupq_n_s8,
    vdupq_n_u8, veorq_u8, vget_lane_u64, vld1q_u8, vminq_s8, vminq_u8, vminvq_s8, vminvq_u8,
    vmvnq_u8, vorrq_u8, vqtbl1q_u8, vreinterpret_u64_u8, vreinterpretq_s8_u8, vreinterpretq_u16_u8,
    vshrn_n_u16, vst1q_u8, vsubq_u8,
};
use std::arch::is_aarch64_feature_detected;

/// Proof that the CPU has NEON.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Neon(());

impl Neon {
    pub(super) fn detect() -> Option<Self> {
        is_aarch64_feature_detected!("neon").then_some(Self(()))
    }
}

/// Runs an operation compiled for these instructions.
#[target_feature(enable = "neon")]
fn run<O: Operation>(instructions: Neon, operation: O) -> O::Output {
    operation.run(instructions)
}

// SAFETY: for the `impl` and all blocks below, the constants are those of the vector, whose bytes are all
// compared alike, so that no flag is wrong. The instructions are NEON's,
// which a value of `Neon` proves to be there. Loads and stores touch the bytes that the caller vouches
// for, at any alignment.
unsafe impl Instructions for Neon {
    const WIDTH: usize = 16;
    const SHIFT: u32 = 2;
    type Vector = uint8x16_t;
    type Flags = uint8x16_t;
    /// As in the AVX2 kernel.
    type Worst = (int8x16_t, uint8x16_t);

    #[inline(always)]
    unsafe fn load(self, text: &[u8], at: usize) -> uint8x16_t {
        debug_assert!(at + Self::WIDTH <= text.len());
        // SAFETY: see above the `impl`.
        unsafe { vld1q_u8(text.as_ptr().add(at)) }
    }

    #[inline(always)]
    unsafe fn store(self, vector: uint8x16_t, room: &mut [u8], at: usize) {
        debug_assert!(at + Self::WIDTH <= room.len());
        // SAFETY: see above the `impl`.
        unsafe { vst1q_u8(room.as_mut_ptr().add(at), vector) }
    }

    #[inline(always)]
    fn unequal(self, a: uint8x16_t, b: uint8x16_t) -> u64 {
        // SAFETY: see above the `impl`.
        !self.mask(unsafe { vceqq_u8(a, b) })
    }

    #[inline(always)]
    fn special(self, vector: uint8x16_t) -> uint8x16_t {
        // SAFETY: see above the `impl`.
        unsafe {
            // As in the AVX2 kernel: one comparison finds all but the backslash.
            let turned = veorq_u8(vector, vdupq_n_u8(2));
            vorrq_u8(
                vcltq_s8(vreinterpretq_s8_u8(turned), vdupq_n_s8(0x21)),
                vceqq_u8(turned, vdupq_n_u8(b'\\' ^ 2)),
            )
        }
    }

    #[inline(always)]
    fn closing(self, vector: uint8x16_t) -> uint8x16_t {
        // SAFETY: see above the `impl`.
        unsafe {
            let turned = veorq_u8(vector, vdupq_n_u8(2));
            vorrq_u8(vcleq_u8(turned, vdupq_n_u8(0x20)), vceqq_u8(turned, vdupq_n_u8(b'\\' ^ 2)))
        }
    }

    #[inline(always)]
    fn nonblank(self, vector: uint8x16_t) -> uint8x16_t {
        // SAFETY: see above the `impl`; `BLANKS` has the 16 bytes.
        unsafe {
            let place = vandq_u8(vector, vdupq_n_u8(0xf));
            vmvnq_u8(vceqq_u8(vqtbl1q_u8(vld1q_u8(BLANKS.as_ptr()), place), vector))
        }
    }

    #[inline(always)]
    fn structural(self, vector: uint8x16_t) -> uint8x16_t {
        // SAFETY: see above the `impl`; `STRUCTURAL` has the 16 bytes.
        unsafe {
            let place = vandq_u8(vector, vdupq_n_u8(0xf));
            let as_object = vorrq_u8(vector, vdupq_n_u8(OBJECT));
            vceqq_u8(vqtbl1q_u8(vld1q_u8(STRUCTURAL.as_ptr()), place), as_object)
        }
    }

    #[inline(always)]
    fn nondigit(self, vector: uint8x16_t) -> uint8x16_t {
        // SAFETY: see above the `impl`.
        unsafe { vcgtq_u8(vsubq_u8(vector, vdupq_n_u8(b'0')), vdupq_n_u8(9)) }
    }

    #[inline(always)]
    fn mask(self, flags: uint8x16_t) -> u64 {
        // SAFETY: see above the `impl`.
        unsafe {
            vget_lane_u64::<0>(vreinterpret_u64_u8(vshrn_n_u16::<4>(vreinterpretq_u16_u8(flags))))
        }
    }

    #[inline(always)]
    fn worst(self, vector: uint8x16_t) -> (int8x16_t, uint8x16_t) {
        // SAFETY: see above the `impl`.
        unsafe {
            let turned = veorq_u8(vector, vdupq_n_u8(2));
            (vreinterpretq_s8_u8(turned), vsubq_u8(vector, vdupq_n_u8(b'\\')))
        }
    }

    #[inline(always)]
    fn worse(
        self,
        a: (int8x16_t, uint8x16_t),
        b: (int8x16_t, uint8x16_t),
    ) -> (int8x16_t, uint8x16_t) {
        // SAFETY: see above the `impl`.
        unsafe { (vminq_s8(a.0, b.0), vminq_u8(a.1, b.1)) }
    }

    #[inline(always)]
    fn is_plain(self, (turned, backslash): (int8x16_t, uint8x16_t)) -> bool {
        // SAFETY: see above the `impl`.
        unsafe { vminvq_s8(turned) > 0x20 && vminvq_u8(backslash) > 0 }
    }

    #[inline(always)]
    fn run<O: Operation>(self, operation: O) -> O::Output {
        // SAFETY: the value proves that the CPU has the instructions.
        unsafe { run(self, operation) }
    }
}
