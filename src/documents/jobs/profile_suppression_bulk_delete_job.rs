//! Their schemas are `PostBulkProfileSuppressionsRemoveJobResponse`,
//! `GetBulkProfileSuppressionsRemoveJobResponse` and
//! `GetBulkProfileSuppressionsRemoveJobResponseCollection`.

bulk_job! {
    ProfileSuppressionBulkDeleteJob "profile-suppression-bulk-delete-job";
    attributes: SuppressionJobAttributes or "SparseSuppressionJobAttributes<'a>";
    relationships: SuppressionJobRelationships;
}
