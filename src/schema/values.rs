//! The values of one document, before there is a view of them.
//!
//! Each value has a place of its own, by its slot, and a bit that says whether this document has it; nothing
//! is cleared between two documents. Identifiers, of which there may be many, are written into the arena at
//! once, and stay where they are.

use super::{ArenaFull, Slot, SlotSet, Table};
use crate::model::ResourceIdentifier;
use bumpalo::Bump;
use std::mem::{self, MaybeUninit};

/// What the decoder has found in a document so far.
pub(crate) struct Values<'a> {
    present: SlotSet,
    texts: [&'a str; SlotSet::CAPACITY],
    numbers: [i64; SlotSet::CAPACITY],
    lists: [&'a [ResourceIdentifier<'a>]; SlotSet::CAPACITY],
    identifiers: Identifiers<'a>,
}

/// The identifiers of one list, under way.
struct Identifiers<'a> {
    /// The list, and room for more behind it.
    room: &'a mut [MaybeUninit<ResourceIdentifier<'a>>],
    /// How many of them the list has. The first `length` of `room` are initialised.
    length: usize,
    /// The slot of the list; the root, which is none, before the first.
    slot: Slot,
    /// How many identifiers the document has in lists that have ended.
    ended: usize,
}

/// How much room for identifiers documents have needed lately: what is asked for at once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IdentifierRoom(usize);

impl IdentifierRoom {
    const LEAST: usize = 8;

    /// Learns from a document that has come to its end.
    pub(crate) fn learn(&mut self, values: &Values<'_>) {
        let Identifiers { length, ended, .. } = values.identifiers;
        self.0 = (ended + length).max(self.0 / 2);
    }
}

impl<'a> Values<'a> {
    pub(crate) fn new() -> Self {
        Self {
            present: SlotSet::EMPTY,
            texts: [""; _],
            numbers: [0; _],
            lists: [&[]; _],
            identifiers: Identifiers { room: &mut [], length: 0, slot: Table::ROOT, ended: 0 },
        }
    }

    /// Begins a document.
    pub(crate) fn begin(&mut self) {
        let Identifiers { length, slot, ended, .. } = &mut self.identifiers;
        (*length, *slot, *ended) = (0, Table::ROOT, 0);
        self.present = SlotSet::EMPTY;
    }

    pub(crate) fn present(&self) -> SlotSet {
        self.present
    }

    /// Says which of the values set, and of the objects and arrays opened, belong to this document.
    #[inline(always)]
    pub(crate) fn extend(&mut self, present: SlotSet) {
        self.present.extend(present);
    }

    #[inline(always)]
    pub(crate) fn set_text(&mut self, slot: Slot, text: &'a str) {
        self.texts[usize::from(slot) % SlotSet::CAPACITY] = text;
    }

    /// An integer, or the index of a choice.
    #[inline(always)]
    pub(crate) fn set_number(&mut self, slot: Slot, number: i64) {
        self.numbers[usize::from(slot) % SlotSet::CAPACITY] = number;
    }

    /// Whether there is room for an identifier of this list. If not, see [`make_room`](Self::make_room).
    #[inline(always)]
    pub(crate) fn has_room(&self, slot: Slot) -> bool {
        let Identifiers { room, length, slot: current, .. } = &self.identifiers;
        *current == slot && *length < room.len()
    }

    /// Adds an identifier to the list that there is room for.
    #[inline(always)]
    pub(crate) fn push_identifier(&mut self, id: &'a str) {
        let Identifiers { room, length, .. } = &mut self.identifiers;
        room[*length].write(ResourceIdentifier { id });
        *length += 1;
    }

    /// Makes room for an identifier of a list, if need be, and ends the list under way if that is another.
    #[cold]
    #[inline(never)]
    pub(crate) fn make_room(
        &mut self,
        slot: Slot,
        room: IdentifierRoom,
        arena: &'a Bump,
    ) -> Result<(), ArenaFull> {
        if self.identifiers.slot != slot {
            self.end_list();
            self.identifiers.slot = slot;
        }
        let identifiers = &mut self.identifiers;
        let length = identifiers.length;
        if length < identifiers.room.len() {
            return Ok(());
        }
        let expected = match arena.allocation_limit() {
            None if identifiers.ended + length == 0 => room.0,
            // What fits below a limit must not depend on the documents before.
            None | Some(_) => 2 * length,
        };
        let enough = expected.max(IdentifierRoom::LEAST);
        let uninit = |_| MaybeUninit::uninit();
        let new = arena.try_alloc_slice_fill_with(enough, uninit).map_err(|_| ArenaFull)?;
        new[..length].copy_from_slice(&identifiers.room[..length]);
        identifiers.room = new;
        Ok(())
    }

    /// Ends the list under way, if there is one.
    #[allow(unsafe_code)]
    pub(crate) fn end_list(&mut self) {
        let Identifiers { room, length, slot, ended } = &mut self.identifiers;
        let (list, rest) = mem::take(room).split_at_mut(*length);
        *room = rest;
        *ended += mem::take(length);
        let list: *const [MaybeUninit<ResourceIdentifier<'a>>] = list;
        // SAFETY: `list` was the first `length` of `room`, which are initialised; `MaybeUninit<T>` is laid
        // out as `T`; the arena keeps it for `'a`, and nobody else has a reference to it any more.
        let list = unsafe { &*(list as *const [ResourceIdentifier<'a>]) };
        self.lists[usize::from(*slot) % SlotSet::CAPACITY] = list;
    }

    pub(super) fn has(&self, slot: Slot) -> bool {
        self.present.contains(slot)
    }

    pub(super) fn text(&self, slot: Slot) -> &'a str {
        self.texts[usize::from(slot) % SlotSet::CAPACITY]
    }

    pub(super) fn number(&self, slot: Slot) -> i64 {
        self.numbers[usize::from(slot) % SlotSet::CAPACITY]
    }

    /// The identifiers of `slot`, if the document has the array that they stand in.
    pub(super) fn list(&self, array: Slot, slot: Slot) -> Option<&'a [ResourceIdentifier<'a>]> {
        let list =
            if self.has(slot) { self.lists[usize::from(slot) % SlotSet::CAPACITY] } else { &[] };
        self.has(array).then_some(list)
    }
}
