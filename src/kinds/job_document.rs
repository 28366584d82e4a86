//! Any answer of the job endpoints: which it is, is told from the document.

use super::form::Form;
use super::import_errors::ImportErrorView;
use super::job::JobView;
use crate::model::{
    ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound, JobDocument, JobPage, JobResponse,
};
use gapwise::__private::{ArenaFull, Build, Document, Glimpse, Look, Table, TableOf, Values};
use gapwise::Bump;

impl<J: JobView, E: ImportErrorView> Document for JobDocument<'static, J, E> {
    type View<'a> = JobDocument<'a, J::In<'a>, E::In<'a>>;
    type Builder = Self;
}

/// The first of the tables for identifiers.
const IDENTIFIERS: usize = 4;

// SAFETY: the view is made of those that the tables are of.
#[allow(unsafe_code)]
unsafe impl<J: JobView, E: ImportErrorView> Build<Self> for JobDocument<'static, J, E> {
    const TABLES: &'static [TableOf] = &[
        Table::of::<JobCompound<'static, J>>,
        Table::of::<JobPage<'static, J>>,
        Table::of::<ImportErrorPage<'static, E>>,
        Table::of::<ErrorResponse<'static>>,
        <IdentifierPage<'static>>::TABLES[0],
        <IdentifierPage<'static>>::TABLES[1],
        <IdentifierPage<'static>>::TABLES[2],
    ];
    const IS_IN_PLACE: bool = false;

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

    #[allow(unsafe_code)]
    unsafe fn view<'a>(
        table: usize,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<&'a <Self as Document>::View<'a>, ArenaFull> {
        let document = || match table {
            0 => {
                // SAFETY: the caller's promise, here and below: it is the table of such views.
                let compound: JobCompound<'a, J::In<'a>> = unsafe { values.view() };
                let JobCompound { data, included, links, meta } = compound;
                match included {
                    Some(_) => JobDocument::Compound(compound),
                    None => JobDocument::Response(JobResponse { data, links, meta }),
                }
            }
            // SAFETY: as before.
            1 => JobDocument::Page(unsafe { values.view() }),
            // SAFETY: as before.
            2 => JobDocument::ImportErrors(unsafe { values.view() }),
            // SAFETY: as before.
            3 => JobDocument::Errors(unsafe { values.view() }),
            _ => {
                // SAFETY: as before.
                let page: IdentifierPage<'a> = unsafe { values.view() };
                JobDocument::Identifiers(page.of_table(table - IDENTIFIERS))
            }
        };
        arena.try_alloc_with(document).map(|document| &*document).map_err(|_| ArenaFull)
    }
}
