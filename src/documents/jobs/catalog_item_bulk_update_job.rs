//! Their schemas are `PostCatalogItemUpdateJobResponse`,
//! `GetCatalogItemUpdateJobResponseCompoundDocument` and
//! `GetCatalogItemUpdateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogItemBulkUpdateJob "catalog-item-bulk-update-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogItemJobRelationships;
    included: CatalogItem;
}
