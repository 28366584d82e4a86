//! Turns the results of `cargo bench` into tables and a chart: `cargo run --release -p jobview-report`.
//!
//! Without options, it prints the report of the last run. `--write` stores the results in `benches/results/`, as those
//! of this kind of CPU, and then renders everything that is stored there. `--render` only renders: a report and a chart
//! for each kind of CPU, and the part of the README between `<!-- report -->` and `<!-- /report -->`. Only the last run
//! is used, and nothing older, so that a table never mixes two commits. It must not measure anything.

mod chart;
mod cpu;
mod markdown;
mod measured;
mod readers;
mod results;
mod table;
mod targets;

use results::Results;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [] => print(&root),
        ["--write"] => write(&root),
        ["--render"] => render(&root),
        _ => {
            eprintln!("usage: jobview-report [--write | --render]");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the last run.
fn print(root: &Path) -> Result<(), String> {
    let results = measured(root)?;
    let kept = Results::kept(&folder(root))?;
    let newest = &kept.first().unwrap_or(&results).run.facts;
    print!("{}", table::full(&results, newest));
    Ok(())
}

/// Stores the last run, and renders everything that is stored.
fn write(root: &Path) -> Result<(), String> {
    measured(root)?.keep(&folder(root))?;
    render(root)
}

/// Renders everything that is stored.
fn render(root: &Path) -> Result<(), String> {
    for (path, text) in rendered(root)? {
        println!("{}", path.strip_prefix(root).unwrap_or(&path).display());
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn measured(root: &Path) -> Result<Results, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root.join("target"), PathBuf::from);
    measured::results(&target, &root.join("benches/nightly/target"))
}

fn folder(root: &Path) -> PathBuf {
    root.join("benches/results")
}

/// The rendered files, and their contents.
fn rendered(root: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let all = Results::kept(&folder(root))?;
    let mut files = Vec::new();
    for results in &all {
        let report = format!("benches/report-{}", results.run.facts.cpu.slug());
        files.push((
            root.join(&report).with_extension("md"),
            table::full(results, &all[0].run.facts),
        ));
        files.push((root.join(&report).with_extension("svg"), chart::draw(&results.run)?));
    }
    let readme = root.join("README.md");
    let text = std::fs::read_to_string(&readme)
        .map_err(|error| format!("{}: {error}", readme.display()))?;
    let text = replace_marked(&text, &table::summary(&all))
        .ok_or("the README has no part between <!-- report --> and <!-- /report -->")?;
    files.push((readme, text));
    Ok(files)
}

/// The text with a new part between the two marks.
fn replace_marked(text: &str, part: &str) -> Option<String> {
    const START: &str = "<!-- report -->\n";
    const END: &str = "<!-- /report -->";
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{part}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{rendered, replace_marked};
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn only_the_marked_part_is_replaced() {
        let text = "a\n<!-- report -->\nold\n<!-- /report -->\nb\n";
        let expected = "a\n<!-- report -->\nnew\n<!-- /report -->\nb\n";
        assert_eq!(replace_marked(text, "new\n").as_deref(), Some(expected));
        assert_eq!(replace_marked("a\n<!-- report -->\n", "new\n"), None);
    }

    /// If this fails, run `cargo run --release -p jobview-report -- --render`, and remove files without results.
    #[test]
    fn reports_are_what_is_made_of_the_results_that_are_kept() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let files = rendered(&root).expect("results");
        for (path, text) in &files {
            let written = std::fs::read_to_string(path).expect("a file");
            assert!(written == *text, "{} is not what the results make", path.display());
        }
        let made: BTreeSet<_> = files.iter().filter_map(|(path, _)| path.file_name()).collect();
        for entry in std::fs::read_dir(root.join("benches")).expect("the folder") {
            let name = entry.expect("a file").file_name();
            let is_report = name.to_string_lossy().starts_with("report-");
            assert!(!is_report || made.contains(&*name), "{name:?} has no results");
        }
    }
}
