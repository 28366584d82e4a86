//! Owned copies of the views: `'static`, independent of input and arena, to keep or to send elsewhere.
//!
//! Each type mirrors the view of the same name, member by member, and comes from its `into_owned`. An owned value
//! cannot be turned back into a view, except [`RawJson`] and [`Rejected`] with their method `as_view`.
//!
//! With the feature `serde`, all owned types can be read from any self-describing format, and views and owned types can
//! be written to any. Absent members are left out, and so are members that the schema does not name. [`RawJson`] (`meta`,
//! `original_payload`) is written and read as a value, not as text: `1e3` may come back as `1000.0`, and a number beyond
//! `f64` is an error. To keep its text, keep the bytes of the record: [`Place::raw`](crate::Place::raw).
//!
//! ```
//! use jobview::{Arena, JobResponse, Parser, owned};
//!
//! fn load(json: &[u8]) -> Result<owned::JobResponse, jobview::Error> {
//!     let arena = Arena::new();
//!     Ok(Parser::<JobResponse>::new().parse(json, &arena)?.into_owned())
//! }
//! # assert!(load(b"{}").is_err());
//! ```

/// A view that has an owned copy. All views in this crate have one; they also have a method `into_owned` of their own.
///
/// ```
/// use jobview::owned::IntoOwned;
/// use jobview::{Arena, Document, Error, JobPage, Parser, owned};
///
/// fn load<D: Document, T>(json: &[u8]) -> Result<T, Error>
/// where
///     for<'a> D::View<'a>: IntoOwned<Owned = T>,
/// {
///     Ok(Parser::<D>::new().parse(json, &Arena::new())?.into_owned())
/// }
///
/// let page: owned::JobPage = load::<JobPage, _>(br#"{"data": []}"#)?;
/// assert!(page.data.is_empty());
/// # Ok::<(), jobview::Error>(())
/// ```
#[doc(inline)]
pub use gapwise::IntoOwned;

#[doc(inline)]
pub use crate::documents::{
    OwnedErrorResponse as ErrorResponse, OwnedIdentifierPage as IdentifierPage,
    OwnedImportErrorIdentifierPage as ImportErrorIdentifierPage,
    OwnedImportErrorPage as ImportErrorPage, OwnedJobCompound as JobCompound,
    OwnedJobDocument as JobDocument, OwnedJobPage as JobPage, OwnedJobResponse as JobResponse,
    OwnedListIdentifierPage as ListIdentifierPage,
    OwnedProfileIdentifierPage as ProfileIdentifierPage, OwnedResponseError as ResponseError,
    OwnedResponseErrorSource as ResponseErrorSource,
};
#[doc(inline)]
pub use crate::resources::{
    OwnedCatalogCategory as CatalogCategory,
    OwnedCatalogCategoryAttributes as CatalogCategoryAttributes,
    OwnedCatalogCategoryIdentifier as CatalogCategoryIdentifier,
    OwnedCatalogCategoryJobRelationships as CatalogCategoryJobRelationships,
    OwnedCatalogCategoryRelationship as CatalogCategoryRelationship,
    OwnedCatalogItem as CatalogItem, OwnedCatalogItemAttributes as CatalogItemAttributes,
    OwnedCatalogItemIdentifier as CatalogItemIdentifier,
    OwnedCatalogItemJobRelationships as CatalogItemJobRelationships,
    OwnedCatalogItemRelationship as CatalogItemRelationship,
    OwnedCatalogJobAttributes as CatalogJobAttributes, OwnedCatalogVariant as CatalogVariant,
    OwnedCatalogVariantAttributes as CatalogVariantAttributes,
    OwnedCatalogVariantIdentifier as CatalogVariantIdentifier,
    OwnedCatalogVariantJobRelationships as CatalogVariantJobRelationships,
    OwnedCatalogVariantRelationship as CatalogVariantRelationship, OwnedCouponCode as CouponCode,
    OwnedCouponCodeAttributes as CouponCodeAttributes,
    OwnedCouponCodeIdentifier as CouponCodeIdentifier,
    OwnedCouponCodeJobRelationships as CouponCodeJobRelationships,
    OwnedCouponCodeRelationship as CouponCodeRelationship,
    OwnedCouponCodeStatus as CouponCodeStatus, OwnedErrorSource as ErrorSource,
    OwnedImportError as ImportError, OwnedImportErrorAttributes as ImportErrorAttributes,
    OwnedImportErrorIdentifier as ImportErrorIdentifier,
    OwnedImportErrorRelationship as ImportErrorRelationship, OwnedIncludedList as IncludedList,
    OwnedJob as Job, OwnedJobAttributes as JobAttributes, OwnedJobError as JobError,
    OwnedJobRelationships as JobRelationships, OwnedJobStatus as JobStatus,
    OwnedListAttributes as ListAttributes, OwnedListIdentifier as ListIdentifier,
    OwnedListRelationship as ListRelationship, OwnedObjectLinks as ObjectLinks,
    OwnedPageLinks as PageLinks, OwnedProfileIdentifier as ProfileIdentifier,
    OwnedProfileRelationship as ProfileRelationship, OwnedRelatedLinks as RelatedLinks,
    OwnedRelationshipLinks as RelationshipLinks, OwnedSegmentIdentifier as SegmentIdentifier,
    OwnedSegmentRelationship as SegmentRelationship,
    OwnedSuppressionJobAttributes as SuppressionJobAttributes,
    OwnedSuppressionJobRelationships as SuppressionJobRelationships, OwnedTimestamp as Timestamp,
};
#[doc(inline)]
pub use gapwise::{OwnedRawJson as RawJson, OwnedRejected as Rejected};

/// Owned copies of the documents of which only some fields were requested.
///
/// ```
/// use jobview::{Arena, Parser, owned, sparse};
///
/// let page = Parser::<sparse::JobPage>::new().parse(br#"{"data": []}"#, &Arena::new())?.into_owned();
/// assert_eq!(page.data.len(), 0);
/// let kept: owned::sparse::JobPage = page;
/// # drop(kept);
/// # Ok::<(), jobview::Error>(())
/// ```
pub mod sparse {
    #[doc(inline)]
    pub use crate::documents::{
        OwnedSparseImportErrorPage as ImportErrorPage, OwnedSparseJobCompound as JobCompound,
        OwnedSparseJobDocument as JobDocument, OwnedSparseJobPage as JobPage,
    };
    #[doc(inline)]
    pub use crate::resources::{
        OwnedSparseCatalogJobAttributes as CatalogJobAttributes,
        OwnedSparseImportError as ImportError,
        OwnedSparseImportErrorAttributes as ImportErrorAttributes, OwnedSparseJob as Job,
        OwnedSparseJobAttributes as JobAttributes,
        OwnedSparseSuppressionJobAttributes as SuppressionJobAttributes,
    };
}
