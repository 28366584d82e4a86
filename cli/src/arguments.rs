//! The command-line arguments.
//!
//! The doc comments on subcommands and options are the help text, the man pages and the completions, so they address
//! the user of the command. This module must not open or read anything.

use crate::outcome::Failure;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use jobview::{
    DocumentKind, Formats, Framing, Kernel, MAX_DEPTH, Options, Pointer, Timestamp, UnknownMembers,
    UnknownVariants,
};
use jobview_arrow::{ColumnSet, Table};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape};
use parse_size::parse_size;
use std::convert::Infallible;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::thread::available_parallelism;

const EXIT_STATUS: &str = "\
Exit status:
  0  every record was accepted
  1  some records were rejected
  2  the command line is invalid
  3  an input could not be read, or an output could not be written
  4  stopped early, by --max-rejects or by a signal

Examples:
  jobview stats jobs.ndjson
  jobview check --rejects bad.ndjson jobs.ndjson
  jobview convert jobs.ndjson --output jobs.parquet
  jobview generate --documents 1000 | jobview stats -";

/// `{kinds}` is replaced with the names of the document kinds.
const STATS_EXAMPLES: &str = "\
With --format json, the output is one JSON object. Member names are in snake_case. Where a name appears as a value, \
it is spelled as on the command line or in the documents, for example import-errors.
The object always has these members, whatever the inputs contain:
  bytes                  bytes in all inputs, after decompression
  documents, rejected    accepted documents, rejected records
  kinds                  documents by kind
    {kinds}
  jobs                   jobs, on their own or in pages
  included_lists         lists included with jobs
  included_resources     catalog items, variants, categories and coupon codes included
                         with jobs
  import_errors          import errors with their attributes
  listed_ids             resource identifiers in pages of identifiers
  errors                 errors in error responses
  status                 jobs by status
    cancelled, complete, processing, queued, other
  total_count, completed_count, failed_count, skipped_count
                         sums of these job attributes
  job_errors             errors listed in jobs
  list_ids, profile_ids, import_error_ids
                         resource identifiers of lists, profiles and import errors in jobs
  related_ids            resource identifiers of other resources in jobs
  first_created_at, last_created_at
                         the earliest and the latest created_at of a job, as written,
                         or null
  import_errors_by_code  the first 1,000 distinct codes
    code, import_errors
  import_errors_with_other_codes
  errors_by_status       the first 1,000 distinct statuses
    status, errors
  errors_with_other_statuses
  unreadable_timestamps  jobs whose created_at is not a valid date and time
  rejected_by_kind       rejected records by error kind
    kind, records
  reasons                rejected records by error kind and JSON pointer, the first 1,000
                         distinct pairs; * stands for any array index, and long
                         pointers are truncated
    kind, pointer, records
  other_reasons          records rejected for further reasons
  unknown_members        members that are not in the schema, and where each occurred
                         first; the first 64 distinct pointers, * for any array index
    pointer, count, first.file, first.record
  other_unknown_members  occurrences of further unknown members
  layout_changes         how often the formatting of documents changed, and the first
                         64 records at which it did
    count, first.file, first.record
  files                  inputs that were read to the end
  by_file                one object for each input, in order; error is null, or says why
                         the input could not be read to the end
    file, bytes, records, documents, rejected, jobs, error

After Ctrl-C or another termination signal, stats prints what it has counted so far. If no input can be read, it \
prints only the errors. On a terminal, the table is fitted to the width; in a pipe it has no borders, and nothing in \
it is truncated. Memory use grows by one by_file object per input.

Examples:
  jobview stats jobs.ndjson
  jobview stats --verbose jobs.ndjson | less -S
  jobview stats --format json archive/*.json | jq .status
  jobview stats --format json *.gz | jq '.by_file[] | select(.error)'
  jobview stats 'archive/**/*.ndjson.gz'
  jobview stats --max-window 2GiB long.ndjson.zst
  jobview stats --kind page --sparse pages.ndjson
  jobview stats --at /body envelopes.ndjson
  curl --silent https://example.com/jobs.ndjson | jobview stats -";

const CHECK_EXAMPLES: &str = "\
For each rejected record, check prints a line FILE:LINE:COLUMN: /pointer: message. LINE and COLUMN are the position \
of the offending byte, counted from 1; columns are counted in bytes.

With --rejects -, these lines go to standard error, and standard output has only the rejected records.

A check that stops early prints the byte offset to give to --resume-from. The resumed check reports exactly what is \
left, even from the middle of an array.

Input from a pipe is checked as it arrives. When a signal stops the check, everything that has arrived is reported. \
An incomplete last record is neither accepted nor rejected, and --resume-from continues before it.

With --rejects-format ndjson, each object has these members:
  file           the name of the input
  record         the number of the record in the input, from 0
  record_offset  the byte offset at which the record begins, from 0
  line, column   the position of the offending byte, from 1
  offset         the byte offset of the offending byte, from 0
  pointer        the JSON pointer of the offending value, within the record
  kind, message  the error, for programs and for people
  remainder      whether the record is the entire rest of the input
  more           whether the next object continues the same record
  encoding       utf-8, or base64 if the record is not valid UTF-8
  raw            the record

Examples:
  jobview check jobs.ndjson
  jobview check --quiet --rejects bad.ndjson jobs.ndjson > reasons.txt
  jobview check --unknown-members reject jobs.ndjson.zst
  jobview check --kind response jobs.ndjson
  jobview check --timestamps --lenient-status jobs.ndjson
  jobview check --at /response/body 'archive/*.ndjson.zst'
  tail -f jobs.ndjson | jobview check -
  jobview check --rejects bad.ndjson --rejects-format ndjson 'archive/*.gz'
  jobview check --quiet --rejects - jobs.ndjson 2> reasons.txt | jq .data.id
  jobview check --rejects bad.ndjson --max-rejects 100 jobs.ndjson
  jobview check --rejects bad.ndjson --resume-from 81920 jobs.ndjson";

const CONVERT_EXAMPLES: &str = "\
A table has a row for each job, list, error or identifier that the documents contain, or for each rejected record. \
`jobview schema` lists the columns.

Where times have a type of their own, they are UTC, to the microsecond; in CSV and NDJSON, they are RFC 3339 with Z. In \
NDJSON, members that are null are left out. In CSV, lists of identifiers are JSON. The bytes of a rejected record are \
binary in Parquet and Arrow; in CSV and NDJSON, there is a column more, encoding: utf-8, or base64 if they are not \
valid UTF-8. Arrow is the file format, or with `-` the stream format.

The file has a temporary name until it is complete. If an input cannot be read to the end, or if convert stops early, \
there is no file; what has gone to standard output until then is not a complete table.

Besides the threads of --jobs, which parse, as many encode Parquet. Memory holds some row groups: one that fills, two \
that are encoded, and one more of these for every four threads. A row group ends early when its rows take 256 MiB.

After a second signal, convert ends at once, and a file .jobview-*.part may stay behind.

Examples:
  jobview convert jobs.ndjson --output jobs.parquet
  jobview convert 'archive/**/*.ndjson.zst' --output jobs.parquet --columns all --rejects bad.ndjson
  jobview convert jobs.ndjson --output done.csv --columns id,completed_at,failed_count --status complete
  jobview convert jobs.ndjson --output week.parquet --since 2026-08-31T00:00:00Z --until 2026-09-07T00:00:00Z
  jobview convert polled.ndjson --output running.csv --latest --status processing
  jobview convert pages.ndjson --table import_errors --output errors.parquet
  curl --silent https://example.com/jobs.ndjson | jobview convert - --output - --format ndjson";

const SCHEMA_EXAMPLES: &str = "\
The types are those of convert with its default options.

Examples:
  jobview schema
  jobview schema --table jobs --format sql | psql
  jobview schema --table jobs --format json-schema > row.schema.json";

const GENERATE_EXAMPLES: &str = "\
The same options produce the same bytes on every machine. In every layout except pretty, each record is one line.

Examples:
  jobview generate --documents 100000 > jobs.ndjson
  jobview generate --shape wide --layout escaped --output wide.ndjson --documents 100
  jobview generate --kind page --items 20 --sparse > pages.ndjson
  jobview generate --kind mixed --unknown-members > answers.ndjson
  jobview generate --varied --producers 4 --unknown-members=evolved > real.ndjson
  jobview generate --bad-every 100 --counts counts.json | jobview stats --format json -";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  jobview completions bash > ~/.local/share/bash-completion/completions/jobview
  jobview completions zsh > ~/.zfunc/_jobview
  jobview completions fish > ~/.config/fish/completions/jobview.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  jobview man > jobview.1
  jobview man check > jobview-check.1
  jobview man --out ~/.local/share/man/man1";

/// Statistics, checks, tables and synthetic data for Klaviyo job response documents
///
/// A document is a response of Klaviyo's API about a bulk job, such as a profile import: a JSON:API resource, for
/// example of the type `profile-bulk-import-job`, a page of such resources, their errors, or an error response. Inputs
/// are NDJSON, JSON arrays, or concatenated documents.
#[derive(Debug, Parser)]
#[command(name = "jobview", version, after_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    /// The subcommand.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The names of the variants of [`Command`]. `man` lists them because the definition cannot refer to itself.
const SUBCOMMANDS: [&str; 7] =
    ["stats", "check", "convert", "schema", "generate", "completions", "man"];

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Count documents, operations and identifiers; report the time span, unknown members and layout changes
    #[command(after_help = stats_examples())]
    Stats(StatsArguments),
    /// Print the place and the error of each invalid record
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Write a table of what is in the documents: Parquet, Arrow, CSV or NDJSON
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(ConvertArguments),
    /// Print the columns of the tables that convert writes
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(SchemaArguments),
    /// Write synthetic documents, reproducible from a seed
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(GenerateArguments),
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
    /// Print the man page of jobview or of a subcommand
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArguments),
}

/// The arguments of `stats`.
#[derive(Args, Debug)]
pub(crate) struct StatsArguments {
    /// Output format of the statistics
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: OutputFormat,

    /// Also print each file, the learned layout, and where unknown members and layout changes first occurred
    #[arg(long, short)]
    pub(crate) verbose: bool,

    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// How statistics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people; includes the time taken
    Table,
    /// For programs; depends only on the input
    Json,
}

/// The arguments of `check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) rejects: RejectsArguments,

    /// Skip the records before this byte offset, which an earlier check has printed
    ///
    /// There must be a single input, and OFFSET must lie between two of its records. For a compressed input, OFFSET
    /// counts decompressed bytes. The skipped part is still read, to count lines and to know whether it ends within an
    /// array, but its records are not reported. Rejected records are appended to the FILE of --rejects.
    #[arg(long, value_name = "OFFSET", value_parser = whole_number::<u64>)]
    pub(crate) resume_from: Option<u64>,

    /// Do not print a summary on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// The arguments about rejected records.
#[derive(Args, Debug)]
pub(crate) struct RejectsArguments {
    /// Write the rejected records to FILE, or to standard output with `-`
    ///
    /// With `-`, messages go to standard error, so that standard output has only records.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// Format of the rejected records in FILE
    #[arg(long, value_name = "FORMAT", default_value = "raw", requires = "rejects")]
    rejects_format: RejectsFormat,

    /// Stop after N rejected records
    ///
    /// `check` prints where to resume. `convert` leaves no table.
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroU64>)]
    max_rejects: Option<NonZeroU64>,
}

impl RejectsArguments {
    /// How rejected records are written, if they are.
    pub(crate) fn format(&self) -> Option<RejectsFormat> {
        self.rejects.as_ref().map(|_| self.rejects_format)
    }

    /// After how many rejected records to stop.
    pub(crate) fn most(&self) -> u64 {
        self.max_rejects.map_or(u64::MAX, NonZeroU64::get)
    }
}

/// How rejected records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RejectsFormat {
    /// Byte for byte, each followed by a newline
    Raw,
    /// One JSON object per line, with the record, its place and the error
    Ndjson,
}

/// The arguments of `convert`.
#[derive(Args, Debug)]
pub(crate) struct ConvertArguments {
    /// Write the table to FILE, or to standard output with `-`
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,

    /// Format of the table; the default goes by the ending of FILE
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<TableFormat>,

    /// Replace FILE if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,

    /// Which table to write
    #[arg(long, value_name = "TABLE", default_value = Table::Jobs.as_str())]
    #[arg(value_parser = table_parser())]
    pub(crate) table: Table,

    /// Columns: `core`, `ids`, `all`, or names separated by commas
    ///
    /// `core` has what a resource is, its state, times and counts. `ids` also has the identifiers of what it is
    /// related to. `all` also has what only some resources have, links, and where a row comes from.
    #[arg(long, value_name = "COLUMNS", default_value = "ids", value_parser = columns)]
    pub(crate) columns: Columns,

    /// What becomes of a date or time that is not valid according to RFC 3339
    #[arg(long, value_name = "CHOICE", default_value = "reject")]
    pub(crate) bad_timestamps: BadTimestamps,

    /// Type of the status; the default is `dictionary`, or with --lenient-status `text`
    #[arg(long, value_name = "TYPE")]
    pub(crate) status_as: Option<StatusAs>,

    /// Compression of Parquet: `zstd`, `zstd:1` to `zstd:22`, `snappy` or `none`; the default is `zstd`
    #[arg(long, value_name = "CODEC", value_parser = compression)]
    pub(crate) compression: Option<Codec>,

    /// Rows in a row group of Parquet; the default is 1048576
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroUsize>)]
    pub(crate) row_group_rows: Option<NonZeroUsize>,

    /// Write only jobs with this status; may be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) status: Vec<String>,

    /// Write only jobs that were created at TIME or later
    ///
    /// TIME is an RFC 3339 date and time, such as 2026-09-04T13:40:00Z.
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) since: Option<i64>,

    /// Write only jobs that were created before TIME
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) until: Option<i64>,

    /// Write only the job with this identifier; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) id: Vec<String>,

    /// Write only the newest state of each job
    ///
    /// A state is newer than another if its status is further on (queued, processing, then cancelled or complete), or if
    /// the status is the same and more operations are done. Of equal ones, the last is the newest. --status, --since and
    /// --until choose among the newest states. All rows come at the end of the input, even of a pipe, in the order in
    /// which the jobs were first seen.
    ///
    /// Memory grows with the number of jobs, not of states: up to 750 bytes for each job as polled, or 1,400 with
    /// --columns all, and up to twice what the identifiers in a job take.
    #[arg(long)]
    pub(crate) latest: bool,

    #[command(flatten)]
    pub(crate) rejects: RejectsArguments,

    /// Do not print a summary on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// The formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Apache Parquet
    Parquet,
    /// Arrow IPC, not compressed
    Arrow,
    /// Comma-separated values with a header
    Csv,
    /// One JSON object per line
    Ndjson,
}

/// Which columns a table gets.
#[derive(Clone, Debug)]
pub(crate) enum Columns {
    Of(ColumnSet),
    Named(Vec<String>),
}

/// What becomes of timestamps that are not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BadTimestamps {
    /// The record is rejected
    Reject,
    /// The value is null
    Null,
    /// All dates and times become text, as they are in the documents
    Text,
}

/// How the status of a job is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusAs {
    /// A dictionary of the names in the schema
    Dictionary,
    /// Text
    Text,
}

/// How a Parquet file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    /// With this level.
    Zstd(i32),
    Snappy,
    None,
}

/// The arguments of `schema`.
#[derive(Args, Debug)]
pub(crate) struct SchemaArguments {
    /// Which table; the default is all of them
    #[arg(long, value_name = "TABLE", value_parser = table_parser())]
    pub(crate) table: Option<Table>,

    /// How the columns are printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: SchemaFormat,
}

/// How columns are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaFormat {
    /// For people
    Table,
    /// CREATE TABLE, for PostgreSQL and DuckDB
    Sql,
    /// JSON Schema of a row in NDJSON
    JsonSchema,
    /// The Arrow schema, one field per line
    Arrow,
}

/// The arguments that say what to read, and how.
#[derive(Args, Debug)]
pub(crate) struct InputArguments {
    /// Files to read, or quoted patterns that match files; `-` is standard input
    ///
    /// gzip, Zstandard and xz archives are recognised by their first bytes and decompressed while they are read. Other
    /// archives, encodings other than UTF-8, and other formats that are not JSON are refused with advice on what to do.
    ///
    /// If the shell has not expanded a pattern, jobview does: `*`, `?`, `[...]`, and `**` for any number of
    /// directories. A pattern does not match directories, and it matches names that begin with a dot only if it has the
    /// dot itself. `**` does not follow links to directories. A pattern reads each file once, however many links lead
    /// to it. A file that is named twice on the command line is read twice. For a file called `-`, write `./-`.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// Number of threads; the default is the number that can run at once, but at least two
    ///
    /// The output does not depend on it. No more than 16 threads are used.
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,

    /// Accept only documents of this kind; the error for another document says which kind it is
    ///
    /// `response` also accepts a compound document and skips its included resources. `compound` also accepts a
    /// response.
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub(crate) kind: KindChoice,

    /// Accept jobs and import errors from which attributes are missing
    ///
    /// Use it for documents that were requested with sparse fieldsets, `fields[...]`. Without it, every attribute that
    /// the schema requires must be present.
    #[arg(long)]
    pub(crate) sparse: bool,

    /// How the records of a file are separated
    ///
    /// Anything that does not fit the given framing is rejected. By default, damage costs only the record that it is
    /// in, even at the start of a file: log lines, headers, a truncated record. A file whose first 64 KiB are nothing
    /// but lines is treated as NDJSON.
    #[arg(long, value_name = "FRAMING", default_value = "auto")]
    framing: FramingChoice,

    /// Where the document is in each record, if records are envelopes: `/body` for
    /// `{"fetched_at":"...","body":{...}}`
    ///
    /// POINTER is a JSON pointer (RFC 6901): a `/` before each name or index on the way, `~1` for `/` in a name and
    /// `~0` for `~`. The value there is either the document or a string that contains it. The rest of the record is
    /// skipped, but must be valid JSON.
    #[arg(long, value_name = "POINTER", default_value_t = Pointer::ROOT, hide_default_value = true)]
    at: Pointer,

    /// How to treat members that are not in the schema
    #[arg(long, value_name = "CHOICE", default_value = "skip")]
    unknown_members: UnknownMembersChoice,

    /// Accept jobs whose status is not in the schema; `stats` counts them under `other`
    #[arg(long)]
    lenient_status: bool,

    /// Reject records with a date or time that is not valid according to RFC 3339
    #[arg(long)]
    timestamps: bool,

    /// Reject records in which objects and arrays are nested more than N deep
    #[arg(long, value_name = "N", default_value_t = MAX_DEPTH)]
    #[arg(value_parser = value_parser!(u16).range(1..=i64::from(MAX_DEPTH)))]
    max_depth: u16,

    /// Reject records longer than SIZE; no more than that of a record is held in memory
    ///
    /// SIZE is a number of bytes, or a number with a unit: 1MB is 10^6 bytes, 1MiB is 2^20.
    #[arg(long, value_name = "SIZE", default_value = RECORD_SIZE)]
    #[arg(value_parser = size::<usize>)]
    max_record_bytes: usize,

    /// Reject records that need more than SIZE of memory when parsed
    #[arg(long, value_name = "SIZE", value_parser = size::<usize>)]
    max_arena_bytes: Option<usize>,

    /// Stop reading an archive that expands to more than N times its size
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = at_least_one::<u64>)]
    max_expansion: u64,

    /// Stop reading a Zstandard or xz archive whose window needs more than SIZE of memory
    ///
    /// Zstandard archives made with `--long=31` need 2GiB, which is the maximum. SIZE is rounded up to a power of two.
    #[arg(long, value_name = "SIZE", default_value = "128MiB", value_parser = window)]
    max_window: u64,
}

/// Which documents are accepted. The names are those that the library uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindChoice {
    /// All of them.
    Auto,
    /// Those of one kind.
    Only(DocumentKind),
}

impl ValueEnum for KindChoice {
    fn value_variants<'a>() -> &'a [Self] {
        const CHOICES: [KindChoice; 1 + DocumentKind::ALL.len()] = {
            let mut choices = [KindChoice::Auto; 1 + DocumentKind::ALL.len()];
            let mut n = 0;
            while n < DocumentKind::ALL.len() {
                choices[1 + n] = KindChoice::Only(DocumentKind::ALL[n]);
                n += 1;
            }
            choices
        };
        &CHOICES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Auto => {
                PossibleValue::new("auto").help("every kind, recognised from each document")
            }
            Self::Only(kind) => PossibleValue::new(kind.as_str()).help(kind.description()),
        })
    }
}

/// The help about the output of `stats`, with the members for the kinds filled in.
fn stats_examples() -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in DocumentKind::ALL.map(|kind| kind.as_str().replace('-', "_")) {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() < 70 => *line += &format!(", {name}"),
            _ => lines.push(name),
        }
    }
    STATS_EXAMPLES.replace("{kinds}", &lines.join("\n    "))
}

/// The name and the help of a document kind for `generate`.
fn generated(kind: Kind) -> PossibleValue {
    let known = kind.name().parse::<DocumentKind>();
    let help = known.map_or("a mix of all kinds", DocumentKind::description);
    PossibleValue::new(kind.name()).help(help)
}

/// The name and the help of a choice of unknown members for `generate`.
fn added(extra: ExtraMembers) -> PossibleValue {
    PossibleValue::new(extra.name()).help(match extra {
        ExtraMembers::Assorted => "some of a dozen names, different in each document, anywhere",
        ExtraMembers::Evolved => {
            "the same in all documents, as a later revision of the API would add them"
        }
        ExtraMembers::Strewn => "names that hardly ever repeat, anywhere",
        _ => "no unknown members",
    })
}

/// The name and the help of a layout for `generate`.
fn written(layout: Layout) -> PossibleValue {
    PossibleValue::new(layout.name()).help(match layout {
        Layout::Spaced => "as Python writes it: spaces after commas and colons, ASCII only",
        Layout::Sorted => "members sorted by name",
        Layout::Pretty => "indented, over many lines",
        Layout::Escaped => "escapes in every string and in some names",
        Layout::Shuffled => "members in any order, and any white space",
        Layout::Slashed => "every slash escaped, as PHP does",
        Layout::Wild => "members in any order, any white space, and some escapes",
        _ => "as the API writes it, without white space",
    })
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FramingChoice {
    /// Any mix of lines, arrays, and pretty-printed or separated documents
    Auto,
    /// One record per line
    Ndjson,
    /// One array of documents
    Array,
    /// One document after another, with any white space or record separators in between
    Concatenated,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UnknownMembersChoice {
    /// Check that they are valid JSON, and ignore them
    Skip,
    /// Reject the record
    Reject,
}

/// Limits for decompression.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many times its own size an archive may expand to.
    pub(crate) max_expansion: u64,
    /// How many decompressed bytes the decoder may have to keep.
    pub(crate) max_window: u64,
}

impl InputArguments {
    /// The defaults: those of `stats -`.
    pub(crate) fn of_stdin() -> Self {
        match Arguments::parse_from(["jobview", "stats", "-"]).command {
            Command::Stats(StatsArguments { input, .. }) => input,
            _ => unreachable!("that is its name"),
        }
    }

    /// How many threads read and parse.
    pub(crate) fn jobs(&self) -> usize {
        let as_many_as_can = || available_parallelism().map_or(1, NonZeroUsize::get);
        // With two, one can parse while the other waits for the disk.
        self.jobs.map_or_else(|| as_many_as_can().max(2), NonZeroUsize::get)
    }

    /// The limits for archives.
    pub(crate) fn limits(&self) -> Limits {
        Limits { max_expansion: self.max_expansion, max_window: self.max_window }
    }

    /// Whether there is a limit for the arena.
    pub(crate) fn limits_arena(&self) -> bool {
        self.max_arena_bytes.is_some()
    }

    /// Whether dates and times are checked.
    pub(crate) fn checks_timestamps(&self) -> bool {
        self.timestamps
    }

    /// Lets dates and times be checked.
    pub(crate) fn check_timestamps(&mut self) {
        self.timestamps = true;
    }

    /// Whether any status is accepted.
    pub(crate) fn accepts_any_status(&self) -> bool {
        self.lenient_status
    }

    /// The options for the parser.
    pub(crate) fn options(&self) -> Options {
        let unknown_members = match self.unknown_members {
            UnknownMembersChoice::Skip => UnknownMembers::Skip,
            UnknownMembersChoice::Reject => UnknownMembers::Reject,
        };
        let mut options = Options::new()
            .at(self.at)
            .max_depth(self.max_depth)
            .max_record_bytes(self.max_record_bytes)
            .unknown_members(unknown_members);
        if self.lenient_status {
            options = options.unknown_variants(UnknownVariants::Keep);
        }
        if self.timestamps {
            options = options.formats(Formats::Check);
        }
        options = match self.framing {
            FramingChoice::Auto => options,
            FramingChoice::Ndjson => options.framing(Framing::Ndjson),
            FramingChoice::Array => options.framing(Framing::Array),
            FramingChoice::Concatenated => options.framing(Framing::Concatenated),
        };
        if let Some(bytes) = self.max_arena_bytes {
            options = options.max_arena_bytes(bytes);
        }
        // For tests and benchmarks. A kernel that this CPU does not support is ignored.
        let kernel = std::env::var("JOBVIEW_KERNEL").ok();
        if let Some(kernel) = kernel.and_then(|name| Kernel::named(&name)) {
            options = options.kernel(kernel);
        }
        options
    }
}

/// The arguments of `generate`.
#[derive(Args, Debug)]
pub(crate) struct GenerateArguments {
    /// How many records to write, including broken ones
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1000, value_parser = whole_number::<u64>)]
    pub(crate) documents: u64,

    /// Seed; each seed gives different documents
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = whole_number::<u64>)]
    seed: u64,

    /// Which kind of documents to write
    #[arg(long, value_name = "KIND", default_value = Kind::Response.name())]
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(generated))
        .try_map(|name| name.parse::<Kind>()))]
    kind: Kind,

    /// Size of a job: as polled (1.3 KB), with some ids inline (2 KB), or with thousands of ids (390 KB)
    #[arg(long, value_name = "SHAPE", default_value = Shape::Poll.name())]
    #[arg(value_parser = PossibleValuesParser::new(Shape::ALL.map(Shape::name))
        .try_map(|name| name.parse::<Shape>()))]
    shape: Shape,

    /// How documents are formatted
    #[arg(long, value_name = "LAYOUT", default_value = Layout::Compact.name())]
    #[arg(value_parser = PossibleValuesParser::new(Layout::ALL.map(written))
        .try_map(|name| name.parse::<Layout>()))]
    layout: Layout,

    /// Number of jobs, import errors or identifiers in a full page
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = whole_number::<u32>)]
    items: u32,

    /// Leave out attributes of jobs and import errors, as with sparse fieldsets
    #[arg(long)]
    sparse: bool,

    /// Write import errors and error responses in every form that an API revision or a known producer uses
    #[arg(long)]
    every_form: bool,

    /// Let jobs vary: omitted members, nulls, values of any length
    #[arg(long)]
    varied: bool,

    /// Simulate N producers that take turns, each with its own member order
    #[arg(long, value_name = "N", default_value = "1", value_parser = at_least_one::<NonZeroU32>)]
    producers: NonZeroU32,

    /// Add members that are not in the schema; without WHICH, `assorted`
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = ExtraMembers::None.name(), default_missing_value = ExtraMembers::Assorted.name())]
    #[arg(hide_default_value = true)]
    #[arg(value_parser = PossibleValuesParser::new(ExtraMembers::ALL.map(added))
        .try_map(|name| name.parse::<ExtraMembers>()))]
    unknown_members: ExtraMembers,

    /// Break every N-th record
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroU64>)]
    bad_every: Option<NonZeroU64>,

    /// Write the documents to FILE; `-`, the default, is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write to FILE, or to standard output with `-`, exactly what `stats --format json` prints for the documents
    ///
    /// The counts are those for `stats` with the same --sparse, reading the --output FILE, or else standard input. The
    /// generator itself counts what is in the documents. Only a reader can tell why records are rejected and what is
    /// new in the stream; for these members, the reader of `stats` is used. Records longer than 64 MiB are counted as
    /// documents, although `stats` rejects them by default.
    #[arg(long, value_name = "FILE")]
    pub(crate) counts: Option<PathBuf>,
}

impl GenerateArguments {
    /// The settings for the generator.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            kind: self.kind,
            items: self.items,
            sparse: self.sparse,
            every_form: self.every_form,
            varied: self.varied,
            producers: self.producers,
            unknown_members: self.unknown_members,
            bad_every: self.bad_every,
            ..Settings::new(self.seed, self.shape, self.layout)
        }
    }
}

/// The arguments of `completions`.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// The shell to print the script for
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// The arguments of `man`.
#[derive(Args, Debug)]
pub(crate) struct ManArguments {
    /// The subcommand whose page to print; by default, the page of jobview
    #[arg(value_name = "COMMAND", value_parser = SUBCOMMANDS)]
    pub(crate) subcommand: Option<String>,

    /// Write all pages into DIR, which is created if needed
    #[arg(long, value_name = "DIR", conflicts_with = "subcommand")]
    pub(crate) out: Option<PathBuf>,
}

/// A usage error for arguments that contradict each other, in the style of clap.
pub(crate) fn conflict(message: &str) -> Failure {
    Failure::Usage(Arguments::command().error(ErrorKind::ArgumentConflict, message))
}

/// A usage error for an argument whose value turned out to be invalid.
pub(crate) fn wrong_value(message: &str) -> Failure {
    Failure::Usage(Arguments::command().error(ErrorKind::ValueValidation, message))
}

fn whole_number<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    let number: u64 = text
        .parse()
        .map_err(|_| "it must be a whole number, such as 1000, without a unit".to_owned())?;
    T::try_from(number).map_err(|_| format!("{number} is too large"))
}

/// A whole number that is not zero.
fn at_least_one<T: TryFrom<NonZeroU64>>(text: &str) -> Result<T, String> {
    let number = NonZeroU64::new(whole_number(text)?);
    let number = number.ok_or_else(|| "it must be at least 1".to_owned())?;
    T::try_from(number).map_err(|_| format!("{number} is too large"))
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    at_least_one(text)
        .map_err(|why| format!("{why}; leave it out to use as many as the machine can run at once"))
}

/// A number of bytes, with or without a unit.
fn size<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    match parse_size(text) {
        Ok(0) => Err("it must be at least one byte".to_owned()),
        Ok(bytes) => T::try_from(bytes).map_err(|_| format!("{bytes} bytes are too many")),
        Err(parse_size::Error::PosOverflow) => Err("it is too large".to_owned()),
        Err(_) => Err(
            "it must be a number of bytes, or a number with a unit: 500kB, 64MB (10^6 bytes), 64MiB (2^20)"
                .to_owned(),
        ),
    }
}

fn table_parser() -> impl TypedValueParser<Value = Table> {
    let parse = |name: String| name.parse::<Table>();
    PossibleValuesParser::new(Table::ALL.map(Table::as_str)).try_map(parse)
}

/// A set of columns, or names. Whether the table has these names is checked later.
fn columns(text: &str) -> Result<Columns, Infallible> {
    Ok(match text {
        "core" => Columns::Of(ColumnSet::Core),
        "ids" => Columns::Of(ColumnSet::Ids),
        "all" => Columns::Of(ColumnSet::All),
        names => Columns::Named(names.split(',').map(str::to_owned).collect()),
    })
}

fn compression(text: &str) -> Result<Codec, String> {
    let level = |text: &str| text.parse().ok().filter(|level| (1..=22).contains(level));
    match text.split_once(':') {
        None if text == "zstd" => Some(Codec::Zstd(ZSTD_LEVEL)),
        None if text == "snappy" => Some(Codec::Snappy),
        None if text == "none" => Some(Codec::None),
        Some(("zstd", text)) => level(text).map(Codec::Zstd),
        _ => None,
    }
    .ok_or_else(|| "it must be zstd, zstd:1 to zstd:22, snappy or none".to_owned())
}

/// A date and time, in microseconds since 1970.
fn instant(text: &str) -> Result<i64, String> {
    Timestamp::new(text).unix_micros().map_err(|error| error.to_string())
}

fn window(text: &str) -> Result<u64, String> {
    match size(text)? {
        bytes @ 1024..=MAX_WINDOW => Ok(bytes),
        _ => Err("it must be from 1KiB to 2GiB".to_owned()),
    }
}

/// The level of Zstandard for tables: others take much longer for little.
pub(crate) const ZSTD_LEVEL: i32 = 1;

/// The largest window that the decoders support.
const MAX_WINDOW: u64 = 1 << 31;

/// `STREAM_RECORD_BYTES`, in a readable form.
const RECORD_SIZE: &str = "64MiB";

#[cfg(test)]
mod tests {
    use super::*;
    use jobview::STREAM_RECORD_BYTES;

    #[test]
    fn sizes_may_have_units() {
        for (text, bytes) in [
            ("1000", 1000),
            ("64MB", 64_000_000),
            ("64 MiB", 64 << 20),
            ("1GB", 1_000_000_000),
            ("512k", 512_000),
            ("512KiB", 512 << 10),
            ("1.5mb", 1_500_000),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "0", "many", "64 apples", "-1", "99999999EB"] {
            assert!(size::<u64>(text).is_err_and(|why| why.starts_with("it ")), "{text}");
        }
        assert_eq!(size(RECORD_SIZE), Ok(STREAM_RECORD_BYTES));
        assert_eq!(window("2GiB"), Ok(MAX_WINDOW));
        assert!(window("2147483649").is_err() && window("1023").is_err());
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_generated_has_the_names_of_the_library() {
        let (mixed, kinds) = Kind::ALL.split_last().expect("there are some");
        assert!(kinds.iter().map(|kind| kind.name()).eq(DocumentKind::ALL.map(|it| it.as_str())));
        assert_eq!(mixed.name(), "mixed");
    }

    #[test]
    fn each_subcommand_can_have_its_man_page_printed() {
        let command = Arguments::command();
        assert!(command.get_subcommands().map(|command| command.get_name()).eq(SUBCOMMANDS));
    }
}
