//! `jobview convert` and `jobview schema`
//!
//! NDJSON is compared with what serde_json finds in the documents; the other formats are read back and compared with it.

use crate::scratch::{Scratch, json};
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use predicates::prelude::*;
use serde_json::{Value, json};
use std::fs::File;

const GOOD: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"a","attributes":{"status":"queued","created_at":"2026-09-04T13:40:00+00:00","total_count":1},"links":{"self":"https://example.com/"}}}"#;

/// A job with another identifier and creation time.
fn job(id: &str, created_at: &str) -> String {
    GOOD.replace("\"a\"", &format!("{id:?}")).replace("2026-09-04T13:40:00+00:00", created_at)
}

/// The objects in a file of NDJSON.
fn rows(scratch: &Scratch, name: &str) -> Vec<Value> {
    scratch.read(name).split_inclusive(|&byte| byte == b'\n').map(json).collect()
}

/// The values of a member.
fn values(rows: &[Value], name: &str) -> Vec<Value> {
    rows.iter().map(|row| row[name].clone()).collect()
}

/// The batches of a Parquet file, and the rows of its row groups.
fn parquet(scratch: &Scratch, name: &str) -> (Vec<RecordBatch>, Vec<i64>) {
    let file = File::open(scratch.path(name)).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let groups = reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    (reader.build().unwrap().map(Result::unwrap).collect(), groups)
}

/// The same rows as NDJSON.
fn as_rows(batches: &[RecordBatch]) -> Vec<Value> {
    let mut text = Vec::new();
    let mut writer = arrow_json::LineDelimitedWriter::new(&mut text);
    for batch in batches {
        let (schema, mut columns, _) = batch.clone().into_parts();
        let mut fields: Vec<_> = schema.fields().iter().map(|field| (**field).clone()).collect();
        for (column, field) in columns.iter_mut().zip(&mut fields) {
            if let Some(times) =
                column.as_primitive_opt::<arrow_array::types::TimestampMicrosecondType>()
            {
                *column = std::sync::Arc::new(times.clone().with_timezone("+00:00"));
                field.set_data_type(column.data_type().clone());
            }
        }
        let schema = std::sync::Arc::new(arrow_schema::Schema::new(fields));
        writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
    }
    writer.finish().unwrap();
    text.split_inclusive(|&byte| byte == b'\n').map(json).collect()
}

#[test]
fn rows_are_what_the_documents_say() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 30 --shape wide --seed 5");
    scratch
        .jobview("convert jobs --output jobs.ndjson --columns all")
        .assert()
        .code(0)
        .stdout("")
        .stderr("30 rows from 30 documents, 0 records rejected\n");
    let documents = rows(&scratch, "jobs");
    let found = rows(&scratch, "jobs.ndjson");
    assert_eq!(found.len(), 30);
    let input = scratch.read("jobs");
    let mut lines = input.split_inclusive(|&byte| byte == b'\n');
    let mut offset = 0;
    for (n, (document, row)) in documents.iter().zip(&found).enumerate() {
        let job = &document["data"];
        assert_eq!(row["id"], job["id"]);
        for name in ["status", "total_count", "completed_count", "failed_count"] {
            assert_eq!(row[name], job["attributes"][name], "{name}");
        }
        let ids = job["relationships"]["profiles"]["data"]
            .as_array()
            .map(|all| all.iter().map(|one| one["id"].clone()).collect::<Vec<_>>());
        assert_eq!(row["profile_ids"].as_array(), ids.as_ref());
        let created = row["created_at"].as_str().unwrap();
        assert!(created.ends_with('Z'), "{created}");
        let place = [&row["_file"], &row["_record"], &row["_line"], &row["_offset"]];
        assert_eq!(place, [&json!("jobs"), &json!(n), &json!(n + 1), &json!(offset)]);
        offset += lines.next().unwrap().len();
    }
}

#[test]
fn every_format_has_the_same_rows() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 3000 --varied --layout shuffled --seed 1");
    for ending in ["ndjson", "parquet", "arrow", "csv"] {
        let command = format!("convert jobs --quiet --columns all --output jobs.{ending}");
        scratch.jobview(&command).assert().code(0).stdout("").stderr("");
    }
    let expected = rows(&scratch, "jobs.ndjson");
    assert_eq!(expected.len(), 3000);
    let (batches, groups) = parquet(&scratch, "jobs.parquet");
    assert_eq!(groups, [3000]);
    assert!(as_rows(&batches) == expected);

    let file = File::open(scratch.path("jobs.arrow")).unwrap();
    let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1);
    assert!(as_rows(&batches) == expected);

    let csv = String::from_utf8(scratch.read("jobs.csv")).unwrap();
    assert!(csv.starts_with("type,id,status,created_at,started_at,completed_at,"), "{csv:.80}");
    assert_eq!(csv.lines().count(), 3001);
    assert_eq!(csv.lines().next().unwrap().split(',').count(), batches[0].num_columns());
}

#[test]
fn any_number_of_threads_gives_the_same_rows() {
    let scratch = Scratch::new();
    let bad = "--unknown-members --bad-every 50";
    scratch.generate("a", &format!("--documents 500 {bad} --kind mixed --seed 1"));
    scratch.generate("b", "--documents 400 --layout pretty --seed 2");
    for table in ["jobs", "lists", "import_errors", "errors", "identifiers", "rejects"] {
        for ending in ["ndjson", "csv", "parquet"] {
            let convert = |jobs: usize| {
                let command = format!(
                    "convert a b a --overwrite --table {table} --columns all --jobs {jobs} \
                     --output t.{ending}"
                );
                let output = scratch.jobview(&command).output().unwrap();
                assert_eq!(output.status.code(), Some(1), "{command}");
                (String::from_utf8(output.stderr).unwrap(), scratch.read(&format!("t.{ending}")))
            };
            let expected = convert(1);
            assert!(!expected.0.starts_with("0 rows"), "{table}: {}", expected.0);
            for jobs in [2, 5, 16] {
                let found = convert(jobs);
                assert_eq!(found.0, expected.0, "{table} {ending} {jobs}");
                assert!(found.1 == expected.1, "{table} {ending} {jobs}");
            }
        }
    }
}

#[test]
fn lines_are_those_of_the_whole_input() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 2000 --layout pretty --seed 3");
    scratch.jobview("convert jobs -o lines.ndjson --columns id,_line --jobs 3").assert().code(0);
    let text = String::from_utf8(scratch.read("jobs")).unwrap();
    let begins = text.lines().enumerate().filter(|(_, line)| line.starts_with('{'));
    let expected: Vec<_> = begins.map(|(n, _)| json!(n + 1)).collect();
    assert!(values(&rows(&scratch, "lines.ndjson"), "_line") == expected);
}

#[test]
fn row_groups_have_as_many_rows_as_they_should() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 2500 --seed 4");
    let convert = "convert jobs --columns core";
    scratch.jobview(&format!("{convert} -o one.ndjson")).assert().code(0);
    let expected = rows(&scratch, "one.ndjson");
    for (codec, size) in [("snappy", 1000), ("none", 7), ("zstd:9", 2500), ("zstd", 1)] {
        let command = format!(
            "{convert} -o few.parquet --overwrite --row-group-rows {size} --compression {codec}"
        );
        scratch.jobview(&command).assert().code(0);
        let (batches, groups) = parquet(&scratch, "few.parquet");
        let (last, full) = groups.split_last().unwrap();
        assert!(full.iter().all(|&rows| rows == size) && *last == (2499 % size) + 1, "{groups:?}");
        assert!(as_rows(&batches) == expected, "{size}");
    }
    scratch.jobview(&format!("{convert} -o no.csv --row-group-rows 5")).assert().code(2);
    scratch.jobview(&format!("{convert} -o no.parquet --row-group-rows 0")).assert().code(2);
    scratch.jobview(&format!("{convert} -o no.arrow --compression none")).assert().code(2);
    scratch.jobview(&format!("{convert} -o no.parquet --compression zstd:23")).assert().code(2);
    assert!(!scratch.path("no.csv").exists() && !scratch.path("no.parquet").exists());
}

#[test]
fn no_documents_make_a_table_without_rows() {
    let scratch = Scratch::new();
    scratch.write("empty", "");
    scratch.write("bad", "oops\n{}\n");
    for (input, code) in [("empty", 0), ("bad", 1)] {
        for ending in ["parquet", "arrow", "csv", "ndjson"] {
            let command = format!("convert {input} --overwrite --columns id,status -o t.{ending}");
            scratch.jobview(&command).assert().code(code);
        }
        assert_eq!(parquet(&scratch, "t.parquet").1, [0; 0]);
        assert_eq!(scratch.read("t.csv"), b"id,status\n");
        assert_eq!(scratch.read("t.ndjson"), b"");
        let file = File::open(scratch.path("t.arrow")).unwrap();
        assert_eq!(arrow_ipc::reader::FileReader::try_new(file, None).unwrap().count(), 0);
    }
}

#[test]
fn rejected_records_are_a_table_and_a_file() {
    let scratch = Scratch::new();
    scratch.write("bad", [format!("{GOOD}\noops \u{e9}\n").as_bytes(), b"\xff\n"].concat());
    scratch
        .jobview(
            "convert bad --table rejects -o t.ndjson --rejects letters --rejects-format ndjson",
        )
        .assert()
        .code(1)
        .stderr(predicate::str::starts_with(
            "2 rows from 1 document, 2 records rejected\nfirst: bad:2:1: ",
        ));
    let found = rows(&scratch, "t.ndjson");
    assert_eq!(found, scratch.letters("letters"));
    assert_eq!(values(&found, "encoding"), ["utf-8", "base64"]);
    scratch.jobview("convert bad --table rejects -o t.parquet --columns raw,line").assert().code(1);
    let (batches, _) = parquet(&scratch, "t.parquet");
    let raw: Vec<_> = batches[0].column(0).as_binary::<i32>().iter().flatten().collect();
    assert_eq!(raw, ["oops \u{e9}".as_bytes(), b"\xff"]);
}

#[test]
fn jobs_can_be_chosen() {
    let scratch = Scratch::new();
    let jobs = [
        job("a", "2026-09-04T13:40:00+00:00"),
        job("b", "2026-09-04T13:40:00+02:00").replace("queued", "complete"),
        job("c", "2026-09-05T00:00:00Z"),
    ];
    scratch.write("jobs", jobs.join("\n"));
    for (filter, expected) in [
        ("--since 2026-09-04T11:40:00Z", &["a", "b", "c"][..]),
        ("--since 2026-09-04T11:40:00.000001Z", &["a", "c"]),
        ("--until 2026-09-05T00:00:00Z", &["a", "b"]),
        ("--since 2026-09-04T12:00:00Z --until 2026-09-05T00:00:01+00:00", &["a", "c"]),
        ("--status complete", &["b"]),
        ("--status complete --status queued --id c --id b", &["b", "c"]),
        ("--id d", &[]),
    ] {
        let command = format!("convert jobs -o - --format ndjson --columns id --quiet {filter}");
        let output = scratch.jobview(&command).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{filter}");
        let text = String::from_utf8(output.stdout).unwrap();
        let ids: Vec<_> = text.lines().map(|line| json(line.as_bytes())["id"].clone()).collect();
        assert_eq!(ids, expected, "{filter}");
    }
    for (wrong, why) in [
        ("--status done", "there is no status done"),
        ("--since yesterday", "RFC 3339"),
        ("--table lists --id a", "for the table jobs"),
    ] {
        scratch
            .jobview(&format!("convert jobs -o no.csv {wrong}"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(why));
    }
}

#[test]
fn bad_timestamps_are_treated_as_asked() {
    let scratch = Scratch::new();
    scratch.write("jobs", format!("{GOOD}\n{}\n", job("b", "yesterday")));
    let convert = "convert jobs --columns id,created_at --quiet --format csv -o -";
    let a = "id,created_at\na,2026-09-04T13:40:00Z\n";
    scratch.jobview(convert).assert().code(1).stdout(a);
    let null = format!("{convert} --bad-timestamps null");
    scratch.jobview(&null).assert().code(0).stdout(format!("{a}b,\n"));
    scratch
        .jobview(&format!("{convert} --bad-timestamps text"))
        .assert()
        .code(0)
        .stdout("id,created_at\na,2026-09-04T13:40:00+00:00\nb,yesterday\n");
    scratch.jobview(&format!("{null} --timestamps")).assert().code(2);
}

#[test]
fn any_status_is_text_if_it_is_accepted() {
    let scratch = Scratch::new();
    scratch.write("jobs", GOOD.replace("queued", "failed"));
    let convert = "convert jobs --columns status --quiet -o t.parquet --lenient-status";
    scratch.jobview(convert).assert().code(0);
    let (batches, _) = parquet(&scratch, "t.parquet");
    assert_eq!(batches[0].column(0).as_string::<i32>().value(0), "failed");
    scratch.jobview(&format!("{convert} --overwrite --status-as dictionary")).assert().code(2);
}

#[test]
fn a_file_is_replaced_only_if_that_is_asked_for() {
    let scratch = Scratch::new();
    scratch.write("jobs.ndjson", format!("{GOOD}\n"));
    scratch.write("out.csv", "precious");
    scratch
        .jobview("convert jobs.ndjson -o out.csv")
        .assert()
        .code(2)
        .stderr(predicate::str::contains("out.csv is there already"));
    assert_eq!(scratch.read("out.csv"), b"precious");
    scratch.jobview("convert jobs.ndjson -o out.csv --columns id --overwrite").assert().code(0);
    assert_eq!(scratch.read("out.csv"), b"id\na\n");
    for (wrong, why) in [
        ("jobs.ndjson -o jobs.ndjson --overwrite", "one of the inputs"),
        ("jobs.ndjson -o new.csv --rejects ./new.csv", "the same file"),
        ("jobs.ndjson -o - --format csv --rejects -", "the same file"),
        ("jobs.ndjson -o . --overwrite --format csv", "is not a file"),
    ] {
        scratch
            .jobview(&format!("convert {wrong}"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(why));
    }
    assert_eq!(scratch.read("jobs.ndjson"), format!("{GOOD}\n").as_bytes());
}

#[test]
fn what_is_unknown_is_an_error_that_lists_what_there_is() {
    let scratch = Scratch::new();
    scratch.write("jobs", GOOD);
    for (wrong, why) in [
        ("-o t.csv --columns id,colour", "the table jobs has no column colour; it has type, id,"),
        ("-o t.csv --columns id,id", "the column id is chosen twice"),
        ("-o t.xlsx", ".parquet, .arrow, .csv and .ndjson"),
        ("-o jobs.gz", ".parquet, .arrow, .csv and .ndjson"),
        ("-o -", "needs a --format"),
        ("-o t.csv --table people", "import_errors"),
        ("", "--output"),
    ] {
        scratch
            .jobview(&format!("convert jobs {wrong}"))
            .assert()
            .code(2)
            .stderr(predicate::str::contains(why));
    }
    scratch
        .jobview("convert jobs -o nowhere/t.csv")
        .assert()
        .code(3)
        .stderr(predicate::str::contains("nowhere"));
}

#[test]
fn an_early_end_leaves_no_file() {
    let scratch = Scratch::new();
    scratch.generate("bad", "--documents 5000 --bad-every 100");
    scratch.write("packed.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03broken");
    let before = std::fs::read_dir(scratch.path(".")).unwrap().count();
    for (arguments, code, why) in [
        ("bad --max-rejects 3", 4, "stopped after 3 rejected records, the limit of --max-rejects"),
        ("bad packed.gz", 3, "not all inputs could be read"),
        ("bad missing", 3, "not all inputs could be read"),
    ] {
        for ending in ["parquet", "csv"] {
            scratch
                .jobview(&format!("convert {arguments} -o out.{ending}"))
                .assert()
                .code(code)
                .stderr(predicate::str::contains(why))
                .stderr(predicate::str::contains(format!("out.{ending} has not been written")));
            assert_eq!(std::fs::read_dir(scratch.path(".")).unwrap().count(), before);
        }
    }
    let command = "convert bad -o out.csv --max-rejects 3 --rejects letters";
    scratch.jobview(command).assert().code(4);
    assert_eq!(scratch.read("letters").split(|&byte| byte == b'\n').count(), 4);
}

#[test]
fn standard_output_takes_every_format() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 500");
    let convert = "convert jobs --quiet --columns core";
    for ending in ["parquet", "csv", "ndjson"] {
        scratch.jobview(&format!("{convert} -o t.{ending}")).assert().code(0);
        let piped = format!("{convert} -o - --format {ending}");
        let output = scratch.jobview(&piped).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout == scratch.read(&format!("t.{ending}")), "{ending}");
    }
    let output = scratch.jobview(&format!("{convert} -o - --format arrow")).output().unwrap();
    let reader = arrow_ipc::reader::StreamReader::try_new(&output.stdout[..], None).unwrap();
    let batches: Vec<_> = reader.map(Result::unwrap).collect();
    assert!(as_rows(&batches) == rows(&scratch, "t.ndjson"));
    let counts = batches[0].column_by_name("total_count").unwrap();
    assert_eq!(counts.as_primitive::<Int64Type>().len(), 500);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 500");
    let formats = ["parquet", "arrow", "csv", "ndjson"].into_iter();
    // Rows of the newest states are written at the end, and others on the way.
    for (format, more) in formats.flat_map(|format| [(format, None), (format, Some("--latest"))]) {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jobview"));
        command.current_dir(scratch.path("."));
        command.args(["convert", "jobs", "-o", "-", "--format", format]).args(more).stdout(full);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{format} {more:?}: {said}");
        let why = "<stdout>: No space left on device";
        assert!(said.contains(why), "{format} {more:?}: {said}");
    }
}

#[test]
fn schemas_have_the_columns_of_the_tables() {
    let scratch = Scratch::new();
    scratch.generate("jobs", "--documents 50 --kind mixed --bad-every 9");
    for table in ["jobs", "lists", "import_errors", "errors", "identifiers", "rejects"] {
        let convert = format!("convert jobs --table {table} --columns all --overwrite --quiet");
        scratch.jobview(&format!("{convert} -o t.ndjson")).assert().code(1);
        scratch.jobview(&format!("{convert} -o t.csv")).assert().code(1);
        let print = |format: &str| {
            let command = format!("schema --table {table} --format {format}");
            let output = scratch.jobview(&command).output().unwrap();
            assert_eq!(output.status.code(), Some(0));
            String::from_utf8(output.stdout).unwrap()
        };
        let schema = json(print("json-schema").as_bytes());
        let properties = schema["properties"].as_object().unwrap();
        for row in rows(&scratch, "t.ndjson") {
            let row = row.as_object().unwrap();
            assert!(row.keys().all(|name| properties.contains_key(name)), "{row:?}");
            let required = schema["required"].as_array().unwrap();
            assert!(required.iter().all(|name| row.contains_key(name.as_str().unwrap())));
        }
        let csv = String::from_utf8(scratch.read("t.csv")).unwrap();
        let header = csv.lines().next().unwrap();
        assert_eq!(header.split(',').count(), properties.len());
        let names: Vec<_> = header.split(',').filter(|&name| name != "encoding").collect();
        let (sql, arrow, shown) = (print("sql"), print("arrow"), print("table"));
        assert!(sql.starts_with(&format!("CREATE TABLE {table} (\n    \"{}\" ", names[0])));
        assert!(sql.ends_with("\n);\n"));
        for (n, name) in names.iter().enumerate() {
            assert!(sql.lines().nth(n + 1).unwrap().starts_with(&format!("    \"{name}\" ")));
            assert!(arrow.lines().nth(n).unwrap().starts_with(&format!("{name}: ")));
            assert!(shown.lines().nth(n + 1).unwrap().starts_with(name));
        }
    }
    let all = scratch.jobview("schema --format json-schema").output().unwrap();
    assert_eq!(json(&all.stdout)["$defs"].as_object().unwrap().len(), 6);
    scratch.jobview("schema").assert().code(0).stdout(
        predicate::str::contains("-- import_errors\n").and(predicate::str::contains("UTC").not()),
    );
}
