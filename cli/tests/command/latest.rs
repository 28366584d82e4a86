//! `jobview convert --latest`: the newest state of each job.
//!
//! The model goes through the rows that `convert` writes of all states.

use crate::scratch::{Scratch, json};
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use predicates::prelude::*;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs::File;

/// A state of a job.
fn state(id: &str, status: &str, done: usize) -> String {
    let profile = format!(r#"{{"type":"profile","id":"p{done}"}}"#);
    let profiles = vec![profile; done % 4].join(",");
    format!(
        r#"{{"data":{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{"status":"{status}","created_at":"2026-09-04T13:40:00Z","total_count":900,"completed_count":{done}}},"relationships":{{"profiles":{{"data":[{profiles}]}}}},"links":{{"self":"/{id}/"}}}}}}"#
    )
}

/// A file of states of some jobs, in no order, with broken lines in between.
fn states(jobs: usize, count: usize, seed: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let random = (n + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let job = random % jobs;
        // Some jobs never get far.
        let statuses =
            &["queued", "processing", "processing", "complete", "cancelled"][..1 + 2 * (job % 3)];
        let (id, status) = (format!("job-{job}"), statuses[random / 7 % statuses.len()]);
        let _ = writeln!(text, "{}", state(&id, status, random / 64 % 5));
        if n % 100 == 99 {
            text.push_str("{\"data\":7}\n");
        }
    }
    text
}

fn rows(text: &[u8]) -> Vec<Value> {
    text.split_inclusive(|&byte| byte == b'\n').map(json).collect()
}

/// How far a job is, by the rules of the help.
fn progress(row: &Value) -> (usize, i64) {
    let statuses = [&["queued"][..], &["processing"], &["cancelled", "complete"]];
    let status = row["status"].as_str().unwrap();
    let counts = ["completed_count", "failed_count", "skipped_count"];
    let done = counts.iter().filter_map(|name| row[name].as_i64()).sum();
    (statuses.iter().position(|names| names.contains(&status)).unwrap(), done)
}

/// The newest of all states.
fn newest(all: Vec<Value>) -> Vec<Value> {
    let mut newest: Vec<Value> = Vec::new();
    for row in all {
        let is_same = |other: &&mut Value| other["id"] == row["id"] && other["type"] == row["type"];
        match newest.iter_mut().find(is_same) {
            Some(known) if progress(known) <= progress(&row) => *known = row,
            Some(_) => {}
            None => newest.push(row),
        }
    }
    newest
}

/// What the command prints, and its exit code.
fn converted(scratch: &Scratch, arguments: &str) -> (Vec<u8>, Option<i32>) {
    let command = format!("convert --quiet --columns all --output - {arguments}");
    let output = scratch.jobview(&command).output().unwrap();
    (output.stdout, output.status.code())
}

#[test]
fn each_job_has_its_newest_state() {
    let scratch = Scratch::new();
    scratch.write("a", states(90, 3000, 1));
    scratch
        .write("b", states(120, 6000, 2).replace("profile-bulk-import", "coupon-code-bulk-create"));
    scratch.write("c", states(150, 2000, 3));
    scratch.write("d", format!("{}\n", state("job-0", "queued", 0)));
    let all = converted(&scratch, "a b c d --format ndjson");
    let expected = newest(rows(&all.0));
    assert_eq!((expected.len(), all.1), (270, Some(1)));
    for filter in
        ["", "--status processing", "--status queued --status complete", "--id job-3 --id job-7"]
    {
        let chosen = |row: &&Value| {
            let has = |name: &str| filter.contains(&format!(" {}", row[name].as_str().unwrap()));
            filter.is_empty() || has("status") || filter.split(' ').any(|word| row["id"] == word)
        };
        let expected: Vec<_> = expected.iter().filter(chosen).cloned().collect();
        assert!(!expected.is_empty());
        let mut texts = Vec::new();
        for jobs in [1, 2, 5, 16] {
            let command = format!("a b c d --latest --format ndjson --jobs {jobs} {filter}");
            let (text, code) = converted(&scratch, &command);
            assert_eq!(code, Some(1));
            assert!(rows(&text) == expected, "{command}");
            texts.push(text);
        }
        assert!(texts.iter().all(|text| *text == texts[0]));
    }
}

#[test]
fn of_equal_states_the_last_one_counts() {
    let scratch = Scratch::new();
    let lines = [
        state("b", "queued", 0),
        state("a", "complete", 2).replace("\"/a/\"", "\"first\""),
        state("a", "processing", 3),
        state("a", "complete", 2).replace("\"/a/\"", "\"second\""),
        state("b", "cancelled", 1),
        state("b", "processing", 3),
    ];
    scratch.write("jobs", lines.join("\n"));
    scratch.write("again", lines[1].replace("first", "third"));
    let latest = |files: &str| {
        let command = format!("{files} --latest --format csv --columns id,self_link,_line");
        let output = scratch.jobview(&format!("convert {command} -o -")).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (text, said) = latest("jobs");
    assert_eq!(text, "id,self_link,_line\nb,/b/,5\na,second,4\n");
    assert_eq!(said, "2 rows from 6 documents, 0 records rejected\n");
    assert_eq!(latest("jobs again").0, "id,self_link,_line\nb,/b/,5\na,third,1\n");
    assert_eq!(latest("again jobs").0, "id,self_link,_line\na,second,4\nb,/b/,5\n");
}

#[test]
fn filters_choose_among_the_newest_states() {
    let scratch = Scratch::new();
    let later = state("b", "processing", 1).replace("13:40", "14:40");
    let lines =
        [state("a", "processing", 1), state("b", "queued", 0), state("a", "complete", 1), later];
    scratch.write("jobs", lines.join("\n"));
    for (filter, expected) in [
        ("--status processing", &["b"][..]),
        ("--status queued", &[]),
        ("--status complete", &["a"]),
        ("--since 2026-09-04T14:00:00Z", &["b"]),
        ("--until 2026-09-04T14:00:00Z", &["a"]),
        ("--id a --id c", &["a"]),
        ("--id a --status processing", &[]),
    ] {
        let (text, code) = converted(&scratch, &format!("jobs --latest --format ndjson {filter}"));
        assert_eq!(code, Some(0));
        assert!(rows(&text).iter().map(|row| &row["id"]).eq(expected), "{filter}");
    }
}

/// The completed operations of each row.
fn done(batches: &[RecordBatch]) -> Vec<Option<i64>> {
    let of = |batch: &RecordBatch| {
        let column = batch.column_by_name("completed_count").unwrap();
        column.as_primitive::<Int64Type>().iter().collect::<Vec<_>>()
    };
    batches.iter().flat_map(of).collect()
}

#[test]
fn every_format_has_the_newest_states() {
    let scratch = Scratch::new();
    // More rows than one batch has.
    scratch.write("jobs", states(40_000, 50_000, 4));
    for ending in ["ndjson", "csv", "parquet", "arrow"] {
        let command = format!("convert jobs --latest --quiet --output t.{ending}");
        scratch.jobview(&command).assert().code(1).stderr("");
    }
    let found = rows(&scratch.read("t.ndjson"));
    let expected: Vec<_> = found.iter().map(|row| row["completed_count"].as_i64()).collect();
    assert!(expected.len() > 20_000, "{}", expected.len());
    let csv = String::from_utf8(scratch.read("t.csv")).unwrap();
    let of_line = |line: &str| line.split(',').nth(8).unwrap().parse().ok();
    assert!(csv.lines().skip(1).map(of_line).eq(expected.iter().copied()));
    let file = File::open(scratch.path("t.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    assert_eq!(reader.metadata().num_row_groups(), 1);
    let batches: Vec<_> = reader.build().unwrap().map(Result::unwrap).collect();
    assert!(done(&batches) == expected);
    let file = File::open(scratch.path("t.arrow")).unwrap();
    let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    assert!(done(&batches) == expected);
}

#[test]
fn older_states_take_no_memory() {
    let scratch = Scratch::new();
    // 15 MB of identifiers, several times: more than may be wasted.
    scratch.generate("jobs", "--documents 40 --shape wide --seed 6");
    let files = "jobs ".repeat(5);
    let (once, _) = converted(&scratch, "jobs --format ndjson");
    let (latest, code) = converted(&scratch, &format!("{files} --latest --format ndjson"));
    assert_eq!(code, Some(0));
    assert!(latest == once);
}

#[test]
fn no_jobs_make_a_table_without_rows() {
    let scratch = Scratch::new();
    scratch.write("empty", "");
    scratch.write("bad", "oops\n{}\n");
    scratch.write("none", state("a", "queued", 0));
    for (arguments, code) in
        [("empty", 0), ("bad", 1), ("none --id b", 0), ("none --status complete", 0)]
    {
        let convert = format!("{arguments} --latest --columns id,status --format");
        for (format, expected) in [("csv", "id,status\n"), ("ndjson", "")] {
            let command = format!("convert --quiet --output - {convert} {format}");
            scratch.jobview(&command).assert().code(code).stdout(expected);
        }
        for format in ["parquet", "arrow"] {
            let command = format!("convert --overwrite --output t.{format} {convert} {format}");
            let said = predicate::str::starts_with("0 rows from ");
            scratch.jobview(&command).assert().code(code).stderr(said);
        }
        let file = File::open(scratch.path("t.parquet")).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    }
}

#[test]
fn rejected_records_count_as_ever() {
    let scratch = Scratch::new();
    scratch.write("jobs", states(10, 1000, 5));
    let command = "convert jobs --latest -o t.csv --rejects bad --max-rejects 3";
    scratch
        .jobview(command)
        .assert()
        .code(4)
        .stderr(predicate::str::contains("stopped after 3 rejected records"));
    assert!(!scratch.path("t.csv").exists());
    assert_eq!(scratch.read("bad"), b"{\"data\":7}\n".repeat(3));
    let (text, code) = converted(&scratch, "jobs missing --latest --format ndjson");
    assert_eq!((text.len(), code), (0, Some(3)));
}

#[test]
fn only_jobs_have_states() {
    let scratch = Scratch::new();
    for table in ["lists", "import_errors", "errors", "identifiers", "rejects"] {
        let why = format!("--latest is for the table jobs, not for {table}");
        scratch
            .jobview(&format!("convert jobs -o t.csv --latest --table {table}"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(why));
    }
}
