//! Enums that are not one of some texts.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Empty {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Fields<'a> {
    One(&'a str),
    Two { text: &'a str },
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Others<'a> {
    One,
    #[view(other, rename = "other")]
    Other(&'a str),
    #[view(other)]
    More(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum NoText {
    One,
    #[view(other)]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum NoLifetime {
    One,
    #[view(other)]
    Other(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Both<'a> {
    One,
    #[view(other, unknown)]
    Other(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type")]
enum Tagged {
    One,
    #[view(unknown)]
    Other,
}

fn main() {}
