//! Like the bench of the same name in the parent folder, with flexon.

use jobview_benches::instructions;
use jobview_benches_nightly::CONTENDERS;
use std::process::ExitCode;

fn main() -> ExitCode {
    instructions::main(&CONTENDERS, env!("CARGO_TARGET_TMPDIR"))
}
