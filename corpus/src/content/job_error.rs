//! An error that a job lists in its attributes.
//!
//! Must not look like an import error: it is not a resource, and has neither type nor links.

use crate::document::Item;
use crate::identifiers;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// `code`, `title` and `detail`, and the part of the pointer after the index of the item.
const FAULTS: [[&str; 4]; 4] = [
    ["invalid", "Invalid input.", "'-5' is not a valid price.", "attributes/price"],
    ["duplicate", "Conflict.", "\"SKU-17\" exists already – twice.", "attributes/external_id"],
    ["not_found", "Not found.", "There is no category of this id: größe/42", "id"],
    ["too_long", "Invalid input.", "No more than 255 characters, please.", "attributes/title"],
];

/// The next error of a random stream, as an object. It points to one of the items that were sent under this name.
pub(super) fn draw(sent: &str, random: &mut ChaCha8Rng) -> Item {
    let [code, title, detail, place] = *FAULTS.choose(random).expect("some to choose from");
    let number = random.random_range(0..1_000);
    let pointer =
        random.random_ratio(7, 8).then(|| format!("/data/attributes/{sent}/data/{number}/{place}"));
    Item::object([
        ("id", identifiers::import_error(random).into()),
        ("code", code.into()),
        ("title", title.into()),
        ("detail", detail.into()),
        ("source", Item::object([("pointer", pointer.into())])),
    ])
}
