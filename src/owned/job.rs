//! A job, and what it is related to.

use super::{JobStatus, ObjectLinks, RelatedLinks, RelationshipLinks, Timestamp};

super::mirrors! {
    /// See [`Job`](crate::Job).
    pub struct Job {
        /// Unique identifier of the job.
        pub id: Box<str>,
        /// State and progress.
        pub attributes: JobAttributes,
        /// Lists, profiles and errors that belong to the job.
        pub relationships: Option<JobRelationships>,
        /// Where the job itself is found.
        pub links: ObjectLinks,
    }

    /// See [`JobAttributes`](crate::JobAttributes).
    pub struct JobAttributes {
        /// Where the job is in its life.
        pub status: JobStatus,
        /// When the job was created.
        pub created_at: Timestamp,
        /// How many operations the job has.
        pub total_count: i64,
        /// How many operations have been completed.
        pub completed_count: Option<i64>,
        /// How many operations have failed.
        pub failed_count: Option<i64>,
        /// When the job was completed.
        pub completed_at: Option<Timestamp>,
        /// When the job expires.
        pub expires_at: Option<Timestamp>,
        /// When the job began to be processed.
        pub started_at: Option<Timestamp>,
    }

    /// See [`SparseJob`](crate::SparseJob).
    pub struct SparseJob {
        /// As in a [`Job`].
        pub id: Box<str>,
        /// State and progress, as far as asked for.
        pub attributes: SparseJobAttributes,
        /// As in a [`Job`].
        pub relationships: Option<JobRelationships>,
        /// As in a [`Job`].
        pub links: ObjectLinks,
    }

    /// See [`SparseJobAttributes`](crate::SparseJobAttributes).
    pub struct SparseJobAttributes {
        /// Where the job is in its life.
        pub status: Option<JobStatus>,
        /// When the job was created.
        pub created_at: Option<Timestamp>,
        /// How many operations the job has.
        pub total_count: Option<i64>,
        /// How many operations have been completed.
        pub completed_count: Option<i64>,
        /// How many operations have failed.
        pub failed_count: Option<i64>,
        /// When the job was completed.
        pub completed_at: Option<Timestamp>,
        /// When the job expires.
        pub expires_at: Option<Timestamp>,
        /// When the job began to be processed.
        pub started_at: Option<Timestamp>,
    }

    /// See [`JobRelationships`](crate::JobRelationships).
    pub struct JobRelationships {
        /// Lists to add the profiles to.
        pub lists: Option<Relationship>,
        /// Profiles created or updated.
        pub profiles: Option<Relationship>,
        /// Errors met during the import.
        pub import_errors: Option<ImportErrors>,
    }

    /// See [`Relationship`](crate::Relationship).
    pub struct Relationship {
        /// Identifiers of the related resources; `None` when the document does not say.
        pub data: Option<Box<[ResourceIdentifier]>>,
        /// Where the relationship and its resources are found.
        pub links: Option<RelationshipLinks>,
    }

    /// See [`ImportErrors`](crate::ImportErrors).
    pub struct ImportErrors {
        /// As in [`Relationship::data`].
        pub data: Option<Box<[ResourceIdentifier]>>,
        /// Where the errors are found.
        pub links: Option<RelatedLinks>,
    }

    /// See [`ResourceIdentifier`](crate::ResourceIdentifier).
    pub struct ResourceIdentifier {
        /// The identifier.
        pub id: Box<str>,
    }
}
