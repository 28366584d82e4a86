//! Their schemas are `PostCatalogItemCreateJobResponse`,
//! `GetCatalogItemCreateJobResponseCompoundDocument` and
//! `GetCatalogItemCreateJobResponseCollectionCompoundDocument`.

bulk_job! {
    CatalogItemBulkCreateJob "catalog-item-bulk-create-job";
    attributes: CatalogJobAttributes or "SparseCatalogJobAttributes<'a>";
    relationships: CatalogItemJobRelationships;
    included: CatalogItem;
}
