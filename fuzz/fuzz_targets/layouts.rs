//! Any documents one after another: parsers that have learned nothing, something or something else, with each
//! kernel, find the same.

#![no_main]

#[path = "../../tests/invariants/layouts.rs"]
mod layouts;
#[path = "../../tests/it/peers.rs"]
mod peers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| layouts::check(data));
