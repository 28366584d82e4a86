//! Numbers (RFC 8259 section 6): the grammar, and the value of integers.
//!
//! JSON Schema calls a number an integer when its value has no fraction, however it is written: `10`,
//! `10.0`, `1e1` and `100e-1` are the same integer. The value is computed from the digits; floating point
//! would lose some.

use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, digits_and_points, each};
use crate::schema::{self, AnyNumber, AsNumber as _, ShortNumber};
use std::hint::select_unpredictable;

/// The parts of a number in the text.
struct Number<'b> {
    negative: bool,
    whole: &'b [u8],
    fraction: &'b [u8],
    exponent_negative: bool,
    exponent: &'b [u8],
    end: usize,
}

/// Reads the most common integers: one to seven digits, after which the number certainly ends. `None` for all other
/// numbers, and for anything else. `word` is the text, with the first byte lowest. Returns the value and the number of
/// digits.
#[inline(always)]
pub(super) fn read_digits(word: u64) -> Option<(i64, usize)> {
    let count = leading_digits(word);
    // As few branches as possible: the number of digits is hard to predict.
    let leading_zero = (count > 1) & (word as u8 == b'0');
    let bits = (8 * count) & 63;
    let after = (word >> bits) as u8;
    let goes_on = (after == b'.') | (after | 0x20 == b'e');
    if leading_zero | goes_on | (count == 0) | (count == 8) {
        return None;
    }
    // As eight digits, of which the first ones are zeros.
    let digits = word ^ each(b'0');
    Some((eight_digits(digits << (64 - bits)) as i64, count))
}

/// Reads a number with few digits and without an exponent. `None` for all other numbers, for anything else, and near
/// the end of the text. Also returns the length of the number.
#[inline(always)]
pub(super) fn short_number(text: &[u8]) -> Option<(ShortNumber, usize)> {
    const NEEDED: usize = 1 + ShortNumber::MOST_DIGITS + 1 + ShortNumber::MOST_DIGITS + 8;
    let text: &[u8; NEEDED] = text.first_chunk()?;
    let is_negative = text[0] == b'-';
    let begin = usize::from(is_negative);
    let (whole, count) = up_to_15_digits(&text[begin..])?;
    let mut end = begin + count;
    let leading_zero = (count > 1) & (text[begin] == b'0');
    let (mut digits, mut fraction) = (whole, None);
    if text[end] == b'.' {
        let (more, count_of_more) = up_to_15_digits(&text[end + 1..])?;
        if count + count_of_more > ShortNumber::MOST_DIGITS {
            return None;
        }
        digits = whole * TENS[count_of_more] + more;
        fraction = Some(count_of_more as u8);
        end += 1 + count_of_more;
    }
    let is_other = leading_zero | (text[end] | 0x20 == b'e');
    (!is_other).then_some((ShortNumber { is_negative, digits, fraction }, end))
}

/// The powers of ten that make room for more digits.
const TENS: [u64; 16] = {
    let mut tens = [1; 16];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// The number that the leading digits of a text form, and how many digits there are. `None` if there are none, or more
/// than 15.
#[inline(always)]
fn up_to_15_digits(text: &[u8]) -> Option<(u64, usize)> {
    let word = |at: usize| Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?));
    let value = |word: u64, count: usize| match count {
        0 => 0,
        count => eight_digits((word ^ each(b'0')) << (64 - 8 * count)),
    };
    let first = word(0)?;
    match leading_digits(first) {
        0 => None,
        8 => {
            let second = word(8)?;
            match leading_digits(second) {
                8 => None,
                count => Some((value(first, 8) * TENS[count] + value(second, count), 8 + count)),
            }
        }
        count => Some((value(first, count), count)),
    }
}

/// Where the number that begins at `at` ends, if it is one of the most common ones: it has no exponent, and a vector
/// holds it and more. `None` for all other numbers, and for anything else.
#[inline(always)]
pub(super) fn skip_common_number<I: Instructions>(i: I, bytes: &[u8], at: usize) -> Option<usize> {
    let (others, points) = digits_and_points(i, bytes, at)?;
    // As few branches as possible: nobody can predict which parts a number has.
    let first = |mask: u64| (mask.trailing_zeros() >> I::SHIFT) as usize;
    let from = |mask: u64, index: usize| mask >> ((index << I::SHIFT) & 63);
    let byte = (1 << (1 << I::SHIFT)) - 1;
    let sign = usize::from(bytes[at] == b'-');
    let after_sign = from(others, sign);
    let whole = first(after_sign);
    let has_fraction = from(points, sign + whole) & byte == 0;
    let after_point = from(after_sign, whole) >> (1 << I::SHIFT);
    let fraction = first(after_point);
    let begin = at + sign;
    let end = begin + whole + select_unpredictable(has_fraction, 1 + fraction, 0);
    let leading_zero = (whole > 1) & (bytes[begin] == b'0');
    let no_fraction = has_fraction & ((fraction == 0) | (after_point == 0));
    let has_exponent = *bytes.get(end)? | 0x20 == b'e';
    let is_other = (whole == 0) | (after_sign == 0) | leading_zero | no_fraction | has_exponent;
    (!is_other).then_some(end)
}

/// Skips integers that are followed by a comma, as many as a vector holds completely. Returns where the next value
/// begins.
#[inline(always)]
pub(super) fn skip_integers<I: Instructions>(i: I, bytes: &[u8], mut at: usize) -> usize {
    let Some((mut others, _)) = digits_and_points(i, bytes, at) else { return at };
    loop {
        let length = (others.trailing_zeros() >> I::SHIFT) as usize;
        let is_integer = match length {
            0 => false,
            1 => true,
            _ => others != 0 && bytes[at] != b'0',
        };
        if !is_integer || bytes.get(at + length) != Some(&b',') {
            return at;
        }
        at += length + 1;
        others = others >> (length << I::SHIFT) >> (1 << I::SHIFT);
    }
}

/// Where a number ends. It begins at `at` with `-` or a digit.
pub(super) fn skip_number(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    match end_of_number(bytes, at) {
        Some(end) => Ok(end),
        // The reference finds out what is wrong.
        None => Number::read(bytes, at).map(|number| number.end),
    }
}

/// Where the number that begins at `at` ends, if one does.
fn end_of_number(bytes: &[u8], at: usize) -> Option<usize> {
    let end_of_digits = |at: usize| match count_digits(bytes.get(at..)?) {
        0 => None,
        count => Some(at + count),
    };
    let begin = at + usize::from(*bytes.get(at)? == b'-');
    let mut end = end_of_digits(begin)?;
    if end > begin + 1 && bytes[begin] == b'0' {
        return None;
    }
    if let Some(b'.') = bytes.get(end) {
        end = end_of_digits(end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let has_sign = matches!(bytes.get(end + 1), Some(b'-' | b'+'));
        end = end_of_digits(end + 1 + usize::from(has_sign))?;
    }
    Some(end)
}

/// Reads an integer in any notation. It begins at `at` with `-` or a digit. Returns its value and where it ends.
pub(super) fn read_integer(bytes: &[u8], at: usize) -> Result<(i64, usize), Fault> {
    let number = Number::read(bytes, at)?;
    let expected = Expected::Words("an integer");
    match number.integer() {
        Ok(integer) => Ok((integer, number.end)),
        Err(kind) => Err(Fault::expecting(kind, at, expected)),
    }
}

/// Reads a number to be kept as this type. It begins at `at` with `-` or a digit. Returns its value and where it ends.
/// The caller checks whether an integer fits its type.
pub(super) fn read_number(
    bytes: &[u8],
    at: usize,
    kept_as: schema::Number,
) -> Result<(AnyNumber, usize), Fault> {
    let number = Number::read(bytes, at)?;
    // Numbers are ASCII.
    let text = || str::from_utf8(&bytes[at..number.end]).unwrap_or_default();
    let (value, is_finite) = match kept_as {
        schema::Number::F32 => {
            let short = number.short().and_then(ShortNumber::f32);
            let value = short.unwrap_or_else(|| text().parse().unwrap_or(f32::NAN));
            (AnyNumber::F32(value), value.is_finite())
        }
        schema::Number::F64 => {
            let short = number.short().and_then(ShortNumber::f64);
            let value = short.unwrap_or_else(|| text().parse().unwrap_or(f64::NAN));
            (AnyNumber::F64(value), value.is_finite())
        }
        _ => match number.magnitude() {
            Ok(magnitude) => (AnyNumber::Integer { is_negative: number.negative, magnitude }, true),
            Err(kind) => return Err(Fault::expecting(kind, at, Expected::Words("an integer"))),
        },
    };
    match is_finite {
        true => Ok((value, number.end)),
        false => Err(Fault::new(ErrorKind::NumberOutOfRange, at)),
    }
}

/// The integer denoted by a text that must have digits and nothing else.
pub(super) fn integer_of(text: impl Iterator<Item = char>) -> Result<i64, ErrorKind> {
    let (mut integer, mut is_empty) = (Some(0_i64), true);
    for c in text {
        let digit = c.to_digit(10).ok_or(ErrorKind::WrongType)?;
        integer = integer.and_then(|integer| integer.checked_mul(10)?.checked_add(digit.into()));
        is_empty = false;
    }
    if is_empty { Err(ErrorKind::WrongType) } else { integer.ok_or(ErrorKind::IntegerOutOfRange) }
}

impl<'b> Number<'b> {
    fn read(bytes: &'b [u8], at: usize) -> Result<Self, Fault> {
        let negative = bytes.get(at) == Some(&b'-');
        let start = at + usize::from(negative);
        let whole = digits(bytes, start, at)?;
        if whole.len() > 1 && whole[0] == b'0' {
            let expected = Expected::Words("a number without leading zeros");
            return Err(Fault::expecting(ErrorKind::InvalidNumber, at, expected));
        }
        let mut end = start + whole.len();
        let mut number =
            Self { negative, whole, fraction: &[], exponent_negative: false, exponent: &[], end };
        if bytes.get(end) == Some(&b'.') {
            number.fraction = digits(bytes, end + 1, at)?;
            end += 1 + number.fraction.len();
        }
        if let Some(b'e' | b'E') = bytes.get(end) {
            let sign = bytes.get(end + 1);
            number.exponent_negative = sign == Some(&b'-');
            let start = end + 1 + usize::from(matches!(sign, Some(b'-' | b'+')));
            number.exponent = digits(bytes, start, at)?;
            end = start + number.exponent.len();
        }
        number.end = end;
        Ok(number)
    }

    /// The value; or if it has none, the kind of error.
    fn integer(&self) -> Result<i64, ErrorKind> {
        if let Some(magnitude) = self.few_plain_digits() {
            let magnitude = magnitude as i64;
            return Ok(if self.negative { -magnitude } else { magnitude });
        }
        let magnitude = self.magnitude()?;
        let integer = match self.negative {
            true => 0_i64.checked_sub_unsigned(magnitude.try_into().unwrap_or(u64::MAX)),
            false => i64::try_from(magnitude).ok(),
        };
        integer.ok_or(ErrorKind::IntegerOutOfRange)
    }

    /// The absolute value, if there are only a few plain digits, as is usual.
    fn few_plain_digits(&self) -> Option<u64> {
        let are_few =
            self.whole.len() <= 18 && self.fraction.is_empty() && self.exponent.is_empty();
        are_few.then(|| followed_by(0, self.whole))
    }

    /// The number as a [`ShortNumber`], if it has few digits and no exponent.
    fn short(&self) -> Option<ShortNumber> {
        let Self { negative: is_negative, whole, fraction, .. } = *self;
        let are_few = whole.len() + fraction.len() <= ShortNumber::MOST_DIGITS;
        (are_few && self.exponent.is_empty()).then(|| ShortNumber {
            is_negative,
            digits: followed_by(followed_by(0, whole), fraction),
            fraction: (!fraction.is_empty()).then_some(fraction.len() as u8),
        })
    }

    /// The absolute value; or if it has none, the kind of error. It may be an integer of a type other than `i64`.
    fn magnitude(&self) -> Result<u128, ErrorKind> {
        if let Some(magnitude) = self.few_plain_digits() {
            return Ok(magnitude.into());
        }
        // The digits, and how many zeros follow them; if that is negative, how many digits are cut off.
        let digits = || self.whole.iter().chain(self.fraction);
        let total = self.whole.len() + self.fraction.len();
        let leading = digits().take_while(|&&digit| digit == b'0').count();
        if leading == total {
            return Ok(0);
        }
        let trailing = digits().rev().take_while(|&&digit| digit == b'0').count();
        let zeros = self.exponent_value() - self.fraction.len() as i64 + trailing as i64;
        if zeros < 0 {
            return Err(ErrorKind::NotAnInteger);
        }
        let significant = digits().copied().take(total - trailing).skip(leading);
        // More than 40 zeros after a digit overflow just like 40.
        let zeros = std::iter::repeat_n(b'0', zeros.min(40) as usize);
        significant
            .chain(zeros)
            .try_fold(0_u128, |value, digit| {
                value.checked_mul(10)?.checked_add(u128::from(digit - b'0'))
            })
            .ok_or(ErrorKind::IntegerOutOfRange)
    }

    /// The exponent, limited to well within `i64`: no number of digits in memory can make up for more.
    fn exponent_value(&self) -> i64 {
        const HUGE: i64 = i64::MAX / 4;
        let magnitude = self.exponent.iter().fold(0_i64, |value, digit| {
            value.saturating_mul(10).saturating_add(i64::from(digit - b'0')).min(HUGE)
        });
        if self.exponent_negative { -magnitude } else { magnitude }
    }
}

/// Appends digits to a number; there may be no more than 18 in all.
fn followed_by(number: u64, digits: &[u8]) -> u64 {
    let (eights, rest) = digits.as_chunks();
    let number = eights.iter().fold(number, |number, &eight| {
        let digits = u64::from_le_bytes(eight) ^ each(b'0');
        number * 100_000_000 + eight_digits(digits)
    });
    rest.iter().fold(number, |number, digit| number * 10 + u64::from(digit - b'0'))
}

/// The digits at `start`, of which there must be at least one. The number begins at `number`.
fn digits(bytes: &[u8], start: usize, number: usize) -> Result<&[u8], Fault> {
    let rest = bytes.get(start..).unwrap_or_default();
    match count_digits(rest) {
        0 if rest.is_empty() => Err(Fault::unexpected(bytes, bytes.len(), "a digit")),
        0 => {
            let expected = Expected::Words("a number");
            Err(Fault::expecting(ErrorKind::InvalidNumber, number, expected))
        }
        count => Ok(&rest[..count]),
    }
}

/// The number of digits that a text begins with.
fn count_digits(text: &[u8]) -> usize {
    let mut count = 0;
    while let Some(&word) = text[count..].first_chunk() {
        match leading_digits(u64::from_le_bytes(word)) {
            8 => count += 8,
            more => return count + more,
        }
    }
    count + text[count..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The number of digits that 8 bytes begin with. The first byte is the lowest.
#[inline(always)]
fn leading_digits(word: u64) -> usize {
    let digits = word ^ each(b'0');
    // Flags the bytes from the first one on that is not a digit.
    let others = (digits.wrapping_add(each(0x80 - 10)) | digits) & each(0x80);
    others.trailing_zeros() as usize / 8
}

/// The number that 8 digits form. Each byte is the value of a digit; the first digit is the lowest byte.
#[inline(always)]
fn eight_digits(digits: u64) -> u64 {
    // Combines neighbours, pair by pair.
    let pairs = digits.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integer(text: &str) -> Result<i64, ErrorKind> {
        read_integer(text.as_bytes(), 0)
            .map(|(integer, end)| {
                assert_eq!(end, text.len(), "{text}");
                integer
            })
            .map_err(|fault| fault.kind)
    }

    #[test]
    fn plain_digits_are_read_alike_by_both_ways() {
        for end in [",", "}", " ", "\n", ".", "e", "E", "-", "x", "\"", "]", ":", "/"] {
            for number in (0..2000_u32).map(|n| n * n * 7).chain([9_999_999, 10_000_000]) {
                for before in ["", "0", "-", "+", " "] {
                    let text = format!("{before}{number}{end}        ");
                    let word = u64::from_le_bytes(*text.as_bytes().first_chunk().unwrap());
                    match read_digits(word) {
                        Some(read) => assert_eq!(read_integer(text.as_bytes(), 0), Ok(read)),
                        None => assert!(
                            !before.is_empty() || number > 9_999_999 || ".eE".contains(end),
                            "{text}"
                        ),
                    }
                }
            }
        }
    }

    #[test]
    fn short_numbers_are_read_as_all_are() {
        let more = "x".repeat(40);
        let mut read = 0;
        for whole in ["0", "7", "00", "07", "10", "1234567", "12345678", "123456789", "", "+1", "a"]
        {
            for more_digits in ["", "0", "98765", "12345678", "123456"] {
                for fraction in ["", ".", ".0", ".5", ".25000", ".12345678", ".1234567890", ".x"] {
                    for after in [",", "]", " ", "\n", "e", "E5", ".", "-"] {
                        for sign in ["", "-"] {
                            let number = format!("{sign}{whole}{more_digits}{fraction}");
                            let text = format!("{number}{after}{more}");
                            let Some((short, length)) = short_number(text.as_bytes()) else {
                                continue;
                            };
                            read += 1;
                            let all = Number::read(text.as_bytes(), 0).unwrap();
                            assert_eq!(length, all.end, "{text}");
                            let (value, end): (f64, _) = (number.parse().unwrap(), number.len());
                            assert_eq!(
                                (short.f64().unwrap().to_bits(), length),
                                (value.to_bits(), end)
                            );
                            if let Some(value) = short.f32() {
                                assert_eq!(
                                    value.to_bits(),
                                    number.parse::<f32>().unwrap().to_bits()
                                );
                            }
                            let integer: Option<i64> = number.parse().ok();
                            assert_eq!(short.integer(), integer);
                            let small = integer.and_then(|integer| u8::try_from(integer).ok());
                            assert_eq!(short.integer(), small);
                        }
                    }
                }
            }
        }
        assert!(read > 500, "{read}");
        for length in 0..40 {
            assert_eq!(short_number(&b"1,"[..].repeat(20)[..length]), None);
        }
    }

    #[test]
    fn floating_point_numbers_are_those_of_the_standard_library() {
        let mut state = 1_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        };
        for _ in 0..200_000 {
            // As many digits as a short number can have, and a few more.
            let digits = (next() << 31 | next()) % 10_u64.pow(1 + (next() % 17) as u32);
            let sign = if next() % 2 == 0 { "-" } else { "" };
            let point = 10_u64.pow((next() % 17) as u32);
            let width = point.ilog10() as usize;
            let text = match width {
                0 => format!("{sign}{digits}"),
                _ => format!("{sign}{}.{:0width$}", digits / point, digits % point),
            };
            let read = |kept_as| read_number(text.as_bytes(), 0, kept_as).unwrap().0;
            let AnyNumber::F64(double) = read(schema::Number::F64) else { panic!("{text}") };
            assert_eq!(double.to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
            let AnyNumber::F32(single) = read(schema::Number::F32) else { panic!("{text}") };
            assert_eq!(single.to_bits(), text.parse::<f32>().unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn an_integer_may_be_spelled_in_any_way() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("0.0", 0),
            ("-0.000e99", 0),
            ("0e99999999999999999999", 0),
            ("7", 7),
            ("-7", -7),
            ("10.0", 10),
            ("1e1", 10),
            ("1E+1", 10),
            ("100e-1", 10),
            ("1.5e1", 15),
            ("-12.50e2", -1250),
            ("0.001e3", 1),
            ("1000000000000000000000e-3", 1_000_000_000_000_000_000),
            ("123456789012345678", 123_456_789_012_345_678),
            ("1234567890123456789", 1_234_567_890_123_456_789),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("9223372036854775807.000", i64::MAX),
            ("-922337203685477580.8e1", i64::MIN),
            ("92233720368547758070e-1", i64::MAX),
        ] {
            assert_eq!(integer(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_no_integer() {
        for text in ["1.5", "-0.1", "1e-1", "15e-2", "1e-99999999999999999999", "0.10e0"] {
            assert_eq!(integer(text), Err(ErrorKind::NotAnInteger), "{text}");
        }
    }

    #[test]
    fn an_integer_fits_in_64_bits() {
        for text in [
            "9223372036854775808",
            "-9223372036854775809",
            "1e19",
            "1e99999999999999999999",
            "18446744073709551616",
            "99999999999999999999999999999999999999",
        ] {
            assert_eq!(integer(text), Err(ErrorKind::IntegerOutOfRange), "{text}");
        }
    }

    #[test]
    fn many_digits_and_a_matching_exponent_cancel_out() {
        let zeros = "0".repeat(100_000);
        assert_eq!(integer(&format!("7{zeros}e-100000")), Ok(7));
        assert_eq!(integer(&format!("0.{zeros}7e100001")), Ok(7));
    }

    #[test]
    fn numbers_follow_the_grammar() {
        use ErrorKind::*;
        for (text, kind) in [
            ("01", InvalidNumber),
            ("-01", InvalidNumber),
            ("-x", InvalidNumber),
            ("--1", InvalidNumber),
            ("1.x", InvalidNumber),
            ("1.e1", InvalidNumber),
            ("1ex", InvalidNumber),
            ("1e+-1", InvalidNumber),
            ("-", UnexpectedEnd),
            ("1.", UnexpectedEnd),
            ("1e", UnexpectedEnd),
            ("1e-", UnexpectedEnd),
        ] {
            let fault = skip_number(text.as_bytes(), 0).unwrap_err();
            assert_eq!(fault.kind, kind, "{text}");
        }
        for (text, end) in [("1,", 1), ("-0]", 2), ("1.25e-7}", 7), ("1E4 ", 3), ("0x", 1)] {
            assert_eq!(skip_number(text.as_bytes(), 0), Ok(end), "{text}");
        }
    }

    #[test]
    fn a_text_of_digits_is_an_integer_and_no_other_text_is() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("401", Ok(401)),
            ("000401", Ok(401)),
            ("9223372036854775807", Ok(i64::MAX)),
            ("9223372036854775808", Err(ErrorKind::IntegerOutOfRange)),
            ("99999999999999999999x", Err(ErrorKind::WrongType)),
            ("", Err(ErrorKind::WrongType)),
            ("-1", Err(ErrorKind::WrongType)),
            ("+1", Err(ErrorKind::WrongType)),
            ("4.0", Err(ErrorKind::WrongType)),
            (" 4", Err(ErrorKind::WrongType)),
            ("4\u{661}", Err(ErrorKind::WrongType)),
        ] {
            assert_eq!(integer_of(text.chars()), expected, "{text}");
        }
    }
}
