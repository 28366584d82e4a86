//! Enums with a tag where there is one already, or no place for one.

use gapwise_derive::View;
use gapwise::RawJson;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
    #[view(alias = "type")]
    kind: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Alias<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "head")]
enum Name<'a> {
    Ping,
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "t")]
enum Inner<'a> {
    Push(Push<'a>),
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "u")]
enum Outer<'a> {
    Inner(Inner<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct ByDefault<'a> {
    #[view(default)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Taken<'a> {
    head: bool,
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct TakenTag<'a> {
    #[view(alias = "t")]
    title: bool,
    #[view(flatten)]
    inner: Inner<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct TwoTags<'a> {
    #[view(flatten)]
    inner: Inner<'a>,
    #[view(flatten)]
    other: Other,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "other tag")]
enum Other {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct WithRest<'a> {
    #[view(flatten)]
    inner: Inner<'a>,
    #[view(rest)]
    rest: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "t", content = "c", deny_unknown_fields)]
enum Closed<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfClosed<'a> {
    #[view(flatten)]
    closed: Closed<'a>,
}

fn main() {}
