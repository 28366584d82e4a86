//! What can be asked for on the command line.
//!
//! The doc comments here are the help text, the man pages and the completions; they speak to the person at
//! the keyboard. Must not open or read anything.

use crate::outcome::Failure;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use jobview::{
    DocumentKind, Formats, Framing, Kernel, MAX_DEPTH, Options, Pointer, UnknownMembers,
    UnknownVariants,
};
use jobview_corpus::{ExtraMembers, Kind, Layout, Settings, Shape};
use parse_size::parse_size;
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::thread::available_parallelism;

const EXIT_STATUS: &str = "\
Exit status:
  0  everything was accepted
  1  something was rejected
  2  the command line makes no sense
  3  something could not be read or written
  4  stopped before the end, as --max-rejects or a signal demanded

Examples:
  jobview stats jobs.ndjson
  jobview check --rejects bad.ndjson jobs.ndjson
  jobview generate --documents 1000 | jobview stats -";

/// With a place for the kinds.
const STATS_EXAMPLES: &str = "\
The object of --format json has these members, whatever there is in the inputs. Members have names in snake_case. \
Names that are values are those of the command line and of the documents, such as import-errors.
  bytes                  bytes of all inputs, unpacked
  documents, rejected    accepted documents, rejected records
  kinds                  documents by kind
    {kinds}
  jobs                   jobs, alone or in pages
  included_lists         lists that are included with jobs
  included_resources     catalog items, variants, categories and coupon codes that are
  import_errors          import errors with their attributes
  listed_ids             resource identifiers in pages of them
  errors                 errors in error responses
  status                 jobs by status
    cancelled, complete, processing, queued, other
  total_count, completed_count, failed_count, skipped_count
                         sums of these attributes of jobs
  job_errors             errors that jobs list themselves
  list_ids, profile_ids, import_error_ids
                         resource identifiers in jobs
  related_ids            resource identifiers of anything else in jobs
  first_created_at, last_created_at
                         the earliest and the latest time, as written, or null
  import_errors_by_code  the first 1,000 different codes
    code, import_errors
  import_errors_with_other_codes
  errors_by_status       the first 1,000 different statuses
    status, errors
  errors_with_other_statuses
  unreadable_timestamps  jobs whose created_at is no date and time
  rejected_by_kind       rejected records by the kind of error
    kind, records
  reasons                the same by kind and JSON pointer, * for any index of an array,
                         the first 1,000 different ones; long pointers are cut
    kind, pointer, records
  other_reasons          records rejected for further reasons
  unknown_members        members that the schema does not name, and where each came
                         first; the first 64 different ones, * for any index
    pointer, count, first.file, first.record
  other_unknown_members  how many times further ones came
  layout_changes         how often documents were suddenly written in another way,
                         and the first 64 records with which that began
    count, first.file, first.record
  files                  inputs that could be read to their end
  by_file                each input in its order; error is null or says why it could
                         not be read to its end. Memory grows by one object an input
    file, bytes, records, documents, rejected, jobs, error

Ctrl-C, or another signal that ends programs, has it print what it has counted. Of inputs none of which can be read it prints \
the errors only. The table fits the terminal; in a pipe it has no lines around it, and nothing in it is cut.

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
Each rejected record is a line FILE:LINE:COLUMN: /pointer: message. LINE and COLUMN are those of the \
failing byte, from 1; the column counts bytes.

With --rejects -, these lines are on standard error, and standard output has the rejected records only.

A check that stops before the end tells the byte from which --resume-from goes on. It finds exactly the rest \
then, arrays included.

What comes through a pipe is reported as it comes. When a signal stops the check, all that has come by then is \
reported; a record that has not ended is not judged, and --resume-from goes on before it.

The objects of --rejects-format ndjson have these members:
  file           the name of the input
  record         the number of the record in it, from 0
  record_offset  the byte at which the record begins, from 0
  line, column   those of the failing byte, from 1
  offset         the failing byte, from 0
  pointer        the JSON pointer of what is wrong, in the record
  kind, message  the error, for programs and for people
  remainder      whether the record is all the rest of the input
  more           whether the next object has more of the same record
  encoding       utf-8, or base64 where the record is no text
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

const GENERATE_EXAMPLES: &str = "\
The same options give the same bytes, on every machine. Every layout but pretty is a line a record.

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

/// Statistics, checks and synthetic data for Klaviyo job response documents
///
/// A document is what Klaviyo's API answers when profiles are imported in bulk: a JSON:API resource of the
/// type `profile-bulk-import-job`, a page of them, their errors, or a refusal. Inputs are NDJSON, JSON arrays, or documents one after another.
#[derive(Debug, Parser)]
#[command(name = "jobview", version, after_help = EXIT_STATUS)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The names in [`Command`], for `man`: the definition cannot ask itself while it is being made.
const SUBCOMMANDS: [&str; 5] = ["stats", "check", "generate", "completions", "man"];

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Count documents, operations and identifiers, and show the time they span and what is new in them
    #[command(after_help = stats_examples())]
    Stats(StatsArguments),
    /// Print where each bad record is and what is wrong with it
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Write synthetic documents, the same for the same seed
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(GenerateArguments),
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
    /// Print the man page, of jobview or of a subcommand
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArguments),
}

/// What `stats` can be told.
#[derive(Args, Debug)]
pub(crate) struct StatsArguments {
    /// How to print the statistics
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: OutputFormat,

    /// Show with the table each file, what was learned of the layout, and where unknown members and other layouts began
    #[arg(long, short)]
    pub(crate) verbose: bool,

    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// How statistics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people, with the time it took
    Table,
    /// For programs; the same for the same input
    Json,
}

/// What `check` can be told.
#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    /// Write the rejected records to FILE, or `-` for standard output; with --resume-from, add them to it
    ///
    /// With `-`, the lines that say where and why go to standard error, so that standard output has records only.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// How to write rejected records to FILE
    #[arg(long, value_name = "FORMAT", default_value = "raw", requires = "rejects")]
    pub(crate) rejects_format: RejectsFormat,

    /// Stop after N rejected records, and tell where
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroU64>)]
    pub(crate) max_rejects: Option<NonZeroU64>,

    /// Pass over the records before this byte, as the run before has told
    ///
    /// It must be between two records of the only input; where that is an archive, of what is in it. What comes
    /// before is read all the same, so that lines are counted and the middle of an array makes sense, and not
    /// reported.
    #[arg(long, value_name = "OFFSET", value_parser = whole_number::<u64>)]
    pub(crate) resume_from: Option<u64>,

    /// Print no summary on standard error
    #[arg(long, short)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// How rejected records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RejectsFormat {
    /// Byte for byte, each followed by a newline
    Raw,
    /// A JSON object a line, which says where the record was and what is wrong with it
    Ndjson,
}

/// What to read, and how.
#[derive(Args, Debug)]
pub(crate) struct InputArguments {
    /// Files to read, or patterns of them in quotes; `-` is standard input
    ///
    /// gzip, Zstandard and xz archives, told by their first bytes, are unpacked while they are read. Other archives, other
    /// encodings than UTF-8, and whatever else is no JSON are refused with a hint at what to do.
    ///
    /// Patterns, with `*`, `?`, `[...]`, and `**` for any directories, are expanded where the shell has not done it.
    /// They leave out directories, and names that begin with a dot unless the pattern has the dot. `**` does not follow
    /// links to directories. A pattern reads each file once, however many links lead to it; what is named twice on the
    /// command line is read twice. A file called `-` is `./-`.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// How many threads read and parse in turns; by default as many as can run at once, but two at least
    ///
    /// The output is the same however many there are. More than 16 are of no use.
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,

    /// Which kind of document is accepted; another is rejected, with what it is
    ///
    /// `response` accepts a compound document, too, and passes over what it includes; `compound` accepts a response.
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub(crate) kind: KindChoice,

    /// Accept jobs and import errors without the attributes that were not asked for
    ///
    /// This is for what was asked for with `fields[...]`. Without it, attributes that the schema requires must be there.
    #[arg(long)]
    pub(crate) sparse: bool,

    /// How the records of a file follow one another
    ///
    /// What is told is obeyed, and text that contradicts it is rejected. By default damage costs the record that it is
    /// in, at the start of a file too: log lines, headers, a record that is cut. After 64 KiB of nothing but lines a
    /// file is NDJSON.
    #[arg(long, value_name = "FRAMING", default_value = "auto")]
    framing: FramingChoice,

    /// Where in each record the document is: for archives of envelopes, such as `/body` for
    /// `{"fetched_at":"...","body":{...}}`
    ///
    /// POINTER is a JSON pointer (RFC 6901): a `/` before each name or index on the way, `~1` for `/` in a name and
    /// `~0` for `~`. What is there is the document, or a string with its text. The rest of the record is checked as
    /// JSON and passed over.
    #[arg(long, value_name = "POINTER", default_value_t = Pointer::ROOT, hide_default_value = true)]
    at: Pointer,

    /// What to do with members of documents that the schema does not name
    #[arg(long, value_name = "CHOICE", default_value = "skip")]
    unknown_members: UnknownMembersChoice,

    /// Accept jobs with a status that the schema does not name; `stats` counts them under `other`
    #[arg(long)]
    lenient_status: bool,

    /// Reject records with a date or time that is not written as RFC 3339 says
    #[arg(long)]
    timestamps: bool,

    /// Reject records that nest deeper than N objects and arrays
    #[arg(long, value_name = "N", default_value_t = MAX_DEPTH)]
    #[arg(value_parser = value_parser!(u16).range(1..=i64::from(MAX_DEPTH)))]
    max_depth: u16,

    /// Reject records longer than SIZE, which is as much as is held of one at a time
    ///
    /// A SIZE is a number of bytes, or has a unit: 1MB is 10^6 bytes, 1MiB is 2^20.
    #[arg(long, value_name = "SIZE", default_value = RECORD_SIZE)]
    #[arg(value_parser = size::<usize>)]
    max_record_bytes: usize,

    /// Reject records whose views need more than SIZE of memory
    #[arg(long, value_name = "SIZE", value_parser = size::<usize>)]
    max_arena_bytes: Option<usize>,

    /// Give up an archive that expands to more than N times its size
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = at_least_one::<u64>)]
    max_expansion: u64,

    /// Give up a Zstandard or xz archive whose window needs more than SIZE of memory
    ///
    /// Zstandard archives made with `--long=31` need 2GiB, which is the most. SIZE is rounded up to a power of two.
    #[arg(long, value_name = "SIZE", default_value = "128MiB", value_parser = window)]
    max_window: u64,
}

/// Which documents are accepted. The names are those of the library.
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
                PossibleValue::new("auto").help("all of them, each told from the document")
            }
            Self::Only(kind) => PossibleValue::new(kind.as_str()).help(kind.description()),
        })
    }
}

/// The help about the output of `stats`, with the members that are named after kinds.
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

/// What `generate` calls a kind of documents, and what it says of it.
fn generated(kind: Kind) -> PossibleValue {
    let known = kind.name().parse::<DocumentKind>();
    let help = known.map_or("all of them mixed", DocumentKind::description);
    PossibleValue::new(kind.name()).help(help)
}

/// What `generate` calls a choice of unknown members, and what it says of it.
fn added(extra: ExtraMembers) -> PossibleValue {
    PossibleValue::new(extra.name()).help(match extra {
        ExtraMembers::Assorted => "some of a dozen, others in each document, anywhere",
        ExtraMembers::Evolved => {
            "the same in all documents, as a later revision of the API has them"
        }
        ExtraMembers::Strewn => "of names that hardly ever come again, anywhere",
        _ => "none",
    })
}

/// What `generate` calls a layout, and what it says of it.
fn written(layout: Layout) -> PossibleValue {
    PossibleValue::new(layout.name()).help(match layout {
        Layout::Spaced => "as Python writes it: spaces behind commas and colons, all in ASCII",
        Layout::Sorted => "members in the order of their names",
        Layout::Pretty => "indented over many lines",
        Layout::Escaped => "escapes in every string and in some names",
        Layout::Shuffled => "members in any order, and any white space",
        Layout::Slashed => "every slash escaped, as PHP does",
        Layout::Wild => "members in any order, any white space, and some escapes",
        _ => "as the API writes it, without white space",
    })
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FramingChoice {
    /// As they come: lines, arrays, pretty-printed or separated documents, one after another
    Auto,
    /// One record a line
    Ndjson,
    /// One array of documents
    Array,
    /// One after another, with any white space or record separators between
    Concatenated,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UnknownMembersChoice {
    /// Check that they are JSON
    Skip,
    /// Reject the record
    Reject,
}

/// What an archive may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many times its own size it may expand to.
    pub(crate) max_expansion: u64,
    /// How many bytes that have been unpacked its decoder may have to remember.
    pub(crate) max_window: u64,
}

impl InputArguments {
    /// What `stats -` has without options.
    pub(crate) fn of_stdin() -> Self {
        match Arguments::parse_from(["jobview", "stats", "-"]).command {
            Command::Stats(StatsArguments { input, .. }) => input,
            _ => unreachable!("that is its name"),
        }
    }

    /// How many threads read and parse.
    pub(crate) fn jobs(&self) -> usize {
        let as_many_as_can = || available_parallelism().map_or(1, NonZeroUsize::get);
        // One parses while the other waits for the disk.
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
        // For tests and measurements. One that this CPU does not have is not asked for.
        let kernel = std::env::var("JOBVIEW_KERNEL").ok();
        if let Some(kernel) = kernel.and_then(|name| Kernel::named(&name)) {
            options = options.kernel(kernel);
        }
        options
    }
}

/// What `generate` can be told.
#[derive(Args, Debug)]
pub(crate) struct GenerateArguments {
    /// How many records to write, broken ones included
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1000, value_parser = whole_number::<u64>)]
    pub(crate) documents: u64,

    /// Which documents: another seed, others
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = whole_number::<u64>)]
    seed: u64,

    /// Which kind of documents
    #[arg(long, value_name = "KIND", default_value = Kind::Response.name())]
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(generated))
        .try_map(|name| name.parse::<Kind>()))]
    kind: Kind,

    /// How much a job holds: a poll's answer (1.3 KB), some ids inline (2 KB), thousands (390 KB)
    #[arg(long, value_name = "SHAPE", default_value = Shape::Poll.name())]
    #[arg(value_parser = PossibleValuesParser::new(Shape::ALL.map(Shape::name))
        .try_map(|name| name.parse::<Shape>()))]
    shape: Shape,

    /// How a document is written
    #[arg(long, value_name = "LAYOUT", default_value = Layout::Compact.name())]
    #[arg(value_parser = PossibleValuesParser::new(Layout::ALL.map(written))
        .try_map(|name| name.parse::<Layout>()))]
    layout: Layout,

    /// How many jobs, import errors or identifiers a full page has
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = whole_number::<u32>)]
    items: u32,

    /// Leave out attributes of jobs and import errors, as if only some had been asked for
    #[arg(long)]
    sparse: bool,

    /// Write import errors and refusals in every form that a revision of the API or a known producer gives them
    #[arg(long)]
    every_form: bool,

    /// Let jobs vary: members left out, nulls, values of any length
    #[arg(long)]
    varied: bool,

    /// Let so many producers take turns, each with an order of the members of its own
    #[arg(long, value_name = "N", default_value = "1", value_parser = at_least_one::<NonZeroU32>)]
    producers: NonZeroU32,

    /// Add members that the schema does not name: some of a dozen, unless told otherwise
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = ExtraMembers::None.name(), default_missing_value = ExtraMembers::Assorted.name())]
    #[arg(hide_default_value = true)]
    #[arg(value_parser = PossibleValuesParser::new(ExtraMembers::ALL.map(added))
        .try_map(|name| name.parse::<ExtraMembers>()))]
    unknown_members: ExtraMembers,

    /// Break each N-th record
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroU64>)]
    bad_every: Option<NonZeroU64>,

    /// Write the documents to FILE instead of standard output, which is `-`
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write to FILE, or `-` for standard output, as JSON, what `stats --format json` prints for these documents, byte for
    /// byte
    ///
    /// That is with --sparse where `generate` has it, and for --output FILE if there is one, else for standard input.
    /// What is in documents, the generator knows by itself. Why records are rejected, and what is new to a reader in the
    /// stream, only a reader can say: there it is the one of `stats`. Records longer than 64 MiB, which it rejects unless
    /// told otherwise, are counted as documents.
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

/// What `completions` can be told.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// The shell to print completions for
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// What `man` can be told.
#[derive(Args, Debug)]
pub(crate) struct ManArguments {
    /// The subcommand whose page to print; without it, that of jobview
    #[arg(value_name = "COMMAND", value_parser = SUBCOMMANDS)]
    pub(crate) subcommand: Option<String>,

    /// Write all pages into DIR, which is made if need be
    #[arg(long, value_name = "DIR", conflicts_with = "subcommand")]
    pub(crate) out: Option<PathBuf>,
}

/// A refusal of arguments that contradict each other, as clap would print it.
pub(crate) fn conflict(message: &str) -> Failure {
    Failure::Usage(Arguments::command().error(ErrorKind::ArgumentConflict, message))
}

/// A refusal of an argument that turned out to make no sense.
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
        .map_err(|why| format!("{why}; leave it out for as many as the machine can run at once"))
}

/// A number of bytes, with a unit or without.
fn size<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    match parse_size(text) {
        Ok(0) => Err("it must be at least one byte".to_owned()),
        Ok(bytes) => T::try_from(bytes).map_err(|_| format!("{bytes} bytes are too many")),
        Err(parse_size::Error::PosOverflow) => Err("it is too large".to_owned()),
        Err(_) => Err(
            "it must be a number of bytes, or have a unit: 500kB, 64MB (10^6 bytes), 64MiB (2^20)"
                .to_owned(),
        ),
    }
}

fn window(text: &str) -> Result<u64, String> {
    match size(text)? {
        bytes @ 1024..=MAX_WINDOW => Ok(bytes),
        _ => Err("it must be from 1KiB to 2GiB".to_owned()),
    }
}

/// The largest window that decoders have.
const MAX_WINDOW: u64 = 1 << 31;

/// `STREAM_RECORD_BYTES`, as a person writes it.
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
