//! Their schemas are `PostCatalogVariantDeleteJobResponse`,
//! `GetCatalogVariantDeleteJobResponse` and
//! `GetCatalogVariantDeleteJobResponseCollection`.

bulk_job! {
    CatalogVariantBulkDeleteJob "catalog-variant-bulk-delete-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogVariantJobRelationships;
}
