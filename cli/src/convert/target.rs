//! Where a table goes: a file that has its name only once it is complete, or standard output.

use crate::arguments::wrong_value;
use crate::outcome::Failure;
use crate::output::{Output, is_stdout, printable_path};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

const BUFFER: usize = 1 << 18;

/// The destination of a table.
pub(super) enum Target {
    Stdout(Output),
    File {
        /// The file under its temporary name. It is removed when dropped.
        sink: BufWriter<NamedTempFile>,
        /// Its final name.
        path: PathBuf,
        overwrite: bool,
    },
}

impl Target {
    /// Makes an empty file with a temporary name in the same directory. `-` is standard output.
    pub(super) fn create(path: &Path, overwrite: bool) -> Result<Self, Failure> {
        if is_stdout(path) {
            return Ok(Self::Stdout(Output::stdout()));
        }
        let name = printable_path(path);
        // The name of a link counts, too: it would be replaced.
        if let Ok(metadata) = path.symlink_metadata() {
            if !overwrite {
                return Err(wrong_value(&format!(
                    "{name} is there already; with --overwrite, it is replaced"
                )));
            }
            if !metadata.is_file() {
                return Err(wrong_value(&format!(
                    "{name} is not a file, and cannot be replaced; for standard output, use `-`"
                )));
            }
        }
        let directory = match path.parent() {
            Some(directory) if directory != Path::new("") => directory,
            _ => Path::new("."),
        };
        let file = temporary(directory).map_err(Failure::about(&name))?;
        let sink = BufWriter::with_capacity(BUFFER, file);
        Ok(Self::File { sink, path: path.to_owned(), overwrite })
    }

    /// Gives the file its name.
    pub(super) fn keep(self) -> io::Result<()> {
        let Self::File { sink, path, overwrite } = self else { return Ok(()) };
        let file = sink.into_inner()?;
        // A disk may turn out to be full only now.
        file.as_file().sync_all()?;
        let kept: Result<File, _> = match overwrite {
            true => file.persist(path),
            false => file.persist_noclobber(path),
        };
        kept.map(drop).map_err(|error| error.error)
    }

    /// Whether the reader of standard output is known to have closed the pipe.
    pub(super) fn is_closed(&self) -> bool {
        matches!(self, Self::Stdout(output) if output.is_closed())
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(output) => output.writer(),
            Self::File { sink, .. } => sink,
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}

fn temporary(directory: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".jobview-").suffix(".part");
    // Otherwise only the owner could read it, even once it has its name.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(directory)
}
