//! The state of a job.

use std::fmt;

/// Where a job is in its life (schema `enum` of `status`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobStatus {
    /// Stopped before its end; nothing more will happen.
    Cancelled,
    /// Done; nothing more will happen.
    Complete,
    /// Being worked on.
    Processing,
    /// Waiting to be worked on.
    Queued,
}

impl JobStatus {
    /// Every status, in the order of the schema.
    pub const ALL: [Self; 4] = [Self::Cancelled, Self::Complete, Self::Processing, Self::Queued];

    /// The names of [`ALL`](Self::ALL), as they stand in documents.
    pub(crate) const NAMES: [&'static str; 4] = ["cancelled", "complete", "processing", "queued"];

    /// The name as it stands in documents.
    pub const fn as_str(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether the job has reached its end. A poller must stop on this, not on `Complete` alone: a
    /// cancelled job never completes.
    ///
    /// ```
    /// use jobview::JobStatus;
    ///
    /// assert!(JobStatus::Complete.is_final() && JobStatus::Cancelled.is_final());
    /// assert!(!JobStatus::Queued.is_final() && !JobStatus::Processing.is_final());
    /// ```
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Cancelled | Self::Complete)
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
