//! Parquet. Threads encode each column of a row group on its own, so that a single row group keeps all of them busy,
//! too. Finished row groups go to the file in order.

use super::format::{Format, Made};
use super::pool::{Pool, Promise};
use super::target::Target;
use crate::arguments::Codec;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowRowGroupWriterFactory, ArrowWriter, compute_leaves,
};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

/// How many rows make a row group, unless the arguments say so.
pub(super) const ROWS: usize = 1 << 20;

/// How many bytes of rows make a row group if it has not enough rows before.
const BYTES: usize = 256 << 20;

/// Writes the batches that have been made.
pub(super) struct ParquetWriter {
    file: SerializedFileWriter<Target>,
    columns: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    pool: Pool,
    /// The row groups that are being encoded.
    running: VecDeque<Vec<Promise<Result<ArrowColumnChunk, ParquetError>>>>,
    /// How many these may be.
    most_running: usize,
    /// How many row groups have been begun.
    count: usize,
    /// The row group that fills.
    group: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    most_rows: usize,
}

impl ParquetWriter {
    pub(super) fn new(
        target: Target,
        schema: SchemaRef,
        codec: Codec,
        most_rows: usize,
        threads: usize,
    ) -> io::Result<Self> {
        let compression = match codec {
            Codec::Zstd(level) => Compression::ZSTD(ZstdLevel::try_new(level).map_err(cause)?),
            Codec::Snappy => Compression::SNAPPY,
            Codec::None => Compression::UNCOMPRESSED,
        };
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_created_by(concat!("jobview ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let (file, columns) = ArrowWriter::try_new(target, Arc::clone(&schema), Some(properties))
            .and_then(ArrowWriter::into_serialized_writer)
            .map_err(cause)?;
        Ok(Self {
            file,
            columns,
            schema,
            pool: Pool::new(threads)?,
            running: VecDeque::new(),
            // A column that is much larger than the others must not leave many threads idle.
            most_running: 2 + threads / 4,
            count: 0,
            group: Vec::new(),
            rows: 0,
            bytes: 0,
            most_rows,
        })
    }

    /// Has the row group encoded. Waits for an earlier one if there are too many.
    fn encode(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        while self.running.len() >= self.most_running {
            self.append()?;
        }
        let group = Arc::new(std::mem::take(&mut self.group));
        (self.rows, self.bytes) = (0, 0);
        let writers = self.columns.create_column_writers(self.count).map_err(cause)?;
        self.count += 1;
        // No column has columns within, so each has one writer.
        let columns = writers.into_iter().enumerate().map(|(index, mut writer)| {
            let (group, schema) = (Arc::clone(&group), Arc::clone(&self.schema));
            self.pool.start(move || {
                for batch in &*group {
                    for leaf in compute_leaves(schema.field(index), batch.column(index))? {
                        writer.write(&leaf)?;
                    }
                }
                writer.close()
            })
        });
        self.running.push_back(columns.collect());
        Ok(())
    }

    /// Appends the next row group to the file.
    fn append(&mut self) -> io::Result<()> {
        let Some(columns) = self.running.pop_front() else { return Ok(()) };
        let mut group = self.file.next_row_group().map_err(cause)?;
        for column in columns {
            column.wait().and_then(|it| it.append_to_row_group(&mut group)).map_err(cause)?;
        }
        group.close().map(drop).map_err(cause)
    }
}

impl Format for ParquetWriter {
    fn write(&mut self, made: Made) -> io::Result<()> {
        for mut batch in made.batches {
            while batch.num_rows() > 0 {
                let all = batch.num_rows();
                let rows = all.min(self.most_rows - self.rows);
                let bytes = batch.get_array_memory_size();
                self.group.push(batch.slice(0, rows));
                self.rows += rows;
                // A slice says that it takes as much as the whole.
                self.bytes += (bytes as u128 * rows as u128 / all as u128) as usize;
                batch = batch.slice(rows, all - rows);
                if self.rows == self.most_rows || self.bytes >= BYTES {
                    self.encode()?;
                }
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        // Row groups must be large, so what there is has to wait.
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<Target> {
        self.encode()?;
        while !self.running.is_empty() {
            self.append()?;
        }
        self.file.into_inner().map_err(cause)
    }

    fn is_closed(&self) -> bool {
        self.file.inner().is_closed()
    }
}

/// The error of the target, if that is the cause.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}
