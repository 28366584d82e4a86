//! A file that must not change its length while it is read.
//!
//! If a file is still being written, it may end in the middle of a record, and that record is not bad. So the file is
//! read up to the length that it had when it was opened, and a change of the length is an error.

use crate::output::{counted, printable_path};
use std::fs::File;
use std::io::{self, Error, ErrorKind, Read};
use std::path::Path;

/// A file, and how many of its bytes have been read.
pub(super) struct Steady {
    file: File,
    /// Its length when it was opened; `None` if it has no length, such as a pipe.
    length: Option<u64>,
    read: u64,
}

impl Steady {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            let pattern = printable_path(&path.join("**/*.json"));
            let why = format!(
                "this is a directory; to read the files in it, give a pattern such as '{pattern}'"
            );
            return Err(Error::new(ErrorKind::IsADirectory, why));
        }
        // Files that the system generates on reading, as in /proc, report a length of 0.
        let length = Some(metadata.len()).filter(|&length| metadata.is_file() && length > 0);
        Ok(Self { file, length, read: 0 })
    }

    /// At the end of what is to be read, checks that the file has not changed its length.
    fn end(&self) -> io::Result<usize> {
        let Some(length) = self.length else { return Ok(0) };
        let now = self.file.metadata()?.len();
        match now == length && self.read == length {
            true => Ok(0),
            false => Err(Error::other(format!(
                "changed while it was being read: it had {}, and now has {now}",
                counted(length, "byte")
            ))),
        }
    }
}

impl Read for Steady {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.map_or(u64::MAX, |length| length - self.read);
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.file.read(&mut buffer[..most])?;
        self.read += read as u64;
        match read {
            0 if !buffer.is_empty() => self.end(),
            read => Ok(read),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write as _;
    use tempfile::NamedTempFile;

    /// Reads a file of ten bytes, which is changed after it has been opened.
    fn read_while(change: impl FnOnce(&mut File)) -> (Vec<u8>, Option<String>) {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(b"0123456789").unwrap();
        let mut steady = Steady::open(file.path()).unwrap();
        change(file.as_file_mut());
        let mut read = Vec::new();
        let error = steady.read_to_end(&mut read).err();
        (read, error.map(|error| error.to_string()))
    }

    #[test]
    fn a_file_that_does_not_change_is_read_whole() {
        assert_eq!(read_while(|_| ()), (b"0123456789".to_vec(), None));
    }

    #[test]
    fn a_file_that_changes_its_length_is_read_as_far_as_both_lengths_go() {
        let error =
            |now| format!("changed while it was being read: it had 10 bytes, and now has {now}");
        let (read, shorter) = read_while(|file| file.set_len(4).unwrap());
        assert_eq!((&read[..], shorter), (&b"0123"[..], Some(error(4))));
        let (read, longer) = read_while(|file| file.write_all(b"more").unwrap());
        assert_eq!((&read[..], longer), (&b"0123456789"[..], Some(error(14))));
    }

    #[test]
    fn directories_and_missing_files_cannot_be_opened() {
        let directory = tempfile::tempdir().unwrap();
        let kind = |path: &Path| Steady::open(path).err().map(|error| error.kind());
        assert_eq!(kind(directory.path()), Some(ErrorKind::IsADirectory));
        assert_eq!(kind(&directory.path().join("missing")), Some(ErrorKind::NotFound));
    }

    #[test]
    fn an_empty_file_may_be_of_any_length() {
        let file = NamedTempFile::new().unwrap();
        let mut steady = Steady::open(file.path()).unwrap();
        fs::write(file.path(), "made up").unwrap();
        let mut read = String::new();
        steady.read_to_string(&mut read).unwrap();
        assert_eq!(read, "made up");
    }
}
