//! Names that would outlive the document, or are none.

use gapwise_derive::View;

type Static = &'static str;
type Number = u8;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Forever<'a> {
    map: &'a [(Static, u8)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Numbers<'a> {
    map: &'a [(Number, u8)],
}

fn main() {}
