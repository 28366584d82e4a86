//! A struct inside itself.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Node<'a> {
    name: &'a str,
    children: &'a [Node<'a>],
    parent: Option<&'a [Option<Self>]>,
}

fn main() {}
