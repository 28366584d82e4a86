//! What becomes of the command when the other end of a stream is not as one wishes.

use crate::scratch::Scratch;
use predicates::prelude::*;
use std::io::Read as _;
use std::process::{Command, Stdio};

/// Reads a little of what the command prints and goes away. Returns the exit code.
fn read_a_little(scratch: &Scratch, arguments: &str) -> i32 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobview"))
        .current_dir(scratch.path("."))
        .args(arguments.split_whitespace())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{arguments}");
    output.status.code().expect("no signal")
}

#[test]
fn a_closed_pipe_is_silent() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 20000 --bad-every 1");
    assert_eq!(read_a_little(&scratch, "generate --documents 1000000000"), 0);
    assert_eq!(read_a_little(&scratch, "check bad"), 1);
    assert_eq!(read_a_little(&scratch, "stats bad"), 1);
    assert_eq!(read_a_little(&scratch, "completions zsh"), 0);
}

#[test]
fn rejects_are_whole_even_if_nobody_reads_the_lines() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 20000 --bad-every 1");
    assert_eq!(read_a_little(&scratch, "check --rejects rejects bad"), 1);
    assert!(scratch.read("rejects") == scratch.read("bad"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 10 --bad-every 1");
    for arguments in ["generate", "check bad", "stats bad", "completions bash", "man"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_jobview"))
            .current_dir(scratch.path("."))
            .args(arguments.split_whitespace())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{arguments}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(predicate::str::starts_with("jobview: <stdout>: ").eval(&stderr), "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn named_pipes_are_read_and_written_like_files() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 100 --bad-every 2");
    for pipe in ["in", "out"] {
        assert!(Command::new("mkfifo").arg(scratch.path(pipe)).status().unwrap().success());
    }
    let shell = |script: &str| {
        Command::new("sh").current_dir(scratch.path(".")).args(["-c", script]).spawn().unwrap()
    };
    let (mut writer, mut reader) = (shell("cat bad > in"), shell("cat out > rejects"));
    scratch
        .jobview("check --rejects out in")
        .assert()
        .code(1)
        .stderr("50 documents accepted, 50 records rejected\n");
    assert!(writer.wait().unwrap().success() && reader.wait().unwrap().success());
    scratch.jobview("check --quiet --rejects directly bad").assert().code(1);
    assert!(scratch.read("rejects") == scratch.read("directly"));
}

#[test]
fn progress_is_not_shown_to_a_pipe() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 100");
    scratch.jobview("stats jobs").assert().code(0).stderr("");
}
