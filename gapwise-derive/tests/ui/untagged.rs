//! Untagged enums that are none.

use gapwise::{Presence, RawJson};
use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Empty {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged)]
enum Fields<'a> {
    Two(&'a str, bool),
    None(),
    Named { push: Push<'a> },
    Owned(String),
    More(#[view(default)] Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Anything<'a> {
    Raw(RawJson<'a>),
    Maybe(Option<u8>),
    Presence(Presence<bool>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Null {
    One(u8),
    Nothing,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged)]
enum Names {
    #[serde(rename = "one")]
    One(u8),
    #[serde(alias = "two")]
    Two(bool),
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged, rename_all = "lowercase")]
enum Case {
    One(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged, deny_unknown_fields)]
enum Closed<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged, tag = "type")]
enum Tagged<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged, content = "payload")]
enum Content<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged, untagged)]
enum Twice {
    One(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged, sparse = "SparseNumber")]
enum Sparse {
    One(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged)]
struct Struct<'a> {
    push: Push<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum OneOfThem {
    #[serde(untagged)]
    One,
}

fn main() {}
