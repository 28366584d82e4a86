//! The schema `PostProfileImportJobResponse`, member by member, and its view.

use super::table::{Slot, Table};
use super::{ArenaFull, Member, Value, Values, nullable, optional, required};
use crate::model::{
    ImportErrors, Job, JobAttributes, JobRelationships, JobResponse, JobStatus, ObjectLinks,
    RelatedLinks, Relationship, RelationshipLinks, Timestamp,
};
use bumpalo::Bump;

/// `ObjectLinks`
const OBJECT_LINKS: Value = Value::Object(&[required("self", Value::Text)]);

/// `RelationshipLinks`
const RELATIONSHIP_LINKS: Value =
    Value::Object(&[required("self", Value::Text), required("related", Value::Text)]);

/// `OnlyRelatedLinks`
const RELATED_LINKS: Value = Value::Object(&[required("related", Value::Text)]);

const ATTRIBUTES: Value = Value::Object(&[
    required("status", Value::OneOf(&JobStatus::NAMES)),
    required("created_at", Value::Text),
    required("total_count", Value::Integer),
    nullable("completed_count", Value::Integer),
    nullable("failed_count", Value::Integer),
    nullable("completed_at", Value::Text),
    nullable("expires_at", Value::Text),
    nullable("started_at", Value::Text),
]);

const LIST: &[Member] =
    &[required("type", Value::Constant("list")), required("id", Value::Identifier)];

const PROFILE: &[Member] =
    &[required("type", Value::Constant("profile")), required("id", Value::Identifier)];

const IMPORT_ERROR: &[Member] =
    &[required("type", Value::Constant("import-error")), required("id", Value::Identifier)];

const RELATIONSHIPS: Value = Value::Object(&[
    optional(
        "lists",
        Value::Object(&[
            optional("data", Value::List(LIST)),
            optional("links", RELATIONSHIP_LINKS),
        ]),
    ),
    optional(
        "profiles",
        Value::Object(&[
            optional("data", Value::List(PROFILE)),
            optional("links", RELATIONSHIP_LINKS),
        ]),
    ),
    optional(
        "import-errors",
        Value::Object(&[
            optional("data", Value::List(IMPORT_ERROR)),
            optional("links", RELATED_LINKS),
        ]),
    ),
]);

const JOB: Value = Value::Object(&[
    required("type", Value::Constant("profile-bulk-import-job")),
    required("id", Value::Text),
    required("attributes", ATTRIBUTES),
    optional("relationships", RELATIONSHIPS),
    required("links", OBJECT_LINKS),
]);

const JOB_RESPONSE: Value =
    Value::Object(&[required("data", JOB), optional("links", OBJECT_LINKS)]);

/// The members of a job response document.
pub(crate) static JOB_RESPONSE_TABLE: Table = Table::lay(&JOB_RESPONSE);

/// The slots that the view is made of, found at compile time.
mod slot {
    use super::{JOB_RESPONSE_TABLE, Slot};

    const fn at(pointer: &str) -> Slot {
        JOB_RESPONSE_TABLE.slot(pointer)
    }

    pub(super) const SELF: Slot = at("/links/self");
    pub(super) const LINKS: Slot = at("/links");
    pub(super) const ID: Slot = at("/data/id");
    pub(super) const JOB_SELF: Slot = at("/data/links/self");

    pub(super) const STATUS: Slot = at("/data/attributes/status");
    pub(super) const CREATED_AT: Slot = at("/data/attributes/created_at");
    pub(super) const TOTAL_COUNT: Slot = at("/data/attributes/total_count");
    pub(super) const COMPLETED_COUNT: Slot = at("/data/attributes/completed_count");
    pub(super) const FAILED_COUNT: Slot = at("/data/attributes/failed_count");
    pub(super) const COMPLETED_AT: Slot = at("/data/attributes/completed_at");
    pub(super) const EXPIRES_AT: Slot = at("/data/attributes/expires_at");
    pub(super) const STARTED_AT: Slot = at("/data/attributes/started_at");

    pub(super) const RELATIONSHIPS: Slot = at("/data/relationships");
    pub(super) const LISTS: Slot = at("/data/relationships/lists");
    pub(super) const LISTS_DATA: Slot = at("/data/relationships/lists/data");
    pub(super) const LISTS_ID: Slot = at("/data/relationships/lists/data/-/id");
    pub(super) const LISTS_LINKS: Slot = at("/data/relationships/lists/links");
    pub(super) const LISTS_SELF: Slot = at("/data/relationships/lists/links/self");
    pub(super) const LISTS_RELATED: Slot = at("/data/relationships/lists/links/related");
    pub(super) const PROFILES: Slot = at("/data/relationships/profiles");
    pub(super) const PROFILES_DATA: Slot = at("/data/relationships/profiles/data");
    pub(super) const PROFILES_ID: Slot = at("/data/relationships/profiles/data/-/id");
    pub(super) const PROFILES_LINKS: Slot = at("/data/relationships/profiles/links");
    pub(super) const PROFILES_SELF: Slot = at("/data/relationships/profiles/links/self");
    pub(super) const PROFILES_RELATED: Slot = at("/data/relationships/profiles/links/related");
    pub(super) const ERRORS: Slot = at("/data/relationships/import-errors");
    pub(super) const ERRORS_DATA: Slot = at("/data/relationships/import-errors/data");
    pub(super) const ERRORS_ID: Slot = at("/data/relationships/import-errors/data/-/id");
    pub(super) const ERRORS_LINKS: Slot = at("/data/relationships/import-errors/links");
    pub(super) const ERRORS_RELATED: Slot = at("/data/relationships/import-errors/links/related");
}

/// The view of a document that was decoded to its end. What the schema requires is there: the walker has
/// proved it.
pub(crate) fn job_response<'a>(
    values: &mut Values<'a>,
    arena: &'a Bump,
) -> Result<&'a JobResponse<'a>, ArenaFull> {
    values.end_list();
    let values = &*values;
    let has = |slot| values.has(slot);
    let timestamp = |slot| has(slot).then(|| Timestamp::new(values.text(slot)));
    let count = |slot| has(slot).then(|| values.number(slot));
    let object_links = |slot| ObjectLinks { self_: values.text(slot) };
    let links =
        |own, related| RelationshipLinks { self_: values.text(own), related: values.text(related) };
    let view = || JobResponse {
        data: Job {
            id: values.text(slot::ID),
            attributes: JobAttributes {
                status: JobStatus::ALL[values.number(slot::STATUS) as usize],
                created_at: Timestamp::new(values.text(slot::CREATED_AT)),
                total_count: values.number(slot::TOTAL_COUNT),
                completed_count: count(slot::COMPLETED_COUNT),
                failed_count: count(slot::FAILED_COUNT),
                completed_at: timestamp(slot::COMPLETED_AT),
                expires_at: timestamp(slot::EXPIRES_AT),
                started_at: timestamp(slot::STARTED_AT),
            },
            relationships: has(slot::RELATIONSHIPS).then(|| JobRelationships {
                lists: has(slot::LISTS).then(|| Relationship {
                    data: values.list(slot::LISTS_DATA, slot::LISTS_ID),
                    links: has(slot::LISTS_LINKS)
                        .then(|| links(slot::LISTS_SELF, slot::LISTS_RELATED)),
                }),
                profiles: has(slot::PROFILES).then(|| Relationship {
                    data: values.list(slot::PROFILES_DATA, slot::PROFILES_ID),
                    links: has(slot::PROFILES_LINKS)
                        .then(|| links(slot::PROFILES_SELF, slot::PROFILES_RELATED)),
                }),
                import_errors: has(slot::ERRORS).then(|| ImportErrors {
                    data: values.list(slot::ERRORS_DATA, slot::ERRORS_ID),
                    links: has(slot::ERRORS_LINKS)
                        .then(|| RelatedLinks { related: values.text(slot::ERRORS_RELATED) }),
                }),
            }),
            links: object_links(slot::JOB_SELF),
        },
        links: has(slot::LINKS).then(|| object_links(slot::SELF)),
    };
    arena.try_alloc_with(view).map(|response| &*response).map_err(|_| ArenaFull)
}
