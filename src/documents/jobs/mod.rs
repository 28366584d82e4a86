//! The other bulk jobs of the vendor: one module for each kind, with the same names in each.
//!
//! The documents of all kinds are alike: one job, as it was created or requested, or a page of jobs. A module declares
//! what differs: the `type`, attributes and relationships of a job. [`DocumentKind`](crate::DocumentKind) lists all
//! kinds with their endpoints and schemas. A [`JobDocument`](crate::JobDocument) is a document of any kind, and
//! [`Answer`](crate::Answer) has what all kinds have in common.
//!
//! ```
//! use jobview::jobs::coupon_code_bulk_create_job::JobResponse;
//! use jobview::{Arena, JobStatus, Parser};
//!
//! let json = br#"{"data": {
//!     "type": "coupon-code-bulk-create-job",
//!     "id": "01GSQPBF74KQ5YTDEPP41T1BZH",
//!     "attributes": {"status": "processing", "created_at": "2026-09-04T13:40:00+00:00", "total_count": 5, "errors": []},
//!     "links": {"self": "https://a.klaviyo.com/api/coupon-code-bulk-create-jobs/01GSQPBF74KQ5YTDEPP41T1BZH/"}
//! }}"#;
//! let arena = Arena::new();
//! let job = Parser::<JobResponse>::new().parse(json, &arena)?.data;
//! assert_eq!((job.attributes.status, job.attributes.total_count), (JobStatus::Processing, 5));
//! # Ok::<(), jobview::Error>(())
//! ```

/// Declares the documents of one kind of bulk job, in a module of its own.
macro_rules! bulk_job {
    (
        $kind:ident $type:literal;
        attributes: $attributes:ident or $sparse_attributes:literal;
        relationships: $relationships:ident;
        $(included: $included:ident;)?
    ) => {
        use crate::documents::{Answer, DocumentKind, IdentifierPage, Jobs, ResponseError, told};
        use crate::resources::*;
        use gapwise::{RawJson, View};
        use std::slice;

        #[doc = concat!("A resource of the type `", $type, "`.")]
        ///
        /// Revision 2026-07-15 requires all members but `relationships`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(owned = "OwnedJob", owned_derive(Eq, Hash), constant("type", $type))]
        #[view(sparse = "SparseJob", sparse_derive(Eq, Hash), sparse_owned = "OwnedSparseJob")]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct Job<'a> {
            /// Unique identifier of the job: a ULID.
            #[view(always)]
            pub id: &'a str,
            /// State and progress.
            #[view(sparse = $sparse_attributes)]
            pub attributes: $attributes<'a>,
            /// The resources that the job works on.
            #[view(not_null)]
            pub relationships: Option<$relationships<'a>>,
            /// Where the job itself is found.
            #[view(always)]
            pub links: ObjectLinks<'a>,
        }

        /// One job: the answer to its creation, or to a request for it.
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(owned = "OwnedJobResponse", another_kind = not_a_response)]
        #[view(sparse = "SparseJobResponse", sparse_owned = "OwnedSparseJobResponse")]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct JobResponse<'a> {
            /// The job.
            #[view(always, sparse = "SparseJob<'a>")]
            pub data: Job<'a>,
            $(
                /// The resources that the job works on; `None` if they were not requested.
                #[view(not_null)]
                pub included: Option<&'a [$included<'a>]>,
            )?
            /// Links of the document itself; `self` echoes the URL of the request.
            #[view(not_null)]
            pub links: Option<ObjectLinks<'a>>,
            /// What the document says about itself: any JSON.
            pub meta: Option<RawJson<'a>>,
        }

        /// A page of jobs.
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(owned = "OwnedJobPage", another_kind = not_a_page)]
        #[view(sparse = "SparseJobPage", sparse_owned = "OwnedSparseJobPage")]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub struct JobPage<'a> {
            /// The jobs, in the order of the document.
            #[view(always, sparse = "&'a [SparseJob<'a>]")]
            pub data: &'a [Job<'a>],
            $(
                /// The resources that the jobs work on; `None` if they were not requested. The schema does not have
                /// this member, but JSON:API does.
                #[view(not_null)]
                pub included: Option<&'a [$included<'a>]>,
            )?
            /// Where the page and its neighbours are found.
            #[view(not_null)]
            pub links: Option<PageLinks<'a>>,
            /// What the document says about itself: any JSON.
            pub meta: Option<RawJson<'a>>,
        }

        one_or_page! {
            "Any document of this kind." JobDocument "OwnedJobDocument" of Job: JobResponse or JobPage;
            "A [`JobDocument`] of which only some fields were asked for."
            SparseJobDocument "OwnedSparseJobDocument" of SparseJob: SparseJobResponse or SparseJobPage;
        }

        any_job! { $type: Job SparseJob; }

        answers! {
            JobResponse: |response| DocumentKind::$kind, slice::from_ref(&response.data)
                $(, with included of $included)?;
            SparseJobResponse: |response| DocumentKind::$kind, slice::from_ref(&response.data)
                $(, with included of $included)?;
            JobPage: |page| DocumentKind::$kind, page.data $(, with included of $included)?,
                then page.next();
            SparseJobPage: |page| DocumentKind::$kind, page.data $(, with included of $included)?,
                then page.next();
        }
        next_links!(JobPage SparseJobPage);
        jobs_of! {
            JobResponse of Job: |document| slice::from_ref(&document.data);
            JobPage of Job: |document| document.data;
            JobDocument of Job: |document| document.jobs();
            SparseJobResponse of SparseJob: |document| slice::from_ref(&document.data);
            SparseJobPage of SparseJob: |document| document.data;
            SparseJobDocument of SparseJob: |document| document.jobs();
        }
        any_of!(JobDocument: |document| DocumentKind::$kind, Job Page);
        any_of!(SparseJobDocument: |document| DocumentKind::$kind, Job Page);

        fn not_a_response(look: &dyn told::Look) -> Option<[&'static str; 2]> {
            told::not_of_bulk(look, DocumentKind::$kind, Some(false))
        }

        fn not_a_page(look: &dyn told::Look) -> Option<[&'static str; 2]> {
            told::not_of_bulk(look, DocumentKind::$kind, Some(true))
        }

        fn not_of_them(look: &dyn told::Look) -> Option<[&'static str; 2]> {
            told::not_of_bulk(look, DocumentKind::$kind, None)
        }
    };
}

/// Declares a document that is either one job or a page of jobs.
macro_rules! one_or_page {
    (
        $($about:literal $document:ident $owned:literal of $job:ident: $response:ident or $page:ident;)*
    ) => {$(
        #[doc = $about]
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(told_by = told::one_or_page, another_kind = not_of_them, owned = $owned)]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub enum $document<'a> {
            /// One job.
            Job($response<'a>),
            /// Many jobs.
            Page($page<'a>),
        }

        impl<'a> $document<'a> {
            /// The jobs: one, or those of a page.
            pub fn jobs(&self) -> &[$job<'a>] {
                match self {
                    Self::Job(response) => slice::from_ref(&response.data),
                    Self::Page(page) => page.data,
                }
            }

            /// The URI of the next page; `None` on the last page, and for one job.
            pub fn next(&self) -> Option<&'a str> {
                Answer::next(self)
            }

            /// What the document says about itself: any JSON.
            ///
            /// ```
            /// use jobview::jobs::coupon_code_bulk_create_job::JobDocument;
            /// use jobview::{Arena, Parser};
            ///
            /// let arena = Arena::new();
            /// let json = br#"{"data": [], "meta": {"total": 0}}"#;
            /// let page = Parser::<JobDocument>::new().parse(json, &arena)?;
            /// assert_eq!(page.meta().unwrap().as_str(), r#"{"total": 0}"#);
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub const fn meta(&self) -> Option<RawJson<'a>> {
                match self {
                    Self::Job(response) => response.meta,
                    Self::Page(page) => page.meta,
                }
            }
        }
    )*};
}

/// Calls a macro with all kinds of bulk jobs. It passes on what it is given, and for each kind: the name, the module,
/// the `type` of a job, what such jobs do, and the common part of the names of their schemas, without the verbs and
/// what follows.
macro_rules! with_bulk_jobs {
    ($macro:ident! { $($given:tt)* }) => {
        $macro! {
            { $($given)* }
            CatalogItemBulkCreateJob catalog_item_bulk_create_job "catalog-item-bulk-create-job"
                "create catalog items" "CatalogItemCreateJob";
            CatalogItemBulkUpdateJob catalog_item_bulk_update_job "catalog-item-bulk-update-job"
                "update catalog items" "CatalogItemUpdateJob";
            CatalogItemBulkDeleteJob catalog_item_bulk_delete_job "catalog-item-bulk-delete-job"
                "delete catalog items" "CatalogItemDeleteJob";
            CatalogVariantBulkCreateJob catalog_variant_bulk_create_job "catalog-variant-bulk-create-job"
                "create catalog variants" "CatalogVariantCreateJob";
            CatalogVariantBulkUpdateJob catalog_variant_bulk_update_job "catalog-variant-bulk-update-job"
                "update catalog variants" "CatalogVariantUpdateJob";
            CatalogVariantBulkDeleteJob catalog_variant_bulk_delete_job "catalog-variant-bulk-delete-job"
                "delete catalog variants" "CatalogVariantDeleteJob";
            CatalogCategoryBulkCreateJob catalog_category_bulk_create_job "catalog-category-bulk-create-job"
                "create catalog categories" "CatalogCategoryCreateJob";
            CatalogCategoryBulkUpdateJob catalog_category_bulk_update_job "catalog-category-bulk-update-job"
                "update catalog categories" "CatalogCategoryUpdateJob";
            CatalogCategoryBulkDeleteJob catalog_category_bulk_delete_job "catalog-category-bulk-delete-job"
                "delete catalog categories" "CatalogCategoryDeleteJob";
            CouponCodeBulkCreateJob coupon_code_bulk_create_job "coupon-code-bulk-create-job"
                "create coupon codes" "CouponCodeCreateJob";
            ProfileSuppressionBulkCreateJob profile_suppression_bulk_create_job "profile-suppression-bulk-create-job"
                "suppress profiles" "BulkProfileSuppressionsCreateJob";
            ProfileSuppressionBulkDeleteJob profile_suppression_bulk_delete_job "profile-suppression-bulk-delete-job"
                "end the suppression of profiles" "BulkProfileSuppressionsRemoveJob";
        }
    };
}

/// Declares the modules.
macro_rules! modules {
    ({} $($kind:ident $module:ident $type:literal $what:literal $schema:literal;)*) => {$(
        #[doc = concat!("Jobs to ", $what, ".")]
        pub mod $module;
    )*};
}

with_bulk_jobs!(modules! {});
