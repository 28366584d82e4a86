//! The newest state of each job.

use super::{AnyJob, JobStatus};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Keeps one value for each job, taken from its newest state. Use it when polling, where the same job comes in many
/// states.
///
/// A state is newer than another if its status is further on (`queued`, `processing`, an unknown one, then `cancelled`
/// or `complete`), or if the status is the same and more operations are done. If two states do not differ in this, the
/// one seen last is the newer. So the order in which files are read does not matter.
///
/// Memory grows with the number of jobs, not of states.
///
/// ```
/// use jobview::{Answer as _, Arena, JobDocument, Latest, Parser, views::AnyJob};
///
/// let polled = |id, status| format!(r#"{{"data":{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{
///     "status":"{status}","created_at":"2026-09-04T13:40:00Z","total_count":3}},"links":{{"self":"/"}}}}}}"#);
/// let stream = [polled("a", "complete"), polled("b", "queued"), polled("a", "processing")].concat();
///
/// let arena = Arena::new();
/// let batch = Parser::<JobDocument>::new().parse_batch(stream.as_bytes(), &arena);
/// let mut latest: Latest<AnyJob> = Latest::new();
/// for document in batch.documents() {
///     document.any_jobs().for_each(|job| latest.note(&job, || job));
/// }
/// let states: Vec<_> = latest.into_iter().map(|job| (job.id, job.attributes.status.unwrap().to_string())).collect();
/// assert_eq!(states, [("a", "complete".to_owned()), ("b", "queued".to_owned())]);
/// ```
#[derive(Clone, Debug)]
pub struct Latest<T> {
    /// By `type`, then by `id`.
    jobs: HashMap<&'static str, HashMap<Box<str>, Kept<T>>>,
    count: usize,
}

#[derive(Clone, Debug)]
struct Kept<T> {
    progress: Progress,
    /// How many jobs had been kept before this one.
    turn: usize,
    kept: T,
}

/// How far a job is: its status, and below that how many operations are done. As one number, because there may be many
/// millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Progress(i128);

impl Progress {
    fn of(job: &AnyJob<'_>) -> Self {
        let attributes = &job.attributes;
        let status: i128 = match attributes.status {
            None => 0,
            Some(JobStatus::Queued) => 1,
            Some(JobStatus::Processing) => 2,
            Some(JobStatus::Other(_)) => 3,
            Some(JobStatus::Cancelled | JobStatus::Complete) => 4,
        };
        let counts =
            [attributes.completed_count, attributes.failed_count, attributes.skipped_count];
        let done: i128 = counts.into_iter().flatten().map(i128::from).sum();
        // The sum of three counts has less than 66 bits.
        Self((status << 100) + done)
    }
}

impl<T> Latest<T> {
    /// Makes an empty collection.
    ///
    /// ```
    /// assert!(jobview::Latest::<u64>::new().is_empty());
    /// ```
    pub fn new() -> Self {
        Self { jobs: HashMap::new(), count: 0 }
    }

    /// Notes a state of a job. If it is the newest so far, the value that `keep` returns replaces the value kept for
    /// that job.
    ///
    /// ```
    /// use jobview::views::AnyJob;
    /// use jobview::{Answer as _, Arena, Document, Latest, Parser};
    ///
    /// /// The line of each file that has the newest state of a job.
    /// fn newest_lines<D: Document>(file: &[u8], latest: &mut Latest<u64>)
    /// where
    ///     for<'a> D::View<'a>: jobview::Answer<'a>,
    /// {
    ///     let arena = Arena::new();
    ///     for (place, record) in &Parser::<D>::new().parse_batch(file, &arena) {
    ///         let jobs = record.into_iter().flat_map(|document| document.any_jobs());
    ///         jobs.for_each(|job| latest.note(&job, || place.line));
    ///     }
    /// }
    /// # newest_lines::<jobview::JobDocument>(b"", &mut Latest::new());
    /// ```
    pub fn note(&mut self, job: &AnyJob<'_>, keep: impl FnOnce() -> T) {
        let progress = Progress::of(job);
        let jobs = self.jobs.entry(job.resource_type).or_default();
        match jobs.get_mut(job.id) {
            Some(known) if known.progress <= progress => {
                (known.progress, known.kept) = (progress, keep());
            }
            Some(_) => {}
            None => {
                jobs.insert(job.id.into(), Kept { progress, turn: self.count, kept: keep() });
                self.count += 1;
            }
        }
    }

    /// Merges what was noted later, for example of the next part of a stream. The result is as if all states had been
    /// noted here, one after another. Use it when threads note the states of parts of a stream side by side.
    ///
    /// For each job whose newest state is among the later ones, in the order in which they were first seen there, `keep`
    /// receives the later value and, if the job is known, the one that it replaces. It returns the value to keep.
    ///
    /// ```
    /// use jobview::{Answer as _, Arena, JobDocument, Latest, Parser};
    ///
    /// let polled = |id, status| format!(r#"{{"data":{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{
    ///     "status":"{status}","created_at":"2026-09-04T13:40:00Z","total_count":3}},"links":{{"self":"/"}}}}}}"#);
    /// let files = [
    ///     polled("a", "complete") + &polled("b", "queued"),
    ///     polled("b", "complete") + &polled("a", "processing") + &polled("c", "queued"),
    /// ];
    ///
    /// let mut latest: Latest<(usize, String)> = Latest::new();
    /// for (file, text) in files.iter().enumerate() {
    ///     let arena = Arena::new();
    ///     let mut of_file = Latest::new();
    ///     for document in Parser::<JobDocument>::new().parse_batch(text.as_bytes(), &arena).documents() {
    ///         document.any_jobs().for_each(|job| of_file.note(&job, || job.id));
    ///     }
    ///     latest.merge(of_file, |id, _older| (file, id.to_owned()));
    /// }
    /// let newest: Vec<_> = latest.into_iter().collect();
    /// assert_eq!(newest, [(0, "a".to_owned()), (1, "b".to_owned()), (1, "c".to_owned())]);
    /// ```
    pub fn merge<U>(&mut self, later: Latest<U>, mut keep: impl FnMut(U, Option<&T>) -> T) {
        let with_type = |(resource_type, jobs): (_, HashMap<Box<str>, Kept<U>>)| {
            jobs.into_iter().map(move |(id, job)| (resource_type, id, job))
        };
        let mut later: Vec<_> = later.jobs.into_iter().flat_map(with_type).collect();
        later.sort_unstable_by_key(|(.., job)| job.turn);
        for (resource_type, id, Kept { progress, kept, .. }) in later {
            match self.jobs.entry(resource_type).or_default().entry(id) {
                Entry::Occupied(mut known) if known.get().progress <= progress => {
                    let known = known.get_mut();
                    (known.progress, known.kept) = (progress, keep(kept, Some(&known.kept)));
                }
                Entry::Occupied(_) => {}
                Entry::Vacant(place) => {
                    place.insert(Kept { progress, turn: self.count, kept: keep(kept, None) });
                    self.count += 1;
                }
            }
        }
    }

    /// The value kept for a job, given its `type` and `id`.
    ///
    /// ```
    /// let latest = jobview::Latest::<u64>::new();
    /// assert_eq!(latest.get("profile-bulk-import-job", "01GSQPBF74KQ5YTDEPP41T1BZH"), None);
    /// ```
    pub fn get(&self, resource_type: &str, id: &str) -> Option<&T> {
        self.jobs.get(resource_type)?.get(id).map(|job| &job.kept)
    }

    /// The number of jobs.
    ///
    /// ```
    /// assert_eq!(jobview::Latest::<u64>::new().len(), 0);
    /// ```
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no job has been noted yet.
    ///
    /// ```
    /// assert!(jobview::Latest::<u64>::new().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Iterates over the values kept, in the order in which the jobs were first seen.
impl<T> IntoIterator for Latest<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        let mut jobs: Vec<_> = self.jobs.into_values().flat_map(HashMap::into_values).collect();
        jobs.sort_unstable_by_key(|job| job.turn);
        let kept: Vec<T> = jobs.into_iter().map(|job| job.kept).collect();
        kept.into_iter()
    }
}
