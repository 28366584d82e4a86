//! Readers of documents that are readers of rows.

use crate::arrow_60;
use arrow_array_60::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array_60::{RecordBatch, RecordBatchReader};
use jobview::{JobDocument, Options, UnknownVariants};
use jobview_arrow::arrow_60::Batches;
use jobview_arrow::{ColumnSet, Table, TableError, TableOptions, TableReader, Timestamps};
use jobview_corpus::{Kind, Layout, Settings, Shape, generate};
use serde_json::{Map, Value};
use std::io::{self, Cursor, Read};
use std::num::NonZeroU64;
use std::sync::{Arc, Mutex};

fn reader<R: Read>(
    input: R,
    table: Table,
    options: &TableOptions,
) -> TableReader<R, JobDocument<'static>> {
    let parser = Options::new().batch_bytes(1 << 12);
    TableReader::new(input, parser, table, options).unwrap().file("jobs.ndjson")
}

fn rows(batches: impl Iterator<Item = RecordBatch>) -> Vec<Map<String, Value>> {
    batches.flat_map(|batch| arrow_60::rows(&batch)).collect()
}

/// A job; a bad record if `created_at` is none.
fn job(id: u32, created_at: Option<&str>) -> String {
    let created_at = created_at.map(|text| format!(r#","created_at":"{text}""#));
    format!(
        r#"{{"data":{{"type":"profile-bulk-import-job","id":"{id}","links":{{"self":"/"}},"attributes":{{"status":"queued","total_count":{id}{}}}}}}}
"#,
        created_at.unwrap_or_default()
    )
}

const TIME: Option<&str> = Some("2026-09-04T13:40:00Z");

#[test]
fn a_stream_in_arrows_c_interface_has_all_rows() {
    let settings = Settings {
        kind: Kind::Mixed,
        bad_every: NonZeroU64::new(7),
        ..Settings::new(1, Shape::Poll, Layout::Compact)
    };
    let (input, counts) = generate(settings, 1000);
    let options = TableOptions::new().columns(ColumnSet::All).batch_rows(64);
    for (table, expected) in [(Table::Jobs, counts.jobs), (Table::Rejects, counts.rejected)] {
        let read = || reader(Cursor::new(input.clone()), table, &options).on_reject(|_, _| Ok(()));
        let here = Batches::from(read());
        let schema = here.schema();
        let here = rows(here.map(Result::unwrap));
        assert_eq!(here.len() as u64, expected);
        let stream = FFI_ArrowArrayStream::new(Box::new(Batches::from(read())));
        let there = RecordBatchStreamReader::try_new(stream).unwrap();
        assert_eq!(there.schema(), schema);
        assert_eq!(rows(there.map(Result::unwrap)), here);
    }
}

#[test]
fn a_rejected_record_ends_a_stream_behind_the_rows_before_it() {
    let input = [job(1, TIME), job(2, TIME), job(3, None), job(4, TIME)].concat();
    let mut reader = reader(input.as_bytes(), Table::Jobs, &TableOptions::new());
    assert_eq!(reader.next().unwrap().unwrap().len(), 2);
    let Some(Err(TableError::Rejected(rejected))) = reader.next() else { panic!("3 is bad") };
    assert_eq!((rejected.error.record(), rejected.error.line()), (2, 3));
    assert!(reader.next().is_none());
}

#[test]
fn rejected_records_go_where_they_are_told_to() {
    let input = [job(1, TIME), job(2, None), job(3, TIME), "oops".to_owned()].concat();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let reader = reader(input.as_bytes(), Table::Jobs, &TableOptions::new());
    let reader = reader.on_reject(move |rejected, origin| {
        kept.lock().unwrap().push((origin.record, origin.line, rejected.raw.len()));
        Ok(())
    });
    assert_eq!(reader.map(|rows| rows.unwrap().len()).sum::<usize>(), 2);
    assert_eq!(*seen.lock().unwrap(), [(1, 2, job(2, None).len() - 1), (3, 4, 4)]);

    let reader = self::reader(input.as_bytes(), Table::Jobs, &TableOptions::new());
    let mut reader = reader.on_reject(|_, _| Err(io::Error::other("the disk is full")));
    assert_eq!(reader.next().unwrap().unwrap().len(), 1);
    assert_eq!(reader.next().unwrap().unwrap_err().to_string(), "the disk is full");
    assert!(reader.next().is_none());
}

#[test]
fn a_timestamp_that_is_none_is_rejected_with_its_place_or_null() {
    let input = [job(1, TIME), job(2, Some("today"))].concat();
    let options = TableOptions::new().column_names(["id"]);
    let mut strict = reader(input.as_bytes(), Table::Jobs, &options);
    assert_eq!(strict.next().unwrap().unwrap().len(), 1);
    let error = strict.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("/data/attributes/created_at"), "{error}");
    let options = options.timestamps(Timestamps::Null);
    let lenient = reader(input.as_bytes(), Table::Jobs, &options);
    assert_eq!(lenient.map(|rows| rows.unwrap().len()).sum::<usize>(), 2);
}

#[test]
fn nothing_makes_no_batch_and_still_has_a_schema() {
    for input in ["", "\n\n", "[]"] {
        for table in Table::ALL {
            let mut batches = Batches::from(reader(input.as_bytes(), table, &TableOptions::new()));
            assert_eq!(&**batches.schema().field(0).name(), table.columns().next().unwrap().name);
            assert!(batches.next().is_none());
        }
    }
}

#[test]
fn an_input_of_nothing_but_bad_records_has_no_other_rows() {
    let input = "oops\n{}\n[1]\n";
    let count = |table| {
        let reader = reader(input.as_bytes(), table, &TableOptions::new());
        let reader = reader.on_reject(|_, _| Ok(()));
        reader.map(|rows| rows.unwrap().len()).sum::<usize>()
    };
    assert_eq!(Table::ALL.map(count), [0, 0, 0, 0, 0, 3]);
}

#[test]
fn what_was_read_before_an_error_of_the_reader_comes_first() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the line is dead"))
        }
    }
    let input = [job(1, TIME), job(2, TIME)].concat();
    let mut reader = reader(input.as_bytes().chain(Broken), Table::Jobs, &TableOptions::new());
    let mut count = 0;
    let error = loop {
        match reader.next().unwrap() {
            Ok(rows) => count += rows.len(),
            Err(error) => break error,
        }
    };
    assert_eq!((count, error.to_string()), (2, "the line is dead".to_owned()));
    assert!(reader.next().is_none());
}

#[test]
fn a_document_without_a_place_ends_a_stream_with_its_place() {
    let input = [job(1, TIME), job(2, TIME).replace("queued", "failed")].concat();
    let parser = Options::new().unknown_variants(UnknownVariants::Keep);
    let options = TableOptions::new();
    let reader =
        TableReader::<_, JobDocument>::new(input.as_bytes(), parser, Table::Jobs, &options);
    let mut reader = reader.unwrap().on_reject(|_, _| Ok(()));
    assert_eq!(reader.next().unwrap().unwrap().len(), 1);
    let error = reader.next().unwrap().unwrap_err().to_string();
    assert!(
        error.starts_with("record 1 (line 2, byte 159)") && error.contains("failed"),
        "{error}"
    );
    assert!(reader.next().is_none());
}

#[test]
fn pages_of_whole_lists_are_identifiers_and_records_in_pieces_are_rows() {
    let page =
        r#"{"data":[{"type":"list","id":"l","attributes":{"name":"n"}},{"type":"list","id":"m"}]}"#;
    let ids = reader(page.as_bytes(), Table::Identifiers, &TableOptions::new());
    assert_eq!(ids.map(|rows| rows.unwrap().len()).sum::<usize>(), 2);

    let long = format!("{{\"a\":\"{}\"}}\n", "b".repeat(100_000));
    let parser = Options::new().max_record_bytes(1000).batch_bytes(1 << 12);
    let options = TableOptions::new();
    let pieces =
        TableReader::<_, JobDocument>::new(long.as_bytes(), parser, Table::Rejects, &options);
    let pieces = rows(Batches::from(pieces.unwrap()).map(Result::unwrap));
    let (last, others) = pieces.split_last().unwrap();
    assert!(!others.is_empty() && others.iter().all(|piece| piece["more"] == true));
    assert_eq!(last["more"], false);
    let bytes = pieces.iter().map(|piece| piece["raw"].as_array().unwrap().len());
    assert_eq!(bytes.sum::<usize>(), long.len() - 1);
}
