//! The schema as a predicate, and the strings of a text, both written for checking only.
//!
//! Must not share code with what it checks. Slow and plain is right here.

use crate::Kind;
use serde_json::Value;

const STATUSES: [&str; 4] = ["cancelled", "complete", "processing", "queued"];

/// Whether the schema of the answer to a posted job admits the value, with counts that fit 64 bits.
pub(super) fn admits(document: &Value) -> bool {
    document.is_object()
        && admits_job(&document["data"], false)
        && document.get("links").is_none_or(|links| links["self"].is_string())
}

/// The kind of a document, if it is one of those that somebody who asks about jobs must expect.
pub(super) fn kind_of(document: &Value) -> Option<Kind> {
    let Some(data) = document.get("data") else {
        return document.get("errors").map(|_| Kind::Errors);
    };
    let Some(items) = data.as_array() else {
        let has_lists = document.get("included").is_some();
        return Some(if has_lists { Kind::Compound } else { Kind::Response });
    };
    let Some(first) = items.first() else {
        let url = document["links"]["self"].as_str().unwrap_or_default();
        let path = url.split('?').next().unwrap_or_default().trim_end_matches('/');
        return Some(match path.rsplit('/').next() {
            _ if path.contains("/relationships/") => Kind::Identifiers,
            Some("import-errors") => Kind::ImportErrors,
            _ => Kind::Page,
        });
    };
    match first["type"].as_str()? {
        "profile-bulk-import-job" => Some(Kind::Page),
        "import-error" if first.get("attributes").is_some() => Some(Kind::ImportErrors),
        "list" | "profile" | "import-error" => Some(Kind::Identifiers),
        _ => None,
    }
}

/// Whether the schema of the document's kind admits it.
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
    }
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

/// What is absent counts as `null`.
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
