//! Compares every kernel with one line of plain code, byte for byte, at every offset and length around the widths of
//! vectors. The texts end where their allocation ends, so that a sanitizer sees any read beyond them.

use super::{
    Index, Indexed, Instructions, Kernel, MANY, ODD, Operation, Pattern, Specials, Then, WIDEST,
    digits_and_points, equals, find_closing, find_special, is_plain, leading_blanks, plain_length,
    plain_length_of_many, reach, unescape,
};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Runs a test on each available kernel.
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

/// Where the first byte that satisfies the condition is.
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

#[test]
fn digits_and_points_are_told_from_all_other_bytes() {
    #[derive(Clone, Copy)]
    struct Numbers;
    impl Test for Numbers {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(6);
            for byte in 0..=u8::MAX {
                for place in 0..I::WIDTH {
                    let mut text = vec![0; 3 + I::WIDTH].into_boxed_slice();
                    text.fill_with(|| random.random_range(b'-'..=b';'));
                    text[3 + place] = byte;
                    let (others, points) = digits_and_points(i, &text, 3).unwrap();
                    for (index, byte) in text[3..].iter().enumerate() {
                        let all = (1 << (1 << I::SHIFT)) - 1;
                        let bits = |mask: u64| mask >> (index << I::SHIFT) & all;
                        let shown = || format!("{kernel}: {byte:#x} at {index}");
                        assert_eq!(bits(others) == 0, byte.is_ascii_digit(), "{}", shown());
                        assert_eq!(bits(points) == 0, *byte == b'.', "{}", shown());
                    }
                    assert_eq!(digits_and_points(i, &text, 4), None, "{kernel}");
                    assert_eq!(digits_and_points(i, &text, usize::MAX), None, "{kernel}");
                }
            }
        }
    }
    on_each_kernel(Numbers);
}

#[test]
fn structure_is_told_from_all_other_bytes() {
    #[derive(Clone, Copy)]
    struct Structure;
    impl Test for Structure {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            for byte in 0..=u8::MAX {
                for place in 0..I::WIDTH {
                    let mut text = [b'x'; WIDEST];
                    text[place] = byte;
                    // SAFETY: no vector is wider.
                    let mask = i.mask(i.structural(unsafe { i.load(&text, 0) }));
                    let all = (1 << (1 << I::SHIFT)) - 1;
                    let (here, others) = (all << (place << I::SHIFT), mask);
                    let shown = || format!("{kernel}: {byte:#x} at {place}");
                    assert_eq!(others & !here, 0, "{}", shown());
                    if byte >= b' ' {
                        let is_flagged = mask & here != 0;
                        assert_eq!(is_flagged, b"{}[]:,".contains(&byte), "{}", shown());
                    }
                }
            }
        }
    }
    on_each_kernel(Structure);
}

/// The entries of a text from a place on, with their classes, found byte by byte.
fn entries_of(text: &[u8], begin: usize) -> Vec<(usize, u8)> {
    let mut entries = vec![];
    let (mut in_string, mut is_odd, mut is_escaped, mut in_scalar) = (false, false, false, false);
    for (at, &byte) in text.iter().enumerate().skip(begin) {
        let is_quote = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        let was_in_scalar = std::mem::take(&mut in_scalar);
        match byte {
            _ if is_quote => {
                entries.push((at, if in_string && is_odd { ODD } else { byte }));
                (in_string, is_odd) = (!in_string, false);
            }
            _ if in_string => is_odd |= is_special(byte),
            // Some control characters are flagged as structural; either class is invalid there.
            b'{' | b'}' | b'[' | b']' | b':' | b',' | 0x0c | 0x1a => entries.push((at, byte)),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => {
                in_scalar = true;
                if !was_in_scalar {
                    entries.push((at, byte));
                }
            }
        }
    }
    entries
}

/// Text that resembles JSON, or does not.
fn draw_structure(random: &mut ChaCha8Rng, length: usize) -> Vec<u8> {
    let alphabets: [&[u8]; 6] =
        [b"\"\\", b"\"\\x ", b"{}[]:,\"\" 1a", b"\"abcdefg\\", b"\"\\\\\\\\\\\\\\{", b" \n{}1"];
    let (alphabet, rare) = (alphabets[random.random_range(0..6)], random.random_range(2..60));
    let mut byte = || match random.random_ratio(1, rare) {
        true => random.random(),
        false => alphabet[random.random_range(0..alphabet.len())],
    };
    (0..length).map(|_| byte()).collect()
}

#[test]
fn an_index_has_the_entries_that_plain_code_finds_and_no_other() {
    #[derive(Clone, Copy)]
    struct Drawn;
    impl Test for Drawn {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            if !Indexed::is_for::<I>() {
                return;
            }
            let mut random = ChaCha8Rng::seed_from_u64(11);
            let mut index = Index::default();
            let mut plain = 0;
            let rounds = if cfg!(miri) { 1 } else { 40 };
            for length in (0..rounds).flat_map(|_| 0..300) {
                let text = draw_structure(&mut random, length).into_boxed_slice();
                let begin = random.random_range(0..=length.min(70));
                let shown = || format!("{kernel}: {} from {begin}", text.escape_ascii());
                let expected = entries_of(&text, begin);
                let mut indexed = Indexed::begin(i, &mut index, &text, begin);
                let mut entry = 0;
                for (number, &(at, class)) in expected.iter().enumerate() {
                    entry = indexed.see_ahead(i, entry);
                    let found = (indexed.position(entry), indexed.class(entry));
                    assert_eq!(found, (at, class), "{}", shown());
                    // What is reported as plain is plain, and no plain string is missed.
                    let next = expected.get(number + 1);
                    let are_quotes = class == b'"' && next.is_some_and(|&(_, c)| c == b'"');
                    let string = next.filter(|_| are_quotes).map(|&(end, _)| &text[at + 1..end]);
                    assert_eq!(indexed.plain(entry).map(str::as_bytes), string, "{}", shown());
                    assert!(string.is_none_or(|string| {
                        !string.iter().any(|&byte| is_special(byte) && byte > b' ')
                    }));
                    plain += usize::from(string.is_some());
                    if random.random_ratio(1, 10) && number + 1 < expected.len() {
                        // Goes to the next entry, from any entry.
                        let (next, _) = expected[number + 1];
                        if class != b'"' && class != ODD && class != b'\\' {
                            entry = indexed.go_to(i, entry, at + 1);
                            // Where a value is cut in two, its second part may count as a new value.
                            let anew = entries_of(&text, at + 1)[0];
                            let found = (indexed.position(entry), indexed.class(entry));
                            assert_eq!(found, anew, "{}", shown());
                            if anew.0 != next {
                                break;
                            }
                            continue;
                        }
                    }
                    entry += 1;
                }
            }
            assert!(cfg!(miri) || plain > 10_000, "{kernel}: {plain}");
        }
    }
    on_each_kernel(Drawn);
}

/// Also for bytes that are not text, and for an index that begins inside a string.
#[test]
fn plain_text_of_an_index_is_ascii_wherever_that_begins() {
    #[derive(Clone, Copy)]
    struct Anywhere;
    impl Test for Anywhere {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            if !Indexed::is_for::<I>() {
                return;
            }
            let mut random = ChaCha8Rng::seed_from_u64(12);
            let mut index = Index::default();
            let mut plain = 0;
            for _ in 0..if cfg!(miri) { 3 } else { 3_000 } {
                let length = random.random_range(0..700);
                let mut byte = || b"\"\"\"\\\\ \xc3\xa9x:"[random.random_range(0..10)];
                let text: Box<[u8]> = (0..length).map(|_| byte()).collect();
                let mut at = random.random_range(0..=length);
                let mut indexed = Indexed::begin(i, &mut index, &text, at);
                let mut entry = 0;
                while at < length {
                    entry = indexed.see_ahead(i, entry);
                    for text in (entry..entry + 7).filter_map(|entry| indexed.plain(entry)) {
                        assert!(text.as_bytes().is_ascii(), "{kernel}: {text:?}");
                        plain += 1;
                    }
                    match random.random_range(0..4) {
                        0 => {
                            at = random.random_range(at..=length);
                            entry = indexed.go_to(i, entry, at);
                        }
                        // Also beyond what has been indexed.
                        1 => entry += random.random_range(0..20),
                        _ => entry += 1,
                    }
                    at = at.max(indexed.position(entry));
                }
            }
            assert!(cfg!(miri) || plain > 10_000, "{kernel}: {plain}");
        }
    }
    on_each_kernel(Anywhere);
}

#[test]
fn no_special_byte_is_passed_over() {
    #[derive(Clone, Copy)]
    struct Drawn;
    impl Test for Drawn {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(7);
            for length in 0..1_000 {
                let text = draw(&mut random, length).into_boxed_slice();
                let mut specials = Specials::NONE;
                let mut at = random.random_range(0..=length.min(100));
                while at <= length {
                    let special = first(&text, at, is_special);
                    // Bytes behind a special one may be flagged without cause.
                    let found = specials.find(i, &text, at);
                    assert!((at..=special).contains(&found), "{kernel}: {at} of {length}");
                    let widest = [1, 4, 100][random.random_range(0..3)];
                    at = found + random.random_range(1..=widest);
                }
                assert_eq!(specials.find(i, &text, length + 100), length, "{kernel}");
            }
        }
    }
    on_each_kernel(Drawn);
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
fn finds_agree_with_plain_code_from_every_offset() {
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
                            assert_eq!(plain, end <= special, "{kernel}: {at} to {end}");
                        }
                    }
                }
            }
        }
    }
    on_each_kernel(Plain);
}

#[test]
fn plain_text_is_counted_up_to_the_first_other_byte_or_the_width_of_a_vector() {
    #[derive(Clone, Copy)]
    struct Plain;
    impl Test for Plain {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            // Every byte at every place; what comes after the first special byte does not matter.
            for place in 0..WIDEST {
                for byte in 0..=u8::MAX {
                    for after in [b'x', b'"', byte] {
                        let mut text = [b'x'; WIDEST];
                        text[place..].fill(after);
                        text[place] = byte;
                        let text = Box::<[u8]>::from(text);
                        let expected = first(&text, 0, is_special).min(I::WIDTH);
                        // SAFETY: there are `WIDEST` bytes.
                        let found = unsafe { plain_length(i, &text) };
                        assert_eq!(found, expected, "{kernel}: {byte:#x} at {place}");
                    }
                }
            }
            let mut random = ChaCha8Rng::seed_from_u64(4);
            for _ in 0..2_000 {
                let text = draw(&mut random, 2 * WIDEST).into_boxed_slice();
                let at = random.random_range(0..=WIDEST);
                let expected = (first(&text, at, is_special) - at).min(I::WIDTH);
                // SAFETY: there are `WIDEST` bytes from there on.
                assert_eq!(unsafe { plain_length(i, &text[at..]) }, expected, "{kernel}");
            }
        }
    }
    on_each_kernel(Plain);
}

#[test]
fn plain_text_is_counted_up_to_the_first_other_byte_of_many() {
    #[derive(Clone, Copy)]
    struct Plain;
    impl Test for Plain {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let most = plain_length_of_many(i, &[b'x'; MANY]);
            assert!(most >= 8 * I::WIDTH || most == MANY, "{kernel}");
            for place in 0..MANY {
                for byte in 0..=u8::MAX {
                    // What comes after the first special byte does not matter.
                    for after in [b'x', b'"', byte] {
                        let mut text = Box::new([b'x'; MANY]);
                        text[place..].fill(after);
                        text[place] = byte;
                        let expected = first(&*text, 0, is_special).min(most);
                        let found = plain_length_of_many(i, &text);
                        assert_eq!(found, expected, "{kernel}: {byte:#x} at {place}");
                    }
                }
            }
        }
    }
    on_each_kernel(Plain);
}

/// Text with many escapes; the text that it denotes, up to where it ends or becomes invalid; and what is there, and
/// where.
fn draw_escapes(random: &mut ChaCha8Rng) -> (Vec<u8>, Vec<u8>, Then, usize) {
    let (mut text, mut denoted) = (vec![], vec![]);
    let rare = random.random_range(1..40);
    let length = random.random_range(0..300);
    // Only escapes of characters that stand for themselves.
    let only_same = random.random_ratio(1, 3);
    while text.len() < length {
        let c = match random.random_range(0..12) {
            0..8 => random.random_range('\0'..='\x7f'),
            8 => random.random_range('\u{80}'..'\u{800}'),
            9 => random.random_range('\u{800}'..='\u{ffff}'),
            _ => random.random(),
        };
        let is_plain = c >= ' ' && c != '"' && c != '\\';
        match (random.random_ratio(1, rare), "\"\\/\x08\x0c\n\r\t".find(c)) {
            (true, Some(3..) | None) if only_same => continue,
            (true, Some(at)) if only_same || random.random() => {
                text.extend([b'\\', b"\"\\/bfnrt"[at]])
            }
            (false, _) if is_plain => text.extend(c.to_string().bytes()),
            (false, _) => continue,
            (true, _) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    text.extend(format!("\\u{unit:04x}").bytes());
                }
            }
        }
        denoted.extend(c.to_string().bytes());
    }
    let read = text.len();
    let (end, then) = [
        (&b""[..], Then::Little),
        (b"\"", Then::Quote),
        (b"\0", Then::Wrong),
        (b"\x1f", Then::Wrong),
        (b"\\x", Then::Wrong),
        (b"\\u00g0", Then::Wrong),
        (b"\\u000:", Then::Wrong),
        (b"\\u0080\\U", Then::Wrong),
        (b"\\udc00\\udc00", Then::Wrong),
        (b"\\ud800\\u0041", Then::Wrong),
        (b"\\ud800_udc00", Then::Wrong),
    ][random.random_range(0..11)];
    text.extend_from_slice(end);
    if end.starts_with(b"\\u0080") {
        denoted.extend("\u{80}".bytes());
        return (text, denoted, then, read + 6);
    }
    (text, denoted, then, read)
}

#[test]
fn strings_are_unescaped_up_to_their_end_or_to_that_of_text_or_room() {
    #[derive(Clone, Copy)]
    struct Strings;
    impl Test for Strings {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(6);
            let mut thens = [0; 3];
            for _ in 0..5_000 {
                let (mut text, denoted, then, end) = draw_escapes(&mut random);
                let more = random.random_range(0..2 * reach::<I>());
                text.extend((0..more).map(|_| random.random::<u8>()));
                let text = text.into_boxed_slice();
                let size = random.random_range(0..2 * text.len() + 1);
                let mut room = vec![b'-'; size].into_boxed_slice();
                let found = unescape(i, &text, &mut room);
                thens[found.then as usize] += 1;
                let shown = || String::from_utf8_lossy(&text).into_owned();
                match found.then {
                    Then::Little => {
                        let left = text.len().min(size).saturating_sub(found.read);
                        assert!(left < reach::<I>(), "{kernel}: {}", shown());
                    }
                    // The text continues with random bytes.
                    _ if then == Then::Little => continue,
                    found => assert_eq!(found, then, "{kernel}: {}", shown()),
                }
                // What was read consists of whole characters and escapes, except for characters that are not ASCII.
                if found.read <= end && found.then != Then::Little {
                    assert_eq!(found.read, end, "{kernel}: {}", shown());
                    assert_eq!(room[..found.written], denoted, "{kernel}: {}", shown());
                    assert_eq!(found.is_ascii, text[..end].is_ascii(), "{kernel}: {}", shown());
                } else if found.read <= end {
                    assert!(denoted.starts_with(&room[..found.written]), "{kernel}: {}", shown());
                }
            }
            assert!(thens.iter().all(|&count| count > 100), "{kernel}: {thens:?}");
        }
    }
    on_each_kernel(Strings);
}

#[test]
fn patterns_take_no_more_room_in_the_pool_than_they_must() {
    #[derive(Clone, Copy)]
    struct Rooms;
    impl Test for Rooms {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            for length in 1..=3 * WIDEST {
                let mut pool = vec![b'-'; 5];
                let bytes: Vec<_> = (b'!'..).take(length).collect();
                let pattern = Pattern::push(i, &mut pool, &bytes);
                // Patterns no longer than a vector can be take no room in the pool.
                let room = if length <= WIDEST { 0 } else { length };
                assert_eq!(Pattern::room(length), room, "{kernel}");
                assert_eq!(pool.len(), 5 + room, "{kernel}");
                assert_eq!((pattern.len(), pattern.bytes(&pool)), (length, &*bytes), "{kernel}");
            }
        }
    }
    on_each_kernel(Rooms);
}

#[test]
fn patterns_that_are_moved_down_stand_for_the_same_bytes() {
    #[derive(Clone, Copy)]
    struct Moved;
    impl Test for Moved {
        fn run<I: Instructions>(self, i: I, kernel: &str) {
            let mut random = ChaCha8Rng::seed_from_u64(5);
            for _ in 0..20 {
                let mut pool = vec![];
                let mut patterns = vec![];
                for _ in 0..50 {
                    let length = random.random_range(1..4 * WIDEST);
                    let bytes = draw(&mut random, length);
                    patterns.push((Pattern::push(i, &mut pool, &bytes), bytes));
                }
                // Some patterns are dropped; the others move together, in order.
                patterns.retain(|_| random.random_ratio(2, 3));
                let mut end = 0;
                for (pattern, bytes) in &mut patterns {
                    let begin = end;
                    end = pattern.move_down(&mut pool, end);
                    assert_eq!(end - begin, Pattern::room(bytes.len()), "{kernel}");
                    if end > begin {
                        assert_eq!(pattern.start() as usize, begin, "{kernel}");
                    }
                }
                pool.truncate(end);
                // Patterns pushed later do not overwrite them.
                let more = draw(&mut random, 2 * WIDEST);
                patterns.push((Pattern::push(i, &mut pool, &more), more));
                for (pattern, bytes) in &patterns {
                    assert_eq!(pattern.bytes(&pool), bytes, "{kernel}");
                    let mut text = bytes.clone();
                    text.extend([b'"'; WIDEST]);
                    // SAFETY: `WIDEST` bytes follow the pattern, which was pushed to this pool and moved in it.
                    assert!(unsafe { equals(i, &text, &pool, pattern) }, "{kernel}");
                    let place = random.random_range(0..bytes.len());
                    text[place] ^= 1;
                    // SAFETY: as before.
                    assert!(!unsafe { equals(i, &text, &pool, pattern) }, "{kernel}");
                }
            }
        }
    }
    on_each_kernel(Moved);
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
    /// Puts the byte of the pattern back if there is one; elsewhere any byte will do.
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
        let avx512 = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl");
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
}

#[test]
fn the_fastest_kernel_is_detected() {
    assert_eq!(Some(Kernel::detect()), Kernel::available().next());
}
