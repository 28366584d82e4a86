//! Benchmarks against other parsers and against memory: `cargo bench --bench parse`.
//!
//! Ids are `workload/corpus/contender`, and a filter is a part of one: `-- batch/poll`. `README.md` says what is
//! measured, and what is not; the code is in `support/`.

use jobview_benches::{contenders, measure};

fn main() {
    measure::main(contenders::ALL, env!("CARGO_TARGET_TMPDIR"));
}
