//! `GetProfileImportJobResponseCollectionCompoundDocument`: a page of jobs.

use super::document::{Build, Document, TableOf};
use super::job::JobView;
use super::table::Table;
use super::view::view;
use crate::model::{DocumentKind, JobPage};

view!(JobPage<'static, J> where J: JobView { data, included, links, meta.nullable(), });

impl<J: JobView> Document for JobPage<'static, J> {
    type View<'a> = JobPage<'a, J::In<'a>>;
    type Job<'a> = J::In<'a>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<J: JobView> Build<Self> for JobPage<'static, J> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Page];

    fn jobs<'a>(view: &'a <Self as Document>::View<'a>) -> &'a [J::In<'a>] {
        view.data
    }
}
