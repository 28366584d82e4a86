//! Twins that cannot be, and what is said of twins that there are not.

use gapwise_derive::View;

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "Same")]
struct Same<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "no name")]
struct NoName<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedNumber")]
struct Number {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedLevel")]
enum Level {
    High,
    Low,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned_derive(Eq))]
struct NoOwned<'a> {
    #[view(owned = "Box<str>")]
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned_derive = "Eq", owned = "OwnedText")]
struct Text<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedSkipping")]
struct Skipping<'a> {
    #[view(skip, owned = "()")]
    note: (),
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse_derive(Eq), sparse_owned = "OwnedSparse")]
struct NoSparse<'a> {
    #[view(always)]
    id: &'a str,
    #[view(sparse = "&'a str", sparse_owned = "Box<str>")]
    name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedTwice", sparse = "OwnedTwice", sparse_owned = "Twice")]
struct Twice<'a> {
    id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparseNumbers", sparse_owned = "OwnedSparseNumbers")]
struct Numbers {
    number: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a code", check = str::is_ascii, sparse = "SparseCode")]
struct Code<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a code", check = str::is_ascii)]
struct OtherCode<'a>(#[view(always)] &'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparseKind")]
enum Kind<'a> {
    Push,
    #[view(other)]
    Other(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparseAlways")]
struct Always<'a> {
    #[view(always)]
    id: Option<&'a str>,
    #[view(always, default)]
    number: u8,
    #[view(skip, sparse = "u8")]
    note: (),
    #[view(rest, always)]
    others: &'a [(&'a str, gapwise::RawJson<'a>)],
    #[view(flatten)]
    inner: Number,
    #[view(sparse_owned = "Box<str>")]
    name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(sparse = "SparseSerde")]
struct Serde<'a> {
    #[serde(always)]
    id: &'a str,
}

fn main() {}
