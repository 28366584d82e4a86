//! What to read, and what to make of it.

use crate::boundary::{Str, object, run, text};
use crate::error::{Code, Error, Failure};
use jobview::{
    DocumentKind, Formats, Framing, KindVisitor, MAX_DEPTH, Pointer, Rejected, UnknownMembers,
    UnknownVariants,
};
use jobview_arrow::{ColumnSet, Origin, StatusType, Table, TableOptions, Timestamps};
use std::ffi::{c_char, c_void};
use std::mem::size_of;
use std::ptr;

/// Options. `jobview_options_init` gives each its default: zero or NULL, if nothing else is said. Texts end with NUL, and are
/// needed only as long as the call that gets the options.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// `sizeof(jobview_options)`, by which the library knows for which version the program was compiled.
    pub size: usize,
    /// The kind of the documents: `response`, `page`, or another of those that `jobview stats --help` lists. NULL: any.
    pub kind: *const c_char,
    /// Not 0: only some fields were requested. Then no attribute is required.
    pub sparse: u8,
    /// Not 0: a member that the schema does not name is an error.
    pub reject_unknown_members: u8,
    /// Not 0: a status that the schema does not name is kept.
    pub keep_unknown_statuses: u8,
    /// Not 0: statuses are text in tables, not a dictionary.
    pub status_as_text: u8,
    /// How records follow one another: `ndjson`, `array` or `concatenated`. NULL: as the input begins.
    pub framing: *const c_char,
    /// The JSON pointer of the document in each record, for documents in an envelope. NULL: the record is the document.
    pub at: *const c_char,
    /// What becomes of a time that is none: `reject` its document, make it `null`, or keep all times as `text`. NULL:
    /// `reject`.
    pub timestamps: *const c_char,
    /// The deepest nesting that is not an error. 0: 128.
    pub max_depth: u16,
    /// The largest record, in bytes. 0: no limit for memory, 64 MiB for what is read.
    pub max_record_bytes: usize,
    /// The table: `jobs`, `lists`, `import_errors`, `errors`, `identifiers` or `rejects`. NULL: `jobs`.
    pub table: *const c_char,
    /// The columns: `core`, `ids`, `all`, or names with commas. NULL: `core`.
    pub columns: *const c_char,
    /// After how many rows a batch is complete. 0: 65,536.
    pub batch_rows: usize,
    /// What the column `_file` says. NULL: the path, or nothing.
    pub file: *const c_char,
    /// Called for each rejected record. NULL: a rejected record ends the stream with an error, but for the table `rejects`.
    pub on_reject: OnReject,
    /// What `on_reject` gets.
    pub context: *mut c_void,
}

/// Called for each rejected record, by the thread that asks the stream for the next batch. What it gets is gone when it
/// returns. If it does not return 0, the stream ends with an error.
pub type OnReject =
    Option<unsafe extern "C" fn(context: *mut c_void, reject: *const Reject) -> i32>;

/// A rejected record, or a piece of one.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Reject {
    /// What is wrong with it, and where.
    pub error: Error,
    /// Its bytes, which need not be UTF-8.
    pub raw: Str,
    /// The offset in the input at which it begins, from 0.
    pub record_offset: u64,
    /// Not 0: it is the rest of the input, as it is not known where the next record begins.
    pub remainder: u8,
    /// Not 0: the next one continues the same record.
    pub more: u8,
}

impl Reject {
    pub(crate) fn new(rejected: &Rejected<'_>, origin: &Origin<'_>) -> Self {
        let Rejected { raw, remainder, more, .. } = *rejected;
        Self {
            error: rejected.into(),
            raw: Str { data: raw.as_ptr().cast(), len: raw.len() },
            record_offset: origin.offset,
            remainder: remainder.into(),
            more: more.into(),
        }
    }
}

/// Gives options their defaults. `size` is `sizeof(jobview_options)`.
///
/// # Safety
///
/// `options` is NULL or points at `size` bytes; `error` is NULL or points at an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jobview_options_init(
    options: *mut Options,
    size: usize,
    error: *mut Error,
) -> Code {
    let body = || {
        if size != size_of::<Options>() {
            return Err(Failure::usage(format!(
                "size is {size}, and options have {} bytes in this version",
                size_of::<Options>()
            )));
        }
        // SAFETY: the size was just seen, and the caller promises the rest.
        let options = unsafe { object(options, "options") }?;
        *options = Options::DEFAULT;
        Ok(())
    };
    // SAFETY: by the caller's promise.
    unsafe { run(error, body) }
}

/// Options as the library has them.
pub(crate) struct Chosen {
    kind: Option<DocumentKind>,
    is_sparse: bool,
    pub(crate) parser: jobview::Options,
    pub(crate) table: Table,
    pub(crate) rows: TableOptions,
    pub(crate) file: Option<String>,
    pub(crate) on_reject: OnReject,
    pub(crate) context: *mut c_void,
}

impl Options {
    const DEFAULT: Self = Self {
        size: size_of::<Self>(),
        kind: ptr::null(),
        sparse: 0,
        reject_unknown_members: 0,
        keep_unknown_statuses: 0,
        status_as_text: 0,
        framing: ptr::null(),
        at: ptr::null(),
        timestamps: ptr::null(),
        max_depth: 0,
        max_record_bytes: 0,
        table: ptr::null(),
        columns: ptr::null(),
        batch_rows: 0,
        file: ptr::null(),
        on_reject: None,
        context: ptr::null_mut(),
    };
}

/// Of options that a program passed. Null means the defaults.
///
/// # Safety
///
/// `options` is null, or points at options whose texts end with NUL.
pub(crate) unsafe fn chosen(options: *const Options) -> Result<Chosen, Failure> {
    let size = match options.is_null() {
        true => size_of::<Options>(),
        // SAFETY: by the caller's promise. Of a program that was compiled for another version, only the size is read.
        false => unsafe { ptr::addr_of!((*options).size).read() },
    };
    if size != size_of::<Options>() {
        return Err(Failure::usage(
            "options.size is not sizeof(jobview_options); call jobview_options_init first",
        ));
    }
    // SAFETY: by the caller's promise; the size was just seen.
    let options = unsafe { options.as_ref() }.unwrap_or(&Options::DEFAULT);
    // SAFETY: by the caller's promise about texts.
    let text = |value, name: &str| unsafe { text(value, name) };

    let kind = text(options.kind, "kind")?.map(|name| parsed(name, "kind")).transpose()?;
    let mut parser = jobview::Options::new();
    if let Some(framing) = text(options.framing, "framing")? {
        const FRAMINGS: [(&str, Framing); 3] = [
            ("ndjson", Framing::Ndjson),
            ("array", Framing::Array),
            ("concatenated", Framing::Concatenated),
        ];
        parser = parser.framing(one_of(framing, "framing", &FRAMINGS)?);
    }
    if let Some(at) = text(options.at, "at")? {
        parser = parser.at(parsed::<Pointer>(at, "at")?);
    }
    if options.reject_unknown_members != 0 {
        parser = parser.unknown_members(UnknownMembers::Reject);
    }
    if options.keep_unknown_statuses != 0 {
        parser = parser.unknown_variants(UnknownVariants::Keep);
    }
    match options.max_depth {
        0 => {}
        depth if depth > MAX_DEPTH => {
            return Err(Failure::usage(format!("max_depth is at most {MAX_DEPTH}")));
        }
        depth => parser = parser.max_depth(depth),
    }
    if options.max_record_bytes != 0 {
        parser = parser.max_record_bytes(options.max_record_bytes);
    }

    let mut rows = TableOptions::new();
    let timestamps = match text(options.timestamps, "timestamps")? {
        None => Timestamps::Reject,
        Some(name) => {
            const TIMESTAMPS: [(&str, Timestamps); 3] = [
                ("reject", Timestamps::Reject),
                ("null", Timestamps::Null),
                ("text", Timestamps::Text),
            ];
            one_of(name, "timestamps", &TIMESTAMPS)?
        }
    };
    rows = rows.timestamps(timestamps);
    if timestamps == Timestamps::Reject {
        parser = parser.formats(Formats::Check);
    }
    if options.status_as_text != 0 {
        rows = rows.status(StatusType::Text);
    }
    if options.batch_rows != 0 {
        rows = rows.batch_rows(options.batch_rows);
    }
    rows = match text(options.columns, "columns")? {
        None | Some("core") => rows.columns(ColumnSet::Core),
        Some("ids") => rows.columns(ColumnSet::Ids),
        Some("all") => rows.columns(ColumnSet::All),
        Some(names) => rows.column_names(names.split(',').map(str::trim)),
    };
    let table = text(options.table, "table")?.map_or(Ok(Table::Jobs), |name| parsed(name, "table"));
    Ok(Chosen {
        kind,
        is_sparse: options.sparse != 0,
        parser,
        table: table?,
        rows,
        file: text(options.file, "file")?.map(str::to_owned),
        on_reject: options.on_reject,
        context: options.context,
    })
}

impl Chosen {
    /// Calls the visitor with the type that reads the documents.
    pub(crate) fn visit<V: KindVisitor>(&self, visitor: V) -> Result<V::Output, Failure> {
        match (self.kind, self.is_sparse) {
            (None, false) => Ok(visitor.visit::<jobview::JobDocument<'static>>()),
            (None, true) => Ok(visitor.visit::<jobview::sparse::JobDocument<'static>>()),
            (Some(kind), false) => Ok(kind.visit(visitor)),
            (Some(kind), true) => kind.visit_sparse(visitor).ok_or_else(|| {
                Failure::usage(format!("sparse does not apply to documents of the kind {kind}"))
            }),
        }
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
    text: &str,
    name: &str,
) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::usage(format!("{name} is {text:?}: {error}")))
}

fn one_of<T: Copy>(text: &str, name: &str, all: &[(&str, T)]) -> Result<T, Failure> {
    match all.iter().find(|(one, _)| *one == text) {
        Some((_, value)) => Ok(*value),
        None => {
            let names: Vec<_> = all.iter().map(|(one, _)| *one).collect();
            let names = names.join(", ");
            Err(Failure::usage(format!("{name} is {text:?}: expected one of: {names}")))
        }
    }
}
