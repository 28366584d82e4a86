//! The views of all kinds of documents as one, for those who count what is in them.

use super::collector::Collector;
use jobview::{
    ErrorResponse, IdentifierPage, ImportError, ImportErrorPage, Job, JobCompound, JobDocument,
    JobPage, JobRelationships, JobResponse, SparseImportError, SparseJob, SparseJobAttributes,
};

/// The view of a document.
pub(crate) trait Answer {
    /// Has it counted.
    fn count(&self, collector: &mut Collector);
}

impl<J: AnyJob, E: AnyImportError> Answer for JobDocument<'_, J, E> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(self);
    }
}

/// A document that has no import errors in it.
type WithJobs<'a, J> = JobDocument<'a, J, ImportError<'a>>;

/// A document that has no jobs in it.
type WithoutJobs<'a, E = ImportError<'a>> = JobDocument<'a, Job<'a>, E>;

impl<J: AnyJob> Answer for JobResponse<'_, J> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(&WithJobs::Response(*self));
    }
}

impl<J: AnyJob> Answer for JobCompound<'_, J> {
    fn count(&self, collector: &mut Collector) {
        let Self { data, included, links, meta } = *self;
        collector.accept(&match included {
            Some(_) => WithJobs::Compound(*self),
            None => WithJobs::Response(JobResponse { data, links, meta }),
        });
    }
}

impl<J: AnyJob> Answer for JobPage<'_, J> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(&WithJobs::Page(*self));
    }
}

impl<E: AnyImportError> Answer for ImportErrorPage<'_, E> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(&WithoutJobs::ImportErrors(*self));
    }
}

impl Answer for IdentifierPage<'_> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(&<WithoutJobs<'_>>::Identifiers(*self));
    }
}

impl Answer for ErrorResponse<'_> {
    fn count(&self, collector: &mut Collector) {
        collector.accept(&<WithoutJobs<'_>>::Errors(*self));
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
