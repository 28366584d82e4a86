//! Turns the results of `cargo bench` into tables and a chart: `cargo run --release -p jobview-report`.
//!
//! Prints the report; with `--write` it also writes `benches/report.md`, `benches/report.svg` and the part of
//! the README between `<!-- report -->` and `<!-- /report -->`. It takes what the last run has measured and
//! nothing older, so that one table never mixes two commits. It must not measure anything.

mod chart;
mod results;
mod table;

use results::Results;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let write = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [flag] if flag == "--write" => true,
        _ => {
            eprintln!("usage: jobview-report [--write]");
            return ExitCode::from(2);
        }
    };
    match report(write) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn report(write: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = std::env::var_os("CARGO_TARGET_DIR");
    let target = target.map_or_else(|| root.join("target"), PathBuf::from);
    let results = Results::read(&target)?;
    // The contenders that need a nightly toolchain are measured by a package of their own.
    let nightly = Results::read(&root.join("benches/nightly/target")).ok();

    let full = table::full(&results, nightly.as_ref());
    print!("{full}");
    if write {
        save(&root.join("benches/report.md"), &full)?;
        save(&root.join("benches/report.svg"), &chart::draw(&results)?)?;
        let readme = root.join("README.md");
        let text = std::fs::read_to_string(&readme)
            .map_err(|error| format!("{}: {error}", readme.display()))?;
        let text = replace_marked(&text, &table::summary(&results))
            .ok_or("the README has no part between <!-- report --> and <!-- /report -->")?;
        save(&readme, &text)?;
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The text with another part between the two marks.
fn replace_marked(text: &str, part: &str) -> Option<String> {
    const START: &str = "<!-- report -->\n";
    const END: &str = "<!-- /report -->";
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{part}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::replace_marked;

    #[test]
    fn only_the_marked_part_is_replaced() {
        let text = "a\n<!-- report -->\nold\n<!-- /report -->\nb\n";
        let expected = "a\n<!-- report -->\nnew\n<!-- /report -->\nb\n";
        assert_eq!(replace_marked(text, "new\n").as_deref(), Some(expected));
        assert_eq!(replace_marked("a\n<!-- report -->\n", "new\n"), None);
    }
}
