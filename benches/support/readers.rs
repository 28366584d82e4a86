//! Readers of JSON that are called from Python: pyarrow, DuckDB and polars, each in a process of its own.
//!
//! They are measured if `READERS_PYTHON` names an interpreter that has them. `readers.py` is what it runs: it takes the
//! time around the reader's own call, so that neither Python's start nor this process counts. Must not know what is
//! measured.

use crate::trials::Found;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A reader with the columns that it makes: what its process is told, and what the report says of it.
pub struct Entry {
    /// The last part of criterion's id.
    pub name: &'static str,
    arguments: [&'static str; 2],
    /// How its columns differ from those of jobview-arrow.
    pub does_less: &'static str,
}

impl Entry {
    /// The name of the reader alone.
    pub fn reader(&self) -> &'static str {
        self.arguments[0]
    }
}

/// Every reader, with the columns of the sets `core` and `ids`.
pub const ALL: [Entry; 6] = [
    Entry { name: "pyarrow-core", arguments: ["pyarrow", "core"], does_less: "status as text" },
    Entry { name: "duckdb-core", arguments: ["duckdb", "core"], does_less: "status as text" },
    Entry {
        name: "polars-core",
        arguments: ["polars", "core"],
        does_less: "status and times as text",
    },
    Entry {
        name: "pyarrow-ids",
        arguments: ["pyarrow", "ids"],
        does_less: "status as text, ids in lists of objects",
    },
    Entry {
        name: "duckdb-ids",
        arguments: ["duckdb", "ids"],
        does_less: "status as text, ids in lists of objects",
    },
    Entry {
        name: "polars-ids",
        arguments: ["polars", "ids"],
        does_less: "status and times as text, ids in lists of objects",
    },
];

/// The interpreter that has the readers.
pub fn python() -> Option<PathBuf> {
    std::env::var_os("READERS_PYTHON").map(PathBuf::from)
}

/// The process of a reader. It ends when this is dropped.
pub struct Reader {
    child: Child,
    /// Nothing only while it is dropped.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// The version of the reader.
    pub version: String,
}

impl Reader {
    /// Starts the process, and waits until it has imported everything.
    pub fn start(python: &Path, entry: &Entry) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/readers.py");
        let mut child = Command::new(python)
            .arg(script)
            .args(entry.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", python.display()));
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut reader = Self { child, requests, answers, version: String::new() };
        reader.version = reader.line();
        reader
    }

    /// Reads a file, which stays in memory until another is named: how long it took and what was found, or why it
    /// cannot be read.
    pub fn read(&mut self, path: &Path) -> Result<(Duration, Found), String> {
        let requests = self.requests.as_mut().expect("it is not dropped");
        writeln!(requests, "{}", path.display()).expect("the process reads lines");
        let line = self.line();
        if let Some(problem) = line.strip_prefix("error") {
            return Err(problem.trim().to_owned());
        }
        let numbers: Option<Vec<u64>> = line.split(' ').map(|word| word.parse().ok()).collect();
        let Some(&[nanoseconds, rows, total, nulls]) = numbers.as_deref() else {
            panic!("the process answers: {line}");
        };
        Ok((Duration::from_nanos(nanoseconds), Found { rows, total, nulls }))
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the process writes lines");
        assert!(line.ends_with('\n'), "the process of a reader has ended");
        line.trim_end().to_owned()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // At the end of its input it ends.
        self.requests = None;
        _ = self.child.wait();
    }
}

/// A file in memory, as far as the system has a place for such files. It is removed when this is dropped.
pub struct MemoryFile(PathBuf);

impl MemoryFile {
    /// Writes a file, with a name that no other process uses.
    pub fn new(name: &str, content: &[u8]) -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let path = folder.join(format!("jobview-bench-{}-{name}.ndjson", std::process::id()));
        std::fs::write(&path, content)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for MemoryFile {
    fn drop(&mut self) {
        _ = std::fs::remove_file(&self.0);
    }
}
