//! Whole documents of the job endpoints: declarations, one file for each kind.
//!
//! The type of a document says which kind it is; [`JobDocument`] is any of them. The types named `Sparse...` are for
//! documents of which only some fields were requested (JSON:API, sparse fieldsets). To add a kind of bulk job, add a
//! file in [`jobs`] and a line in the list there. [`told`] tells kinds apart.

#[macro_use]
mod answer;
#[macro_use]
pub mod jobs;

mod error_response;
mod identifier_page;
mod import_error_page;
mod job_compound;
mod job_page;
mod job_response;
mod kind;
mod resource_type;
mod told;
mod visit;

pub use answer::{Answer, Jobs};
pub use error_response::*;
pub use identifier_page::*;
pub use import_error_page::*;
pub use job_compound::*;
pub use job_page::*;
pub use job_response::*;
pub use kind::*;
pub use resource_type::*;
pub use visit::*;

use crate::resources::{AnyJob, Included, Job, SparseImportError, SparseJob};
use gapwise::{RawJson, View};
use std::slice;

/// Declares a document of any kind.
macro_rules! any_document {
    (
        {
            $(#[$about:meta])*
            $any:ident $owned:literal {
                job: $compound:ident of $job:ident,
                page: $page:ident,
                import_errors: $import_errors:ident,
                bulk: $document:ident,
            }
        }
        $($bulk:ident $module:ident $type:literal $what:literal $stem:literal;)*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, View)]
        #[view(told_by = told::any, owned = $owned)]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub enum $any<'a> {
            /// One job, with its lists if they were requested.
            Job($compound<'a>),
            /// Many jobs.
            Page($page<'a>),
            /// A page of import errors.
            ImportErrors($import_errors<'a>),
            /// A page of the identifiers that a relationship lists.
            Identifiers(IdentifierPage<'a>),
            /// The answer to a request that failed.
            Errors(ErrorResponse<'a>),
            $(
                #[doc = concat!("Jobs to ", $what, ", one or a page of them.")]
                $bulk(jobs::$module::$document<'a>),
            )*
        }

        impl<'a> $any<'a> {
            /// The kind of the document.
            ///
            /// ```
            /// use jobview::{Arena, DocumentKind, JobDocument, Parser};
            ///
            /// let arena = Arena::new();
            /// let mut parser = Parser::<JobDocument>::new();
            /// assert_eq!(parser.parse(br#"{"data": []}"#, &arena)?.kind(), DocumentKind::Page);
            /// assert_eq!(parser.parse(br#"{"errors": []}"#, &arena)?.kind(), DocumentKind::Errors);
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub const fn kind(&self) -> DocumentKind {
                match self {
                    Self::Job(compound) => answer::kind_with(compound.included),
                    Self::Page(_) => DocumentKind::Page,
                    Self::ImportErrors(_) => DocumentKind::ImportErrors,
                    Self::Identifiers(_) => DocumentKind::Identifiers,
                    Self::Errors(_) => DocumentKind::Errors,
                    $(Self::$bulk(_) => DocumentKind::$bulk,)*
                }
            }

            /// The jobs that import profiles: one, those of a page, or none.
            ///
            /// ```
            /// use jobview::{Arena, JobDocument, Parser};
            ///
            /// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "am9i", "links": {"self": "/am9i/"},
            ///     "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 3}}]}"#;
            /// let arena = Arena::new();
            /// let mut parser = Parser::<JobDocument>::new();
            /// assert_eq!(parser.parse(json, &arena)?.jobs()[0].id, "am9i");
            /// assert!(parser.parse(br#"{"errors": []}"#, &arena)?.jobs().is_empty());
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub fn jobs(&self) -> &[$job<'a>] {
                match self {
                    Self::Job(compound) => slice::from_ref(&compound.data),
                    Self::Page(page) => page.data,
                    _ => &[],
                }
            }

            /// The URI of the next page; `None` on the last page, and for documents without pages.
            pub fn next(&self) -> Option<&'a str> {
                Answer::next(self)
            }

            /// What the document says about itself: any JSON.
            ///
            /// ```
            /// use jobview::{Arena, JobDocument, Parser};
            ///
            /// let arena = Arena::new();
            /// let mut parser = Parser::<JobDocument>::new();
            /// let document = parser.parse(br#"{"errors": [], "meta": {"retry": true}}"#, &arena)?;
            /// assert_eq!(document.meta().unwrap().as_str(), r#"{"retry": true}"#);
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub const fn meta(&self) -> Option<RawJson<'a>> {
                match self {
                    Self::Job(compound) => compound.meta,
                    Self::Page(page) => page.meta,
                    Self::ImportErrors(page) => page.meta,
                    Self::Identifiers(page) => page.meta(),
                    Self::Errors(response) => response.meta,
                    $(Self::$bulk(document) => document.meta(),)*
                }
            }
        }

        any_of! {
            $any: |document| document.kind(), Job Page ImportErrors Identifiers Errors $($bulk)*
        }
    };
}

with_bulk_jobs!(any_document! {
    /// Any document of the job endpoints.
    ///
    /// The document itself tells which kind it is, whatever the order of its members:
    ///
    /// | the document has | it is |
    /// |---|---|
    /// | `data`, an object with the `type` of another bulk job | the [kind](DocumentKind) of that name |
    /// | `data`, any other object | a [`Job`](Self::Job): a [`Response`](DocumentKind::Response), or if it has `included`, a [`Compound`](DocumentKind::Compound) |
    /// | `data`, an array whose first item is a `profile-bulk-import-job` | a [`Page`](Self::Page) |
    /// | `data`, an array whose first item has the `type` of another bulk job | the kind of that name |
    /// | `data`, an array whose first item is an `import-error` with `attributes` | [`ImportErrors`](Self::ImportErrors) |
    /// | `data`, an array of other items of the types `list`, `profile`, `import-error` | [`Identifiers`](Self::Identifiers) |
    /// | `data`, an empty array | told from the path of `links.self`: [`Identifiers`](Self::Identifiers) if it ends with `relationships/` and a name, [`ImportErrors`](Self::ImportErrors) if it ends with `import-errors`, a page of other jobs if it ends with their `type` and an `s`, else a [`Page`](Self::Page) |
    /// | `errors` and no `data` | [`Errors`](Self::Errors) |
    ///
    /// A document that is none of these is rejected: as an invalid [`Page`](Self::Page) if `data` is an array, else as
    /// an invalid [`Job`](Self::Job).
    ///
    /// ```
    /// use jobview::{Arena, JobDocument, Jobs as _, Parser};
    ///
    /// let stream = br#"{"errors": []}
    /// {"data": [{"type": "profile", "id": "01GDDKASAP8TKDDA2GRZDSVP4H"}]}
    /// {"data": []}"#;
    /// let arena = Arena::new();
    /// let batch = Parser::<JobDocument>::new().parse_batch(stream, &arena);
    /// let kinds: Vec<_> = batch.documents().iter().map(|document| document.kind().as_str()).collect();
    /// assert_eq!(kinds, ["errors", "identifiers", "page"]);
    /// assert_eq!(batch.jobs().count(), 0);
    /// ```
    JobDocument "OwnedJobDocument" {
        job: JobCompound of Job,
        page: JobPage,
        import_errors: ImportErrorPage,
        bulk: JobDocument,
    }
});

with_bulk_jobs!(any_document! {
    /// A [`JobDocument`] of which only some fields were requested.
    SparseJobDocument "OwnedSparseJobDocument" {
        job: SparseJobCompound of SparseJob,
        page: SparseJobPage,
        import_errors: SparseImportErrorPage,
        bulk: SparseJobDocument,
    }
});

next_links! {
    JobPage SparseJobPage ImportErrorPage SparseImportErrorPage
    ListIdentifierPage ProfileIdentifierPage ImportErrorIdentifierPage
}
