//! The document as serde types, for contenders without a model of their own.
//!
//! It is what a careful user would write by hand. Text is borrowed if the input has no escapes, and owned otherwise;
//! constants and the status are checked without keeping text. On the corpora, it must accept exactly what the schema
//! accepts; `benches/README.md` lists where it differs elsewhere.

use crate::digest::{Digest, Related, View};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Text, borrowed if possible. A derived `Option<Cow<str>>` would always copy.
#[derive(Debug)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// See `jobview::JobResponse`, also for the types below.
#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct JobResponse<'a> {
    #[serde(borrow)]
    pub data: Job<'a>,
    #[serde(borrow)]
    pub links: Option<ObjectLinks<'a>>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct Job<'a> {
    #[serde(rename = "type")]
    pub kind: JobType,
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub attributes: JobAttributes<'a>,
    #[serde(borrow)]
    pub relationships: Option<JobRelationships<'a>>,
    #[serde(borrow)]
    pub links: ObjectLinks<'a>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct JobAttributes<'a> {
    pub status: JobStatus,
    #[serde(borrow)]
    pub created_at: Text<'a>,
    pub total_count: i64,
    pub completed_count: Option<i64>,
    pub failed_count: Option<i64>,
    #[serde(borrow)]
    pub completed_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub expires_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub started_at: Option<Text<'a>>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct JobRelationships<'a> {
    #[serde(borrow)]
    pub lists: Option<Relationship<'a, ListType>>,
    #[serde(borrow)]
    pub profiles: Option<Relationship<'a, ProfileType>>,
    #[serde(borrow, rename = "import-errors")]
    pub import_errors: Option<ImportErrors<'a>>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct Relationship<'a, T> {
    #[serde(borrow)]
    pub data: Option<Vec<ResourceIdentifier<'a, T>>>,
    #[serde(borrow)]
    pub links: Option<RelationshipLinks<'a>>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct ImportErrors<'a> {
    #[serde(borrow)]
    pub data: Option<Vec<ResourceIdentifier<'a, ImportErrorType>>>,
    #[serde(borrow)]
    pub links: Option<RelatedLinks<'a>>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct ResourceIdentifier<'a, T> {
    #[serde(rename = "type")]
    pub kind: T,
    #[serde(borrow)]
    pub id: Text<'a>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct ObjectLinks<'a> {
    #[serde(borrow, rename = "self")]
    pub self_: Text<'a>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct RelationshipLinks<'a> {
    #[serde(borrow, rename = "self")]
    pub self_: Text<'a>,
    #[serde(borrow)]
    pub related: Text<'a>,
}

#[derive(Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "the members are those of the schema")]
pub struct RelatedLinks<'a> {
    #[serde(borrow)]
    pub related: Text<'a>,
}

#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of the schema")]
pub enum JobStatus {
    Cancelled,
    Complete,
    Processing,
    Queued,
}

/// The constant `profile-bulk-import-job`.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "one name, said above")]
pub enum JobType {
    #[serde(rename = "profile-bulk-import-job")]
    ProfileBulkImportJob,
}

/// The constant `list`.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "one name, said above")]
pub enum ListType {
    #[serde(rename = "list")]
    List,
}

/// The constant `profile`.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "one name, said above")]
pub enum ProfileType {
    #[serde(rename = "profile")]
    Profile,
}

/// The constant `import-error`.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[expect(missing_docs, reason = "one name, said above")]
pub enum ImportErrorType {
    #[serde(rename = "import-error")]
    ImportError,
}

impl View for JobResponse<'_> {
    fn describe(&self, digest: &mut Digest) {
        let job = &self.data;
        let attributes = &job.attributes;
        digest.text(job.id.as_str());
        digest.status(attributes.status as usize);
        digest.text(attributes.created_at.as_str());
        digest.count(0, Some(attributes.total_count));
        digest.count(1, attributes.completed_count);
        digest.count(2, attributes.failed_count);
        digest.optional_text(attributes.completed_at.as_ref().map(Text::as_str));
        digest.optional_text(attributes.expires_at.as_ref().map(Text::as_str));
        digest.optional_text(attributes.started_at.as_ref().map(Text::as_str));
        if digest.present(job.relationships.is_some())
            && let Some(relationships) = &job.relationships
        {
            describe_relationship(digest, Related::Lists, &relationships.lists);
            describe_relationship(digest, Related::Profiles, &relationships.profiles);
            if digest.present(relationships.import_errors.is_some())
                && let Some(errors) = &relationships.import_errors
            {
                describe_identifiers(digest, Related::ImportErrors, &errors.data);
                let related = errors.links.as_ref().map(|links| links.related.as_str());
                digest.optional_text(related);
            }
        }
        digest.text(job.links.self_.as_str());
        digest.optional_text(self.links.as_ref().map(|links| links.self_.as_str()));
    }
}

fn describe_relationship<T>(
    digest: &mut Digest,
    related: Related,
    relationship: &Option<Relationship<'_, T>>,
) {
    if digest.present(relationship.is_some())
        && let Some(relationship) = relationship
    {
        describe_identifiers(digest, related, &relationship.data);
        if digest.present(relationship.links.is_some())
            && let Some(links) = &relationship.links
        {
            digest.text(links.self_.as_str());
            digest.text(links.related.as_str());
        }
    }
}

fn describe_identifiers<T>(
    digest: &mut Digest,
    related: Related,
    data: &Option<Vec<ResourceIdentifier<'_, T>>>,
) {
    if digest.present(data.is_some())
        && let Some(identifiers) = data
    {
        digest.ids(related, identifiers.len());
        identifiers.iter().for_each(|identifier| digest.text(identifier.id.as_str()));
    }
}
