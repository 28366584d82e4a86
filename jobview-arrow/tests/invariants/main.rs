//! What must hold of the rows of any input: the body of the fuzz target `tables`, and here the inputs of it that are tried
//! again.

#[path = "../../../gapwise/tests/invariants/regressions.rs"]
mod regressions;
mod tables;

use regressions::try_again;

/// Where the inputs of all fuzz targets are.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/regressions");

#[test]
fn regressions_of_tables() {
    try_again("tables", tables::check);
}
