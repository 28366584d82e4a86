//! Variants that hold what has no members, and what lives longer than a document.

use gapwise_derive::View;

type Text = &'static str;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Inside<'a> {
    Push(Push<'a>),
    Text(&'a str),
    Maybe(Option<Push<'a>>),
    Kind(Kind),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", content = "payload")]
enum Beside<'a> {
    Push(Push<'a>),
    Forever(Text),
    NoView(Unread),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Unread;

fn main() {}
