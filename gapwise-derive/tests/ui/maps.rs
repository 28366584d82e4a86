//! Pairs that are no names with values.

use gapwise_derive::View;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Odd<'a> {
    numbers: &'a [(u8, u8)],
    three: &'a [(&'a str, u8, u8)],
    one: &'a [(&'a str,)],
    owned: &'a [(&'a str, String)],
    names: &'a [(String, u8)],
    inside: &'a [(&'a str, &'a [(u8, u8)])],
    pair: (&'a str, u8),
    array: [(&'a str, u8); 2],
    forever: &'a [(&'static str, u8)],
    itself: &'a [(&'a str, Odd<'a>)],
}

#[derive(Clone, Debug, PartialEq, View)]
struct Map<'a> {
    text: &'a str,
    map: BTreeMap<&'a str, u8>,
}

fn main() {}
