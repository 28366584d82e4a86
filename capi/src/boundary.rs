//! Where values come from C, and go there.
//!
//! A function of C promises that a pointer is null or points at what its type says. Null is seen here and is an error.

use crate::error::{Code, Error, Failure};
use std::any::Any;
use std::ffi::{CStr, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::ptr;
use std::slice;

/// UTF-8 text that ends after `len` bytes, without a NUL behind it. Its `data` is NULL if there is no text.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Str {
    /// Where it begins.
    pub data: *const c_char,
    /// How many bytes it has.
    pub len: usize,
}

impl Str {
    pub(crate) const NONE: Self = Self { data: ptr::null(), len: 0 };
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self { data: text.as_ptr().cast(), len: text.len() }
    }
}

impl From<Option<&str>> for Str {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::NONE, Self::from)
    }
}

/// Runs what a function of C does. An error, or a panic, becomes a code and, unless `error` is null, what `error` says.
///
/// # Safety
///
/// `error` is null, or can be written to.
pub(crate) unsafe fn run(error: *mut Error, body: impl FnOnce() -> Result<(), Failure>) -> Code {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => Failure::none(),
        Ok(Err(failure)) => failure,
        Err(panic) => Failure::new(Code::Bug, words(&*panic)),
    };
    let code = failure.code;
    if !error.is_null() {
        // SAFETY: the caller says that it can be written to.
        unsafe { error.write(failure.into()) };
    }
    code
}

/// What a panic says.
pub(crate) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a bug of jobview: {}", text.unwrap_or("it has panicked"))
}

/// The text at a pointer, which must be UTF-8; `None` if it is null.
///
/// # Safety
///
/// It is null, or points at a text that ends with NUL and lives as long as `'a`.
pub(crate) unsafe fn text<'a>(text: *const c_char, name: &str) -> Result<Option<&'a str>, Failure> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: by the caller's promise.
    let text = unsafe { CStr::from_ptr(text) };
    match text.to_str() {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(Failure::usage(format!("{name} is not UTF-8"))),
    }
}

/// The path at a pointer, which need not be UTF-8 where paths are not.
///
/// # Safety
///
/// As for [`text`].
pub(crate) unsafe fn path<'a>(path: *const c_char) -> Result<&'a Path, Failure> {
    if path.is_null() {
        return Err(Failure::usage("path is NULL"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        // SAFETY: by the caller's promise; it is not null.
        let path = unsafe { CStr::from_ptr(path) };
        Ok(Path::new(std::ffi::OsStr::from_bytes(path.to_bytes())))
    }
    #[cfg(not(unix))]
    {
        // SAFETY: by the caller's promise.
        let path = unsafe { text(path, "path") }?;
        Ok(Path::new(path.unwrap_or_default()))
    }
}

/// The bytes at a pointer, which may be null if there are none.
///
/// # Safety
///
/// `len` bytes can be read at `data`, do not change, and live as long as `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const u8, len: usize) -> Result<&'a [u8], Failure> {
    match (data.is_null(), len) {
        (_, 0) => Ok(&[]),
        (true, _) => Err(Failure::usage("data is NULL, and len is not 0")),
        (false, _) if isize::try_from(len).is_err() => Err(Failure::usage("len is too large")),
        // SAFETY: by the caller's promise; it is not null, and not too long.
        (false, _) => Ok(unsafe { slice::from_raw_parts(data, len) }),
    }
}

/// What a pointer points at.
///
/// # Safety
///
/// It is null, or points at a value that nobody else uses as long as `'a`.
pub(crate) unsafe fn object<'a, T>(object: *mut T, name: &str) -> Result<&'a mut T, Failure> {
    // SAFETY: by the caller's promise.
    let object = unsafe { object.as_mut() };
    object.ok_or_else(|| Failure::usage(format!("{name} is NULL")))
}
