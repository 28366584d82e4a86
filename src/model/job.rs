//! A job, and what it is related to.

use super::{JobStatus, ObjectLinks, RelatedLinks, RelationshipLinks, Timestamp};

/// A resource of the type `profile-bulk-import-job`. All revisions have the same members, and require all but
/// `relationships`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Job<'a> {
    /// Unique identifier of the job, made by Klaviyo: 58 letters and digits as a rule.
    pub id: &'a str,
    /// State and progress.
    pub attributes: JobAttributes<'a>,
    /// Lists, profiles and errors that belong to the job.
    pub relationships: Option<JobRelationships<'a>>,
    /// Where the job itself is found.
    pub links: ObjectLinks<'a>,
}

impl<'a> Job<'a> {
    /// The lists to add the profiles to, as far as the document names them: `relationships.lists.data`, and
    /// no identifiers where any of these is absent.
    pub fn lists(&self) -> &'a [ResourceIdentifier<'a>] {
        let lists = self.relationships.and_then(|relationships| relationships.lists);
        lists.and_then(|lists| lists.data).unwrap_or_default()
    }

    /// The profiles created or updated, as [`lists`](Self::lists) does for lists.
    pub fn profiles(&self) -> &'a [ResourceIdentifier<'a>] {
        let profiles = self.relationships.and_then(|relationships| relationships.profiles);
        profiles.and_then(|profiles| profiles.data).unwrap_or_default()
    }

    /// The errors met during the import, as [`lists`](Self::lists) does for lists.
    pub fn import_errors(&self) -> &'a [ResourceIdentifier<'a>] {
        let errors = self.relationships.and_then(|relationships| relationships.import_errors);
        errors.and_then(|errors| errors.data).unwrap_or_default()
    }
}

/// State and progress of a job.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | all members; `status`, `created_at` and `total_count` are always there |
/// | 2024-02-15 | the others may be `null` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobAttributes<'a> {
    /// Where the job is in its life.
    pub status: JobStatus<'a>,
    /// When the job was created.
    pub created_at: Timestamp<'a>,
    /// How many operations (profiles to import) the job has.
    pub total_count: i64,
    /// How many operations have been completed.
    pub completed_count: Option<i64>,
    /// How many operations have failed.
    pub failed_count: Option<i64>,
    /// When the job was completed; `None` before.
    pub completed_at: Option<Timestamp<'a>>,
    /// When the job expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// When the job began to be processed; `None` before.
    pub started_at: Option<Timestamp<'a>>,
}

/// What a job is related to. Every revision has all three, and none requires any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobRelationships<'a> {
    /// Lists to add the profiles to; identifiers of the type `list`.
    pub lists: Option<Relationship<'a>>,
    /// Profiles created or updated; identifiers of the type `profile`.
    pub profiles: Option<Relationship<'a>>,
    /// Errors met during the import (member `import-errors`); identifiers of the type `import-error`.
    pub import_errors: Option<ImportErrors<'a>>,
}

/// A relationship with links to itself and to the related resources.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data`, always there, and `links`; in its later text no `data` of profiles, but for a job that was posted |
/// | 2024-05-15 | `data` need not be there |
/// | 2026-04-15 | `data` of profiles again |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relationship<'a> {
    /// Identifiers of the related resources, in the order of the document. `None` when the document does
    /// not say; an empty slice when it says that there are none.
    pub data: Option<&'a [ResourceIdentifier<'a>]>,
    /// Where the relationship and its resources are found.
    pub links: Option<RelationshipLinks<'a>>,
}

/// The relationship to import errors, which has a link to the related resources only.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data`, always there, and `links`, with one to itself that is passed over; in its later text no `data`, but for a job that was posted |
/// | 2024-05-15 | `data` need not be there, and there is no link to itself |
/// | 2026-04-15 | `data` again |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportErrors<'a> {
    /// As in [`Relationship::data`].
    pub data: Option<&'a [ResourceIdentifier<'a>]>,
    /// Where the errors are found.
    pub links: Option<RelatedLinks<'a>>,
}

/// A resource identifier (JSON:API). Its `type` is given by the relationship it stands in, and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ResourceIdentifier<'a> {
    /// The identifier: 6 letters and digits for a list, a ULID for a profile, a UUID for an import error.
    pub id: &'a str,
}
