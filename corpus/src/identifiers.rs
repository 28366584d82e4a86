//! The ids a job response holds, each in the alphabet and length the API uses.
//!
//! Must not decide how many there are, and must not make an id that needs escaping. Profile and
//! error ids are written by hand because both are one number in another base, and a wide document
//! needs ten thousand of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::Timestamp;
use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 58 characters: the base64 of account, list, unix time and a nonce, 43 bytes together.
///
/// The alphabet's `+` and `/` need a byte that letters, digits, `_` and `.` never give.
pub(crate) fn job(created: Timestamp, random: &mut ChaCha8Rng) -> String {
    let (account, list, nonce) = (list(random), list(random), list(random));
    let seconds = created.as_second();
    STANDARD_NO_PAD.encode(format!("{account}_maintenance.{list}.{seconds}.{nonce}"))
}

/// 6 alphanumerics.
pub(crate) fn list(random: &mut ChaCha8Rng) -> String {
    (0..6).map(|_| char::from(ALPHANUMERIC[random.random_range(0..62_usize)])).collect()
}

/// A ULID, 26 characters, of a profile first seen in the year before `latest`.
pub(crate) fn profile(latest: Timestamp, random: &mut ChaCha8Rng) -> String {
    let year = 365 * 24 * 60 * 60 * 1000;
    let milliseconds = latest.as_millisecond().unsigned_abs() - random.random_range(0..year);
    let entropy = random.random::<u128>() >> 48;
    let ulid = u128::from(milliseconds) << 80 | entropy;
    let digit = |place: u32| char::from(CROCKFORD[(ulid >> (5 * place)) as usize % 32]);
    (0..26).rev().map(digit).collect()
}

/// A random uuid, 36 characters.
pub(crate) fn import_error(random: &mut ChaCha8Rng) -> String {
    let (high, low) = (random.next_u64(), random.next_u64());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}
