//! The schema as a predicate, and the strings of a text, written only for the tests.
//!
//! Must not share code with what it checks. It may be slow and should be simple.

use crate::Kind;
use serde_json::Value;

const STATUSES: [&str; 4] = ["cancelled", "complete", "processing", "queued"];

/// The other jobs: their relationships with the resource types, and whether the resources can be included.
type Bulk = (Kind, &'static [(&'static str, &'static str)], bool);

const ITEMS: &[(&str, &str)] = &[("items", "catalog-item")];
const VARIANTS: &[(&str, &str)] = &[("variants", "catalog-variant")];
const CATEGORIES: &[(&str, &str)] = &[("categories", "catalog-category")];
const CODES: &[(&str, &str)] = &[("coupon-codes", "coupon-code")];
const PEOPLE: &[(&str, &str)] = &[("lists", "list"), ("segments", "segment")];

/// The kind of the jobs of a type.
fn bulk(resource_type: &str) -> Option<Bulk> {
    Some(match resource_type {
        "catalog-item-bulk-create-job" => (Kind::CatalogItemBulkCreateJob, ITEMS, true),
        "catalog-item-bulk-update-job" => (Kind::CatalogItemBulkUpdateJob, ITEMS, true),
        "catalog-item-bulk-delete-job" => (Kind::CatalogItemBulkDeleteJob, ITEMS, false),
        "catalog-variant-bulk-create-job" => (Kind::CatalogVariantBulkCreateJob, VARIANTS, true),
        "catalog-variant-bulk-update-job" => (Kind::CatalogVariantBulkUpdateJob, VARIANTS, true),
        "catalog-variant-bulk-delete-job" => (Kind::CatalogVariantBulkDeleteJob, VARIANTS, false),
        "catalog-category-bulk-create-job" => {
            (Kind::CatalogCategoryBulkCreateJob, CATEGORIES, true)
        }
        "catalog-category-bulk-update-job" => {
            (Kind::CatalogCategoryBulkUpdateJob, CATEGORIES, true)
        }
        "catalog-category-bulk-delete-job" => {
            (Kind::CatalogCategoryBulkDeleteJob, CATEGORIES, false)
        }
        "coupon-code-bulk-create-job" => (Kind::CouponCodeBulkCreateJob, CODES, true),
        "profile-suppression-bulk-create-job" => {
            (Kind::ProfileSuppressionBulkCreateJob, PEOPLE, false)
        }
        "profile-suppression-bulk-delete-job" => {
            (Kind::ProfileSuppressionBulkDeleteJob, PEOPLE, false)
        }
        _ => return None,
    })
}

/// Whether the schema of the response to a posted job allows the value, with counts that fit in 64 bits.
pub(super) fn admits(document: &Value) -> bool {
    document.is_object()
        && admits_job(&document["data"], false)
        && document.get("links").is_none_or(|links| links["self"].is_string())
}

/// The kind of a document, if it is one that a client of the job endpoints must expect.
pub(super) fn kind_of(document: &Value) -> Option<Kind> {
    let Some(data) = document.get("data") else {
        return document.get("errors").map(|_| Kind::Errors);
    };
    let Some(items) = data.as_array() else {
        if let Some((kind, ..)) = data["type"].as_str().and_then(bulk) {
            return Some(kind);
        }
        let has_lists = document.get("included").is_some();
        return Some(if has_lists { Kind::Compound } else { Kind::Response });
    };
    let Some(first) = items.first() else {
        let url = document["links"]["self"].as_str().unwrap_or_default();
        let path = url.split('?').next().unwrap_or_default().trim_end_matches('/');
        return Some(match path.rsplit('/').next() {
            _ if path.contains("/relationships/") => Kind::Identifiers,
            Some("import-errors") => Kind::ImportErrors,
            Some(jobs) => {
                jobs.strip_suffix('s').and_then(bulk).map_or(Kind::Page, |(kind, ..)| kind)
            }
            None => Kind::Page,
        });
    };
    match first["type"].as_str()? {
        "profile-bulk-import-job" => Some(Kind::Page),
        "import-error" if first.get("attributes").is_some() => Some(Kind::ImportErrors),
        "list" | "profile" | "import-error" => Some(Kind::Identifiers),
        other => bulk(other).map(|(kind, ..)| kind),
    }
}

/// Whether the schema of the document's kind allows it.
pub(super) fn admits_any(document: &Value, sparse: bool) -> bool {
    let items = |name: &str, admits: &dyn Fn(&Value) -> bool| {
        document[name].as_array().is_some_and(|items| items.iter().all(admits))
    };
    let lists = || document.get("included").is_none_or(|_| items("included", &admits_list));
    let links = document.get("links").is_none_or(admits_page_links);
    match kind_of(document) {
        Some(Kind::Response | Kind::Compound) => {
            admits_job(&document["data"], sparse) && lists() && links
        }
        Some(Kind::Page) => items("data", &|job| admits_job(job, sparse)) && lists() && links,
        Some(Kind::ImportErrors) => {
            items("data", &|error| admits_import_error(error, sparse)) && links
        }
        Some(Kind::Identifiers) => {
            let of_one_type = |it: &Value| it["type"] == document["data"][0]["type"];
            items("data", &|it| of_one_type(it) && it["id"].is_string()) && links
        }
        Some(Kind::Errors) => items("errors", &admits_error),
        Some(Kind::Mixed) | None => false,
        Some(kind) => {
            let (_, relationships, has_included) = bulk(kind.name()).expect("one of those");
            let admits = |job: &Value| {
                job["type"] == kind.name() && admits_bulk_job(job, relationships, sparse)
            };
            let included_type = relationships[0].1;
            let is_included = |it: &Value| it["type"] == included_type && admits_resource(it);
            (items("data", &admits) || document["data"].is_object() && admits(&document["data"]))
                && document
                    .get("included")
                    .is_none_or(|_| has_included && items("included", &is_included))
                && links
        }
    }
}

fn admits_bulk_job(job: &Value, relationships: &[(&str, &str)], sparse: bool) -> bool {
    let attributes = &job["attributes"];
    let required =
        |name: &str, right: fn(&Value) -> bool| attributes.get(name).map_or(sparse, right);
    // Nullable members are present, unless the fieldset leaves them out.
    let nullable = |name: &str, right: fn(&Value) -> bool| {
        attributes.get(name).map_or(sparse, |item| item.is_null() || right(item))
    };
    let is_suppression = relationships.len() == 2;
    let others = || {
        if is_suppression {
            nullable("skipped_count", Value::is_i64)
        } else {
            nullable("failed_count", Value::is_i64)
                && nullable("expires_at", Value::is_string)
                && nullable("errors", |it| {
                    it.as_array().is_some_and(|it| it.iter().all(admits_job_error))
                })
        }
    };
    job["id"].is_string()
        && attributes.is_object()
        && required("status", |it| it.as_str().is_some_and(|it| STATUSES.contains(&it)))
        && required("created_at", Value::is_string)
        && required("total_count", Value::is_i64)
        && nullable("completed_count", Value::is_i64)
        && nullable("completed_at", Value::is_string)
        && others()
        && job.get("relationships").is_none_or(|all| {
            all.is_object()
                && relationships.iter().all(|&(name, kind)| {
                    let links = &["self", "related"];
                    all.get(name).is_none_or(|it| admits_relationship(it, kind, links))
                })
        })
        && job["links"]["self"].is_string()
}

fn admits_job_error(error: &Value) -> bool {
    ["id", "code", "title", "detail"].iter().all(|&name| error[name].is_string())
        && error["source"].is_object()
        && is_text_or_null(&error["source"]["pointer"])
}

/// The name of an attribute, and its allowed values besides null.
type Rule = (&'static str, fn(&Value) -> bool);

/// Whether it is a resource that other jobs create.
fn admits_resource(resource: &Value) -> bool {
    let is_text = Value::is_string;
    let is_state = |it: &Value| {
        let states = [
            "UNASSIGNED",
            "ASSIGNED_TO_PROFILE",
            "USED",
            "DELETING",
            "PROCESSING",
            "VERSION_NOT_ACTIVE",
        ];
        it.as_str().is_some_and(|it| states.contains(&it))
    };
    let product: [Rule; 9] = [
        ("price", Value::is_number),
        ("url", is_text),
        ("image_full_url", is_text),
        ("image_thumbnail_url", is_text),
        ("images", |it| it.as_array().is_some_and(|it| it.iter().all(Value::is_string))),
        ("custom_metadata", Value::is_object),
        ("published", Value::is_boolean),
        ("created", is_text),
        ("updated", is_text),
    ];
    let own: &[Rule] = match resource["type"].as_str() {
        Some("catalog-item") => &[("external_id", is_text), ("title", is_text)],
        Some("catalog-variant") => &[
            ("external_id", is_text),
            ("title", is_text),
            ("sku", is_text),
            ("inventory_policy", |it| it.as_u64().is_some_and(|it| it <= 2)),
            ("inventory_quantity", Value::is_number),
        ],
        Some("catalog-category") => {
            &[("external_id", is_text), ("name", is_text), ("updated", is_text)]
        }
        Some("coupon-code") => {
            &[("unique_code", is_text), ("expires_at", is_text), ("status", is_state)]
        }
        _ => return false,
    };
    let is_product = own.len() != 3;
    let attributes = &resource["attributes"];
    let is_right =
        |&(name, right): &Rule| attributes.get(name).is_some_and(|it| it.is_null() || right(it));
    resource["id"].is_string()
        && attributes.is_object()
        && own.iter().all(is_right)
        && (!is_product || product.iter().all(is_right))
        && resource["relationships"].is_object()
        && resource["links"]["self"].is_string()
}

fn admits_job(job: &Value, sparse: bool) -> bool {
    job["type"] == "profile-bulk-import-job"
        && job["id"].is_string()
        && admits_attributes(&job["attributes"], sparse)
        && admits_relationships(job)
        && job["links"]["self"].is_string()
}

fn admits_attributes(attributes: &Value, sparse: bool) -> bool {
    let required =
        |name: &str, right: fn(&Value) -> bool| attributes.get(name).map_or(sparse, right);
    let optional = |name: &str, right: fn(&Value) -> bool| {
        attributes.get(name).is_none_or(|item| item.is_null() || right(item))
    };
    attributes.is_object()
        && required("status", |it| it.as_str().is_some_and(|it| STATUSES.contains(&it)))
        && required("created_at", Value::is_string)
        && required("total_count", Value::is_i64)
        && optional("completed_count", Value::is_i64)
        && optional("failed_count", Value::is_i64)
        && optional("completed_at", Value::is_string)
        && optional("expires_at", Value::is_string)
        && optional("started_at", Value::is_string)
}

fn admits_list(list: &Value) -> bool {
    list["type"] == "list"
        && list["id"].is_string()
        && list["attributes"].is_object()
        && ["name", "created", "updated", "opt_in_process"].iter().all(|&name| {
            let text = &list["attributes"][name];
            text.is_string() || text.is_null()
        })
        && list["links"]["self"].is_string()
}

fn admits_import_error(error: &Value, sparse: bool) -> bool {
    let attributes = &error["attributes"];
    error["type"] == "import-error"
        && error["id"].is_string()
        && attributes.is_object()
        && ["code", "title", "detail"]
            .iter()
            .all(|&name| attributes.get(name).map_or(sparse, Value::is_string))
        && attributes.get("source").map_or(sparse, admits_source)
        && error.get("links").is_none_or(|links| links["self"].is_string())
}

fn admits_error(error: &Value) -> bool {
    let status = &error["status"];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    error["detail"].is_string()
        && ["id", "code", "title"].iter().all(|&name| is_text_or_null(&error[name]))
        && (status.is_i64() || status.is_null() || status.as_str().is_some_and(digits))
        && (error["source"].is_null() || admits_source(&error["source"]))
}

fn admits_source(source: &Value) -> bool {
    source.is_object()
        && ["pointer", "parameter"].iter().all(|&name| is_text_or_null(&source[name]))
}

/// A missing member counts as `null`.
fn is_text_or_null(item: &Value) -> bool {
    item.is_string() || item.is_null()
}

fn admits_page_links(links: &Value) -> bool {
    links["self"].is_string()
        && ["first", "last", "prev", "next"]
            .iter()
            .all(|&name| links[name].is_string() || links[name].is_null())
}

fn admits_relationships(data: &Value) -> bool {
    let Some(relationships) = data.get("relationships") else { return true };
    let kinds = [
        ("lists", "list", &["self", "related"][..]),
        ("profiles", "profile", &["self", "related"]),
        ("import-errors", "import-error", &["related"]),
    ];
    relationships.is_object()
        && kinds.iter().all(|&(name, kind, links)| {
            relationships.get(name).is_none_or(|it| admits_relationship(it, kind, links))
        })
}

fn admits_relationship(relationship: &Value, kind: &str, links: &[&str]) -> bool {
    relationship.is_object()
        && relationship.get("data").is_none_or(|data| {
            data.as_array()
                .is_some_and(|ids| ids.iter().all(|id| id["type"] == kind && id["id"].is_string()))
        })
        && relationship.get("links").is_none_or(|it| links.iter().all(|&link| it[link].is_string()))
}

/// A string of a text, as it stands between its quotes.
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) is_name: bool,
}

/// The strings of a well-formed text in order.
pub(super) fn strings(text: &str) -> Vec<Written<'_>> {
    let mut strings = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        rest = &rest[open + 1..];
        let mut escape = false;
        let close = rest.find(|character| {
            let ends = character == '"' && !escape;
            escape = character == '\\' && !escape;
            ends
        });
        let (inside, after) = rest.split_at(close.expect("every string ends"));
        rest = &after[1..];
        let is_name = rest.trim_start().starts_with(':');
        strings.push(Written { text: inside, is_name });
    }
    strings
}
