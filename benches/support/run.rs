//! The facts of a run, kept next to its results, which mean nothing without them.
//!
//! They are recorded when the run begins, not when a report is made.

use crate::contenders::Entry;
use crate::corpus::Kind;
use crate::machine::{self, said_by};
use crate::verdicts;
use serde::Serialize;
use serde_json::json;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The folder of these facts, within cargo's folder for the temporary files of benches.
const FOLDER: &str = "jobview-bench";

/// Whether a short run is requested: `JOBVIEW_BENCH=short`.
pub fn is_short() -> bool {
    std::env::var("JOBVIEW_BENCH").is_ok_and(|form| form == "short")
}

/// The facts of a bench of parsers: those of any run, every corpus, and what contenders are known to leave out.
pub fn facts(contenders: &[Entry]) -> serde_json::Value {
    let corpora = Kind::all().into_iter().map(Kind::name).collect();
    let contenders = contenders.iter().map(|entry| (entry.name, does_less(entry))).collect();
    facts_of(corpora, contenders)
}

/// The facts that every bench of a run shares: machine, build, commit, time, and subject. Corpora and contenders, each
/// with what it leaves out, are in the order of the report.
pub fn facts_of(corpora: Vec<String>, contenders: Vec<(&str, String)>) -> serde_json::Value {
    json!({
        "started": SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        "whole": is_whole(),
        "commit": {
            "id": said_by("git", &["rev-parse", "--short=10", "HEAD"]),
            "seconds": said_by("git", &["show", "--no-patch", "--format=%ct"]).parse().unwrap_or(0),
            "changed": !said_by("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty(),
        },
        "cpu": machine::Cpu::of_this_machine(),
        "system": said_by("uname", &["-sr"]),
        "page_bytes": machine::page_bytes(),
        "huge_pages": machine::huge_pages(),
        "rustc": rustc(),
        // Cargo passes the variable on to the compiler.
        "rustflags": option_env!("RUSTFLAGS").unwrap_or_default(),
        "target_features": target_features(),
        "kernel": machine::kernel().name(),
        "corpora": corpora,
        "contenders": contenders
            .into_iter()
            .map(|(name, does_less)| json!({"name": name, "does_less": does_less}))
            .collect::<Vec<_>>(),
    })
}

/// Whether everything is measured: neither a short run nor a filter is requested. The report keeps only such runs.
fn is_whole() -> bool {
    !is_short() && std::env::args().skip(1).all(|argument| argument == "--bench")
}

/// Keeps facts or results under a name for the report.
pub fn keep(temporary: &str, name: &str, what: &impl Serialize) {
    let folder = Path::new(temporary).join(FOLDER);
    let text = serde_json::to_string_pretty(what).expect("plain data");
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join(name), text))
        .unwrap_or_else(|error| panic!("{} cannot be written: {error}", folder.display()));
}

/// The compiler.
pub fn rustc() -> String {
    said_by("rustc", &["--version"])
}

/// What a contender is known to leave out, and what trials show.
fn does_less(entry: &Entry) -> String {
    let found = verdicts::differences(entry);
    let said = [entry.does_less, &found].into_iter().filter(|part| !part.is_empty());
    said.collect::<Vec<_>>().join("; ")
}

/// The target features of the build that matter to a contender or to valgrind.
fn target_features() -> Vec<&'static str> {
    [
        ("sse2", cfg!(target_feature = "sse2")),
        ("avx2", cfg!(target_feature = "avx2")),
        ("pclmulqdq", cfg!(target_feature = "pclmulqdq")),
        ("avx512bw", cfg!(target_feature = "avx512bw")),
        ("neon", cfg!(target_feature = "neon")),
    ]
    .into_iter()
    .filter_map(|(name, enabled)| enabled.then_some(name))
    .collect()
}
