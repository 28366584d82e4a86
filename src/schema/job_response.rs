//! `PostProfileImportJobResponse`: the answer to the creation of a job.

use super::document::{Build, Document};
use super::job::{JOB, JobSlots};
use super::links::{OBJECT_LINKS, ObjectLinksSlots};
use super::table::{Slot, Table};
use super::{Fieldset, Value, Values, nullable, optional, required};
use crate::model::{DocumentKind, Job, JobResponse, RawJson};
use std::slice;

const RESPONSE: Value = Value::Object(&[
    required("data", Value::Object(JOB)),
    optional("links", OBJECT_LINKS),
    nullable("meta", Value::Any),
]);

static RESPONSE_TABLE: Table = Table::lay(&RESPONSE, Fieldset::Full);

impl Document for JobResponse<'static> {
    type View<'a> = JobResponse<'a>;
    type Job<'a> = Job<'a>;
    type Builder = Self;
}

impl Build<Self> for JobResponse<'static> {
    const TABLES: &'static [&'static Table] = &[&RESPONSE_TABLE];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Response, DocumentKind::Compound];

    #[inline(always)]
    fn view<'a>(_: usize, values: &mut Values<'a>) -> JobResponse<'a> {
        const DATA: JobSlots = JobSlots::of(&RESPONSE_TABLE, RESPONSE_TABLE.slot("/data"));
        const LINKS: ObjectLinksSlots = ObjectLinksSlots::of(&RESPONSE_TABLE, Table::ROOT);
        const META: Slot = RESPONSE_TABLE.slot("/meta");
        JobResponse {
            data: DATA.job(values),
            links: LINKS.optional(values),
            meta: values.maybe_text(META).map(RawJson::new),
        }
    }

    fn jobs<'a>(view: &'a JobResponse<'a>) -> &'a [Job<'a>] {
        slice::from_ref(&view.data)
    }
}
