//! Instructions per byte, counted by callgrind: exact, and the same on a noisy machine.
//!
//! The bench starts itself again under valgrind, once for each corpus and contender, and has instructions
//! counted inside one function only, [`counted_pass`]; the child makes a pass before that one, so that the
//! contender is warm. Valgrind knows AVX2 and not AVX-512, and it must not be missing: a run without a count
//! would look like one without a regression.

use crate::contenders::Entry;
use crate::corpus::{CACHED_BYTES, Corpus, Kind, Stream, Variant};
use crate::digest::Sink;
use crate::run;
use crate::workload::{Timed, Workload};
use jobview_corpus::{Layout, Shape};
use serde_json::{Value, json};
use std::process::{Command, ExitCode};

/// The first argument of a child; corpus and contender follow.
const CHILD: &str = "--count";

/// The name of the function inside which instructions are counted, as valgrind shows it.
const COUNTED: &str = "--toggle-collect=*counted_pass*";

/// Counts every contender on every corpus, or does what a child has to do. Prints a table, and keeps it in
/// cargo's folder for temporary files.
pub fn main(contenders: &[Entry], temporary: &str) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [CHILD, corpus, contender] = arguments[..] {
        count(corpus, contender, contenders);
        return ExitCode::SUCCESS;
    }
    if arguments.contains(&"--list") {
        return ExitCode::SUCCESS;
    }
    let test = arguments.contains(&"--test");
    let short = test || run::is_short();
    match count_all(contenders, short, test) {
        Ok(rows) if !test => {
            let mut facts = run::facts(contenders);
            facts["rows"] = json!(rows);
            run::keep(temporary, "instructions.json", &facts);
            ExitCode::SUCCESS
        }
        Ok(_) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("instructions cannot be counted: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// The corpora: all shapes as the API sends them, and one in all its variants.
fn kinds() -> impl Iterator<Item = Kind> {
    let compact = Variant::Plain(Layout::Compact);
    Kind::all().into_iter().filter(move |kind| kind.shape == Shape::Poll || kind.variant == compact)
}

fn count_all(contenders: &[Entry], short: bool, test: bool) -> Result<Vec<Value>, String> {
    if cfg!(target_feature = "avx512f") {
        return Err("valgrind does not know AVX-512, for which this was built; build it with \
                    RUSTFLAGS='-C target-cpu=x86-64-v3'"
            .to_owned());
    }
    let version = Command::new("valgrind").arg("--version").output();
    let version = version.map_err(|error| format!("valgrind does not start: {error}"))?;
    println!("instructions a byte, by {}", String::from_utf8_lossy(&version.stdout).trim());

    let contenders = contenders.iter().filter(|entry| entry.daily || !short);
    let contenders: Vec<&Entry> = contenders.collect();
    let mut rows = Vec::new();
    for kind in kinds().take(if test { 1 } else { usize::MAX }) {
        let corpus = Corpus::new(kind, CACHED_BYTES);
        let bytes = corpus.stream().bytes.len();
        println!("{}", kind.name());
        for entry in contenders.iter().filter(|entry| entry.suits(Workload::Batch, kind)) {
            Workload::Batch.check(entry, &corpus);
            let per_byte = instructions(&kind.name(), entry.name)? as f64 / bytes as f64;
            println!("  {:<16}{per_byte:>8.3}", entry.name);
            rows.push(json!({
                "corpus": kind.name(), "contender": entry.name, "per_byte": per_byte,
            }));
        }
    }
    Ok(rows)
}

/// Has a child counted.
fn instructions(corpus: &str, contender: &str) -> Result<u64, String> {
    let itself = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", COUNTED])
        .arg(itself)
        .args([CHILD, corpus, contender])
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.parse().ok());
    match counted {
        Some(counted) if output.status.success() && counted > 0 => Ok(counted),
        _ => Err(format!("valgrind says about {corpus}/{contender}:\n{said}")),
    }
}

/// What a child does: one pass to get warm, and one that counts.
fn count(corpus: &str, contender: &str, contenders: &[Entry]) {
    let kind = Kind::all().into_iter().find(|kind| kind.name() == corpus);
    let entry = contenders.iter().find(|entry| entry.name == contender);
    let corpus = Corpus::new(kind.expect("a corpus"), CACHED_BYTES);
    let mut run = Workload::Batch.runner(entry.expect("a contender"));
    run(corpus.stream(), &mut Timed);
    counted_pass(&mut run, corpus.stream());
}

/// One pass over a corpus. Callgrind counts from its call to its return.
#[inline(never)]
fn counted_pass(run: &mut impl FnMut(Stream<'_>, &mut dyn Sink), stream: Stream<'_>) {
    run(stream, &mut Timed);
    // Without it, the call above might become a jump, and this function would not be on the stack.
    std::hint::black_box(());
}
