//! One record after another, and what they add up to.
//!
//! Must not decide what a document holds or how it is written, only who draws from which random
//! stream. The numbers of the streams are part of what a seed means: do not renumber them.

use crate::bad::Kind;
use crate::content::Job;
use crate::counts::{Counts, Tally};
use crate::settings::Settings;
use crate::{extras, layout};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// An endless supply of records, the same for the same [`Settings`] on every platform.
///
/// ```
/// use jobview_corpus::{Generator, Layout, Settings, Shape};
///
/// let mut generator = Generator::new(Settings::new(7, Shape::Inline, Layout::Compact));
/// let mut record = Vec::new();
/// for _ in 0..3 {
///     record.clear();
///     generator.write_record(&mut record);
///     assert!(record.starts_with(b"{\"data\":{") && record.ends_with(b"}\n"));
/// }
/// assert_eq!(generator.counts().documents, 3);
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    settings: Settings,
    content: ChaCha8Rng,
    extras: ChaCha8Rng,
    layout: ChaCha8Rng,
    breakage: ChaCha8Rng,
    tally: Tally,
}

impl Generator {
    /// A generator before its first record.
    pub fn new(settings: Settings) -> Self {
        let stream = |number| {
            let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
            random.set_stream(number);
            random
        };
        Self {
            settings,
            content: stream(0),
            extras: stream(1),
            layout: stream(2),
            breakage: stream(3),
            tally: Tally::default(),
        }
    }

    /// Appends the next record to `out`, followed by one `\n`.
    ///
    /// No other `\n` is written in any layout but [`Pretty`](crate::Layout::Pretty). Memory is
    /// needed for one document at a time, whatever was written before.
    pub fn write_record(&mut self, out: &mut Vec<u8>) {
        let start = out.len();
        let job = Job::draw(self.settings.shape, &mut self.content);
        let breakage = self.next_breakage();
        match breakage {
            None => self.tally.add(&job),
            Some(_) => self.tally.counts.rejected += 1,
        }
        let mut document = job.into_document();
        if self.settings.unknown_members {
            extras::add(&mut document, &mut self.extras);
        }
        if let Some(kind) = breakage {
            kind.break_document(&mut document, &mut self.breakage);
        }
        layout::write(document, self.settings.layout, &mut self.layout, out);
        if let Some(kind) = breakage {
            kind.break_text(start, out, &mut self.breakage);
        }
        out.push(b'\n');
        self.tally.counts.bytes += (out.len() - start) as u64;
    }

    /// What the records written so far add up to.
    pub fn counts(&self) -> &Counts {
        &self.tally.counts
    }

    /// How to break the next record, if it is one of those to break.
    fn next_breakage(&self) -> Option<Kind> {
        let Counts { documents, rejected, .. } = self.tally.counts;
        let number = documents + rejected + 1;
        let every = self.settings.bad_every?;
        number.is_multiple_of(every.get()).then(|| Kind::nth(rejected, self.settings.layout))
    }
}

/// The first `records` records of a [`Generator`], and what they add up to.
///
/// ```
/// use jobview_corpus::{Layout, Settings, Shape, generate};
///
/// let settings = Settings::new(7, Shape::Poll, Layout::Escaped);
/// assert_eq!(generate(settings, 20), generate(settings, 20));
/// ```
pub fn generate(settings: Settings, records: u64) -> (Vec<u8>, Counts) {
    let mut generator = Generator::new(settings);
    let mut out = Vec::new();
    for _ in 0..records {
        generator.write_record(&mut out);
    }
    (out, generator.tally.counts)
}
