//! Which rows a document makes, as serde_json reads it. It knows the documents, and nothing of views and columns.

use jobview_arrow::Table;
use serde_json::{Map, Value, json};

/// A row: the values of all columns but those that say where it comes from.
pub(crate) type Row = Map<String, Value>;

/// The rows of a valid document.
pub(crate) fn rows(table: Table, document: &Value) -> Vec<Row> {
    let data = match &document["data"] {
        Value::Array(items) => items.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    let of_type = |is: fn(&str) -> bool| {
        data.iter().filter(move |item| is(item["type"].as_str().unwrap())).collect::<Vec<_>>()
    };
    let jobs = of_type(|name| name.ends_with("-job"));
    match table {
        Table::Jobs => jobs.into_iter().map(job).collect(),
        Table::Lists => included(document).filter(|it| it["type"] == "list").map(list).collect(),
        Table::ImportErrors => {
            let errors = of_type(|name| name == "import-error").into_iter();
            errors.filter(|error| error["attributes"].is_object()).map(import_error).collect()
        }
        Table::Errors => {
            let of_response = all(&document["errors"]).map(|error| of_error(error, &Value::Null));
            let of_jobs = jobs.iter().flat_map(|job| {
                all(&job["attributes"]["errors"]).map(|error| of_error(error, &job["id"]))
            });
            of_response.chain(of_jobs).collect()
        }
        Table::Identifiers => {
            // Lists and profiles may be whole, import errors not.
            let bare = data.iter().filter(|item| match item["type"].as_str().unwrap() {
                "import-error" => !item["attributes"].is_object(),
                name => !name.ends_with("-job"),
            });
            bare.map(|item| row([("type", item["type"].clone()), ("id", item["id"].clone())]))
                .collect()
        }
        other => panic!("{other} has no rows of documents"),
    }
}

fn row<const N: usize>(values: [(&str, Value); N]) -> Row {
    values.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

fn all(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn included(document: &Value) -> impl Iterator<Item = &Value> {
    all(&document["included"])
}

/// Microseconds since the epoch, or null.
fn time(text: &Value) -> Value {
    let time = text.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    time.map_or(Value::Null, |time| json!(time.as_nanosecond().div_euclid(1000) as i64))
}

/// Which attributes and relationships a type of job has. A member of another name is one that the schema does not know.
fn members_of(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const IMPORT: &[&str] =
        &["completed_count", "failed_count", "started_at", "completed_at", "expires_at"];
    const CATALOG: &[&str] = &["completed_count", "failed_count", "completed_at", "expires_at"];
    const SUPPRESSION: &[&str] = &["completed_count", "skipped_count", "completed_at"];
    match name.split("-bulk-").next().unwrap() {
        "profile" => (IMPORT, &["lists", "profiles", "import-errors"]),
        "catalog-item" => (CATALOG, &["items"]),
        "catalog-variant" => (CATALOG, &["variants"]),
        "catalog-category" => (CATALOG, &["categories"]),
        "coupon-code" => (CATALOG, &["coupon-codes"]),
        "profile-suppression" => (SUPPRESSION, &["lists", "segments"]),
        other => panic!("{other}"),
    }
}

fn job(job: &Value) -> Row {
    let (attributes, related) = members_of(job["type"].as_str().unwrap());
    let attribute = |name: &str| {
        let is_always = ["status", "created_at", "total_count"].contains(&name);
        match is_always || attributes.contains(&name) {
            true => job["attributes"][name].clone(),
            false => Value::Null,
        }
    };
    let time = |name| time(&attribute(name));
    let ids = |name: &str| match &job["relationships"][name]["data"] {
        Value::Array(items) if related.contains(&name) => {
            items.iter().map(|item| item["id"].clone()).collect()
        }
        _ => Value::Null,
    };
    row([
        ("type", job["type"].clone()),
        ("id", job["id"].clone()),
        ("status", attribute("status")),
        ("created_at", time("created_at")),
        ("started_at", time("started_at")),
        ("completed_at", time("completed_at")),
        ("expires_at", time("expires_at")),
        ("total_count", attribute("total_count")),
        ("completed_count", attribute("completed_count")),
        ("failed_count", attribute("failed_count")),
        ("list_ids", ids("lists")),
        ("profile_ids", ids("profiles")),
        ("import_error_ids", ids("import-errors")),
        ("skipped_count", attribute("skipped_count")),
        ("item_ids", ids("items")),
        ("variant_ids", ids("variants")),
        ("category_ids", ids("categories")),
        ("coupon_code_ids", ids("coupon-codes")),
        ("segment_ids", ids("segments")),
        ("self_link", job["links"]["self"].clone()),
    ])
}

fn list(list: &Value) -> Row {
    let attributes = &list["attributes"];
    row([
        ("id", list["id"].clone()),
        ("name", attributes["name"].clone()),
        ("created", time(&attributes["created"])),
        ("updated", time(&attributes["updated"])),
        ("opt_in_process", attributes["opt_in_process"].clone()),
        ("self_link", list["links"]["self"].clone()),
    ])
}

fn import_error(error: &Value) -> Row {
    let attributes = &error["attributes"];
    row([
        ("id", error["id"].clone()),
        ("code", attributes["code"].clone()),
        ("title", attributes["title"].clone()),
        ("detail", attributes["detail"].clone()),
        ("source_pointer", attributes["source"]["pointer"].clone()),
        ("source_parameter", attributes["source"]["parameter"].clone()),
        ("original_payload", attributes["original_payload"].clone()),
        ("self_link", error["links"]["self"].clone()),
    ])
}

fn of_error(error: &Value, job_id: &Value) -> Row {
    // The status may be written as text.
    let status = match &error["status"] {
        Value::String(text) => json!(text.parse::<i64>().unwrap()),
        other => other.clone(),
    };
    row([
        ("job_id", job_id.clone()),
        ("id", error["id"].clone()),
        ("status", status),
        ("code", error["code"].clone()),
        ("title", error["title"].clone()),
        ("detail", error["detail"].clone()),
        ("source_pointer", error["source"]["pointer"].clone()),
        ("source_parameter", error["source"]["parameter"].clone()),
        ("meta", error["meta"].clone()),
    ])
}
