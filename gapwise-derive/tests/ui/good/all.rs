//! One of everything, in a crate without unsafe code of its own.

#![forbid(unsafe_code)]
#![deny(warnings)]

use gapwise_derive::View;
use gapwise::{Arena, Parser, RawJson};
use std::marker::PhantomData;

/// An event.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event<'document> {
    pub id: &'document str,
    #[serde(rename = "type", borrow)]
    pub kind: Kind<'document>,
    #[view(rename = "", alias = "actor")]
    #[serde(alias = "who")]
    pub actor: Actor,
    pub r#public: bool,
    pub time_zone: Option<&'document str>,
    #[view(default)]
    pub tags: &'document [&'document str],
    pub raw: RawJson<'document>,
    #[view(skip)]
    pub note: (),
    #[view(skip)]
    pub more: PhantomData<&'document str>,
    #[serde(skip)]
    pub cache: Option<Unread>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "a::path", getter = "b")]
    pub lists: Option<&'document [Option<&'document [Option<Actor>]>]>,
    pub nothing: Nothing,
    #[view(default)]
    pub level: Option<Level>,
}

/// An event and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Received<'a> {
    #[serde(flatten, borrow)]
    pub origin: Origin<'a>,
    pub at: i64,
    #[view(flatten)]
    actor: Actor,
    #[view(rest)]
    pub others: &'a [(&'a str, RawJson<'a>)],
}

/// Where from.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant("type", "origin"), constant("version", ""))]
pub struct Origin<'a> {
    #[view(not_null)]
    pub zone: Option<&'a str>,
    pub host: &'a str,
    #[view(default)]
    pub place: [[f64; 2]; 1],
    #[view(skip)]
    pub pair: [Option<Unread>; 2],
    pub both: Option<[Option<&'a str>; 2]>,
    pub more: gapwise::Presence<&'a [gapwise::Presence<u8>]>,
    pub name: Option<Name<'a>>,
    pub labels: Option<&'a [(&'a str, &'a [(&'a str, Option<Name<'a>>)])]>,
    #[view(or_text, default)]
    pub port: i64,
    #[view(skip)]
    pub left_out: gapwise::Presence<Unread>,
    #[view(flatten)]
    pub nothing: Nothing,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a name", check = names::are_short)]
#[repr(C, align(16))]
pub struct Name<'a>(#[serde(borrow)] pub &'a str);

mod names {
    pub(crate) fn are_short(name: &str) -> bool {
        name.len() < 4
    }
}

/// A level.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[repr(u16)]
pub enum Level {
    #[serde(alias = "low", alias = "LOW")]
    Low = 3,
    High = 500,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unread {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub struct Nothing {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, View)]
#[repr(C)]
pub struct Actor {
    pub id: u128,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(rename_all = "SCREAMING-KEBAB-CASE")]
pub enum Kind<'a> {
    PushEvent,
    #[view(rename = "")]
    Empty,
    #[view(other)]
    Other(&'a str),
}

fn main() {
    let arena = Arena::new();
    let text = br#"{"id":"1","type":"PUSH-EVENT","":{"id":2},"public":true,"raw":null,"level":"High","nothing":{"x":1},
        "lists":[null,[null,{"id":3}]]}"#;
    let mut parser = Parser::<Event>::new();
    let event: &Event<'_> = parser.parse(text, &arena).unwrap();
    assert_eq!((event.id, event.kind, event.actor.id), ("1", Kind::PushEvent, 2));
    assert_eq!((event.tags.len(), event.time_zone), (0, None));
    assert_eq!((event.raw.as_str(), event.level), ("null", Some(Level::High)));
    assert_eq!(event.lists, Some(&[None, Some(&[None, Some(Actor { id: 3 })][..])][..]));
    let error = parser.parse(br#"{"id":"1","note":1}"#, &arena).unwrap_err();
    assert_eq!(error.kind(), gapwise::ErrorKind::UnknownMember);
    let text = br#"{"id":4,"at":5,"host":"here","type":"origin","version":"","port":"80","name":"ada","extra":[1]}"#;
    let received: &Received<'_> = Parser::<Received>::new().parse(text, &arena).unwrap();
    assert_eq!((received.actor.id, received.at, received.origin.host), (4, 5, "here"));
    let others = received.others.iter().map(|(name, value)| (*name, value.as_str()));
    assert!(others.eq([("extra", "[1]")]));
    assert_eq!((received.origin.port, received.origin.name), (80, Some(Name("ada"))));
}
