//! The attributes and relationships of the bulk jobs that do not import profiles.

use super::{
    CatalogCategoryRelationship, CatalogItemRelationship, CatalogVariantRelationship,
    CouponCodeRelationship, ErrorSource, JobStatus, ListRelationship, SegmentRelationship,
    Timestamp,
};
use gapwise::View;

/// State and progress of a job that changes a catalog or creates coupon codes.
///
/// Revision 2026-07-15 has all members; `status`, `created_at` and `total_count` are always there, and the others may
/// be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedCatalogJobAttributes", owned_derive(Eq, Hash))]
#[view(
    sparse = "SparseCatalogJobAttributes",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseCatalogJobAttributes"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CatalogJobAttributes<'a> {
    /// Where the job is in its life.
    pub status: JobStatus<'a>,
    /// When the job was created.
    pub created_at: Timestamp<'a>,
    /// How many operations the job has.
    pub total_count: i64,
    /// How many operations have been completed.
    pub completed_count: Option<i64>,
    /// How many operations have failed.
    pub failed_count: Option<i64>,
    /// When the job was completed; `None` before.
    pub completed_at: Option<Timestamp<'a>>,
    /// What went wrong.
    pub errors: Option<&'a [JobError<'a>]>,
    /// When the job expires.
    pub expires_at: Option<Timestamp<'a>>,
}

/// State and progress of a job that suppresses profiles or ends their suppression.
///
/// Revision 2026-07-15 has all members; `status`, `created_at` and `total_count` are always there, and the others may
/// be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedSuppressionJobAttributes", owned_derive(Eq, Hash))]
#[view(
    sparse = "SparseSuppressionJobAttributes",
    sparse_derive(Eq, Hash),
    sparse_owned = "OwnedSparseSuppressionJobAttributes"
)]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct SuppressionJobAttributes<'a> {
    /// Where the job is in its life.
    pub status: JobStatus<'a>,
    /// When the job was created.
    pub created_at: Timestamp<'a>,
    /// How many profiles the job is for.
    pub total_count: i64,
    /// How many profiles have been processed.
    pub completed_count: Option<i64>,
    /// When the job was completed; `None` before.
    pub completed_at: Option<Timestamp<'a>>,
    /// How many profiles have been skipped because there was nothing to do.
    pub skipped_count: Option<i64>,
}

/// What went wrong with one operation of a job (schema `APIJobErrorPayload`). Revision 2026-07-15 requires all members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedJobError", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct JobError<'a> {
    /// Unique identifier of the error.
    pub id: &'a str,
    /// A code for programs to tell sorts of errors apart.
    pub code: &'a str,
    /// The sort of the error, for people.
    pub title: &'a str,
    /// What went wrong this time, for people.
    pub detail: &'a str,
    /// Which part of the request was the cause.
    pub source: ErrorSource<'a>,
}

/// Declares the relationships of jobs. No relationship is required.
macro_rules! relationships {
    ($(
        $(#[$about:meta])*
        $relationships:ident $owned:literal {
            $($(#[$about_one:meta])* $name:ident: $relationship:ident,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(owned = $owned, owned_derive(Eq, Hash))]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct $relationships<'a> {
            $($(#[$about_one])* #[view(not_null)] pub $name: Option<$relationship<'a>>,)*
        }
    )*};
}

relationships! {
    /// The relationships of a job with catalog items.
    CatalogItemJobRelationships "OwnedCatalogItemJobRelationships" {
        /// The items.
        items: CatalogItemRelationship,
    }

    /// The relationships of a job with variants of items.
    CatalogVariantJobRelationships "OwnedCatalogVariantJobRelationships" {
        /// The variants.
        variants: CatalogVariantRelationship,
    }

    /// The relationships of a job with categories.
    CatalogCategoryJobRelationships "OwnedCatalogCategoryJobRelationships" {
        /// The categories.
        categories: CatalogCategoryRelationship,
    }

    /// The relationships of a job with coupon codes.
    CouponCodeJobRelationships "OwnedCouponCodeJobRelationships" {
        /// The codes (member `coupon-codes`).
        #[view(rename = "coupon-codes")]
        coupon_codes: CouponCodeRelationship,
    }

    /// The relationships of a job that suppresses profiles or ends their suppression.
    SuppressionJobRelationships "OwnedSuppressionJobRelationships" {
        /// The lists whose profiles the job is for.
        lists: ListRelationship,
        /// The segments whose profiles the job is for.
        segments: SegmentRelationship,
    }
}
