//! The list of inputs: files, standard input, and the files that match patterns.
//!
//! This module must not open inputs. A missing file is an input too; it is reported when its turn comes.

use super::pattern;
use crate::output::{complain, is_same_file, printable_path};
use std::fs;
use std::io::{self, PipeReader};
use std::path::{Path, PathBuf};

/// The name of standard input.
pub(crate) const STDIN: &str = "<stdin>";

/// Something to read.
#[derive(Debug)]
pub(crate) struct Input {
    /// Its printable name.
    pub(crate) name: String,
    pub(super) source: Source,
}

/// Where an input comes from.
#[derive(Debug)]
pub(super) enum Source {
    Stdin,
    /// A pipe within this process.
    Pipe(PipeReader),
    File(PathBuf),
    /// It cannot be read, for this reason.
    None(String),
}

/// The inputs for the arguments, in their order. The files of a pattern are in alphabetical order.
pub(crate) fn list(arguments: &[PathBuf]) -> Vec<Input> {
    arguments.iter().flat_map(|argument| expand(argument)).collect()
}

fn expand(argument: &Path) -> Vec<Input> {
    if argument.as_os_str() == "-" {
        return vec![Input { name: STDIN.to_owned(), source: Source::Stdin }];
    }
    if argument.symlink_metadata().is_ok() {
        return vec![Input::file(argument.to_owned())];
    }
    if is_url(argument) {
        return vec![Input::none(argument, URL.to_owned())];
    }
    if !pattern::is_pattern(argument) {
        return vec![Input::file(argument.to_owned())];
    }
    let matches = match pattern::expand(argument) {
        Ok(matches) => matches,
        Err(error) => return vec![Input::none(argument, error.to_string())],
    };
    for link in &matches.not_followed {
        let link = printable_path(link);
        complain(&format_args!("{link}: `**` does not follow this link to a directory"));
    }
    let found: Vec<_> = matches
        .into_paths()
        .map(|(path, error)| match error {
            Some(error) => Input::none(&path, error.to_string()),
            None => Input::file(path),
        })
        .collect();
    match found.is_empty() {
        true => vec![Input::none(argument, NO_MATCH.to_owned())],
        false => found,
    }
}

const NO_MATCH: &str = "no file matches this pattern; \
    patterns do not match directories, nor names that begin with a dot unless the pattern has the dot";

const URL: &str = "this is a URL, but only files can be read; \
    fetch it, for example with `curl --silent`, and give `-` to read it from a pipe";

/// Whether the argument begins with a scheme, like `https://`.
fn is_url(argument: &Path) -> bool {
    let scheme =
        argument.to_str().and_then(|text| text.split_once("://")).map(|(scheme, _)| scheme);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    scheme.is_some_and(|scheme| !scheme.is_empty() && scheme.chars().all(is_part))
}

impl Input {
    fn file(path: PathBuf) -> Self {
        Self { name: printable_path(&path), source: Source::File(path) }
    }

    fn none(path: &Path, why: String) -> Self {
        Self { name: printable_path(path), source: Source::None(why) }
    }

    /// An input from a pipe within this process.
    pub(crate) fn pipe(name: &str, pipe: PipeReader) -> Self {
        Self { name: name.to_owned(), source: Source::Pipe(pipe) }
    }

    /// Whether it is not a regular file, as far as can be known, and so may be silent for long.
    pub(crate) fn is_live(&self) -> bool {
        match &self.source {
            Source::Stdin => true,
            Source::File(path) => {
                fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
            }
            Source::Pipe(_) | Source::None(_) => false,
        }
    }

    /// Whether it is the file at this path.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        match &self.source {
            Source::Stdin => is_stdin(path).unwrap_or(false),
            Source::File(file) => is_same_file(file, path),
            Source::Pipe(_) | Source::None(_) => false,
        }
    }
}

/// Whether standard input comes from the file at this path.
fn is_stdin(path: &Path) -> io::Result<bool> {
    // Opening a pipe here would disturb it.
    if !path.is_file() {
        return Ok(false);
    }
    let file = same_file::Handle::from_path(path)?;
    Ok(file == same_file::Handle::stdin()?)
}

/// The number of bytes to read, if it can be known.
pub(super) fn total_size(inputs: &[Input]) -> Option<u64> {
    inputs.iter().try_fold(0, |total, input| match &input.source {
        Source::Stdin | Source::Pipe(_) => None,
        Source::None(_) => Some(total),
        Source::File(path) => match fs::metadata(path) {
            Ok(metadata) => metadata.is_file().then(|| total + metadata.len()),
            // It will be reported as unreadable.
            Err(_) => Some(total),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(directory: &Path, arguments: &[&str]) -> Vec<String> {
        let paths: Vec<_> = arguments.iter().map(|name| directory.join(name)).collect();
        let strip = |input: Input| {
            let path = Path::new(&input.name).strip_prefix(directory).unwrap().to_owned();
            match input.source {
                Source::None(why) => format!("{}: {why}", path.display()),
                _ => path.display().to_string(),
            }
        };
        list(&paths).into_iter().map(strip).collect()
    }

    #[test]
    fn patterns_stand_for_files_and_the_rest_for_itself() {
        let directory = tempfile::tempdir().unwrap();
        for name in ["b1.json", "a2.json", "a10.json", "[x].json", "x.json", "other", ".c.json"] {
            fs::write(directory.path().join(name), "").unwrap();
        }
        fs::create_dir_all(directory.path().join("sub.json/deep")).unwrap();
        fs::write(directory.path().join("sub.json/deep/c.json"), "").unwrap();
        fs::create_dir(directory.path().join(".hidden")).unwrap();
        fs::write(directory.path().join(".hidden/c.json"), "").unwrap();
        for (arguments, expected) in [
            (&["*.json"][..], &["[x].json", "a10.json", "a2.json", "b1.json", "x.json"][..]),
            (&["b?.json", "a*"], &["b1.json", "a10.json", "a2.json"]),
            (&[".*.json"], &[".c.json"]),
            (&[".hidden/*"], &[".hidden/c.json"]),
            (&["**/c.json"], &["sub.json/deep/c.json"]),
            // A file with exactly this name exists.
            (&["[x].json"], &["[x].json"]),
            (&["missing", "sub.json"], &["missing", "sub.json"]),
        ] {
            assert_eq!(found(directory.path(), arguments), expected);
        }
        let [none] = &found(directory.path(), &["*.xml"])[..] else { panic!("one") };
        assert!(none.starts_with("*.xml: no file matches this pattern"), "{none}");
        let [broken] = &found(directory.path(), &["a***"])[..] else { panic!("one") };
        assert!(broken.starts_with("a***: "), "{broken}");
    }

    #[test]
    fn urls_are_told_from_names() {
        for url in [
            "https://example.com/jobs?page=1",
            "s3://bucket/*.json",
            "file:///tmp/a",
            "git+ssh://x",
        ] {
            assert!(is_url(Path::new(url)), "{url}");
        }
        for name in ["jobs", "a/b", "c:/d", "://", "a b://c", "dir/x://y", "*://"] {
            assert!(!is_url(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn the_size_of_standard_input_is_not_known() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("a"), "12345").unwrap();
        let of = |names: &[&str]| {
            let paths: Vec<_> = names.iter().map(|name| directory.path().join(name)).collect();
            total_size(&list(&paths))
        };
        assert_eq!(of(&["a", "missing", "*.xml", "a"]), Some(10));
        assert_eq!(total_size(&list(&["-".into()])), None);
    }
}
