//! Through all inputs, record by record.
//!
//! An input is read whole and then gone through in slices, the arena emptied in between, so that memory is
//! bounded by the largest input and not by the number of its records. What becomes of a record is the
//! caller's business; this module must not count or print any. It knows where they came from, though: what the
//! parser noticed by the number of a document gets the file and the number of the record here.

mod archive;
mod list;
mod steady;

pub(crate) use list::{Input, list};

use crate::arguments::InputArguments;
use crate::outcome::Failure;
use crate::output::complain;
use crate::progress::Progress;
use archive::Contents;
use jobview::{Bump, Drift, ErrorKind, Parser, Position, Record};
use list::{Source, total_size};
use serde::Serialize;
use std::io::{self, Read};
use std::ops::ControlFlow;
use steady::Steady;

/// How much of an input goes by between two resets of the arena.
const SLICE: usize = 1 << 20;

/// How much is read at a time.
const PIECE: u64 = 1 << 22;

/// A record of one of the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The name of the input, fit to be printed.
    pub(crate) file: String,
    /// The number of the record, from 0.
    pub(crate) record: u64,
}

/// Where what the parser has noticed was.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// The first record with each of the unknown members.
    pub(crate) unknown_members: Vec<Place>,
    /// The records where the layout changed.
    pub(crate) layout_changes: Vec<Place>,
    /// How many documents the parser has been given.
    documents: u64,
}

impl Places {
    /// Takes in what is new since last time, when `given` documents of a file have gone by, the first of which
    /// was the record `first`.
    fn note(&mut self, drift: &Drift, file: &str, first: u64, given: u64) {
        let Self { unknown_members, layout_changes, documents } = self;
        let place =
            |document: u64| Place { file: file.to_owned(), record: first + document - *documents };
        let members = &drift.unknown_members()[unknown_members.len()..];
        unknown_members.extend(members.iter().map(|member| place(member.first_document())));
        let changes = &drift.changed_documents()[layout_changes.len()..];
        layout_changes.extend(changes.iter().map(|&document| place(document)));
        *documents += given;
    }
}

/// What has been gone through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// How many inputs could be read.
    pub(crate) files: u64,
    /// How many bytes they had.
    pub(crate) bytes: u64,
    /// Whether there were inputs that could not be read. It has been said why.
    pub(crate) some_unreadable: bool,
    /// The parser, with all that it has learned and noticed.
    pub(crate) parser: Parser,
    /// Where that was.
    pub(crate) places: Places,
}

/// Hands each record of each input to `visit`, with the name of the input, until that breaks.
///
/// # Errors
///
/// Those of `visit` only. An unreadable input is complained about and passed over.
pub(crate) fn for_each_record(
    arguments: &InputArguments,
    inputs: &[Input],
    show_progress: bool,
    mut visit: impl FnMut(&str, Record<'_>) -> Result<ControlFlow<()>, Failure>,
) -> Result<Seen, Failure> {
    let mut progress = Progress::of_bytes(total_size(inputs), show_progress);
    let mut arena = Bump::new();
    let parser = Parser::with_options(arguments.options());
    let mut seen = Seen { parser, ..Seen::default() };
    for input in inputs {
        let name = &input.name;
        let input = match read(input, arguments.max_expansion, &mut progress) {
            Ok(input) => input,
            Err(error) => {
                progress.suspended(|| complain(&format_args!("{name}: {error}")));
                seen.some_unreadable = true;
                continue;
            }
        };
        let Seen { parser, places, bytes, .. } = &mut seen;
        let flow = for_each_slice(
            parser,
            &mut arena,
            &input,
            |parser, slice| {
                places.note(parser.drift(), name, slice.first, slice.given);
                progress.update(*bytes + slice.end as u64);
            },
            |record| visit(name, record),
        )?;
        seen.files += 1;
        seen.bytes += input.len() as u64;
        if flow.is_break() {
            break;
        }
    }
    Ok(seen)
}

/// A part of an input that has gone by.
struct Slice {
    /// The number of the first record.
    first: u64,
    /// How many records the parser was given.
    given: u64,
    /// How many bytes of the input are behind.
    end: usize,
}

/// Goes through one input. `passed` learns of each slice when it is behind.
///
/// A record for which the limit of the arena left no room gets a second chance in a new one: what is
/// rejected must not depend on the records before it in the slice. The parser is given it twice then, and
/// counts what it notices in it twice.
fn for_each_slice(
    parser: &mut Parser,
    arena: &mut Bump,
    input: &[u8],
    mut passed: impl FnMut(&Parser, Slice),
    mut visit: impl FnMut(Record<'_>) -> Result<ControlFlow<()>, Failure>,
) -> Result<ControlFlow<()>, Failure> {
    let mut position = Position::START;
    let mut is_new = false;
    loop {
        let start = position;
        let (mut is_full, mut given, mut flow) = (false, 0, None);
        let mut records = parser.records_from(input, start, arena);
        while position.offset() - start.offset() < SLICE {
            let Some(record) = records.next() else {
                position = records.position();
                flow = Some(ControlFlow::Continue(()));
                break;
            };
            given += 1;
            let has_new_arena = is_new && position == start;
            is_full = matches!(&record, Err(rejected) if rejected.error.kind() == ErrorKind::ArenaLimit)
                && !has_new_arena;
            if is_full {
                break;
            }
            let visited = visit(record)?;
            position = records.position();
            if visited.is_break() {
                flow = Some(visited);
                break;
            }
        }
        passed(parser, Slice { first: start.record(), given, end: position.offset() });
        if let Some(flow) = flow {
            return Ok(flow);
        }
        is_new = is_full;
        match is_full {
            true => *arena = Bump::new(),
            false => arena.reset(),
        }
    }
}

fn read(input: &Input, max_expansion: u64, progress: &mut Progress) -> io::Result<Vec<u8>> {
    let source: Box<dyn Read> = match &input.source {
        Source::Stdin => Box::new(io::stdin()),
        Source::File(path) => Box::new(Steady::open(path)?),
        Source::None(why) => return Err(io::Error::other(why.clone())),
    };
    let mut source = Contents::new(source, max_expansion)?;
    let mut input = Vec::new();
    while source.by_ref().take(PIECE).read_to_end(&mut input)? > 0 {
        progress.fetching();
    }
    progress.fetched();
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobview::Options;
    use jobview_corpus::{Layout, Settings, Shape, generate};

    fn accepted_and_rejected(options: Options, input: &[u8]) -> (u64, u64) {
        let (mut accepted, mut rejected) = (0, 0);
        let mut parser = Parser::with_options(options);
        let flow = for_each_slice(
            &mut parser,
            &mut Bump::new(),
            input,
            |_, _| {},
            |record| {
                *(if record.is_ok() { &mut accepted } else { &mut rejected }) += 1;
                Ok(ControlFlow::Continue(()))
            },
        );
        assert!(matches!(flow, Ok(ControlFlow::Continue(()))));
        (accepted, rejected)
    }

    #[test]
    fn the_limit_of_the_arena_holds_for_each_record_and_not_for_a_slice() {
        let (input, _) = generate(Settings::new(1, Shape::Inline, Layout::Compact), 2000);
        assert_eq!(
            accepted_and_rejected(Options::new().max_arena_bytes(1 << 12), &input),
            (2000, 0)
        );
        assert_eq!(accepted_and_rejected(Options::new().max_arena_bytes(1), &input), (0, 2000));
    }

    #[test]
    fn places_are_found_though_records_are_parsed_twice() {
        let mut input = generate(Settings::new(1, Shape::Inline, Layout::Compact), 300).0;
        let with_member = b"{\"meta\":1}\n";
        input.extend_from_slice(with_member);
        let options = Options::new().max_arena_bytes(1 << 12);
        let (mut parser, mut places) = (Parser::with_options(options), Places::default());
        for (file, length) in [("first", input.len() - with_member.len()), ("second", input.len())]
        {
            let mut slices = 0;
            let passed = |parser: &Parser, slice: Slice| {
                slices += 1;
                places.note(parser.drift(), file, slice.first, slice.given);
            };
            let visit = |_: Record<'_>| Ok(ControlFlow::Continue(()));
            let input = &input[..length];
            assert!(for_each_slice(&mut parser, &mut Bump::new(), input, passed, visit).is_ok());
            assert!(slices > 50, "{slices}: the arena is small");
        }
        let place = Place { file: "second".to_owned(), record: 300 };
        assert_eq!(places.unknown_members, [place]);
    }

    #[test]
    fn an_array_that_is_not_closed_is_seen_at_the_very_end() {
        assert_eq!(accepted_and_rejected(Options::new(), b"["), (0, 1));
    }

    #[test]
    fn white_space_at_the_end_ends_the_way() {
        assert_eq!(accepted_and_rejected(Options::new(), b"{\n}\n{\n}\n \n"), (0, 2));
    }
}
