//! All kinds of documents: their values, how they are told apart, and what is said when another was meant.

use crate::peers::Peers;
use crate::samples::*;
use crate::{odd_settings, revisions};
use jobview::{
    Answer, Arena, Document, DocumentKind, ErrorKind, ErrorResponse, IdentifierPage,
    ImportErrorPage, JobCompound, JobDocument, JobPage, JobResponse, JobStatus, Jobs as _, Options,
    Parser, ResourceType, Timestamp, sparse::ImportErrorPage as SparseImportErrorPage,
    sparse::JobCompound as SparseJobCompound, sparse::JobDocument as SparseJobDocument,
    sparse::JobPage as SparseJobPage, views::AnyJobAttributes, views::AnyRelated, views::Included,
};
use jobview_corpus::{Counts, ExtraMembers, Kind, Layout, Settings, Shape, StatusCounts, generate};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroU64;

fn document(kind: DocumentKind) -> String {
    documents().into_iter().find(|(other, _)| *other == kind).map(|(_, text)| text).unwrap()
}

/// Has every parser of a kind agree on a document, and gives its view to `check`.
pub(crate) fn parsed<D: Document>(text: &str, check: impl FnOnce(&D::View<'_>)) {
    let mut peers = Peers::<D>::of(Options::new()).taught("it", [text.as_bytes(); 5]);
    for _ in 0..4 {
        peers.parse(text.as_bytes());
    }
    check(Parser::<D>::new().parse(text.as_bytes(), &Arena::new()).unwrap());
}

#[test]
fn every_kind_has_the_values_that_were_written() {
    parsed::<JobResponse>(&document(DocumentKind::Response), |response| {
        assert_eq!(response.data.id, "j1");
        assert_eq!(response.data.lists().len(), 2);
        assert_eq!(response.meta.unwrap().as_str(), "[1]");
    });
    parsed::<JobCompound>(&document(DocumentKind::Compound), |compound| {
        let [first, second] = compound.included.unwrap() else { panic!("there are two") };
        let attributes = first.attributes.unwrap();
        assert_eq!((first.id, attributes.name), ("l1", Some("News\n")));
        assert_eq!(attributes.created, Some(Timestamp::new("c")));
        assert_eq!((attributes.updated, attributes.opt_in_process), (None, Some("single_opt_in")));
        assert_eq!(first.links.unwrap().self_, "l");
        assert_eq!((second.id, second.attributes, second.links), ("l2", None, None));
        assert_eq!(compound.data.lists()[1].id, "l2");
        assert_eq!(compound.links.unwrap().self_, "d");
        assert_eq!(compound.meta.unwrap().as_str(), r#""m""#);
    });
    parsed::<JobPage>(&document(DocumentKind::Page), |page| {
        let [first, second, third] = page.data else { panic!("there are three") };
        assert_eq!(first, third);
        assert_eq!((first.id, second.id), ("j1", "j2"));
        assert_eq!(first.attributes.completed_count, Some(0));
        assert_eq!(first.attributes.started_at, None);
        // Nothing is left of the job before.
        assert_eq!(second.attributes.completed_count, None);
        assert_eq!(second.attributes.started_at, Some(Timestamp::new("u")));
        assert_eq!(second.attributes.status, JobStatus::Complete);
        assert_eq!(second.links.self_, "/k");
        assert_eq!((second.lists().len(), second.profiles()[0].id), (0, "p1"));
        assert_eq!((first.lists().len(), first.profiles().len()), (2, 0));
        assert!(second.relationships.unwrap().lists.is_none());
        assert_eq!(page.included.unwrap().len(), 1);
        let links = page.links.unwrap();
        assert_eq!((links.self_, links.first, links.last), ("/p", Some("/1"), Some("/9")));
        assert_eq!((links.prev, page.next()), (None, Some("/2")));
        assert_eq!(page.meta.unwrap().as_str(), "-0");
    });
    parsed::<ImportErrorPage>(&document(DocumentKind::ImportErrors), |page| {
        let [error] = page.data else { panic!("there is one") };
        let attributes = error.attributes;
        assert_eq!((error.id, attributes.code), ("e1", "invalid"));
        assert_eq!((attributes.title, attributes.detail), ("Invalid input.", "No"));
        assert_eq!(attributes.source.pointer, Some("/data"));
        let payload = attributes.original_payload.unwrap();
        assert_eq!(payload.as_str(), r#"{"email" : [1e400,"\ud83d\ude00",null]}"#);
        assert_eq!(error.links.unwrap().self_, "e");
        assert_eq!((page.next(), page.meta), (Some("/2"), None));
    });
    parsed::<IdentifierPage>(&document(DocumentKind::Identifiers), |page| {
        assert_eq!(page.resource_type(), Some(ResourceType::Profile));
        let ids: Vec<_> = page.ids().collect();
        assert_eq!((&*ids, page.next()), (&["p1", "p2"][..], None));
        assert_eq!(page.meta().unwrap().as_str(), r#"{"a":{}}"#);
    });
    parsed::<ErrorResponse>(&document(DocumentKind::Errors), |response| {
        let [first, second] = response.errors else { panic!("there are two") };
        assert_eq!((first.id, first.status), (Some("d2ef"), Some(404)));
        assert_eq!(
            (first.code, first.title, first.detail),
            (Some("not_found"), Some("Not found."), "Invalid job id")
        );
        let source = first.source.unwrap();
        assert_eq!((source.pointer, source.parameter), (Some("/data/"), None));
        assert_eq!(first.meta.unwrap().as_str(), r#"{"x":1}"#);
        assert_eq!((second.id, second.status, second.source), (None, None, None));
        assert_eq!(second.meta, None);
        assert_eq!(response.meta.unwrap().as_str(), "true");
    });
}

#[test]
fn what_was_not_asked_for_is_none_and_never_made_up() {
    let page = format!(r#"{{"data":[{JOB},{BARE_JOB},{OTHER_JOB}]}}"#);
    parsed::<SparseJobPage>(&page, |page| {
        let [full, bare, _] = page.data else { panic!("there are three") };
        assert_eq!(full.attributes.status, Some(JobStatus::Queued));
        assert_eq!((full.attributes.total_count, full.attributes.failed_count), (Some(3), None));
        assert_eq!(full.lists().len(), 2);
        let attributes = bare.attributes;
        assert_eq!((bare.id, attributes.status, attributes.created_at), ("j3", None, None));
        assert_eq!((attributes.total_count, bare.relationships), (None, None));
    });
    parsed::<SparseJobCompound>(&format!(r#"{{"data":{BARE_JOB}}}"#), |compound| {
        assert_eq!((compound.data.attributes.status, compound.included), (None, None));
    });
    parsed::<SparseImportErrorPage>(
        &format!(r#"{{"data":[{IMPORT_ERROR},{SPARSE_ERROR}]}}"#),
        |page| {
            let [full, sparse] = page.data else { panic!("there are two") };
            assert_eq!(full.attributes.source.unwrap().pointer, Some("/data"));
            assert_eq!((sparse.attributes.code, sparse.attributes.detail), (Some("c"), None));
            assert_eq!(
                (sparse.attributes.source, sparse.attributes.original_payload),
                (None, None)
            );
        },
    );
    for bad in [
        r#"{"data":{"id":"j","links":{"self":""}}}"#,
        r#"{"data":{"type":"profile-bulk-import-job","links":{"self":""}}}"#,
        r#"{"data":{"type":"profile-bulk-import-job","id":"j"}}"#,
    ] {
        let mut parser = Parser::<SparseJobCompound>::new();
        let error = parser.parse(bad.as_bytes(), &Arena::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingMember, "{bad}");
    }
    let mut parser = Parser::<JobCompound>::new();
    let bare = format!(r#"{{"data":{BARE_JOB}}}"#);
    let error = parser.parse(bare.as_bytes(), &Arena::new()).unwrap_err();
    assert_eq!((error.kind(), error.pointer()), (ErrorKind::MissingMember, "/data/attributes"));
}

#[test]
fn any_kind_is_told_from_the_document_whatever_the_order_of_its_members() {
    for (kind, text) in documents() {
        parsed::<JobDocument>(&text, |document| assert_eq!(document.kind(), kind));
        parsed::<SparseJobDocument>(&text, |document| assert_eq!(document.kind(), kind));
        let value: BTreeMap<&str, &RawValue> = serde_json::from_str(&text).unwrap();
        let members: Vec<_> = value.iter().collect();
        for first in 0..members.len() {
            let rotated = members.iter().cycle().skip(first).take(members.len());
            let rotated: Vec<_> =
                rotated.map(|(name, value)| format!("\"{name}\" : {value}")).collect();
            let text = format!(" {{ {} }}", rotated.join(" , "));
            parsed::<JobDocument>(&text, |document| assert_eq!(document.kind(), kind, "{text}"));
        }
    }
}

#[test]
fn empty_pages_are_told_by_their_links() {
    let base = "https://a.klaviyo.com/api/profile-bulk-import-jobs";
    for (url, kind) in [
        (String::new(), DocumentKind::Page),
        (format!("{base}?page%5Bsize%5D=10"), DocumentKind::Page),
        (format!("{base}/j/import-errors/?x=/y/"), DocumentKind::ImportErrors),
        (format!("{base}/j/import-errors"), DocumentKind::ImportErrors),
        (format!("{base}/j/relationships/profiles/"), DocumentKind::Identifiers),
        (format!("{base}/j/relationships/import-errors?a#b"), DocumentKind::Identifiers),
        (format!("{base}/j/lists?relationships/"), DocumentKind::Page),
    ] {
        let text = format!(r#"{{"data":[],"links":{{"self":"{url}"}}}}"#);
        parsed::<JobDocument>(&text, |document| assert_eq!(document.kind(), kind, "{text}"));
    }
    parsed::<JobDocument>(r#"{"data":[]}"#, |document| {
        assert_eq!((document.kind(), document.jobs().len()), (DocumentKind::Page, 0));
    });
}

#[test]
fn another_kind_than_was_asked_for_is_an_error_that_names_both() {
    fn error<D: Document>(text: &str) -> (ErrorKind, String) {
        let mut parser = Parser::<D>::new();
        let error = parser.parse(text.as_bytes(), &Arena::new()).unwrap_err();
        (error.kind(), error.message().to_owned())
    }
    type Accepts = (&'static [DocumentKind], fn(&str) -> (ErrorKind, String));
    let errors: [Accepts; 6] = [
        (&[DocumentKind::Response, DocumentKind::Compound], error::<JobResponse>),
        (&[DocumentKind::Compound, DocumentKind::Response], error::<JobCompound>),
        (&[DocumentKind::Page], error::<JobPage>),
        (&[DocumentKind::ImportErrors], error::<ImportErrorPage>),
        // Import errors are identifiers with attributes.
        (&[DocumentKind::Identifiers, DocumentKind::ImportErrors], error::<IdentifierPage>),
        (&[DocumentKind::Errors], error::<ErrorResponse>),
    ];
    let mut messages = HashSet::new();
    for (accepted, error) in errors {
        for (kind, text) in documents() {
            if !accepted.contains(&kind) {
                let (found, message) = error(&text);
                assert_eq!(found, ErrorKind::WrongKind, "{text}: {message}");
                messages.insert(message);
            }
        }
    }
    assert!(messages.contains("expected a page of jobs, found a page of import errors"));
    assert_eq!(messages.len(), 27);
    // What is not JSON, or none of them, is just wrong.
    assert_eq!(error::<JobPage>(r#"{"data":{"type":"list","id":"l"}}"#).0, ErrorKind::WrongType);
    assert_eq!(error::<JobPage>(r#"{"errors":[}"#).0, ErrorKind::UnexpectedByte);
    assert_eq!(
        error::<JobDocument>(r#"{"data":[{"type":"profile"}]}"#).0,
        ErrorKind::MissingMember
    );
    assert_eq!(error::<JobDocument>(r#"{"data":7}"#).0, ErrorKind::WrongType);
    assert_eq!(error::<JobDocument>("{}").0, ErrorKind::MissingMember);
}

#[test]
fn an_empty_page_is_of_no_kind_for_sure() {
    for (bad, pointer) in [
        (r#"{"data":[],"links":{}}"#, "/links/self"),
        (r#"{"data":[],"links":{"self":1}}"#, "/links/self"),
    ] {
        let mut parser = Parser::<ImportErrorPage>::new();
        let error = parser.parse(bad.as_bytes(), &Arena::new()).unwrap_err();
        assert_ne!(error.kind(), ErrorKind::WrongKind, "{error}");
        assert_eq!(error.pointer(), pointer);
    }
    let long = "x".repeat(600);
    let url = format!(r#"{{"data":[],"links":{{"self":"/api/j/import-errors?page={long}"}}}}"#);
    parsed::<JobDocument>(&url, |document| {
        assert_eq!(document.kind(), DocumentKind::ImportErrors);
    });
}

#[test]
fn what_one_document_begins_with_does_not_tell_the_kind_of_another() {
    let odd = [
        r#"{"data":null}"#,
        r#"{"data":0}"#,
        r#"{"data":"","links":{}}"#,
        r#"{"data":{}}"#,
        r#"{"data":[]}"#,
        r#"{"data":[ ]}"#,
        r#"{"data":[0]}"#,
        r#"{"data":[[]]}"#,
        r#"{"data":[{}]}"#,
        r#"{"data":[{"type":0}]}"#,
        r#"{"data":[{"type":"x"}]}"#,
        r#"{"data":[],"links":{"self":"/lists"}}"#,
        r#"{"data":[],"links":{"self":"/import-errors"}}"#,
        r#"{"errors":0}"#,
        r#"{"errors":[]}"#,
        r#"{"included":0,"data":0}"#,
        r#"{"included":[],"data":[]}"#,
        "[]",
        "",
    ];
    // The type stands behind what tells that there is one job.
    let behind = |sort: &Sort| {
        let text = sort.response();
        let (kind, links) = (format!(r#""type":"{}","#, sort.kind), r#""links":{"self":"l"}"#);
        let end = format!(r#"{links},"type":"{}""#, sort.kind);
        text.replacen(&kind, "", 1).replacen(links, &end, 1)
    };
    let behind: Vec<_> = SORTS.iter().map(behind).collect();
    let job = documents()[0].1.replacen(r#""type":"profile-bulk-import-job","#, "", 1);
    let job =
        job.replacen(r#"{"self":"j"}"#, r#"{"self":"j"},"type":"profile-bulk-import-job""#, 1);
    let broken = behind[0].replacen(r#""total_count":5"#, r#""total_count":"5""#, 1);
    let documents = documents();
    let all = || {
        let good = documents.iter().map(|(_, text)| text.as_str());
        let behind = behind.iter().chain([&job, &broken]).map(String::as_str);
        good.chain(behind).chain(odd)
    };
    let found = |parser: &mut Parser<JobDocument<'static>>, text: &str| {
        let arena = Arena::new();
        let found = parser.parse(text.as_bytes(), &arena);
        found.map(|view| format!("{view:?}")).map_err(|error| error.to_string())
    };
    for (before, text) in all().flat_map(|before| all().map(move |text| (before, text))) {
        let mut parser = Parser::<JobDocument>::new();
        let expected = found(&mut parser.clone(), text);
        // What comes again and again, is likely to come once more.
        for _ in 0..3 {
            let _ = found(&mut parser, before);
        }
        assert_eq!(expected, found(&mut parser, text), "{before}\n{text}");
    }
}

#[test]
fn a_wrong_guess_is_not_seen_in_what_was_new() {
    let job = |kind: &str, extra: &str| {
        format!(
            r#"{{"data":{{"id":"j",{extra}"links":{{"self":"l"}},"attributes":{{"status":"queued","created_at":"c","total_count":1}},"type":"{kind}"}}}}"#
        )
    };
    let import = "profile-bulk-import-job";
    let other = "coupon-code-bulk-create-job";
    let lines = [
        job(import, ""),
        job(import, ""),
        job(import, ""),
        job(other, r#""new":1,"#),
        job(import, r#""new":1,"#),
        job(import, r#""new":1,"#),
        job(import, r#""new":1,"#),
    ];
    let mut parser = Parser::<JobDocument>::new();
    let arena = Arena::new();
    let lines = lines.join("\n");
    let batch = parser.parse_batch(lines.as_bytes(), &arena);
    let kinds: Vec<_> = batch.documents().iter().map(|document| document.kind()).collect();
    assert_eq!(kinds[3], DocumentKind::CouponCodeBulkCreateJob);
    assert_eq!((kinds.len(), kinds[2], kinds[4]), (7, kinds[0], kinds[0]));
    let unknown = parser.drift().unknown_members().iter();
    let unknown: Vec<_> =
        unknown.map(|it| (it.pointer().to_owned(), it.count(), it.first_document())).collect();
    assert_eq!(unknown, [("/data/new".to_owned(), 4, 3)]);
}

#[test]
fn a_page_that_is_cut_short_ends_unexpectedly_whatever_kind_was_meant() {
    let text = document(DocumentKind::Page);
    for end in 1..text.len() {
        let cut = &text.as_bytes()[..end];
        let any = Parser::<JobDocument>::new().parse(cut, &Arena::new()).unwrap_err();
        assert_eq!(any.kind(), ErrorKind::UnexpectedEnd, "{}: {any}", &text[..end]);
    }
    let bad = br#"{"data":[{"id":tru,"type":"profile-bulk-import-job"}]}"#;
    let error = Parser::<JobDocument>::new().parse(bad, &Arena::new()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidLiteral);
}

#[test]
fn unknown_members_of_different_kinds_are_told_apart_by_their_place() {
    let job = JOB.replacen("{\"status\"", "{\"x\":1,\"status\"", 1);
    let other = JOB.replacen('{', "{\"x\":1,", 1);
    let lines = [
        format!(r#"{{"data":{job},"y":1}}"#),
        format!(r#"{{"data":[{other},{other}],"y":2}}"#),
        format!(r#"{{"data":{job}}}"#),
    ];
    for learning in [false, true] {
        let mut parser = Options::new().learning(learning).parser::<JobDocument>();
        for _ in 0..3 {
            parser.parse_batch(lines.join("\n").as_bytes(), &Arena::new());
        }
        let unknown = parser.drift().unknown_members().iter();
        let unknown: Vec<_> = unknown.map(|member| (member.pointer(), member.count())).collect();
        assert_eq!(unknown, [("/data/attributes/x", 6), ("/y", 6), ("/data/*/x", 6)]);
    }
}

#[test]
fn jobs_of_a_batch_come_alone_or_in_pages() {
    let lines: Vec<_> = documents().into_iter().map(|(_, text)| text).collect();
    let arena = Arena::new();
    let (text, mut parser) = (lines.join("\n"), Parser::<JobDocument>::new());
    let batch = parser.parse_batch(text.as_bytes(), &arena);
    assert_eq!((batch.documents().len(), batch.rejected().len()), (6, 0));
    let ids: Vec<_> = batch.jobs().map(|job| job.id).collect();
    assert_eq!(ids, ["j1", "j1", "j1", "j2", "j1"]);
}

#[test]
fn whatever_is_changed_in_a_document_all_parsers_agree() {
    let forms = revisions::ODD_FORMS.map(str::to_owned);
    for text in documents().map(|(_, text)| text).into_iter().chain(forms) {
        let mut peers = Peers::<JobDocument>::of(Options::new()).taught("it", [text.as_bytes(); 3]);
        for end in 0..text.len() {
            peers.parse(&text.as_bytes()[..end]);
        }
        let mut changed = text.clone().into_bytes();
        for place in 0..changed.len() {
            // All of them at many places, and some at each.
            let bytes = b"\"\\{}[],:0n \n\xff".iter().cycle().skip(5 * place).take(4);
            for &byte in bytes {
                let before = std::mem::replace(&mut changed[place], byte);
                peers.parse(&changed);
                changed[place] = before;
            }
        }
    }
}

/// What was written of each kind.
fn generated(settings: Settings) -> (Vec<u8>, Counts) {
    generate(settings, 60)
}

/// Documents of a kind in every layout; of all kinds mixed, such as vary, too.
fn every_settings(kind: Kind) -> impl Iterator<Item = Settings> {
    let of = move |layout| Settings {
        kind,
        every_form: true,
        items: 7,
        unknown_members: ExtraMembers::Assorted,
        bad_every: NonZeroU64::new(9),
        ..Settings::new(5, Shape::Inline, layout)
    };
    let odd = odd_settings(of(Layout::Compact)).into_iter().filter(move |_| kind == Kind::Mixed);
    Layout::ALL.into_iter().map(of).chain(odd)
}

#[test]
fn all_parsers_find_the_same_in_generated_answers_of_every_kind() {
    for kind in Kind::ALL {
        for settings in every_settings(kind) {
            let (input, counts) = generated(settings);
            let mut peers = Peers::<JobDocument>::of(Options::new());
            for _ in 0..2 {
                let found = peers.records(&input) as u64;
                assert_eq!(found, counts.documents, "{settings:?}");
            }
            let (input, counts) = generated(Settings { sparse: true, ..settings });
            let mut peers = Peers::<SparseJobDocument>::of(Options::new());
            let found = peers.records(&input) as u64;
            assert_eq!(found, counts.documents, "{settings:?}");
        }
    }
}

#[test]
fn nothing_is_missing_of_what_was_written() {
    for settings in every_settings(Kind::Mixed) {
        let (input, counts) = generated(settings);
        let arena = Arena::new();
        let mut parser = Parser::<JobDocument>::new();
        let batch = parser.parse_batch(&input, &arena);
        assert_eq!(batch.rejected().len() as u64, counts.rejected, "{settings:?}");
        for kind in DocumentKind::ALL {
            let of_kind = batch.documents().iter().filter(|view| view.kind() == kind).count();
            let written = counts.kinds[kind.as_str().parse().unwrap()];
            assert_eq!(of_kind as u64, written, "{kind} {settings:?}");
        }
        let sum = |count: fn(&JobDocument<'_>) -> usize| {
            batch.documents().iter().map(|view| count(view) as u64).sum::<u64>()
        };
        assert_eq!(sum(|view| view.included().lists.len()), counts.included_lists);
        let included = sum(|view| {
            let Included { items, variants, categories, coupon_codes, .. } = view.included();
            items.len() + variants.len() + categories.len() + coupon_codes.len()
        });
        assert_eq!(included, counts.included_resources);
        assert_eq!(sum(|view| view.import_errors().count()), counts.import_errors);
        let listed = sum(|view| view.identifiers().map_or(0, |page| page.ids().count()));
        assert_eq!(listed, counts.listed_ids);
        assert_eq!(sum(|view| view.errors().len()), counts.errors);

        let jobs: Vec<_> =
            batch.documents().iter().flat_map(|document| document.any_jobs()).collect();
        let with = |status| {
            let jobs = jobs.iter().filter(|job| job.attributes.status == Some(status));
            jobs.count() as u64
        };
        let status = StatusCounts {
            cancelled: with(JobStatus::Cancelled),
            complete: with(JobStatus::Complete),
            processing: with(JobStatus::Processing),
            queued: with(JobStatus::Queued),
        };
        assert_eq!((jobs.len() as u64, status), (counts.jobs, counts.status));
        let sum = |count: fn(&AnyJobAttributes<'_>) -> Option<i64>| {
            jobs.iter().filter_map(|job| count(&job.attributes)).map(i128::from).sum::<i128>()
        };
        assert_eq!(sum(|job| job.total_count), counts.total_count);
        assert_eq!(sum(|job| job.completed_count), counts.completed_count);
        assert_eq!(sum(|job| job.failed_count), counts.failed_count);
        assert_eq!(sum(|job| job.skipped_count), counts.skipped_count);
        let errors = jobs.iter().map(|job| job.attributes.errors.unwrap_or_default().len() as u64);
        assert_eq!(errors.sum::<u64>(), counts.job_errors);
        let identifiers = |of: fn(&AnyRelated<'_>) -> usize| {
            jobs.iter().map(|job| of(&job.related) as u64).sum::<u64>()
        };
        assert_eq!(identifiers(|it| it.lists.map_or(0, <[_]>::len)), counts.list_ids);
        assert_eq!(identifiers(|it| it.profiles.map_or(0, <[_]>::len)), counts.profile_ids);
        assert_eq!(
            identifiers(|it| it.import_errors.map_or(0, <[_]>::len)),
            counts.import_error_ids
        );
        let others = identifiers(|it| it.items.map_or(0, <[_]>::len))
            + identifiers(|it| it.variants.map_or(0, <[_]>::len))
            + identifiers(|it| it.categories.map_or(0, <[_]>::len))
            + identifiers(|it| it.coupon_codes.map_or(0, <[_]>::len))
            + identifiers(|it| it.segments.map_or(0, <[_]>::len));
        assert_eq!(others, counts.related_ids);
    }
}

#[test]
fn a_mixed_stream_is_learned_kind_by_kind() {
    let settings =
        Settings { kind: Kind::Mixed, items: 20, ..Settings::new(2, Shape::Poll, Layout::Compact) };
    let (input, counts) = generate(settings, 2_000);
    let mut parser = Parser::<JobDocument>::new();
    for _ in 0..2 {
        parser.parse_batch(&input, &Arena::new());
    }
    let (hits, misses) = (parser.layout().hits(), parser.layout().misses());
    let batch = parser.parse_batch(&input, &Arena::new()).documents().len();
    assert_eq!(batch as u64, counts.documents);
    let (more_hits, more_misses) =
        (parser.layout().hits() - hits, parser.layout().misses() - misses);
    assert!(more_hits > 300 * more_misses, "{more_hits} hits, {more_misses} misses");
    assert!(!parser.layout().is_paused());
    assert_eq!(parser.drift().layout_changes(), 0);
}
