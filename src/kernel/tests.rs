//! Every kernel against one line of plain code, byte for byte, at every offset and length around the widths
//! of vectors. The texts end where their allocation ends, so that a sanitizer sees a read beyond.

use super::{
    Instructions, Kernel, Operation, Pattern, WIDEST, copy_vector, equals, find_closing,
    find_special, is_plain, leading_blanks,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Runs a test on each kernel there is.
fn on_each_kernel<T: Test>(test: T) {
    struct Run<T>(T, &'static str);
    impl<T: Test> Operation for Run<T> {
        type Output = ();
        #[inline(always)]
        fn run<I: Instructions>(self, i: I) {
            self.0.run(i, self.1);
        }
    }
    for kernel in Kernel::available() {
        kernel.run(Run(test, kernel.name()));
    }
}

trait Test: Copy {
    fn run<I: Instructions>(self, i: I, kernel: &str);
}

fn is_closing(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn is_special(byte: u8) -> bool {
    is_closing(byte) || byte >= 0x80
}

/// Where the first such byte is.
fn first(text: &[u8], at: usize, is: fn(u8) -> bool) -> usize {
    (at..text.len()).find(|&at| is(text[at])).unwrap_or(text.len())
}

#[test]
fn every_byte_is_found_at_every_place_and_no_other() {
    #[derive(Clone, Copy)]
    struct Finds;
    impl Test for Finds {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            for length in [0, 1, 7, 8, 9, 31, 33, 63, 64, 65, 150] {
                for place in 0..length {
                    for byte in 0..=u8::MAX {
                        let shown = || format!("{kernel}: {byte:#x} at {place} of {length}");
                        let mut text = vec![b'x'; length].into_boxed_slice();
                        text[place] = byte;
                        let special = first(&text, 0, is_special);
                        assert_eq!(find_special(i, &text, 0), special, "{}", shown());
                        let closing = first(&text, 0, is_closing);
                        assert_eq!(find_closing(i, &text, 0), closing, "{}", shown());
                    }
                }
            }
        }
    }
    on_each_kernel(Finds);
}

#[test]
fn white_space_is_counted_to_the_first_other_byte() {
    #[derive(Clone, Copy)]
    struct Blanks;
    impl Test for Blanks {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            for byte in 0..=u8::MAX {
                for blanks in 0..70 {
                    let mut text = b" \n\r\t".repeat(20)[..blanks].to_vec();
                    text.push(byte);
                    let is_blank = b" \n\r\t".contains(&byte);
                    let count = blanks + usize::from(is_blank);
                    text.extend([b'x'; WIDEST]);
                    let expected = (count < I::WIDTH).then_some(count);
                    assert_eq!(leading_blanks(i, &text, 0), expected, "{kernel}: {byte:#x}");
                    let short = text[..blanks.min(I::WIDTH - 1)].to_vec().into_boxed_slice();
                    assert_eq!(leading_blanks(i, &short, 0), None, "{kernel}");
                }
            }
        }
    }
    on_each_kernel(Blanks);
}

/// Text in which special bytes are neither rare nor frequent.
fn draw(random: &mut ChaCha8Rng, length: usize) -> Vec<u8> {
    let rare = random.random_range(1..100);
    let mut byte = || match random.random_ratio(1, rare) {
        true => random.random(),
        false => random.random_range(b'#'..b'['),
    };
    (0..length).map(|_| byte()).collect()
}

#[test]
fn finds_and_copies_agree_with_plain_code_from_every_offset() {
    #[derive(Clone, Copy)]
    struct Drawn;
    impl Test for Drawn {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(1);
            for length in 0..300 {
                let text = draw(&mut random, length).into_boxed_slice();
                for at in 0..=length {
                    let special = first(&text, at, is_special);
                    assert_eq!(find_special(i, &text, at), special, "{kernel}");
                    assert_eq!(find_closing(i, &text, at), first(&text, at, is_closing));
                    let mut room = vec![0; random.random_range(0..200)].into_boxed_slice();
                    let fits = length - at >= I::WIDTH && room.len() >= I::WIDTH;
                    match copy_vector(i, &text, at, &mut room) {
                        Some(mask) => {
                            assert!(fits, "{kernel}");
                            assert_eq!(room[..I::WIDTH], text[at..at + I::WIDTH]);
                            let found = (mask.trailing_zeros() >> I::SHIFT) as usize;
                            assert_eq!(found.min(I::WIDTH), (special - at).min(I::WIDTH));
                        }
                        None => assert!(!fits, "{kernel}"),
                    }
                }
                assert_eq!(find_special(i, &text, length + 1), length, "{kernel}");
            }
        }
    }
    on_each_kernel(Drawn);
}

#[test]
fn plain_text_of_the_expected_length_is_told_from_all_other() {
    #[derive(Clone, Copy)]
    struct Plain;
    impl Test for Plain {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(2);
            for length in 0..250 {
                let text = draw(&mut random, length + WIDEST).into_boxed_slice();
                for at in 0..length {
                    let special = first(&text, at, is_special);
                    for end in [special, special + 1, special.saturating_sub(1), length, at] {
                        if (at..=length).contains(&end) {
                            // SAFETY: `end + WIDEST <= text.len()`
                            let plain = unsafe { is_plain(i, &text[at..], end - at) };
                            assert_eq!(plain, end == special, "{kernel}: {at} to {end}");
                        }
                    }
                }
            }
        }
    }
    on_each_kernel(Plain);
}

#[test]
fn patterns_match_themselves_and_nothing_else() {
    #[derive(Clone, Copy)]
    struct Patterns;
    impl Test for Patterns {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(3);
            let mut pool = vec![];
            for length in 1..200 {
                let bytes = draw(&mut random, length);
                let before = pool.len();
                let pattern = Pattern::push(i, &mut pool, &bytes);
                assert!(pool.len() - before <= Pattern::room(length));
                assert_eq!(pattern.bytes(&pool), bytes);
                let at = random.random_range(0..70);
                let mut text = draw(&mut random, at);
                text.extend_from_slice(&bytes);
                text.extend(draw(&mut random, WIDEST));
                let mut text = text.into_boxed_slice();
                let is_equal = |text: &[u8]| {
                    // SAFETY: the text has `WIDEST` bytes after the pattern, which is in this pool.
                    unsafe { equals(i, &text[at..], &pool, &pattern) }
                };
                assert!(is_equal(&text), "{kernel}: {length}");
                for place in 0..text.len() {
                    text[place] ^= 1 << random.random_range(0..8);
                    let inside = (at..at + length).contains(&place);
                    assert_eq!(is_equal(&text), !inside, "{kernel}: {length}, {place}");
                    text = restore(text, place, at, &bytes);
                }
            }
        }
    }
    /// Puts the pattern's byte back where there was one; elsewhere any byte will do.
    fn restore(mut text: Box<[u8]>, place: usize, at: usize, bytes: &[u8]) -> Box<[u8]> {
        if let Some(&byte) = place.checked_sub(at).and_then(|offset| bytes.get(offset)) {
            text[place] = byte;
        }
        text
    }
    on_each_kernel(Patterns);
}

#[test]
fn kernels_are_those_that_the_cpu_has_instructions_for() {
    let mut expected = vec![];
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2") {
        let avx512 = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
        expected.extend(avx512.then_some("avx512"));
        expected.extend(is_x86_feature_detected!("avx2").then_some("avx2"));
    }
    #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
    expected.push("neon");
    expected.push("portable");
    assert!(Kernel::available().map(Kernel::name).eq(expected));
    let portable = Kernel::named("portable").unwrap();
    assert_eq!(
        format!("{portable}, {portable:>10}, {portable:?}"),
        "portable,   portable, Kernel(\"portable\")"
    );
}

#[test]
fn kernels_have_names_to_be_found_by() {
    for kernel in Kernel::available() {
        assert_eq!(Kernel::named(kernel.name()), Some(kernel));
    }
    assert_eq!(Kernel::named("mmx"), None);
    if let Ok(name) = std::env::var("JOBVIEW_KERNEL") {
        assert_eq!(Kernel::detect().name(), name, "the kernel that was asked for is not there");
    }
}
