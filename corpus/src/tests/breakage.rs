//! Tests of bad records: the right records are bad, each for the reason it claims, and none has an extra newline.
//!
//! Must not accept a record as bad just because it differs from a good one: an independent reader must reject it, for a
//! reason that the kind names.

use super::oracle::admits;
use super::{enough, every_settings};
use crate::breakage::Breakage;
use crate::{Counts, ExtraMembers, Layout, Settings, Shape, generate};
use serde_json::Value;
use serde_json::error::Category;
use std::num::NonZeroU64;

fn every(number: u64) -> Option<NonZeroU64> {
    NonZeroU64::new(number)
}

/// The records of a layout that writes one line for each.
fn lines(settings: Settings, records: u64) -> Vec<Vec<u8>> {
    let (mut text, _) = generate(settings, records);
    assert_eq!(text.pop(), Some(b'\n'));
    text.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

/// Breakage does not depend on the size of a record, so wide ones would only take longer.
fn small_settings() -> impl Iterator<Item = Settings> {
    every_settings().filter(|settings| settings.shape != Shape::Wide)
}

fn line_settings() -> impl Iterator<Item = Settings> {
    small_settings().filter(|settings| settings.layout != Layout::Pretty)
}

/// Whether the record is bad for the reason that the kind names.
fn is_bad(kind: Breakage, record: &[u8]) -> bool {
    let parsed = serde_json::from_slice::<Value>(record);
    let message = parsed.as_ref().err().map(ToString::to_string).unwrap_or_default();
    let refused = |reasons: &[&str]| reasons.iter().any(|reason| message.starts_with(reason));
    let document = parsed.as_ref().unwrap_or(&Value::Null);
    let attributes = &document["data"]["attributes"];
    let counts = ["total_count", "completed_count", "failed_count"].map(|name| &attributes[name]);
    match kind {
        Breakage::Truncated => parsed.is_err_and(|error| error.classify() == Category::Eof),
        Breakage::BadEscape => refused(&["invalid escape"]),
        Breakage::LoneSurrogate => {
            refused(&["lone leading surrogate", "unexpected end of hex escape"])
        }
        Breakage::ControlCharacter => refused(&["control character"]),
        Breakage::InvalidUtf8 => std::str::from_utf8(record).is_err() && parsed.is_err(),
        Breakage::TrailingComma => refused(&["trailing comma"]),
        Breakage::Garbage => !document.is_object() || document == &serde_json::json!({}),
        Breakage::MissingMember => document.is_object() && !admits(document),
        Breakage::WrongType => document["data"] != Value::Null && !admits(document),
        // serde_json keeps one of two duplicates, so the text read back is shorter.
        Breakage::DuplicateMember => admits(document) && document.to_string().len() < record.len(),
        Breakage::UnknownStatus => {
            let mut repaired = document.clone();
            repaired["data"]["attributes"]["status"] = "queued".into();
            !admits(document) && admits(&repaired)
        }
        Breakage::WrongConstant => document["data"]["type"].is_string() && !admits(document),
        Breakage::Fraction => {
            counts.iter().any(|count| count.as_f64().is_some_and(|it| it.fract() != 0.0))
        }
        Breakage::BeyondI64 => counts.iter().any(|count| count.is_number() && !count.is_i64()),
        Breakage::GatewayBody => document["message"].is_string() && !admits(document),
    }
}

#[test]
fn every_kind_is_bad_in_its_own_way() {
    for settings in line_settings() {
        let records = enough(settings.shape);
        // A text with white space or escapes is always longer than the one read back.
        let comparable =
            settings.layout == Layout::Sorted && settings.unknown_members == ExtraMembers::None;
        let lines = lines(Settings { bad_every: every(1), ..settings }, records);
        let ways = (0..).map(|n| Breakage::cycle(n, settings.layout, n == 0).next().unwrap());
        for (line, kind) in lines.iter().zip(ways) {
            let text = String::from_utf8_lossy(&line[..line.len().min(3_000)]);
            if kind != Breakage::DuplicateMember || comparable {
                assert!(is_bad(kind, line), "{settings:?}: {kind:?}: {text}");
            }
        }
    }
}

#[test]
fn a_good_record_is_bad_in_no_way() {
    for settings in line_settings().filter(|it| it.unknown_members == ExtraMembers::None) {
        let comparable = settings.layout == Layout::Sorted;
        for line in lines(settings, 3) {
            for kind in Breakage::ALL {
                if kind != Breakage::DuplicateMember || comparable {
                    assert!(!is_bad(kind, &line), "{settings:?}: {kind:?}");
                }
            }
        }
    }
}

#[test]
fn pretty_bad_records_are_objects_that_the_schema_does_not_admit() {
    for settings in small_settings().filter(|settings| settings.layout == Layout::Pretty) {
        let (records, counts) = generate(Settings { bad_every: every(1), ..settings }, 16);
        assert_eq!((counts.documents, counts.rejected), (0, 16));
        let documents = serde_json::Deserializer::from_slice(&records)
            .into_iter()
            .collect::<Result<Vec<Value>, _>>()
            .unwrap();
        for (document, kind) in documents.iter().zip(Breakage::OBJECTS.iter().cycle()) {
            let doubled = *kind == Breakage::DuplicateMember;
            assert!(document.is_object() && admits(document) == doubled, "{kind:?}");
        }
    }
}

/// From the first record, a reader decides whether newlines separate records. A truncated first record could make one
/// record of everything that follows.
#[test]
fn the_first_record_is_an_object_however_it_is_broken() {
    for settings in line_settings() {
        for seed in 0..20 {
            let settings = Settings { seed, bad_every: every(1), ..settings };
            let record = generate(settings, 1).0;
            let document = serde_json::from_slice::<Value>(&record);
            assert!(document.is_ok_and(|document| document.is_object()), "{settings:?}");
        }
    }
}

#[test]
fn every_nth_record_is_bad_and_the_others_are_as_without() {
    for settings in line_settings() {
        let nth = Settings { bad_every: every(3), ..settings };
        let records = enough(settings.shape) / 3;
        let (_, counts) = generate(nth, records);
        assert_eq!(counts.rejected, records / 3, "{settings:?}");
        assert_eq!(counts.documents, records - records / 3, "{settings:?}");
        let read = |line: &[u8]| serde_json::from_slice::<Value>(line).ok();
        let pairs = lines(nth, records).into_iter().zip(lines(settings, records));
        for (number, (with, without)) in (1_u64..).zip(pairs) {
            let same = read(&with) == read(&without) && with.len() > 100;
            // Two members of the same name read as one, as before.
            let way = Breakage::cycle((number / 3).saturating_sub(1), nth.layout, false).next();
            let doubled = way == Some(Breakage::DuplicateMember);
            assert!(same == (number % 3 != 0) || doubled, "{settings:?}: {number}");
        }
    }
}

#[test]
fn bad_records_are_not_in_the_totals() {
    let settings = Settings::new(5, Shape::Inline, Layout::Compact);
    let (records, counts) = generate(Settings { bad_every: every(1), ..settings }, 45);
    let bytes = records.len() as u64;
    assert_eq!(counts, Counts { bytes, rejected: 45, ..Counts::default() });
}

#[test]
fn no_bad_record_is_blank_or_more_than_a_line() {
    for settings in line_settings() {
        let settings = Settings { bad_every: every(1), ..settings };
        let records = enough(settings.shape);
        let lines = lines(settings, records);
        assert_eq!(lines.len() as u64, records, "{settings:?}");
        for line in lines {
            assert!(!line.trim_ascii().is_empty() && !line.contains(&b'\r'), "{settings:?}");
        }
    }
}
