//! The parser against the model: the same verdict and the same values for good, odd and broken text.

use crate::{DOCUMENT, model, odd_settings, records_of};
use jobview::{Arena, Category, ErrorKind, JobResponse, Kernel, Options, Parser};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape, generate};

/// Parses in `arena`, and fails where parser and model disagree.
fn compare(json: &[u8], arena: &mut Arena) {
    compare_with(&mut Parser::<JobResponse>::new(), json, arena);
}

fn compare_with(parser: &mut Parser, json: &[u8], arena: &mut Arena) {
    arena.reset();
    let parsed = parser.parse(json, arena).map(|response| response.into_owned());
    let shown = || String::from_utf8_lossy(json).into_owned();
    match (parsed, model::read(json)) {
        (Ok(parsed), Ok(expected)) => assert_eq!(parsed, expected, "{}", shown()),
        (Ok(_), Err(category)) => panic!("accepted what breaks {category:?}: {}", shown()),
        (Err(error), Ok(_)) => panic!("{error}: {}", shown()),
        // The parser reports what comes first, the model syntax before all.
        (Err(error), Err(category)) => assert!(
            error.category() == category || category == Category::Syntax,
            "{error}: {}",
            shown()
        ),
    }
}

#[test]
fn generated_documents_have_the_values_serde_json_reads() {
    let mut arena = Arena::new();
    for shape in [Shape::Poll, Shape::Inline, Shape::Wide] {
        for layout in Layout::ALL {
            let plain = Settings::new(11, shape, layout);
            let mut settings = Settings { unknown_members: ExtraMembers::Assorted, ..plain };
            let count = if shape == Shape::Wide { 1 } else { 60 };
            for seed in 0..count {
                settings.seed = seed;
                let (document, _) = generate(settings, 1);
                model::read(&document).unwrap();
                compare(&document, &mut arena);
            }
        }
    }
}

/// One parser for all, so that it knows some of what comes.
#[test]
fn documents_that_vary_have_the_values_serde_json_reads() {
    let mut arena = Arena::new();
    let mut parser = Parser::<JobResponse>::new();
    for shape in [Shape::Poll, Shape::Inline] {
        for layout in Layout::ALL {
            for settings in odd_settings(Settings::new(11, shape, layout)) {
                for document in records_of(settings, 20) {
                    model::read(&document).unwrap();
                    compare_with(&mut parser, &document, &mut arena);
                }
            }
        }
    }
}

#[test]
fn broken_records_are_judged_alike() {
    let mut arena = Arena::new();
    for shape in [Shape::Poll, Shape::Inline] {
        for layout in Layout::ALL {
            let plain = Settings::new(5, shape, layout);
            let [.., odd] = odd_settings(plain);
            for settings in [plain, odd] {
                let bad_every = std::num::NonZeroU64::new(1);
                let (records, _) = generate(Settings { bad_every, ..settings }, 60);
                for record in records.split(|&byte| byte == b'\n') {
                    compare(record, &mut arena);
                }
            }
        }
    }
}

#[test]
fn documents_cut_at_every_byte_end_unexpectedly() {
    let mut arena = Arena::new();
    let odd = DOCUMENT
        .replace("\"job\"", "\"j\\u006f\u{e9}\\ud83d\\ude00\u{1f600}b\"")
        .replace("\"total_count\":10", "\"t\\u006ftal_count\":-1.0e+2")
        .replacen('{', "{\"more\":[true,false,null,{\"\\n\":[]}],", 1);
    let documents = [DOCUMENT.to_owned(), odd];
    for document in documents {
        assert!(model::read(document.as_bytes()).is_ok(), "{document}");
        for end in 0..document.len() {
            let cut = &document.as_bytes()[..end];
            compare(cut, &mut arena);
            let error = Parser::<JobResponse>::new().parse(cut, &arena).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedEnd, "{error}");
            assert_eq!(error.offset(), end as u64);
        }
    }
}

fn every_byte_at_every_place(mut compare: impl FnMut(usize, &[u8])) {
    let mut document = DOCUMENT.as_bytes().to_vec();
    for at in 0..document.len() {
        let original = document[at];
        for byte in 0..=u8::MAX {
            document[at] = byte;
            compare(at, &document);
        }
        document[at] = original;
    }
}

#[test]
fn every_byte_at_every_place_is_judged_alike() {
    let mut arena = Arena::new();
    every_byte_at_every_place(|_, document| compare(document, &mut arena));
}

#[test]
fn every_byte_at_every_place_is_judged_alike_by_parsers_that_know_the_document() {
    let mut arena = Arena::new();
    let learned = |kernel| {
        let mut parser = Options::new().kernel(kernel).parser::<JobResponse>();
        for _ in 0..4 {
            compare_with(&mut parser, DOCUMENT.as_bytes(), &mut Arena::new());
        }
        parser
    };
    // The kernels in turn: each of them meets every part of the document.
    let learned: Vec<_> = Kernel::available().map(learned).collect();
    let mut parsers = learned.clone();
    every_byte_at_every_place(|at, document| {
        let kernel = at % learned.len();
        compare_with(&mut parsers[kernel], document, &mut arena);
        // Back to the document as it was, now and then.
        if document[at] == u8::MAX {
            parsers[kernel].clone_from(&learned[kernel]);
        }
    });
}

#[test]
fn every_piece_left_out_or_doubled_is_judged_alike() {
    let mut arena = Arena::new();
    for length in 1..=12 {
        for at in 0..DOCUMENT.len() - length {
            let (before, piece, after) =
                (&DOCUMENT[..at], &DOCUMENT[at..at + length], &DOCUMENT[at + length..]);
            compare([before, after].concat().as_bytes(), &mut arena);
            compare([before, piece, piece, after].concat().as_bytes(), &mut arena);
        }
    }
}

/// Values that fit in one place or another, or nowhere.
const ODD: [&str; 33] = [
    "0",
    "-0",
    "1.0",
    "1.5",
    "1e2",
    "1e400",
    "-1e-400",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "01",
    "1.",
    "null",
    "true",
    "nul",
    "[]",
    "{}",
    "[null]",
    r#"{"self":"x"}"#,
    r#"{"related":"x","self":""}"#,
    r#""""#,
    r#""list""#,
    r#""queued""#,
    r#""queue\u0064""#,
    r#""Queued""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d""#,
    r#""\udc00x""#,
    "\"\u{e9}\u{1f600}\"",
    "\"\t\"",
    r#"[{"type":"list","id":"1"}]"#,
    r#"[{"id":"1","type":"profile"},{"id":"2","id":"3","type":"profile"}]"#,
    "",
];

#[test]
fn odd_values_in_every_place_are_judged_alike() {
    let mut arena = Arena::new();
    for (colon, _) in DOCUMENT.match_indices(':') {
        if DOCUMENT.as_bytes()[colon - 1] != b'"' {
            continue;
        }
        // The value, as far as its first comma or closing bracket, is enough to put another there.
        let rest = &DOCUMENT[colon + 1..];
        for end in rest.match_indices([',', '}', ']']).map(|(end, _)| end).take(8) {
            for value in ODD {
                let document = [&DOCUMENT[..=colon], value, &rest[end..]].concat();
                compare(document.as_bytes(), &mut arena);
            }
        }
    }
}

#[test]
fn what_a_document_says_about_itself_is_kept_as_it_is_written() {
    let mut arena = Arena::new();
    let document = DOCUMENT.strip_suffix('}').unwrap();
    for value in ODD.into_iter().chain(["[1 , 2]", " {\"\\n\" : {}} ", "nulll", "[1,]"]) {
        compare(format!("{document},\"meta\":{value}}}").as_bytes(), &mut arena);
        compare(format!("{{\"meta\":{value},{}}}", &document[1..]).as_bytes(), &mut arena);
        let twice = format!("{document},\"m\\u0065ta\":{value},\"meta\":null}}");
        compare(twice.as_bytes(), &mut arena);
    }
}
