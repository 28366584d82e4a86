//! What is no text, or is read from none.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Number<'a>(i64, );

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Optional<'a>(Option<&'a str>);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = color_of)]
struct Other<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = nowhere::is_color)]
struct Nowhere<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Digits<'a> {
    #[view(or_text)]
    text: &'a str,
    #[view(or_text)]
    small: u8,
    #[view(or_text)]
    list: &'a [i64],
    #[view(or_text, skip)]
    skipped: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct MoreDigits<'a> {
    #[view(or_text)]
    text: &'a str,
    #[view(or_text)]
    small: u8,
    #[view(or_text)]
    list: &'a [i64],
}

fn is_color(text: &str) -> bool {
    !text.is_empty()
}

fn color_of(text: &str) -> Option<u32> {
    text.parse().ok()
}

fn main() {}
