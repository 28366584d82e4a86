//! A coupon code, which is included with the job that creates it.

use super::{ObjectLinks, Timestamp};
use gapwise::View;

/// A code of a coupon (schema `CouponCodeResponseObjectResource`).
///
/// Revision 2026-07-15 has `relationships`, too, which are passed over.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant("type", "coupon-code"), owned = "OwnedCouponCode")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CouponCode<'a> {
    /// Its identifier: the coupon and the code, joined by a hyphen.
    pub id: &'a str,
    /// What it is; of this, what was asked for.
    #[view(not_null)]
    pub attributes: Option<CouponCodeAttributes<'a>>,
    /// Where the code itself is found.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
}

/// What a code of a coupon is. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedCouponCodeAttributes", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CouponCodeAttributes<'a> {
    /// What a customer enters.
    pub unique_code: Option<&'a str>,
    /// When it expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// What has become of it.
    pub status: Option<CouponCodeStatus<'a>>,
}

/// What has become of a code (schema `enum` of `status`). A parser rejects any other, unless
/// [`Options::unknown_variants`](crate::Options::unknown_variants) has it kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(rename_all = "SCREAMING_SNAKE_CASE")]
#[view(owned = "OwnedCouponCodeStatus", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub enum CouponCodeStatus<'a> {
    /// A profile has it.
    AssignedToProfile,
    /// It is being deleted.
    Deleting,
    /// It is being created.
    Processing,
    /// Nobody has it.
    Unassigned,
    /// Somebody has used it.
    Used,
    /// Its coupon has another version by now.
    VersionNotActive,
    /// A status that the schema does not name: the text of the document.
    #[view(unknown)]
    Other(&'a str),
}
