//! One document for each revision of the API that changed something in an answer of the job endpoints, written by
//! hand from the vendor's description of it: all are accepted, with the values that they have.
//!
//! Revisions are accepted together: nobody says which one a document is of. What a revision does not mention did not
//! change with it.

use crate::kinds::parsed;
use crate::peers::Peers;
use jobview::{
    Arena, DocumentKind, ErrorKind, ErrorResponse, IdentifierPage, ImportErrorPage, JobCompound,
    JobDocument, JobPage, JobResponse, JobStatus, Options, Parser, ResourceType,
    sparse::ImportErrorPage as SparseImportErrorPage,
};

/// The first text of 2023-12-15: every relationship has `data`, that to import errors has a link to itself.
const R2023_12_15_FIRST: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"complete",
    "created_at":"2023-12-16T09:00:00+00:00","total_count":2,"completed_count":1,"failed_count":1,
    "completed_at":"2023-12-16T09:01:00+00:00","expires_at":"2023-12-23T09:00:00+00:00",
    "started_at":"2023-12-16T09:00:05+00:00"},"relationships":{
    "lists":{"data":[{"type":"list","id":"l"}],"links":{"self":"/j/relationships/lists/","related":"/j/lists/"}},
    "profiles":{"data":[{"type":"profile","id":"p"}],"links":{"self":"/j/relationships/profiles/","related":"/j/profiles/"}},
    "import-errors":{"data":[{"type":"import-error","id":"e"}],"links":{"self":"/j/relationships/import-errors/",
    "related":"/j/import-errors/"}}},"links":{"self":"/j/"}},"included":[{"type":"list","id":"l",
    "attributes":{"name":"n","created":"2023-01-01T00:00:00+00:00","updated":"2023-01-01T00:00:00+00:00"},
    "links":{"self":"/l/"}}]}"#;

/// The later text: no `data` for profiles and import errors, but for the job that was posted.
const R2023_12_15: &str = r#"{"data":[{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"queued",
    "created_at":"2023-12-16T09:00:00+00:00","total_count":2},"relationships":{
    "lists":{"data":[]},"profiles":{"links":{"self":"/s/","related":"/r/"}},
    "import-errors":{"links":{"self":"/s/","related":"/r/"}}},"links":{"self":"/j/"}}],
    "links":{"self":"/p/","first":"/1/","last":"/9/","prev":"/0/","next":"/2/"}}"#;

const R2023_12_15_ERRORS: &str = r#"{"data":[{"type":"import-error","id":"e","attributes":{"code":"invalid","title":"t",
    "detail":"d","source":{"pointer":"/data"},"original_payload":{"email":"x"}},"links":{"self":"/e/"}},
    {"type":"import-error","id":"f","attributes":{"code":"invalid","title":"t","detail":"d",
    "source":{"pointer":"/data"}},"links":{"self":"/f/"}}],"links":{"self":"/p/"}}"#;

/// Counts and times may be `null`, and so may what is said of a list.
const R2024_02_15: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"queued",
    "created_at":"2024-02-16T09:00:00+00:00","total_count":2,"completed_count":null,"failed_count":null,
    "completed_at":null,"expires_at":null,"started_at":null},"links":{"self":"/j/"}},"included":[{"type":"list",
    "id":"l","attributes":{"name":null,"created":null,"updated":null,"opt_in_process":null},"links":{"self":"/l/"}}]}"#;

/// No pointer need be there, and the payload may be `null`.
const R2024_02_15_ERRORS: &str = r#"{"data":[{"type":"import-error","id":"e","attributes":{"code":"invalid","title":"t",
    "detail":"d","source":{},"original_payload":null},"links":{"self":"/e/"}},{"type":"import-error","id":"f",
    "attributes":{"code":"invalid","title":"t","detail":"d","source":{"parameter":"page[size]"}},
    "links":{"self":"/f/"}}],"links":{"self":"/p/"}}"#;

/// No relationship need have `data`; that to import errors has a link to the related resources only.
const R2024_05_15: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"queued",
    "created_at":"2024-05-16T09:00:00+00:00","total_count":2},"relationships":{"lists":{"links":{"self":"/s/",
    "related":"/r/"}},"profiles":{},"import-errors":{"links":{"related":"/r/"}}},"links":{"self":"/j/"}}}"#;

/// Pages need no links, and import errors have none.
const R2024_07_15: &str = r#"{"data":[{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"cancelled",
    "created_at":"2024-07-16T09:00:00+00:00","total_count":2},"links":{"self":"/j/"}}]}"#;

const R2024_07_15_ERRORS: &str = r#"{"data":[{"type":"import-error","id":"e","attributes":{"code":"invalid","title":"t",
    "detail":"d","source":{"pointer":"/data"},"original_payload":{}}}]}"#;

/// The pointer may be `null`.
const R2025_01_15_ERRORS: &str = r#"{"data":[{"type":"import-error","id":"e","attributes":{"code":"invalid","title":"t",
    "detail":"d","source":{"pointer":null},"original_payload":{"email":"x"}}},{"type":"import-error","id":"f",
    "attributes":{"code":"invalid","title":"t","detail":"d","source":{"pointer":"/data"}}}]}"#;

/// Answers about one job have links of their own, and so have pages of identifiers.
const R2026_01_15: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"processing",
    "created_at":"2026-01-16T09:00:00+00:00","total_count":2},"links":{"self":"/j"}},"links":{"self":"/asked"}}"#;

const R2026_01_15_IDENTIFIERS: &str = r#"{"data":[{"type":"list","id":"l"}],
    "links":{"self":"/p","first":"/1","last":"/9","prev":"/0","next":"/2"}}"#;

/// All relationships may have `data` again, lists have relationships, pages have no first and last.
const R2026_04_15: &str = r#"{"data":{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"complete",
    "created_at":"2026-04-16T09:00:00+00:00","total_count":2},"relationships":{"profiles":{"data":[
    {"type":"profile","id":"p"}]},"import-errors":{"data":[{"type":"import-error","id":"e"}]}},"links":{"self":"/j"}},
    "included":[{"type":"list","id":"l","attributes":{"name":"n"},"relationships":{"profiles":{"data":[]},
    "tags":{"links":{"self":"/s","related":"/r"}},"flow-triggers":{"data":[{"type":"flow","id":"f"}]}},
    "links":{"self":"/l"}}],"links":{"self":"/asked"}}"#;

const R2026_04_15_IDENTIFIERS: &str =
    r#"{"data":[{"type":"profile","id":"p"}],"links":{"self":"/p","next":"/2"}}"#;

/// All answers may say something about themselves.
const R2026_07_15: &str = r#"{"data":[{"type":"profile-bulk-import-job","id":"j","attributes":{"status":"complete",
    "created_at":"2026-07-16T09:00:00+00:00","total_count":2},"links":{"self":"/j"}}],"links":{"self":"/p","next":null,
    "prev":null},"meta":{"agent_hints":{"next_steps":["Wait.","Ask for the import errors."]}}}"#;

/// Documents with what most have not: sources without a pointer, a status that is text.
pub(crate) const ODD_FORMS: [&str; 3] = [
    R2024_02_15_ERRORS,
    R2025_01_15_ERRORS,
    r#"{"errors":[{"status":"401","detail":"d"},{"detail":"d","title":"t","status":404},{"status":"\u003503",
        "detail":"d","source":{"parameter":"include"}}]}"#,
];

#[test]
fn the_first_text_of_2023_12_15_has_data_in_every_relationship() {
    parsed::<JobCompound>(R2023_12_15_FIRST, |compound| {
        let job = compound.data;
        let ids = [job.lists()[0].id, job.profiles()[0].id, job.import_errors()[0].id];
        assert_eq!(ids, ["l", "p", "e"]);
        let errors = job.relationships.unwrap().import_errors.unwrap();
        assert_eq!(errors.links.unwrap().related, "/j/import-errors/");
        let list = compound.included.unwrap()[0];
        assert_eq!((list.attributes.unwrap().opt_in_process, compound.links), (None, None));
    });
    parsed::<JobResponse>(R2023_12_15_FIRST, |response| assert_eq!(response.data.id, "j"));
}

#[test]
fn since_2023_12_15_pages_may_name_first_and_last_and_import_errors_their_payload() {
    parsed::<JobPage>(R2023_12_15, |page| {
        let links = page.links.unwrap();
        assert_eq!((links.first, links.last, links.prev), (Some("/1/"), Some("/9/"), Some("/0/")));
        assert_eq!((page.data[0].lists(), page.data[0].profiles()), (&[][..], &[][..]));
    });
    parsed::<ImportErrorPage>(R2023_12_15_ERRORS, |page| {
        let [with, without] = page.data else { panic!("there are two") };
        assert_eq!(with.attributes.source.pointer, Some("/data"));
        assert_eq!(with.attributes.original_payload.unwrap().as_str(), r#"{"email":"x"}"#);
        assert_eq!(
            (without.attributes.original_payload, without.links.unwrap().self_),
            (None, "/f/")
        );
    });
}

#[test]
fn since_2024_02_15_much_may_be_null_and_a_source_may_have_no_pointer() {
    parsed::<JobCompound>(R2024_02_15, |compound| {
        let attributes = compound.data.attributes;
        assert_eq!((attributes.completed_count, attributes.failed_count), (None, None));
        assert_eq!((attributes.completed_at, attributes.expires_at), (None, None));
        let list = compound.included.unwrap()[0].attributes.unwrap();
        assert_eq!((list.name, list.created, list.opt_in_process), (None, None, None));
    });
    parsed::<ImportErrorPage>(R2024_02_15_ERRORS, |page| {
        let [empty, parameter] = page.data else { panic!("there are two") };
        let source = empty.attributes.source;
        assert_eq!((source.pointer, source.parameter), (None, None));
        assert_eq!(empty.attributes.original_payload, None);
        let source = parameter.attributes.source;
        assert_eq!((source.pointer, source.parameter), (None, Some("page[size]")));
    });
    parsed::<SparseImportErrorPage>(R2024_02_15_ERRORS, |page| {
        assert_eq!(page.data[0].attributes.source.unwrap().pointer, None);
        assert_eq!(page.data[1].attributes.source.unwrap().parameter, Some("page[size]"));
    });
}

#[test]
fn since_2024_05_15_no_relationship_need_have_data() {
    parsed::<JobResponse>(R2024_05_15, |response| {
        let relationships = response.data.relationships.unwrap();
        let lists = relationships.lists.unwrap();
        assert_eq!((lists.data, lists.links.unwrap().self_), (None, "/s/"));
        let profiles = relationships.profiles.unwrap();
        assert_eq!((profiles.data, profiles.links), (None, None));
        assert_eq!(relationships.import_errors.unwrap().links.unwrap().related, "/r/");
    });
}

#[test]
fn since_2024_07_15_pages_need_no_links_and_import_errors_have_none() {
    parsed::<JobPage>(R2024_07_15, |page| {
        assert_eq!((page.links, page.next()), (None, None));
        assert_eq!(page.data[0].attributes.status, JobStatus::Cancelled);
    });
    parsed::<ImportErrorPage>(R2024_07_15_ERRORS, |page| {
        assert_eq!((page.links, page.data[0].links), (None, None));
    });
}

#[test]
fn since_2025_01_15_a_pointer_may_be_null() {
    parsed::<ImportErrorPage>(R2025_01_15_ERRORS, |page| {
        let pointers = page.data.iter().map(|error| error.attributes.source.pointer);
        assert_eq!(pointers.collect::<Vec<_>>(), [None, Some("/data")]);
    });
}

#[test]
fn since_2026_01_15_answers_about_one_job_and_pages_of_identifiers_have_links() {
    parsed::<JobResponse>(R2026_01_15, |response| {
        assert_eq!(response.links.unwrap().self_, "/asked");
    });
    parsed::<IdentifierPage>(R2026_01_15_IDENTIFIERS, |page| {
        assert_eq!((page.resource_type(), page.next()), (Some(ResourceType::List), Some("/2")));
        assert_eq!(page.links().unwrap().first, Some("/1"));
    });
}

#[test]
fn since_2026_04_15_lists_have_relationships_and_pages_no_first_and_last() {
    parsed::<JobCompound>(R2026_04_15, |compound| {
        let job = compound.data;
        assert_eq!((job.profiles()[0].id, job.import_errors()[0].id), ("p", "e"));
        assert_eq!(compound.included.unwrap()[0].links.unwrap().self_, "/l");
    });
    parsed::<IdentifierPage>(R2026_04_15_IDENTIFIERS, |page| {
        let links = page.links().unwrap();
        assert_eq!((links.first, links.last, links.next), (None, None, Some("/2")));
    });
}

#[test]
fn since_2026_07_15_answers_say_something_about_themselves() {
    parsed::<JobPage>(R2026_07_15, |page| {
        assert!(page.meta.unwrap().as_str().starts_with(r#"{"agent_hints":"#));
        assert_eq!(page.next(), None);
    });
}

#[test]
fn every_revision_is_told_from_the_document() {
    for (document, kind) in [
        (R2023_12_15_FIRST, DocumentKind::Compound),
        (R2023_12_15, DocumentKind::Page),
        (R2023_12_15_ERRORS, DocumentKind::ImportErrors),
        (R2024_02_15, DocumentKind::Compound),
        (R2024_02_15_ERRORS, DocumentKind::ImportErrors),
        (R2024_05_15, DocumentKind::Response),
        (R2024_07_15, DocumentKind::Page),
        (R2024_07_15_ERRORS, DocumentKind::ImportErrors),
        (R2025_01_15_ERRORS, DocumentKind::ImportErrors),
        (R2026_01_15, DocumentKind::Response),
        (R2026_01_15_IDENTIFIERS, DocumentKind::Identifiers),
        (R2026_04_15, DocumentKind::Compound),
        (R2026_04_15_IDENTIFIERS, DocumentKind::Identifiers),
        (R2026_07_15, DocumentKind::Page),
    ] {
        parsed::<JobDocument>(document, |view| assert_eq!(view.kind(), kind, "{document}"));
    }
}

/// No revision describes error bodies. The first is as the API sends it, the others are as JSON:API has them.
#[test]
fn error_bodies_may_have_their_status_as_text_and_no_code_or_title() {
    for (error, status, code, title) in [
        (
            r#""id":"i","status":401,"code":"c","title":"t","links":{},"meta":{}"#,
            Some(401),
            Some("c"),
            Some("t"),
        ),
        (r#""status":"401","code":"c","title":"t""#, Some(401), Some("c"), Some("t")),
        (r#""status" : "\u0034\u00301","title":"t""#, Some(401), None, Some("t")),
        (
            r#""code":"c","status":"0429","source":{"parameter":"include"}"#,
            Some(429),
            Some("c"),
            None,
        ),
        (r#""code":null,"title":null,"status":null"#, None, None, None),
        (r#""status":4.29e2"#, Some(429), None, None),
        (r#""source":{}"#, None, None, None),
    ] {
        let json = format!(r#"{{"errors":[{{{error},"detail":"d"}},{{"detail":"d",{error}}}]}}"#);
        parsed::<ErrorResponse>(&json, |response| {
            for found in response.errors {
                assert_eq!(
                    (found.status, found.code, found.title),
                    (status, code, title),
                    "{json}"
                );
            }
        });
        parsed::<JobDocument>(&json, |view| assert_eq!(view.kind(), DocumentKind::Errors));
    }
}

#[test]
fn a_status_of_an_error_body_that_is_neither_an_integer_nor_digits_is_rejected() {
    for (status, kind, message) in [
        (r#""401 Unauthorized""#, ErrorKind::WrongType, r#"found "401 Unauthorized""#),
        (r#""""#, ErrorKind::WrongType, r#"found """#),
        (r#""-1""#, ErrorKind::WrongType, r#"found "-1""#),
        (r#""4.0""#, ErrorKind::WrongType, r#"found "4.0""#),
        ("true", ErrorKind::WrongType, "found true"),
        ("1.5", ErrorKind::NotAnInteger, "found 1.5"),
        (r#""9223372036854775808""#, ErrorKind::IntegerOutOfRange, "does not fit in 64 bits"),
        (r#""4\q""#, ErrorKind::InvalidEscape, "invalid escape"),
    ] {
        let json = format!(r#"{{"errors":[{{"detail":"d","status":{status}}}]}}"#);
        let mut peers = Peers::<ErrorResponse>::of(Options::new())
            .taught("texts", [r#"{"errors":[{"detail":"d","status":"401"}]}"#.as_bytes(); 4])
            .taught("integers", [r#"{"errors":[{"detail":"d","status":401}]}"#.as_bytes(); 4]);
        peers.parse(json.as_bytes());
        let mut parser = Parser::<ErrorResponse>::new();
        let error = parser.parse(json.as_bytes(), &Arena::new()).unwrap_err();
        assert_eq!((error.kind(), error.pointer()), (kind, "/errors/0/status"), "{json}");
        assert!(error.message().contains(message), "{error}");
        if kind == ErrorKind::WrongType {
            let expected = "expected an integer, a text of digits or null, found ";
            assert!(error.message().starts_with(expected), "{error}");
            assert_eq!(error.offset(), json.find(status).unwrap() as u64);
        }
    }
}
