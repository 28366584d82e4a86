//! From the kind of documents that was asked for to the type of the library that reads them.

use crate::arguments::{InputArguments, KindChoice, conflict};
use crate::outcome::{Failure, Outcome};
use crate::stats::Answer;
use jobview::{
    Document, DocumentKind, ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound,
    JobDocument, JobPage, JobResponse, SparseImportErrorPage, SparseJobCompound, SparseJobDocument,
    SparseJobPage,
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
    let KindChoice::Only(kind) = input.kind else {
        return match input.sparse {
            false => task.of::<JobDocument>(),
            true => task.of::<SparseJobDocument>(),
        };
    };
    match (kind, input.sparse) {
        (DocumentKind::Response, false) => task.of::<JobResponse>(),
        (DocumentKind::Compound, false) => task.of::<JobCompound>(),
        (DocumentKind::Compound, true) => task.of::<SparseJobCompound>(),
        (DocumentKind::Page, false) => task.of::<JobPage>(),
        (DocumentKind::Page, true) => task.of::<SparseJobPage>(),
        (DocumentKind::ImportErrors, false) => task.of::<ImportErrorPage>(),
        (DocumentKind::ImportErrors, true) => task.of::<SparseImportErrorPage>(),
        (DocumentKind::Identifiers, false) => task.of::<IdentifierPage>(),
        (DocumentKind::Errors, false) => task.of::<ErrorResponse>(),
        (DocumentKind::Response | DocumentKind::Identifiers | DocumentKind::Errors, true) => {
            Err(conflict("--sparse is for --kind auto, compound, page and import-errors"))
        }
    }
}
