//! `jobview generate`: writes synthetic documents, and the counts that a correct reader must find in them.
//!
//! `jobview-corpus` makes the documents; this module writes them. It must not keep more than one buffer of them in
//! memory, whatever their number.
//!
//! The counts come from the generator. They are an independent check because the generator shares no code with a
//! reader. But only a reader can tell where a record is broken, and what is new to it in a stream. So the reader of
//! `stats` reads along and contributes its [`Findings`], and nothing else.

use crate::arguments::{GenerateArguments, InputArguments, conflict};
use crate::input::{Input, Manner, STDIN};
use crate::kind;
use crate::outcome::{Failure, Outcome};
use crate::output::{Sink, is_same_file, is_stdout, printable_path};
use crate::progress::Progress;
use crate::report;
use crate::stats::add_up;
use crate::totals::{Findings, KindTotals, OfCode, OfFile, OfStatus, Stats, StatusTotals, Totals};
use jobview_corpus::{Counts, Generator, Kind};
use std::io::{self, IsTerminal, PipeWriter, Write as _};
use std::path::Path;
use std::thread::{self, JoinHandle};

/// How many bytes are written at a time.
const BUFFER: usize = 1 << 18;

/// The reader of `stats`, which gets the documents through a pipe.
struct Reader {
    pipe: PipeWriter,
    thread: JoinHandle<Result<Findings, Failure>>,
}

impl Reader {
    const PIPE: &str = "<pipe>";

    /// Starts to read documents, as if from an input of this name.
    fn start(name: &str, sparse: bool) -> Result<Self, Failure> {
        let (documents, pipe) = io::pipe().map_err(Failure::about(Self::PIPE))?;
        let input = Input::pipe(name, documents);
        let thread = thread::spawn(move || {
            let arguments = InputArguments::of_stdin();
            // A signal ends `generate` at once; no counts are written then.
            let manner = Manner { show_progress: false, interruptible: false, with_lines: false };
            let (stats, _) = add_up(kind::any(sparse), &arguments, vec![input], manner)?;
            Ok(stats.findings)
        });
        Ok(Self { pipe, thread })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.pipe.write_all(bytes).map_err(Failure::about(Self::PIPE))
    }

    fn finish(self) -> Result<Findings, Failure> {
        let Self { pipe, thread } = self;
        drop(pipe);
        thread.join().expect("no thread panics")
    }
}

/// The destination of the counts.
struct CountsFile {
    file: Sink,
    reader: Reader,
}

/// Writes the documents.
pub(crate) fn run(arguments: &GenerateArguments) -> Result<Outcome, Failure> {
    let output = arguments.output.as_deref().unwrap_or(Path::new("-"));
    match arguments.counts.as_deref() {
        Some(counts) if is_stdout(output) && is_stdout(counts) => {
            return Err(conflict(
                "--counts - needs --output FILE; otherwise both go to standard output",
            ));
        }
        Some(counts) if is_same_file(output, counts) => {
            return Err(conflict("--output and --counts name the same file"));
        }
        _ => {}
    }
    let settings = arguments.settings();
    let name = if is_stdout(output) { STDIN.to_owned() } else { printable_path(output) };
    let mut counts = match &arguments.counts {
        Some(path) => Some(CountsFile {
            file: Sink::create(path)?,
            reader: Reader::start(&name, settings.sparse)?,
        }),
        None => None,
    };
    let mut sink = Sink::create(output)?;
    let show_progress = !is_stdout(output) || !io::stdout().is_terminal();
    let mut progress = Progress::of_records(arguments.documents, show_progress);
    let mut generator = Generator::new(settings);
    let mut buffer = Vec::new();
    for number in 0..arguments.documents {
        generator.write_record(&mut buffer);
        if buffer.len() >= BUFFER {
            write(&buffer, &mut sink, &mut counts)?;
            buffer.clear();
            progress.update(number);
            if sink.is_closed() {
                return Ok(Outcome::Accepted);
            }
        }
    }
    write(&buffer, &mut sink, &mut counts)?;
    sink.finish()?;
    if let Some(CountsFile { mut file, reader }) = counts {
        let stats = stats(generator.counts(), name, reader.finish()?);
        file.write(report::json(&stats).as_bytes())?;
        file.finish()?;
    }
    Ok(Outcome::Accepted)
}

fn write(bytes: &[u8], sink: &mut Sink, counts: &mut Option<CountsFile>) -> Result<(), Failure> {
    sink.write(bytes)?;
    counts.as_mut().map_or(Ok(()), |counts| counts.reader.write(bytes))
}

/// Combines the generator's own counts with the reader's findings into statistics.
fn stats(counts: &Counts, name: String, findings: Findings) -> Stats {
    let totals = totals(counts);
    let of_code = |(&code, &import_errors)| OfCode { code: str::to_owned(code), import_errors };
    let of_status = |(&status, &errors)| OfStatus { status, errors };
    let file = OfFile {
        file: name,
        bytes: totals.bytes,
        records: totals.documents + totals.rejected,
        documents: totals.documents,
        rejected: totals.rejected,
        jobs: totals.jobs,
        error: None,
    };
    Stats {
        totals,
        import_errors_by_code: counts.import_errors_by_code.iter().map(of_code).collect(),
        errors_by_status: counts.errors_by_status.iter().map(of_status).collect(),
        findings,
        files: 1,
        by_file: vec![file],
        ..Stats::default()
    }
}

/// The generator's own counts, under the names of the statistics.
fn totals(counts: &Counts) -> Totals {
    Totals {
        bytes: counts.bytes,
        documents: counts.documents,
        rejected: counts.rejected,
        kinds: KindTotals::of(|kind| {
            // The generator writes no documents of kinds that only the reader knows.
            kind.as_str().parse::<Kind>().map_or(0, |kind| counts.kinds[kind])
        }),
        jobs: counts.jobs,
        included_lists: counts.included_lists,
        included_resources: counts.included_resources,
        import_errors: counts.import_errors,
        listed_ids: counts.listed_ids,
        errors: counts.errors,
        status: StatusTotals {
            cancelled: counts.status.cancelled,
            complete: counts.status.complete,
            processing: counts.status.processing,
            queued: counts.status.queued,
            // Such jobs are among the broken records.
            other: 0,
        },
        total_count: counts.total_count,
        completed_count: counts.completed_count,
        failed_count: counts.failed_count,
        skipped_count: counts.skipped_count,
        job_errors: counts.job_errors,
        list_ids: counts.list_ids,
        profile_ids: counts.profile_ids,
        import_error_ids: counts.import_error_ids,
        related_ids: counts.related_ids,
        first_created_at: counts.first_created_at.clone(),
        last_created_at: counts.last_created_at.clone(),
    }
}
