//! A page of jobs.

use super::told::not_of;
use crate::resources::{IncludedList, Job, PageLinks, SparseJob};
use gapwise::{RawJson, View};

/// A page of jobs, 100 at most (schema `GetProfileImportJobResponseCollectionCompoundDocument`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `links` |
/// | 2024-07-15 | `links` are optional |
/// | 2026-07-15 | `meta`, optional |
///
/// No revision has `included`; JSON:API has it for lists that were requested.
///
/// ```
/// use jobview::{Arena, JobPage, Parser};
///
/// let json = br#"{"data": [], "links": {"self": "/api/profile-bulk-import-jobs", "next": null}}"#;
/// let arena = Arena::new();
/// let page = Parser::<JobPage>::new().parse(json, &arena)?;
/// assert!(page.data.is_empty() && page.next().is_none());
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobPage", owned_derive(Eq, Hash), another_kind = not_of::page)]
#[view(sparse = "SparseJobPage", sparse_derive(Eq, Hash), sparse_owned = "OwnedSparseJobPage")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobPage<'a> {
    /// The jobs, in the order of the document.
    #[view(always, sparse = "&'a [SparseJob<'a>]")]
    pub data: &'a [Job<'a>],
    /// The lists that the jobs add profiles to; `None` if they were not requested.
    #[view(not_null)]
    pub included: Option<&'a [IncludedList<'a>]>,
    /// Where the page and its neighbours are found.
    #[view(not_null)]
    pub links: Option<PageLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}
