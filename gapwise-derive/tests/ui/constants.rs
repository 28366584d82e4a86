//! Constants that are none.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Odd<'a> {
    #[view(constant = "event")]
    kind: &'a str,
    #[view(constant = "a \"quote\"")]
    quote: (),
    #[view(constant = "event", default)]
    default: (),
    #[view(constant = "event", alias = "type")]
    alias: (),
    #[view(constant = "event", skip)]
    skip: (),
    #[view(constant = "event", flatten)]
    flatten: (),
    #[view(constant = "event", constant = "event")]
    twice: (),
    #[view(constant = 1)]
    number: (),
    #[view(constant)]
    nothing: (),
    #[serde(constant = "event")]
    serde: (),
    #[view(constant = "event")]
    optional: Option<()>,
    without: (),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Names {
    #[view(constant = "event")]
    kind: (),
    #[view(constant = "event", rename = "kind")]
    other: (),
}

fn main() {}
