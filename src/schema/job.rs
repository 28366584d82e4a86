//! A job, wherever it stands: its members, and its views.

use super::links::{OBJECT_LINKS, ObjectLinksSlots, RELATED_LINKS, RELATIONSHIP_LINKS};
use super::table::{Slot, Table};
use super::values::ArenaList;
use super::{
    ArenaFull, Fieldset, Member, Value, Values, nullable, optional, required, required_in_full,
};
use crate::model::{
    ImportErrors, Job, JobAttributes, JobRelationships, JobStatus, RelatedLinks, Relationship,
    RelationshipLinks, SparseJob, SparseJobAttributes, Timestamp,
};
use bumpalo::Bump;
use std::fmt::Debug;

const ATTRIBUTES: Value = Value::Object(&[
    required_in_full("status", Value::OneOf(&JobStatus::NAMES)),
    required_in_full("created_at", Value::Timestamp),
    required_in_full("total_count", Value::Integer),
    nullable("completed_count", Value::Integer),
    nullable("failed_count", Value::Integer),
    nullable("completed_at", Value::Timestamp),
    nullable("expires_at", Value::Timestamp),
    nullable("started_at", Value::Timestamp),
]);

/// A resource identifier of a list.
pub(super) const LIST: &[Member] =
    &[required("type", Value::Constant("list")), required("id", Value::Identifier)];

/// A resource identifier of a profile.
pub(super) const PROFILE: &[Member] =
    &[required("type", Value::Constant("profile")), required("id", Value::Identifier)];

/// A resource identifier of an import error.
pub(super) const IMPORT_ERROR: &[Member] =
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

/// The members of a job.
pub(super) const JOB: &[Member] = &[
    required("type", Value::Constant(super::document::JOB)),
    required("id", Value::Text),
    required_in_full("attributes", ATTRIBUTES),
    optional("relationships", RELATIONSHIPS),
    required("links", OBJECT_LINKS),
];

/// Where the values of a job are.
pub struct JobSlots {
    id: Slot,
    status: Slot,
    created_at: Slot,
    total_count: Slot,
    completed_count: Slot,
    failed_count: Slot,
    completed_at: Slot,
    expires_at: Slot,
    started_at: Slot,
    relationships: Slot,
    lists: RelationshipSlots,
    profiles: RelationshipSlots,
    import_errors: RelationshipSlots,
    links: ObjectLinksSlots,
}

/// Where the values of a relationship are.
struct RelationshipSlots {
    relationship: Slot,
    data: Slot,
    id: Slot,
    links: Slot,
    /// The root, if there is none.
    self_: Slot,
    related: Slot,
}

impl JobSlots {
    /// Those of the job that is the value of a slot.
    pub(super) const fn of(table: &Table, job: Slot) -> Self {
        let relationships = table.slot_in(job, "/relationships");
        Self {
            id: table.slot_in(job, "/id"),
            status: table.slot_in(job, "/attributes/status"),
            created_at: table.slot_in(job, "/attributes/created_at"),
            total_count: table.slot_in(job, "/attributes/total_count"),
            completed_count: table.slot_in(job, "/attributes/completed_count"),
            failed_count: table.slot_in(job, "/attributes/failed_count"),
            completed_at: table.slot_in(job, "/attributes/completed_at"),
            expires_at: table.slot_in(job, "/attributes/expires_at"),
            started_at: table.slot_in(job, "/attributes/started_at"),
            relationships,
            lists: RelationshipSlots::of(table, table.slot_in(relationships, "/lists"), true),
            profiles: RelationshipSlots::of(table, table.slot_in(relationships, "/profiles"), true),
            import_errors: RelationshipSlots::of(
                table,
                table.slot_in(relationships, "/import-errors"),
                false,
            ),
            links: ObjectLinksSlots::of(table, job),
        }
    }

    /// The view of a job that has all that the schema requires.
    #[inline(always)]
    pub(super) fn job<'a>(&self, values: &Values<'a>) -> Job<'a> {
        let timestamp = |slot| values.maybe_text(slot).map(Timestamp::new);
        Job {
            id: values.text(self.id),
            attributes: JobAttributes {
                status: self.status(values),
                created_at: Timestamp::new(values.text(self.created_at)),
                total_count: values.number(self.total_count),
                completed_count: values.maybe_number(self.completed_count),
                failed_count: values.maybe_number(self.failed_count),
                completed_at: timestamp(self.completed_at),
                expires_at: timestamp(self.expires_at),
                started_at: timestamp(self.started_at),
            },
            relationships: self.relationships(values),
            links: self.links.required(values),
        }
    }

    /// The view of a job that has what was asked for.
    pub(super) fn sparse_job<'a>(&self, values: &Values<'a>) -> SparseJob<'a> {
        let timestamp = |slot| values.maybe_text(slot).map(Timestamp::new);
        SparseJob {
            id: values.text(self.id),
            attributes: SparseJobAttributes {
                status: values.has(self.status).then(|| self.status(values)),
                created_at: timestamp(self.created_at),
                total_count: values.maybe_number(self.total_count),
                completed_count: values.maybe_number(self.completed_count),
                failed_count: values.maybe_number(self.failed_count),
                completed_at: timestamp(self.completed_at),
                expires_at: timestamp(self.expires_at),
                started_at: timestamp(self.started_at),
            },
            relationships: self.relationships(values),
            links: self.links.required(values),
        }
    }

    /// One of those that the schema names, or another that was let through.
    #[inline(always)]
    fn status<'a>(&self, values: &Values<'a>) -> JobStatus<'a> {
        match JobStatus::ALL.get(values.number(self.status) as usize) {
            Some(&status) => status,
            None => JobStatus::Other(values.text(self.status)),
        }
    }

    #[inline(always)]
    fn relationships<'a>(&self, values: &Values<'a>) -> Option<JobRelationships<'a>> {
        let errors = &self.import_errors;
        values.has(self.relationships).then(|| JobRelationships {
            lists: self.lists.view(values),
            profiles: self.profiles.view(values),
            import_errors: values.has(errors.relationship).then(|| ImportErrors {
                data: values.list(errors.data, errors.id),
                links: values
                    .has(errors.links)
                    .then(|| RelatedLinks { related: values.text(errors.related) }),
            }),
        })
    }
}

impl RelationshipSlots {
    const fn of(table: &Table, relationship: Slot, has_self: bool) -> Self {
        Self {
            relationship,
            data: table.slot_in(relationship, "/data"),
            id: table.slot_in(relationship, "/data/*/id"),
            links: table.slot_in(relationship, "/links"),
            self_: match has_self {
                true => table.slot_in(relationship, "/links/self"),
                false => Table::ROOT,
            },
            related: table.slot_in(relationship, "/links/related"),
        }
    }

    #[inline(always)]
    fn view<'a>(&self, values: &Values<'a>) -> Option<Relationship<'a>> {
        values.has(self.relationship).then(|| Relationship {
            data: values.list(self.data, self.id),
            links: values.has(self.links).then(|| RelationshipLinks {
                self_: values.text(self.self_),
                related: values.text(self.related),
            }),
        })
    }
}

/// The views of jobs that documents are generic over.
pub trait JobView: Copy + Debug + PartialEq + Send + Sync + 'static {
    type In<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;

    const FIELDSET: Fieldset;

    /// A job whose values have all come.
    fn view<'a>(slots: &JobSlots, values: &Values<'a>) -> Self::In<'a>;

    /// Where the jobs of a page are collected.
    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, Self::In<'a>>;

    /// Adds one of many.
    #[inline(always)]
    fn add<'a>(
        slots: &JobSlots,
        values: &mut Values<'a>,
        arena: &'a Bump,
    ) -> Result<(), ArenaFull> {
        Self::list(values).reserve(arena)?;
        values.end_list();
        let job = Self::view(slots, values);
        Self::list(values).push(job);
        Ok(())
    }
}

impl JobView for Job<'static> {
    type In<'a> = Job<'a>;

    const FIELDSET: Fieldset = Fieldset::Full;

    #[inline(always)]
    fn view<'a>(slots: &JobSlots, values: &Values<'a>) -> Job<'a> {
        slots.job(values)
    }

    #[inline(always)]
    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, Job<'a>> {
        &mut values.items.jobs
    }
}

impl JobView for SparseJob<'static> {
    type In<'a> = SparseJob<'a>;

    const FIELDSET: Fieldset = Fieldset::Sparse;

    #[inline(always)]
    fn view<'a>(slots: &JobSlots, values: &Values<'a>) -> SparseJob<'a> {
        slots.sparse_job(values)
    }

    #[inline(always)]
    fn list<'v, 'a>(values: &'v mut Values<'a>) -> &'v mut ArenaList<'a, SparseJob<'a>> {
        &mut values.items.sparse_jobs
    }
}
