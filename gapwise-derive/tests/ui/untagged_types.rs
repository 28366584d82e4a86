//! Untagged enums where none may be, and what lives longer than a document.

use gapwise::Parser;
use gapwise_derive::View;

type Text = &'static str;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Id<'a> {
    Number(u64),
    Text(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Flattened<'a> {
    #[view(flatten)]
    id: Id<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Inside<'a> {
    Id(Id<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Forever<'a> {
    Text(Text),
    Number(&'a [u64]),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Foreign {
    Unread(Unread),
    Number(u64),
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Unread;

fn main() {
    let _ = Parser::<Id<'static>>::new();
}
