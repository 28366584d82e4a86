//! Texts that are none, and functions that tell nothing of them.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color")]
struct NoCheck<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(check = is_color)]
struct NoFormat<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Named<'a> {
    text: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Two<'a>(&'a str, &'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Forever(&'static str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color, rename_all = "camelCase")]
struct Cased<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Attributed<'a>(#[view(default)] &'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = |text| true)]
struct Closure<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[serde(format = "a color", check = is_color)]
struct Serde<'a>(&'a str);

#[derive(Clone, Copy, View)]
#[view(format = "a color", check = is_color)]
#[repr(packed)]
struct Packed<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
enum Enum {
    One,
}

fn is_color(text: &str) -> bool {
    !text.is_empty()
}

fn main() {}
