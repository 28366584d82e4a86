//! `GetProfileImportJobResponseCollectionCompoundDocument`: a page of jobs.

use super::form::another_than;
use super::job::JobView;
use crate::model::{DocumentKind, JobPage};
use gapwise::__private::{Build, Document, Look, Table, TableOf, view};

view!(JobPage<'static, J> where J: JobView { data, included, links, meta.nullable(), });

impl<J: JobView> Document for JobPage<'static, J> {
    type View<'a> = JobPage<'a, J::In<'a>>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<J: JobView> Build<Self> for JobPage<'static, J> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::Page], look)
    }
}
