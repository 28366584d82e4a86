//! Finds the paths that match a pattern.
//!
//! A pattern is split at its separators, and each component is matched against the names in a directory. A directory
//! that cannot be listed is one of the results. Names that are not UTF-8 match like others. This module must not open
//! files.

use glob::{MatchOptions, Pattern, PatternError};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The matches of a pattern, in alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Matches {
    found: BTreeMap<PathBuf, Match>,
    /// Links to directories outside the tree that `**` searches. It does not follow them.
    pub(super) not_followed: Vec<PathBuf>,
}

#[derive(Debug)]
enum Match {
    File {
        /// Whether the path goes through a link.
        linked: bool,
    },
    /// The contents of the directory are not known.
    Unlisted(io::Error),
}

/// Whether a path has wildcards.
pub(super) fn is_pattern(path: &Path) -> bool {
    has_wildcards(path.as_os_str())
}

fn has_wildcards(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte))
}

/// Expands a pattern.
pub(super) fn expand(pattern: &Path) -> Result<Matches, PatternError> {
    let components: Vec<_> = pattern.components().collect();
    let has_wildcards = |component: &Component<'_>| has_wildcards(component.as_os_str());
    let spelled_out = components.iter().take_while(|it| !has_wildcards(it)).count();
    let (start, rest) = components.split_at(spelled_out);
    let mut steps = rest.iter().map(Step::new).collect::<Result<Vec<_>, _>>()?;
    if let Some(Step::Everywhere) = steps.last() {
        steps.push(Step::Name(Pattern::new("*")?));
    }
    let mut matches = Matches::default();
    // A pattern that ends with a separator matches only directories, which are left out.
    if !pattern.as_os_str().as_encoded_bytes().ends_with(b"/") {
        matches.walk(&start.iter().collect::<PathBuf>(), &steps, false);
    }
    matches.leave_out_repetitions();
    Ok(matches)
}

/// A component of a pattern.
#[derive(Clone, Debug)]
enum Step {
    /// A name without wildcards.
    Exactly(PathBuf),
    /// A name with wildcards.
    Name(Pattern),
    /// `**`: any number of directories.
    Everywhere,
}

impl Step {
    fn new(component: &Component<'_>) -> Result<Self, PatternError> {
        let name = component.as_os_str();
        Ok(match (name.as_encoded_bytes(), has_wildcards(name)) {
            (b"**", _) => Self::Everywhere,
            (_, true) => Self::Name(Pattern::new(&text(name))?),
            (_, false) => Self::Exactly(name.into()),
        })
    }
}

/// A name as text that is distinct for each name: bytes that are not UTF-8 become private-use characters.
fn text(name: &OsStr) -> Cow<'_, str> {
    /// A part of the last private-use plane, which names hardly contain.
    const PRIVATE: u32 = 0x0010_ff00;
    match name.to_str() {
        Some(text) => Cow::Borrowed(text),
        None => {
            let chunks = name.as_encoded_bytes().utf8_chunks();
            let stand_in = |&byte: &u8| char::from_u32(PRIVATE + u32::from(byte));
            let chars = chunks.flat_map(|chunk| {
                chunk.valid().chars().chain(chunk.invalid().iter().filter_map(stand_in))
            });
            Cow::Owned(chars.collect())
        }
    }
}

/// The path itself, or `.` for the empty path.
fn or_here(directory: &Path) -> &Path {
    if directory.as_os_str().is_empty() { Path::new(".") } else { directory }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// An entry of a directory.
struct Entry {
    path: PathBuf,
    is_link: bool,
    /// Whether it is a directory, or a link to one.
    is_directory: io::Result<bool>,
}

impl Entry {
    fn new(path: PathBuf, file_type: fs::FileType) -> Self {
        let is_link = file_type.is_symlink();
        let is_directory = match is_link {
            true => fs::metadata(&path).map(|target| target.is_dir()),
            false => Ok(file_type.is_dir()),
        };
        Self { path, is_link, is_directory }
    }
}

impl Matches {
    /// Matches the remaining steps from a directory on. `linked` says whether the path to it goes through a link.
    fn walk(&mut self, directory: &Path, steps: &[Step], linked: bool) {
        match steps {
            [] => {}
            [Step::Exactly(name), rest @ ..] => {
                let path = directory.join(name);
                match path.symlink_metadata() {
                    Ok(found) => self.arrive(Entry::new(path, found.file_type()), rest, linked),
                    Err(error) => self.note(path, error),
                }
            }
            [Step::Name(pattern), rest @ ..] => {
                let options =
                    MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
                for entry in self.list(directory, 1) {
                    let name = entry.path.file_name().unwrap_or_default();
                    if pattern.matches_with(&text(name), options) {
                        self.arrive(entry, rest, linked);
                    }
                }
            }
            [Step::Everywhere, rest @ ..] => {
                self.walk(directory, rest, linked);
                for entry in self.list(directory, usize::MAX) {
                    match entry {
                        Entry { is_directory: Ok(true), is_link: true, path } => {
                            self.pass_by(path, directory);
                        }
                        Entry { is_directory: Ok(true), path, .. } => {
                            self.walk(&path, rest, linked);
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// Continues from an entry that has matched.
    fn arrive(&mut self, entry: Entry, rest: &[Step], linked: bool) {
        let Entry { path, is_link, is_directory } = entry;
        let linked = linked || is_link;
        match (rest.is_empty(), is_directory) {
            // A file that cannot be opened is reported when its turn comes.
            (true, Ok(false) | Err(_)) => {
                self.found.insert(path, Match::File { linked });
            }
            (false, Ok(true)) => self.walk(&path, rest, linked),
            (false, Err(error)) => self.note(path, error),
            (true, Ok(true)) | (false, Ok(false)) => {}
        }
    }

    /// Lists a directory to this depth. Only a depth of 1 includes hidden names.
    fn list(&mut self, directory: &Path, depth: usize) -> Vec<Entry> {
        let is_wanted =
            |entry: &DirEntry| depth == 1 || entry.depth() == 0 || !is_hidden(entry.file_name());
        let entries = WalkDir::new(or_here(directory)).min_depth(1).max_depth(depth);
        let mut listed = Vec::new();
        for entry in entries.into_iter().filter_entry(is_wanted) {
            match entry {
                Ok(entry) => {
                    // Without `./`, like the pattern.
                    let below = entry.path().strip_prefix(or_here(directory));
                    let path = directory.join(below.unwrap_or(entry.path()));
                    listed.push(Entry::new(path, entry.file_type()));
                }
                Err(error) => {
                    let path = error.path().unwrap_or(directory).to_owned();
                    if let Some(error) = error.into_io_error() {
                        self.note(path, error);
                    }
                }
            }
        }
        listed
    }

    /// Records that a directory cannot be listed. Missing directories are ignored.
    fn note(&mut self, path: PathBuf, error: io::Error) {
        if error.kind() != io::ErrorKind::NotFound {
            self.found.insert(path, Match::Unlisted(error));
        }
    }

    /// Records a link to a directory that is not followed, unless its target is searched anyway.
    fn pass_by(&mut self, link: PathBuf, directory: &Path) {
        let target = fs::canonicalize(&link);
        let directory = fs::canonicalize(or_here(directory));
        if !matches!((target, directory), (Ok(target), Ok(directory)) if target.starts_with(&directory))
        {
            self.not_followed.push(link);
        }
    }

    /// Leaves out linked files that are also found under another name or through another link.
    fn leave_out_repetitions(&mut self) {
        if !self.found.values().any(|it| matches!(it, Match::File { linked: true })) {
            return;
        }
        let is_linked = |it: &Match| matches!(it, Match::File { linked: true });
        let direct = self.found.iter().filter(|(_, it)| !is_linked(it));
        let mut known: HashSet<_> =
            direct.filter_map(|(path, _)| fs::canonicalize(path).ok()).collect();
        // A broken link is kept, and reported when its turn comes.
        self.found.retain(|path, it| {
            !is_linked(it) || fs::canonicalize(path).map_or(true, |file| known.insert(file))
        });
    }

    /// The files, and the directories that could not be listed.
    pub(super) fn into_paths(self) -> impl Iterator<Item = (PathBuf, Option<io::Error>)> {
        self.found.into_iter().map(|(path, it)| match it {
            Match::File { .. } => (path, None),
            Match::Unlisted(error) => (path, Some(error)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(directory: &Path, pattern: &str) -> Vec<String> {
        let matches = expand(&directory.join(pattern)).unwrap();
        let name = |path: PathBuf| path.strip_prefix(directory).unwrap().display().to_string();
        matches
            .into_paths()
            .map(|(path, error)| match error {
                Some(error) => format!("{}: {}", name(path), error.kind()),
                None => name(path),
            })
            .collect()
    }

    fn write(directory: &Path, names: &[&str]) {
        for name in names {
            let path = directory.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
    }

    #[test]
    fn each_component_of_a_pattern_stands_for_one_name_and_two_stars_for_any_directories() {
        let scratch = tempfile::tempdir().unwrap();
        let directory = scratch.path();
        write(
            directory,
            &["a.json", "b/a.json", "b/c/a.json", "b/c/d/e.txt", "\u{e9}.txt", "b/.a.json"],
        );
        for (pattern, expected) in [
            ("*.json", &["a.json"][..]),
            ("*/*.json", &["b/a.json"]),
            ("**/*.json", &["a.json", "b/a.json", "b/c/a.json"]),
            ("**/**/*.json", &["a.json", "b/a.json", "b/c/a.json"]),
            ("b/**", &["b/a.json", "b/c/a.json", "b/c/d/e.txt"]),
            ("**/c/**/*.txt", &["b/c/d/e.txt"]),
            ("*/c/a.json", &["b/c/a.json"]),
            ("*/../a.json", &["b/../a.json"]),
            ("**/.*.json", &["b/.a.json"]),
            ("?.txt", &["\u{e9}.txt"]),
            ("[\u{e0}-\u{ef}].*", &["\u{e9}.txt"]),
            ("**/[!a].*", &["b/c/d/e.txt", "\u{e9}.txt"]),
            ("b*/", &[]),
            ("nowhere/*", &[]),
        ] {
            assert_eq!(found(directory, pattern), expected, "{pattern}");
        }
        assert!(expand(Path::new("a**")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf_8_match_byte_by_byte() {
        use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
        let scratch = tempfile::tempdir().unwrap();
        let name = |bytes: &[u8]| scratch.path().join(OsStr::from_bytes(bytes));
        for bytes in [&b"caf\xe9.json"[..], b"caf\xe8.json", b"cafe.json", b"caf\xc3\xa9.json"] {
            fs::write(name(bytes), "").unwrap();
        }
        let found = |pattern: &[u8]| -> Vec<_> {
            let matches = expand(&name(pattern)).unwrap().into_paths();
            matches.map(|(path, _)| path.file_name().unwrap().to_owned().into_vec()).collect()
        };
        assert_eq!(found(b"*.json").len(), 4);
        assert_eq!(found(b"caf?.json").len(), 4);
        assert_eq!(found(b"caf\xe9.*"), [b"caf\xe9.json"]);
        assert_eq!(found(b"*f[\xe8].json"), [b"caf\xe8.json"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_by_names_and_not_by_two_stars_and_a_file_is_read_once() {
        use std::os::unix::fs::symlink;
        let (scratch, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let directory = scratch.path();
        write(directory, &["2026/a.json", "2026/b.json"]);
        write(elsewhere.path(), &["c.json"]);
        symlink(".", directory.join("self")).unwrap();
        symlink("2026", directory.join("current")).unwrap();
        symlink("b.json", directory.join("2026/latest.json")).unwrap();
        symlink("nothing", directory.join("2026/broken.json")).unwrap();
        symlink(elsewhere.path(), directory.join("away")).unwrap();
        let all = ["2026/a.json", "2026/b.json", "2026/broken.json"];
        assert_eq!(found(directory, "**/*.json"), all);
        assert_eq!(found(directory, "20*/*.json"), all);
        assert_eq!(found(directory, "*/a.json"), ["2026/a.json"]);
        assert_eq!(found(directory, "cur*/a.json"), ["current/a.json"]);
        assert_eq!(found(directory, "aw*/*.json"), ["away/c.json"]);
        symlink("loop", directory.join("loop")).unwrap();
        assert_eq!(found(directory, "cur*/a.json"), ["current/a.json"]);
        let [unknown] = &found(directory, "l*/a.json")[..] else { panic!("one") };
        assert!(unknown.starts_with("loop: "), "{unknown}");
        let not_followed = expand(&directory.join("**/*.json")).unwrap().not_followed;
        assert_eq!(not_followed, [directory.join("away")]);
    }
}
