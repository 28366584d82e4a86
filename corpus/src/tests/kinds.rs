//! Tests of all kinds of documents: each is valid and recognised by a reader, complete or sparse, broken where
//! requested, and counted correctly.
//!
//! Must not repeat what the other files test about jobs: they test the default kind in every detail.

use super::oracle::{admits_any, kind_of, strings};
use super::{
    FIRST_KINDS, LATER_KINDS, every_kind, hash, parse, parse_all, with_first_oddities,
    with_later_oddities,
};
use crate::breakage::Breakage;
use crate::content::Answer;
use crate::{
    Counts, ExtraMembers, Generator, Kind, KindCounts, Layout, Settings, Shape, StatusCounts,
    generate,
};
use jiff::Timestamp;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::num::NonZeroU64;

/// Enough records of all settings, for properties without numbers.
const RECORDS: u64 = 30;

fn of_kind(kind: Kind) -> Settings {
    Settings { kind, items: 4, ..Settings::new(5, Shape::Poll, Layout::Compact) }
}

fn items<'v>(document: &'v Value, name: &str) -> &'v [Value] {
    document[name].as_array().map_or(&[], Vec::as_slice)
}

/// The resources of a document that are in arrays.
fn all_items(kind: Kind) -> Vec<Value> {
    let documents = parse_all(of_kind(kind));
    documents.iter().flat_map(|document| items(document, "data").to_vec()).collect()
}

#[test]
fn every_document_obeys_the_schema_of_its_kind() {
    for settings in every_kind() {
        for document in parse(settings, RECORDS) {
            assert!(admits_any(&document, settings.sparse), "{settings:?}: {document}");
            let is_told = kind_of(&document) == Some(settings.kind);
            assert!(is_told || settings.kind == Kind::Mixed, "{settings:?}: {document}");
        }
    }
}

#[test]
fn the_same_settings_give_the_same_bytes_in_any_company() {
    for settings in every_kind() {
        let mut generator = Generator::new(settings);
        let mut together = Vec::new();
        (0..20).for_each(|_| generator.write_record(&mut together));
        assert_eq!((together, generator.counts().clone()), generate(settings, 20), "{settings:?}");
    }
}

/// Hashes that fix the bytes of other kinds, like those of jobs.
#[test]
fn the_bytes_of_a_seed_are_the_same_as_ever() {
    // Breakage changes with what a reader must accept; the rest stays the same.
    let bad = NonZeroU64::new(2);
    for (kinds, bad_every, expected) in [
        (FIRST_KINDS, None, [0xe4e7_c471_a13a_a320, 0x9e81_a3d5_4381_9181]),
        (FIRST_KINDS, bad, [0xd6a1_5258_72f1_ad4f, 0xbb95_fc5b_3b45_51f1]),
        (LATER_KINDS, None, [0x07ce_d822_e0a8_f75e, 0x0ddc_84b3_05b5_acd9]),
        (LATER_KINDS, bad, [0xa3e5_bd6b_b181_86e7, 0x8786_0ea5_76fc_d5c3]),
    ] {
        let bad = |settings| Settings { bad_every, ..settings };
        let first = hash(with_first_oddities(kinds).map(bad));
        let found = [first, hash(with_later_oddities(kinds).map(bad))];
        assert_eq!(found, expected, "{kinds:?} {bad_every:?}: now {found:#x?}");
    }
}

#[test]
fn every_layout_says_and_counts_the_same() {
    for settings in every_kind() {
        let compact = Settings { layout: Layout::Compact, ..settings };
        assert_eq!(parse(settings, RECORDS), parse(compact, RECORDS), "{settings:?}");
        let count = |settings| Counts { bytes: 0, ..generate(settings, RECORDS).1 };
        assert_eq!(count(settings), count(compact), "{settings:?}");
    }
}

#[test]
fn counts_equal_a_recount() {
    for settings in every_kind() {
        let (records, counts) = generate(settings, RECORDS);
        assert_eq!(counts.bytes, records.len() as u64, "{settings:?}");
        assert_eq!(counts, recount(counts.bytes, &parse(settings, RECORDS)), "{settings:?}");
    }
}

/// The jobs of a document with one job or a page of jobs.
fn all_jobs(document: &Value) -> &[Value] {
    match &document["data"] {
        Value::Array(jobs) => jobs,
        job => std::slice::from_ref(job),
    }
}

fn is_suppression(kind: Kind) -> bool {
    kind.name().starts_with("profile-suppression-")
}

fn recount(bytes: u64, documents: &[Value]) -> Counts {
    let of_kind = |kind| documents.iter().filter(move |each| kind_of(each) == Some(kind));
    let sum = |kind, name| of_kind(kind).map(|each| items(each, name).len() as u64).sum::<u64>();
    let with_jobs = Kind::BULK.into_iter().chain([Kind::Response, Kind::Compound, Kind::Page]);
    let jobs: Vec<&Value> = with_jobs.flat_map(of_kind).flat_map(all_jobs).collect();
    let mut kinds = KindCounts::default();
    for document in documents {
        kinds[kind_of(document).expect("every document is of a kind")] += 1;
    }
    let included = |is_list: bool| {
        let all = documents.iter().flat_map(|each| items(each, "included"));
        all.filter(|resource| (resource["type"] == "list") == is_list).count() as u64
    };
    // Unknown members of other jobs have the same name.
    let [catalogs, suppressions]: [Vec<&Value>; 2] = [false, true]
        .map(|which| Kind::BULK.into_iter().filter(move |&it| is_suppression(it) == which))
        .map(|kinds| kinds.flat_map(of_kind).flat_map(all_jobs).collect());
    let errors_of = |job: &&Value| items(&job["attributes"], "errors").len() as u64;
    let skipped = |job: &&Value| job["attributes"]["skipped_count"].as_i64().map_or(0, i128::from);

    let attribute = |name| jobs.iter().filter_map(move |job| job["attributes"].get(name));
    let total = |name| attribute(name).filter_map(Value::as_i64).map(i128::from).sum();
    let with_status = |status: &str| attribute("status").filter(|it| **it == status).count() as u64;
    let ids = |name: &str| {
        jobs.iter().map(|job| items(&job["relationships"][name], "data").len() as u64).sum()
    };
    let errors = of_kind(Kind::ImportErrors).flat_map(|each| items(each, "data"));
    let codes = errors.filter_map(|error| error["attributes"]["code"].as_str());
    let mut import_errors_by_code = BTreeMap::new();
    for code in codes {
        let known = ["duplicate_profile", "invalid", "suppressed", "too_long"];
        let code = known.into_iter().find(|&known| known == code).expect("one of those");
        *import_errors_by_code.entry(code).or_default() += 1;
    }
    let errors = of_kind(Kind::Errors).flat_map(|each| items(each, "errors"));
    let mut errors_by_status = BTreeMap::new();
    for error in errors {
        let status = &error["status"];
        // It is text in some forms.
        let text = || status.as_str().and_then(|text| text.parse().ok());
        let status = status.as_i64().or_else(text).expect("a number");
        *errors_by_status.entry(status).or_default() += 1;
    }
    let mut created: Vec<&str> = attribute("created_at").map(|it| it.as_str().unwrap()).collect();
    created.sort_by_key(|text| text.parse::<Timestamp>().unwrap());
    Counts {
        bytes,
        documents: documents.len() as u64,
        rejected: 0,
        kinds,
        jobs: jobs.len() as u64,
        included_lists: included(true),
        included_resources: included(false),
        import_errors: sum(Kind::ImportErrors, "data"),
        import_errors_by_code,
        listed_ids: sum(Kind::Identifiers, "data"),
        errors: sum(Kind::Errors, "errors"),
        errors_by_status,
        status: StatusCounts {
            cancelled: with_status("cancelled"),
            complete: with_status("complete"),
            processing: with_status("processing"),
            queued: with_status("queued"),
        },
        total_count: total("total_count"),
        completed_count: total("completed_count"),
        failed_count: total("failed_count"),
        skipped_count: suppressions.iter().map(skipped).sum(),
        job_errors: catalogs.iter().map(errors_of).sum(),
        list_ids: ids("lists"),
        profile_ids: ids("profiles"),
        import_error_ids: ids("import-errors"),
        related_ids: ["items", "variants", "categories", "coupon-codes"]
            .map(ids)
            .iter()
            .sum::<u64>()
            + suppressions
                .iter()
                .map(|job| items(&job["relationships"]["segments"], "data").len() as u64)
                .sum::<u64>(),
        first_created_at: created.first().map(|&text| text.to_owned()),
        last_created_at: created.last().map(|&text| text.to_owned()),
    }
}

#[test]
fn every_kind_is_in_a_mixture_and_jobs_are_most_of_it() {
    let kinds = generate(of_kind(Kind::Mixed), 2_000).1.kinds;
    let [response, compound] = [Kind::Response, Kind::Compound].map(|kind| kinds[kind]);
    for other in [Kind::Page, Kind::ImportErrors, Kind::Identifiers, Kind::Errors] {
        let is_rare = 60 < kinds[other] && kinds[other] < compound && compound < response;
        assert!(is_rare, "{kinds:?}");
    }
    // Two of 124 documents each.
    assert!(Kind::BULK.iter().all(|&kind| (12..60).contains(&kinds[kind])), "{kinds:?}");
}

#[test]
#[should_panic(expected = "out of bounds")]
fn no_document_is_a_mixture() {
    let _ = KindCounts::default()[Kind::Mixed];
}

#[test]
fn full_pages_lead_to_the_next_and_the_last_one_may_be_shorter() {
    for kind in [Kind::Page, Kind::ImportErrors].into_iter().chain(Kind::BULK) {
        let mut lengths = HashSet::new();
        for document in parse(of_kind(kind), 500).iter().filter(|it| it["data"].is_array()) {
            let (length, links) = (items(document, "data").len(), &document["links"]);
            assert!(links["next"].is_null() || length == 4, "{document}");
            assert!(links.get("prev").is_some(), "{document}");
            lengths.insert(length);
        }
        assert_eq!(lengths, (0..=4).collect(), "{kind:?}");
    }
    for kind in [Kind::Page, Kind::ImportErrors, Kind::Identifiers] {
        let settings = Settings { items: 0, ..of_kind(kind) };
        assert_eq!(generate(settings, 10).1.kinds, generate(of_kind(kind), 10).1.kinds);
    }
}

#[test]
fn a_page_has_a_hundred_items_unless_told() {
    let settings = Settings { kind: Kind::Page, ..Settings::new(5, Shape::Poll, Layout::Compact) };
    let lengths = |document: &Value| items(document, "data").len();
    assert_eq!(parse_all(settings).iter().map(lengths).max(), Some(100));
}

#[test]
fn the_lists_of_jobs_are_included_once_each() {
    for kind in [Kind::Compound, Kind::Page] {
        let (mut with, mut without_name) = (0, 0);
        let documents = parse_all(of_kind(kind));
        for document in documents.iter().filter(|each| each.get("included").is_some()) {
            let jobs = document["data"].as_array().cloned();
            let jobs = jobs.unwrap_or_else(|| vec![document["data"].clone()]);
            let named: HashSet<String> = jobs
                .iter()
                .flat_map(|job| items(&job["relationships"]["lists"], "data"))
                .map(|identifier| identifier["id"].to_string())
                .collect();
            let lists = items(document, "included");
            let included: HashSet<_> = lists.iter().map(|list| list["id"].to_string()).collect();
            assert_eq!((&included, included.len()), (&named, lists.len()), "{document}");
            with += 1;
            without_name +=
                lists.iter().filter(|list| list["attributes"]["name"].is_null()).count();
        }
        assert!(with > documents.len() / 3 && without_name > 0, "{kind:?}");
        assert_eq!(with == documents.len(), kind == Kind::Compound, "{kind:?}");
    }
}

#[test]
fn what_was_sent_is_a_profile_or_null_or_left_out() {
    let errors = all_items(Kind::ImportErrors);
    let payloads: Vec<Option<&Value>> =
        errors.iter().map(|error| error["attributes"].get("original_payload")).collect();
    let count =
        |which: fn(Option<&Value>) -> bool| payloads.iter().filter(|it| which(**it)).count();
    let absent = count(|payload| payload.is_none());
    let null = count(|payload| payload.is_some_and(Value::is_null));
    let profiles = count(|payload| payload.is_some_and(|it| it["email"].is_string()));
    assert_eq!(absent + null + profiles, errors.len());
    assert!(absent > 10 && null > 10 && profiles > errors.len() / 2, "{absent} {null}");
    for error in &errors {
        let attributes = &error["attributes"];
        let pointer = attributes["source"]["pointer"].as_str().unwrap();
        let (_, attribute) = pointer.rsplit_once('/').unwrap();
        let payload = &attributes["original_payload"];
        assert!(payload.is_null() || payload[attribute].is_string(), "{error}");
    }
    let all = Value::from(errors).to_string();
    assert!(!all.is_ascii() && all.contains(r#"\n"#) && all.contains(r#"\""#));
}

#[test]
fn every_type_is_listed() {
    let listed = all_items(Kind::Identifiers);
    let of_type = |name: &str| listed.iter().filter(|it| it["type"] == name).count();
    assert!(["list", "profile", "import-error"].iter().all(|name| of_type(name) > 10));
}

#[test]
fn error_objects_blame_a_pointer_or_a_parameter_or_nothing() {
    let documents = parse_all(of_kind(Kind::Errors));
    let errors: Vec<_> = documents.iter().flat_map(|document| items(document, "errors")).collect();
    let blaming = |name: &str| errors.iter().filter(|it| it["source"].get(name).is_some()).count();
    let (pointers, parameters) = (blaming("pointer"), blaming("parameter"));
    assert!(parameters > 5 && pointers > parameters && pointers + parameters < errors.len());
    assert!(documents.iter().any(|document| items(document, "errors").len() > 1));
}

#[test]
fn a_fieldset_leaves_out_attributes_and_nothing_else() {
    let imports = [Kind::Response, Kind::Compound, Kind::Page, Kind::ImportErrors];
    for kind in imports.into_iter().chain(Kind::BULK) {
        let whole = of_kind(kind);
        let sparse = Settings { sparse: true, ..whole };
        let mut left_out = HashSet::new();
        for (whole, sparse) in parse_all(whole).into_iter().zip(parse_all(sparse)) {
            let [mut whole, mut sparse] = [whole, sparse];
            assert!(sparse["links"]["self"].as_str().unwrap().contains("fields%5B"), "{sparse}");
            sparse.as_object_mut().unwrap().remove("links");
            whole.as_object_mut().unwrap().remove("links");
            assert!(super::good::includes(&whole, &sparse), "{whole}\n{sparse}");
            let attributes_of = |document: &mut Value| match &mut document["data"] {
                Value::Array(items) => {
                    items.iter_mut().map(|item| item["attributes"].take()).collect::<Vec<_>>()
                }
                job => vec![job["attributes"].take()],
            };
            let attributes = attributes_of(&mut whole).into_iter().zip(attributes_of(&mut sparse));
            for (whole, sparse) in attributes {
                let names = whole.as_object().unwrap().keys();
                left_out.extend(names.filter(|&name| sparse.get(name).is_none()).cloned());
            }
            assert_eq!(whole, sparse);
        }
        let all = match kind {
            Kind::ImportErrors => 5,
            kind if is_suppression(kind) => 6,
            _ => 8,
        };
        assert_eq!(left_out.len(), all, "{kind:?}: {left_out:?}");
    }
}

#[test]
fn attributes_are_in_the_order_in_which_they_were_asked_for() {
    for kind in [Kind::Compound, Kind::Page, Kind::ImportErrors].into_iter().chain(Kind::BULK) {
        let mut found = 0;
        let (records, _) = generate(Settings { sparse: true, items: 2, ..of_kind(kind) }, 100);
        for record in std::str::from_utf8(&records).unwrap().lines() {
            let document: Value = serde_json::from_str(record).unwrap();
            let url = document["links"]["self"].as_str().unwrap();
            let (_, fields) = url.split_once("fields%5B").unwrap();
            let (_, fields) = fields.split_once("%5D=").unwrap();
            let asked: Vec<_> = fields.split('&').next().unwrap().split("%2C").collect();
            // Included resources have attributes of their own.
            let strings = strings(record.split(r#""included""#).next().unwrap());
            let names: Vec<_> = strings.iter().filter(|it| it.is_name).map(|it| it.text).collect();
            // The text after the name `attributes`, up to the next occurrence.
            for names in names.split(|&name| name == "attributes").skip(1) {
                let places: Vec<_> = asked
                    .iter()
                    .filter_map(|&asked| names.iter().position(|&name| name == asked))
                    .collect();
                assert!(places.is_sorted(), "{record}");
                found += places.len();
            }
        }
        assert!(found > 200, "{kind:?}: {found}");
    }
}

/// Settings for documents that have more than one form.
fn every_form() -> impl Iterator<Item = Settings> {
    [Kind::ImportErrors, Kind::Errors].into_iter().flat_map(|kind| {
        Layout::ALL.map(|layout| Settings { every_form: true, layout, ..of_kind(kind) })
    })
}

#[test]
fn every_form_is_written_and_obeys_the_schema() {
    for settings in every_form() {
        let documents = parse_all(settings);
        for document in &documents {
            assert!(admits_any(document, false), "{settings:?}: {document}");
        }
        let (_, counts) = generate(settings, documents.len() as u64);
        assert_eq!(counts, recount(counts.bytes, &documents), "{settings:?}");
    }
    let is_there = |items: &[Value], what: fn(&Value) -> bool| {
        let times = items.iter().filter(|item| what(item)).count();
        10 < times && times < items.len()
    };
    let errors = parse_all(Settings { every_form: true, ..of_kind(Kind::ImportErrors) });
    let errors: Vec<_> = errors.iter().flat_map(|document| items(document, "data")).collect();
    let sources: Vec<_> = errors.iter().map(|it| it["attributes"]["source"].clone()).collect();
    assert!(is_there(&sources, |source| source["pointer"].is_string()));
    assert!(is_there(&sources, |source| source.get("pointer").is_some_and(Value::is_null)));
    assert!(is_there(&sources, |source| source["parameter"].is_string()));
    assert!(is_there(&sources, |source| source.as_object().unwrap().is_empty()));
    let refusals = parse_all(Settings { every_form: true, ..of_kind(Kind::Errors) });
    let errors: Vec<_> = refusals.iter().flat_map(|it| items(it, "errors")).cloned().collect();
    assert!(is_there(&errors, |error| error["status"].is_string()));
    assert!(is_there(&errors, |error| error.get("code").is_none()));
    assert!(is_there(&errors, |error| error.get("title").is_none()));
}

#[test]
fn every_bad_record_is_refused_even_by_who_knows_all_kinds() {
    for settings in every_kind().chain(every_form()) {
        let mut generator = Generator::new(Settings { bad_every: NonZeroU64::new(1), ..settings });
        let mut doubled = 0;
        for _ in 0..RECORDS {
            let mut record = Vec::new();
            generator.write_record(&mut record);
            let Ok(document) = serde_json::from_slice::<Value>(&record) else { continue };
            if admits_any(&document, settings.sparse) {
                // serde_json reads one of two members with the same name.
                let text = std::str::from_utf8(&record).unwrap();
                let written = strings(text).iter().filter(|string| string.is_name).count();
                assert!(written > count_names(&document), "{settings:?}: {text}");
                doubled += 1;
            }
        }
        assert!(doubled > 0, "{settings:?}");
        let counts = generator.counts();
        let bytes = counts.bytes;
        assert_eq!(*counts, Counts { bytes, rejected: RECORDS, ..Counts::default() });
    }
}

fn count_names(item: &Value) -> usize {
    match item {
        Value::Object(members) => members.len() + members.values().map(count_names).sum::<usize>(),
        Value::Array(items) => items.iter().map(count_names).sum(),
        _ => 0,
    }
}

/// The cycle skips the ways that a document does not allow, and reaches all that it does.
#[test]
fn a_document_is_broken_in_every_way_that_it_can_be() {
    let never = |kind| match kind {
        Kind::Response | Kind::Compound | Kind::Page | Kind::Mixed => vec![],
        Kind::ImportErrors | Kind::Identifiers => {
            vec![Breakage::UnknownStatus, Breakage::Fraction, Breakage::BeyondI64]
        }
        Kind::Errors => vec![Breakage::UnknownStatus, Breakage::WrongConstant],
        _ => vec![],
    };
    for kind in Kind::ALL {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let settings = of_kind(kind);
        let missed = Breakage::ALL.into_iter().filter(|way| {
            (0..RECORDS).all(|_| {
                let kind = kind.draw(&mut random);
                let answer = Answer::draw(kind, &settings, &mut random);
                let mut document = answer.into_document(None);
                !way.break_document(&mut document, kind, &settings, &mut random)
            })
        });
        assert_eq!(missed.collect::<Vec<_>>(), never(kind), "{kind:?}");
    }
}

#[test]
fn bad_records_leave_the_good_ones_as_they_are() {
    for settings in every_kind().filter(|it| it.layout == Layout::Compact) {
        let bad = Settings { bad_every: NonZeroU64::new(3), ..settings };
        let lines = |settings| {
            let (records, _) = generate(settings, RECORDS);
            records.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>()
        };
        let pairs = lines(bad).into_iter().zip(lines(settings));
        for (number, (with, without)) in (1..=RECORDS).zip(pairs) {
            assert!((with == without) == (number % 3 != 0), "{settings:?}: {number}");
        }
    }
}

#[test]
fn unknown_members_change_nothing_else() {
    let none = |it: &Settings| it.unknown_members == ExtraMembers::None;
    for plain in every_kind().filter(|it| none(it) && it.layout == Layout::Compact) {
        for unknown_members in &ExtraMembers::ALL[1..] {
            let with = Settings { unknown_members: *unknown_members, ..plain };
            for (with, plain) in parse(with, RECORDS).iter().zip(&parse(plain, RECORDS)) {
                assert_ne!(with, plain);
                assert!(super::good::includes(with, plain), "{with}\n{plain}");
            }
        }
    }
}

#[test]
fn every_text_is_escaped_where_the_layout_says_so() {
    for settings in every_kind().filter(|settings| settings.layout == Layout::Escaped) {
        let (records, _) = generate(settings, RECORDS);
        for record in std::str::from_utf8(&records).unwrap().lines() {
            for string in strings(record).iter().filter(|string| !string.is_name) {
                assert!(string.text.contains('\\'), "{settings:?}: {}", string.text);
            }
        }
    }
}

#[test]
fn names_read_back_as_what_they_name() {
    assert_eq!(Kind::ALL.map(|kind| kind.name().parse()), Kind::ALL.map(Ok));
    let error = "Response".parse::<Kind>().unwrap_err().to_string();
    let expected = "expected one of: response, compound, page, import-errors, identifiers, errors, \
        catalog-item-bulk-create-job, catalog-item-bulk-update-job, catalog-item-bulk-delete-job, \
        catalog-variant-bulk-create-job, catalog-variant-bulk-update-job, \
        catalog-variant-bulk-delete-job, catalog-category-bulk-create-job, \
        catalog-category-bulk-update-job, catalog-category-bulk-delete-job, \
        coupon-code-bulk-create-job, profile-suppression-bulk-create-job, \
        profile-suppression-bulk-delete-job, mixed";
    assert_eq!(error, expected);
}
