//! What a document may contain, and where in a view of it each value goes.
//!
//! Whoever declares a view says, with `view!` or `#[derive(View)]`, which members its parts come from. All else follows:
//! a [`Table`], which is made when it is first needed, has the members laid flat, and an offset for each value. There may
//! be thousands of them: [`slots`] are sets as wide as a table needs them. `decode/` reads tables, fills [`Values`], and
//! names no member.
//!
//! [`member`] is what a declaration says, [`mod@view`] what the types of the parts add to it and prove, [`values`] the view of
//! a document under way.
//!
//! This module must not look at JSON text.

// What a sealed trait says is for this package only.
#![expect(private_bounds, private_interfaces)]

mod derived;
mod document;
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
    choices_and_others_if_wanted,
};
pub use document::Document;
pub(crate) use document::{Build, Glimpse, Look, TableOf, TextRoom};
pub(crate) use member::{AnyNumber, Format, List, Number, Others, ShortNumber, ShortValue};
pub use member::{Choices, Member, Value};
pub(crate) use slots::{MOST_WORDS, Slot, SlotSet};
pub(crate) use spelling::Spelling;
pub(crate) use table::{Closes, Container, Entry, Kind, Offset, Shape, Table, Target};
pub(crate) use values::{Room, Values};
pub use view::{Members, Part, Stored, View};
pub(crate) use view::{list, members, name, view};

/// The arena cannot give the memory that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArenaFull;
