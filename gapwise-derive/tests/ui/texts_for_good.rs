//! A text that would outlive the document.

use gapwise_derive::View;

trait Text {
    type Text;
}

impl Text for &() {
    type Text = &'static str;
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a color", check = is_color)]
struct Color<'a>(<&'a () as Text>::Text);

fn is_color(text: &str) -> bool {
    !text.is_empty()
}

fn main() {}
