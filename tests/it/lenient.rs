//! What is let through, and what is checked, where the caller asks for it and nowhere else: statuses that the schema
//! does not name, and timestamps that are none.

use crate::peers::Peers;
use crate::{DOCUMENT, model, samples};
use jobview::{
    Arena, Category, Error, ErrorKind, Formats, JobDocument, JobPage, JobResponse, JobStatus,
    Jobs as _, Options, Parser, Timestamp, UnknownVariants, sparse::JobPage as SparseJobPage,
};

const KEEP: Options = Options::new().unknown_variants(UnknownVariants::Keep);
const CHECK: Options = Options::new().formats(Formats::Check);

fn with_status(status: &str) -> String {
    DOCUMENT.replace("\"processing\"", status)
}

fn error(options: Options, json: &str) -> Error {
    options.parser::<JobResponse>().parse(json.as_bytes(), &Arena::new()).unwrap_err()
}

#[test]
fn an_unknown_status_is_kept_where_it_stands_if_that_is_asked_for() {
    let document = with_status("\"failed\"");
    assert_eq!(error(Options::new(), &document).kind(), ErrorKind::NotInEnum);
    let arena = Arena::new();
    let mut parser = KEEP.parser::<JobResponse>();
    // Unescaped, it stands in the document; learned or not.
    for _ in 0..8 {
        let job = parser.parse(document.as_bytes(), &arena).unwrap().data;
        let JobStatus::Other(text) = job.attributes.status else { panic!("it is unknown") };
        assert_eq!(text, "failed");
        let range = document.as_bytes().as_ptr_range();
        assert!(range.contains(&text.as_ptr()));
        assert_eq!(
            (job.attributes.status.as_str(), job.attributes.status.is_final()),
            ("failed", false)
        );
        assert_eq!(job.into_owned().attributes.status.as_view(), job.attributes.status);
    }
    let escaped = with_status(r#""fail\u0065d""#);
    let job = parser.parse(escaped.as_bytes(), &arena).unwrap().data;
    assert_eq!(job.attributes.status, JobStatus::Other("failed"));
    // What the schema names is never another one, however it is spelled.
    let known = with_status(r#""queu\u0065d""#);
    let job = parser.parse(known.as_bytes(), &arena).unwrap().data;
    assert_eq!(job.attributes.status, JobStatus::Queued);
}

#[test]
fn whatever_stands_for_a_status_is_judged_as_the_model_does() {
    let long = |length| format!("\"{}\"", "x".repeat(length));
    let mut statuses: Vec<String> = [
        r#""failed""#,
        r#""failed""#,
        r#""complete""#,
        r#""""#,
        r#"" queued""#,
        r#""Queued""#,
        r#""fail\u0065d""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        "\"\u{e9}\"",
        "\"\t\"",
        r#""failed"#,
        r#""fa\"iled""#,
        "failed",
        "null",
        "7",
        "[]",
        "{}",
        "\"failed\" ",
        " \"failed\"",
        r#""processing""#,
        r#""failed""#,
        r#""\q""#,
    ]
    .map(str::to_owned)
    .into();
    statuses.extend([1, 30, 31, 64, 1000, 2100, 65_535].map(long));
    let documents: Vec<_> = statuses.iter().map(|status| with_status(status)).collect();
    let mut peers = Peers::new(KEEP)
        .taught("it", [DOCUMENT.as_bytes(); 4])
        .taught("others", documents.iter().map(String::as_bytes));
    for document in documents.iter().cycle().take(3 * documents.len()) {
        peers.parse(document.as_bytes());
        let parsed = KEEP
            .parser::<JobResponse>()
            .parse(document.as_bytes(), &Arena::new())
            .map(|view| view.into_owned());
        match (parsed, model::read_any_status(document.as_bytes())) {
            (Ok(parsed), Ok(expected)) => assert_eq!(parsed, expected),
            (Err(error), Err(category)) => assert_eq!(error.category(), category, "{error}"),
            (parsed, expected) => panic!("{parsed:?}\n{expected:?}\n{document}"),
        }
    }
    assert_eq!(error(KEEP, &with_status(&long(65_536))).kind(), ErrorKind::NotInEnum);
}

#[test]
fn every_byte_at_every_place_of_a_status_is_judged_as_the_model_does() {
    let document = with_status("\"failed\"");
    let mut learned = KEEP.parser::<JobResponse>();
    let mut arena = Arena::new();
    for _ in 0..4 {
        learned.parse(document.as_bytes(), &arena).unwrap();
    }
    let start = document.find("\"status\"").unwrap();
    let mut bytes = document.into_bytes();
    for place in start..start + "\"status\":\"failed\",".len() {
        let mut parser = learned.clone();
        for byte in 0..=u8::MAX {
            let before = std::mem::replace(&mut bytes[place], byte);
            arena.reset();
            let parsed = parser.parse(&bytes, &arena).map(|view| view.into_owned());
            let shown = || String::from_utf8_lossy(&bytes).into_owned();
            match (parsed, model::read_any_status(&bytes)) {
                (Ok(parsed), Ok(expected)) => assert_eq!(parsed, expected, "{}", shown()),
                (Err(error), Err(category)) => assert!(
                    error.category() == category || category == Category::Syntax,
                    "{error}: {}",
                    shown()
                ),
                (parsed, expected) => panic!("{parsed:?}\n{expected:?}\n{}", shown()),
            }
            bytes[place] = before;
        }
    }
}

#[test]
fn whatever_is_changed_all_parsers_agree_on_what_is_let_through_and_what_is_checked() {
    let options = KEEP.formats(Formats::Check);
    let text = with_status("\"failed\"");
    let mut peers = Peers::new(options).taught("it", [text.as_bytes(); 3]);
    let mut changed = text.clone().into_bytes();
    for place in 0..changed.len() {
        peers.parse(&text.as_bytes()[..place]);
        for &byte in b"\"\\{}[],:0n \n\xff".iter().cycle().skip(5 * place).take(4) {
            let before = std::mem::replace(&mut changed[place], byte);
            peers.parse(&changed);
            changed[place] = before;
        }
    }
}

#[test]
fn known_statuses_are_learned_as_ever_where_others_are_kept() {
    let stream: String = (0..400)
        .map(|n| with_status(if n % 20 == 3 { "\"failed\"" } else { "\"complete\"" }) + "\n")
        .collect();
    let mut parser = KEEP.parser::<JobResponse>();
    parser.parse_batch(stream.as_bytes(), &Arena::new());
    let misses = parser.layout().misses();
    let arena = Arena::new();
    let batch = parser.parse_batch(stream.as_bytes(), &arena);
    assert_eq!((batch.documents().len(), parser.layout().misses()), (400, misses));
    let others = batch.jobs().filter(|job| job.attributes.status == JobStatus::Other("failed"));
    assert_eq!(others.count(), 20);
    Peers::new(KEEP).records(stream.as_bytes());
}

#[test]
fn an_unknown_status_is_kept_in_pages_too_and_is_of_its_job_only() {
    let job = |id: &str, attributes: &str| {
        format!(
            r#"{{"type":"profile-bulk-import-job","id":"{id}","attributes":{{{attributes}}},"links":{{"self":"l"}}}}"#
        )
    };
    let full = |status: &str| {
        format!(r#""status":"{status}","created_at":"2026-09-04T13:40:00Z","total_count":1"#)
    };
    let jobs = [job("a", &full("failed")), job("b", &full("queued")), job("c", &full("paused"))];
    let page = format!(r#"{{"data":[{}]}}"#, jobs.join(","));
    let arena = Arena::new();
    let view = KEEP.parser::<JobPage>().parse(page.as_bytes(), &arena).unwrap();
    let statuses: Vec<_> = view.data.iter().map(|job| job.attributes.status).collect();
    assert_eq!(
        statuses,
        [JobStatus::Other("failed"), JobStatus::Queued, JobStatus::Other("paused")]
    );

    let sparse = [job("a", r#""status":"failed""#), job("b", r#""total_count":1"#)];
    let sparse = format!(r#"{{"data":[{}]}}"#, sparse.join(","));
    let view = KEEP.parser::<SparseJobPage>().parse(sparse.as_bytes(), &arena).unwrap();
    let statuses: Vec<_> = view.data.iter().map(|job| job.attributes.status).collect();
    assert_eq!(statuses, [Some(JobStatus::Other("failed")), None]);
    for page in [page, sparse] {
        Peers::<JobDocument>::of(KEEP).taught("it", [page.as_bytes(); 4]).parse(page.as_bytes());
        Peers::<SparseJobPage>::of(KEEP).taught("it", [page.as_bytes(); 4]).parse(page.as_bytes());
    }
}

#[cfg(feature = "serde")]
#[test]
fn an_unknown_status_is_written_as_its_text_and_read_where_that_is_asked_for() {
    use jobview::owned;
    use serde::de::DeserializeSeed;

    let document = with_status("\"failed\"");
    let arena = Arena::new();
    let mut parser = KEEP.parser::<JobResponse>();
    let view = parser.parse(document.as_bytes(), &arena).unwrap();
    let json = serde_json::to_string(view).unwrap();
    assert!(json.contains(r#""status":"failed""#), "{json}");
    assert_eq!(serde_json::to_string(&view.into_owned()).unwrap(), json);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(parser.seed(&arena).deserialize(value).unwrap(), view);
    let strict = serde_json::from_str::<owned::JobResponse>(&json).unwrap_err().to_string();
    assert!(strict.starts_with("not-in-enum at /data/attributes/status: "), "{strict}");
    assert!(serde_json::from_str::<owned::JobStatus>("\"failed\"").is_err());
    assert_eq!(serde_json::from_str("\"queued\"").ok(), Some(owned::JobStatus::Queued));
}

#[test]
fn timestamps_are_checked_if_that_is_asked_for_in_every_place() {
    let list = r#"{"type":"list","id":"l","attributes":{"created":"2026-09-04T13:40:00Z","updated":"2026-09-04T13:40:00.1Z"}}"#;
    let good = format!("{},\"included\":[{list}]}}", DOCUMENT.strip_suffix('}').unwrap());
    let texts = [
        "2026-09-04T13:40:00Z",
        "2026-09-04T13:40:00.123456789012345678901234567890+00:00",
        "2016-12-31T23:59:60Z",
        "2026-09-04t13:40:00z",
        "2026-09-04T13:40:00",
        "2026-09-04 13:40:00Z",
        "2026-02-30T00:00:00Z",
        "",
        "soon",
        "2026-09-04T13:40:60Z",
        r"2026-09-04T13:40:00\u005a",
        r"\u0032026",
        r"2026-09-04T13:40:00\q",
    ];
    let places: Vec<_> = ["created_at", "expires_at", "started_at", "created", "updated"]
        .map(|name| {
            let start = good.find(&format!("\"{name}\":\"")).unwrap() + name.len() + 4;
            start..start + good[start..].find('"').unwrap()
        })
        .into();
    let mut peers = Peers::<JobDocument>::of(CHECK).taught("it", [good.as_bytes(); 4]);
    let mut strict = CHECK.parser::<JobDocument>();
    let (mut accepted, mut rejected) = (0, 0);
    for place in places {
        for text in texts {
            let document = [&good[..place.start], text, &good[place.end..]].concat();
            peers.parse(document.as_bytes());
            let arena = Arena::new();
            let lax = Parser::<JobDocument>::new().parse(document.as_bytes(), &arena);
            let denoted = text.replace(r"\u005a", "Z").replace(r"\u0032", "2");
            match (strict.parse(document.as_bytes(), &arena), lax) {
                (Ok(view), lax) => {
                    assert_eq!(Some(view), lax.ok());
                    assert!(Timestamp::new(&denoted).unix_micros().is_ok(), "{text}");
                    accepted += 1;
                }
                (Err(error), Ok(_)) => {
                    assert!(Timestamp::new(&denoted).unix_micros().is_err(), "{text}");
                    assert_eq!(error.kind(), ErrorKind::InvalidFormat);
                    assert_eq!(error.offset(), place.start as u64 - 1);
                    assert!(
                        error.message().starts_with("expected an RFC 3339 date and time, found \"")
                    );
                    rejected += 1;
                }
                // It is no JSON.
                (Err(error), Err(other)) => assert_eq!(error, other),
            }
        }
    }
    assert_eq!((accepted, rejected), (5 * 5, 5 * 7));
}

#[test]
fn a_timestamp_that_is_none_is_named_by_line_column_and_pointer() {
    let (_, page) = samples::documents().into_iter().nth(2).unwrap();
    let stream = format!("\n{page}\n");
    let arena = Arena::new();
    let batch = CHECK.parser::<JobPage>().parse_batch(stream.as_bytes(), &arena);
    let error = &batch.rejected()[0].error;
    let column = page.find(r#""t","status""#).unwrap() as u64 + 1;
    assert_eq!((error.line(), error.column()), (2, column));
    assert_eq!(error.pointer(), "/data/1/attributes/created_at");
    assert_eq!(error.message(), r#"expected an RFC 3339 date and time, found "t""#);
}
