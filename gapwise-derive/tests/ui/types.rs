//! Fields that own something, or have no size, or no lifetime.

use gapwise_derive::View;
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, View)]
struct Owned<'a> {
    text: String,
    list: Vec<u8>,
    boxed: Box<u8>,
    cow: Cow<'a, str>,
    map: Option<HashMap<String, u8>>,
    texts: &'a [String],
    borrowed: &'a String,
    number: &'a u8,
}

#[derive(View)]
struct Odd<'a> {
    length: usize,
    character: char,
    array: [String; 4],
    pair: (u8, u8),
    mutable: &'a mut [u8],
    function: fn(),
    forever: &'static str,
    inner: Option<Inner<'static>>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Inner<'a> {
    text: &'a str,
}

fn main() {}
