//! Generates one record after another, and counts what they contain.
//!
//! Must not decide what a document contains or how it is written, only which part draws from which random stream. The
//! numbers of the streams are part of the meaning of a seed: do not renumber them.

use crate::breakage::Breakage;
use crate::content::Answer;
use crate::counts::{Counts, Tally};
use crate::document::Item;
use crate::fieldset::Fieldset;
use crate::producers::Producers;
use crate::settings::{Kind, Settings};
use crate::{extras, layout};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

/// An endless supply of records, the same on every platform for the same [`Settings`].
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
    kinds: ChaCha8Rng,
    fieldsets: ChaCha8Rng,
    producers: Producers,
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
            kinds: stream(4),
            fieldsets: stream(5),
            producers: Producers::new(&settings, stream(6)),
            tally: Tally::default(),
        }
    }

    /// Appends the next record to `out`, followed by one `\n`.
    ///
    /// No other `\n` is written in any layout except [`Pretty`](crate::Layout::Pretty). Only one document is held in
    /// memory at a time.
    pub fn write_record(&mut self, out: &mut Vec<u8>) {
        let start = out.len();
        let settings = &self.settings;
        let kind = settings.kind.draw(&mut self.kinds);
        let answer = Answer::draw(kind, settings, &mut self.content);
        let attributes = answer.attributes().filter(|_| settings.sparse);
        let fieldset = attributes.map(|(of, names)| Fieldset::draw(of, names, &mut self.fieldsets));
        let is_bad = self.is_next_bad();
        if !is_bad {
            self.tally.add(&answer, fieldset.as_ref());
        }
        let mut document = answer.into_document(fieldset.as_ref());
        extras::add(&mut document, kind, self.settings.unknown_members, &mut self.extras);
        let breakage = is_bad.then(|| self.break_document(&mut document, kind));
        self.producers.order(&mut document, self.settings.layout);
        layout::write(document, self.settings.layout, &mut self.layout, out);
        if let Some(breakage) = breakage {
            breakage.break_text(start, out, &mut self.breakage);
            self.tally.counts.rejected += 1;
        }
        out.push(b'\n');
        self.tally.counts.bytes += (out.len() - start) as u64;
    }

    /// The counts of the records written so far.
    pub fn counts(&self) -> &Counts {
        &self.tally.counts
    }

    /// Whether the next record is to be broken.
    fn is_next_bad(&self) -> bool {
        let Counts { documents, rejected, .. } = self.tally.counts;
        let number = documents + rejected + 1;
        self.settings.bad_every.is_some_and(|every| number.is_multiple_of(every.get()))
    }

    /// Breaks a document in the next possible way of the cycle.
    fn break_document(&mut self, document: &mut Item, kind: Kind) -> Breakage {
        let settings = &self.settings;
        let Counts { bytes, rejected, .. } = self.tally.counts;
        Breakage::cycle(rejected, settings.layout, bytes == 0)
            .find(|way| way.break_document(document, kind, settings, &mut self.breakage))
            .expect("every document has a member that must be there")
    }
}

/// The first `records` records of a [`Generator`], and their counts.
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
