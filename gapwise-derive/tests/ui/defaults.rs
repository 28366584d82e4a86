//! What cannot be absent.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfEnum {
    #[view(default)]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfStruct {
    #[view(default)]
    inner: Inner,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Inner {
    number: u8,
}

fn main() {}
