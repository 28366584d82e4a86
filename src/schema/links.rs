//! Links: what the `$ref`s to them resolve to, and their views.

use super::table::{Slot, Table};
use super::{Value, Values, nullable, required};
use crate::model::{ObjectLinks, PageLinks};

/// `ObjectLinks`
pub(super) const OBJECT_LINKS: Value = Value::Object(&[required("self", Value::Text)]);

/// `RelationshipLinks`
pub(super) const RELATIONSHIP_LINKS: Value =
    Value::Object(&[required("self", Value::Text), required("related", Value::Text)]);

/// `OnlyRelatedLinks`
pub(super) const RELATED_LINKS: Value = Value::Object(&[required("related", Value::Text)]);

/// `CollectionLinks`
pub(super) const PAGE_LINKS: Value = Value::Object(&[
    required("self", Value::Text),
    nullable("first", Value::Text),
    nullable("last", Value::Text),
    nullable("prev", Value::Text),
    nullable("next", Value::Text),
]);

/// Where `ObjectLinks` are.
#[derive(Clone, Copy)]
pub(super) struct ObjectLinksSlots {
    links: Slot,
    self_: Slot,
}

impl ObjectLinksSlots {
    /// The member `links` of an object.
    pub(super) const fn of(table: &Table, object: Slot) -> Self {
        Self { links: table.slot_in(object, "/links"), self_: table.slot_in(object, "/links/self") }
    }

    /// The links of an object that must have some.
    #[inline(always)]
    pub(super) fn required<'a>(&self, values: &Values<'a>) -> ObjectLinks<'a> {
        ObjectLinks { self_: values.text(self.self_) }
    }

    #[inline(always)]
    pub(super) fn optional<'a>(&self, values: &Values<'a>) -> Option<ObjectLinks<'a>> {
        values.has(self.links).then(|| self.required(values))
    }
}

/// Where `CollectionLinks` are.
#[derive(Clone, Copy)]
pub(super) struct PageLinksSlots {
    links: Slot,
    self_: Slot,
    first: Slot,
    last: Slot,
    prev: Slot,
    next: Slot,
}

impl PageLinksSlots {
    /// The member `links` of a document.
    pub(super) const fn of(table: &Table) -> Self {
        Self {
            links: table.slot("/links"),
            self_: table.slot("/links/self"),
            first: table.slot("/links/first"),
            last: table.slot("/links/last"),
            prev: table.slot("/links/prev"),
            next: table.slot("/links/next"),
        }
    }

    pub(super) fn view<'a>(&self, values: &Values<'a>) -> Option<PageLinks<'a>> {
        values.has(self.links).then(|| PageLinks {
            self_: values.text(self.self_),
            first: values.maybe_text(self.first),
            last: values.maybe_text(self.last),
            prev: values.maybe_text(self.prev),
            next: values.maybe_text(self.next),
        })
    }
}
