//! An input that is not a regular file: a pipe, a socket, a terminal. More may arrive at any time, or nothing for
//! hours.
//!
//! [`Patience`] limits how long a read waits. It is shared with the code that reads through a decompressor. Nothing is
//! read ahead here, and the file is not made non-blocking, because other processes may have it open too.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// How long bytes that have arrived wait for more: too short for a person to notice, long enough for a fast writer to
/// fill a batch. Zero where a read cannot be kept from blocking.
const LINGER: Duration = Duration::from_millis(if cfg!(unix) { 10 } else { 0 });

/// The longest time until the end of the run is noticed.
const TICK: Duration = Duration::from_millis(25);

/// How long to wait for more.
#[derive(Debug, Default)]
pub(super) struct Patience {
    /// The deadline; `None` means forever.
    until: Mutex<Option<Instant>>,
    is_over: AtomicBool,
}

impl Patience {
    /// From now on, reads wait for as long as it takes.
    pub(super) fn wait(&self) {
        self.set(None);
    }

    /// From now on, reads wait only for [`LINGER`], because something has arrived.
    pub(super) fn linger(&self) {
        self.set(Some(Instant::now() + LINGER));
    }

    fn set(&self, until: Option<Instant>) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }

    /// Ends the run: reads do not wait any more. Returns whether this was called before.
    pub(super) fn end(&self) -> bool {
        self.is_over.swap(true, Ordering::Relaxed)
    }

    /// Whether the run is to end.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// How long to wait before checking again. `None` if the deadline has passed.
    fn left(&self) -> Option<Duration> {
        let until = *self.until.lock().unwrap_or_else(PoisonError::into_inner);
        match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(Duration::ZERO) => None,
            left => Some(left.map_or(TICK, |left| left.min(TICK))),
        }
    }
}

/// A live input. When the patience has run out, a read fails with [`ErrorKind::WouldBlock`], and can be tried again.
/// Once the run is to end, only the bytes that have arrived by then can be read.
pub(super) struct Live {
    file: File,
    patience: Arc<Patience>,
    /// How many bytes are still to be read, once the run is to end.
    left: Option<usize>,
}

impl Live {
    pub(super) fn new(file: File, patience: Arc<Patience>) -> Self {
        #[cfg(target_os = "linux")]
        system::widen(&file);
        Self { file, patience, left: None }
    }

    /// Opens the input at a path. If it is a named pipe, this waits for a writer.
    pub(super) fn open(path: &Path, patience: Arc<Patience>) -> io::Result<Self> {
        let (sender, opened) = mpsc::channel();
        let path = path.to_owned();
        // The thread is abandoned if no writer ever opens the pipe.
        thread::spawn(move || sender.send(File::open(path)));
        loop {
            match opened.recv_timeout(TICK) {
                Ok(file) => return Ok(Self::new(file?, patience)),
                Err(_) if patience.is_over() => return Err(ErrorKind::WouldBlock.into()),
                Err(_) => {}
            }
        }
    }

    /// Waits until there is something to read, or the end. Returns how much may be read.
    fn wait(&mut self) -> io::Result<usize> {
        let Self { file, patience, left } = self;
        loop {
            if patience.is_over() {
                return match *left.get_or_insert_with(|| system::waiting(file)) {
                    0 => Err(ErrorKind::WouldBlock.into()),
                    left => Ok(left),
                };
            }
            // Even if there is more to read: a writer that never pauses must not delay the results.
            let Some(left) = patience.left() else { return Err(ErrorKind::WouldBlock.into()) };
            if system::is_ready(file, left)? {
                return Ok(usize::MAX);
            }
        }
    }
}

impl Read for Live {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let most = self.wait()?.min(buffer.len());
            match self.file.read(&mut buffer[..most]) {
                // Another process has made the file non-blocking, and has read the bytes first.
                Err(error) if error.kind() == ErrorKind::WouldBlock && self.left.is_none() => {}
                result => {
                    if let (Some(left), Ok(read)) = (&mut self.left, &result) {
                        *left -= read;
                    }
                    return result;
                }
            }
        }
    }
}

/// Standard input as a separate file, without the buffer of the standard library.
#[cfg(unix)]
pub(super) fn stdin() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

/// Standard input as a separate file, without the buffer of the standard library.
#[cfg(windows)]
pub(super) fn stdin() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(io::stdin().as_handle().try_clone_to_owned()?.into())
}

#[cfg(unix)]
mod system {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::{Errno, ioctl_fionread};
    use std::fs::File;
    use std::io;
    use std::time::Duration;

    /// Whether there is something to read, or the end, now or within `patience`.
    pub(super) fn is_ready(file: &File, patience: Duration) -> io::Result<bool> {
        let timeout = Timespec::try_from(patience).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&timeout)) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Enlarges the buffer of a pipe. Polling before each read costs a little, and fewer reads make up for it.
    #[cfg(target_os = "linux")]
    pub(super) fn widen(file: &File) {
        use rustix::pipe::{fcntl_getpipe_size, fcntl_setpipe_size};
        const ENOUGH: usize = 1 << 18;
        if fcntl_getpipe_size(file).is_ok_and(|size| size < ENOUGH) {
            // The limit for the user may not allow it. Then the pipe is used as it is.
            let _ = fcntl_setpipe_size(file, ENOUGH);
        }
    }

    /// How many bytes have arrived and have not been read.
    pub(super) fn waiting(file: &File) -> usize {
        // A file that cannot tell is a device with endless contents.
        ioctl_fionread(file).map_or(0, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX))
    }
}

/// On systems where a file cannot be polled, a read blocks until something arrives, and so does the end of the run.
#[cfg(not(unix))]
mod system {
    use std::fs::File;
    use std::io;
    use std::time::Duration;

    pub(super) fn is_ready(_: &File, _: Duration) -> io::Result<bool> {
        Ok(true)
    }

    pub(super) fn waiting(_: &File) -> usize {
        0
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::os::fd::OwnedFd;

    fn pipe() -> (Live, io::PipeWriter, Arc<Patience>) {
        let ((reader, writer), patience) = (io::pipe().unwrap(), Arc::new(Patience::default()));
        (Live::new(OwnedFd::from(reader).into(), Arc::clone(&patience)), writer, patience)
    }

    fn read(live: &mut Live) -> Result<usize, ErrorKind> {
        live.read(&mut [0; 2]).map_err(|error| error.kind())
    }

    #[test]
    fn no_more_is_read_when_patience_has_run_out_even_if_there_is_more() {
        let (mut live, mut writer, patience) = pipe();
        writer.write_all(b"12345").unwrap();
        assert_eq!(read(&mut live), Ok(2));
        patience.linger();
        thread::sleep(2 * LINGER);
        assert_eq!(read(&mut live), Err(ErrorKind::WouldBlock));
        patience.wait();
        assert_eq!((read(&mut live), read(&mut live)), (Ok(2), Ok(1)));
        patience.linger();
        assert_eq!(read(&mut live), Err(ErrorKind::WouldBlock));
        drop(writer);
        patience.wait();
        assert_eq!(read(&mut live), Ok(0));
    }

    #[test]
    fn when_the_run_is_to_end_what_has_come_by_then_can_be_read_and_no_more() {
        let (mut live, mut writer, patience) = pipe();
        writer.write_all(b"123").unwrap();
        patience.linger();
        thread::sleep(2 * LINGER);
        assert!(!patience.end() && patience.end());
        assert_eq!(read(&mut live), Ok(2));
        writer.write_all(b"4").unwrap();
        assert_eq!((read(&mut live), read(&mut live)), (Ok(1), Err(ErrorKind::WouldBlock)));
    }
}
