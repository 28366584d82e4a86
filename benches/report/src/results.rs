//! The results for a kind of CPU: figures, and the facts without which they mean nothing.
//!
//! `benches/results/` has one file for each kind; everything that is shown is made from these. Must not know criterion
//! or Markdown.

use crate::cpu::Cpu;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The facts of a run.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Facts {
    /// In seconds since 1970.
    pub(crate) started: u64,
    /// Whether it was neither a short run nor a filtered one.
    pub(crate) whole: bool,
    pub(crate) commit: Commit,
    pub(crate) cpu: Cpu,
    pub(crate) system: String,
    pub(crate) page_bytes: Option<u64>,
    pub(crate) huge_pages: Option<String>,
    pub(crate) rustc: String,
    pub(crate) rustflags: Option<String>,
    pub(crate) target_features: Vec<String>,
    pub(crate) kernel: String,
    /// In display order.
    pub(crate) corpora: Vec<String>,
    pub(crate) contenders: Vec<Contender>,
}

/// The commit that was measured.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Commit {
    pub(crate) id: String,
    /// When the commit was made, in seconds since 1970.
    pub(crate) seconds: u64,
    /// Whether files had been changed since the commit.
    pub(crate) changed: bool,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) does_less: String,
}

/// Figures by corpus and contender.
pub(crate) type Figures = BTreeMap<String, BTreeMap<String, f64>>;

/// A timed run.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Run {
    pub(crate) facts: Facts,
    /// Gigabytes per second, by workload. Limits are listed with the contenders.
    pub(crate) rates: BTreeMap<String, Figures>,
}

/// Instructions per byte.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Counted {
    #[serde(flatten)]
    pub(crate) facts: Facts,
    pub(crate) per_byte: Figures,
}

/// Documents as tables: how fast, and what becomes of bad ones.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Tables {
    #[serde(flatten)]
    pub(crate) facts: Facts,
    /// The versions of the readers that were asked for theirs.
    pub(crate) versions: Vec<String>,
    pub(crate) trials: Vec<Trial>,
    /// Gigabytes per second. The facts, which are kept before anything is measured, have none.
    #[serde(default)]
    pub(crate) rates: Figures,
}

/// A record that something is wrong with, and what each reader makes of it.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Trial {
    pub(crate) what: String,
    pub(crate) outcomes: BTreeMap<String, String>,
}

/// All results for one kind of CPU.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Results {
    pub(crate) run: Run,
    /// A separate package measures the contenders that need a nightly toolchain.
    pub(crate) nightly: Option<Run>,
    pub(crate) instructions: Option<Counted>,
    pub(crate) tables: Option<Tables>,
}

impl Run {
    /// Gigabytes per second.
    pub(crate) fn rate(&self, workload: &str, corpus: &str, contender: &str) -> Option<f64> {
        self.rates.get(workload)?.get(corpus)?.get(contender).copied()
    }

    /// The corpora of a workload.
    pub(crate) fn corpora(&self, workload: &str) -> Vec<&str> {
        self.rates.get(workload).map(|rates| self.facts.corpora_of(rates)).unwrap_or_default()
    }

    /// The contenders that have been measured.
    pub(crate) fn contenders(&self, workload: &str) -> Vec<&str> {
        self.rates.get(workload).map(|rates| self.facts.contenders_of(rates)).unwrap_or_default()
    }
}

impl Facts {
    /// Whether the measured code is older than the code measured elsewhere.
    pub(crate) fn is_older_than(&self, other: &Self) -> bool {
        self.commit.seconds < other.commit.seconds
    }

    /// The corpora that have figures, as the run lists them.
    pub(crate) fn corpora_of(&self, figures: &Figures) -> Vec<&str> {
        let corpora = self.corpora.iter().map(String::as_str);
        corpora.filter(|&corpus| figures.contains_key(corpus)).collect()
    }

    /// The contenders that have figures, as the run lists them.
    pub(crate) fn contenders_of(&self, figures: &Figures) -> Vec<&str> {
        let names = self.contenders.iter().map(|contender| contender.name.as_str());
        names.filter(|&name| figures.values().any(|of| of.contains_key(name))).collect()
    }
}

impl Results {
    /// Stores the results for their kind of CPU. A partial run is not stored, because it would replace a complete one.
    pub(crate) fn keep(&self, folder: &Path) -> Result<(), String> {
        let runs = [Some(&self.run.facts), self.nightly.as_ref().map(|run| &run.facts)];
        let counted = self.instructions.as_ref().map(|counted| &counted.facts);
        let tables = self.tables.as_ref().map(|tables| &tables.facts);
        if runs.into_iter().chain([counted, tables]).flatten().any(|facts| !facts.whole) {
            return Err(
                "a short run, or one of a few ids, is shown but not kept; measure all".to_owned()
            );
        }
        let path = folder.join(self.run.facts.cpu.slug()).with_extension("json");
        let text = serde_json::to_string_pretty(self).expect("plain data");
        std::fs::write(&path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
    }

    /// All stored results: the newest commit first, and for the same commit the latest run first.
    pub(crate) fn kept(folder: &Path) -> Result<Vec<Self>, String> {
        let problem = |error| format!("{}: {error}", folder.display());
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(problem)? {
            all.push(read::<Self>(&entry.map_err(problem)?.path())?);
        }
        let age = |facts: &Facts| std::cmp::Reverse((facts.commit.seconds, facts.started));
        all.sort_by_key(|results| age(&results.run.facts));
        Ok(all)
    }
}

/// Reads JSON.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(&error))?;
    serde_json::from_str(&text).map_err(|error| problem(&error))
}

#[cfg(test)]
mod tests {
    use super::{Facts, Results, Run};

    fn results(name: &str, seconds: u64) -> Results {
        let mut facts = Facts { whole: true, ..Facts::default() };
        facts.cpu.name = name.to_owned();
        facts.commit.seconds = seconds;
        Results { run: Run { facts, ..Run::default() }, ..Results::default() }
    }

    #[test]
    fn a_kind_of_cpu_has_one_file_and_the_newest_commit_comes_first() {
        let folder = std::env::temp_dir().join(format!("jobview-report-{}", std::process::id()));
        std::fs::create_dir(&folder).expect("a new folder");
        for (name, seconds) in [("Old", 1), ("New", 2), ("Old", 3), ("New", 4)] {
            results(name, seconds).keep(&folder).expect("a file");
        }
        let kept = Results::kept(&folder);
        std::fs::remove_dir_all(&folder).expect("the folder");
        let kept = kept.expect("what was kept");
        let kept = kept.iter().map(|results| &results.run.facts);
        let kept: Vec<_> = kept.map(|facts| (facts.cpu.kind(), facts.commit.seconds)).collect();
        assert_eq!(kept, [("New", 4), ("Old", 3)]);
    }

    #[test]
    fn a_part_of_a_run_is_not_kept() {
        let mut part = results("Any", 1);
        part.run.facts.whole = false;
        let nowhere = std::path::Path::new("/nowhere");
        assert!(part.keep(nowhere).is_err_and(|problem| problem.contains("not kept")));
    }
}
