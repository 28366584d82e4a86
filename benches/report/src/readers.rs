//! The part of a report about tables: jobview-arrow compared with other readers of JSON, and what each makes of bad records.

use crate::markdown::{bound, gigabytes, origin, table, times};
use crate::results::{Facts, Tables};
use crate::targets::{self, is_met};
use std::fmt::Write as _;

/// The other readers. Those in Python are measured with two sets of columns; arrow-json has all that there is.
const OTHERS: [&str; 4] = ["arrow-json", "pyarrow", "duckdb", "polars"];

/// What of ours is compared, and with which columns of the others.
const COMPARED: [(&str, &str); 3] = [("core", "core"), ("core-checked", "core"), ("ids", "ids")];

/// The words of the trials, and what applies to all of them.
const OUTCOMES: &str = "What becomes of a record between two good ones. `taken`: a row says what the record says. `null`: \
    a row has a null for it. `changed`: a row says something else. `left out`: there is no row. `ends`: there is an error, \
    and no table. jobview was told to go on after a rejected record, of which it says where it is and why; by itself it ends \
    there, after the rows before it.";

/// Appends the part.
pub(crate) fn section(out: &mut String, tables: &Tables, newest: &Facts) {
    let Tables { facts, versions, .. } = tables;
    _ = writeln!(out, "\n## `arrow`: documents as tables\n\n{}\n", origin(facts, newest));
    if !versions.is_empty() {
        _ = writeln!(out, "Called from Python: {}.\n", versions.join(", "));
    }
    out.push_str(
        "How many times as fast as other readers with the same columns, but arrow-json, which always has all:\n\n",
    );
    ratios(out, tables);
    out.push_str("\nGB/s:\n\n");
    rates(out, tables);
    _ = writeln!(out, "\n{OUTCOMES}\n");
    trials(out, tables);
    out.push_str("\nColumns that are not as in jobview-arrow:\n\n");
    for contender in facts.contenders.iter().filter(|contender| !contender.does_less.is_empty()) {
        _ = writeln!(out, "- {}: {}.", contender.name, contender.does_less);
    }
}

fn ratios(out: &mut String, tables: &Tables) {
    let mut rows = Vec::new();
    for corpus in tables.facts.corpora_of(&tables.rates) {
        let rates = &tables.rates[corpus];
        for (ours, columns) in COMPARED {
            let ratios = OTHERS.map(|other| {
                let other = rates.get(&format!("{other}-{columns}")).or_else(|| rates.get(other));
                Some(rates.get(ours)? / other?)
            });
            // The target is for all of them.
            let all: Option<Vec<f64>> = ratios.into_iter().collect();
            let least = all.and_then(|all| all.into_iter().min_by(f64::total_cmp));
            let target = Some(targets::TABLES);
            let mut row = vec![format!("`{corpus}`"), format!("`{ours}`")];
            row.extend(ratios.map(times));
            row.extend([bound(target, "x"), is_met(target, least, 2).to_owned()]);
            rows.push(row);
        }
    }
    table(
        out,
        &[&["corpus", "columns"], &OTHERS[..], &["target", "met"]].concat(),
        rows.into_iter(),
    );
}

fn rates(out: &mut String, tables: &Tables) {
    let names = tables.facts.contenders_of(&tables.rates);
    let rows = tables.facts.corpora_of(&tables.rates).into_iter().map(|corpus| {
        let rate = |&name: &&str| gigabytes(tables.rates[corpus].get(name).copied());
        std::iter::once(format!("`{corpus}`")).chain(names.iter().map(rate)).collect()
    });
    table(out, &[&["corpus"], &names[..]].concat(), rows);
}

fn trials(out: &mut String, tables: &Tables) {
    let readers = std::iter::once("jobview").chain(OTHERS);
    let is_tried =
        |reader: &&str| tables.trials.iter().any(|trial| trial.outcomes.contains_key(*reader));
    let readers: Vec<&str> = readers.filter(is_tried).collect();
    let rows = tables.trials.iter().map(|trial| {
        let outcome = |&reader: &&str| trial.outcomes.get(reader).cloned().unwrap_or_default();
        std::iter::once(trial.what.clone()).chain(readers.iter().map(outcome)).collect()
    });
    table(out, &[&["record"], &readers[..]].concat(), rows);
}

#[cfg(test)]
mod tests {
    use super::section;
    use crate::results::{Contender, Tables, Trial};

    fn tables(rates: &[(&str, f64)]) -> Tables {
        let mut tables = Tables::default();
        tables.facts.corpora = vec!["poll".to_owned()];
        let contenders = rates
            .iter()
            .map(|(name, _)| Contender { name: (*name).to_owned(), does_less: String::new() });
        tables.facts.contenders = contenders.collect();
        let rates = rates.iter().map(|(name, rate)| ((*name).to_owned(), *rate)).collect();
        tables.rates.insert("poll".to_owned(), rates);
        tables
    }

    fn report(tables: &Tables) -> String {
        let mut out = String::new();
        section(&mut out, tables, &tables.facts);
        out
    }

    #[test]
    fn the_slowest_comparison_decides_whether_the_target_is_met() {
        let ours = [("core", 2.0), ("core-checked", 1.5), ("ids", 1.5)];
        let others = [("arrow-json", 0.2), ("duckdb-core", 0.1), ("polars-core", 0.1)];
        let pyarrow = [("pyarrow-core", 0.4), ("pyarrow-ids", 0.1)];
        let report = report(&tables(&[&ours[..], &others, &pyarrow].concat()));
        for row in [
            "| `poll` | `core` | 10.00x | 5.00x | 20.00x | 20.00x | 5x | yes |",
            "| `poll` | `core-checked` | 7.50x | 3.75x | 15.00x | 15.00x | 5x | no |",
            // Not all have been measured.
            "| `poll` | `ids` | 7.50x | 15.00x |  |  | 5x |  |",
            "| `poll` | 2.00 | 1.50 | 1.50 | 0.20 | 0.10 | 0.10 | 0.40 | 0.10 |",
        ] {
            assert!(report.contains(row), "{report}");
        }
    }

    #[test]
    fn only_those_that_were_tried_have_a_column() {
        let mut tables = tables(&[("core", 1.0)]);
        let outcomes = [("jobview", "left out"), ("arrow-json", "ends")];
        let outcomes = outcomes.map(|(name, what)| (name.to_owned(), what.to_owned()));
        tables.trials =
            vec![Trial { what: "a leading zero".to_owned(), outcomes: outcomes.into() }];
        let report = report(&tables);
        assert!(report.contains("| record | jobview | arrow-json |\n"), "{report}");
        assert!(report.contains("| a leading zero | left out | ends |\n"), "{report}");
    }

    #[test]
    fn what_is_missing_is_left_empty() {
        let report = report(&tables(&[("core", 1.0)]));
        assert!(report.contains("| `poll` | `core` |  |  |  |  | 5x |  |"), "{report}");
        assert!(!report.contains("Called from Python"), "{report}");
    }
}
