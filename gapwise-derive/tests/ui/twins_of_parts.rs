//! Twins of which a part has none.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedEvent")]
struct Event<'a> {
    actor: Option<Actor<'a>>,
    #[view(owned = "Box<str>")]
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Actor<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparsePage")]
struct Page<'a> {
    #[view(sparse = "Event<'a>")]
    event: Event<'a>,
}

fn main() {}
