//! All documents of the job endpoints: recognised, counted, or rejected.

use crate::scratch::{self, Scratch};
use crate::stats::assert_same_totals;
use jobview::DocumentKind;
use predicates::prelude::*;
use serde_json::json;

/// A document of each of the first kinds, in the usual order.
const DOCUMENTS: [&str; 6] = [
    r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00Z","total_count":1},"links":{"self":"/j"}}}"#,
    r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00Z","total_count":1},"links":{"self":"/j"}},"included":[{"type":"list","id":"l"}]}"#,
    r#"{"data":[{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"complete","created_at":"2026-09-05T13:40:00Z","total_count":2},"links":{"self":"/j"}}]}"#,
    r#"{"data":[{"type":"import-error","id":"e","attributes":{"code":"invalid","title":"t","detail":"d","source":{"pointer":"/"}}}]}"#,
    r#"{"data":[{"type":"profile","id":"p"},{"type":"profile","id":"q"}]}"#,
    r#"{"errors":[{"status":429,"code":"throttled","title":"t","detail":"d"}]}"#,
];

#[test]
fn each_kind_is_counted_as_it_was_generated_whether_it_was_asked_for_or_not() {
    let scratch = Scratch::new();
    for kind in DocumentKind::ALL {
        for layout in ["compact", "pretty", "shuffled"] {
            let what = format!("--kind {kind} --items 7 --documents 60 --layout {layout}");
            let counts = scratch.generate("answers", &what);
            let (found, code) = scratch.stats("answers");
            assert_eq!(code, 0, "{what}");
            assert_same_totals(&found, &counts, &what);
            assert_eq!(found["documents"], 60, "{what}");
            let (explicit, code) = scratch.stats(&format!("--kind {kind} answers"));
            assert_eq!(code, 0, "{what}");
            assert_same_totals(&explicit, &counts, &what);
        }
    }
}

#[test]
fn sparse_fieldsets_are_counted_as_far_as_they_go_and_rejected_unless_asked_for() {
    let scratch = Scratch::new();
    for (kind, choices) in [
        ("compound", ["auto", "compound"]),
        ("page", ["auto", "page"]),
        ("import-errors", ["auto", "import-errors"]),
        ("catalog-item-bulk-create-job", ["auto", "catalog-item-bulk-create-job"]),
        ("profile-suppression-bulk-delete-job", ["auto", "profile-suppression-bulk-delete-job"]),
        ("mixed", ["auto", "auto"]),
    ] {
        let what = format!("--kind {kind} --sparse --items 5 --documents 80");
        let counts = scratch.generate("answers", &what);
        for choice in choices {
            let (found, code) = scratch.stats(&format!("--kind {choice} --sparse answers"));
            assert_eq!(code, 0, "{what} {choice}");
            assert_same_totals(&found, &counts, &what);
            let (found, code) = scratch.stats(&format!("--kind {choice} answers"));
            assert_eq!(code, 1, "{what} {choice}");
            let missing = json!([{"kind": "missing-member", "records": found["rejected"]}]);
            assert_eq!(found["rejected_by_kind"], missing, "{what}");
        }
    }
    for choice in ["response", "errors", "identifiers"] {
        scratch
            .jobview(&format!("check --kind {choice} --sparse answers"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(format!(
                "--sparse does not apply to --kind {choice}"
            )));
    }
}

#[test]
fn mixed_answers_with_bad_ones_among_them_are_counted_the_same_by_any_number_of_threads() {
    let scratch = Scratch::new();
    let what = "--kind mixed --items 8 --documents 3000 --bad-every 9 --unknown-members";
    let counts = scratch.generate("answers", what);
    assert!(counts["bytes"].as_u64() > Some(3 << 20));
    let run = |arguments: &str, jobs: usize| {
        let command = format!("{arguments} --jobs {jobs} answers");
        let output = scratch.jobview(&command).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command}");
        output.stdout
    };
    let stats = run("stats --format json", 1);
    assert_same_totals(&scratch::json(&stats), &counts, what);
    let sum = |member: &str, of: &str| {
        let counted = scratch::json(&stats)[member].as_array().unwrap().clone();
        counted.iter().map(|counted| counted[of].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(counts["import_errors"], sum("import_errors_by_code", "import_errors"));
    assert_eq!(counts["errors"], sum("errors_by_status", "errors"));
    assert_eq!(counts["rejected"], sum("rejected_by_kind", "records"));
    let lines = run("check --quiet", 1);
    for jobs in 2..=4 {
        assert!(run("stats --format json", jobs) == stats, "{jobs}");
        assert!(run("check --quiet", jobs) == lines, "{jobs}");
    }
}

#[test]
fn another_kind_than_was_asked_for_is_rejected_and_both_are_named() {
    let scratch = Scratch::new();
    scratch.write("answers", DOCUMENTS.join("\n"));
    scratch.jobview("check answers").assert().code(0).stdout("");
    for (choice, number) in [("page", 3), ("import-errors", 4), ("errors", 6)] {
        scratch
            .jobview(&format!("check --kind {choice} answers"))
            .assert()
            .code(1)
            .stderr("1 document accepted, 5 records rejected\n")
            .stdout(predicate::str::contains(format!("answers:{number}:")).not());
    }
    // Both accept a job without included lists.
    scratch
        .jobview("check --kind compound answers")
        .assert()
        .stderr("2 documents accepted, 4 records rejected\n");
    scratch
        .jobview("check --kind page answers")
        .assert()
        .stdout(predicate::str::contains(
            ": expected a page of jobs, found the response about one job",
        ))
        .stdout(predicate::str::contains(
            ": expected a page of jobs, found a page of import errors",
        ))
        .stdout(predicate::str::contains(": expected a page of jobs, found an error response\n"));
    let (found, _) = scratch.stats("--kind errors answers");
    assert_eq!(found["rejected_by_kind"], json!([{"kind": "wrong-kind", "records": 5}]));
    scratch.jobview("check --kind letter answers").assert().code(2);
}

/// The rows of the table before those about the inputs.
fn rows(scratch: &Scratch, arguments: &str) -> Vec<String> {
    let output = scratch.jobview(&format!("stats {arguments}")).output().unwrap();
    let table = String::from_utf8(output.stdout).unwrap();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    table.lines().map(words).take_while(|row| !row.starts_with("files")).collect()
}

#[test]
fn the_table_has_rows_for_what_occurs_and_no_others() {
    let scratch = Scratch::new();
    scratch.write("answers", DOCUMENTS.join("\n"));
    let expected = [
        "documents 6",
        "response 1",
        "compound 1",
        "page 1",
        "import-errors 1",
        "identifiers 1",
        "errors 1",
        "rejected records 0",
        "jobs 3",
        "cancelled 0",
        "complete 1",
        "processing 0",
        "queued 2",
        "total_count 4",
        "completed_count 0",
        "failed_count 0",
        "list ids 0",
        "profile ids 0",
        "import error ids 0",
        "first created_at 2026-09-04T13:40:00Z",
        "last created_at 2026-09-05T13:40:00Z",
        "included lists 1",
        "import errors 1",
        "invalid 1",
        "listed ids 2",
        "errors 1",
        "429 1",
    ];
    assert_eq!(rows(&scratch, "answers"), expected);
    scratch.write("answers", DOCUMENTS[5]);
    let expected = ["documents 1", "errors 1", "rejected records 0", "errors 1", "429 1"];
    assert_eq!(rows(&scratch, "answers"), expected);
    scratch.write("answers", DOCUMENTS[4]);
    let expected = ["documents 1", "identifiers 1", "rejected records 0", "listed ids 2"];
    assert_eq!(rows(&scratch, "answers"), expected);
}

#[test]
fn jobs_with_an_unknown_status_are_counted_as_others() {
    let scratch = Scratch::new();
    let jobs = [DOCUMENTS[0].to_owned(), DOCUMENTS[2].replace("complete", "failed")];
    scratch.write("answers", jobs.join("\n"));
    let (found, code) = scratch.stats("answers");
    assert_eq!((code, &found["rejected"], &found["status"]["other"]), (1, &1.into(), &0.into()));
    let (found, code) = scratch.stats("--lenient-status answers");
    assert_eq!((code, &found["jobs"]), (0, &2.into()));
    let expected = json!({"cancelled": 0, "complete": 0, "processing": 0, "queued": 1, "other": 1});
    assert_eq!(found["status"], expected);
    let rows = rows(&scratch, "--lenient-status answers");
    assert!(rows.iter().any(|row| row == "other 1"), "{rows:?}");
}

#[test]
fn errors_are_counted_in_every_form() {
    let scratch = Scratch::new();
    for kind in ["import-errors", "errors", "mixed"] {
        let what = format!("--kind {kind} --every-form --items 5 --documents 200 --bad-every 7");
        let counts = scratch.generate("answers", &what);
        let (found, code) = scratch.stats("answers");
        assert_eq!(code, 1, "{what}");
        assert_same_totals(&found, &counts, &what);
    }
    let error = |status| format!(r#"{{"errors":[{{"status":{status},"detail":"d"}}]}}"#);
    scratch.write("answers", [error("401"), error("\"401\"")].join("\n"));
    let (found, _) = scratch.stats("answers");
    assert_eq!(found["errors_by_status"], json!([{"status": 401, "errors": 2}]));
}

#[test]
fn the_most_frequent_codes_come_first_and_all_are_counted() {
    let scratch = Scratch::new();
    let error = |code: &str| {
        let attributes =
            format!(r#"{{"code":"{code}","title":"","detail":"","source":{{"pointer":""}}}}"#);
        format!(r#"{{"type":"import-error","id":"e","attributes":{attributes}}}"#)
    };
    let codes = (0..12).flat_map(|n| vec![format!("c{n:02}"); n + 1]);
    let odd = [r"\u001b[31m".to_owned(), "x".repeat(300)];
    let errors: Vec<_> = codes.chain(odd).map(|code| error(&code)).collect();
    scratch.write("answers", format!(r#"{{"data":[{}]}}"#, errors.join(",")));
    let found = rows(&scratch, "answers");
    let from = found.iter().position(|row| row == "import errors 80").unwrap();
    assert_eq!((found[from + 1].as_str(), found[from + 10].as_str()), ("c11 12", "c02 3"));
    // Two of the codes are less frequent, and two need escapes to be printed.
    assert_eq!(found[from + 11..], ["others 5"]);
    let (found, _) = scratch.stats("answers");
    let by_code = found["import_errors_by_code"].as_array().unwrap();
    let of = |code: &str, errors: u64| json!({"code": code, "import_errors": errors});
    assert!(by_code.len() == 14 && by_code.contains(&of("c03", 4)), "{by_code:?}");
    assert!(by_code.contains(&of(&"x".repeat(100), 1)), "{by_code:?}");
}

#[test]
fn any_kind_can_stand_in_an_array_and_any_limit_is_for_each_of_them() {
    let scratch = Scratch::new();
    scratch.write("array", format!("[{}]", DOCUMENTS.join(",\n")));
    scratch.write("lines", DOCUMENTS.join("\n"));
    let (found, code) = scratch.stats("array");
    assert_eq!((code, &found["documents"]), (0, &6.into()));
    for file in ["array", "lines"] {
        let summary = |options: &str| {
            let output = scratch.jobview(&format!("check {options} {file}")).output().unwrap();
            String::from_utf8(output.stderr).unwrap()
        };
        assert_eq!(summary("--max-arena-bytes 4096"), summary(""), "{file}");
        assert_eq!(summary("--max-arena-bytes 1"), "0 documents accepted, 6 records rejected\n");
        let pages = "1 document accepted, 5 records rejected\n";
        assert_eq!(summary("--kind page --max-arena-bytes 4096"), pages, "{file}");
    }
}
