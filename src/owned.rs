//! Copies of the views that own their text: `'static`, free of input and arena, to keep or to send away.
//!
//! Each type mirrors the view of the same name, member by member, and comes from its `into_owned`. There is
//! no way back by reference: an owned value is not a view in disguise.
//!
//! ```
//! use jobview::{Bump, Parser, owned};
//!
//! fn load(json: &[u8]) -> Result<owned::JobResponse, jobview::Error> {
//!     let arena = Bump::new();
//!     Ok(Parser::new().parse(json, &arena)?.into_owned())
//! }
//! # assert!(load(b"{}").is_err());
//! ```

use crate::model::{self, JobStatus, TimestampError};

/// See [`JobResponse`](model::JobResponse).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JobResponse {
    /// The job.
    pub data: Job,
    /// Links of the document itself.
    pub links: Option<ObjectLinks>,
}

/// See [`Job`](model::Job).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// See [`JobAttributes`](model::JobAttributes).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// See [`Timestamp`](model::Timestamp).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// The text of the document.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z; see
    /// [`Timestamp::unix_micros`](model::Timestamp::unix_micros).
    ///
    /// # Errors
    ///
    /// [`TimestampError`] for a text that is no RFC 3339 date and time.
    pub fn unix_micros(&self) -> Result<i64, TimestampError> {
        model::Timestamp::new(&self.0).unix_micros()
    }
}

/// See [`JobRelationships`](model::JobRelationships).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct JobRelationships {
    /// Lists to add the profiles to.
    pub lists: Option<Relationship>,
    /// Profiles created or updated.
    pub profiles: Option<Relationship>,
    /// Errors met during the import.
    pub import_errors: Option<ImportErrors>,
}

/// See [`Relationship`](model::Relationship).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Relationship {
    /// Identifiers of the related resources; `None` when the document does not say.
    pub data: Option<Box<[ResourceIdentifier]>>,
    /// Where the relationship and its resources are found.
    pub links: Option<RelationshipLinks>,
}

/// See [`ImportErrors`](model::ImportErrors).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportErrors {
    /// As in [`Relationship::data`].
    pub data: Option<Box<[ResourceIdentifier]>>,
    /// Where the errors are found.
    pub links: Option<RelatedLinks>,
}

/// See [`ResourceIdentifier`](model::ResourceIdentifier).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResourceIdentifier {
    /// The identifier.
    pub id: Box<str>,
}

/// See [`ObjectLinks`](model::ObjectLinks).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectLinks {
    /// The URI of the resource itself (member `self`).
    pub self_: Box<str>,
}

/// See [`RelationshipLinks`](model::RelationshipLinks).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelationshipLinks {
    /// The URI of the relationship itself (member `self`).
    pub self_: Box<str>,
    /// The URI of the related resources.
    pub related: Box<str>,
}

/// See [`RelatedLinks`](model::RelatedLinks).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RelatedLinks {
    /// The URI of the related resources.
    pub related: Box<str>,
}

impl model::JobResponse<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> JobResponse {
        JobResponse {
            data: self.data.into_owned(),
            links: self.links.map(model::ObjectLinks::into_owned),
        }
    }
}

impl model::Job<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> Job {
        Job {
            id: self.id.into(),
            attributes: self.attributes.into_owned(),
            relationships: self.relationships.map(model::JobRelationships::into_owned),
            links: self.links.into_owned(),
        }
    }
}

impl model::JobAttributes<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> JobAttributes {
        JobAttributes {
            status: self.status,
            created_at: self.created_at.into_owned(),
            total_count: self.total_count,
            completed_count: self.completed_count,
            failed_count: self.failed_count,
            completed_at: self.completed_at.map(model::Timestamp::into_owned),
            expires_at: self.expires_at.map(model::Timestamp::into_owned),
            started_at: self.started_at.map(model::Timestamp::into_owned),
        }
    }
}

impl model::Timestamp<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> Timestamp {
        Timestamp(self.as_str().into())
    }
}

impl model::JobRelationships<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> JobRelationships {
        JobRelationships {
            lists: self.lists.map(model::Relationship::into_owned),
            profiles: self.profiles.map(model::Relationship::into_owned),
            import_errors: self.import_errors.map(model::ImportErrors::into_owned),
        }
    }
}

impl model::Relationship<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> Relationship {
        Relationship {
            data: self.data.map(identifiers),
            links: self.links.map(model::RelationshipLinks::into_owned),
        }
    }
}

impl model::ImportErrors<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> ImportErrors {
        ImportErrors {
            data: self.data.map(identifiers),
            links: self.links.map(model::RelatedLinks::into_owned),
        }
    }
}

impl model::ResourceIdentifier<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> ResourceIdentifier {
        ResourceIdentifier { id: self.id.into() }
    }
}

fn identifiers(data: &[model::ResourceIdentifier<'_>]) -> Box<[ResourceIdentifier]> {
    data.iter().map(|identifier| identifier.into_owned()).collect()
}

impl model::ObjectLinks<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> ObjectLinks {
        ObjectLinks { self_: self.self_.into() }
    }
}

impl model::RelationshipLinks<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> RelationshipLinks {
        RelationshipLinks { self_: self.self_.into(), related: self.related.into() }
    }
}

impl model::RelatedLinks<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> RelatedLinks {
        RelatedLinks { related: self.related.into() }
    }
}
