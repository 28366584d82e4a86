//! A list that is included in an answer (`ListResponseObjectResource`).

use super::links::{OBJECT_LINKS, ObjectLinksSlots};
use super::table::{Slot, Table};
use super::{AddItem, ArenaFull, Member, Value, Values, nullable, optional, required};
use crate::model::{IncludedList, ListAttributes, Timestamp};
use bumpalo::Bump;

// What of it is there, is up to the request: `fields[list]`.
const LIST: &[Member] = &[
    required("type", Value::Constant("list")),
    required("id", Value::Text),
    optional(
        "attributes",
        Value::Object(&[
            nullable("name", Value::Text),
            nullable("created", Value::Timestamp),
            nullable("updated", Value::Timestamp),
            nullable("opt_in_process", Value::Text),
        ]),
    ),
    optional("links", OBJECT_LINKS),
];

/// The member `included`, of whose items views are made by a function that knows their slots.
pub(super) const fn included(add: AddItem) -> Value {
    Value::Items(LIST, add)
}

/// Where the values of a list are.
pub(super) struct ListSlots {
    id: Slot,
    attributes: Slot,
    name: Slot,
    created: Slot,
    updated: Slot,
    opt_in_process: Slot,
    links: ObjectLinksSlots,
}

impl ListSlots {
    /// Those of the list that is the value of a slot.
    pub(super) const fn of(table: &Table, list: Slot) -> Self {
        Self {
            id: table.slot_in(list, "/id"),
            attributes: table.slot_in(list, "/attributes"),
            name: table.slot_in(list, "/attributes/name"),
            created: table.slot_in(list, "/attributes/created"),
            updated: table.slot_in(list, "/attributes/updated"),
            opt_in_process: table.slot_in(list, "/attributes/opt_in_process"),
            links: ObjectLinksSlots::of(table, list),
        }
    }

    /// Adds a list that has come to its end.
    pub(super) fn add<'a>(
        &self,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<(), ArenaFull> {
        values.items.lists.reserve(arena)?;
        let timestamp = |slot| values.maybe_text(slot).map(Timestamp::new);
        let list = IncludedList {
            id: values.text(self.id),
            attributes: values.has(self.attributes).then(|| ListAttributes {
                name: values.maybe_text(self.name),
                created: timestamp(self.created),
                updated: timestamp(self.updated),
                opt_in_process: values.maybe_text(self.opt_in_process),
            }),
            links: self.links.optional(values),
        };
        values.items.lists.push(list);
        Ok(())
    }
}

/// All lists that were added, if there is a member `included`, which has this slot.
pub(super) fn all<'a>(included: Slot, values: &mut Values<'a>) -> Option<&'a [IncludedList<'a>]> {
    values.has(included).then(|| values.items.lists.end())
}
