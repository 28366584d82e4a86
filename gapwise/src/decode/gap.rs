//! A learned gap: the bytes between two values, and what follows them.

use super::walk::{Action, Rule};
use crate::kernel::{Pattern, WIDEST};
use crate::schema::{Offset, Spelling, Table, Target};

/// The number of a state in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateIndex(pub(super) u16);

impl StateIndex {
    /// Before the document.
    pub(super) const START: Self = Self(0);

    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }
}

/// The number of a gap in a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GapIndex(pub(super) u16);

impl GapIndex {
    /// How many gaps a layout has whose member sets have this many words.
    pub(super) const fn most(words: usize) -> usize {
        if words == 1 { 1024 } else { Self::MOST }
    }

    /// The greatest number of gaps of any layout.
    pub(super) const MOST: usize = 4096;

    /// The end of the gaps of the start state. Only itself leads to it.
    pub(super) const NONE: Self = Self(0);

    #[inline(always)]
    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }

    /// The index, for a layout of `MOST` gaps, which is a power of two: so the compiler needs no bounds check.
    #[inline(always)]
    pub(super) const fn below<const MOST: usize>(self) -> usize {
        self.0 as usize % MOST
    }
}

/// A gap. The parts that the hot loop needs come first, in two cache lines.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Gap<const N: usize = 1> {
    pattern: Pattern,
    /// After which members the gap is valid.
    pub(super) rule: Rule<N>,
    /// How much text must be left for the fast path: the pattern, the longer of the expected strings (at least one
    /// byte), and `WIDEST` bytes; or more than there can be, for no gap. The hot loop reads this far without further
    /// checks.
    reach: u32,
    /// Where the value goes; nowhere if it is skipped.
    offset: Offset,
    /// The usual length of the string that follows.
    expected: u16,
    /// If it is [usual](Usual::Text) that a string of one length follows, that length; else `NO_TEXT`.
    text: u16,
    /// The gap to try first after this one: one of those of the state after the value.
    pub(super) then: GapIndex,
    usual: Usual,
    pub(super) note: Note,
}

const _: () = assert!(size_of::<Gap<1>>() == 192);

/// What follows a gap, as the hot loop sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    /// A string.
    Text,
    /// A number that is kept as an `i64`, or skipped.
    Number,
    /// A string that is one of many in a list.
    Identifier,
    /// `null`.
    Null,
    /// No value: it is one of the choices.
    Choice,
    /// No value: the document ends.
    End,
    /// Something else.
    Other,
}

/// What is common enough to be checked first: gaps that require nothing but taking the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    /// A string follows, most often of one length.
    Text,
    /// A string follows, most often of one of two lengths.
    TextOfTwoLengths,
    /// A string follows, of any of many lengths.
    TextOfManyLengths,
    /// A number follows.
    Number,
    /// Anything else.
    Not,
}

/// The rest of what is known of a gap.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(super) struct Note {
    /// How many times it has matched.
    pub(super) hits: u64,
    /// The hits at the last search for gaps that are no longer needed.
    pub(super) hits_before: u64,
    /// If strings of an unexpected length are frequent, the length of the last of them; else 0.
    other: u16,
    /// The length of the last unexpected string, and the hits at that time.
    odd: u16,
    hits_at_odd: u64,
    /// How well the choice of the gap to try first has worked, and the low bits of `hits` when another one came last.
    trust: i8,
    hits_then: u32,
    /// What follows the gap.
    pub(super) action: Action,
    follows: Follows,
    /// Whether a few digits can be written to the target as an `i64`.
    takes_digits: bool,
    /// If the gap leads to an object with a late tag, the name of the tag.
    late_tag: Option<&'static Spelling>,
    /// The next gap of the same state.
    pub(super) next: GapIndex,
    /// The state that the gap belongs to.
    pub(super) state: StateIndex,
    /// The state after the value.
    pub(super) after: StateIndex,
    /// If raw JSON begins in the gap, how many bytes before its end; else 0.
    pub(super) raw: u16,
    /// For a choice, which one.
    pub(super) choice: u8,
    /// If an unknown member is to be counted, its number in the drift.
    pub(super) unknown: Option<u8>,
}

impl<const N: usize> Gap<N> {
    const NO_TEXT: u16 = u16::MAX;

    /// Never matches.
    pub(super) const NONE: Self = Self {
        pattern: Pattern::NONE,
        rule: Rule::NONE,
        reach: u32::MAX,
        expected: 0,
        text: Self::NO_TEXT,
        usual: Usual::Not,
        offset: Target::NO_OFFSET,
        then: GapIndex::NONE,
        note: Note::NONE,
    };

    /// A gap with this pattern, in documents of this table. No string length is expected yet.
    pub(super) fn new(
        pattern: Pattern,
        rule: Rule<N>,
        mut note: Note,
        table: &'static Table,
    ) -> Self {
        let target = table.target(note.action.slot());
        let follows = note.action.follows();
        // The walker never asks a target to take what it cannot. The hot loop relies on that, so it is checked here.
        let is_taken = match follows {
            Follows::Text => target.takes_text(),
            Follows::Number => target.takes_integer(),
            _ => true,
        };
        note.follows = if is_taken { follows } else { Follows::Other };
        note.late_tag = match note.action {
            Action::Late(slot, _) => Some(&table.entry(slot).name),
            _ => None,
        };
        note.takes_digits = matches!(note.action, Action::Number(_)) && target.takes_digits();
        let mut gap = Self { pattern, rule, offset: target.offset(), note, ..Self::NONE };
        gap.expect(0, 0);
        gap
    }

    /// The entry at the end of a state's gaps, which leads to the state itself.
    pub(super) fn end(state: StateIndex, then: GapIndex) -> Self {
        Self { then, note: Note::new(Action::End, state, state), ..Self::NONE }
    }

    /// Where the value goes. The target takes a string if a string follows, and an integer if a number follows.
    #[inline(always)]
    pub(super) fn offset(&self) -> Offset {
        self.offset
    }

    /// If it is usual that a string of one length follows, that length.
    #[inline(always)]
    pub(super) fn usual_text(&self) -> Option<usize> {
        (self.text != Self::NO_TEXT).then_some(self.text.into())
    }

    #[inline(always)]
    pub(super) fn usual(&self) -> Usual {
        self.usual
    }

    #[inline(always)]
    pub(super) fn follows(&self) -> Follows {
        self.note.follows
    }

    #[inline(always)]
    pub(super) fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// How much text must be left for the fast path.
    #[inline(always)]
    pub(super) fn reach(&self) -> usize {
        self.reach as usize
    }

    /// The expected length of the string. If other lengths are frequent, also the length of the last of those; else 0.
    #[inline(always)]
    pub(super) fn expected(&self) -> (usize, usize) {
        (self.expected.into(), self.note.other.into())
    }

    /// Moves the bytes in the pool, as [`Pattern::move_down`] does.
    pub(super) fn move_down(&mut self, pool: &mut [u8], end: usize) -> usize {
        self.pattern.move_down(pool, end)
    }

    /// Whether this is the end of a state's gaps, not a gap.
    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.pattern.len() == 0
    }

    /// Notes the length of a string that followed, and corrects the expectation if need be.
    pub(super) fn correct(&mut self, length: usize) {
        let Ok(length) = u16::try_from(length) else { return };
        if length == self.expected {
            return;
        }
        let Note { hits, other, odd, hits_at_odd, .. } = self.note;
        let since = hits - hits_at_odd;
        if self.expected == 0 || odd == length && since <= 1 {
            // From now on, expect this length.
            self.expect(length, other);
        } else if other > 0 && since < Note::VERY_OFTEN {
            self.expect_any_length();
        } else if since < Note::OFTEN || other > 0 {
            self.expect(self.expected, length);
        }
        (self.note.odd, self.note.hits_at_odd) = (length, hits);
    }

    /// Expects strings of any length, if nothing more is to be done for a string than to take it.
    fn expect_any_length(&mut self) {
        if self.usual == Usual::TextOfTwoLengths {
            self.usual = Usual::TextOfManyLengths;
        }
    }

    /// If any length is expected, goes back to two lengths once in a long time: there may be fewer lengths by now.
    #[inline(always)]
    pub(super) fn expect_two_lengths_again(&mut self) {
        if self.note.hits.is_multiple_of(Note::LONG) {
            self.expect(self.expected, self.note.other);
        }
    }

    /// Expects strings of `length`, or else of `other`.
    fn expect(&mut self, length: u16, other: u16) {
        (self.expected, self.note.other) = (length, other);
        self.usual = match self.note.follows {
            _ if self.note.is_noted() => Usual::Not,
            Follows::Text if other == 0 => Usual::Text,
            Follows::Text => Usual::TextOfTwoLengths,
            Follows::Number => Usual::Number,
            _ if self.note.takes_digits => Usual::Number,
            _ => Usual::Not,
        };
        self.text = if self.usual == Usual::Text { length } else { Self::NO_TEXT };
        // At least one byte, so that there is a byte behind the widest vector: it may be the closing quote of a short
        // string.
        let longest = usize::from(length.max(other).max(1));
        self.reach = (self.pattern.len() + longest + WIDEST) as u32;
    }
}

impl Note {
    /// The note of a gap of `state` that leads to an action, and to the state `after`.
    pub(super) fn new(action: Action, state: StateIndex, after: StateIndex) -> Self {
        Self { action, state, after, ..Self::NONE }
    }

    pub(super) const NONE: Self = Self {
        hits: 0,
        hits_before: 0,
        other: 0,
        odd: 0,
        hits_at_odd: 0,
        trust: 0,
        hits_then: 0,
        action: Action::End,
        follows: Follows::Other,
        takes_digits: false,
        late_tag: None,
        next: GapIndex::NONE,
        state: StateIndex::START,
        after: StateIndex::START,
        raw: 0,
        choice: 0,
        unknown: None,
    };

    /// Whether the walker, too, would have ended its step before these bytes, with which the value begins.
    pub(super) fn fits(&self, rest: &[u8]) -> bool {
        match self.late_tag {
            // If the tag came first, the walker would go on to the end of the tag.
            Some(tag) => rest.starts_with(b"\"") && tag.find(rest, 0).is_none(),
            None => self.action.may_begin_with(rest),
        }
    }

    /// Whether the gap requires more than taking the value.
    pub(super) fn is_noted(&self) -> bool {
        self.unknown.is_some() || self.raw > 0
    }

    /// Where raw JSON begins, if it begins in the gap. The gap ends at `end`.
    pub(super) fn raw_begin(&self, end: usize) -> Option<usize> {
        (self.raw > 0).then(|| end - usize::from(self.raw))
    }

    /// Strings of another length are frequent if fewer matches than this lie between two of them.
    const OFTEN: u64 = 16;
    /// If fewer than this, two lengths are not enough.
    const VERY_OFTEN: u64 = 4;
    /// After this many matches, two lengths are tried again.
    const LONG: u64 = 4096;

    /// How much trust in the gap to try first can build up.
    const MOST_TRUST: u32 = 8;
    /// Below this trust, another gap is tried first.
    const LEAST_TRUST: i8 = -3;

    /// Notes that another gap came than the one that is tried first. Returns whether that other gap should be tried
    /// first from now on.
    pub(super) fn misled(&mut self) -> bool {
        let right = (self.hits as u32).wrapping_sub(self.hits_then).wrapping_sub(1);
        let most = Self::MOST_TRUST as i8;
        self.trust = (self.trust + right.min(Self::MOST_TRUST) as i8).min(most) - 1;
        self.hits_then = self.hits as u32;
        let is_wrong = self.trust < Self::LEAST_TRUST;
        if is_wrong {
            self.trust = 0;
        }
        is_wrong
    }
}

impl Action {
    /// What follows, as the hot loop sees it.
    pub(super) fn follows(self) -> Follows {
        match self {
            Self::Text(_) | Self::SkipText => Follows::Text,
            Self::Integer(_) | Self::SkipNumber => Follows::Number,
            Self::Identifier(_) => Follows::Identifier,
            Self::Null(_) => Follows::Null,
            Self::Choice(..) => Follows::Choice,
            Self::End => Follows::End,
            _ => Follows::Other,
        }
    }
}
