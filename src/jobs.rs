//! Jobs, wherever they stand.

use crate::documents::{
    JobCompound, JobDocument, JobPage, JobResponse, SparseJobCompound, SparseJobDocument,
    SparseJobPage,
};
use crate::resources::{Job, SparseJob};
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

/// Where the jobs of a document are.
macro_rules! jobs {
    ($($document:ident of $job:ident: |$view:ident| $jobs:expr;)*) => {$(
        impl<'a> Jobs<'a> for &'a $document<'a> {
            type Job = $job<'a>;

            fn jobs(&self) -> impl Iterator<Item = &'a $job<'a>> {
                let $view: &'a $document<'a> = self;
                $jobs.iter()
            }
        }
    )*};
}

jobs! {
    JobResponse of Job: |document| slice::from_ref(&document.data);
    JobCompound of Job: |document| slice::from_ref(&document.data);
    JobPage of Job: |document| document.data;
    JobDocument of Job: |document| document.jobs();
    SparseJobCompound of SparseJob: |document| slice::from_ref(&document.data);
    SparseJobPage of SparseJob: |document| document.data;
    SparseJobDocument of SparseJob: |document| document.jobs();
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
