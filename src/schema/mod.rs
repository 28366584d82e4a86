//! What a document may contain: tables of members, and views made of the values.
//!
//! One file a document kind. Such a file mirrors its JSON Schema member by member as nested [`Member`]s,
//! has them laid flat into a [`Table`] at compile time, and says in one function where each value goes in
//! the view. A new kind is a new file here; `decode/` reads tables, fills [`Values`], and names no member.
//!
//! This module must not look at JSON text.

mod job_response;
mod spelling;
mod table;
mod values;

pub(crate) use job_response::{JOB_RESPONSE_TABLE, job_response};
pub(crate) use spelling::Spelling;
pub(crate) use table::{Container, Entry, Kind, Shape, Slot, SlotSet, Table};
pub(crate) use values::{IdentifierRoom, Values};

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArenaFull;

/// A member of an object, as the schema declares it.
pub(crate) struct Member {
    name: &'static str,
    required: bool,
    nullable: bool,
    value: Value,
}

/// The value of a [`Member`]: the JSON Schema keywords that occur, `$ref`s resolved.
pub(crate) enum Value {
    /// `"type": "object"` with these `properties`.
    Object(&'static [Member]),
    /// `"type": "array"` whose `items` are objects with these `properties`.
    List(&'static [Member]),
    /// `"type": "string"`.
    Text,
    /// The same, for the `id` of the items of an array: they are collected in order.
    Identifier,
    /// `"type": "integer"`.
    Integer,
    /// `"const"`.
    Constant(&'static str),
    /// `"enum"` of strings.
    OneOf(&'static [&'static str]),
}

/// A member that stands in the schema's `required`.
const fn required(name: &'static str, value: Value) -> Member {
    Member { name, required: true, nullable: false, value }
}

/// A member that may be absent.
const fn optional(name: &'static str, value: Value) -> Member {
    Member { name, required: false, nullable: false, value }
}

/// A member that may be absent or `null`.
const fn nullable(name: &'static str, value: Value) -> Member {
    Member { name, required: false, nullable: true, value }
}
