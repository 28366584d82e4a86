//! The kinds of documents.

use gapwise::View;
use std::fmt;
use std::str::FromStr;

/// Declares the kinds: those of jobs that import profiles, and those of the other bulk jobs.
macro_rules! kinds {
    (
        {$(
            $(#[$about:meta])*
            $kind:ident $name:literal $description:literal $endpoints:literal $schemas:literal $revisions:literal;
        )*}
        $($bulk:ident $module:ident $type:literal $what:literal $stem:literal;)*
    ) => {
        /// The kinds of documents that a [`JobDocument`](crate::JobDocument) can be.
        ///
        /// | kind | what it is | endpoints, behind `/api` | schemas | revisions |
        /// |---|---|---|---|---|
        $(#[doc = concat!(
            "| [`", $name, "`](Self::", stringify!($kind), ") | ", $description, " | ", $endpoints, " | ", $schemas, " | ",
            $revisions, " |"
        )])*
        $(#[doc = concat!(
            "| [`", $type, "`](Self::", stringify!($bulk), ") | jobs to ", $what, " | POST and GET `/", $type, "s`, GET `/",
            $type, "s/{id}` | `Post", $stem, "Response`, `Get", $stem, "Response...` | 2026-07-15 |"
        )])*
        ///
        /// The revisions are those that the views were written for. Members that later revisions add are skipped, and
        /// [`Drift`](crate::Drift) reports them. The vendor answers the creation of subscriptions, events and records
        /// without a document, and campaigns are not sent in bulk.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, View)]
        #[view(rename_all = "kebab-case")]
        #[cfg_attr(feature = "serde", view(serde))]
        #[non_exhaustive]
        pub enum DocumentKind {
            $($(#[$about])* $kind,)*
            $(
                #[doc = concat!("A [`JobDocument`](crate::jobs::", stringify!($module), "::JobDocument).")]
                $bulk,
            )*
        }

        impl DocumentKind {
            /// Every kind.
            ///
            /// ```
            /// use jobview::DocumentKind;
            ///
            /// let bulk = DocumentKind::ALL.into_iter().filter(|kind| kind.as_str().ends_with("-job"));
            /// assert_eq!(bulk.count(), 12);
            /// ```
            pub const ALL: [Self; [$($name,)* $($type,)*].len()] = [$(Self::$kind,)* $(Self::$bulk,)*];

            /// The kinds of bulk jobs that do not import profiles.
            pub(super) const BULK: [Self; [$($type,)*].len()] = [$(Self::$bulk,)*];

            /// The name of the kind, which the command line also uses: for `--kind`, and in its output. For jobs that
            /// do not import profiles, it is their `type`.
            ///
            /// ```
            /// use jobview::DocumentKind;
            ///
            /// assert_eq!(DocumentKind::ImportErrors.as_str(), "import-errors");
            /// assert_eq!("import-errors".parse(), Ok(DocumentKind::ImportErrors));
            /// let error = "letter".parse::<DocumentKind>().unwrap_err();
            /// assert!(error.to_string().starts_with("expected one of: response, compound, page, import-errors, "));
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                    $(Self::$bulk => $type,)*
                }
            }

            /// The kind in words, to use in a sentence: `a page of jobs`, for example.
            ///
            /// ```
            /// use jobview::DocumentKind;
            ///
            /// assert_eq!(DocumentKind::Page.description(), "a page of jobs");
            /// assert_eq!(DocumentKind::CouponCodeBulkCreateJob.description(), "jobs to create coupon codes");
            /// ```
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$kind => $description,)*
                    $(Self::$bulk => concat!("jobs to ", $what),)*
                }
            }

            /// The kind in words, as a page of jobs or as one job, where the kind has both.
            pub(super) const fn description_of(self, is_page: bool) -> &'static str {
                match (self, is_page) {
                    $((Self::$kind, _) => $description,)*
                    $(
                        (Self::$bulk, false) => concat!("one job to ", $what),
                        (Self::$bulk, true) => concat!("a page of jobs to ", $what),
                    )*
                }
            }
        }
    };
}

with_bulk_jobs!(kinds! {
    /// A [`JobResponse`](crate::JobResponse).
    Response "response" "the response about one job" "POST `/profile-bulk-import-jobs`" "`PostProfileImportJobResponse`"
        "2023-12-15 to 2026-07-15";
    /// A [`JobCompound`](crate::JobCompound).
    Compound "compound" "a compound document of one job" "GET `/profile-bulk-import-jobs/{id}`"
        "`GetProfileImportJobResponseCompoundDocument`" "2023-12-15 to 2026-07-15";
    /// A [`JobPage`](crate::JobPage).
    Page "page" "a page of jobs" "GET `/profile-bulk-import-jobs`"
        "`GetProfileImportJobResponseCollectionCompoundDocument`" "2023-12-15 to 2026-07-15";
    /// An [`ImportErrorPage`](crate::ImportErrorPage).
    ImportErrors "import-errors" "a page of import errors" "GET `/profile-bulk-import-jobs/{id}/import-errors`"
        "`GetImportErrorResponseCollection`" "2023-12-15 to 2026-07-15";
    /// An [`IdentifierPage`](crate::IdentifierPage).
    Identifiers "identifiers" "a page of resource identifiers"
        "GET `/profile-bulk-import-jobs/{id}/relationships/` and `lists`, `profiles`"
        "`GetProfileBulkImportJob...RelationshipsResponseCollection`" "2023-12-15 to 2026-07-15";
    /// An [`ErrorResponse`](crate::ErrorResponse).
    Errors "errors" "an error response" "any, with a status of 4xx or 5xx" "the API's error objects" "all";
});

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

/// A name that is not a [`DocumentKind`]. The message lists the valid names.
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
