//! Fields that do not keep all other members.

use gapwise_derive::View;
use gapwise::RawJson;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(deny_unknown_fields)]
struct Closed<'a> {
    #[view(rest)]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Odd<'a> {
    #[view(rest)]
    others: &'a [(&'a str, RawJson<'a>)],
    #[view(rest)]
    more: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct More<'a> {
    #[view(rest, rename = "others")]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Serde<'a> {
    #[serde(flatten)]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct AlsoSerde<'a> {
    #[serde(rest)]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Typed<'a> {
    #[view(rest)]
    others: &'a [(&'a str, i64)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Open<'a> {
    #[view(rest)]
    others: &'a [(&'a str, RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Around<'a> {
    #[view(flatten)]
    open: Open<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Text<'a> {
    #[view(default)]
    text: &'a str,
}

static NONE: &[(&str, RawJson<'static>)] = &[];

impl std::ops::Deref for Text<'_> {
    type Target = &'static [(&'static str, RawJson<'static>)];

    fn deref(&self) -> &Self::Target {
        &NONE
    }
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Refers<'a> {
    #[view(rest)]
    others: Text<'a>,
    name: &'a str,
}

fn main() {}
