//! What has no size, or stands too far apart.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Nothing {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Nothings<'a> {
    nothings: &'a [Nothing],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[repr(align(32))]
struct Far {
    number: u8,
}

fn main() {}
