//! What a document may contain, and where in its view each value goes.
//!
//! A declaration, by `view!` or `#[derive(View)]`, says which member each part of a view comes from. Everything else is
//! derived from it. A [`Table`] is made when it is first needed: it lists all members flat, with an offset for each
//! value. A table may have thousands of members, so the sets in [`slots`] are as wide as a table needs. `decode/` reads
//! tables and fills [`Values`]; it knows no member by name.
//!
//! [`member`] is what a declaration says. [`mod@view`] adds what the types of the parts say, and prove. [`values`] is
//! the view of a document while it is read.
//!
//! This module must not look at JSON text.

mod derived;
mod document;
mod flattened;
mod member;
mod slots;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod view;

pub use derived::{
    Blank, Lifetime, OtherText, Plain, Within, choices, choices_and_others,
    choices_and_others_if_wanted, text_at,
};
pub(crate) use document::TextRoom;
pub use document::{Build, Document, Glimpse, Look, TableOf, all_tables, count_tables};
pub use flattened::Group;
pub use member::{Alternative, Choices, Format, Member, Tag, Untagged, Value, Variant};
pub(crate) use member::{AnyNumber, AsNumber, Class, Number, Others, ShortNumber, ShortValue};
pub(crate) use slots::{MORE_WORDS, MOST_WORDS, Slot, SlotSet};
pub(crate) use spelling::Spelling;
pub use table::Table;
pub(crate) use table::{Closes, Container, Entry, Kind, Offset, OneVariant, Shape, Target};
pub use values::Values;
pub(crate) use values::{NotEnded, Room};
pub use view::{
    ListOf, Members, Part, Stored, View, alternative, inside_variant, tag, untagged, variant,
};
