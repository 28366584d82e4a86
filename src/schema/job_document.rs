//! Any answer of the job endpoints: which it is, is told from the document.

use super::Values;
use super::document::{Build, Document, Form, Glimpse, Look};
use super::import_errors::ImportErrorView;
use super::job::JobView;
use super::table::Table;
use crate::model::{
    DocumentKind, ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound, JobDocument,
    JobPage, JobResponse,
};

impl<J: JobView, E: ImportErrorView> Document for JobDocument<'static, J, E> {
    type View<'a> = JobDocument<'a, J::In<'a>, E::In<'a>>;
    type Job<'a> = J::In<'a>;
    type Builder = Self;
}

/// The first of the tables for identifiers.
const IDENTIFIERS: usize = 4;

impl<J: JobView, E: ImportErrorView> Build<Self> for JobDocument<'static, J, E> {
    const TABLES: &'static [&'static Table] = &[
        <JobCompound<'static, J>>::TABLES[0],
        <JobPage<'static, J>>::TABLES[0],
        <ImportErrorPage<'static, E>>::TABLES[0],
        <ErrorResponse<'static>>::TABLES[0],
        <IdentifierPage<'static>>::TABLES[0],
        <IdentifierPage<'static>>::TABLES[1],
        <IdentifierPage<'static>>::TABLES[2],
    ];
    const KINDS: &'static [DocumentKind] = &DocumentKind::ALL;

    fn table(look: &impl Look) -> usize {
        match Form::of(look) {
            Some(Form::Job) => 0,
            Some(Form::Page) => 1,
            // Nothing is in it, or it is none of them and wrong: cut short, for instance.
            None => match look.look("/data") {
                Some(Glimpse::List { .. }) => 1,
                _ => 0,
            },
            Some(Form::ImportErrors) => 2,
            Some(Form::Errors) => 3,
            Some(Form::Identifiers(resource_type)) => IDENTIFIERS + resource_type as usize,
        }
    }

    fn view<'a>(table: usize, values: &mut Values<'a>) -> <Self as Document>::View<'a> {
        match table {
            0 => {
                let compound = <JobCompound<'static, J>>::view(0, values);
                let JobCompound { data, included, links, meta } = compound;
                match included {
                    Some(_) => JobDocument::Compound(compound),
                    None => JobDocument::Response(JobResponse { data, links, meta }),
                }
            }
            1 => JobDocument::Page(<JobPage<'static, J>>::view(0, values)),
            2 => JobDocument::ImportErrors(<ImportErrorPage<'static, E>>::view(0, values)),
            3 => JobDocument::Errors(<ErrorResponse<'static>>::view(0, values)),
            _ => JobDocument::Identifiers(IdentifierPage::view(table - IDENTIFIERS, values)),
        }
    }

    fn jobs<'a>(view: &'a <Self as Document>::View<'a>) -> &'a [J::In<'a>] {
        view.jobs()
    }
}
