//! Views and owned types as they are written: the members of the schema in its order.

use crate::model::{self, DocumentKind, JobStatus, ResourceType, Timestamp};
use crate::owned;
use gapwise::__private::{MemberWriter, Written};
use serde::ser::{Error as _, Serialize, Serializer};
use std::slice;

/// Objects: which members they have, the same for a view and for what mirrors it.
macro_rules! objects {
    ($($name:ident $(<$item:ident>)? |$view:ident, $members:ident| $body:block)*) => {$(
        objects!(model::$name<'_ $(, $item)?>; $($item)?; $view $members $body);
        objects!(owned::$name $(<$item>)?; $($item)?; $view $members $body);
    )*};
    ($type:ty; $($item:ident)?; $view:ident $members:ident $body:block) => {
        impl $(<$item: Serialize>)? Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let ($view, mut $members) = (self, MemberWriter::of(serializer)?);
                $body
                $members.end()
            }
        }
    };
}

objects! {
    JobResponse<J> |document, members| {
        members.one("data", &document.data)?;
        members.maybe("links", &document.links)?;
        members.maybe("meta", &document.meta)?;
    }

    JobCompound<J> |document, members| {
        members.one("data", &document.data)?;
        members.maybe("included", &document.included)?;
        members.maybe("links", &document.links)?;
        members.maybe("meta", &document.meta)?;
    }

    JobPage<J> |document, members| {
        members.one("data", &document.data)?;
        members.maybe("included", &document.included)?;
        members.maybe("links", &document.links)?;
        members.maybe("meta", &document.meta)?;
    }

    ImportErrorPage<E> |document, members| {
        members.one("data", &document.data)?;
        members.maybe("links", &document.links)?;
        members.maybe("meta", &document.meta)?;
    }

    IdentifierPage |document, members| {
        members.one("data", &Identifiers(document.resource_type, document.data.iter()))?;
        members.maybe("links", &document.links)?;
        members.maybe("meta", &document.meta)?;
    }

    ErrorResponse |document, members| {
        members.one("errors", &document.errors)?;
        members.maybe("meta", &document.meta)?;
    }

    Job |job, members| {
        members.one("type", JOB)?;
        members.one("id", &job.id)?;
        members.one("attributes", &job.attributes)?;
        members.maybe("relationships", &job.relationships)?;
        members.one("links", &job.links)?;
    }

    SparseJob |job, members| {
        members.one("type", JOB)?;
        members.one("id", &job.id)?;
        members.one("attributes", &job.attributes)?;
        members.maybe("relationships", &job.relationships)?;
        members.one("links", &job.links)?;
    }

    JobAttributes |attributes, members| {
        members.one("status", &attributes.status)?;
        members.one("created_at", &attributes.created_at)?;
        members.one("total_count", &attributes.total_count)?;
        members.maybe("completed_count", &attributes.completed_count)?;
        members.maybe("failed_count", &attributes.failed_count)?;
        members.maybe("completed_at", &attributes.completed_at)?;
        members.maybe("expires_at", &attributes.expires_at)?;
        members.maybe("started_at", &attributes.started_at)?;
    }

    SparseJobAttributes |attributes, members| {
        members.maybe("status", &attributes.status)?;
        members.maybe("created_at", &attributes.created_at)?;
        members.maybe("total_count", &attributes.total_count)?;
        members.maybe("completed_count", &attributes.completed_count)?;
        members.maybe("failed_count", &attributes.failed_count)?;
        members.maybe("completed_at", &attributes.completed_at)?;
        members.maybe("expires_at", &attributes.expires_at)?;
        members.maybe("started_at", &attributes.started_at)?;
    }

    JobRelationships |relationships, members| {
        let lists = relationships.lists.as_ref().map(|lists| Related {
            data: lists.data.as_ref().map(|data| Identifiers(Some(ResourceType::List), data.iter())),
            links: lists.links.as_ref(),
        });
        let profiles = relationships.profiles.as_ref().map(|profiles| Related {
            data: profiles
                .data
                .as_ref()
                .map(|data| Identifiers(Some(ResourceType::Profile), data.iter())),
            links: profiles.links.as_ref(),
        });
        members.maybe("lists", &lists)?;
        members.maybe("profiles", &profiles)?;
        members.maybe("import-errors", &relationships.import_errors)?;
    }

    ImportErrors |errors, members| {
        let data = errors
            .data
            .as_ref()
            .map(|data| Identifiers(Some(ResourceType::ImportError), data.iter()));
        members.maybe("data", &data)?;
        members.maybe("links", &errors.links)?;
    }

    IncludedList |list, members| {
        members.one("type", ResourceType::List.as_str())?;
        members.one("id", &list.id)?;
        members.maybe("attributes", &list.attributes)?;
        members.maybe("links", &list.links)?;
    }

    ListAttributes |attributes, members| {
        members.maybe("name", &attributes.name)?;
        members.maybe("created", &attributes.created)?;
        members.maybe("updated", &attributes.updated)?;
        members.maybe("opt_in_process", &attributes.opt_in_process)?;
    }

    ImportError |error, members| {
        members.one("type", ResourceType::ImportError.as_str())?;
        members.one("id", &error.id)?;
        members.one("attributes", &error.attributes)?;
        members.maybe("links", &error.links)?;
    }

    SparseImportError |error, members| {
        members.one("type", ResourceType::ImportError.as_str())?;
        members.one("id", &error.id)?;
        members.one("attributes", &error.attributes)?;
        members.maybe("links", &error.links)?;
    }

    ImportErrorAttributes |attributes, members| {
        members.one("code", &attributes.code)?;
        members.one("title", &attributes.title)?;
        members.one("detail", &attributes.detail)?;
        members.one("source", &attributes.source)?;
        members.maybe("original_payload", &attributes.original_payload)?;
    }

    SparseImportErrorAttributes |attributes, members| {
        members.maybe("code", &attributes.code)?;
        members.maybe("title", &attributes.title)?;
        members.maybe("detail", &attributes.detail)?;
        members.maybe("source", &attributes.source)?;
        members.maybe("original_payload", &attributes.original_payload)?;
    }

    ErrorSource |source, members| {
        members.maybe("pointer", &source.pointer)?;
        members.maybe("parameter", &source.parameter)?;
    }

    ResponseError |error, members| {
        members.maybe("id", &error.id)?;
        members.maybe("status", &error.status)?;
        members.maybe("code", &error.code)?;
        members.maybe("title", &error.title)?;
        members.one("detail", &error.detail)?;
        members.maybe("source", &error.source)?;
        members.maybe("meta", &error.meta)?;
    }

    ResponseErrorSource |source, members| {
        members.maybe("pointer", &source.pointer)?;
        members.maybe("parameter", &source.parameter)?;
    }

    ObjectLinks |links, members| {
        members.one("self", &links.self_)?;
    }

    RelationshipLinks |links, members| {
        members.one("self", &links.self_)?;
        members.one("related", &links.related)?;
    }

    RelatedLinks |links, members| {
        members.one("related", &links.related)?;
    }

    PageLinks |links, members| {
        members.one("self", &links.self_)?;
        members.maybe("first", &links.first)?;
        members.maybe("last", &links.last)?;
        members.maybe("prev", &links.prev)?;
        members.maybe("next", &links.next)?;
    }
}

/// The `type` of a job.
const JOB: &str = "profile-bulk-import-job";

/// A relationship of which it is known what it is to.
struct Related<'r, I, L> {
    data: Option<Identifiers<'r, I>>,
    links: Option<&'r L>,
}

impl<I: Identifier, L: Serialize> Serialize for Related<'_, I, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = MemberWriter::of(serializer)?;
        members.maybe("data", &self.data)?;
        members.maybe("links", &self.links)?;
        members.end()
    }
}

/// Resource identifiers, which get back the `type` that was taken from them.
struct Identifiers<'i, I>(Option<ResourceType>, slice::Iter<'i, I>);

impl<I: Identifier> Serialize for Identifiers<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(resource_type, items) = self;
        if resource_type.is_none() && items.len() > 0 {
            return Err(S::Error::custom("resource identifiers without a type"));
        }
        serializer.collect_seq(items.clone().map(|item| Typed(*resource_type, item)))
    }
}

/// One of them.
struct Typed<'i, I>(Option<ResourceType>, &'i I);

impl<I: Identifier> Serialize for Typed<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = MemberWriter::of(serializer)?;
        members.maybe("type", &self.0)?;
        members.one("id", self.1.id())?;
        members.end()
    }
}

trait Identifier {
    fn id(&self) -> &str;
}

impl Identifier for model::ResourceIdentifier<'_> {
    fn id(&self) -> &str {
        self.id
    }
}

impl Identifier for owned::ResourceIdentifier {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Any answer: written as what it is, for that is how it is told.
macro_rules! any_document {
    ($($type:ty)*) => {$(
        impl<J: Serialize, E: Serialize> Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Response(response) => response.serialize(serializer),
                    Self::Compound(compound) => compound.serialize(serializer),
                    Self::Page(page) => page.serialize(serializer),
                    Self::ImportErrors(page) => page.serialize(serializer),
                    Self::Identifiers(page) => page.serialize(serializer),
                    Self::Errors(response) => response.serialize(serializer),
                }
            }
        }
    )*};
}

any_document!(model::JobDocument<'_, J, E> owned::JobDocument<J, E>);

/// What is written as its text, also where it is a part of what others declare.
macro_rules! texts {
    ($($type:ty)*) => {$(
        impl Written for $type {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )*};
}

texts! {
    JobStatus<'_> owned::JobStatus ResourceType DocumentKind Timestamp<'_> owned::Timestamp
}
