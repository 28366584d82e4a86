//! Tests of the jobs that are not imports: their data, how often each case occurs, and what is included.
//!
//! Must not repeat what holds for all kinds, which is in `kinds`.

use super::oracle::strings;
use super::parse;
use crate::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// Enough for every choice to occur.
const MANY: u64 = 800;

fn of_kind(kind: Kind, shape: Shape) -> Settings {
    Settings { kind, items: 3, ..Settings::new(5, shape, Layout::Compact) }
}

fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

/// The jobs of a document, on their own or in a page.
fn jobs(document: &Value) -> &[Value] {
    match &document["data"] {
        Value::Array(jobs) => jobs,
        job => std::slice::from_ref(job),
    }
}

fn all_jobs(settings: Settings, records: u64) -> Vec<Value> {
    parse(settings, records).iter().flat_map(jobs).cloned().collect()
}

fn is_suppression(kind: Kind) -> bool {
    kind.name().contains("suppression")
}

/// The relationships of a kind of jobs, and the types of their resources.
fn relationships(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind.name() {
        name if name.starts_with("catalog-item") => &[("items", "catalog-item")],
        name if name.starts_with("catalog-variant") => &[("variants", "catalog-variant")],
        name if name.starts_with("catalog-category") => &[("categories", "catalog-category")],
        name if name.starts_with("coupon-code") => &[("coupon-codes", "coupon-code")],
        _ => &[("lists", "list"), ("segments", "segment")],
    }
}

/// The identifiers of a job by the name of the relationship, if it has `data`.
fn data<'j>(job: &'j Value, name: &str) -> Option<&'j Vec<Value>> {
    job["relationships"][name]["data"].as_array()
}

#[test]
fn jobs_are_posted_asked_for_and_in_pages_at_the_addresses_of_their_kind() {
    for kind in Kind::BULK {
        let collection = format!("https://a.klaviyo.com/api/{}s", kind.name());
        let [mut posted, mut asked, mut pages] = [0, 0, 0];
        for document in parse(of_kind(kind, Shape::Poll), MANY) {
            let link = document["links"]["self"].as_str().unwrap();
            let (path, query) = link.split_once('?').unwrap_or((link, ""));
            if document["data"].is_array() {
                assert_eq!(path, collection);
                assert!(query.contains("page%5Bsize%5D=3"), "{link}");
                pages += 1;
            } else if path == collection {
                assert_eq!(query, "");
                posted += 1;
            } else {
                let id = document["data"]["id"].as_str().unwrap();
                assert_eq!(path, format!("{collection}/{id}"));
                asked += 1;
            }
            let is_included = document.get("included").is_some();
            assert_eq!(is_included, query.contains("include="), "{link}");
            for job in jobs(&document) {
                let [id, link] = [&job["id"], &job["links"]["self"]].map(|it| it.as_str().unwrap());
                assert_eq!(link, format!("{collection}/{id}/"));
            }
        }
        let all = MANY * 38 / 100..MANY * 52 / 100;
        assert!(all.contains(&posted), "{kind:?}: {posted}");
        assert!((MANY / 5..MANY * 3 / 10).contains(&asked), "{kind:?}: {asked}");
        assert!((MANY / 4..MANY * 36 / 100).contains(&pages), "{kind:?}: {pages}");
    }
}

#[test]
fn posted_jobs_have_the_members_in_the_order_of_the_api() {
    for kind in Kind::BULK {
        let attributes = if is_suppression(kind) {
            "status created_at total_count completed_count completed_at skipped_count"
        } else {
            "status created_at total_count completed_count failed_count completed_at errors expires_at"
        };
        let names =
            relationships(kind).iter().map(|(name, _)| format!("{name} links self related"));
        let relationships = format!("relationships {} ", names.collect::<Vec<_>>().join(" "));
        let expected = ["", &relationships].map(|relationships| {
            format!("data type id attributes {attributes} {relationships}links self links self")
        });
        let (records, _) = generate(of_kind(kind, Shape::Poll), MANY);
        let found: HashSet<String> = std::str::from_utf8(&records)
            .unwrap()
            .lines()
            .map(|record| {
                let names = strings(record).into_iter().filter(|it| it.is_name);
                names.map(|it| it.text.to_owned()).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert!(expected.iter().all(|it| found.contains(it)), "{kind:?}: {found:?}");
    }
}

#[test]
fn ids_are_as_many_as_documented() {
    for kind in Kind::BULK {
        for (name, resource_type) in relationships(kind) {
            let lengths = |shape, records| -> BTreeSet<Option<usize>> {
                let jobs = all_jobs(of_kind(kind, shape), records);
                let named = jobs.iter().filter_map(|job| data(job, name)).flatten();
                assert!(named.clone().all(|it| it["type"] == *resource_type), "{kind:?}");
                jobs.iter().map(|job| data(job, name).map(Vec::len)).collect()
            };
            let few = [None, Some(0), Some(1), Some(2), Some(3)];
            assert_eq!(lengths(Shape::Poll, MANY), few.into(), "{kind:?}");
            assert_eq!(lengths(Shape::Inline, MANY), (10..=14).map(Some).collect(), "{kind:?}");
            let wide = lengths(Shape::Wide, 5);
            assert!(wide.iter().all(|it| (200..=400).contains(&it.unwrap())), "{kind:?}: {wide:?}");
        }
    }
}

#[test]
fn ids_have_the_length_and_alphabet_of_the_api() {
    let is_crockford = |it: char| "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(it);
    let is_ulid = |id: &str| id.len() == 26 && id.chars().all(is_crockford);
    for kind in Kind::BULK {
        let mut different = HashSet::new();
        let jobs = all_jobs(of_kind(kind, Shape::Inline), 100);
        for job in &jobs {
            let id = job["id"].as_str().unwrap();
            assert!(is_ulid(id), "{id}");
            assert!(different.insert(id), "{id}");
            for (name, resource_type) in relationships(kind) {
                for id in data(job, name).unwrap() {
                    let id = id["id"].as_str().unwrap();
                    let is_right = match *resource_type {
                        "list" | "segment" => {
                            id.len() == 6 && id.chars().all(|it| it.is_ascii_alphanumeric())
                        }
                        "coupon-code" => id.split_once('-').is_some_and(|(_, code)| is_ulid(code)),
                        "catalog-category" => id.starts_with("$custom:::$default:::CATEGORY-"),
                        _ => id.starts_with("$custom:::$default:::SKU-"),
                    };
                    assert!(is_right, "{id}");
                }
            }
        }
    }
}

#[test]
fn what_jobs_name_is_included_once_each_where_the_api_includes_it() {
    for kind in Kind::BULK {
        let [(name, resource_type), ..] = relationships(kind) else { unreachable!() };
        let (mut single, mut pages, mut empty) = (0, 0, 0);
        for document in parse(of_kind(kind, Shape::Poll), MANY) {
            if document.get("included").is_none() {
                continue;
            }
            let included = items(&document, "included");
            let ids = |it: &[Value]| -> BTreeSet<String> {
                it.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
            };
            let named = jobs(&document).iter().flat_map(|job| data(job, name).unwrap().clone());
            assert_eq!(ids(included), ids(&named.collect::<Vec<_>>()), "{document}");
            assert_eq!(ids(included).len(), included.len(), "{document}");
            assert!(included.iter().all(|it| it["type"] == *resource_type), "{document}");
            single += u64::from(document["data"].is_object());
            pages += u64::from(document["data"].is_array());
            empty += u64::from(included.is_empty());
        }
        let has_included = !kind.name().contains("delete") && !is_suppression(kind);
        for (what, number) in [("single", single), ("pages", pages), ("empty", empty)] {
            assert_eq!(number > 20, has_included, "{kind:?} {what}: {number}");
            assert!(has_included || number == 0, "{kind:?} {what}: {number}");
        }
        let wide = parse(Settings { items: 2, ..of_kind(kind, Shape::Wide) }, 20);
        assert!(wide.iter().all(|it| it["data"].is_object() || it.get("included").is_none()));
    }
}

/// The resources that are included with jobs of a kind.
fn all_included(kind: Kind) -> Vec<Value> {
    let documents = parse(of_kind(kind, Shape::Inline), 200);
    documents.iter().flat_map(|document| items(document, "included")).cloned().collect()
}

#[test]
fn every_attribute_of_what_is_included_is_null_now_and_then() {
    for (kind, attributes) in [
        (Kind::CatalogItemBulkCreateJob, 11),
        (Kind::CatalogVariantBulkUpdateJob, 14),
        (Kind::CatalogCategoryBulkCreateJob, 3),
        (Kind::CouponCodeBulkCreateJob, 3),
    ] {
        let included = all_included(kind);
        let names = included[0]["attributes"].as_object().unwrap().keys();
        assert_eq!(names.len(), attributes, "{kind:?}");
        for name in names {
            let nulls = included.iter().filter(|it| it["attributes"][name].is_null()).count();
            assert!((1..included.len() / 5).contains(&nulls), "{kind:?} {name}: {nulls}");
        }
    }
}

#[test]
fn prices_are_written_with_a_fraction_and_without() {
    for kind in [Kind::CatalogItemBulkUpdateJob, Kind::CatalogVariantBulkCreateJob] {
        let (records, _) = generate(of_kind(kind, Shape::Inline), 200);
        let records = String::from_utf8(records).unwrap();
        let prices = records.split("\"price\":").skip(1);
        let prices: HashSet<_> = prices.map(|it| it.split(',').next().unwrap()).collect();
        assert!(["12.5", "19.99", "0.5", "25", "null"].iter().all(|it| prices.contains(it)));
    }
}

#[test]
fn what_is_included_has_every_value_that_it_may_have() {
    let values = |kind, name| -> HashSet<String> {
        let included = all_included(kind);
        included.iter().map(|it| it["attributes"][name].to_string()).collect()
    };
    let policies = values(Kind::CatalogVariantBulkCreateJob, "inventory_policy");
    assert_eq!(policies, ["0", "1", "2", "null"].map(str::to_owned).into());
    assert_eq!(values(Kind::CatalogItemBulkCreateJob, "published").len(), 3);
    assert_eq!(values(Kind::CouponCodeBulkCreateJob, "status").len(), 7);
}

#[test]
fn jobs_have_every_status_and_errors_only_where_something_failed() {
    for kind in Kind::BULK {
        let jobs = all_jobs(of_kind(kind, Shape::Poll), MANY);
        let statuses: HashSet<_> =
            jobs.iter().map(|it| it["attributes"]["status"].as_str()).collect();
        assert_eq!(statuses.len(), 4, "{kind:?}");
        let (mut errors, mut without_pointer) = (0, 0);
        for job in &jobs {
            let attributes = &job["attributes"];
            let errors_of_job = items(attributes, "errors");
            let failed = attributes["failed_count"].as_u64();
            // If the count is null, it is not known.
            let most = failed.unwrap_or(3);
            assert!(errors_of_job.len() as u64 <= most, "{job}");
            let is_without = |it: &&Value| it["source"]["pointer"].is_null();
            errors += errors_of_job.len();
            without_pointer += errors_of_job.iter().filter(is_without).count();
        }
        assert_eq!(errors > 50, !is_suppression(kind), "{kind:?}: {errors}");
        assert!(is_suppression(kind) || (1..errors / 2).contains(&without_pointer), "{kind:?}");
    }
}

#[test]
fn whatever_may_be_null_is_it_now_and_then() {
    for kind in Kind::BULK {
        let names: &[&str] = if is_suppression(kind) {
            &["completed_count", "completed_at", "skipped_count"]
        } else {
            &["completed_count", "failed_count", "completed_at", "errors", "expires_at"]
        };
        let jobs = all_jobs(of_kind(kind, Shape::Poll), MANY);
        for name in names {
            let nulls = jobs.iter().filter(|job| job["attributes"][name].is_null()).count();
            assert!((10..jobs.len() / 2).contains(&nulls), "{kind:?} {name}: {nulls}");
        }
    }
}

#[test]
fn counts_and_times_agree_with_the_status() {
    for kind in Kind::BULK {
        let other = if is_suppression(kind) { "skipped_count" } else { "failed_count" };
        for job in all_jobs(of_kind(kind, Shape::Poll), MANY) {
            let attributes = &job["attributes"];
            let total = attributes["total_count"].as_i64().unwrap();
            let [done, other] = ["completed_count", other].map(|name| attributes[name].as_i64());
            let time = |name: &str| {
                let text = attributes[name].as_str()?;
                assert!(text.ends_with("+00:00") && [25, 32].contains(&text.len()), "{text}");
                Some(text.parse::<Timestamp>().unwrap())
            };
            let created = time("created_at").unwrap();
            assert!(time("completed_at").is_none_or(|completed| created < completed), "{job}");
            let week = 7 * 24 * 60 * 60;
            assert!(time("expires_at").is_none_or(|it| (it - created).as_secs() == week), "{job}");
            let status = attributes["status"].as_str().unwrap();
            let is_over = ["complete", "cancelled"].contains(&status);
            assert_eq!(time("completed_at").is_some(), is_over, "{job}");
            if let (Some(done), Some(other)) = (done, other) {
                assert!(done >= 0 && other >= 0 && done + other <= total, "{job}");
                assert!(status != "complete" || done + other == total, "{job}");
                assert!(status != "queued" || done + other == 0, "{job}");
            }
        }
    }
}

/// Members that the schema of other jobs has are unknown here, and the other way round.
#[test]
fn unknown_members_are_none_that_the_kind_knows() {
    for kind in Kind::BULK {
        let known: &[&str] =
            if is_suppression(kind) { &["skipped_count", "segments"] } else { &["errors"] };
        let unknown: &[&str] =
            if is_suppression(kind) { &["errors"] } else { &["skipped_count", "segments"] };
        let mut found = HashSet::new();
        for extra in [ExtraMembers::Assorted, ExtraMembers::Evolved] {
            let plain = Settings { sparse: true, ..of_kind(kind, Shape::Poll) };
            let with = Settings { unknown_members: extra, ..plain };
            let pairs = all_jobs(plain, 300).into_iter().zip(all_jobs(with, 300));
            for (plain, with) in pairs {
                let has = |job: &Value, name: &str| {
                    ["attributes", "relationships"].iter().any(|&it| job[it].get(name).is_some())
                };
                for name in known {
                    assert_eq!(has(&plain, name), has(&with, name), "{kind:?} {name}: {with}");
                }
                found.extend(unknown.iter().filter(|name| has(&with, name)).copied());
            }
        }
        assert_eq!(found.len(), unknown.len(), "{kind:?}: {found:?}");
    }
}

#[test]
fn no_name_is_written_twice_in_an_object() {
    for kind in Kind::BULK {
        for unknown_members in ExtraMembers::ALL {
            let settings = Settings { unknown_members, ..of_kind(kind, Shape::Inline) };
            let (records, _) = generate(settings, 100);
            for record in std::str::from_utf8(&records).unwrap().lines() {
                let written = strings(record).iter().filter(|it| it.is_name).count();
                let document: Value = serde_json::from_str(record).unwrap();
                assert_eq!(written, count_names(&document), "{record}");
            }
        }
    }
}

fn count_names(item: &Value) -> usize {
    match item {
        Value::Object(members) => members.len() + members.values().map(count_names).sum::<usize>(),
        Value::Array(items) => items.iter().map(count_names).sum(),
        _ => 0,
    }
}

/// Nothing inside a custom value may change, because a reader may return it unchanged.
#[test]
fn custom_metadata_stays_as_it_is() {
    let plain = of_kind(Kind::CatalogItemBulkCreateJob, Shape::Inline);
    let strewn = Settings { unknown_members: ExtraMembers::Strewn, ..plain };
    let metadata = |settings| -> Vec<Value> {
        let documents = parse(settings, 100);
        let included = documents.iter().flat_map(|it| items(it, "included"));
        included.map(|it| it["attributes"]["custom_metadata"].clone()).collect()
    };
    assert!(metadata(plain).iter().any(|it| it.as_object().is_some_and(|it| !it.is_empty())));
    assert_eq!(metadata(strewn), metadata(plain));
}
