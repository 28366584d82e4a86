//! The exact value of a number, however it is written: slow and obvious.

use bigdecimal::{BigDecimal, ToPrimitive};
use std::str::FromStr;

/// The value of a number of JSON, if it is an integer of 64 bits.
pub(crate) fn integer(number: &str) -> Option<i64> {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    if !digits.contains(|c: char| matches!(c, '1'..='9')) {
        return Some(0);
    }
    // Beyond this, no input has the digits to make up for it.
    let exponent =
        i64::from_str(exponent).ok().filter(|exponent| exponent.unsigned_abs() < 10_000)?;
    let number = BigDecimal::from_str(&format!("{digits}e{exponent}")).ok()?;
    if number.is_integer() { number.to_i64() } else { None }
}
