//! Their schemas are `PostBulkProfileSuppressionsCreateJobResponse`,
//! `GetBulkProfileSuppressionsCreateJobResponse` and
//! `GetBulkProfileSuppressionsCreateJobResponseCollection`.

bulk_job! {
    ProfileSuppressionBulkCreateJob "profile-suppression-bulk-create-job";
    attributes: SuppressionJobAttributes or "SparseSuppressionJobAttributes<'a>";
    relationships: SuppressionJobRelationships;
}
