//! Records that are not lines, in files that several threads read. A thread may begin at a place that only looks like
//! the beginning of a record. The results must be those of a pipe, which is read without guessing, for any number of
//! threads.

use crate::scratch::Scratch;
use std::fs;

/// Enough bytes for several batches.
const ENOUGH: usize = 3 << 20;

/// Records with the same bytes in between. Some are broken, and some contain others.
fn records(scratch: &Scratch, layout: &str, between: &str) -> Vec<Vec<u8>> {
    scratch.generate("jobs", &format!("--documents 500 --layout {layout} --seed 7"));
    let jobs = String::from_utf8(scratch.read("jobs")).unwrap();
    let end = if layout == "pretty" { "\n}\n" } else { "\n" };
    let jobs: Vec<_> = jobs.split_inclusive(end).map(|job| job.trim_end().to_owned()).collect();
    let nested = |number: usize| {
        let inner = jobs.iter().cycle().skip(number).take(1000).cloned();
        jobs[0].replacen('{', &format!("{{\"x\":[{}],", inner.collect::<Vec<_>>().join(between)), 1)
    };
    let text = jobs[1].replacen('{', "{\"x\":\"}},{[[ ]}\",", 1);
    let odd = |number: usize| match number % 5 {
        0 => jobs[2][..jobs[2].len() / 2].to_owned(),
        1 => nested(number),
        2 => text.replacen("\"data\"", "\"date\"", 1),
        3 => "nothing".to_owned(),
        _ => format!("{}}}", jobs[3]),
    };
    let (mut records, mut length) = (vec![], 0);
    for number in 0.. {
        let record = match number % 400 {
            399 => odd(number / 400),
            17 => text.clone(),
            _ => jobs[number % jobs.len()].clone(),
        };
        length += record.len();
        records.push(record.into_bytes());
        if length > ENOUGH {
            break;
        }
    }
    records
}

/// Everything that one run prints and writes.
fn outcome(scratch: &Scratch, arguments: &str, jobs: usize, file: &str) -> (String, Vec<u8>) {
    let mut command = scratch.jobview(&format!("{arguments} --jobs {jobs} {file}"));
    if file == "-" {
        command.write_stdin(scratch.read("input"));
    }
    let output = command.output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr]
        .map(|text| String::from_utf8(text).unwrap().replace("<stdin>", "input"));
    let is_timeless = |line: &&str| !line.starts_with("time ") && !line.starts_with("speed ");
    let stdout: Vec<_> = stdout.lines().filter(is_timeless).collect();
    let said = format!("{:?}\n{}\n{stderr}", output.status.code(), stdout.join("\n"));
    (said, fs::read(scratch.path("rejects")).unwrap_or_default())
}

fn assert_is_found(layout: &str, open: &str, between: &str, close: &str) {
    let scratch = Scratch::new();
    let inner = if between.contains(',') { between } else { "," };
    let records = records(&scratch, layout, inner).join(between.as_bytes());
    let how = [layout, open, between, close];
    for close in [close, ""] {
        let all = [open.as_bytes(), &records, close.as_bytes()].concat();
        let cut = if close.is_empty() { all.len() - 100 } else { all.len() };
        scratch.write("input", &all[..cut]);
        let runs = [
            ("check --rejects rejects", &[2, 8][..]),
            ("check --max-arena-bytes 3000", &[3]),
            ("stats --verbose", &[2, 3, 8]),
        ];
        // A truncated input differs only at its end.
        for (arguments, jobs) in runs.into_iter().take(if cut < all.len() { 1 } else { 3 }) {
            let expected = outcome(&scratch, arguments, 1, "input");
            for &jobs in jobs {
                let found = outcome(&scratch, arguments, jobs, "input");
                assert_eq!(found.0, expected.0, "{arguments} {jobs} {how:?}");
                assert!(found.1 == expected.1, "{arguments} {jobs} {how:?}");
            }
            // What is learned may depend on other batches there.
            if arguments.starts_with("check") {
                let found = outcome(&scratch, arguments, 2, "-");
                assert_eq!(found.0, expected.0, "{arguments} {how:?}");
                assert!(found.1 == expected.1, "{arguments} {how:?}");
            }
        }
    }
}

#[test]
fn an_array_on_one_line_is_read_alike_by_any_threads() {
    assert_is_found("compact", "[", ",", "]\n");
}

#[test]
fn an_array_of_lines_is_read_alike_by_any_threads() {
    assert_is_found("spaced", "[\n", ",\n", "\n]\n");
}

#[test]
fn a_pretty_array_is_read_alike_by_any_threads() {
    assert_is_found("pretty", "[\n  ", ",\n  ", "\n]\n");
}

#[test]
fn pretty_documents_are_read_alike_by_any_threads() {
    assert_is_found("pretty", "", "\n", "\n");
}

#[test]
fn documents_without_anything_between_them_are_read_alike_by_any_threads() {
    assert_is_found("compact", "", "", "");
}

#[test]
fn lines_are_read_alike_by_any_threads() {
    assert_is_found("compact", "", "\n", "\n");
}
