//! The command when the other end of a stream is closed or fails.

use crate::scratch::{Scratch, json, raw};
use predicates::prelude::*;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

/// Reads a little of the output and closes the pipe. Returns the exit code.
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
    assert_eq!(read_a_little(&scratch, "check --kind response --rejects rejects bad"), 1);
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
        .jobview("check --kind response --rejects out in")
        .assert()
        .code(1)
        .stderr("50 documents accepted, 50 records rejected\n");
    assert!(writer.wait().unwrap().success() && reader.wait().unwrap().success());
    scratch.jobview("check --quiet --kind response --rejects directly bad").assert().code(1);
    assert!(scratch.read("rejects") == scratch.read("directly"));
}

#[test]
fn progress_is_not_shown_to_a_pipe() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 100");
    scratch.jobview("stats jobs").assert().code(0).stderr("");
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_of_any_length_is_read_in_bounded_memory() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 1000 --bad-every 500");
    let jobs = scratch.read("jobs");
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobview"))
        .args(["stats", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut written = 0;
    while written < 80 << 20 {
        stdin.write_all(&jobs).unwrap();
        written += jobs.len();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let most: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(most < 64 << 10, "{most} KiB");
    drop(stdin);
    let found = json(&child.wait_with_output().unwrap().stdout);
    assert_eq!(found["bytes"], written);
    assert_eq!(found["documents"], 998 * written / jobs.len());
}

#[test]
fn a_record_that_is_too_long_to_be_held_is_one_record_and_comes_out_whole() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 10");
    let jobs = scratch.read("jobs");
    let long = format!("{{\"data\":\"{}\"}}", "\u{e9}x".repeat(1 << 20));
    scratch.write("long", [&jobs, long.as_bytes(), b"\r\n", &jobs].concat());
    for jobs in [1, 2, 3] {
        let options = format!("--jobs {jobs} --max-record-bytes 100000 --rejects rejects");
        scratch
            .jobview(&format!("check {options} long"))
            .assert()
            .code(1)
            .stdout("long:11:1: (document): record is larger than the limit of 100000 bytes\n")
            .stderr("20 documents accepted, 1 record rejected\n");
        assert!(scratch.read("rejects") == format!("{long}\n").into_bytes());

        scratch
            .jobview(&format!("check -q {options} --rejects-format ndjson long"))
            .assert()
            .code(1);
        let letters = scratch.letters("rejects");
        assert!(letters.len() > 1);
        for (n, letter) in letters.iter().enumerate() {
            assert_eq!((&letter["record"], &letter["line"]), (&10.into(), &11.into()));
            assert_eq!(letter["more"], n + 1 < letters.len());
        }
        assert!(letters.iter().flat_map(raw).eq(long.bytes()));
    }
    let (found, code) = scratch.stats("--max-record-bytes 100000 long");
    assert_eq!((&found["documents"], &found["rejected"], code), (&20.into(), &1.into(), 1));
}

#[test]
fn records_that_are_longer_than_a_batch_are_read_like_others() {
    let scratch = Scratch::new();
    let counts = scratch.generate("jobs", "--documents 1000");
    let jobs = String::from_utf8(scratch.read("jobs")).unwrap();
    let lines: Vec<_> = jobs.lines().collect();
    let long =
        |line: &str| line.replacen('{', &format!("{{\"x\":\"{}\",", "y".repeat(3_000_000)), 1);
    let mixed: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| if n % 250 < 2 { long(line) } else { line.to_string() })
        .collect();
    scratch.write("ndjson", mixed.join("\n"));
    scratch.write("array", format!("[{}]", mixed.join(",")));
    for file in ["ndjson", "array"] {
        for threads in [1, 3] {
            let (found, code) = scratch.stats(&format!("--jobs {threads} {file}"));
            assert_eq!(code, 0);
            assert_eq!(found["documents"], counts["documents"]);
            assert_eq!(found["total_count"], counts["total_count"]);
            assert_eq!(found["unknown_members"][0]["count"], 8);
        }
    }
}
