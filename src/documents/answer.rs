//! What documents of all kinds have in common.

use super::*;
use crate::resources::{AnyJob, Included, IncludedList, SparseImportError};
use gapwise::Batch;

/// Documents, and batches of documents, that contain jobs that import profiles.
///
/// ```
/// use jobview::{Arena, JobDocument, Jobs as _, Parser};
///
/// let job = |id| format!(r#"{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{"status":"queued",
///     "created_at":"2026-09-04T13:40:00Z","total_count":3}},"links":{{"self":"/"}}}}"#);
/// let (a, b, c) = (job("a"), job("b"), job("c"));
/// let stream = format!(r#"{{"data":{a}}} {{"data":[{b},{c}]}} {{"errors":[]}}"#);
///
/// let arena = Arena::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(stream.as_bytes(), &arena);
/// let ids: Vec<_> = batch.jobs().map(|job| job.id).collect();
/// assert_eq!(ids, ["a", "b", "c"]);
/// ```
pub trait Jobs<'a> {
    /// The view of a job.
    type Job: 'a;

    /// All jobs, from single documents and from pages, in the order of the input.
    ///
    /// ```
    /// use jobview::{Arena, Jobs as _, Parser, sparse};
    ///
    /// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"}},
    ///     {"type": "profile-bulk-import-job", "id": "b", "links": {"self": "/b"}}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<sparse::JobPage>::new().parse(json, &arena)?;
    /// assert!(page.jobs().map(|job| job.id).eq(["a", "b"]));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn jobs(&self) -> impl Iterator<Item = &'a Self::Job>;
}

/// Declares where the jobs of a document are.
macro_rules! jobs_of {
    ($($document:ident of $job:ident: |$view:ident| $jobs:expr;)*) => {$(
        // Two lifetimes, although one would do: asynchronous code requires any two.
        impl<'a, 'd> Jobs<'a> for &'a $document<'d> {
            type Job = $job<'d>;

            fn jobs(&self) -> impl Iterator<Item = &'a $job<'d>> {
                let $view: &'a $document<'d> = self;
                $jobs.iter()
            }
        }
    )*};
}

jobs_of! {
    JobResponse of Job: |document| slice::from_ref(&document.data);
    JobCompound of Job: |document| slice::from_ref(&document.data);
    JobPage of Job: |document| document.data;
    JobDocument of Job: |document| document.jobs();
    SparseJobCompound of SparseJob: |document| slice::from_ref(&document.data);
    SparseJobPage of SparseJob: |document| document.data;
    SparseJobDocument of SparseJob: |document| document.jobs();
}

impl<'a, V> Jobs<'a> for Batch<'a, V>
where
    &'a V: Jobs<'a>,
{
    type Job = <&'a V as Jobs<'a>>::Job;

    fn jobs(&self) -> impl Iterator<Item = &'a Self::Job> {
        self.documents().iter().flat_map(|document| document.jobs())
    }
}

/// The view of a whole document of any kind, about any bulk job. Use `&dyn Answer` if the kind is not known.
///
/// ```
/// use jobview::{Answer, Arena, JobDocument, Parser};
///
/// let stream = br#"{"data": {"type": "catalog-item-bulk-delete-job", "id": "a", "links": {"self": "/a"},
///         "attributes": {"status": "complete", "created_at": "2026-09-04T13:40:00Z", "total_count": 3}}}
///     {"data": [{"type": "profile-bulk-import-job", "id": "b", "links": {"self": "/b"},
///         "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z", "total_count": 4}}]}"#;
/// let arena = Arena::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(stream, &arena);
/// let jobs = batch.documents().iter().flat_map(|document| document.any_jobs());
/// let found: Vec<_> = jobs.map(|job| (job.resource_type, job.attributes.total_count)).collect();
/// assert_eq!(found, [("catalog-item-bulk-delete-job", Some(3)), ("profile-bulk-import-job", Some(4))]);
/// ```
pub trait Answer<'a> {
    /// The kind of the document.
    ///
    /// ```
    /// use jobview::{Answer, Arena, DocumentKind, ErrorResponse, JobPage, Parser};
    ///
    /// let arena = Arena::new();
    /// let page = Parser::<JobPage>::new().parse(br#"{"data": []}"#, &arena)?;
    /// let failed = Parser::<ErrorResponse>::new().parse(br#"{"errors": []}"#, &arena)?;
    /// let answers: [&dyn Answer; 2] = [page, failed];
    /// assert_eq!(answers.map(|answer| answer.kind()), [DocumentKind::Page, DocumentKind::Errors]);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn kind(&self) -> DocumentKind;

    /// The job at an index. A document has one job, the jobs of a page, or none.
    ///
    /// ```
    /// use jobview::{Answer, Arena, Parser, sparse};
    ///
    /// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"}},
    ///     {"type": "profile-bulk-import-job", "id": "b", "links": {"self": "/b"}}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<sparse::JobPage>::new().parse(json, &arena)?;
    /// assert_eq!(page.any_job(1).unwrap().id, "b");
    /// assert_eq!(page.any_job(2), None);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn any_job(&self, index: usize) -> Option<AnyJob<'a>> {
        let _ = index;
        None
    }

    /// All jobs, in the order of the document.
    ///
    /// ```
    /// use jobview::{Answer, Arena, Parser, sparse};
    ///
    /// let json = br#"{"data": [{"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"}},
    ///     {"type": "profile-bulk-import-job", "id": "b", "links": {"self": "/b"}}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<sparse::JobPage>::new().parse(json, &arena)?;
    /// assert!(page.any_jobs().map(|job| job.id).eq(["a", "b"]));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn any_jobs(&self) -> impl Iterator<Item = AnyJob<'a>>
    where
        Self: Sized,
    {
        (0..).map_while(|index| self.any_job(index))
    }

    /// What is included with the jobs.
    ///
    /// ```
    /// use jobview::{Answer, Arena, Parser, sparse};
    ///
    /// let json = br#"{"data": {"type": "profile-bulk-import-job", "id": "a", "links": {"self": "/a"}},
    ///     "included": [{"type": "list", "id": "YafG4m", "attributes": {"name": "Newsletter"}}]}"#;
    /// let arena = Arena::new();
    /// let document = Parser::<sparse::JobDocument>::new().parse(json, &arena)?;
    /// assert_eq!(document.included().lists[0].id, "YafG4m");
    /// assert!(document.included().coupon_codes.is_empty());
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn included(&self) -> Included<'a> {
        Included::default()
    }

    /// The import error at an index.
    ///
    /// ```
    /// use jobview::{Answer, Arena, Parser, sparse};
    ///
    /// let json = br#"{"data": [{"type": "import-error", "id": "e4ee", "attributes": {"code": "invalid"}}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<sparse::ImportErrorPage>::new().parse(json, &arena)?;
    /// assert_eq!(page.import_error(0).unwrap().id, "e4ee");
    /// assert_eq!(page.import_error(1), None);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn import_error(&self, index: usize) -> Option<SparseImportError<'a>> {
        let _ = index;
        None
    }

    /// All import errors, in the order of the document.
    ///
    /// ```
    /// use jobview::{Answer, Arena, Parser, sparse};
    ///
    /// let json = br#"{"data": [{"type": "import-error", "id": "e4ee", "attributes": {"code": "invalid"}}]}"#;
    /// let arena = Arena::new();
    /// let page = Parser::<sparse::ImportErrorPage>::new().parse(json, &arena)?;
    /// let codes = page.import_errors().filter_map(|error| error.attributes.code);
    /// assert!(codes.eq(["invalid"]));
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn import_errors(&self) -> impl Iterator<Item = SparseImportError<'a>>
    where
        Self: Sized,
    {
        (0..).map_while(|index| self.import_error(index))
    }

    /// The URI of the next page; `None` on the last page, and for documents without pages.
    fn next(&self) -> Option<&'a str> {
        None
    }

    /// The resource identifiers, if this is a page of them.
    ///
    /// ```
    /// use jobview::{Answer, Arena, JobDocument, Parser};
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<JobDocument>::new());
    /// let page = parser.parse(br#"{"data": [{"type": "list", "id": "YafG4m"}]}"#, &arena)?;
    /// assert!(page.identifiers().unwrap().ids().eq(["YafG4m"]));
    /// assert_eq!(parser.parse(br#"{"data": []}"#, &arena)?.identifiers(), None);
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn identifiers(&self) -> Option<&IdentifierPage<'a>> {
        None
    }

    /// Why the request failed, if it did.
    ///
    /// ```
    /// use jobview::{Answer, Arena, JobDocument, Parser};
    ///
    /// let (arena, mut parser) = (Arena::new(), Parser::<JobDocument>::new());
    /// let answer = parser.parse(br#"{"errors": [{"status": 404, "detail": "Invalid job id"}]}"#, &arena)?;
    /// assert_eq!(answer.errors()[0].detail, "Invalid job id");
    /// assert!(parser.parse(br#"{"data": []}"#, &arena)?.errors().is_empty());
    /// # Ok::<(), jobview::Error>(())
    /// ```
    fn errors(&self) -> &'a [ResponseError<'a>] {
        &[]
    }
}

/// Implements [`Answer`] for documents about jobs.
macro_rules! answers {
    ($(
        $view:ident: |$document:ident| $kind:expr, $jobs:expr $(, with $included:ident of $resource:ident)? $(, then $next:expr)?;
    )*) => {$(
        impl<'a> Answer<'a> for $view<'a> {
            fn kind(&self) -> DocumentKind {
                let $document = self;
                let _ = $document;
                $kind
            }

            fn any_job(&self, index: usize) -> Option<AnyJob<'a>> {
                let $document = self;
                $jobs.get(index).map(AnyJob::from)
            }

            $(
                fn included(&self) -> Included<'a> {
                    let included: Option<&'a [$resource<'a>]> = self.$included;
                    included.into()
                }
            )?

            $(
                fn next(&self) -> Option<&'a str> {
                    let $document = self;
                    $next
                }
            )?
        }
    )*};
}

/// The kind of one job with these included lists.
pub(super) const fn kind_with(included: Option<&[IncludedList<'_>]>) -> DocumentKind {
    match included {
        Some(_) => DocumentKind::Compound,
        None => DocumentKind::Response,
    }
}

answers! {
    JobResponse: |document| DocumentKind::Response, slice::from_ref(&document.data);
    JobCompound: |document| kind_with(document.included), slice::from_ref(&document.data),
        with included of IncludedList;
    SparseJobCompound: |document| kind_with(document.included), slice::from_ref(&document.data),
        with included of IncludedList;
    JobPage: |page| DocumentKind::Page, page.data, with included of IncludedList, then page.next();
    SparseJobPage: |page| DocumentKind::Page, page.data, with included of IncludedList, then page.next();
}

/// Declares `next` for pages.
macro_rules! next_links {
    ($($page:ident)*) => {$(
        impl<'a> $page<'a> {
            /// The URI of the next page; `None` on the last one.
            ///
            /// ```
            /// use jobview::{Arena, JobPage, Parser};
            ///
            /// let json = br#"{"data": [], "links": {"self": "/page", "next": "/page?page[cursor]=bmV4dA"}}"#;
            /// let arena = Arena::new();
            /// let page = Parser::<JobPage>::new().parse(json, &arena)?;
            /// assert_eq!(page.next(), Some("/page?page[cursor]=bmV4dA"));
            /// # Ok::<(), jobview::Error>(())
            /// ```
            pub fn next(&self) -> Option<&'a str> {
                self.links.and_then(|links| links.next)
            }
        }
    )*};
}
/// Implements [`Answer`] for pages of import errors.
macro_rules! import_errors {
    ($($page:ident)*) => {$(
        impl<'a> Answer<'a> for $page<'a> {
            fn kind(&self) -> DocumentKind {
                DocumentKind::ImportErrors
            }

            fn import_error(&self, index: usize) -> Option<SparseImportError<'a>> {
                self.data.get(index).copied().map(SparseImportError::from)
            }

            fn next(&self) -> Option<&'a str> {
                self.next()
            }
        }
    )*};
}

import_errors!(ImportErrorPage SparseImportErrorPage);

impl<'a> Answer<'a> for IdentifierPage<'a> {
    fn kind(&self) -> DocumentKind {
        DocumentKind::Identifiers
    }

    fn identifiers(&self) -> Option<&IdentifierPage<'a>> {
        Some(self)
    }

    fn next(&self) -> Option<&'a str> {
        self.next()
    }
}

impl<'a> Answer<'a> for ErrorResponse<'a> {
    fn kind(&self) -> DocumentKind {
        DocumentKind::Errors
    }

    fn errors(&self) -> &'a [ResponseError<'a>] {
        self.errors
    }
}

/// Implements [`Answer`] for a document of several kinds, by the variant that it is.
macro_rules! any_of {
    ($view:ident: |$document:ident| $kind:expr, $($variant:ident)*) => {
        impl<'a> Answer<'a> for $view<'a> {
            fn kind(&self) -> DocumentKind {
                let $document = self;
                let _ = $document;
                $kind
            }

            fn any_job(&self, index: usize) -> Option<AnyJob<'a>> {
                match self {
                    $(Self::$variant(it) => it.any_job(index),)*
                }
            }

            fn included(&self) -> Included<'a> {
                match self {
                    $(Self::$variant(it) => it.included(),)*
                }
            }

            fn import_error(&self, index: usize) -> Option<SparseImportError<'a>> {
                match self {
                    $(Self::$variant(it) => it.import_error(index),)*
                }
            }

            fn next(&self) -> Option<&'a str> {
                match self {
                    $(Self::$variant(it) => Answer::next(it),)*
                }
            }

            fn identifiers(&self) -> Option<&IdentifierPage<'a>> {
                match self {
                    $(Self::$variant(it) => it.identifiers(),)*
                }
            }

            fn errors(&self) -> &'a [ResponseError<'a>] {
                match self {
                    $(Self::$variant(it) => it.errors(),)*
                }
            }
        }
    };
}
