//! Positions as text, to be stored and read again by another program, or after a crash.

use super::mixed::Mixed;
use super::position::{Lines, Position, Stage};
use std::fmt;
use std::str::FromStr;

/// The stages without data, by name.
const STAGES: [(&str, Stage); 9] = [
    ("start", Stage::Start),
    ("line", Stage::Line),
    ("document", Stage::Document),
    ("opening", Stage::Opening),
    ("first-element", Stage::FirstElement),
    ("element", Stage::Element),
    ("after-element", Stage::AfterElement),
    ("after-array", Stage::AfterArray),
    ("end", Stage::End),
];

type Flag = fn(&mut Mixed) -> &mut bool;

/// The flags of a stream without a set framing, one letter each.
const FLAGS: [(char, Flag); 6] = [
    ('l', |mixed| &mut mixed.at_line),
    ('a', |mixed| &mut mixed.in_array),
    ('c', |mixed| &mut mixed.commas_are_bad),
    ('i', |mixed| &mut mixed.is_indented),
    ('s', |mixed| &mut mixed.is_sure),
    ('k', |mixed| &mut mixed.is_clean),
];

/// One line of text. [`FromStr`] restores the same position from it.
///
/// ```
/// use gapwise::Position;
///
/// let position = Position::at_line(3_000_000, 1000, 1001);
/// let text = position.to_string();
/// assert_eq!(text, "offset=3000000 record=1000 line=1001 line-start=3000000 at=line");
/// assert_eq!(text.parse(), Ok(position));
/// ```
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { offset, record, lines: Lines { line, line_start, .. }, stage } = self;
        write!(f, "offset={offset} record={record} line={line} line-start={line_start} at=")?;
        if let Stage::Mixed(mut mixed) = *stage {
            let flags = FLAGS.iter().filter(|(_, flag)| *flag(&mut mixed));
            let flags: String = flags.map(|(letter, _)| letter).collect();
            return write!(f, "mixed:{flags}:{}:{}", mixed.lines, mixed.since);
        }
        let named = STAGES.iter().find(|(_, one)| one == stage);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

/// The text is not a valid [`Position`].
///
/// ```
/// use gapwise::Position;
///
/// let error = "offset=7".parse::<Position>().unwrap_err();
/// assert_eq!(error.to_string(), "a position is written as `Position` displays it, and this is not");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PositionError;

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position is written as `Position` displays it, and this is not")
    }
}

impl std::error::Error for PositionError {}

/// Reads a position that was written as text. A position that no stream can have is refused.
///
/// ```
/// use gapwise::{Parser, Position, View};
/// # #[derive(Clone, Copy, Debug, PartialEq, View)]
/// # struct Line<'a> { message: &'a str }
///
/// let log = std::io::Cursor::new("{\"message\":\"start\"}\n{\"message\":\"stop\"}\n");
/// let mut reader = Parser::<Line>::new().into_reader(log);
/// while reader.next_batch()?.is_some() {}
/// let checkpoint = reader.position().to_string();
///
/// // Another day:
/// let position: Position = checkpoint.parse()?;
/// assert_eq!((position.record(), position.line()), (2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        parse(text).ok_or(PositionError)
    }
}

fn parse(text: &str) -> Option<Position> {
    let mut parts = text.split(' ');
    let mut number =
        |name| -> Option<u64> { parts.next()?.strip_prefix(name)?.strip_prefix('=')?.parse().ok() };
    let (offset, record) = (number("offset")?, number("record")?);
    let (line, line_start) = (number("line")?, number("line-start")?);
    let at = parts.next()?.strip_prefix("at=")?;
    let stage = match at.strip_prefix("mixed:") {
        Some(mixed) => Stage::Mixed(parse_mixed(mixed)?),
        None => STAGES.iter().find(|(name, _)| *name == at)?.1,
    };
    let since = if let Stage::Mixed(mixed) = stage { mixed.since } else { 0 };
    let is_small = |number: u64| i64::try_from(number).is_ok();
    let are_small = is_small(offset) && is_small(record) && is_small(line);
    let is_start = stage != Stage::Start || offset == 0;
    let is_possible = is_start && line > 0 && line_start <= offset && since <= offset;
    let lines = Lines { counted: offset, line, line_start };
    let position = Position { offset, record, lines, stage };
    (are_small && is_possible && parts.next().is_none()).then_some(position)
}

fn parse_mixed(text: &str) -> Option<Mixed> {
    let mut parts = text.split(':');
    let flags = parts.next()?;
    let (lines, since) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let mut mixed = Mixed { lines, since, ..Mixed::START };
    for (letter, flag) in FLAGS {
        *flag(&mut mixed) = flags.contains(letter);
    }
    let is_known = |letter| FLAGS.iter().any(|(known, _)| *known == letter);
    (flags.chars().all(is_known) && parts.next().is_none()).then_some(mixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arena::Arena;
    use crate::options::{Framing, Options};
    use crate::sample::OrderResponse;

    #[test]
    fn each_position_of_any_input_is_written_and_read_again() {
        let arena = Arena::new();
        for framing in
            [None, Some(Framing::Ndjson), Some(Framing::Array), Some(Framing::Concatenated)]
        {
            let options = framing.map_or(Options::new(), |framing| Options::new().framing(framing));
            for input in [
                &b"{}\n{}\r\n\n{"[..],
                b"[{},\n{} ,7]",
                b" {\n}{}\x1e[ {}, oops\n{\n}]\n{}\n",
                b"\xef\xbb\xbf[",
                b"",
            ] {
                let mut parser = options.parser::<OrderResponse>();
                let mut records = parser.records(input, &arena);
                loop {
                    let position = records.position();
                    assert_eq!(position.to_string().parse(), Ok(position), "{position}");
                    if records.next().is_none() {
                        break;
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_position_is_refused() {
        let good = "offset=9 record=1 line=2 line-start=3 at=mixed:ls:1:3";
        assert!(good.parse::<Position>().is_ok());
        for (part, other) in [
            ("offset=9", "offset=2"),
            ("offset=9", "offset=-9"),
            ("offset=9", "offset=18446744073709551616"),
            ("offset=9", "offset=9223372036854775808"),
            ("offset=9 ", ""),
            ("line=2", "line=0"),
            ("line-start=3", "line-start=10"),
            ("at=mixed:ls:1:3", "at=start"),
            ("mixed:ls", "mixed:lz"),
            (":1:3", ":1"),
            (":1:3", ":256:3"),
            (":1:3", ":1:10"),
            (":1:3", ":1:3:4"),
            (":1:3", ":1:3 x"),
            ("at=mixed:ls:1:3", "at="),
        ] {
            let bad = good.replacen(part, other, 1);
            assert_eq!(bad.parse::<Position>(), Err(PositionError), "{bad}");
        }
    }
}
