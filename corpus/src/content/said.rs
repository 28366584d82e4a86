//! The counts of a job of any kind.
//!
//! Must not know about fieldsets, which may leave out some of the attributes.

use super::time::text;
use jiff::Timestamp;

/// The counts that a reader finds in a job with all attributes. A number that is absent or `null` counts as 0.
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
    /// Identifiers of any other resource.
    pub(crate) related_ids: usize,
}

impl Said {
    /// The text of the member `created_at`.
    pub(crate) fn created_at(&self) -> String {
        text(self.created)
    }
}

/// The status of a job.
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
