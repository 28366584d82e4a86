//! A C interface to jobview. Its header is `include/jobview.h`, and its manual the README.
//!
//! - `stream`: documents become an Arrow stream of one table.
//! - `answer`: one document becomes plain structs.
//! - `options`, `error` and `input` are what both have in common, and `boundary` is where pointers from C are looked at:
//!   nothing else is unsafe but the functions that C calls.

#![doc = include_str!("../README.md")]
// Whatever C passes is a promise of the caller.
#![allow(unsafe_code)]

mod answer;
mod boundary;
mod error;
mod input;
mod options;
mod stream;

pub use answer::{
    Answer, ApiError, Ids, ImportError, Integer, Job, List, Parser, Time, jobview_parse,
    jobview_parser_free, jobview_parser_new,
};
pub use boundary::Str;
pub use error::{Code, Error};
pub use input::Read;
pub use options::{OnReject, Options, Reject, jobview_options_init};
pub use stream::{jobview_open_memory, jobview_open_path, jobview_open_reader};

use std::ffi::c_char;

/// Changes with each change of the interface after which programs must be compiled again.
pub const JOBVIEW_ABI_VERSION: u32 = 0;

/// `JOBVIEW_ABI_VERSION` of the library. A program compares it with that of its header.
#[unsafe(no_mangle)]
pub extern "C" fn jobview_abi_version() -> u32 {
    JOBVIEW_ABI_VERSION
}

/// The version of the library, for people. It is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn jobview_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}
