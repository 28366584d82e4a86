//! A coupon code, included with the job that creates it.
//!
//! Must not decide how many there are.

use super::catalog::resource;
use super::time::{draw_created, text, whole_second};
use crate::document::Item;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

const STATUSES: [&str; 6] =
    ["UNASSIGNED", "ASSIGNED_TO_PROFILE", "USED", "DELETING", "PROCESSING", "VERSION_NOT_ACTIVE"];

/// The coupon code with this id, which ends with the code.
pub(super) fn draw(id: &str, random: &mut ChaCha8Rng) -> Item {
    let (_, code) = id.rsplit_once('-').expect("the code follows the coupon");
    let attributes = Item::object([
        ("unique_code", code.to_owned().into()),
        ("expires_at", text(whole_second(draw_created(random))).into()),
        ("status", (*STATUSES.choose(random).expect("some to choose from")).into()),
    ]);
    resource("coupon-code", "coupon-codes", id, attributes, "coupon", random)
}
