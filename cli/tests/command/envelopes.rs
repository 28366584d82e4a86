//! `--at`: documents inside envelopes.

use crate::scratch::Scratch;
use predicates::prelude::*;
use serde_json::Value;

/// Each line inside an envelope, as it is or as a string.
fn enveloped(lines: &[u8], as_string: bool) -> String {
    let lines = std::str::from_utf8(lines).unwrap().lines().enumerate();
    let each = |(number, line): (usize, &str)| {
        let body = if as_string { Value::from(line).to_string() } else { line.to_owned() };
        format!("{{\"fetched_at\":{number},\"response\":{{\"body\":{body},\"status\":202}}}}\n")
    };
    lines.map(each).collect()
}

/// The statistics without the bytes and the file name.
fn found(scratch: &Scratch, arguments: &str) -> (String, i32) {
    let (mut found, code) = scratch.stats(arguments);
    found.as_object_mut().unwrap().remove("bytes");
    found["by_file"][0].as_object_mut().unwrap().remove("bytes");
    (found.to_string().replace("\"archive\"", "\"bare\""), code)
}

#[test]
fn what_is_in_envelopes_is_counted_as_if_it_stood_alone() {
    let scratch = Scratch::new();
    scratch.generate("bare", "--kind mixed --items 5 --documents 300 --unknown-members");
    let (expected, code) = found(&scratch, "bare");
    assert_eq!(code, 0);
    for as_string in [false, true] {
        scratch.write("archive", enveloped(&scratch.read("bare"), as_string));
        for options in ["", "--jobs 1", "--framing concatenated"] {
            let (found, code) = found(&scratch, &format!("--at /response/body {options} archive"));
            assert_eq!((found, code), (expected.clone(), 0), "{as_string} {options}");
        }
    }
    // The error says where the document was expected. The empty pointer is the whole record.
    scratch
        .jobview("check --at /body archive")
        .assert()
        .code(1)
        .stdout(predicate::str::starts_with("archive:1:"))
        .stdout(predicate::str::contains(
            ": /body: no document at /body: there is no such place\n",
        ));
    let mut command = scratch.jobview("check --quiet bare");
    command.args(["--at", ""]).assert().code(0);
}

#[test]
fn places_in_envelopes_are_those_of_the_file() {
    let scratch = Scratch::new();
    let bad = r#"{"data":{"type":"list"}}"#;
    let string = Value::from(bad).to_string();
    scratch.write("bad", format!("{{\"body\":{bad}}}\n\n{{\"at\":0,\"body\":{string}}}\n"));
    scratch
        .jobview("check --quiet --kind response --at /body --rejects rejects bad")
        .assert()
        .code(1)
        .stdout(
            "bad:1:25: /body/data/type: expected \"profile-bulk-import-job\", found \"list\"\n\
             bad:3:37: /body/data/type: expected \"profile-bulk-import-job\", found \"list\"\n",
        );
    let without_blank = String::from_utf8(scratch.read("bad")).unwrap().replace("\n\n", "\n");
    assert_eq!(scratch.read("rejects"), without_blank.into_bytes());
}

#[test]
fn what_is_no_json_pointer_is_a_usage_error() {
    let scratch = Scratch::new();
    scratch.write("jobs", "");
    for (pointer, reason) in [("body", "begins with `/`"), ("/~", "`~0`")] {
        scratch
            .jobview(&format!("stats --at {pointer} jobs"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(reason));
    }
}
