//! Their schemas are `PostCatalogCategoryDeleteJobResponse`,
//! `GetCatalogCategoryDeleteJobResponse` and
//! `GetCatalogCategoryDeleteJobResponseCollection`.

bulk_job! {
    CatalogCategoryBulkDeleteJob "catalog-category-bulk-delete-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogCategoryJobRelationships;
}
