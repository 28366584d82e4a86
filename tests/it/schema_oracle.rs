//! Accepted if and only if valid: thousands of mutated documents against the JSON Schema itself.
//!
//! Documents are mutated as values, so that they are always JSON without duplicate members. Integers stay
//! within `i64`, which the schema does not ask for.

use crate::DOCUMENT;
use jobview::{Bump, Category, Error, ErrorKind, Parser};
use jsonschema::Validator;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// Something that may or may not fit.
fn any_value(random: &mut ChaCha8Rng) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-7),
        json!(10.0),
        json!(1.5),
        json!(1e15),
        json!(i64::MAX),
        json!(""),
        json!("text \u{e9}\"\\/\n"),
        json!("queued"),
        json!("cancelled"),
        json!("Cancelled"),
        json!("profile-bulk-import-job"),
        json!("list"),
        json!("profile"),
        json!("import-error"),
        json!([]),
        json!([1, null]),
        json!({}),
        json!({"self": "s"}),
        json!({"related": "r"}),
        json!({"self": "s", "related": "r"}),
        json!({"data": []}),
        json!({"data": [], "links": {"related": "r", "self": "s"}}),
        json!([{"type": "list", "id": "1"}]),
        json!([{"type": "profile", "id": "1"}, {"id": "2", "type": "profile", "meta": {}}]),
        json!([{"type": "import-error"}]),
    ];
    values.choose(random).unwrap().clone()
}

fn any_name(random: &mut ChaCha8Rng) -> String {
    let names = [
        "data",
        "links",
        "type",
        "id",
        "attributes",
        "relationships",
        "lists",
        "profiles",
        "import-errors",
        "self",
        "related",
        "status",
        "created_at",
        "total_count",
        "completed_count",
        "meta",
        "Data",
        "",
    ];
    (*names.choose(random).unwrap()).to_owned()
}

/// Changes `value`, or something inside it.
fn mutate(value: &mut Value, random: &mut ChaCha8Rng) {
    let inner = match value {
        Value::Object(members) => members.values_mut().choose(random),
        Value::Array(items) => items.iter_mut().choose(random),
        _ => None,
    };
    match inner {
        Some(inner) if random.random_bool(0.8) => return mutate(inner, random),
        _ => {}
    }
    match value {
        Value::Object(members) if random.random_bool(0.8) => {
            let name = members.keys().choose(random).cloned();
            match (random.random_range(0..3), name) {
                (0, Some(name)) => drop(members.remove(&name)),
                (1, Some(name)) => {
                    let value = members.remove(&name).unwrap_or_default();
                    members.insert(any_name(random), value);
                }
                _ => drop(members.insert(any_name(random), any_value(random))),
            }
        }
        Value::Array(items) if random.random_bool(0.5) => items.push(any_value(random)),
        _ => *value = any_value(random),
    }
}

#[test]
fn mutated_documents_are_accepted_if_and_only_if_the_schema_validates_them() {
    let validator = validator();
    let original: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    let mut arena = Bump::new();
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..20_000 {
        let mut document = original.clone();
        for _ in 0..random.random_range(1..4) {
            mutate(&mut document, &mut random);
        }
        let text = document.to_string();
        arena.reset();
        let parsed = Parser::new().parse(text.as_bytes(), &arena);
        if validator.is_valid(&document) {
            valid += 1;
            assert!(parsed.is_ok(), "{}: {text}", parsed.unwrap_err());
        } else {
            invalid += 1;
            let error = parsed.expect_err(&text);
            assert_eq!(error.category(), Category::Schema, "{error}: {text}");
            assert!(points_at_the_reason(&validator, &document, &error), "{error}: {text}");
        }
    }
    assert!(valid > 3_000 && invalid > 3_000, "{valid} valid, {invalid} invalid");
}

/// Whether the schema complains too of the value that the error points at. Of a missing member it complains
/// where the object is.
fn points_at_the_reason(validator: &Validator, document: &Value, error: &Error) -> bool {
    let place = match error.kind() {
        ErrorKind::MissingMember => error.pointer().rsplit_once('/').unwrap().0,
        _ => error.pointer(),
    };
    validator.iter_errors(document).any(|complaint| complaint.instance_path().as_str() == place)
}
