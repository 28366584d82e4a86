//! Instants, and how the API writes them.

use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use std::ops::RangeInclusive;

/// 2026-01-01T00:00:00+00:00. Jobs are created in the year that begins here.
const FIRST_SECOND: i64 = 1_767_225_600;

/// An instant in the year in which jobs are created.
pub(super) fn draw_created(random: &mut ChaCha8Rng) -> Timestamp {
    let year = FIRST_SECOND..=FIRST_SECOND + 365 * 24 * 60 * 60;
    draw_moment(Timestamp::UNIX_EPOCH, year, random)
}

/// An instant so many seconds after another, in one of ten cases cut to the second before: never
/// more than a second, so that a delay of one or more keeps the order.
pub(super) fn draw_moment(
    after: Timestamp,
    seconds: RangeInclusive<i64>,
    random: &mut ChaCha8Rng,
) -> Timestamp {
    let microseconds = seconds.start() * 1_000_000..=seconds.end() * 1_000_000;
    let moment = after + SignedDuration::from_micros(random.random_range(microseconds));
    if random.random_ratio(1, 10) { whole_second(moment) } else { moment }
}

/// The second in which an instant is.
pub(super) fn whole_second(moment: Timestamp) -> Timestamp {
    Timestamp::from_second(moment.as_second()).expect("next to a valid instant")
}

/// The way the API writes an instant: offset `+00:00`, six digits of microseconds or none at all.
pub(super) fn text(moment: Timestamp) -> String {
    let digits = if moment.subsec_microsecond() == 0 { 0 } else { 6 };
    DateTimePrinter::new()
        .precision(Some(digits))
        .timestamp_with_offset_to_string(&moment, Offset::UTC)
}
