//! Reads what criterion and the benches have written to a target folder.
//!
//! The facts of a run say when it began. Older estimates belong to another run, and are left out.

use crate::results::{Results, Run, Tables, read};
use serde::Deserialize;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the benches keep facts and counts.
const FOLDER: &str = "tmp/jobview-bench";

/// The workload of a bench with facts of its own.
const TABLES: &str = "arrow";

/// The last runs: the one in a target folder, and the one of the package `nightly`, if there was one.
pub(crate) fn results(target: &Path, nightly: &Path) -> Result<Results, String> {
    Ok(Results {
        run: run(target)?,
        nightly: run(nightly).ok(),
        instructions: read(&target.join(FOLDER).join("instructions.json")).ok(),
        tables: tables(target).ok(),
    })
}

/// The last run in a target folder.
fn run(target: &Path) -> Result<Run, String> {
    let facts = read(&target.join(FOLDER).join("run.json"))
        .map_err(|problem| format!("{problem}; has `cargo bench` been run?"))?;
    let mut run = Run { facts, ..Run::default() };
    collect(&mut run, &target.join("criterion"))?;
    run.rates.remove(TABLES);
    if run.rates.is_empty() {
        return Err(format!("{}: the last run has measured nothing", target.display()));
    }
    Ok(run)
}

/// The last run of the bench of tables in a target folder.
fn tables(target: &Path) -> Result<Tables, String> {
    let mut tables: Tables = read(&target.join(FOLDER).join("arrow.json"))?;
    let mut run = Run { facts: tables.facts.clone(), ..Run::default() };
    collect(&mut run, &target.join("criterion"))?;
    let rates = run.rates.remove(TABLES);
    tables.rates =
        rates.ok_or_else(|| format!("{}: no tables have been measured", target.display()))?;
    Ok(tables)
}

fn collect(run: &mut Run, folder: &Path) -> Result<(), String> {
    let problem = |error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name == "new") {
            add(run, &path)?;
        } else if path.is_dir() {
            collect(run, &path)?;
        }
    }
    Ok(())
}

/// Adds the last measurement of one id, if it belongs to this run.
fn add(run: &mut Run, folder: &Path) -> Result<(), String> {
    let estimates = folder.join("estimates.json");
    let started = UNIX_EPOCH + Duration::from_secs(run.facts.started);
    let written = estimates.metadata().and_then(|metadata| metadata.modified());
    if written.unwrap_or(SystemTime::UNIX_EPOCH) < started {
        return Ok(());
    }
    let Estimates { median } = read(&estimates)?;
    let benchmark: Benchmark = read(&folder.join("benchmark.json"))?;
    // Other benches have other ids, and are not reported.
    let (Some((workload, corpus)), Some(throughput)) =
        (benchmark.group_id.split_once('/'), benchmark.throughput.both)
    else {
        return Ok(());
    };
    // Bytes per nanosecond are gigabytes per second. Three decimal places are more than the precision.
    let rate = throughput.bytes as f64 / median.point_estimate;
    let rate = (rate * 1000.0).round() / 1000.0;
    let of_workload = run.rates.entry(workload.to_owned()).or_default();
    of_workload.entry(corpus.to_owned()).or_default().insert(benchmark.function_id, rate);
    Ok(())
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
    both: Option<ElementsAndBytes>,
}

#[derive(Deserialize)]
struct ElementsAndBytes {
    bytes: u64,
}
