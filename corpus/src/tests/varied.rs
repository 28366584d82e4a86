//! Tests of documents that vary: that they really do, and only in what was requested.
//!
//! Must not repeat what holds for all settings, which is in the other files.

use super::oracle::strings;
use super::{enough, parse};
use crate::{ExtraMembers, Layout, Settings, Shape, generate};
use serde_json::Value;
use std::collections::HashSet;
use std::num::NonZeroU32;

const PLAIN: Settings = Settings::new(5, Shape::Poll, Layout::Compact);
const VARIED: Settings = Settings { varied: true, ..PLAIN };
/// Enough for combinations of several choices to occur.
const MANY: u64 = 4_000;

const NULLABLE: [&str; 5] =
    ["completed_count", "failed_count", "completed_at", "expires_at", "started_at"];

fn producers(amount: u32) -> Settings {
    Settings { producers: NonZeroU32::new(amount).unwrap(), ..PLAIN }
}

fn text(settings: Settings, records: u64) -> String {
    String::from_utf8(generate(settings, records).0).unwrap()
}

#[test]
fn every_combination_of_members_is_left_out_by_one_document_in_five() {
    let documents = parse(VARIED, MANY);
    let is_there =
        |document: &Value| NULLABLE.map(|name| document["data"]["attributes"].get(name).is_some());
    let combinations: HashSet<_> = documents.iter().map(is_there).collect();
    assert_eq!(combinations.len(), 1 << NULLABLE.len());
    let complete = documents.iter().filter(|it| is_there(it) == [true; 5]).count() as u64;
    assert!((MANY * 3 / 4..MANY * 9 / 10).contains(&complete), "{complete}");
    let optional = [
        "/links",
        "/data/relationships",
        "/data/relationships/lists/data",
        "/data/relationships/lists/links",
        "/data/relationships/profiles/links",
        "/data/relationships/import-errors/links",
    ];
    for pointer in optional {
        let with = documents.iter().filter(|it| it.pointer(pointer).is_some()).count() as u64;
        assert!((MANY * 17 / 20..MANY * 99 / 100).contains(&with), "{pointer}: {with}");
    }
    let inline = parse(Settings { shape: Shape::Inline, ..VARIED }, 400);
    for pointer in ["/data/relationships/profiles/data", "/data/relationships/import-errors/data"] {
        let with = inline.iter().filter(|it| it.pointer(pointer).is_some()).count();
        assert!((150..400).contains(&with), "{pointer}: {with}");
    }
}

#[test]
fn what_may_be_null_is_it_now_and_then_whatever_the_status() {
    let documents = parse(VARIED, MANY);
    for name in NULLABLE {
        for status in ["cancelled", "complete", "processing", "queued"] {
            let attributes = documents.iter().map(|document| &document["data"]["attributes"]);
            let values =
                attributes.filter(|it| it["status"] == status).filter_map(|it| it.get(name));
            let (nulls, values): (Vec<_>, Vec<_>) = values.partition(|value| value.is_null());
            assert!(nulls.len() > 10, "{name} {status}");
            let never = match status {
                "queued" => ["completed_at", "started_at"].contains(&name),
                "processing" => name == "completed_at",
                _ => false,
            };
            assert_eq!(values.len() > 10, !never, "{name} {status}");
        }
    }
}

#[test]
fn values_vary_in_length() {
    let documents = parse(VARIED, MANY);
    let lengths = |pointer: &str| -> HashSet<usize> {
        let values = documents.iter().filter_map(|document| document.pointer(pointer));
        values.map(|value| value.to_string().trim_matches('"').len()).collect()
    };
    let digits = lengths("/data/attributes/total_count");
    assert_eq!(digits, [1, 2, 3, 4, 5, 6, 8, 10, 12, 18].into());
    for time in ["created_at", "expires_at"] {
        let with_and_without = HashSet::from([25, 32]);
        assert_eq!(&lengths(&format!("/data/attributes/{time}")) - &[4].into(), with_and_without);
    }
    for link in ["/links/self", "/data/relationships/lists/links/related"] {
        assert_eq!(lengths(link).len(), 4, "{link}");
    }
    let lists = documents.iter().filter_map(|it| it.pointer("/data/relationships/lists/data"));
    let lists: HashSet<_> = lists.map(|lists| lists.as_array().unwrap().len()).collect();
    assert_eq!(lists, [0, 1, 2].into());
}

/// The order of the members, which serde_json's own value type does not keep.
fn names(record: &str) -> Vec<String> {
    let names = strings(record).into_iter().filter(|string| string.is_name);
    names.map(|name| name.text.to_owned()).collect()
}

#[test]
fn each_producer_has_an_order_of_its_own() {
    for amount in [1, 2, 4, 16] {
        let settings = producers(amount);
        let lists = Settings { unknown_members: ExtraMembers::Evolved, ..settings };
        for settings in [settings, lists] {
            // Jobs with one list have the same members.
            let records = text(settings, 1_000);
            let orders = records.lines().filter(|record| record.matches("\"list\"").count() == 1);
            let orders: Vec<_> = orders.map(names).collect();
            let different: HashSet<_> = orders.iter().collect();
            assert_eq!(different.len(), amount as usize);
            let turns = orders.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert!(amount == 1 || turns > orders.len() / 3, "{amount}: {turns}");
            let of_api = generate(Settings { producers: NonZeroU32::MIN, ..settings }, 1).0;
            let of_api = names(std::str::from_utf8(&of_api).unwrap());
            assert!(different.contains(&of_api), "{amount}");
        }
    }
}

#[test]
fn producers_say_what_one_would_say() {
    for layout in Layout::ALL {
        let one = Settings { layout, ..PLAIN };
        let four = Settings { layout, ..producers(4) };
        assert_eq!(parse(four, 50), parse(one, 50), "{layout:?}");
        let is_theirs = !matches!(layout, Layout::Sorted | Layout::Shuffled | Layout::Wild);
        assert_eq!(text(four, 50) != text(one, 50), is_theirs, "{layout:?}");
    }
}

/// The same value with all scalars removed.
fn blank(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(members) => members.values_mut().for_each(blank),
        value => *value = Value::Null,
    }
}

/// Removes everything that is in `part`.
fn without(whole: &mut Value, part: &Value) {
    let (Value::Object(whole), Value::Object(part)) = (whole, part) else { return };
    for (name, part) in part {
        if part.is_object() {
            without(&mut whole[name], part);
        } else {
            whole.remove(name);
        }
    }
}

#[test]
fn evolved_documents_have_the_same_members_more() {
    for plain in [PLAIN, Settings { shape: Shape::Inline, ..VARIED }] {
        let evolved = Settings { unknown_members: ExtraMembers::Evolved, ..plain };
        let mut documents = parse(evolved, 300);
        for (document, plain) in documents.iter_mut().zip(parse(plain, 300)) {
            without(document, &plain);
        }
        let values: HashSet<_> = documents.iter().map(Value::to_string).collect();
        assert_eq!(values.len(), documents.len());
        documents.iter_mut().for_each(blank);
        // Members of a member that is left out are left out with it.
        if !plain.varied {
            let structures: HashSet<_> = documents.iter().map(Value::to_string).collect();
            assert_eq!(structures.len(), 1, "{structures:?}");
        }
        let audit = documents.iter().all(|it| it.pointer("/data/audit/user/note").is_some());
        let history = documents
            .iter()
            .all(|document| document.pointer("/data/attributes/progress/history/1/1").is_some());
        assert!(audit && history);
    }
}

#[test]
fn evolved_members_have_their_place_between_the_others() {
    let settings = Settings { unknown_members: ExtraMembers::Evolved, ..PLAIN };
    for record in text(settings, enough(Shape::Poll)).lines() {
        let names = names(record);
        let follows = |first: &str, second: &str| {
            let place = names.iter().position(|name| name == first).unwrap();
            assert_eq!(names[place + 1], second);
        };
        follows("version", "data");
        follows("revision", "attributes");
        follows("total_count", "skipped_count");
    }
}

#[test]
fn strewn_names_hardly_ever_come_again_and_are_everywhere() {
    let settings = Settings { unknown_members: ExtraMembers::Strewn, ..PLAIN };
    let known: HashSet<_> = text(PLAIN, 200).lines().flat_map(names).collect();
    let records = text(settings, 1_000);
    let strewn: Vec<_> =
        records.lines().flat_map(names).filter(|name| !known.contains(name)).collect();
    let different: HashSet<_> = strewn.iter().collect();
    assert!(different.len() > 5_000 && different.len() > strewn.len() * 99 / 100);
    assert!(strewn.iter().all(|name| name.ends_with(|it: char| it.is_ascii_digit())));
    let documents = parse(settings, 1_000);
    for pointer in [
        "",
        "/links",
        "/data",
        "/data/links",
        "/data/attributes",
        "/data/relationships",
        "/data/relationships/lists",
        "/data/relationships/lists/data/0",
        "/data/relationships/profiles/links",
    ] {
        let members = documents.iter().filter_map(|it| it.pointer(pointer)?.as_object());
        let unknown = members.flat_map(|members| members.iter().filter(|it| !known.contains(it.0)));
        let unknown: Vec<_> = unknown.collect();
        assert!(unknown.len() > 200, "{pointer}");
        let is_there = |what: fn(&Value) -> bool| unknown.iter().any(|(_, value)| what(value));
        assert!(is_there(Value::is_null) && is_there(Value::is_boolean) && is_there(Value::is_i64));
        assert!(is_there(Value::is_f64) && is_there(Value::is_string), "{pointer}");
        assert!(is_there(|it| it.is_array()) && is_there(|it| it.is_object()), "{pointer}");
    }
}

#[test]
fn slashed_escapes_slashes_and_nothing_else() {
    for unknown_members in ExtraMembers::ALL {
        let compact = Settings { unknown_members, ..PLAIN };
        let slashed = Settings { layout: Layout::Slashed, ..compact };
        // No slash in these is outside a string.
        assert_eq!(text(slashed, 100), text(compact, 100).replace('/', r"\/"));
    }
}

#[test]
fn wild_is_shuffled_with_escapes_in_some_strings() {
    let settings = Settings { layout: Layout::Wild, ..PLAIN };
    let records = text(settings, 300);
    let orders: HashSet<_> = records.lines().map(names).collect();
    assert_eq!(orders.len(), 300);
    let strings: Vec<_> = records.lines().flat_map(strings).collect();
    for is_name in [false, true] {
        let all = strings.iter().filter(|string| string.is_name == is_name);
        let (escaped, plain): (Vec<_>, Vec<_>) = all.partition(|it| it.text.contains('\\'));
        assert!(escaped.len() > plain.len() / 10 && plain.len() > 2 * escaped.len(), "{is_name}");
    }
}
