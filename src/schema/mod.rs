//! What a document may contain, and where in a view of it each value goes.
//!
//! One file a document kind. Such a file declares, with `view!`, which members the parts of its views come from, as its JSON
//! Schema has them. All else follows: a [`Table`], which is made when it is first needed, has the members laid flat, and an
//! offset for each value. There may be thousands of them: [`slots`] are sets as wide as a table needs them. A new kind is a
//! new file here; `decode/` reads tables, fills [`Values`], and names no member.
//!
//! [`member`] is what a declaration says, [`view`] what the types of the parts add to it and prove, [`values`] the view of
//! a document under way.
//!
//! This module must not look at JSON text.

// What a sealed trait says is for this package only.
#![expect(private_bounds, private_interfaces)]

mod derived;
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
mod member;
mod slots;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod view;

pub use derived::{Blank, Lifetime, OtherText, Plain, Within, choices, choices_and_others};
pub use document::Document;
#[cfg(test)]
pub(crate) use document::TableOf;
pub(crate) use document::{Build, Glimpse, Look, TextRoom, kind_of};
pub(crate) use member::{AnyNumber, Number, Others};
pub use member::{Choices, Member, Value};
pub(crate) use slots::{MOST_WORDS, Slot, SlotSet};
pub(crate) use spelling::Spelling;
pub(crate) use table::{Closes, Container, Entry, Kind, Offset, Shape, Table, Target};
pub(crate) use values::{Room, Values};
pub use view::{Members, Part, Stored, View};

use crate::model::Timestamp;

/// Whether a text is what a [`Value::Timestamp`] should be.
pub(crate) fn is_timestamp(text: &str) -> bool {
    Timestamp::new(text).is_an_instant()
}

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArenaFull;
