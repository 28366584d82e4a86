//! Resources included with jobs about catalogs: items, their variants, and categories.
//!
//! Must not decide how many there are. Every attribute is `null` now and then, as the API allows.

use super::relationships::relationship_links;
use super::time::{draw_created, draw_moment, text, whole_second};
use crate::document::{Item, Member};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::borrow::Cow;

const TITLES: [&str; 7] = [
    "Ocean blue shirt",
    "Schuhe, Größe 42",
    "夏の帽子",
    "Tie \"classic\"",
    "Mug / 0.3 l",
    "Été en Provence – savon",
    "Gift card 🎁",
];

const CATEGORIES: [&str; 5] =
    ["Apparel", "Bücher & Karten", "靴", "Sale / -20 %", "Home \"basics\""];

/// Prices as shops write them, with and without a fraction.
const PRICES: [&str; 10] =
    ["12.5", "19.99", "0.5", "25", "0", "1200", "49.95", "7.0", "3.333", "99999.99"];

const QUANTITIES: [&str; 6] = ["0", "1", "25", "10.0", "0.75", "12000"];

/// The catalog item with this id.
pub(super) fn draw_item(id: &str, random: &mut ChaCha8Rng) -> Item {
    let mut attributes = Item::object([
        ("external_id", external_id(id).into()),
        ("title", draw(&TITLES, random).into()),
    ]);
    attributes.members().extend(draw_product(id, random));
    resource("catalog-item", "catalog-items", id, attributes, "variants", random)
}

/// The variant with this id.
pub(super) fn draw_variant(id: &str, random: &mut ChaCha8Rng) -> Item {
    let mut attributes = Item::object([
        ("external_id", external_id(id).into()),
        ("title", draw(&TITLES, random).into()),
        ("sku", external_id(id).into()),
        ("inventory_policy", random.random_range(0..=2_i64).into()),
        ("inventory_quantity", number(draw(&QUANTITIES, random))),
    ]);
    attributes.members().extend(draw_product(id, random));
    resource("catalog-variant", "catalog-variants", id, attributes, "item", random)
}

/// The category with this id.
pub(super) fn draw_category(id: &str, random: &mut ChaCha8Rng) -> Item {
    let updated = whole_second(draw_created(random));
    let attributes = Item::object([
        ("external_id", external_id(id).into()),
        ("name", draw(&CATEGORIES, random).into()),
        ("updated", text(updated).into()),
    ]);
    resource("catalog-category", "catalog-categories", id, attributes, "items", random)
}

/// The attributes that items and variants have in common.
fn draw_product(id: &str, random: &mut ChaCha8Rng) -> Vec<Member> {
    let page = format!("https://shop.example.com/products/{}", external_id(id));
    let images = (0..random.random_range(0..=3)).map(|image| format!("{page}/{image}.jpg").into());
    let images = images.collect::<Vec<_>>();
    let created = draw_created(random);
    let updated = draw_moment(created, 1..=90 * 24 * 60 * 60, random);
    let product = Item::object([
        ("price", number(draw(&PRICES, random))),
        ("url", page.clone().into()),
        ("image_full_url", format!("{page}/full.jpg").into()),
        ("image_thumbnail_url", format!("{page}/thumb.jpg?w=64").into()),
        ("images", images.into()),
        ("custom_metadata", draw_metadata(random)),
        ("published", random.random::<bool>().into()),
        ("created", text(created).into()),
        ("updated", text(updated).into()),
    ]);
    match product {
        Item::Object(members) => members,
        _ => unreachable!("it is an object"),
    }
}

/// Custom data of a shop about its products.
fn draw_metadata(random: &mut ChaCha8Rng) -> Item {
    let mut metadata = Item::object([]);
    if random.random() {
        metadata.push("Top Pick", random.random::<bool>().into());
    }
    if random.random() {
        let weight = Item::object([("kg", number("0.250")), ("gross", Item::Null)]);
        metadata.push("weight", weight);
    }
    if random.random() {
        metadata.push("Größen", vec!["S".into(), "M".into(), 42.into()].into());
    }
    metadata
}

/// The id that the shop assigned: the part after integration and catalog.
fn external_id(id: &str) -> String {
    id.rsplit(':').next().unwrap_or(id).to_owned()
}

/// A resource with one relationship, each of its attributes `null` one time in twelve.
pub(super) fn resource(
    resource_type: &'static str,
    collection: &str,
    id: &str,
    mut attributes: Item,
    relationship: &'static str,
    random: &mut ChaCha8Rng,
) -> Item {
    for attribute in attributes.members() {
        if random.random_ratio(1, 12) {
            attribute.item = Item::Null;
        }
    }
    let url = format!("https://a.klaviyo.com/api/{collection}/{id}/");
    let relationships = Item::object([(
        relationship,
        Item::object([("links", relationship_links(&url, relationship))]),
    )]);
    let mut resource = Item::identifier(resource_type, id.to_owned());
    resource.push("attributes", attributes);
    resource.push("relationships", relationships);
    resource.push("links", super::self_link(url));
    resource
}

fn draw(texts: &[&'static str], random: &mut ChaCha8Rng) -> &'static str {
    texts.choose(random).expect("some to choose from")
}

/// A number, written verbatim.
fn number(text: &'static str) -> Item {
    Item::Verbatim(Cow::Borrowed(text.as_bytes()))
}
