//! A job, and what it is related to.

use super::{
    ImportErrorIdentifier, ImportErrorRelationship, JobStatus, ListIdentifier, ListRelationship,
    ObjectLinks, ProfileIdentifier, ProfileRelationship, Timestamp,
};
use gapwise::View;

/// A resource of the type `profile-bulk-import-job`. All revisions have the same members, and require all but
/// `relationships`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJob", owned_derive(Eq, Hash), constant("type", "profile-bulk-import-job"))]
#[view(sparse = "SparseJob", sparse_derive(Eq, Hash), sparse_owned = "OwnedSparseJob")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct Job<'a> {
    /// Unique identifier of the job, made by Klaviyo: 58 letters and digits as a rule.
    #[view(always)]
    pub id: &'a str,
    /// State and progress.
    #[view(sparse = "SparseJobAttributes<'a>")]
    pub attributes: JobAttributes<'a>,
    /// Lists, profiles and errors that belong to the job.
    #[view(not_null)]
    pub relationships: Option<JobRelationships<'a>>,
    /// Where the job itself is found.
    #[view(always)]
    pub links: ObjectLinks<'a>,
}

/// State and progress of a job.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | all members; `status`, `created_at` and `total_count` are always there |
/// | 2024-02-15 | the others may be `null` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobAttributes", owned_derive(Eq, Hash))]
#[view(
    sparse = "SparseJobAttributes",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseJobAttributes"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobAttributes<'a> {
    /// The status of the job.
    pub status: JobStatus<'a>,
    /// When the job was created.
    pub created_at: Timestamp<'a>,
    /// How many operations (profiles to import) the job has.
    pub total_count: i64,
    /// How many operations have been completed.
    pub completed_count: Option<i64>,
    /// How many operations have failed.
    pub failed_count: Option<i64>,
    /// When the job was completed; `None` until then.
    pub completed_at: Option<Timestamp<'a>>,
    /// When the job expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// When processing began; `None` until then.
    pub started_at: Option<Timestamp<'a>>,
}

/// What a job is related to. Every revision has all three, and none requires any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobRelationships", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobRelationships<'a> {
    /// Lists to add the profiles to; identifiers of the type `list`.
    #[view(not_null)]
    pub lists: Option<ListRelationship<'a>>,
    /// Profiles created or updated; identifiers of the type `profile`.
    #[view(not_null)]
    pub profiles: Option<ProfileRelationship<'a>>,
    /// Errors met during the import (member `import-errors`); identifiers of the type `import-error`.
    #[view(not_null, rename = "import-errors")]
    pub import_errors: Option<ImportErrorRelationship<'a>>,
}

/// Declares accessors for the relationships of a job.
macro_rules! related {
    ($($job:ident)*) => {$(
        impl<'a> $job<'a> {
            /// The lists that the profiles are added to: `relationships.lists.data`. Empty if any of these members is
            /// absent.
            ///
            /// ```
            /// use jobview::{Arena, JobResponse, Parser};
            ///
            /// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i",
            ///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3},
            ///     "relationships": {"lists": {"data": [{"type": "list", "id": "YafG4m"}]}},
            ///     "links": {"self": "/jobs/am9i/"}}}"#;
            /// let arena = Arena::new();
            /// let job = Parser::<JobResponse>::new().parse(json, &arena)?.data;
            /// assert_eq!(job.lists()[0].id, "YafG4m");
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub fn lists(&self) -> &'a [ListIdentifier<'a>] {
                let lists = self.relationships.and_then(|relationships| relationships.lists);
                lists.and_then(|lists| lists.data).unwrap_or_default()
            }

            /// The profiles created or updated: `relationships.profiles.data`. Empty if any of these members is absent.
            ///
            /// ```
            /// use jobview::{Arena, JobResponse, Parser};
            ///
            /// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i",
            ///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3},
            ///     "relationships": {"profiles": {"data": [{"type": "profile", "id": "01GDDK"}]}},
            ///     "links": {"self": "/jobs/am9i/"}}}"#;
            /// let arena = Arena::new();
            /// let job = Parser::<JobResponse>::new().parse(json, &arena)?.data;
            /// assert_eq!(job.profiles()[0].id, "01GDDK");
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub fn profiles(&self) -> &'a [ProfileIdentifier<'a>] {
                let profiles = self.relationships.and_then(|relationships| relationships.profiles);
                profiles.and_then(|profiles| profiles.data).unwrap_or_default()
            }

            /// The errors met during the import: `relationships.import-errors.data`. Empty if any of these members is
            /// absent.
            ///
            /// ```
            /// use jobview::{Arena, JobResponse, Parser};
            ///
            /// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i",
            ///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3},
            ///     "relationships": {"import-errors": {"data": [{"type": "import-error", "id": "e4ee"}]}},
            ///     "links": {"self": "/jobs/am9i/"}}}"#;
            /// let arena = Arena::new();
            /// let job = Parser::<JobResponse>::new().parse(json, &arena)?.data;
            /// assert_eq!(job.import_errors()[0].id, "e4ee");
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub fn import_errors(&self) -> &'a [ImportErrorIdentifier<'a>] {
                let errors = self.relationships.and_then(|relationships| relationships.import_errors);
                errors.and_then(|errors| errors.data).unwrap_or_default()
            }
        }
    )*};
}

related!(Job SparseJob);
