//! The state of a job.

use std::fmt;

/// Where a job is in its life (schema `enum` of `status`).
///
/// Every revision of the API from 2023-12-15 to 2026-07-15 has the same four. A parser rejects any other, unless
/// [`Options::unknown_variants`](crate::Options::unknown_variants) has it kept as [`Other`](Self::Other).
///
/// ```
/// use jobview::{Bump, JobResponse, JobStatus, Options, Parser, UnknownVariants};
///
/// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i", "attributes": {"status": "failed",
///     "created_at": "2026-09-04T13:40:00+00:00", "total_count": 3}, "links": {"self": "/jobs/am9i/"}}}"#;
/// let arena = Bump::new();
/// assert!(Parser::<JobResponse>::new().parse(json, &arena).is_err());
///
/// let options = Options::new().unknown_variants(UnknownVariants::Keep);
/// let job = options.parser::<JobResponse>().parse(json, &arena)?.data;
/// assert_eq!(job.attributes.status, JobStatus::Other("failed"));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobStatus<'a> {
    /// Stopped before its end; nothing more will happen.
    Cancelled,
    /// Done; nothing more will happen.
    Complete,
    /// Being worked on.
    Processing,
    /// Waiting to be worked on.
    Queued,
    /// A status that the schema does not name: the text of the document. A parser never puts one of the four
    /// names here.
    Other(&'a str),
}

impl JobStatus<'static> {
    /// Every status that the schema names, in its order.
    pub const ALL: [Self; 4] = [Self::Cancelled, Self::Complete, Self::Processing, Self::Queued];
}

impl<'a> JobStatus<'a> {
    /// The names of [`ALL`](JobStatus::ALL), as they stand in documents.
    pub(crate) const NAMES: [&'static str; 4] = ["cancelled", "complete", "processing", "queued"];

    /// The name as it stands in documents.
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Cancelled => Self::NAMES[0],
            Self::Complete => Self::NAMES[1],
            Self::Processing => Self::NAMES[2],
            Self::Queued => Self::NAMES[3],
            Self::Other(name) => name,
        }
    }

    /// Whether the job is known to have reached its end. A poller must stop on this, not on `Complete` alone: a
    /// cancelled job never completes. Of a status that the schema does not name, nobody knows: who has it kept
    /// must bound the time of waiting, too.
    ///
    /// ```
    /// use jobview::JobStatus;
    ///
    /// assert!(JobStatus::Complete.is_final() && JobStatus::Cancelled.is_final());
    /// assert!(!JobStatus::Queued.is_final() && !JobStatus::Processing.is_final());
    /// assert!(!JobStatus::Other("failed").is_final());
    /// ```
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Cancelled | Self::Complete)
    }
}

impl fmt::Display for JobStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_the_statuses() {
        assert_eq!(JobStatus::ALL.map(JobStatus::as_str), JobStatus::NAMES);
    }
}
