//! A coupon code, which is included with the job that creates it.

use super::{ObjectLinks, Timestamp};
use gapwise::View;

/// A code of a coupon (schema `CouponCodeResponseObjectResource`).
///
/// Revision 2026-07-15 also has `relationships`, which are skipped.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(constant("type", "coupon-code"), owned = "OwnedCouponCode")]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CouponCode<'a> {
    /// Its identifier: the coupon and the code, joined by a hyphen.
    pub id: &'a str,
    /// The code itself: the attributes that were requested.
    #[view(not_null)]
    pub attributes: Option<CouponCodeAttributes<'a>>,
    /// Where the code itself is found.
    #[view(not_null)]
    pub links: Option<ObjectLinks<'a>>,
}

/// The attributes of a coupon code. Revision 2026-07-15 has all members, and each may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(owned = "OwnedCouponCodeAttributes", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub struct CouponCodeAttributes<'a> {
    /// The text that a customer enters.
    pub unique_code: Option<&'a str>,
    /// When it expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// The state of the code.
    pub status: Option<CouponCodeStatus<'a>>,
}

/// The state of a coupon code (schema `enum` of `status`). A parser rejects any other, unless
/// [`Options::unknown_variants`](crate::Options::unknown_variants) says to keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
#[view(rename_all = "SCREAMING_SNAKE_CASE")]
#[view(owned = "OwnedCouponCodeStatus", owned_derive(Eq, Hash))]
#[cfg_attr(feature = "serde", view(serde))]
#[non_exhaustive]
pub enum CouponCodeStatus<'a> {
    /// Assigned to a profile.
    AssignedToProfile,
    /// It is being deleted.
    Deleting,
    /// It is being created.
    Processing,
    /// Not assigned to anybody.
    Unassigned,
    /// Somebody has used it.
    Used,
    /// The coupon has another version by now.
    VersionNotActive,
    /// A status that the schema does not name: the text of the document.
    #[view(unknown)]
    Other(&'a str),
}
