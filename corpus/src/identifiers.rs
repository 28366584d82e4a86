//! Makes the ids in documents, each in the alphabet and length that the API uses.
//!
//! Must not decide how many there are, and must not make an id that needs escaping. ULIDs and error ids are encoded by
//! hand: each is one number in another base, and a wide document needs ten thousand of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::Timestamp;
use rand::{Rng as _, RngExt as _};
use rand_chacha::ChaCha8Rng;

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The prefix of all catalog ids.
const CATALOG: &str = "$custom:::$default:::";
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 58 characters: the base64 of account, list, Unix time and a nonce, 43 bytes together.
///
/// `+` and `/` do not occur in it: they would need a byte that letters, digits, `_` and `.` never produce.
pub(crate) fn job(created: Timestamp, random: &mut ChaCha8Rng) -> String {
    let (account, list, nonce) = (list(random), list(random), list(random));
    let seconds = created.as_second();
    STANDARD_NO_PAD.encode(format!("{account}_maintenance.{list}.{seconds}.{nonce}"))
}

/// An item of a catalog that the account fills itself: integration, catalog, and the id in the shop.
pub(crate) fn catalog_item(random: &mut ChaCha8Rng) -> String {
    format!("{CATALOG}SKU-{}", random.random_range(1..100_000_000))
}

/// The same for a variant, with a size.
pub(crate) fn catalog_variant(random: &mut ChaCha8Rng) -> String {
    let size = ["S", "M", "L", "XL"][random.random_range(0..4_usize)];
    format!("{}-{size}", catalog_item(random))
}

/// The same for a category.
pub(crate) fn catalog_category(random: &mut ChaCha8Rng) -> String {
    format!("{CATALOG}CATEGORY-{}", random.random_range(1..100_000_000))
}

/// A coupon, and the code: 26 letters and digits.
pub(crate) fn coupon_code(random: &mut ChaCha8Rng) -> String {
    let coupon = ["10OFF", "WELCOME", "SUMMER26"][random.random_range(0..3_usize)];
    let code = (0..26).map(|_| char::from(CROCKFORD[random.random_range(0..32_usize)]));
    format!("{coupon}-{}", code.collect::<String>())
}

/// 6 alphanumerics.
pub(crate) fn list(random: &mut ChaCha8Rng) -> String {
    (0..6).map(|_| char::from(ALPHANUMERIC[random.random_range(0..62_usize)])).collect()
}

/// A ULID, 26 characters, of a profile first seen in the year before `latest`.
pub(crate) fn profile(latest: Timestamp, random: &mut ChaCha8Rng) -> String {
    let year = 365 * 24 * 60 * 60 * 1000;
    let milliseconds = latest.as_millisecond().unsigned_abs() - random.random_range(0..year);
    ulid(milliseconds, random)
}

/// A ULID, 26 characters, of a job that was created at this time and is not an import.
pub(crate) fn bulk_job(created: Timestamp, random: &mut ChaCha8Rng) -> String {
    ulid(created.as_millisecond().unsigned_abs(), random)
}

/// 26 characters: a time and 80 random bits.
fn ulid(milliseconds: u64, random: &mut ChaCha8Rng) -> String {
    let entropy = random.random::<u128>() >> 48;
    let ulid = u128::from(milliseconds) << 80 | entropy;
    let digit = |place: u32| char::from(CROCKFORD[(ulid >> (5 * place)) as usize % 32]);
    (0..26).rev().map(digit).collect()
}

/// A random UUID, 36 characters.
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
