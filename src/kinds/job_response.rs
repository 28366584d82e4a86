//! `PostProfileImportJobResponse`: the answer to the creation of a job.

use super::form::another_than;
use crate::model::{DocumentKind, JobResponse};
use gapwise::__private::{Build, Document, Look, Table, TableOf, view};

view!(JobResponse<'static> { data, links, meta.nullable(), });

impl Document for JobResponse<'static> {
    type View<'a> = JobResponse<'a>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl Build<Self> for JobResponse<'static> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::Response, DocumentKind::Compound], look)
    }
}
