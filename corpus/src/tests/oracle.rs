//! The schema as a predicate, and the strings of a text, both written for checking only.
//!
//! Must not share code with what it checks. Slow and plain is right here.

use serde_json::Value;

const STATUSES: [&str; 4] = ["cancelled", "complete", "processing", "queued"];

/// Whether the schema admits the value, with counts that fit 64 bits.
pub(super) fn admits(document: &Value) -> bool {
    let data = &document["data"];
    document.is_object()
        && data["type"] == "profile-bulk-import-job"
        && data["id"].is_string()
        && admits_attributes(&data["attributes"])
        && admits_relationships(data)
        && data["links"]["self"].is_string()
        && document.get("links").is_none_or(|links| links["self"].is_string())
}

fn admits_attributes(attributes: &Value) -> bool {
    let optional = |name: &str, right: fn(&Value) -> bool| {
        attributes.get(name).is_none_or(|item| item.is_null() || right(item))
    };
    attributes["status"].as_str().is_some_and(|status| STATUSES.contains(&status))
        && attributes["created_at"].is_string()
        && attributes["total_count"].is_i64()
        && optional("completed_count", Value::is_i64)
        && optional("failed_count", Value::is_i64)
        && optional("completed_at", Value::is_string)
        && optional("expires_at", Value::is_string)
        && optional("started_at", Value::is_string)
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
