//! What can be asked for on the command line.
//!
//! The doc comments here are the help text, the man pages and the completions; they speak to the person at
//! the keyboard. Must not open or read anything.

use crate::outcome::Failure;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use jobview::{Framing, MAX_DEPTH, Options, STREAM_RECORD_BYTES, UnknownMembers};
use jobview_corpus::{Kind, Layout, Settings, Shape};
use std::num::{NonZeroU64, NonZeroUsize};
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

const STATS_EXAMPLES: &str = "\
Examples:
  jobview stats jobs.ndjson
  jobview stats --verbose jobs.ndjson | less -S
  jobview stats --format json archive/*.json | jq .status
  jobview stats 'archive/**/*.ndjson.gz'
  jobview stats --kind page --sparse pages.ndjson
  curl --silent https://example.com/jobs.ndjson | jobview stats -";

const CHECK_EXAMPLES: &str = "\
Each rejected record is a line FILE:LINE:COLUMN: /pointer: message. LINE and COLUMN are those of the \
failing byte, from 1; the column counts bytes.

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
  kind, reason   the error, for programs and for people
  remainder      whether the record is all the rest of the input
  more           whether the next object has more of the same record
  encoding       utf-8, or base64 where the record is no text
  raw            the record

Examples:
  jobview check jobs.ndjson
  jobview check --quiet --rejects bad.ndjson jobs.ndjson > reasons.txt
  jobview check --unknown-members reject jobs.ndjson.zst
  jobview check --kind post jobs.ndjson
  tail -f jobs.ndjson | jobview check -
  jobview check --rejects bad.ndjson --rejects-format ndjson 'archive/*.gz'
  jobview check --rejects bad.ndjson --max-rejects 100 jobs.ndjson
  jobview check --rejects bad.ndjson --resume-from 81920 jobs.ndjson";

const GENERATE_EXAMPLES: &str = "\
The same options give the same bytes, on every machine. Every layout but pretty is a line a record.

Examples:
  jobview generate --documents 100000 > jobs.ndjson
  jobview generate --shape wide --layout escaped --output wide.ndjson --documents 100
  jobview generate --kind page --items 20 --sparse > pages.ndjson
  jobview generate --kind mixed --unknown-members > answers.ndjson
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
    #[command(after_help = STATS_EXAMPLES)]
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

    /// Show with the table what was learned of the layout, and where unknown members and other layouts began
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
    /// Write the rejected records to FILE; with --resume-from, add them to it
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,

    /// How to write rejected records to FILE
    #[arg(long, value_name = "FORMAT", default_value = "raw", requires = "rejects")]
    pub(crate) rejects_format: RejectsFormat,

    /// Stop after N rejected records, and tell where
    #[arg(long, value_name = "N")]
    pub(crate) max_rejects: Option<NonZeroU64>,

    /// Pass over the records before this byte, as the run before has told
    ///
    /// It must be between two records of the only input; where that is an archive, of what is in it. What comes
    /// before is read all the same, so that lines are counted and the middle of an array makes sense, and not
    /// reported.
    #[arg(long, value_name = "OFFSET")]
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
    /// gzip and Zstandard archives, told by their first bytes, are unpacked while they are read. Patterns, with
    /// `*`, `?`, `[...]`, and `**` for any directories, are expanded where the shell has not done it; they leave
    /// out directories and hidden files.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// How many threads read and parse in turns; by default as many as can run at once, but two at least
    ///
    /// The output is the same however many there are. More than 16 are of no use.
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Which answers of the job endpoints are accepted; another is rejected, with what it is
    #[arg(long, value_name = "KIND", default_value = "auto")]
    pub(crate) kind: KindChoice,

    /// Accept jobs and import errors without the attributes that were not asked for
    ///
    /// This is for what was asked for with `fields[...]`. Without it, attributes that the schema requires must be there.
    #[arg(long)]
    pub(crate) sparse: bool,

    /// How the records of a file follow one another
    #[arg(long, value_name = "FRAMING", default_value = "auto")]
    framing: FramingChoice,

    /// What to do with members that the schema does not name
    #[arg(long, value_name = "CHOICE", default_value = "skip")]
    unknown_members: UnknownMembersChoice,

    /// Reject records that nest deeper than N objects and arrays
    #[arg(long, value_name = "N", default_value_t = MAX_DEPTH)]
    #[arg(value_parser = value_parser!(u16).range(1..=i64::from(MAX_DEPTH)))]
    max_depth: u16,

    /// Reject records longer than N bytes, which is as much as is held of one at a time
    #[arg(long, value_name = "N", default_value_t = STREAM_RECORD_BYTES)]
    max_record_bytes: usize,

    /// Reject records whose views need more than N bytes of memory
    #[arg(long, value_name = "N")]
    max_arena_bytes: Option<usize>,

    /// Give up an archive that expands to more than N times its size
    #[arg(long, value_name = "N", default_value_t = 1000)]
    #[arg(value_parser = value_parser!(u64).range(1..))]
    pub(crate) max_expansion: u64,
}

/// Which documents are accepted.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KindChoice {
    /// All of them, each told from the document
    Auto,
    /// The job that was posted
    Post,
    /// One job, with included lists or without
    Get,
    /// A page of jobs
    Page,
    /// The body of an answer with a status of 4xx or 5xx
    Errors,
    /// A page of the import errors of a job
    ImportErrors,
    /// A page of the identifiers of lists, profiles or import errors
    Identifiers,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FramingChoice {
    /// Look at the start of each file
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

impl InputArguments {
    /// How many threads read and parse.
    pub(crate) fn jobs(&self) -> usize {
        let as_many_as_can = || available_parallelism().map_or(1, NonZeroUsize::get);
        // One parses while the other waits for the disk.
        self.jobs.map_or_else(|| as_many_as_can().max(2), NonZeroUsize::get)
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
            .max_depth(self.max_depth)
            .max_record_bytes(self.max_record_bytes)
            .unknown_members(unknown_members);
        options = match self.framing {
            FramingChoice::Auto => options,
            FramingChoice::Ndjson => options.framing(Framing::Ndjson),
            FramingChoice::Array => options.framing(Framing::Array),
            FramingChoice::Concatenated => options.framing(Framing::Concatenated),
        };
        if let Some(bytes) = self.max_arena_bytes {
            options = options.max_arena_bytes(bytes);
        }
        options
    }
}

/// What `generate` can be told.
#[derive(Args, Debug)]
pub(crate) struct GenerateArguments {
    /// How many records to write, broken ones included
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1000)]
    pub(crate) documents: u64,

    /// Which documents: another seed, others
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,

    /// Which answers of the API: one job, one with its lists, pages of jobs, of import errors or of identifiers,
    /// refusals, or all of them mixed
    #[arg(long, value_name = "KIND", default_value = Kind::Job.name())]
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| name.parse::<Kind>()))]
    kind: Kind,

    /// How much a job holds: a poll's answer (1.3 KB), some ids inline (2 KB), thousands (390 KB)
    #[arg(long, value_name = "SHAPE", default_value = Shape::Poll.name())]
    #[arg(value_parser = PossibleValuesParser::new(Shape::ALL.map(Shape::name))
        .try_map(|name| name.parse::<Shape>()))]
    shape: Shape,

    /// How a document is written
    #[arg(long, value_name = "LAYOUT", default_value = Layout::Compact.name())]
    #[arg(value_parser = PossibleValuesParser::new(Layout::ALL.map(Layout::name))
        .try_map(|name| name.parse::<Layout>()))]
    layout: Layout,

    /// How many jobs, import errors or identifiers a full page has
    #[arg(long, value_name = "N", default_value_t = 100)]
    items: u32,

    /// Leave out attributes of jobs and import errors, as if only some had been asked for
    #[arg(long)]
    sparse: bool,

    /// Add members that the schema does not name
    #[arg(long)]
    unknown_members: bool,

    /// Break each N-th record
    #[arg(long, value_name = "N")]
    bad_every: Option<NonZeroU64>,

    /// Write the documents to FILE instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write to FILE, as JSON, what `stats --format json` must find
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn each_subcommand_can_have_its_man_page_printed() {
        let command = Arguments::command();
        assert!(command.get_subcommands().map(|command| command.get_name()).eq(SUBCOMMANDS));
    }
}
