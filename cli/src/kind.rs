//! From the kind of documents that was asked for to the type of the library that reads them.

use crate::arguments::{InputArguments, KindChoice, conflict};
use crate::outcome::{Failure, Outcome};
use jobview::{Answer, Document, JobDocument, KindVisitor, SparseJobDocument};

/// What is done with documents of one kind, whichever it is.
pub(crate) trait Task {
    /// Does it with the documents that `D` reads.
    fn of<D: Document>(&self) -> Result<Outcome, Failure>
    where
        for<'a> D::View<'a>: Answer<'a>;
}

/// A task, for the library to do with documents of a kind.
struct Visitor<'t, T>(&'t T);

impl<T: Task> KindVisitor for Visitor<'_, T> {
    type Output = Result<Outcome, Failure>;

    fn visit<D: Document>(self) -> Self::Output
    where
        for<'a> D::View<'a>: Answer<'a>,
    {
        self.0.of::<D>()
    }
}

/// Does a task with the kind of documents that was asked for.
pub(crate) fn run(input: &InputArguments, task: &impl Task) -> Result<Outcome, Failure> {
    let task = Visitor(task);
    match (input.kind, input.sparse) {
        (KindChoice::Auto, false) => task.visit::<JobDocument>(),
        (KindChoice::Auto, true) => task.visit::<SparseJobDocument>(),
        (KindChoice::Only(kind), false) => kind.visit(task),
        (KindChoice::Only(kind), true) => kind.visit_sparse(task).unwrap_or_else(|| {
            let message = format!("the documents of --kind {kind} are never --sparse");
            Err(conflict(&message))
        }),
    }
}
