//! Any bytes that come in any way: the records of a stream are those of the slice.

#![no_main]

#[path = "../../tests/invariants/reader.rs"]
mod reader;
#[path = "../../tests/it/stream.rs"]
mod stream;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::check(data));
