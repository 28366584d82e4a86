//! Names that stand twice, or that no document can have as they are.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "camelCase")]
struct Members {
    first_name: u8,
    #[view(rename = "firstName")]
    other_name: u8,
    #[view(alias = "name", alias = "firstName")]
    last_name: u8,
    #[serde(alias = "name")]
    name_of_all: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "lowercase")]
enum Variants {
    One,
    ONE,
    #[view(rename = "a \"quote\"")]
    Quote,
    #[view(rename = "\n")]
    Line,
    #[view(alias = "one", alias = "\t")]
    Two,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Others<'a> {
    One,
    #[view(other, alias = "others")]
    Other(&'a str),
}

fn main() {}
