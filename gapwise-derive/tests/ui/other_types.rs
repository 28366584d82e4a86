//! A variant for other texts that keeps none.

use gapwise_derive::View;

type Text = &'static str;

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Forever<'a> {
    One(std::marker::PhantomData<&'a ()>),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Slice<'a> {
    One,
    #[view(other)]
    Other(&'a [u8]),
}

fn main() {
    let _: Text = "";
}
