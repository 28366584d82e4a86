//! Views and owned documents through formats of serde: nothing is lost, nothing is accepted that the parser rejects.

use crate::mutation::{Mutation, mutations};
use crate::samples::{self, SORTS};
use crate::shapes::{self, Shape, generate, project};
use jobview::owned::{self, IntoOwned};
use jobview::{
    Arena, Document, DocumentKind, ErrorKind, ErrorResponse, IdentifierPage, ImportErrorPage,
    JobCompound, JobDocument, JobPage, JobResponse, JobStatus, Options, Parser, RawJson,
    ResourceType, Timestamp, sparse::ImportErrorPage as SparseImportErrorPage,
    sparse::JobCompound as SparseJobCompound, sparse::JobDocument as SparseJobDocument,
    sparse::JobPage as SparseJobPage,
};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt::Debug;

/// What a test may ask of every kind.
trait Kind: Document {
    type Owned: Serialize + DeserializeOwned + PartialEq + Debug;

    fn json(view: &Self::View<'_>) -> String;
    fn value(view: &Self::View<'_>) -> Value;
    fn cbor(view: &Self::View<'_>) -> Vec<u8>;
    fn owned(view: &Self::View<'_>) -> Self::Owned;
}

macro_rules! kinds {
    ($($kind:ident: $owned:path,)*) => {$(
        impl Kind for $kind<'static> {
            type Owned = $owned;

            fn json(view: &Self::View<'_>) -> String {
                serde_json::to_string(view).unwrap()
            }

            fn value(view: &Self::View<'_>) -> Value {
                serde_json::to_value(view).unwrap()
            }

            fn cbor(view: &Self::View<'_>) -> Vec<u8> {
                let mut bytes = vec![];
                ciborium::into_writer(view, &mut bytes).unwrap();
                bytes
            }

            fn owned(view: &Self::View<'_>) -> Self::Owned {
                IntoOwned::into_owned(*view)
            }
        }
    )*};
}

kinds! {
    JobResponse: owned::JobResponse,
    JobCompound: owned::JobCompound,
    SparseJobCompound: owned::sparse::JobCompound,
    JobPage: owned::JobPage,
    SparseJobPage: owned::sparse::JobPage,
    ImportErrorPage: owned::ImportErrorPage,
    SparseImportErrorPage: owned::sparse::ImportErrorPage,
    IdentifierPage: owned::IdentifierPage,
    ErrorResponse: owned::ErrorResponse,
    JobDocument: owned::JobDocument,
    SparseJobDocument: owned::sparse::JobDocument,
}

/// Calls a generic function for every kind.
macro_rules! for_every_kind {
    ($function:ident($($argument:expr),*)) => {
        $function::<JobResponse>($($argument),*);
        $function::<JobCompound>($($argument),*);
        $function::<SparseJobCompound>($($argument),*);
        $function::<JobPage>($($argument),*);
        $function::<SparseJobPage>($($argument),*);
        $function::<ImportErrorPage>($($argument),*);
        $function::<SparseImportErrorPage>($($argument),*);
        $function::<IdentifierPage>($($argument),*);
        $function::<ErrorResponse>($($argument),*);
        $function::<JobDocument>($($argument),*);
        $function::<SparseJobDocument>($($argument),*);
    };
}

/// Documents of all kinds, without the numbers that not all readers of JSON read alike.
fn documents() -> [(DocumentKind, String); 6] {
    samples::documents().map(|(kind, text)| {
        (kind, text.replace("1e400", "1e300").replace("\"meta\":-0", "\"meta\":-0.5"))
    })
}

/// Sends a valid document through every format, to owned documents and to views. Returns its JSON.
///
/// Members of any JSON may be written in another way afterwards, and no other time.
fn through_every_format<K: Kind>(text: &str) -> String {
    let arena = Arena::new();
    let mut parser = Parser::<K>::new();
    let view = parser.parse(text.as_bytes(), &arena).unwrap();
    let (json, cbor) = (K::json(view), K::cbor(view));
    let again = parser.parse(json.as_bytes(), &arena).unwrap();
    let owned = K::owned(again);
    assert_eq!(K::json(again), json);
    assert_eq!(serde_json::to_string(&K::owned(view)).unwrap(), json);
    assert_eq!(serde_json::from_str::<K::Owned>(text).unwrap(), owned, "{text}");
    assert_eq!(serde_json::from_str::<K::Owned>(&json).unwrap(), owned, "{text}");
    assert_eq!(serde_json::from_reader::<_, K::Owned>(text.as_bytes()).unwrap(), owned, "{text}");
    assert_eq!(ciborium::from_reader::<K::Owned, _>(&*cbor).unwrap(), owned, "{text}");
    let simd: K::Owned = simd_json::serde::from_slice(&mut text.as_bytes().to_vec()).unwrap();
    assert_eq!(simd, owned, "{text}");
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seeded = parser.seed(&arena).deserialize(&mut deserializer).unwrap();
    assert_eq!(seeded, again, "{text}");
    // Names in another order.
    let value: Value = serde_json::from_str(&json).unwrap();
    let seeded = parser.seed(&arena).deserialize(value).unwrap();
    assert_eq!(K::value(seeded), K::value(view), "{text}");
    json
}

#[test]
fn every_kind_comes_back_from_every_format() {
    for (kind, text) in documents() {
        match kind {
            DocumentKind::Response => {
                through_every_format::<JobResponse>(&text);
                through_every_format::<JobCompound>(&text)
            }
            DocumentKind::Compound => {
                through_every_format::<SparseJobCompound>(&text);
                through_every_format::<JobCompound>(&text)
            }
            DocumentKind::Page => {
                through_every_format::<SparseJobPage>(&text);
                through_every_format::<JobPage>(&text)
            }
            DocumentKind::ImportErrors => {
                through_every_format::<SparseImportErrorPage>(&text);
                through_every_format::<ImportErrorPage>(&text)
            }
            DocumentKind::Identifiers => through_every_format::<IdentifierPage>(&text),
            DocumentKind::Errors => through_every_format::<ErrorResponse>(&text),
            _ => unreachable!("no such document is among them"),
        };
        through_every_format::<JobDocument>(&text);
        through_every_format::<SparseJobDocument>(&text);
    }
}

#[test]
fn every_other_bulk_job_comes_back_from_every_format() {
    for sort in SORTS {
        for text in [sort.response(), sort.page()] {
            // A tree has no name twice.
            let text = text.replace(r#","size":"L""#, r#","fit":"L""#);
            let json = through_every_format::<JobDocument>(&text);
            assert_eq!(through_every_format::<SparseJobDocument>(&text), json);
        }
    }
}

#[test]
fn members_are_written_in_the_order_of_the_schema_and_absent_ones_left_out() {
    let text = documents().into_iter().find(|(kind, _)| *kind == DocumentKind::Page).unwrap().1;
    let json = through_every_format::<JobPage>(&text);
    let job = concat!(
        r#"{"type":"profile-bulk-import-job","id":"j1","attributes":{"status":"queued","#,
        r#""created_at":"2026-09-04T13:40:00+00:00","total_count":3,"completed_count":0},"#,
        r#""relationships":{"lists":{"data":[{"type":"list","id":"l1"},{"type":"list","id":"l2"}],"#,
        r#""links":{"self":"s","related":"r"}}},"links":{"self":"j"}}"#,
    );
    let other = concat!(
        r#"{"type":"profile-bulk-import-job","id":"j2","attributes":{"status":"complete","#,
        r#""created_at":"t","total_count":4,"started_at":"u"},"relationships":{"profiles":{"data":"#,
        r#"[{"type":"profile","id":"p1"}]}},"links":{"self":"/k"}}"#,
    );
    let list = concat!(
        r#"{"type":"list","id":"l1","attributes":{"name":"News\n","created":"c","#,
        r#""opt_in_process":"single_opt_in"},"links":{"self":"l"}}"#,
    );
    let links = r#"{"self":"/p","first":"/1","last":"/9","next":"/2"}"#;
    let expected = format!(
        r#"{{"data":[{job},{other},{job}],"included":[{list}],"links":{links},"meta":-0.5}}"#
    );
    assert_eq!(json, expected);
}

/// Makes documents at random: what is serialised must be what serde_json reads of them, less what the schema does not
/// name.
fn values_are_those_of_the_document<K: Kind>(shape: &Shape, sparse: bool) {
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    for count in 0..150 {
        let document = generate(shape, sparse, &mut random);
        let text = match count % 2 {
            0 => document.to_string(),
            _ => serde_json::to_string_pretty(&document).unwrap(),
        };
        let arena = Arena::new();
        let mut parser = Parser::<K>::new();
        let parsed = parser.parse(text.as_bytes(), &arena);
        let view = parsed.unwrap_or_else(|error| panic!("{error}: {text}"));
        let expected = project(shape, &document);
        assert_eq!(K::value(view), expected, "{text}");
        let written = through_every_format::<K>(&text);
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), expected, "{text}");
    }
}

#[test]
fn values_are_those_that_serde_json_reads_less_what_the_schema_does_not_name() {
    use values_are_those_of_the_document as check;
    check::<JobResponse>(&shapes::RESPONSE, false);
    check::<JobCompound>(&shapes::COMPOUND, false);
    check::<SparseJobCompound>(&shapes::COMPOUND, true);
    check::<JobPage>(&shapes::PAGE, false);
    check::<SparseJobPage>(&shapes::PAGE, true);
    check::<ImportErrorPage>(&shapes::IMPORT_ERRORS, false);
    check::<SparseImportErrorPage>(&shapes::IMPORT_ERRORS, true);
    check::<ErrorResponse>(&shapes::ERROR_RESPONSE, false);
    for shape in &shapes::IDENTIFIERS {
        check::<IdentifierPage>(shape, false);
        check::<JobDocument>(shape, false);
    }
    for shape in [&shapes::COMPOUND, &shapes::PAGE, &shapes::IMPORT_ERRORS, &shapes::ERROR_RESPONSE]
    {
        check::<JobDocument>(shape, false);
    }
    check::<SparseJobDocument>(&shapes::COMPOUND, true);
    check::<SparseJobDocument>(&shapes::PAGE, true);
}

/// Whether owned documents are what the parser says they are, from two readers of JSON.
fn judged_alike<K: Kind>(text: &[u8]) {
    let arena = Arena::new();
    let parsed = Parser::<K>::new().parse(text, &arena);
    let read = serde_json::from_slice::<K::Owned>(text);
    let shown = String::from_utf8_lossy(text);
    if let Err(error) = serde_json::from_slice::<Value>(text) {
        // No JSON, or what serde_json alone refuses: a byte order mark, numbers beyond f64.
        assert!(read.is_err(), "{error}: {shown}");
        return;
    }
    let read_by_simd = simd_json::serde::from_slice::<K::Owned>(&mut text.to_vec());
    match parsed {
        Ok(view) => {
            let owned = read.unwrap_or_else(|error| panic!("{error}: {shown}"));
            assert_eq!(serde_json::to_value(&owned).unwrap(), K::value(view), "{shown}");
            // simd-json refuses some numbers, and reads `-0` as an integer, which has no sign: only where it
            // reads what serde_json does, the owned document is the same.
            let tree = simd_json::serde::from_slice::<Value>(&mut text.to_vec());
            if tree.is_ok_and(|tree| tree == serde_json::from_slice::<Value>(text).unwrap()) {
                assert_eq!(read_by_simd.unwrap(), owned, "{shown}");
            }
        }
        Err(error) => {
            let place = format!("{} at {}: ", error.kind(), error.printable_pointer());
            for found in
                [read.expect_err(&shown).to_string(), read_by_simd.expect_err(&shown).to_string()]
            {
                assert!(found.contains(&place), "{found}: {error}: {shown}");
            }
        }
    }
}

#[test]
fn every_document_is_judged_alike_as_every_kind() {
    for (_, text) in documents() {
        for_every_kind!(judged_alike(text.as_bytes()));
        for (name, _) in text.match_indices("\":") {
            // A value that does not fit, a member that stands twice, a name that nobody knows.
            let value = format!("{}\":[null]{}", &text[..name], &text[name + 2..]);
            let twice = format!("{{\"data\":[],\"errors\":[],{}", &text[1..]);
            let unknown = format!("{}_{}", &text[..name], &text[name..]);
            for changed in [value, twice, unknown] {
                for_every_kind!(judged_alike(changed.as_bytes()));
            }
        }
    }
}

#[test]
fn a_negative_zero_keeps_the_sign_that_its_reader_gives_it() {
    let page = r#"{"data":[{"type":"import-error","id":"e1","attributes":{"code":"","title":"","detail":"",
        "source":{},"original_payload":[-0,-0.0,0]}}],"links":{"self":"/p"}}"#;
    judged_alike::<ImportErrorPage>(page.as_bytes());
    judged_alike::<JobDocument>(page.as_bytes());
}

fn changed() -> impl Strategy<Value = (usize, Vec<Mutation>)> {
    (0..documents().len(), mutations())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_documents_are_judged_alike((document, mutations) in changed()) {
        let (kind, text) = documents().into_iter().nth(document).unwrap();
        let mut text = text.into_bytes();
        for mutation in mutations {
            mutation.apply(&mut text);
        }
        judged_alike::<JobDocument>(&text);
        judged_alike::<SparseJobDocument>(&text);
        match kind {
            DocumentKind::Response => judged_alike::<JobResponse>(&text),
            DocumentKind::Compound => judged_alike::<JobCompound>(&text),
            DocumentKind::Page => judged_alike::<SparseJobPage>(&text),
            DocumentKind::ImportErrors => judged_alike::<SparseImportErrorPage>(&text),
            DocumentKind::Identifiers => judged_alike::<IdentifierPage>(&text),
            DocumentKind::Errors => judged_alike::<ErrorResponse>(&text),
            _ => unreachable!("no such document is among them"),
        }
    }
}

#[test]
fn integers_are_read_in_any_spelling_as_far_as_the_format_tells() {
    let status = |number: &str| {
        let text =
            format!(r#"{{"errors":[{{"code":"","title":"","detail":"","status":{number}}}]}}"#);
        let read = serde_json::from_str::<owned::ErrorResponse>(&text);
        read.map(|response| response.errors[0].status).map_err(|error| error.to_string())
    };
    for (number, expected) in [
        ("10.0", Some(10)),
        ("1E+1", Some(10)),
        ("-0", Some(0)),
        ("null", None),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        // An f64 by the time that it is looked at.
        ("1.00000000000000000001", Some(1)),
        ("9007199254740993.0", Some(9_007_199_254_740_992)),
    ] {
        assert_eq!(status(number), Ok(expected), "{number}");
    }
    for (number, kind) in [
        ("1.5", ErrorKind::NotAnInteger),
        ("9223372036854775808", ErrorKind::IntegerOutOfRange),
        ("-9223372036854775809", ErrorKind::IntegerOutOfRange),
        ("true", ErrorKind::WrongType),
    ] {
        let error = status(number).unwrap_err();
        assert!(error.starts_with(&format!("{kind} at /errors/0/status: ")), "{error}");
    }
}

#[test]
fn what_json_cannot_say_is_an_error() {
    let read = |meta: ciborium::Value| {
        let errors = ("errors".into(), ciborium::Value::Array(vec![]));
        let document = ciborium::Value::Map(vec![errors, ("meta".into(), meta)]);
        let mut bytes = vec![];
        ciborium::into_writer(&document, &mut bytes).unwrap();
        ciborium::from_reader::<owned::ErrorResponse, _>(&*bytes).map_err(|error| error.to_string())
    };
    let meta = read(ciborium::Value::Float(0.5)).unwrap().meta.unwrap();
    assert_eq!(meta.as_str(), "0.5");
    for (bad, words) in [
        (ciborium::Value::Float(f64::NAN), "expected a JSON value"),
        (ciborium::Value::Float(f64::INFINITY), "expected a JSON value"),
        (ciborium::Value::Bytes(vec![1]), "expected a JSON value"),
        (ciborium::Value::Map(vec![(1.into(), 2.into())]), "expected string"),
    ] {
        let error = read(bad.clone()).unwrap_err();
        assert!(error.contains(words), "{bad:?}: {error}");
    }
}

#[test]
fn numbers_beyond_f64_are_errors_when_they_are_written_and_never_others() {
    let json = RawJson::parse("[1e400]").unwrap();
    assert!(serde_json::to_string(&json).unwrap_err().to_string().contains("out of range"));
    let exact = "[18446744073709551615,-9223372036854775808,0.1,5e-324]";
    assert_eq!(serde_json::to_string(&RawJson::parse(exact).unwrap()).unwrap(), exact);
}

#[test]
fn nesting_ends_at_a_limit_wherever_it_stands() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let document = |depth| format!(r#"{{"errors":[],"meta":{}}}"#, nested(depth));
    // serde_json has its own limit, one less.
    assert!(serde_json::from_str::<owned::ErrorResponse>(&document(126)).is_ok());
    assert!(serde_json::from_str::<owned::ErrorResponse>(&document(127)).is_err());
    let by_simd = |depth| {
        let mut text = document(depth).into_bytes();
        simd_json::serde::from_slice::<owned::ErrorResponse>(&mut text)
    };
    assert!(by_simd(127).is_ok());
    // No level adds to what the error says: simd-json quotes what it is told.
    for depth in [128, 1000] {
        let error = by_simd(depth).unwrap_err().to_string();
        assert!(error.contains("nested deeper than the limit of 128"), "{error}");
        assert!(error.len() < 200, "{error}");
    }
    assert!(by_simd(100_000).is_err());
    let mut cbor = vec![0x81; 100_000];
    cbor.push(0);
    assert!(ciborium::from_reader::<owned::RawJson, _>(&*cbor).is_err());
    // What the parser takes and serde does not is an error when it is written.
    for (depth, is_ok) in [(127, true), (128, false), (1023, false)] {
        let (text, arena) = (document(depth), Arena::new());
        let mut parser = Parser::<ErrorResponse>::new();
        let response = parser.parse(text.as_bytes(), &arena).unwrap();
        assert_eq!(serde_json::to_string(response).is_ok(), is_ok, "{depth}");
        assert_eq!(serde_json::to_string(&response.into_owned()).is_ok(), is_ok, "{depth}");
    }
}

#[test]
fn a_full_arena_is_an_error_and_costs_nothing_else() {
    let value = json!({"errors": [], "meta": "x".repeat(100_000)});
    let mut parser = Options::new().max_arena_bytes(50_000).parser::<ErrorResponse>();
    let arena = Arena::new();
    let error = parser.seed(&arena).deserialize(&value).unwrap_err().to_string();
    assert_eq!(error, "arena-limit: the arena has reached its limit");
    assert!(parser.seed(&arena).deserialize(json!({"errors": []})).is_ok());
}

#[test]
fn a_seed_keeps_the_choices_of_its_parser() {
    let options = Options::new().unknown_members(jobview::UnknownMembers::Reject);
    let mut parser = options.parser::<ErrorResponse>();
    let arena = Arena::new();
    let value = json!({"errors": [], "links": {}});
    let error = parser.seed(&arena).deserialize(value).unwrap_err().to_string();
    assert_eq!(error, r#"unknown-member at /links: unknown member "links""#);
}

#[test]
fn small_values_have_their_names() {
    fn named<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug>(value: T, name: &str) {
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(name));
        assert_eq!(serde_json::from_value::<T>(json!(name)).unwrap(), value);
        assert!(serde_json::from_value::<T>(json!("nothing")).is_err());
        assert!(serde_json::from_value::<T>(json!(7)).is_err());
    }
    JobStatus::ALL.into_iter().for_each(|status| named(status.into_owned(), status.as_str()));
    ResourceType::ALL.into_iter().for_each(|one| named(one, one.as_str()));
    DocumentKind::ALL.into_iter().for_each(|kind| named(kind, kind.as_str()));
    let timestamp = Timestamp::new("t");
    let owned: owned::Timestamp = serde_json::from_str("\"\\u0074\"").unwrap();
    assert_eq!(owned, timestamp.into_owned());
    assert_eq!(serde_json::to_string(&owned).unwrap(), "\"t\"");
    assert_eq!(serde_json::to_string(&timestamp).unwrap(), "\"t\"");
    let json: owned::RawJson = serde_json::from_str(" [ 1 , {\"\\u0061\" : null} ] ").unwrap();
    assert_eq!(json.as_str(), r#"[1,{"a":null}]"#);
    let error = serde_json::from_str::<owned::JobStatus>("\"done\"").unwrap_err().to_string();
    assert!(error.contains("expected one of `cancelled`, `complete`"), "{error}");
}
