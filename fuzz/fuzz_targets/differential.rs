//! Any bytes: the parser and the model built on serde_json come to the same verdict and the same values.

#![no_main]

#[path = "../../tests/invariants/differential.rs"]
mod differential;
#[path = "../../tests/it/model.rs"]
mod model;
#[path = "../../tests/it/twins.rs"]
mod twins;

libfuzzer_sys::fuzz_target!(|data: &[u8]| differential::check(data));
