//! The views of all kinds of documents as one, for those who count what is in them.

use super::collector::Collector;
use jobview::{
    DocumentKind, ErrorResponse, IdentifierPage, ImportError, ImportErrorPage, Job, JobCompound,
    JobDocument, JobPage, JobRelationships, JobResponse, SparseImportError, SparseImportErrorPage,
    SparseJob, SparseJobAttributes, SparseJobCompound, SparseJobDocument, SparseJobPage,
};

/// The view of a document.
pub(crate) trait Answer {
    /// Has it counted.
    fn count(&self, collector: &mut Collector);
}

impl Answer for JobResponse<'_> {
    fn count(&self, collector: &mut Collector) {
        collector.document(DocumentKind::Response);
        collector.job(&self.data);
    }
}

/// Declares answers of which there is one with all fields, and one with some.
macro_rules! answers {
    ($($compound:ident $page:ident $import_errors:ident $any:ident;)*) => {$(
        impl Answer for $compound<'_> {
            fn count(&self, collector: &mut Collector) {
                collector.document(match self.included {
                    Some(_) => DocumentKind::Compound,
                    None => DocumentKind::Response,
                });
                collector.included(self.included);
                collector.job(&self.data);
            }
        }

        impl Answer for $page<'_> {
            fn count(&self, collector: &mut Collector) {
                collector.document(DocumentKind::Page);
                collector.included(self.included);
                self.data.iter().for_each(|job| collector.job(job));
            }
        }

        impl Answer for $import_errors<'_> {
            fn count(&self, collector: &mut Collector) {
                collector.document(DocumentKind::ImportErrors);
                self.data.iter().for_each(|error| collector.import_error(error));
            }
        }

        impl Answer for $any<'_> {
            fn count(&self, collector: &mut Collector) {
                match self {
                    Self::Job(compound) => compound.count(collector),
                    Self::Page(page) => page.count(collector),
                    Self::ImportErrors(page) => page.count(collector),
                    Self::Identifiers(page) => page.count(collector),
                    Self::Errors(response) => response.count(collector),
                }
            }
        }
    )*};
}

answers! {
    JobCompound JobPage ImportErrorPage JobDocument;
    SparseJobCompound SparseJobPage SparseImportErrorPage SparseJobDocument;
}

impl Answer for IdentifierPage<'_> {
    fn count(&self, collector: &mut Collector) {
        collector.document(DocumentKind::Identifiers);
        collector.listed(self.ids().count());
    }
}

impl Answer for ErrorResponse<'_> {
    fn count(&self, collector: &mut Collector) {
        collector.document(DocumentKind::Errors);
        collector.errors(self.errors);
    }
}

/// A job, of which all fields were asked for or some.
pub(crate) trait AnyJob: Copy {
    /// What it says of itself.
    fn attributes(&self) -> SparseJobAttributes<'_>;

    /// What it is related to.
    fn relationships(&self) -> Option<&JobRelationships<'_>>;
}

impl AnyJob for Job<'_> {
    fn attributes(&self) -> SparseJobAttributes<'_> {
        SparseJobAttributes {
            status: Some(self.attributes.status),
            created_at: Some(self.attributes.created_at),
            total_count: Some(self.attributes.total_count),
            completed_count: self.attributes.completed_count,
            failed_count: self.attributes.failed_count,
            completed_at: self.attributes.completed_at,
            expires_at: self.attributes.expires_at,
            started_at: self.attributes.started_at,
        }
    }

    fn relationships(&self) -> Option<&JobRelationships<'_>> {
        self.relationships.as_ref()
    }
}

impl AnyJob for SparseJob<'_> {
    fn attributes(&self) -> SparseJobAttributes<'_> {
        self.attributes
    }

    fn relationships(&self) -> Option<&JobRelationships<'_>> {
        self.relationships.as_ref()
    }
}

/// An import error, of which all fields were asked for or some.
pub(crate) trait AnyImportError: Copy {
    /// What tells errors of its sort from others.
    fn code(&self) -> Option<&str>;
}

impl AnyImportError for ImportError<'_> {
    fn code(&self) -> Option<&str> {
        Some(self.attributes.code)
    }
}

impl AnyImportError for SparseImportError<'_> {
    fn code(&self) -> Option<&str> {
        self.attributes.code
    }
}
