//! The choices of the caller: seed, kind, shape, layout, oddities.
//!
//! Must not hold anything that changes while records are written. Add a new kind, shape or layout at the end of its
//! `ALL`: the command line shows their names in that order.

use std::error::Error;
use std::fmt;
use std::num::{NonZeroU32, NonZeroU64};
use std::str::FromStr;

/// Which documents of the job endpoints are generated.
///
/// ```
/// use jobview_corpus::Kind;
///
/// assert_eq!("import-errors".parse(), Ok(Kind::ImportErrors));
/// assert!("letters".parse::<Kind>().is_err());
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One job: the response to a posted job, or to a request for a job.
    Response,
    /// One job with its included lists.
    Compound,
    /// A page of jobs, which may have their lists included.
    Page,
    /// The import errors of a job, each with what was sent.
    ImportErrors,
    /// A page of resource identifiers, all of one type: the lists, profiles or import errors of a job.
    Identifiers,
    /// An error response: one or more error objects.
    Errors,
    /// Jobs that create catalog items, one or a page of them.
    CatalogItemBulkCreateJob,
    /// Jobs that update catalog items, one or a page of them.
    CatalogItemBulkUpdateJob,
    /// Jobs that delete catalog items, one or a page of them.
    CatalogItemBulkDeleteJob,
    /// Jobs that create variants of catalog items, one or a page of them.
    CatalogVariantBulkCreateJob,
    /// Jobs that update variants of catalog items, one or a page of them.
    CatalogVariantBulkUpdateJob,
    /// Jobs that delete variants of catalog items, one or a page of them.
    CatalogVariantBulkDeleteJob,
    /// Jobs that create catalog categories, one or a page of them.
    CatalogCategoryBulkCreateJob,
    /// Jobs that update catalog categories, one or a page of them.
    CatalogCategoryBulkUpdateJob,
    /// Jobs that delete catalog categories, one or a page of them.
    CatalogCategoryBulkDeleteJob,
    /// Jobs that create coupon codes, one or a page of them.
    CouponCodeBulkCreateJob,
    /// Jobs that suppress profiles, one or a page of them.
    ProfileSuppressionBulkCreateJob,
    /// Jobs that end the suppression of profiles, one or a page of them.
    ProfileSuppressionBulkDeleteJob,
    /// A mixture of the kinds above, mostly jobs that import profiles.
    ///
    /// A reader can recognise each document: by the type of its contents or, if it has none, by the path of its
    /// `links.self`.
    Mixed,
}

impl Kind {
    /// Every kind; the mixture of the others comes last.
    pub const ALL: [Self; 19] = [
        Self::Response,
        Self::Compound,
        Self::Page,
        Self::ImportErrors,
        Self::Identifiers,
        Self::Errors,
        Self::CatalogItemBulkCreateJob,
        Self::CatalogItemBulkUpdateJob,
        Self::CatalogItemBulkDeleteJob,
        Self::CatalogVariantBulkCreateJob,
        Self::CatalogVariantBulkUpdateJob,
        Self::CatalogVariantBulkDeleteJob,
        Self::CatalogCategoryBulkCreateJob,
        Self::CatalogCategoryBulkUpdateJob,
        Self::CatalogCategoryBulkDeleteJob,
        Self::CouponCodeBulkCreateJob,
        Self::ProfileSuppressionBulkCreateJob,
        Self::ProfileSuppressionBulkDeleteJob,
        Self::Mixed,
    ];

    /// The kinds of jobs that are not profile imports. The name of each is the member `type` of its jobs.
    ///
    /// ```
    /// use jobview_corpus::Kind;
    ///
    /// assert_eq!(Kind::BULK[9], Kind::CouponCodeBulkCreateJob);
    /// assert!(Kind::BULK.iter().all(|kind| kind.name().ends_with("-job")));
    /// ```
    pub const BULK: [Self; 12] = [
        Self::CatalogItemBulkCreateJob,
        Self::CatalogItemBulkUpdateJob,
        Self::CatalogItemBulkDeleteJob,
        Self::CatalogVariantBulkCreateJob,
        Self::CatalogVariantBulkUpdateJob,
        Self::CatalogVariantBulkDeleteJob,
        Self::CatalogCategoryBulkCreateJob,
        Self::CatalogCategoryBulkUpdateJob,
        Self::CatalogCategoryBulkDeleteJob,
        Self::CouponCodeBulkCreateJob,
        Self::ProfileSuppressionBulkCreateJob,
        Self::ProfileSuppressionBulkDeleteJob,
    ];

    /// The name that [`FromStr`] reads: lower case, words joined by hyphens. jobview uses the same names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Compound => "compound",
            Self::Page => "page",
            Self::ImportErrors => "import-errors",
            Self::Identifiers => "identifiers",
            Self::Errors => "errors",
            Self::CatalogItemBulkCreateJob => "catalog-item-bulk-create-job",
            Self::CatalogItemBulkUpdateJob => "catalog-item-bulk-update-job",
            Self::CatalogItemBulkDeleteJob => "catalog-item-bulk-delete-job",
            Self::CatalogVariantBulkCreateJob => "catalog-variant-bulk-create-job",
            Self::CatalogVariantBulkUpdateJob => "catalog-variant-bulk-update-job",
            Self::CatalogVariantBulkDeleteJob => "catalog-variant-bulk-delete-job",
            Self::CatalogCategoryBulkCreateJob => "catalog-category-bulk-create-job",
            Self::CatalogCategoryBulkUpdateJob => "catalog-category-bulk-update-job",
            Self::CatalogCategoryBulkDeleteJob => "catalog-category-bulk-delete-job",
            Self::CouponCodeBulkCreateJob => "coupon-code-bulk-create-job",
            Self::ProfileSuppressionBulkCreateJob => "profile-suppression-bulk-create-job",
            Self::ProfileSuppressionBulkDeleteJob => "profile-suppression-bulk-delete-job",
            Self::Mixed => "mixed",
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// The size of each job. Other documents have no shape. Sizes are those of jobs that import profiles.
///
/// The jobs of the kinds in [`Kind::BULK`] name their resources: none or up to three in `Poll`, 10 to 14 in `Inline`,
/// 200 to 400 in `Wide`. If these are included, all of them are.
///
/// ```
/// use jobview_corpus::Shape;
///
/// assert_eq!("wide".parse(), Ok(Shape::Wide));
/// assert!("tall".parse::<Shape>().is_err());
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The API's response to a poll: list ids and links, about 1.4 KB.
    Poll,
    /// As `Poll`, with 10 to 14 inline profile ids and a few import errors, about 2 KB.
    Inline,
    /// As `Inline`, with 5,000 to 10,000 profile ids, on average about 400 KB.
    Wide,
}

impl Shape {
    /// Every shape, smallest first.
    pub const ALL: [Self; 3] = [Self::Poll, Self::Inline, Self::Wide];

    /// The name that [`FromStr`] reads: lower case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Inline => "inline",
            Self::Wide => "wide",
        }
    }
}

impl FromStr for Shape {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|shape| shape.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// How documents are formatted. The same seed, kind and shape give the same content in every layout.
///
/// ```
/// use jobview_corpus::Layout;
///
/// assert!(Layout::ALL.iter().all(|&layout| layout.name().parse() == Ok(layout)));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// No white space, and the API's member order: what the API sends.
    Compact,
    /// As Python's `json.dumps` writes: `", "` and `": "`, ASCII only.
    Spaced,
    /// Compact, the members of every object sorted by name.
    Sorted,
    /// Indented by two spaces, over many lines. It is the only layout in which a record is not one line.
    Pretty,
    /// Compact, with at least one escape in every string and in some member names.
    Escaped,
    /// Members in a different order in every document, with random spaces and tabs between them.
    Shuffled,
    /// Compact, with `\/` for every slash and no other optional escape, as PHP writes.
    Slashed,
    /// As `Shuffled`, except for white space at the beginning, with escapes in some strings and some member names.
    Wild,
}

impl Layout {
    /// Every layout, in the order in which they were added.
    pub const ALL: [Self; 8] = [
        Self::Compact,
        Self::Spaced,
        Self::Sorted,
        Self::Pretty,
        Self::Escaped,
        Self::Shuffled,
        Self::Slashed,
        Self::Wild,
    ];

    /// The name that [`FromStr`] reads: lower case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Spaced => "spaced",
            Self::Sorted => "sorted",
            Self::Pretty => "pretty",
            Self::Escaped => "escaped",
            Self::Shuffled => "shuffled",
            Self::Slashed => "slashed",
            Self::Wild => "wild",
        }
    }
}

impl FromStr for Layout {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|layout| layout.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// The unknown members in the documents. The documents stay valid, and their known members stay the same.
///
/// ```
/// use jobview_corpus::ExtraMembers;
///
/// assert_eq!("evolved".parse(), Ok(ExtraMembers::Evolved));
/// assert!("grown".parse::<ExtraMembers>().is_err());
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtraMembers {
    /// None.
    None,
    /// Some of a dozen fixed members, different ones in each document, anywhere in their object.
    Assorted,
    /// The same members at the same places in every document, as a later revision of the API would add them: numbers,
    /// texts, nested objects and arrays. Their values vary as others do.
    Evolved,
    /// Members with names that hardly ever repeat, with any value, anywhere in one object of four, as if someone used
    /// names for data.
    Strewn,
}

impl ExtraMembers {
    /// Every choice, `None` first.
    pub const ALL: [Self; 4] = [Self::None, Self::Assorted, Self::Evolved, Self::Strewn];

    /// The name that [`FromStr`] reads: lower case, one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Assorted => "assorted",
            Self::Evolved => "evolved",
            Self::Strewn => "strewn",
        }
    }
}

impl FromStr for ExtraMembers {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|extra| extra.name() == name)
            .ok_or_else(|| UnknownName { known: Self::ALL.map(Self::name).join(", ") })
    }
}

/// The error for an unknown name of a kind, shape, layout or choice of extra members. Its text lists the valid names.
///
/// ```
/// use jobview_corpus::Shape;
///
/// let error = "tall".parse::<Shape>().unwrap_err();
/// assert_eq!(error.to_string(), "expected one of: poll, inline, wide");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    known: String,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected one of: {}", self.known)
    }
}

impl Error for UnknownName {}

/// Everything that determines the bytes that a [`Generator`](crate::Generator) writes.
///
/// ```
/// use std::num::{NonZeroU32, NonZeroU64};
/// use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape};
///
/// let plain = Settings::new(7, Shape::Poll, Layout::Shuffled);
/// let nasty = Settings {
///     unknown_members: ExtraMembers::Strewn,
///     bad_every: NonZeroU64::new(10),
///     ..plain
/// };
/// let four = NonZeroU32::new(4).expect("it is not zero");
/// let real = Settings { varied: true, producers: four, ..Settings::new(7, Shape::Poll, Layout::Compact) };
/// let pages = Settings { kind: Kind::Page, items: 20, ..plain };
/// assert!(plain.bad_every.is_none() && nasty.bad_every.is_some());
/// assert_eq!((plain.kind, pages.kind), (Kind::Response, Kind::Page));
/// assert!(real.varied && !plain.varied);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed: each one gives different documents.
    pub seed: u64,
    /// The kind of the documents.
    pub kind: Kind,
    /// The size of each job.
    pub shape: Shape,
    /// The format of each document.
    pub layout: Layout,
    /// How many jobs, import errors or resource identifiers a page has. The last page of a collection may have fewer.
    pub items: u32,
    /// Whether the documents were requested with `fields[...]`. Then jobs and import errors have only some of their
    /// attributes, in any order, the same throughout a document. Required attributes may be missing; nothing else is
    /// different.
    pub sparse: bool,
    /// Whether import errors and error responses come in every form that a revision of the API or a known producer
    /// uses: sources without a pointer, with `null` or a parameter, a status as text, no `code` and no `title`.
    /// Otherwise all have the form of the latest revision.
    pub every_form: bool,
    /// Whether jobs that import profiles vary where the schema allows it: `null` for nullable values, counts of 1 to 18
    /// digits, up to two lists, times with microseconds and without, links with a query and without. One job in five
    /// leaves out optional members, each at random. Other resources do not vary.
    pub varied: bool,
    /// How many producers the records come from. They take turns at random. Each has its own member order, the first
    /// one that of the API; everything else is the same for all. If the layout determines the order, as
    /// [`Sorted`](Layout::Sorted) does, that takes precedence.
    pub producers: NonZeroU32,
    /// Which unknown members are added.
    pub unknown_members: ExtraMembers,
    /// `Some(n)`: the records n, 2n, 3n and so on are broken, each in the next of a cycle of ways. The good records
    /// around them stay the same. No reader accepts a broken record, whichever kinds it knows. A reader that recognises
    /// the framing from the first record finds exactly one record there. So does a reader that finds the end of a
    /// broken record by the beginning of the next, if the next one is good, or not indented as some records of
    /// [`Shuffled`](Layout::Shuffled) are.
    pub bad_every: Option<NonZeroU64>,
}

impl Settings {
    /// Settings for good, complete records of the kind [`Kind::Response`] from one producer, in the usual form and
    /// without unknown members. Pages have 100 items.
    pub const fn new(seed: u64, shape: Shape, layout: Layout) -> Self {
        Self {
            seed,
            kind: Kind::Response,
            shape,
            layout,
            items: 100,
            sparse: false,
            every_form: false,
            varied: false,
            producers: NonZeroU32::MIN,
            unknown_members: ExtraMembers::None,
            bad_every: None,
        }
    }
}
