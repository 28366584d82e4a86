//! A gap that has been learned: the bytes between two values, and what follows them.

use super::drift::Drift;
use super::layout::{GapIndex, Layout, StateIndex};
use super::walk::{Action, Rule};
use crate::kernel::{Pattern, WIDEST};
use crate::schema::{Slot, Table};

/// What the hot loop needs of a gap. Two cache lines, so that its place is found by a shift.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Gap {
    pub(super) pattern: Pattern,
    /// After which members it is known.
    pub(super) rule: Rule,
    /// How much text must be left for the fast way: the pattern, the expected string, and `WIDEST` bytes; or
    /// more than there can be. The hot loop reads so far without looking.
    pub(super) reach: u32,
    /// How long the string was that followed last time.
    pub(super) expected: u16,
    /// The last length that was not the expected one; the same again, and it becomes the expected one.
    pub(super) other: u16,
    /// The gap that is tried first in the state after the value.
    pub(super) then: GapIndex,
    /// The gap of its own state that is tried next.
    pub(super) next: GapIndex,
    pub(super) follows: Follows,
    /// Where the value goes; where raw JSON begins, its slot.
    pub(super) slot: Slot,
    /// Of a choice, which; of a member that is skipped, its number in the drift, if it was not counted before.
    pub(super) detail: u8,
    /// Whether it is the one tried first.
    pub(super) is_first: bool,
}

const _: () = assert!(size_of::<Gap>() == 128);

/// What follows a gap, as far as the hot loop can do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follows {
    Text,
    Identifier,
    Integer,
    Choice,
    Null,
    Item,
    SkippedText,
    SkippedNumber,
    SkippedLiteral,
    SkippedNothing,
    RawEnd,
    End,
    /// Something that needs a closer look.
    Other,
}

/// The rest of what is known of a gap.
#[derive(Clone, Copy, Debug)]
pub(super) struct Note {
    /// How many times it has matched.
    pub(super) hits: u64,
    /// How many times it had when it was last looked for one that is not needed any more.
    pub(super) hits_before: u64,
    /// The low bits of `hits` when another gap came last.
    pub(super) hits_then: u32,
    /// What follows it.
    pub(super) action: Action,
    /// The state that it belongs to.
    pub(super) state: StateIndex,
    /// The state after the value.
    pub(super) after: StateIndex,
    /// If raw JSON begins in it, how many bytes before its end; else 0.
    pub(super) raw: u16,
    /// How many times in a row another gap came.
    pub(super) streak: u8,
}

impl Gap {
    /// Never matches.
    pub(super) const NONE: Self = Self {
        pattern: Pattern::NONE,
        rule: Rule::NONE,
        reach: u32::MAX,
        expected: 0,
        other: 0,
        then: GapIndex::NONE,
        next: GapIndex::NONE,
        follows: Follows::End,
        slot: Table::ROOT,
        detail: 0,
        is_first: false,
    };

    /// The number in the drift of a gap after which no unknown member is to be counted.
    pub(super) const NOT_COUNTED: u8 = Drift::OTHERS - 1;

    /// Whether it is none, but stands at the end of a state's gaps.
    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.pattern.len() == 0
    }

    /// Says how long the string was that followed.
    pub(super) fn correct(&mut self, length: usize) {
        if let Ok(length) = u16::try_from(length)
            && length != self.expected
        {
            // One odd length among many equal ones is not what to expect next time.
            match self.other == length || self.expected == 0 {
                true => self.expect(length, self.expected),
                false => self.expect(self.expected, length),
            }
        }
    }

    /// Expects strings of this length, and else of that.
    pub(super) fn expect(&mut self, length: u16, other: u16) {
        (self.expected, self.other) = (length, other);
        self.reach = (self.pattern.len() + usize::from(length.max(other)) + WIDEST) as u32;
    }
}

impl Note {
    pub(super) const NONE: Self = Self {
        hits: 0,
        hits_before: 0,
        hits_then: 0,
        action: Action::End,
        state: Layout::START,
        after: Layout::START,
        raw: 0,
        streak: 0,
    };

    /// How many times in a row another gap must come to be the one that is tried first.
    pub(super) const STREAK: u8 = 8;

    /// Says that another gap came, though this one is tried first. Returns whether that is so all the time.
    #[cold]
    #[inline(never)]
    pub(super) fn failed(&mut self) -> bool {
        let hits = self.hits as u32;
        self.streak = if self.hits_then == hits { self.streak.saturating_add(1) } else { 1 };
        self.hits_then = hits;
        self.streak >= Self::STREAK
    }
}

impl Action {
    /// What the hot loop makes of it.
    pub(super) fn follows(self) -> Follows {
        match self {
            Self::Text(_) => Follows::Text,
            Self::Identifier(_) => Follows::Identifier,
            Self::Integer(_) => Follows::Integer,
            Self::Choice(..) => Follows::Choice,
            Self::Null(_) => Follows::Null,
            Self::Item(_) => Follows::Item,
            Self::SkipText => Follows::SkippedText,
            Self::SkipNumber => Follows::SkippedNumber,
            Self::SkipLiteral => Follows::SkippedLiteral,
            Self::SkipNothing => Follows::SkippedNothing,
            Self::RawEnd(_) => Follows::RawEnd,
            Self::End => Follows::End,
            Self::QuotedInteger(_)
            | Self::Timestamp(_)
            | Self::Other(..)
            | Self::Raw(..)
            | Self::Skip { .. } => Follows::Other,
        }
    }

    /// What the hot loop must know of it beyond that, where `unknown` is the number in the drift of the member that came.
    pub(super) fn detail(self, unknown: Option<u8>) -> u8 {
        match self {
            Self::Choice(_, choice) => choice,
            _ => unknown.unwrap_or(Gap::NOT_COUNTED),
        }
    }
}
