//! Rows as record batches of Arrow. This file is compiled once for each major version of arrow-rs; the module around it
//! says which, and the examples are for version 60.
//!
//! The vectors of columns are handed over as they are: nothing is copied, and only text is checked once more.

use super::{arrow_array, arrow_buffer, arrow_schema};
use crate::reader::TableReader;
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, DictionaryArray, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, ListArray, MapArray, RecordBatch, RecordBatchOptions,
    RecordBatchReader, StringArray, StructArray, TimestampMicrosecondArray, UInt8Array,
    UInt16Array, UInt32Array, UInt64Array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Fields, Schema, SchemaRef, TimeUnit};
use jobview::gapwise::columns::{Column, ColumnType, Field, Rows, Values};
use jobview::{Answer, Document};
use std::io::Read;
use std::sync::Arc;

/// Rows as a record batch.
///
/// # Errors
///
/// If a column of text has bytes that are not UTF-8, or a column without nulls has some. Only a program that fills
/// columns itself can bring that about.
///
/// ```
/// use jobview_arrow::arrow_60::record_batch;
/// use jobview_arrow::{JobTable, TableOptions};
///
/// let mut table = JobTable::new(&TableOptions::new())?;
/// let batch = record_batch(table.finish())?;
/// assert_eq!((batch.num_rows(), batch.num_columns()), (0, 13));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn record_batch(rows: Rows) -> Result<RecordBatch, ArrowError> {
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let (fields, columns) = rows.into_parts();
    let arrays = arrays(columns, &fields)?;
    RecordBatch::try_new_with_options(Arc::new(schema(&fields)), arrays, &options)
}

/// The schema of a table.
///
/// ```
/// use jobview_arrow::arrow_60::schema;
/// use jobview_arrow::{Table, TableBuilder, TableOptions};
///
/// let rejects = TableBuilder::new(Table::Rejects, &TableOptions::new())?;
/// assert_eq!(schema(rejects.fields()).field(0).name(), "file");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn schema(fields: &[Field]) -> Schema {
    Schema::new(all_fields(fields))
}

fn all_fields(fields: &[Field]) -> Fields {
    fields.iter().map(arrow_field).collect()
}

fn arrow_field(field: &Field) -> arrow_schema::Field {
    arrow_schema::Field::new(&*field.name, data_type(&field.column_type), field.nullable)
}

fn data_type(column_type: &ColumnType) -> DataType {
    match column_type {
        ColumnType::Bool => DataType::Boolean,
        ColumnType::Int8 => DataType::Int8,
        ColumnType::Int16 => DataType::Int16,
        ColumnType::Int32 => DataType::Int32,
        ColumnType::Int64 => DataType::Int64,
        ColumnType::UInt8 => DataType::UInt8,
        ColumnType::UInt16 => DataType::UInt16,
        ColumnType::UInt32 => DataType::UInt32,
        ColumnType::UInt64 => DataType::UInt64,
        ColumnType::Float32 => DataType::Float32,
        ColumnType::Float64 => DataType::Float64,
        ColumnType::Text | ColumnType::Json => DataType::Utf8,
        ColumnType::Binary => DataType::Binary,
        ColumnType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        ColumnType::Choice(_) => {
            DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8))
        }
        ColumnType::List(item) => DataType::List(Arc::new(arrow_field(item))),
        ColumnType::Struct(fields) => DataType::Struct(all_fields(fields)),
        ColumnType::Map(item) => {
            let entries = DataType::Struct(entries(item));
            DataType::Map(Arc::new(arrow_schema::Field::new("entries", entries, false)), false)
        }
        other => unreachable!("{other:?} is not among the types that this version knows"),
    }
}

/// The fields of the entries of a map.
fn entries(item: &Field) -> Fields {
    let names = arrow_schema::Field::new("key", DataType::Utf8, false);
    Fields::from(vec![names, arrow_field(item)])
}

fn arrays(columns: Vec<Column>, fields: &[Field]) -> Result<Vec<ArrayRef>, ArrowError> {
    columns.into_iter().zip(fields).map(|(column, field)| array(column, field)).collect()
}

fn array(column: Column, field: &Field) -> Result<ArrayRef, ArrowError> {
    let len = column.len();
    let (validity, values) = column.into_parts();
    let nulls = validity
        .into_bits()
        .map(|bits| NullBuffer::new(BooleanBuffer::new(Buffer::from_vec(bits), 0, len)));
    let offsets = |offsets| OffsetBuffer::new(ScalarBuffer::from(offsets));
    Ok(match (values, &field.column_type) {
        (Values::Bool(values), _) => {
            Arc::new(BooleanArray::new(BooleanBuffer::from(values), nulls))
        }
        (Values::Int8(indices), ColumnType::Choice(names)) => {
            let indices = Int8Array::try_new(indices.into(), nulls)?;
            let names = Arc::new(StringArray::from_iter_values(*names));
            Arc::new(DictionaryArray::<Int8Type>::try_new(indices, names)?)
        }
        (Values::Int64(values), ColumnType::Timestamp) => {
            let values = TimestampMicrosecondArray::try_new(values.into(), nulls)?;
            Arc::new(values.with_timezone("UTC"))
        }
        (Values::Int8(values), _) => Arc::new(Int8Array::try_new(values.into(), nulls)?),
        (Values::Int16(values), _) => Arc::new(Int16Array::try_new(values.into(), nulls)?),
        (Values::Int32(values), _) => Arc::new(Int32Array::try_new(values.into(), nulls)?),
        (Values::Int64(values), _) => Arc::new(Int64Array::try_new(values.into(), nulls)?),
        (Values::UInt8(values), _) => Arc::new(UInt8Array::try_new(values.into(), nulls)?),
        (Values::UInt16(values), _) => Arc::new(UInt16Array::try_new(values.into(), nulls)?),
        (Values::UInt32(values), _) => Arc::new(UInt32Array::try_new(values.into(), nulls)?),
        (Values::UInt64(values), _) => Arc::new(UInt64Array::try_new(values.into(), nulls)?),
        (Values::Float32(values), _) => Arc::new(Float32Array::try_new(values.into(), nulls)?),
        (Values::Float64(values), _) => Arc::new(Float64Array::try_new(values.into(), nulls)?),
        (Values::Bytes { offsets: ends, bytes }, ColumnType::Binary) => {
            Arc::new(BinaryArray::try_new(offsets(ends), bytes.into(), nulls)?)
        }
        (Values::Bytes { offsets: ends, bytes }, _) => {
            Arc::new(StringArray::try_new(offsets(ends), bytes.into(), nulls)?)
        }
        (Values::List { offsets: ends, items }, ColumnType::List(item)) => {
            let items = array(*items, item)?;
            let item = Arc::new(arrow_field(item));
            Arc::new(ListArray::try_new(item, offsets(ends), items, nulls)?)
        }
        (Values::Struct(columns), ColumnType::Struct(fields)) => {
            let arrays = arrays(columns, fields)?;
            Arc::new(StructArray::try_new_with_length(all_fields(fields), arrays, nulls, len)?)
        }
        (Values::Map { offsets: ends, names, items }, ColumnType::Map(item)) => {
            let names = array(*names, &Field::new("key", ColumnType::Text, false))?;
            let all = vec![names, array(*items, item)?];
            let all = StructArray::try_new(entries(item), all, None)?;
            let DataType::Map(entries, _) = data_type(&field.column_type) else {
                unreachable!("a map is a map")
            };
            Arc::new(MapArray::try_new(entries, offsets(ends), all, nulls, false)?)
        }
        (_, other) => {
            return Err(ArrowError::SchemaError(format!("the column is not of type {other:?}")));
        }
    })
}

/// Record batches from a reader of documents: a [`RecordBatchReader`], and by Arrow's C stream interface a stream for
/// every language that knows Arrow.
///
/// ```
/// # use arrow_array_60 as arrow_array;
/// use arrow_array::RecordBatchReader;
/// use arrow_array::ffi_stream::FFI_ArrowArrayStream;
/// use jobview::{JobDocument, Options};
/// use jobview_arrow::arrow_60::Batches;
/// use jobview_arrow::{Table, TableOptions, TableReader};
///
/// let file = std::io::Cursor::new(br#"{"data": {"type": "profile-bulk-import-job", "id": "a",
///     "links": {"self": "/a"}, "attributes": {"status": "queued", "created_at": "2026-09-04T13:40:00Z",
///     "total_count": 3}}}"#);
/// let options = TableOptions::new();
/// let reader = TableReader::<_, JobDocument>::new(file, Options::new(), Table::Jobs, &options)?;
/// let batches = Batches::from(reader);
/// assert_eq!(batches.schema().field(1).name(), "id");
/// let stream = FFI_ArrowArrayStream::new(Box::new(batches));
/// # drop(stream);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Batches<R, D: Document> {
    reader: TableReader<R, D>,
    schema: SchemaRef,
}

impl<R, D: Document> From<TableReader<R, D>> for Batches<R, D> {
    fn from(reader: TableReader<R, D>) -> Self {
        let schema = Arc::new(schema(reader.fields()));
        Self { reader, schema }
    }
}

impl<R: Read, D: Document> Iterator for Batches<R, D>
where
    for<'a> D::View<'a>: Answer<'a>,
{
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rows = self.reader.next()?;
        Some(rows.map_err(|error| ArrowError::ExternalError(error.into())).and_then(record_batch))
    }
}

impl<R: Read, D: Document> RecordBatchReader for Batches<R, D>
where
    for<'a> D::View<'a>: Answer<'a>,
{
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
