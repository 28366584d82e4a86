//! The values of one document, before there is a view of them.
//!
//! Each value has a place of its own, by its slot, and two bits that say whether this document has the member, and
//! whether that is `null`; nothing else is cleared between two documents. Identifiers and the views of items, of which
//! there may be many, are written into the arena at once, and stay where they are. With the end of an item its slots
//! are free for the next one.

use super::table::Item;
use super::{ArenaFull, Slot, SlotSet, Table};
use crate::model::{
    ImportError, IncludedList, Job, ResourceIdentifier, ResponseError, SparseImportError, SparseJob,
};
use bumpalo::Bump;
use std::mem::{self, MaybeUninit};

/// What the decoder has found in a document so far.
pub(crate) struct Values<'a> {
    /// The members that were seen.
    seen: SlotSet,
    /// Those of them that are `null`.
    nulls: SlotSet,
    texts: [&'a str; SlotSet::CAPACITY],
    numbers: [i64; SlotSet::CAPACITY],
    lists: [&'a [ResourceIdentifier<'a>]; SlotSet::CAPACITY],
    identifiers: Identifiers<'a>,
    pub(super) items: Items<'a>,
}

/// The identifiers of one list, under way.
struct Identifiers<'a> {
    list: ArenaList<'a, ResourceIdentifier<'a>>,
    /// The slot of the list; the root, which is none, before the first.
    slot: Slot,
    /// How many identifiers the document has in lists that have ended.
    ended: usize,
}

/// The views of the items that have ended.
pub(super) struct Items<'a> {
    pub(super) jobs: ArenaList<'a, Job<'a>>,
    pub(super) sparse_jobs: ArenaList<'a, SparseJob<'a>>,
    pub(super) lists: ArenaList<'a, IncludedList<'a>>,
    pub(super) import_errors: ArenaList<'a, ImportError<'a>>,
    pub(super) sparse_import_errors: ArenaList<'a, SparseImportError<'a>>,
    pub(super) errors: ArenaList<'a, ResponseError<'a>>,
}

/// A list that grows in the arena.
pub(crate) struct ArenaList<'a, T> {
    /// The list, and room for more behind it.
    room: &'a mut [MaybeUninit<T>],
    /// How many items the list has. The first `length` of `room` are initialised.
    length: usize,
    /// How many there were in the documents before.
    expected: usize,
}

/// How much room for identifiers and items documents have needed lately: what is asked for at once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Room {
    identifiers: usize,
    jobs: usize,
    lists: usize,
    errors: usize,
}

impl Room {
    const LEAST: usize = 8;

    /// Learns from a document of a table that has come to its end, or was rejected.
    #[inline(always)]
    pub(crate) fn learn(&mut self, table: &Table, values: &Values<'_>) {
        let Identifiers { list, ended, .. } = &values.identifiers;
        learn(&mut self.identifiers, ended + list.length);
        if table.has_items() {
            self.learn_items(&values.items);
        }
    }

    fn learn_items(&mut self, items: &Items<'_>) {
        learn(&mut self.jobs, items.jobs.length + items.sparse_jobs.length);
        learn(&mut self.lists, items.lists.length);
        let import_errors = items.import_errors.length + items.sparse_import_errors.length;
        learn(&mut self.errors, items.errors.length + import_errors);
    }
}

fn learn(room: &mut usize, needed: usize) {
    *room = needed.max(*room / 2);
}

impl Items<'_> {
    /// Forgets what is in them.
    fn begin(&mut self, room: &Room) {
        self.jobs.begin(room.jobs);
        self.sparse_jobs.begin(room.jobs);
        self.lists.begin(room.lists);
        self.import_errors.begin(room.errors);
        self.sparse_import_errors.begin(room.errors);
        self.errors.begin(room.errors);
    }
}

impl<'a, T: Copy> ArenaList<'a, T> {
    fn new() -> Self {
        Self { room: &mut [], length: 0, expected: 0 }
    }

    /// Forgets what is in it.
    fn begin(&mut self, expected: usize) {
        (self.length, self.expected) = (0, expected);
    }

    #[inline(always)]
    fn has_room(&self) -> bool {
        self.length < self.room.len()
    }

    /// Adds an item. There must be room for it.
    #[inline(always)]
    pub(super) fn push(&mut self, item: T) {
        self.room[self.length].write(item);
        self.length += 1;
    }

    /// Makes room for one more, if need be.
    #[inline(always)]
    pub(super) fn reserve(&mut self, arena: &'a Bump) -> Result<(), ArenaFull> {
        if self.has_room() { Ok(()) } else { self.grow(arena) }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, arena: &'a Bump) -> Result<(), ArenaFull> {
        let length = self.length;
        let expected = match arena.allocation_limit() {
            None if length == 0 => self.expected,
            // What fits below a limit must not depend on the documents before.
            None | Some(_) => 0,
        };
        let least = (2 * length).max(Room::LEAST);
        let allocate =
            |count| arena.try_alloc_slice_fill_with(count, |_| MaybeUninit::uninit()).ok();
        // What is only expected is no reason to reject a document.
        let new = allocate(expected.max(least)).or_else(|| allocate(least)).ok_or(ArenaFull)?;
        new[..length].copy_from_slice(&self.room[..length]);
        self.room = new;
        Ok(())
    }

    /// The list, which has come to its end. The room behind it is left for the next one.
    #[allow(unsafe_code)]
    pub(super) fn end(&mut self) -> &'a [T] {
        let (list, rest) = mem::take(&mut self.room).split_at_mut(mem::take(&mut self.length));
        self.room = rest;
        let list: *const [MaybeUninit<T>] = list;
        // SAFETY: `list` was the first `length` of `room`, which are initialised; `MaybeUninit<T>` is laid
        // out as `T`; the arena keeps it for `'a`, and nobody else has a reference to it any more.
        unsafe { &*(list as *const [T]) }
    }
}

impl<'a> Values<'a> {
    /// In the place of the index of a choice: the slot has a text.
    pub(crate) const OTHER: i64 = -1;

    pub(crate) fn new() -> Self {
        Self {
            seen: SlotSet::EMPTY,
            nulls: SlotSet::EMPTY,
            texts: [""; _],
            numbers: [0; _],
            lists: [&[]; _],
            identifiers: Identifiers { list: ArenaList::new(), slot: Table::ROOT, ended: 0 },
            items: Items {
                jobs: ArenaList::new(),
                sparse_jobs: ArenaList::new(),
                lists: ArenaList::new(),
                import_errors: ArenaList::new(),
                sparse_import_errors: ArenaList::new(),
                errors: ArenaList::new(),
            },
        }
    }

    /// Begins a document of a table, which may need so much room.
    #[inline(always)]
    pub(crate) fn begin(&mut self, table: &Table, room: &Room) {
        let Identifiers { list, slot, ended } = &mut self.identifiers;
        list.begin(room.identifiers);
        (*slot, *ended) = (Table::ROOT, 0);
        (self.seen, self.nulls) = (SlotSet::EMPTY, SlotSet::EMPTY);
        if table.has_items() {
            self.items.begin(room);
        }
    }

    /// The members that were seen so far; of items, those of the last one.
    #[inline(always)]
    pub(crate) fn seen(&self) -> SlotSet {
        self.seen
    }

    #[inline(always)]
    pub(crate) fn set_seen(&mut self, seen: SlotSet) {
        self.seen = seen;
    }

    #[inline(always)]
    pub(crate) fn set_null(&mut self, slot: Slot) {
        self.nulls.insert(slot);
    }

    #[inline(always)]
    pub(crate) fn set_text(&mut self, slot: Slot, text: &'a str) {
        self.texts[usize::from(slot) % SlotSet::CAPACITY] = text;
    }

    /// An integer, or the index of a choice; [`OTHER`](Self::OTHER) for a text that is none of them.
    #[inline(always)]
    pub(crate) fn set_number(&mut self, slot: Slot, number: i64) {
        self.numbers[usize::from(slot) % SlotSet::CAPACITY] = number;
    }

    /// Whether there is room for an identifier of this list. If not, see [`make_room`](Self::make_room).
    #[inline(always)]
    pub(crate) fn has_room(&self, slot: Slot) -> bool {
        self.identifiers.slot == slot && self.identifiers.list.has_room()
    }

    /// Adds an identifier to the list that there is room for.
    #[inline(always)]
    pub(crate) fn push_identifier(&mut self, id: &'a str) {
        self.identifiers.list.push(ResourceIdentifier { id });
    }

    /// Makes room for an identifier of a list, if need be, and ends the list under way if that is another.
    #[cold]
    #[inline(never)]
    pub(crate) fn make_room(&mut self, slot: Slot, arena: &'a Bump) -> Result<(), ArenaFull> {
        if self.identifiers.slot != slot {
            self.end_list();
            self.identifiers.slot = slot;
        }
        self.identifiers.list.reserve(arena)
    }

    /// Ends the list of identifiers under way, if there is one.
    #[inline(always)]
    pub(crate) fn end_list(&mut self) {
        if self.identifiers.slot != Table::ROOT {
            self.end_this_list();
        }
    }

    fn end_this_list(&mut self) {
        let Identifiers { list, slot, ended } = &mut self.identifiers;
        if list.length > 0 {
            // What all lists of a document need together was asked for at once.
            list.expected = 0;
            *ended += list.length;
        }
        self.lists[usize::from(*slot) % SlotSet::CAPACITY] = list.end();
        *slot = Table::ROOT;
    }

    /// Ends an item of an array, whose view is made and kept.
    #[inline(always)]
    pub(crate) fn end_item(&mut self, item: &Item, arena: &'a Bump) -> Result<(), ArenaFull> {
        (item.add)(self, arena)?;
        self.nulls.remove(item.slots);
        Ok(())
    }

    pub(super) fn has(&self, slot: Slot) -> bool {
        self.seen.without(self.nulls).contains(slot)
    }

    pub(super) fn text(&self, slot: Slot) -> &'a str {
        self.texts[usize::from(slot) % SlotSet::CAPACITY]
    }

    /// The text of a member that may be absent.
    pub(super) fn maybe_text(&self, slot: Slot) -> Option<&'a str> {
        self.has(slot).then(|| self.text(slot))
    }

    pub(super) fn number(&self, slot: Slot) -> i64 {
        self.numbers[usize::from(slot) % SlotSet::CAPACITY]
    }

    /// The number of a member that may be absent.
    pub(super) fn maybe_number(&self, slot: Slot) -> Option<i64> {
        self.has(slot).then(|| self.number(slot))
    }

    /// The identifiers of `slot`, if the document has the array that they stand in.
    pub(super) fn list(&self, array: Slot, slot: Slot) -> Option<&'a [ResourceIdentifier<'a>]> {
        let list =
            if self.has(slot) { self.lists[usize::from(slot) % SlotSet::CAPACITY] } else { &[] };
        self.has(array).then_some(list)
    }
}
