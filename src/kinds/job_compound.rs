//! `GetProfileImportJobResponseCompoundDocument`: one job, and the lists that were asked for with it.

use super::form::another_than;
use super::job::JobView;
use crate::model::{DocumentKind, JobCompound};
use gapwise::__private::{Build, Document, Look, Table, TableOf, view};

view!(JobCompound<'static, J> where J: JobView { data, included, links, meta.nullable(), });

impl<J: JobView> Document for JobCompound<'static, J> {
    type View<'a> = JobCompound<'a, J::In<'a>>;
    type Builder = Self;
}

// SAFETY: the table is of this view.
#[allow(unsafe_code)]
unsafe impl<J: JobView> Build<Self> for JobCompound<'static, J> {
    const TABLES: &'static [TableOf] = &[Table::of::<Self>];

    fn another_kind(look: &impl Look) -> Option<[&'static str; 2]> {
        another_than(&[DocumentKind::Compound, DocumentKind::Response], look)
    }
}
