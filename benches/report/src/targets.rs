//! The targets for jobview by sort of corpus, and whether it meets them.
//!
//! Targets are for documents in memory, on one core: the workload `file`. A corpus that is not listed here has no
//! target, and the report says so.

/// A target, and the corpora that it applies to.
#[derive(Debug, PartialEq)]
pub(crate) struct Target {
    /// What these corpora have in common.
    pub(crate) what: &'static str,
    /// The ends of their names, after the shape. The most informative ones come first, and are in the chart.
    endings: &'static [&'static str],
    /// Relative to the rival.
    pub(crate) to_rival: f64,
    /// Relative to the fastest other contender.
    pub(crate) to_best: Option<f64>,
    /// In percent of the speed of reading.
    pub(crate) of_reading: Option<f64>,
}

/// Every target.
pub(crate) const ALL: &[Target] = &[
    Target {
        what: "learnable",
        endings: &["varied", "compact", "pretty", "slashed", "spaced", "sorted", "bad"],
        to_rival: 6.0,
        to_best: None,
        of_reading: Some(70.0),
    },
    Target {
        what: "evolved",
        endings: &["evolved"],
        to_rival: 4.5,
        to_best: None,
        of_reading: None,
    },
    Target {
        what: "not learnable",
        endings: &["shuffled", "escaped", "strewn", "wild"],
        to_rival: 1.5,
        to_best: Some(1.0),
        of_reading: None,
    },
];

/// How many times as fast two threads should be as one.
pub(crate) const TWO_THREADS: f64 = 1.8;

/// How many times as fast as any other reader tables should be made.
pub(crate) const TABLES: f64 = 5.0;

/// The target of a corpus, if it has one.
pub(crate) fn of(corpus: &str) -> Option<&'static Target> {
    ALL.iter().find(|target| target.place(corpus).is_some())
}

impl Target {
    /// The index of a corpus among those of the target.
    pub(crate) fn place(&self, corpus: &str) -> Option<usize> {
        let (_, ending) = corpus.split_once('-')?;
        self.endings.iter().position(|&known| known == ending)
    }

    /// A short form: `6x, 70 %`.
    pub(crate) fn words(&self) -> String {
        let best = self.to_best.map(|times| format!("{times}x the best other"));
        let reading = self.of_reading.map(|percent| format!("{percent} % of reading"));
        let words = [Some(format!("{}x", self.to_rival)), best, reading];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether a target is met. Empty without a target or a measurement. Both are compared as rounded in the report.
pub(crate) fn is_met(target: Option<f64>, reached: Option<f64>, decimals: i32) -> &'static str {
    let shown = |number: f64| (number * 10_f64.powi(decimals)).round();
    match target.zip(reached) {
        None => "",
        Some((target, reached)) if shown(reached) >= shown(target) => "yes",
        Some(_) => "no",
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, is_met, of};

    #[test]
    fn a_corpus_has_the_target_of_what_it_is() {
        assert_eq!(of("poll-compact").map(|target| target.what), Some("learnable"));
        assert_eq!(of("wide-shuffled").map(|target| target.what), Some("not learnable"));
        assert_eq!(of("poll-compact"), of("wide-compact"));
    }

    #[test]
    fn no_corpus_is_named_twice() {
        let mut endings: Vec<&str> =
            ALL.iter().flat_map(|target| target.endings).copied().collect();
        let named = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), named);
    }

    #[test]
    fn a_corpus_that_nobody_has_thought_of_has_none() {
        assert_eq!(of("poll-thought-of-tomorrow"), None);
        assert_eq!(of("tomorrow"), None);
    }

    #[test]
    fn what_is_shown_as_reached_is_met() {
        assert_eq!(is_met(Some(6.0), Some(5.996), 2), "yes");
        assert_eq!(is_met(Some(6.0), Some(5.994), 2), "no");
    }

    #[test]
    fn nothing_is_said_of_what_was_not_measured() {
        assert_eq!(is_met(Some(6.0), None, 2), "");
        assert_eq!(is_met(None, Some(1.0), 2), "");
    }
}
