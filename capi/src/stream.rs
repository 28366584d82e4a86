//! Documents as an Arrow stream of one table.

use crate::boundary::{bytes, path as path_of, run, words};
use crate::error::{Code, Error, Failure};
use crate::input::{Read, Reader};
use crate::options::{Chosen, OnReject, Options, Reject, chosen};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use jobview::{Answer, Document, KindVisitor, Rejected};
use jobview_arrow::arrow_60::Batches;
use jobview_arrow::{ColumnsError, Origin, TableReader};
use std::ffi::{c_char, c_void};
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a file.
///
/// `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.
///
/// # Safety
///
/// All pointers are NULL or point at what their types say. What `stream` held before is not released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_open_path(
    path: *const c_char,
    options: *const Options,
    stream: *mut FFI_ArrowArrayStream,
    error: *mut Error,
) -> Code {
    let body = || {
        // SAFETY: by the caller's promise.
        let (path, mut chosen) = unsafe { (path_of(path)?, chosen(options)?) };
        let name = path.display();
        let file = File::open(path);
        let file = file.map_err(|error| Failure::new(Code::Io, format!("{name}: {error}")))?;
        chosen.file.get_or_insert_with(|| name.to_string());
        // SAFETY: by the caller's promise.
        unsafe { open(file, &chosen, stream) }
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// Reads bytes in memory. They must not change or go until the stream has been released.
///
/// `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.
///
/// # Safety
///
/// All pointers are NULL or point at what their types say, and `data` at `len` bytes. What `stream` held before is not
/// released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_open_memory(
    data: *const u8,
    len: usize,
    options: *const Options,
    stream: *mut FFI_ArrowArrayStream,
    error: *mut Error,
) -> Code {
    let body = || {
        // SAFETY: by the caller's promise. The bytes live as long as the stream.
        let (input, chosen): (&'static [u8], _) = unsafe { (bytes(data, len)?, chosen(options)?) };
        // SAFETY: by the caller's promise.
        unsafe { open(input, &chosen, stream) }
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// Reads what a function reads, until the stream has been released.
///
/// `stream` is written only if the result is `JOBVIEW_CODE_OK`. Then it is the caller's, who calls its `release`.
///
/// # Safety
///
/// All pointers are NULL or point at what their types say. What `stream` held before is not released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_open_reader(
    read: Read,
    context: *mut c_void,
    options: *const Options,
    stream: *mut FFI_ArrowArrayStream,
    error: *mut Error,
) -> Code {
    let body = || {
        let read = read.ok_or_else(|| Failure::usage("read is NULL"))?;
        // SAFETY: by the caller's promise.
        let (input, chosen) = unsafe { (Reader::new(read, context), chosen(options)?) };
        // SAFETY: by the caller's promise.
        unsafe { open(input, &chosen, stream) }
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// # Safety
///
/// `stream` is null, or can be written to. What was chosen may be called until the stream is released.
unsafe fn open(
    input: impl io::Read + Send + 'static,
    chosen: &Chosen,
    stream: *mut FFI_ArrowArrayStream,
) -> Result<(), Failure> {
    if stream.is_null() {
        return Err(Failure::usage("stream is NULL"));
    }
    let reader = chosen.visit(Opening { input, chosen })?;
    let reader = reader.map_err(|error| Failure::usage(error.to_string()))?;
    let opened =
        FFI_ArrowArrayStream::new(Box::new(Guarded { reader: Some(reader.0), schema: reader.1 }));
    // SAFETY: by the caller's promise; it is not null.
    unsafe { stream.write(opened) };
    Ok(())
}

/// Makes batches of documents of a kind that is known at run time.
struct Opening<'o, R> {
    input: R,
    chosen: &'o Chosen,
}

type AnyReader = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

impl<R: io::Read + Send + 'static> KindVisitor for Opening<'_, R> {
    type Output = Result<(AnyReader, SchemaRef), ColumnsError>;

    fn visit<D: Document + 'static>(self) -> Self::Output
    where
        for<'a> D::View<'a>: Answer<'a>,
    {
        let Self { input, chosen } = self;
        let &Chosen { parser, table, ref rows, ref file, on_reject, context, .. } = chosen;
        let mut reader = TableReader::<_, D>::new(input, parser, table, rows)?;
        if let Some(file) = file {
            reader = reader.file(file);
        }
        if let Some(caller) = Caller::of(on_reject, context) {
            reader = reader.on_reject(move |rejected, origin| caller.call(rejected, origin));
        }
        let batches = Batches::from(reader);
        let schema = batches.schema();
        Ok((Box::new(batches), schema))
    }
}

/// The function that wants to know of rejected records.
struct Caller {
    on_reject: unsafe extern "C" fn(context: *mut c_void, reject: *const Reject) -> i32,
    context: *mut c_void,
}

// SAFETY: whoever moves a stream to another thread promises that the function may be called there.
unsafe impl Send for Caller {}

impl Caller {
    fn of(on_reject: OnReject, context: *mut c_void) -> Option<Self> {
        Some(Self { on_reject: on_reject?, context })
    }

    fn call(&self, rejected: &Rejected<'_>, origin: &Origin<'_>) -> io::Result<()> {
        let reject = Reject::new(rejected, origin);
        // SAFETY: whoever opened the stream promises that it may be called until the stream is released.
        match unsafe { (self.on_reject)(self.context, &raw const reject) } {
            0 => Ok(()),
            code => Err(io::Error::other(format!("on_reject returned {code}"))),
        }
    }
}

/// A reader whose panics are errors. After one it is over.
struct Guarded {
    reader: Option<AnyReader>,
    schema: SchemaRef,
}

impl Iterator for Guarded {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        match catch_unwind(AssertUnwindSafe(|| reader.next())) {
            Ok(batch) => batch,
            Err(panic) => {
                self.reader = None;
                Some(Err(ArrowError::ExternalError(words(&*panic).into())))
            }
        }
    }
}

impl RecordBatchReader for Guarded {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
