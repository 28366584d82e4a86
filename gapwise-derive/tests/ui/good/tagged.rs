//! Enums with tags, in a crate without unsafe code of its own.

#![forbid(unsafe_code)]
#![deny(warnings)]

use gapwise::{Arena, Parser, Presence};
use gapwise_derive::View;

/// Told by a member among others.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "type", rename_all = "snake_case")]
pub enum Event<'document> {
    /// Somebody pushed.
    Push(#[serde(borrow)] Push<'document>),
    #[serde(rename = "fork", alias = "copy", borrow)]
    Forked(Push<'document>),
    Ping,
    #[serde(other)]
    Other,
}

/// One variant that holds something, and that only.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "type")]
pub enum One {
    Only(Size),
}

/// Told by a member beside another one.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(tag = "t", content = "c", deny_unknown_fields, rename_all = "lowercase")]
pub enum Value<'a> {
    Text(&'a str),
    Maybe(Option<i64>),
    One(One),
    Nothing,
    #[view(other)]
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Push<'a> {
    pub head: &'a str,
    pub value: Option<Value<'a>>,
    pub values: &'a [Presence<Value<'a>>],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Size {
    pub size: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Delivery<'a> {
    pub id: &'a str,
    #[view(flatten)]
    pub event: Event<'a>,
    pub at: i64,
}

fn main() {
    let arena = Arena::new();
    let text = r#"{"id":"1","type":"push","head":"a","values":[{"t":"text","c":"b"},null],"at":2}"#;
    let delivery = Parser::<Delivery>::new().parse(text.as_bytes(), &arena).unwrap();
    let values = &[Presence::Value(Value::Text("b")), Presence::Null];
    let event = Event::Push(Push { head: "a", value: None, values });
    assert_eq!(delivery, &Delivery { id: "1", event, at: 2 });
    let one = Parser::<One>::new().parse(br#"{"size":7,"type":"Only"}"#, &arena).unwrap();
    assert_eq!(one, &One::Only(Size { size: 7 }));
    let mut parser = Parser::<Value>::new();
    for (text, value) in [
        (r#"{"t":"maybe"}"#, Value::Maybe(None)),
        (r#"{"c":3,"t":"maybe"}"#, Value::Maybe(Some(3))),
        (r#"{"t":"nothing","c":null}"#, Value::Nothing),
        (r#"{"c":[{}],"t":"new"}"#, Value::Other),
        (r#"{"t":"one","c":{"size":1,"type":"Only"}}"#, Value::One(One::Only(Size { size: 1 }))),
    ] {
        assert_eq!(parser.parse(text.as_bytes(), &arena).unwrap(), &value);
    }
}
