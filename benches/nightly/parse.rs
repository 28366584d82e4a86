//! As the bench of the same name in the folder above, with flexon.

use jobview_benches::measure;
use jobview_benches_nightly::CONTENDERS;

fn main() {
    measure::main(&CONTENDERS, env!("CARGO_TARGET_TMPDIR"));
}
