//! A job that imports profiles.
//!
//! The order of the draws is part of the meaning of a seed: add a new draw at the end of [`Job::draw`].

use super::relationships::{JOB, JOBS, identifiers_of};
use super::said::{Said, Status};
use super::time::{draw_created, draw_moment, text, whole_second};
use super::variation::Variation;
use crate::document::Item;
use crate::fieldset::Fieldset;
use crate::identifiers;
use crate::settings::Shape;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;

/// The attributes in the order the API sends them, unless a request gives another order.
pub(crate) const ATTRIBUTES: [&str; 8] = [
    "status",
    "created_at",
    "total_count",
    "completed_count",
    "failed_count",
    "completed_at",
    "expires_at",
    "started_at",
];

/// How many digits `total_count` may have: most jobs are small, some are not.
const DIGITS: [u32; 16] = [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8, 10, 12, 18];

/// The data of a job, before it becomes a resource of a document.
#[derive(Debug)]
pub(crate) struct Job {
    pub(super) id: String,
    pub(super) status: Status,
    pub(super) total_count: i64,
    pub(super) completed_count: i64,
    pub(super) failed_count: i64,
    pub(super) created: Timestamp,
    pub(super) started: Option<Timestamp>,
    pub(super) completed: Option<Timestamp>,
    pub(super) expires: Timestamp,
    pub(super) list_ids: Vec<String>,
    pub(super) profile_ids: Vec<String>,
    pub(super) import_error_ids: Vec<String>,
    pub(super) variation: Variation,
}

impl Job {
    /// The next job of a random stream.
    ///
    /// A document with inline profiles names all profiles of its job, and has an error for every failure. So counts and
    /// identifiers agree, whatever the status.
    pub(crate) fn draw(shape: Shape, random: &mut ChaCha8Rng) -> Self {
        let status = draw_status(random);
        let created = draw_created(random);
        let started = draw_moment(created, 1..=90, random);
        let completed = draw_moment(started, 1..=1800, random);

        let total_count = match shape {
            Shape::Poll => {
                let most = *[10, 100, 1_000, 10_000].choose(random).expect("four to choose from");
                random.random_range(1..=most)
            }
            Shape::Inline => random.random_range(10..=14),
            Shape::Wide => random.random_range(5_000..=10_000),
        };
        let done = match status {
            Status::Queued => 0,
            Status::Processing | Status::Cancelled => {
                random.random_range(total_count / 2..=total_count)
            }
            Status::Complete => total_count,
        };
        let failed_count = done.min(match shape {
            Shape::Poll if random.random_ratio(3, 4) => 0,
            Shape::Poll => random.random_range(1..=1 + total_count / 20),
            Shape::Inline => random.random_range(0..=3),
            Shape::Wide => random.random_range(24..=60),
        });

        let lists = *[0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3].choose(random).expect("some");
        let (profiles, import_errors) =
            if shape == Shape::Poll { (0, 0) } else { (total_count, failed_count) };
        Self {
            id: identifiers::job(created, random),
            status,
            total_count,
            completed_count: done - failed_count,
            failed_count,
            created,
            started: (status != Status::Queued).then_some(started),
            expires: created + SignedDuration::from_hours(7 * 24),
            completed: matches!(status, Status::Complete | Status::Cancelled).then_some(completed),
            list_ids: (0..lists).map(|_| identifiers::list(random)).collect(),
            profile_ids: (0..profiles).map(|_| identifiers::profile(created, random)).collect(),
            import_error_ids: (0..import_errors)
                .map(|_| identifiers::import_error(random))
                .collect(),
            variation: Variation::NONE,
        }
    }

    /// The counts that a reader finds in it, if all of its attributes are written.
    pub(super) fn said(&self) -> Said {
        let [completed_count, failed_count] = self.said_counts().map(Option::unwrap_or_default);
        Said {
            status: self.status,
            created: self.created,
            total_count: self.total_count,
            completed_count,
            failed_count,
            skipped_count: 0,
            errors: 0,
            list_ids: self.list_ids.len(),
            profile_ids: self.profile_ids.len(),
            import_error_ids: self.import_error_ids.len(),
            related_ids: 0,
        }
    }

    /// The resource, with its members in the order the API sends them.
    pub(crate) fn into_resource(self, fieldset: Option<&Fieldset>) -> Item {
        let job = format!("{JOBS}/{}/", self.id);
        let mut attributes = Item::object([
            ("status", self.status.name().into()),
            ("created_at", text(self.created).into()),
            ("total_count", self.total_count.into()),
            ("completed_count", self.completed_count.into()),
            ("failed_count", self.failed_count.into()),
            ("completed_at", self.completed.map(text).into()),
            ("expires_at", text(self.expires).into()),
            ("started_at", self.started.map(text).into()),
        ]);
        self.variation.vary_attributes(&mut attributes);
        if let Some(fieldset) = fieldset {
            fieldset.select(&mut attributes);
        }
        let query = self.variation.query;
        let links = |name: &str| {
            Item::object([
                ("self", format!("{job}relationships/{name}/").into()),
                ("related", format!("{job}{name}/{query}").into()),
            ])
        };
        let lists = Item::object([
            ("data", identifiers_of("list", self.list_ids)),
            ("links", links("lists")),
        ]);
        let mut profiles = Item::object([("links", links("profiles"))]);
        let mut import_errors = Item::object([(
            "links",
            Item::object([("related", format!("{job}import-errors/{query}").into())]),
        )]);
        put_data_first(&mut profiles, "profile", self.profile_ids);
        put_data_first(&mut import_errors, "import-error", self.import_error_ids);
        let relationships = Item::object([
            ("lists", lists),
            ("profiles", profiles),
            ("import-errors", import_errors),
        ]);
        let mut resource = Item::object([
            ("type", JOB.into()),
            ("id", self.id.into()),
            ("attributes", attributes),
            ("relationships", relationships),
            ("links", Item::object([("self", job.into())])),
        ]);
        self.variation.vary_relationships(&mut resource);
        resource
    }

    /// A variation of the same job.
    pub(super) fn varied(self, random: &mut ChaCha8Rng) -> Self {
        let variation = Variation::draw(random);
        let digits = *DIGITS.choose(random).expect("some to choose from");
        let total_count = random.random_range(10_i64.pow(digits - 1)..10_i64.pow(digits));
        let done = match self.status {
            Status::Queued => 0,
            Status::Processing | Status::Cancelled => random.random_range(0..=total_count),
            Status::Complete => total_count,
        };
        let failed_count = if random.random() { 0 } else { random.random_range(0..=done) };
        let mut cut = |moment| if random.random() { whole_second(moment) } else { moment };
        let (created, expires) = (cut(self.created), cut(self.expires));
        let (started, completed) = (self.started.map(&mut cut), self.completed.map(&mut cut));
        let lists = random.random_range(0..=2);
        let list_ids = (0..lists).map(|_| identifiers::list(random)).collect();
        let kept = |ids, relationship| if variation.has_data(relationship) { ids } else { vec![] };
        Self {
            total_count,
            completed_count: done - failed_count,
            failed_count,
            created,
            started,
            completed,
            expires,
            list_ids: kept(list_ids, "lists"),
            profile_ids: kept(self.profile_ids, "profiles"),
            import_error_ids: kept(self.import_error_ids, "import-errors"),
            variation,
            ..self
        }
    }

    /// `completed_count` and `failed_count`, as far as the job has them.
    fn said_counts(&self) -> [Option<i64>; 2] {
        let [has_completed, has_failed] = self.variation.has_counts();
        [has_completed.then_some(self.completed_count), has_failed.then_some(self.failed_count)]
    }
}

/// Mostly finished jobs, as in the log of a program that polls until they are.
pub(super) fn draw_status(random: &mut ChaCha8Rng) -> Status {
    match random.random_range(0..100) {
        0..60 => Status::Complete,
        60..80 => Status::Processing,
        80..93 => Status::Queued,
        _ => Status::Cancelled,
    }
}

/// Gives a relationship inline data. Without ids it gets none, because the API leaves it out then.
fn put_data_first(relationship: &mut Item, kind: &'static str, ids: Vec<String>) {
    if !ids.is_empty() {
        relationship.insert(0, "data", identifiers_of(kind, ids));
    }
}
