//! Writing to standard output, standard error and files.
//!
//! `println!` and `eprintln!` must not be used in this package: they panic when a pipe is closed.

use crate::outcome::Failure;
use num_format::{Locale, ToFormattedString};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, absolute};

const STDOUT: &str = "<stdout>";
const STDERR: &str = "<stderr>";
const BUFFER: usize = 1 << 16;

/// A buffered standard stream. Once its reader has closed the pipe, it accepts and discards everything.
pub(crate) struct Output {
    name: &'static str,
    sink: BufWriter<Pipe<Box<dyn Write + Send>>>,
}

impl Output {
    /// Standard output.
    pub(crate) fn stdout() -> Self {
        Self::new(STDOUT, Box::new(io::stdout()))
    }

    /// Standard error, for lines that must not be mixed with what goes to standard output.
    pub(crate) fn stderr() -> Self {
        Self::new(STDERR, Box::new(io::stderr()))
    }

    fn new(name: &'static str, sink: Box<dyn Write + Send>) -> Self {
        let pipe = Pipe { sink, closed: false };
        Self { name, sink: BufWriter::with_capacity(BUFFER, pipe) }
    }

    /// Writes `bytes` to the buffer.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.sink.write_all(bytes).map_err(Failure::about(self.name))
    }

    /// Flushes the buffer. Without it, errors while the last bytes are written go unnoticed.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.sink.flush().map_err(Failure::about(self.name))
    }

    /// Whether the reader is known to have closed the pipe.
    pub(crate) fn is_closed(&self) -> bool {
        self.sink.get_ref().closed
    }

    /// The buffer, for libraries that write by themselves.
    pub(crate) fn writer(&mut self) -> &mut (dyn Write + Send) {
        &mut self.sink
    }
}

/// A writer whose reader may close the pipe at any time; that is not an error.
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

/// A buffered file for one of the results.
pub(crate) struct OutputFile {
    name: String,
    sink: BufWriter<File>,
}

impl OutputFile {
    /// Creates or truncates the file.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        Self::open(path, File::options().write(true).create(true).truncate(true))
    }

    /// Creates the file, or appends to it.
    pub(crate) fn append(path: &Path) -> Result<Self, Failure> {
        Self::open(path, File::options().append(true).create(true))
    }

    fn open(path: &Path, how: &OpenOptions) -> Result<Self, Failure> {
        let name = printable_path(path);
        let file = how.open(path).map_err(Failure::about(&name))?;
        Ok(Self { name, sink: BufWriter::with_capacity(BUFFER, file) })
    }

    /// Writes `bytes` to the buffer.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.sink.write_all(bytes).map_err(Failure::about(&self.name))
    }

    /// Flushes the buffer.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        self.sink.flush().map_err(Failure::about(&self.name))
    }
}

/// The destination of one of the results: a file or standard output.
pub(crate) enum Sink {
    Stdout(Output),
    File(OutputFile),
}

impl Sink {
    /// Creates or truncates the file. `-` is standard output.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        match is_stdout(path) {
            true => Ok(Self::Stdout(Output::stdout())),
            false => OutputFile::create(path).map(Self::File),
        }
    }

    /// Creates the file, or appends to it. `-` is standard output.
    pub(crate) fn append(path: &Path) -> Result<Self, Failure> {
        match is_stdout(path) {
            true => Ok(Self::Stdout(Output::stdout())),
            false => OutputFile::append(path).map(Self::File),
        }
    }

    /// Writes `bytes` to the buffer.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stdout(output) => output.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    /// Flushes the buffer.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        match self {
            Self::Stdout(output) => output.finish(),
            Self::File(file) => file.finish(),
        }
    }

    /// Whether the reader of standard output is known to have closed the pipe.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self, Self::Stdout(output) if output.is_closed())
    }
}

/// Whether a path stands for standard output.
pub(crate) fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether two paths lead to the same file, which may not exist yet.
///
/// Pipes and devices never count as the same: they hold nothing to lose, and opening them would disturb them.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    if one.is_file() && other.is_file() {
        return same_file::is_same_file(one, other).unwrap_or(false);
    }
    let will_be = |path: &Path| if path.exists() { None } else { absolute(path).ok() };
    will_be(one).is_some_and(|one| will_be(other) == Some(one))
}

/// Reports a problem on standard error.
pub(crate) fn complain(message: &dyn std::fmt::Display) {
    // If standard error is closed, there is nowhere to report to.
    let _ = writeln!(io::stderr(), "jobview: {message}");
}

/// Makes untrusted text safe for a terminal and for a single line: escapes characters that are invisible or change how
/// the rest is displayed.
pub(crate) fn printable(text: &str) -> String {
    // `escape_debug` escapes these three too, but they are harmless here and frequent.
    const KEPT: [char; 3] = ['"', '\'', '\\'];
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(KEPT) {
        let text = piece.trim_end_matches(KEPT);
        shown.extend(text.escape_debug());
        shown.push_str(&piece[text.len()..]);
    }
    shown
}

/// A path in printable form. Bytes that are not UTF-8 are escaped, so that two names never look alike.
pub(crate) fn printable_path(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(&printable(chunk.valid()));
        chunk.invalid().iter().for_each(|byte| shown.push_str(&format!("\\x{byte:02x}")));
    }
    shown
}

/// A number with its noun: `1 record`, `2,000 records`.
pub(crate) fn counted(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", number.to_formatted_string(&Locale::en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_invisible_or_turns_text_around_is_shown_as_escapes() {
        assert_eq!(printable("/a\n\u{1b}[31m/\u{e9}"), "/a\\n\\u{1b}[31m/\u{e9}");
        for c in
            "\u{7f}\u{85}\u{ad}\u{200b}\u{200f}\u{2028}\u{2029}\u{202e}\u{2066}\u{feff}".chars()
        {
            assert_eq!(printable(&format!("a{c}b")), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
        // Quotes and combining characters are left alone.
        let harmless =
            "\"it's\" C:\\dir\\\\ e\u{301} \u{928}\u{92e}\u{938}\u{94d}\u{924}\u{947} \u{1f600}";
        assert_eq!(printable(harmless), harmless);
    }

    #[cfg(unix)]
    #[test]
    fn bytes_of_a_name_that_are_no_text_are_shown_one_by_one() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"caf\xe9\xff/\xc3\xa9\n"));
        assert_eq!(printable_path(path), "caf\\xe9\\xff/\u{e9}\\n");
    }

    #[test]
    fn one_thing_is_not_several() {
        let said = [0, 1, 2, 1000].map(|number| counted(number, "record"));
        assert_eq!(said, ["0 records", "1 record", "2 records", "1,000 records"]);
    }

    #[test]
    fn a_path_that_is_not_there_is_the_same_as_itself_only() {
        assert!(is_same_file(Path::new("not-there"), Path::new("./not-there")));
        assert!(!is_same_file(Path::new("not-there"), Path::new("nor-this")));
    }
}
