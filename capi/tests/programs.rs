//! Programs in C and C++ that use the library: plain, under valgrind, and with the AddressSanitizer of their compiler.
#![cfg(target_os = "linux")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const PROGRAMS: [&str; 3] = ["tables.c", "answers.c", "both.cpp"];

/// Two jobs, and a bad record between them.
const JOBS: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"a","links":{"self":"/"},"attributes":{"status":"queued","created_at":"1970-01-01T00:00:01Z","total_count":7}}}
oops
{"data":{"type":"profile-bulk-import-job","id":"b","links":{"self":"/"},"attributes":{"status":"queued","created_at":"1970-01-01T00:00:01Z","total_count":7}}}
"#;

#[derive(Clone, Copy, PartialEq)]
enum Linking {
    Static,
    Shared,
}

/// Where the libraries are: next to this test.
fn libraries() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().to_owned()
}

fn must(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let words = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&words));
}

/// Compiles a program and runs it, by the command `runner` if it names one.
fn try_out(source: &str, linking: Linking, flags: &[&str], runner: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = TempDir::new().unwrap();
    let (program, jobs) = (directory.path().join("program"), directory.path().join("jobs.ndjson"));
    fs::write(&jobs, JOBS).unwrap();
    let (compiler, standard) = match source.ends_with(".c") {
        true => ("cc", "-std=c11"),
        false => ("c++", "-std=c++17"),
    };
    let mut compile = Command::new(compiler);
    compile.args([standard, "-g", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic"]).args(flags);
    compile.arg("-I").arg(root.join("include")).arg("-o").arg(&program);
    compile.arg(root.join("tests/programs").join(source));
    match linking {
        Linking::Static => compile.arg(libraries().join("libjobview_capi.a")),
        Linking::Shared => compile.arg(libraries().join("libjobview_capi.so")),
    };
    // What the standard library of Rust needs of the system.
    must(compile.args(["-lpthread", "-ldl", "-lm"]));

    // By this name programs look for the library when they are run.
    let shared = libraries().join("libjobview_capi.so");
    std::os::unix::fs::symlink(shared, directory.path().join("libjobview.so.0")).unwrap();
    let mut run = match runner {
        [] => Command::new(&program),
        [command, arguments @ ..] => {
            let mut run = Command::new(command);
            run.args(arguments).arg(&program);
            run
        }
    };
    must(run.arg(jobs).env("LD_LIBRARY_PATH", directory.path()));
}

#[test]
fn programs_run_with_either_library() {
    for source in PROGRAMS {
        for linking in [Linking::Static, Linking::Shared] {
            try_out(source, linking, &[], &[]);
        }
    }
}

#[test]
fn programs_run_with_an_address_sanitizer() {
    for source in PROGRAMS {
        try_out(source, Linking::Static, &["-fsanitize=address,undefined"], &[]);
    }
}

/// `VALGRIND` names it; without, this is left out.
#[test]
fn programs_run_under_valgrind() {
    let Ok(valgrind) = env::var("VALGRIND") else { return };
    let runner = [&*valgrind, "--quiet", "--leak-check=full", "--error-exitcode=9"];
    for source in PROGRAMS {
        try_out(source, Linking::Static, &[], &runner);
    }
}

/// The first program of the README, as it stands there.
#[test]
fn the_program_of_the_readme_runs() {
    let readme = include_str!("../README.md");
    let (_, program) = readme.split_once("```c\n").unwrap();
    let (program, _) = program.split_once("```").unwrap();
    let directory = TempDir::new().unwrap();
    let source = directory.path().join("readme.c");
    fs::write(&source, program).unwrap();
    try_out(source.to_str().unwrap(), Linking::Shared, &[], &[]);
}
