//! What serde is told where `null` is another thing than nothing.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Patch {
    #[serde(default, with = "::serde_with::rust::double_option")]
    count: Option<Option<u8>>,
    #[serde(default, deserialize_with = "double_option")]
    other: Option<Option<u8>>,
}

fn main() {}
