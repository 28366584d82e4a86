//! `jobview schema`: the columns of the tables that `convert` writes.

use crate::arguments::{SchemaArguments, SchemaFormat};
use crate::outcome::{Failure, Outcome};
use crate::output::Output;
use crate::report::{self, Look};
use jobview::gapwise::columns::{ColumnType, Field};
use jobview_arrow::arrow_60::schema;
use jobview_arrow::{ColumnInfo, ColumnSet, Table, TableBuilder, TableOptions};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Prints the columns.
pub(crate) fn run(arguments: &SchemaArguments) -> Result<Outcome, Failure> {
    let tables = arguments.table.map_or(Table::ALL.to_vec(), |table| vec![table]);
    let text = match arguments.format {
        SchemaFormat::Table => sections(&tables, |table| for_people(table, Look::of_stdout())),
        SchemaFormat::Sql => sections(&tables, sql),
        SchemaFormat::Arrow => sections(&tables, arrow),
        SchemaFormat::JsonSchema => {
            const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
            let mut object = Map::from_iter([("$schema".to_owned(), json!(DIALECT))]);
            match arguments.table {
                Some(table) => object.extend(json_schema(table)),
                None => {
                    let schemas = tables.iter().map(|&table| {
                        (table.as_str().to_owned(), Value::Object(json_schema(table)))
                    });
                    object.insert("$defs".to_owned(), Value::Object(schemas.collect()));
                }
            }
            report::json(&object)
        }
    };
    let mut output = Output::stdout();
    output.write(text.as_bytes())?;
    output.finish()?;
    Ok(Outcome::Accepted)
}

/// What is printed about each table, with a heading if there are several.
fn sections(tables: &[Table], print: impl Fn(Table) -> String) -> String {
    match tables {
        [table] => print(*table),
        tables => {
            let sections: Vec<_> =
                tables.iter().map(|&table| format!("-- {table}\n{}", print(table))).collect();
            sections.join("\n")
        }
    }
}

/// What all columns of a table hold.
fn fields(table: Table) -> Vec<Field> {
    let options = TableOptions::new().columns(ColumnSet::All);
    let builder = TableBuilder::new(table, &options).expect("a set is never unknown");
    builder.fields().to_vec()
}

/// All columns of a table, and what they hold.
fn columns(table: Table) -> impl Iterator<Item = (ColumnInfo, Field)> {
    table.columns().zip(fields(table))
}

fn for_people(table: Table, look: Look) -> String {
    let mut shown = look.empty_table();
    shown.set_header(["column", "type", "null", "set", "about"]);
    for (info, field) in columns(table) {
        let set = match info.set {
            ColumnSet::Core => "core",
            ColumnSet::Ids => "ids",
            _ => "all",
        };
        let null = if field.nullable { "yes" } else { "no" };
        shown.add_row([info.name, type_name(&field.column_type), null, set, info.about]);
    }
    look.lines(shown)
}

fn type_name(column_type: &ColumnType) -> &'static str {
    match column_type {
        ColumnType::Bool => "bool",
        ColumnType::Int64 => "int64",
        ColumnType::UInt64 => "uint64",
        ColumnType::Timestamp => "timestamp",
        ColumnType::Choice(_) => "dictionary of text",
        ColumnType::List(_) => "list of text",
        ColumnType::Binary => "binary",
        ColumnType::Json => "JSON as text",
        _ => "text",
    }
}

/// A statement that PostgreSQL and DuckDB understand.
fn sql(table: Table) -> String {
    let mut text = format!("CREATE TABLE {table} (");
    for (n, (info, field)) in columns(table).enumerate() {
        let column_type = match &field.column_type {
            ColumnType::Bool => "BOOLEAN",
            ColumnType::Int64 | ColumnType::UInt64 => "BIGINT",
            ColumnType::Timestamp => "TIMESTAMPTZ",
            ColumnType::List(_) => "TEXT[]",
            ColumnType::Binary => "BYTEA",
            _ => "TEXT",
        };
        let comma = if n == 0 { "" } else { "," };
        let null = if field.nullable { "" } else { " NOT NULL" };
        // Some names are keywords.
        write!(text, "{comma}\n    \"{}\" {column_type}{null}", info.name)
            .expect("a string takes it all");
    }
    text.push_str("\n);\n");
    text
}

fn arrow(table: Table) -> String {
    let schema = schema(&fields(table));
    let lines = schema.fields().iter().map(|field| {
        let null = if field.is_nullable() { "" } else { " not null" };
        format!("{}: {}{null}\n", field.name(), field.data_type())
    });
    lines.collect()
}

/// The schema of a row in NDJSON, which leaves out what is null.
fn json_schema(table: Table) -> Map<String, Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (info, field) in columns(table) {
        let mut property = match &field.column_type {
            ColumnType::Bool => json!({"type": "boolean"}),
            ColumnType::Int64 => json!({"type": "integer"}),
            ColumnType::UInt64 => json!({"type": "integer", "minimum": 0}),
            ColumnType::Timestamp => json!({"type": "string", "format": "date-time"}),
            ColumnType::Choice(names) => json!({"type": "string", "enum": names}),
            ColumnType::List(_) => json!({"type": "array", "items": {"type": "string"}}),
            ColumnType::Binary => {
                let about = "How the bytes are written.";
                let encoding = json!({"enum": ["utf-8", "base64"], "description": about});
                properties.insert("encoding".to_owned(), encoding);
                required.push("encoding");
                json!({"type": "string"})
            }
            _ => json!({"type": "string"}),
        };
        property["description"] = json!(info.about);
        properties.insert(info.name.to_owned(), property);
        if !field.nullable {
            required.push(info.name);
        }
    }
    let title = format!("A row of the table {table}");
    let object = json!({
        "title": title, "type": "object", "properties": properties, "required": required,
        "additionalProperties": false,
    });
    match object {
        Value::Object(object) => object,
        _ => unreachable!("it is an object"),
    }
}
