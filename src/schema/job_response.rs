//! The schema `PostProfileImportJobResponse`, member by member, and its builder.

use super::table::{Flat, Slot, SlotSet, Table, size};
use super::{ArenaFull, Builder, Member, Value, nullable, optional, required};
use crate::model::{
    ImportErrors, Job, JobAttributes, JobRelationships, JobResponse, JobStatus, ObjectLinks,
    RelatedLinks, Relationship, RelationshipLinks, ResourceIdentifier, Timestamp,
};
use bumpalo::{Bump, collections::Vec};

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

const LIST: &[Member] = &[required("type", Value::Constant("list")), required("id", Value::Text)];

const PROFILE: &[Member] =
    &[required("type", Value::Constant("profile")), required("id", Value::Text)];

const IMPORT_ERROR: &[Member] =
    &[required("type", Value::Constant("import-error")), required("id", Value::Text)];

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

const SIZE: (usize, usize) = size(&JOB_RESPONSE);
static FLAT: Flat<{ SIZE.0 + 1 }, { SIZE.1 + 1 }> = Flat::lay(&JOB_RESPONSE);
static TABLE: Table = Table::new(&FLAT);

/// The slots that the builder knows, found at compile time.
mod slot {
    use super::{FLAT, Slot, Table};

    const fn at(pointer: &str) -> Slot {
        const TABLE: Table = Table::new(&FLAT);
        TABLE.slot(pointer)
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

/// Collects the values of one document. What the schema requires begins empty: the walker has proved, by
/// the time the view is made, that it was there.
pub(crate) struct JobResponseBuilder<'a> {
    opened: SlotSet,
    links: ObjectLinks<'a>,
    id: &'a str,
    job_links: ObjectLinks<'a>,
    attributes: JobAttributes<'a>,
    lists: Parts<'a>,
    profiles: Parts<'a>,
    import_errors: Parts<'a>,
}

/// The values of one relationship.
struct Parts<'a> {
    ids: Vec<'a, ResourceIdentifier<'a>>,
    links: RelationshipLinks<'a>,
}

impl<'a> Parts<'a> {
    fn push(&mut self, id: &'a str) -> Result<(), ArenaFull> {
        self.ids.try_reserve(1).map_err(|_| ArenaFull)?;
        self.ids.push(ResourceIdentifier { id });
        Ok(())
    }
}

impl<'a> JobResponseBuilder<'a> {
    pub(crate) const TABLE: &'static Table = &TABLE;

    pub(crate) fn new(arena: &'a Bump) -> Self {
        let parts = || Parts {
            ids: Vec::new_in(arena),
            links: RelationshipLinks { self_: "", related: "" },
        };
        Self {
            opened: SlotSet::EMPTY,
            links: ObjectLinks { self_: "" },
            id: "",
            job_links: ObjectLinks { self_: "" },
            attributes: JobAttributes {
                status: JobStatus::Queued,
                created_at: Timestamp::new(""),
                total_count: 0,
                completed_count: None,
                failed_count: None,
                completed_at: None,
                expires_at: None,
                started_at: None,
            },
            lists: parts(),
            profiles: parts(),
            import_errors: parts(),
        }
    }

    /// The view of a document that was decoded to its end.
    pub(crate) fn finish(self, arena: &'a Bump) -> Result<&'a JobResponse<'a>, ArenaFull> {
        let opened = self.opened;
        let has = |slot| opened.contains(slot);
        let relationships = has(slot::RELATIONSHIPS).then(|| JobRelationships {
            lists: has(slot::LISTS).then_some(Relationship {
                data: has(slot::LISTS_DATA).then_some(self.lists.ids.into_bump_slice()),
                links: has(slot::LISTS_LINKS).then_some(self.lists.links),
            }),
            profiles: has(slot::PROFILES).then_some(Relationship {
                data: has(slot::PROFILES_DATA).then_some(self.profiles.ids.into_bump_slice()),
                links: has(slot::PROFILES_LINKS).then_some(self.profiles.links),
            }),
            import_errors: has(slot::ERRORS).then_some(ImportErrors {
                data: has(slot::ERRORS_DATA).then_some(self.import_errors.ids.into_bump_slice()),
                links: has(slot::ERRORS_LINKS)
                    .then_some(RelatedLinks { related: self.import_errors.links.related }),
            }),
        });
        let response = JobResponse {
            data: Job {
                id: self.id,
                attributes: self.attributes,
                relationships,
                links: self.job_links,
            },
            links: has(slot::LINKS).then_some(self.links),
        };
        arena.try_alloc(response).map(|response| &*response).map_err(|_| ArenaFull)
    }
}

impl<'a> Builder<'a> for JobResponseBuilder<'a> {
    fn open(&mut self, opened: SlotSet) {
        self.opened.extend(opened);
    }

    fn text(&mut self, slot: Slot, text: &'a str) -> Result<(), ArenaFull> {
        let attributes = &mut self.attributes;
        match slot {
            slot::SELF => self.links.self_ = text,
            slot::ID => self.id = text,
            slot::JOB_SELF => self.job_links.self_ = text,
            slot::CREATED_AT => attributes.created_at = Timestamp::new(text),
            slot::COMPLETED_AT => attributes.completed_at = Some(Timestamp::new(text)),
            slot::EXPIRES_AT => attributes.expires_at = Some(Timestamp::new(text)),
            slot::STARTED_AT => attributes.started_at = Some(Timestamp::new(text)),
            slot::LISTS_ID => self.lists.push(text)?,
            slot::LISTS_SELF => self.lists.links.self_ = text,
            slot::LISTS_RELATED => self.lists.links.related = text,
            slot::PROFILES_ID => self.profiles.push(text)?,
            slot::PROFILES_SELF => self.profiles.links.self_ = text,
            slot::PROFILES_RELATED => self.profiles.links.related = text,
            slot::ERRORS_ID => self.import_errors.push(text)?,
            slot::ERRORS_RELATED => self.import_errors.links.related = text,
            _ => unreachable!("the schema has no other texts"),
        }
        Ok(())
    }

    fn integer(&mut self, slot: Slot, integer: i64) {
        let attributes = &mut self.attributes;
        match slot {
            slot::TOTAL_COUNT => attributes.total_count = integer,
            slot::COMPLETED_COUNT => attributes.completed_count = Some(integer),
            slot::FAILED_COUNT => attributes.failed_count = Some(integer),
            _ => unreachable!("the schema has no other integers"),
        }
    }

    fn choice(&mut self, slot: Slot, choice: usize) {
        match slot {
            slot::STATUS => self.attributes.status = JobStatus::ALL[choice],
            _ => unreachable!("the schema has no other enums"),
        }
    }
}
