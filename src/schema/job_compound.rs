//! `GetProfileImportJobResponseCompoundDocument`: one job, and the lists that were asked for with it.

use super::document::{Build, Document};
use super::job::{JOB, JobSlots, JobView};
use super::links::{OBJECT_LINKS, ObjectLinksSlots};
use super::list::{self, ListSlots};
use super::table::{Slot, Table};
use super::{ArenaFull, Fieldset, Value, Values, nullable, optional, required};
use crate::model::{DocumentKind, JobCompound, RawJson};
use bumpalo::Bump;
use std::slice;

const COMPOUND: Value = Value::Object(&[
    required("data", Value::Object(JOB)),
    optional("included", list::included(add_list)),
    optional("links", OBJECT_LINKS),
    nullable("meta", Value::Any),
]);

/// Where the values are, whatever is required.
static TABLE: Table = Table::lay(&COMPOUND, Fieldset::Full);

/// The lists.
const INCLUDED: Slot = TABLE.slot("/included");

fn add_list<'a>(values: &mut Values<'a>, arena: &'a Bump) -> Result<(), ArenaFull> {
    const LIST: ListSlots = ListSlots::of(&TABLE, TABLE.slot("/included/*"));
    LIST.add(values, arena)
}

impl<J: JobView> Document for JobCompound<'static, J> {
    type View<'a> = JobCompound<'a, J::In<'a>>;
    type Job<'a> = J::In<'a>;
    type Builder = Self;
}

impl<J: JobView> Build<Self> for JobCompound<'static, J> {
    const TABLES: &'static [&'static Table] = &[&Table::lay(&COMPOUND, J::FIELDSET)];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Compound, DocumentKind::Response];

    fn view<'a>(_: usize, values: &mut Values<'a>) -> <Self as Document>::View<'a> {
        const DATA: JobSlots = JobSlots::of(&TABLE, TABLE.slot("/data"));
        const LINKS: ObjectLinksSlots = ObjectLinksSlots::of(&TABLE, Table::ROOT);
        const META: Slot = TABLE.slot("/meta");
        JobCompound {
            data: J::view(&DATA, values),
            included: list::all(INCLUDED, values),
            links: LINKS.optional(values),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(view: &'a <Self as Document>::View<'a>) -> &'a [J::In<'a>] {
        slice::from_ref(&view.data)
    }
}
