//! Their schemas are `PostCatalogVariantUpdateJobResponse`,
//! `GetCatalogVariantUpdateJobResponseCompoundDocument` and
//! `GetCatalogVariantUpdateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogVariantBulkUpdateJob "catalog-variant-bulk-update-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogVariantJobRelationships;
    included: CatalogVariant;
}
