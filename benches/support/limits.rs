//! The limits of the machine: what it can do with bytes without parsing them.
//!
//! They process the same bytes as the contenders, in the same run, and jobview is reported as a share of them. Each
//! result depends on every byte, so that the compiler can leave out none.

/// A limit: its name, which is the last part of criterion's id, and the operation.
pub struct Limit {
    /// The last part of criterion's id.
    pub name: &'static str,
    /// Processes the bytes. The second argument is a buffer of the same size.
    pub run: fn(&[u8], &mut Vec<u8>) -> u64,
}

/// Every limit. Comparisons use the first one.
pub const ALL: &[Limit] = &[
    #[cfg(target_arch = "x86_64")]
    Limit { name: "read-prefetch", run: |bytes, _| read_with_prefetch(bytes) },
    Limit { name: "read", run: |bytes, _| read(bytes) },
    Limit { name: "memchr", run: |bytes, _| memchr::memchr_iter(b'\n', bytes).count() as u64 },
    Limit { name: "memcpy", run: copy },
    Limit {
        name: "utf8",
        run: |bytes, _| simdutf8::basic::from_utf8(bytes).map_or(0, |text| text.len() as u64),
    },
];

/// How far ahead to prefetch. Determined by experiment: anything from 2 to 8 KiB works.
#[cfg(target_arch = "x86_64")]
const AHEAD: usize = 4 << 10;

/// Reads every byte once. The compiler vectorises it.
fn read(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks();
    let rest = rest.iter().map(|&byte| u64::from(byte));
    words.iter().map(|&word| u64::from_ne_bytes(word)).chain(rest).fold(0, u64::wrapping_add)
}

/// Reads every byte once and prefetches memory, a cache line at a time.
#[cfg(target_arch = "x86_64")]
fn read_with_prefetch(bytes: &[u8]) -> u64 {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

    let (lines, rest) = bytes.as_chunks::<64>();
    let mut sums = [0_u64; 8];
    for line in lines {
        let ahead = line.as_ptr().wrapping_add(AHEAD).cast();
        #[expect(unsafe_code, reason = "the only way to ask for memory ahead")]
        // SAFETY: SSE is part of x86-64, and a prefetch may name any address: it reads nothing.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(ahead);
        }
        for (sum, word) in sums.iter_mut().zip(line.as_chunks().0) {
            *sum = sum.wrapping_add(u64::from_ne_bytes(*word));
        }
    }
    sums.into_iter().fold(read(rest), u64::wrapping_add)
}

/// Copies every byte to memory that has been written before.
fn copy(bytes: &[u8], room: &mut Vec<u8>) -> u64 {
    room.clear();
    room.extend_from_slice(bytes);
    std::hint::black_box(room).len() as u64
}
