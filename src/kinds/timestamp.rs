//! Dates and times (RFC 3339), as they are written.

use crate::model::Timestamp;
use gapwise::__private::{Format, Stored, Value, Within};

/// `"format": "date-time"`.
const DATE_TIME: &Format =
    &Format::new("an RFC 3339 date and time", |text| Timestamp::new(text).is_an_instant());

// SAFETY: it is laid out as the text that it is made of, and `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for Timestamp<'static> {
    type View = ();
    const VALUE: Value = Value::Formatted(DATE_TIME);
    const EMPTY: Self = Timestamp::new("");
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl<'a> Within<'a> for Timestamp<'a> {
    type Static = Timestamp<'static>;
}
