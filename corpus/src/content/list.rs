//! A list included with jobs.

use super::relationships::relationship_links;
use super::time::{draw_created, draw_moment, text, whole_second};
use crate::document::Item;
use jiff::Timestamp;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

const NAMES: [&str; 8] = [
    "Newsletter",
    "Customers / EU",
    "Frühjahrsliste – Köln",
    "顧客リスト",
    "Early access 🎉",
    "\"VIP\" members",
    "import 2026-03, second try",
    "Email sign-ups",
];

/// The data of a list, before it becomes a resource of a document.
#[derive(Debug)]
pub(crate) struct List {
    id: String,
    name: Option<&'static str>,
    created: Timestamp,
    updated: Timestamp,
    opt_in_process: &'static str,
}

impl List {
    /// A list with this id.
    pub(crate) fn draw(id: String, random: &mut ChaCha8Rng) -> Self {
        let created = draw_created(random);
        Self {
            id,
            name: random.random_ratio(9, 10).then(|| *NAMES.choose(random).expect("some")),
            created: whole_second(created),
            updated: whole_second(draw_moment(created, 1..=90 * 24 * 60 * 60, random)),
            opt_in_process: if random.random() { "single_opt_in" } else { "double_opt_in" },
        }
    }

    /// The resource, with its members in the order the API sends them.
    pub(crate) fn into_resource(self) -> Item {
        let list = format!("https://a.klaviyo.com/api/lists/{}/", self.id);
        let attributes = Item::object([
            ("name", self.name.into()),
            ("created", text(self.created).into()),
            ("updated", text(self.updated).into()),
            ("opt_in_process", self.opt_in_process.into()),
        ]);
        let relationships = ["profiles", "tags", "flow-triggers"]
            .map(|name| (name, Item::object([("links", relationship_links(&list, name))])));
        Item::object([
            ("type", "list".into()),
            ("id", self.id.into()),
            ("attributes", attributes),
            ("relationships", Item::object(relationships)),
            ("links", Item::object([("self", list.into())])),
        ])
    }
}
