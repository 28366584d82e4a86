//! Variants of untagged enums that begin alike, or with anything.

use gapwise_derive::View;

type Anything<'a> = gapwise::RawJson<'a>;
type Maybe = Option<u8>;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Push<'a> {
    head: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Kind {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Texts<'a> {
    Kind(Kind),
    Number(u8),
    Text(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Numbers {
    Integer(u8),
    Float(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Objects<'a> {
    Push(Push<'a>),
    Map(&'a [(&'a str, u8)]),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Arrays<'a> {
    List(&'a [u8]),
    Nothing,
    Pair([u8; 2]),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Raw<'a> {
    Anything(Anything<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Absent {
    Maybe(Maybe),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Inner {
    Number(u8),
    Flag(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
enum Outer<'a> {
    Inner(Inner),
    Text(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct ByDefault {
    #[view(default)]
    inner: Inner,
}

fn main() {}
