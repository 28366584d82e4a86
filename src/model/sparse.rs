//! The same documents with fewer fields (JSON:API, sparse fieldsets).
//!
//! Who asks for `fields[profile-bulk-import-job]=status` gets documents in which members are missing that the schema
//! requires. These views have `None` for them, where the others have no way to say so.

use super::{
    ErrorSource, ImportErrorPage, JobCompound, JobDocument, JobPage, JobRelationships, JobStatus,
    ObjectLinks, RawJson, ResourceIdentifier, Timestamp,
};

/// A [`JobCompound`] of which only some fields were asked for.
pub type SparseJobCompound<'a> = JobCompound<'a, SparseJob<'a>>;

/// A [`JobPage`] of which only some fields were asked for.
pub type SparseJobPage<'a> = JobPage<'a, SparseJob<'a>>;

/// An [`ImportErrorPage`] of which only some fields were asked for.
pub type SparseImportErrorPage<'a> = ImportErrorPage<'a, SparseImportError<'a>>;

/// A [`JobDocument`] of which only some fields were asked for.
pub type SparseJobDocument<'a> = JobDocument<'a, SparseJob<'a>, SparseImportError<'a>>;

/// A [`Job`](super::Job) of which only some fields were asked for.
///
/// ```
/// use jobview::{Bump, JobStatus, Parser, SparseJobCompound};
///
/// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i",
///     "attributes": {"status": "complete"}, "links": {"self": "/api/profile-bulk-import-jobs/am9i/"}}}"#;
/// let arena = Bump::new();
/// let job = Parser::<SparseJobCompound>::new().parse(json, &arena)?.data;
/// assert_eq!(job.attributes.status, Some(JobStatus::Complete));
/// assert_eq!(job.attributes.total_count, None);
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SparseJob<'a> {
    /// As in a [`Job`](super::Job).
    pub id: &'a str,
    /// State and progress, as far as asked for.
    pub attributes: SparseJobAttributes<'a>,
    /// As in a [`Job`](super::Job).
    pub relationships: Option<JobRelationships<'a>>,
    /// As in a [`Job`](super::Job).
    pub links: ObjectLinks<'a>,
}

/// [`JobAttributes`](super::JobAttributes), as far as they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SparseJobAttributes<'a> {
    /// Where the job is in its life.
    pub status: Option<JobStatus<'a>>,
    /// When the job was created.
    pub created_at: Option<Timestamp<'a>>,
    /// How many operations (profiles to import) the job has.
    pub total_count: Option<i64>,
    /// How many operations have been completed.
    pub completed_count: Option<i64>,
    /// How many operations have failed.
    pub failed_count: Option<i64>,
    /// When the job was completed.
    pub completed_at: Option<Timestamp<'a>>,
    /// When the job expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// When the job began to be processed.
    pub started_at: Option<Timestamp<'a>>,
}

impl<'a> SparseJob<'a> {
    /// As [`Job::lists`](super::Job::lists).
    pub fn lists(&self) -> &'a [ResourceIdentifier<'a>] {
        let lists = self.relationships.and_then(|relationships| relationships.lists);
        lists.and_then(|lists| lists.data).unwrap_or_default()
    }

    /// As [`Job::profiles`](super::Job::profiles).
    pub fn profiles(&self) -> &'a [ResourceIdentifier<'a>] {
        let profiles = self.relationships.and_then(|relationships| relationships.profiles);
        profiles.and_then(|profiles| profiles.data).unwrap_or_default()
    }

    /// As [`Job::import_errors`](super::Job::import_errors).
    pub fn import_errors(&self) -> &'a [ResourceIdentifier<'a>] {
        let errors = self.relationships.and_then(|relationships| relationships.import_errors);
        errors.and_then(|errors| errors.data).unwrap_or_default()
    }
}

/// An [`ImportError`](super::ImportError) of which only some fields were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SparseImportError<'a> {
    /// As in an [`ImportError`](super::ImportError).
    pub id: &'a str,
    /// What went wrong, as far as asked for.
    pub attributes: SparseImportErrorAttributes<'a>,
    /// As in an [`ImportError`](super::ImportError).
    pub links: Option<ObjectLinks<'a>>,
}

/// [`ImportErrorAttributes`](super::ImportErrorAttributes), as far as they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SparseImportErrorAttributes<'a> {
    /// Tells errors of one sort from others, for programs.
    pub code: Option<&'a str>,
    /// The sort of the error, for people.
    pub title: Option<&'a str>,
    /// What went wrong this time, for people.
    pub detail: Option<&'a str>,
    /// Which part of the request was the cause.
    pub source: Option<ErrorSource<'a>>,
    /// What was sent for the profile: any JSON.
    pub original_payload: Option<RawJson<'a>>,
}
