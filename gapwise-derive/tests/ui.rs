//! What is refused, in the words of the compiler, and what is not.
//!
//! The next compiler may have other words: then `COMPILER` is to change, here and in `.ci/run`, and `TRYBUILD=overwrite`
//! writes what that one says.

use std::env;
use std::process::Command;

/// Whose words they are. What others say is not looked at, unless `UI_TESTS` says that it must be this one.
const COMPILER: &str = "rustc 1.95.0 ";

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output().expect("a compiler");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn what_nothing_can_be_written_into_is_refused_where_it_stands() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/good/*.rs");
    let compiler = compiler();
    if compiler.starts_with(COMPILER) {
        cases.compile_fail("tests/ui/*.rs");
    } else {
        assert!(env::var_os("UI_TESTS").is_none(), "the words are those of {COMPILER}: {compiler}");
        eprintln!("left out, for the words are those of {COMPILER}: {compiler}");
    }
}
