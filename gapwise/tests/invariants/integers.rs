//! Any number: its grammar is that of serde_json, its value the exact one, and the common ones are read alike
//! by both ways.

#[path = "exact.rs"]
mod exact;

use gapwise::fuzzing::{common_integer, integer, skip_number};
use gapwise::{ErrorKind, Kernel, fuzzing};
use serde_json::value::RawValue;

pub(crate) fn check(text: &[u8]) {
    if let Some(&word) = text.first_chunk() {
        assert_eq!(common_integer(word), common(text), "{}", text.escape_ascii());
    }
    // The readers of numbers are called where one begins.
    let [b'-' | b'0'..=b'9', ..] = text else { return };
    let is_part = |&byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    let is_number = |text: &[u8]| serde_json::from_slice::<&RawValue>(text).is_ok();
    let end = skip_number(text);
    match end {
        Ok(end) => {
            assert!(is_number(&text[..end]), "{}", text.escape_ascii());
            // It is the longest that it can be; how it might go on shows soon.
            let longer = (end + 1..=text.len()).take(16);
            let longer = longer.take_while(|&longer| is_part(&text[longer - 1]));
            assert!(!longer.map(|longer| &text[..longer]).any(is_number));
        }
        Err((kind, offset)) => {
            let parts = text.iter().take_while(|byte| is_part(byte)).count();
            assert!(!is_number(&text[..parts]), "{}", text.escape_ascii());
            let place = (kind == ErrorKind::UnexpectedEnd).then_some(text.len());
            assert_eq!(offset, place.unwrap_or(0));
        }
    }
    for kernel in Kernel::available() {
        assert_eq!(fuzzing::skip_value(kernel, text), end, "{kernel}");
    }
    let number = end.map(|end| std::str::from_utf8(&text[..end]).expect("it is ASCII"));
    match (integer(text), number.map(exact::integer)) {
        (Ok((value, length)), Ok(expected)) => {
            assert_eq!((Some(value), Ok(length)), (expected, end));
        }
        (Err((kind, 0)), Ok(expected)) => {
            use ErrorKind::{IntegerOutOfRange, NotAnInteger};
            assert_eq!(expected, None);
            assert!(matches!(kind, IntegerOutOfRange | NotAnInteger));
        }
        (read, expected) => assert_eq!(read.map(drop), expected.map(drop)),
    }
}

/// What is to be said of the commonest integers: one to seven digits, and the number surely ends.
fn common(text: &[u8]) -> Option<(i64, usize)> {
    let count = text.iter().take(8).take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(count);
    let is_common = (1..8).contains(&count)
        && !(count > 1 && digits[0] == b'0')
        && !matches!(rest, [b'.' | b'e' | b'E', ..]);
    let value = || std::str::from_utf8(digits).ok()?.parse().ok();
    if is_common { Some((value()?, count)) } else { None }
}
