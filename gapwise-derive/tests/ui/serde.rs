//! What serde writes, without the feature of the engine that has it do so.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedEvent", serde)]
struct Event<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(serde, serde)]
struct Twice<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(serde)]
enum Kind {
    Push,
}

fn main() {}
