//! Tables of other documents, by `#[view(columns, crate = "jobview::gapwise")]`.

use crate::{arrow_58, arrow_59, arrow_60};
use jobview::gapwise::columns::ColumnarObject as _;
use jobview::gapwise::{self, Arena, Parser, Presence, RawJson, View};
use serde_json::{Value, json};

/// One field of each type that a column can have.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, crate = "jobview::gapwise")]
struct Reading<'a> {
    id: &'a str,
    ok: bool,
    i8: i8,
    i16: i16,
    i32: i32,
    i64: i64,
    u8: u8,
    u16: u16,
    u32: u32,
    u64: u64,
    f32: f32,
    f64: f64,
    unit: Unit,
    #[view(rename = "note-text")]
    note: Option<&'a str>,
    patch: Presence<i64>,
    raw: Option<RawJson<'a>>,
    values: &'a [f64],
    pairs: [u8; 2],
    nested: &'a [&'a [&'a str]],
    place: Option<Place<'a>>,
    places: &'a [Place<'a>],
    labels: &'a [(&'a str, Option<i64>)],
    #[view(flatten)]
    more: More<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, crate = "jobview::gapwise", rename_all = "lowercase")]
enum Unit {
    Celsius,
    Kelvin,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, crate = "jobview::gapwise")]
struct Place<'a> {
    name: &'a str,
    floor: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, crate = "jobview::gapwise")]
struct More<'a> {
    tag: Option<&'a str>,
}

const READING: &str = r#"{"id":"a","ok":true,"i8":-8,"i16":-16,"i32":-32,"i64":-64,"u8":8,"u16":16,"u32":32,"u64":64,
    "f32":0.5,"f64":-0.25,"unit":"kelvin","note-text":"n\u00e9","patch":3,"raw":{"a" : 1},"values":[1.5,2.0],"pairs":[1,2],
    "nested":[["x"],[],["y","z"]],"place":{"name":"roof","floor":null},"places":[{"name":"a","floor":1},{"name":"b"}],
    "labels":{"l":1,"m":null},"tag":"t"}"#;

/// What the row of [`READING`] must be.
fn expected() -> Value {
    let mut row: Value = serde_json::from_str(READING).unwrap();
    row["raw"] = json!("{\"a\" : 1}");
    row["places"][1]["floor"] = Value::Null;
    row["labels"] = json!([["l", 1], ["m", null]]);
    row
}

/// The same with nulls wherever there may be some, and nothing in lists.
fn sparse() -> (String, Value) {
    let mut row = expected();
    for name in ["note-text", "patch", "raw", "place", "tag"] {
        row[name] = Value::Null;
    }
    for name in ["values", "nested", "places", "labels"] {
        row[name] = json!([]);
    }
    let mut document = row.clone();
    document["labels"] = json!({});
    (document.to_string(), row)
}

#[test]
fn every_type_of_field_is_a_column_in_each_version_of_arrow() {
    let (sparse, sparse_row) = sparse();
    let full = READING.replace('\n', " ");
    let input = format!("{full}\n{sparse}\n{sparse}\n{full}\n");
    let arena = Arena::new();
    let batch = Parser::<Reading>::new().parse_batch(input.as_bytes(), &arena);
    assert_eq!(batch.rejected(), []);
    let mut rows = Reading::rows();
    for reading in batch.documents() {
        reading.push_row(&mut rows).unwrap();
    }
    let expected = json!([expected(), sparse_row, sparse_row, expected()]);
    let batch = jobview_arrow::arrow_60::record_batch(rows.clone()).unwrap();
    assert_eq!(json!(arrow_60::rows(&batch)), expected);
    let batch = jobview_arrow::arrow_59::record_batch(rows.clone()).unwrap();
    assert_eq!(json!(arrow_59::rows(&batch)), expected);
    let batch = jobview_arrow::arrow_58::record_batch(rows.clone()).unwrap();
    assert_eq!(json!(arrow_58::rows(&batch)), expected);

    // A batch that begins where another has ended, and one without rows.
    assert_eq!(rows.take().len(), 4);
    for _ in 0..2 {
        let batch = jobview_arrow::arrow_60::record_batch(rows.take()).unwrap();
        assert_eq!((batch.num_rows(), batch.num_columns()), (0, 23));
    }
}

#[test]
fn a_view_without_columns_has_rows() {
    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(columns, crate = "jobview::gapwise", constant("type", "ping"))]
    struct Ping {}
    let mut rows = Ping::rows();
    for _ in 0..3 {
        Ping {}.push_row(&mut rows).unwrap();
    }
    let batch = jobview_arrow::arrow_60::record_batch(rows).unwrap();
    assert_eq!((batch.num_rows(), batch.num_columns()), (3, 0));
}

#[test]
#[should_panic(expected = "two columns have the name tag")]
fn a_table_has_each_name_once() {
    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(columns, crate = "jobview::gapwise")]
    struct Tagged<'a> {
        #[view(flatten)]
        more: More<'a>,
        #[view(rest)]
        tag: &'a [(&'a str, RawJson<'a>)],
    }
    Tagged::rows();
}

#[test]
fn bytes_that_are_no_text_are_an_error_and_no_batch() {
    use gapwise::columns::{ColumnFull, ColumnType, Field, Rows};
    let mut rows = Rows::new(vec![Field::new("text", ColumnType::Text, false)]);
    rows.push(|columns| columns[0].push_bytes(b"\xff")).unwrap();
    let error = jobview_arrow::arrow_60::record_batch(rows).unwrap_err();
    assert!(error.to_string().contains("UTF-8"), "{error}");

    let mut rows = Rows::new(vec![Field::new("number", ColumnType::Int64, false)]);
    let pushed = rows.push::<ColumnFull>(|columns| {
        columns[0].push_null();
        Ok(())
    });
    pushed.unwrap();
    assert!(jobview_arrow::arrow_60::record_batch(rows).is_err());
}
