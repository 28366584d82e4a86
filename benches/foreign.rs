//! Benchmarks of documents with other schemas, compared with parsers of serde types: `cargo bench --bench foreign`.
//!
//! Ids are `workload/corpus/contender`. `README.md` says what is measured; the code is in `support/foreign/`.

fn main() {
    jobview_benches::foreign::main();
}
