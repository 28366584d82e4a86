//! `PostProfileImportJobResponse`: the answer to the creation of a job.

use super::document::{Build, Document, TableOf};
use super::table::Table;
use super::view::view;
use crate::model::{DocumentKind, Job, JobResponse};
use std::slice;

view!(JobResponse<'static> { data, links, meta.nullable(), });

impl Document for JobResponse<'static> {
    type View<'a> = JobResponse<'a>;
    type Job<'a> = Job<'a>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl Build<Self> for JobResponse<'static> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Response, DocumentKind::Compound];

    fn jobs<'a>(view: &'a JobResponse<'a>) -> &'a [Job<'a>] {
        slice::from_ref(&view.data)
    }
}
