//! Constants that are none, and members that are said to be no `null`.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant = "event")]
#[view(constant)]
#[view(constant("event"))]
#[view(constant("type", 1))]
#[view(constant("type", "event", "more"))]
#[view(constant("quote", "a \"quote\""))]
#[serde(constant("type", "event"))]
struct Odd<'a> {
    #[view(constant("type", "event"))]
    kind: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant("kind", "event"), constant("type", "event"))]
struct Names<'a> {
    kind: &'a str,
    #[view(alias = "type")]
    other: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant("type", "event"))]
enum Texts {
    One,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Never<'a> {
    #[view(not_null)]
    required: &'a str,
    #[view(not_null)]
    presence: gapwise::Presence<u8>,
    #[view(not_null, skip)]
    skipped: Option<u8>,
    #[view(not_null, not_null)]
    twice: Option<u8>,
    #[serde(not_null)]
    serde: Option<u8>,
}

fn main() {}
