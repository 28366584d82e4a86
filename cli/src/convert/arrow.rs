//! Arrow: files, and streams for standard output.

use super::format::{Format, Made};
use super::target::Target;
use arrow_array::cast::AsArray as _;
use arrow_array::types::Int8Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use arrow_select::concat::concat_batches;
use std::io::{self, Write as _};
use std::sync::Arc;

/// How many rows make a batch. Those of the threads have a few hundred.
const ROWS: usize = 65_536;

/// How many bytes of rows make a batch.
const BYTES: usize = 64 << 20;

enum Sink {
    File(FileWriter<Target>),
    Stream(StreamWriter<Target>),
}

/// Writes the batches that have been made.
pub(super) struct ArrowWriter {
    sink: Sink,
    schema: SchemaRef,
    held: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    /// The names of each dictionary, so that all batches have the same one.
    names: Vec<Option<ArrayRef>>,
}

impl ArrowWriter {
    pub(super) fn new(target: Target, schema: SchemaRef) -> io::Result<Self> {
        let sink = match target {
            Target::Stdout(_) => StreamWriter::try_new(target, &schema).map(Sink::Stream),
            Target::File { .. } => FileWriter::try_new(target, &schema).map(Sink::File),
        };
        let names = vec![None; schema.fields().len()];
        let (held, rows, bytes) = (Vec::new(), 0, 0);
        Ok(Self { sink: sink.map_err(cause)?, schema, held, rows, bytes, names })
    }

    /// Lets the dictionaries of a batch be those of the first one. They have the same names.
    fn with_same_names(&mut self, batch: RecordBatch) -> RecordBatch {
        let (schema, mut columns, _) = batch.into_parts();
        for (column, names) in columns.iter_mut().zip(&mut self.names) {
            if let DataType::Dictionary(..) = column.data_type() {
                let dictionary = column.as_dictionary::<Int8Type>();
                let names = names.get_or_insert_with(|| Arc::clone(dictionary.values()));
                *column = Arc::new(dictionary.with_values(Arc::clone(names)));
            }
        }
        RecordBatch::try_new(schema, columns).expect("only the names are other ones")
    }

    fn write_held(&mut self) -> io::Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        (self.rows, self.bytes) = (0, 0);
        let batch = concat_batches(&self.schema, &std::mem::take(&mut self.held)).map_err(cause)?;
        match &mut self.sink {
            Sink::File(sink) => sink.write(&batch),
            Sink::Stream(sink) => sink.write(&batch),
        }
        .map_err(cause)
    }
}

impl Format for ArrowWriter {
    fn write(&mut self, made: Made) -> io::Result<()> {
        for batch in made.batches {
            self.rows += batch.num_rows();
            self.bytes += batch.get_array_memory_size();
            let batch = self.with_same_names(batch);
            self.held.push(batch);
            if self.rows >= ROWS || self.bytes >= BYTES {
                self.write_held()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Sink::Stream(_) = self.sink {
            self.write_held()?;
        }
        match &mut self.sink {
            // Nobody reads it yet, so its batches can be large.
            Sink::File(_) => Ok(()),
            Sink::Stream(sink) => sink.get_mut().flush(),
        }
    }

    fn finish(mut self: Box<Self>) -> io::Result<Target> {
        self.write_held()?;
        match self.sink {
            Sink::File(sink) => sink.into_inner(),
            Sink::Stream(sink) => sink.into_inner(),
        }
        .map_err(cause)
    }

    fn is_closed(&self) -> bool {
        match &self.sink {
            Sink::File(sink) => sink.get_ref().is_closed(),
            Sink::Stream(sink) => sink.get_ref().is_closed(),
        }
    }
}

/// The error of the target, if that is the cause.
fn cause(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}
