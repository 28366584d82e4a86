//! Documents become rows: what Arrow says of a table is what the views say.

#![no_main]

#[path = "../../jobview-arrow/tests/invariants/tables.rs"]
mod tables;

libfuzzer_sys::fuzz_target!(|data: &[u8]| tables::check(data));
