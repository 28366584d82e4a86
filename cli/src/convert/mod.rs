//! `jobview convert`: writes a table of what is in the documents.
//!
//! - [`rows`] makes rows in the threads that parse, [`filter`] chooses jobs, and [`text`] makes text of rows there, too.
//! - [`latest`] keeps the rows of the newest states, if only these are asked for.
//! - [`text`], [`arrow`] and [`parquet`] write what has been made, in input order: each is a [`mod@format`]. [`pool`] has the
//!   threads that encode.
//! - [`target`] is the file, which has its name only once it is complete.

mod arrow;
mod filter;
mod format;
mod latest;
mod parquet;
mod pool;
mod rows;
mod target;
mod text;

use crate::arguments::{
    BadTimestamps, Codec, Columns, ConvertArguments, StatusAs, TableFormat, ZSTD_LEVEL, conflict,
    wrong_value,
};
use crate::input::{Batch, Ending, Input, Manner, Visited, for_each_batch, list, threads};
use crate::kind::readers;
use crate::outcome::{Failure, Outcome};
use crate::output::{Sink, complain, counted, is_same_file, is_stdout, printable_path};
use crate::rejects;
use ::arrow_schema::SchemaRef;
use arrow::ArrowWriter;
use clap::ValueEnum as _;
use filter::Filter;
use format::{Format, Made};
use jobview_arrow::arrow_60::schema;
use jobview_arrow::{StatusType, Table, TableBuilder, TableOptions, Timestamps};
use latest::Collection;
use parquet::ParquetWriter;
use rows::{Found, Plan};
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};
use target::Target;
use text::{TextFormat, TextWriter};

/// The results so far, and where they are written.
struct Conversion {
    /// The printable name of the table.
    name: String,
    format: Box<dyn Format>,
    /// The newest state of each job, if only these are written. That is done at the end.
    latest: Option<Collection>,
    /// How rows are written if they are text.
    text: Option<TextFormat>,
    /// The destination of the rejected records.
    rejects: Option<Sink>,
    /// Whether to flush the results after each batch.
    at_once: bool,
    most: u64,
    documents: u64,
    rows: u64,
    rejected: u64,
    /// Whether the last reject was a piece of a record of which more follows.
    within: bool,
    /// Where and why the first record was rejected.
    reason: Vec<u8>,
}

impl Conversion {
    fn take(&mut self, batch: Batch<Found>) -> Result<ControlFlow<()>, Failure> {
        let Batch { file, found, .. } = batch;
        if self.rejected == 0 {
            self.reason = found.reason;
        }
        for reject in &found.rejected {
            if !self.within {
                self.rejected += 1;
            }
            self.within = reject.more;
            if let Some(rejects) = &mut self.rejects {
                rejects.write(&found.letters[reject.letter.clone()])?;
            }
            if self.rejected == self.most && !self.within {
                return Ok(ControlFlow::Break(()));
            }
        }
        if let Some(error) = found.error {
            return Err(Failure::Io { name: file.to_string(), error });
        }
        self.documents += found.documents;
        self.rows += found.rows;
        let written = match (&mut self.latest, found.newest) {
            (Some(latest), Some(newest)) => latest.merge(newest).map_err(io::Error::other),
            _ => self.format.write(Made { batches: found.batches, text: found.text }),
        };
        written.map_err(Failure::about(&self.name))?;
        if self.at_once {
            self.flush()?;
        }
        Ok(match self.format.is_closed() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }

    fn flush(&mut self) -> Result<(), Failure> {
        if let Some(rejects) = &mut self.rejects {
            rejects.finish()?;
        }
        self.format.flush().map_err(Failure::about(&self.name))
    }

    /// Writes the newest states, if that is what is written.
    fn write_latest(&mut self) -> Result<(), Failure> {
        let Some(latest) = self.latest.take() else { return Ok(()) };
        let Self { format, text, rows, .. } = self;
        let written = latest.finish(|batch| {
            *rows += batch.num_rows() as u64;
            let mut made = Made { batches: Vec::new(), text: Vec::new() };
            match text {
                Some(text) => text.write(&mut made.text, &batch).map_err(io::Error::other)?,
                None => made.batches.push(batch),
            }
            format.write(made)?;
            Ok(match format.is_closed() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        });
        written.map_err(Failure::about(&self.name))
    }

    /// Completes the table, and gives it its name.
    fn finish(self) -> Result<(), Failure> {
        let finished = self.format.finish().and_then(|mut target| {
            target.flush()?;
            target.keep()
        });
        finished.map_err(Failure::about(&self.name))
    }

    /// How many rows there are, and why the first record was rejected.
    fn summary(&self) -> String {
        let (rows, documents) = (counted(self.rows, "row"), counted(self.documents, "document"));
        let rejected = counted(self.rejected, "record");
        let first = match self.rejected {
            0 => String::new(),
            _ => format!("first: {}", String::from_utf8_lossy(&self.reason)),
        };
        format!("{rows} from {documents}, {rejected} rejected\n{first}")
    }
}

/// Writes the table.
pub(crate) fn run(mut arguments: ConvertArguments) -> Result<Outcome, Failure> {
    let format = format(&arguments)?;
    let options = options(&arguments)?;
    // Rows need valid timestamps; with them, the parser says which ones are not.
    if arguments.bad_timestamps == BadTimestamps::Reject {
        arguments.input.check_timestamps();
    }
    let filter = Filter::new(&arguments)?;
    if arguments.latest && arguments.table != Table::Jobs {
        return Err(conflict(&format!(
            "--latest is for the table jobs, not for {}",
            arguments.table
        )));
    }
    let table = TableBuilder::new(arguments.table, &options);
    let table = table.map_err(|error| wrong_value(&error.to_string()))?;
    let schema = Arc::new(schema(table.fields()));
    let with_lines = table.fields().iter().any(|field| field.name == "_line");

    let readers = readers(&arguments.input)?;
    let inputs = list(&arguments.input.files);
    let at_once = inputs.iter().any(Input::is_live);
    let target = target(&arguments, &inputs)?;
    let rejects = arguments.rejects.rejects.as_deref().map(Sink::create).transpose()?;
    let text = match format {
        TableFormat::Csv => Some(TextFormat::Csv),
        TableFormat::Ndjson => Some(TextFormat::Ndjson),
        TableFormat::Arrow | TableFormat::Parquet => None,
    };
    let name = match is_stdout(&arguments.output) {
        true => "<stdout>".to_owned(),
        false => printable_path(&arguments.output),
    };
    let conversion = Conversion {
        latest: arguments.latest.then(|| Collection::new(Arc::clone(&schema))),
        text,
        format: writer(&arguments, format, target, schema).map_err(Failure::about(&name))?,
        name,
        rejects,
        at_once,
        most: arguments.rejects.most(),
        documents: 0,
        rows: 0,
        rejected: 0,
        within: false,
        reason: Vec::new(),
    };
    let rejects = arguments.rejects.format();
    let (table, latest, spare) = (arguments.table, arguments.latest, Mutex::default());
    let plan = Arc::new(Plan { table, options, filter, latest, text, rejects, spare });
    let visit = move |found: &mut Found, file: &str, visited: Visited<'_>| {
        found.add(&plan, file, visited);
    };
    let manner = Manner { show_progress: true, interruptible: true, with_lines };
    let (input, take) = (&arguments.input, Conversion::take);
    let (seen, mut done) = for_each_batch(readers, input, inputs, manner, visit, conversion, take)?;

    if let Some(rejects) = &mut done.rejects {
        rejects.finish()?;
    }
    let stopped = done.rejected == done.most && !done.within;
    let why = match seen.ending {
        Ending::Interrupted => Some(format!("interrupted{}", seen.cut_off())),
        Ending::Broken if stopped => Some(format!(
            "stopped after {}, the limit of --max-rejects",
            counted(done.rejected, "rejected record")
        )),
        _ if seen.some_unreadable => Some("not all inputs could be read".to_owned()),
        _ => None,
    };
    let outcome = match (seen.some_unreadable, &why, done.rejected) {
        (true, ..) => Outcome::Unreadable,
        (_, Some(_), _) => Outcome::Stopped,
        (.., 0) => Outcome::Accepted,
        _ => Outcome::Rejected,
    };
    match why {
        None => {
            done.write_latest()?;
            let (summary, is_closed) = (done.summary(), done.format.is_closed());
            done.finish()?;
            if !arguments.quiet && !is_closed {
                // If standard error is closed, there is nowhere to report to.
                let _ = io::stderr().write_all(summary.as_bytes());
            }
        }
        Some(why) => {
            let name = done.name.clone();
            let result = match is_stdout(&arguments.output) {
                true => "the table is not complete".to_owned(),
                false => format!("{name} has not been written"),
            };
            complain(&format_args!("{why}; {result}"));
            done.format.flush().map_err(Failure::about(&name))?;
        }
    }
    Ok(outcome)
}

/// The format that is asked for, or that the ending of the file stands for.
fn format(arguments: &ConvertArguments) -> Result<TableFormat, Failure> {
    let ConvertArguments { output, format, compression, row_group_rows, .. } = arguments;
    let by_ending = |path: &Path| {
        let ending = path.extension()?.to_str()?;
        TableFormat::from_str(ending, true).ok()
    };
    let format = match format.or_else(|| by_ending(output)) {
        Some(format) => format,
        None if is_stdout(output) => {
            return Err(wrong_value("--output - needs a --format: parquet, arrow, csv or ndjson"));
        }
        None => {
            return Err(wrong_value(&format!(
                "the ending of {} stands for no format; there are .parquet, .arrow, .csv and .ndjson, \
                 or else --format says which",
                printable_path(output)
            )));
        }
    };
    match (format, compression, row_group_rows) {
        (TableFormat::Parquet, ..) | (_, None, None) => Ok(format),
        (_, Some(_), _) => Err(conflict("--compression is for Parquet only")),
        _ => Err(conflict("--row-group-rows is for Parquet only")),
    }
}

/// How documents become rows.
fn options(arguments: &ConvertArguments) -> Result<TableOptions, Failure> {
    let input = &arguments.input;
    let timestamps = match arguments.bad_timestamps {
        BadTimestamps::Reject => Timestamps::Reject,
        _ if input.checks_timestamps() => {
            return Err(conflict("--timestamps rejects what --bad-timestamps is about"));
        }
        BadTimestamps::Null => Timestamps::Null,
        BadTimestamps::Text => Timestamps::Text,
    };
    let status = match (arguments.status_as, input.accepts_any_status()) {
        (Some(StatusAs::Dictionary), true) => {
            return Err(conflict("with --lenient-status, a status must be text"));
        }
        (Some(StatusAs::Dictionary) | None, false) => StatusType::Dictionary,
        (Some(StatusAs::Text), _) | (None, true) => StatusType::Text,
    };
    let options = TableOptions::new().timestamps(timestamps).status(status);
    Ok(match &arguments.columns {
        Columns::Of(set) => options.columns(*set),
        Columns::Named(names) => options.column_names(names.iter().map(String::as_str)),
    })
}

/// The target, unless it is also an input, or the file of rejected records.
fn target(arguments: &ConvertArguments, inputs: &[Input]) -> Result<Target, Failure> {
    let (output, rejects) = (&arguments.output, &arguments.rejects);
    rejects::not_an_input(rejects, inputs)?;
    if !is_stdout(output) && inputs.iter().any(|input| input.is_at(output)) {
        return Err(conflict("--output names one of the inputs, which would be overwritten"));
    }
    let is_output = |path: &Path| match is_stdout(path) {
        true => is_stdout(output),
        false => is_same_file(path, output),
    };
    if rejects.rejects.as_deref().is_some_and(is_output) {
        return Err(conflict("--output and --rejects name the same file"));
    }
    Target::create(output, arguments.overwrite)
}

fn writer(
    arguments: &ConvertArguments,
    format: TableFormat,
    target: Target,
    schema: SchemaRef,
) -> io::Result<Box<dyn Format>> {
    Ok(match format {
        TableFormat::Csv => Box::new(TextWriter::new(target, TextFormat::Csv, &schema)?),
        TableFormat::Ndjson => Box::new(TextWriter::new(target, TextFormat::Ndjson, &schema)?),
        TableFormat::Arrow => Box::new(ArrowWriter::new(target, schema)?),
        TableFormat::Parquet => {
            let codec = arguments.compression.unwrap_or(Codec::Zstd(ZSTD_LEVEL));
            let rows = arguments.row_group_rows.map_or(parquet::ROWS, NonZeroUsize::get);
            let threads = threads(&arguments.input);
            Box::new(ParquetWriter::new(target, schema, codec, rows, threads)?)
        }
    })
}
