//! Parts of views that have no columns.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Event<'a> {
    id: &'a str,
    wide: u128,
    sizes: Option<&'a [i128]>,
    push: Push<'a>,
    actor: Option<Actor<'a>>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind {
    Push,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Actor<'a> {
    User(Push<'a>),
    Nobody,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Flat<'a> {
    id: &'a str,
    #[view(flatten)]
    push: Push<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct WithTag<'a> {
    id: &'a str,
    #[view(flatten)]
    actor: Actor<'a>,
}

fn main() {}
