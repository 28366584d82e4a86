//! Links: where resources and pages are found.

use gapwise::View;

/// Links of a resource or document (`ObjectLinks`). The same in all revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedObjectLinks", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ObjectLinks<'a> {
    /// The URI of the resource itself (member `self`).
    #[view(rename = "self")]
    pub self_: &'a str,
}

/// Links of a relationship (`RelationshipLinks`). The same in all revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedRelationshipLinks", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct RelationshipLinks<'a> {
    /// The URI of the relationship itself (member `self`).
    #[view(rename = "self")]
    pub self_: &'a str,
    /// The URI of the related resources.
    pub related: &'a str,
}

/// Links of a relationship without a URI of its own (`OnlyRelatedLinks`), like the one to import errors since
/// 2024-05-15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedRelatedLinks", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct RelatedLinks<'a> {
    /// The URI of the related resources.
    pub related: &'a str,
}

/// Links of one page of a collection (`CollectionLinks`; JSON:API, pagination).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | all members; only `self` is required |
/// | 2026-04-15 | no `first` and `last` any more; they are still accepted |
///
/// No revision says that a link may be `null`, but the API sends `null` if there is no such page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedPageLinks", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct PageLinks<'a> {
    /// The URI of the page itself (member `self`); it echoes the URL of the request.
    #[view(rename = "self")]
    pub self_: &'a str,
    /// The URI of the first page, if there is one.
    pub first: Option<&'a str>,
    /// The URI of the last page.
    pub last: Option<&'a str>,
    /// The URI of the previous page; `None` on the first page.
    pub prev: Option<&'a str>,
    /// The URI of the next page; `None` on the last page.
    pub next: Option<&'a str>,
}
