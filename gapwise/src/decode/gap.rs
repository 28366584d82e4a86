//! A gap that has been learned: the bytes between two values, and what follows them.

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
    /// How many gaps there may be where sets of members have so many words.
    pub(super) const fn most(words: usize) -> usize {
        if words == 1 { 1024 } else { Self::MOST }
    }

    /// How many gaps there may be in any layout.
    pub(super) const MOST: usize = 4096;

    /// What stands at the end of the gaps of the start, which nothing leads to but itself.
    pub(super) const NONE: Self = Self(0);

    #[inline(always)]
    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }

    /// The same, where it is less than this power of two: nothing need be looked for beyond.
    #[inline(always)]
    pub(super) const fn below<const MOST: usize>(self) -> usize {
        self.0 as usize % MOST
    }
}

/// A gap. What the hot loop needs of it comes first, in two cache lines.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Gap<const N: usize = 1> {
    pattern: Pattern,
    /// After which members it is known.
    pub(super) rule: Rule<N>,
    /// How much text must be left for the fast way: the pattern, the longer of the expected strings, which counts as one
    /// byte at least, and `WIDEST` bytes; or more than there can be. The hot loop reads so far without looking.
    reach: u32,
    /// Where the value goes; of one that is skipped, nowhere.
    offset: Offset,
    /// How long strings mostly are that follow.
    expected: u16,
    /// If it is [usual](Usual::Text) that a string of one length follows, how long; else `NO_TEXT`.
    text: u16,
    /// The gap that is tried first after this one: one of the state after the value.
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
    /// A string that is one of many.
    Identifier,
    /// `null`.
    Null,
    /// Nothing: it is one of the choices.
    Choice,
    /// Nothing: the document ends.
    End,
    /// Something else.
    Other,
}

/// What is common enough to be asked first: gaps for which nothing is to be done but to take the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    /// A string follows, mostly of one length.
    Text,
    /// A string follows, mostly of one length or another.
    TextOfTwoLengths,
    /// A string follows, of one of many lengths.
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
    /// How many times it had when it was last looked for one that is not needed any more.
    pub(super) hits_before: u64,
    /// Where strings come often that are not as long as they mostly are, how long the last of them was; else 0.
    other: u16,
    /// How long the last string was that was not expected, and how many times it had matched then.
    odd: u16,
    hits_at_odd: u64,
    /// How well the gap that is tried first after this one has been chosen, and the low bits of `hits` when another one
    /// came last.
    trust: i8,
    hits_then: u32,
    /// What follows it.
    pub(super) action: Action,
    follows: Follows,
    /// Whether a few digits can be written to where it goes as an `i64`.
    takes_digits: bool,
    /// If it leads to an object whose tag is farther on, the name of that.
    late_tag: Option<&'static Spelling>,
    /// The next gap of its own state.
    pub(super) next: GapIndex,
    /// The state that it belongs to.
    pub(super) state: StateIndex,
    /// The state after the value.
    pub(super) after: StateIndex,
    /// If raw JSON begins in it, how many bytes before its end; else 0.
    pub(super) raw: u16,
    /// Of a choice, which.
    pub(super) choice: u8,
    /// If a member came that is to be counted, its number in the drift.
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

    /// A gap with these bytes in documents of a table, after which no string is expected yet.
    pub(super) fn new(
        pattern: Pattern,
        rule: Rule<N>,
        mut note: Note,
        table: &'static Table,
    ) -> Self {
        let target = table.target(note.action.slot());
        let follows = note.action.follows();
        // The walker knows better than to have what a target does not take. The hot loop relies on it.
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

    /// What stands at the end of a state's gaps, and leads to the state.
    pub(super) fn end(state: StateIndex, then: GapIndex) -> Self {
        Self { then, note: Note::new(Action::End, state, state), ..Self::NONE }
    }

    /// Where the value goes. There is a target that takes a string where one follows, an integer where a number does.
    #[inline(always)]
    pub(super) fn offset(&self) -> Offset {
        self.offset
    }

    /// If it is usual that a string of one length follows, how long.
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

    /// How much text must be left, at least.
    #[inline(always)]
    pub(super) fn reach(&self) -> usize {
        self.reach as usize
    }

    /// How long the string is that is expected; where others come often, how long the last of them was, else 0.
    #[inline(always)]
    pub(super) fn expected(&self) -> (usize, usize) {
        (self.expected.into(), self.note.other.into())
    }

    /// Moves the bytes in the pool down, as [`Pattern::move_down`] does.
    pub(super) fn move_down(&mut self, pool: &mut [u8], end: usize) -> usize {
        self.pattern.move_down(pool, end)
    }

    /// Whether it is none, but stands at the end of a state's gaps.
    #[inline]
    pub(super) fn is_end(&self) -> bool {
        self.pattern.len() == 0
    }

    /// Says that a string of another length followed than is expected, perhaps.
    pub(super) fn correct(&mut self, length: usize) {
        let Ok(length) = u16::try_from(length) else { return };
        if length == self.expected {
            return;
        }
        let Note { hits, other, odd, hits_at_odd, .. } = self.note;
        let since = hits - hits_at_odd;
        if self.expected == 0 || odd == length && since <= 1 {
            // From now on, they are as long as that.
            self.expect(length, other);
        } else if other > 0 && since < Note::VERY_OFTEN {
            self.expect_any_length();
        } else if since < Note::OFTEN || other > 0 {
            self.expect(self.expected, length);
        }
        (self.note.odd, self.note.hits_at_odd) = (length, hits);
    }

    /// Expects strings of all lengths, if what follows is one and no more is to be done than to take it.
    fn expect_any_length(&mut self) {
        if self.usual == Usual::TextOfTwoLengths {
            self.usual = Usual::TextOfManyLengths;
        }
    }

    /// Where all lengths are expected, expects two of them again, once in a long time: perhaps there are not many any more.
    #[inline(always)]
    pub(super) fn expect_two_lengths_again(&mut self) {
        if self.note.hits.is_multiple_of(Note::LONG) {
            self.expect(self.expected, self.note.other);
        }
    }

    /// Expects strings of this length, and else of that.
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
        // One at least, so that there is a byte behind the widest vector, too: it may be the quote of a short string.
        let longest = usize::from(length.max(other).max(1));
        self.reach = (self.pattern.len() + longest + WIDEST) as u32;
    }
}

impl Note {
    /// A gap that leads to an action, and to a state.
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

    /// Whether the walker would have ended its step before these bytes, with which the value begins.
    pub(super) fn fits(&self, rest: &[u8]) -> bool {
        match self.late_tag {
            // With a tag that comes first, it goes on to the end of that.
            Some(tag) => rest.starts_with(b"\"") && tag.find(rest, 0).is_none(),
            None => self.action.may_begin_with(rest),
        }
    }

    /// Whether there is more to be done for the gap than to take the value.
    pub(super) fn is_noted(&self) -> bool {
        self.unknown.is_some() || self.raw > 0
    }

    /// If raw JSON begins in the gap, which ends at `end`, where.
    pub(super) fn raw_begin(&self, end: usize) -> Option<usize> {
        (self.raw > 0).then(|| end - usize::from(self.raw))
    }

    /// Strings of another length are frequent if there are fewer than this from one to the next.
    const OFTEN: u64 = 16;
    /// If there are fewer than this, two lengths are too few.
    const VERY_OFTEN: u64 = 4;
    /// After so many matches, two lengths are tried again.
    const LONG: u64 = 4096;

    /// So often the gap that is tried first may have come more than others, to count...
    const MOST_TRUST: u32 = 8;
    /// ...and so often others more than that one, before another one is tried first.
    const LEAST_TRUST: i8 = -3;

    /// Says that after this gap another one came than the one that is tried first. Returns whether that one should be from
    /// now on.
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
    /// What the hot loop sees of it.
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
