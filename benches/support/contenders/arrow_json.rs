//! arrow-json: rows to columns, where many of these documents end up.
//!
//! The schema is Arrow's; required members are not nullable. Constants and the status are plain text to arrow-json, and
//! are compared here, column by column. A bad record ends its batch.

use super::Contender;
use crate::corpus::Stream;
use crate::digest::{Digest, Related, Sink, View};
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array as _, ListArray, RecordBatch, StringArray, StructArray};
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use std::sync::Arc;

/// How many bytes of records make one batch of columns.
const BATCH_BYTES: usize = 1 << 20;

const STATUSES: [&str; 4] = ["cancelled", "complete", "processing", "queued"];

pub(super) struct ArrowJson {
    decoder: Decoder,
}

impl Default for ArrowJson {
    fn default() -> Self {
        let builder = ReaderBuilder::new(Arc::new(schema()));
        Self { decoder: builder.build_decoder().expect("the schema is one arrow-json knows") }
    }
}

impl ArrowJson {
    /// As many of the records as make a batch, and the length of their text.
    fn next_batch(&mut self, json: &[u8]) -> Result<(RecordBatch, usize), ArrowError> {
        let length = self.decoder.decode(json)?;
        let batch = self.decoder.flush()?;
        let batch = batch.ok_or_else(|| ArrowError::JsonError("no record".to_owned()))?;
        Ok((batch, length))
    }
}

impl Contender for ArrowJson {
    /// Any number of whole records.
    fn document(&mut self, mut json: &[u8], sink: &mut dyn Sink) {
        while !json.is_empty() {
            let Ok((batch, length)) = self.next_batch(json) else {
                *self = Self::default();
                return sink.reject();
            };
            json = &json[length..];
            let columns = Columns::new(&batch);
            for row in 0..batch.num_rows() {
                match columns.types_are_right(row) {
                    true => sink.accept(&Row { columns: &columns, row }),
                    false => sink.reject(),
                }
            }
        }
    }

    fn batch(&mut self, stream: Stream<'_>, sink: &mut dyn Sink) {
        for part in stream.parts(BATCH_BYTES) {
            self.document(part, sink);
        }
    }
}

/// The schema of the documents, as arrow-json needs it.
pub fn schema() -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let links = |names: &[&str]| {
        let fields = names.iter().map(|name| text(name)).collect::<Fields>();
        DataType::Struct(fields)
    };
    let relationship = |link_names: &[&str]| {
        let identifier = DataType::Struct(Fields::from(vec![text("type"), text("id")]));
        let data = DataType::List(Arc::new(Field::new("item", identifier, false)));
        DataType::Struct(Fields::from(vec![
            Field::new("data", data, true),
            Field::new("links", links(link_names), true),
        ]))
    };
    let nullable = |name: &str, kind: &DataType| Field::new(name, kind.clone(), true);
    let attributes = Fields::from(vec![
        text("status"),
        text("created_at"),
        Field::new("total_count", DataType::Int64, false),
        nullable("completed_count", &DataType::Int64),
        nullable("failed_count", &DataType::Int64),
        nullable("completed_at", &DataType::Utf8),
        nullable("expires_at", &DataType::Utf8),
        nullable("started_at", &DataType::Utf8),
    ]);
    let relationships = Fields::from(vec![
        Field::new("lists", relationship(&["self", "related"]), true),
        Field::new("profiles", relationship(&["self", "related"]), true),
        Field::new("import-errors", relationship(&["related"]), true),
    ]);
    let job = Fields::from(vec![
        text("type"),
        text("id"),
        Field::new("attributes", DataType::Struct(attributes), false),
        Field::new("relationships", DataType::Struct(relationships), true),
        Field::new("links", links(&["self"]), false),
    ]);
    Schema::new(vec![
        Field::new("data", DataType::Struct(job), false),
        Field::new("links", links(&["self"]), true),
    ])
}

/// The columns of a batch, looked up once.
struct Columns<'a> {
    kind: &'a StringArray,
    id: &'a StringArray,
    attributes: &'a StructArray,
    status: &'a StringArray,
    relationships: &'a StructArray,
    related: [RelatedColumns<'a>; 3],
    job_links: &'a StructArray,
    links: &'a StructArray,
}

struct RelatedColumns<'a> {
    which: Related,
    itself: &'a StructArray,
    data: &'a ListArray,
    kinds: &'a StringArray,
    ids: &'a StringArray,
    links: &'a StructArray,
    constant: &'static str,
}

impl<'a> Columns<'a> {
    fn new(batch: &'a RecordBatch) -> Self {
        let data = batch.column(0).as_struct();
        let attributes = data.column(2).as_struct();
        let relationships = data.column(3).as_struct();
        let related = |index, which, constant| {
            let itself = relationships.column(index).as_struct();
            let data = itself.column(0).as_list::<i32>();
            let identifiers = data.values().as_struct();
            RelatedColumns {
                which,
                itself,
                data,
                kinds: identifiers.column(0).as_string(),
                ids: identifiers.column(1).as_string(),
                links: itself.column(1).as_struct(),
                constant,
            }
        };
        Self {
            kind: data.column(0).as_string(),
            id: data.column(1).as_string(),
            attributes,
            status: attributes.column(0).as_string(),
            relationships,
            related: [
                related(0, Related::Lists, "list"),
                related(1, Related::Profiles, "profile"),
                related(2, Related::ImportErrors, "import-error"),
            ],
            job_links: data.column(4).as_struct(),
            links: batch.column(1).as_struct(),
        }
    }

    /// Whether the constants and the status of a row are valid.
    fn types_are_right(&self, row: usize) -> bool {
        self.kind.value(row) == "profile-bulk-import-job"
            && STATUSES.contains(&self.status.value(row))
            && self.related.iter().all(|related| {
                related.range(row).all(|index| related.kinds.value(index) == related.constant)
            })
    }
}

impl RelatedColumns<'_> {
    /// The range of the identifiers of a row.
    fn range(&self, row: usize) -> std::ops::Range<usize> {
        let offsets = self.data.value_offsets();
        offsets[row] as usize..offsets[row + 1] as usize
    }

    fn describe(&self, row: usize, digest: &mut Digest) {
        if !digest.present(self.itself.is_valid(row)) {
            return;
        }
        if digest.present(self.data.is_valid(row)) {
            let range = self.range(row);
            digest.ids(self.which, range.len());
            range.for_each(|index| digest.text(self.ids.value(index)));
        }
        if digest.present(self.links.is_valid(row)) {
            for link in self.links.columns() {
                digest.text(link.as_string::<i32>().value(row));
            }
        }
    }
}

/// A row, described like any view.
struct Row<'a> {
    columns: &'a Columns<'a>,
    row: usize,
}

impl Row<'_> {
    fn count(&self, column: usize) -> Option<i64> {
        let counts = self.columns.attributes.column(column).as_primitive::<Int64Type>();
        counts.is_valid(self.row).then(|| counts.value(self.row))
    }

    fn time(&self, column: usize) -> Option<&str> {
        let times = self.columns.attributes.column(column).as_string::<i32>();
        times.is_valid(self.row).then(|| times.value(self.row))
    }

    fn self_link<'a>(&self, links: &'a StructArray) -> Option<&'a str> {
        let link = links.column(0).as_string::<i32>();
        links.is_valid(self.row).then(|| link.value(self.row))
    }
}

impl View for Row<'_> {
    fn describe(&self, digest: &mut Digest) {
        let Columns { id, status, relationships, related, job_links, links, .. } = self.columns;
        let row = self.row;
        digest.text(id.value(row));
        let status = STATUSES.iter().position(|&name| name == status.value(row));
        digest.status(status.expect("it was checked"));
        digest.text(self.time(1).expect("it is required"));
        digest.count(0, self.count(2));
        digest.count(1, self.count(3));
        digest.count(2, self.count(4));
        digest.optional_text(self.time(5));
        digest.optional_text(self.time(6));
        digest.optional_text(self.time(7));
        if digest.present(relationships.is_valid(row)) {
            related.iter().for_each(|related| related.describe(row, digest));
        }
        digest.text(self.self_link(job_links).expect("it is required"));
        digest.optional_text(self.self_link(links));
    }
}
