//! No beginning of a stream costs more than the record that it damages, nor does damage anywhere else.
//!
//! Files of six documents in each framing are cut at every offset of the first, and have foreign lines put before
//! them. All other documents must be there, once and in their order, from the slice and from a stream.

use crate::stream::{Script, of_slice, read};
use jobview::{Arena, ErrorKind, JobDocument, JobResponse, Jobs as _, Options, Parser};

/// Holds what could be taken for another document: a member that is a page of identifiers by itself.
const DOCUMENT: &str = concat!(
    r#"{"data":{"type":"profile-bulk-import-job","id":"job","attributes":{"status":"queued","#,
    r#""created_at":"","total_count":10,"started_at":null},"relationships":{"lists":{"data":["#,
    r#"{"type":"list","id":"a\""},{"type":"list","id":"b"}],"links":{"self":"","related":""}}},"#,
    r#""links":{"self":"{"}},"links":{"self":"\n"}}"#,
);

fn documents() -> Vec<String> {
    let document = |number: u32| DOCUMENT.replace("\"job\"", &format!("\"job{number}\""));
    (1..=6).map(document).collect()
}

/// With members and items in lines of their own.
fn pretty(document: &str, indentation: usize) -> String {
    let value: serde_json::Value = serde_json::from_str(document).unwrap();
    let text = serde_json::to_string_pretty(&value).unwrap();
    text.replace('\n', &format!("\n{}", " ".repeat(indentation)))
}

/// With members and items in lines of their own, and no indentation.
fn flat(document: &str) -> String {
    pretty(document, 0).lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// A name, what comes before the first document, the documents, what is between two, and what comes after the last.
type Framed = (&'static str, &'static str, Vec<String>, &'static str, &'static str);

fn framings() -> Vec<Framed> {
    let lines = documents();
    let spaced: Vec<_> =
        lines.iter().map(|line| line.replace(':', ": ").replace(',', ", ")).collect();
    let pretty_by = |by| lines.iter().map(|line| pretty(line, by)).collect::<Vec<_>>();
    let flat: Vec<_> = lines.iter().map(|line| flat(line)).collect();
    vec![
        ("NDJSON", "", lines.clone(), "\n", "\n"),
        ("NDJSON with CRLF and no end", "", lines.clone(), "\r\n", ""),
        ("NDJSON with spaces", "", spaced.clone(), "\n", "\n"),
        ("NDJSON with blank lines", "\n", lines.clone(), "\n\n", "\n"),
        ("an array in a line", "[", lines.clone(), ",", "]"),
        ("an array with spaces", "[", spaced, ", ", "]\n"),
        ("an array of lines", "[\n", lines.clone(), ",\n", "\n]\n"),
        ("an array of lines after commas", "[", lines.clone(), "\n,", "\n]\n"),
        ("a pretty-printed array", "[\n  ", pretty_by(2), ",\n  ", "\n]\n"),
        ("an array a line", "[", lines.clone(), "]\n[", "]\n"),
        ("arrays after one another", "[", lines.clone(), "][", "]"),
        ("glued", "", lines.clone(), "", ""),
        ("in one line", "", lines.clone(), " ", "\n"),
        ("pretty-printed", "", pretty_by(0), "\n", "\n"),
        ("pretty-printed and glued", "", pretty_by(0), "", "\n"),
        ("RFC 7464", "\u{1e}", lines.clone(), "\n\u{1e}", "\n"),
        ("RFC 7464, pretty-printed", "\u{1e}", pretty_by(0), "\n\u{1e}", "\n"),
        ("a pretty-printed array at the margin", "[", pretty_by(0), ",\n", "]\n"),
        ("RFC 7464 with no indentation", "\u{1e}", flat.clone(), "\n\u{1e}", "\n"),
    ]
}

/// The ids of the documents that are accepted, of any kind, and how many records are rejected.
fn found(input: &[u8]) -> (Vec<String>, usize) {
    let arena = Arena::new();
    let mut parser = Parser::<JobDocument>::new();
    let batch = parser.parse_batch(input, &arena);
    let ids: Vec<_> = batch.jobs().map(|job| job.id.to_owned()).collect();
    assert_eq!(ids.len(), batch.documents().len(), "nothing inside of a document is one");
    (ids, batch.rejected().len())
}

/// Fails unless all documents but the first are found, and no others.
fn assert_none_is_lost(input: &str, most_rejected: usize, how: &dyn Fn() -> String) {
    let (ids, rejected) = found(input.as_bytes());
    let expected: Vec<_> = (1..=6).map(|number| format!("job{number}")).collect();
    let others = ids.strip_prefix(&expected[..1]).unwrap_or(&ids);
    assert_eq!(others, &expected[1..], "{}: {input}", how());
    // Each line of text that is not indented is one by itself.
    let most = if how().contains("no indentation") { 40 } else { most_rejected };
    assert!(rejected <= most, "{}: {rejected} rejected of {input}", how());
}

#[test]
fn a_file_that_begins_within_its_first_record_loses_no_other() {
    for (name, opening, documents, between, closing) in framings() {
        let first = &documents[0];
        let rest = documents[1..].join(between);
        for start in 0..=first.len() {
            let input = format!("{}{between}{rest}{closing}", &first[start..]);
            assert_none_is_lost(&input, 4, &|| format!("{name} from {start}"));
        }
        for start in 0..=opening.len() {
            let input = format!("{}{}{closing}", &opening[start..], documents.join(between));
            assert_none_is_lost(&input, 1, &|| format!("{name}, opening from {start}"));
        }
    }
}

#[test]
fn a_file_whose_first_record_is_cut_short_loses_no_other() {
    for (name, opening, documents, between, closing) in framings() {
        let first = &documents[0];
        let rest = documents[1..].join(between);
        for end in 0..=first.len() {
            let input = format!("{opening}{}{between}{rest}{closing}", &first[..end]);
            assert_none_is_lost(&input, 3, &|| format!("{name} up to {end}"));
        }
    }
}

#[test]
fn a_record_in_the_middle_that_is_cut_short_costs_no_other() {
    for (name, opening, documents, between, closing) in framings() {
        for end in 1..documents[3].len() {
            let mut documents = documents.clone();
            documents[3].truncate(end);
            let input = format!("{opening}{}{closing}", documents.join(between));
            let (ids, _) = found(input.as_bytes());
            assert_eq!(
                ids,
                ["job1", "job2", "job3", "job5", "job6"],
                "{name} up to {end}: {input}"
            );
        }
    }
}

/// What files begin with that somebody else has begun.
const FIRST_LINES: [&str; 68] = [
    "[INFO] start",
    "[2026-09-04 13:40:00] production.INFO: start",
    "2026-09-04 start",
    "2026-09-04T13:40:00.000Z INFO poller starting",
    "Sep  4 13:40:00 host poller[123]: start",
    "INFO:root:start",
    "E0904 13:40:00.000000 1 poll.go:1] retry",
    "time=\"2026-09-04T13:40:00Z\" level=info msg=start",
    "<14>1 2026-09-04T13:40:00Z host app - - - start",
    "{main} start",
    "{\"level\":\"info\",\"msg\":\"start\"}",
    "{\"level\":\"info\",\"msg\":\"start\"",
    "{level: info}",
    "[{main}] start",
    "[1/6] fetching",
    "[[DEBUG]] start",
    "(1) start",
    "---",
    "--- # YAML",
    "%YAML 1.2",
    "key: value",
    "# comment",
    "// comment",
    "/* comment */",
    "; comment",
    "#!/usr/bin/env jobview",
    "<!DOCTYPE html>",
    "<html><body>502 Bad Gateway</body></html>",
    "<?xml version=\"1.0\"?>",
    "<!-- comment -->",
    "id,status,created_at",
    "\"id\",\"status\",\"created_at\"",
    "id;status;created_at",
    "id\tstatus\tcreated_at",
    "1,queued,2026-09-04",
    "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.api+json\r\n\r",
    "HTTP/2 202\nserver: cloudflare\nx-request: {\"a\":1}\n",
    "  % Total    % Received % Xferd\n  0     0    0     0    0     0\n100  1340  100  1340",
    "* Connected to a.klaviyo.com (1.2.3.4) port 443",
    "> GET /api/profile-bulk-import-jobs HTTP/2",
    "< HTTP/2 200",
    "curl: (28) Operation timed out",
    "Warning: binary output",
    "Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n    start()",
    "panic: runtime error",
    "data: event",
    "event: message\nid: 1",
    "$ jobview generate",
    "null",
    "true",
    "12",
    "-",
    "\"text\"",
    "\"text",
    "[1,2,3]",
    "[]",
    "{}",
    "{",
    "}",
    "}}",
    "]",
    ",",
    ":",
    "\u{feff}",
    "\u{fffe}",
    "\0\0\0\0\0\0\0\0",
    "\u{feff}\u{feff} \u{feff}x",
    "Lorem ipsum dolor sit amet, \u{e9}\u{1f600} {\"data\":",
];

#[test]
fn a_foreign_first_line_costs_no_document() {
    let all: Vec<_> = (1..=6).map(|number| format!("job{number}")).collect();
    for (name, opening, documents, between, closing) in framings() {
        let file = format!("{opening}{}{closing}", documents.join(between));
        for line in FIRST_LINES {
            for end in ["\n", "\r\n", "\n\n"] {
                let input = format!("{line}{end}{file}");
                assert_eq!(found(input.as_bytes()).0, all, "{name} after {line:?}: {input}");
            }
        }
        for mark in [&b"\xef\xbb\xbf"[..], b"\xff\xfe\n", b"\xfe\xff\n", b"\xef\xbb\n", b"\x80\n"] {
            let input = [mark, file.as_bytes()].concat();
            assert_eq!(found(&input).0, all, "{name} after {mark:x?}");
        }
    }
}

#[test]
fn damage_to_one_line_is_rejected_with_that_line() {
    let [d, e, f, ..] = &documents()[..] else { panic!("there are six") };
    let ids = |ids: &[&str]| ids.iter().map(|id| format!("job{id}")).collect::<Vec<_>>();
    for (input, accepted, rejected) in [
        (format!("[INFO] start\n{d}\n{e}\n"), ids(&["1", "2"]), 1),
        (format!("2026-09-04 start\n{d}\n{e}\n"), ids(&["1", "2"]), 1),
        (format!("{d}}}\n{e}\n{f}\n"), ids(&["2", "3"]), 1),
        (format!("{d}\0\n{e}\n{f}\n"), ids(&["2", "3"]), 1),
        (format!("{d} //x\n{e}\n{f}\n"), ids(&["2", "3"]), 1),
        (format!("{d},\n{e},\n{f}\n"), ids(&["3"]), 2),
        (format!("{}\n\n{e}\n{f}\n", &d[..100]), ids(&["2", "3"]), 1),
        (format!("{}\n  {e}\n{f}\n", &d[..100]), ids(&["2", "3"]), 1),
        (format!("{}\n\u{feff}{e}\n{f}\n", &d[..100]), ids(&["2", "3"]), 1),
        (format!("}}}}\n\u{1e}{d}\n\u{1e}{e}\n"), ids(&["1", "2"]), 1),
        (format!("{d}{d}\n{e}\n{{\"data\":\n{e}\n{f}\n"), ids(&["1", "1", "2", "2", "3"]), 1),
        (format!("[{d},{e}]\n[{f}]\n"), ids(&["1", "2", "3"]), 0),
        (format!("[{d},{e}] [{f}] []{d}"), ids(&["1", "2", "3", "1"]), 0),
        (format!("[{d} {e}]"), ids(&["1", "2"]), 1),
        (format!("[{d},,{e}]"), ids(&["1", "2"]), 1),
        (format!("[{d},{e},]\n{f}"), ids(&["1", "2", "3"]), 1),
        (format!("[{d},oops,{e}]\n{f}"), ids(&["1", "2", "3"]), 1),
        (format!("[{d},\n{{\"data\":\n{e},\n{f}\n]"), ids(&["1", "2", "3"]), 1),
        (format!("INFO start\n{}\n{e}\n", flat(f)), ids(&["3", "2"]), 1),
        (format!("{d}\n{}\n{e}\n", pretty(f, 0)), ids(&["1", "3", "2"]), 0),
        (format!("{}\noops\n{e}\n", pretty(f, 0)), ids(&["3", "2"]), 1),
        (format!("{}\n{e}\n", pretty(f, 0).replace("10", "oops")), ids(&["2"]), 1),
    ] {
        assert_eq!(found(input.as_bytes()), (accepted, rejected), "{input}");
    }
}

#[test]
fn a_member_of_a_broken_element_is_no_document() {
    let documents: Vec<_> = documents().iter().map(|text| pretty(text, 2)).collect();
    let array = format!("[\n  {}\n]\n", documents.join(",\n  "));
    let (first, second) = array.split_at(documents[0].len() + 10);
    // A comma is missing in the second document, before the member that could be a page.
    for missing in [",\n      \"type\"", ",\n      \"relationships\"", ",\n      \"links\""] {
        let broken = second.replacen(missing, &missing[1..], 1);
        let (ids, _) = found(format!("{first}{broken}").as_bytes());
        assert_eq!(ids, ["job1", "job3", "job4", "job5", "job6"], "{missing}: {broken}");
    }
}

#[test]
fn what_is_wrong_with_a_line_is_said_as_in_ndjson() {
    let [d, e, ..] = &documents()[..] else { panic!("there are six") };
    let arena = Arena::new();
    for line in [
        "oops",
        &format!("{d}}}"),
        &format!("{d},"),
        &d[..100],
        "{\"data\":",
        "{}",
        "[INFO] x",
        "12 x",
    ] {
        let input = format!("{line}\n{e}\n{e}\n");
        let told = Options::new().framing(jobview::Framing::Ndjson);
        let [told, found] = [told, Options::new()].map(|options| {
            let batch = options.parser::<JobResponse>().parse_batch(input.as_bytes(), &arena);
            assert_eq!(batch.documents().len(), 2, "{input}");
            let [rejected] = batch.rejected() else { panic!("{input}") };
            (rejected.raw.to_vec(), rejected.error.clone())
        });
        assert_eq!(told, found);
    }
}

#[test]
fn streams_resynchronise_where_slices_do() {
    let options = Options::new();
    for (_, opening, documents, between, closing) in framings() {
        let rest = documents[1..].join(between);
        for at in (1..documents[0].len()).step_by(13) {
            let (head, tail) = documents[0].split_at(at);
            for input in [
                format!("{opening}{head}{between}{rest}{closing}"),
                format!("{tail}{between}{rest}{closing}"),
            ] {
                let input = input.as_bytes();
                let (expected, _) = of_slice::<JobDocument>(input, options);
                for size in [1, 100] {
                    let steps = std::iter::repeat_n(Ok(size), input.len() / size).collect();
                    let script = Script { input, steps };
                    let (found, ..) = read::<JobDocument>(script, options.batch_bytes(1000));
                    expected.assert_same(&found, input, size);
                }
            }
        }
    }
}

#[test]
fn lines_become_ndjson_after_a_while_and_are_judged_by_themselves() {
    let document = &documents()[0];
    let lines = format!("{document}\n").repeat((70 << 10) / document.len());
    let bad = [format!("{document}{document}"), format!("[{document}]"), "{\"data\":".to_owned()];
    let input = format!("{lines}{}\n{document}\n", bad.join("\n"));
    let arena = Arena::new();
    let batch = Parser::<JobDocument>::new().parse_batch(input.as_bytes(), &arena);
    let kinds: Vec<_> = batch.rejected().iter().map(|rejected| rejected.error.kind()).collect();
    let [trailing, wrong, end] =
        [ErrorKind::TrailingBytes, ErrorKind::WrongType, ErrorKind::UnexpectedEnd];
    assert_eq!(kinds, [trailing, wrong, end]);
    assert_eq!(batch.documents().len(), lines.lines().count() + 1);
}

#[test]
fn arrays_and_separators_without_number_take_no_stack() {
    let document = &documents()[0];
    let inputs = ["[]", "[\n]", "\u{1e}", "\u{feff}\n", "[[", "{}\n[]\n", "[{},\n"];
    let parse = move |input: String| {
        let (accepted, _) = found(input.as_bytes());
        assert_eq!(accepted.last().map(String::as_str), Some("job1"));
        let (expected, _) = of_slice::<JobDocument>(input.as_bytes(), Options::new());
        let script = Script { input: input.as_bytes(), steps: [].into() };
        let (found, ..) = read::<JobDocument>(script, Options::new().batch_bytes(4000));
        expected.assert_same(&found, b"many", ());
    };
    for input in inputs {
        let input = format!("{}\n{document}\n", input.repeat(20_000));
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        thread.spawn(move || parse(input)).unwrap().join().unwrap();
    }
}
