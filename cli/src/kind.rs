//! From the answers that were asked for to the type of the library that reads them.

use crate::arguments::{InputArguments, KindChoice, conflict};
use crate::outcome::{Failure, Outcome};
use crate::stats::Answer;
use jobview::{
    Document, ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound, JobDocument, JobPage,
    JobResponse, SparseImportErrorPage, SparseJobCompound, SparseJobDocument, SparseJobPage,
};

/// What is done with documents of one kind, whichever it is.
pub(crate) trait Task {
    /// Does it with the documents that `D` reads.
    fn of<D: Document>(&self) -> Result<Outcome, Failure>
    where
        for<'a> D::View<'a>: Answer;
}

/// Does a task with the kind of documents that was asked for.
pub(crate) fn run(input: &InputArguments, task: &impl Task) -> Result<Outcome, Failure> {
    match (input.kind, input.sparse) {
        (KindChoice::Auto, false) => task.of::<JobDocument>(),
        (KindChoice::Auto, true) => task.of::<SparseJobDocument>(),
        (KindChoice::Post, false) => task.of::<JobResponse>(),
        (KindChoice::Get, false) => task.of::<JobCompound>(),
        (KindChoice::Get, true) => task.of::<SparseJobCompound>(),
        (KindChoice::Page, false) => task.of::<JobPage>(),
        (KindChoice::Page, true) => task.of::<SparseJobPage>(),
        (KindChoice::ImportErrors, false) => task.of::<ImportErrorPage>(),
        (KindChoice::ImportErrors, true) => task.of::<SparseImportErrorPage>(),
        (KindChoice::Identifiers, false) => task.of::<IdentifierPage>(),
        (KindChoice::Errors, false) => task.of::<ErrorResponse>(),
        (KindChoice::Post | KindChoice::Identifiers | KindChoice::Errors, true) => {
            Err(conflict("--sparse is for --kind auto, get, page and import-errors"))
        }
    }
}
