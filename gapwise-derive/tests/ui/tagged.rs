//! Enums with a tag that are none.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Empty {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type")]
enum Fields<'a> {
    Push(Push<'a>),
    Two(Push<'a>, Push<'a>),
    None(),
    Named { push: Push<'a> },
    Owned(String),
    Own(Box<Self>),
    Boxed(&'a Push<'a>),
    More(#[view(default)] Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Generic<T> {
    Push(T),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(content = "payload")]
enum NoTag<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", content = "type")]
enum Same<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", rename_all = "lowercase")]
enum Twice<'a> {
    Push(Push<'a>),
    #[view(rename = "push")]
    Pull(Push<'a>),
    #[view(alias = "Ping", alias = "push")]
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "ty\"pe")]
enum Escapes {
    #[view(rename = "a\\b")]
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type", tag = "kind")]
enum SaidTwice {
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type")]
enum Others<'a> {
    Push(Push<'a>),
    #[serde(other)]
    Other(Push<'a>),
    #[view(other, rename = "other")]
    More,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type", deny_unknown_fields)]
enum Closed<'a> {
    Push(Push<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum External<'a> {
    Push(Push<'a>),
    Ping,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(deny_unknown_fields)]
enum Texts {
    Push,
    #[serde(other)]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type", content = "payload")]
struct Struct<'a> {
    push: Push<'a>,
}

// Both would be written alike.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", rename_all = "lowercase", serde)]
enum WrittenAlike {
    #[view(rename = "rest")]
    Pause,
    #[view(other)]
    Rest,
}

fn main() {}
