//! Their schemas are `PostCatalogVariantCreateJobResponse`,
//! `GetCatalogVariantCreateJobResponseCompoundDocument` and
//! `GetCatalogVariantCreateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogVariantBulkCreateJob "catalog-variant-bulk-create-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogVariantJobRelationships;
    included: CatalogVariant;
}
