//! The answer to the creation of a job.

use super::told::not_of;
use crate::resources::{Job, ObjectLinks};
use gapwise::{RawJson, View};

/// The answer to the creation of a job (schema `PostProfileImportJobResponse`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` |
/// | 2026-01-15 | `links`, optional |
/// | 2026-07-15 | `meta`, optional |
///
/// For what a revision requires of a job, see [`JobAttributes`](crate::views::JobAttributes) and the views in it.
/// Documents of all revisions from 2023-12-15 to 2026-07-15 are accepted.
///
/// ```
/// use jobview::{Arena, JobResponse, JobStatus, Parser};
///
/// let json = br#"{
///     "data": {
///         "type": "profile-bulk-import-job",
///         "id": "am9i",
///         "attributes": {
///             "status": "complete",
///             "created_at": "2026-09-04T13:40:00+00:00",
///             "total_count": 3,
///             "completed_count": null
///         },
///         "relationships": {"lists": {"data": [{"type": "list", "id": "YafG4m"}]}},
///         "links": {"self": "https://a.klaviyo.com/api/profile-bulk-import-jobs/am9i/"}
///     }
/// }"#;
/// let arena = Arena::new();
/// let response = Parser::<JobResponse>::new().parse(json, &arena)?;
///
/// let job = response.data;
/// assert_eq!(job.id, "am9i");
/// assert_eq!(job.attributes.status, JobStatus::Complete);
/// assert_eq!(job.attributes.completed_count, None);
/// assert_eq!(job.lists()[0].id, "YafG4m");
/// assert!(job.profiles().is_empty());
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobResponse", owned_derive(Eq, Hash), another_kind = not_of::response)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobResponse<'a> {
    /// The job.
    pub data: Job<'a>,
    /// Links of the document itself; `self` echoes the URL of the request.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}
