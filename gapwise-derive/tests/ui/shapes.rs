//! No structs with named fields, and parameters that a view cannot have.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Tuple<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Unit;

#[derive(Clone, Copy, View)]
union Union {
    one: u32,
    other: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Generic<T> {
    value: T,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Sized<const N: usize> {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Lifetimes<'a, 'b> {
    one: &'a str,
    other: &'b str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Bound<'a: 'static> {
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Where<'a>
where
    'a: 'static,
{
    text: &'a str,
}

#[derive(Clone, Copy, View)]
#[repr(C, packed)]
struct Packed {
    number: u64,
}

fn main() {}
