//! Members that an API adds over the years, some of them in each document. To add one, write a function and name it in
//! a table.

use super::resources;
use crate::content::JOBS;
use crate::document::Item;
use crate::identifiers;
use crate::settings::Kind;
use rand::RngExt as _;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use std::borrow::Cow;

/// Realistic texts: not ASCII, with characters that need escapes, full of characters that look like structure.
pub(super) const NOTES: [&str; 10] = [
    "Frühjahrsliste – Köln",
    "顧客リスト",
    "new customers 🎉👩‍👩‍👧",
    "line one\nline two\ttabbed\r\n",
    "a \"quoted\" word",
    "C:\\imports\\march.csv",
    "{\"data\":[{\"id\":1}]}, not structure",
    "ends in a backslash \\",
    "\u{1}\u{8}\u{c}\u{1f}\u{7f}\u{2028}\u{ffff}",
    "https://example.com/imports?list=a%2Fb&page[size]=100",
];

/// Numbers in every notation that JSON has.
pub(super) const NUMBERS: [&str; 8] =
    ["0", "-1", "12.5", "0.000125", "1e3", "-2.5E-7", "18446744073709551615", "6.02e+23"];

/// Adds members to a document, or to the resource at a path in it.
type Addition = fn(&mut Item, &str, &mut ChaCha8Rng);

/// Without `included`, which would make the document one of another kind.
const JOB: &[Addition] = &[
    top_meta,
    top_jsonapi,
    top_trace,
    meta,
    skipped_count,
    attribute_errors,
    progress,
    note,
    segments,
    created_by,
    described_by,
    identifier_meta,
];

/// Members for other jobs. They must not have a name that these jobs know, or one that belongs to imports.
const CATALOG_JOB: &[Addition] =
    &[top_meta, top_jsonapi, top_trace, meta, skipped_count, progress, note, segments, created_by];
const SUPPRESSION_JOB: &[Addition] =
    &[top_meta, top_jsonapi, top_trace, meta, attribute_errors, progress, note, created_by];

const IMPORT_ERROR: &[Addition] =
    &[top_meta, top_jsonapi, top_trace, meta, attribute_errors, progress, note];
const IDENTIFIER: &[Addition] = &[top_jsonapi, top_trace, meta];
const ERROR: &[Addition] = &[top_jsonapi, top_trace, trace];
const EMPTY: &[Addition] = &[top_jsonapi, top_trace];

/// Adds one or more members to a document of this kind or to one of its resources.
pub(super) fn add(document: &mut Item, kind: Kind, random: &mut ChaCha8Rng) {
    let resources = resources(document);
    let (resource, additions) = match (&resources[..], kind) {
        ([], _) => ("", EMPTY),
        (resources, kind) => {
            let additions = match kind {
                Kind::Response | Kind::Compound | Kind::Page | Kind::Mixed => JOB,
                Kind::ImportErrors => IMPORT_ERROR,
                Kind::Identifiers => IDENTIFIER,
                Kind::Errors => ERROR,
                Kind::ProfileSuppressionBulkCreateJob | Kind::ProfileSuppressionBulkDeleteJob => {
                    SUPPRESSION_JOB
                }
                _ => CATALOG_JOB,
            };
            (resources.choose(random).expect("not empty").as_str(), additions)
        }
    };
    let mut additions = additions.to_vec();
    // Some of these have no place in a job without relationships.
    let least = if Kind::BULK.contains(&kind) { 3.min(additions.len()) } else { 1 };
    let amount = random.random_range(least..=additions.len());
    let (chosen, _) = additions.partial_shuffle(random, amount);
    for addition in chosen {
        addition(document, resource, random);
    }
}

fn top_meta(document: &mut Item, _: &str, random: &mut ChaCha8Rng) {
    let meta = Item::object([
        ("request", identifiers::import_error(random).into()),
        ("took", draw_number(random)),
        ("warnings", vec![draw_note(random), draw_note(random)].into()),
        (
            "rate_limit",
            Item::object([
                ("remaining", random.random_range(0..700_i64).into()),
                ("burst", random.random::<bool>().into()),
                ("windows", vec![Item::Null, vec![draw_number(random)].into()].into()),
                ("names", Item::object([])),
            ]),
        ),
    ]);
    insert(document, "", "meta", meta, random);
}

fn top_jsonapi(document: &mut Item, _: &str, random: &mut ChaCha8Rng) {
    insert(document, "", "jsonapi", Item::object([("version", "1.0".into())]), random);
}

fn meta(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let meta = Item::object([
        ("status", "not the status".into()),
        ("id", draw_number(random)),
        ("revision", "2026-07-15".into()),
    ]);
    insert(document, resource, "meta", meta, random);
}

fn skipped_count(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let skipped = random.random_range(0..1_000_i64);
    insert(document, &format!("{resource}.attributes"), "skipped_count", skipped.into(), random);
}

fn attribute_errors(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    insert(document, &format!("{resource}.attributes"), "errors", Vec::new().into(), random);
}

fn progress(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let phases = (0..random.random_range(1..4)).map(|_| {
        Item::object([("done", random.random::<bool>().into()), ("share", draw_number(random))])
    });
    let phases = phases.collect::<Vec<_>>();
    let progress = Item::object([("percent", draw_number(random)), ("phases", phases.into())]);
    insert(document, &format!("{resource}.attributes"), "progress", progress, random);
}

fn note(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let note = draw_note(random);
    insert(document, &format!("{resource}.attributes"), "note", note, random);
}

fn segments(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let segment = Item::identifier("segment", identifiers::list(random));
    let links = Item::object([("related", format!("{JOBS}/segments/").into())]);
    let segments = Item::object([("data", vec![segment].into()), ("links", links)]);
    insert(document, &format!("{resource}.relationships"), "segments", segments, random);
}

fn created_by(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let nobody = Item::object([("data", Item::Null)]);
    insert(document, &format!("{resource}.relationships"), "created-by", nobody, random);
}

fn described_by(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let links = [
        "links",
        &format!("{resource}.links"),
        &format!("{resource}.relationships.profiles.links"),
    ];
    let path = *links.choose(random).expect("three to choose from");
    let link = Item::object([
        ("href", "https://developers.klaviyo.com/en/reference".into()),
        ("title", draw_note(random)),
    ]);
    insert(document, path, "describedby", link, random);
}

fn identifier_meta(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let meta = Item::object([("note", draw_note(random)), ("position", draw_number(random))]);
    insert(document, &format!("{resource}.relationships.lists.data.0"), "meta", meta, random);
}

fn top_trace(document: &mut Item, _: &str, random: &mut ChaCha8Rng) {
    trace(document, "", random);
}

fn trace(document: &mut Item, resource: &str, random: &mut ChaCha8Rng) {
    let spans =
        vec![identifiers::import_error(random).into(), draw_note(random), draw_number(random)];
    insert(document, resource, "trace", spans.into(), random);
}

/// Inserts a member anywhere in the object at a path, if there is one.
fn insert(
    document: &mut Item,
    path: &str,
    name: &'static str,
    item: Item,
    random: &mut ChaCha8Rng,
) {
    if let Some(object) = document.get(path) {
        let place = random.random_range(0..=object.members().len());
        object.insert(place, name, item);
    }
}

pub(super) fn draw_note(random: &mut ChaCha8Rng) -> Item {
    (*NOTES.choose(random).expect("some to choose from")).into()
}

pub(super) fn draw_number(random: &mut ChaCha8Rng) -> Item {
    let number = NUMBERS.choose(random).expect("some to choose from");
    Item::Verbatim(Cow::Borrowed(number.as_bytes()))
}
