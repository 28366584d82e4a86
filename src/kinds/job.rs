//! A job, wherever it stands: its members, and its views.

use super::identifiers::{IMPORT_ERRORS, LISTS, PROFILES};
use crate::model::{
    ImportErrors, Job, JobAttributes, JobRelationships, JobStatus, Relationship, SparseJob,
    SparseJobAttributes,
};
use gapwise::__private::{
    Choices, Members, OtherText, Stored, Value, View, Within, choices_and_others_if_wanted,
    members, view,
};
use std::fmt::Debug;

/// Declares a view of jobs, in which more or less may be absent.
macro_rules! job {
    ($job:ident, $attributes:ident $(, $optional:ident)?) => {
        view!($job<'static> {
            "type": super::form::JOB,
            id,
            attributes $(.$optional())?,
            relationships,
            links,
        });

        view!($attributes<'static> {
            status,
            created_at,
            total_count,
            completed_count.nullable(),
            failed_count.nullable(),
            completed_at.nullable(),
            expires_at.nullable(),
            started_at.nullable(),
        });
    };
}

job!(Job, JobAttributes);
job!(SparseJob, SparseJobAttributes, optional);

view!(JobRelationships<'static> {
    lists,
    profiles.of(TO_PROFILES),
    import_errors("import-errors"),
});

// The relationship to lists.
view!(Relationship<'static> { data.list(LISTS), links, });

/// The relationship to profiles.
const TO_PROFILES: Members<Relationship<'static>> =
    members!(Relationship<'static> { data.list(PROFILES), links, });

view!(ImportErrors<'static> { data.list(IMPORT_ERRORS), links, });

// SAFETY: all that is ever written is a status.
#[allow(unsafe_code)]
unsafe impl Stored for JobStatus<'static> {
    type View = ();
    const VALUE: Value = {
        const CHOICES: &Choices = &choices_and_others_if_wanted(&JobStatus::NAMES, &JobStatus::ALL);
        Value::OneOf(CHOICES)
    };
    const EMPTY: Self = JobStatus::Queued;
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl<'a> Within<'a> for JobStatus<'a> {
    type Static = JobStatus<'static>;
}

impl OtherText for JobStatus<'static> {
    type In<'a> = JobStatus<'a>;

    fn other(text: &str) -> JobStatus<'_> {
        JobStatus::Other(text)
    }
}

/// The views of jobs that documents are generic over.
///
/// # Safety
///
/// [`In`](Self::In) is the same type with another lifetime, and nothing else.
#[allow(unsafe_code)]
pub unsafe trait JobView: View + Copy + Debug + PartialEq + Send + Sync + 'static {
    /// With another lifetime.
    type In<'a>: Copy + Debug + PartialEq + Send + Sync + 'a;
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl JobView for Job<'static> {
    type In<'a> = Job<'a>;
}

// SAFETY: it is.
#[allow(unsafe_code)]
unsafe impl JobView for SparseJob<'static> {
    type In<'a> = SparseJob<'a>;
}
