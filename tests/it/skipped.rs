//! Values that the schema says nothing about: those of unknown members, and raw JSON. They are learned like all others,
//! and must be judged alike by who has learned them, who has learned others at the same place, and who does not learn.
//!
//! Must not ask what is right where the parsers agree; that is for `differential` and the conformance suite.

use crate::DOCUMENT;
use crate::peers::Peers;
use crate::samples::documents;
use jobview::{
    Arena, Document, DocumentKind, ErrorKind, ErrorResponse, ImportErrorPage, JobDocument, JobPage,
    Options, Parser,
};

/// Arrays and objects in turn, so many, around a value.
fn nested(levels: usize, inside: &str) -> String {
    let begin: String = (0..levels).map(|level| ["[", "{\"n\":"][level % 2]).collect();
    let end: String = (0..levels).rev().map(|level| ["]", "}"][level % 2]).collect();
    format!("{begin}{inside}{end}")
}

/// Values that are valid.
fn good_values() -> Vec<String> {
    let mut values: Vec<String> = [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "7",
        "-7",
        "12345678",
        "123456789012345678901234567890",
        "1.5",
        "-1.5e-10",
        "1E+400",
        "0e0",
        "0.0",
        r#""""#,
        r#""x""#,
        r#""\u0041\n\\\"""#,
        r#""\ud83d\ude00é€""#,
        "{}",
        "[]",
        "[{}]",
        "[[]]",
        "{\"a\":{}}",
        "{\"a\":[]}",
        r#"{"a":{},"b":[],"c":{"d":{}}}"#,
        r#"[{},{},[],[{}]]"#,
        "[ ]",
        "{ }",
        r#"{ "a" : { } , "b" : [ ] }"#,
        "[1,2,3]",
        r#"[1,"2",null,true,{"x":false}]"#,
        r#"{"a":1,"a":2,"a":[]}"#,
        r#"{"\u0061\"]}":"]}"}"#,
        r#"{"":{"":[""]}}"#,
        "[[[]],[[]]]",
        "[1,[2,[3,[4]]]]",
        "[\t1\r\n,\t2 ]",
    ]
    .map(str::to_owned)
    .into();
    values.push(format!("\"{}\"", "y".repeat(70)));
    values.push(format!("{{\"{}\":[\"{}\"]}}", "n".repeat(300), "é".repeat(40)));
    for levels in [29, 30, 31, 32, 33, 40] {
        values.extend(["1", "", "\"x\"", "[]", "null"].map(|inside| {
            // An object must have something in it.
            nested(levels, if inside.is_empty() && levels % 2 == 0 { "{}" } else { inside })
        }));
    }
    values
}

/// Values that are not.
fn bad_values() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        "tru",
        "nul",
        "n",
        "t",
        "falsey",
        "nullx",
        "null1",
        "truefalse",
        "True",
        "nulL",
        "01",
        "-",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "0x1",
        "1_0",
        "--1",
        "\"",
        "\"x",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud83d\"",
        "\"\u{1}\"",
        "{",
        "[",
        "}",
        "]",
        ",",
        ":",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{,}",
        "[,]",
        "[1,]",
        "{\"a\":1,}",
        "[1 2]",
        "[1}",
        "{\"a\":1]",
        "[[1]",
        "{\"a\":{\"b\":1}",
        "[tru]",
        "[nul,1]",
        "{\"a\":falsey}",
        "[01]",
        "[\"\\x\"]",
        "[1]]",
        "{}}",
        "[\u{0}]",
        "[\u{b}1]",
        "\u{feff}1",
    ]
    .map(str::to_owned)
    .into();
    for levels in [30, 31, 32, 33] {
        let good = nested(levels, "1");
        values.push(good[..good.len() - 1].to_owned());
        values.push(nested(levels, ","));
        values.push(nested(levels, "nul"));
        // Closed by the wrong bracket, in the middle.
        let middle = good.len() - levels / 2;
        let wrong = if &good[middle..=middle] == "]" { "}" } else { "]" };
        values.push(format!("{}{wrong}{}", &good[..middle], &good[middle + 1..]));
    }
    values
}

fn values() -> Vec<String> {
    let good = good_values();
    let bad = bad_values();
    // In turn, so that what is good is learned in between.
    let mut values = vec![];
    for index in 0..good.len().max(bad.len()) {
        values.extend(good.get(index).cloned());
        values.extend(bad.get(index).cloned());
    }
    values
}

#[test]
fn the_values_here_are_good_and_bad_as_they_say() {
    let mut parser = Parser::<JobDocument>::new();
    let mut is_good = |value: &str| {
        let text = DOCUMENT.replacen('{', &format!("{{\"more\":{value},"), 1);
        parser.parse(text.as_bytes(), &Arena::new()).is_ok()
    };
    good_values().iter().for_each(|value| assert!(is_good(value), "{value}"));
    bad_values().iter().for_each(|value| assert!(!is_good(value), "{value}"));
}

/// Parsers that know a text with one value and with another in its place.
fn knowing<D: Document>(
    options: Options,
    text: impl Fn(&str) -> String,
    taught: [&str; 3],
) -> Peers<D> {
    let mut peers = Peers::of(options);
    for value in taught {
        let text = text(value);
        peers = peers.taught("a value", [text.as_bytes(); 5]);
    }
    let texts = taught.map(text);
    let all = texts.iter().map(String::as_bytes).cycle().take(12);
    peers.taught("several values", all)
}

/// Has parsers that know different things of a place agree on every value that may stand there, and every one that may not.
fn agree_on_values<D: Document>(options: Options, text: impl Fn(&str) -> String) {
    let taught = ["null", r#"{"a":{},"b":[1,"x",{"c":null}]}"#, "\"x\""];
    let mut peers = knowing::<D>(options, &text, taught);
    for value in values() {
        // The second time it is learned, the third time it is known.
        for _ in 0..3 {
            peers.parse(text(&value).as_bytes());
        }
    }
}

#[test]
fn values_of_unknown_members_are_judged_alike() {
    let first = |value: &str| DOCUMENT.replacen('{', &format!("{{\"more\":{value},"), 1);
    agree_on_values::<JobDocument>(Options::new(), first);
    let last =
        |value: &str| DOCUMENT.replace("\"top\"}", &format!("\"top\",\"m\\u006fre\" : {value}}}"));
    agree_on_values::<JobDocument>(Options::new(), last);
    let several = |value: &str| {
        let more =
            format!("\"a\":{value},\"b\": {value} ,\"c\":{{}},\"d\":[],\"e\":{value},\"id\":\"p");
        DOCUMENT.replace("\"id\":\"p", &more)
    };
    agree_on_values::<JobDocument>(Options::new(), several);
}

#[test]
fn raw_json_is_judged_alike_in_every_kind() {
    for (kind, document) in documents() {
        let meta = document.rfind("\"meta\":").unwrap() + "\"meta\":".len();
        let text = |value: &str| format!("{}{value}}}", &document[..meta]);
        assert!(document.ends_with('}'), "{kind}");
        agree_on_values::<JobDocument>(Options::new(), text);
    }
}

#[test]
fn members_of_items_that_the_schema_does_not_name_are_judged_alike() {
    for (kind, document) in documents() {
        let place = match kind {
            DocumentKind::Page => "\"attributes\":{",
            DocumentKind::ImportErrors => "\"source\":{",
            DocumentKind::Errors => "{\"code\"",
            _ => continue,
        };
        assert!(document.contains(place), "{kind}");
        let text = |value: &str| {
            let (begin, rest) = place.split_at(1 + place.find('{').unwrap());
            document.replace(place, &format!("{begin}\"x\":{value},\"y\":[],{rest}"))
        };
        match kind {
            DocumentKind::Page => agree_on_values::<JobPage>(Options::new(), text),
            DocumentKind::ImportErrors => agree_on_values::<ImportErrorPage>(Options::new(), text),
            _ => agree_on_values::<ErrorResponse>(Options::new(), text),
        }
    }
    // What was sent, in an item.
    let page =
        documents().into_iter().find(|(kind, _)| *kind == DocumentKind::ImportErrors).unwrap().1;
    let begin = page.find("\"original_payload\":").unwrap() + "\"original_payload\":".len();
    let end = page.find("},\"links\":{\"self\":\"e\"}").unwrap();
    agree_on_values::<ImportErrorPage>(Options::new(), |value| {
        format!("{}{value}{}", &page[..begin], &page[end..])
    });
}

#[test]
fn what_is_wrong_in_raw_json_is_wrong_at_every_byte() {
    let raw = r#"{"a":[1,-2.5e3,"x\u00e9",{"b":null,"c":{},"d":[]}],"e":"y"}"#;
    let place = "\"links\":{\"self\":\"top\"}";
    let text = |raw: &str| DOCUMENT.replace(place, &format!("{place},\"meta\":{raw}"));
    let mut peers = knowing::<JobDocument>(Options::new(), text, [raw, "[]", "1"]);
    let document = text(raw);
    let begin = document.find(raw).unwrap();
    let mut changed = document.clone().into_bytes();
    for place in begin..begin + raw.len() {
        for byte in
            [b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b'0', b'n', b' ', b'\n', 0, 0xff]
        {
            let before = std::mem::replace(&mut changed[place], byte);
            peers.parse(&changed);
            changed[place] = before;
            let mut more = changed.clone();
            more.insert(place, byte);
            peers.parse(&more);
        }
        let mut less = changed.clone();
        less.remove(place);
        peers.parse(&less);
        peers.parse(&changed[..place]);
        peers.parse(&changed);
    }
}

#[test]
fn depth_ends_at_the_limit_at_the_same_byte() {
    let unknown = |value: &str| DOCUMENT.replacen('{', &format!("{{\"more\":{value},"), 1);
    let inside = |value: &str| {
        DOCUMENT.replace("\"self\":\"job/\"", &format!("\"x\":{value},\"self\":\"job/\""))
    };
    let raw = |value: &str| DOCUMENT.replace("\"top\"}", &format!("\"top\"}},\"meta\":{value}"));
    type Text = fn(&str) -> String;
    let texts: [(Text, usize); 3] = [(unknown, 1), (inside, 3), (raw, 1)];
    for max_depth in [6, 12, 30, 31, 32, 33, 34, 35, 36, 64] {
        let options = Options::new().max_depth(max_depth);
        for (text, around) in texts {
            let most = usize::from(max_depth) - around;
            let deepest = nested(most, "1");
            let mut peers = knowing::<JobDocument>(options, text, [&deepest, "1", "[[{}]]"]);
            for levels in [most - 1, most, most + 1, most + 2, 29, 30, 31, 32, 33, 34] {
                for value in [nested(levels, "1"), nested(levels, "nul"), nested(levels, "[]")] {
                    for _ in 0..3 {
                        peers.parse(text(&value).as_bytes());
                    }
                }
            }
            let mut parser = options.parser::<JobDocument>();
            let arena = Arena::new();
            assert!(parser.parse(text(&deepest).as_bytes(), &arena).is_ok());
            for _ in 0..3 {
                let value = nested(most + 1, "1");
                let text = text(&value);
                let error = parser.parse(text.as_bytes(), &arena).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::DepthLimit);
                // The bracket that is one too many is the innermost one.
                let innermost = text.find(&value).unwrap() + value.rfind(['[', '{']).unwrap();
                assert_eq!(error.offset(), innermost as u64);
            }
        }
    }
}

#[test]
fn values_that_may_be_null_are_judged_alike() {
    for (name, before, taught) in [
        ("completed_at", "null", ["null", "\"c\"", "\"2026-09-04T13:40:00Z\""]),
        ("expires_at", "\"2026-09-11T13:40:00+00:00\"", ["null", "\"\"", "\"e\""]),
        ("completed_count", "9", ["null", "9", "123456789"]),
        ("total_count", "10", ["10", "7", "12345678901234567"]),
    ] {
        let old = format!("\"{name}\":{before}");
        let text = |value: &str| DOCUMENT.replace(&old, &format!("\"{name}\":{value}"));
        assert_ne!(text("?"), DOCUMENT);
        let mut peers = knowing::<JobDocument>(Options::new(), text, taught);
        for value in values() {
            for blank in ["", "\t\r\n"] {
                for value in [format!("{blank}{value}"), format!("{value}{blank}")] {
                    peers.parse(text(&value).as_bytes());
                    peers.parse(text(&value).as_bytes());
                }
            }
        }
    }
}

#[test]
fn names_that_the_schema_does_not_have_are_told_apart_alike() {
    let names = [
        "",
        "x",
        "idx",
        "i",
        "\\u0069dx",
        "\\u0069d\\u0000",
        "id ",
        "ID",
        "typ",
        "types",
        "d\\u0061t\\u0061x",
        "a/b",
        "~",
        "é",
        "\\ud83d\\ude00",
        "\\\"",
        "\\\\",
        "status\\n",
        "completed_count_",
        "\\ud83d",
        "\\x",
        "\u{1}",
    ];
    let long = "n".repeat(300);
    let text = |name: &str, value: &str| {
        DOCUMENT.replace("\"attributes\":{", &format!("\"attributes\":{{\"{name}\":{value},"))
    };
    let taught = [text("x", "1"), text("\\u0078", "[2]"), text("y", "{\"x\":{}}")];
    let mut peers = Peers::<JobDocument>::of(Options::new())
        .taught("one name", [taught[0].as_bytes(); 5])
        .taught("names", taught.iter().map(String::as_bytes).cycle().take(15));
    for _ in 0..3 {
        for name in names.iter().chain([&&*long]) {
            for value in ["1", "[]", "{\"x\":[null]}", "tru"] {
                peers.parse(text(name, value).as_bytes());
                peers.parse(text(name, value).as_bytes());
            }
        }
    }
}
