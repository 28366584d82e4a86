//! Counts instructions per byte, exactly: `cargo bench --bench instructions`.
//!
//! Needs valgrind, and a build without AVX-512. `README.md` says how to read the results; the code is in `support/`.

use jobview_benches::{contenders, instructions};
use std::process::ExitCode;

fn main() -> ExitCode {
    instructions::main(contenders::ALL, env!("CARGO_TARGET_TMPDIR"))
}
