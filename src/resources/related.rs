//! What jobs are related to: resource identifiers (JSON:API), which have a `type`, an `id` and nothing else.

use super::{RelatedLinks, RelationshipLinks};
use gapwise::View;

/// Declares the identifiers of resources of one type, and the relationship to them.
macro_rules! related {
    ($(
        $(#[$about:meta])*
        $identifier:ident $owned_identifier:literal of $type:literal;
        $(#[$about_relationship:meta])*
        $relationship:ident $owned_relationship:literal with $links:ident;
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(constant("type", $type), owned = $owned_identifier, owned_derive(Eq, Hash))]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $identifier<'a> {
            /// The identifier.
            pub id: &'a str,
        }

        $(#[$about_relationship])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(owned = $owned_relationship, owned_derive(Eq, Hash))]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $relationship<'a> {
            /// Identifiers of the related resources, in the order of the document. `None` if the document does not list
            /// them; an empty slice if it says that there are none.
            #[view(not_null)]
            pub data: Option<&'a [$identifier<'a>]>,
            /// Where the relationship and its resources are found.
            #[view(not_null)]
            pub links: Option<$links<'a>>,
        }
    )*};
}

related! {
    /// A list that profiles are added to: 6 letters and digits.
    ListIdentifier "OwnedListIdentifier" of "list";
    /// The relationship to lists, with links to itself and to them.
    ///
    /// | revision | brought |
    /// |---|---|
    /// | 2023-12-15 | `data`, always there, and `links` |
    /// | 2024-05-15 | `data` is optional |
    ListRelationship "OwnedListRelationship" with RelationshipLinks;

    /// A profile that was created or updated: a ULID.
    ProfileIdentifier "OwnedProfileIdentifier" of "profile";
    /// The relationship to profiles, with links to itself and to them.
    ///
    /// | revision | brought |
    /// |---|---|
    /// | 2023-12-15 | `data`, always there, and `links`; in its later text `data` only for a job that was posted |
    /// | 2024-05-15 | `data` is optional |
    /// | 2026-04-15 | `data` again |
    ProfileRelationship "OwnedProfileRelationship" with RelationshipLinks;

    /// An error met during the import: a UUID.
    ImportErrorIdentifier "OwnedImportErrorIdentifier" of "import-error";
    /// The relationship to import errors, which has a link to them only.
    ///
    /// | revision | brought |
    /// |---|---|
    /// | 2023-12-15 | `data`, always there, and `links`, whose link to itself is skipped; in its later text `data` only for a job that was posted |
    /// | 2024-05-15 | `data` is optional, and there is no link to itself |
    /// | 2026-04-15 | `data` again |
    ImportErrorRelationship "OwnedImportErrorRelationship" with RelatedLinks;

    /// An item of a catalog: `$custom:::$default:::SAMPLE-DATA-ITEM-1`, for example.
    CatalogItemIdentifier "OwnedCatalogItemIdentifier" of "catalog-item";
    /// The relationship to items of a catalog.
    CatalogItemRelationship "OwnedCatalogItemRelationship" with RelationshipLinks;

    /// A variant of an item of a catalog.
    CatalogVariantIdentifier "OwnedCatalogVariantIdentifier" of "catalog-variant";
    /// The relationship to variants of items.
    CatalogVariantRelationship "OwnedCatalogVariantRelationship" with RelationshipLinks;

    /// A category of a catalog.
    CatalogCategoryIdentifier "OwnedCatalogCategoryIdentifier" of "catalog-category";
    /// The relationship to categories.
    CatalogCategoryRelationship "OwnedCatalogCategoryRelationship" with RelationshipLinks;

    /// A code of a coupon: the coupon and the code, joined by a hyphen.
    CouponCodeIdentifier "OwnedCouponCodeIdentifier" of "coupon-code";
    /// The relationship to codes of coupons.
    CouponCodeRelationship "OwnedCouponCodeRelationship" with RelationshipLinks;

    /// A segment of profiles: 6 letters and digits.
    SegmentIdentifier "OwnedSegmentIdentifier" of "segment";
    /// The relationship to segments.
    SegmentRelationship "OwnedSegmentRelationship" with RelationshipLinks;
}
