//! Their schemas are `PostCatalogCategoryCreateJobResponse`,
//! `GetCatalogCategoryCreateJobResponseCompoundDocument` and
//! `GetCatalogCategoryCreateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogCategoryBulkCreateJob "catalog-category-bulk-create-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogCategoryJobRelationships;
    included: CatalogCategory;
}
