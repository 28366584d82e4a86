//! `jobview check`

use crate::scratch::{Scratch, raw};
use predicates::prelude::*;
use serde_json::json;

const GOOD: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00+00:00","total_count":1},"links":{"self":"https://example.com/"}}}"#;

#[test]
fn each_bad_record_has_one_line_with_the_number_of_its_line() {
    let scratch = Scratch::new();
    for layout in ["compact", "spaced", "sorted", "escaped", "shuffled"] {
        scratch.generate(
            "bad",
            &format!("--documents 2000 --bad-every 9 --unknown-members --layout {layout}"),
        );
        let output = scratch.jobview("check --kind response bad").output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let lines: Vec<_> = std::str::from_utf8(&output.stdout).unwrap().lines().collect();
        assert_eq!(lines.len(), 2000 / 9);
        for (line, number) in lines.iter().zip(1..) {
            assert!(line.starts_with(&format!("bad:{}:", number * 9)), "{line}");
        }
        let summary = "1,778 documents accepted, 222 records rejected\n";
        assert_eq!(String::from_utf8(output.stderr).unwrap(), summary);
    }
}

#[test]
fn rejects_are_kept_byte_for_byte() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 1000 --bad-every 9");
    let input = scratch.read("bad");
    let bad_lines: Vec<_> =
        input.split_inclusive(|&byte| byte == b'\n').skip(8).step_by(9).collect();
    scratch
        .jobview("check --quiet --kind response --rejects rejects bad")
        .assert()
        .code(1)
        .stderr("");
    assert!(scratch.read("rejects") == bad_lines.concat());
}

#[test]
fn a_line_says_where_and_why() {
    let scratch = Scratch::new();
    scratch.write("bad", format!("{GOOD}\n\n{{\"data\":{{\"type\":\"list\"}}}}\n[1]\n{GOOD}\n"));
    scratch.jobview("check bad").assert().code(1).stdout(
        "bad:3:17: /data/type: expected \"profile-bulk-import-job\", found \"list\"\n\
         bad:4:1: (document): expected an object, found an array\n",
    );
}

#[test]
fn timestamps_are_checked_if_that_is_asked_for() {
    let scratch = Scratch::new();
    let bad = GOOD.replace("2026-09-04T13:40:00+00:00", "2026-09-04 13:40:00");
    let fine = GOOD.replace("13:40:00+00:00", "13:40:00.1234567890123Z");
    scratch.write("jobs", format!("{GOOD}\n{bad}\n{fine}\n"));
    scratch.jobview("check jobs").assert().code(0).stdout("");
    let column = bad.find("\"2026-09-04 13").unwrap() + 1;
    scratch
        .jobview("check --timestamps jobs")
        .assert()
        .code(1)
        .stdout(format!(
            "jobs:2:{column}: /data/attributes/created_at: expected an RFC 3339 date and time, \
             found \"2026-09-04 13:40:00\"\n"
        ))
        .stderr("2 documents accepted, 1 record rejected\n");
}

#[test]
fn an_unknown_status_is_accepted_if_that_is_asked_for() {
    let scratch = Scratch::new();
    scratch.write("jobs", format!("{}\n{GOOD}\n", GOOD.replace("queued", "failed")));
    scratch
        .jobview("check jobs")
        .assert()
        .code(1)
        .stdout(predicate::str::contains("jobs:1:").and(predicate::str::contains("\"failed\"")));
    scratch.jobview("check --lenient-status jobs").assert().code(0).stdout("");
}

#[test]
fn a_line_stays_one_line_whatever_the_member_is_called() {
    let scratch = Scratch::new();
    scratch.write("bad", "{\"a\\nb\\u001b[31m\":1}\n");
    scratch
        .jobview("check --unknown-members reject bad")
        .assert()
        .stdout(predicate::str::starts_with("bad:1:2: /a\\nb\\u{1b}[31m: unknown member "))
        .stdout(predicate::function(|text: &str| text.lines().count() == 1));
    scratch.write("bad", "{\"a\u{202e}b\u{2028}\":1}\n");
    scratch
        .jobview("check --unknown-members reject bad")
        .assert()
        .stdout("bad:1:2: /a\\u{202e}b\\u{2028}: unknown member \"a\\u{202e}b\\u{2028}\"\n");
}

#[test]
fn a_missing_file_has_its_error_and_no_summary() {
    let scratch = Scratch::new();
    for command in ["check", "stats", "stats --verbose", "stats --format json"] {
        scratch
            .jobview(&format!("{command} missing gone"))
            .assert()
            .code(3)
            .stdout("")
            .stderr(predicate::function(|text: &str| text.lines().count() == 2));
    }
}

#[test]
fn a_rejected_remainder_is_called_that() {
    let scratch = Scratch::new();
    scratch.write("bad", format!("[{GOOD},\n{{\"data\":oops}},\n{GOOD}]"));
    scratch
        .jobview("check --rejects rejects --framing array bad")
        .assert()
        .code(1)
        .stdout(predicate::str::starts_with("bad:2:9: /data: "))
        .stdout(predicate::str::contains("; where the next record begins is unknown"))
        .stdout(predicate::str::contains("; without the option `framing` parsing goes on"))
        .stderr("1 document accepted, 1 record rejected\n");
    assert_eq!(scratch.read("rejects"), format!("{{\"data\":oops}},\n{GOOD}]\n").into_bytes());
    // No option says that it is an array.
    scratch
        .jobview("check --rejects rejects bad")
        .assert()
        .code(1)
        .stdout("bad:2:9: /data: expected true, false or null, found oops\n")
        .stderr("2 documents accepted, 1 record rejected\n");
    assert_eq!(scratch.read("rejects"), b"{\"data\":oops},\n");
}

#[test]
fn an_array_that_ends_too_early_is_rejected() {
    let scratch = Scratch::new();
    scratch.write("bad", format!("[{GOOD}"));
    scratch.jobview("check --quiet bad").assert().code(1).stdout(predicate::str::contains("`]`"));
}

#[test]
fn standard_input_is_named_in_the_lines() {
    let scratch = Scratch::new();
    scratch
        .jobview("check -q -")
        .write_stdin(format!("{GOOD}\n{{}}\n"))
        .assert()
        .code(1)
        .stderr("")
        .stdout(predicate::str::starts_with("<stdin>:2:"));
}

#[test]
fn good_documents_leave_standard_output_and_rejects_empty() {
    let scratch = Scratch::new();
    scratch.write("good", format!("{GOOD}\n{GOOD}"));
    scratch.write("rejects", "from yesterday");
    scratch
        .jobview("check --rejects rejects good")
        .assert()
        .code(0)
        .stdout("")
        .stderr("2 documents accepted, 0 records rejected\n");
    assert_eq!(scratch.read("rejects"), b"");
}

#[test]
fn an_unreadable_file_counts_for_more_than_a_rejected_record() {
    let scratch = Scratch::new();
    scratch.write("bad", "{}\n");
    scratch
        .jobview("check --quiet missing bad .")
        .assert()
        .code(3)
        .stdout(predicate::str::starts_with("bad:1:"))
        .stderr(predicate::str::contains("jobview: missing: "))
        .stderr(predicate::str::contains("jobview: .: "));
}

#[test]
fn rejects_never_overwrite_an_input() {
    let scratch = Scratch::new();
    let input = format!("{GOOD}\n{{}}\n").into_bytes();
    scratch.write("input", &input);
    std::fs::hard_link(scratch.path("input"), scratch.path("linked")).unwrap();
    for inputs in
        ["--rejects input other input", "--rejects ./input input", "--rejects linked in*t"]
    {
        scratch
            .jobview(&format!("check {inputs}"))
            .assert()
            .code(2)
            .stdout("")
            .stderr(predicate::str::contains("--rejects names one of the inputs"));
        assert_eq!(scratch.read("input"), input);
    }
}

#[test]
fn rejects_never_overwrite_the_file_behind_standard_input() {
    let scratch = Scratch::new();
    let input = format!("{GOOD}\n{{}}\n").into_bytes();
    scratch.write("input", &input);
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_jobview"))
        .args(["check", "--rejects"])
        .arg(scratch.path("input"))
        .arg("-")
        .stdin(std::fs::File::open(scratch.path("input")).unwrap())
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
    assert_eq!(scratch.read("input"), input);
}

#[test]
fn rejects_that_cannot_be_written_are_an_error() {
    let scratch = Scratch::new();
    scratch.write("bad", "{}\n");
    scratch
        .jobview("check --rejects no/such/directory bad")
        .assert()
        .code(3)
        .stderr(predicate::str::starts_with("jobview: no/such/directory: "));
}

#[test]
fn rejects_on_standard_output_leave_the_lines_to_standard_error() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 500 --bad-every 9");
    let check = |options: &str| scratch.jobview(&format!("check {options} bad")).output().unwrap();
    let lines = check("--rejects rejects").stdout;
    for format in ["raw", "ndjson"] {
        let expected = check(&format!("--rejects rejects --rejects-format {format}"));
        let found = check(&format!("--rejects - --rejects-format {format}"));
        assert!(found.stdout == scratch.read("rejects"), "{format}");
        assert!(found.stderr == [&lines[..], &expected.stderr].concat(), "{format}");
        assert_eq!(found.status.code(), Some(1));
    }
    assert!(!scratch.path("-").exists());
}

#[test]
fn letters_say_where_a_record_was_and_why_it_was_rejected() {
    let scratch = Scratch::new();
    let bad = "{\"data\":{\"type\":\"list\"}}";
    scratch
        .write("bad", [format!("{GOOD}\n\n{bad}\n").as_bytes(), b"{\"data\":\"\xff\"}"].concat());
    scratch
        .jobview("check --quiet --rejects letters --rejects-format ndjson bad")
        .assert()
        .code(1)
        .stdout(predicate::function(|text: &str| text.lines().count() == 2));
    let start = GOOD.len() as u64 + 2;
    let second = start + bad.len() as u64 + 1;
    let expected = [
        json!({
            "file": "bad", "record": 1, "record_offset": start, "line": 3, "column": 17,
            "offset": start + 16, "pointer": "/data/type", "kind": "wrong-constant",
            "message": "expected \"profile-bulk-import-job\", found \"list\"",
            "remainder": false, "more": false, "encoding": "utf-8", "raw": bad,
        }),
        json!({
            "file": "bad", "record": 2, "record_offset": second, "line": 4, "column": 9,
            "offset": second + 8, "pointer": "/data", "kind": "wrong-type",
            "message": "expected an object, found \"\u{fffd}\"",
            "remainder": false, "more": false, "encoding": "base64", "raw": "eyJkYXRhIjoi/yJ9",
        }),
    ];
    let letters = scratch.letters("letters");
    assert_eq!(letters[0], expected[0]);
    for (member, value) in expected[1].as_object().unwrap() {
        if member != "message" {
            assert_eq!(&letters[1][member], value, "{member}");
        }
    }
}

#[test]
fn letters_and_raw_rejects_hold_the_same_records() {
    let scratch = Scratch::new();
    let bad = "--documents 3000 --bad-every 7 --unknown-members";
    scratch.generate("escaped", &format!("{bad} --layout escaped"));
    scratch.generate("spaced", &format!("{bad} --layout spaced --seed 4"));
    scratch.jobview("check -q --kind response --rejects raw escaped spaced").assert().code(1);
    let command =
        "check -q --kind response --rejects letters --rejects-format ndjson escaped spaced";
    let printed = scratch.jobview(command).output().unwrap().stdout;
    let printed = String::from_utf8(printed).unwrap();
    let letters = scratch.letters("letters");
    let mut records = Vec::new();
    for (letter, line) in letters.iter().zip(printed.lines()) {
        let record = raw(letter);
        let file = scratch.read(letter["file"].as_str().unwrap());
        let start = letter["record_offset"].as_u64().unwrap() as usize;
        assert!(file[start..].starts_with(&record));
        records.extend([&record[..], b"\n"].concat());
        let place = format!(
            "{}:{}:{}: ",
            letter["file"].as_str().unwrap(),
            letter["line"],
            letter["column"]
        );
        assert!(line.starts_with(&place), "{line}");
        assert!(line.ends_with(letter["message"].as_str().unwrap()), "{line}");
    }
    assert_eq!(letters.len(), 2 * (3000 / 7));
    assert!(records == scratch.read("raw"));
}

#[test]
fn the_limit_of_the_arena_is_for_each_record_by_itself() {
    let scratch = Scratch::new();
    let summary = |options: &str, file: &str| {
        let output = scratch.jobview(&format!("check {options} {file}")).output().unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        let lines = lines.lines().map(|line| line.split(": ").nth(2).unwrap().to_owned());
        (lines.collect::<Vec<_>>(), String::from_utf8(output.stderr).unwrap())
    };
    for layout in ["compact --shape inline --bad-every 7", "pretty --shape inline"] {
        scratch.generate("jobs", &format!("--documents 400 --layout {layout}"));
        assert_eq!(summary("--max-arena-bytes 4096", "jobs"), summary("", "jobs"));
        let none = ("0 documents accepted, 400 records rejected\n", 400);
        let (lines, stderr) = summary("--max-arena-bytes 1", "jobs");
        assert_eq!((stderr.as_str(), lines.len()), none);
    }
    let elements = [&format!("{GOOD},")[..], "12, 13,", &format!("{GOOD}, 14")].concat();
    scratch.write("array", format!("[{}{elements}", format!("{GOOD},\n").repeat(10)));
    assert_eq!(summary("--max-arena-bytes 1024", "array"), summary("", "array"));
    scratch.write("lines", format!("{}{{\"data\":oops}}", format!("{GOOD}\n").repeat(10)));
    assert_eq!(summary("--max-arena-bytes 1024", "lines"), summary("", "lines"));
}
