//! Changes to the text of documents: at random places, but where it hurts.
//!
//! A change looks for its place in the text as it is by then, which need not be JSON any more, and does
//! nothing where there is none.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::ops::Range;

/// One of however many there are. As proptest's `Index`, but the same where a `usize` has 32 bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Which(u32);

/// A change. A [`Which`] says which of the places.
#[derive(Clone, Debug)]
pub(crate) enum Mutation {
    /// Another byte.
    Byte(Which, u8),
    /// More bytes.
    Insert(Which, &'static [u8]),
    /// So many bytes left out.
    Remove(Which, usize),
    /// So many bytes doubled.
    Double(Which, usize),
    /// The end left out.
    Cut(Which),
    /// Something somewhere in a string or name.
    InString(Which, Which, &'static [u8]),
    /// A string or name of exactly so many bytes.
    Length(Which, usize),
    /// A string or name longer or shorter by so many bytes.
    Grow(Which, isize),
    /// Something else instead of a string, a number or a word.
    Value(Which, &'static [u8]),
    /// White space before or after a bracket, colon or comma.
    Blank(Which, bool, &'static [u8]),
    /// A member or item left out.
    Drop(Which, Which),
    /// A member or item that stands somewhere else.
    Move(Which, Which, Which),
    /// A member or item that stands so many times more.
    Repeat(Which, Which, usize),
    /// An object or array that is empty.
    Empty(Which),
}

const SNIPPETS: [&[u8]; 24] = [
    b"\"",
    b"\\",
    b"\\\"",
    b"\\\\",
    b"\\\\\"",
    b"\\/",
    b"\\n",
    b"\\u0000",
    b"\\u00e9",
    b"\\ud83d\\ude00",
    b"\\ud83d",
    b"\\ude00",
    b"\\q",
    b"\\u12",
    "\u{e9}".as_bytes(),
    "\u{1f600}".as_bytes(),
    b"\xff",
    b"\xe2\x82",
    b"\x7f",
    b"\0",
    b"\x1f",
    b"\t",
    b"\r",
    b"\n",
];

const VALUES: [&[u8]; 34] = [
    b"0",
    b"-0",
    b"7",
    b"-7",
    b"01",
    b"1.0",
    b"1.5",
    b"1e1",
    b"1E+2",
    b"100e-1",
    b"1.",
    b"-",
    b"1e",
    b"0x1",
    b"999999",
    b"1234567",
    b"12345678",
    b"123456789",
    b"9223372036854775807",
    b"-9223372036854775808",
    b"9223372036854775808",
    b"null",
    b"nul",
    b"nulll",
    b"true",
    b"[]",
    b"{}",
    b"[[]]",
    b"\"\"",
    b"\"list\"",
    b"\"queued\"",
    b"\"qu\\u0065ued\"",
    b"\"2026-09-04T13:40:00Z\"",
    b"",
];

const BLANKS: [&[u8]; 8] = [
    b" ",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"  ",
    b"\n                                                                    ",
    b"\x0b",
];

/// Lengths around those of vectors, of the parser's own memory, and of what it can remember.
const LENGTHS: [usize; 24] = [
    0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 62, 63, 64, 65, 66, 127, 128, 129, 256, 509, 512, 1025,
    70_000,
];

/// Any change.
pub(crate) fn mutation() -> impl Strategy<Value = Mutation> {
    use Mutation::*;
    let any = || any::<u32>().prop_map(Which);
    prop_oneof![
        1 => (any(), proptest::num::u8::ANY).prop_map(|(at, byte)| Byte(at, byte)),
        1 => (any(), select(&SNIPPETS[..])).prop_map(|(at, bytes)| Insert(at, bytes)),
        1 => (any(), 1..20_usize).prop_map(|(at, length)| Remove(at, length)),
        1 => (any(), 1..20_usize).prop_map(|(at, length)| Double(at, length)),
        1 => any().prop_map(Cut),
        4 => (any(), any(), select(&SNIPPETS[..])).prop_map(|(n, at, bytes)| InString(n, at, bytes)),
        2 => (any(), select(&LENGTHS[..])).prop_map(|(n, length)| Length(n, length)),
        2 => (any(), -3..4_isize).prop_map(|(n, more)| Grow(n, more)),
        4 => (any(), select(&VALUES[..])).prop_map(|(n, value)| Value(n, value)),
        3 => (any(), proptest::bool::ANY, select(&BLANKS[..]))
            .prop_map(|(n, after, blank)| Blank(n, after, blank)),
        2 => (any(), any()).prop_map(|(n, item)| Drop(n, item)),
        2 => (any(), any(), any()).prop_map(|(n, item, to)| Move(n, item, to)),
        1 => (any(), any(), 1..30_usize).prop_map(|(n, item, times)| Repeat(n, item, times)),
        1 => any().prop_map(Empty),
    ]
}

/// No change mostly, or a few.
pub(crate) fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    prop_oneof![3 => Just(vec![]), 2 => vec(mutation(), 1..4)]
}

impl Which {
    fn drawn(random: &mut ChaCha8Rng) -> Self {
        Self(random.next_u32())
    }

    /// Its place among `count`, which are not none.
    fn index(self, count: usize) -> usize {
        ((u64::from(self.0) * count as u64) >> 32) as usize
    }
}

impl Mutation {
    /// Any change, as often as [`mutation`] has it, and the same with every version of proptest.
    #[allow(dead_code, reason = "some of the test programs ask")]
    pub(crate) fn drawn(random: &mut ChaCha8Rng) -> Self {
        fn one_of<T: Copy>(choices: &[T], random: &mut ChaCha8Rng) -> T {
            *choices.choose(random).expect("some to choose from")
        }
        let which = Which::drawn;
        let at = which(random);
        match random.random_range(0..26_u32) {
            0 => Self::Byte(at, random.random()),
            1 => Self::Insert(at, one_of(&SNIPPETS, random)),
            2 => Self::Remove(at, random.random_range(1..20)),
            3 => Self::Double(at, random.random_range(1..20)),
            4 => Self::Cut(at),
            5..9 => Self::InString(at, which(random), one_of(&SNIPPETS, random)),
            9..11 => Self::Length(at, one_of(&LENGTHS, random)),
            11..13 => Self::Grow(at, one_of(&[-3, -2, -1, 0, 1, 2, 3], random)),
            13..17 => Self::Value(at, one_of(&VALUES, random)),
            17..20 => Self::Blank(at, random.random(), one_of(&BLANKS, random)),
            20..22 => Self::Drop(at, which(random)),
            22..24 => Self::Move(at, which(random), which(random)),
            24 => Self::Repeat(at, which(random), random.random_range(1..30)),
            _ => Self::Empty(at),
        }
    }

    /// Changes a document.
    pub(crate) fn apply(&self, text: &mut Vec<u8>) {
        if text.is_empty() {
            return;
        }
        let places = Places::of(text);
        match *self {
            Self::Byte(at, byte) => {
                let at = at.index(text.len());
                text[at] = byte;
            }
            Self::Insert(at, bytes) => splice(text, at.index(text.len()), 0, bytes),
            Self::Remove(at, length) => splice(text, at.index(text.len()), length, b""),
            Self::Double(at, length) => {
                let at = at.index(text.len());
                let piece = text[at..].iter().copied().take(length).collect::<Vec<_>>();
                splice(text, at, 0, &piece);
            }
            Self::Cut(at) => text.truncate(at.index(text.len())),
            Self::InString(n, at, bytes) => {
                let Some(Range { start, end }) = choose(&places.strings, n) else { return };
                splice(text, start + at.index(end - start + 1), 0, bytes);
            }
            Self::Length(n, length) => {
                let Some(Range { start, end }) = choose(&places.strings, n) else { return };
                splice(text, start, end - start, &vec![b'x'; length]);
            }
            Self::Grow(n, more) => {
                let Some(Range { start, end }) = choose(&places.strings, n) else { return };
                match usize::try_from(more) {
                    Ok(more) => splice(text, end, 0, &vec![b'y'; more]),
                    Err(_) => splice(text, start, more.unsigned_abs().min(end - start), b""),
                }
            }
            Self::Value(n, value) => {
                let Some(Range { start, end }) = choose(&places.values, n) else { return };
                splice(text, start, end - start, value);
            }
            Self::Blank(n, after, blank) => {
                let Some(at) = choose(&places.structure, n) else { return };
                splice(text, at + usize::from(after), 0, blank);
            }
            Self::Drop(n, item) => change_items(text, &places, n, |items| {
                items.remove(item.index(items.len()));
            }),
            Self::Move(n, item, to) => change_items(text, &places, n, |items| {
                let (item, to) = (item.index(items.len()), to.index(items.len()));
                items.swap(item, to);
            }),
            Self::Repeat(n, item, times) => change_items(text, &places, n, |items| {
                let item = items[item.index(items.len())].clone();
                items.extend(std::iter::repeat_n(item, times));
            }),
            Self::Empty(n) => change_items(text, &places, n, Vec::clear),
        }
    }
}

/// Replaces `length` bytes, or as many as there are.
fn splice(text: &mut Vec<u8>, at: usize, length: usize, by: &[u8]) {
    let at = at.min(text.len());
    let end = (at + length).min(text.len());
    text.splice(at..end, by.iter().copied());
}

fn choose<T: Clone>(places: &[T], n: Which) -> Option<T> {
    (!places.is_empty()).then(|| places[n.index(places.len())].clone())
}

/// Writes the items of an object or array anew.
fn change_items(
    text: &mut Vec<u8>,
    places: &Places,
    n: Which,
    change: impl FnOnce(&mut Vec<Vec<u8>>),
) {
    let Some(ranges) = choose(&places.containers, n) else { return };
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
    let whole = first.start..last.end;
    let mut items = ranges.iter().map(|range| text[range.clone()].to_vec()).collect();
    change(&mut items);
    text.splice(whole, items.join(&b','));
}

/// What there is in a text, as far as quotes and brackets tell.
#[derive(Default)]
struct Places {
    /// What stands between quotes.
    strings: Vec<Range<usize>>,
    /// Strings with their quotes, numbers and words.
    values: Vec<Range<usize>>,
    /// Brackets, colons and commas.
    structure: Vec<usize>,
    /// The members and items of each object and array.
    containers: Vec<Vec<Range<usize>>>,
}

impl Places {
    fn of(text: &[u8]) -> Self {
        let mut places = Self::default();
        let mut open: Vec<(usize, Vec<Range<usize>>)> = vec![];
        let mut at = 0;
        while at < text.len() {
            let start = at;
            at += 1;
            match text[start] {
                b'"' => {
                    while at < text.len() && text[at] != b'"' {
                        at += if text[at] == b'\\' { 2 } else { 1 };
                    }
                    let end = at.min(text.len());
                    at = (end + 1).min(text.len());
                    places.strings.push(start + 1..end);
                    places.values.push(start..at);
                    continue;
                }
                b'{' | b'[' => open.push((at, vec![])),
                b',' => {
                    if let Some((begin, items)) = open.last_mut() {
                        items.push(*begin..start);
                        *begin = at;
                    }
                }
                b'}' | b']' => {
                    if let Some((begin, mut items)) = open.pop() {
                        if begin < start {
                            items.push(begin..start);
                        }
                        places.containers.push(items);
                    }
                }
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let ends =
                        |&byte: &u8| !matches!(byte, b'-'..=b'.' | b'0'..=b'9' | b'a'..=b'z');
                    at += text[at..].iter().position(ends).unwrap_or(text.len() - at);
                    places.values.push(start..at);
                    continue;
                }
                b':' => {}
                _ => continue,
            }
            places.structure.push(start);
        }
        places
    }
}
