//! `GetProfileImportJobResponseCompoundDocument`: one job, and the lists that were asked for with it.

use super::document::{Build, Document, TableOf};
use super::job::JobView;
use super::table::Table;
use super::view::view;
use crate::model::{DocumentKind, JobCompound};
use std::slice;

view!(JobCompound<'static, J> where J: JobView { data, included, links, meta.nullable(), });

impl<J: JobView> Document for JobCompound<'static, J> {
    type View<'a> = JobCompound<'a, J::In<'a>>;
    type Job<'a> = J::In<'a>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<J: JobView> Build<Self> for JobCompound<'static, J> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];
    const KINDS: &'static [DocumentKind] = &[DocumentKind::Compound, DocumentKind::Response];

    fn jobs<'a>(view: &'a <Self as Document>::View<'a>) -> &'a [J::In<'a>] {
        slice::from_ref(&view.data)
    }
}
