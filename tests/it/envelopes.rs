//! Documents that are part of their record: in an envelope, or the text of a string in one.
//!
//! What an envelope gives is what its document gives by itself, moved to where it stands. The property in the middle
//! says so of any document and any way to write it; the tests around it are about the envelope.

use crate::mutation::mutations;
use crate::peers::Peers;
use crate::stream::{Joined, Script, Taken, of_slice, push, read};
use crate::{DOCUMENT, model, odd_settings, records_of, samples};
use jobview::{
    Arena, DocumentKind, Error, ErrorKind, Framing, JobDocument, JobPage, JobResponse, Kernel,
    Options, Pointer, UnknownMembers,
};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed};
use std::fmt::Write as _;
use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::LazyLock;

pub(crate) fn at(pointer: &str) -> Options {
    Options::new().at(Pointer::new(pointer).unwrap())
}

fn parse(options: Options, record: &str) -> Result<String, Error> {
    let arena = Arena::new();
    let parsed = options.parser::<JobResponse>().parse(record.as_bytes(), &arena);
    parsed.map(|response| response.data.id.to_owned())
}

/// The document in an envelope that writes it as it is.
pub(crate) fn enveloped(document: &str) -> String {
    format!(r#"{{"n":[1,{{"a":null}}],"body":{document},"t":"\u0000"}}"#)
}

/// Ways to write a text as a string.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelling {
    /// With as few escapes as there can be.
    Short,
    /// With as many.
    Escaped,
    /// With some of all kinds.
    Mixed,
}

pub(crate) const SPELLINGS: [Spelling; 3] = [Spelling::Short, Spelling::Escaped, Spelling::Mixed];

/// A text written as a string, and where in it each byte of the text is written, and its end.
pub(crate) fn quoted(text: &str, spelling: Spelling) -> (String, Vec<usize>) {
    let (mut string, mut places) = ("\"".to_owned(), vec![]);
    for (index, c) in text.char_indices() {
        places.extend(vec![string.len(); c.len_utf8()]);
        let must = matches!(c, '"' | '\\' | ..'\x20');
        let short = "\"\\/\u{8}\u{c}\n\r\t".find(c).map(|at| &"\"\\/bfnrt"[at..=at]);
        match (spelling, short, index % 3) {
            (Spelling::Short, Some(letter), _) if must => string += &format!("\\{letter}"),
            (Spelling::Mixed, Some(letter), 0 | 1) => string += &format!("\\{letter}"),
            (Spelling::Short, ..) | (Spelling::Mixed, _, 1 | 2) if !must => string.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(string, "\\u{unit:04x}").unwrap();
                }
            }
        }
    }
    places.push(string.len());
    string.push('"');
    (string, places)
}

/// Line and column of a place.
fn line_and_column(record: &[u8], offset: u64) -> (u64, u64) {
    let before = &record[..offset as usize];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    (line as u64, (before.len() - line_start) as u64 + 1)
}

#[test]
fn the_document_is_the_value_at_the_pointer() {
    for (pointer, record) in [
        ("", "DOC"),
        ("/body", r#"{"body":DOC}"#),
        ("/body", r#" { "a" : [ ] , "body" : DOC , "b" : "\ud83d\ude00" } "#),
        ("/body", r#"{"bod\u0079":DOC,"bodies":1,"bod":2,"":3}"#),
        ("/body", r#"{"x":{"body":1},"body":DOC,"y":[{"body":2}]}"#),
        ("/response/body", r#"{"body":5,"response":{"status":202,"body":DOC},"more":{}}"#),
        ("/0", "[DOC]"),
        ("/2", r#"[{},"]",DOC,[[]]]"#),
        ("/1", r#"{"0":0,"1":DOC}"#),
        ("/a/1/b/0", r#"{"a":[1,{"b":[DOC,2]},3],"c":4}"#),
        ("/", r#"{" ":1,"":DOC}"#),
        ("//", r#"{"":{"":DOC}}"#),
        ("/a~1b~0c~01", r#"{"a/b~c":1,"a/b~c~1":DOC}"#),
        ("/\u{e9}\u{1f600}", "{\"\u{e9}\":1,\"\u{e9}\u{1f600}\":DOC}"),
        ("/\u{e9}\u{1f600}", r#"{"\u00e9":1,"\u00E9\uD83D\uDE00":DOC}"#),
        ("/a\"\\\n", r#"{"a":1,"a\"\\":2,"a\u0022\\\n":DOC}"#),
        ("/-", r#"{"-":DOC}"#),
        ("/01", r#"{"1":0,"01":DOC}"#),
    ] {
        let record = |value: &str| record.replace("DOC", value);
        let mut peers = Peers::new(at(pointer)).taught("it", [record(DOCUMENT).as_bytes(); 4]);
        let mut values = vec![DOCUMENT.to_owned()];
        if !pointer.is_empty() {
            values.extend(SPELLINGS.map(|spelling| quoted(DOCUMENT, spelling).0));
            values.push(quoted(&format!(" \r\n\t{DOCUMENT} \n"), Spelling::Short).0);
        }
        for value in values {
            let record = record(&value);
            assert_eq!(parse(at(pointer), &record), Ok("job".to_owned()), "{record}");
            peers.parse(record.as_bytes());
            peers.parse(record.as_bytes());
        }
    }
}

/// A pointer, a record with `^` before the failing byte, and what is said of it.
type Row = (&'static str, &'static str, ErrorKind, &'static str, &'static str);

const TABLE: &[Row] = {
    use ErrorKind::*;
    &[
        // Nothing is there.
        ("/body", "{^}", MissingDocument, "/body", "no document at /body: there is no such place"),
        ("/body", r#"{"bodies":{"body":1} ^}"#, MissingDocument, "/body", ""),
        ("/a/body", "{^}", MissingDocument, "/a", "no document at /a/body: there is no such place"),
        ("/a/b/c", r#"{"a":{"b":{"x":1^},"c":2}}"#, MissingDocument, "/a/b/c", ""),
        ("/a~1b/~0", r#"{"a/b":{^}}"#, MissingDocument, "/a~1b/~0", ""),
        ("/0", "[^]", MissingDocument, "/0", ""),
        ("/a/2", r#"{"a":[1,[2]^]}"#, MissingDocument, "/a/2", ""),
        ("/99999999999999999999", "[1^]", MissingDocument, "/99999999999999999999", ""),
        // It is there twice.
        (
            "/body",
            r#"{"body":DOC,^"body":DOC}"#,
            DuplicateMember,
            "/body",
            r#"duplicate member "body""#,
        ),
        (
            "/body",
            r#"{"body":DOC,"a":1 , ^"bod\u0079" 5"#,
            DuplicateMember,
            "/body",
            r#"duplicate member "bod\u0079""#,
        ),
        ("/body", r#"{"body":TXT,"a":[{"body":1}],^"body":null}"#, DuplicateMember, "/body", ""),
        (
            "/a/b",
            r#"{"a":{"b":DOC},"b":1,^"a":2}"#,
            DuplicateMember,
            "/a",
            r#"duplicate member "a""#,
        ),
        ("/a/b", r#"{"a":{"b":DOC,^"b":1}}"#, DuplicateMember, "/a/b", ""),
        // Something else is there.
        ("/body", "^[DOC]", WrongType, "", "expected an object, found an array"),
        ("/body", "^null", WrongType, "", "expected an object, found null"),
        ("/body", r#"^"DOC""#, WrongType, "", ""),
        ("/a/b", r#"{"a":^"b"}"#, WrongType, "/a", r#"expected an object, found "b""#),
        ("/a/0", r#"{"a":^7}"#, WrongType, "/a", "expected an object or an array, found 7"),
        ("/a/-", r#"{"a":^[1]}"#, WrongType, "/a", "expected an object, found an array"),
        ("/a/01", r#"{"a":^[1,2]}"#, WrongType, "/a", ""),
        ("/a/b", r#"{"a":^nul}"#, InvalidLiteral, "/a", "expected true, false or null, found nul"),
        ("/body", r#"{"a":1,"body":^null}"#, WrongType, "/body", "expected an object, found null"),
        ("/body", r#"{"body":^[DOC]}"#, WrongType, "/body", "expected an object, found an array"),
        ("/body", r#"{"body":^-1.5}"#, WrongType, "/body", "expected an object, found -1.5"),
        ("/body", r#"{"body":"^[]"}"#, WrongType, "/body", "expected an object, found an array"),
        ("/body", r#"{"body":"^\"{}\""}"#, WrongType, "/body", r#"expected an object, found "{}""#),
        (
            "/body",
            r#"{"body":"^"}"#,
            UnexpectedEnd,
            "/body",
            "expected an object, found the end of the string",
        ),
        ("/body", r#"{"body":" \u0020^"}"#, UnexpectedEnd, "/body", ""),
        (
            "/body",
            r#"{"body":"^\u0000"}"#,
            UnexpectedByte,
            "/body",
            "expected an object, found byte 0x00",
        ),
        ("/body", "{\"body\":\"^\u{feff}{}\"}", UnexpectedByte, "/body", ""),
        ("/body", r#"{"body":"^\ud83d\ude00"}"#, UnexpectedByte, "/body", ""),
        // The envelope is not JSON, before the document.
        ("/body", "^", UnexpectedEnd, "", "expected an object, found the end of the record"),
        (
            "/body",
            " {^",
            UnexpectedEnd,
            "",
            "expected a member name or `}`, found the end of the record",
        ),
        ("/body", "{^'body':DOC}", UnexpectedByte, "", ""),
        ("/body", r#"{"a":1,^}"#, UnexpectedByte, "", "expected a member name, found `}`"),
        ("/body", r#"{"a":1 ^"body":DOC}"#, UnexpectedByte, "/a", ""),
        (
            "/body",
            r#"{"a":1^] "body":DOC}"#,
            UnexpectedByte,
            "/a",
            "expected `,` or `}`, found `]`",
        ),
        ("/body", r#"{"a"^,"body":DOC}"#, UnexpectedByte, "", "expected `:`, found `,`"),
        ("/body", r#"{"body" ^1}"#, UnexpectedByte, "", ""),
        ("/body", r#"{"body":^}"#, UnexpectedByte, "/body", "expected an object, found `}`"),
        (
            "/body",
            r#"{"body":^"#,
            UnexpectedEnd,
            "/body",
            "expected an object, found the end of the record",
        ),
        ("/body", r#"{"a":[1,^01],"body":DOC}"#, InvalidNumber, "/a/1", ""),
        ("/body", r#"{"a^\u00","body":DOC}"#, InvalidEscape, "", ""),
        ("/body", r#"{"bod^\ud83d":DOC}"#, LoneSurrogate, "", ""),
        ("/body", "{\"a\":\"x^\x01\",\"body\":DOC}", ControlCharacter, "/a", ""),
        ("/1", "[1^:DOC]", UnexpectedByte, "/0", ""),
        ("/1", "[1,^]", UnexpectedByte, "/1", "expected an object, found `]`"),
        ("/2", "[1,^]", UnexpectedByte, "/1", "expected a value, found `]`"),
        // Nor after it.
        (
            "/body",
            r#"{"body":DOC^"#,
            UnexpectedEnd,
            "/body",
            "expected `,` or `}`, found the end of the record",
        ),
        ("/body", r#"{"body":DOC^]"#, UnexpectedByte, "/body", "expected `,` or `}`, found `]`"),
        ("/body", r#"{"body":DOC,^}"#, UnexpectedByte, "", "expected a member name, found `}`"),
        ("/body", r#"{"body":DOC,"a":[^nil]}"#, InvalidLiteral, "/a/0", ""),
        ("/body", r#"{"body":DOC,"a":"^\x"}"#, InvalidEscape, "/a", ""),
        ("/body", r#"{"body":TXT,"a" ^"b"}"#, UnexpectedByte, "", ""),
        (
            "/body",
            r#"{"body":DOC}^}"#,
            TrailingBytes,
            "",
            "expected the end of the record, found `}`",
        ),
        ("/0", "[DOC^", UnexpectedEnd, "/0", "expected `,` or `]`, found the end of the record"),
        ("/0", "[DOC,^]", UnexpectedByte, "/1", "expected a value, found `]`"),
        ("/a/0/b", r#"{"a":[{"b":DOC},{"b":1,"b":2},3^}]}"#, UnexpectedByte, "/a/2", ""),
        // The string is none.
        (
            "/body",
            r#"{"body":"{}^"#,
            UnexpectedEnd,
            "/body",
            "expected the closing quote of a string, found the end of the record",
        ),
        ("/body", r#"{"body":"[^\q"}"#, InvalidEscape, "/body", ""),
        ("/body", r#"{"body":"{}^\ud83d"}"#, LoneSurrogate, "/body", ""),
        ("/body", "{\"body\":\"{}^\n\"}", ControlCharacter, "/body", ""),
        // What is in it is wrong.
        (
            "/body",
            r#"{"body":"{\"data\":{\"type\":^\"list\"}}"}"#,
            WrongConstant,
            "/body/data/type",
            r#"expected "profile-bulk-import-job", found "list""#,
        ),
        (
            "/body",
            r#"{"body":"{\"\u00e9\ud83d\ude00\":[1,^x]}"}"#,
            InvalidLiteral,
            "/body/\u{e9}\u{1f600}/1",
            "expected true, false or null, found x",
        ),
        (
            "/body",
            r#"{"body":"{\"data\":{\"id\":\"^\\q\"}}"}"#,
            InvalidEscape,
            "/body/data/id",
            r"invalid escape in a string: `\q`",
        ),
        (
            "/body",
            r#"{"body":"{\"data\":{\"id\":\"^\n\"}}"}"#,
            ControlCharacter,
            "/body/data/id",
            "control character byte 0x0a in a string must be escaped",
        ),
        (
            "/body",
            r#"{"body":"{\"data\":{\"id\":\"^\u0000\"}}"}"#,
            ControlCharacter,
            "/body/data/id",
            "",
        ),
        ("/body", r#"{"body":"{\"data\":{\"id\":\"\\ud83d^\ude00"}"#, LoneSurrogate, "/body", ""),
        (
            "/body",
            r#"{"body":"{\"data\":{\"a/b\":[^}]}}"}"#,
            UnexpectedByte,
            "/body/data/a~1b/0",
            "",
        ),
        (
            "/body",
            r#"{"body":"{\"data\":{^}}"}"#,
            MissingMember,
            "/body/data/type",
            r#"missing required member "type""#,
        ),
        (
            "/body",
            r#"{"body":"{\"links\":{\"self\":\"\"},^\"links\":1}"}"#,
            DuplicateMember,
            "/body/links",
            r#"duplicate member "links""#,
        ),
        (
            "/body",
            r#"{"body":"{\"data\":^"}"#,
            UnexpectedEnd,
            "/body/data",
            "expected an object, found the end of the string",
        ),
        (
            "/body",
            r#"{"body":"TEXT ^x"}"#,
            TrailingBytes,
            "/body",
            "expected the end of the string, found x",
        ),
        (
            "/a/0",
            r#"{"a":["\u007b\u0022data\u0022:^7}"]}"#,
            WrongType,
            "/a/0/data",
            "expected an object, found 7",
        ),
    ]
};

#[test]
fn errors_point_into_the_record() {
    let text = quoted(DOCUMENT, Spelling::Short).0;
    let inside = &text[1..text.len() - 1];
    for &(pointer, marked, kind, expected, message) in TABLE {
        let marked = marked.replace("TXT", &text).replace("TEXT", inside);
        let marked = marked.replace("DOC", DOCUMENT);
        let offset = marked.find('^').unwrap();
        let record = marked.replacen('^', "", 1);
        let error = parse(at(pointer), &record).unwrap_err();
        assert_eq!(error.kind(), kind, "{error} in {marked}");
        assert_eq!(error.offset(), offset as u64, "{error} in {marked}");
        assert_eq!(error.pointer(), expected, "{error} in {marked}");
        assert!(message.is_empty() || error.message() == message, "{error} in {marked}");
        let mut peers = Peers::new(at(pointer)).taught("another", [enveloped(DOCUMENT).as_bytes()]);
        peers.parse(record.as_bytes());
    }
}

/// What is to be said of a document in a record, when this is said of it by itself.
fn moved(error: &Error, record: &[u8], to: impl Fn(usize) -> usize) -> [String; 5] {
    let offset = to(error.offset() as usize) as u64;
    let (line, column) = line_and_column(record, offset);
    let pointer = format!("/body{}", error.pointer());
    [error.kind().to_string(), offset.to_string(), format!("{line}:{column}"), pointer, {
        error.message().replace("the end of the record", "the end of the string")
    }]
}

fn said(error: &Error) -> [String; 5] {
    let place = format!("{}:{}", error.line(), error.column());
    let (kind, offset) = (error.kind().to_string(), error.offset().to_string());
    [kind, offset, place, error.pointer().to_owned(), error.message().to_owned()]
}

/// What stands before and after the document.
const ENVELOPES: [(&str, &str); 4] = [
    (r#"{"body":"#, "}"),
    (r#"{"fetched_at":"2026-09-04T13:40:02Z","account":"Xy12\/","body":"#, "}\n"),
    ("\r\n{\n  \"n\": [1, {\"body\": {}}],\n  \"bod\\u0079\" : ", r#" , "t":"\u0000" }"#),
    (r#"{"r":{},"body":"#, r#","bodies":[{"a":-0.5e1}],"z":null}"#),
];

/// Fails unless an envelope gives what its document gives by itself.
fn compare(document: &[u8], envelope: usize, limits: Options, peers: &mut Peers) {
    let (before, after) = ENVELOPES[envelope];
    let arena = Arena::new();
    let bare = limits.max_depth(11).parser::<JobResponse>().parse(document, &arena);
    let options = limits.at(Pointer::new("/body").unwrap()).max_depth(12).learning(false);

    let record = [before.as_bytes(), document, after.as_bytes()].concat();
    let found = options.parser::<JobResponse>().parse(&record, &arena);
    match &bare {
        Ok(view) => assert_eq!(found.as_ref(), Ok(view)),
        // It may be that what follows is taken for a part of it.
        Err(error) if error.offset() == document.len() as u64 => assert!(found.is_err()),
        Err(error) if error.kind() == ErrorKind::TrailingBytes => assert!(found.is_err()),
        Err(error) => {
            let mut expected = moved(error, &record, |offset| before.len() + offset);
            expected[4] = error.message().replace("limit of 11", "limit of 12");
            assert_eq!(said(&found.unwrap_err()), expected, "{}", String::from_utf8_lossy(&record));
        }
    }
    peers.parse(&record);

    let Ok(text) = str::from_utf8(document) else { return };
    // A byte order mark is for the beginning of a record.
    if text.starts_with('\u{feff}') {
        return;
    }
    for spelling in SPELLINGS {
        let (string, places) = quoted(text, spelling);
        let record = [before, &string, after].concat();
        let found = options.parser::<JobResponse>().parse(record.as_bytes(), &arena);
        match &bare {
            Ok(view) => assert_eq!(found.as_ref(), Ok(view)),
            Err(error) => {
                let to = |offset: usize| before.len() + places[offset];
                let mut expected = moved(error, record.as_bytes(), to);
                expected[4] = expected[4].replace("limit of 11", "limit of 12");
                assert_eq!(said(&found.unwrap_err()), expected, "{record}");
            }
        }
        peers.parse(record.as_bytes());
    }
}

/// Documents that are good, odd and bad, in every layout.
static DOCUMENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let each = |layout| {
        let poll = Settings::new(21, Shape::Poll, layout);
        let bad = Settings { bad_every: NonZeroU64::new(1), ..poll };
        let inline =
            Settings { shape: Shape::Inline, unknown_members: ExtraMembers::Assorted, ..poll };
        let [.., odd] = odd_settings(poll);
        [records_of(poll, 4), records_of(bad, 12), records_of(inline, 4), records_of(odd, 4)]
            .concat()
    };
    Layout::ALL.into_iter().flat_map(each).collect()
});

/// Parsers without a past, and such as know documents by envelopes and by strings, for different choices.
static PEERS: LazyLock<[(Options, Peers); 2]> = LazyLock::new(|| {
    let choices = [Options::new(), Options::new().unknown_members(UnknownMembers::Reject)];
    choices.map(|limits| {
        let documents = DOCUMENTS.iter().filter_map(|text| str::from_utf8(text).ok());
        let texts = documents.step_by(7).flat_map(|document| {
            [enveloped(document), enveloped(&quoted(document, Spelling::Short).0)]
        });
        let texts: Vec<_> = texts.collect();
        let options = limits.at(Pointer::new("/body").unwrap()).max_depth(12);
        (limits, Peers::new(options).taught("all layouts", texts.iter().map(String::as_bytes)))
    })
});

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: cases.unwrap_or(150),
        rng_seed: RngSeed::Fixed(2026),
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_envelope_gives_what_its_document_gives(
        document in any::<Index>(),
        mutations in mutations(),
        envelope in 0..ENVELOPES.len(),
        choice in any::<Index>(),
    ) {
        let mut document = document.get(&DOCUMENTS[..]).clone();
        mutations.iter().for_each(|mutation| mutation.apply(&mut document));
        let (limits, peers) = choice.get(&PEERS[..]);
        compare(&document, envelope, *limits, &mut peers.clone());
    }
}

#[test]
fn every_generated_document_is_the_same_in_an_envelope() {
    let [(limits, peers), _] = &*PEERS;
    let mut peers = peers.clone();
    for (index, document) in DOCUMENTS.iter().enumerate() {
        compare(document, index % ENVELOPES.len(), *limits, &mut peers);
    }
}

#[test]
fn an_envelope_cut_at_every_byte_ends_unexpectedly() {
    let document = DOCUMENT.replace("\"job\"", "\"j\\u006f\u{e9}\\ud83d\\ude00\u{1f600}b\"");
    for value in [document.clone(), quoted(&document, Spelling::Mixed).0] {
        let record = enveloped(&value);
        let mut peers = Peers::new(at("/body")).taught("it", [record.as_bytes(); 4]);
        for end in 0..record.len() {
            let cut = &record.as_bytes()[..end];
            peers.parse(cut);
            let error = at("/body").parser::<JobResponse>().parse(cut, &Arena::new()).unwrap_err();
            assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedEnd, end as u64));
        }
    }
}

#[test]
fn every_byte_at_every_place_of_an_envelope_is_judged_as_serde_json_does() {
    let (before, after) = (
        r#"{"at":"x\u00e9","n":[1,{"a":null}],"body":"#,
        r#" ,"t":[-1.5,true],"u":{"\ud83d\ude00":""}}"#,
    );
    let value = DOCUMENT.len();
    let record = [before, DOCUMENT, after].concat();
    let mut peers = Peers::new(at("/body")).taught("it", [record.as_bytes(); 4]);
    let mut record = record.into_bytes();
    let mut accepted = 0;
    for place in (0..before.len()).chain(before.len() + value..before.len() + value + after.len()) {
        let original = record[place];
        for byte in 0..=u8::MAX {
            record[place] = byte;
            let read = serde_json::from_slice::<serde_json::Value>(&record);
            let body = read.ok().and_then(|read| read.get("body").map(ToString::to_string));
            let expected = str::from_utf8(&record).is_ok()
                && body.is_some_and(|body| model::read(body.as_bytes()).is_ok());
            let parsed = at("/body").parser::<JobResponse>().parse(&record, &Arena::new()).is_ok();
            assert_eq!(parsed, expected, "{}", String::from_utf8_lossy(&record));
            accepted += u32::from(parsed);
            // Now and then by all of them.
            if usize::from(byte) % 16 == place % 16 {
                peers.parse(&record);
            }
        }
        record[place] = original;
    }
    assert!(accepted > 1000, "{accepted}");
}

/// A stream of envelopes: documents of all layouts, as they are and in strings, good ones and bad.
fn envelopes() -> Vec<String> {
    let texts = DOCUMENTS.iter().filter_map(|text| str::from_utf8(text).ok());
    let each = |(index, document): (usize, &str)| match index % 5 {
        0 => enveloped(document),
        1 => enveloped(&quoted(document, Spelling::Short).0),
        2 => format!("{{\n\"account\" : 5,\r\n\"body\":\n{document}\n}}"),
        3 => format!("{{\"body\":{},\"body\":{{}}}}", quoted(document, Spelling::Mixed).0),
        _ => format!("{{\"bodies\":{document}}}"),
    };
    texts.step_by(2).enumerate().map(each).collect()
}

#[test]
fn records_of_every_framing_come_the_same_every_way() {
    let lines: Vec<_> =
        envelopes().into_iter().map(|text| text.replace(['\n', '\r'], " ")).collect();
    // What is not JSON would take the rest with it.
    let is_json = |text: &&String| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let values: Vec<_> = envelopes().iter().filter(is_json).cloned().collect();
    for (framing, input, count) in [
        (Framing::Ndjson, lines.join("\n"), lines.len()),
        (Framing::Ndjson, lines.join("\r\n \n"), lines.len()),
        (Framing::Array, format!("[{}]", values.join(" ,\n")), values.len()),
        (Framing::Concatenated, values.join("\n"), values.len()),
        (Framing::Concatenated, values.concat(), values.len()),
        (Framing::Concatenated, format!("\u{1e}{}", values.join("\u{1e}")), values.len()),
    ] {
        let input = input.as_bytes();
        let options = at("/body").framing(framing).batch_bytes(3000).max_record_bytes(1 << 20);
        let (expected, drift) = of_slice::<JobResponse>(input, options);
        assert_eq!(expected.records(), count as u64, "{framing:?}");
        assert_eq!(of_slice::<JobResponse>(input, options.learning(false)).1.unknown_members(), {
            drift.unknown_members()
        });
        let steps = (0..).map(|step| Ok(step % 777)).take(2000).collect();
        let (found, read_drift, _) = read::<JobResponse>(Script { input, steps }, options);
        expected.assert_same(&found, input, "reader");
        assert_eq!(read_drift.unknown_members(), drift.unknown_members());
        expected.assert_same(&push::<JobResponse>(input.chunks(501), options), input, "feed");
        #[cfg(feature = "bytes")]
        {
            let pieces: Vec<_> = input.chunks(1999).collect();
            let owned = crate::stream::owned::<JobResponse>(&pieces, options);
            expected.assert_same(&owned, input, "owned batches");
        }
        let mut workers =
            options.parser::<JobResponse>().into_workers(NonZeroUsize::new(3).unwrap());
        let mut found = Joined::default();
        let batches = workers.map(input, |batch| Taken::from(batch));
        batches.into_iter().for_each(|taken| found.add(taken));
        expected.assert_same(&found, input, "workers");
        Peers::new(options).records(input);
    }
}

#[test]
fn the_framing_of_envelopes_is_told_like_any_other() {
    let pretty = format!("{{\n  \"body\": {DOCUMENT}\n}}\n");
    let line = enveloped(&quoted(DOCUMENT, Spelling::Short).0) + "\n";
    for input in [line.repeat(3), pretty.repeat(3), format!("[{line},{pretty},{line}]")] {
        assert_eq!(Peers::new(at("/body")).records(input.as_bytes()), 3, "{input}");
    }
}

#[test]
fn an_envelope_does_not_go_beyond_its_line() {
    let pretty = records_of(Settings::new(5, Shape::Poll, Layout::Pretty), 1).remove(0);
    let pretty = String::from_utf8(pretty).unwrap();
    let good = enveloped(&quoted(&pretty, Spelling::Short).0);
    let taught = || [enveloped(&pretty), enveloped(DOCUMENT), good.clone()];
    let options = at("/body").framing(Framing::Ndjson);
    let texts = taught().map(String::into_bytes);
    let mut peers = Peers::new(options).taught("line breaks", texts.iter().map(Vec::as_slice));
    let broken = enveloped(DOCUMENT);
    for (place, _) in broken.match_indices([',', ':', '{', '}']).skip(1) {
        let (before, after) = broken.split_at(place);
        for end in ["\n", "\r\n"] {
            let input = [before, end, after, end, &good, end].concat();
            assert_eq!(peers.records(input.as_bytes()), 1, "{input}");
        }
    }
}

#[test]
fn what_came_before_does_not_matter_to_an_envelope() {
    let string = quoted(DOCUMENT, Spelling::Short).0;
    for (pointer, record) in [
        ("/body", r#"{"at":"2026","n":-1.5,"body":DOC}"#),
        ("/body", "{ \"\u{e9}\" : \"\u{e9}\", \"body\" : DOC , \"n\" : {\"body\":[null]} }"),
        ("/2/body", r#"[true,[{}],{"a":"\n","body":DOC,"b":[]},"z"]"#),
        ("/1", r#"{"0":[[0],"1"],"1":DOC,"2":{ "a" : 5 }}"#),
    ] {
        let (before, after) = record.split_once("DOC").unwrap();
        let good = record.replace("DOC", DOCUMENT);
        for value in [DOCUMENT, &string] {
            let mut peers =
                Peers::new(at(pointer).framing(Framing::Ndjson)).taught("it", [good.as_bytes(); 2]);
            let rest = before.len() + value.len();
            let record = [before, value, after].concat();
            let places = (0..=before.len()).chain(rest..=record.len());
            for place in places.filter(|&place| record.is_char_boundary(place)) {
                let (head, tail) = record.split_at(place);
                let texts = [
                    "\n", "\r\n", "\r", " ", "\"", "\\", "\\u0062", ",", "1", "{", "[", "]",
                    "\u{e9}",
                ];
                let mut inserted = texts.map(|text| [head, text, tail].concat()).to_vec();
                let one = tail.chars().next().map_or(0, char::len_utf8);
                inserted.push([head, &tail[one..]].concat());
                // As the first line would be, if it were none.
                peers.parse(inserted[0].as_bytes());
                // Good ones between them.
                for end in ["\n", "\r\n"] {
                    let input = inserted.join(&[end, &good, end].concat());
                    assert!(peers.records(input.as_bytes()) >= inserted.len() - 1, "{input}");
                }
            }
        }
    }
}

#[test]
fn long_envelopes_are_read_as_short_ones_are() {
    for count in [30, 31, 32, 33, 100, 1000] {
        let members: String = (0..count).map(|n| format!("\"member {n}\":[{n}],")).collect();
        let record = format!("{{{members}\"body\":{DOCUMENT},{members}\"z\":1}}\n").repeat(3);
        assert_eq!(Peers::new(at("/body")).records(record.as_bytes()), 3, "{count}");
    }
}

#[test]
fn what_kind_it_is_is_told_from_the_document() {
    for (kind, document) in samples::documents() {
        for value in [document.clone(), quoted(&document, Spelling::Mixed).0] {
            // With names that would tell another kind.
            let record = format!(r#"{{"errors":[],"body":{value},"data":[],"included":[]}}"#);
            let arena = Arena::new();
            let mut parser = at("/body").parser::<JobDocument>();
            for _ in 0..4 {
                assert_eq!(parser.parse(record.as_bytes(), &arena).unwrap().kind(), kind);
            }
            let parsed = at("/body").parser::<JobPage>().parse(record.as_bytes(), &arena);
            match kind {
                DocumentKind::Page => assert!(parsed.is_ok()),
                _ => assert_eq!(parsed.unwrap_err().kind(), ErrorKind::WrongKind),
            }
        }
    }
}

#[test]
fn unknown_members_are_those_of_the_document() {
    let document = DOCUMENT.replacen('{', "{\"more\":{},", 1);
    let string = quoted(&document, Spelling::Escaped).0;
    let plain = enveloped(DOCUMENT);
    let records =
        [&plain, "{}", &enveloped(&string), "[]", "{\"body\":\"\\q\"}", &enveloped(&document)];
    for learning in [true, false] {
        let mut parser = at("/body").learning(learning).parser::<JobResponse>();
        let arena = Arena::new();
        parser.records(records.join("\n").as_bytes(), &arena).for_each(drop);
        let [member] = parser.drift().unknown_members() else { panic!("there is one") };
        let noticed = (member.pointer(), member.count(), member.first_document());
        assert_eq!(noticed, ("/more", 2, 2), "learning: {learning}");
    }
    let options = at("/body").unknown_members(UnknownMembers::Reject);
    assert_eq!(parse(options, &plain), Ok("job".to_owned()));
    let error = parse(options, &enveloped(&string)).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (ErrorKind::UnknownMember, "/body/more"));
    assert_eq!(error.message(), "unknown member \"more\"");
}

#[test]
fn depth_counts_from_the_root_of_the_record() {
    let deep = DOCUMENT.replacen('{', "{\"more\":[[[[[[]]]]]],", 1);
    let limit = "nested deeper than the limit of";
    // The document is seven deep, the way to it two.
    for value in [deep.clone(), quoted(&deep, Spelling::Short).0] {
        let record = format!(r#"{{"a":{{"body":{value}}},"more":[[[[[[[[]]]]]]]]}}"#);
        assert!(parse(at("/a/body").max_depth(9), &record).is_ok());
        for (depth, pointer) in
            [(8, "/a/body/more/0/0/0/0/0"), (3, "/a/body/more"), (2, "/a/body"), (1, "/a"), (0, "")]
        {
            let error = parse(at("/a/body").max_depth(depth), &record).unwrap_err();
            assert_eq!((error.kind(), error.pointer()), (ErrorKind::DepthLimit, pointer));
            assert_eq!(error.message(), format!("{limit} {depth}"));
        }
    }
    for (around, depth) in [("[[[[]]]]", 5), ("{\"a\":[1,{}]}", 4)] {
        for record in [
            format!(r#"{{"a":{around},"b":"","body":{DOCUMENT}}}"#),
            format!(r#"{{"body":{DOCUMENT},"a":{around}}}"#),
        ] {
            let error = parse(at("/body").max_depth(depth - 1), &record).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::DepthLimit);
            assert!(parse(at("/body").max_depth(8), &record).is_ok());
        }
    }
    let nested = "[".repeat(1_000_000);
    let error = parse(at("/body"), &format!(r#"{{"a":{nested}"#)).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::DepthLimit, 5 + 1023));
}

#[test]
fn a_string_that_the_arena_has_no_room_for_is_rejected() {
    for kernel in Kernel::available() {
        let record = enveloped(&quoted(DOCUMENT, Spelling::Short).0);
        let mut parser = at("/body").kernel(kernel).max_arena_bytes(400).parser::<JobResponse>();
        let error = parser.parse(record.as_bytes(), &Arena::new()).unwrap_err();
        assert_eq!((error.kind(), error.pointer()), (ErrorKind::ArenaLimit, "/body"));
        assert_eq!(error.offset(), record.find("\"{").unwrap() as u64);
        // What needs no room has room.
        let mut parser = at("/body").kernel(kernel).max_arena_bytes(4000).parser::<JobResponse>();
        assert!(parser.parse(record.as_bytes(), &Arena::new()).is_ok());
    }
    // For each record by itself, in a stream.
    let record = enveloped(&quoted(DOCUMENT, Spelling::Short).0) + "\n";
    let options = at("/body").max_arena_bytes(4000).max_record_bytes(1 << 20);
    let input = record.repeat(50);
    let (found, ..) = read::<JobResponse>(input.as_bytes(), options);
    let (expected, _) = of_slice::<JobResponse>(input.as_bytes(), at("/body"));
    expected.assert_same(&found, input.as_bytes(), "with a limit");
}

#[test]
fn a_document_in_an_envelope_is_learned_as_if_it_stood_alone() {
    let hits = |options: Options, record: &str| {
        let mut parser = options.parser::<JobResponse>();
        for _ in 0..6 {
            parser.parse(record.as_bytes(), &Arena::new()).unwrap();
        }
        (parser.layout().hits(), parser.layout().misses())
    };
    let bare = hits(Options::new(), DOCUMENT);
    assert!(bare.0 > 50, "{bare:?}");
    assert_eq!(hits(at("/body"), &enveloped(DOCUMENT)), bare);
    assert_eq!(hits(at("/body"), &enveloped(&quoted(DOCUMENT, Spelling::Escaped).0)), bare);
}

#[test]
fn warm_batches_of_envelopes_make_no_heap_allocation() {
    let documents = records_of(Settings::new(3, Shape::Inline, Layout::Compact), 100);
    let each = |(index, document): (usize, &Vec<u8>)| {
        let document = str::from_utf8(document).unwrap();
        enveloped(&if index % 2 == 0 {
            document.to_owned()
        } else {
            quoted(document, Spelling::Short).0
        })
    };
    let input = documents.iter().enumerate().map(each).collect::<Vec<_>>().join("\n");
    for kernel in Kernel::available() {
        let mut parser = at("/body").kernel(kernel).parser::<JobResponse>();
        let mut arena = Arena::new();
        for warm in [false, false, false, false, true] {
            arena.reset();
            let counted = allocation_counter::measure(|| {
                let batch = parser.parse_batch(input.as_bytes(), &arena);
                assert_eq!(batch.documents().len(), 100);
            });
            assert!(!warm || counted.count_total == 0, "{kernel}: {counted:?}");
        }
    }
}

#[test]
fn a_string_is_not_unwrapped_twice() {
    let twice = quoted(&quoted(DOCUMENT, Spelling::Short).0, Spelling::Short).0;
    let error = parse(at("/body"), &enveloped(&twice)).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (ErrorKind::WrongType, "/body"));
    // Nor at all where the record is the document.
    let error = parse(Options::new(), &quoted(DOCUMENT, Spelling::Short).0).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::WrongType, 0));
}

#[test]
fn a_limit_to_the_record_counts_its_envelope() {
    let record = enveloped(DOCUMENT);
    assert!(parse(at("/body").max_record_bytes(record.len()), &record).is_ok());
    let error = parse(at("/body").max_record_bytes(record.len() - 1), &record).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (ErrorKind::RecordSizeLimit, ""));
}
