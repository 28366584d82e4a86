//! One job, and the lists requested with it.

use super::told::not_of;
use crate::resources::{IncludedList, Job, ObjectLinks, SparseJob};
use gapwise::{RawJson, View};

/// One job and, if requested, the lists that it adds profiles to (schema
/// `GetProfileImportJobResponseCompoundDocument`; JSON:API, compound documents).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `included` |
/// | 2026-01-15 | `links`, optional |
/// | 2026-07-15 | `meta`, optional |
///
/// ```
/// use jobview::{Arena, JobCompound, Parser};
///
/// let json = br#"{
///     "data": {
///         "type": "profile-bulk-import-job",
///         "id": "am9i",
///         "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00+00:00", "total_count": 3},
///         "links": {"self": "https://a.klaviyo.com/api/profile-bulk-import-jobs/am9i/"}
///     },
///     "included": [{"type": "list", "id": "YafG4m", "attributes": {"name": "Newsletter"}}]
/// }"#;
/// let arena = Arena::new();
/// let compound = Parser::<JobCompound>::new().parse(json, &arena)?;
/// let list = compound.included.unwrap_or_default()[0];
/// assert_eq!((list.id, list.attributes.unwrap().name), ("YafG4m", Some("Newsletter")));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobCompound", owned_derive(Eq, Hash), another_kind = not_of::compound)]
#[view(
    sparse = "SparseJobCompound",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseJobCompound"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobCompound<'a> {
    /// The job.
    #[view(always, sparse = "SparseJob<'a>")]
    pub data: Job<'a>,
    /// The lists; `None` if they were not requested.
    #[view(not_null)]
    pub included: Option<&'a [IncludedList<'a>]>,
    /// Links of the document itself; `self` echoes the URL of the request.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}
