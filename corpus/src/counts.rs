//! The counts of what was written, which a correct reader must arrive at.
//!
//! Must not look at written text: the counts come from the drawn documents, so that a mistake in a layout shows as a
//! difference.

use crate::content::{Answer, Said, Status};
use crate::fieldset::Fieldset;
use crate::settings::Kind;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

/// Totals over the records that a [`Generator`](crate::Generator) has written so far.
///
/// All except [`bytes`](Self::bytes) and [`rejected`](Self::rejected) cover only the good records. Counts of jobs cover
/// all jobs, on their own or in pages. Attributes that a sparse fieldset leaves out are not counted.
///
/// ```
/// use jobview_corpus::{Layout, Settings, Shape, generate};
///
/// let (_, counts) = generate(Settings::new(7, Shape::Poll, Layout::Compact), 10);
/// let status = counts.status;
/// let sum = status.cancelled + status.complete + status.processing + status.queued;
/// assert_eq!(sum, counts.documents);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Bytes written, newlines and bad records included.
    pub bytes: u64,
    /// Good records.
    pub documents: u64,
    /// Bad records.
    pub rejected: u64,
    /// Good records by kind.
    pub kinds: KindCounts,
    /// Jobs, on their own or in pages.
    pub jobs: u64,
    /// Lists included with jobs.
    pub included_lists: u64,
    /// Catalog items, variants, categories and coupon codes included with jobs.
    pub included_resources: u64,
    /// Import errors with their attributes.
    pub import_errors: u64,
    /// Import errors by `code`.
    pub import_errors_by_code: BTreeMap<&'static str, u64>,
    /// Resource identifiers in pages of identifiers, without those in jobs.
    pub listed_ids: u64,
    /// Error objects.
    pub errors: u64,
    /// Error objects by `status`.
    pub errors_by_status: BTreeMap<i64, u64>,
    /// Jobs by status.
    pub status: StatusCounts,
    /// Sum of `total_count`.
    pub total_count: i128,
    /// Sum of `completed_count`.
    pub completed_count: i128,
    /// Sum of `failed_count`.
    pub failed_count: i128,
    /// Sum of `skipped_count`.
    pub skipped_count: i128,
    /// Errors that jobs list in their attributes.
    pub job_errors: u64,
    /// Resource identifiers in the relationship `lists` of jobs.
    pub list_ids: u64,
    /// Resource identifiers in the relationship `profiles` of jobs.
    pub profile_ids: u64,
    /// Resource identifiers in the relationship `import-errors` of jobs.
    pub import_error_ids: u64,
    /// Resource identifiers of catalog items, variants, categories, coupon codes and segments in jobs.
    pub related_ids: u64,
    /// The text, without escapes, of the earliest `created_at`. Of equal instants, the first one written.
    pub first_created_at: Option<String>,
    /// The text, without escapes, of the latest `created_at`. Of equal instants, the first one written.
    pub last_created_at: Option<String>,
}

/// The number of documents of each [`Kind`].
///
/// Index it by a kind. No document is of the kind [`Kind::Mixed`], so indexing by it panics.
///
/// ```
/// use jobview_corpus::{Kind, Layout, Settings, Shape, generate};
///
/// let settings = Settings { kind: Kind::Mixed, items: 3, ..Settings::new(7, Shape::Poll, Layout::Compact) };
/// let kinds = generate(settings, 200).1.kinds;
/// assert!(kinds[Kind::Response] > kinds[Kind::CouponCodeBulkCreateJob]);
/// let pure = Kind::ALL.into_iter().filter(|&kind| kind != Kind::Mixed);
/// assert_eq!(pure.map(|kind| kinds[kind]).sum::<u64>(), 200);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindCounts([u64; PURE_KINDS]);

/// All kinds except the mixture, which comes last.
const PURE_KINDS: usize = Kind::ALL.len() - 1;

const _: () = assert!(Kind::Mixed as usize == PURE_KINDS);

impl Index<Kind> for KindCounts {
    type Output = u64;

    /// The number of documents of a kind. Panics for [`Kind::Mixed`].
    fn index(&self, kind: Kind) -> &u64 {
        &self.0[kind as usize]
    }
}

impl IndexMut<Kind> for KindCounts {
    /// The number of documents of a kind. Panics for [`Kind::Mixed`].
    fn index_mut(&mut self, kind: Kind) -> &mut u64 {
        &mut self.0[kind as usize]
    }
}

/// The number of jobs with each status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// `cancelled`
    pub cancelled: u64,
    /// `complete`
    pub complete: u64,
    /// `processing`
    pub processing: u64,
    /// `queued`
    pub queued: u64,
}

/// The totals, and the instants of the two texts in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    first_created: Option<Timestamp>,
    last_created: Option<Timestamp>,
}

impl Tally {
    /// Counts one good record, without its bytes.
    pub(crate) fn add(&mut self, answer: &Answer, fieldset: Option<&Fieldset>) {
        let counts = &mut self.counts;
        counts.documents += 1;
        counts.kinds[answer.kind()] += 1;
        match answer {
            Answer::Response(_) | Answer::Page(_, None, _) => {}
            Answer::Compound(_, lists) | Answer::Page(_, Some(lists), _) => {
                counts.included_lists += lists.len() as u64;
            }
            Answer::ImportErrors(errors, ..) => {
                counts.import_errors += errors.len() as u64;
                if fieldset.is_none_or(|fieldset| fieldset.contains("code")) {
                    for error in errors {
                        *counts.import_errors_by_code.entry(error.code()).or_default() += 1;
                    }
                }
            }
            Answer::Identifiers(_, ids, ..) => counts.listed_ids += ids.len() as u64,
            Answer::Errors(errors) => {
                counts.errors += errors.len() as u64;
                for error in errors {
                    *counts.errors_by_status.entry(error.status()).or_default() += 1;
                }
            }
            Answer::Bulk(bulk) => counts.included_resources += bulk.included_resources() as u64,
        }
        for job in answer.said() {
            self.add_job(&job, fieldset);
        }
    }

    fn add_job(&mut self, job: &Said, fieldset: Option<&Fieldset>) {
        let says = |name| fieldset.is_none_or(|fieldset| fieldset.contains(name));
        let number = |name, number| if says(name) { i128::from(number) } else { 0 };
        let counts = &mut self.counts;
        counts.jobs += 1;
        *match job.status {
            Status::Cancelled => &mut counts.status.cancelled,
            Status::Complete => &mut counts.status.complete,
            Status::Processing => &mut counts.status.processing,
            Status::Queued => &mut counts.status.queued,
        } += u64::from(says("status"));
        counts.total_count += number("total_count", job.total_count);
        counts.completed_count += number("completed_count", job.completed_count);
        counts.failed_count += number("failed_count", job.failed_count);
        counts.skipped_count += number("skipped_count", job.skipped_count);
        counts.job_errors += if says("errors") { job.errors as u64 } else { 0 };
        counts.list_ids += job.list_ids as u64;
        counts.profile_ids += job.profile_ids as u64;
        counts.import_error_ids += job.import_error_ids as u64;
        counts.related_ids += job.related_ids as u64;
        if !says("created_at") {
            return;
        }
        if self.first_created.is_none_or(|first| job.created < first) {
            self.first_created = Some(job.created);
            counts.first_created_at = Some(job.created_at());
        }
        if self.last_created.is_none_or(|last| job.created > last) {
            self.last_created = Some(job.created);
            counts.last_created_at = Some(job.created_at());
        }
    }
}
