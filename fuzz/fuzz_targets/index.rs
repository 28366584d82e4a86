//! Any documents: parsers that learn nothing read them by an index as by the walker, and as one does that learns.

#![no_main]

#[path = "../../tests/invariants/index.rs"]
mod index;
#[path = "../../tests/it/peers.rs"]
mod peers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| index::check(data));
