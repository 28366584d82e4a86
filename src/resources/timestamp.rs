//! A date and time as the document writes it, and the instant that it denotes.
//!
//! The text is kept as it is, and converted only on request. The grammar is exactly that of RFC 3339; the calendar is
//! that of the crate jiff.

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
/// included lists. The check about doubles the work on documents whose layout is known, and is a fifth of the work on
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
}
