//! A second, strict reading of job response documents, built on serde_json: slow and obvious.
//!
//! It shares nothing with the library but the types of values. JSON text is taken apart level by level
//! as `RawValue`s, so that duplicate members and the spelling of numbers survive, and each string is read
//! by itself, since serde_json does not look into text it skips.

#[path = "../../gapwise/tests/invariants/exact.rs"]
mod exact;

use super::twins::*;
use jobview::{Category, owned};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// What a record is, or which promise it breaks. Where it breaks several, syntax comes first.
pub(crate) fn read(json: &[u8]) -> Result<JobResponse, Category> {
    let response = read_any_status(json)?;
    match response.data.attributes.status {
        owned::JobStatus::Other(_) => Err(Category::Schema),
        _ => Ok(response),
    }
}

/// The same with any text for a status.
pub(crate) fn read_any_status(json: &[u8]) -> Result<JobResponse, Category> {
    let text = std::str::from_utf8(json).map_err(|_| Category::Syntax)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = serde_json::from_str(text).map_err(|_| Category::Syntax)?;
    let json = Json::read(raw, 0).ok_or(Category::Syntax)?;
    job_response(&json).ok_or(Category::Schema)
}

/// A value, and how it is written.
struct Json<'t> {
    text: &'t str,
    value: Value<'t>,
}

enum Value<'t> {
    Null,
    Bool,
    Number,
    Text(String),
    Array(Vec<Json<'t>>),
    Object(Vec<(String, Json<'t>)>),
}

impl<'t> Json<'t> {
    fn read(raw: &'t RawValue, depth: u16) -> Option<Self> {
        let text = raw.get();
        let nested = || (depth < jobview::MAX_DEPTH).then_some(depth + 1);
        let value = match text.as_bytes().first()? {
            b'n' => Value::Null,
            b't' | b'f' => Value::Bool,
            b'"' => Value::Text(serde_json::from_str(text).ok()?),
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                let depth = nested()?;
                let items = items.into_iter().map(|item| Self::read(item, depth));
                Value::Array(items.collect::<Option<_>>()?)
            }
            b'{' => {
                let mut deserializer = serde_json::Deserializer::from_str(text);
                let members = deserializer.deserialize_map(Members).ok()?;
                let depth = nested()?;
                let members =
                    members.into_iter().map(|(name, raw)| Some((name, Self::read(raw, depth)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            _ => Value::Number,
        };
        Some(Self { text, value })
    }
}

/// All members of an object, in order, duplicates and all.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Takes known members out of an object. `None` is a breach of the schema everywhere below.
struct Object<'j>(&'j [(String, Json<'j>)]);

impl<'j> Object<'j> {
    fn of(json: &'j Json<'_>) -> Option<Self> {
        match &json.value {
            Value::Object(members) => Some(Self(members)),
            _ => None,
        }
    }

    fn optional<T>(
        &self,
        name: &str,
        read: impl Fn(&'j Json<'j>) -> Option<T>,
    ) -> Option<Option<T>> {
        let mut found = self.0.iter().filter(|(member, _)| member == name);
        match (found.next(), found.next()) {
            (None, _) => Some(None),
            (Some((_, value)), None) => Some(Some(read(value)?)),
            _ => None,
        }
    }

    fn required<T>(&self, name: &str, read: impl Fn(&'j Json<'j>) -> Option<T>) -> Option<T> {
        self.optional(name, read)?
    }

    fn nullable<T>(
        &self,
        name: &str,
        read: impl Fn(&'j Json<'j>) -> Option<T>,
    ) -> Option<Option<T>> {
        let read = |json: &'j Json<'j>| match json.value {
            Value::Null => Some(None),
            _ => read(json).map(Some),
        };
        self.optional(name, read).map(Option::flatten)
    }
}

fn text(json: &Json<'_>) -> Option<Box<str>> {
    match &json.value {
        Value::Text(text) => Some(text.as_str().into()),
        _ => None,
    }
}

fn timestamp(json: &Json<'_>) -> Option<owned::Timestamp> {
    text(json).map(|text| jobview::Timestamp::new(&text).into_owned())
}

fn constant(expected: &str) -> impl Fn(&Json<'_>) -> Option<()> {
    move |json| (*text(json)? == *expected).then_some(())
}

fn status(json: &Json<'_>) -> Option<owned::JobStatus> {
    Some(match &*text(json)? {
        "cancelled" => owned::JobStatus::Cancelled,
        "complete" => owned::JobStatus::Complete,
        "processing" => owned::JobStatus::Processing,
        "queued" => owned::JobStatus::Queued,
        other => owned::JobStatus::Other(other.into()),
    })
}

fn integer(json: &Json<'_>) -> Option<i64> {
    let Value::Number = json.value else { return None };
    exact::integer(json.text)
}

fn any(json: &Json<'_>) -> Option<owned::RawJson> {
    json.text.parse().ok()
}

fn job_response(json: &Json<'_>) -> Option<JobResponse> {
    let object = Object::of(json)?;
    Some(JobResponse {
        data: object.required("data", job)?,
        links: object.optional("links", object_links)?,
        meta: object.nullable("meta", any)?,
    })
}

fn job(json: &Json<'_>) -> Option<Job> {
    let object = Object::of(json)?;
    object.required("type", constant("profile-bulk-import-job"))?;
    Some(Job {
        id: object.required("id", text)?,
        attributes: object.required("attributes", attributes)?,
        relationships: object.optional("relationships", relationships)?,
        links: object.required("links", object_links)?,
    })
}

fn attributes(json: &Json<'_>) -> Option<JobAttributes> {
    let object = Object::of(json)?;
    Some(JobAttributes {
        status: object.required("status", status)?,
        created_at: object.required("created_at", timestamp)?,
        total_count: object.required("total_count", integer)?,
        completed_count: object.nullable("completed_count", integer)?,
        failed_count: object.nullable("failed_count", integer)?,
        completed_at: object.nullable("completed_at", timestamp)?,
        expires_at: object.nullable("expires_at", timestamp)?,
        started_at: object.nullable("started_at", timestamp)?,
    })
}

fn relationships(json: &Json<'_>) -> Option<JobRelationships> {
    let object = Object::of(json)?;
    Some(JobRelationships {
        lists: object.optional("lists", |json| {
            let object = Object::of(json)?;
            Some(ListRelationship {
                data: object.optional("data", |json| {
                    identifiers("list", json, |id| ListIdentifier { id })
                })?,
                links: object.optional("links", relationship_links)?,
            })
        })?,
        profiles: object.optional("profiles", |json| {
            let object = Object::of(json)?;
            Some(ProfileRelationship {
                data: object.optional("data", |json| {
                    identifiers("profile", json, |id| ProfileIdentifier { id })
                })?,
                links: object.optional("links", relationship_links)?,
            })
        })?,
        import_errors: object.optional("import-errors", |json| {
            let object = Object::of(json)?;
            Some(ImportErrorRelationship {
                data: object.optional("data", |json| {
                    identifiers("import-error", json, |id| ImportErrorIdentifier { id })
                })?,
                links: object.optional("links", |json| {
                    let related = Object::of(json)?.required("related", text)?;
                    Some(RelatedLinks { related })
                })?,
            })
        })?,
    })
}

fn identifiers<T>(
    resource_type: &str,
    json: &Json<'_>,
    of: impl Fn(Box<str>) -> T,
) -> Option<Box<[T]>> {
    let Value::Array(items) = &json.value else { return None };
    let identifier = |item| {
        let object = Object::of(item)?;
        object.required("type", constant(resource_type))?;
        object.required("id", text).map(&of)
    };
    items.iter().map(identifier).collect()
}

fn object_links(json: &Json<'_>) -> Option<ObjectLinks> {
    Some(ObjectLinks { self_: Object::of(json)?.required("self", text)? })
}

fn relationship_links(json: &Json<'_>) -> Option<RelationshipLinks> {
    let object = Object::of(json)?;
    Some(RelationshipLinks {
        self_: object.required("self", text)?,
        related: object.required("related", text)?,
    })
}
