//! What cannot be absent twice.

use gapwise_derive::View;
use gapwise::Presence;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Inside<'a> {
    text: Option<Presence<&'a str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Around<'a> {
    text: Presence<Option<&'a str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Both<'a> {
    texts: &'a [Presence<Presence<&'a str>>],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Forever {
    text: Presence<&'static str>,
}

fn main() {}
