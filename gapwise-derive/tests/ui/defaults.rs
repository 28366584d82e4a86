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
    Two,
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

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfArray {
    #[view(default)]
    kinds: [[Kind; 1]; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfStructs {
    #[view(default)]
    inner: [Inner; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct OfOptions {
    #[view(default)]
    numbers: [Option<u8>; 2],
}

fn main() {}
