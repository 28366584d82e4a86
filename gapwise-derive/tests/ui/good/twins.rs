//! Twins and columns, in a crate without unsafe code of its own, and not all of them used.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![deny(missing_docs)]

use gapwise::columns::{ColumnType, Columnar, ColumnarObject, Values};
use gapwise::{Arena, IntoOwned, Parser, Presence, RawJson};
use gapwise_derive::View;
use std::marker::PhantomData;

/// An event.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedEvent", sparse = "SparseEvent", sparse_owned = "OwnedSparseEvent")]
#[view(constant("type", "event"), columns)]
// The feature is none of this package.
#[cfg_attr(any(), view(serde))]
pub struct Event<'document> {
    /// What it is called.
    #[view(always)]
    pub id: &'document str,
    /// Which it is.
    pub kind: Kind<'document>,
    /// Of many types.
    pub labels: Option<&'document [(&'document str, &'document [(&'document str, Option<Name<'document>>)])]>,
    /// Of more.
    pub more: Presence<&'document [gapwise::Presence<[Level; 2]>]>,
    /// As it is written.
    pub raw: RawJson<'document>,
    /// Not in documents.
    #[view(skip)]
    pub mark: PhantomData<&'document str>,
    /// A number.
    pub r#final: u8,
    #[view(sparse = "SparseActor<'document>")]
    pub(crate) actor: Actor<'document>,
}

/// Who.
#[derive(Clone, Copy, Debug, PartialEq, Eq, View)]
#[view(owned = "OwnedActor", owned_derive(Eq, Hash), sparse = "SparseActor")]
#[view(sparse_owned = "OwnedSparseActor", sparse_derive(Eq, ::std::hash::Hash), columns)]
pub(crate) struct Actor<'a> {
    login: &'a str,
    number: Option<u64>,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(format = "a name", check = str::is_ascii, owned = "OwnedName", columns)]
pub struct Name<'a>(/** Its text. */ pub &'a str);

/// A kind.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedKind", columns)]
pub enum Kind<'a> {
    /// This one.
    Push,
    /// Any other.
    #[view(other)]
    Other(&'a str),
}

/// It owns all that it has.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
#[repr(u16)]
pub enum Level {
    /// Low.
    Low = 3,
    /// High.
    High = 500,
}

mod inner {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(owned = "OwnedPrivate", sparse = "SparsePrivate", columns)]
    pub(super) struct Private<'a> {
        pub(in super::inner) kind: Kind<'a>,
    }
}

fn main() {
    let arena = Arena::new();
    let text = br#"{"id":"1","type":"event"}"#;
    assert!(Parser::<inner::Private>::new().parse(text, &arena).is_err());
    let event = *Parser::<SparseEvent>::new().parse(text, &arena).unwrap();
    assert_eq!((event.id, event.actor.login), ("1", None));
    let mut rows = SparseEvent::rows();
    event.push_row(&mut rows).unwrap();
    let names = rows.fields().iter().map(|field| &*field.name);
    assert!(names.eq(["id", "kind", "labels", "more", "raw", "final", "actor"]));
    assert_eq!(rows.columns()[5].values(), &Values::UInt8(vec![0]));
    assert_eq!(Level::column_type(), ColumnType::Choice(&["Low", "High"]));
    let owned: OwnedSparseEvent = event.into_owned();
    assert_eq!((owned.actor.number, &*owned.id), (None, "1"));
    assert_eq!(IntoOwned::into_owned(Level::Low), Level::Low);
    let other: OwnedKind = Kind::Other("a").into_owned();
    assert_eq!(other, OwnedKind::Other("a".into()));
}
