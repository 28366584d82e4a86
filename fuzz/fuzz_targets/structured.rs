//! Arbitrary documents, written in arbitrary layouts, are parsed to what was written; the same, written in the
//! plainest way, is parsed to the same.

#![no_main]

#[path = "../../tests/invariants/structured.rs"]
mod structured;
#[path = "../../tests/it/twins.rs"]
mod twins;

libfuzzer_sys::fuzz_target!(|data: &[u8]| structured::check(data));
