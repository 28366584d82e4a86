//! Where things are written to: standard output, standard error, files.
//!
//! `println!` and `eprintln!` must not be used in this package: they panic when a pipe is closed.

use crate::outcome::Failure;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::path::{Path, absolute};

const STDOUT: &str = "<stdout>";
const BUFFER: usize = 1 << 16;

/// Standard output, buffered. When whoever reads it has gone away, it takes everything and writes nothing.
pub(crate) struct Output(BufWriter<Pipe<Stdout>>);

impl Output {
    /// Standard output.
    pub(crate) fn stdout() -> Self {
        let pipe = Pipe { sink: io::stdout(), closed: false };
        Self(BufWriter::with_capacity(BUFFER, pipe))
    }

    /// Writes `bytes`, perhaps later.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.0.write_all(bytes).map_err(Failure::about(STDOUT))
    }

    /// Writes all that has not been written yet. Without it, errors in the last bytes go unseen.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.0.flush().map_err(Failure::about(STDOUT))
    }

    /// Whether the other end of the pipe is known to be closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.0.get_ref().closed
    }
}

/// A writer whose reader may go away at any time without that being an error.
struct Pipe<W> {
    sink: W,
    closed: bool,
}

impl<W: Write> Pipe<W> {
    fn unless_closed<T>(&mut self, result: io::Result<T>, otherwise: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let written = self.sink.write(bytes);
        self.unless_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.sink.flush();
        self.unless_closed(flushed, ())
    }
}

/// A file for one of the results, buffered.
pub(crate) struct OutputFile {
    name: String,
    sink: BufWriter<File>,
}

impl OutputFile {
    /// Creates or empties the file.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        Self::open(path, File::options().write(true).create(true).truncate(true))
    }

    /// Creates the file, or goes on at its end.
    pub(crate) fn append(path: &Path) -> Result<Self, Failure> {
        Self::open(path, File::options().append(true).create(true))
    }

    fn open(path: &Path, how: &OpenOptions) -> Result<Self, Failure> {
        let name = printable(&path.display().to_string());
        let file = how.open(path).map_err(Failure::about(&name))?;
        Ok(Self { name, sink: BufWriter::with_capacity(BUFFER, file) })
    }

    /// Writes `bytes`, perhaps later.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.sink.write_all(bytes).map_err(Failure::about(&self.name))
    }

    /// Writes all that has not been written yet.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.sink.flush().map_err(Failure::about(&self.name))
    }
}

/// Whether two paths lead to one file, which may not be there yet.
///
/// Pipes and devices are never the same: there is nothing in them to lose, and looking would disturb them.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    if one.is_file() && other.is_file() {
        return same_file::is_same_file(one, other).unwrap_or(false);
    }
    let will_be = |path: &Path| if path.exists() { None } else { absolute(path).ok() };
    will_be(one).is_some_and(|one| will_be(other) == Some(one))
}

/// Tells the person at the keyboard what went wrong.
pub(crate) fn complain(message: &dyn std::fmt::Display) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "jobview: {message}");
}

/// Text from outside, as it may go to a terminal and into a line of its own: control characters as escapes.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_control() {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_as_escapes() {
        assert_eq!(printable("/a\n\u{1b}[31m/\u{e9}"), "/a\\n\\u{1b}[31m/\u{e9}");
    }

    #[test]
    fn a_path_that_is_not_there_is_the_same_as_itself_only() {
        assert!(is_same_file(Path::new("not-there"), Path::new("./not-there")));
        assert!(!is_same_file(Path::new("not-there"), Path::new("nor-this")));
    }
}
