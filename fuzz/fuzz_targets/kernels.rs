//! Any text: every kernel says what one line of plain code says.

#![no_main]

#[path = "../../gapwise/tests/invariants/kernels.rs"]
mod kernels;

libfuzzer_sys::fuzz_target!(|data: &[u8]| kernels::check(data));
