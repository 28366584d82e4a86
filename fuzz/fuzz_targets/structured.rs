//! Arbitrary documents, written in arbitrary layouts, are parsed to what was written; and what was parsed,

#![no_main]

#[path = "../../tests/invariants/structured.rs"]
mod structured;

libfuzzer_sys::fuzz_target!(|data: &[u8]| structured::check(data));
