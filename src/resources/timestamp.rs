//! A date and time as the document writes it, and the instant that it denotes.
//!
//! The text is kept as it is, and converted only on request. The grammar is exactly that of RFC 3339. The texts that
//! servers write are read eight bytes at a time, with a calendar of our own; every other text, and so every error, is
//! left to a slower reader that knows all of the grammar and has the calendar of the crate jiff. Tests compare the two.

use gapwise::View;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::fmt;
use std::time::{Duration, SystemTime};

/// A date and time (schema `format: date-time`), kept as text.
///
/// The schema's `format` is only an annotation, so a document with any text here is valid. Whether the text is a date
/// and time is checked when you convert it, or by the parser with [`Options::formats`](crate::Options::formats). That
/// option checks `created_at`, `completed_at`, `expires_at` and `started_at` of jobs, and `created` and `updated` of
/// included lists. The check about doubles the work on documents whose layout is known, and is a seventh of the work on
/// others.
///
/// ```
/// use jobview::{Arena, ErrorKind, Formats, Options, Parser};
///
/// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i", "attributes": {"status": "queued",
///     "created_at": "yesterday", "total_count": 3}, "links": {"self": "/jobs/am9i/"}}}"#;
/// let arena = Arena::new();
/// let mut parser: Parser = Options::new().parser();
/// assert!(parser.parse(json, &arena).is_ok());
///
/// let mut parser: Parser = Options::new().formats(Formats::Check).parser();
/// let error = parser.parse(json, &arena).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidFormat);
/// assert_eq!((error.line(), error.pointer()), (2, "/data/attributes/created_at"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(format = "an RFC 3339 date and time", check = is_an_instant)]
#[view(owned = "OwnedTimestamp", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
pub struct Timestamp<'a>(&'a str);

impl<'a> Timestamp<'a> {
    /// Makes a timestamp of any text. Whether it is a date and time is checked when it is converted.
    ///
    /// ```
    /// use jobview::Timestamp;
    ///
    /// assert_eq!(Timestamp::new("1970-01-01T00:00:01Z").unix_micros(), Ok(1_000_000));
    /// assert!(Timestamp::new("yesterday").unix_micros().is_err());
    /// ```
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text of the document.
    ///
    /// ```
    /// use jobview::Timestamp;
    ///
    /// assert_eq!(Timestamp::new("2026-09-04T13:40:00+02:00").as_str(), "2026-09-04T13:40:00+02:00");
    /// ```
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z, negative before that; finer digits are cut off.
    ///
    /// The text is read as RFC 3339 section 5.6 says: `Z` or any offset, `t` and `z` also in lower case, and any number
    /// of digits in the fraction of a second. A leap second (section 5.7: the 60th second of the last UTC minute of
    /// June or December) counts as the first second of the following minute, as in POSIX time.
    ///
    /// # Errors
    ///
    /// [`TimestampError`] for any other text.
    ///
    /// ```
    /// use jobview::Timestamp;
    ///
    /// let micros = |text| Timestamp::new(text).unix_micros();
    /// assert_eq!(micros("1970-01-01T00:00:01.000002+00:00"), Ok(1_000_002));
    /// assert_eq!(micros("1970-01-01T01:00:00+01:00"), Ok(0));
    /// assert_eq!(micros("1970-01-01T00:00:00.0000019999999999Z"), Ok(1));
    /// assert_eq!(micros("2016-12-31T23:59:60Z"), micros("2017-01-01T00:00:00Z"));
    /// assert_eq!(
    ///     micros("yesterday").unwrap_err().to_string(),
    ///     "not an RFC 3339 date and time: \"yesterday\"",
    /// );
    /// ```
    pub fn unix_micros(self) -> Result<i64, TimestampError> {
        unix_micros(self.0.as_bytes()).ok_or_else(|| TimestampError::new(self.0))
    }

    /// Compares two instants, to the microsecond and regardless of how they are written.
    ///
    /// # Errors
    ///
    /// [`TimestampError`] for the first text that is not an RFC 3339 date and time.
    ///
    /// ```
    /// use jobview::Timestamp;
    /// use std::cmp::Ordering;
    ///
    /// let (berlin, utc) = (Timestamp::new("2026-09-04T13:40:00+02:00"), Timestamp::new("2026-09-04T11:40:00Z"));
    /// assert_eq!(berlin.cmp_instant(utc), Ok(Ordering::Equal));
    /// assert!(berlin.cmp_instant(Timestamp::new("later")).is_err());
    /// ```
    pub fn cmp_instant(self, other: Timestamp<'_>) -> Result<Ordering, TimestampError> {
        Ok(self.unix_micros()?.cmp(&other.unix_micros()?))
    }
}

/// The instant to the microsecond.
///
/// ```
/// use jobview::Timestamp;
/// use std::time::{Duration, SystemTime};
///
/// let time = SystemTime::try_from(Timestamp::new("1970-01-01T00:01:00.25Z"))?;
/// assert_eq!(time, SystemTime::UNIX_EPOCH + Duration::from_millis(60_250));
/// # Ok::<(), jobview::TimestampError>(())
/// ```
impl TryFrom<Timestamp<'_>> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp<'_>) -> Result<Self, TimestampError> {
        let micros = timestamp.unix_micros()?;
        let distance = Duration::from_micros(micros.unsigned_abs());
        let time = match micros {
            ..0 => Self::UNIX_EPOCH.checked_sub(distance),
            0.. => Self::UNIX_EPOCH.checked_add(distance),
        };
        // Not every system can represent every year.
        time.ok_or_else(|| TimestampError::new(timestamp.0))
    }
}

/// The instant to the microsecond.
///
/// ```
/// use jobview::Timestamp;
///
/// let time = jiff::Timestamp::try_from(Timestamp::new("2026-09-04T13:40:00.5+02:00"))?;
/// assert_eq!(time.to_string(), "2026-09-04T11:40:00.5Z");
/// # Ok::<(), jobview::TimestampError>(())
/// ```
impl TryFrom<Timestamp<'_>> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp<'_>) -> Result<Self, TimestampError> {
        let micros = timestamp.unix_micros()?;
        Self::from_microsecond(micros).map_err(|_| TimestampError::new(timestamp.0))
    }
}

impl fmt::Display for Timestamp<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl OwnedTimestamp {
    /// The text of the document.
    ///
    /// ```
    /// use jobview::{Timestamp, owned};
    ///
    /// let kept: owned::Timestamp = Timestamp::new("2026-09-04T13:40:00+02:00").into_owned();
    /// assert_eq!(kept.as_str(), "2026-09-04T13:40:00+02:00");
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z; see [`Timestamp::unix_micros`].
    ///
    /// # Errors
    ///
    /// [`TimestampError`] for a text that is not an RFC 3339 date and time.
    ///
    /// ```
    /// use jobview::{Timestamp, owned};
    ///
    /// let kept: owned::Timestamp = Timestamp::new("1970-01-01T01:00:01+01:00").into_owned();
    /// assert_eq!(kept.unix_micros(), Ok(1_000_000));
    /// assert!(Timestamp::new("yesterday").into_owned().unix_micros().is_err());
    /// ```
    pub fn unix_micros(&self) -> Result<i64, TimestampError> {
        Timestamp::new(&self.0).unix_micros()
    }
}

/// Whether the text denotes an instant.
fn is_an_instant(text: &str) -> bool {
    unix_micros(text.as_bytes()).is_some()
}

/// The error for a text that is not a date and time. Its message shows the text, cut after a few characters if it is
/// long.
///
/// ```
/// use jobview::Timestamp;
///
/// let error = Timestamp::new("1 May").unix_micros().unwrap_err();
/// assert_eq!(error.to_string(), r#"not an RFC 3339 date and time: "1 May""#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError {
    text: Box<str>,
}

impl TimestampError {
    fn new(text: &str) -> Self {
        const SHOWN: usize = 64;
        let text = match text.char_indices().nth(SHOWN) {
            Some((cut, _)) => format!("{}...", &text[..cut]).into_boxed_str(),
            None => text.into(),
        };
        Self { text }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an RFC 3339 date and time: {:?}", self.text)
    }
}

impl std::error::Error for TimestampError {}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
const MICROS: i64 = 1_000_000;
const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

fn unix_micros(text: &[u8]) -> Option<i64> {
    fixed_form(text).or_else(|| any_form(text))
}

/// The instant of a text as most servers write it: capital letters, and no fraction of a second or one of 3 or 6
/// digits. `None` is not an error, but means that [`any_form`] has to decide: on leap seconds, too.
fn fixed_form(text: &[u8]) -> Option<i64> {
    let (local, offset) = match text {
        [local @ .., b'Z'] => (local, 0),
        _ => {
            let offset = fixed_offset(text.last_chunk()?)?;
            (&text[..text.len() - 6], offset)
        }
    };
    // Words overlap, so that each has eight bytes.
    let second: &[u8; 19] = local.first_chunk()?;
    let year = const { Shape::new(b"9999-19-") }.pairs(second.first_chunk()?)?;
    let date = const { Shape::new(b"9-19-39T") }.pairs(second[3..].first_chunk()?)?;
    let clock = const { Shape::new(b"29:59:59") }.pairs(second.last_chunk()?)?;
    let micros = match local.len() {
        19 => 0,
        23 => {
            let end = const { Shape::new(b"9:59.999") }.pairs(local.last_chunk()?)?;
            end.at(5) * 10_000 + end.at(7) * 100
        }
        26 => {
            let end = const { Shape::new(b"9.999999") }.pairs(local.last_chunk()?)?;
            end.at(2) * 10_000 + end.at(4) * 100 + end.at(6)
        }
        _ => return None,
    };
    let days = unix_day(year.at(0) * 100 + year.at(2), date.at(2), date.at(5))?;
    let (hour, minute, second) = (clock.at(0), clock.at(3), clock.at(6));
    if hour > 23 {
        return None;
    }
    let minutes = days * (DAY / MINUTE) + i64::from(hour * 60 + minute) - offset;
    Some((minutes * MINUTE + i64::from(second)) * MICROS + i64::from(micros))
}

/// The offset at the end of a text, in minutes. The two bytes before it are digits, too: of the second or its fraction.
fn fixed_offset(end: &[u8; 8]) -> Option<i64> {
    const MINUS_TO_PLUS: u64 = u64::from_le_bytes([0, 0, b'-' ^ b'+', 0, 0, 0, 0, 0]);
    // What nearly all servers write.
    if end.ends_with(b"+00:00") {
        return Some(0);
    }
    let west = end[2] == b'-';
    let word = u64::from_le_bytes(*end) ^ if west { MINUS_TO_PLUS } else { 0 };
    let offset = const { Shape::new(b"99+29:59") }.pairs(&word.to_le_bytes())?;
    let (hours, minutes) = (offset.at(3), offset.at(6));
    if hours > 23 {
        return None;
    }
    let minutes = i64::from(hours * 60 + minutes);
    Some(if west { -minutes } else { minutes })
}

/// What eight bytes may be: each a digit up to some other, or one certain byte.
struct Shape {
    /// The digit 0 in the place of each digit, and the certain bytes.
    least: u64,
    /// What can be added to the value of each byte before its highest bit is set.
    room: u64,
}

impl Shape {
    const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;

    /// The shape of bytes with digits up to those of `most`, and its other bytes as they are.
    const fn new(most: &[u8; 8]) -> Self {
        let (mut least, mut room) = (*most, [0x7f; 8]);
        let mut at = 0;
        while at < 8 {
            if most[at].is_ascii_digit() {
                least[at] = b'0';
                room[at] -= most[at] - b'0';
            }
            at += 1;
        }
        Self { least: u64::from_le_bytes(least), room: u64::from_le_bytes(room) }
    }

    fn pairs(&self, bytes: &[u8; 8]) -> Option<Pairs> {
        // Of a byte that fits, this leaves the value of the digit, or 0.
        let values = u64::from_le_bytes(*bytes) ^ self.least;
        // Only a value whose own highest bit is set can carry into the next one.
        if (values | values.wrapping_add(self.room)) & Self::HIGHEST_BITS != 0 {
            return None;
        }
        Some(Pairs(values * 10 + (values >> 8)))
    }
}

/// In each byte the number that the digits at it and behind it make; what is no digit counts as 0.
struct Pairs(u64);

impl Pairs {
    fn at(&self, at: u32) -> u32 {
        u32::from((self.0 >> (8 * at)) as u8)
    }
}

/// Days from the epoch to a date of the years 0 to 9999, if there is that date. A call of it would cost a sixth of the
/// conversion of a text, for registers to save.
#[inline(always)]
fn unix_day(year: u32, month: u32, day: u32) -> Option<i64> {
    // There is no month 0, and so no day of it. February is as in most years.
    const LENGTHS: [u32; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    // From day 0 of March of the year -400, where the formula begins.
    const DAYS_TO_EPOCH: i64 = 865_566;
    if day == 0 || day > *LENGTHS.get(month as usize)? {
        let century = year.is_multiple_of(100);
        let leap = year.is_multiple_of(if century { 400 } else { 4 });
        if !(leap && month == 2 && day == 29) {
            return None;
        }
    }
    // Neri and Schneider, "Euclidean affine functions and their application to calendar algorithms" (2023): years
    // begin with March, so that the leap day is the last one, and 400 of them more leave nothing negative.
    let late = u32::from(month <= 2);
    let (year, month) = (year + 400 - late, month + 12 * late);
    let century = year / 100;
    let days = 1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + day;
    Some(i64::from(days) - DAYS_TO_EPOCH)
}

/// The instant of any text of the grammar, for all that [`fixed_form`] leaves, and to compare it with. Out of line, so
/// that the other need not save the registers that this one uses.
#[inline(never)]
fn any_form(text: &[u8]) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let date = full_date(date)?;
    let ([b'T' | b't'], rest) = rest.split_at_checked(1)? else { return None };
    let (clock, rest) = rest.split_at_checked(8)?;
    let &[h1, h2, b':', m1, m2, b':', s1, s2] = clock else { return None };
    let (hour, minute, second) =
        (number(&[h1, h2], 23)?, number(&[m1, m2], 59)?, number(&[s1, s2], 60)?);
    let (micros, rest) = fraction(rest)?;
    let offset = offset_minutes(rest)?;

    let days = date.duration_since(EPOCH).as_secs() / DAY;
    // Here the minute is exact, and in UTC: a leap second must be judged in UTC, not in local time.
    let utc_minute = days * (DAY / MINUTE) + hour * 60 + minute - offset;
    if second == 60 && !ends_half_year(utc_minute)? {
        return None;
    }
    Some((utc_minute * MINUTE + second) * MICROS + micros)
}

fn full_date(text: &[u8]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = number(&[y1, y2, y3, y4], 9999)?;
    let (month, day) = (number(&[m1, m2], 12)?, number(&[d1, d2], 31)?);
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// The fraction of a second in whole microseconds, if there is one, and the text after it.
fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.', text @ ..] = text else { return Some((0, text)) };
    let (digits, rest) =
        text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count());
    if digits.is_empty() {
        return None;
    }
    // The grammar allows any number of digits.
    let finest = digits.iter().chain(std::iter::repeat(&b'0')).take(6);
    Some((finest.fold(0, |micros, digit| micros * 10 + i64::from(digit - b'0')), rest))
}

/// The offset of local time from UTC, in minutes.
fn offset_minutes(text: &[u8]) -> Option<i64> {
    match *text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let minutes = number(&[h1, h2], 23)? * 60 + number(&[m1, m2], 59)?;
            Some(if sign == b'+' { minutes } else { -minutes })
        }
        _ => None,
    }
}

/// Whether a minute, counted from the epoch, is the last one of June or December.
fn ends_half_year(minute: i64) -> Option<bool> {
    let next = minute + 1;
    let midnight = next.rem_euclid(DAY / MINUTE) == 0;
    let date = EPOCH.checked_add(jiff::SignedDuration::from_mins(next)).ok()?;
    Some(midnight && date.day() == 1 && matches!(date.month(), 1 | 7))
}

/// A number of digits only that is at most `most`.
fn number(digits: &[u8], most: i64) -> Option<i64> {
    let number = digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })?;
    (number <= most).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> Option<i64> {
        Timestamp::new(text).unix_micros().ok()
    }

    #[test]
    fn instants_agree_with_jiff() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2026-09-04T13:40:01.031525+00:00",
            "2026-09-04T13:40:00+00:00",
            "2026-09-04t13:40:00.5z",
            "1969-12-31T23:59:59.999999Z",
            "2000-02-29T12:00:00-23:59",
            "2024-02-29T00:00:00+14:00",
            "0001-01-01T00:00:00.123456789-00:00",
            "1999-12-31T23:59:59.9+05:30",
        ] {
            let instant: jiff::Timestamp = text.parse().unwrap();
            let floor = instant.as_nanosecond().div_euclid(1000);
            assert_eq!(micros(text).map(i128::from), Some(floor), "{text}");
        }
    }

    #[test]
    fn a_fraction_may_have_any_number_of_digits_and_is_cut_not_rounded() {
        let second = micros("2026-09-04T13:40:00Z").unwrap();
        for (fraction, expected) in [("5", 500_000), ("000001", 1), ("9999999", 999_999)] {
            assert_eq!(
                micros(&format!("2026-09-04T13:40:00.{fraction}Z")),
                Some(second + expected)
            );
        }
        for length in 1..40 {
            let text = format!("2026-09-04T13:40:00.{}+00:00", &"9".repeat(length));
            let expected = 999_999 - 999_999 % 10_i64.pow(6_u32.saturating_sub(length as u32));
            assert_eq!(micros(&text), Some(second + expected), "{text}");
        }
        let long = format!("2026-09-04T13:40:00.{}Z", "0".repeat(1 << 20));
        assert_eq!(micros(&long), Some(second));
    }

    #[test]
    fn the_whole_range_of_years_is_read() {
        assert_eq!(micros("0000-01-01T00:00:00+23:59"), Some(-62_167_305_540_000_000));
        assert_eq!(micros("9999-12-31T23:59:59-23:59"), Some(253_402_387_139_000_000));
    }

    #[test]
    fn leap_seconds_are_judged_in_utc() {
        let midnight = micros("1999-01-01T00:00:00Z");
        assert_eq!(micros("1998-12-31T23:59:60Z"), midnight);
        assert_eq!(micros("1998-12-31T15:59:60.0-08:00"), midnight);
        assert_eq!(micros("1999-01-01T05:29:60+05:30"), midnight);
        assert_eq!(micros("1999-06-30T23:59:60Z"), micros("1999-07-01T00:00:00Z"));
        for wrong in [
            "1998-12-31T23:58:60Z",
            "1998-12-31T22:59:60Z",
            "1998-12-31T23:59:60-08:00",
            "1998-12-30T23:59:60Z",
            "1998-11-30T23:59:60Z",
            "1998-12-31T23:59:61Z",
        ] {
            assert_eq!(micros(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn any_other_text_is_an_error() {
        for wrong in [
            "",
            "2026-09-04",
            "2026-09-04T13:40:00",
            "2026-09-04 13:40:00Z",
            "2026-09-04T13:40Z",
            "2026-09-04T13:40:00.Z",
            "2026-09-04T13:40:00.1234567890123x4Z",
            "2026-09-04T13:40:00,5Z",
            "2026-09-04T24:00:00Z",
            "2026-09-04T13:60:00Z",
            "2026-02-29T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "26-01-01T00:00:00Z",
            "+2026-01-01T00:00:00Z",
            "2026-09-04T13:40:00+24:00",
            "2026-09-04T13:40:00+00:60",
            "2026-09-04T13:40:00+0000",
            "2026-09-04T13:40:00+00",
            "2026-09-04T13:40:00Z ",
            " 2026-09-04T13:40:00Z",
            "2026-09-04T13:40:00ZZ",
            "2026-09-04T13:40:0\u{661}Z",
            "\u{661}026-09-04T13:40:00Z",
        ] {
            assert_eq!(micros(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_error_shows_the_text_but_not_all_of_a_long_one() {
        let error = Timestamp::new("1 May").unix_micros().unwrap_err();
        assert_eq!(error.to_string(), "not an RFC 3339 date and time: \"1 May\"");
        let long = "\u{e9}".repeat(1000);
        let error = Timestamp::new(&long).unix_micros().unwrap_err();
        assert!(error.to_string().len() < 200);
    }

    /// The instant of a text that must be of the fixed form, which the other reader sees as well.
    fn fixed_instant(text: &[u8]) -> i64 {
        let instant = fixed_form(text);
        assert!(instant.is_some(), "{:?}", text.escape_ascii());
        assert_eq!(instant, any_form(text), "{:?}", text.escape_ascii());
        instant.unwrap()
    }

    /// Any other text is read as the reference does, too.
    fn agree(text: &[u8]) {
        assert_eq!(unix_micros(text), any_form(text), "{:?}", text.escape_ascii());
    }

    /// Writes a number in two digits.
    fn put(text: &mut [u8], at: usize, number: u32) {
        text[at] = b'0' + (number / 10) as u8;
        text[at + 1] = b'0' + (number % 10) as u8;
    }

    fn put_date(text: &mut [u8], year: u32, month: u32, day: u32) {
        put(text, 0, year / 100);
        put(text, 2, year % 100);
        put(text, 5, month);
        put(text, 8, day);
    }

    fn put_clock(text: &mut [u8], hour: u32, minute: u32, second: u32) {
        put(text, 11, hour);
        put(text, 14, minute);
        put(text, 17, second);
    }

    /// A text of each length of the fixed form.
    const FIXED: [&[u8]; 7] = [
        b"2026-09-04T13:40:01.031525+00:00",
        b"2026-09-04T13:40:00+00:00",
        b"2026-09-04T13:40:00Z",
        b"2024-02-29T23:59:59.999999Z",
        b"0000-01-01T00:00:00.000Z",
        b"9999-12-31T09:19:29.999-23:59",
        b"2000-10-30T20:00:00-09:30",
    ];

    #[test]
    fn each_day_of_the_years_0_to_9999_is_that_of_jiff() {
        let mut text = *b"0000-00-00T00:00:00Z";
        let mut next = fixed_instant(b"0000-01-01T00:00:00Z");
        for year in 0..=9999 {
            for month in 1..=12 {
                for day in 1..=31 {
                    put_date(&mut text, year, month, day);
                    if fixed_form(&text).is_some() {
                        assert_eq!(fixed_instant(&text), next);
                        next += DAY * MICROS;
                    } else {
                        assert!(any_form(&text).is_none(), "{:?}", text.escape_ascii());
                    }
                }
            }
        }
        assert_eq!(next, fixed_instant(b"9999-12-31T00:00:00Z") + DAY * MICROS);
    }

    #[test]
    fn no_other_number_of_a_month_or_day_makes_a_date() {
        let mut text = *b"0000-00-00T00:00:00Z";
        for year in [0, 1900, 2000, 2023, 2024, 9999] {
            for month in 0..=99 {
                for day in 0..=99 {
                    put_date(&mut text, year, month, day);
                    assert_eq!(fixed_form(&text), any_form(&text), "{:?}", text.escape_ascii());
                }
            }
        }
    }

    /// Each second of a leap year, and of another one the first and the last second of each minute.
    #[test]
    fn seconds_of_two_years_are_those_of_the_reference() {
        let mut text = *b"0000-00-00T00:00:00+00:00";
        for year in [2023, 2024] {
            let mut next = fixed_instant(format!("{year}-01-01T00:00:00Z").as_bytes());
            for month in 1..=12 {
                for day in 1..=31 {
                    put_date(&mut text, year, month, day);
                    put_clock(&mut text, 0, 0, 0);
                    if fixed_form(&text).is_none() {
                        continue;
                    }
                    for minute in 0..24 * 60 {
                        for second in 0..60 {
                            if year == 2024 || matches!(second, 0 | 59) {
                                put_clock(&mut text, minute / 60, minute % 60, second);
                                assert_eq!(fixed_instant(&text), next);
                            }
                            next += MICROS;
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn no_other_number_of_an_hour_minute_or_second_is_read() {
        for text in FIXED {
            let mut text = text.to_vec();
            for (hour, minute) in (0..=99).flat_map(|hour| (0..=99).map(move |m| (hour, m))) {
                for second in [0, 9, 10, 30, 59, 60, 61, 69, 70, 99] {
                    put_clock(&mut text, hour, minute, second);
                    let fixed = hour <= 23 && minute <= 59 && second <= 59;
                    assert_eq!(fixed_form(&text).is_some(), fixed, "{:?}", text.escape_ascii());
                    agree(&text);
                }
            }
        }
    }

    #[test]
    fn each_offset_is_that_of_the_reference() {
        for text in FIXED.into_iter().filter(|text| !text.ends_with(b"Z")) {
            let mut text = text.to_vec();
            let end = text.len() - 6;
            for (hour, minute) in (0..=99).flat_map(|hour| (0..=99).map(move |m| (hour, m))) {
                for sign in *b"+-" {
                    text[end] = sign;
                    put(&mut text, end + 1, hour);
                    put(&mut text, end + 4, minute);
                    let fixed = hour <= 23 && minute <= 59;
                    assert_eq!(fixed_form(&text).is_some(), fixed, "{:?}", text.escape_ascii());
                    agree(&text);
                }
            }
        }
    }

    #[test]
    fn each_fraction_of_3_or_6_digits_is_that_of_the_reference() {
        let mut text = *b"2026-09-04T13:40:01.000000+00:00";
        let second = fixed_instant(&text);
        for micros in 0..1_000_000 {
            put(&mut text, 20, micros / 10_000);
            put(&mut text, 22, micros / 100 % 100);
            put(&mut text, 24, micros % 100);
            assert_eq!(fixed_form(&text), Some(second + i64::from(micros)));
            if micros % 17 == 0 {
                fixed_instant(&text);
                fixed_instant(&[&text[..26], b"Z"].concat());
            }
        }
        for millis in 0..1000 {
            for end in ["Z", "+00:00"] {
                let text = format!("2026-09-04T13:40:01.{millis:03}{end}");
                assert_eq!(fixed_instant(text.as_bytes()), second + millis * 1000);
            }
        }
    }

    /// A byte may be anything, and so may the one behind it for some values, should one carry into the other.
    #[test]
    fn a_changed_byte_is_read_as_by_the_reference() {
        for text in FIXED {
            fixed_instant(text);
            let mut changed = text.to_vec();
            for at in 0..text.len() {
                for byte in 0..=u8::MAX {
                    changed[at] = byte;
                    agree(&changed);
                    for next in *b"\x00 +-./09:TZtz\x7f\x80\xff" {
                        if let Some(behind) = changed.get_mut(at + 1) {
                            *behind = next;
                            agree(&changed);
                        }
                    }
                    changed[at..].copy_from_slice(&text[at..]);
                }
            }
        }
    }

    #[test]
    fn a_text_of_another_length_is_read_as_by_the_reference() {
        for text in FIXED {
            for at in 0..=text.len() {
                agree(&text[..at]);
                agree(&text[at..]);
                for end in at..=text.len() {
                    agree(&[&text[..at], &text[end..]].concat());
                }
                for byte in *b"\x000.Z+:-T \xff" {
                    agree(&[&text[..at], &[byte], &text[at..]].concat());
                }
            }
        }
    }
}
