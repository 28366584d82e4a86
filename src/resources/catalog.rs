//! Catalog resources, which are included with the jobs that create or update them.

use super::{ObjectLinks, Timestamp};
use gapwise::{RawJson, View};

/// Declares the resources of a catalog. They differ only in their attributes.
macro_rules! resources {
    ($($(#[$about:meta])* $resource:ident $owned:literal of $type:literal with $attributes:ident;)*) => {$(
        $(#[$about])*
        ///
        /// Revision 2026-07-15 also has `relationships`, which are skipped.
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(constant("type", $type), owned = $owned)]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $resource<'a> {
            /// Its identifier: the origin of the catalog, its name, and the `external_id`, joined by `:::`.
            pub id: &'a str,
            /// Its attributes, as far as they were requested.
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

/// The attributes of a catalog item. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogItemAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogItemAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// The name shown to people.
    pub title: Option<&'a str>,
    /// What it costs, in the currency of the account.
    pub price: Option<f64>,
    /// The URL of the page that shows it.
    pub url: Option<&'a str>,
    /// An image of it.
    pub image_full_url: Option<&'a str>,
    /// A small image of it.
    pub image_thumbnail_url: Option<&'a str>,
    /// Further images of it.
    pub images: Option<&'a [&'a str]>,
    /// Further data: an object with any members.
    pub custom_metadata: Option<&'a [(&'a str, RawJson<'a>)]>,
    /// Whether it is shown.
    pub published: Option<bool>,
    /// When it was created.
    pub created: Option<Timestamp<'a>>,
    /// When it was last changed.
    pub updated: Option<Timestamp<'a>>,
}

/// The attributes of a variant of an item. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogVariantAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogVariantAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// The name shown to people.
    pub title: Option<&'a str>,
    /// The stock keeping unit.
    pub sku: Option<&'a str>,
    /// When the variant is no longer shown: with 1, when none is left; with 0 and 2, never. The schema names no other
    /// number; others are accepted.
    pub inventory_policy: Option<i64>,
    /// How many are left.
    pub inventory_quantity: Option<f64>,
    /// What it costs, in the currency of the account.
    pub price: Option<f64>,
    /// The URL of the page that shows it.
    pub url: Option<&'a str>,
    /// An image of it.
    pub image_full_url: Option<&'a str>,
    /// A small image of it.
    pub image_thumbnail_url: Option<&'a str>,
    /// Further images of it.
    pub images: Option<&'a [&'a str]>,
    /// Further data: an object with any members.
    pub custom_metadata: Option<&'a [(&'a str, RawJson<'a>)]>,
    /// Whether it is shown.
    pub published: Option<bool>,
    /// When it was created.
    pub created: Option<Timestamp<'a>>,
    /// When it was last changed.
    pub updated: Option<Timestamp<'a>>,
}

/// The attributes of a category. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(owned = "OwnedCatalogCategoryAttributes")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogCategoryAttributes<'a> {
    /// Its identifier in the system that the catalog comes from.
    pub external_id: Option<&'a str>,
    /// The name shown to people.
    pub name: Option<&'a str>,
    /// When it was last changed.
    pub updated: Option<Timestamp<'a>>,
}
