//! Whole answers of the job endpoints: one file a kind, declared.
//!
//! One of them knows which kind it is by its type; [`JobDocument`] is any of them. Those with the name `Sparse` are for answers of
//! which only some fields were asked for (JSON:API, sparse fieldsets). A new kind is a new file here, a variant below, and a row
//! where [`told`] tells kinds apart.

mod error_response;
mod identifier_page;
mod import_error_page;
mod job_compound;
mod job_page;
mod job_response;
mod told;

pub use error_response::*;
pub use identifier_page::*;
pub use import_error_page::*;
pub use job_compound::*;
pub use job_page::*;
pub use job_response::*;

use crate::resources::{Job, SparseJob};
use gapwise::{RawJson, View};
use std::fmt;
use std::slice;
use std::str::FromStr;

/// Declares any answer, of whichever kind.
macro_rules! any_document {
    ($(
        $(#[$about:meta])*
        $any:ident $owned:literal {
            job: $compound:ident of $job:ident,
            page: $page:ident,
            import_errors: $import_errors:ident,
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, View)]
        #[view(told_by = told::any, owned = $owned, owned_derive(Eq, Hash))]
        #[cfg_attr(feature = "serde", view(serde))]
        #[expect(clippy::large_enum_variant, reason = "most documents are of the largest")]
        pub enum $any<'a> {
            /// One job, with the lists that belong to it if they were asked for.
            Job($compound<'a>),
            /// Many jobs.
            Page($page<'a>),
            /// The errors of a job.
            ImportErrors($import_errors<'a>),
            /// What a relationship lists.
            Identifiers(IdentifierPage<'a>),
            /// The answer to a request that failed.
            Errors(ErrorResponse<'a>),
        }

        impl<'a> $any<'a> {
            /// Which kind it is.
            pub const fn kind(&self) -> DocumentKind {
                match self {
                    Self::Job($compound { included: None, .. }) => DocumentKind::Response,
                    Self::Job(_) => DocumentKind::Compound,
                    Self::Page(_) => DocumentKind::Page,
                    Self::ImportErrors(_) => DocumentKind::ImportErrors,
                    Self::Identifiers(_) => DocumentKind::Identifiers,
                    Self::Errors(_) => DocumentKind::Errors,
                }
            }

            /// The jobs in it: one, those of a page, or none.
            pub fn jobs(&self) -> &[$job<'a>] {
                match self {
                    Self::Job(compound) => slice::from_ref(&compound.data),
                    Self::Page(page) => page.data,
                    Self::ImportErrors(_) | Self::Identifiers(_) | Self::Errors(_) => &[],
                }
            }

            /// What the document says about itself, whichever kind it is.
            pub const fn meta(&self) -> Option<RawJson<'a>> {
                match self {
                    Self::Job(compound) => compound.meta,
                    Self::Page(page) => page.meta,
                    Self::ImportErrors(page) => page.meta,
                    Self::Identifiers(page) => page.meta(),
                    Self::Errors(response) => response.meta,
                }
            }
        }
    )*};
}

any_document! {
    /// Any answer of the job endpoints.
    ///
    /// Which one it is shows in the document, whatever the order of its members:
    ///
    /// | the document has | it is |
    /// |---|---|
    /// | `data`, an object | a [`Job`](Self::Job): a [`Response`](DocumentKind::Response), or if it has `included`, a [`Compound`](DocumentKind::Compound) |
    /// | `data`, an array whose first item has the `type` of a job | a [`Page`](Self::Page) |
    /// | `data`, an array whose first item is an `import-error` with `attributes` | [`ImportErrors`](Self::ImportErrors) |
    /// | `data`, an array of other items of the types `list`, `profile`, `import-error` | [`Identifiers`](Self::Identifiers) |
    /// | `data`, an empty array | told from the path of `links.self`: [`Identifiers`](Self::Identifiers) if it ends with `relationships/` and a name, [`ImportErrors`](Self::ImportErrors) if it ends with `import-errors`, else a [`Page`](Self::Page) |
    /// | `errors` and no `data` | [`Errors`](Self::Errors) |
    ///
    /// A document that is none of these is rejected as a bad [`Page`](Self::Page) if `data` is an array, else as a bad
    /// [`Job`](Self::Job).
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
    JobDocument "OwnedJobDocument" {
        job: JobCompound of Job,
        page: JobPage,
        import_errors: ImportErrorPage,
    }

    /// A [`JobDocument`] of which only some fields were asked for.
    SparseJobDocument "OwnedSparseJobDocument" {
        job: SparseJobCompound of SparseJob,
        page: SparseJobPage,
        import_errors: SparseImportErrorPage,
    }
}

/// The neighbours of a page.
macro_rules! pages {
    ($($page:ident)*) => {$(
        impl<'a> $page<'a> {
            /// The URI of the next page; `None` on the last one.
            pub fn next(&self) -> Option<&'a str> {
                self.links.and_then(|links| links.next)
            }
        }
    )*};
}

pages! {
    JobPage SparseJobPage ImportErrorPage SparseImportErrorPage
    ListIdentifierPage ProfileIdentifierPage ImportErrorIdentifierPage
}

/// The kinds of documents that a [`JobDocument`] can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, View)]
#[view(rename_all = "kebab-case")]
#[cfg_attr(feature = "serde", view(serde))]
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
