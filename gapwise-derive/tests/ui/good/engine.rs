//! The engine has another name, as where a package re-exports it.

#![forbid(unsafe_code)]
#![deny(warnings)]

use engines::one::{Arena, Parser, View};

mod engines {
    pub use gapwise as one;
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(crate = "crate::engines::one", columns)]
#[serde(crate = "nowhere")]
struct Event<'a> {
    kind: Kind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(crate = "engines::one", rename_all = "lowercase", columns)]
enum Kind<'a> {
    Push,
    #[view(other)]
    Other(&'a str),
}

fn main() {
    let arena = Arena::new();
    let event = Parser::<Event>::new().parse(br#"{"kind":"push"}"#, &arena).unwrap();
    assert_eq!(event, &Event { kind: Kind::Push });
}
