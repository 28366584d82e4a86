//! The walker: the reference decoder.
//!
//! From a [`State`] it reads any legal JSON text up to the next value, checks everything on the way, and
//! says which value comes and what the state will be after it. It is the only code that knows how a
//! document hangs together, and it is a pure function of the state, the bytes and its own settings: the
//! same bytes in the same state are the same step, always. It touches neither arena nor view.

use super::skip::{no_colon, skip_literal};
use super::skip_whitespace;
use super::text::{Quoted, Short};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Portable, leading_blanks};
use crate::options::{Options, Timestamps, UnknownMembers, UnknownStatuses};
use crate::schema::{Closes, Container, Entry, Kind, Shape, Slot, SlotSet, Spelling, Table};

/// All that must be known at the end of a value to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    /// The container of the value.
    container: u8,
    /// The members seen so far, of all containers that are open.
    seen: u64,
}

impl State {
    /// Before the document.
    pub(crate) const START: Self = Self { container: Table::DOCUMENT, seen: 0 };

    pub(super) fn parts(self) -> (u8, u64) {
        (self.container, self.seen)
    }
}

/// Where a decoder stands, that keeps closing quotes for the next gap: what tells one state from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) state: State,
    /// Whether the closing quote of a string is yet to come, as the first byte of the gap.
    pub(super) quoted: bool,
}

impl Key {
    /// Before the document.
    pub(super) const START: Self = Self { state: State::START, quoted: false };

    /// Where the walker begins, when the cursor is at `at`.
    pub(super) fn walker_at(self, at: usize) -> usize {
        at + usize::from(self.quoted)
    }
}

/// What the text up to the next value has told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What to do now.
    pub(crate) action: Action,
    /// Where to do it: the first byte of a value, or of a string the byte after its quote; where there is
    /// nothing to take, the byte after the text.
    pub(crate) at: usize,
    /// The state at the end of the value.
    pub(crate) state: State,
    /// Objects and arrays that were opened on the way.
    pub(crate) opened: SlotSet,
    /// For [`Action::Skip`], the container of the member and where its name begins, after the quote.
    pub(crate) unknown: Option<(u8, usize)>,
}

impl Step {
    /// What is known after the value.
    pub(super) fn key(&self) -> Key {
        Key { state: self.state, quoted: self.action.is_quoted() }
    }

    /// Whether it led from one identifier of a list to the next.
    pub(super) fn goes_on_with_list(&self, before: State) -> bool {
        self.state == before && matches!(self.action, Action::Identifier(_))
    }

    /// What was opened on the way, and the value.
    pub(super) fn present(&self) -> SlotSet {
        let mut present = self.opened;
        present.insert(self.action.slot());
        present
    }
}

/// What follows the text between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Take a string.
    Text(Slot),
    /// Take a string that is one of many.
    Identifier(Slot),
    /// Take an integer.
    Integer(Slot),
    /// Take an integer that is written as text; the cursor is after its closing quote then.
    QuotedInteger(Slot),
    /// Take a string that must be a date and time.
    Timestamp(Slot),
    /// Nothing to take: the text ended with this one of the choices that the table allows.
    Choice(Slot, u8),
    /// Take the string that the text ended with, which is none of the choices: so many bytes and a quote.
    Other(Slot, u16),
    /// Take any value; this many objects and arrays are open around it.
    Raw(Slot, u8),
    /// Nothing to take: an item of an array, which becomes a view, is complete.
    Item(Slot),
    /// Skip the value of an unknown member; this many objects and arrays are open around it.
    Skip { depth: u16 },
    /// The document is complete.
    End,
}

impl Action {
    /// Whether it takes a string, whose closing quote is left to the next gap.
    pub(super) fn is_quoted(self) -> bool {
        self.is_any_string() || matches!(self, Self::Timestamp(_))
    }

    /// Whether it takes a string, whatever it says.
    pub(super) fn is_any_string(self) -> bool {
        matches!(self, Self::Text(_) | Self::Identifier(_))
    }

    /// Where the value goes; where there is none, the root.
    #[inline(always)]
    pub(super) fn slot(self) -> Slot {
        match self {
            Self::Text(slot)
            | Self::Identifier(slot)
            | Self::Integer(slot)
            | Self::QuotedInteger(slot)
            | Self::Timestamp(slot)
            | Self::Choice(slot, _)
            | Self::Other(slot, _)
            | Self::Raw(slot, _)
            | Self::Item(slot) => slot,
            Self::Skip { .. } | Self::End => Table::ROOT,
        }
    }

    /// Whether the walker would have ended its step before this byte, which is the first of the value. For
    /// what begins with a quote it has seen that itself.
    pub(super) fn may_begin_with(self, byte: Option<&u8>) -> bool {
        match self {
            Self::Integer(_) => matches!(byte, Some(b'-' | b'0'..=b'9')),
            Self::Skip { .. } => !matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r')),
            // What may be null is part of the text before if it is.
            Self::Raw(..) => !matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'n')),
            Self::Text(_) | Self::Identifier(_) | Self::QuotedInteger(_) | Self::Timestamp(_) => {
                true
            }
            Self::Choice(..) | Self::Other(..) | Self::Item(_) | Self::End => true,
        }
    }
}

/// What is wanted where an integer may be a text.
pub(super) const INTEGER_OR_TEXT: &str = "an integer, a text of digits or null";

/// Where the values go that a walk comes to.
pub(super) trait Sink {
    /// Takes the value that a step has led to. Returns where to read on, after the value; `None` to end the walk.
    fn take(&mut self, step: Step) -> Result<Option<usize>, Fault>;
}

/// The schema to walk by, and what the caller chose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walker {
    pub(crate) table: &'static Table,
    pub(crate) unknown_members: UnknownMembers,
    pub(crate) unknown_statuses: UnknownStatuses,
    pub(crate) timestamps: Timestamps,
    pub(crate) max_depth: u16,
}

impl Walker {
    pub(crate) fn new(table: &'static Table, options: &Options) -> Self {
        let &Options { unknown_members, unknown_statuses, timestamps, max_depth, .. } = options;
        Self { table, unknown_members, unknown_statuses, timestamps, max_depth }
    }

    /// Reads from the end of a value, which is at `at` in `state`, to the next value.
    pub(crate) fn step(&self, bytes: &[u8], at: usize, state: State) -> Result<Step, Fault> {
        struct First(Option<Step>);
        impl Sink for First {
            #[inline(always)]
            fn take(&mut self, step: Step) -> Result<Option<usize>, Fault> {
                self.0 = Some(step);
                Ok(None)
            }
        }
        let mut first = First(None);
        self.walk(Portable, bytes, at, state, &mut first)?;
        Ok(first.0.expect("a walk ends with a value"))
    }

    /// Reads on from value to value until the sink, which takes them, has had enough. It does at the end of the
    /// document.
    #[inline(always)]
    pub(super) fn walk<I: Instructions>(
        &self,
        i: I,
        bytes: &[u8],
        at: usize,
        state: State,
        sink: &mut impl Sink,
    ) -> Result<(), Fault> {
        let table = self.table;
        let container = table.container(state.container);
        let opened = SlotSet::EMPTY;
        let mut walk = Walk { i, walker: self, bytes, at, state, container, opened };
        let mut slot = (state == State::START).then_some(Table::ROOT);
        loop {
            // A value that is part of the gap, or the one that ends it. The sink is given it where it is known
            // what it is: so that, compiled, nothing need be asked twice.
            let mut is_first = false;
            if let Some(slot) = slot {
                let byte = walk.peek();
                let entry = table.entry(slot);
                let goes_on = match (entry.kind, byte) {
                    (Kind::Container(number), b'{' | b'[')
                        if byte == table.container(number).shape.opening() =>
                    {
                        walk.open(number, slot)?;
                        is_first = true;
                        true
                    }
                    (Kind::Constant, b'"') => {
                        walk.constant(&entry.constant)?;
                        true
                    }
                    (_, b'n') if entry.nullable => {
                        if !walk.bytes[walk.at..].starts_with(b"null") {
                            return Err(walk.wrong_value(entry));
                        }
                        walk.at += "null".len();
                        true
                    }
                    (Kind::OneOf(choices), b'"') => {
                        let begin = walk.at + 1;
                        let (choice, end) = walk.choice(choices)?;
                        walk.at = end;
                        match choice {
                            Some(choice) => {
                                walk.hand_over(sink, Action::Choice(slot, choice), None)?
                            }
                            None => {
                                let length = (end - 1 - begin) as u16;
                                walk.hand_over(sink, Action::Other(slot, length), None)?
                            }
                        }
                    }
                    (Kind::Timestamp, b'"') if self.timestamps == Timestamps::Check => {
                        walk.at += 1;
                        walk.hand_over(sink, Action::Timestamp(slot), None)?
                    }
                    (Kind::Text | Kind::Timestamp, b'"') => {
                        walk.at += 1;
                        walk.hand_over(sink, Action::Text(slot), None)?
                    }
                    (Kind::Identifier, b'"') => {
                        walk.at += 1;
                        walk.hand_over(sink, Action::Identifier(slot), None)?
                    }
                    (Kind::Integer | Kind::IntegerOrText, b'-' | b'0'..=b'9') => {
                        walk.hand_over(sink, Action::Integer(slot), None)?
                    }
                    (Kind::IntegerOrText, b'"') => {
                        walk.at += 1;
                        walk.hand_over(sink, Action::QuotedInteger(slot), None)?
                    }
                    (Kind::Any, _) => {
                        let action = Action::Raw(slot, walk.container.depth);
                        walk.hand_over(sink, action, None)?
                    }
                    _ => return Err(walk.wrong_value(entry)),
                };
                if !goes_on {
                    return Ok(());
                }
            }
            // Brackets and a comma, and the name of the next value.
            slot = loop {
                let byte = walk.peek();
                let container = walk.container;
                if byte == container.shape.closing() {
                    walk.close()?;
                    is_first = false;
                    let goes_on = match container.closes {
                        Closes::Nothing => true,
                        Closes::Item(slot) => walk.hand_over(sink, Action::Item(slot), None)?,
                        Closes::Document => {
                            walk.hand_over(sink, Action::End, None)?;
                            false
                        }
                    };
                    if !goes_on {
                        return Ok(());
                    }
                    continue;
                }
                if !is_first {
                    if byte != b',' {
                        return Err(walk.no_comma());
                    }
                    walk.at += 1;
                    walk.peek();
                }
                if container.shape == Shape::List {
                    break Some(table.item(container));
                }
                let start = walk.at;
                if let Some(slot) = walk.name(is_first)? {
                    break Some(slot);
                }
                walk.peek();
                is_first = false;
                let unknown = Some((walk.state.container, start + 1));
                let action = Action::Skip { depth: container.depth.into() };
                if !walk.hand_over(sink, action, unknown)? {
                    return Ok(());
                }
            };
        }
    }
}

/// A walk under way. The cold ones of its methods are given a copy, so that it can stay in registers.
#[derive(Clone, Copy)]
struct Walk<'w, I> {
    i: I,
    walker: &'w Walker,
    bytes: &'w [u8],
    at: usize,
    state: State,
    /// The one that the state names.
    container: &'static Container,
    /// Objects and arrays opened since the last value.
    opened: SlotSet,
}

impl<I: Instructions> Walk<'_, I> {
    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is no white space. At the end 0, which is nothing that JSON allows.
    #[inline(always)]
    fn peek(&mut self) -> u8 {
        let Some(mut byte) = self.byte() else { return 0 };
        if byte <= b' ' {
            // Mostly a few; more are left to where speed matters less.
            self.at = match leading_blanks(self.i, self.bytes, self.at) {
                Some(length) => self.at + length,
                None => skip_whitespace(self.bytes, self.at),
            };
            byte = self.byte().unwrap_or(0);
        }
        byte
    }

    /// Gives the sink what was come to. Returns whether to go on.
    #[inline(always)]
    fn hand_over(
        &mut self,
        sink: &mut impl Sink,
        action: Action,
        unknown: Option<(u8, usize)>,
    ) -> Result<bool, Fault> {
        let Self { at, state, opened, .. } = *self;
        let end = sink.take(Step { action, at, state, opened, unknown })?;
        self.at = end.unwrap_or(at);
        self.opened = SlotSet::EMPTY;
        Ok(end.is_some())
    }

    #[inline(always)]
    fn open(&mut self, number: u8, slot: Slot) -> Result<(), Fault> {
        let max_depth = self.walker.max_depth;
        let container = self.walker.table.container(number);
        if u16::from(container.depth) > max_depth {
            let limit = Expected::AtMost(max_depth.into());
            return Err(Fault::expecting(ErrorKind::DepthLimit, self.at, limit));
        }
        self.container = container;
        self.state.container = number;
        self.opened.insert(slot);
        self.at += 1;
        Ok(())
    }

    #[inline(always)]
    fn close(&mut self) -> Result<(), Fault> {
        let container = self.container;
        let missing = container.required & !self.state.seen;
        if missing != 0 {
            return Err(self.missing(missing));
        }
        self.at += 1;
        self.state.seen &= !container.members;
        self.state.container = container.parent;
        self.container = self.walker.table.container(container.parent);
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn missing(self, missing: u64) -> Fault {
        let (mut members, _) = self.walker.table.members(self.container);
        let name = loop {
            match members {
                [entry, ..] if entry.bit & missing != 0 => break entry.name.text,
                [_, rest @ ..] => members = rest,
                [] => break "",
            }
        };
        Fault::expecting(ErrorKind::MissingMember, self.at, Expected::Member(name))
    }

    #[cold]
    #[inline(never)]
    fn no_comma(self) -> Fault {
        let expected =
            if self.container.shape == Shape::List { "`,` or `]`" } else { "`,` or `}`" };
        Fault::unexpected(self.bytes, self.at, expected)
    }

    /// The value at hand is not what the schema says.
    #[cold]
    #[inline(never)]
    fn wrong_value(self, entry: &Entry) -> Fault {
        let expected = match entry.kind {
            Kind::Text | Kind::Timestamp if entry.nullable => "a string or null",
            Kind::Integer if entry.nullable => "an integer or null",
            Kind::Text | Kind::Timestamp | Kind::Identifier | Kind::Constant | Kind::OneOf(_) => {
                "a string"
            }
            Kind::Integer => "an integer",
            Kind::IntegerOrText => INTEGER_OR_TEXT,
            Kind::Any => "a value",
            Kind::Container(number) => match self.walker.table.container(number).shape {
                Shape::List => "an array",
                Shape::Object | Shape::Document => "an object",
            },
        };
        wrong_value(self.bytes, self.at, expected)
    }

    #[inline(always)]
    fn constant(&mut self, constant: &'static Spelling) -> Result<(), Fault> {
        self.at = match constant.find(self.bytes, self.at) {
            Some(end) => end,
            None => self.other_constant(constant.text)?,
        };
        Ok(())
    }

    /// As [`constant`](Self::constant), for one that is spelled with escapes, or another.
    #[cold]
    #[inline(never)]
    fn other_constant(self, text: &'static str) -> Result<usize, Fault> {
        if let Some(short) = Short::read(self.bytes, self.at)
            && short.is(text)
        {
            return Ok(short.end);
        }
        let quoted = Quoted::read(self.bytes, self.at + 1)?;
        if !quoted.denotes(text) {
            let expected = Expected::Constant(text);
            return Err(Fault::expecting(ErrorKind::WrongConstant, self.at, expected));
        }
        Ok(quoted.end)
    }

    /// Reads a string that should be one of these: which it is, and where it ends. `None` for another that the caller
    /// wants kept.
    fn choice(self, choices: &'static [&'static str]) -> Result<(Option<u8>, usize), Fault> {
        let found = choices
            .iter()
            .enumerate()
            .find_map(|(choice, text)| Some((choice, end_of(self.bytes, self.at + 1, text)?)));
        let (choice, end) = match found {
            Some((choice, end)) => (Some(choice), end),
            None => self.other_choice(choices)?,
        };
        Ok((choice.map(|choice| choice as u8), end))
    }

    /// As [`choice`](Self::choice), for one that is spelled with escapes, or none of them.
    #[cold]
    #[inline(never)]
    fn other_choice(
        self,
        choices: &'static [&'static str],
    ) -> Result<(Option<usize>, usize), Fault> {
        if let Some(short) = Short::read(self.bytes, self.at)
            && let Some(choice) = choices.iter().position(|choice| short.is(choice))
        {
            return Ok((Some(choice), short.end));
        }
        let quoted = Quoted::read(self.bytes, self.at + 1)?;
        match choices.iter().position(|choice| quoted.denotes(choice)) {
            Some(choice) => Ok((Some(choice), quoted.end)),
            None if self.walker.unknown_statuses == UnknownStatuses::Keep
                && quoted.len() <= u16::MAX.into() =>
            {
                Ok((None, quoted.end))
            }
            None => {
                let expected = Expected::OneOf(choices);
                Err(Fault::expecting(ErrorKind::NotInEnum, self.at, expected))
            }
        }
    }

    /// Reads a name and its colon. `None` for a member that the schema does not name.
    #[inline(always)]
    fn name(&mut self, is_first: bool) -> Result<Option<Slot>, Fault> {
        let start = self.at;
        let table = self.walker.table;
        // Mostly it is one of the schema's, without escapes.
        let known = Spelling::head(self.bytes, start).and_then(|head| {
            let slot = table.find(self.container, head)?;
            Some((slot, table.entry(slot).name.end(self.bytes, start)?))
        });
        let (slot, end) = match known {
            Some((slot, end)) => (Some(slot), end),
            None => self.other_name(is_first)?,
        };
        let bit = slot.map_or(0, |slot| table.entry(slot).bit);
        if self.state.seen & bit != 0 {
            return Err(Fault::new(ErrorKind::DuplicateMember, start));
        }
        if slot.is_none() && self.walker.unknown_members == UnknownMembers::Reject {
            return Err(Fault::new(ErrorKind::UnknownMember, start));
        }
        self.at = end;
        if self.peek() != b':' {
            return Err(no_colon(self.bytes, self.at));
        }
        self.at += 1;
        self.state.seen |= bit;
        Ok(slot)
    }

    /// Looks up any name, and tells where it ends.
    #[inline(never)]
    fn other_name(self, is_first: bool) -> Result<(Option<Slot>, usize), Fault> {
        let Self { walker: Walker { table, .. }, container, .. } = self;
        let Some(b'"') = self.byte() else {
            let expected = if is_first { "a member name or `}`" } else { "a member name" };
            return Err(Fault::unexpected(self.bytes, self.at, expected));
        };
        if let Some(short) = Short::read(self.bytes, self.at) {
            let is_it = |slot: &Slot| short.is(table.entry(*slot).name.text);
            return Ok((table.find(container, short.head()).filter(is_it), short.end));
        }
        let name = Quoted::read(self.bytes, self.at + 1)?;
        let (entries, first) = table.members(container);
        let index = entries.iter().position(|entry| name.denotes(entry.name.text));
        Ok((index.map(|index| first + index as Slot), name.end))
    }
}

/// The value that begins at `at` is another than was `expected`, or none.
#[cold]
pub(super) fn wrong_value(bytes: &[u8], at: usize, expected: &'static str) -> Fault {
    let wrong_type = Fault::expecting(ErrorKind::WrongType, at, Expected::Words(expected));
    match bytes.get(at) {
        Some(b'a'..=b'z' | b'A'..=b'Z') => {
            skip_literal(bytes, at).map_or_else(|fault| fault, |_| wrong_type)
        }
        Some(b'"' | b'-' | b'0'..=b'9' | b'{' | b'[') => wrong_type,
        _ => Fault::unexpected(bytes, at, expected),
    }
}

/// Where the string ends that begins at `at`, if it is this one, spelled without escapes.
#[inline(always)]
fn end_of(bytes: &[u8], at: usize, text: &str) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let is_it = rest.starts_with(text.as_bytes()) && rest.get(text.len()) == Some(&b'"');
    is_it.then_some(at + text.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::JobResponse;
    use crate::schema::Build;

    const WALKER: Walker = Walker {
        table: JobResponse::TABLES[0],
        unknown_members: UnknownMembers::Skip,
        unknown_statuses: UnknownStatuses::Reject,
        timestamps: Timestamps::Keep,
        max_depth: 16,
    };

    #[test]
    fn a_step_says_what_follows_and_where() {
        let text = br#" {"data" :{ "type":"profile-bulk-import-job","\u0069d":"x","#;
        let step = WALKER.step(text, 0, State::START).unwrap();
        assert!(matches!(step.action, Action::Text(_)));
        assert_eq!(&text[step.at..], br#"x","#);
        assert!(step.opened.contains(Table::ROOT));
    }

    #[test]
    fn a_step_depends_on_state_and_bytes_alone() {
        let text = br#"{"data":{"id":"1","type":"profile-bulk-import-job","more":[],"id":"2"}}"#;
        let first = WALKER.step(text, 0, State::START).unwrap();
        assert_eq!(WALKER.step(text, 0, State::START), Ok(first));
        let second = WALKER.step(text, first.at + 2, first.state).unwrap();
        assert_eq!(second.action, Action::Skip { depth: 2 });
        let third = WALKER.step(text, second.at + 2, second.state).unwrap_err();
        assert_eq!(third.kind, ErrorKind::DuplicateMember);
    }

    #[test]
    fn states_forget_what_was_seen_in_closed_objects() {
        let lists = |items: &str| {
            let text = format!(r#"{{"data":{{"relationships":{{"lists":{{"data":[{items}"#);
            let mut step = WALKER.step(text.as_bytes(), 0, State::START).unwrap();
            let mut states = vec![];
            while let Action::Identifier(_) = step.action {
                states.push(step.state);
                match WALKER.step(text.as_bytes(), step.at + 2, step.state) {
                    Ok(next) => step = next,
                    Err(_) => break,
                }
            }
            states
        };
        let states = lists(r#"{"type":"list","id":"1"},{"type":"list","id":"2"},"#);
        assert_eq!(states.len(), 2);
        assert_eq!(states[0], states[1]);
    }
}
