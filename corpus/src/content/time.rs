//! Instants, and the format in which the API writes them.

use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use std::ops::RangeInclusive;

/// 2026-01-01T00:00:00+00:00, the beginning of the year in which jobs are created.
const FIRST_SECOND: i64 = 1_767_225_600;

/// An instant in the year in which jobs are created.
pub(super) fn draw_created(random: &mut ChaCha8Rng) -> Timestamp {
    let year = FIRST_SECOND..=FIRST_SECOND + 365 * 24 * 60 * 60;
    draw_moment(Timestamp::UNIX_EPOCH, year, random)
}

/// An instant the given number of seconds after another. One time in ten it is truncated to a whole second: it never
/// loses more than a second, so a delay of at least one keeps the order.
pub(super) fn draw_moment(
    after: Timestamp,
    seconds: RangeInclusive<i64>,
    random: &mut ChaCha8Rng,
) -> Timestamp {
    let microseconds = seconds.start() * 1_000_000..=seconds.end() * 1_000_000;
    let moment = after + SignedDuration::from_micros(random.random_range(microseconds));
    if random.random_ratio(1, 10) { whole_second(moment) } else { moment }
}

/// An instant, truncated to the second.
pub(super) fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).expect("next to a valid instant")
}

/// The API's format of an instant: offset `+00:00`, with six digits of microseconds or none.
pub(super) fn text(moment: Timestamp) -> String {
    let digits = if moment.subsec_microsecond() == 0 { 0 } else { 6 };
    DateTimePrinter::new()
        .precision(Some(digits))
        .timestamp_with_offset_to_string(&moment, Offset::UTC)
}
