//! Their schemas are `PostCouponCodeCreateJobResponse`,
//! `GetCouponCodeCreateJobResponseCompoundDocument` and
//! `GetCouponCodeCreateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CouponCodeBulkCreateJob "coupon-code-bulk-create-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CouponCodeJobRelationships;
    included: CouponCode;
}
