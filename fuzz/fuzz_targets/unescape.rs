//! Any string: the reference reads it as serde_json does, and each kernel as the reference.

#![no_main]

#[path = "../../gapwise/tests/invariants/unescape.rs"]
mod unescape;

libfuzzer_sys::fuzz_target!(|data: &[u8]| unescape::check(data));
