//! Any bytes in any framing: records cover the input in order, nothing is lost and nothing comes twice.

#![no_main]

#[path = "../../tests/invariants/framing.rs"]
mod framing;

libfuzzer_sys::fuzz_target!(|data: &[u8]| framing::check(data));
