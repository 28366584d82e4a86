//! A bulk job of any kind as plain data: the members that all jobs have, and those that only some have.

use super::*;

/// A bulk job of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AnyJob<'a> {
    /// Its `type`.
    pub resource_type: &'static str,
    /// Its identifier.
    pub id: &'a str,
    /// State and progress.
    pub attributes: AnyJobAttributes<'a>,
    /// What it is related to.
    pub related: AnyRelated<'a>,
    /// Where the job itself is found.
    pub links: ObjectLinks<'a>,
}

/// State and progress of a bulk job. `None` if this kind of job does not have the member, if the member was not
/// requested, or if it is `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AnyJobAttributes<'a> {
    /// Where the job is in its life.
    pub status: Option<JobStatus<'a>>,
    /// When the job was created.
    pub created_at: Option<Timestamp<'a>>,
    /// How many operations the job has.
    pub total_count: Option<i64>,
    /// How many operations have been completed.
    pub completed_count: Option<i64>,
    /// How many operations have failed.
    pub failed_count: Option<i64>,
    /// How many operations have been skipped.
    pub skipped_count: Option<i64>,
    /// When the job began to be processed; `None` before.
    pub started_at: Option<Timestamp<'a>>,
    /// When the job was completed; `None` before.
    pub completed_at: Option<Timestamp<'a>>,
    /// When the job expires.
    pub expires_at: Option<Timestamp<'a>>,
    /// What went wrong, if the job itself says so.
    pub errors: Option<&'a [JobError<'a>]>,
}

/// What a bulk job is related to. `None` if this kind of job does not have the relationship, or if the document does not
/// list its identifiers; an empty slice if it says that there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AnyRelated<'a> {
    /// Lists.
    pub lists: Option<&'a [ListIdentifier<'a>]>,
    /// Profiles.
    pub profiles: Option<&'a [ProfileIdentifier<'a>]>,
    /// Import errors.
    pub import_errors: Option<&'a [ImportErrorIdentifier<'a>]>,
    /// Items of a catalog.
    pub items: Option<&'a [CatalogItemIdentifier<'a>]>,
    /// Variants of items.
    pub variants: Option<&'a [CatalogVariantIdentifier<'a>]>,
    /// Categories of items.
    pub categories: Option<&'a [CatalogCategoryIdentifier<'a>]>,
    /// Codes of coupons.
    pub coupon_codes: Option<&'a [CouponCodeIdentifier<'a>]>,
    /// Segments.
    pub segments: Option<&'a [SegmentIdentifier<'a>]>,
}

/// What is included with jobs. A slice is empty if this kind of job cannot include such resources, or if they were not
/// requested.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Included<'a> {
    /// Lists that the profiles are added to.
    pub lists: &'a [IncludedList<'a>],
    /// Items of a catalog.
    pub items: &'a [CatalogItem<'a>],
    /// Variants of items.
    pub variants: &'a [CatalogVariant<'a>],
    /// Categories of items.
    pub categories: &'a [CatalogCategory<'a>],
    /// Codes of coupons.
    pub coupon_codes: &'a [CouponCode<'a>],
}

/// Converts attributes. The first three are always there in a view, and all of them may be absent in its sparse twin.
macro_rules! attributes {
    ($($attributes:ident $sparse:ident: $($optional:ident)*;)*) => {$(
        impl<'a> From<$attributes<'a>> for AnyJobAttributes<'a> {
            fn from(attributes: $attributes<'a>) -> Self {
                Self {
                    status: Some(attributes.status),
                    created_at: Some(attributes.created_at),
                    total_count: Some(attributes.total_count),
                    $($optional: attributes.$optional,)*
                    ..Self::default()
                }
            }
        }

        impl<'a> From<$sparse<'a>> for AnyJobAttributes<'a> {
            fn from(attributes: $sparse<'a>) -> Self {
                Self {
                    status: attributes.status,
                    created_at: attributes.created_at,
                    total_count: attributes.total_count,
                    $($optional: attributes.$optional,)*
                    ..Self::default()
                }
            }
        }
    )*};
}

attributes! {
    JobAttributes SparseJobAttributes:
        completed_count failed_count started_at completed_at expires_at;
    CatalogJobAttributes SparseCatalogJobAttributes:
        completed_count failed_count completed_at expires_at errors;
    SuppressionJobAttributes SparseSuppressionJobAttributes:
        completed_count skipped_count completed_at;
}

/// Converts relationships, each of which may be absent.
macro_rules! related {
    ($($relationships:ident: $($name:ident)*;)*) => {$(
        impl<'a> From<$relationships<'a>> for AnyRelated<'a> {
            fn from(relationships: $relationships<'a>) -> Self {
                Self {
                    $($name: relationships.$name.and_then(|it| it.data),)*
                    ..Self::default()
                }
            }
        }
    )*};
}

related! {
    JobRelationships: lists profiles import_errors;
    CatalogItemJobRelationships: items;
    CatalogVariantJobRelationships: variants;
    CatalogCategoryJobRelationships: categories;
    CouponCodeJobRelationships: coupon_codes;
    SuppressionJobRelationships: lists segments;
}

/// Converts lists of included resources.
macro_rules! included {
    ($($name:ident: $resource:ident;)*) => {$(
        impl<'a> From<Option<&'a [$resource<'a>]>> for Included<'a> {
            fn from(included: Option<&'a [$resource<'a>]>) -> Self {
                Self { $name: included.unwrap_or_default(), ..Self::default() }
            }
        }
    )*};
}

included! {
    lists: IncludedList;
    items: CatalogItem;
    variants: CatalogVariant;
    categories: CatalogCategory;
    coupon_codes: CouponCode;
}

/// Converts jobs of one kind.
macro_rules! any_job {
    ($($type:literal: $($job:ident)*;)*) => {$($(
        impl<'a> From<&$job<'a>> for AnyJob<'a> {
            fn from(job: &$job<'a>) -> Self {
                Self {
                    resource_type: $type,
                    id: job.id,
                    attributes: job.attributes.into(),
                    related: job.relationships.map(AnyRelated::from).unwrap_or_default(),
                    links: job.links,
                }
            }
        }
    )*)*};
}
pub(crate) use any_job;

any_job! {
    "profile-bulk-import-job": Job SparseJob;
}
