//! What a valid document is, and what its view holds.

use crate::DOCUMENT;
use jobview::{Arena, ErrorKind, JobResponse, JobStatus, Options, Parser, UnknownMembers, owned};

fn parse(json: &str) -> Result<owned::JobResponse, jobview::Error> {
    let arena = Arena::new();
    Parser::<JobResponse>::new()
        .parse(json.as_bytes(), &arena)
        .map(|response| response.into_owned())
}

/// The whole document with one part of its text replaced.
fn with(part: &str, replacement: &str) -> String {
    assert_eq!(DOCUMENT.matches(part).count(), 1, "{part}");
    DOCUMENT.replace(part, replacement)
}

#[test]
fn every_member_arrives_in_its_place() {
    let arena = Arena::new();
    let response = Parser::<JobResponse>::new().parse(DOCUMENT.as_bytes(), &arena).unwrap();
    let job = response.data;
    assert_eq!(job.id, "job");
    assert_eq!(job.links.self_, "job/");
    assert_eq!(response.links.unwrap().self_, "top");

    let attributes = job.attributes;
    assert_eq!(attributes.status, JobStatus::Processing);
    assert_eq!(attributes.created_at.as_str(), "2026-09-04T13:40:00+00:00");
    assert_eq!(attributes.created_at.unix_micros(), Ok(1_788_529_200_000_000));
    assert_eq!(attributes.total_count, 10);
    assert_eq!(attributes.completed_count, Some(9));
    assert_eq!(attributes.failed_count, Some(1));
    assert_eq!(attributes.completed_at, None);
    assert_eq!(attributes.expires_at.unwrap().as_str(), "2026-09-11T13:40:00+00:00");
    assert_eq!(attributes.started_at.unwrap().as_str(), "2026-09-04T13:40:01.031525+00:00");

    let relationships = job.relationships.unwrap();
    let lists = relationships.lists.unwrap();
    assert!(lists.data.unwrap().iter().map(|list| list.id).eq(["YafG4m"]));
    assert_eq!((lists.links.unwrap().self_, lists.links.unwrap().related), ("l/s/", "l/r/"));
    let profiles = relationships.profiles.unwrap();
    assert!(profiles.data.unwrap().iter().map(|profile| profile.id).eq(["p1", "p2"]));
    assert_eq!((profiles.links.unwrap().self_, profiles.links.unwrap().related), ("p/s/", "p/r/"));
    let errors = relationships.import_errors.unwrap();
    assert!(errors.data.unwrap().iter().map(|error| error.id).eq(["e1"]));
    assert_eq!(errors.links.unwrap().related, "e/r/");
}

#[test]
fn text_without_escapes_is_borrowed_from_the_input() {
    let arena = Arena::new();
    let response = Parser::<JobResponse>::new().parse(DOCUMENT.as_bytes(), &arena).unwrap();
    let input = DOCUMENT.as_bytes().as_ptr_range();
    let profiles = response.data.relationships.unwrap().profiles.unwrap();
    for text in [response.data.id, profiles.data.unwrap()[1].id, profiles.links.unwrap().related] {
        assert!(input.contains(&text.as_ptr()), "{text}");
    }
}

#[test]
fn absent_and_null_are_none() {
    let minimal = concat!(
        r#"{"data":{"type":"profile-bulk-import-job","id":"","attributes":{"#,
        r#""status":"queued","created_at":"","total_count":0},"links":{"self":""}}}"#
    );
    let response = parse(minimal).unwrap();
    assert_eq!(response.links, None);
    assert_eq!(response.data.relationships, None);
    let nulls = minimal.replace(
        r#""total_count":0"#,
        concat!(
            r#""total_count":0,"completed_count":null,"failed_count":null,"#,
            r#""completed_at":null,"expires_at":null,"started_at":null"#
        ),
    );
    assert_eq!(parse(&nulls).unwrap(), response);
}

#[test]
fn an_empty_list_differs_from_none() {
    let lists = |text: &str| {
        let part =
            r#"{"data":[{"type":"list","id":"YafG4m"}],"links":{"self":"l/s/","related":"l/r/"}}"#;
        parse(&with(part, text)).unwrap().data.relationships.unwrap().lists.unwrap()
    };
    assert_eq!(lists("{}").data, None);
    assert_eq!(lists(r#"{"data":[]}"#).data, Some([].into()));
    assert_eq!(lists(r#"{"data":[ ]}"#).links, None);
}

#[test]
fn white_space_may_stand_around_everything() {
    let expected = parse(DOCUMENT).unwrap();
    let spaced: String = DOCUMENT
        .split_inclusive(['{', '}', '[', ']', ','])
        .flat_map(|part| [part, " \t\r\n"])
        .collect();
    let spaced = format!("\n{}", spaced.replace("\":", "\" :\t"));
    assert_eq!(parse(&spaced).unwrap(), expected);
}

#[test]
fn names_constants_and_enums_may_be_written_with_escapes() {
    let expected = parse(DOCUMENT).unwrap();
    let escaped: String = DOCUMENT
        .split('"')
        .enumerate()
        .map(|(index, part)| {
            if index % 2 == 0 {
                return part.to_owned();
            }
            let escaped = part.chars().map(|c| format!("\\u{:04x}", u32::from(c)));
            format!("\"{}\"", escaped.collect::<String>())
        })
        .collect();
    assert_eq!(parse(&escaped).unwrap(), expected);
}

#[test]
fn unknown_members_are_legal_at_every_level() {
    let expected = parse(DOCUMENT).unwrap();
    let unknown = r#"{"un\u0000known":[1,{"a":null,"a":true},"\ud83d\ude00"],"#;
    let everywhere = DOCUMENT.replace('{', unknown);
    assert_eq!(parse(&everywhere).unwrap(), expected);

    let arena = Arena::new();
    let options = Options::new().unknown_members(UnknownMembers::Reject);
    let mut strict = options.parser::<JobResponse>();
    assert!(strict.parse(DOCUMENT.as_bytes(), &arena).is_ok());
    let error = strict.parse(everywhere.as_bytes(), &arena).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (ErrorKind::UnknownMember, "/un\0known"));
}

#[test]
fn integers_may_be_spelled_in_any_way() {
    for (spelling, value) in [("10.0", 10), ("1e1", 10), ("-0", 0), ("120E-1", 12), ("1.5e1", 15)] {
        let document = with("\"total_count\":10", &format!("\"total_count\":{spelling}"));
        assert_eq!(parse(&document).unwrap().data.attributes.total_count, value, "{spelling}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let expected = parse(DOCUMENT).unwrap();
    assert_eq!(parse(&format!("\u{feff}{DOCUMENT}")).unwrap(), expected);
    assert!(parse(&format!("\u{feff}\u{feff}{DOCUMENT}")).is_err());
    assert!(parse(&format!(" \u{feff}{DOCUMENT}")).is_err());
}

#[test]
fn owned_copies_outlive_input_and_arena() {
    let owned = {
        let input = DOCUMENT.to_owned();
        let arena = Arena::new();
        Parser::<JobResponse>::new().parse(input.as_bytes(), &arena).unwrap().into_owned()
    };
    let sent = std::thread::spawn(move || owned.data.attributes.created_at.unix_micros());
    assert_eq!(sent.join().unwrap(), Ok(1_788_529_200_000_000));
}

#[test]
fn a_character_where_the_memory_for_unescaping_ends_is_no_trouble() {
    let arena = Arena::new();
    for length in 480..520 {
        for (character, escape) in
            [('\n', "\\n"), ('\u{20ac}', "\\u20ac"), ('\u{1f600}', "\\ud83d\\ude00")]
        {
            let id = format!("{}{escape}", "x".repeat(length));
            let document = DOCUMENT.replace("\"job\"", &format!("\"{id}\""));
            let response = Parser::<JobResponse>::new().parse(document.as_bytes(), &arena).unwrap();
            assert_eq!(response.data.id, format!("{}{character}", "x".repeat(length)));
        }
    }
}
