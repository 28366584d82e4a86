//! Which inputs there are: files, standard input, and what patterns stand for.
//!
//! Must not open any; a file that is missing is one of the inputs too, and found out to be when it is its turn.

use crate::output::{is_same_file, printable};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// Its name, fit to be printed.
    pub(crate) name: String,
    pub(super) source: Source,
}

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Stdin,
    File(PathBuf),
    /// Nowhere, and why.
    None(String),
}

/// The inputs that the arguments stand for, in their order; those of a pattern in the order of the alphabet.
pub(crate) fn list(arguments: &[PathBuf]) -> Vec<Input> {
    arguments.iter().flat_map(|argument| expand(argument)).collect()
}

fn expand(argument: &Path) -> Vec<Input> {
    if argument.as_os_str() == "-" {
        return vec![Input { name: "<stdin>".to_owned(), source: Source::Stdin }];
    }
    let is_pattern = |text: &&str| text.contains(['*', '?', '[']) && !argument.exists();
    let Some(pattern) = argument.to_str().filter(is_pattern) else {
        return vec![Input::file(argument.to_owned())];
    };
    let paths = match glob::glob(pattern) {
        Ok(paths) => paths,
        Err(error) => return vec![Input::none(argument, error.to_string())],
    };
    let found = paths.filter_map(|found| match found {
        // Directories and hidden files are not what such a pattern is meant for.
        Ok(path) => (!path.is_dir() && !is_hidden(&path, argument)).then(|| Input::file(path)),
        Err(error) => Some(Input::none(error.path(), error.error().to_string())),
    });
    let found: Vec<_> = found.collect();
    match found.is_empty() {
        true => vec![Input::none(argument, "no file matches this pattern".to_owned())],
        false => found,
    }
}

/// Whether a name in the part of a path that the pattern does not spell out begins with a dot, and none there in
/// the pattern does.
fn is_hidden(path: &Path, pattern: &Path) -> bool {
    let has_wildcards = |name: &&OsStr| name.as_encoded_bytes().iter().any(|b| b"*?[".contains(b));
    let spelled_out = names(pattern).take_while(|name| !has_wildcards(name)).count();
    let begins_with_dot =
        |path| names(path).skip(spelled_out).any(|name| name.as_encoded_bytes().starts_with(b"."));
    begins_with_dot(path) && !begins_with_dot(pattern)
}

fn names(path: &Path) -> impl Iterator<Item = &OsStr> {
    path.components().filter_map(|component| match component {
        Component::Normal(name) => Some(name),
        _ => None,
    })
}

impl Input {
    fn file(path: PathBuf) -> Self {
        Self { name: printable(&path.display().to_string()), source: Source::File(path) }
    }

    fn none(path: &Path, why: String) -> Self {
        Self { name: printable(&path.display().to_string()), source: Source::None(why) }
    }

    /// Whether it is no regular file, as far as can be told: it may be silent for long.
    pub(crate) fn is_live(&self) -> bool {
        match &self.source {
            Source::Stdin => true,
            Source::File(path) => {
                fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
            }
            Source::None(_) => false,
        }
    }

    /// Whether it is the file at this path.
    pub(crate) fn is_at(&self, path: &Path) -> bool {
        match &self.source {
            Source::Stdin => is_stdin(path).unwrap_or(false),
            Source::File(file) => is_same_file(file, path),
            Source::None(_) => false,
        }
    }
}

/// Whether standard input comes from the file at this path.
fn is_stdin(path: &Path) -> io::Result<bool> {
    // To open a pipe here would disturb it.
    if !path.is_file() {
        return Ok(false);
    }
    let file = same_file::Handle::from_path(path)?;
    Ok(file == same_file::Handle::stdin()?)
}

/// How many bytes there will be to read, if that can be known.
pub(super) fn total_size(inputs: &[Input]) -> Option<u64> {
    inputs.iter().try_fold(0, |total, input| match &input.source {
        Source::Stdin => None,
        Source::None(_) => Some(total),
        Source::File(path) => match fs::metadata(path) {
            Ok(metadata) => metadata.is_file().then(|| total + metadata.len()),
            // It will be passed over.
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
            // There is a file of that name.
            (&["[x].json"], &["[x].json"]),
            (&["missing", "sub.json"], &["missing", "sub.json"]),
            (&["*.xml"], &["*.xml: no file matches this pattern"]),
        ] {
            assert_eq!(found(directory.path(), arguments), expected);
        }
        let [broken] = &found(directory.path(), &["a***"])[..] else { panic!("one") };
        assert!(broken.starts_with("a***: "), "{broken}");
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
