//! A digest of what a contender has read. Digests are equal if all values are.
//!
//! Must not run while anything is timed: it looks at every byte of every text. The order of the calls in a
//! [`View::describe`] is part of the digest; `model.rs` and `contenders/jobview.rs` must use the same.

use jobview_corpus::Counts;
use std::hash::{DefaultHasher, Hasher as _};

/// The result of a contender for a document.
pub trait View {
    /// Passes every value to the digest, in the order of the schema.
    fn describe(&self, digest: &mut Digest);
}

/// Receives the results of a contender, one record after another.
pub trait Sink {
    /// Receives a valid document.
    fn accept(&mut self, view: &dyn View);

    /// Receives notice of a rejected record.
    fn reject(&mut self);
}

/// The relationships that have identifiers.
#[derive(Clone, Copy, Debug)]
pub enum Related {
    /// `lists`
    Lists,
    /// `profiles`
    Profiles,
    /// `import-errors`
    ImportErrors,
}

/// Sums over all documents, and a hash of every value in order.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    sums: Sums,
    values: DefaultHasher,
}

/// A complete digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    documents: u64,
    rejected: u64,
    statuses: [u64; 4],
    counts: [i128; 3],
    ids: [u64; 3],
    texts: u64,
    text_bytes: u64,
    /// The hash, which only a complete digest has.
    values: u64,
}

impl Digest {
    /// Adds the status, as its index in the schema's enum.
    pub fn status(&mut self, status: usize) {
        self.sums.statuses[status] += 1;
        self.values.write_usize(status);
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.sums.texts += 1;
        self.sums.text_bytes += text.len() as u64;
        self.values.write_usize(text.len());
        self.values.write(text.as_bytes());
    }

    /// Adds an optional text.
    pub fn optional_text(&mut self, text: Option<&str>) {
        if self.present(text.is_some()) {
            self.text(text.unwrap_or_default());
        }
    }

    /// Adds one of the three counts of a job: total, completed, failed.
    pub fn count(&mut self, which: usize, count: Option<i64>) {
        if self.present(count.is_some()) {
            self.sums.counts[which] += i128::from(count.unwrap_or_default());
            self.values.write_i64(count.unwrap_or_default());
        }
    }

    /// Adds the number of identifiers in a relationship; their texts follow.
    pub fn ids(&mut self, related: Related, count: usize) {
        self.sums.ids[related as usize] += count as u64;
        self.values.write_usize(count);
    }

    /// Adds whether an optional part is present, and returns the same.
    pub fn present(&mut self, present: bool) -> bool {
        self.values.write_u8(u8::from(present));
        present
    }

    /// The sums.
    pub fn finish(self) -> Sums {
        Sums { values: self.values.finish(), ..self.sums }
    }
}

impl Sums {
    /// Adds the sums of other documents. The hash becomes the one of the last documents.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.rejected += other.rejected;
        self.texts += other.texts;
        self.text_bytes += other.text_bytes;
        self.values = other.values;
        let counts = self.counts.iter_mut().zip(other.counts);
        counts.for_each(|(sum, count)| *sum += count);
        let numbers = self.statuses.iter_mut().zip(other.statuses);
        let numbers = numbers.chain(self.ids.iter_mut().zip(other.ids));
        numbers.for_each(|(sum, number)| *sum += number);
    }

    /// Panics unless the sums are those that the generator of a corpus wrote.
    pub fn assert_written(&self, written: &Counts, id: &str) {
        let Counts { documents, rejected, .. } = *written;
        let status = &written.status;
        let statuses = [status.cancelled, status.complete, status.processing, status.queued];
        let counts = [written.total_count, written.completed_count, written.failed_count];
        let ids = [written.list_ids, written.profile_ids, written.import_error_ids];
        assert_eq!((self.documents, self.rejected), (documents, rejected), "records of {id}");
        assert_eq!(self.statuses, statuses, "statuses of {id}");
        assert_eq!(self.counts, counts, "counts of {id}");
        assert_eq!(self.ids, ids, "identifiers of {id}");
    }
}

impl Sink for Digest {
    fn accept(&mut self, view: &dyn View) {
        self.sums.documents += 1;
        view.describe(self);
    }

    fn reject(&mut self) {
        self.sums.rejected += 1;
    }
}
