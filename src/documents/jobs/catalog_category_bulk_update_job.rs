//! Their schemas are `PostCatalogCategoryUpdateJobResponse`,
//! `GetCatalogCategoryUpdateJobResponseCompoundDocument` and
//! `GetCatalogCategoryUpdateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogCategoryBulkUpdateJob "catalog-category-bulk-update-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogCategoryJobRelationships;
    included: CatalogCategory;
}
