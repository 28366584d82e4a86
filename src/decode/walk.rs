//! The walker: the reference decoder.
//!
//! From a [`State`] it reads any legal JSON text up to the next value, checks everything on the way, and
//! says which value comes and what the state will be after it. It is the only code that knows how a
//! document hangs together, and it is a pure function of the state, the bytes and its own settings: the
//! same bytes in the same state are the same step, always. It touches neither arena nor view.

use super::layout::Key;
use super::skip::{skip_colon, skip_literal};
use super::{skip_whitespace, text::Quoted};
use crate::error::{ErrorKind, Expected, Fault};
use crate::options::{Options, UnknownMembers};
use crate::schema::{Container, Entry, Kind, Shape, Slot, SlotSet, Table};

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
    /// Nothing to take: the text ended with this one of the choices that the table allows.
    Choice(Slot, u8),
    /// Skip the value of an unknown member; this many objects and arrays are open around it.
    Skip { depth: u16 },
    /// The document is complete.
    End,
}

impl Action {
    /// Whether it takes a string.
    pub(super) fn is_quoted(self) -> bool {
        matches!(self, Self::Text(_) | Self::Identifier(_))
    }

    /// Where the value goes; where there is none, the root.
    #[inline(always)]
    pub(super) fn slot(self) -> Slot {
        match self {
            Self::Text(slot)
            | Self::Identifier(slot)
            | Self::Integer(slot)
            | Self::Choice(slot, _) => slot,
            Self::Skip { .. } | Self::End => Table::ROOT,
        }
    }

    /// Whether the walker would have ended its step before this byte, which is the first of the value. For
    /// what begins with a quote it has seen that itself.
    pub(super) fn may_begin_with(self, byte: Option<&u8>) -> bool {
        match self {
            Self::Integer(_) => matches!(byte, Some(b'-' | b'0'..=b'9')),
            Self::Skip { .. } => !matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r')),
            Self::Text(_) | Self::Identifier(_) | Self::Choice(..) | Self::End => true,
        }
    }
}

/// The schema to walk by, and what the caller chose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walker {
    pub(crate) table: &'static Table,
    pub(crate) unknown_members: UnknownMembers,
    pub(crate) max_depth: u16,
}

/// What the grammar wants next.
#[derive(Clone, Copy)]
enum Wanted {
    /// A value for this slot.
    Value(Slot),
    /// The first member or item, or the closing bracket.
    FirstOrClose,
    /// A member name.
    Name,
    /// A comma or the closing bracket.
    CommaOrClose,
}

impl Walker {
    pub(crate) fn new(table: &'static Table, options: &Options) -> Self {
        Self { table, unknown_members: options.unknown_members, max_depth: options.max_depth }
    }

    /// Reads from the end of a value, which is at `at` in `state`, to the next value.
    pub(crate) fn step(&self, bytes: &[u8], at: usize, state: State) -> Result<Step, Fault> {
        let mut walk =
            Walk { walker: self, bytes, at, state, opened: SlotSet::EMPTY, unknown: None };
        let mut wanted = match state {
            State::START => Wanted::Value(Table::ROOT),
            _ => Wanted::CommaOrClose,
        };
        loop {
            walk.at = skip_whitespace(bytes, walk.at);
            let outcome = match wanted {
                Wanted::Value(slot) => walk.value(slot)?,
                Wanted::FirstOrClose => walk.first_or_close()?,
                Wanted::Name => walk.name("a member name")?,
                Wanted::CommaOrClose => walk.comma_or_close()?,
            };
            match outcome {
                Outcome::Wanted(next) => wanted = next,
                Outcome::Action(action) => {
                    let Walk { at, state, opened, unknown, .. } = walk;
                    return Ok(Step { action, at, state, opened, unknown });
                }
            }
        }
    }
}

/// What one piece of the grammar leads to.
enum Outcome {
    Wanted(Wanted),
    Action(Action),
}

/// One step under way.
struct Walk<'w> {
    walker: &'w Walker,
    bytes: &'w [u8],
    at: usize,
    state: State,
    opened: SlotSet,
    unknown: Option<(u8, usize)>,
}

impl Walk<'_> {
    fn container(&self) -> &'static Container {
        self.walker.table.container(self.state.container)
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn unexpected(&self, expected: &'static str) -> Fault {
        Fault::unexpected(self.bytes, self.at, expected)
    }

    fn value(&mut self, slot: Slot) -> Result<Outcome, Fault> {
        let entry = self.walker.table.entry(slot);
        if self.byte() == Some(b'n') && entry.nullable {
            return self.null(entry);
        }
        let fits = match entry.kind {
            Kind::Text | Kind::Identifier | Kind::Constant(_) | Kind::OneOf(_) => {
                matches!(self.byte(), Some(b'"'))
            }
            Kind::Integer => matches!(self.byte(), Some(b'-' | b'0'..=b'9')),
            Kind::Container(number) => match self.walker.table.container(number).shape {
                Shape::List => self.byte() == Some(b'['),
                Shape::Object | Shape::Document => self.byte() == Some(b'{'),
            },
        };
        if !fits {
            return Err(self.wrong_value(entry));
        }
        Ok(match entry.kind {
            Kind::Container(number) => Outcome::Wanted(self.open(slot, number)?),
            Kind::Constant(text) => Outcome::Wanted(self.constant(text)?),
            Kind::Integer => Outcome::Action(Action::Integer(slot)),
            Kind::Text => {
                self.at += 1;
                Outcome::Action(Action::Text(slot))
            }
            Kind::Identifier => {
                self.at += 1;
                Outcome::Action(Action::Identifier(slot))
            }
            Kind::OneOf(choices) => Outcome::Action(self.choice(slot, choices)?),
        })
    }

    fn null(&mut self, entry: &Entry) -> Result<Outcome, Fault> {
        let end = skip_literal(self.bytes, self.at)?;
        if self.bytes[self.at..end] != *b"null" {
            return Err(self.wrong_value(entry));
        }
        self.at = end;
        Ok(Outcome::Wanted(Wanted::CommaOrClose))
    }

    /// The value at hand is not what the schema says.
    fn wrong_value(&self, entry: &Entry) -> Fault {
        let expected = match entry.kind {
            Kind::Text if entry.nullable => "a string or null",
            Kind::Integer if entry.nullable => "an integer or null",
            Kind::Text | Kind::Identifier | Kind::Constant(_) | Kind::OneOf(_) => "a string",
            Kind::Integer => "an integer",
            Kind::Container(number) => match self.walker.table.container(number).shape {
                Shape::List => "an array",
                Shape::Object | Shape::Document => "an object",
            },
        };
        match self.byte() {
            Some(b'a'..=b'z' | b'A'..=b'Z') => match skip_literal(self.bytes, self.at) {
                Ok(_) => {
                    let expected = Expected::Words(expected);
                    Fault::expecting(ErrorKind::WrongType, self.at, expected)
                }
                Err(fault) => fault,
            },
            Some(b'"' | b'-' | b'0'..=b'9' | b'{' | b'[') => {
                Fault::expecting(ErrorKind::WrongType, self.at, Expected::Words(expected))
            }
            _ => self.unexpected(expected),
        }
    }

    fn constant(&mut self, text: &'static str) -> Result<Wanted, Fault> {
        let quoted = Quoted::read(self.bytes, self.at + 1)?;
        if !quoted.denotes(text) {
            let expected = Expected::Constant(text);
            return Err(Fault::expecting(ErrorKind::WrongConstant, self.at, expected));
        }
        self.at = quoted.end;
        Ok(Wanted::CommaOrClose)
    }

    fn choice(&mut self, slot: Slot, choices: &'static [&'static str]) -> Result<Action, Fault> {
        let quoted = Quoted::read(self.bytes, self.at + 1)?;
        let Some(choice) = choices.iter().position(|choice| quoted.denotes(choice)) else {
            let expected = Expected::OneOf(choices);
            return Err(Fault::expecting(ErrorKind::NotInEnum, self.at, expected));
        };
        self.at = quoted.end;
        Ok(Action::Choice(slot, choice as u8))
    }

    fn open(&mut self, slot: Slot, number: u8) -> Result<Wanted, Fault> {
        let max_depth = self.walker.max_depth;
        if u16::from(self.walker.table.container(number).depth) > max_depth {
            let limit = Expected::AtMost(max_depth.into());
            return Err(Fault::expecting(ErrorKind::DepthLimit, self.at, limit));
        }
        self.opened.insert(slot);
        self.state.container = number;
        self.at += 1;
        Ok(Wanted::FirstOrClose)
    }

    fn first_or_close(&mut self) -> Result<Outcome, Fault> {
        let container = self.container();
        match (container.shape, self.byte()) {
            (Shape::Object, Some(b'}')) | (Shape::List, Some(b']')) => self.close(),
            (Shape::List, _) => {
                Ok(Outcome::Wanted(Wanted::Value(self.walker.table.item(container))))
            }
            _ => self.name("a member name or `}`"),
        }
    }

    fn comma_or_close(&mut self) -> Result<Outcome, Fault> {
        let container = self.container();
        match (container.shape, self.byte()) {
            (Shape::Object, Some(b'}')) | (Shape::List, Some(b']')) => self.close(),
            (Shape::Object, Some(b',')) => {
                self.at += 1;
                Ok(Outcome::Wanted(Wanted::Name))
            }
            (Shape::List, Some(b',')) => {
                self.at += 1;
                Ok(Outcome::Wanted(Wanted::Value(self.walker.table.item(container))))
            }
            (Shape::List, _) => Err(self.unexpected("`,` or `]`")),
            _ => Err(self.unexpected("`,` or `}`")),
        }
    }

    fn close(&mut self) -> Result<Outcome, Fault> {
        let container = self.container();
        let missing = container.required & !self.state.seen;
        if missing != 0 {
            let name = self
                .walker
                .table
                .members(container)
                .find(|(_, entry)| entry.bit & missing != 0)
                .map_or("", |(_, entry)| entry.name);
            let expected = Expected::Member(name);
            return Err(Fault::expecting(ErrorKind::MissingMember, self.at, expected));
        }
        self.at += 1;
        self.state.seen &= !container.members;
        self.state.container = container.parent;
        Ok(match container.parent {
            Table::DOCUMENT => Outcome::Action(Action::End),
            _ => Outcome::Wanted(Wanted::CommaOrClose),
        })
    }

    fn name(&mut self, expected: &'static str) -> Result<Outcome, Fault> {
        let start = self.at;
        let Some(b'"') = self.byte() else {
            return Err(self.unexpected(expected));
        };
        let name = Quoted::read(self.bytes, start + 1)?;
        let container = self.container();
        let known =
            self.walker.table.members(container).find(|(_, entry)| name.denotes(entry.name));
        match known {
            Some((_, entry)) if self.state.seen & entry.bit != 0 => {
                Err(Fault::new(ErrorKind::DuplicateMember, start))
            }
            Some((slot, entry)) => {
                self.at = skip_colon(self.bytes, name.end)?;
                self.state.seen |= entry.bit;
                Ok(Outcome::Wanted(Wanted::Value(slot)))
            }
            None if self.walker.unknown_members == UnknownMembers::Reject => {
                Err(Fault::new(ErrorKind::UnknownMember, start))
            }
            None => {
                self.at = skip_colon(self.bytes, name.end)?;
                self.unknown = Some((self.state.container, start + 1));
                Ok(Outcome::Action(Action::Skip { depth: container.depth.into() }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::JOB_RESPONSE_TABLE;

    const WALKER: Walker =
        Walker { table: &JOB_RESPONSE_TABLE, unknown_members: UnknownMembers::Skip, max_depth: 16 };

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
        let text = br#"{"data":{"id":"1","type":"profile-bulk-import-job","meta":[],"id":"2"}}"#;
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
