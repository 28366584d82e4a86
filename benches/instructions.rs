//! How many instructions a byte takes, exactly: `cargo bench --bench instructions`.
//!
//! Needs valgrind, and a build without AVX-512. `README.md` says how to read it; the work is done in
//! `support/`.

use jobview_benches::{contenders, instructions};
use std::process::ExitCode;

fn main() -> ExitCode {
    instructions::main(contenders::ALL, env!("CARGO_TARGET_TMPDIR"))
}
