//! The limits for jobview's instructions per byte on each corpus, and the check of them.
//!
//! The bounds are earlier counts, kept in `benches/instructions.json`. This module must not count. To allow a corpus
//! more, write new bounds and give the reason in the commit; never widen [`TOLERANCE`].

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How far a count may be from its bound, as a fraction. The same code gives the same count; other compilers and C
/// libraries change it by less than this.
const TOLERANCE: f64 = 0.03;

/// Instructions per byte, by corpus.
pub type Counts = BTreeMap<String, f64>;

/// The committed table.
#[derive(Debug, Deserialize, Serialize)]
pub struct Bounds {
    /// The versions that the counts were made with, which may explain a difference.
    pub counted_with: String,
    /// The bounds by corpus.
    pub instructions_per_byte: Counts,
}

impl Bounds {
    /// Makes bounds of these counts, rounded to the digits that matter.
    pub fn new(counted_with: String, counts: &Counts) -> Self {
        let rounded =
            |(corpus, count): (&String, &f64)| (corpus.clone(), (count * 1000.0).round() / 1000.0);
        Self { counted_with, instructions_per_byte: counts.iter().map(rounded).collect() }
    }

    /// Compares counts with the bounds.
    pub fn compare(&self, counts: &Counts) -> Comparison {
        let bounds = &self.instructions_per_byte;
        let corpora: BTreeSet<&String> = bounds.keys().chain(counts.keys()).collect();
        let row = |corpus: &String| Row {
            corpus: corpus.clone(),
            bound: bounds.get(corpus).copied(),
            counted: counts.get(corpus).copied(),
        };
        Comparison { rows: corpora.into_iter().map(row).collect() }
    }
}

/// Counts beside their bounds, by corpus. Shown as a table.
#[derive(Debug)]
pub struct Comparison {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    corpus: String,
    bound: Option<f64>,
    counted: Option<f64>,
}

/// The verdict on a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Within,
    /// Not an error, but the next regression would go unnoticed.
    Fewer,
    Above,
    NoBound,
    NoCorpus,
}

impl Comparison {
    /// Whether every corpus has a bound and keeps it, and every bound has a corpus.
    pub fn holds(&self) -> bool {
        self.rows.iter().all(|row| matches!(row.verdict(), Verdict::Within | Verdict::Fewer))
    }

    /// Whether some bounds should be tightened.
    pub fn has_improved(&self) -> bool {
        self.rows.iter().any(|row| row.verdict() == Verdict::Fewer)
    }
}

impl Row {
    /// The relative difference between the count and its bound.
    fn change(&self) -> Option<f64> {
        Some(self.counted? / self.bound? - 1.0)
    }

    fn verdict(&self) -> Verdict {
        match self.change() {
            Some(change) if change > TOLERANCE => Verdict::Above,
            Some(change) if change < -TOLERANCE => Verdict::Fewer,
            Some(_) => Verdict::Within,
            None if self.bound.is_none() => Verdict::NoBound,
            None => Verdict::NoCorpus,
        }
    }
}

impl Verdict {
    const fn words(self) -> &'static str {
        match self {
            Self::Within => "",
            Self::Fewer => "  fewer: tighten the bound",
            Self::Above => "  ABOVE THE BOUND",
            Self::NoBound => "  HAS NO BOUND",
            Self::NoCorpus => "  BOUND WITHOUT A CORPUS",
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.corpus.len()).fold("corpus".len(), usize::max);
        writeln!(f, "{:<width$} {:>9} {:>9} {:>9}", "corpus", "bound", "counted", "change")?;
        for row in &self.rows {
            let number = |number: Option<f64>| {
                number.map_or_else(|| "-".to_owned(), |number| format!("{number:.3}"))
            };
            let change =
                row.change().map_or_else(String::new, |change| format!("{:+.1} %", 100.0 * change));
            writeln!(
                f,
                "{:<width$} {:>9} {:>9} {change:>9}{}",
                row.corpus,
                number(row.bound),
                number(row.counted),
                row.verdict().words(),
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Comparison, Counts};

    fn counts<const N: usize>(counts: [(&str, f64); N]) -> Counts {
        counts.into_iter().map(|(corpus, count)| (corpus.to_owned(), count)).collect()
    }

    fn compare<const N: usize, const M: usize>(
        bounds: [(&str, f64); N],
        counted: [(&str, f64); M],
    ) -> Comparison {
        Bounds::new(String::new(), &counts(bounds)).compare(&counts(counted))
    }

    #[test]
    fn three_percent_more_is_within_the_bound_and_a_little_more_is_not() {
        assert!(compare([("a", 2.0)], [("a", 2.059)]).holds());
        assert!(!compare([("a", 2.0)], [("a", 2.061)]).holds());
    }

    #[test]
    fn one_corpus_above_its_bound_is_enough() {
        let bounds = [("a", 2.0), ("b", 1.0)];
        assert!(!compare(bounds, [("a", 1.0), ("b", 1.1)]).holds());
    }

    #[test]
    fn an_improvement_holds_and_is_pointed_out() {
        let same = compare([("a", 2.0)], [("a", 1.95)]);
        assert!(same.holds() && !same.has_improved());
        let improved = compare([("a", 2.0)], [("a", 1.9)]);
        assert!(improved.holds() && improved.has_improved());
    }

    #[test]
    fn a_corpus_without_a_bound_does_not_hold() {
        assert!(!compare([("a", 2.0)], [("a", 2.0), ("b", 1.0)]).holds());
    }

    #[test]
    fn a_bound_without_a_corpus_does_not_hold() {
        assert!(!compare([("a", 2.0), ("b", 1.0)], [("a", 2.0)]).holds());
    }

    #[test]
    fn the_table_has_a_line_a_corpus_and_names_what_is_wrong() {
        let bounds = [("above", 2.0), ("fewer", 2.0), ("gone", 2.0), ("within", 2.0)];
        let counted = [("above", 2.5), ("fewer", 1.5), ("new-corpus", 10.0), ("within", 2.0)];
        let expected = "\
corpus         bound   counted    change
above          2.000     2.500   +25.0 %  ABOVE THE BOUND
fewer          2.000     1.500   -25.0 %  fewer: tighten the bound
gone           2.000         -            BOUND WITHOUT A CORPUS
new-corpus         -    10.000            HAS NO BOUND
within         2.000     2.000    +0.0 %
";
        assert_eq!(compare(bounds, counted).to_string(), expected);
    }

    #[test]
    fn what_is_written_is_sorted_and_has_a_line_a_corpus() {
        let bounds = Bounds::new("rustc 1".to_owned(), &counts([("b", 2.00049), ("a", 1.0)]));
        let expected = r#"{
  "counted_with": "rustc 1",
  "instructions_per_byte": {
    "a": 1.0,
    "b": 2.0
  }
}"#;
        assert_eq!(serde_json::to_string_pretty(&bounds).expect("plain data"), expected);
    }
}
