//! Types that the compiler knows more of than their names.

use gapwise_derive::View;
use std::num::NonZeroU8;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Undeclared;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Unknown<'a> {
    number: NonZeroU8,
    undeclared: &'a [Undeclared],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Skipped {
    #[view(skip)]
    note: Undeclared,
}

fn main() {}
