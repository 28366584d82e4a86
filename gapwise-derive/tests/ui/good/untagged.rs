//! Untagged enums wherever they may be, in a crate without unsafe code of its own.

#![forbid(unsafe_code)]
#![deny(warnings)]

use gapwise::{Arena, Parser, Presence};
use gapwise_derive::View;

/// Told by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(untagged)]
pub enum Value<'document> {
    /// What it says.
    Text(#[serde(borrow)] &'document str),
    Number(f32),
    Flag(bool),
    Object(Size),
    Array([u8; 2]),
    Nothing,
}

/// One variant only.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged)]
pub enum One {
    Only(Kind),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(untagged, expecting = "nothing")]
pub enum Null {
    Null,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub enum Kind {
    A,
    B,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Size {
    size: u64,
    null: Null,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "t", content = "c")]
pub enum Tagged<'a> {
    Value(Value<'a>),
    Named(&'a [(&'a str, Option<Value<'a>>)]),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct All<'a> {
    value: Value<'a>,
    ones: [One; 2],
    presence: Presence<Value<'a>>,
    tagged: Tagged<'a>,
    rows: &'a [&'a [Value<'a>]],
}

fn main() {
    let text = br#"{"value":{"size":1,"null":null},"ones":["A","B"],"presence":null,
        "tagged":{"t":"Named","c":{"x":[1,2],"y":null}},"rows":[[],[true,null,"a",0.5]]}"#;
    let arena = Arena::new();
    let expected = All {
        value: Value::Object(Size { size: 1, null: Null::Null }),
        ones: [One::Only(Kind::A), One::Only(Kind::B)],
        presence: Presence::Null,
        tagged: Tagged::Named(&[("x", Some(Value::Array([1, 2]))), ("y", None)]),
        rows: &[&[], &[Value::Flag(true), Value::Nothing, Value::Text("a"), Value::Number(0.5)]],
    };
    assert_eq!(Parser::<All>::new().parse(text, &arena), Ok(&expected));
}
