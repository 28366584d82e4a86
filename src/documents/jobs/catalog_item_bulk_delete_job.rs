//! Their schemas are `PostCatalogItemDeleteJobResponse`,
//! `GetCatalogItemDeleteJobResponse` and
//! `GetCatalogItemDeleteJobResponseCollection`.

bulk_job! {
    CatalogItemBulkDeleteJob "catalog-item-bulk-delete-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogItemJobRelationships;
}
