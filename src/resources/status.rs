//! The state of a job.

use gapwise::View;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The status of a job (schema `enum` of `status`).
///
/// All revisions of the API from 2023-12-15 to 2026-07-15 have the same four. A parser rejects any other, unless
/// [`Options::unknown_variants`](crate::Options::unknown_variants) says to keep it as [`Other`](Self::Other).
///
/// ```
/// use jobview::{Arena, JobResponse, JobStatus, Options, Parser, UnknownVariants};
///
/// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "am9i", "attributes": {"status": "failed",
///     "created_at": "2026-09-04T13:40:00+00:00", "total_count": 3}, "links": {"self": "/jobs/am9i/"}}}"#;
/// let arena = Arena::new();
/// assert!(Parser::<JobResponse>::new().parse(json, &arena).is_err());
///
/// let options = Options::new().unknown_variants(UnknownVariants::Keep);
/// let job = options.parser::<JobResponse>().parse(json, &arena)?.data;
/// assert_eq!(job.attributes.status, JobStatus::Other("failed"));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, View)]
#[view(rename_all = "lowercase", owned = "OwnedJobStatus", owned_derive(Eq, Hash, PartialOrd, Ord))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub enum JobStatus<'a> {
    /// Stopped before its end; it will not change any more.
    Cancelled,
    /// Done; it will not change any more.
    Complete,
    /// Being worked on.
    Processing,
    /// Waiting to be worked on.
    Queued,
    /// A status that the schema does not name: the text of the document. A parser never puts one of the four
    /// names here.
    #[view(unknown)]
    Other(&'a str),
}

impl JobStatus<'static> {
    /// Every status that the schema names, in its order.
    ///
    /// ```
    /// use jobview::JobStatus;
    ///
    /// let running = JobStatus::ALL.into_iter().filter(|status| !status.is_final());
    /// assert!(running.eq([JobStatus::Processing, JobStatus::Queued]));
    /// ```
    pub const ALL: [Self; 4] = [Self::Cancelled, Self::Complete, Self::Processing, Self::Queued];
}

impl<'a> JobStatus<'a> {
    /// The name as documents write it.
    ///
    /// ```
    /// use jobview::JobStatus;
    ///
    /// assert_eq!(JobStatus::Processing.as_str(), "processing");
    /// assert_eq!(JobStatus::Other("failed").as_str(), "failed");
    /// ```
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Complete => "complete",
            Self::Processing => "processing",
            Self::Queued => "queued",
            Self::Other(name) => name,
        }
    }

    /// Whether the job is known to have ended. A poller must stop on this, not on `Complete` alone: a cancelled job
    /// never completes. For a status that the schema does not name, nobody knows whether it is final: if you keep such
    /// statuses, also limit the time of waiting.
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

/// The status with this name: one of the four, or [`Other`](JobStatus::Other).
///
/// ```
/// use jobview::JobStatus;
///
/// assert_eq!(JobStatus::from("queued"), JobStatus::Queued);
/// assert_eq!(JobStatus::from("failed"), JobStatus::Other("failed"));
/// ```
impl<'a> From<&'a str> for JobStatus<'a> {
    fn from(name: &'a str) -> Self {
        let named = JobStatus::ALL.into_iter().find(|status| status.as_str() == name);
        named.unwrap_or(Self::Other(name))
    }
}

impl fmt::Display for JobStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl OwnedJobStatus {
    /// The status as a view.
    ///
    /// ```
    /// use jobview::{JobStatus, owned};
    ///
    /// let status = owned::JobStatus::Other("failed".into());
    /// assert_eq!(status.as_view(), JobStatus::Other("failed"));
    /// assert_eq!((status.as_str(), status.is_final()), ("failed", false));
    /// ```
    pub const fn as_view(&self) -> JobStatus<'_> {
        match self {
            Self::Cancelled => JobStatus::Cancelled,
            Self::Complete => JobStatus::Complete,
            Self::Processing => JobStatus::Processing,
            Self::Queued => JobStatus::Queued,
            Self::Other(name) => JobStatus::Other(name),
        }
    }

    /// The name as documents write it.
    ///
    /// ```
    /// use jobview::owned::JobStatus;
    ///
    /// assert_eq!(JobStatus::Processing.as_str(), "processing");
    /// assert_eq!(JobStatus::Other("failed".into()).as_str(), "failed");
    /// ```
    pub const fn as_str(&self) -> &str {
        self.as_view().as_str()
    }

    /// Whether the job is known to have ended; see [`JobStatus::is_final`].
    ///
    /// ```
    /// use jobview::owned::JobStatus;
    ///
    /// assert!(JobStatus::Cancelled.is_final());
    /// assert!(!JobStatus::Other("failed".into()).is_final());
    /// ```
    pub const fn is_final(&self) -> bool {
        self.as_view().is_final()
    }
}

/// Never fails, like `From<&str>` for [`JobStatus`].
///
/// ```
/// use jobview::owned::JobStatus;
///
/// assert_eq!("complete".parse(), Ok(JobStatus::Complete));
/// assert_eq!("failed".parse(), Ok(JobStatus::Other("failed".into())));
/// ```
impl FromStr for OwnedJobStatus {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(JobStatus::from(name).into_owned())
    }
}

impl fmt::Display for OwnedJobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
