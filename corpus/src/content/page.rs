//! The position of a page in a collection, and the links that express it.

use crate::document::{Item, Member};
use crate::identifiers;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// A page, without its items.
#[derive(Debug)]
pub(crate) struct Page {
    /// How many items were requested.
    size: u32,
    /// How many items there are.
    length: u32,
    /// The cursor of this page. The first page has none, and no page before it.
    cursor: Option<String>,
    next: Option<String>,
    ends: Ends,
}

/// How the links `first` and `last` are written.
#[derive(Clone, Copy, Debug)]
enum Ends {
    Absent,
    Null,
    Links,
}

impl Page {
    /// A page of a collection of any length. It is full, unless it is the last one.
    pub(crate) fn draw(size: u32, random: &mut ChaCha8Rng) -> Self {
        let is_first: bool = random.random();
        let is_last = random.random_ratio(1, 4);
        let ends = [Ends::Absent, Ends::Absent, Ends::Null, Ends::Links];
        Self {
            size,
            length: if is_last { random.random_range(0..=size) } else { size },
            cursor: (!is_first).then(|| draw_cursor(random)),
            next: (!is_last).then(|| draw_cursor(random)),
            ends: *ends.choose(random).expect("some to choose from"),
        }
    }

    /// How many items the page has.
    pub(crate) fn length(&self) -> u32 {
        self.length
    }

    /// The links of a page of the collection at `url`, requested with `parameters`.
    pub(crate) fn into_links(self, url: &str, mut parameters: Vec<String>) -> Item {
        parameters.push(format!("page%5Bsize%5D={}", self.size));
        let query = parameters.join("&");
        let first = format!("{url}?{query}");
        let at = |cursor: &String| format!("{url}?page%5Bcursor%5D={cursor}&{query}");
        let here = self.cursor.as_ref().map_or_else(|| first.clone(), at);
        let next = self.next.as_ref().map(at);
        // `prev` is the page before the one that has this cursor.
        let prev = self.cursor.as_ref().map(|cursor| at(&format!("{cursor}cHJldg")));
        let last = next.as_ref().unwrap_or(&here).clone();
        let neighbours = [("next", next.into()), ("prev", prev.into())];
        let ends = match self.ends {
            Ends::Absent => None,
            Ends::Null => Some([("first", Item::Null), ("last", Item::Null)]),
            Ends::Links => Some([("first", first.into()), ("last", last.into())]),
        };
        let members = [("self", here.into())].into_iter().chain(neighbours);
        let members = members.chain(ends.into_iter().flatten());
        Item::Object(members.map(|(name, item)| Member { name: name.into(), item }).collect())
    }
}

/// A cursor, in a form that only the API can read.
fn draw_cursor(random: &mut ChaCha8Rng) -> String {
    URL_SAFE_NO_PAD.encode(format!("next::id::{}", identifiers::list(random)))
}
