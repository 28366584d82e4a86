//! Whole answers of the job endpoints.
//!
//! One of them knows which kind it is by its type; [`JobDocument`] is any of them. Those with jobs in them are
//! generic over the view of a job: [`Job`], or [`SparseJob`](super::SparseJob) where only some fields were
//! asked for. The names with `Sparse` are short for that.

use super::{
    ImportError, IncludedList, Job, ObjectLinks, PageLinks, RawJson, ResourceIdentifier,
    ResponseError,
};
use std::fmt;
use std::slice;
use std::str::FromStr;

/// The answer to the creation of a job (schema `PostProfileImportJobResponse`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` |
/// | 2026-01-15 | `links`, which need not be there |
/// | 2026-07-15 | `meta`, which need not be there |
///
/// What a revision requires of a job, [`JobAttributes`](super::JobAttributes) and the views in it say. Documents of
/// all revisions from 2023-12-15 to 2026-07-15 are accepted, whichever they are of.
///
/// ```
/// use jobview::{Bump, JobResponse, JobStatus, Parser};
///
/// let json = br#"{
///     "data": {
///         "type": "profile-bulk-import-job",
///         "id": "am9i",
///         "attributes": {
///             "status": "complete",
///             "created_at": "2026-09-04T13:40:00+00:00",
///             "total_count": 3,
///             "completed_count": null
///         },
///         "relationships": {"lists": {"data": [{"type": "list", "id": "YafG4m"}]}},
///         "links": {"self": "https://a.klaviyo.com/api/profile-bulk-import-jobs/am9i/"}
///     }
/// }"#;
/// let arena = Bump::new();
/// let response = Parser::<JobResponse>::new().parse(json, &arena)?;
///
/// let job = response.data;
/// assert_eq!(job.id, "am9i");
/// assert_eq!(job.attributes.status, JobStatus::Complete);
/// assert_eq!(job.attributes.completed_count, None);
/// assert_eq!(job.lists()[0].id, "YafG4m");
/// assert!(job.profiles().is_empty());
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobResponse<'a, J = Job<'a>> {
    /// The job.
    pub data: J,
    /// Links of the document itself; `self` echoes the URL of the request.
    pub links: Option<ObjectLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// One job and, if asked for, the lists that it adds profiles to (schema
/// `GetProfileImportJobResponseCompoundDocument`; JSON:API, compound documents).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `included` |
/// | 2026-01-15 | `links`; they need not be there |
/// | 2026-07-15 | `meta`, which need not be there |
///
/// ```
/// use jobview::{Bump, JobCompound, Parser};
///
/// let json = br#"{
///     "data": {
///         "type": "profile-bulk-import-job",
///         "id": "am9i",
///         "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00+00:00", "total_count": 3},
///         "links": {"self": "https://a.klaviyo.com/api/profile-bulk-import-jobs/am9i/"}
///     },
///     "included": [{"type": "list", "id": "YafG4m", "attributes": {"name": "Newsletter"}}]
/// }"#;
/// let arena = Bump::new();
/// let compound = Parser::<JobCompound>::new().parse(json, &arena)?;
/// let list = compound.included.unwrap_or_default()[0];
/// assert_eq!((list.id, list.attributes.unwrap().name), ("YafG4m", Some("Newsletter")));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobCompound<'a, J = Job<'a>> {
    /// The job.
    pub data: J,
    /// The lists; `None` when they were not asked for.
    pub included: Option<&'a [IncludedList<'a>]>,
    /// Links of the document itself; `self` echoes the URL of the request.
    pub links: Option<ObjectLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// A page of jobs, 100 at most (schema `GetProfileImportJobResponseCollectionCompoundDocument`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `links` |
/// | 2024-07-15 | `links` need not be there |
/// | 2026-07-15 | `meta`, which need not be there |
///
/// No revision has `included`; it is what JSON:API has for lists that were asked for.
///
/// ```
/// use jobview::{Bump, JobPage, Parser};
///
/// let json = br#"{"data": [], "links": {"self": "/api/profile-bulk-import-jobs", "next": null}}"#;
/// let arena = Bump::new();
/// let page = Parser::<JobPage>::new().parse(json, &arena)?;
/// assert!(page.data.is_empty() && page.next().is_none());
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JobPage<'a, J = Job<'a>> {
    /// The jobs, in the order of the document.
    pub data: &'a [J],
    /// The lists that the jobs add profiles to; `None` when they were not asked for.
    pub included: Option<&'a [IncludedList<'a>]>,
    /// Where the page and its neighbours are found.
    pub links: Option<PageLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// A page of the errors of a job (schema `GetImportErrorResponseCollection`).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data` and `links` |
/// | 2024-07-15 | `links` need not be there |
/// | 2026-07-15 | `meta`, which need not be there |
///
/// ```
/// use jobview::{Bump, ImportErrorPage, Parser};
///
/// let json = br#"{"data": [{
///     "type": "import-error",
///     "id": "e4eebb08-b055-4a6f-bb13-c8cb69c9eb94",
///     "attributes": {
///         "code": "invalid",
///         "title": "Invalid input.",
///         "detail": "Invalid email address",
///         "source": {"pointer": "/data/attributes/profiles/data/0/attributes/email"},
///         "original_payload": {"email": "nobody"}
///     }
/// }]}"#;
/// let arena = Bump::new();
/// let page = Parser::<ImportErrorPage>::new().parse(json, &arena)?;
/// let error = page.data[0].attributes;
/// assert_eq!(error.code, "invalid");
/// assert_eq!(error.original_payload.unwrap().as_str(), r#"{"email": "nobody"}"#);
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportErrorPage<'a, E = ImportError<'a>> {
    /// The errors, in the order of the document.
    pub data: &'a [E],
    /// Where the page and its neighbours are found.
    pub links: Option<PageLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// A page of bare resource identifiers: what a relationship of a job lists (schemas
/// `GetProfileImportJobListRelationshipsResponseCollection`, the same for profiles and import errors).
///
/// | revision | brought |
/// |---|---|
/// | 2023-12-15 | `data`, of lists or profiles; identifiers of import errors are in no revision |
/// | 2026-01-15 | `links`; they need not be there |
/// | 2026-07-15 | `meta`, which need not be there |
///
/// Pages of whole lists and profiles are read as what they have of these. All revisions let a whole profile have no
/// `id`, which nobody has seen: its page is rejected.
///
/// ```
/// use jobview::{Bump, IdentifierPage, Parser, ResourceType};
///
/// let json = br#"{"data": [{"type": "list", "id": "YafG4m"}]}"#;
/// let arena = Bump::new();
/// let page = Parser::<IdentifierPage>::new().parse(json, &arena)?;
/// assert_eq!(page.resource_type, Some(ResourceType::List));
/// assert_eq!(page.data[0].id, "YafG4m");
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IdentifierPage<'a> {
    /// The `type` of all of them; `None` where there are none, for then the document does not say.
    pub resource_type: Option<ResourceType>,
    /// The identifiers, in the order of the document.
    pub data: &'a [ResourceIdentifier<'a>],
    /// Where the page and its neighbours are found.
    pub links: Option<PageLinks<'a>>,
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// Types of the resources that a job is related to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ResourceType {
    /// Of a list.
    List,
    /// Of a profile.
    Profile,
    /// Of an error met during the import.
    ImportError,
}

impl ResourceType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::List, Self::Profile, Self::ImportError];

    /// The `type` as it stands in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Profile => "profile",
            Self::ImportError => "import-error",
        }
    }
}

impl fmt::Display for ResourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The answer to a request that failed: errors instead of `data` (JSON:API, error objects).
///
/// No revision of the API describes it; [`ResponseError`] says who sends what.
///
/// ```
/// use jobview::{Bump, ErrorResponse, Parser};
///
/// let json = br#"{"errors": [{"id": "d2ef", "status": 404, "code": "not_found", "title": "Not found.",
///     "detail": "Invalid job id", "source": {"pointer": "/data/"}}]}"#;
/// let arena = Bump::new();
/// let response = Parser::<ErrorResponse>::new().parse(json, &arena)?;
/// assert_eq!(response.errors[0].status, Some(404));
/// # Ok::<(), jobview::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ErrorResponse<'a> {
    /// The errors, in the order of the document.
    pub errors: &'a [ResponseError<'a>],
    /// What the document says about itself: any JSON.
    pub meta: Option<RawJson<'a>>,
}

/// Any answer of the job endpoints.
///
/// Which one it is shows in the document, whatever the order of its members:
///
/// | the document has | it is |
/// |---|---|
/// | `data`, an object | a [`Compound`](Self::Compound) if it has `included`, else a [`Response`](Self::Response) |
/// | `data`, an array whose first item has the `type` of a job | a [`Page`](Self::Page) |
/// | `data`, an array whose first item is an `import-error` with `attributes` | [`ImportErrors`](Self::ImportErrors) |
/// | `data`, an array of other items of the types `list`, `profile`, `import-error` | [`Identifiers`](Self::Identifiers) |
/// | `data`, an empty array | told from the path of `links.self`: [`Identifiers`](Self::Identifiers) if it ends with `relationships/` and a name, [`ImportErrors`](Self::ImportErrors) if it ends with `import-errors`, else a [`Page`](Self::Page) |
/// | `errors` and no `data` | [`Errors`](Self::Errors) |
///
/// A document that is none of these is rejected as a bad [`Page`](Self::Page) if `data` is an array, else as a bad
/// [`Response`](Self::Response).
///
/// ```
/// use jobview::{Bump, JobDocument, Jobs as _, Parser};
///
/// let stream = br#"{"errors": []}
/// {"data": [{"type": "profile", "id": "01GDDKASAP8TKDDA2GRZDSVP4H"}]}
/// {"data": []}"#;
/// let arena = Bump::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(stream, &arena);
/// let kinds: Vec<_> = batch.documents().iter().map(|document| document.kind().as_str()).collect();
/// assert_eq!(kinds, ["errors", "identifiers", "page"]);
/// assert_eq!(batch.jobs().count(), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobDocument<'a, J = Job<'a>, E = ImportError<'a>> {
    /// A job by itself.
    Response(JobResponse<'a, J>),
    /// A job with the lists that belong to it.
    Compound(JobCompound<'a, J>),
    /// Many jobs.
    Page(JobPage<'a, J>),
    /// The errors of a job.
    ImportErrors(ImportErrorPage<'a, E>),
    /// What a relationship lists.
    Identifiers(IdentifierPage<'a>),
    /// The answer to a request that failed.
    Errors(ErrorResponse<'a>),
}

/// The kinds of documents that a [`JobDocument`] can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// A [`JobResponse`].
    Response,
    /// A [`JobCompound`].
    Compound,
    /// A [`JobPage`].
    Page,
    /// An [`ImportErrorPage`].
    ImportErrors,
    /// An [`IdentifierPage`].
    Identifiers,
    /// An [`ErrorResponse`].
    Errors,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Response,
        Self::Compound,
        Self::Page,
        Self::ImportErrors,
        Self::Identifiers,
        Self::Errors,
    ];

    /// The name, as the command line has it, too: `--kind` and what it prints.
    ///
    /// ```
    /// use jobview::DocumentKind;
    ///
    /// assert_eq!(DocumentKind::ImportErrors.as_str(), "import-errors");
    /// assert_eq!("import-errors".parse(), Ok(DocumentKind::ImportErrors));
    /// let error = "letter".parse::<DocumentKind>().unwrap_err();
    /// let expected = "expected one of: response, compound, page, import-errors, identifiers, errors";
    /// assert_eq!(error.to_string(), expected);
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Compound => "compound",
            Self::Page => "page",
            Self::ImportErrors => "import-errors",
            Self::Identifiers => "identifiers",
            Self::Errors => "errors",
        }
    }

    /// What a sentence says of it: `a page of jobs`, for example.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Response => "the response about one job",
            Self::Compound => "a compound document of one job",
            Self::Page => "a page of jobs",
            Self::ImportErrors => "a page of import errors",
            Self::Identifiers => "a page of resource identifiers",
            Self::Errors => "an error response",
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for DocumentKind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or(UnknownKind)
    }
}

/// A name that no [`DocumentKind`] has. Its text lists those that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownKind;

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = DocumentKind::ALL.map(DocumentKind::as_str);
        write!(f, "expected one of: {}", names.join(", "))
    }
}

impl std::error::Error for UnknownKind {}

impl<'a, J, E> JobDocument<'a, J, E> {
    /// Which kind it is.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Response(_) => DocumentKind::Response,
            Self::Compound(_) => DocumentKind::Compound,
            Self::Page(_) => DocumentKind::Page,
            Self::ImportErrors(_) => DocumentKind::ImportErrors,
            Self::Identifiers(_) => DocumentKind::Identifiers,
            Self::Errors(_) => DocumentKind::Errors,
        }
    }

    /// The jobs in it: one, those of a page, or none.
    pub fn jobs(&self) -> &[J] {
        match self {
            Self::Response(response) => slice::from_ref(&response.data),
            Self::Compound(compound) => slice::from_ref(&compound.data),
            Self::Page(page) => page.data,
            Self::ImportErrors(_) | Self::Identifiers(_) | Self::Errors(_) => &[],
        }
    }

    /// What the document says about itself, whichever kind it is.
    pub fn meta(&self) -> Option<RawJson<'a>> {
        match self {
            Self::Response(response) => response.meta,
            Self::Compound(compound) => compound.meta,
            Self::Page(page) => page.meta,
            Self::ImportErrors(page) => page.meta,
            Self::Identifiers(page) => page.meta,
            Self::Errors(response) => response.meta,
        }
    }
}

impl<'a, J> JobPage<'a, J> {
    /// The URI of the next page; `None` on the last one.
    pub fn next(&self) -> Option<&'a str> {
        self.links.and_then(|links| links.next)
    }
}

impl<'a, E> ImportErrorPage<'a, E> {
    /// The URI of the next page; `None` on the last one.
    pub fn next(&self) -> Option<&'a str> {
        self.links.and_then(|links| links.next)
    }
}

impl<'a> IdentifierPage<'a> {
    /// The URI of the next page; `None` on the last one.
    pub fn next(&self) -> Option<&'a str> {
        self.links.and_then(|links| links.next)
    }
}
