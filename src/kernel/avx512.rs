//! x86-64 with AVX-512 (BW): 64 bytes at a time, flags in mask registers.

use super::{BLANKS, Instructions, Operation};
use std::arch::x86_64::{
    __m512i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm512_broadcast_i32x4,
    _mm512_cmpeq_epi8_mask, _mm512_cmple_epu8_mask, _mm512_cmplt_epi8_mask,
    _mm512_cmpneq_epi8_mask, _mm512_loadu_epi8, _mm512_set1_epi8, _mm512_shuffle_epi8,
    _mm512_storeu_epi8, _mm512_xor_si512,
};

/// The proof that the CPU has AVX-512 F and BW, BMI1 and BMI2.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Avx512(());

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let has_all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2");
        has_all.then_some(Self(()))
    }
}

/// Runs an operation that is compiled for these instructions.
// By itself also where all of a program is compiled for these instructions: the hot loop needs all registers.
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,bmi1,bmi2")]
pub(super) fn run<O: Operation>(instructions: Avx512, operation: O) -> O::Output {
    operation.run(instructions)
}

// SAFETY: for the `impl` and all blocks below, the constants are those of the vector, whose bytes are all
// compared alike, so that no flag is wrong. The instructions are those of AVX-512 F and BW and older ones,
// which a value of `Avx512` proves to be there. Loads and stores touch the bytes that the caller vouches
// for, at any alignment.
unsafe impl Instructions for Avx512 {
    const WIDTH: usize = 64;
    const SHIFT: u32 = 0;
    const LAST: u64 = 1 << 63;
    type Vector = __m512i;
    type Flags = u64;

    #[inline(always)]
    unsafe fn load(self, text: &[u8], at: usize) -> __m512i {
        debug_assert!(at + Self::WIDTH <= text.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm512_loadu_epi8(text.as_ptr().add(at).cast()) }
    }

    #[inline(always)]
    unsafe fn store(self, vector: __m512i, room: &mut [u8], at: usize) {
        debug_assert!(at + Self::WIDTH <= room.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm512_storeu_epi8(room.as_mut_ptr().add(at).cast(), vector) }
    }

    #[inline(always)]
    fn unequal(self, a: __m512i, b: __m512i) -> u64 {
        // SAFETY: see above the `impl`.
        unsafe { _mm512_cmpneq_epi8_mask(a, b) }
    }

    #[inline(always)]
    fn special(self, vector: __m512i) -> u64 {
        // SAFETY: see above the `impl`.
        unsafe {
            // As in the AVX2 kernel: one compare finds all but the backslash.
            let turned = _mm512_xor_si512(vector, _mm512_set1_epi8(2));
            _mm512_cmplt_epi8_mask(turned, _mm512_set1_epi8(0x21))
                | _mm512_cmpeq_epi8_mask(turned, _mm512_set1_epi8(b'\\' as i8 ^ 2))
        }
    }

    #[inline(always)]
    fn closing(self, vector: __m512i) -> u64 {
        // SAFETY: see above the `impl`.
        unsafe {
            let turned = _mm512_xor_si512(vector, _mm512_set1_epi8(2));
            _mm512_cmple_epu8_mask(turned, _mm512_set1_epi8(0x20))
                | _mm512_cmpeq_epi8_mask(turned, _mm512_set1_epi8(b'\\' as i8 ^ 2))
        }
    }

    #[inline(always)]
    fn nonblank(self, vector: __m512i) -> u64 {
        // SAFETY: see above the `impl`; `BLANKS` has the 16 bytes.
        unsafe {
            // A byte that is not ASCII looks up 0, and differs from that.
            let blanks = _mm512_broadcast_i32x4(_mm_loadu_si128(BLANKS.as_ptr().cast()));
            _mm512_cmpneq_epi8_mask(_mm512_shuffle_epi8(blanks, vector), vector)
        }
    }

    #[inline(always)]
    fn or(self, a: u64, b: u64) -> u64 {
        a | b
    }

    #[inline(always)]
    fn mask(self, flags: u64) -> u64 {
        flags
    }

    #[inline(always)]
    fn prefetch(self, address: *const u8) {
        // SAFETY: no address makes it fail, and it changes nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(address.cast()) }
    }
}
