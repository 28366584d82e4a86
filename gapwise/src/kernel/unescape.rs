//! Strings with escapes, many bytes at a time.

use super::instructions::{Instructions, WIDEST};
use super::scan::{equal_to, escaped};
use std::slice;

/// What the letter after a backslash denotes; 0 for `u`, and for letters that denote nothing.
pub(crate) static SIMPLE_ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let pairs = *b"\"\"\\\\//b\x08f\x0cn\nr\rt\t";
    let mut at = 0;
    while at < pairs.len() {
        table[pairs[at] as usize] = pairs[at + 1];
        at += 2;
    }
    table
};

/// The longest escape, for a character beyond the basic plane.
const LONGEST: usize = r"\uXXXX\uXXXX".len();

/// How much text and room [`unescape`] needs: a vector, an escape that begins with its last byte, and another vector.
pub(crate) const fn reach<I: Instructions>() -> usize {
    2 * I::WIDTH + LONGEST
}

/// The greatest [`reach`] of any kernel.
pub(crate) const MOST_REACH: usize = 2 * WIDEST + LONGEST;

/// How far [`unescape`] came.
pub(crate) struct Unescaped {
    /// How many bytes of the text were read.
    pub(crate) read: usize,
    /// How many bytes were written to the start of the room.
    pub(crate) written: usize,
    /// Whether all that was read is ASCII. What was written is UTF-8 if this is true, or if what was read is UTF-8.
    pub(crate) is_ascii: bool,
    pub(crate) then: Then,
}

/// Why [`unescape`] stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// At the closing quote.
    Quote,
    /// The text or the room is shorter than [`reach`].
    Little,
    /// At a control character, or an escape that denotes nothing.
    Wrong,
}

/// Unescapes the string that `text` begins with, to the start of the room, as long as there is enough of both. Checks
/// everything except UTF-8.
#[inline(always)]
pub(crate) fn unescape<I: Instructions>(i: I, text: &[u8], room: &mut [u8]) -> Unescaped {
    // Never more is written than read.
    let least = text.len().min(room.len());
    let from = text.as_ptr();
    // The place to write to, less `read`: so `read` is the offset from both `from` and `to`.
    let mut to = room.as_mut_ptr();
    let (mut read, mut is_ascii) = (0, true);
    let then = 'string: loop {
        if least - read < reach::<I>() {
            break Then::Little;
        }
        let end = read + I::WIDTH;
        // SAFETY: a vector is less than the reach.
        let vector = unsafe { copy(i, from.add(read), to.wrapping_add(read)) };
        let mut special = i.mask(i.special(vector));
        if I::SQUEEZES {
            let closing = i.mask(i.closing(vector));
            if let Some(begins) = begins_of_same(i, vector, closing) {
                // SAFETY: as before, a vector is less than the reach.
                unsafe { i.squeeze(vector, !begins, to.wrapping_add(read)) };
                is_ascii &= special & !closing == 0;
                (read, to) = (end, to.wrapping_sub(begins.count_ones() as usize));
                continue;
            }
        }
        // The special bytes of the vector in turn, without a new search for each.
        while special != 0 {
            let plain = special.trailing_zeros() >> I::SHIFT;
            read += plain as usize;
            special >>= plain << I::SHIFT;
            // SAFETY: it is a byte of the vector.
            match unsafe { *from.add(read) } {
                b'\\' => {
                    // SAFETY: the longest escape is there, wherever in the vector it begins.
                    let letter = unsafe { *from.add(read + 1) };
                    let simple = SIMPLE_ESCAPES[usize::from(letter)];
                    if simple != 0 {
                        // SAFETY: what was read is less than the reach.
                        unsafe { *to.wrapping_add(read) = simple };
                        // Copies what follows the escape again, to where it belongs.
                        // SAFETY: a vector is there behind the longest escape.
                        unsafe { copy(i, from.add(read + 2), to.wrapping_add(read + 1)) };
                        (read, to) = (read + 2, to.wrapping_sub(1));
                        special >>= 2 << I::SHIFT;
                        continue;
                    }
                    // SAFETY: as before.
                    let escape = unsafe { &*from.add(read).cast() };
                    // SAFETY: a character takes less room than any escape for it.
                    let denoted = unsafe { &mut *to.wrapping_add(read).cast() };
                    let Some((length, bytes)) = unicode(escape, denoted) else {
                        break 'string Then::Wrong;
                    };
                    (read, to) = (read + length, to.wrapping_sub(length - bytes));
                    special = special.checked_shr((length as u32) << I::SHIFT).unwrap_or(0);
                    // SAFETY: as before.
                    unsafe { copy(i, from.add(read), to.wrapping_add(read)) };
                }
                b'"' => break 'string Then::Quote,
                ..0x20 => break 'string Then::Wrong,
                0x80.. => {
                    is_ascii = false;
                    // From here on, only bytes that end the string or begin an escape matter.
                    // SAFETY: a vector is there from each byte of the last one on.
                    special &= i.mask(i.closing(unsafe { i.load(text, read) }))
                        & (u64::MAX << (1 << I::SHIFT));
                }
                // Flagged without cause.
                _ => {
                    read += 1;
                    special >>= 1 << I::SHIFT;
                }
            }
        }
        read = read.max(end);
    };
    let written = to.wrapping_add(read).addr() - room.as_ptr().addr();
    Unescaped { read, written, is_ascii, then }
}

/// Where the escapes in a vector begin, given the mask of its closing bytes. `None` if there are none, or if one of
/// them does not denote the escaped character itself or does not end in the vector, or if the string ends in the
/// vector.
#[inline(always)]
fn begins_of_same<I: Instructions>(i: I, vector: I::Vector, closing: u64) -> Option<u64> {
    let backslashes = equal_to(i, vector, b'\\');
    let (escaped, _) = escaped(backslashes, 0);
    let begins = backslashes & !escaped;
    let same = backslashes | equal_to(i, vector, b'/') | equal_to(i, vector, b'"');
    let last = 1 << (I::WIDTH - 1);
    let others = escaped & !same | begins & last | closing & !begins & !escaped;
    (backslashes != 0 && others == 0).then_some(begins)
}

/// Copies a vector, and returns it.
///
/// # Safety
///
/// A vector is at one place, and room for it at the other.
#[inline(always)]
unsafe fn copy<I: Instructions>(i: I, from: *const u8, to: *mut u8) -> I::Vector {
    // SAFETY: the caller's promise.
    let vector = unsafe { i.load(slice::from_raw_parts(from, I::WIDTH), 0) };
    // SAFETY: the caller's promise.
    unsafe { i.store(vector, slice::from_raw_parts_mut(to, I::WIDTH), 0) };
    vector
}

/// Writes the UTF-8 of a `\uXXXX` escape. Returns the length of the escape and of what was written. `None` if it is not
/// such an escape.
#[inline(always)]
fn unicode(escape: &[u8; LONGEST], room: &mut [u8; 4]) -> Option<(usize, usize)> {
    // Most are ASCII.
    if let [_, b'u', b'0', b'0', high @ b'0'..=b'7', low, ..] = *escape
        && let low @ ..0x10 = hex(low)
    {
        room[0] = (high - b'0') << 4 | low as u8;
        return Some((LONGEST / 2, 1));
    }
    any_unicode(escape, room)
}

/// Like [`unicode`], for any character.
#[inline(never)]
fn any_unicode(escape: &[u8; LONGEST], room: &mut [u8; 4]) -> Option<(usize, usize)> {
    let [b'\\', b'u', first @ .., _, _, _, _, _, _] = *escape else { return None };
    let first = code_unit_of(first);
    let (c, length) = match (first, escape) {
        (0xd800..0xdc00, [.., b'\\', b'u', a, b, c, d]) => match code_unit_of([*a, *b, *c, *d]) {
            second @ 0xdc00..0xe000 => (of_pair(first, second), LONGEST),
            _ => return None,
        },
        _ => (first, LONGEST / 2),
    };
    Some((length, char::from_u32(c)?.encode_utf8(room).len()))
}

/// The code point that a surrogate pair stands for.
pub(crate) const fn of_pair(first: u32, second: u32) -> u32 {
    0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
}

/// The value of a hexadecimal digit; [`NO_DIGIT`] for any other byte.
#[inline(always)]
pub(crate) fn hex(digit: u8) -> u32 {
    static HEX_DIGITS: [u32; 256] = {
        let mut table = [NO_DIGIT; 256];
        let mut digit = 0;
        while digit < 16 {
            table[b"0123456789abcdef"[digit] as usize] = digit as u32;
            table[b"0123456789ABCDEF"[digit] as usize] = digit as u32;
            digit += 1;
        }
        table
    };
    HEX_DIGITS[usize::from(digit)]
}

/// Greater than any code point, and still so when it is shifted to the place of another digit.
pub(crate) const NO_DIGIT: u32 = 0x11_0000;

/// The value of four hexadecimal digits; no valid code point if one of them is not a digit.
#[inline(always)]
fn code_unit_of([a, b, c, d]: [u8; 4]) -> u32 {
    hex(a) << 12 | hex(b) << 8 | hex(c) << 4 | hex(d)
}
