//! The tables, as Markdown. Ratios come first: they hold on other machines, gigabytes per second do not.
//!
//! `benches/README.md` explains the columns, so that the tables need not.

use crate::markdown::{bound, gigabytes, origin, percent, table, times};
use crate::readers;
use crate::results::{Counted, Facts, Results, Run};
use crate::targets::{self, is_met};
use std::fmt::Write as _;

const JOBVIEW: &str = "jobview";
const RIVAL: &str = "sonic-rs";
/// The limits that jobview is compared with: the faster one counts.
const READING: [&str; 2] = ["read-prefetch", "read"];
/// The workload that the targets are for, and that the README shows.
const MEMORY: &str = "file";

/// The workloads and their titles.
const WORKLOADS: [(&str, &str); 4] = [
    (MEMORY, "`file`: 256 MiB, more than any cache holds"),
    ("batch", "`batch`: 256 KiB, in the second-level cache"),
    ("document", "`document`: one document at a time, warm"),
    ("cold", "`cold`: one document at a time, a new parser for each"),
];

/// The part of the README: all kinds of CPU side by side, the newest results first. It names files and links to none, and
/// has no chart: crates.io and docs.rs, which show the README too, have neither.
pub(crate) fn summary(all: &[Results]) -> String {
    let Some(newest) = all.first() else { return "Nothing has been measured yet.\n".to_owned() };
    let newest = &newest.run.facts;
    let mut out = String::new();
    let mut head = vec!["corpus".to_owned(), "target".to_owned()];
    let mut corpora: Vec<&str> = Vec::new();
    for results in all {
        let facts = &results.run.facts;
        let old = if facts.is_older_than(newest) { ", older code" } else { "" };
        head.push(format!("{}{old}: to {RIVAL}", facts.cpu.kind()));
        head.extend(["of reading", "GB/s"].map(str::to_owned));
        let others = results.run.corpora(MEMORY);
        corpora.extend(
            others.into_iter().filter(|corpus| !corpora.contains(corpus)).collect::<Vec<_>>(),
        );
    }
    let rows = corpora.into_iter().map(|corpus| {
        let target = targets::of(corpus).map_or_else(|| "none".to_owned(), |target| target.words());
        let figures = all.iter().flat_map(|results| {
            let ratios = Ratios::of(&results.run, MEMORY, corpus);
            [times(ratios.to_rival), percent(ratios.of_reading), gigabytes(ratios.rate)]
        });
        [format!("`{corpus}`"), target].into_iter().chain(figures).collect()
    });
    table(&mut out, &head, rows);
    out.push_str(
        "\nTwice as fast is 2.00x; reading is to go through every byte once; targets are what jobview is to reach.\n\n",
    );
    for results in all {
        let facts = &results.run.facts;
        let (kind, slug) = (facts.cpu.kind(), facts.cpu.slug());
        _ = writeln!(out, "- {kind}, `benches/report-{slug}.md`: {}", origin(facts, newest));
    }
    out
}

/// The report for one kind of CPU. The newest facts of all kinds are needed to mark older results.
pub(crate) fn full(results: &Results, newest: &Facts) -> String {
    let run = &results.run;
    let mut out = format!(
        "# Results: {}\n\nWritten by `jobview-report`; [README.md](README.md) says how, and what they do not \
         say.\n\n{}\n\n![Gigabytes a second of each contender](report-{}.svg)\n",
        run.facts.cpu.kind(),
        origin(&run.facts, newest),
        run.facts.cpu.slug(),
    );
    reached(&mut out, run);
    workloads(&mut out, run);
    streams(&mut out, run);
    if let Some(tables) = &results.tables {
        readers::section(&mut out, tables, newest);
    }
    if let Some(counted) = &results.instructions {
        instructions(&mut out, counted, newest);
    }
    if let Some(nightly) = &results.nightly {
        _ = writeln!(out, "\n# On nightly\n\n{}", origin(&nightly.facts, newest));
        workloads(&mut out, nightly);
    }
    out.push_str("\n## What contenders do not do, or do otherwise\n\n");
    let others = results.nightly.iter().flat_map(|nightly| &nightly.facts.contenders);
    let mut told: Vec<&str> = Vec::new();
    for contender in run.facts.contenders.iter().chain(others) {
        if !contender.does_less.is_empty() && !told.contains(&contender.name.as_str()) {
            told.push(&contender.name);
            _ = writeln!(out, "- {}: {}.", contender.name, contender.does_less);
        }
    }
    out
}

/// The targets, and whether they are met.
fn reached(out: &mut String, run: &Run) {
    let corpora = run.corpora(MEMORY);
    if corpora.is_empty() {
        return;
    }
    out.push_str("\n## Targets: `file`\n\n");
    let rows = corpora.into_iter().map(|corpus| {
        let ratios = Ratios::of(run, MEMORY, corpus);
        let mut row = vec![format!("`{corpus}`")];
        let Some(target) = targets::of(corpus) else {
            row.push("none set".to_owned());
            row.resize(TARGETS.len(), String::new());
            return row;
        };
        row.push(target.what.to_owned());
        let rival = is_met(Some(target.to_rival), ratios.to_rival, 2);
        row.extend([format!("{}x", target.to_rival), times(ratios.to_rival), rival.to_owned()]);
        let best = ratios.to_best.map(|(_, ratio)| ratio);
        let best_met = is_met(target.to_best, best, 2);
        row.extend([
            bound(target.to_best, "x"),
            times(target.to_best.and(best)),
            best_met.to_owned(),
        ]);
        let reading = ratios.of_reading;
        let reading_met = is_met(target.of_reading, reading, 1);
        let shown = percent(target.of_reading.and(reading));
        row.extend([bound(target.of_reading, " %"), shown, reading_met.to_owned()]);
        row
    });
    table(out, &TARGETS, rows);
}

/// The columns of the targets.
const TARGETS: [&str; 11] = [
    "corpus",
    "what it is",
    "to sonic-rs",
    "reached",
    "met",
    "to the best other",
    "reached",
    "met",
    "of reading",
    "reached",
    "met",
];

fn workloads(out: &mut String, run: &Run) {
    for (workload, title) in WORKLOADS {
        let corpora = run.corpora(workload);
        if corpora.is_empty() {
            continue;
        }
        _ = writeln!(out, "\n## {title}\n");
        let contenders = run.contenders(workload);
        let limits = ["read-prefetch", "read", "memchr", "memcpy", "utf8"];
        let limits = limits.into_iter().filter(|limit| {
            corpora.iter().any(|corpus| run.rate(workload, corpus, limit).is_some())
        });
        let others = contenders.iter().copied().filter(|&name| name != JOBVIEW);
        let columns: Vec<&str> = others.chain(limits).collect();
        let head = ["corpus", "to sonic-rs", "to the best other", "of reading", "GB/s"];
        let rows = corpora.into_iter().map(|corpus| {
            let ratios = Ratios::of(run, workload, corpus);
            let best = ratios.to_best.map_or_else(String::new, |(name, ratio)| {
                format!("{} ({name})", times(Some(ratio)))
            });
            let rates = columns.iter().map(|name| gigabytes(run.rate(workload, corpus, name)));
            let mut row = vec![format!("`{corpus}`"), times(ratios.to_rival), best];
            row.extend([percent(ratios.of_reading), gigabytes(ratios.rate)]);
            row.extend(rates);
            row
        });
        table(out, &[&head[..], &columns].concat(), rows);
    }
}

/// A workload in which jobview is compared with itself: its title, the way that is measured, the way that it is
/// compared with, and the target ratio.
type Ways = (&'static str, &'static str, &'static str, &'static str, Option<f64>);

const STREAMS: [Ways; 2] = [
    ("reader", "`reader`: the same from a reader", "reader", "slice", None),
    (
        "parallel",
        "`parallel`: a slice, in two threads",
        "2-threads",
        "1-thread",
        Some(targets::TWO_THREADS),
    ),
];

fn streams(out: &mut String, run: &Run) {
    for (workload, title, way, base, target) in STREAMS {
        let corpora = run.corpora(workload);
        if corpora.is_empty() {
            continue;
        }
        _ = writeln!(out, "\n## {title}\n");
        let rows = corpora.into_iter().map(|corpus| {
            let [way, base] = [way, base].map(|name| run.rate(workload, corpus, name));
            let ratio = way.zip(base).map(|(way, base)| way / base);
            let mut row =
                vec![format!("`{corpus}`"), times(ratio), gigabytes(way), gigabytes(base)];
            row.extend(target.map(|_| bound(target, "x")));
            row.extend(target.map(|_| is_met(target, ratio, 2).to_owned()));
            row
        });
        let targets: &[&str] = if target.is_some() { &["target", "met"] } else { &[] };
        table(out, &[&["corpus", "ratio", way, base], targets].concat(), rows);
    }
}

/// jobview relative to the rival, to the best other contender and to reading; and its own speed.
struct Ratios<'a> {
    to_rival: Option<f64>,
    to_best: Option<(&'a str, f64)>,
    /// In percent.
    of_reading: Option<f64>,
    rate: Option<f64>,
}

impl<'a> Ratios<'a> {
    fn of(run: &'a Run, workload: &str, corpus: &str) -> Self {
        let rate_of = |name: &str| run.rate(workload, corpus, name);
        let rate = rate_of(JOBVIEW);
        let times = |other: Option<f64>| Some(rate? / other?);
        let others = run.contenders(workload).into_iter().filter(|&name| name != JOBVIEW);
        let best = others
            .filter_map(|name| Some((name, rate_of(name)?)))
            .max_by(|(_, left), (_, right)| left.total_cmp(right));
        let reading = READING.iter().filter_map(|name| rate_of(name)).max_by(f64::total_cmp);
        Self {
            to_rival: times(rate_of(RIVAL)),
            to_best: best.and_then(|(name, best)| Some((name, times(Some(best))?))),
            of_reading: times(reading).map(|share| 100.0 * share),
            rate,
        }
    }
}

fn instructions(out: &mut String, counted: &Counted, newest: &Facts) {
    let Counted { facts, per_byte } = counted;
    _ = writeln!(out, "\n## Instructions a byte\n\n{}\n", origin(facts, newest));
    let names = facts.contenders_of(per_byte);
    let rows = facts.corpora_of(per_byte).into_iter().map(|corpus| {
        let count = |&name: &&str| {
            per_byte[corpus].get(name).map_or_else(String::new, |count| format!("{count:.3}"))
        };
        std::iter::once(format!("`{corpus}`")).chain(names.iter().map(count)).collect()
    });
    table(out, &[&["corpus"], &names[..]].concat(), rows);
}

#[cfg(test)]
mod tests {
    use super::{full, summary};
    use crate::results::{Contender, Results};

    /// A kind of CPU on which jobview is this many times as fast as the others, on one corpus.
    fn results(cpu: &str, seconds: u64, corpus: &str, jobview: f64) -> Results {
        let mut results = Results::default();
        let facts = &mut results.run.facts;
        facts.whole = true;
        facts.cpu.name = cpu.to_owned();
        facts.commit.id = format!("commit{seconds}");
        facts.commit.seconds = seconds;
        facts.corpora = vec![corpus.to_owned()];
        facts.contenders = ["jobview", "sonic-rs"]
            .map(|name| Contender { name: name.to_owned(), does_less: String::new() })
            .into();
        let rates = [("jobview", jobview), ("sonic-rs", 1.0), ("read", 10.0)];
        let rates = rates.map(|(name, rate)| (name.to_owned(), rate));
        let rates = [(corpus.to_owned(), rates.into())];
        results.run.rates.insert("file".to_owned(), rates.into());
        results
    }

    fn report(results: &Results) -> String {
        full(results, &results.run.facts)
    }

    #[test]
    fn kinds_of_cpus_stand_side_by_side() {
        let corpus = "poll-compact";
        let all = [results("New", 2, corpus, 7.5), results("Other", 2, corpus, 5.0)];
        let summary = summary(&all);
        let head = "| corpus | target | New: to sonic-rs | of reading | GB/s \
                    | Other: to sonic-rs | of reading | GB/s |\n";
        let row = "| `poll-compact` | 6x, 70 % of reading | 7.50x | 75.0 % | 7.50 | 5.00x | 50.0 % | 5.00 |\n";
        assert!(summary.contains(head) && summary.contains(row), "{summary}");
        assert!(!summary.contains("lder code"), "{summary}");
    }

    #[test]
    fn a_corpus_that_one_cpu_has_not_seen_is_left_empty_there() {
        let all = [results("New", 2, "poll-new", 7.5), results("Other", 2, "poll-gone", 5.0)];
        let summary = summary(&all);
        assert!(
            summary.contains("| `poll-new` | none | 7.50x | 75.0 % | 7.50 |  |  |  |"),
            "{summary}"
        );
        assert!(
            summary.contains("| `poll-gone` | none |  |  |  | 5.00x | 50.0 % | 5.00 |"),
            "{summary}"
        );
    }

    #[test]
    fn what_is_measured_at_an_older_commit_says_so() {
        let all = [results("New", 2, "poll-compact", 7.5), results("Old", 1, "poll-compact", 5.0)];
        let summary = summary(&all);
        assert!(summary.contains("| Old, older code: to sonic-rs |"), "{summary}");
        let newest = &all[0].run.facts;
        let words = "**Older code than that of New, commit commit2.**";
        assert!(full(&all[1], newest).contains(words));
        assert!(!full(&all[0], newest).contains("Older code"));
    }

    #[test]
    fn targets_are_said_to_be_met_or_not() {
        let report = report(&results("Any", 1, "poll-compact", 6.5));
        let row = "| `poll-compact` | learnable | 6x | 6.50x | yes |  |  |  | 70 % | 65.0 % | no |";
        assert!(report.contains(row), "{report}");
    }

    #[test]
    fn a_corpus_without_a_target_is_shown_without() {
        let report = report(&results("Any", 1, "new", 6.5));
        assert!(report.contains("| `new` | none set |"), "{report}");
    }

    #[test]
    fn changes_flags_and_pages_are_told() {
        let mut results = results("Any", 1, "poll-compact", 6.5);
        assert!(report(&results).contains("page size not recorded, huge pages not recorded"));
        let facts = &mut results.run.facts;
        facts.commit.changed = true;
        facts.page_bytes = Some(4096);
        facts.huge_pages = Some("madvise".to_owned());
        facts.rustflags = Some("-C target-cpu=native".to_owned());
        let report = report(&results);
        for words in [
            "commit commit1 with changes of 1970-01-01",
            "pages of 4 KiB, transparent huge pages `madvise`",
            "`-C target-cpu=native`",
        ] {
            assert!(report.contains(words), "{report}");
        }
    }
}
