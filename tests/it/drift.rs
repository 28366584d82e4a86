//! What a parser notices of its stream: members that the schema does not name, and another layout.

use crate::{DOCUMENT, records_of};
use jobview::{Arena, Drift, Framing, JobResponse, Options, Parser, UnknownMembers};
use jobview_corpus::{ExtraMembers, Layout, Settings, Shape, generate};

/// The pointer, the count and the first document of each unknown member.
fn unknown(drift: &Drift) -> Vec<(&str, u64, u64)> {
    let members = drift.unknown_members().iter();
    members.map(|member| (member.pointer(), member.count(), member.first_document())).collect()
}

/// A parser, with learning and without, that has seen this input.
fn after(input: &[u8], options: Options) -> [Parser; 2] {
    [true, false].map(|learning| {
        let mut parser = options.learning(learning).parser::<JobResponse>();
        let arena = Arena::new();
        parser.records(input, &arena).for_each(drop);
        parser
    })
}

#[test]
fn unknown_members_are_counted_by_their_place() {
    let more = DOCUMENT.replacen('{', "{\"more\":{\"inner\":1},", 1);
    let escaped = DOCUMENT.replacen('{', "{\"m\\u006fre\" : [2],", 1);
    let identifier = DOCUMENT.replace("\"id\":\"p", "\"a/b~\\n\":0,\"id\":\"p");
    let mut documents = vec![DOCUMENT.to_owned(), "oops".to_owned()];
    for _ in 0..20 {
        documents.extend([more.clone(), identifier.clone()]);
    }
    documents.push(escaped);
    for parser in after(documents.join("\n").as_bytes(), Options::new()) {
        let expected = [("/more", 21, 2), ("/data/relationships/profiles/data/*/a~1b~0\n", 40, 3)];
        assert_eq!(unknown(parser.drift()), expected);
        assert_eq!(parser.drift().other_unknown_members(), 0);
    }
}

#[test]
fn names_that_differ_in_one_byte_are_other_members() {
    // Of every length that is looked at in its own way, with and without an escape.
    for length in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 40, 255, 256] {
        let name = "n".repeat(length);
        let mut names = vec![name.clone(), "n".repeat(length - 1) + "\\u006e"];
        for at in (0..length).step_by(1 + length / 20) {
            names.push(format!("{}x{}", &name[..at], &name[at + 1..]));
        }
        let member = |name: &String| DOCUMENT.replacen('{', &format!("{{\"{name}\":1,"), 1);
        let documents: Vec<_> = names.iter().chain(&names).map(member).collect();
        for parser in after(documents.join("\n").as_bytes(), Options::new()) {
            let found = unknown(parser.drift());
            assert_eq!(found.len(), names.len() - 1, "{length}");
            let count = |pointer: &str| if pointer[1..] == name { 4 } else { 2 };
            assert!(found.iter().all(|&(pointer, n, _)| n == count(pointer)), "{found:?}");
        }
    }
}

#[test]
fn rejected_unknown_members_are_no_drift() {
    let document = DOCUMENT.replacen('{', "{\"more\":1,", 1).repeat(3);
    let options = Options::new().unknown_members(UnknownMembers::Reject);
    for parser in after(document.as_bytes(), options.framing(Framing::Concatenated)) {
        assert_eq!(unknown(parser.drift()), []);
    }
}

#[test]
fn the_document_where_the_layout_changes_is_the_one_noticed() {
    let mut input = vec![];
    for layout in [Layout::Compact, Layout::Spaced, Layout::Sorted] {
        let documents = records_of(Settings::new(1, Shape::Poll, layout), 20);
        input.extend(documents.join(&b'\n'));
        input.push(b'\n');
    }
    let [learning, plain] = after(&input, Options::new());
    assert_eq!(learning.drift().changed_documents(), [20, 40]);
    assert_eq!(learning.drift().layout_changes(), 2);
    assert_eq!(plain.drift().layout_changes(), 0);
}

#[test]
fn documents_are_numbered_like_records_whatever_they_are_rejected_for() {
    let more = DOCUMENT.replacen('{', "{\"more\":1,", 1);
    let large = DOCUMENT.replacen('{', &format!("{{{}", " ".repeat(2000)), 1);
    let options = Options::new().max_record_bytes(1500);
    let bad = format!("{DOCUMENT}\n{large}\n{{}}\n\n{large}\n[0]\n{more}\n");
    let array = format!("[{DOCUMENT},{large},{{}},{large},[],{more}]");
    for input in [bad, array.clone()] {
        for parser in after(input.as_bytes(), options) {
            assert_eq!(unknown(parser.drift()), [("/more", 1, 5)]);
        }
    }
    // What is left over counts as a record too, and the next input goes on from there.
    for rest in ["]", "x"] {
        for mut parser in after(format!("{array}{rest}").as_bytes(), options) {
            let other = DOCUMENT.replacen('{', "{\"other\":1,", 1);
            parser.parse(other.as_bytes(), &Arena::new()).unwrap();
            assert_eq!(unknown(parser.drift()), [("/more", 1, 5), ("/other", 1, 7)]);
        }
    }
}

#[test]
fn a_stream_of_ever_new_names_takes_no_more_memory_than_a_few() {
    let names = (0..1000).map(|n| DOCUMENT.replacen('{', &format!("{{\"name{n}\":1,"), 1));
    let long = DOCUMENT.replacen('{', &format!("{{\"{}\":1,", "x".repeat(10_000)), 1);
    let documents: Vec<_> = std::iter::once(long).chain(names).collect();
    for parser in after(documents.join("\n").as_bytes(), Options::new()) {
        let drift = parser.drift();
        assert_eq!(drift.unknown_members().len(), Drift::MOST_MEMBERS);
        assert_eq!(drift.other_unknown_members(), 1001 - Drift::MOST_MEMBERS as u64);
        let first = drift.unknown_members().iter().map(|member| member.first_document());
        assert!(first.eq(1..=Drift::MOST_MEMBERS as u64));
    }
}

#[test]
fn a_stream_of_ever_new_layouts_takes_no_more_memory_than_a_few() {
    let mut input = vec![];
    for spaces in 0..100 {
        let document = DOCUMENT.replace(',', &format!(",{}", " ".repeat(spaces)));
        for _ in 0..20 {
            input.extend_from_slice(document.as_bytes());
            input.push(b'\n');
        }
    }
    let [learning, _] = after(&input, Options::new());
    let drift = learning.drift();
    assert_eq!(drift.layout_changes(), 99);
    assert_eq!(drift.changed_documents().len(), Drift::MOST_CHANGES);
    assert!(drift.changed_documents().iter().copied().eq((1..=64).map(|change| 20 * change)));
}

#[test]
fn what_is_learned_anew_is_no_change_of_the_layout() {
    let mut settings = Settings::new(3, Shape::Poll, Layout::Spaced);
    settings.unknown_members = ExtraMembers::Assorted;
    let (input, _) = generate(settings, 3000);
    let arena = Arena::new();
    let mut parser = Parser::<JobResponse>::new();
    assert_eq!(parser.parse_batch(&input, &arena).documents().len(), 3000);
    assert!(parser.layout().replaced() > 0, "the test is of no use");
    assert_eq!(parser.drift().layout_changes(), 0);
}

#[test]
fn records_that_are_rejected_are_no_layout_that_others_differ_from() {
    let options = Options::new().framing(Framing::Ndjson);
    let input = format!("{}{DOCUMENT}\n", "{}\n".repeat(20));
    let [learning, _] = after(input.as_bytes(), options);
    assert_eq!(learning.drift().layout_changes(), 0);
    let spaced = DOCUMENT.replace(',', ", ");
    let (many, bad) = (format!("{DOCUMENT}\n").repeat(20), "{}\n".repeat(20));
    let [learning, _] = after(format!("{many}{spaced}\n{bad}{spaced}\n").as_bytes(), options);
    assert_eq!(learning.drift().changed_documents(), [20]);
}

#[test]
fn a_first_record_that_is_rejected_is_counted_once() {
    // The second one looks like a line.
    for more in ["{\n\"more\":1,", "{\"more\":1,\n"] {
        let bad = DOCUMENT.replacen('{', more, 1).replace("\"job\"", "1");
        let input = format!("{bad}\n{DOCUMENT}\n");
        assert_eq!(Framing::detect(input.as_bytes()).framing, Framing::Concatenated);
        for parser in after(input.as_bytes(), Options::new()) {
            assert_eq!(unknown(parser.drift()), [("/more", 1, 0)]);
        }
    }
}
