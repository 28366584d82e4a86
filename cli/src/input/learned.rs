//! Merges what several parsers have learned from one stream.

use crate::kind::AnyParser;
use jobview::Kernel;

/// What was learned about the layout of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Learned {
    /// The vector instructions that were used.
    pub(crate) kernel: Kernel,
    /// How many gaps were known when they occurred.
    pub(crate) hits: u64,
    /// How many gaps were not.
    pub(crate) misses: u64,
    /// How many gaps were replaced by others.
    pub(crate) replaced: u64,
    /// Whether learning is paused.
    pub(crate) is_paused: bool,
    /// The gaps, in the order in which they were learned.
    pub(crate) gaps: Vec<Gap>,
}

/// The bytes between two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The bytes as text.
    pub(crate) text: String,
    /// What follows them.
    pub(crate) value: String,
    /// How often they occurred.
    pub(crate) hits: u64,
}

impl Learned {
    /// What `school` has learned, and the others since they were copied from it.
    pub(super) fn of<'p>(
        school: &dyn AnyParser,
        others: impl Iterator<Item = &'p dyn AnyParser>,
    ) -> Self {
        let first = Self::of_one(school);
        others.fold(first.clone(), |mut sum, other| {
            sum.add(Self::of_one(other), &first);
            sum
        })
    }

    fn of_one(parser: &dyn AnyParser) -> Self {
        let layout = parser.layout();
        let gap = |gap: jobview::LearnedGap<'_>| Gap {
            text: gap.text().into_owned(),
            value: gap.value(),
            hits: gap.hits(),
        };
        Self {
            kernel: parser.kernel(),
            hits: layout.hits(),
            misses: layout.misses(),
            replaced: layout.replaced(),
            is_paused: layout.is_paused(),
            gaps: layout.gaps().map(gap).collect(),
        }
    }

    /// Adds what `other` has learned beyond `copied`.
    fn add(&mut self, other: Self, copied: &Self) {
        self.hits += other.hits - copied.hits;
        self.misses += other.misses - copied.misses;
        self.replaced += other.replaced - copied.replaced;
        self.is_paused |= other.is_paused;
        for mut gap in other.gaps {
            // A gap that was dropped and learned again has started from zero.
            let before = copied.hits_of(&gap);
            gap.hits = gap.hits.checked_sub(before).unwrap_or(gap.hits);
            match self.gaps.iter_mut().find(|known| known.is_same(&gap)) {
                Some(known) => known.hits += gap.hits,
                None => self.gaps.push(gap),
            }
        }
    }

    fn hits_of(&self, gap: &Gap) -> u64 {
        self.gaps.iter().find(|known| known.is_same(gap)).map_or(0, |known| known.hits)
    }
}

impl Gap {
    fn is_same(&self, other: &Self) -> bool {
        (&self.text, &self.value) == (&other.text, &other.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobview::{Arena, JobResponse, Parser};
    use jobview_corpus::{Layout, Settings, Shape, generate};

    #[test]
    fn what_copies_have_learned_is_counted_once() {
        let (input, _) = generate(Settings::new(1, Shape::Poll, Layout::Compact), 40);
        let (spaced, _) = generate(Settings::new(1, Shape::Poll, Layout::Spaced), 40);
        let (arena, mut school) = (Arena::new(), Parser::<JobResponse>::new());
        let parse =
            |parser: &mut Parser, input: &[u8]| parser.parse_batch(input, &arena).documents().len();
        assert_eq!(parse(&mut school, &input), 40);
        let (idle, mut same, mut other) = (school.clone(), school.clone(), school.clone());
        parse(&mut same, &input);
        parse(&mut other, &spaced);

        let alone = Learned::of(&school, std::iter::empty());
        let learned = Learned::of(&school, [&idle as &dyn AnyParser, &same, &other].into_iter());
        let hits = |parser: &Parser| parser.layout().hits();
        assert_eq!(learned.hits, hits(&same) + hits(&other) - hits(&school));
        let of_first = |learned: &Learned| learned.gaps[0].hits;
        assert_eq!(of_first(&learned), of_first(&alone) + 40);
        assert!(learned.gaps.len() > alone.gaps.len());
    }
}
