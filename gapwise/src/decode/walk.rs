//! The walker: the reference decoder.
//!
//! From a [`State`] it reads any legal JSON text up to the next value, checks everything on the way, and says which
//! value comes and what the state is after it. No other code knows the structure of a document. The walker is a pure
//! function of the state, the bytes and its settings: the same bytes in the same state always give the same step. It
//! does not touch the arena or the view.
//!
//! To learn from the walker, [trace](Walker::trace) it. It then goes into the values of members that the schema does
//! not name, and also returns the [`Rule`]: after which other members the same bytes give the same step.

use super::nested::{Nested, Value, no_name, not_closed};
use super::skip::{SkipValue, no_colon, skip_literal};
use super::skip_whitespace;
use super::text::{Quoted, Short, read_plain, skip_string};
use crate::error::{ErrorKind, Expected, Fault};
use crate::kernel::{Instructions, Operation, Portable, leading_blanks};
use crate::options::{Formats, Options, UnknownMembers, UnknownVariants};
use crate::schema::{
    Class, Closes, Container, Entry, Kind, Number, OneVariant, Others, Shape, Slot, SlotSet,
    Spelling, Table,
};
use std::mem;

/// All that is needed at the end of a value to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State<const N: usize = 1> {
    pub(super) place: Place,
    /// The members seen so far. Those of an object that has ended remain until the next object begins in its place.
    pub(super) seen: SlotSet<N>,
}

#[cfg(test)]
impl State {
    /// Before the document.
    const START: Self = Self { place: Place::START, seen: SlotSet::EMPTY };
}

/// Where in a document a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The container of the value.
    container: u16,
    /// Which member of the container it is: a slot, or a hash of a name that the schema does not have. It does not
    /// affect the step, but is a good hint of what comes next.
    member: u16,
    /// The objects and arrays open inside the value of a member that the schema does not describe.
    nested: Nested,
    /// The slot of that value, if it is kept as raw JSON; else the root.
    raw: Slot,
    /// Whether the value is a string whose closing quote has not been read yet.
    quoted: bool,
    /// Whether no member of the container has been read yet, although its variant is known from a late tag.
    begins: bool,
}

impl Place {
    /// Before the document.
    pub(super) const START: Self = Self {
        container: Table::DOCUMENT,
        member: Table::ROOT,
        nested: Nested::NOTHING,
        raw: Table::ROOT,
        quoted: false,
        begins: false,
    };

    /// After a value of a container, which is this member: a complete value, or a string whose closing quote has not
    /// been read yet.
    pub(super) const fn after(container: u16, member: Slot, quoted: bool) -> Self {
        Self { container, member, quoted, ..Self::START }
    }

    /// The container, the member, and whether the closing quote has not been read yet.
    pub(super) const fn parts(self) -> (u16, u16, bool) {
        let Self { container, member, quoted, .. } = self;
        (container, member, quoted)
    }

    /// Whether no member of its container has been read yet.
    pub(super) const fn begins(self) -> bool {
        self.begins
    }

    /// A hash: different for most other places.
    pub(super) fn number(self) -> u64 {
        let Self { container, member, nested, raw, quoted, begins } = self;
        let parts = [container, member, raw, u16::from(quoted) | u16::from(begins) << 1];
        let parts = parts.map(u64::from);
        let number = parts.iter().fold(0, |number, part| number << 16 | part);
        number ^ u64::from(nested.number() - 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// A member that the schema does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) container: u16,
    /// The length of its name, if that is plain and not very long; else 0.
    pub(super) plain: u16,
    /// Where its name begins, after the quote.
    pub(super) begin: usize,
}

impl Unknown {
    /// A member of a container, whose name is plain.
    pub(super) fn plain(container: u16, begin: usize, length: usize) -> Self {
        Self { container, plain: u16::try_from(length).unwrap_or(0), begin }
    }
}

/// What the walker found in the text up to the next value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step<const N: usize = 1> {
    /// What to do now.
    pub(crate) action: Action,
    /// Where to do it: at the first byte of a value, or after the opening quote of a string; if there is nothing to
    /// take, at the end of the text that was read.
    pub(crate) at: usize,
    /// The state at the end of the value.
    pub(crate) state: State<N>,
    /// The unknown member that came, if one did.
    pub(super) unknown: Option<Unknown>,
    /// Where a value begins that is kept as raw JSON and contains others, if one began.
    pub(crate) raw: Option<usize>,
}

impl<const N: usize> Step<N> {
    /// Whether the step led from one identifier of a list to the next.
    pub(super) fn goes_on_with_list(&self, before: Place) -> bool {
        self.state.place == before && matches!(self.action, Action::Identifier(_))
    }
}

/// After which members the same bytes in the same place are the same step, and which members have been seen after that
/// step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule<const N: usize = 1> {
    /// The members that it depends on...
    minded: SlotSet<N>,
    /// ...and those of them that must have been seen. The others must not.
    needed: SlotSet<N>,
    /// Members whose seen state is unchanged by the step.
    kept: SlotSet<N>,
    /// Members that were seen during the step.
    added: SlotSet<N>,
}

impl<const N: usize> Rule<N> {
    /// The rule of a step without any members.
    pub(super) const NONE: Self = Self {
        minded: SlotSet::EMPTY,
        needed: SlotSet::EMPTY,
        kept: SlotSet::ALL,
        added: SlotSet::EMPTY,
    };

    /// Whether the step is the same after these members were seen.
    #[inline(always)]
    pub(super) fn admits(&self, seen: SlotSet<N>) -> bool {
        seen.and(self.minded) == self.needed
    }

    /// The members seen after the step.
    #[inline(always)]
    pub(super) fn apply(&self, seen: SlotSet<N>) -> SlotSet<N> {
        let mut seen = seen.and(self.kept);
        seen.extend(self.added);
        seen
    }

    fn name(&mut self, slot: Slot) {
        if self.kept.contains(slot) && !self.added.contains(slot) {
            self.minded.insert(slot);
        }
        self.added.insert(slot);
    }

    fn open(&mut self, slots: SlotSet<N>) {
        self.kept.remove(slots);
        self.added.remove(slots);
    }

    /// Marks slots that have just been opened as seen, because none of them can come any more.
    fn shut(&mut self, slots: SlotSet<N>) {
        self.added.extend(slots);
    }

    fn close(&mut self, required: SlotSet<N>) {
        let needed = required.without(self.added).and(self.kept);
        self.minded.extend(needed);
        self.needed.extend(needed);
    }
}

/// What to do after the text between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Take a string.
    Text(Slot),
    /// Take a string that is one of many in a list.
    Identifier(Slot),
    /// Take an integer.
    Integer(Slot),
    /// Take a number of a type other than `i64`.
    Number(Slot),
    /// Take an integer that is written as text; the cursor is then after its closing quote.
    QuotedInteger(Slot),
    /// Take a string that must have a format.
    Formatted(Slot),
    /// Skip `null`.
    Null(Slot),
    /// Nothing to take: the text ended with one of the choices of the table; the number says which.
    Choice(Slot, u8),
    /// Take the string that the text ended with, which is none of the choices. It has this many bytes, and a closing
    /// quote.
    Other(Slot, u16),
    /// Take any value; this many objects and arrays are open around it.
    Raw(Slot, u16),
    /// Nothing to take: a value that is kept as raw JSON is complete.
    RawEnd(Slot),
    /// Nothing to take: an object begins whose tag does not come first. It is this variant. The bytes before the object
    /// do not tell that, so the tag is searched for each time.
    Late(Slot, u8),
    /// Nothing to take: an item of an array is complete that is an object or array itself.
    Item(Slot),
    /// Nothing to take: an array of fixed length is complete. It may also be an item.
    ListEnd(Slot),
    /// Take a value that is a whole item of an array. The number belongs to the [`Scalar`].
    ItemValue(Slot, Scalar, u16),
    /// The same for the whole content of a variant of an `untagged` enum. The enum becomes that variant.
    Variant(Slot, Scalar, u16),
    /// Skip a string.
    SkipText,
    /// Skip a number.
    SkipNumber,
    /// Skip `true`, `false` or `null`.
    SkipLiteral,
    /// Nothing to take: a member without any scalar value in it was skipped.
    SkipNothing,
    /// Skip any value; this many objects and arrays are open around it.
    Skip { depth: u16 },
    /// The document is complete.
    End,
}

// Every gap has one, and the hot loop matches on it, so its discriminant has a byte of its own.
const _: () = assert!(size_of::<Action>() == 6);

/// A value that is neither an object nor an array. An [`Action`] has a number beside it for what else it needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Text,
    Formatted,
    Integer,
    Number,
    Null,
    /// The number says which choice it is.
    Choice,
    /// The number says how long the text is.
    Other,
    /// The number says how many objects and arrays are open around it.
    Raw,
    /// The same, and the name is kept, too.
    Rest,
}

impl Scalar {
    /// What to do after the text, if the value is not an item.
    pub(super) fn action(self, slot: Slot, number: u16) -> Action {
        match self {
            Self::Text => Action::Text(slot),
            Self::Formatted => Action::Formatted(slot),
            Self::Integer => Action::Integer(slot),
            Self::Number => Action::Number(slot),
            Self::Null => Action::Null(slot),
            Self::Choice => Action::Choice(slot, number as u8),
            Self::Other => Action::Other(slot, number),
            Self::Raw | Self::Rest => Action::Raw(slot, number),
        }
    }
}

impl Action {
    /// Whether it takes a string, whose closing quote belongs to the next gap.
    pub(super) fn is_quoted(self) -> bool {
        matches!(
            self,
            Self::Text(_)
                | Self::Identifier(_)
                | Self::Formatted(_)
                | Self::ItemValue(_, Scalar::Text | Scalar::Formatted, _)
                | Self::Variant(_, Scalar::Text | Scalar::Formatted, _)
                | Self::SkipText
        )
    }

    /// Whether it takes a string that is kept, whatever its text is.
    pub(super) fn is_any_text(self) -> bool {
        matches!(self, Self::Text(_) | Self::Identifier(_))
    }

    /// Whether it skips a value.
    pub(super) fn is_skipped(self) -> bool {
        matches!(
            self,
            Self::SkipText
                | Self::SkipNumber
                | Self::SkipLiteral
                | Self::SkipNothing
                | Self::Skip { .. }
        )
    }

    /// Where the value goes; the root if nowhere.
    #[inline(always)]
    pub(super) fn slot(self) -> Slot {
        match self {
            Self::Text(slot)
            | Self::Identifier(slot)
            | Self::Integer(slot)
            | Self::Number(slot)
            | Self::QuotedInteger(slot)
            | Self::Formatted(slot)
            | Self::Null(slot)
            | Self::ItemValue(slot, ..)
            | Self::Variant(slot, ..)
            | Self::Choice(slot, _)
            | Self::Other(slot, _)
            | Self::Late(slot, _)
            | Self::Raw(slot, _)
            | Self::RawEnd(slot)
            | Self::Item(slot)
            | Self::ListEnd(slot) => slot,
            Self::SkipText
            | Self::SkipNumber
            | Self::SkipLiteral
            | Self::SkipNothing
            | Self::Skip { .. }
            | Self::End => Table::ROOT,
        }
    }

    /// Whether the walker, too, would have ended its step before these bytes, with which the value begins. If a value
    /// begins with a quote, the quote is in the gap, and the walker has seen it.
    pub(super) fn may_begin_with(self, rest: &[u8]) -> bool {
        match self {
            Self::Integer(_)
            | Self::Number(_)
            | Self::ItemValue(_, Scalar::Integer | Scalar::Number, _)
            | Self::Variant(_, Scalar::Integer | Scalar::Number, _)
            | Self::SkipNumber => matches!(rest, [b'-' | b'0'..=b'9', ..]),
            Self::Null(_)
            | Self::ItemValue(_, Scalar::Null, _)
            | Self::Variant(_, Scalar::Null, _) => rest.starts_with(b"null"),
            Self::SkipLiteral => matches!(rest, [b'a'..=b'z' | b'A'..=b'Z', ..]),
            Self::Skip { .. } => matches!(rest, [b'{' | b'[', ..]),
            // The walker goes into values that contain others; a value that may be `null` has another action if it is;
            // and the array may have no item.
            Self::Raw(..) | Self::ItemValue(_, Scalar::Raw, _) => {
                !matches!(rest, [] | [b' ' | b'\t' | b'\n' | b'\r' | b'n' | b'{' | b'[' | b']', ..])
            }
            Self::ItemValue(_, Scalar::Rest, _) => {
                !matches!(rest, [] | [b' ' | b'\t' | b'\n' | b'\r', ..])
            }
            Self::Text(_)
            | Self::Identifier(_)
            | Self::QuotedInteger(_)
            | Self::Formatted(_)
            | Self::ItemValue(_, Scalar::Text | Scalar::Formatted, _)
            | Self::SkipText => true,
            Self::ItemValue(_, Scalar::Choice | Scalar::Other, _) => true,
            // All others begin in the gap, or do not occur.
            Self::Variant(..) => true,
            Self::Choice(..)
            | Self::Other(..)
            | Self::Late(..)
            | Self::RawEnd(_)
            | Self::Item(_)
            | Self::ListEnd(_)
            | Self::SkipNothing
            | Self::End => true,
        }
    }
}

/// What an error says was expected if an integer may also be a text.
pub(super) fn integer_or_text(entry: &Entry) -> &'static str {
    if entry.nullable {
        "an integer, a text of digits or null"
    } else {
        "an integer or a text of digits"
    }
}

/// Receives the values that a walk comes to.
pub(super) trait Sink<const N: usize> {
    /// Takes the value that a step led to. Returns where to continue after the value; `None` to end the walk.
    fn take(&mut self, step: Step<N>) -> Result<Option<usize>, Fault>;
}

/// The schema to walk by, and the settings of the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walker {
    pub(crate) table: &'static Table,
    pub(crate) unknown_members: UnknownMembers,
    pub(crate) unknown_variants: UnknownVariants,
    pub(crate) formats: Formats,
    pub(crate) max_depth: u16,
}

impl Walker {
    pub(crate) fn new(table: &'static Table, options: &Options) -> Self {
        let &Options { unknown_members, unknown_variants, formats, max_depth, .. } = options;
        Self { table, unknown_members, unknown_variants, formats, max_depth }
    }

    /// Reads from the end of a value, at `at` in `state`, to the next value, and traces the rule of the step. A fault
    /// comes with the unknown member that came before it, if any.
    pub(super) fn trace<const N: usize>(
        &self,
        bytes: &[u8],
        at: usize,
        state: State<N>,
    ) -> Result<(Step<N>, Rule<N>), (Fault, Option<Unknown>)> {
        struct First<const N: usize>(Option<Step<N>>);
        impl<const N: usize> Sink<N> for First<N> {
            #[inline(always)]
            fn take(&mut self, step: Step<N>) -> Result<Option<usize>, Fault> {
                self.0 = Some(step);
                Ok(None)
            }
        }
        let mut first = First(None);
        let mut walk = Walk::<_, true, N>::new(Portable, self, bytes, at, state);
        walk.run(&mut first).map_err(|fault| (fault, walk.unknown))?;
        Ok((first.0.expect("a walk ends with a value"), walk.rule))
    }

    /// Reads value after value until the sink, which takes them, ends the walk. The sink must end it at the end of the
    /// document.
    #[inline(always)]
    pub(super) fn walk<I: Instructions, const N: usize>(
        &self,
        i: I,
        bytes: &[u8],
        at: usize,
        state: State<N>,
        sink: &mut impl Sink<N>,
    ) -> Result<(), Fault> {
        Walk::<_, false, N>::new(i, self, bytes, at, state).run(sink)
    }
}

/// A walk, and whether it is traced. Its cold methods are given a copy, so that the walk itself can stay in registers.
#[derive(Clone, Copy)]
struct Walk<'w, I, const TRACED: bool, const N: usize> {
    i: I,
    walker: &'w Walker,
    bytes: &'w [u8],
    at: usize,
    place: Place,
    /// The container that the place refers to.
    container: &'static Container,
    seen: SlotSet<N>,
    rule: Rule<N>,
    unknown: Option<Unknown>,
    raw: Option<usize>,
}

impl<'w, I: Instructions, const TRACED: bool, const N: usize> Walk<'w, I, TRACED, N> {
    #[inline(always)]
    fn new(i: I, walker: &'w Walker, bytes: &'w [u8], at: usize, state: State<N>) -> Self {
        let State { place, seen } = state;
        let at = at + usize::from(place.quoted);
        let container = walker.table.container(place.container);
        let (rule, unknown, raw) = (Rule::NONE, None, None);
        Self { i, walker, bytes, at, place, container, seen, rule, unknown, raw }
    }

    #[inline(always)]
    fn run(&mut self, sink: &mut impl Sink<N>) -> Result<(), Fault> {
        let table = self.walker.table;
        let mut slot = (self.place == Place::START).then_some(Table::ROOT);
        if self.place.nested.is_open() && !self.go_on_inside(sink, false)? {
            return Ok(());
        }
        let mut begins = mem::take(&mut self.place.begins);
        loop {
            // A value that is part of the gap, or the value that ends it. It is handed to the sink where its type is
            // known, so that compiled code need not check the type twice.
            let mut is_first = mem::take(&mut begins);
            if let Some(slot) = slot {
                let byte = self.peek();
                let entry = table.entry(slot);
                let goes_on = match (entry.kind, byte) {
                    (Kind::Container(number), b'{' | b'[')
                        if byte == table.container(number).shape.opening() =>
                    {
                        self.open(number)?;
                        is_first = true;
                        true
                    }
                    (Kind::Constant, b'"') => {
                        self.constant(&entry.constant)?;
                        true
                    }
                    (_, b'n') if entry.nullable => {
                        if !self.bytes[self.at..].starts_with(b"null") {
                            return Err(self.here().wrong_value(entry));
                        }
                        self.hand_over(sink, Action::Null(slot))?
                    }
                    (Kind::OneOf(choices), b'"') => {
                        let begin = self.at + 1;
                        let (choice, end) = self.here().choice(slot, choices)?;
                        self.at = end;
                        match choice {
                            Some(choice) => self.hand_over(sink, Action::Choice(slot, choice))?,
                            None => {
                                let length = (end - 1 - begin) as u16;
                                self.hand_over(sink, Action::Other(slot, length))?
                            }
                        }
                    }
                    (Kind::Formatted(_), b'"') if self.walker.formats == Formats::Check => {
                        self.at += 1;
                        self.hand_over(sink, Action::Formatted(slot))?
                    }
                    (Kind::Text | Kind::Formatted(_), b'"') => {
                        self.at += 1;
                        self.hand_over(sink, Action::Text(slot))?
                    }
                    (Kind::Identifier, b'"') => {
                        self.at += 1;
                        self.hand_over(sink, Action::Identifier(slot))?
                    }
                    (Kind::Integer | Kind::IntegerOrText, b'-' | b'0'..=b'9') => {
                        self.hand_over(sink, Action::Integer(slot))?
                    }
                    (Kind::IntegerOrText, b'"') => {
                        self.at += 1;
                        self.hand_over(sink, Action::QuotedInteger(slot))?
                    }
                    (Kind::Any, b'{' | b'[') if TRACED => {
                        self.place.raw = slot;
                        self.raw = Some(self.at);
                        self.go_inside(sink)?
                    }
                    (Kind::Any, _) => {
                        let action = Action::Raw(slot, self.container.depth);
                        self.hand_over(sink, action)?
                    }
                    (Kind::Untagged(number), _) => {
                        let depth = self.container.depth;
                        let chosen = self.here().untagged(slot, number, depth, self.seen)?;
                        if TRACED && let Some(variant) = chosen.variant {
                            let (all, others) = table.all_and_others(number, variant);
                            self.rule.open(all);
                            self.rule.shut(others);
                            if let Some(number) = chosen.container {
                                self.rule.open(table.slots(table.container(number)));
                            }
                        }
                        self.at = chosen.at;
                        self.seen = chosen.seen;
                        is_first = chosen.container.is_some();
                        let number = chosen.container.unwrap_or(self.place.container);
                        self.container = table.container(number);
                        self.place.container = number;
                        self.place.begins = is_first;
                        let goes_on = match chosen.action {
                            Some(action) => self.hand_over(sink, action)?,
                            None => true,
                        };
                        self.place.begins = false;
                        goes_on
                    }
                    (kind, _) => {
                        let depth = self.container.depth;
                        let (scalar, number, at) = self.here().other_value(slot, depth)?;
                        self.at = at;
                        match (kind, scalar) {
                            (Kind::Number(_), _) => self.hand_over(sink, Action::Number(slot))?,
                            (Kind::Bool, _) => {
                                self.hand_over(sink, Action::Choice(slot, number as u8))?
                            }
                            _ => self.hand_over(sink, Action::ItemValue(slot, scalar, number))?,
                        }
                    }
                };
                if !goes_on {
                    return Ok(());
                }
            }
            // Brackets and commas, and the name of the next value.
            slot = loop {
                let byte = self.peek();
                let container = self.container;
                if byte == container.closing {
                    self.close()?;
                    is_first = false;
                    let goes_on = match container.closes {
                        Closes::Nothing => true,
                        Closes::Item(slot) => self.hand_over(sink, Action::Item(slot))?,
                        Closes::List(slot) => self.hand_over(sink, Action::ListEnd(slot))?,
                        Closes::Name(value) => break Some(value),
                        Closes::Document => {
                            self.hand_over(sink, Action::End)?;
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
                        return Err(self.no_comma());
                    }
                    self.at += 1;
                    self.peek();
                }
                if !container.shape.has_members() {
                    match container.shape {
                        Shape::Map => self.begin_any_name(is_first)?,
                        Shape::Name => return Err(self.comma_after_name()),
                        Shape::Tagged => {
                            let slot = table.item(self.container);
                            let choice = self.tag(slot)?;
                            is_first = self.place.begins;
                            let goes_on = match is_first {
                                true => self.hand_over(sink, Action::Late(slot, choice))?,
                                false => self.hand_over(sink, Action::Choice(slot, choice))?,
                            };
                            if !goes_on {
                                return Ok(());
                            }
                            self.place.begins = false;
                            continue;
                        }
                        _ => {}
                    }
                    break Some(table.item(self.container));
                }
                if let Some(slot) = self.name(is_first)? {
                    break Some(slot);
                }
                self.peek();
                is_first = false;
                let goes_on = match TRACED {
                    true => self.go_inside(sink)?,
                    false => {
                        let action = Action::Skip { depth: container.depth };
                        self.hand_over(sink, action)?
                    }
                };
                if !goes_on {
                    return Ok(());
                }
            };
        }
    }

    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is not white space. At the end 0, which JSON never has there.
    #[inline(always)]
    fn peek(&mut self) -> u8 {
        let Some(mut byte) = self.byte() else { return 0 };
        if byte <= b' ' {
            // Usually there are only a few blanks; the rare long ones may be slow.
            self.at = match leading_blanks(self.i, self.bytes, self.at) {
                Some(length) => self.at + length,
                None => skip_whitespace(self.bytes, self.at),
            };
            byte = self.byte().unwrap_or(0);
        }
        byte
    }

    /// The value at the cursor.
    #[inline(always)]
    fn here(&self) -> Here<'w, I> {
        let Self { i, walker, bytes, at, .. } = *self;
        Here { i, walker, bytes, at }
    }

    /// Hands an action to the sink. Returns whether to continue.
    #[inline(always)]
    fn hand_over(&mut self, sink: &mut impl Sink<N>, action: Action) -> Result<bool, Fault> {
        self.place.quoted = action.is_quoted();
        if action.slot() != Table::ROOT {
            self.place.member = action.slot();
        }
        let Self { at, place, seen, unknown, raw, .. } = *self;
        let end = sink.take(Step { action, at, state: State { place, seen }, unknown, raw })?;
        self.at = end.unwrap_or(at) + usize::from(self.place.quoted);
        (self.unknown, self.raw) = (None, None);
        Ok(end.is_some())
    }

    /// Begins a value that the schema does not describe, and reads it to its end. Returns whether to continue after it.
    #[inline(never)]
    fn go_inside(&mut self, sink: &mut impl Sink<N>) -> Result<bool, Fault> {
        match self.value_inside(sink)? {
            Some(false) => Ok(false),
            Some(true) if !self.place.nested.is_open() => Ok(true),
            opened => self.go_on_inside(sink, opened.is_none()),
        }
    }

    /// Continues a value that the schema does not describe, to its end. Returns whether to continue after it.
    #[inline(never)]
    fn go_on_inside(&mut self, sink: &mut impl Sink<N>, mut is_first: bool) -> Result<bool, Fault> {
        while self.place.nested.is_open() {
            let byte = self.peek();
            let is_object = self.place.nested.is_in_object();
            if byte == self.place.nested.closing() {
                self.place.nested.close();
                self.at += 1;
                is_first = false;
                continue;
            }
            if !is_first {
                if byte != b',' {
                    return Err(not_closed(self.bytes, self.at, is_object));
                }
                self.at += 1;
                self.peek();
            }
            if is_object {
                self.name_inside(is_first)?;
            }
            is_first = match self.value_inside(sink)? {
                Some(true) => false,
                Some(false) => return Ok(false),
                None => true,
            };
        }
        match mem::replace(&mut self.place.raw, Table::ROOT) {
            Table::ROOT if self.unknown.is_none() => Ok(true),
            Table::ROOT => self.hand_over(sink, Action::SkipNothing),
            slot => self.hand_over(sink, Action::RawEnd(slot)),
        }
    }

    /// Reads a name and its colon inside a value that the schema does not describe.
    fn name_inside(&mut self, is_first: bool) -> Result<(), Fault> {
        let start = self.at;
        let Some(b'"') = self.byte() else {
            return Err(no_name(self.bytes, start, is_first));
        };
        self.at = skip_string(self.i, self.bytes, start + 1)?;
        self.place.member = member_of(&self.bytes[start..self.at]);
        if self.peek() != b':' {
            return Err(no_colon(self.bytes, self.at));
        }
        self.at += 1;
        Ok(())
    }

    /// Begins a skipped value. Returns whether to continue after it; `None` if the value contains others, which come
    /// next.
    fn value_inside(&mut self, sink: &mut impl Sink<N>) -> Result<Option<bool>, Fault> {
        let byte = self.peek();
        let action = match Value::of(byte) {
            Some(Value::Text) => {
                self.at += 1;
                Action::SkipText
            }
            Some(Value::Number) => Action::SkipNumber,
            Some(Value::Literal) => Action::SkipLiteral,
            Some(Value::Open) => {
                let depth = self.container.depth + self.place.nested.depth();
                let max_depth = self.walker.max_depth;
                if depth >= max_depth {
                    let limit = Expected::AtMost(max_depth.into());
                    return Err(Fault::expecting(ErrorKind::DepthLimit, self.at, limit));
                }
                if self.place.nested.open(byte == b'{') {
                    self.at += 1;
                    return Ok(None);
                }
                Action::Skip { depth }
            }
            None => return Err(Fault::unexpected(self.bytes, self.at, "a value")),
        };
        self.hand_over(sink, action).map(Some)
    }

    #[inline(always)]
    fn open(&mut self, number: u16) -> Result<(), Fault> {
        let max_depth = self.walker.max_depth;
        let container = self.walker.table.container(number);
        if container.depth > max_depth {
            let limit = Expected::AtMost(max_depth.into());
            return Err(Fault::expecting(ErrorKind::DepthLimit, self.at, limit));
        }
        if TRACED {
            self.rule.open(self.walker.table.slots(container));
        }
        self.seen.remove(self.walker.table.slots(container));
        self.container = container;
        self.place.container = number;
        self.at += 1;
        Ok(())
    }

    /// At a name of an object that may have any names.
    #[inline(always)]
    fn begin_any_name(&mut self, is_first: bool) -> Result<(), Fault> {
        if self.byte() != Some(b'"') {
            return Err(no_name(self.bytes, self.at, is_first));
        }
        self.place.container = Table::names(self.place.container);
        self.container = self.walker.table.container(self.place.container);
        Ok(())
    }

    /// At the first name of an object with a tag: finds the variant and continues with its container. If the tag comes
    /// first, continues after the tag; if it is late, before the first name, where the members of the variant begin.
    /// Returns the choice of the tag.
    #[inline(always)]
    fn tag(&mut self, slot: Slot) -> Result<u8, Fault> {
        let table = self.walker.table;
        let Tag { choice, variant, end } = self.here().tag(slot, self.container.depth)?;
        let others = table.others_than(variant);
        self.container = table.container(variant.container);
        self.place.container = variant.container;
        if TRACED {
            self.rule.shut(others);
        }
        self.seen.extend(others);
        match end {
            None => self.place.begins = true,
            Some(end) => {
                // The tag is the first member.
                let known = table.item(self.container);
                if TRACED {
                    self.rule.name(known);
                }
                self.seen.insert(known);
                self.at = end;
            }
        }
        Ok(choice)
    }

    /// The fault for a comma after a name.
    #[cold]
    #[inline(never)]
    fn comma_after_name(self) -> Fault {
        let before = &self.bytes[..self.at];
        let comma = before.iter().rposition(|&byte| byte == b',');
        no_colon(self.bytes, comma.unwrap_or(self.at))
    }

    #[inline(always)]
    fn close(&mut self) -> Result<(), Fault> {
        let container = self.container;
        let required = self.walker.table.required(container);
        let missing = required.without(self.seen);
        if !missing.is_empty() {
            return Err(self.missing(missing));
        }
        if TRACED {
            self.rule.close(required);
        }
        self.at += 1;
        self.place.container = container.parent;
        self.container = self.walker.table.container(container.parent);
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn missing(self, missing: SlotSet<N>) -> Fault {
        let (members, first) = self.walker.table.members(self.container);
        let mut named = members.iter().zip(first..);
        let name =
            named.find_map(|(entry, slot)| missing.contains(slot).then_some(entry.name.text));
        let name = name.unwrap_or("");
        Fault::expecting(ErrorKind::MissingMember, self.at, Expected::Member(name))
    }

    #[cold]
    #[inline(never)]
    fn no_comma(self) -> Fault {
        if self.container.shape == Shape::Name {
            return no_colon(self.bytes, self.at);
        }
        not_closed(self.bytes, self.at, self.container.shape != Shape::List)
    }

    #[inline(always)]
    fn constant(&mut self, constant: &'static Spelling) -> Result<(), Fault> {
        self.at = match constant.find(self.bytes, self.at) {
            Some(end) => end,
            None => self.other_constant(constant.text)?,
        };
        Ok(())
    }

    /// Like [`constant`](Self::constant), for a constant that is written with escapes, or is another text.
    #[cold]
    #[inline(never)]
    fn other_constant(self, text: &'static str) -> Result<usize, Fault> {
        if let Some(short) = Short::read(self.i, self.bytes, self.at, &mut [0; _])
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

    /// Reads a name and its colon. `None` for a member that the schema does not name, unless it is kept; it is then
    /// noted as the unknown one.
    #[inline(always)]
    fn name(&mut self, is_first: bool) -> Result<Option<Slot>, Fault> {
        let start = self.at;
        let table = self.walker.table;
        // Usually it is a name of the schema, written without escapes.
        let known = Spelling::head(self.bytes, start)
            .and_then(|head| table.find(self.container, head, |name| name.end(self.bytes, start)));
        let (slot, end, is_plain) = match known {
            Some((slot, end)) => (Some(slot), end, true),
            None => self.i.run(OtherName { walk: *self, is_first })?,
        };
        match slot {
            Some(slot) if self.seen.contains(slot) => {
                return Err(Fault::new(ErrorKind::DuplicateMember, start));
            }
            Some(slot) => {
                if TRACED {
                    self.rule.name(slot);
                }
                self.seen.insert(slot);
            }
            None if self.container.rest != Table::ROOT => {}
            None if self.walker.unknown_members == UnknownMembers::Reject
                || self.container.is_closed =>
            {
                return Err(Fault::new(ErrorKind::UnknownMember, start));
            }
            None if TRACED => self.place.member = member_of(&self.bytes[start..end]),
            None => {}
        }
        self.at = end;
        if self.peek() != b':' {
            return Err(no_colon(self.bytes, self.at));
        }
        self.at += 1;
        if slot.is_none() {
            if self.container.rest != Table::ROOT {
                return Ok(Some(self.container.rest));
            }
            let length = if is_plain { end - start - 2 } else { 0 };
            self.unknown = Some(Unknown::plain(self.place.container, start + 1, length));
        }
        Ok(slot)
    }
}

/// The tag of an object.
struct Tag {
    choice: u8,
    variant: &'static OneVariant,
    /// Where its text ends, if it is the first member.
    end: Option<usize>,
}

/// What the value of an `untagged` enum is.
struct Chosen<const N: usize> {
    /// The variant; `None` for an item that may be `null` and is.
    variant: Option<u8>,
    /// The container of an object or array. It has been opened.
    container: Option<u16>,
    /// What to do. Items are collected first.
    action: Option<Action>,
    /// Where the text ends that decided it: for an object or array, after its bracket.
    at: usize,
    /// The members that count as seen from now on.
    seen: SlotSet<N>,
}

/// The value at the cursor. It has only what does not depend on earlier text, so it is smaller to copy than a walk.
#[derive(Clone, Copy)]
struct Here<'w, I> {
    i: I,
    walker: &'w Walker,
    bytes: &'w [u8],
    at: usize,
}

impl<I: Instructions> Here<'_, I> {
    /// A value that is a whole item, a number of a type other than `i64`, or a boolean. Returns what it is, with its
    /// number, and where the text ends that decided it. Such values are few, or come by layout. So they are checked
    /// last, and out of the way of all others.
    #[inline(never)]
    fn other_value(self, slot: Slot, depth: u16) -> Result<(Scalar, u16, usize), Fault> {
        let Self { walker: Walker { table, formats, .. }, bytes, at, .. } = self;
        let entry = table.entry(slot);
        let (kind, nullable) = table.kind(entry);
        Ok(match (kind, &bytes[at..]) {
            (_, [b'n', b'u', b'l', b'l', ..]) if nullable => (Scalar::Null, 0, at),
            (Kind::Bool, [b't', b'r', b'u', b'e', ..]) => (Scalar::Choice, 1, at + "true".len()),
            (Kind::Bool, [b'f', b'a', b'l', b's', b'e', ..]) => {
                (Scalar::Choice, 0, at + "false".len())
            }
            (Kind::OneOf(choices), [b'"', ..]) => match self.choice(slot, choices)? {
                (Some(choice), end) => (Scalar::Choice, choice.into(), end),
                (None, end) => (Scalar::Other, (end - 1 - (at + 1)) as u16, end),
            },
            (Kind::Formatted(_), [b'"', ..]) if *formats == Formats::Check => {
                (Scalar::Formatted, 0, at + 1)
            }
            (Kind::Text | Kind::Formatted(_), [b'"', ..]) => (Scalar::Text, 0, at + 1),
            (Kind::Integer, [b'-' | b'0'..=b'9', ..]) => (Scalar::Integer, 0, at),
            (Kind::Number(_), [b'-' | b'0'..=b'9', ..]) => (Scalar::Number, 0, at),
            (Kind::Any, _) => (Scalar::Raw, depth, at),
            (Kind::Rest, _) => (Scalar::Rest, depth, at),
            _ => return Err(self.wrong_value(entry)),
        })
    }

    /// Finds the variant of an `untagged` enum by the first byte of its value, and marks the other variants as seen,
    /// because they cannot come any more. It also opens an object or array. All of this is out of the loop, so that
    /// only schemas with such enums pay for it.
    #[inline(never)]
    fn untagged<const N: usize>(
        self,
        slot: Slot,
        number: u16,
        depth: u16,
        mut seen: SlotSet<N>,
    ) -> Result<Chosen<N>, Fault> {
        let Self { walker: &Walker { table, max_depth, .. }, bytes, at, .. } = self;
        let entry = table.entry(slot);
        let (_, nullable) = table.kind(entry);
        let is_null = bytes[at..].starts_with(b"null");
        if nullable && is_null {
            let action = Some(Action::ItemValue(slot, Scalar::Null, 0));
            return Ok(Chosen { variant: None, container: None, action, at, seen });
        }
        let untagged = table.untagged(number);
        let class = bytes.get(at).and_then(|&byte| Class::of(byte));
        let Some(variant) = class.and_then(|class| untagged.variant(class)) else {
            return Err(self.wrong_value(entry));
        };
        let inner = untagged.slot(variant);
        let (all, others) = table.all_and_others(number, variant);
        seen.remove(all);
        seen.extend(others);
        let chosen = Chosen { variant: Some(variant), container: None, action: None, at, seen };
        Ok(match table.entry(inner).kind {
            Kind::Container(number) => {
                let container = table.container(number);
                if container.depth > max_depth {
                    let limit = Expected::AtMost(max_depth.into());
                    return Err(Fault::expecting(ErrorKind::DepthLimit, at, limit));
                }
                seen.remove(table.slots(container));
                let is_collected = matches!(container.shape, Shape::List | Shape::Map);
                let action = (!is_collected).then_some(Action::Choice(slot, variant));
                Chosen { container: Some(number), action, at: at + 1, seen, ..chosen }
            }
            Kind::Null if is_null => {
                Chosen { action: Some(Action::Variant(inner, Scalar::Null, 0)), ..chosen }
            }
            Kind::Null => return Err(self.wrong_value(entry)),
            _ => {
                let (scalar, number, at) = self.other_value(inner, depth)?;
                Chosen { action: Some(Action::Variant(inner, scalar, number)), at, ..chosen }
            }
        })
    }

    /// Reads the tag of an object, or searches for it after other members, from the first name on. Those members are
    /// checked like members that the schema does not name. What else is required of them is checked once the variant is
    /// known.
    ///
    /// So the members of an object with a late tag are read once more for each surrounding object with a late tag.
    /// There are at most as many of these as the schema nests.
    #[inline(never)]
    fn tag(self, slot: Slot, depth: u16) -> Result<Tag, Fault> {
        let Self { i, walker: &Walker { table, max_depth, .. }, bytes, at: begin } = self;
        let entry = table.entry(slot);
        let mut at = begin;
        loop {
            let is_first = at == begin;
            if bytes.get(at) != Some(&b'"') {
                return Err(no_name(bytes, at, is_first));
            }
            let (is_tag, end) = match entry.name.find(bytes, at) {
                Some(end) => (true, end),
                None => {
                    let name = Quoted::read(bytes, at + 1)?;
                    (name.denotes(entry.name.text), name.end)
                }
            };
            at = skip_whitespace(bytes, end);
            if bytes.get(at) != Some(&b':') {
                return Err(no_colon(bytes, at));
            }
            at = skip_whitespace(bytes, at + 1);
            if is_tag {
                let here = Self { at, ..self };
                let (choice, end) = here.choice_of_tag(slot)?;
                let Kind::Tag(number) = entry.kind else { return Err(here.wrong_value(entry)) };
                let variant = &table.tag(number).variants[usize::from(choice)];
                return Ok(Tag { choice, variant, end: is_first.then_some(end) });
            }
            at = skip_whitespace(bytes, i.run(SkipValue { bytes, at, depth, max_depth })?);
            match bytes.get(at) {
                Some(b',') => at = skip_whitespace(bytes, at + 1),
                Some(b'}') => {
                    let name = Expected::Member(entry.name.text);
                    return Err(Fault::expecting(ErrorKind::MissingMember, at, name));
                }
                _ => return Err(not_closed(bytes, at, true)),
            }
        }
    }

    /// Reads the string that a tag must be. Returns which variant it selects, and where it ends.
    fn choice_of_tag(self, slot: Slot) -> Result<(u8, usize), Fault> {
        let table = self.walker.table;
        let entry = table.entry(slot);
        match (entry.kind, self.bytes.get(self.at)) {
            (Kind::Tag(number), Some(b'"')) => {
                let texts = table.tag(number).texts;
                let (choice, end) = self.choice(slot, texts)?;
                // All other texts select the last variant.
                Ok((choice.unwrap_or(texts.len() as u8), end))
            }
            _ => Err(self.wrong_value(entry)),
        }
    }

    /// Reads a string that should be one of the choices. Returns which one it is, and where it ends. `None` instead of
    /// a choice for another text that the caller wants kept.
    fn choice(
        self,
        slot: Slot,
        choices: &'static [&'static str],
    ) -> Result<(Option<u8>, usize), Fault> {
        let found = choices
            .iter()
            .enumerate()
            .find_map(|(choice, text)| Some((choice, end_of(self.bytes, self.at + 1, text)?)));
        let (choice, end) = match found {
            Some((choice, end)) => (Some(choice), end),
            None => self.other_choice(slot, choices)?,
        };
        Ok((choice.map(|choice| choice as u8), end))
    }

    /// Like [`choice`](Self::choice), for a text that is written with escapes, or is none of the choices.
    #[cold]
    #[inline(never)]
    fn other_choice(
        self,
        slot: Slot,
        choices: &'static [&'static str],
    ) -> Result<(Option<usize>, usize), Fault> {
        if let Some(short) = Short::read(self.i, self.bytes, self.at, &mut [0; _])
            && let Some(choice) = choices.iter().position(|choice| short.is(choice))
        {
            return Ok((Some(choice), short.end));
        }
        let quoted = Quoted::read(self.bytes, self.at + 1)?;
        let is_short = quoted.len() <= u16::MAX.into();
        let is_kept = match self.walker.table.others(slot) {
            Others::Refused => false,
            Others::KeptIfWanted(_) => {
                is_short && self.walker.unknown_variants == UnknownVariants::Keep
            }
            Others::Kept(_) => is_short,
            Others::Last => true,
        };
        match choices.iter().position(|choice| quoted.denotes(choice)) {
            Some(choice) => Ok((Some(choice), quoted.end)),
            None if is_kept => Ok((None, quoted.end)),
            None => {
                let expected = Expected::OneOf(choices);
                Err(Fault::expecting(ErrorKind::NotInEnum, self.at, expected))
            }
        }
    }

    /// The fault for a value that is not what the schema says.
    #[cold]
    #[inline(never)]
    fn wrong_value(self, entry: &Entry) -> Fault {
        let (kind, nullable) = self.walker.table.kind(entry);
        let expected = match kind {
            Kind::Text | Kind::Formatted(_) if nullable => "a string or null",
            Kind::Integer if nullable => "an integer or null",
            Kind::Text
            | Kind::Formatted(_)
            | Kind::Identifier
            | Kind::Constant
            | Kind::OneOf(_)
            | Kind::Tag(_) => "a string",
            Kind::Null => "null",
            Kind::Integer => "an integer",
            Kind::Number(Number::F32 | Number::F64) if nullable => "a number or null",
            Kind::Number(Number::F32 | Number::F64) => "a number",
            Kind::Number(_) if nullable => "an integer or null",
            Kind::Number(_) => "an integer",
            Kind::Bool if nullable => "`true`, `false` or null",
            Kind::Bool => "`true` or `false`",
            Kind::IntegerOrText => integer_or_text(entry),
            Kind::Untagged(number) => self.walker.table.untagged(number).expected(nullable),
            Kind::Any | Kind::Rest | Kind::ItemValue => "a value",
            Kind::Container(number) => match self.walker.table.container(number).shape {
                Shape::List => "an array",
                Shape::Object | Shape::Tagged | Shape::Map | Shape::Name | Shape::Document => {
                    "an object"
                }
            },
        };
        wrong_value(self.bytes, self.at, expected)
    }
}

/// Looks up a name that is not written as in the schema. Returns its slot, where it ends, and whether it is plain.
struct OtherName<'w, I, const TRACED: bool, const N: usize> {
    walk: Walk<'w, I, TRACED, N>,
    is_first: bool,
}

impl<J, const TRACED: bool, const N: usize> Operation for OtherName<'_, J, TRACED, N> {
    type Output = Result<(Option<Slot>, usize, bool), Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self {
            walk: Walk { walker: Walker { table, .. }, container, bytes, at, .. },
            is_first,
        } = self;
        if bytes.get(at) != Some(&b'"') {
            return Err(no_name(bytes, at, is_first));
        }
        // If enough text was left, names without escapes have already been looked up.
        if Spelling::head(bytes, at).is_some()
            && let Ok(name) = read_plain(i, bytes, at + 1)
        {
            return Ok((None, name.end + 1, true));
        }
        if let Some(short) = Short::read(i, bytes, at, &mut [0; _]) {
            let end = |name: &Spelling| short.is(name.text).then_some(short.end);
            let found = table.find(container, short.head, end);
            if found.is_some() || !table.has_odd_names() {
                return Ok((found.map(|(slot, _)| slot), short.end, false));
            }
        }
        let name = Quoted::read(bytes, at + 1)?;
        let (entries, _) = table.members(container);
        let found = entries.iter().find(|entry| name.denotes(entry.name.text));
        Ok((found.map(|entry| entry.means), name.end, false))
    }
}

/// A hash of a name that the schema does not have. It differs from the numbers of slots.
fn member_of(name: &[u8]) -> u16 {
    const FIRST: u16 = 1 << 15;
    const COUNT: u32 = 192;
    let hash = name.iter().fold(0, |hash: u32, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193).rotate_left(5)
    });
    FIRST + (hash % COUNT) as u16
}

/// The fault for a value at `at` that is not what was `expected`, or for a missing value.
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

/// Where the string that begins at `at` ends, if it is this text, written without escapes.
#[inline(always)]
fn end_of(bytes: &[u8], at: usize, text: &str) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let is_it = rest.starts_with(text.as_bytes()) && rest.get(text.len()) == Some(&b'"');
    is_it.then_some(at + text.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::View;
    use crate::sample::{ERRORS, INVOICES, ORDER, ORDERS};
    use crate::schema::TableOf;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    fn walker(table: TableOf) -> Walker {
        Walker {
            table: table(),
            unknown_members: UnknownMembers::Skip,
            unknown_variants: UnknownVariants::Reject,
            formats: Formats::Keep,
            max_depth: 16,
        }
    }

    fn step(text: &[u8], at: usize, state: State) -> Result<Step, Fault> {
        let walker = walker(ORDER);
        walker.trace(text, at, state).map(|(step, _)| step).map_err(|(fault, _)| fault)
    }

    #[test]
    fn a_step_says_what_follows_and_where() {
        let text = br#" {"data" :{ "type":"wholesale-delivery-order-of-goods","\u0069d":"x","#;
        let step = step(text, 0, State::START).unwrap();
        assert!(matches!(step.action, Action::Text(_)));
        assert_eq!(&text[step.at..], br#"x","#);
        assert_eq!(step.state.seen.len(), 3);
    }

    #[test]
    fn a_step_depends_on_state_and_bytes_alone() {
        let text =
            br#"{"data":{"id":"1","type":"wholesale-delivery-order-of-goods","more":[],"id":"2"}}"#;
        let first = step(text, 0, State::START).unwrap();
        assert_eq!(step(text, 0, State::START), Ok(first));
        let second = step(text, first.at + 1, first.state).unwrap();
        assert_eq!(second.action, Action::SkipNothing);
        let third = step(text, second.at, second.state).unwrap_err();
        assert_eq!(third.kind, ErrorKind::DuplicateMember);
    }

    #[test]
    fn states_forget_what_was_seen_in_the_item_before() {
        let carts = |items: &str| {
            let text = format!(r#"{{"data":{{"relationships":{{"carts":{{"data":[{items}"#);
            let mut next = step(text.as_bytes(), 0, State::START).unwrap();
            let mut states = vec![];
            while let Action::Identifier(_) = next.action {
                states.push(next.state);
                match step(text.as_bytes(), next.at + 1, next.state) {
                    Ok(found) => next = found,
                    Err(_) => break,
                }
            }
            states
        };
        let states = carts(r#"{"type":"cart","id":"1"},{"type":"cart","id":"2"},"#);
        assert_eq!(states.len(), 2);
        assert_eq!(states[0], states[1]);
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    struct Parcel<'a> {
        id: &'a str,
        #[view(flatten)]
        state: ParcelState<'a>,
        stops: &'a [Carrier<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(tag = "state", content = "details")]
    enum ParcelState<'a> {
        Lost,
        Sent(Carrier<'a>),
        Returned(&'a str),
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(tag = "by")]
    enum Carrier<'a> {
        Ship(Ship<'a>),
        Truck(Truck),
        #[view(other)]
        Other,
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    struct Ship<'a> {
        name: &'a str,
        flag: Option<&'a str>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    struct Truck {
        number: i64,
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    struct Shelf<'a> {
        label: Option<Label<'a>>,
        labels: &'a [Label<'a>],
        last: Option<Label<'a>>,
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(untagged)]
    enum Label<'a> {
        Ship(Ship<'a>),
        Text(&'a str),
        Number(u8),
        Flag(bool),
        Lines(&'a [&'a str]),
        Nothing,
    }

    /// A document, and walkers for tables that fit it, or nearly do.
    const TEXTS: &[(TableOf, &str)] = &[
        (
            Table::of::<Parcel<'static>>,
            r#"{"id":"p","state":"Sent","stops":[{"by":"Ship","name":"n","flag":null},{"by":"Truck","number":7},{"number":7,"x":[{}],"by":"Truck"},{"by":"air","name":"n"},{"flag":"f","name":"n","by":"Ship"}],"details":{"u":1,"by":"Truck","number":7}}"#,
        ),
        (Table::of::<Parcel<'static>>, r#"{"state":"Lost","details":null,"id":"p","stops":[]}"#),
        (
            Table::of::<Shelf<'static>>,
            r#"{"label":{"name":"n","x":7},"labels":["a",7,true,null,["b","c"],{"flag":"f","name":"n"},{"name":"o"},[],{"name":"p","flag":null},"d",{"name":"q"}],"last":{"flag":"g","name":"r"}}"#,
        ),
        (
            Table::of::<Shelf<'static>>,
            r#" { "last" : [ "x" ] , "labels" : [ { "name" : "n" } , 7 , "a" ] , "label" : false } "#,
        ),
        (
            Table::of::<Parcel<'static>>,
            r#" { "details" : "d" , "stops" : [ { "y" : 7 , "by" : "foot" } ] , "id" : "p" , "state" : "Returned" } "#,
        ),
        (
            ORDER,
            r#"{"data":{"type":"wholesale-delivery-order-of-goods","id":"j","attributes":{"status":"queued","created_at":"c","total_count":3,"shipped_count":null,"shipped_at":null,"x":{"a":[1,{"b":"c"},[]],"d":{}},"started_at":"s"},"relationships":{"carts":{"data":[{"type":"cart","id":"l1"},{"id":"l2","type":"cart"},{"type":"cart","id":"l3"}],"links":{"related":"r","self":"s"}},"open-invoices":{"links":{"related":"s"},"d\u0061ta":[]},"customers":{"data":[{"id":"p","type":"customer","y":true}]}},"links":{"self":"j"}},"links":{"self":"d","z":0},"meta":{"page":[1,"2",null]}}"#,
        ),
        (
            ORDER,
            r#" { "links" : { "self" : "d" } , "meta" : 7 , "data" : { "links" : { "self" : "j" } , "relationships" : { } , "new" : [ { } , [ ] ] , "attributes" : { "expires_at" : "e" , "returned_count" : 0 , "total_count" : 1 , "created_at" : "c" , "status" : "complete" } , "id" : "j" , "type" : "wholesale-delivery-order-of-goods" } } "#,
        ),
        (
            ORDERS,
            r#"{"data":[{"type":"wholesale-delivery-order-of-goods","id":"1","attributes":{"status":"queued","created_at":"c","total_count":3},"links":{"self":"j"}},{"id":"2","links":{"self":"k","m":[{}]},"attributes":{"total_count":3,"n":null,"status":"complete","shipped_at":null,"created_at":"c"},"relationships":{"carts":{"data":[{"type":"cart","id":"l"}]},"customers":{"links":{"related":"r","self":"s"}}},"type":"wholesale-delivery-order-of-goods"},{"type":"wholesale-delivery-order-of-goods","id":"3","attributes":{"status":"queued","created_at":"c","total_count":3},"links":{"self":"j"}}],"included":[{"type":"cart","id":"l","attributes":{"name":"n","created":"c","updated":null}},{"links":{"self":"l"},"id":"m","type":"cart"}],"links":{"self":"p","next":null,"prev":"q"},"meta":[[],{}]}"#,
        ),
        (
            INVOICES,
            r#"{"links":{"self":"p","first":"f"},"data":[{"type":"open-invoice","id":"e1","attributes":{"code":"c","title":"t","detail":"d","source":{"pointer":"/data"},"original_payload":{"email":"x","n":[1,2,{"o":null}]}},"links":{"self":"e"}},{"attributes":{"original_payload":null,"u":"v","source":{"parameter":"p"},"detail":"d","title":"t","code":"c"},"id":"e2","type":"open-invoice"},{"type":"open-invoice","id":"e3","attributes":{"code":"c","title":"t","detail":"d","source":{},"original_payload":[]}}]}"#,
        ),
        (
            ERRORS,
            r#"{"errors":[{"id":"i","status":404,"code":"c","title":"t","detail":"d","source":{"pointer":"/"},"links":{},"meta":{"x":[1]}},{"detail":"d","status":"404","source":{"parameter":null},"w":1},{"code":null,"detail":"d"}],"meta":true}"#,
        ),
    ];

    /// All steps of a text, each with the offset and state in which it began.
    fn steps_of(walker: &Walker, text: &[u8]) -> Vec<(usize, State, Step, Rule)> {
        let mut steps = vec![];
        let (mut at, mut state) = (0, State::START);
        loop {
            let (step, rule) = walker.trace(text, at, state).unwrap();
            steps.push((at, state, step, rule));
            (at, state) = (end_of_value(text, &step), step.state);
            if step.action == Action::End {
                return steps;
            }
        }
    }

    /// Where the value that a step led to ends: for a string, before its closing quote.
    fn end_of_value(text: &[u8], step: &Step) -> usize {
        let at = step.at;
        match step.action {
            action if action.is_quoted() => at + find(&text[at..], |byte| byte == b'"'),
            Action::QuotedInteger(_) => at + find(&text[at..], |byte| byte == b'"') + 1,
            Action::Null(_)
            | Action::Integer(_)
            | Action::Variant(_, Scalar::Number | Scalar::Null, _)
            | Action::SkipNumber
            | Action::SkipLiteral
            | Action::Raw(..) => at + find(&text[at..], |byte| b",]} ".contains(&byte)),
            Action::Skip { .. } => unreachable!("none of these is nested so deep"),
            _ => at,
        }
    }

    fn find(text: &[u8], is_it: impl Fn(u8) -> bool) -> usize {
        text.iter().position(|&byte| is_it(byte)).unwrap()
    }

    /// What a layout keeps of a step: everything except the members seen.
    fn kept(step: &Step) -> impl PartialEq + std::fmt::Debug {
        (step.action, step.at, step.state.place, step.unknown, step.raw)
    }

    #[test]
    fn a_rule_admits_what_the_walker_answers_alike_after() {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut admitted = [0_u32; 2];
        for &(table, text) in TEXTS {
            let walker = walker(table);
            let text = text.as_bytes();
            for (at, state, step, rule) in steps_of(&walker, text) {
                let State { place, seen } = state;
                assert!(rule.admits(seen));
                assert_eq!(rule.apply(seen), step.state.seen);
                // No members and all; the ones seen, with small and larger changes; any set.
                let mut sets = vec![SlotSet::EMPTY, SlotSet::ALL];
                sets.extend((0..64).map(|slot| changed(seen, set(1 << slot))));
                for _ in 0..200 {
                    let few =
                        random.random::<u64>() & random.random::<u64>() & random.random::<u64>();
                    sets.extend([changed(seen, set(few)), set(random.random())]);
                }
                for other in sets {
                    let admits = rule.admits(other);
                    admitted[usize::from(admits)] += 1;
                    match walker.trace(text, at, State { place, seen: other }) {
                        Ok((found, same)) if kept(&found) == kept(&step) => {
                            assert!(admits, "{other:?}: {step:?} by {rule:?}");
                            assert_eq!(rule.apply(other), found.state.seen);
                            assert_eq!(same, rule, "the rule is that of the bytes and the place");
                        }
                        _ => assert!(!admits, "{other:?}: {step:?} by {rule:?}"),
                    }
                }
            }
        }
        assert!(admitted.iter().all(|&count| count > 5_000), "{admitted:?}");
    }

    /// The slots whose bits are set.
    fn set(bits: u64) -> SlotSet {
        let mut set = SlotSet::EMPTY;
        (0..64).filter(|slot| bits >> slot & 1 != 0).for_each(|slot| set.insert(slot));
        set
    }

    /// A set with some members added or removed.
    fn changed(mut set: SlotSet, by: SlotSet) -> SlotSet {
        let both = set.and(by);
        set.extend(by);
        set.remove(both);
        set
    }

    #[test]
    fn every_step_of_these_texts_is_one_that_a_layout_can_learn() {
        // Checks that the property above covers all paths: it says little if one is missing.
        let mut all = vec![];
        for &(table, text) in TEXTS {
            let walker = walker(table);
            all.extend(steps_of(&walker, text.as_bytes()).into_iter().map(|(.., step, _)| step));
        }
        let is_there = |is: fn(&Step) -> bool| all.iter().any(is);
        assert!(is_there(|step| step.unknown.is_some() && step.action == Action::SkipNothing));
        assert!(is_there(|step| step.raw.is_some()));
        assert!(is_there(|step| matches!(step.action, Action::RawEnd(_))));
        assert!(is_there(|step| matches!(step.action, Action::Raw(..))));
        assert!(is_there(|step| matches!(step.action, Action::Item(_))));
        assert!(is_there(|step| matches!(step.action, Action::Null(_))));
        assert!(is_there(|step| matches!(step.action, Action::QuotedInteger(_))));
        assert!(is_there(|step| matches!(step.action, Action::SkipLiteral)));
        assert!(is_there(|step| matches!(step.action, Action::Late(..))));
        assert!(is_there(|step| matches!(step.action, Action::Variant(_, Scalar::Text, _))));
        assert!(is_there(
            |step| matches!(step.action, Action::Choice(..)) && step.state.place.begins
        ));
    }
}
