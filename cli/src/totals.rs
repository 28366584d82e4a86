//! The statistics as plain data.
//!
//! The JSON output is these types, serialised as they are, so the member names are a public interface. They are in
//! snake_case and fixed. Counts by a name that is not known beforehand are a list of objects in which the name is a
//! value. The help text of `stats` lists all members, and a test compares it with the output.

use crate::input::Novelties;
use jobview::DocumentKind;
use serde::{Serialize, Serializer};
use std::ops::{Index, IndexMut};

/// The totals that both the generator and a reader of documents can count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Totals {
    /// Bytes of all inputs.
    pub(crate) bytes: u64,
    /// Accepted documents. All further members except `rejected` are about them.
    pub(crate) documents: u64,
    /// Rejected records.
    pub(crate) rejected: u64,
    /// Documents by kind.
    pub(crate) kinds: KindTotals,
    /// Jobs, on their own or in pages.
    pub(crate) jobs: u64,
    /// Lists included with jobs.
    pub(crate) included_lists: u64,
    /// Catalog items, variants, categories and coupon codes included with jobs.
    pub(crate) included_resources: u64,
    /// Import errors with their attributes.
    pub(crate) import_errors: u64,
    /// Resource identifiers in pages of identifiers, without those in jobs.
    pub(crate) listed_ids: u64,
    /// Errors in error responses.
    pub(crate) errors: u64,
    /// Jobs by status.
    pub(crate) status: StatusTotals,
    /// Sum of this attribute of jobs.
    pub(crate) total_count: i128,
    /// Sum of this attribute of jobs.
    pub(crate) completed_count: i128,
    /// Sum of this attribute of jobs.
    pub(crate) failed_count: i128,
    /// Sum of this attribute of jobs.
    pub(crate) skipped_count: i128,
    /// Errors listed in jobs.
    pub(crate) job_errors: u64,
    /// Resource identifiers of lists in jobs.
    pub(crate) list_ids: u64,
    /// Resource identifiers of profiles in jobs.
    pub(crate) profile_ids: u64,
    /// Resource identifiers of import errors in jobs.
    pub(crate) import_error_ids: u64,
    /// Resource identifiers of catalog items, variants, categories, coupon codes and segments in jobs.
    pub(crate) related_ids: u64,
    /// The text of the earliest `created_at`. Of equal instants, the first text is kept.
    pub(crate) first_created_at: Option<String>,
    /// The text of the latest `created_at`. Of equal instants, the first text is kept.
    pub(crate) last_created_at: Option<String>,
}

impl Totals {
    /// Adds the numbers of another batch, but neither bytes nor texts.
    pub(crate) fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.rejected += other.rejected;
        for kind in DocumentKind::ALL {
            self.kinds[kind] += other.kinds[kind];
        }
        self.jobs += other.jobs;
        self.included_lists += other.included_lists;
        self.included_resources += other.included_resources;
        self.import_errors += other.import_errors;
        self.listed_ids += other.listed_ids;
        self.errors += other.errors;
        self.status.cancelled += other.status.cancelled;
        self.status.complete += other.status.complete;
        self.status.processing += other.status.processing;
        self.status.queued += other.status.queued;
        self.status.other += other.status.other;
        self.total_count += other.total_count;
        self.completed_count += other.completed_count;
        self.failed_count += other.failed_count;
        self.skipped_count += other.skipped_count;
        self.job_errors += other.job_errors;
        self.list_ids += other.list_ids;
        self.profile_ids += other.profile_ids;
        self.import_error_ids += other.import_error_ids;
        self.related_ids += other.related_ids;
    }
}

/// The number of documents of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KindTotals([u64; DocumentKind::ALL.len()]);

impl KindTotals {
    /// Takes the number for each kind from a function.
    pub(crate) fn of(documents: impl Fn(DocumentKind) -> u64) -> Self {
        Self(DocumentKind::ALL.map(documents))
    }
}

impl Index<DocumentKind> for KindTotals {
    type Output = u64;

    fn index(&self, kind: DocumentKind) -> &u64 {
        &self.0[kind as usize]
    }
}

impl IndexMut<DocumentKind> for KindTotals {
    fn index_mut(&mut self, kind: DocumentKind) -> &mut u64 {
        &mut self.0[kind as usize]
    }
}

impl Serialize for KindTotals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let member = |kind: DocumentKind| (kind.as_str().replace('-', "_"), self[kind]);
        serializer.collect_map(DocumentKind::ALL.map(member))
    }
}

/// The number of jobs with each status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct StatusTotals {
    pub(crate) cancelled: u64,
    pub(crate) complete: u64,
    pub(crate) processing: u64,
    pub(crate) queued: u64,
    /// Statuses that are not in the schema.
    pub(crate) other: u64,
}

/// The JSON output. It depends only on the inputs, so it must not have times of day or speeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Stats {
    /// The totals.
    #[serde(flatten)]
    pub(crate) totals: Totals,
    /// Import errors by code, for a bounded number of distinct codes.
    pub(crate) import_errors_by_code: Vec<OfCode>,
    /// Import errors with further codes.
    pub(crate) import_errors_with_other_codes: u64,
    /// Errors in error responses by status, for a bounded number of distinct statuses.
    pub(crate) errors_by_status: Vec<OfStatus>,
    /// Errors in error responses with further statuses.
    pub(crate) errors_with_other_statuses: u64,
    /// Jobs whose `created_at` is not an RFC 3339 date and time. They are not part of the time span.
    pub(crate) unreadable_timestamps: u64,
    /// What only a reader can find out.
    #[serde(flatten)]
    pub(crate) findings: Findings,
    /// Inputs that were read to the end.
    pub(crate) files: u64,
    /// One object for each input, in order. It is the only member whose size grows with the number of inputs.
    pub(crate) by_file: Vec<OfFile>,
}

/// What depends on how documents are read, and not only on their contents. A generator cannot know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Findings {
    /// Rejected records by error kind.
    pub(crate) rejected_by_kind: Vec<OfErrorKind>,
    /// Rejected records by error kind and JSON pointer, for a bounded number of distinct pairs.
    pub(crate) reasons: Vec<Reason>,
    /// Records rejected for further reasons.
    pub(crate) other_reasons: u64,
    /// Unknown members and layout changes.
    #[serde(flatten)]
    pub(crate) novelties: Novelties,
}

/// The import errors of one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OfCode {
    pub(crate) code: String,
    pub(crate) import_errors: u64,
}

/// The errors of one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OfStatus {
    pub(crate) status: i64,
    pub(crate) errors: u64,
}

/// The records rejected with one kind of error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OfErrorKind {
    pub(crate) kind: &'static str,
    pub(crate) records: u64,
}

/// The records rejected with one kind of error at one place in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Reason {
    pub(crate) kind: &'static str,
    /// The JSON pointer, with `*` for any index, truncated if it is long.
    pub(crate) pointer: String,
    pub(crate) records: u64,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct OfFile {
    /// Its printable name.
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) records: u64,
    pub(crate) documents: u64,
    pub(crate) rejected: u64,
    pub(crate) jobs: u64,
    /// Why it could not be read to its end.
    pub(crate) error: Option<String>,
}
