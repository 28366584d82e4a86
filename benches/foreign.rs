//! How fast documents of other schemas are parsed, next to parsers that serde types: `cargo bench --bench foreign`.
//!
//! Ids are `workload/corpus/contender`. What is measured stands in `README.md`; the work is done in `support/foreign/`.

fn main() {
    jobview_benches::foreign::main();
}
