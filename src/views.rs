//! The parts of documents: resources, their attributes, relationships and links, as borrowed views.
//!
//! You reach them through the fields of a document, so a program only names those that it stores or passes on. The docs
//! of each field say what the vendor's JSON Schema says of the member. All of these types may get new fields and
//! variants when the vendor's documents do.
//!
//! ```
//! use jobview::views::JobAttributes;
//! use jobview::{Arena, JobPage, Parser};
//!
//! fn is_behind(attributes: &JobAttributes) -> bool {
//!     attributes.completed_count.is_some_and(|count| count < attributes.total_count)
//! }
//!
//! let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "j", "links": {"self": "/j"},
//!     "attributes": {"status": "processing", "created_at": "2026-09-04T13:40:00Z", "total_count": 9, "completed_count": 7}}]}"#;
//! let arena = Arena::new();
//! let page = Parser::<JobPage>::new().parse(json, &arena)?;
//! assert!(is_behind(&page.data[0].attributes));
//! # Ok::<(), jobview::Error>(())
//! ```

#[doc(inline)]
pub use crate::documents::{ResponseError, ResponseErrorSource};
#[doc(inline)]
pub use crate::resources::{
    AnyJob, AnyJobAttributes, AnyRelated, CatalogCategory, CatalogCategoryAttributes,
    CatalogCategoryIdentifier, CatalogCategoryJobRelationships, CatalogCategoryRelationship,
    CatalogItem, CatalogItemAttributes, CatalogItemIdentifier, CatalogItemJobRelationships,
    CatalogItemRelationship, CatalogJobAttributes, CatalogVariant, CatalogVariantAttributes,
    CatalogVariantIdentifier, CatalogVariantJobRelationships, CatalogVariantRelationship,
    CouponCode, CouponCodeAttributes, CouponCodeIdentifier, CouponCodeJobRelationships,
    CouponCodeRelationship, CouponCodeStatus, ErrorSource, ImportError, ImportErrorAttributes,
    ImportErrorIdentifier, ImportErrorRelationship, Included, IncludedList, Job, JobAttributes,
    JobError, JobRelationships, JobStatus, ListAttributes, ListIdentifier, ListRelationship,
    ObjectLinks, PageLinks, ProfileIdentifier, ProfileRelationship, RelatedLinks,
    RelationshipLinks, SegmentIdentifier, SegmentRelationship, SuppressionJobAttributes,
    SuppressionJobRelationships, Timestamp,
};
