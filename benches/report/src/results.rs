//! Reads what criterion and the benches have written below a target folder.
//!
//! The facts of a run say when it began; estimates older than that are of another run, and left out.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What was true of a run.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Facts {
    pub(crate) started: u64,
    pub(crate) commit: String,
    pub(crate) cpu: String,
    pub(crate) system: String,
    pub(crate) rustc: String,
    pub(crate) target_features: Vec<String>,
    pub(crate) kernel: String,
    pub(crate) short: bool,
    pub(crate) contenders: Vec<Contender>,
    /// Instructions a byte; none in a run against the clock.
    #[serde(default)]
    pub(crate) rows: Vec<Instructions>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Contender {
    pub(crate) name: String,
    pub(crate) does_less: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Instructions {
    pub(crate) corpus: String,
    pub(crate) contender: String,
    pub(crate) per_byte: f64,
}

/// A run: its facts, and gigabytes a second by workload, corpus, and contender or limit.
#[derive(Debug)]
pub(crate) struct Results {
    pub(crate) facts: Facts,
    /// The facts and rows of the last count of instructions, if there was one.
    pub(crate) instructions: Option<Facts>,
    rates: BTreeMap<[String; 3], f64>,
}

impl Results {
    /// Reads the last run below a target folder.
    pub(crate) fn read(target: &Path) -> Result<Self, String> {
        let folder = target.join("tmp/jobview-bench");
        let facts: Facts = read(&folder.join("run.json"))
            .map_err(|problem| format!("{problem}; has `cargo bench` been run?"))?;
        let mut results = Self {
            facts,
            instructions: read(&folder.join("instructions.json")).ok(),
            rates: BTreeMap::new(),
        };
        results.collect(&target.join("criterion"))?;
        if results.rates.is_empty() {
            return Err(format!("{}: the last run has measured nothing", target.display()));
        }
        Ok(results)
    }

    /// Gigabytes a second.
    pub(crate) fn rate(&self, workload: &str, corpus: &str, contender: &str) -> Option<f64> {
        self.rates.get(&[workload, corpus, contender].map(str::to_owned)).copied()
    }

    /// The corpora of a workload: shapes from small to large, within a shape by name.
    pub(crate) fn corpora(&self, workload: &str) -> Vec<&str> {
        let of_workload = self.rates.keys().filter(|id| id[0] == workload);
        let mut corpora: Vec<&str> = of_workload.map(|id| id[1].as_str()).collect();
        corpora.dedup();
        corpora.sort_by_key(|&corpus| rank(corpus));
        corpora
    }

    /// The contenders that have been measured, as the run lists them.
    pub(crate) fn contenders(&self, workload: &str) -> Vec<&str> {
        let measured = |name: &str| {
            self.rates.keys().any(|[of, _, contender]| of == workload && contender == name)
        };
        let names = self.facts.contenders.iter().map(|contender| contender.name.as_str());
        names.filter(|name| measured(name)).collect()
    }

    fn collect(&mut self, folder: &Path) -> Result<(), String> {
        let problem = |error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(folder).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name == "new") {
                self.add(&path)?;
            } else if path.is_dir() {
                self.collect(&path)?;
            }
        }
        Ok(())
    }

    /// Adds what was measured last under one id, if that was in this run.
    fn add(&mut self, folder: &Path) -> Result<(), String> {
        let estimates = folder.join("estimates.json");
        let started = UNIX_EPOCH + Duration::from_secs(self.facts.started);
        let written = estimates.metadata().and_then(|metadata| metadata.modified());
        if written.unwrap_or(SystemTime::UNIX_EPOCH) < started {
            return Ok(());
        }
        let Estimates { median } = read(&estimates)?;
        let benchmark: Benchmark = read(&folder.join("benchmark.json"))?;
        let (workload, corpus) = benchmark.group_id.split_once('/').unwrap_or_default();
        let id = [workload, corpus, &benchmark.function_id].map(str::to_owned);
        // Bytes a nanosecond are gigabytes a second.
        let bytes = benchmark.throughput.bytes.bytes as f64;
        self.rates.insert(id, bytes / median.point_estimate);
        Ok(())
    }
}

/// Where a corpus stands in a table: what the API sends comes first.
pub(crate) fn rank(corpus: &str) -> (usize, usize) {
    const SHAPES: [&str; 3] = ["poll", "inline", "wide"];
    const VARIANTS: [&str; 8] =
        ["compact", "spaced", "sorted", "pretty", "escaped", "shuffled", "unknown", "bad"];
    let (shape, variant) = corpus.split_once('-').unwrap_or((corpus, ""));
    let place = |names: &[&str], name| names.iter().position(|&known| known == name);
    (
        place(&VARIANTS, variant).unwrap_or(VARIANTS.len()),
        place(&SHAPES, shape).unwrap_or(SHAPES.len()),
    )
}

/// Criterion's `estimates.json`.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

/// Nanoseconds.
#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

/// Criterion's `benchmark.json`.
#[derive(Deserialize)]
struct Benchmark {
    group_id: String,
    function_id: String,
    throughput: Throughput,
}

#[derive(Deserialize)]
struct Throughput {
    #[serde(rename = "ElementsAndBytes")]
    bytes: ElementsAndBytes,
}

#[derive(Deserialize)]
struct ElementsAndBytes {
    bytes: u64,
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let problem = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| problem(&error))?;
    serde_json::from_str(&text).map_err(|error| problem(&error))
}
