//! A profile as someone may have sent it: any JSON, about people from anywhere.

use super::time::{draw_moment, text};
use crate::document::Item;
use crate::identifiers;
use jiff::Timestamp;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::borrow::Cow;

/// First name, last name, and the name in an e-mail address.
const PEOPLE: [(&str, &str, &str); 8] = [
    ("Jane", "Doe", "jane.doe"),
    ("Jürgen", "Groß", "juergen.gross"),
    ("Zoë", "O'Brien", "zoe+news"),
    ("花子", "山田", "hanako"),
    ("Лев", "Толстой", "lev.tolstoy"),
    ("José \"Pepe\"", "Núñez", "pepe"),
    ("ليلى", "حداد", "layla.haddad"),
    ("🦊", "Fox", "fox"),
];

/// City, country, time zone, latitude and longitude, as people write them.
const PLACES: [[&str; 5]; 5] = [
    ["Boston", "United States", "America/New_York", "42.3601", "-71.0589"],
    ["Köln", "Deutschland", "Europe/Berlin", "50.938361", "6.959974"],
    ["東京", "日本", "Asia/Tokyo", "35.6812", "139.7671"],
    ["São Paulo", "Brasil", "America/Sao_Paulo", "-23.55", "-46.63"],
    ["Kyiv", "Україна", "Europe/Kyiv", "50.45", "30.52"],
];

const NOTES: [&str; 5] = [
    "met at the fair\ncall back in May",
    "says \"no more than one a week\"",
    "C:\\crm\\export.csv, row 12",
    "prefers 📱 over ✉️",
    "{\"source\":\"import\",\"data\":[1,2]}",
];

/// A profile with one attribute that the API refused.
pub(super) fn draw(
    created: Timestamp,
    wrong: (&str, &'static str),
    random: &mut ChaCha8Rng,
) -> Item {
    let (first, last, mailbox) = *PEOPLE.choose(random).expect("some to choose from");
    let mut profile = Item::object([
        ("email", format!("{mailbox}{}@example.com", random.random_range(1..1000)).into()),
        (
            "phone_number",
            or_null(format!("+1555{:07}", random.random_range(0..10_000_000)), random),
        ),
        ("external_id", or_null(identifiers::list(random), random)),
        ("first_name", or_null(first, random)),
        ("last_name", or_null(last, random)),
        ("locale", or_null("en-US", random)),
    ]);
    *profile.at(wrong.0) = wrong.1.into();
    if random.random_ratio(2, 3) {
        profile.push("location", draw_location(random));
    }
    profile.push("properties", draw_properties(created, random));
    profile
}

fn draw_location(random: &mut ChaCha8Rng) -> Item {
    let [city, country, timezone, latitude, longitude] =
        *PLACES.choose(random).expect("some to choose from");
    let number = |text: &'static str| Item::Verbatim(Cow::Borrowed(text.as_bytes()));
    Item::object([
        ("address1", Item::Null),
        ("city", city.into()),
        ("country", country.into()),
        ("latitude", number(latitude)),
        ("longitude", number(longitude)),
        ("timezone", timezone.into()),
    ])
}

/// Custom data of a shop about its customers.
fn draw_properties(created: Timestamp, random: &mut ChaCha8Rng) -> Item {
    let orders = (0..random.random_range(0..4)).map(|_| {
        let at = created - (draw_moment(created, 1..=10_000_000, random) - created);
        Item::object([
            ("at", text(at).into()),
            ("cents", random.random_range(100..100_000_i64).into()),
            ("refunded", random.random_ratio(1, 5).into()),
            ("items", draw_some(&["shirt", "Schuhe Größe 42", "帽子", "tie"], random)),
        ])
    });
    let orders = orders.collect::<Vec<_>>();
    let mut properties = Item::object([
        ("orders", orders.into()),
        ("tags", draw_some(&["vip", "newsletter", "a/b", "été"], random)),
        ("consent", Item::object([("email", random.random::<bool>().into()), ("sms", Item::Null)])),
    ]);
    if random.random() {
        properties.push("note", (*NOTES.choose(random).expect("some")).into());
    }
    if random.random() {
        let points = random.random_range(-50..5_000_i64);
        properties.push("Treue-Punkte (€)", points.into());
    }
    properties
}

/// Some of these texts, or none.
fn draw_some(texts: &[&'static str], random: &mut ChaCha8Rng) -> Item {
    let amount = random.random_range(0..=texts.len());
    texts.sample(random, amount).map(|&text| text.into()).collect::<Vec<_>>().into()
}

/// Replaces a value with null one time in six.
fn or_null(item: impl Into<Item>, random: &mut ChaCha8Rng) -> Item {
    if random.random_ratio(1, 6) { Item::Null } else { item.into() }
}
