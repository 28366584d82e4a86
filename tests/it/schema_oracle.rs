//! Accepted if and only if valid: thousands of mutated documents against the JSON Schema itself.
//!
//! `schema.json` is that of the answer to POST, `schemas.json` has the other kinds, as any revision of the API
//! allows them. Documents are mutated as values, so that they are always JSON without duplicate members. Integers
//! stay within `i64`, which the schema does not ask for.

use crate::DOCUMENT;
use crate::samples::{self, SORTS, Sort, with_every_sort};
use jobview::{
    Arena, Category, Document, DocumentKind, Error, ErrorKind, ErrorResponse, IdentifierPage,
    ImportErrorPage, JobCompound, JobPage, JobResponse, Parser, jobs,
    sparse::ImportErrorPage as SparseImportErrorPage, sparse::JobCompound as SparseJobCompound,
    sparse::JobPage as SparseJobPage,
};
use jsonschema::Validator;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
        json!("401"),
        json!("401 Unauthorized"),
        json!({"pointer": null}),
        json!({"pointer": "/data", "parameter": "include"}),
        json!({"parameter": 7}),
        json!({"self": "s", "next": null}),
        json!("catalog-item"),
        json!("catalog-item-bulk-update-job"),
        json!([{"id": "e", "code": "c", "title": "t", "detail": "d", "source": {}}]),
        json!(["a", "b"]),
        json!("USED"),
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
        "included",
        "errors",
        "code",
        "title",
        "detail",
        "source",
        "pointer",
        "parameter",
        "next",
        "name",
        "items",
        "segments",
        "skipped_count",
        "price",
        "images",
        "custom_metadata",
        "published",
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
    let mut arena = Arena::new();
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..20_000 {
        let mut document = original.clone();
        for _ in 0..random.random_range(1..4) {
            mutate(&mut document, &mut random);
        }
        let text = document.to_string();
        arena.reset();
        let parsed = Parser::<JobResponse>::new().parse(text.as_bytes(), &arena);
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
/// where the object is; of other kinds it does not speak.
fn points_at_the_reason(validator: &Validator, document: &Value, error: &Error) -> bool {
    let place = match error.kind() {
        ErrorKind::WrongKind => return true,
        ErrorKind::MissingMember => error.pointer().rsplit_once('/').unwrap().0,
        _ => error.pointer(),
    };
    validator.iter_errors(document).any(|complaint| complaint.instance_path().as_str() == place)
}

/// The validator of another kind. A sparse one requires no attributes, nor any of them.
fn validator_of(kind: &str, sparse: bool) -> Validator {
    let mut schemas: Value = serde_json::from_str(include_str!("schemas.json")).unwrap();
    if sparse {
        let errors = "/$defs/ImportErrors/properties/data/items";
        for resource in ["/$defs/Job", errors] {
            let resource = schemas.pointer_mut(resource).unwrap();
            let required = resource["required"].as_array_mut().unwrap();
            required.retain(|name| name != "attributes");
            resource["properties"]["attributes"]["required"] = json!([]);
        }
    }
    schemas["$ref"] = json!(format!("#/$defs/{kind}"));
    jsonschema::validator_for(&schemas).unwrap()
}

/// Whether documents are accepted if and only if they are valid, when they are made of one that is by a few changes, so many
/// times.
fn agrees<D: Document>(
    schema: &str,
    validator: &Validator,
    original: &str,
    times: usize,
    has_reason: fn(&Error) -> bool,
) {
    let original: Value = serde_json::from_str(original).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    let mut parser = Parser::<D>::new();
    let mut arena = Arena::new();
    let (mut valid, mut invalid) = (0, 0);
    for _ in 0..times {
        let mut document = original.clone();
        for _ in 0..random.random_range(1..4) {
            mutate(&mut document, &mut random);
        }
        let text = document.to_string();
        arena.reset();
        let parsed = parser.parse(text.as_bytes(), &arena);
        if validator.is_valid(&document) {
            valid += 1;
            assert!(parsed.is_ok(), "{schema}: {}: {text}", parsed.unwrap_err());
        } else {
            invalid += 1;
            let error = parsed.expect_err(&text);
            assert_eq!(error.category(), Category::Schema, "{schema}: {error}: {text}");
            assert!(
                !has_reason(&error) || points_at_the_reason(validator, &document, &error),
                "{schema}: {error}: {text}"
            );
        }
    }
    let few = times / 10;
    assert!(valid > few && invalid > few, "{schema}: {valid} valid, {invalid} invalid");
}

fn accepted_if_and_only_if_valid<D: Document>(kind: DocumentKind, schema: &str, sparse: bool) {
    let (_, original) = samples::documents().into_iter().find(|(other, _)| *other == kind).unwrap();
    // Of alternatives the schema does not say which was meant.
    let has_reason: fn(&Error) -> bool = match kind {
        DocumentKind::Identifiers => |_| false,
        _ => |error| !error.pointer().contains("/source"),
    };
    let original = original.replace("1e400", "1");
    agrees::<D>(schema, &validator_of(schema, sparse), &original, 4_000, has_reason);
}

#[test]
fn every_other_kind_is_accepted_if_and_only_if_some_revision_allows_it() {
    use accepted_if_and_only_if_valid as check;
    check::<JobCompound>(DocumentKind::Compound, "Compound", false);
    check::<SparseJobCompound>(DocumentKind::Compound, "Compound", true);
    check::<JobPage>(DocumentKind::Page, "Page", false);
    check::<SparseJobPage>(DocumentKind::Page, "Page", true);
    check::<ImportErrorPage>(DocumentKind::ImportErrors, "ImportErrors", false);
    check::<SparseImportErrorPage>(DocumentKind::ImportErrors, "ImportErrors", true);
    check::<IdentifierPage>(DocumentKind::Identifiers, "Identifiers", false);
    check::<ErrorResponse>(DocumentKind::Errors, "Errors", false);
}

/// The validator of one of the other bulk jobs, or of a page of them.
fn validator_of_bulk(sort: &Sort, is_page: bool, sparse: bool) -> Validator {
    let mut schema: Value = serde_json::from_str(include_str!("schemas.json")).unwrap();
    let links = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
    let related = sort.related.iter().map(|(name, of)| {
        let identifier = json!({
            "type": "object",
            "required": ["type", "id"],
            "properties": {"type": {"const": of}, "id": {"type": "string"}},
        });
        let data = json!({"type": "array", "items": identifier});
        let properties = json!({"data": data, "links": links("RelationshipLinks")});
        (*name, json!({"type": "object", "properties": properties}))
    });
    let family = if sort.is_suppression() { "Suppression" } else { "Catalog" };
    let attributes = format!("{family}JobAttributes");
    let mut required = vec!["type", "id", "attributes", "links"];
    if sparse {
        required.retain(|name| *name != "attributes");
        schema["$defs"][&attributes]["required"] = json!([]);
    }
    let job = json!({
        "type": "object",
        "required": required,
        "properties": {
            "type": {"const": sort.kind.as_str()},
            "id": {"type": "string"},
            "attributes": links(&attributes),
            "relationships": {"type": "object", "properties": related.collect::<BTreeMap<_, _>>()},
            "links": links("ObjectLinks"),
        },
    });
    let (data, links_of_it) = match is_page {
        false => (job, "ObjectLinks"),
        true => (json!({"type": "array", "items": job}), "PageLinks"),
    };
    schema["type"] = json!("object");
    schema["required"] = json!(["data"]);
    schema["properties"] = json!({"data": data, "links": links(links_of_it)});
    if sort.included.is_some() {
        let included = links(sort.related[0].1);
        schema["properties"]["included"] = json!({"type": "array", "items": included});
    }
    jsonschema::validator_for(&schema).unwrap()
}

macro_rules! each_agrees {
    ($($kind:ident $module:ident $related:ident $included:expr;)*) => {
        /// Has a sort of jobs judged by the kinds that read it.
        fn check_bulk(sort: &Sort) {
            match sort.kind {
                $(DocumentKind::$kind => {
                    use jobs::$module::*;
                    check_forms::<JobResponse<'static>, SparseJobResponse<'static>>(sort, false);
                    check_forms::<JobPage<'static>, SparseJobPage<'static>>(sort, true);
                })*
                _ => unreachable!("it is no other bulk job"),
            }
        }
    };
}

with_every_sort!(each_agrees);

fn check_forms<D: Document, S: Document>(sort: &Sort, is_page: bool) {
    let (document, kind) =
        (if is_page { sort.page() } else { sort.response() }, sort.kind.as_str());
    let document = document.replace(r#","size":"L""#, "");
    let has_reason = |_: &Error| true;
    let full = validator_of_bulk(sort, is_page, false);
    agrees::<D>(kind, &full, &document, 1_500, has_reason);
    let sparse = validator_of_bulk(sort, is_page, true);
    agrees::<S>(kind, &sparse, &document, 1_500, has_reason);
}

#[test]
fn every_other_bulk_job_is_accepted_if_and_only_if_its_schema_validates_it() {
    SORTS.iter().for_each(check_bulk);
}
