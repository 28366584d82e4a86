//! A list that profiles are added to.

use super::{ObjectLinks, Timestamp};
use gapwise::View;

/// A resource of the type `list`, included with the jobs that add profiles to it (schema
/// `ListResponseObjectResource`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | all members |
/// | 2026-04-15 | `relationships`, which are skipped |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedIncludedList", owned_derive(Eq, Hash), constant("type", "list"))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct IncludedList<'a> {
    /// Unique identifier of the list: 6 letters and digits as a rule.
    pub id: &'a str,
    /// Its name and history, as far as they were requested.
    #[view(not_null)]
    pub attributes: Option<ListAttributes<'a>>,
    /// Where the list itself is found.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
}

/// Name and history of a list.
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `name`, `created` and `updated`; in its later text `opt_in_process` |
/// | 2024-02-15 | all of them may be `null` |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedListAttributes", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct ListAttributes<'a> {
    /// The name shown to people.
    pub name: Option<&'a str>,
    /// When it was created.
    pub created: Option<Timestamp<'a>>,
    /// When it was last changed.
    pub updated: Option<Timestamp<'a>>,
    /// How people confirm that they want to be on it: `single_opt_in` or `double_opt_in`.
    pub opt_in_process: Option<&'a str>,
}
