//! The tests of what serde makes of views and owned documents.
//!
//! `formats` sends documents through formats, and compares their values with `shapes`. They are a program of their own,
//! for they are run twice: once more where serde_json keeps numbers as their text.
#![cfg(feature = "serde")]

#[allow(dead_code, reason = "other test programs ask for more")]
#[path = "../it/mutation.rs"]
mod mutation;
#[allow(dead_code, unused_imports, reason = "other test programs ask for more")]
#[path = "../it/samples.rs"]
mod samples;

mod formats;
mod shapes;
