//! Counts instructions per byte with callgrind: exact, and the same on a noisy machine.
//!
//! The bench starts itself again under valgrind, once for each corpus and contender. Instructions are counted only
//! inside one function, [`counted_pass`]; the child makes a pass before that, so that the contender is warm. Valgrind
//! supports AVX2 but not AVX-512. If valgrind is missing, the bench fails: a run without a count would look like one
//! without a regression.
//!
//! Counts are the same on every machine. Valgrind presents its own CPU to the program, so neither jobview nor the C
//! library adapts to the real one; the child checks its kernel.

use crate::bounds::{Bounds, Counts};
use crate::contenders::{Entry, JOBVIEW};
use crate::corpus::{CACHED_BYTES, Corpus, Kind, Stream};
use crate::digest::Sink;
use crate::machine;
use crate::run;
use crate::workload::{Timed, Workload};
use serde_json::json;
use std::process::{Command, ExitCode};

/// The first argument of a child, before the corpus and the contender.
const CHILD: &str = "--count";

/// The name of the function in which instructions are counted, as valgrind shows it.
const COUNTED: &str = "--toggle-collect=*counted_pass*";

/// The best kernel that valgrind supports.
const KERNEL: &str = if cfg!(target_arch = "x86_64") { "avx2" } else { "neon" };

/// The committed bounds.
const BOUNDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.json");

/// The command for the two modes with bounds: without contenders, which take minutes to build.
const BENCH: &str =
    "cargo bench --package jobview-benches --no-default-features --bench instructions --";

/// Counts according to the first flag, or does the work of a child. Other arguments are for other benches.
///
/// - `--check`: only jobview, compared with the bounds; fails if they are exceeded.
/// - `--write-bounds`: only jobview; writes new bounds.
/// - neither: every contender; the results are kept for the report, in cargo's folder for temporary files.
/// - `--test`: each contender on one corpus; nothing is kept.
pub fn main(contenders: &[Entry], temporary: &str) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [CHILD, corpus, contender] = arguments[..] {
        count(corpus, contender, contenders);
        return ExitCode::SUCCESS;
    }
    let outcome = match arguments
        .iter()
        .find(|argument| argument.starts_with("--") && **argument != "--bench")
    {
        Some(&"--list") => Ok(()),
        Some(&"--check") => check_bounds(),
        Some(&"--write-bounds") => write_bounds(),
        Some(&"--test") => count_all(contenders, &Kind::all()[..1]).map(drop),
        _ => report(contenders, temporary),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Every contender on every corpus.
fn report(contenders: &[Entry], temporary: &str) -> Result<(), String> {
    let rows = count_all(contenders, &Kind::all())?;
    let mut facts = run::facts(contenders);
    facts["kernel"] = json!(KERNEL);
    for row in rows {
        facts["per_byte"][row.corpus][row.contender] = json!(row.per_byte);
    }
    run::keep(temporary, "instructions.json", &facts);
    Ok(())
}

fn check_bounds() -> Result<(), String> {
    let bounds = std::fs::read_to_string(BOUNDS).map_err(|error| format!("{BOUNDS}: {error}"))?;
    let bounds: Bounds =
        serde_json::from_str(&bounds).map_err(|error| format!("{BOUNDS}: {error}"))?;
    let comparison = bounds.compare(&counts_of_jobview()?);
    println!("{comparison}");
    if comparison.has_improved() {
        println!("Fewer instructions: tighten the bounds by\n  {BENCH} --write-bounds\n");
    }
    if comparison.holds() {
        return Ok(());
    }
    Err(format!(
        "The bounds of benches/instructions.json are not kept. Where that is meant, write new ones and say why:\n  \
         {BENCH} --write-bounds\n\
         They were counted with {}; this is {}.",
        bounds.counted_with,
        counted_with()?,
    ))
}

fn write_bounds() -> Result<(), String> {
    let bounds = Bounds::new(counted_with()?, &counts_of_jobview()?);
    let text = serde_json::to_string_pretty(&bounds).expect("plain data");
    std::fs::write(BOUNDS, text + "\n").map_err(|error| format!("{BOUNDS}: {error}"))
}

fn counts_of_jobview() -> Result<Counts, String> {
    // A build for a specific CPU has other instructions. Bounds apply to the default build of a program that uses
    // jobview.
    if cfg!(not(target_arch = "x86_64")) || cfg!(target_feature = "avx2") {
        return Err("bounds are of a build for any x86-64: build it without RUSTFLAGS".to_owned());
    }
    let rows = count_all(&[JOBVIEW], &Kind::all())?;
    Ok(rows.into_iter().map(|row| (row.corpus, row.per_byte)).collect())
}

fn counted_with() -> Result<String, String> {
    Ok(format!("{}, {}", run::rustc(), valgrind()?))
}

fn valgrind() -> Result<String, String> {
    let version = Command::new("valgrind").arg("--version").output();
    let version = version.map_err(|error| format!("valgrind does not start: {error}"))?;
    Ok(String::from_utf8_lossy(&version.stdout).trim().to_owned())
}

/// A count.
struct Row {
    corpus: String,
    contender: &'static str,
    per_byte: f64,
}

/// Contenders on corpora. In a short run, only the few contenders for everyday use.
fn count_all(contenders: &[Entry], kinds: &[Kind]) -> Result<Vec<Row>, String> {
    if cfg!(target_feature = "avx512f") {
        return Err("valgrind does not know AVX-512, for which this was built; build it with \
                    RUSTFLAGS='-C target-cpu=x86-64-v3'"
            .to_owned());
    }
    println!("instructions a byte, by {}", valgrind()?);
    let contenders = contenders.iter().filter(|entry| entry.daily || !run::is_short());
    let contenders: Vec<&Entry> = contenders.collect();
    let mut rows = Vec::new();
    for &kind in kinds {
        let corpus = Corpus::new(kind, CACHED_BYTES);
        let bytes = corpus.stream().bytes.len();
        println!("{}", kind.name());
        for entry in contenders.iter().filter(|entry| Workload::Batch.suits(entry, kind)) {
            Workload::Batch.check(entry, &corpus);
            let per_byte = instructions(&kind.name(), entry.name)? as f64 / bytes as f64;
            println!("  {:<16}{per_byte:>8.3}", entry.name);
            rows.push(Row { corpus: kind.name(), contender: entry.name, per_byte });
        }
    }
    Ok(rows)
}

/// Makes a child count.
fn instructions(corpus: &str, contender: &str) -> Result<u64, String> {
    let itself = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", COUNTED])
        .arg(itself)
        .args([CHILD, corpus, contender])
        .env_remove("JOBVIEW_KERNEL")
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.parse().ok());
    match counted {
        Some(counted) if output.status.success() && counted > 0 => Ok(counted),
        _ => Err(format!("valgrind says about {corpus}/{contender}:\n{said}")),
    }
}

/// The work of a child: one pass to warm up, and one that is counted.
fn count(corpus: &str, contender: &str, contenders: &[Entry]) {
    assert_eq!(machine::kernel().name(), KERNEL, "the CPU is too old");
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
    // Prevents a tail call, after which this function would not be on the stack.
    std::hint::black_box(());
}
