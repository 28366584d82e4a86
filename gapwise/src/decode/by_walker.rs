//! Reads a document, or the rest of one, without a layout, until it pays to have one.

use super::document::{Decode, Stage};
use super::text::{Read, read_plain};
use super::walk::{Action, Place, Sink, State, Step};
use crate::error::Fault;
use crate::kernel::{Instructions, Operation};

/// After this many items, a list is learned even in the first document.
const LONG_LIST: u32 = 16;

/// Continues a document from a place.
pub(super) struct ByWalker<'w, 'd, 'a, const N: usize> {
    pub(super) decode: &'w mut Decode<'d, 'a, N>,
    pub(super) place: Place,
}

impl<const N: usize> Operation for ByWalker<'_, '_, '_, N> {
    type Output = Result<(), Fault>;

    #[inline(always)]
    fn run<I: Instructions>(self, i: I) -> Self::Output {
        let Self { decode, place } = self;
        let record = decode.record();
        let walker = decode.track.walker;
        let begin = decode.at;
        let state = State { place, seen: decode.values.seen() };
        let mut taker = Taker { decode, i, record, place, begin, identifiers: 0, items: 0 };
        walker.walk(i, record, begin, state, &mut taker)
    }
}

/// Takes the values that the walker comes to.
struct Taker<'w, 'd, 'a, I, const N: usize> {
    decode: &'w mut Decode<'d, 'a, N>,
    i: I,
    record: &'a [u8],
    /// The place of the last value, and where that value ended.
    place: Place,
    begin: usize,
    /// How many times an identifier has followed another of the same list.
    identifiers: u32,
    /// How many items that become views have ended.
    items: u32,
}

impl<I: Instructions, const N: usize> Sink<N> for Taker<'_, '_, '_, I, N> {
    #[inline(always)]
    fn take(&mut self, step: Step<N>) -> Result<Option<usize>, Fault> {
        if !self.take_plain(&step) {
            self.decode.take_after(self.record, &step)?;
        }
        if matches!(step.action, Action::End) {
            self.decode.stage = Stage::End;
            return Ok(None);
        }
        let place = step.state.place;
        let goes_on = match step.action {
            Action::Identifier(_) => {
                !step.goes_on_with_list(self.place) || !self.is_worth_learning()
            }
            Action::Item(_) | Action::ListEnd(_) => !self.are_more_items_likely(),
            _ => true,
        };
        (self.place, self.begin) = (place, self.decode.at);
        if goes_on {
            return Ok(Some(self.begin));
        }
        self.decode.stage = Stage::New(place);
        Ok(None)
    }
}

impl<I: Instructions, const N: usize> Taker<'_, '_, '_, I, N> {
    /// Takes a plain string, as most strings are. Returns false for any other value.
    #[inline(always)]
    fn take_plain(&mut self, step: &Step<N>) -> bool {
        let Self { decode, i, record, .. } = self;
        if !step.action.is_any_text() {
            return false;
        }
        if let Action::Identifier(slot) = step.action
            && !decode.values.has_room(slot)
            && decode.values.make_room(slot, decode.arena).is_err()
        {
            return false;
        }
        let Ok(Read { text, end }) = read_plain(*i, record, step.at) else { return false };
        match step.action {
            Action::Identifier(_) => decode.values.push_text(text),
            _ => decode.values.set_text(step.action.slot(), text),
        }
        decode.values.set_seen(step.state.seen);
        decode.at = end;
        true
    }

    /// Whether a list is so long already that a layout for the rest of it pays.
    fn is_worth_learning(&mut self) -> bool {
        self.identifiers += 1;
        self.identifiers.is_multiple_of(LONG_LIST) && self.pays()
    }

    /// Whether it pays to learn from the document.
    fn pays(&self) -> bool {
        let Decode { misses, track, at, .. } = &*self.decode;
        track.progress.is_awake() && track.progress.pays(misses, *at)
    }

    /// Whether more items like the one that has ended are likely, so that a layout for the next ones pays.
    fn are_more_items_likely(&mut self) -> bool {
        self.items += 1;
        (self.items > 1 || self.decode.track.progress.has_begun()) && self.pays()
    }
}
