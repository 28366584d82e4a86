//! What cannot be flattened, and names that stand twice because of it.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Inner<'a> {
    name: &'a str,
    #[view(alias = "n", alias = "amount")]
    number: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Twice<'a> {
    name: u8,
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Alias<'a> {
    #[serde(flatten)]
    inner: Inner<'a>,
    #[view(alias = "amount")]
    count: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Nested<'a> {
    #[view(flatten)]
    outer: Outer<'a>,
    other: u8,
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Outer<'a> {
    more: bool,
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(deny_unknown_fields)]
struct Closed<'a> {
    name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfClosed<'a> {
    #[view(flatten)]
    closed: Closed<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(deny_unknown_fields)]
struct ClosedOuter<'a> {
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Odd<'a> {
    #[view(flatten)]
    optional: Option<Inner<'a>>,
    #[view(flatten, default)]
    default: Inner<'a>,
    #[view(flatten, rename = "inner")]
    renamed: Inner<'a>,
    #[view(flatten, skip)]
    skipped: Inner<'a>,
    #[view(flatten)]
    list: &'a [Inner<'a>],
    #[view(flatten, flatten)]
    twice: Inner<'a>,
    #[view(flatten = "all")]
    how: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Others<'a> {
    #[view(flatten)]
    kind: Kind,
    #[view(flatten)]
    raw: gapwise::RawJson<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind {
    One,
    #[view(flatten)]
    Two,
}

fn main() {}
