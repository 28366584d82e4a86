//! Variations of real jobs: which values they have, which are `null`, and which members are missing.
//!
//! Must keep every job valid by the schema. What is left out must already be missing in the counted data of the job:
//! without identifiers, no count.

use crate::document::Item;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// The attributes that may be missing or `null`.
const NULLABLE: [&str; 5] =
    ["completed_count", "failed_count", "completed_at", "expires_at", "started_at"];

/// The other members that may be missing. `relationships` comes last, because the others are in it.
const OPTIONAL: [&str; 7] = [
    "relationships.lists.data",
    "relationships.lists.links",
    "relationships.profiles.data",
    "relationships.profiles.links",
    "relationships.import-errors.data",
    "relationships.import-errors.links",
    "relationships",
];

/// Queries that links may have.
const QUERIES: [&str; 6] = [
    "",
    "",
    "",
    "?page%5Bsize%5D=100",
    "?fields%5Blist%5D=name",
    "?additional-fields%5Blist%5D=profile_count&include=tags&page%5Bcursor%5D=bmV4dDo6aWQ6OlY4U2x0ag",
];

/// How an optional attribute is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Value,
    Null,
    Nothing,
}

/// How a varied job is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variation {
    /// For each attribute in [`NULLABLE`].
    said: [Said; NULLABLE.len()],
    /// Which members in [`OPTIONAL`] are left out, if any.
    left_out: [bool; OPTIONAL.len()],
    /// The query of its links.
    pub(super) query: &'static str,
    /// Whether a document with only this job has links of its own.
    pub(super) links_document: bool,
}

impl Variation {
    /// The job is written without variations.
    pub(super) const NONE: Self = Self {
        said: [Said::Value; NULLABLE.len()],
        left_out: [false; OPTIONAL.len()],
        query: "",
        links_document: true,
    };

    pub(super) fn draw(random: &mut ChaCha8Rng) -> Self {
        let leaves_out = random.random_ratio(1, 5);
        Self {
            said: NULLABLE.map(|_| {
                if leaves_out && random.random() {
                    Said::Nothing
                } else if random.random_ratio(1, 8) {
                    Said::Null
                } else {
                    Said::Value
                }
            }),
            left_out: OPTIONAL.map(|_| leaves_out && random.random_ratio(1, 4)),
            query: QUERIES.choose(random).expect("some to choose from"),
            links_document: !leaves_out || random.random_ratio(3, 4),
        }
    }

    /// Replaces attributes according to the variation.
    pub(super) fn vary_attributes(&self, attributes: &mut Item) {
        for (name, said) in NULLABLE.into_iter().zip(self.said) {
            match said {
                Said::Value => {}
                Said::Null => *attributes.at(name) = Item::Null,
                Said::Nothing => attributes.remove(name),
            }
        }
    }

    /// Removes what is left out.
    pub(super) fn vary_relationships(&self, resource: &mut Item) {
        for path in self.all_left_out() {
            let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
            resource.at(parent).remove(name);
        }
    }

    fn all_left_out(&self) -> impl Iterator<Item = &'static str> {
        let paths = OPTIONAL.into_iter().zip(self.left_out);
        paths.filter(|&(_, left_out)| left_out).map(|(path, _)| path)
    }

    /// Whether the identifiers of a relationship are written.
    pub(super) fn has_data(&self, relationship: &str) -> bool {
        let data = format!("relationships.{relationship}.data");
        self.all_left_out().all(|path| path != data && path != "relationships")
    }

    /// Whether `completed_count` and `failed_count` are written, and are not `null`.
    pub(super) fn has_counts(&self) -> [bool; 2] {
        [self.said[0], self.said[1]].map(|said| said == Said::Value)
    }
}
