//! Many records: framing, what is rejected, and that nothing is lost.

use crate::DOCUMENT;
use jobview::{
    Arena, Error, ErrorKind, Framing, JobResponse, Options, Parser, Position, Record, owned,
};

/// What became of the records of an input: an id or the kind of error, and the raw bytes.
#[derive(Debug, PartialEq)]
struct Outcome {
    result: Result<String, ErrorKind>,
    raw: Vec<u8>,
    remainder: bool,
}

fn outcomes(input: &[u8], options: Options) -> Vec<Outcome> {
    let arena = Arena::new();
    let mut parser = options.parser::<JobResponse>();
    let mut records = parser.records(input, &arena);
    let mut outcomes = Vec::new();
    while let Some(record) = records.next() {
        let raw = records.raw().to_vec();
        outcomes.push(match record {
            Ok(response) => {
                Outcome { result: Ok(response.data.id.to_owned()), raw, remainder: false }
            }
            Err(rejected) => {
                assert_eq!(rejected.raw, raw);
                let result = Err(rejected.error.kind());
                Outcome { result, raw, remainder: rejected.remainder }
            }
        });
    }
    assert_eq!(records.position().offset(), input.len() as u64);
    assert!(records.next().is_none());
    outcomes
}

fn results(input: &[u8], framing: Framing) -> Vec<Result<String, ErrorKind>> {
    results_with(input, Options::new().framing(framing))
}

fn results_with(input: &[u8], options: Options) -> Vec<Result<String, ErrorKind>> {
    outcomes(input, options).into_iter().map(|outcome| outcome.result).collect()
}

fn job(id: &str) -> String {
    DOCUMENT.replace("\"job\"", &format!("\"{id}\""))
}

fn ok(id: &str) -> Result<String, ErrorKind> {
    Ok(id.to_owned())
}

const NOT_JSON: Result<String, ErrorKind> = Err(ErrorKind::InvalidLiteral);
const NO_JOB: Result<String, ErrorKind> = Err(ErrorKind::MissingMember);

#[test]
fn ndjson_goes_on_at_the_next_line() {
    let (a, b) = (job("a"), job("b"));
    let cut = &a[..100];
    for end in ["\n", "\r\n"] {
        let input = format!("{a}{end}{end}  \t{end}oops{end}{cut}{end}{{}}{end}{b}");
        let expected = [ok("a"), NOT_JSON, Err(ErrorKind::UnexpectedEnd), NO_JOB, ok("b")];
        assert_eq!(results(input.as_bytes(), Framing::Ndjson), expected);
        assert_eq!(results(format!("{input}{end}").as_bytes(), Framing::Ndjson), expected);
        assert_eq!(outcomes(input.as_bytes(), Options::new())[1].raw, b"oops");
    }
}

#[test]
fn two_documents_on_a_line_are_one_bad_record() {
    let input = format!("{0}{0}\n{0}\n", job("a"));
    assert_eq!(
        results(input.as_bytes(), Framing::Ndjson),
        [Err(ErrorKind::TrailingBytes), ok("a")]
    );
}

#[test]
fn elements_of_an_array_are_records() {
    let (a, b) = (job("a"), job("b"));
    for input in ["[]", " [ ] \n"] {
        assert_eq!(results(input.as_bytes(), Framing::Array), []);
    }
    let input = format!("\u{feff}\n[{a}\n,\n{{}}, 1, null ,[{a}],{b} ] ");
    let wrong = || Err(ErrorKind::WrongType);
    let expected = [ok("a"), NO_JOB, wrong(), wrong(), wrong(), ok("b")];
    assert_eq!(results(input.as_bytes(), Framing::Array), expected);
    assert_eq!(Framing::detect(input.as_bytes()).framing, Framing::Array);
}

#[test]
fn an_array_that_loses_its_framing_hands_back_the_rest() {
    let (a, b) = (job("a"), job("b"));
    for (rest, kind) in [
        ("", ErrorKind::UnexpectedEnd),
        (",", ErrorKind::UnexpectedEnd),
        (",]", ErrorKind::UnexpectedByte),
        (", oops, {}]", ErrorKind::InvalidLiteral),
        (" {}]", ErrorKind::UnexpectedByte),
        ("}", ErrorKind::UnexpectedByte),
        ("] x", ErrorKind::TrailingBytes),
        ("]]", ErrorKind::TrailingBytes),
    ] {
        let input = format!("[{a},{b}{rest}");
        let outcomes = outcomes(input.as_bytes(), Options::new().framing(Framing::Array));
        let last = outcomes.last().unwrap();
        assert_eq!(outcomes.len(), 3, "{rest}");
        assert_eq!(last.result, Err(kind), "{rest}");
        assert!(last.remainder && input.as_bytes().ends_with(&last.raw), "{rest}");
    }
    assert_eq!(results(b"{}", Framing::Array), [Err(ErrorKind::UnexpectedByte)]);
    assert_eq!(results(b"", Framing::Array), [Err(ErrorKind::UnexpectedEnd)]);
    assert_eq!(results(b"[", Framing::Array), [Err(ErrorKind::UnexpectedEnd)]);
}

#[test]
fn concatenated_documents_need_nothing_between_them() {
    let (a, b) = (job("a"), job("b"));
    let pretty = a.replace(',', ",\n  ").replace('{', "{\n");
    let input = format!("{pretty}\n{b}{a} {{}}[1]{b}\n\n");
    let expected = [ok("a"), ok("b"), ok("a"), NO_JOB, Err(ErrorKind::WrongType), ok("b")];
    assert_eq!(results(input.as_bytes(), Framing::Concatenated), expected);
    assert_eq!(Framing::detect(input.as_bytes()).framing, Framing::Concatenated);
    assert_eq!(results(b"", Framing::Concatenated), []);
}

#[test]
fn concatenated_documents_after_a_malformed_one_are_handed_back_with_it() {
    let (a, b) = (job("a"), job("b"));
    let input = format!("{a}\n{{\"data\":oops}}\n{b}");
    let outcomes = outcomes(input.as_bytes(), Options::new().framing(Framing::Concatenated));
    assert_eq!(outcomes.len(), 2);
    assert_eq!(outcomes[1].raw, input.as_bytes()[a.len() + 1..]);
    assert!(outcomes[1].remainder);

    let arena = Arena::new();
    let mut parser = Options::new().framing(Framing::Concatenated).parser::<JobResponse>();
    let batch = parser.parse_batch(input.as_bytes(), &arena);
    assert!(
        batch.rejected()[0]
            .to_string()
            .ends_with("without the option `framing` parsing goes on behind the damage")
    );
}

#[test]
fn record_separators_let_parsing_go_on() {
    let (a, b) = (job("a"), job("b"));
    let cut = &a[..200];
    let input = format!("\u{1e}{a}\n\u{1e}\u{1e}{cut}\u{1e}oops\n\u{1e}{b}\n");
    let outcomes = outcomes(input.as_bytes(), Options::new());
    let results: Vec<_> = outcomes.iter().map(|outcome| outcome.result.clone()).collect();
    assert_eq!(results, [ok("a"), Err(ErrorKind::UnexpectedEnd), NOT_JSON, ok("b")]);
    assert_eq!(outcomes[1].raw, cut.as_bytes());
    assert!(outcomes.iter().all(|outcome| !outcome.remainder));
}

#[test]
fn too_large_records_are_rejected_and_passed_over_in_every_framing() {
    let small = job("a");
    let options = Options::new().max_record_bytes(small.len());
    // A byte too many is too many.
    for longer in [2, 3, 500] {
        let large = job(&"b".repeat(longer));
        let inputs = [
            format!("{small}\n{large}\n{small}\n{large}"),
            format!("[{small},{large},{small},{large}]"),
            format!("{small}{large}{small}{large}"),
        ];
        for input in inputs {
            let results = results_with(input.as_bytes(), options);
            let too_large = || Err(ErrorKind::RecordSizeLimit);
            assert_eq!(results, [ok("a"), too_large(), ok("a"), too_large()], "{input}");
        }
    }
}

#[test]
fn bad_records_that_are_not_too_large_keep_what_is_wrong_with_them() {
    // As long as it may be.
    let bad = DOCUMENT.replace("\"job\"", "1");
    let options = Options::new().max_record_bytes(bad.len());
    for input in [format!("{bad}\n{bad}"), format!("[{bad},{bad}]"), format!("{bad}{bad}")] {
        let results = results_with(input.as_bytes(), options);
        assert_eq!(results, [Err(ErrorKind::WrongType), Err(ErrorKind::WrongType)], "{input}");
    }
    let cut = &bad[..20];
    for (input, framing) in
        [(format!("[{cut}"), Framing::Array), (cut.to_owned(), Framing::Concatenated)]
    {
        let outcomes = outcomes(input.as_bytes(), options.framing(framing));
        let [Outcome { result, remainder, .. }] = &*outcomes else { panic!("{input}") };
        assert_eq!((result, *remainder), (&Err(ErrorKind::UnexpectedEnd), true), "{input}");
    }
}

#[test]
fn documents_for_which_the_arena_has_no_room_are_rejected_under_their_numbers() {
    let lines: Vec<_> = (100..300).map(|number| job(&number.to_string())).collect();
    let input = lines.join("\n");
    // Full at every place: where a view is made, and where the list of them grows.
    for room in (1 << 10..1 << 16).step_by(500) {
        let arena = Arena::with_capacity(room);
        let options = Options::new().max_arena_bytes(arena.allocated_bytes());
        let batch = options.parser::<JobResponse>().parse_batch(input.as_bytes(), &arena);
        assert_eq!(batch.documents().len() + batch.rejected().len(), lines.len());
        for rejected in batch.rejected() {
            assert_eq!(rejected.error.kind(), ErrorKind::ArenaLimit);
            let number = rejected.error.record() as usize;
            assert_eq!(rejected.raw, lines[number].as_bytes(), "{room}");
            assert_eq!(rejected.error.line() as usize, number + 1);
        }
    }
}

#[test]
fn a_too_large_record_that_does_not_end_is_all_the_rest_but_a_word_ends_where_the_input_does() {
    let long = "x".repeat(100);
    for (input, framing, remainder) in [
        (format!("{{\"a\":\"{long}"), Framing::Concatenated, true),
        (format!("[{{\"a\":\"{long}"), Framing::Array, true),
        (format!("\"{long}"), Framing::Concatenated, true),
        (format!("1{}", "0".repeat(100)), Framing::Concatenated, false),
    ] {
        let options = Options::new().framing(framing).max_record_bytes(20);
        let outcomes = outcomes(input.as_bytes(), options);
        let [Outcome { result, remainder: found, .. }] = &*outcomes else { panic!("{input}") };
        assert_eq!((result, *found), (&Err(ErrorKind::RecordSizeLimit), remainder), "{input}");
    }
}

#[test]
fn what_is_wrong_between_the_elements_of_an_array_is_said() {
    let element = DOCUMENT;
    for (input, message) in [
        (element.to_owned(), "expected an array of documents"),
        (format!("[{element} {element}]"), "expected `,` or `]`"),
        (format!("[{element}"), "expected `,` or `]`"),
        (format!("[{element},"), "expected a document"),
        (format!("[{element}]{element}"), "expected the end of the input after the array"),
    ] {
        let arena = Arena::new();
        let mut parser = Options::new().framing(Framing::Array).parser::<JobResponse>();
        let batch = parser.parse_batch(input.as_bytes(), &arena);
        let [rejected] = batch.rejected() else { panic!("{input}") };
        let found = rejected.error.message();
        assert!(found.starts_with(message), "{input}: {found}");
        assert!(rejected.remainder);
        let rest = "; where the next record begins is unknown, \
                    so that the rest of the input was rejected with this one; \
                    without the option `framing` parsing goes on behind the damage";
        assert_eq!(rejected.message(), format!("{found}{rest}"));
        let mut alone = rejected.clone();
        alone.remainder = false;
        assert_eq!(alone.message(), found);
    }
}

#[test]
fn places_count_from_the_start_of_the_stream() {
    let bad = DOCUMENT.replace("\"total_count\":10", "\"total_count\":\n \"x\"");
    let ndjson_bad = bad.replace("\n ", "");
    let arena = Arena::new();
    let inputs = [
        (
            Framing::Ndjson,
            format!("\u{feff}{DOCUMENT}\n\n{ndjson_bad}\n{DOCUMENT}\n{ndjson_bad}"),
            [3, 5],
        ),
        (Framing::Array, format!("[\n{DOCUMENT},\n{bad},\n{DOCUMENT},{bad}]"), [4, 6]),
        (Framing::Concatenated, format!("{DOCUMENT}\n\n{bad}\n{DOCUMENT}{bad}"), [4, 6]),
    ];
    for (framing, input, lines) in inputs {
        let mut parser = Options::new().framing(framing).parser::<JobResponse>();
        let batch = parser.parse_batch(input.as_bytes(), &arena);
        assert_eq!(batch.documents().len(), 2, "{input}");
        for ((rejected, line), record) in batch.rejected().iter().zip(lines).zip([1, 3]) {
            let error = &rejected.error;
            assert_eq!((error.record(), error.line()), (record, line), "{input}");
            let offset = error.offset() as usize;
            assert!(input[offset..].starts_with("\"x\""));
            let line_start = input[..offset].rfind('\n').map_or(0, |newline| newline + 1);
            assert_eq!(error.column() as usize, offset - line_start + 1);
            assert_eq!(error.pointer(), "/data/attributes/total_count");
        }
    }
}

/// A record free of its arena.
fn owned(record: Record<'_>) -> Result<owned::JobResponse, (Vec<u8>, Error)> {
    record
        .map(|response| response.into_owned())
        .map_err(|rejected| (rejected.raw.to_vec(), rejected.error))
}

#[test]
fn going_on_from_a_position_gives_the_same_records() {
    let (a, b) = (job("a"), job("b"));
    let inputs = [
        format!("{a}\n{{}}\n\n{b}\noops\n{a}\n"),
        format!("[{a}, {{}},{b},{a}, oops]"),
        format!("[{a}] {b}"),
        format!("[{a}"),
        format!("{a}{{}}\n{b} {a} oops"),
        format!("[INFO] start\n[{a} {b},oops,{a},,{b}]\n{a},\n{a},\n{b}\n{a}}}\n{b}"),
    ];
    for input in inputs {
        let input = input.as_bytes();
        let mut parser = Parser::<JobResponse>::new();
        let mut arena = Arena::new();
        let expected: Vec<_> = parser.records(input, &arena).map(owned).collect();
        let mut position = Position::START;
        let mut found = Vec::new();
        while !position.is_end() {
            let mut records = parser.records_from(input, position, &arena);
            found.extend(records.next().map(owned));
            position = records.position();
            assert_eq!(position.record(), found.len() as u64);
            arena.reset();
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn every_byte_is_in_a_record_or_between_two() {
    let (a, b) = (job("a"), job("b"));
    let pieces =
        [&*a, &b[..50], "{}", "oops", "\n", "\r\n", ",", "[", "]", "\u{1e}", " ", "\u{feff}"];
    let mut random = 1_u32;
    for _ in 0..3000 {
        let mut input = String::new();
        for _ in 0..8 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            input.push_str(pieces[(random >> 16) as usize % pieces.len()]);
        }
        let told = [Framing::Ndjson, Framing::Array, Framing::Concatenated].map(Some);
        for framing in told.into_iter().chain([None]) {
            let options = framing.map_or(Options::new(), |framing| Options::new().framing(framing));
            let outcomes = outcomes(input.as_bytes(), options);
            let mut rest = input.as_bytes();
            for outcome in &outcomes {
                let between =
                    rest.windows(outcome.raw.len().max(1)).position(|part| part == outcome.raw);
                // Where something is missing, nothing is found.
                let between = if outcome.raw.is_empty() { 0 } else { between.unwrap() };
                assert!(is_between(&rest[..between]), "{framing:?}: {input:?}");
                rest = &rest[between + outcome.raw.len()..];
            }
            assert!(is_between(rest), "{framing:?}: {input:?}");
        }
    }
}

/// Whether these bytes may stand between records.
fn is_between(bytes: &[u8]) -> bool {
    let text = str::from_utf8(bytes).unwrap();
    text.chars().all(|c| " \t\r\n,[]\x1e\u{feff}".contains(c))
}

#[test]
fn a_line_ends_its_record_whatever_the_parser_knows_of_line_breaks() {
    let pretty = DOCUMENT.replacen('{', "{\"more\":\n{},", 1);
    let arena = Arena::new();
    let mut parser = Options::new().framing(Framing::Ndjson).parser::<JobResponse>();
    for _ in 0..3 {
        parser.parse(pretty.as_bytes(), &arena).unwrap();
    }
    let input = format!("{pretty}\n{DOCUMENT}");
    let results = parser.records(input.as_bytes(), &arena).map(|record| match record {
        Ok(response) => Ok(response.data.id.to_owned()),
        Err(rejected) => Err(rejected.error.kind()),
    });
    let expected =
        [Err(ErrorKind::UnexpectedEnd), Err(ErrorKind::MissingMember), Ok("job".to_owned())];
    assert_eq!(results.collect::<Vec<_>>(), expected);
}

#[test]
fn a_record_that_nests_too_deeply_costs_no_other() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let (a, b) = (job("a"), job("b"));
    let limit = || Err(ErrorKind::DepthLimit);
    let lines = format!("{deep}\n{a}\n{deep}\n{b}\n");
    assert_eq!(Framing::detect(lines.as_bytes()).framing, Framing::Ndjson);
    assert_eq!(results(lines.as_bytes(), Framing::Ndjson), [limit(), ok("a"), limit(), ok("b")]);
    let array = format!("[{deep},{a},{deep},{b}]");
    assert_eq!(results(array.as_bytes(), Framing::Array), [limit(), ok("a"), limit(), ok("b")]);
    let documents = format!("{deep}{a}{deep}{b}");
    assert_eq!(
        results(documents.as_bytes(), Framing::Concatenated),
        [limit(), ok("a"), limit(), ok("b")]
    );
}

#[test]
fn a_record_cut_short_by_a_separator_ends_unexpectedly() {
    let a = job("a");
    for cut in [r#"{"links":{"self":"a"#, r#"{"data":"#, "{", r#"{"data"#] {
        let input = format!("\x1e{cut}\x1e{a}\n");
        let expected = [Err(ErrorKind::UnexpectedEnd), ok("a")];
        assert_eq!(results(input.as_bytes(), Framing::Concatenated), expected, "{cut}");
    }
}

#[test]
fn a_position_in_a_longer_input_is_the_end_of_a_shorter_one() {
    let arena = Arena::new();
    let mut parser = Options::new().framing(Framing::Array).parser::<JobResponse>();
    let mut records = parser.records(b"[{},\n{},{},{}", &arena);
    records.nth(2);
    let position = records.position();
    for input in [&b""[..], b"[", b"[{}]"] {
        assert!(parser.records_from(input, position, &arena).count() <= 1);
    }
}

#[test]
fn records_of_a_framing_that_is_not_told_are_those_of_the_one_that_is_detected() {
    let (a, b) = (job("a"), job("b"));
    let bad = a.replace("total_count", "total");
    let spread = a.replace("},", "},\n");
    for input in [
        format!("{a}\n{b}\n"),
        format!("{a}\r\n{b}"),
        format!("\u{feff}{a}"),
        format!("{a}{b}"),
        format!("{a} {b}\n{a}"),
        format!("{spread}{b}"),
        format!("{bad}\n{b}"),
        format!("{bad}{b}"),
        format!("{}\n{b}\n", &a[..50]),
        format!("{{\n{}\n{b}\n", &bad[1..]),
    ] {
        for indentation in ["", " ", "\t  ", " \n "] {
            if input.starts_with('\u{feff}') && !indentation.is_empty() {
                // There is no such thing in the middle of NDJSON that is told.
                continue;
            }
            let input = format!("{indentation}{input}");
            let told = Options::new().framing(Framing::detect(input.as_bytes()).framing);
            let told = outcomes(input.as_bytes(), told).into_iter().map(|mut outcome| {
                // A line is part of its record as a whole.
                outcome.raw = outcome.raw.trim_ascii().to_vec();
                outcome
            });
            let detected = outcomes(input.as_bytes(), Options::new());
            assert_eq!(detected, told.collect::<Vec<_>>(), "{input}");
        }
    }
}

#[test]
fn the_place_of_the_next_record_is_known_at_any_position() {
    let input = format!("\u{feff}{}\n\n[{},\n7] {}\n", job("a"), job("b"), job("c"));
    let arena = Arena::new();
    for framing in [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)]
    {
        let options = framing.map_or(Options::new(), |framing| Options::new().framing(framing));
        let mut parser = options.parser::<JobResponse>();
        let mut position = Position::START;
        loop {
            // Nobody has called `next` yet; and the input may be shorter than it was.
            for end in [input.len(), 3, 0] {
                let input = &input.as_bytes()[..end];
                let place = parser.records_from(input, position, &arena).place();
                assert_eq!(place.record, position.record());
                assert_eq!(place.offset, position.offset().min(end as u64));
            }
            let mut records = parser.records_from(input.as_bytes(), position, &arena);
            let is_over = records.next().is_none();
            position = records.position();
            if is_over {
                break;
            }
        }
        assert_eq!(position.line(), 5);
    }
}

#[test]
fn the_limit_of_the_arena_does_not_change_where_records_begin() {
    let escaped = job("a").replace("total_count", "total\\u005fcount").replace("\"/", "\"\\/");
    for input in [
        format!(",{escaped}"),
        format!("{escaped} oops {escaped}"),
        format!("[{escaped},,{escaped}]"),
    ] {
        let places = |options: Options| {
            let (arena, mut parser) = (Arena::new(), options.parser::<JobResponse>());
            let records = parser.records(input.as_bytes(), &arena).with_places();
            let places: Vec<_> =
                records.map(|(place, _)| (place.offset, place.raw.len())).collect();
            places
        };
        assert_eq!(places(Options::new().max_arena_bytes(5)), places(Options::new()), "{input}");
    }
}

#[test]
fn a_parser_that_comes_back_from_a_stream_has_its_own_limits() {
    let feed = Parser::<JobResponse>::new().into_feed();
    let long = format!("{{\"data\":\"{}\"}}", "x".repeat(jobview::STREAM_RECORD_BYTES));
    let error = feed.into_parser().parse(long.as_bytes(), &Arena::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongType);
}
