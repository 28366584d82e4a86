//! The state of a job.

use super::IntoOwned;
use crate::model;
use std::fmt;

/// See [`JobStatus`](model::JobStatus).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobStatus {
    /// Stopped before its end; nothing more will happen.
    Cancelled,
    /// Done; nothing more will happen.
    Complete,
    /// Being worked on.
    Processing,
    /// Waiting to be worked on.
    Queued,
    /// As [`Other`](model::JobStatus::Other) in the view.
    Other(Box<str>),
}

impl JobStatus {
    /// The view of it.
    ///
    /// ```
    /// use jobview::{JobStatus, owned};
    ///
    /// let status = owned::JobStatus::Other("failed".into());
    /// assert_eq!(status.as_view(), JobStatus::Other("failed"));
    /// assert_eq!((status.as_str(), status.is_final()), ("failed", false));
    /// ```
    pub const fn as_view(&self) -> model::JobStatus<'_> {
        match self {
            Self::Cancelled => model::JobStatus::Cancelled,
            Self::Complete => model::JobStatus::Complete,
            Self::Processing => model::JobStatus::Processing,
            Self::Queued => model::JobStatus::Queued,
            Self::Other(name) => model::JobStatus::Other(name),
        }
    }

    /// The name as it stands in documents.
    pub const fn as_str(&self) -> &str {
        self.as_view().as_str()
    }

    /// Whether the job is known to have reached its end; see
    /// [`JobStatus::is_final`](model::JobStatus::is_final).
    pub const fn is_final(&self) -> bool {
        self.as_view().is_final()
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl IntoOwned for model::JobStatus<'_> {
    type Owned = JobStatus;

    fn into_owned(self) -> JobStatus {
        match self {
            Self::Cancelled => JobStatus::Cancelled,
            Self::Complete => JobStatus::Complete,
            Self::Processing => JobStatus::Processing,
            Self::Queued => JobStatus::Queued,
            Self::Other(name) => JobStatus::Other(name.into()),
        }
    }
}

impl model::JobStatus<'_> {
    /// A copy that owns its text.
    pub fn into_owned(self) -> JobStatus {
        IntoOwned::into_owned(self)
    }
}
