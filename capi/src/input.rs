//! Bytes that a function of C reads.

use std::ffi::c_void;
use std::io;

/// Reads up to `len` bytes to `to`, and returns how many; 0 at the end, and a negative number if they cannot be read. It is
/// called by the thread that asks the stream for the next batch.
pub type Read =
    Option<unsafe extern "C" fn(context: *mut c_void, to: *mut u8, len: usize) -> isize>;

/// A function that reads, and what it gets.
pub(crate) struct Reader {
    read: unsafe extern "C" fn(context: *mut c_void, to: *mut u8, len: usize) -> isize,
    context: *mut c_void,
}

// SAFETY: whoever moves a stream to another thread promises that the function may be called there.
unsafe impl Send for Reader {}

impl Reader {
    /// # Safety
    ///
    /// The function may be called with the context, and writes no more than it is allowed to, as long as there is this
    /// reader.
    pub(crate) unsafe fn new(
        read: unsafe extern "C" fn(context: *mut c_void, to: *mut u8, len: usize) -> isize,
        context: *mut c_void,
    ) -> Self {
        Self { read, context }
    }
}

impl io::Read for Reader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        // SAFETY: by the promise with which it was made; so many bytes can be written.
        let count = unsafe { (self.read)(self.context, to.as_mut_ptr(), to.len()) };
        match usize::try_from(count) {
            Ok(count) if count <= to.len() => Ok(count),
            Ok(count) => {
                let room = to.len();
                Err(io::Error::other(format!("read returned {count} of {room} bytes")))
            }
            Err(_) => Err(io::Error::other(format!("read returned {count}"))),
        }
    }
}
