//! simd-json's tape, read by hand, without serde between the tape and the model.
//!
//! The tape is already valid JSON. What remains is to recognise the members, check their types, and find missing and
//! duplicate ones.

use super::Contender;
use super::simd_json::Scratch;
use crate::digest::Sink;
use crate::model::{
    ImportErrorType, ImportErrors, Job, JobAttributes, JobRelationships, JobResponse, JobStatus,
    JobType, ListType, ObjectLinks, ProfileType, RelatedLinks, Relationship, RelationshipLinks,
    ResourceIdentifier, Text,
};
use simd_json::{Node, StaticNode};
use std::borrow::Cow;

#[derive(Default)]
pub(super) struct SimdJsonTape(Scratch);

impl Contender for SimdJsonTape {
    fn document(&mut self, json: &[u8], sink: &mut dyn Sink) {
        let accepted = self.0.with_tape(json, |tape| {
            let view = Reader { nodes: &tape.0 }.job_response();
            if let Some(view) = &view {
                sink.accept(view);
            }
            (view.is_some(), tape)
        });
        if accepted != Some(true) {
            sink.reject();
        }
    }
}

/// The nodes that remain to be read. Every method reads one value, and returns `None` if the schema does not allow it.
struct Reader<'t, 'a> {
    nodes: &'t [Node<'a>],
}

impl<'a> Reader<'_, 'a> {
    fn next(&mut self) -> Option<Node<'a>> {
        let (first, rest) = self.nodes.split_first()?;
        self.nodes = rest;
        Some(*first)
    }

    fn skip(&mut self) -> Option<()> {
        let inside = match self.next()? {
            Node::Object { count, .. } | Node::Array { count, .. } => count,
            Node::String(_) | Node::Static(_) => 0,
        };
        self.nodes = self.nodes.get(inside..)?;
        Some(())
    }

    /// Reads an object, member by member.
    fn object(&mut self, mut member: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        let Node::Object { len, .. } = self.next()? else { return None };
        for _ in 0..len {
            let name = self.str()?;
            member(self, name)?;
        }
        Some(())
    }

    fn str(&mut self) -> Option<&'a str> {
        match self.next()? {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    fn text(&mut self) -> Option<Text<'a>> {
        Some(Text(Cow::Borrowed(self.str()?)))
    }

    fn integer(&mut self) -> Option<i64> {
        match self.next()? {
            Node::Static(StaticNode::I64(integer)) => Some(integer),
            Node::Static(StaticNode::U64(integer)) => integer.try_into().ok(),
            _ => None,
        }
    }

    fn nullable<T>(&mut self, read: fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if let Some(Node::Static(StaticNode::Null)) = self.nodes.first() {
            self.next();
            return Some(None);
        }
        Some(Some(read(self)?))
    }

    fn constant<T>(&mut self, name: &str, constant: T) -> Option<T> {
        (self.str()? == name).then_some(constant)
    }

    fn job_response(&mut self) -> Option<JobResponse<'a>> {
        let (mut data, mut links) = (None, None);
        self.object(|reader, name| match name {
            "data" => put(&mut data, reader.job()?),
            "links" => put(&mut links, reader.object_links()?),
            _ => reader.skip(),
        })?;
        Some(JobResponse { data: data?, links })
    }

    fn job(&mut self) -> Option<Job<'a>> {
        let (mut kind, mut id, mut attributes) = (None, None, None);
        let (mut relationships, mut links) = (None, None);
        self.object(|reader, name| match name {
            "type" => put(
                &mut kind,
                reader.constant("profile-bulk-import-job", JobType::ProfileBulkImportJob)?,
            ),
            "id" => put(&mut id, reader.text()?),
            "attributes" => put(&mut attributes, reader.attributes()?),
            "relationships" => put(&mut relationships, reader.relationships()?),
            "links" => put(&mut links, reader.object_links()?),
            _ => reader.skip(),
        })?;
        Some(Job { kind: kind?, id: id?, attributes: attributes?, relationships, links: links? })
    }

    fn attributes(&mut self) -> Option<JobAttributes<'a>> {
        let (mut status, mut created_at, mut total_count) = (None, None, None);
        let (mut completed_count, mut failed_count) = (None, None);
        let (mut completed_at, mut expires_at, mut started_at) = (None, None, None);
        self.object(|reader, name| match name {
            "status" => put(&mut status, reader.status()?),
            "created_at" => put(&mut created_at, reader.text()?),
            "total_count" => put(&mut total_count, reader.integer()?),
            "completed_count" => put(&mut completed_count, reader.nullable(Self::integer)?),
            "failed_count" => put(&mut failed_count, reader.nullable(Self::integer)?),
            "completed_at" => put(&mut completed_at, reader.nullable(Self::text)?),
            "expires_at" => put(&mut expires_at, reader.nullable(Self::text)?),
            "started_at" => put(&mut started_at, reader.nullable(Self::text)?),
            _ => reader.skip(),
        })?;
        Some(JobAttributes {
            status: status?,
            created_at: created_at?,
            total_count: total_count?,
            completed_count: completed_count.flatten(),
            failed_count: failed_count.flatten(),
            completed_at: completed_at.flatten(),
            expires_at: expires_at.flatten(),
            started_at: started_at.flatten(),
        })
    }

    fn status(&mut self) -> Option<JobStatus> {
        match self.str()? {
            "cancelled" => Some(JobStatus::Cancelled),
            "complete" => Some(JobStatus::Complete),
            "processing" => Some(JobStatus::Processing),
            "queued" => Some(JobStatus::Queued),
            _ => None,
        }
    }

    fn relationships(&mut self) -> Option<JobRelationships<'a>> {
        let (mut lists, mut profiles, mut import_errors) = (None, None, None);
        self.object(|reader, name| match name {
            "lists" => put(&mut lists, reader.relationship("list", ListType::List)?),
            "profiles" => put(&mut profiles, reader.relationship("profile", ProfileType::Profile)?),
            "import-errors" => put(&mut import_errors, reader.import_errors()?),
            _ => reader.skip(),
        })?;
        Some(JobRelationships { lists, profiles, import_errors })
    }

    fn relationship<T: Copy>(&mut self, kind: &str, constant: T) -> Option<Relationship<'a, T>> {
        let (mut data, mut links) = (None, None);
        self.object(|reader, name| match name {
            "data" => put(&mut data, reader.identifiers(kind, constant)?),
            "links" => put(&mut links, reader.relationship_links()?),
            _ => reader.skip(),
        })?;
        Some(Relationship { data, links })
    }

    fn import_errors(&mut self) -> Option<ImportErrors<'a>> {
        let (mut data, mut links) = (None, None);
        self.object(|reader, name| match name {
            "data" => {
                put(&mut data, reader.identifiers("import-error", ImportErrorType::ImportError)?)
            }
            "links" => put(&mut links, reader.related_links()?),
            _ => reader.skip(),
        })?;
        Some(ImportErrors { data, links })
    }

    fn identifiers<T: Copy>(
        &mut self,
        kind: &str,
        constant: T,
    ) -> Option<Vec<ResourceIdentifier<'a, T>>> {
        let Node::Array { len, .. } = self.next()? else { return None };
        let mut identifiers = Vec::with_capacity(len);
        for _ in 0..len {
            let (mut found, mut id) = (None, None);
            self.object(|reader, name| match name {
                "type" => put(&mut found, reader.constant(kind, constant)?),
                "id" => put(&mut id, reader.text()?),
                _ => reader.skip(),
            })?;
            identifiers.push(ResourceIdentifier { kind: found?, id: id? });
        }
        Some(identifiers)
    }

    fn object_links(&mut self) -> Option<ObjectLinks<'a>> {
        let mut self_ = None;
        self.object(|reader, name| match name {
            "self" => put(&mut self_, reader.text()?),
            _ => reader.skip(),
        })?;
        Some(ObjectLinks { self_: self_? })
    }

    fn relationship_links(&mut self) -> Option<RelationshipLinks<'a>> {
        let (mut self_, mut related) = (None, None);
        self.object(|reader, name| match name {
            "self" => put(&mut self_, reader.text()?),
            "related" => put(&mut related, reader.text()?),
            _ => reader.skip(),
        })?;
        Some(RelationshipLinks { self_: self_?, related: related? })
    }

    fn related_links(&mut self) -> Option<RelatedLinks<'a>> {
        let mut related = None;
        self.object(|reader, name| match name {
            "related" => put(&mut related, reader.text()?),
            _ => reader.skip(),
        })?;
        Some(RelatedLinks { related: related? })
    }
}

/// Keeps the value of a member. `None` if it already had one.
fn put<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}
