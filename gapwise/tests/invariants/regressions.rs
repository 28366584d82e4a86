//! The inputs that once broke what must hold, and those that were made to: `fuzz/regressions/TARGET/*`.

use super::REGRESSIONS;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Runs a check on each input of a target, of which there must be some in the repository.
pub(crate) fn try_again(target: &str, check: fn(&[u8])) {
    // The published package does not have them. In the repository, another test program fails when they are missing.
    if !Path::new(REGRESSIONS).exists() {
        return;
    }
    let files = files(&format!("{REGRESSIONS}/{target}"));
    assert!(!files.is_empty(), "{target} has no regressions");
    for file in files {
        let input = fs::read(&file).unwrap();
        // Shown when it fails.
        println!("{}", file.display());
        check(&input);
    }
}

#[allow(dead_code, reason = "one of the two test programs asks")]
pub(crate) fn targets_with_regressions() -> Vec<String> {
    let name = |folder: &PathBuf| folder.file_name().unwrap().to_str().unwrap().to_owned();
    files(REGRESSIONS).iter().map(name).collect()
}
