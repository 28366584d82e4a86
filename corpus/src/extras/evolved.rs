//! The members that a later revision of the API would add, each at its place in every document.
//!
//! Must not choose: which members are added, and how they are built, is the same for all documents of a kind. To add a
//! member, write a function for its value and name it in a table.

use super::assorted::{draw_note, draw_number};
use super::resources;
use crate::content::JOBS;
use crate::document::Item;
use crate::identifiers;
use crate::settings::Kind;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// A member: the object that gets it, the name of the member before which it is inserted (at the end if there is none
/// of this name), its name and its value.
type Addition = (&'static str, &'static str, &'static str, fn(&mut ChaCha8Rng) -> Item);

const OF_DOCUMENT: [Addition; 2] =
    [("", "data", "jsonapi", draw_version), ("", "", "request", draw_request)];

/// An object that is missing, such as the attributes of an identifier, gets no member. A job does not get a member that
/// its kind already has.
const OF_RESOURCE: [Addition; 7] = [
    ("", "attributes", "revision", draw_revision),
    ("attributes", "created_at", "priority", draw_priority),
    ("attributes", "completed_count", "skipped_count", draw_count),
    ("attributes", "", "progress", draw_progress),
    ("relationships", "profiles", "segments", draw_segments),
    ("links", "", "describedby", draw_described_by),
    ("", "", "audit", draw_audit),
];

/// Adds all of them to a document of this kind.
pub(super) fn add(document: &mut Item, kind: Kind, random: &mut ChaCha8Rng) {
    for addition in OF_DOCUMENT {
        insert(document, addition, random);
    }
    for path in resources(document) {
        for addition in OF_RESOURCE.into_iter().filter(|(_, _, name, _)| !knows(kind, name)) {
            insert(document.at(&path), addition, random);
        }
    }
}

/// Whether jobs of a kind have an attribute or a relationship of this name, which is unknown in other kinds.
fn knows(kind: Kind, name: &str) -> bool {
    match kind {
        Kind::ProfileSuppressionBulkCreateJob | Kind::ProfileSuppressionBulkDeleteJob => {
            ["skipped_count", "segments"].contains(&name)
        }
        _ => false,
    }
}

fn insert(item: &mut Item, (path, before, name, draw): Addition, random: &mut ChaCha8Rng) {
    if let Some(object) = item.get(path) {
        let members = object.members();
        let place = members.iter().position(|member| member.name == before);
        let place = place.unwrap_or(members.len());
        object.insert(place, name, draw(random));
    }
}

fn draw_version(_: &mut ChaCha8Rng) -> Item {
    Item::object([("version", "1.1".into())])
}

fn draw_request(random: &mut ChaCha8Rng) -> Item {
    let used = random.random_range(0..700_i64);
    Item::object([
        ("id", identifiers::import_error(random).into()),
        ("cached", random.random::<bool>().into()),
        ("milliseconds", random.random_range(1..2_000_i64).into()),
        (
            "rate_limit",
            Item::object([
                ("burst", Item::object([("limit", 10.into()), ("used", (used % 10).into())])),
                ("steady", Item::object([("limit", 700.into()), ("used", used.into())])),
            ]),
        ),
    ])
}

fn draw_revision(_: &mut ChaCha8Rng) -> Item {
    "2027-01-15".into()
}

fn draw_priority(random: &mut ChaCha8Rng) -> Item {
    ["low", "normal", "high"][random.random_range(0..3_usize)].into()
}

fn draw_count(random: &mut ChaCha8Rng) -> Item {
    let digits = random.random_range(1..=6);
    random.random_range(0..10_i64.pow(digits)).into()
}

fn draw_progress(random: &mut ChaCha8Rng) -> Item {
    let phases = ["fetch", "check", "merge"].map(|name| {
        Item::object([
            ("name", name.into()),
            ("done", random.random::<bool>().into()),
            ("share", draw_number(random)),
        ])
    });
    let history = [0, 1].map(|_| vec![draw_count(random), draw_count(random)].into());
    Item::object([
        ("percent", draw_number(random)),
        ("phases", Vec::from(phases).into()),
        ("history", Vec::from(history).into()),
        ("retried_at", Item::Null),
    ])
}

fn draw_segments(random: &mut ChaCha8Rng) -> Item {
    let segment = Item::identifier("segment", identifiers::list(random));
    let links = Item::object([("related", format!("{JOBS}/segments/").into())]);
    Item::object([("data", vec![segment].into()), ("links", links)])
}

fn draw_described_by(_: &mut ChaCha8Rng) -> Item {
    "https://developers.klaviyo.com/en/reference".into()
}

fn draw_audit(random: &mut ChaCha8Rng) -> Item {
    let user =
        Item::object([("id", identifiers::list(random).into()), ("note", draw_note(random))]);
    Item::object([("user", user), ("token", identifiers::import_error(random).into())])
}
