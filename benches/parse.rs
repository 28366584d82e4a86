//! How fast documents are parsed, against other parsers and against memory: `cargo bench --bench parse`.
//!
//! Ids are `workload/corpus/contender`, and a filter is a part of one: `-- batch/poll`. What is measured, and
//! what it does not say, stands in `README.md`; the work is done in `support/`.

use jobview_benches::{contenders, measure};

fn main() {
    measure::main(contenders::ALL, env!("CARGO_TARGET_TMPDIR"));
}
