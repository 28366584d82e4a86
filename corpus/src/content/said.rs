//! What a job says, whatever it does: what is counted of it.
//!
//! Must not know what was asked for: a fieldset may leave out some of it.

use super::time::text;
use jiff::Timestamp;

/// What a reader finds in a job that has all of its attributes. A number that is not written, or is
/// `null`, is 0.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: Status,
    pub(crate) created: Timestamp,
    pub(crate) total_count: i64,
    pub(crate) completed_count: i64,
    pub(crate) failed_count: i64,
    pub(crate) skipped_count: i64,
    /// How many errors are in the attributes.
    pub(crate) errors: usize,
    pub(crate) list_ids: usize,
    pub(crate) profile_ids: usize,
    pub(crate) import_error_ids: usize,
    /// Identifiers of anything else.
    pub(crate) related_ids: usize,
}

impl Said {
    /// The text of the member `created_at`.
    pub(crate) fn created_at(&self) -> String {
        text(self.created)
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Cancelled,
    Complete,
    Processing,
    Queued,
}

impl Status {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Complete => "complete",
            Self::Processing => "processing",
            Self::Queued => "queued",
        }
    }
}
