//! x86-64 with AVX2: 32 bytes at a time.

use super::instructions::{BLANKS, Instructions, OBJECT, Operation, STRUCTURAL};
use std::arch::x86_64::{
    __m256i, _MM_HINT_T0, _mm_loadu_si128, _mm_prefetch, _mm256_broadcastsi128_si256,
    _mm256_cmpeq_epi8, _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_min_epi8, _mm256_min_epu8,
    _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_storeu_si256, _mm256_sub_epi8, _mm256_testz_si256,
    _mm256_xor_si256,
};

/// Proof that the CPU has AVX2, BMI1, BMI2 and POPCNT.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Avx2(());

impl Avx2 {
    pub(super) fn detect() -> Option<Self> {
        let has_all = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt");
        has_all.then_some(Self(()))
    }
}

/// Runs an operation compiled for these instructions.
// Never inlined, even if the whole program is compiled for these instructions: the hot loop needs all registers.
#[inline(never)]
#[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
fn run<O: Operation>(instructions: Avx2, operation: O) -> O::Output {
    operation.run(instructions)
}

// SAFETY: for the `impl` and all blocks below, the constants are those of the vector, whose bytes are all
// compared alike, so that no flag is wrong. The instructions are AVX2's and older ones,
// which a value of `Avx2` proves to be there. Loads and stores touch the bytes that the caller vouches
// for, at any alignment.
unsafe impl Instructions for Avx2 {
    const WIDTH: usize = 32;
    const SHIFT: u32 = 0;
    type Vector = __m256i;
    type Flags = __m256i;
    /// The smallest bytes as signed numbers, turned as in `special`; and as unsigned numbers, turned so that
    /// backslashes are 0.
    type Worst = (__m256i, __m256i);

    #[inline(always)]
    unsafe fn load(self, text: &[u8], at: usize) -> __m256i {
        debug_assert!(at + Self::WIDTH <= text.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm256_loadu_si256(text.as_ptr().add(at).cast()) }
    }

    #[inline(always)]
    unsafe fn store(self, vector: __m256i, room: &mut [u8], at: usize) {
        debug_assert!(at + Self::WIDTH <= room.len());
        // SAFETY: see above the `impl`.
        unsafe { _mm256_storeu_si256(room.as_mut_ptr().add(at).cast(), vector) }
    }

    #[inline(always)]
    fn unequal(self, a: __m256i, b: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        let equal = unsafe { _mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b)) };
        u64::from(!equal.cast_unsigned())
    }

    #[inline(always)]
    fn special(self, vector: __m256i) -> __m256i {
        // SAFETY: see above the `impl`.
        unsafe {
            // Turns the quote 0x22 into 0x20 and the space into 0x22, and maps control characters to control
            // characters. Then one signed comparison finds all but the backslash.
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            _mm256_or_si256(
                _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), turned),
                _mm256_cmpeq_epi8(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2)),
            )
        }
    }

    #[inline(always)]
    fn closing(self, vector: __m256i) -> __m256i {
        // SAFETY: see above the `impl`.
        unsafe {
            // As in `special`, but unsigned.
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            _mm256_or_si256(
                _mm256_cmpeq_epi8(_mm256_min_epu8(turned, _mm256_set1_epi8(0x20)), turned),
                _mm256_cmpeq_epi8(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2)),
            )
        }
    }

    #[inline(always)]
    fn nonblank(self, vector: __m256i) -> __m256i {
        // SAFETY: see above the `impl`; `BLANKS` has the 16 bytes.
        unsafe {
            // A byte that is not ASCII looks up 0, and is different from that.
            let blanks = _mm256_broadcastsi128_si256(_mm_loadu_si128(BLANKS.as_ptr().cast()));
            let blank = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(blanks, vector), vector);
            _mm256_xor_si256(blank, _mm256_set1_epi8(-1))
        }
    }

    #[inline(always)]
    fn structural(self, vector: __m256i) -> __m256i {
        // SAFETY: see above the `impl`; `STRUCTURAL` has the 16 bytes.
        unsafe {
            let table = _mm256_broadcastsi128_si256(_mm_loadu_si128(STRUCTURAL.as_ptr().cast()));
            let as_object = _mm256_or_si256(vector, _mm256_set1_epi8(OBJECT as i8));
            _mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, vector), as_object)
        }
    }

    #[inline(always)]
    fn nondigit(self, vector: __m256i) -> __m256i {
        // SAFETY: see above the `impl`.
        unsafe {
            // Digits become the smallest signed numbers.
            let turned = _mm256_sub_epi8(vector, _mm256_set1_epi8(i8::MIN + b'0' as i8));
            _mm256_cmpgt_epi8(turned, _mm256_set1_epi8(i8::MIN + 9))
        }
    }

    #[inline(always)]
    fn mask(self, flags: __m256i) -> u64 {
        // SAFETY: see above the `impl`.
        u64::from(unsafe { _mm256_movemask_epi8(flags) }.cast_unsigned())
    }

    #[inline(always)]
    fn worst(self, vector: __m256i) -> (__m256i, __m256i) {
        // SAFETY: see above the `impl`.
        unsafe {
            let turned = _mm256_xor_si256(vector, _mm256_set1_epi8(2));
            // Computed from the turned bytes, so that the vector itself is used only once and need not be loaded into a
            // register.
            (turned, _mm256_sub_epi8(turned, _mm256_set1_epi8(b'\\' as i8 ^ 2)))
        }
    }

    #[inline(always)]
    fn worse(self, a: (__m256i, __m256i), b: (__m256i, __m256i)) -> (__m256i, __m256i) {
        // SAFETY: see above the `impl`.
        unsafe { (_mm256_min_epi8(a.0, b.0), _mm256_min_epu8(a.1, b.1)) }
    }

    #[inline(always)]
    fn is_plain(self, (turned, backslash): (__m256i, __m256i)) -> bool {
        // SAFETY: see above the `impl`.
        unsafe {
            let flags = _mm256_or_si256(
                _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), turned),
                _mm256_cmpeq_epi8(backslash, _mm256_setzero_si256()),
            );
            _mm256_testz_si256(flags, flags) == 1
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
