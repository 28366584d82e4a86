//! Tables of generated documents.

use crate::{arrow_58, arrow_59, arrow_60, oracle};
use jobview::gapwise::columns::Rows;
use jobview::{
    Answer, Arena, Document, JobDocument, JobPage, JobStatus, Jobs as _, Options, Parser,
    UnknownVariants, sparse,
};
use jobview_arrow::{
    AppendErrorKind, ColumnSet, JobTable, Origin, StatusType, Table, TableBuilder, TableOptions,
    Timestamps, arrow_60 as latest,
};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::iter;
use std::num::{NonZeroU32, NonZeroU64};

fn all() -> TableOptions {
    TableOptions::new().columns(ColumnSet::All).timestamps(Timestamps::Null)
}

/// Streams of all kinds, in all layouts, with everything that may vary.
fn settings() -> Vec<Settings> {
    let layouts = Layout::ALL.into_iter().zip(Shape::ALL.into_iter().cycle());
    let of_layout = |(seed, (layout, shape)): (usize, (Layout, Shape))| Settings {
        kind: Kind::Mixed,
        items: 5,
        every_form: seed % 2 == 0,
        varied: seed % 3 == 0,
        sparse: seed % 4 == 1,
        producers: NonZeroU32::new(1 + seed as u32 % 3).unwrap(),
        unknown_members: ExtraMembers::ALL[seed % ExtraMembers::ALL.len()],
        bad_every: NonZeroU64::new(9),
        ..Settings::new(seed as u64, shape, layout)
    };
    layouts.enumerate().map(of_layout).collect()
}

/// The rows of a table, from documents of a kind, and what the oracle says of the same documents.
fn both<D: Document>(input: &[u8], table: Table, options: &TableOptions) -> (Rows, Vec<oracle::Row>)
where
    for<'a> D::View<'a>: Answer<'a>,
{
    let arena = Arena::new();
    let batch = Parser::<D>::new().parse_batch(input, &arena);
    assert!(!batch.documents().is_empty() && !batch.rejected().is_empty());
    let mut builder = TableBuilder::new(table, options).unwrap();
    let mut expected = Vec::new();
    for (place, record) in &batch {
        let origin = Origin::of(Some("jobs"), &place);
        let Ok(document) = record else { continue };
        builder.append(document, &origin).unwrap();
        let mut rows = oracle::rows(table, &serde_json::from_slice(place.raw).unwrap());
        for row in &mut rows {
            row.insert("_file".to_owned(), json!("jobs"));
            row.insert("_record".to_owned(), json!(place.record));
            row.insert("_line".to_owned(), json!(place.line));
            row.insert("_offset".to_owned(), json!(place.offset));
        }
        expected.extend(rows);
    }
    let rows = builder.next_batch().expect("there are rows");
    assert!(builder.next_batch().is_none());
    let documents = batch.records().filter_map(|(place, record)| {
        Some((record.ok()? as &dyn Answer<'_>, Origin::of(Some("jobs"), &place)))
    });
    builder.append_all(documents, |error, _| Err(error)).unwrap();
    assert_eq!(builder.next_batch().as_ref(), Some(&rows));
    (rows, expected)
}

/// Reads columns of JSON text.
fn read(rows: Vec<Map<String, Value>>) -> Vec<Map<String, Value>> {
    let read = |mut row: Map<String, Value>| {
        for name in ["original_payload", "meta"] {
            if let Some(Value::String(text)) = row.get(name) {
                let value = serde_json::from_str(text).unwrap();
                row.insert(name.to_owned(), value);
            }
        }
        row
    };
    rows.into_iter().map(read).collect()
}

#[test]
fn rows_are_what_the_documents_say_in_each_version_of_arrow() {
    let mut numbers = [0; 5];
    for settings in settings() {
        let documents = if settings.shape == Shape::Wide { 40 } else { 400 };
        let (input, _) = generate(settings, documents);
        let tables = Table::ALL.into_iter().filter(|&table| table != Table::Rejects);
        for (table, number) in tables.zip(&mut numbers) {
            let (rows, expected) = match settings.sparse {
                false => both::<JobDocument>(&input, table, &all()),
                true => both::<sparse::JobDocument>(&input, table, &all()),
            };
            *number += expected.len();
            let batch = latest::record_batch(rows.clone()).unwrap();
            assert_eq!(read(arrow_60::rows(&batch)), expected, "{table} of {settings:?}");
            let batch = jobview_arrow::arrow_59::record_batch(rows.clone()).unwrap();
            assert_eq!(read(arrow_59::rows(&batch)), expected, "{table} of {settings:?}");
            let batch = jobview_arrow::arrow_58::record_batch(rows).unwrap();
            assert_eq!(read(arrow_58::rows(&batch)), expected, "{table} of {settings:?}");
        }
    }
    assert!(numbers.iter().all(|&number| number > 100), "{numbers:?}");
}

#[test]
fn rejected_records_are_rows_with_everything_that_is_known() {
    for settings in settings() {
        let settings = Settings { sparse: false, ..settings };
        let (input, counts) = generate(settings, 40);
        let arena = Arena::new();
        let batch = Parser::<JobDocument>::new().parse_batch(&input, &arena);
        assert!(counts.rejected > 0 && batch.rejected().len() as u64 >= counts.rejected);
        let mut builder = TableBuilder::new(Table::Rejects, &all()).unwrap();
        let mut expected = Vec::new();
        for (place, record) in &batch {
            let origin = Origin::of(None, &place);
            let Err(rejected) = record else { continue };
            builder.append_rejected(rejected, &origin).unwrap();
            let error = &rejected.error;
            expected.push(json!({
                "file": null, "record": place.record, "record_offset": place.offset,
                "line": error.line(), "column": error.column(), "offset": error.offset(),
                "pointer": error.pointer(), "kind": error.kind().name(), "message": rejected.message(),
                "remainder": rejected.remainder, "more": false, "raw": place.raw,
            }));
        }
        let rows = arrow_60::rows(&latest::record_batch(builder.next_batch().unwrap()).unwrap());
        assert_eq!(json!(rows), json!(expected), "{settings:?}");
    }
}

#[test]
fn documents_that_are_added_at_once_are_refused_one_by_one() {
    let job = |n: u32| {
        // More than one of those that are added together, none of them, and all of them.
        let completed_at = match n {
            0..200 if n.is_multiple_of(13) => "today",
            400..500 => "tomorrow",
            _ => "2026-09-04T13:40:00Z",
        };
        page(&format!(r#""status":"complete","completed_at":"{completed_at}""#), "")
    };
    let input: Vec<_> = (0..700).map(job).collect();
    let (input, arena) = (input.join("\n"), Arena::new());
    let batch = Parser::<JobPage>::new().parse_batch(input.as_bytes(), &arena);
    assert_eq!(batch.documents().len(), 700);
    let documents = || {
        batch.records().filter_map(|(place, record)| {
            Some((record.ok()? as &dyn Answer<'_>, Origin::of(None, &place)))
        })
    };
    let batches = |mut builder: TableBuilder| -> Vec<Rows> {
        iter::from_fn(|| builder.next_batch()).collect()
    };
    let all = || all().timestamps(Timestamps::Reject);
    let sizes = [1, 2, 63, 64, 65, 1000].map(|size| all().batch_rows(size));
    for options in sizes.into_iter().chain([all().batch_bytes(5000)]) {
        let (mut one_by_one, mut expected) =
            (TableBuilder::new(Table::Jobs, &options).unwrap(), Vec::new());
        for (document, origin) in documents() {
            let refused = one_by_one.append(document, &origin).err();
            expected.extend(refused.map(|error| (origin.record, error)));
        }
        assert_eq!(expected.len(), 116);
        let (mut at_once, mut refused) =
            (TableBuilder::new(Table::Jobs, &options).unwrap(), Vec::new());
        let noted = at_once.append_all(documents(), |error, origin| {
            refused.push((origin.record, error));
            Ok::<(), Infallible>(())
        });
        noted.unwrap();
        assert_eq!(refused, expected);
        assert_eq!(batches(at_once), batches(one_by_one), "{options:?}");

        // The first one that is refused is the last one that is seen.
        let mut until = TableBuilder::new(Table::Jobs, &options).unwrap();
        let failed =
            until.append_all(documents().skip(200), |error, origin| Err((origin.record, error)));
        assert_eq!(failed.unwrap_err().0, 400);
        assert_eq!(batches(until).iter().map(Rows::len).sum::<usize>(), 200);
    }
}

#[test]
fn the_size_of_batches_does_not_matter() {
    let settings = Settings { kind: Kind::Page, items: 7, ..settings()[0] };
    let (input, counts) = generate(settings, 60);
    let arena = Arena::new();
    let batch = Parser::<JobPage>::new().parse_batch(&input, &arena);
    let rows_of = |options: TableOptions| {
        let mut builder = TableBuilder::new(Table::Jobs, &options).unwrap();
        let mut batches = Vec::new();
        for (place, record) in &batch {
            let Ok(page) = record else { continue };
            builder.append(page, &Origin::of(None, &place)).unwrap();
            while builder.has_complete() {
                batches.extend(builder.next_batch());
            }
        }
        batches.extend(builder.next_batch());
        assert_eq!(builder.next_batch(), None);
        batches
    };
    let whole = rows_of(all());
    assert_eq!((whole.len(), whole[0].len() as u64), (1, counts.jobs));
    let values = |batches: &[Rows]| {
        let rows = |rows: &Rows| arrow_60::rows(&latest::record_batch(rows.clone()).unwrap());
        batches.iter().flat_map(rows).collect::<Vec<_>>()
    };
    for size in [0, 1, 2, 6, 7, 8, 50, 1000] {
        let batches = rows_of(all().batch_rows(size));
        let (last, others) = batches.split_last().unwrap();
        assert!(others.iter().all(|rows| (size..size + 8).contains(&rows.len())));
        assert!(last.len() < size + 8);
        assert_eq!(values(&batches), values(&whole), "{size}");
    }
    let batches = rows_of(all().batch_bytes(20_000));
    assert!(batches.len() > 4 && values(&batches) == values(&whole));
}

/// A page with one job with these attributes and relationships.
fn page(attributes: &str, relationships: &str) -> String {
    format!(
        r#"{{"data":[{{"type":"profile-bulk-import-job","id":"a","links":{{"self":"/a"}},
            "attributes":{{"created_at":"1970-01-01T00:00:01Z","total_count":3,{attributes}}},
            "relationships":{{{relationships}}}}}]}}"#
    )
}

/// The row of the only job of a page.
fn only_job(page: &str, options: &TableOptions) -> Result<Value, AppendErrorKind> {
    let arena = Arena::new();
    let lenient = Options::new().unknown_variants(UnknownVariants::Keep);
    let page = lenient.parser::<JobPage>().parse(page.as_bytes(), &arena).unwrap();
    let mut table = JobTable::new(options).unwrap();
    for job in page.jobs() {
        if let Err(error) = table.append(job) {
            assert!(table.is_empty());
            assert!(error.to_string().contains(error.column()), "{error}");
            return Err(error.kind());
        }
    }
    assert_eq!(table.len(), 1);
    let batch = latest::record_batch(table.finish()).unwrap();
    assert!(table.is_empty());
    Ok(json!(arrow_60::rows(&batch)[0]))
}

#[test]
fn options_say_what_becomes_of_statuses_and_timestamps() {
    let unknown = page(r#""status":"failed","started_at":"1970-01-01T01:00:00+01:00""#, "");
    let options = TableOptions::new().column_names(["started_at", "status"]);
    assert_eq!(only_job(&unknown, &options), Err(AppendErrorKind::Status));
    let as_text = options.clone().status(StatusType::Text);
    assert_eq!(only_job(&unknown, &as_text), Ok(json!({"started_at": 0, "status": "failed"})));

    let today = page(r#""status":"queued","started_at":"today""#, "");
    assert_eq!(only_job(&today, &options), Err(AppendErrorKind::Timestamp));
    let null = options.clone().timestamps(Timestamps::Null);
    assert_eq!(only_job(&today, &null), Ok(json!({"started_at": null, "status": "queued"})));
    let text = options.clone().timestamps(Timestamps::Text);
    assert_eq!(only_job(&today, &text), Ok(json!({"started_at": "today", "status": "queued"})));
    // A column that is not chosen has no say.
    let status = TableOptions::new().column_names(["status"]);
    assert_eq!(only_job(&today, &status), Ok(json!({"status": "queued"})));
}

#[test]
fn the_dictionary_is_the_same_in_every_batch() {
    for status in JobStatus::ALL {
        let page = page(&format!(r#""status":"{status}""#), "");
        let options = TableOptions::new().column_names(["status"]);
        assert_eq!(only_job(&page, &options), Ok(json!({"status": status.as_str()})));
    }
    let mut empty = JobTable::new(&TableOptions::new().column_names(["status"])).unwrap();
    let batch = latest::record_batch(empty.finish()).unwrap();
    let dictionary = arrow_array_60::cast::as_dictionary_array::<arrow_array_60::types::Int8Type>(
        batch.column(0),
    );
    let names = arrow_array_60::cast::as_string_array(dictionary.values());
    assert!(names.iter().flatten().eq(JobStatus::ALL.map(JobStatus::as_str)));
}

#[test]
fn identifiers_that_are_not_listed_are_not_none() {
    let options = TableOptions::new().column_names(["list_ids", "profile_ids", "import_error_ids"]);
    let page = page(
        r#""status":"queued""#,
        r#""lists":{"data":[]},"profiles":{"data":[{"type":"profile","id":"p"}]},"import-errors":{}"#,
    );
    let expected = json!({"list_ids": [], "profile_ids": ["p"], "import_error_ids": null});
    assert_eq!(only_job(&page, &options), Ok(expected));
}

#[test]
fn columns_that_there_are_not_are_errors_that_list_those_that_there_are() {
    let error =
        |table, options: TableOptions| TableBuilder::new(table, &options).unwrap_err().to_string();
    let names = |names: &[&'static str]| TableOptions::new().column_names(names.iter().copied());
    let known = "type, id, _file, _record, _line, _offset";
    assert_eq!(
        error(Table::Identifiers, names(&["id", "file"])),
        format!("the table identifiers has no column file; it has {known}")
    );
    assert_eq!(
        error(Table::Identifiers, names(&[])),
        format!("choose at least one column of the table identifiers; it has {known}")
    );
    assert_eq!(error(Table::Jobs, names(&["id", "id"])), "the column id is chosen twice");
    assert_eq!(
        "job".parse::<Table>().unwrap_err().to_string(),
        "there is no such table; there are jobs, lists, import_errors, errors, identifiers, rejects"
    );
}

#[test]
fn each_table_says_what_it_has() {
    for table in Table::ALL {
        assert_eq!(table.to_string().parse(), Ok(table));
        for (set, order) in [(ColumnSet::Core, 0), (ColumnSet::Ids, 1), (ColumnSet::All, 2)] {
            let builder = TableBuilder::new(table, &TableOptions::new().columns(set)).unwrap();
            let sets = [ColumnSet::Core, ColumnSet::Ids, ColumnSet::All];
            let expected = table.columns().filter(|column| sets[..=order].contains(&column.set));
            let expected: Vec<_> = expected.map(|column| (column.name, column.nullable)).collect();
            let fields = builder.fields().iter().map(|field| (&*field.name, field.nullable));
            assert!(fields.eq(expected), "{table}");
        }
        for column in table.columns() {
            assert!(column.about.ends_with('.') && column.about.len() > 8, "{}", column.name);
        }
    }
}
