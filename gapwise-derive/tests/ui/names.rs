//! Names that stand twice, or that no document can have as they are.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "camelCase")]
struct Members {
    first_name: u8,
    #[view(rename = "firstName")]
    other_name: u8,
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
}

fn main() {}
