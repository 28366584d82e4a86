//! The jobs that are not profile imports: for catalogs, coupon codes and suppressed profiles.
//!
//! The differences between kinds are only in tables: for a new kind, add a line to [`SORTS`] and, if needed, a
//! [`Family`]. The order of the draws is part of the meaning of a seed.

use super::job::draw_status;
use super::page::Page;
use super::relationships::{identifiers_of, relationship_links};
use super::said::{Said, Status};
use super::time::{draw_created, draw_moment, text};
use super::{catalog, coupon_code, job_error};
use crate::document::{Item, Member};
use crate::fieldset::Fieldset;
use crate::identifiers;
use crate::settings::{Kind, Settings, Shape};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// What the jobs of several kinds have in common.
#[derive(Debug)]
struct Family {
    /// In the order in which the API sends them, unless a request gives another order.
    attributes: &'static [&'static str],
    relationships: &'static [Relationship],
    /// Draws the resource for an id of the first relationship, if it can be included.
    draw_resource: Option<fn(&str, &mut ChaCha8Rng) -> Item>,
}

/// The resources that a job names by id.
#[derive(Debug)]
struct Relationship {
    name: &'static str,
    resource_type: &'static str,
    draw_id: fn(&mut ChaCha8Rng) -> String,
}

const COUNTING_FAILURES: &[&str] = &[
    "status",
    "created_at",
    "total_count",
    "completed_count",
    "failed_count",
    "completed_at",
    "errors",
    "expires_at",
];

const COUNTING_SKIPPED: &[&str] =
    &["status", "created_at", "total_count", "completed_count", "completed_at", "skipped_count"];

const ITEMS: Family = Family {
    attributes: COUNTING_FAILURES,
    relationships: &[Relationship {
        name: "items",
        resource_type: "catalog-item",
        draw_id: identifiers::catalog_item,
    }],
    draw_resource: Some(catalog::draw_item),
};

const VARIANTS: Family = Family {
    attributes: COUNTING_FAILURES,
    relationships: &[Relationship {
        name: "variants",
        resource_type: "catalog-variant",
        draw_id: identifiers::catalog_variant,
    }],
    draw_resource: Some(catalog::draw_variant),
};

const CATEGORIES: Family = Family {
    attributes: COUNTING_FAILURES,
    relationships: &[Relationship {
        name: "categories",
        resource_type: "catalog-category",
        draw_id: identifiers::catalog_category,
    }],
    draw_resource: Some(catalog::draw_category),
};

const COUPON_CODES: Family = Family {
    attributes: COUNTING_FAILURES,
    relationships: &[Relationship {
        name: "coupon-codes",
        resource_type: "coupon-code",
        draw_id: identifiers::coupon_code,
    }],
    draw_resource: Some(coupon_code::draw),
};

const SUPPRESSIONS: Family = Family {
    attributes: COUNTING_SKIPPED,
    relationships: &[
        Relationship { name: "lists", resource_type: "list", draw_id: identifiers::list },
        Relationship { name: "segments", resource_type: "segment", draw_id: identifiers::list },
    ],
    draw_resource: None,
};

/// A kind, its family, and whether resources can be included with its jobs.
type Sort = (Kind, &'static Family, bool);

const SORTS: [Sort; 12] = [
    (Kind::CatalogItemBulkCreateJob, &ITEMS, true),
    (Kind::CatalogItemBulkUpdateJob, &ITEMS, true),
    (Kind::CatalogItemBulkDeleteJob, &ITEMS, false),
    (Kind::CatalogVariantBulkCreateJob, &VARIANTS, true),
    (Kind::CatalogVariantBulkUpdateJob, &VARIANTS, true),
    (Kind::CatalogVariantBulkDeleteJob, &VARIANTS, false),
    (Kind::CatalogCategoryBulkCreateJob, &CATEGORIES, true),
    (Kind::CatalogCategoryBulkUpdateJob, &CATEGORIES, true),
    (Kind::CatalogCategoryBulkDeleteJob, &CATEGORIES, false),
    (Kind::CouponCodeBulkCreateJob, &COUPON_CODES, true),
    (Kind::ProfileSuppressionBulkCreateJob, &SUPPRESSIONS, false),
    (Kind::ProfileSuppressionBulkDeleteJob, &SUPPRESSIONS, false),
];

/// A document about such jobs, all of one kind.
#[derive(Debug)]
pub(crate) struct Bulk {
    pub(super) kind: Kind,
    family: &'static Family,
    form: Form,
    jobs: Vec<BulkJob>,
    /// The resources that the jobs name, if they were requested.
    included: Option<Vec<Item>>,
}

/// The request for the document.
#[derive(Debug)]
enum Form {
    /// The job was posted.
    Posted,
    /// The job was requested by its id.
    Asked,
    /// Jobs were requested.
    Page(Page),
}

/// The data of a job, before it becomes a resource of a document.
#[derive(Debug)]
struct BulkJob {
    id: String,
    status: Status,
    total_count: i64,
    completed_count: Option<i64>,
    /// How many of the total failed or, in other families, were skipped.
    other_count: Option<i64>,
    created: Timestamp,
    completed: Option<Timestamp>,
    expires: Option<Timestamp>,
    /// Errors, which are objects.
    errors: Option<Vec<Item>>,
    /// One for each relationship of the family.
    relations: Vec<Relation>,
}

/// The data of one relationship. Empty parts are left out.
#[derive(Debug)]
struct Relation {
    ids: Option<Vec<String>>,
    has_links: bool,
}

impl Bulk {
    /// The next document of a random stream. `kind` is one of [`Kind::BULK`].
    pub(super) fn draw(kind: Kind, settings: &Settings, random: &mut ChaCha8Rng) -> Self {
        let sort = SORTS.iter().find(|(each, ..)| *each == kind);
        let &(_, family, has_resources) = sort.expect("every kind of these jobs has its line");
        let form = match random.random_range(0..100) {
            0..45 => Form::Posted,
            45..70 => Form::Asked,
            _ => Form::Page(Page::draw(settings.items, random)),
        };
        let amount = match &form {
            Form::Posted | Form::Asked => 1,
            Form::Page(page) => page.length(),
        };
        let is_asked_for = match form {
            Form::Posted => false,
            Form::Asked => true,
            // A page of wide jobs names too many resources to include them all.
            Form::Page(_) => settings.shape != Shape::Wide && random.random(),
        };
        let draw_resource = family.draw_resource.filter(|_| has_resources && is_asked_for);
        let is_included = draw_resource.is_some();
        let draw = |_| BulkJob::draw(family, settings.shape, is_included, random);
        let jobs = (0..amount).map(draw).collect::<Vec<_>>();
        let included = draw_resource.map(|draw| {
            let relations = jobs.iter().filter_map(|job| job.relations.first());
            let ids: BTreeSet<&String> =
                relations.filter_map(|relation| relation.ids.as_ref()).flatten().collect();
            ids.into_iter().map(|id| draw(id, random)).collect()
        });
        Self { kind, family, form, jobs, included }
    }

    /// The counts of each of the jobs.
    pub(super) fn said(&self) -> impl Iterator<Item = Said> {
        self.jobs.iter().map(|job| job.said(self.family))
    }

    /// How many resources are included.
    pub(crate) fn included_resources(&self) -> usize {
        self.included.as_ref().map_or(0, Vec::len)
    }

    /// The attributes that jobs of this family have.
    pub(super) fn attributes(&self) -> &'static [&'static str] {
        self.family.attributes
    }

    /// The document, with its members in the order the API sends them.
    pub(super) fn into_document(self, fieldset: Option<&Fieldset>) -> Item {
        let Self { kind, family, form, jobs, included } = self;
        let collection = format!("https://a.klaviyo.com/api/{}s", kind.name());
        let mut parameters: Vec<String> = fieldset.map(Fieldset::parameter).into_iter().collect();
        let asked_for = included.is_some().then(|| family.relationships.first()).flatten();
        parameters.extend(asked_for.map(|relationship| format!("include={}", relationship.name)));
        // As with imports, a request with fields for a single job is a request by its id.
        let query = parameters.join("&");
        let id = jobs.first().map(|job| job.id.clone()).unwrap_or_default();
        let jobs =
            jobs.into_iter().map(|job| job.into_resource(kind, family, &collection, fieldset));
        let mut jobs = jobs.collect::<Vec<_>>();
        let (data, links) = match form {
            Form::Page(page) => (jobs.into(), page.into_links(&collection, parameters)),
            Form::Posted | Form::Asked => {
                let url = match (&form, query.as_str()) {
                    (Form::Posted, "") => collection,
                    (_, "") => format!("{collection}/{id}"),
                    (_, query) => format!("{collection}/{id}?{query}"),
                };
                (jobs.remove(0), super::self_link(url))
            }
        };
        let mut document = Item::object([("data", data)]);
        if let Some(resources) = included {
            document.push("included", resources.into());
        }
        document.push("links", links);
        document
    }
}

impl BulkJob {
    /// The next job of a random stream. It names its resources by id if they are included.
    fn draw(family: &Family, shape: Shape, is_included: bool, random: &mut ChaCha8Rng) -> Self {
        let status = draw_status(random);
        let created = draw_created(random);
        let completed = draw_moment(created, 1..=1800, random);
        let relations = family.relationships.iter();
        let relations = relations.map(|it| Relation::draw(it, shape, is_included, random));
        let relations = relations.collect::<Vec<_>>();
        let total_count = match shape {
            Shape::Poll => {
                let most = *[10, 100, 1_000].choose(random).expect("three to choose from");
                random.random_range(0..=most)
            }
            Shape::Inline | Shape::Wide => {
                relations.iter().map(|relation| relation.length() as i64).sum()
            }
        };
        let done = match status {
            Status::Queued => 0,
            Status::Processing | Status::Cancelled => {
                random.random_range(total_count / 2..=total_count)
            }
            Status::Complete => total_count,
        };
        let other_count =
            if random.random() { 0 } else { done.min(random.random_range(1..=1 + done / 10)) };
        let errors = if other_count > 0 && random.random() { other_count.min(3) } else { 0 };
        let errors = (0..errors)
            .map(|_| job_error::draw(family.relationships[0].name, random))
            .collect::<Vec<_>>();
        let is_complete = matches!(status, Status::Complete | Status::Cancelled);
        Self {
            id: identifiers::bulk_job(created, random),
            status,
            total_count,
            completed_count: or_null(done - other_count, random),
            other_count: or_null(other_count, random),
            created,
            completed: is_complete.then_some(completed),
            expires: or_null(created + SignedDuration::from_hours(7 * 24), random),
            errors: or_null(errors, random),
            relations,
        }
    }

    fn said(&self, family: &Family) -> Said {
        let ids = |is_wanted: fn(&Relationship) -> bool| {
            let relations = family.relationships.iter().zip(&self.relations);
            relations.filter(|(it, _)| is_wanted(it)).map(|(_, it)| it.length()).sum()
        };
        let other_count = |name| {
            self.other_count.filter(|_| family.attributes.contains(&name)).unwrap_or_default()
        };
        Said {
            status: self.status,
            created: self.created,
            total_count: self.total_count,
            completed_count: self.completed_count.unwrap_or_default(),
            failed_count: other_count("failed_count"),
            skipped_count: other_count("skipped_count"),
            errors: if family.attributes.contains(&"errors") {
                self.errors.as_ref().map_or(0, Vec::len)
            } else {
                0
            },
            list_ids: ids(|it| it.resource_type == "list"),
            related_ids: ids(|it| it.resource_type != "list"),
            profile_ids: 0,
            import_error_ids: 0,
        }
    }

    /// The resource, with its members in the order the API sends them.
    fn into_resource(
        self,
        kind: Kind,
        family: &Family,
        collection: &str,
        fieldset: Option<&Fieldset>,
    ) -> Item {
        let job = format!("{collection}/{}/", self.id);
        let attributes = family.attributes.iter();
        let attributes =
            attributes.map(|&name| Member { name: name.into(), item: self.attribute(name) });
        let mut attributes = Item::Object(attributes.collect());
        if let Some(fieldset) = fieldset {
            fieldset.select(&mut attributes);
        }
        let relations = family.relationships.iter().zip(self.relations);
        let relations = relations.filter_map(|(it, relation)| {
            Some(Member { name: it.name.into(), item: relation.into_item(it, &job)? })
        });
        let relations = relations.collect::<Vec<_>>();
        let mut resource = Item::identifier(kind.name(), self.id);
        resource.push("attributes", attributes);
        if !relations.is_empty() {
            resource.push("relationships", Item::Object(relations));
        }
        resource.push("links", super::self_link(job));
        resource
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Item {
        match name {
            "status" => self.status.name().into(),
            "created_at" => text(self.created).into(),
            "total_count" => self.total_count.into(),
            "completed_count" => self.completed_count.into(),
            "failed_count" | "skipped_count" => self.other_count.into(),
            "completed_at" => self.completed.map(text).into(),
            "errors" => self.errors.clone().into(),
            "expires_at" => self.expires.map(text).into(),
            _ => unreachable!("{name} is in no family"),
        }
    }
}

impl Relation {
    /// Polls mostly get links, or nothing at all; the other shapes get ids.
    fn draw(
        relationship: &Relationship,
        shape: Shape,
        is_included: bool,
        random: &mut ChaCha8Rng,
    ) -> Self {
        let amount = match shape {
            Shape::Poll => {
                let has_ids = is_included || random.random_ratio(1, 4);
                has_ids.then(|| random.random_range(0..=3))
            }
            Shape::Inline => Some(random.random_range(10..=14)),
            Shape::Wide => Some(random.random_range(200..=400)),
        };
        let mut draw_ids = |amount| (0..amount).map(|_| (relationship.draw_id)(random)).collect();
        Self { ids: amount.map(&mut draw_ids), has_links: random.random_ratio(2, 3) }
    }

    fn length(&self) -> usize {
        self.ids.as_ref().map_or(0, Vec::len)
    }

    /// The relationship, unless it is empty.
    fn into_item(self, relationship: &Relationship, job: &str) -> Option<Item> {
        let name = relationship.name;
        let data = self.ids.map(|ids| ("data", identifiers_of(relationship.resource_type, ids)));
        let links = self.has_links.then(|| ("links", relationship_links(job, name)));
        let members = data.into_iter().chain(links);
        let members: Vec<_> =
            members.map(|(name, item)| Member { name: name.into(), item }).collect();
        (!members.is_empty()).then_some(Item::Object(members))
    }
}

/// Makes a value absent one time in sixteen.
fn or_null<T>(value: T, random: &mut ChaCha8Rng) -> Option<T> {
    (!random.random_ratio(1, 16)).then_some(value)
}
