//! Attributes that change what a document means, and are not supported.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Fields<'a> {
    #[serde(alias("other"))]
    alias: u8,
    #[serde(with = "module")]
    with: u8,
    #[serde(deserialize_with = "function")]
    deserialize_with: u8,
    #[serde(default = "function")]
    default: u8,
    #[view(default = "function")]
    default_too: u8,
    #[serde(rename = "a", rename = "b")]
    twice: u8,
    #[serde(default)]
    #[view(default)]
    twice_too: u8,
    #[view(renamed = "a")]
    unknown: u8,
    #[view(borrow)]
    borrow: &'a str,
    #[serde(something_new)]
    something_new: u8,
    #[serde(rename(to = "a"))]
    renamed: u8,
    #[view(rename = 1)]
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Inner {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(default)]
struct Default {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(transparent)]
struct Transparent {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(try_from = "u8")]
struct TryFrom {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "Title Case")]
struct Case {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(crate = "gapwise::")]
struct Crate {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(crate = "gapwise", crate = "gapwise")]
struct Crates {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type")]
enum Tagged {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(deny_unknown_fields)]
enum Variants {
    One,
    #[serde(other)]
    Two,
    #[serde(skip)]
    Three,
}

fn main() {}
