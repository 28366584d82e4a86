//! Rows as lines of text: CSV and NDJSON.

use super::format::{Format, Made};
use super::target::Target;
use crate::rejects;
use arrow_array::cast::AsArray as _;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array as _, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use std::io::{self, Write as _};
use std::sync::Arc;

/// How rows become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextFormat {
    Csv,
    Ndjson,
}

impl TextFormat {
    /// Appends the rows of a batch.
    pub(super) fn write(self, text: &mut Vec<u8>, batch: &RecordBatch) -> Result<(), ArrowError> {
        let batch = self.printable(batch)?;
        match self {
            Self::Csv => {
                arrow_csv::WriterBuilder::new().with_header(false).build(text).write(&batch)
            }
            Self::Ndjson => {
                let mut writer = arrow_json::LineDelimitedWriter::new(text);
                writer.write(&batch)?;
                writer.finish()
            }
        }
    }

    /// What comes before all rows.
    fn header(self, schema: &Schema) -> Result<Vec<u8>, ArrowError> {
        let mut text = Vec::new();
        if self == Self::Csv {
            let batch = self.printable(&RecordBatch::new_empty(Arc::new(schema.clone())))?;
            arrow_csv::WriterBuilder::new().with_header(true).build(&mut text).write(&batch)?;
        }
        Ok(text)
    }

    /// The same rows with columns that the writers can print.
    fn printable(self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let (mut fields, mut columns) = (Vec::new(), Vec::new());
        for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let mut add = |name: &str, column: ArrayRef| {
                fields.push(Field::new(name, column.data_type().clone(), field.is_nullable()));
                columns.push(column);
            };
            match field.data_type() {
                // Without a database of time zones, the writers know only this name for UTC.
                DataType::Timestamp(..) => {
                    let times = column.as_primitive::<TimestampMicrosecondType>();
                    add(field.name(), Arc::new(times.clone().with_timezone("+00:00")));
                }
                DataType::List(_) if self == Self::Csv => add(field.name(), json(column)),
                DataType::Binary => {
                    let (encodings, texts) = encoded(column);
                    add("encoding", encodings);
                    add(field.name(), texts);
                }
                _ => add(field.name(), Arc::clone(column)),
            }
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

/// Lists of identifiers as JSON.
fn json(lists: &ArrayRef) -> ArrayRef {
    let texts = lists.as_list::<i32>().iter().map(|list| {
        let list = list?;
        let ids: Vec<_> = list.as_string::<i32>().iter().collect();
        Some(serde_json::to_string(&ids).expect("text only"))
    });
    Arc::new(texts.collect::<StringArray>())
}

/// The encodings of bytes as text, and the texts.
fn encoded(bytes: &ArrayRef) -> (ArrayRef, ArrayRef) {
    let all = || bytes.as_binary::<i32>().iter().map(|bytes| bytes.map(rejects::encoded));
    let encodings: StringArray = all().map(|it| it.map(|(encoding, _)| encoding)).collect();
    let texts: StringArray = all().map(|it| it.map(|(_, text)| text)).collect();
    (Arc::new(encodings), Arc::new(texts))
}

/// Writes the text that has been made.
pub(super) struct TextWriter {
    target: Target,
}

impl TextWriter {
    pub(super) fn new(mut target: Target, format: TextFormat, schema: &Schema) -> io::Result<Self> {
        let header = format.header(schema).map_err(io::Error::other)?;
        target.write_all(&header)?;
        Ok(Self { target })
    }
}

impl Format for TextWriter {
    fn write(&mut self, made: Made) -> io::Result<()> {
        self.target.write_all(&made.text)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.target.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<Target> {
        self.target.flush()?;
        Ok(self.target)
    }

    fn is_closed(&self) -> bool {
        self.target.is_closed()
    }
}
