//! Bulk jobs of all kinds.

use super::{Definition, FromRows, TableOf, columns};
use jobview::Answer;
use jobview::views::AnyJob;

pub(crate) struct Jobs;

/// Declares a column of identifiers.
macro_rules! ids {
    ($related:ident) => {
        |job| job.related.$related.map(|all| all.iter().map(|one| one.id))
    };
}

impl TableOf for Jobs {
    type Row<'a> = AnyJob<'a>;

    const NAME: &'static str = "jobs";

    const COLUMNS: &'static [Definition<FromRows<Self>>] = columns! {
        "type": required Text, Core, "The type of the job.", |job| job.resource_type;
        "id": required Text, Core, "Unique identifier of the job.", |job| job.id;
        "status": optional Status, Core, "Where the job is in its life.",
            |job| job.attributes.status;
        "created_at": optional Timestamp, Core, "When the job was created.",
            |job| job.attributes.created_at;
        "started_at": optional Timestamp, Core, "When processing began; null until then.",
            |job| job.attributes.started_at;
        "completed_at": optional Timestamp, Core, "When the job was completed; null until then.",
            |job| job.attributes.completed_at;
        "expires_at": optional Timestamp, Core, "When the job expires.",
            |job| job.attributes.expires_at;
        "total_count": optional Int64, Core, "How many operations the job has.",
            |job| job.attributes.total_count;
        "completed_count": optional Int64, Core, "How many operations have been completed.",
            |job| job.attributes.completed_count;
        "failed_count": optional Int64, Core, "How many operations have failed.",
            |job| job.attributes.failed_count;
        "list_ids": optional Ids, Ids, "Lists. Null if the document does not list them.", ids!(lists);
        "profile_ids": optional Ids, Ids, "Profiles. Null if the document does not list them.", ids!(profiles);
        "import_error_ids": optional Ids, Ids, "Import errors. Null if the document does not list them.",
            ids!(import_errors);
        "skipped_count": optional Int64, All, "How many operations have been skipped.",
            |job| job.attributes.skipped_count;
        "item_ids": optional Ids, All, "Items of a catalog. Null if the document does not list them.", ids!(items);
        "variant_ids": optional Ids, All, "Variants of items. Null if the document does not list them.",
            ids!(variants);
        "category_ids": optional Ids, All, "Categories of items. Null if the document does not list them.",
            ids!(categories);
        "coupon_code_ids": optional Ids, All, "Codes of coupons. Null if the document does not list them.",
            ids!(coupon_codes);
        "segment_ids": optional Ids, All, "Segments. Null if the document does not list them.", ids!(segments);
        "self_link": required Text, All, "Where the job itself is found.", |job| job.links.self_;
    };

    fn of_answer<'a>(answer: &dyn Answer<'a>, rows: &mut Vec<AnyJob<'a>>) {
        rows.extend((0..).map_while(|index| answer.any_job(index)));
    }
}
