//! What a document may contain: tables of members, and views made of the values.
//!
//! One file a document kind. Such a file mirrors its JSON Schema member by member as nested [`Member`]s,
//! has them laid flat into a [`Table`] at compile time, and says in one function where each value goes in
//! the view. A new kind is a new file here; `decode/` reads tables, fills [`Values`], and names no member.
//!
//! This module must not look at JSON text.

// What a sealed trait says is for this package only.
#![expect(private_bounds, private_interfaces)]

mod document;
mod error_response;
mod identifiers;
mod import_errors;
mod job;
mod job_compound;
mod job_document;
mod job_page;
mod job_response;
mod links;
mod list;
mod spelling;
mod table;
mod values;

pub use document::Document;
pub(crate) use document::{Build, Glimpse, Look, TextRoom, kind_of};
pub(crate) use spelling::Spelling;
pub(crate) use table::{Closes, Container, Entry, Kind, Shape, Slot, SlotSet, Table};
pub(crate) use values::{Room, Values};

use crate::model::Timestamp;
use bumpalo::Bump;

/// Whether a text is what a [`Value::Timestamp`] should be.
pub(crate) fn is_timestamp(text: &str) -> bool {
    Timestamp::new(text).is_an_instant()
}

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArenaFull;

/// A member of an object, as the schema declares it.
pub(crate) struct Member {
    name: &'static str,
    required: Required,
    nullable: bool,
    value: Value,
}

/// Whether a [`Member`] must be there.
#[derive(Clone, Copy)]
enum Required {
    No,
    /// Unless only some fields were asked for.
    InFull,
    Always,
}

/// Which members of a resource documents have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fieldset {
    /// All that the schema requires.
    Full,
    /// Those that were asked for with `fields[...]` (JSON:API, sparse fieldsets).
    Sparse,
}

/// Makes the view of an item of an array from its values, and adds it to those of its kind.
pub(crate) type AddItem = for<'a> fn(&mut Values<'a>, &'a Bump) -> Result<(), ArenaFull>;

/// The value of a [`Member`]: the JSON Schema keywords that occur, `$ref`s resolved.
pub(crate) enum Value {
    /// `"type": "object"` with these `properties`.
    Object(&'static [Member]),
    /// `"type": "array"` whose `items` are resource identifiers: objects with these `properties`, of which the
    /// view has the [`Identifier`](Self::Identifier) only.
    List(&'static [Member]),
    /// `"type": "array"` whose `items` are objects with these `properties`, each of which becomes a view.
    Items(&'static [Member], AddItem),
    /// `"type": "string"`.
    Text,
    /// The same, for the `id` of the items of an array: they are collected in order.
    Identifier,
    /// `"type": "string"`, `"format": "date-time"`.
    Timestamp,
    /// `"type": "integer"`.
    Integer,
    /// `"type": "integer"`, or a text of digits instead.
    IntegerOrText,
    /// `"const"`.
    Constant(&'static str),
    /// `"enum"` of strings.
    OneOf(&'static [&'static str]),
    /// Any JSON. Only for a member that may be `null`.
    Any,
}

/// A member that stands in the schema's `required`.
const fn required(name: &'static str, value: Value) -> Member {
    Member { name, required: Required::Always, nullable: false, value }
}

/// The same, which a sparse fieldset may leave out.
const fn required_in_full(name: &'static str, value: Value) -> Member {
    Member { name, required: Required::InFull, nullable: false, value }
}

/// A member that may be absent.
const fn optional(name: &'static str, value: Value) -> Member {
    Member { name, required: Required::No, nullable: false, value }
}

/// A member that may be absent or `null`.
const fn nullable(name: &'static str, value: Value) -> Member {
    Member { name, required: Required::No, nullable: true, value }
}
