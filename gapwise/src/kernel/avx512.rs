//! x86-64 with AVX-512 (BW, VL, VBMI2): 32 bytes at a time, flags in mask registers.
//!
//! 64 bytes at a time would be slower: most strings are shorter, and nearly every load of 64 bytes crosses a cache
//! line.

use super::instructions::{
    BLANKS, CLASS, Instructions, MOST_PICKED, OBJECT, ODD, Operation, Picked, STRUCTURAL, WIDEST,
};
use std::arch::x86_64::{
    __m128i, __m256i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm256_broadcastsi128_si256,
    _mm256_cmpeq_epi8_mask, _mm256_cmpgt_epi8_mask, _mm256_cmpgt_epu8_mask, _mm256_cmple_epu8_mask,
    _mm256_cmplt_epi8_mask, _mm256_cmpneq_epi8_mask, _mm256_loadu_epi8, _mm256_mask_test_epi8_mask,
    _mm256_maskz_compress_epi8, _mm256_min_epi8, _mm256_min_epu8, _mm256_or_si256,
    _mm256_set1_epi8, _mm256_shuffle_epi8, _mm256_storeu_epi8, _mm256_sub_epi8, _mm256_xor_si256,
    _mm512_add_epi32, _mm512_cvtepu8_epi32, _mm512_extracti32x4_epi32 as part, _mm512_loadu_epi8,
    _mm512_mask_blend_epi8, _mm512_maskz_compress_epi8, _mm512_or_si512, _mm512_set1_epi8,
    _mm512_set1_epi32, _mm512_slli_epi32, _mm512_storeu_epi32,
};

/// Proof that the CPU has AVX-512 F, BW, VL and VBMI2, BMI1, BMI2 and POPCNT.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Avx512(());

impl Avx512 {
    pub(super) fn detect() -> Option<Self> {
        let has_all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vbmi2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt");
        has_all.then_some(Self(()))
    }
}

/// Runs an operation compiled for these instructions.
// Never inlined, even if the whole program is compiled for these instructions: the hot loop needs all registers.
#[inline(never)]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi2,bmi1,bmi2,popcnt")]
fn run<O: Operation>(instructions: Avx512, operation: O) -> O::Output {
    operation.run(instructions)
}

// SAFETY: for the `impl` and all blocks below, the constants are those of the vector, whose bytes are all
// compared alike, so that no flag is wrong. The instructions are those of AVX-512 F, BW, VL and VBMI2 and older ones,
// which a value of `Avx512` proves to be there. Loads and stores touch the bytes that the caller vouches
// for, at any alignment.
unsafe impl Instructions for Avx512 {
    const WIDTH: usize = 32;
    const SHIFT: u32 = 0;
    type Vector = __m256i;
    type Flags = u64;
    /// As in the AVX2 kernel.
    type Worst = (__m256i, __m256i);

    #[inline(always)]
    unsafe fn load(self, text: &[u8], at: usize) -> __m256i {
        debug_assert!(at + Self::WIDTH <= text.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm256_loadu_epi8(text.as_ptr().add(at).cast()) }
    }

    #[inline(always)]
    unsafe fn store(self, vector: __m256i, room: &mut [u8], at: usize) {
        debug_assert!(at + Self::WIDTH <= room.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm256_storeu_epi8(room.as_mut_ptr().add(at).cast(), vector) }
    }

    #[inline(always)]
    fn unequal(self, a: __m256i, b: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        u64::from(unsafe { _mm256_cmpneq_epi8_mask(a, b) })
    }

    #[inline(always)]
    fn special(self, vector: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        u64::from(unsafe {
            // As in the AVX2 kernel: one comparison finds all but the backslash.
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            _mm256_cmplt_epi8_mask(turned, _mm256_set1_epi8(0x21))
                | _mm256_cmpeq_epi8_mask(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2))
        })
    }

    #[inline(always)]
    fn closing(self, vector: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        u64::from(unsafe {
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            _mm256_cmple_epu8_mask(turned, _mm256_set1_epi8(0x20))
                | _mm256_cmpeq_epi8_mask(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2))
        })
    }

    #[inline(always)]
    fn nonblank(self, vector: __m256i) -> u64 {
        // SAFETY: see above the `impl`; `BLANKS` has the 16 bytes.
        u64::from(unsafe {
            // A byte that is not ASCII looks up 0, and is different from that.
            let blanks = _mm256_broadcastsi128_si256(_mm_loadu_si128(BLANKS.as_ptr().cast()));
            _mm256_cmpneq_epi8_mask(_mm256_shuffle_epi8(blanks, vector), vector)
        })
    }

    #[inline(always)]
    fn structural(self, vector: __m256i) -> u64 {
        // SAFETY: see above the `impl`; `STRUCTURAL` has the 16 bytes.
        u64::from(unsafe {
            let table = _mm256_broadcastsi128_si256(_mm_loadu_si128(STRUCTURAL.as_ptr().cast()));
            let as_object = _mm256_or_si256(vector, _mm256_set1_epi8(OBJECT as i8));
            _mm256_cmpeq_epi8_mask(_mm256_shuffle_epi8(table, vector), as_object)
        })
    }

    #[inline(always)]
    fn nondigit(self, vector: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        u64::from(unsafe {
            let digits = _mm256_sub_epi8(vector, _mm256_set1_epi8(b'0' as i8));
            _mm256_cmpgt_epu8_mask(digits, _mm256_set1_epi8(9))
        })
    }

    #[inline(always)]
    fn mask(self, flags: u64) -> u64 {
        flags
    }

    #[inline(always)]
    fn worst(self, vector: __m256i) -> (__m256i, __m256i) {
        // SAFETY: see above the `impl`.
        unsafe {
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            (turned, _mm256_sub_epi8(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2)))
        }
    }

    #[inline(always)]
    fn worse(self, a: (__m256i, __m256i), b: (__m256i, __m256i)) -> (__m256i, __m256i) {
        // SAFETY: see above the `impl`.
        unsafe { (_mm256_min_epi8(a.0, b.0), _mm256_min_epu8(a.1, b.1)) }
    }

    #[inline(always)]
    fn pick(self, block: &[u8; WIDEST], base: u32, picked: Picked, room: &mut [u32; MOST_PICKED]) {
        const TURN: usize = 16;
        const NUMBERS: [u8; WIDEST] = {
            let mut numbers = [0; WIDEST];
            let mut at = 0;
            while at < numbers.len() {
                numbers[at] = at as u8;
                at += 1;
            }
            numbers
        };
        let Picked { all, odd } = picked;
        let count = all.count_ones() as usize;
        // SAFETY: see above the `impl`. All that is written is in the room: 16 at each of four places.
        unsafe {
            let bytes = _mm512_loadu_epi8(block.as_ptr().cast());
            let classes = _mm512_mask_blend_epi8(odd, bytes, _mm512_set1_epi8(ODD as i8));
            let classes = _mm512_maskz_compress_epi8(all, classes);
            let places =
                _mm512_maskz_compress_epi8(all, _mm512_loadu_epi8(NUMBERS.as_ptr().cast()));
            let mut write = |at: usize, places: __m128i, classes: __m128i| {
                let places = _mm512_cvtepu8_epi32(places);
                let places = _mm512_add_epi32(_mm512_set1_epi32(base.cast_signed()), places);
                let classes = _mm512_slli_epi32::<CLASS>(_mm512_cvtepu8_epi32(classes));
                let entries = _mm512_or_si512(places, classes);
                _mm512_storeu_epi32(room.as_mut_ptr().add(at).cast(), entries);
            };
            write(0, part::<0>(places), part::<0>(classes));
            if count > TURN {
                write(TURN, part::<1>(places), part::<1>(classes));
            }
            if count > 2 * TURN {
                write(2 * TURN, part::<2>(places), part::<2>(classes));
                write(3 * TURN, part::<3>(places), part::<3>(classes));
            }
        }
    }

    const SQUEEZES: bool = true;

    #[inline(always)]
    unsafe fn squeeze(self, vector: __m256i, kept: u64, room: *mut u8) {
        // SAFETY: see above the `impl`; there is room for a vector.
        unsafe {
            let kept = _mm256_maskz_compress_epi8(kept as u32, vector);
            _mm256_storeu_epi8(room.cast(), kept);
        }
    }

    #[inline(always)]
    fn is_plain(self, (turned, backslash): (__m256i, __m256i)) -> bool {
        // SAFETY: see above the `impl`.
        unsafe {
            let plain = _mm256_cmpgt_epi8_mask(turned, _mm256_set1_epi8(0x20));
            _mm256_mask_test_epi8_mask(plain, backslash, backslash) == u32::MAX
        }
    }

    #[inline(always)]
    fn run<O: Operation>(self, operation: O) -> O::Output {
        // SAFETY: the value proves that the CPU has the instructions.
        unsafe { run(self, operation) }
    }

    #[inline(always)]
    fn prefetch(self, address: *const u8) {
        // SAFETY: no address makes it fail, and it changes nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(address.cast()) }
    }
}
