//! `jobview stats`

use crate::scratch::{Scratch, json};
use jobview::DocumentKind;
use predicates::prelude::*;
use serde_json::Value;

/// The members about the contents of documents.
const TOTALS: [&str; 18] = [
    "bytes",
    "documents",
    "rejected",
    "kinds",
    "jobs",
    "included_lists",
    "import_errors",
    "listed_ids",
    "errors",
    "status",
    "total_count",
    "completed_count",
    "failed_count",
    "list_ids",
    "profile_ids",
    "import_error_ids",
    "first_created_at",
    "last_created_at",
];

pub(crate) fn assert_same_totals(found: &Value, counts: &Value, what: &str) {
    for member in TOTALS {
        assert_eq!(found[member], counts[member], "{member} of {what}");
        assert!(counts.get(member).is_some(), "{member} of {what}");
    }
}

#[test]
fn stats_of_every_layout_and_shape_are_the_generators_counts() {
    let scratch = Scratch::new();
    for layout in ["compact", "spaced", "sorted", "pretty", "escaped", "shuffled"] {
        for (shape, documents) in [("poll", 300), ("inline", 100), ("wide", 2)] {
            let what = format!("--layout {layout} --shape {shape} --documents {documents}");
            let counts = scratch.generate("jobs", &what);
            let (found, code) = scratch.stats("jobs");
            assert_eq!(code, 0, "{what}");
            assert_eq!(found["documents"], documents, "{what}");
            assert_same_totals(&found, &counts, &what);
        }
    }
}

#[test]
fn stats_with_unknown_members_and_bad_records_are_the_generators_counts() {
    let scratch = Scratch::new();
    for layout in ["compact", "spaced", "sorted", "escaped", "shuffled"] {
        let what =
            format!("--layout {layout} --unknown-members --bad-every 7 --documents 1000 --seed 3");
        let counts = scratch.generate("jobs", &what);
        let (found, code) = scratch.stats("--kind response jobs");
        assert_eq!(code, 1, "{what}");
        assert_eq!(found["rejected"], 1000 / 7, "{what}");
        assert_same_totals(&found, &counts, &what);
        let by_kind = found["rejected_by_kind"].as_array().unwrap().iter();
        assert_eq!(by_kind.map(|of| of["records"].as_u64().unwrap()).sum::<u64>(), 1000 / 7);
    }
}

#[test]
fn an_input_larger_than_a_slice_is_counted_whole() {
    let scratch = Scratch::new();
    for what in ["--layout compact --bad-every 100", "--layout pretty", "--shape wide"] {
        let documents = if what.contains("wide") { 12 } else { 3000 };
        let counts = scratch.generate("jobs", &format!("{what} --documents {documents}"));
        assert!(counts["bytes"].as_u64().unwrap() > 3 << 20, "{what}");
        assert_same_totals(&scratch.stats("--kind response jobs").0, &counts, what);
    }
}

#[test]
fn json_has_all_members_even_when_there_is_nothing() {
    let scratch = Scratch::new();
    scratch.write("empty", "");
    let (found, code) = scratch.stats("empty");
    assert_eq!(code, 0);
    let kind = |kind: DocumentKind| (kind.as_str().replace('-', "_"), Value::from(0));
    let mut expected = json(
        br#"{
            "bytes": 0, "documents": 0, "rejected": 0, "kinds": {},
            "jobs": 0, "included_lists": 0, "included_resources": 0, "import_errors": 0, "listed_ids": 0, "errors": 0,
            "status": {"cancelled": 0, "complete": 0, "processing": 0, "queued": 0, "other": 0},
            "total_count": 0, "completed_count": 0, "failed_count": 0, "skipped_count": 0, "job_errors": 0,
            "list_ids": 0, "profile_ids": 0, "import_error_ids": 0, "related_ids": 0,
            "first_created_at": null, "last_created_at": null,
            "import_errors_by_code": [], "import_errors_with_other_codes": 0,
            "errors_by_status": [], "errors_with_other_statuses": 0,
            "unreadable_timestamps": 0,
            "rejected_by_kind": [], "reasons": [], "other_reasons": 0,
            "unknown_members": [], "other_unknown_members": 0,
            "layout_changes": {"count": 0, "first": []},
            "files": 1,
            "by_file": [{"file": "empty", "bytes": 0, "records": 0, "documents": 0, "rejected": 0, "jobs": 0,
                "error": null}]
        }"#,
    );
    expected["kinds"] = DocumentKind::ALL.into_iter().map(kind).collect();
    assert_eq!(found, expected);
}

#[test]
fn sums_are_larger_than_the_numbers_added() {
    let scratch = Scratch::new();
    let document = format!(
        r#"{{"data":{{"type":"profile-bulk-import-job","id":"a","attributes":{{"status":"queued",
        "created_at":"soon","total_count":{}}},"links":{{"self":"x"}}}}}}"#,
        i64::MAX
    );
    scratch.write("jobs", document.repeat(3));
    let output = scratch.jobview("stats --format json jobs").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"total_count\": 27670116110564327421,"), "{text}");
    assert!(text.contains("\"unreadable_timestamps\": 3"), "{text}");
    scratch
        .jobview("stats jobs")
        .assert()
        .stdout(predicate::str::contains("27,670,116,110,564,327,421"));
}

#[test]
fn several_files_and_standard_input_are_added_up() {
    let scratch = Scratch::new();
    scratch.generate("a", "--documents 10 --seed 1");
    scratch.generate("b", "--documents 20 --seed 2 --layout pretty");
    let c = scratch.read("a");
    let output =
        scratch.jobview("stats --format json a - b").write_stdin(c.clone()).output().unwrap();
    let found = json(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!((found["files"].as_u64(), found["documents"].as_u64()), (Some(3), Some(40)));
    assert_eq!(
        found["bytes"].as_u64(),
        Some((scratch.read("a").len() + c.len() + scratch.read("b").len()) as u64)
    );
}

#[test]
fn an_unreadable_file_is_named_and_the_others_are_counted() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 10 --bad-every 5");
    scratch
        .jobview("stats --format json missing bad")
        .assert()
        .code(3)
        .stderr(predicate::str::starts_with("jobview: missing: "))
        .stderr(predicate::function(|text: &str| text.lines().count() == 1))
        .stdout(predicate::str::contains("\"documents\": 8"))
        .stdout(predicate::str::contains("\"files\": 1"));
}

#[test]
fn the_table_has_a_row_for_everything() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 2000 --bad-every 2 --unknown-members");
    let mut assert = scratch.jobview("stats --kind response bad").assert().code(1).stderr("");
    for row in [
        "documents",
        "response",
        "jobs",
        "cancelled",
        "complete",
        "processing",
        "queued",
        "rejected records",
        "total_count",
        "completed_count",
        "failed_count",
        "list ids",
        "profile ids",
        "import error ids",
        "first created_at",
        "last created_at",
        "files",
        "size",
        "time",
        "speed",
        "1,000",
        "rejection reason",
        "missing-member",
        "/data/attributes",
        "(document)",
        "other reasons",
    ] {
        assert = assert.stdout(predicate::str::contains(row));
    }
}

#[test]
fn the_table_without_rejected_records_gives_no_reasons() {
    let scratch = Scratch::new();
    scratch.generate("good", "--documents 3");
    scratch
        .jobview("stats good")
        .assert()
        .code(0)
        .stdout(predicate::str::contains("because").not())
        .stdout(predicate::str::contains("unknown members").not())
        .stdout(predicate::str::contains("layout").not())
        .stdout(predicate::str::contains("kernel").not());
}

/// Whether a table has a row with these words.
fn has_row(words: &str) -> impl Predicate<str> {
    let words = words.to_owned();
    predicate::function(move |text: &str| {
        let row = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.lines().any(|line| row(line) == words)
    })
}

/// Writes two files. The layout changes within the second one. From there on, it has unknown members, one of them with
/// a name that could disturb a terminal.
pub(crate) fn write_drifting_files(scratch: &Scratch) {
    scratch.generate("a", "--documents 30 --seed 1");
    scratch.generate("b1", "--documents 20 --seed 2");
    scratch.generate("b2", "--documents 20 --seed 2 --layout spaced");
    let spaced = String::from_utf8(scratch.read("b2")).unwrap();
    let unknown = spaced.replace("{\"data\": {", "{\"me\\u001b[31mta\": [1], \"data\": {");
    scratch.write("b", [scratch.read("b1"), b"oops\n".to_vec(), unknown.into_bytes()].concat());
}

#[test]
fn json_says_what_is_new_in_a_stream_and_where_it_began() {
    let scratch = Scratch::new();
    write_drifting_files(&scratch);
    let (found, code) = scratch.stats("a b");
    assert_eq!(code, 1);
    assert_eq!(
        found["unknown_members"],
        json(br#"[{"pointer": "/me\u001b[31mta", "count": 20, "first": {"file": "b", "record": 21}}]"#)
    );
    assert_eq!(
        found["layout_changes"],
        json(br#"{"count": 1, "first": [{"file": "b", "record": 21}]}"#)
    );
    assert_eq!(scratch.stats("--verbose a b").0, found);
}

#[test]
fn what_is_new_in_a_long_stream_is_named_by_its_record() {
    let scratch = Scratch::new();
    let parts = ["compact", "spaced", "sorted", "compact"].map(|layout| {
        scratch.generate("part", &format!("--documents 1500 --layout {layout}"));
        scratch.read("part")
    });
    let lines: Vec<_> =
        parts.iter().flat_map(|part| part.split_inclusive(|&b| b == b'\n')).collect();
    let mut jobs = lines[..5000].concat();
    jobs.extend(String::from_utf8_lossy(lines[5000]).replacen('{', "{\"more\":[],", 1).bytes());
    jobs.extend(lines[5001..].concat());
    scratch.write("jobs", jobs);
    for threads in [1, 2, 7] {
        let (found, _) = scratch.stats(&format!("--jobs {threads} jobs"));
        let changes = br#"{"count": 2, "first": [
            {"file": "jobs", "record": 1500}, {"file": "jobs", "record": 3000}]}"#;
        assert_eq!(found["layout_changes"], json(changes));
        let more =
            br#"[{"pointer": "/more", "count": 1, "first": {"file": "jobs", "record": 5000}}]"#;
        assert_eq!(found["unknown_members"], json(more));
    }
}

#[test]
fn the_table_has_rows_for_what_is_new() {
    let scratch = Scratch::new();
    write_drifting_files(&scratch);
    scratch
        .jobview("stats a b")
        .assert()
        .stdout(has_row("unknown members 20"))
        .stdout(has_row("distinct 1"))
        .stdout(has_row("layout changes 1"))
        .stdout(predicate::str::contains("first in").not());
}

#[test]
fn verbose_shows_what_was_learned_and_noticed() {
    let scratch = Scratch::new();
    write_drifting_files(&scratch);
    let is_printable = |text: &str| !text.contains(|c: char| c.is_control() && c != '\n');
    scratch
        .jobview("stats --verbose a b")
        .env("JOBVIEW_KERNEL", "portable")
        .assert()
        .code(1)
        .stdout(has_row("kernel portable"))
        .stdout(predicate::str::contains("known gaps"))
        .stdout(predicate::str::contains(r#"{"data":{"type":"profile-bulk-import-job","id":""#))
        .stdout(predicate::str::contains("/data/attributes/created_at"))
        .stdout(has_row(r"/me\u{1b}[31mta b, record 21 20"))
        .stdout(predicate::str::contains("layout change at"))
        .stdout(predicate::function(is_printable));
    scratch.generate("pretty", "--documents 20 --layout pretty");
    scratch
        .jobview("stats -v pretty")
        .assert()
        .code(0)
        .stdout(predicate::str::contains(r"\n      "))
        // In a pipe, nothing is truncated.
        .stdout(predicate::str::contains(" ... ").not())
        .stdout(predicate::str::contains("unknown member").not());
}

#[test]
fn options_reach_the_parser() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 20 --unknown-members");
    let rejected = |options: &str| scratch.stats(&format!("{options} jobs")).0["rejected"].clone();
    assert_eq!(rejected(""), 0);
    assert_eq!(rejected("--framing ndjson --unknown-members skip"), 0);
    assert_ne!(rejected("--unknown-members reject"), 0);
    assert_eq!(rejected("--max-depth 2"), 20);
    assert_eq!(rejected("--max-record-bytes 100"), 20);
    assert_eq!(rejected("--max-arena-bytes 1"), 20);
    assert_eq!(rejected("--framing concatenated"), 0);
    assert_eq!(rejected("--framing array"), 1);
}
