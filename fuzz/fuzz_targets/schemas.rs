//! Documents of any schema: parsers that have learned nothing, something or something else, with each kernel, find the
//! same, and what serde_json finds by the schema alone.

#![no_main]

#[path = "../../tests/it/peers.rs"]
mod peers;
#[path = "../../tests/invariants/schemas.rs"]
mod schemas;

libfuzzer_sys::fuzz_target!(|data: &[u8]| schemas::check(data));
