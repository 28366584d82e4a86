//! Relationships, and the types and URLs of resources.

use crate::document::Item;

/// The prefix of every link about imports.
pub(crate) const JOBS: &str = "https://a.klaviyo.com/api/profile-bulk-import-jobs";

/// The type of an import job.
pub(super) const JOB: &str = "profile-bulk-import-job";

/// The links of a relationship of the resource at a URL, which must end with a slash.
pub(super) fn relationship_links(resource: &str, name: &str) -> Item {
    Item::object([
        ("self", format!("{resource}relationships/{name}/").into()),
        ("related", format!("{resource}{name}/").into()),
    ])
}

pub(super) fn identifiers_of(kind: &'static str, ids: Vec<String>) -> Item {
    ids.into_iter().map(|id| Item::identifier(kind, id)).collect::<Vec<_>>().into()
}
