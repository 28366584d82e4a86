//! What was written, in the numbers a correct reader must arrive at.
//!
//! Must not look at written text: the counts come from the drawn jobs, so that a mistake in a
//! layout shows as a difference.

use crate::content::{Job, Status};
use jiff::Timestamp;

/// Totals over the records a [`Generator`](crate::Generator) has written so far.
///
/// All but [`bytes`](Self::bytes) and [`rejected`](Self::rejected) cover the good records only.
///
/// ```
/// use jobview_corpus::{Layout, Settings, Shape, generate};
///
/// let (_, counts) = generate(Settings::new(7, Shape::Poll, Layout::Compact), 10);
/// let status = counts.status;
/// let sum = status.cancelled + status.complete + status.processing + status.queued;
/// assert_eq!(sum, counts.documents);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Bytes written, newlines and bad records included.
    pub bytes: u64,
    /// Good records.
    pub documents: u64,
    /// Bad records.
    pub rejected: u64,
    /// Good records by status.
    pub status: StatusCounts,
    /// Sum of `total_count`.
    pub total_count: i128,
    /// Sum of `completed_count`.
    pub completed_count: i128,
    /// Sum of `failed_count`.
    pub failed_count: i128,
    /// Resource identifiers in `lists`.
    pub list_ids: u64,
    /// Resource identifiers in `profiles`.
    pub profile_ids: u64,
    /// Resource identifiers in `import-errors`.
    pub import_error_ids: u64,
    /// The text, without escapes, of the earliest `created_at`; of equals the first written.
    pub first_created_at: Option<String>,
    /// The text, without escapes, of the latest `created_at`; of equals the first written.
    pub last_created_at: Option<String>,
}

/// How many documents have which status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// `cancelled`
    pub cancelled: u64,
    /// `complete`
    pub complete: u64,
    /// `processing`
    pub processing: u64,
    /// `queued`
    pub queued: u64,
}

/// The totals, and the instants behind the two texts among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    first_created: Option<Timestamp>,
    last_created: Option<Timestamp>,
}

impl Tally {
    /// Counts one good record, all but its bytes.
    pub(crate) fn add(&mut self, job: &Job) {
        let counts = &mut self.counts;
        counts.documents += 1;
        *match job.status {
            Status::Cancelled => &mut counts.status.cancelled,
            Status::Complete => &mut counts.status.complete,
            Status::Processing => &mut counts.status.processing,
            Status::Queued => &mut counts.status.queued,
        } += 1;
        counts.total_count += i128::from(job.total_count);
        counts.completed_count += i128::from(job.completed_count);
        counts.failed_count += i128::from(job.failed_count);
        counts.list_ids += job.list_ids.len() as u64;
        counts.profile_ids += job.profile_ids.len() as u64;
        counts.import_error_ids += job.import_error_ids.len() as u64;
        if self.first_created.is_none_or(|first| job.created < first) {
            self.first_created = Some(job.created);
            counts.first_created_at = Some(job.created_at());
        }
        if self.last_created.is_none_or(|last| job.created > last) {
            self.last_created = Some(job.created);
            counts.last_created_at = Some(job.created_at());
        }
    }
}
