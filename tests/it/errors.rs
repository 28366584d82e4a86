//! The error table: for every kind at least one record, a caret under the failing byte, pointer and message.

use crate::DOCUMENT;
use jobview::{
    Arena, Error, ErrorKind, Formats, JobResponse, Options, Parser, Pointer, UnknownMembers,
};
use std::collections::HashSet;

struct Row {
    kind: ErrorKind,
    /// The record; where it has two lines, the caret in the second one is under the failing byte.
    record: &'static [u8],
    pointer: &'static str,
    message: &'static str,
    options: Options,
}

const fn row(
    kind: ErrorKind,
    record: &'static str,
    pointer: &'static str,
    message: &'static str,
) -> Row {
    Row { kind, record: record.as_bytes(), pointer, message, options: Options::new() }
}

const fn with(options: Options, row: Row) -> Row {
    Row { options, ..row }
}

const fn in_envelope(pointer: &str) -> Options {
    match Pointer::new(pointer) {
        Ok(pointer) => Options::new().at(pointer),
        Err(_) => panic!("no JSON pointer"),
    }
}

const TABLE: &[Row] = {
    use ErrorKind::*;
    &[
        row(UnexpectedEnd, "\n^", "", "expected an object, found the end of the record"),
        row(
            UnexpectedEnd,
            r#"{"data":{"id":"x
                ^"#,
            "/data/id",
            "expected the closing quote of a string, found the end of the record",
        ),
        row(
            UnexpectedByte,
            r#"{"data":{"id":"x" "type"
                  ^"#,
            "/data/id",
            r#"expected `,` or `}`, found "type""#,
        ),
        row(
            UnexpectedByte,
            r#"{"data":{"id":"x",}
                  ^"#,
            "/data",
            "expected a member name, found `}`",
        ),
        row(
            UnexpectedByte,
            r#"{"data":{"relationships":{"lists":{"data":[{"type":"list","id":"1"};
                                                                   ^"#,
            "/data/relationships/lists/data/0",
            "expected `,` or `]`, found `;`",
        ),
        row(
            UnexpectedByte,
            r#"{"meta":{"a":[1}}
               ^"#,
            "/meta/a/0",
            "expected `,` or `]`, found `}`",
        ),
        row(
            UnexpectedByte,
            r#"{"meta":[{"a":1]]}
               ^"#,
            "/meta/0/a",
            "expected `,` or `}`, found `]`",
        ),
        row(
            InvalidLiteral,
            r#"{"more":{"a":[1,nil]}}
                ^"#,
            "/more/a/1",
            "expected true, false or null, found nil",
        ),
        row(
            InvalidNumber,
            r#"{"data":{"attributes":{"total_count":007
                                     ^"#,
            "/data/attributes/total_count",
            "expected a number without leading zeros, found 007",
        ),
        row(
            InvalidNumber,
            r#"{"more":[-x]}
         ^"#,
            "/more/0",
            "expected a number, found -x",
        ),
        row(
            InvalidEscape,
            r#"{"data":{"id":"a\q"
                ^"#,
            "/data/id",
            r"invalid escape in a string: `\q`",
        ),
        row(
            LoneSurrogate,
            r#"{"more":{"\ud800":1}}
          ^"#,
            "/more",
            r"half of a surrogate pair without the other half: `\ud800`",
        ),
        row(
            ControlCharacter,
            "{\"data\":{\"id\":\"tab\there\"\n                  ^",
            "/data/id",
            "control character byte 0x09 in a string must be escaped",
        ),
        Row {
            kind: InvalidUtf8,
            record: b"{\"data\":{\"id\":\"\xffx\"\n               ^",
            pointer: "/data/id",
            message: "byte 0xff is not UTF-8",
            options: Options::new(),
        },
        row(
            WrongType,
            r#"{"data":[[]]}
        ^"#,
            "/data",
            "expected an object, found an array",
        ),
        row(
            WrongKind,
            r#"{"data":[{"id":"","type":"profile-bulk-import-job"}]}
        ^"#,
            "/data",
            "expected the response about one job, found a page of jobs",
        ),
        row(
            WrongKind,
            r#"{"errors":[]}
            ^"#,
            "/errors",
            "expected the response about one job, found an error response",
        ),
        row(
            WrongType,
            r#"{"data":{"attributes":{"total_count":null
                                     ^"#,
            "/data/attributes/total_count",
            "expected an integer, found null",
        ),
        row(
            WrongType,
            r#"{"data":{"attributes":{"failed_count":"10"
                                      ^"#,
            "/data/attributes/failed_count",
            r#"expected an integer or null, found "10""#,
        ),
        row(
            WrongType,
            r#"{"data":{"id":5
              ^"#,
            "/data/id",
            "expected a string, found 5",
        ),
        row(
            WrongType,
            r#"{"data":{"attributes":{"expires_at":true
                                    ^"#,
            "/data/attributes/expires_at",
            "expected a string or null, found true",
        ),
        row(
            WrongType,
            r#"{"data":{"relationships":{"lists":{"data":{}
                                          ^"#,
            "/data/relationships/lists/data",
            "expected an array, found an object",
        ),
        row(
            WrongType,
            r#"{"data":{"attributes":[]
                      ^"#,
            "/data/attributes",
            "expected an object, found an array",
        ),
        row(
            WrongConstant,
            r#"{"data":{"type":"list"}}
                ^"#,
            "/data/type",
            r#"expected "profile-bulk-import-job", found "list""#,
        ),
        row(
            NotInEnum,
            r#"{"data":{"attributes":{"status":"failed"}}}
                                ^"#,
            "/data/attributes/status",
            r#"expected one of cancelled, complete, processing, queued, found "failed""#,
        ),
        with(
            Options::new().formats(Formats::Check),
            row(
                InvalidFormat,
                r#"{"data":{"attributes":{"expires_at":"2026-09-04T13:40:00"}}}
                                    ^"#,
                "/data/attributes/expires_at",
                r#"expected an RFC 3339 date and time, found "2026-09-04T13:40:00""#,
            ),
        ),
        row(
            NotAnInteger,
            r#"{"data":{"attributes":{"total_count":1.5}}}
                                     ^"#,
            "/data/attributes/total_count",
            "expected an integer, found 1.5",
        ),
        row(
            IntegerOutOfRange,
            r#"{"data":{"attributes":{"total_count":1e19}}}
                                     ^"#,
            "/data/attributes/total_count",
            "integer does not fit in 64 bits: 1e19",
        ),
        row(
            MissingMember,
            r#"{"data":{"relationships":{"import-errors":{"data":[{"type":"import-error"}]}}}}
                                                                         ^"#,
            "/data/relationships/import-errors/data/0/id",
            r#"missing required member "id""#,
        ),
        row(
            MissingMember,
            r#"{"links":{"self":"x"}}
                     ^"#,
            "/data",
            r#"missing required member "data""#,
        ),
        with(
            in_envelope("/a/body"),
            row(
                MissingDocument,
                r#"{"a":{"more":1}}
              ^"#,
                "/a/body",
                "no document at /a/body: there is no such place",
            ),
        ),
        row(
            DuplicateMember,
            r#"{"data":{"id":"1","\u0069d":"2"}}
                  ^"#,
            "/data/id",
            r#"duplicate member "\u0069d""#,
        ),
        with(
            Options::new().unknown_members(UnknownMembers::Reject),
            row(
                UnknownMember,
                r#"{"data":{"a/b":1}}
         ^"#,
                "/data/a~1b",
                r#"unknown member "a/b""#,
            ),
        ),
        with(
            Options::new().max_depth(3),
            row(
                DepthLimit,
                r#"{"more":{"a":[[]]}}
              ^"#,
                "/more/a/0",
                "nested deeper than the limit of 3",
            ),
        ),
        with(
            Options::new().max_depth(1),
            row(
                DepthLimit,
                r#"{"data":{}}
        ^"#,
                "/data",
                "nested deeper than the limit of 1",
            ),
        ),
        with(
            Options::new().max_record_bytes(10),
            row(
                RecordSizeLimit,
                r#"{"data":null}
^"#,
                "",
                "record is larger than the limit of 10 bytes",
            ),
        ),
        with(
            Options::new().max_arena_bytes(0),
            row(
                ArenaLimit,
                r#"{"data":{"id":"a\n"
              ^"#,
                "/data/id",
                "the arena has reached its limit",
            ),
        ),
    ]
};

fn error(record: &[u8], options: Options) -> Error {
    options.parser::<JobResponse>().parse(record, &Arena::new()).unwrap_err()
}

#[test]
fn every_row_fails_at_its_caret_with_its_message() {
    for row in TABLE {
        let newline = row.record.iter().position(|&byte| byte == b'\n').unwrap();
        let (record, caret) = (&row.record[..newline], row.record.len() - newline - 2);
        let error = error(record, row.options);
        let shown = String::from_utf8_lossy(row.record);
        assert_eq!(error.kind(), row.kind, "{error}\n{shown}");
        assert_eq!(error.offset(), caret as u64, "{error}\n{shown}");
        assert_eq!(error.column(), caret as u64 + 1, "{error}\n{shown}");
        assert_eq!((error.line(), error.record()), (1, 0), "{error}");
        assert_eq!(error.pointer(), row.pointer, "{error}\n{shown}");
        assert_eq!(error.message(), row.message, "{shown}");
        assert_eq!(error.category(), row.kind.category());
    }
}

#[test]
fn trailing_bytes_are_no_part_of_the_document() {
    let error = error(format!("{DOCUMENT} {{}}").as_bytes(), Options::new());
    assert_eq!(error.kind(), ErrorKind::TrailingBytes);
    assert_eq!((error.offset(), error.pointer()), (DOCUMENT.len() as u64 + 1, ""));
    assert_eq!(error.message(), "expected the end of the record, found an object");
}

#[test]
fn every_kind_has_a_row() {
    let mut kinds: HashSet<ErrorKind> = TABLE.iter().map(|row| row.kind).collect();
    // Needs a whole document before it, in a test of its own.
    kinds.insert(ErrorKind::TrailingBytes);
    // No document of the vendor has numbers that are no integers: see `numbers_that_do_not_fit_are_rejected_with_their_type`.
    kinds.insert(ErrorKind::NumberOutOfRange);
    // Nor arrays of one length: see `arrays_of_another_length_are_rejected_at_their_end`.
    kinds.insert(ErrorKind::WrongLength);
    for kind in ErrorKind::all() {
        assert!(kinds.contains(&kind), "{kind} has no row in the table");
    }
}

#[test]
fn names_of_kinds_are_distinct_and_kebab_case() {
    let names: HashSet<&str> = ErrorKind::all().map(ErrorKind::name).collect();
    assert_eq!(names.len(), ErrorKind::all().count());
    assert!(
        names
            .iter()
            .all(|name| name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase() || b == b'8'))
    );
}

#[test]
fn the_whole_message_says_where_in_the_stream() {
    let good = DOCUMENT.replace("YafG4m", &"x".repeat(100));
    let bad = DOCUMENT.replace("\"processing\"", "\"failed\"");
    let stream = format!("{}{bad}\n", format!("{good}\n").repeat(41));
    let arena = Arena::new();
    let batch = Parser::<JobResponse>::new().parse_batch(stream.as_bytes(), &arena);
    let column = bad.find("\"failed\"").unwrap() + 1;
    let byte = 41 * (good.len() + 1) + column - 1;
    assert_eq!(
        batch.rejected()[0].to_string(),
        format!(
            "record 41 (line 42, column {column}, byte {byte}) at /data/attributes/status: \
             expected one of cancelled, complete, processing, queued, found \"failed\""
        )
    );
}

#[test]
fn long_and_hostile_text_is_cut_and_escaped_in_messages() {
    let record = format!(r#"{{"data":{{"type":"\u001b[31m{}"}}}}"#, "x".repeat(1 << 20));
    let message = error(record.as_bytes(), Options::new()).to_string();
    assert!(message.len() < 200, "{}", message.len());

    let record = "{\"\u{9b}31m\\n\":nil}";
    let error = error(record.as_bytes(), Options::new());
    assert_eq!(error.pointer(), "/\u{9b}31m\n");
    assert!(!error.to_string().contains(char::is_control), "{error:?}");
}
