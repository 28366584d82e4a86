//! `GetProfileImportJobResponseCollectionCompoundDocument`: a page of jobs.

use super::document::{Build, Document};
use super::job::{JOB, JobSlots, JobView};
use super::links::{PAGE_LINKS, PageLinksSlots};
use super::list::{self, ListSlots};
use super::table::{Slot, Table};
use super::{ArenaFull, Fieldset, Value, Values, nullable, optional, required};
use crate::model::{DocumentKind, Job, JobPage, RawJson};
use bumpalo::Bump;

/// A page of jobs with these views.
struct Page<J>(J);

impl<J: JobView> Page<J> {
    const DOCUMENT: Value = Value::Object(&[
        required("data", Value::Items(JOB, add_job::<J>)),
        optional("included", list::included(add_list)),
        optional("links", PAGE_LINKS),
        nullable("meta", Value::Any),
    ]);
}

/// Where the values are, whatever is required.
static TABLE: Table = Table::lay(&Page::<Job<'static>>::DOCUMENT, Fieldset::Full);

fn add_job<'a, J: JobView>(values: &mut Values<'a>, arena: &'a Bump) -> Result<(), ArenaFull> {
    const JOB: JobSlots = JobSlots::of(&TABLE, TABLE.slot("/data/*"));
    J::add(&JOB, values, arena)
}

fn add_list<'a>(values: &mut Values<'a>, arena: &'a Bump) -> Result<(), ArenaFull> {
    const LIST: ListSlots = ListSlots::of(&TABLE, TABLE.slot("/included/*"));
    LIST.add(values, arena)
}

impl<J: JobView> Document for JobPage<'static, J> {
    type View<'a> = JobPage<'a, J::In<'a>>;
    type Job<'a> = J::In<'a>;
    type Builder = Self;
}

impl<J: JobView> Build<Self> for JobPage<'static, J> {
    const TABLES: &'static [&'static Table] = &[&Table::lay(&Page::<J>::DOCUMENT, J::FIELDSET)];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Page];

    fn view<'a>(_: usize, values: &mut Values<'a>) -> <Self as Document>::View<'a> {
        const INCLUDED: Slot = TABLE.slot("/included");
        const LINKS: PageLinksSlots = PageLinksSlots::of(&TABLE);
        const META: Slot = TABLE.slot("/meta");
        JobPage {
            data: J::list(values).end(),
            included: list::all(INCLUDED, values),
            links: LINKS.view(values),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(view: &'a <Self as Document>::View<'a>) -> &'a [J::In<'a>] {
        view.data
    }
}
