//! Catalog resources, which are included with the jobs that create or update them.

use super::{ObjectLinks, Timestamp};
use gapwise::{RawJson, View};

/// Declares resources of a catalog. All of them have the same members, but for their attributes.
macro_rules! resources {
    ($($(#[$about:meta])* $resource:ident $owned:literal of $type:literal with $attributes:ident;)*) => {$(
        $(#[$about])*
        ///
        /// Revision 2026-07-15 has `relationships`, too, which are passed over.
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(constant("type", $type), owned = $owned)]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $resource<'a> {
            /// Its identifier: where the catalog comes from, its name, and the `external_id`, joined by `:::`.
            pub id: &'a str,
            /// What it is; of this, what was asked for.
            #[view(not_null)]
            pub attributes: Option<$attributes<'a>>,
            /// Where the resource itself is found.
            #[view(not_null)]
            pub links: Option<ObjectLinks<'a>>,
        }
    )*};
}

resources! {
    /// An item of a catalog (schema `CatalogItemResponseObjectResource`).
    CatalogItem "OwnedCatalogItem" of "catalog-item" with CatalogItemAttributes;
    /// A variant of an item (schema `CatalogVariantResponseObjectResource`).
    CatalogVariant "OwnedCatalogVariant" of "catalog-variant" with CatalogVariantAttributes;
    /// A category of items (schema `CatalogCategoryResponseObjectResource`).
    CatalogCategory "OwnedCatalogCategory" of "catalog-category" with CatalogCategoryAttributes;
}

/// What an item of a catalog is. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogItemAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogItemAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// What people call it.
    pub title: Option<&'a str>,
    /// What it costs, in the currency of the account.
    pub price: Option<f64>,
    /// Where it is shown.
    pub url: Option<&'a str>,
    /// An image of it.
    pub image_full_url: Option<&'a str>,
    /// A small image of it.
    pub image_thumbnail_url: Option<&'a str>,
    /// Further images of it.
    pub images: Option<&'a [&'a str]>,
    /// What else is said of it: an object with any members.
    pub custom_metadata: Option<&'a [(&'a str, RawJson<'a>)]>,
    /// Whether it is shown.
    pub published: Option<bool>,
    /// When it was created.
    pub created: Option<Timestamp<'a>>,
    /// When it was changed last.
    pub updated: Option<Timestamp<'a>>,
}

/// What a variant of an item is. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogVariantAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogVariantAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// What people call it.
    pub title: Option<&'a str>,
    /// The stock keeping unit.
    pub sku: Option<&'a str>,
    /// When it is no longer shown: 1 where nothing is left of it, 0 and 2 never. The schema names no other number; others
    /// are accepted.
    pub inventory_policy: Option<i64>,
    /// How much is left of it.
    pub inventory_quantity: Option<f64>,
    /// What it costs, in the currency of the account.
    pub price: Option<f64>,
    /// Where it is shown.
    pub url: Option<&'a str>,
    /// An image of it.
    pub image_full_url: Option<&'a str>,
    /// A small image of it.
    pub image_thumbnail_url: Option<&'a str>,
    /// Further images of it.
    pub images: Option<&'a [&'a str]>,
    /// What else is said of it: an object with any members.
    pub custom_metadata: Option<&'a [(&'a str, RawJson<'a>)]>,
    /// Whether it is shown.
    pub published: Option<bool>,
    /// When it was created.
    pub created: Option<Timestamp<'a>>,
    /// When it was changed last.
    pub updated: Option<Timestamp<'a>>,
}

/// What a category is. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogCategoryAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogCategoryAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// What people call it.
    pub name: Option<&'a str>,
    /// When it was changed last.
    pub updated: Option<Timestamp<'a>>,
}
