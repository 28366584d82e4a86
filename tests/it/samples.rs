//! Documents of every kind with all their members, to begin with.
//!
//! Must not know what is done with them; also part of the tests of serde.

use jobview::DocumentKind;

pub(crate) const JOB: &str = r#"{"type":"profile-bulk-import-job","id":"j1","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00+00:00","total_count":3,"completed_count":0,"completed_at":null},"relationships":{"lists":{"data":[{"type":"list","id":"l1"},{"type":"list","id":"l2"}],"links":{"self":"s","related":"r"}}},"links":{"self":"j"}}"#;
pub(crate) const OTHER_JOB: &str = r#"{"links":{"self":"\/k"},"id":"j\u0032","attributes":{"total_count":4,"created_at":"t","status":"complete","started_at":"u"},"relationships":{"profiles":{"data":[{"id":"p1","type":"profile"}]}},"type":"profile-bulk-import-job"}"#;
pub(crate) const BARE_JOB: &str =
    r#"{"type":"profile-bulk-import-job","id":"j3","links":{"self":"b"}}"#;
pub(crate) const LIST: &str = r#"{"type":"list","id":"l1","attributes":{"name":"News\n","created":"c","updated":null,"opt_in_process":"single_opt_in"},"relationships":{"tags":{}},"links":{"self":"l"}}"#;
pub(crate) const IMPORT_ERROR: &str = r#"{"type":"import-error","id":"e1","attributes":{"code":"invalid","title":"Invalid input.","detail":"No","source":{"pointer":"/data"},"original_payload":{"email" : [1e400,"\ud83d\ude00",null]}},"links":{"self":"e"}}"#;
pub(crate) const SPARSE_ERROR: &str =
    r#"{"type":"import-error","id":"e2","attributes":{"code":"c","original_payload":null}}"#;
pub(crate) const PAGE_LINKS: &str =
    r#"{"self":"/p","first":"/1","last":"/9","prev":null,"next":"/2"}"#;
pub(crate) const ERROR: &str = r#"{"id":"d2ef","status":404,"code":"not_found","title":"Not found.","detail":"Invalid job id","source":{"pointer":"/data/"},"links":{},"meta":{"x":1}}"#;

/// A document of each kind, with all members.
pub(crate) fn documents() -> [(DocumentKind, String); 6] {
    [
        (DocumentKind::Response, format!(r#"{{"data":{JOB},"links":{{"self":"d"}},"meta":[1]}}"#)),
        (
            DocumentKind::Compound,
            format!(r#"{{"data":{JOB},"included":[{LIST},{{"type":"list","id":"l2"}}],"links":{{"self":"d"}},"meta":"m"}}"#),
        ),
        (
            DocumentKind::Page,
            format!(r#"{{"data":[{JOB},{OTHER_JOB},{JOB}],"included":[{LIST}],"links":{PAGE_LINKS},"meta":-0}}"#),
        ),
        (
            DocumentKind::ImportErrors,
            format!(r#"{{"data":[{IMPORT_ERROR}],"links":{PAGE_LINKS},"meta":null}}"#),
        ),
        (
            DocumentKind::Identifiers,
            r#"{"data":[{"type":"profile","id":"p1"},{"type":"profile","id":"p2"}],"links":{"self":"/p"},"meta":{"a":{}}}"#.to_owned(),
        ),
        (DocumentKind::Errors, format!(r#"{{"errors":[{ERROR},{{"code":"c","title":"t","detail":"d"}}],"meta":true}}"#)),
    ]
}

/// What tells the documents of one kind from those of another.
pub(crate) struct Sort {
    pub(crate) kind: DocumentKind,
    /// The relationships, and the types of what is in them.
    pub(crate) related: &'static [(&'static str, &'static str)],
    /// What may be included, without its braces, `type` and `id`.
    pub(crate) included: Option<&'static str>,
}

const ITEM: &str = r#""attributes":{"external_id":"1","title":"Hat\n","price":19.99,"url":"u","image_full_url":null,
    "image_thumbnail_url":"t","images":["i","\u006a"],"custom_metadata":{"size":[1,2],"size":"L"},"published":true,
    "created":"c","updated":null},"relationships":{"variants":7},"links":{"self":"i"}"#;
const VARIANT: &str = r#""attributes":{"external_id":"1","title":"Hat","sku":"H","inventory_policy":1,
    "inventory_quantity":-2.5e1,"price":null,"url":"u","image_full_url":"f","image_thumbnail_url":null,"images":[],
    "custom_metadata":{},"published":false,"created":"c","updated":"u"},"links":{"self":"i"}"#;
const CATEGORY: &str =
    r#""attributes":{"external_id":"1","name":"Hats","updated":"u"},"links":{"self":"i"}"#;
const COUPON_CODE: &str =
    r#""attributes":{"unique_code":"X","expires_at":null,"status":"USED"},"links":{"self":"i"}"#;

const ITEMS: &[(&str, &str)] = &[("items", "catalog-item")];
const VARIANTS: &[(&str, &str)] = &[("variants", "catalog-variant")];
const CATEGORIES: &[(&str, &str)] = &[("categories", "catalog-category")];
const COUPON_CODES: &[(&str, &str)] = &[("coupon-codes", "coupon-code")];
const AUDIENCE: &[(&str, &str)] = &[("lists", "list"), ("segments", "segment")];

/// Calls a macro with each of them: the kind, its module, what it is related to, and what may be included.
macro_rules! with_every_sort {
    ($macro:ident) => {
        $macro! {
            CatalogItemBulkCreateJob catalog_item_bulk_create_job ITEMS Some(ITEM);
            CatalogItemBulkUpdateJob catalog_item_bulk_update_job ITEMS Some(ITEM);
            CatalogItemBulkDeleteJob catalog_item_bulk_delete_job ITEMS None;
            CatalogVariantBulkCreateJob catalog_variant_bulk_create_job VARIANTS Some(VARIANT);
            CatalogVariantBulkUpdateJob catalog_variant_bulk_update_job VARIANTS Some(VARIANT);
            CatalogVariantBulkDeleteJob catalog_variant_bulk_delete_job VARIANTS None;
            CatalogCategoryBulkCreateJob catalog_category_bulk_create_job CATEGORIES Some(CATEGORY);
            CatalogCategoryBulkUpdateJob catalog_category_bulk_update_job CATEGORIES Some(CATEGORY);
            CatalogCategoryBulkDeleteJob catalog_category_bulk_delete_job CATEGORIES None;
            CouponCodeBulkCreateJob coupon_code_bulk_create_job COUPON_CODES Some(COUPON_CODE);
            ProfileSuppressionBulkCreateJob profile_suppression_bulk_create_job AUDIENCE None;
            ProfileSuppressionBulkDeleteJob profile_suppression_bulk_delete_job AUDIENCE None;
        }
    };
}

pub(crate) use with_every_sort;

macro_rules! sorts {
    ($($kind:ident $module:ident $related:ident $included:expr;)*) => {
        /// All of them.
        pub(crate) const SORTS: &[Sort] = &[$(
            Sort { kind: DocumentKind::$kind, related: $related, included: $included },
        )*];
    };
}

with_every_sort!(sorts);

impl Sort {
    pub(crate) fn is_suppression(&self) -> bool {
        self.related == AUDIENCE
    }

    pub(crate) fn attributes(&self) -> &'static str {
        match self.is_suppression() {
            false => {
                r#"{"status":"complete","created_at":"2026-09-04T13:40:00+00:00","total_count":5,"completed_count":3,"failed_count":2,"completed_at":null,"errors":[{"id":"e","code":"c","title":"t","detail":"d","source":{"pointer":"/data"}}],"expires_at":"x"}"#
            }
            true => {
                r#"{"status":"complete","created_at":"2026-09-04T13:40:00+00:00","total_count":5,"completed_count":3,"completed_at":null,"skipped_count":1}"#
            }
        }
    }

    /// A job with all members.
    pub(crate) fn job(&self) -> String {
        let related = self.related.iter().map(|(name, of)| {
            format!(r#""{name}":{{"data":[{{"type":"{of}","id":"a"}},{{"type":"{of}","id":"b"}}],"links":{{"self":"s","related":"r"}}}}"#)
        });
        let (kind, attributes) = (self.kind, self.attributes());
        let related = related.collect::<Vec<_>>().join(",");
        format!(
            r#"{{"type":"{kind}","id":"j","attributes":{attributes},"relationships":{{{related}}},"links":{{"self":"l"}}}}"#
        )
    }

    /// A job of which nothing was asked for.
    pub(crate) fn bare_job(&self) -> String {
        format!(r#"{{"type":"{}","id":"k","links":{{"self":"l"}}}}"#, self.kind)
    }

    pub(crate) fn included(&self) -> String {
        let of = self.related[0].1;
        self.included.map_or_else(String::new, |first| {
            format!(
                r#""included":[{{"type":"{of}","id":"a",{first}}},{{"id":"b","type":"{of}"}}],"#
            )
        })
    }

    /// One job, with all members.
    pub(crate) fn response(&self) -> String {
        let (job, included) = (self.job(), self.included());
        format!(r#"{{"data":{job},{included}"links":{{"self":"d"}},"meta":[1]}}"#)
    }

    /// Two jobs, with all members.
    pub(crate) fn page(&self) -> String {
        let (job, included) = (self.job(), self.included());
        format!(
            r#"{{"data":[{job},{job}],{included}"links":{{"self":"p","next":"n","prev":null}},"meta":{{}}}}"#
        )
    }
}
