//! Jobs, wherever they stand.

use crate::model::{Job, JobCompound, JobDocument, JobPage, JobResponse};
use gapwise::Batch;
use gapwise::Document;
use std::slice;

/// Documents in which jobs stand, and batches of them.
///
/// ```
/// use jobview::{Bump, JobDocument, Jobs as _, Parser};
///
/// let job = |id| format!(r#"{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{"status":"queued",
///     "created_at":"2026-09-04T13:40:00Z","total_count":3}},"links":{{"self":"/"}}}}"#);
/// let (a, b, c) = (job("a"), job("b"), job("c"));
/// let stream = format!(r#"{{"data":{a}}} {{"data":[{b},{c}]}} {{"errors":[]}}"#);
///
/// let arena = Bump::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(stream.as_bytes(), &arena);
/// let ids: Vec<_> = batch.jobs().map(|job| job.id).collect();
/// assert_eq!(ids, ["a", "b", "c"]);
/// ```
pub trait Jobs<'a> {
    /// The view of a job.
    type Job: 'a;

    /// All of them, whether they came alone or many in a page, in the order of the input.
    fn jobs(&self) -> impl Iterator<Item = &'a Self::Job>;
}

impl<'a> Jobs<'a> for &'a JobResponse<'a> {
    type Job = Job<'a>;

    fn jobs(&self) -> impl Iterator<Item = &'a Job<'a>> {
        slice::from_ref(&self.data).iter()
    }
}

impl<'a, J> Jobs<'a> for &'a JobCompound<'a, J> {
    type Job = J;

    fn jobs(&self) -> impl Iterator<Item = &'a J> {
        slice::from_ref(&self.data).iter()
    }
}

impl<'a, J> Jobs<'a> for &'a JobPage<'a, J> {
    type Job = J;

    fn jobs(&self) -> impl Iterator<Item = &'a J> {
        self.data.iter()
    }
}

impl<'a, J, E> Jobs<'a> for &'a JobDocument<'a, J, E> {
    type Job = J;

    fn jobs(&self) -> impl Iterator<Item = &'a J> {
        JobDocument::jobs(self).iter()
    }
}

impl<'a, D: Document> Jobs<'a> for Batch<'a, D>
where
    &'a D::View<'a>: Jobs<'a>,
{
    type Job = <&'a D::View<'a> as Jobs<'a>>::Job;

    fn jobs(&self) -> impl Iterator<Item = &'a Self::Job> {
        self.documents().iter().flat_map(|document| document.jobs())
    }
}
