//! Views as columns: what they hold is compared with what is written here, and with what serde writes of the view.

use gapwise::columns::{Column, ColumnType, Columnar, ColumnarObject, Field, Rows, Values};
use gapwise_derive::View;
use jobview::gapwise::Presence;
use jobview::{Arena, Document, Parser, RawJson};

/// A column in short: a digit for each value if some are null, and the values. Whatever has offsets begins with these.
fn shown(column: &Column) -> String {
    let validity = column.validity();
    let all = (0..validity.len()).map(|n| if validity.is_valid(n) { '1' } else { '0' });
    let bits: String =
        if validity.nulls() > 0 { all.chain([' ']).collect() } else { String::new() };
    bits + &match column.values() {
        Values::Bytes { offsets, bytes } => {
            format!("{offsets:?} {}", str::from_utf8(bytes).expect("only texts"))
        }
        Values::List { offsets, items } => format!("{offsets:?} ({})", shown(items)),
        Values::Map { offsets, names, items } => {
            format!("{offsets:?} ({}: {})", shown(names), shown(items))
        }
        Values::Struct(fields) => format!("{{{}}}", shown_all(fields)),
        plain => format!("{plain:?}"),
    }
}

fn shown_all(columns: &[Column]) -> String {
    columns.iter().map(shown).collect::<Vec<_>>().join("; ")
}

/// A field in short, with a question mark if it may be null.
fn said(field: &Field) -> String {
    let of = match &field.column_type {
        ColumnType::List(item) => format!("list of {}", said(item)),
        ColumnType::Map(item) => format!("map of {}", said(item)),
        ColumnType::Struct(fields) => format!("{{{}}}", said_all(fields)),
        plain => format!("{plain:?}"),
    };
    format!("{}{} {of}", field.name, if field.nullable { "?" } else { "" })
}

fn said_all(fields: &[Field]) -> String {
    fields.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// The table of some documents.
fn table<D: Document>(texts: &[&str]) -> Rows
where
    for<'a> D::View<'a>: ColumnarObject,
{
    let (arena, mut parser) = (Arena::new(), Parser::<D>::new());
    let mut rows = D::View::rows();
    for text in texts {
        let view = parser.parse(text.as_bytes(), &arena).unwrap();
        view.push_row(&mut rows).unwrap();
    }
    rows
}

/// That a table has these columns: for each, its field and its values in short.
fn has(rows: &Rows, columns: &[(&str, &str)]) {
    let found = rows.fields().iter().zip(rows.columns());
    let found: Vec<_> = found.map(|(field, column)| (said(field), shown(column))).collect();
    for ((field, values), (expected_field, expected_values)) in found.iter().zip(columns) {
        assert_eq!((&**field, &**values), (*expected_field, *expected_values));
    }
    assert_eq!(found.len(), columns.len());
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, rename_all = "camelCase")]
struct Numbers {
    small: i8,
    is_set: bool,
    short: i16,
    of_32_bits: i32,
    #[view(or_text)]
    long: i64,
    byte: u8,
    word: u16,
    double_word: u32,
    #[view(rename = "all 64 bits")]
    r#final: u64,
    single: f32,
    #[view(default)]
    double: f64,
}

#[test]
fn numbers_are_as_they_are_in_the_view_under_the_names_of_the_members() {
    let rows = table::<Numbers>(&[
        r#"{"small":-128,"isSet":true,"short":-2,"of32Bits":-3,"long":"4","byte":255,"word":5,
                "doubleWord":6,"all 64 bits":18446744073709551615,"single":0.5,"double":1e300}"#,
        r#"{"small":1,"isSet":false,"short":2,"of32Bits":3,"long":-4,"byte":0,"word":6,
                "doubleWord":7,"all 64 bits":8,"single":-1}"#,
    ]);
    has(
        &rows,
        &[
            ("small Int8", "Int8([-128, 1])"),
            ("isSet Bool", "Bool([true, false])"),
            ("short Int16", "Int16([-2, 2])"),
            ("of32Bits Int32", "Int32([-3, 3])"),
            ("long Int64", "Int64([4, -4])"),
            ("byte UInt8", "UInt8([255, 0])"),
            ("word UInt16", "UInt16([5, 6])"),
            ("doubleWord UInt32", "UInt32([6, 7])"),
            ("all 64 bits UInt64", "UInt64([18446744073709551615, 8])"),
            ("single Float32", "Float32([0.5, -1.0])"),
            ("double Float64", "Float64([1e300, 0.0])"),
        ],
    );
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
#[expect(clippy::type_complexity, reason = "that lists may be within lists is what is tested")]
struct Lists<'a> {
    counts: &'a [i64],
    texts: Option<&'a [Option<&'a str>]>,
    matrix: &'a [&'a [u8]],
    pair: [f32; 2],
    points: Presence<&'a [Point]>,
    sizes: &'a [(&'a str, u32)],
    names: Option<&'a [(&'a str, &'a [(&'a str, Option<Point>)])]>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Point {
    x: i8,
    y: Option<i8>,
}

#[test]
fn lists_arrays_and_maps_are_one_after_another() {
    let rows = table::<Lists<'static>>(&[
        r#"{"counts":[1,2],"texts":["a",null,"bc"],"matrix":[[1],[],[2,3]],"pair":[1,2],
                "points":[{"x":1},{"x":2,"y":3}],"sizes":{"a":1,"":2},
                "names":{"en":{"p":{"x":7,"y":8},"q":null}}}"#,
        r#"{"counts":[],"matrix":[],"pair":[3,4],"points":null,"sizes":{}}"#,
        r#"{"counts":[3],"texts":[],"matrix":[[4]],"pair":[5,6],"sizes":{"a":3},"names":{}}"#,
    ]);
    has(
        &rows,
        &[
            ("counts list of item Int64", "[0, 2, 2, 3] (Int64([1, 2, 3]))"),
            ("texts? list of item? Text", "101 [0, 3, 3, 3] (101 [0, 1, 1, 3] abc)"),
            (
                "matrix list of item list of item UInt8",
                "[0, 3, 3, 4] ([0, 1, 1, 3, 4] (UInt8([1, 2, 3, 4])))",
            ),
            ("pair list of item Float32", "[0, 2, 4, 6] (Float32([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))"),
            (
                "points? list of item {x Int8, y? Int8}",
                "100 [0, 2, 2, 2] ({Int8([1, 2]); 01 Int8([0, 3])})",
            ),
            ("sizes map of value UInt32", "[0, 2, 2, 3] ([0, 1, 1, 2] aa: UInt32([1, 2, 3]))"),
            (
                "names? map of value map of value? {x Int8, y? Int8}",
                "101 [0, 1, 1, 1] ([0, 2] en: [0, 2] ([0, 1, 2] pq: \
                 10 {10 Int8([7, 0]); 10 Int8([8, 0])}))",
            ),
        ],
    );
}

fn is_color(text: &str) -> bool {
    text.starts_with('#')
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, format = "a color", check = is_color)]
struct Color<'a>(&'a str);

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, rename_all = "kebab-case")]
enum Level {
    Debug,
    #[view(alias = "warning", rename = "warn")]
    Warning,
    VeryBad,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
enum Kind<'a> {
    Push,
    #[view(alias = "PR")]
    Pull,
    #[view(other)]
    Other(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
enum Known<'a> {
    One,
    #[view(unknown)]
    Unknown(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Texts<'a> {
    text: &'a str,
    color: Option<Color<'a>>,
    level: Level,
    levels: &'a [Option<Level>],
    kind: Kind<'a>,
    known: Option<Known<'a>>,
    raw: RawJson<'a>,
    more: Presence<RawJson<'a>>,
}

#[test]
fn choices_are_indices_if_they_keep_no_other_texts() {
    let rows = table::<Texts<'static>>(&[
        r##"{"text":"\u00e4","color":"#f00","level":"warning","levels":["debug",null,"warn"],
                "kind":"PR","known":"One","raw":[1, 2],"more":null}"##,
        r#"{"text":"","color":null,"level":"very-bad","levels":[],"kind":"fork","raw":null,
                "more":"b"}"#,
    ]);
    let level = r#"Choice(["debug", "warn", "very-bad"])"#;
    has(
        &rows,
        &[
            ("text Text", "[0, 2, 2] \u{e4}"),
            ("color? Text", "10 [0, 4, 4] #f00"),
            (&format!("level {level}"), "Int8([1, 2])"),
            (&format!("levels list of item? {level}"), "[0, 3, 3] (101 Int8([0, 0, 1]))"),
            ("kind Text", "[0, 4, 8] Pullfork"),
            ("known? Text", "10 [0, 3, 3] One"),
            ("raw Json", "[0, 6, 10] [1, 2]null"),
            ("more? Json", "01 [0, 0, 3] \"b\""),
        ],
    );
    assert_eq!(Known::column_type(), ColumnType::Text);
    let mut column = Column::new(&ColumnType::Text);
    Known::Unknown("two").push(&mut column).unwrap();
    assert_eq!(shown(&column), "[0, 3] two");
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, rename_all = "UPPERCASE", constant("type", "event"))]
struct Event<'a> {
    id: u8,
    #[view(flatten)]
    origin: Origin<'a>,
    #[view(rest)]
    other_members: &'a [(&'a str, RawJson<'a>)],
    #[view(skip)]
    seen: Option<u128>,
    point: Option<Point>,
    #[view(flatten)]
    none: Nothing,
    #[view(not_null)]
    last: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Origin<'a> {
    source: &'a str,
    #[view(flatten)]
    deeper: Deeper,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Deeper {
    depth: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns)]
struct Nothing {}

#[test]
fn members_have_columns_in_the_order_of_the_declaration() {
    let rows = table::<Event<'static>>(&[
        r#"{"type":"event","ID":1,"source":"a","depth":2,"x":[ ],"POINT":{"x":1,"y":2},"z":0}"#,
        r#"{"LAST":true,"ID":2,"type":"event","source":"bc"}"#,
    ]);
    has(
        &rows,
        &[
            ("ID UInt8", "UInt8([1, 2])"),
            ("source Text", "[0, 1, 3] abc"),
            ("depth? UInt16", "10 UInt16([2, 0])"),
            ("other_members map of value Json", "[0, 2, 2] ([0, 1, 2] xz: [0, 3, 4] [ ]0)"),
            ("POINT? {x Int8, y? Int8}", "10 {10 Int8([1, 0]); 10 Int8([2, 0])}"),
            ("LAST? Bool", "01 Bool([false, true])"),
        ],
    );
    assert_eq!(Nothing::column_type(), ColumnType::Struct(vec![]));
    assert_eq!(Event::column_type(), ColumnType::Struct(rows.fields().to_vec()));
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, sparse = "SparseArticle")]
struct Article<'a> {
    #[view(always)]
    id: &'a str,
    #[view(sparse = "SparseAttributes<'a>")]
    attributes: Attributes<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(columns, sparse = "SparseAttributes")]
struct Attributes<'a> {
    title: &'a str,
    level: Level,
}

#[test]
fn sparse_twins_have_columns_that_may_be_null() {
    let rows =
        table::<Article<'static>>(&[r#"{"id":"1","attributes":{"title":"a","level":"debug"}}"#]);
    let level = r#"Choice(["debug", "warn", "very-bad"])"#;
    let attributes = format!("attributes {{title Text, level {level}}}");
    has(&rows, &[("id Text", "[0, 1] 1"), (&attributes, "{[0, 1] a; Int8([0])}")]);
    let rows = table::<SparseArticle<'static>>(&[
        r#"{"id":"1"}"#,
        r#"{"id":"2","attributes":{"level":"warn"}}"#,
    ]);
    let attributes = format!("attributes {{title? Text, level? {level}}}");
    has(&rows, &[("id Text", "[0, 1, 2] 12"), (&attributes, "{00 [0, 0, 0] ; 01 Int8([0, 1])}")]);
}

/// Takes rows apart again, and compares them with what serde writes of the views.
#[cfg(feature = "serde")]
mod written {
    use super::*;
    use crate::documents::{self, Draw};
    use crate::shapes::views;
    use crate::twins::for_each;
    use serde::Serialize;
    use serde_json::{Value, json};
    use std::ops::Range;

    fn at(offsets: &[i32], index: usize) -> Range<usize> {
        offsets[index] as usize..offsets[index + 1] as usize
    }

    /// One value of a column.
    fn value(column_type: &ColumnType, column: &Column, index: usize) -> Value {
        if !column.validity().is_valid(index) {
            return Value::Null;
        }
        match (column_type, column.values()) {
            (ColumnType::Choice(names), Values::Int8(values)) => {
                json!(names[values[index] as usize])
            }
            (_, Values::Bool(values)) => json!(values[index]),
            (_, Values::Int8(values)) => json!(values[index]),
            (_, Values::Int16(values)) => json!(values[index]),
            (_, Values::Int32(values)) => json!(values[index]),
            (_, Values::Int64(values)) => json!(values[index]),
            (_, Values::UInt8(values)) => json!(values[index]),
            (_, Values::UInt16(values)) => json!(values[index]),
            (_, Values::UInt32(values)) => json!(values[index]),
            (_, Values::UInt64(values)) => json!(values[index]),
            (_, Values::Float32(values)) => json!(values[index]),
            (_, Values::Float64(values)) => json!(values[index]),
            (ColumnType::Json, Values::Bytes { offsets, bytes }) => {
                serde_json::from_slice(&bytes[at(offsets, index)]).unwrap()
            }
            (_, Values::Bytes { offsets, bytes }) => {
                json!(str::from_utf8(&bytes[at(offsets, index)]).unwrap())
            }
            (ColumnType::List(item), Values::List { offsets, items }) => {
                at(offsets, index).map(|n| value(&item.column_type, items, n)).collect()
            }
            (ColumnType::Map(item), Values::Map { offsets, names, items }) => {
                let entry = |n| {
                    let name = value(&ColumnType::Text, names, n);
                    (name.as_str().unwrap().to_owned(), value(&item.column_type, items, n))
                };
                at(offsets, index).map(entry).collect()
            }
            (ColumnType::Struct(fields), Values::Struct(columns)) => row(fields, columns, index),
            (column_type, values) => panic!("{column_type:?} with {values:?}"),
        }
    }

    fn row(fields: &[Field], columns: &[Column], index: usize) -> Value {
        let member = |(field, column): (&Field, &Column)| {
            let value = value(&field.column_type, column, index);
            assert!(field.nullable || !value.is_null() || field.column_type == ColumnType::Json);
            (field.name.clone().into_owned(), value)
        };
        fields.iter().zip(columns).map(member).collect()
    }

    /// The value without members that are null: absent and `null` are one in a column.
    fn without_nulls(value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(without_nulls).collect(),
            Value::Object(members) => {
                let there = members.into_iter().filter(|(_, value)| !value.is_null());
                there.map(|(name, value)| (name, without_nulls(value))).collect()
            }
            plain => plain,
        }
    }

    /// That rows have the values of the views, in the order of the documents.
    fn have_the_same<D: Document>(seed: u64, document: fn(&mut Draw) -> String)
    where
        for<'a> D::View<'a>: ColumnarObject + Serialize,
    {
        let (mut rows, mut expected) = (D::View::rows(), vec![]);
        for_each::<D>(seed, document, |text, view| {
            view.push_row(&mut rows).unwrap();
            expected.push((text.to_owned(), serde_json::to_value(view).unwrap()));
        });
        assert_eq!(rows.len(), expected.len());
        for (index, (text, expected)) in expected.into_iter().enumerate() {
            let found = row(rows.fields(), rows.columns(), index);
            assert_eq!(without_nulls(found), without_nulls(expected), "{text}");
        }
    }

    #[test]
    fn rows_have_the_values_of_the_views() {
        have_the_same::<views::Event<'static>>(1, documents::event);
        have_the_same::<views::Flat<'static>>(2, documents::flat);
        have_the_same::<views::Everything<'static>>(3, documents::everything);
    }
}
