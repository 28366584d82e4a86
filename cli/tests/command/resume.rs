//! Checks that stop early and are resumed.

use crate::scratch::Scratch;
use predicates::prelude::*;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The offset that a stopped run prints.
fn offset(stderr: &str) -> u64 {
    let (_, rest) = stderr.split_once("--resume-from ").expect(stderr);
    rest.split_whitespace().next().unwrap().parse().expect(stderr)
}

/// Runs `check` in parts with this many rejected records each, and returns their combined output.
fn in_parts(scratch: &Scratch, file: &str, most: usize) -> (String, usize) {
    let (mut printed, mut from, mut parts) = (String::new(), 0, 0);
    loop {
        let resume = if from > 0 { format!("--resume-from {from}") } else { String::new() };
        let command =
            format!("check --kind response --rejects parts --max-rejects {most} {resume} {file}");
        let output = scratch.jobview(&command).output().unwrap();
        printed.push_str(std::str::from_utf8(&output.stdout).unwrap());
        parts += 1;
        if output.status.code() != Some(4) {
            assert!(matches!(output.status.code(), Some(0 | 1)));
            return (printed, parts);
        }
        let stderr = String::from_utf8(output.stderr).unwrap();
        let stopped = format!("jobview: stopped after {most} rejected records");
        assert!(stderr.contains(&stopped), "{stderr}");
        from = offset(&stderr);
    }
}

#[test]
fn a_check_in_parts_finds_exactly_what_one_check_finds() {
    let scratch = Scratch::new();
    scratch.generate("ndjson", "--documents 1200 --bad-every 40");
    let ndjson = scratch.read("ndjson");
    // The bad records among these are well-formed JSON.
    let documents = [&b"{\"data\":{\"type\":\"list\"}}"[..]; 30];
    let good: Vec<_> = ndjson.split(|&byte| byte == b'\n').take(39).collect();
    let mixed: Vec<_> =
        documents.iter().flat_map(|bad| good.iter().copied().chain([*bad])).collect();
    scratch.write("array", [b" [", &mixed.join(&b" ,\n\n"[..])[..], b"\n]\n"].concat());
    scratch.write("concatenated", mixed.join(&b"\n \n "[..]).repeat(2));
    scratch.write("crlf", ndjson.split(|&b| b == b'\n').collect::<Vec<_>>().join(&b"\r\n\r\n"[..]));
    let mut archive = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    archive.write_all(&ndjson).unwrap();
    scratch.write("archive", archive.finish().unwrap());
    for (file, most, parts) in [
        ("ndjson", 7, 5),
        ("array", 4, 8),
        ("concatenated", 25, 3),
        ("crlf", 10, 4),
        ("archive", 12, 3),
    ] {
        let whole = scratch
            .jobview(&format!("check -q --kind response --rejects whole {file}"))
            .output()
            .unwrap();
        assert_eq!(whole.status.code(), Some(1));
        scratch.write("parts", "");
        let (printed, found) = in_parts(&scratch, file, most);
        assert_eq!(printed, String::from_utf8(whole.stdout).unwrap(), "{file}");
        assert!(scratch.read("parts") == scratch.read("whole"), "{file}");
        assert_eq!(found, parts, "{file}");
    }
}

#[test]
fn what_could_not_be_read_of_an_archive_can_be_read_when_it_is_whole() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 1000 --bad-every 9");
    let mut archive = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    archive.write_all(&scratch.read("jobs")).unwrap();
    let archive = archive.finish().unwrap();
    scratch.write("jobs.gz", &archive[..archive.len() / 2]);
    let output = scratch.jobview("check -q --rejects parts jobs.gz").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let (_, offset) = stderr.trim().rsplit_once("records were read up to byte ").expect(&stderr);
    assert!(offset.parse::<u64>().unwrap() > 100_000, "{stderr}");

    scratch.write("jobs.gz", &archive);
    let rest = format!("check -q --rejects parts --resume-from {offset} jobs.gz");
    scratch.jobview(&rest).assert().code(1);
    scratch.jobview("check -q --rejects whole jobs").assert().code(1);
    assert!(scratch.read("parts") == scratch.read("whole"));
}

#[test]
fn an_offset_that_is_not_between_two_records_is_refused() {
    let scratch = Scratch::new();
    scratch.write("jobs", "{}\n\n{}\n{}");
    let refused = |from: u32, why: &str| {
        scratch
            .jobview(&format!("check --resume-from {from} jobs"))
            .assert()
            .code(2)
            .stdout("")
            .stderr(predicate::str::contains(why));
    };
    refused(1, "--resume-from 1 is within record 0, which extends from byte 0 to byte 3");
    refused(5, "--resume-from 5 is within record 1, which extends from byte 4 to byte 7");
    refused(10, "--resume-from 10 is past the end of the input, which has 9 bytes");
    for (from, rest) in [(0, 3), (3, 2), (4, 2), (7, 1), (9, 0)] {
        let records = if rest == 1 { "record" } else { "records" };
        scratch
            .jobview(&format!("check --resume-from {from} jobs"))
            .assert()
            .code(i32::from(rest > 0))
            .stderr(format!("0 documents accepted, {rest} {records} rejected\n"));
    }
    scratch.write("array", "[{},{}]");
    scratch.jobview("check --resume-from 2 array").assert().code(2);
    scratch
        .jobview("check --resume-from 3 array")
        .assert()
        .stdout(predicate::str::starts_with("array:1:6:"));
    for several in ["jobs array", "*a*"] {
        scratch
            .jobview(&format!("check --resume-from 3 {several} jobs"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains("--resume-from works with a single input"));
    }
}

#[test]
fn accepted_documents_are_counted_up_to_where_it_stops() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 100 --bad-every 10");
    scratch
        .jobview("check --max-rejects 3 bad")
        .assert()
        .code(4)
        .stdout(predicate::function(|text: &str| text.lines().count() == 3))
        .stderr(predicate::str::contains("27 documents accepted, 3 records rejected\n"));
    scratch.jobview("check --max-rejects 11 bad").assert().code(1);
    scratch.jobview("check --quiet --max-rejects 3 bad bad").assert().code(4).stderr(
        predicate::str::starts_with(
            "jobview: stopped after 3 rejected records, the limit of --max-rejects; to continue, use --resume-from ",
        ),
    );
}

#[cfg(target_os = "linux")]
#[test]
fn interrupted_statistics_are_of_what_was_read() {
    let scratch = Scratch::new();
    // More than a batch, so that something has been counted.
    scratch.generate("jobs", "--documents 4000");
    let input = scratch.read("jobs");
    for (signal, options) in [("-TERM", "--format json"), ("-INT", "--format table")] {
        let mut child = Command::new("env")
            .args(["--default-signal", env!("CARGO_BIN_EXE_jobview"), "stats"])
            .args(options.split(' '))
            // It counts a batch before it reads the next one, so when everything has been written, most has been read.
            .args(["--jobs", "1", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(&input).unwrap();
        let id = child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert_eq!(output.status.code(), Some(4), "{output:?}");
        let said = "jobview: interrupted; the statistics cover what was read until then\n";
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
        let stdout = String::from_utf8(output.stdout).unwrap();
        if options == "--format json" {
            let found = crate::scratch::json(stdout.as_bytes());
            let (documents, bytes) = (&found["documents"], &found["bytes"]);
            assert!(documents.as_u64() > Some(0), "{found}");
            let lines = input.split_inclusive(|&byte| byte == b'\n');
            let counted = lines.take(documents.as_u64().unwrap() as usize).map(<[u8]>::len);
            assert_eq!(bytes.as_u64(), Some(counted.sum::<usize>() as u64));
        } else {
            assert!(stdout.starts_with("documents "), "{stdout}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_check_says_where_to_go_on() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 2000 --bad-every 10");
    let input = scratch.read("bad");
    // Whoever runs the tests may ignore some signals, as `nohup` and `&` do: then the others are not handled either.
    let mut child = Command::new("env")
        .args(["--default-signal", env!("CARGO_BIN_EXE_jobview")])
        .current_dir(scratch.path("."))
        .args(["check", "--rejects", "rejects", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The pipe stays open: it waits for more.
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&input).unwrap();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("jobview: interrupted"), "{stderr}");

    let offset = if stderr.contains("--resume-from") { offset(&stderr) } else { 0 };
    let rest = scratch
        .jobview(&format!("check --rejects rejects --resume-from {offset} -"))
        .write_stdin(input)
        .output()
        .unwrap();
    let printed = [output.stdout, rest.stdout].concat();
    let whole = scratch.jobview("check --rejects whole bad").output().unwrap();
    let whole_printed = String::from_utf8(whole.stdout).unwrap().replace("bad:", "<stdin>:");
    assert_eq!(String::from_utf8(printed).unwrap(), whole_printed);
    assert!(scratch.read("rejects") == scratch.read("whole"));
}
