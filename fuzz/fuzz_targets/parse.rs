//! Any bytes, any options: no crash; errors point into the input, and views lie in the input or the arena.

#![no_main]

#[path = "../../tests/invariants/parse.rs"]
mod parse;

libfuzzer_sys::fuzz_target!(|data: &[u8]| parse::check(data));
