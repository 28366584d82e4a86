//! What must hold of any input: the bodies of the fuzz targets of `fuzz/`, and here the inputs that once broke
//! one of them, tried again.
//!
//! A module a target. Each has a `check` that takes the bytes of the fuzzer and panics where something does not
//! hold. Those about private functions of the engine are among its own tests. With the feature `gapwise/stress` more is
//! seen here: what is not learned is read by an index, where there is one for the kernel.

mod differential;
mod framing;
mod generated;
mod index;
mod layouts;
#[path = "../it/model.rs"]
mod model;
#[path = "../it/mutation.rs"]
mod mutation;
mod parse;
#[path = "../it/peers.rs"]
mod peers;
mod reader;
#[path = "../../gapwise/tests/invariants/regressions.rs"]
mod regressions;
mod schemas;
#[path = "../it/stream.rs"]
mod stream;
mod structured;
#[path = "../it/twins.rs"]
mod twins;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use regressions::{targets_with_regressions, try_again};

/// Where the inputs of all fuzz targets are.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/regressions");

#[test]
fn regressions_of_parse() {
    try_again("parse", parse::check);
}

#[test]
fn regressions_of_differential() {
    try_again("differential", differential::check);
}

#[test]
fn regressions_of_index() {
    try_again("index", index::check);
}

#[test]
fn regressions_of_layouts() {
    try_again("layouts", layouts::check);
}

#[test]
fn regressions_of_framing() {
    try_again("framing", framing::check);
}

#[test]
fn regressions_of_reader() {
    try_again("reader", reader::check);
}

#[test]
fn regressions_of_structured() {
    try_again("structured", structured::check);
}

#[test]
fn regressions_of_schemas() {
    try_again("schemas", schemas::check);
}

/// The fuzzer finds more of them; these are of every schema.
#[test]
fn documents_of_any_schema_are_read_alike() {
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    for number in 0..64 {
        let mut input = vec![0; 1500];
        random.fill_bytes(&mut input);
        input[0] = number;
        schemas::check(&input);
    }
}

#[test]
fn every_fuzz_target_has_regressions_that_are_tried_again() {
    let tried_again = |target: &str| {
        [
            include_str!("main.rs"),
            include_str!("../../gapwise/tests/invariants/private.rs"),
            include_str!("../../jobview-arrow/tests/invariants/main.rs"),
        ]
        .iter()
        .any(|tests| tests.contains(&format!("try_again(\"{target}\", {target}::check)")))
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
    let mut targets: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.strip_suffix(".rs").unwrap().to_owned())
        .collect();
    targets.sort();
    assert_eq!(targets, targets_with_regressions());
    for target in targets {
        assert!(tried_again(&target), "no test tries {target} again");
    }
}
