//! What a document may contain: tables of members, and builders that store the values.
//!
//! One file a document kind. Such a file mirrors its JSON Schema member by member as nested [`Member`]s,
//! has them laid flat into a [`Table`] at compile time, and says in its builder where each value goes in
//! the view. A new kind is a new file here; `decode/` reads tables and names no member.
//!
//! This module must not look at JSON text.

mod job_response;
mod table;

pub(crate) use job_response::JobResponseBuilder;
pub(crate) use table::{Container, Entry, Kind, Shape, Slot, SlotSet, Table};

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArenaFull;

/// Takes the values of one document in the order of the text, and stores them into a view.
///
/// Slots are numbers of the [`Table`] that the document was decoded with.
pub(crate) trait Builder<'a> {
    /// Objects and arrays that were opened, and not null, since the last value.
    fn open(&mut self, opened: SlotSet);

    /// The string of a text member.
    fn text(&mut self, slot: Slot, text: &'a str) -> Result<(), ArenaFull>;

    /// The number of an integer member.
    fn integer(&mut self, slot: Slot, integer: i64);

    /// The string of an enum member, as its index among the table's choices.
    fn choice(&mut self, slot: Slot, choice: usize);
}

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
