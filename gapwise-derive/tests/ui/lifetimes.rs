//! What lives longer than a document, under another name.

use gapwise_derive::View;

type Text = &'static str;
type Texts<'a> = &'a [&'static str];

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Forever<'a> {
    text: Text,
    other: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct List<'a> {
    texts: Texts<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Alone {
    text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "is", content = "it")]
enum Tagged<'a> {
    Forever(Text),
    Here(&'a str),
}

fn main() {}
