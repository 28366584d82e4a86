//! Any number: its grammar is that of serde_json, its value the exact one, and the common ones are read alike by
//! both ways.

#![no_main]

#[path = "../../gapwise/tests/invariants/integers.rs"]
mod integers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| integers::check(data));
