//! Whole answers of the job endpoints.

use super::{
    ImportError, IncludedList, IntoOwned, Job, ObjectLinks, PageLinks, RawJson, ResourceIdentifier,
    ResponseError, SparseImportError, SparseJob,
};
use crate::model::{self, DocumentKind, ResourceType};
use std::slice;

super::mirrors! {
    /// See [`JobResponse`](crate::JobResponse).
    pub struct JobResponse<J = Job> {
        /// The job.
        pub data: J,
        /// Links of the document itself.
        pub links: Option<ObjectLinks>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`JobCompound`](crate::JobCompound).
    pub struct JobCompound<J = Job> {
        /// The job.
        pub data: J,
        /// The lists; `None` when they were not asked for.
        pub included: Option<Box<[IncludedList]>>,
        /// Links of the document itself.
        pub links: Option<ObjectLinks>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`JobPage`](crate::JobPage).
    pub struct JobPage<J = Job> {
        /// The jobs, in the order of the document.
        pub data: Box<[J]>,
        /// The lists; `None` when they were not asked for.
        pub included: Option<Box<[IncludedList]>>,
        /// Where the page and its neighbours are found.
        pub links: Option<PageLinks>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`ImportErrorPage`](crate::ImportErrorPage).
    pub struct ImportErrorPage<E = ImportError> {
        /// The errors, in the order of the document.
        pub data: Box<[E]>,
        /// Where the page and its neighbours are found.
        pub links: Option<PageLinks>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`IdentifierPage`](crate::IdentifierPage).
    pub struct IdentifierPage {
        /// The `type` of all of them; `None` where there are none.
        pub resource_type: Option<ResourceType>,
        /// The identifiers, in the order of the document.
        pub data: Box<[ResourceIdentifier]>,
        /// Where the page and its neighbours are found.
        pub links: Option<PageLinks>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }

    /// See [`ErrorResponse`](crate::ErrorResponse).
    pub struct ErrorResponse {
        /// The errors, in the order of the document.
        pub errors: Box<[ResponseError]>,
        /// What the document says about itself: any JSON.
        pub meta: Option<RawJson>,
    }
}

/// A [`JobCompound`] of which only some fields were asked for.
pub type SparseJobCompound = JobCompound<SparseJob>;

/// A [`JobPage`] of which only some fields were asked for.
pub type SparseJobPage = JobPage<SparseJob>;

/// An [`ImportErrorPage`] of which only some fields were asked for.
pub type SparseImportErrorPage = ImportErrorPage<SparseImportError>;

/// A [`JobDocument`] of which only some fields were asked for.
pub type SparseJobDocument = JobDocument<SparseJob, SparseImportError>;

/// See [`JobDocument`](crate::JobDocument).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum JobDocument<J = Job, E = ImportError> {
    /// A job by itself.
    Response(JobResponse<J>),
    /// A job with the lists that belong to it.
    Compound(JobCompound<J>),
    /// Many jobs.
    Page(JobPage<J>),
    /// The errors of a job.
    ImportErrors(ImportErrorPage<E>),
    /// What a relationship lists.
    Identifiers(IdentifierPage),
    /// The answer to a request that failed.
    Errors(ErrorResponse),
}

impl<J, E> JobDocument<J, E> {
    /// Which kind it is.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Response(_) => DocumentKind::Response,
            Self::Compound(_) => DocumentKind::Compound,
            Self::Page(_) => DocumentKind::Page,
            Self::ImportErrors(_) => DocumentKind::ImportErrors,
            Self::Identifiers(_) => DocumentKind::Identifiers,
            Self::Errors(_) => DocumentKind::Errors,
        }
    }

    /// The jobs in it: one, those of a page, or none.
    pub fn jobs(&self) -> &[J] {
        match self {
            Self::Response(response) => slice::from_ref(&response.data),
            Self::Compound(compound) => slice::from_ref(&compound.data),
            Self::Page(page) => &page.data,
            Self::ImportErrors(_) | Self::Identifiers(_) | Self::Errors(_) => &[],
        }
    }
}

impl<J: IntoOwned, E: IntoOwned> IntoOwned for model::JobDocument<'_, J, E> {
    type Owned = JobDocument<J::Owned, E::Owned>;

    fn into_owned(self) -> Self::Owned {
        match self {
            Self::Response(response) => JobDocument::Response(response.into_owned()),
            Self::Compound(compound) => JobDocument::Compound(compound.into_owned()),
            Self::Page(page) => JobDocument::Page(page.into_owned()),
            Self::ImportErrors(page) => JobDocument::ImportErrors(page.into_owned()),
            Self::Identifiers(page) => JobDocument::Identifiers(page.into_owned()),
            Self::Errors(response) => JobDocument::Errors(response.into_owned()),
        }
    }
}

impl<J: IntoOwned, E: IntoOwned> model::JobDocument<'_, J, E> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> JobDocument<J::Owned, E::Owned> {
        IntoOwned::into_owned(self)
    }
}
