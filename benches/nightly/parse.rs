//! Like the bench of the same name in the parent folder, with flexon.

use jobview_benches::measure;
use jobview_benches_nightly::CONTENDERS;

fn main() {
    measure::main(&CONTENDERS, env!("CARGO_TARGET_TMPDIR"));
}
