//! The view of one document while its values arrive.
//!
//! Each value is written at its [`Offset`] in the view, in the memory of the arena where the view stays. For each slot,
//! two bits say whether this document has the member, and whether it is `null`. An array may have many items: they are
//! built in the same way, one after another. Items that are just a string are written into the arena at once. Members
//! that the document does not have are handled at its end.

use super::Table;
use super::member::{ALIGNMENT, AsNumber, BOOLS, Byte, Number, ShortNumber, ShortValue, copy_few};
use super::slots::{MOST_WORDS, Slot, SlotSet};
use super::table::{Array, EmptyView, Form, Item, Offset, Set, Target};
use crate::arena::{Arena, ArenaFull};
use std::alloc::Layout;
use std::mem::{self, MaybeUninit};
use std::{ptr, slice};

/// What the decoder has found in a document so far.
pub struct Values<'a> {
    /// Where the [views](Offset::view) in progress are built, from the beginning of a document to its end. They begin
    /// as copies of the empty views of the table; values are then written over them, at offsets of the table. Each
    /// pointer is reduced by what the number of the view adds to an offset. The pointers for all views of the table are
    /// initialised.
    views: [MaybeUninit<*mut Byte>; Offset::VIEWS],
    /// Spare memory for views that have no room in the arena.
    spare: *mut Byte,
    /// The table of the document.
    table: &'static Table,
    /// Whether the views of items are still empty.
    is_ready: bool,
    /// Whether the view of the document is built in place.
    is_in_place: bool,
    /// Memory of the arena for the view of the document. Empty if the arena has no room.
    document: &'a mut [MaybeUninit<Byte>],
    /// The members that were seen, and those of them that are `null`. The sets of the table say how many words are
    /// used.
    seen: [u64; MOST_WORDS],
    nulls: [u64; MOST_WORDS],
    texts: Texts<'a>,
    /// The finished items of each array: of the first few arrays, and of all others.
    few_items: [ArenaList<'a, Byte>; FEW],
    more_items: Vec<ArenaList<'a, Byte>>,
}

/// The current array of items that are just strings.
struct Texts<'a> {
    list: ArenaList<'a, &'a str>,
    /// The slot of the strings, or the root before the first array; and the offset at which their slice is written.
    slot: Slot,
    offset: Offset,
    /// How many strings the finished arrays of the document have.
    ended: usize,
}

/// Why an array could not be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotEnded {
    /// It has the wrong number of items.
    Count { wanted: usize, found: usize },
    /// The array is an item itself, and the outer array has no room for it.
    ArenaFull,
}

/// A list that grows in the arena.
struct ArenaList<'a, T> {
    /// The list, followed by free room.
    room: &'a mut [MaybeUninit<T>],
    /// The number of items in the list. The first `length` of `room` are initialised.
    length: usize,
    /// How many items earlier documents had.
    expected: usize,
}

/// How much room recent documents needed for items. That much is allocated at once. Also holds the spare memory for
/// views that have no room in the arena.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    texts: usize,
    /// For each array, its size in bytes.
    items: Vec<usize>,
    spare: Vec<Spare>,
}

// Aligned as views may require: see `ALIGNMENT`.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Spare(#[expect(dead_code, reason = "it is room")] [Byte; ALIGNMENT]);

impl Room {
    /// The smallest number of items that is allocated.
    const LEAST: usize = 8;

    /// Room for documents of a table.
    pub(crate) fn new(table: &Table) -> Self {
        const { assert!(align_of::<Spare>() == ALIGNMENT) };
        let spare = vec![Spare([MaybeUninit::uninit(); _]); table.bytes().div_ceil(ALIGNMENT)];
        Self { texts: 0, items: vec![0; table.arrays().len()], spare }
    }

    /// Learns from a document that has ended or was rejected.
    #[inline(always)]
    pub(crate) fn learn(&mut self, values: &Values<'_>) {
        let Texts { list, ended, .. } = &values.texts;
        learn(&mut self.texts, ended + list.length);
        if values.table.has_items() {
            (0..).zip(&mut self.items).for_each(|(array, room)| {
                learn(room, values.items(array).length);
            });
        }
    }
}

fn learn(room: &mut usize, needed: usize) {
    *room = needed.max(*room / 2);
}

impl<'a, T: Copy> ArenaList<'a, T> {
    fn new() -> Self {
        Self { room: &mut [], length: 0, expected: 0 }
    }

    /// Starts an empty list.
    fn begin(&mut self, expected: usize) {
        (self.length, self.expected) = (0, expected);
    }

    /// Whether there is room for this many more items.
    #[inline(always)]
    fn has_room(&self, more: usize) -> bool {
        more <= self.room.len() - self.length
    }

    /// Adds an item. There must be room for it.
    #[inline(always)]
    fn push(&mut self, item: T) {
        self.room[self.length].write(item);
        self.length += 1;
    }

    /// Makes room for this many more items, if necessary.
    #[inline(always)]
    fn reserve(&mut self, more: usize, arena: &'a Arena) -> Result<(), ArenaFull> {
        if self.has_room(more) { Ok(()) } else { self.grow(more, arena) }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize, arena: &'a Arena) -> Result<(), ArenaFull> {
        let length = self.length;
        let expected = match arena.limit() {
            None if length == 0 => self.expected,
            // With a limit, what fits must not depend on earlier documents.
            None | Some(_) => 0,
        };
        let least = (2 * length).max(Room::LEAST * more);
        // If there is no room for what is only expected, less is enough: the document must not be rejected for that.
        let mut counts = [expected.max(least), least, length + more].into_iter();
        let new = counts.find_map(|count| allocate(count, arena)).ok_or(ArenaFull)?;
        new[..length].copy_from_slice(&self.room[..length]);
        self.room = new;
        Ok(())
    }

    /// Ends the list, and returns it. The free room after it is kept for the next list.
    #[allow(unsafe_code)]
    fn end(&mut self) -> &'a [T] {
        let (list, rest) = mem::take(&mut self.room).split_at_mut(mem::take(&mut self.length));
        self.room = rest;
        let list: *const [MaybeUninit<T>] = list;
        // SAFETY: `list` was the first `length` of `room`, which are initialised; `MaybeUninit<T>` is laid out as `T`;
        // the arena keeps it for `'a`, and there is no other reference to it any more.
        unsafe { &*(list as *const [T]) }
    }
}

/// Allocates room for items in the arena.
#[inline(always)]
#[allow(unsafe_code)]
#[expect(clippy::mut_from_ref, reason = "an arena gives what nobody else has")]
fn allocate<T>(count: usize, arena: &Arena) -> Option<&mut [MaybeUninit<T>]> {
    let layout = Layout::array::<T>(count).ok()?.align_to(ALIGNMENT).ok()?;
    let room = arena.room(layout).ok()?;
    // SAFETY: the arena has handed out this much room to nobody else, and `MaybeUninit` need not be initialised.
    Some(unsafe { slice::from_raw_parts_mut(room.as_ptr().cast(), count) })
}

impl ArenaList<'_, Byte> {
    /// Skips bytes up to the next place that is aligned for an item. Items of another array may have ended anywhere.
    fn align(&mut self) {
        let skipped = self.room.as_ptr().align_offset(ALIGNMENT).min(self.room.len());
        self.room = &mut mem::take(&mut self.room)[skipped..];
    }
}

/// This many arrays need no memory on the heap.
const FEW: usize = 6;

impl<'a> Values<'a> {
    /// Values for documents whose views are built in place, or [copied](Self::take_view) into place.
    ///
    /// # Safety
    ///
    /// A document must be [begun](Self::begin) before anything else is called.
    #[allow(unsafe_code)]
    pub(crate) unsafe fn new(is_in_place: bool) -> Self {
        Self {
            is_in_place,
            views: [MaybeUninit::uninit(); _],
            // Not null: otherwise all fields around `views` would be zero, and the compiler would zero `views`, too.
            spare: ptr::dangling_mut(),
            table: Table::nothing_at_all(),
            is_ready: false,
            document: &mut [],
            seen: [0; _],
            nulls: [0; _],
            texts: Texts {
                list: ArenaList::new(),
                slot: Table::ROOT,
                offset: Target::NO_OFFSET,
                ended: 0,
            },
            few_items: std::array::from_fn(|_| ArenaList::new()),
            more_items: vec![],
        }
    }

    /// Begins a document of a table.
    ///
    /// # Safety
    ///
    /// `room` is for documents of this table. It must stay where it is, and may be borrowed only to look at its
    /// numbers, until the document has ended: until its view is taken, or it is given up. All other functions of these
    /// values are called in between.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) unsafe fn begin(
        &mut self,
        table: &'static Table,
        room: &mut Room,
        arena: &'a Arena,
    ) {
        let is_ready = mem::take(&mut self.is_ready) && ptr::eq(self.table, table);
        (self.table, self.spare) = (table, room.spare.as_mut_ptr().cast());
        let Texts { list, slot, ended, .. } = &mut self.texts;
        list.begin(room.texts);
        (*slot, *ended) = (Table::ROOT, 0);
        (self.seen[0], self.nulls[0]) = (0, 0);
        if table.words() > 1 {
            self.seen[..table.words()].fill(0);
            self.nulls[..table.words()].fill(0);
        }
        // What is written nowhere is the first view.
        self.set_view(Table::NOWHERE, self.spare);
        let empty = table.document();
        if self.is_in_place && self.document.len() < empty.len() {
            self.document = allocate(empty.len(), arena).unwrap_or_default();
        }
        let view = match self.document.is_empty() {
            true => self.in_spare(Table::DOCUMENT_VIEW),
            false => self.document.as_mut_ptr().cast(),
        };
        self.set_view(Table::DOCUMENT_VIEW, view);
        // SAFETY: there is room for the view, either in the arena or in the spare memory.
        unsafe { view.copy_from_nonoverlapping(empty.as_ptr(), empty.len()) }
        if table.has_items() {
            self.begin_items(&room.items, is_ready);
        }
    }

    #[inline(always)]
    fn set_view(&mut self, view: usize, place: *mut Byte) {
        self.views[view].write(place.wrapping_sub(Offset::of_view(view)));
    }

    /// Where a view of the table is being built.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn view_at(&self, view: usize) -> *mut Byte {
        assert!(view < self.table.views().len());
        // SAFETY: the view is one of the table, and a document has begun.
        unsafe { self.views[view].assume_init() }.wrapping_add(Offset::of_view(view))
    }

    #[inline(always)]
    fn items(&self, array: usize) -> &ArenaList<'a, Byte> {
        match array.checked_sub(FEW) {
            None => &self.few_items[array],
            Some(array) => &self.more_items[array],
        }
    }

    #[inline(always)]
    fn items_mut(&mut self, array: usize) -> &mut ArenaList<'a, Byte> {
        match array.checked_sub(FEW) {
            None => &mut self.few_items[array],
            Some(array) => &mut self.more_items[array],
        }
    }

    /// Where a view is built in spare memory.
    #[inline(always)]
    fn in_spare(&self, view: usize) -> *mut Byte {
        self.spare.wrapping_add(self.table.views()[view].before)
    }

    #[inline(never)]
    fn begin_items(&mut self, expected: &[usize], are_empty: bool) {
        if FEW + self.more_items.len() < expected.len() {
            self.more_items.resize_with(expected.len(), ArenaList::new);
        }
        for (array, (of, &expected)) in self.table.arrays().iter().zip(expected).enumerate() {
            if !of.is_of_texts {
                let items = self.items_mut(array);
                items.begin(expected);
                if !are_empty {
                    items.align();
                }
                self.begin_item(array, are_empty);
            }
        }
    }

    /// Begins an item of an array, in place if there is room. `is_empty` says that the empty view is already there.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn begin_item(&mut self, array: usize, is_empty: bool) {
        let view = Table::FIRST_ITEM_VIEW + array;
        let EmptyView { empty, .. } = self.table.views()[view];
        let ArenaList { room, length, .. } = self.items_mut(array);
        let (place, is_empty) = match room.get_mut(*length..*length + empty.len()) {
            Some(room) => (room.as_mut_ptr().cast(), is_empty),
            // Spare memory may have been used for anything before.
            None => (self.in_spare(view), false),
        };
        self.set_view(view, place);
        if !is_empty {
            // SAFETY: as in `begin`.
            unsafe { place.copy_from_nonoverlapping(empty.as_ptr(), empty.len()) }
        }
    }

    /// The members that have been seen. For items, those of the current one. `N` must be the number of words of the
    /// table.
    #[inline(always)]
    pub(crate) fn seen<const N: usize>(&self) -> SlotSet<N> {
        SlotSet::of_words(&self.seen)
    }

    #[inline(always)]
    pub(crate) fn set_seen<const N: usize>(&mut self, seen: SlotSet<N>) {
        self.seen[..N].copy_from_slice(seen.words());
    }

    #[inline(always)]
    pub(crate) fn set_null(&mut self, slot: Slot) {
        self.nulls[usize::from(slot / 64) % MOST_WORDS] |= 1 << (slot % 64);
    }

    /// Where a value is written, in a view of the table.
    ///
    /// # Safety
    ///
    /// A document has begun, and the offset is one of its table.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn place<T>(&mut self, offset: Offset) -> *mut T {
        // SAFETY: the offset is one of the table, and a document has begun.
        let view = unsafe { self.views[offset.view()].assume_init() };
        view.wrapping_add(offset.get()).cast()
    }

    /// Writes a string to its place.
    ///
    /// # Safety
    ///
    /// A document has begun. The offset is one of its table, and belongs to a target that
    /// [takes](super::Target::takes_text) a string.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) unsafe fn write_text(&mut self, offset: Offset, text: &'a str) {
        // SAFETY: the caller's promise.
        unsafe { self.place::<&'a str>(offset).write(text) }
    }

    /// Writes an integer to its place.
    ///
    /// # Safety
    ///
    /// A document has begun. The offset is one of its table, and belongs to a target that
    /// [takes](super::Target::takes_integer) an integer.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) unsafe fn write_integer(&mut self, offset: Offset, integer: i64) {
        // SAFETY: the caller's promise.
        unsafe { self.place::<i64>(offset).write(integer) }
    }

    /// Sets a string, if the slot takes one.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn set_text(&mut self, slot: Slot, text: &'a str) {
        let target = self.table.target(slot);
        if target.takes_text() {
            // SAFETY: a document is in progress; the target is one of its table, and takes a string.
            unsafe { self.write_text(target.offset(), text) }
        }
    }

    /// Sets an integer, if the slot takes one.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn set_integer(&mut self, slot: Slot, integer: i64) {
        let target = self.table.target(slot);
        if target.takes_integer() {
            // SAFETY: a document is in progress; the target is one of its table, and takes an integer.
            unsafe { self.write_integer(target.offset(), integer) }
        }
    }

    /// Sets a number of a type other than `i64`, if the slot takes one. Returns whether the number is a value of the
    /// type.
    #[allow(unsafe_code)]
    pub(crate) fn set_number(&mut self, slot: Slot, number: impl AsNumber) -> bool {
        let target = self.table.target(slot);
        let Form::Number(form) = target.form() else { return true };
        let offset = target.offset();
        macro_rules! write {
            ($number:expr, $type:ty) => {{
                let number: Option<$type> = $number;
                if let Some(number) = number {
                    // SAFETY: the target is one of the table, and takes a number of this type.
                    unsafe { self.place::<$type>(offset).write(number) }
                }
                number.is_some()
            }};
        }
        match form {
            Number::I8 => write!(number.integer(), i8),
            Number::I16 => write!(number.integer(), i16),
            Number::I32 => write!(number.integer(), i32),
            Number::I128 => write!(number.integer(), i128),
            Number::U8 => write!(number.integer(), u8),
            Number::U16 => write!(number.integer(), u16),
            Number::U32 => write!(number.integer(), u32),
            Number::U64 => write!(number.integer(), u64),
            Number::U128 => write!(number.integer(), u128),
            Number::F32 => write!(number.f32(), f32),
            Number::F64 => write!(number.f64(), f64),
        }
    }

    /// Adds values to the array whose items are in a slot, as long as there are values of its type, and room for them.
    /// Returns whether the last value taken from `short` could not be added, because of its type or because there was
    /// no room.
    #[allow(unsafe_code)]
    pub(crate) fn push_short(
        &mut self,
        slot: Slot,
        short: &mut impl Iterator<Item = ShortValue>,
        arena: &'a Arena,
    ) -> bool {
        let target = self.table.target(slot);
        let Some(item) = &self.table.entry(slot).item else { return false };
        let (array, offset) = (usize::from(item.array), target.offset());
        if self.table.arrays()[array].has_names {
            return false;
        }
        macro_rules! push {
            ($type:ty, $kind:ident, $value:expr) => {{
                let value: fn(_) -> Option<$type> = $value;
                let of = |short| match short {
                    ShortValue::$kind(short) => value(short),
                    _ => None,
                };
                // SAFETY: the target is that of the items of this array, and takes a value of this type.
                unsafe { self.push_items(array, offset, short, of, arena) }
            }};
        }
        match target.form() {
            Form::Integer => push!(i64, Number, ShortNumber::integer),
            Form::Number(form) => match form {
                Number::I8 => push!(i8, Number, ShortNumber::integer),
                Number::I16 => push!(i16, Number, ShortNumber::integer),
                Number::I32 => push!(i32, Number, ShortNumber::integer),
                Number::I128 => push!(i128, Number, ShortNumber::integer),
                Number::U8 => push!(u8, Number, ShortNumber::integer),
                Number::U16 => push!(u16, Number, ShortNumber::integer),
                Number::U32 => push!(u32, Number, ShortNumber::integer),
                Number::U64 => push!(u64, Number, ShortNumber::integer),
                Number::U128 => push!(u128, Number, ShortNumber::integer),
                Number::F32 => push!(f32, Number, ShortNumber::f32),
                Number::F64 => push!(f64, Number, ShortNumber::f64),
            },
            Form::Choice(choices) if ptr::eq(choices, &BOOLS) => push!(bool, Bool, Some),
            _ => false,
        }
    }

    /// Drops the items of the current array, which are in a slot.
    pub(crate) fn give_up_items(&mut self, slot: Slot) {
        if let Some(Item { array, .. }) = self.table.entry(slot).item {
            self.items_mut(usize::from(array)).length = 0;
            self.begin_item(usize::from(array), false);
        }
    }

    /// Adds items to an array. `of` makes the value of each; a `null` item has none, if items may be `null`. Returns
    /// whether the last value taken from `short` could not be added, because it is not a value of the type or because
    /// there was no room.
    ///
    /// # Safety
    ///
    /// The offset is that of the items of the array. Each item is nothing but a value of this type, which may be
    /// absent.
    #[inline(always)]
    #[allow(unsafe_code)]
    unsafe fn push_items<T>(
        &mut self,
        array: usize,
        offset: Offset,
        short: &mut impl Iterator<Item = ShortValue>,
        of: impl Fn(ShortValue) -> Option<T>,
        arena: &'a Arena,
    ) -> bool {
        let view = Table::FIRST_ITEM_VIEW + array;
        let EmptyView { empty, .. } = self.table.views()[view];
        let none = self.table.arrays()[array].none;
        let inside = offset.get() - Offset::of_view(view);
        let mut is_refused = false;
        let list = self.items_mut(array);
        for short in short {
            let (value, around) = match (of(short), short, none) {
                (Some(value), ..) => (Some(value), empty),
                (None, ShortValue::Null, Some(none)) => (None, none),
                _ => {
                    is_refused = true;
                    break;
                }
            };
            if list.reserve(empty.len(), arena).is_err() {
                is_refused = true;
                break;
            }
            let place: *mut Byte = list.room[list.length..][..empty.len()].as_mut_ptr().cast();
            if value.is_none() || empty.len() > size_of::<T>() {
                // SAFETY: an item has this many bytes, with or without a value.
                unsafe { copy_few(around, place) }
            }
            if let Some(value) = value {
                // SAFETY: by the caller's promise, an item has its value there, and is aligned for it.
                unsafe { place.wrapping_add(inside).cast::<T>().write(value) }
            }
            list.length += empty.len();
        }
        self.begin_item(array, false);
        is_refused
    }

    /// Sets one of the choices of a slot, if the slot has choices.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn set_choice(&mut self, slot: Slot, choice: u8) {
        let target = self.table.target(slot);
        if let Form::Choice(choices) = target.form() {
            // SAFETY: the target is one of the table, and takes all bytes of one of these choices.
            unsafe { copy_few(choices.bytes(choice), self.place(target.offset())) }
        }
    }

    /// If a variant of an untagged enum holds this slot, makes the enum that variant, still without a value.
    pub(crate) fn set_variant(&mut self, slot: Slot) {
        if let Some((of, variant)) = self.table.variant_with(slot) {
            self.set_choice(of, variant);
        }
    }

    /// Sets a string that is none of the choices of a slot.
    #[allow(unsafe_code)]
    pub(crate) fn set_other(&mut self, slot: Slot, text: &'a str) {
        let target = self.table.target(slot);
        if let Form::Choice(choices) = target.form()
            && let Some(write) = choices.others.write()
        {
            // SAFETY: the target is one of the table, and takes what the function writes.
            unsafe { write(self.place(target.offset()), text) }
        }
    }

    /// Whether there is room for another string in the array of this slot. If not, call [`make_room`](Self::make_room).
    #[inline(always)]
    pub(crate) fn has_room(&self, slot: Slot) -> bool {
        self.texts.slot == slot && self.texts.list.has_room(1)
    }

    /// Adds a string to the current array. There must be room for it.
    #[inline(always)]
    pub(crate) fn push_text(&mut self, text: &'a str) {
        self.texts.list.push(text);
    }

    /// Adds strings to the current array, as long as there are more, and room for them.
    #[inline(always)]
    pub(crate) fn push_texts(&mut self, mut next: impl FnMut() -> Option<&'a str>) {
        let ArenaList { room, length, .. } = &mut self.texts.list;
        for place in &mut room[*length..] {
            let Some(text) = next() else { break };
            place.write(text);
            *length += 1;
        }
    }

    /// Makes room for a string of an array, if necessary. If the current array is another one, ends that.
    #[cold]
    #[inline(never)]
    pub(crate) fn make_room(&mut self, slot: Slot, arena: &'a Arena) -> Result<(), ArenaFull> {
        if self.texts.slot != slot {
            self.end_texts();
            if let Some(Item { array, .. }) = self.table.entry(slot).item {
                let Array { target, .. } = self.table.arrays()[usize::from(array)];
                (self.texts.slot, self.texts.offset) = (slot, target.offset());
            }
        }
        self.texts.list.reserve(1, arena)
    }

    /// Ends the current array of strings, if there is one.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn end_texts(&mut self) {
        let Texts { list, slot, offset, ended } = &mut self.texts;
        if mem::replace(slot, Table::ROOT) == Table::ROOT {
            return;
        }
        if list.length > 0 {
            // The expected room is for all arrays of a document together, and was allocated at once.
            list.expected = 0;
            *ended += list.length;
        }
        let (all, offset) = (list.end(), *offset);
        // SAFETY: the offset belongs to the target of an array, which is one of the table. Each of its items is laid
        // out as the string that is all of it, and so are slices of them.
        unsafe { self.place::<&'a [&'a str]>(offset).write(all) }
    }

    /// Writes the slice of the items of an array to its place.
    ///
    /// # Safety
    ///
    /// The bytes are items of this array, one after another.
    #[allow(unsafe_code)]
    unsafe fn write_items(&mut self, array: usize, items: &'a [Byte]) {
        let Array { target, .. } = self.table.arrays()[array];
        if let Form::Items(write_all) = target.form() {
            // SAFETY: the target is one of the table, and takes such items, by the caller's promise.
            unsafe { write_all(self.place(target.offset()), items) }
        }
    }

    /// Ends the array in a slot. If the array must have a certain number of items, writes them to their place. If a
    /// variant of an enum holds the array, makes the enum that variant. If the array is an item itself, ends that item,
    /// too. If any of this fails, nothing has been changed.
    #[inline(never)]
    #[allow(unsafe_code)]
    pub(crate) fn end_list<const N: usize>(
        &mut self,
        slot: Slot,
        arena: &'a Arena,
    ) -> Result<(), NotEnded> {
        let array = self.table.array(slot).map(|array| (array, self.table.arrays()[array].target));
        let exactly = array.and_then(|(array, target)| match target.form() {
            Form::Array(count) => {
                let size = self.table.views()[Table::FIRST_ITEM_VIEW + array].empty.len();
                Some((array, target, count, size))
            }
            _ => None,
        });
        if let Some((array, _, wanted, size)) = exactly {
            let ArenaList { length, .. } = self.items(array);
            if *length != wanted * size {
                return Err(NotEnded::Count { wanted, found: length / size });
            }
        }
        let item = self.table.entry(slot).item.as_ref();
        if let Some(item) = item {
            // First, so that nothing has been changed if this fails.
            self.make_room_for_item(item, arena).map_err(|ArenaFull| NotEnded::ArenaFull)?;
        }
        // Before anything is written inside the variant. The items of a list that becomes a slice are written later.
        self.set_variant(slot);
        if let Some((array, target, count, size)) = exactly {
            let items: *const Byte = self.items(array).room.as_ptr().cast();
            // SAFETY: the target is one of the table, and takes this many items, one after another. There are this many
            // finished items. They are in room of the arena that contains no view in progress.
            unsafe {
                self.place::<Byte>(target.offset()).copy_from_nonoverlapping(items, count * size);
            }
            self.items_mut(array).length = 0;
            self.begin_item(array, false);
        }
        match item {
            Some(item) => {
                self.end_item::<N>(item, false, arena).map_err(|ArenaFull| NotEnded::ArenaFull)
            }
            None => Ok(()),
        }
    }

    /// Makes room for the current item of an array, if it is in spare memory.
    fn make_room_for_item(&mut self, item: &Item, arena: &'a Arena) -> Result<(), ArenaFull> {
        let array = usize::from(item.array);
        let view = Table::FIRST_ITEM_VIEW + array;
        let size = self.table.views()[view].empty.len();
        match ptr::eq(self.view_at(view), self.in_spare(view)) {
            true => self.items_mut(array).reserve(size, arena),
            false => Ok(()),
        }
    }

    /// Ends an item of an array, and keeps it. `is_null` says that the item is `null`.
    #[inline(never)]
    #[allow(unsafe_code)]
    pub(crate) fn end_item<const N: usize>(
        &mut self,
        item: &Item,
        is_null: bool,
        arena: &'a Arena,
    ) -> Result<(), ArenaFull> {
        self.end_texts();
        let array = usize::from(item.array);
        if self.table.arrays()[array].is_of_texts {
            return Ok(());
        }
        // First, so that nothing has been changed if this fails.
        self.make_room_for_item(item, arena)?;
        if self.table.arrays()[array].after > array + 1 {
            self.end_arrays(Some(array));
        }
        let view = Table::FIRST_ITEM_VIEW + array;
        let (place, size) = (self.view_at(view), self.table.views()[view].empty.len());
        let Array { none, part, .. } = self.table.arrays()[array];
        match none {
            // SAFETY: `none` is what the value of such an item may be, and the value is at this offset of the item.
            Some(none) if is_null => unsafe { copy_few(none, place.add(part)) },
            _ => self.see_to_absent::<N>(item.optional, place),
        }
        if ptr::eq(place, self.in_spare(view)) {
            let list = self.items_mut(array);
            let room = list.room[list.length..][..size].as_mut_ptr();
            // SAFETY: the item has this many bytes, and there is room for it.
            unsafe { room.cast::<Byte>().copy_from_nonoverlapping(place, size) }
        }
        self.items_mut(array).length += size;
        self.free_nulls::<N>(item.slots);
        self.begin_item(array, false);
        Ok(())
    }

    /// Forgets which of these slots are `null`.
    #[inline(always)]
    fn free_nulls<const N: usize>(&mut self, slots: Set) {
        let mut nulls = SlotSet::<N>::of_words(&self.nulls);
        nulls.remove(self.table.set(slots));
        self.nulls[..N].copy_from_slice(nulls.words());
    }

    /// For those of the optional slots that have no value, writes what there is instead into the view.
    #[inline(always)]
    #[allow(unsafe_code)]
    fn see_to_absent<const N: usize>(&mut self, optional: Set, view: *mut Byte) {
        let nulls = SlotSet::<N>::of_words(&self.nulls);
        let mut absent = self.table.set(optional).without(self.seen().without(nulls));
        while let Some(slot) = absent.first() {
            let nothing = self.table.nothing(slot);
            // SAFETY: the offset is in the view in which the slot is optional.
            unsafe { copy_few(nothing.bytes, view.add(nothing.at as usize)) }
            absent.remove(self.table.set(nothing.covers()));
        }
        if !self.table.nulls().is_empty() {
            self.see_to_null::<N>(optional, view);
        }
    }

    /// For those of the optional slots that are `null`, writes what there is instead, if it differs from absence.
    #[inline(never)]
    #[allow(unsafe_code)]
    fn see_to_null<const N: usize>(&mut self, optional: Set, view: *mut Byte) {
        let optional = self.table.set::<N>(optional).and(SlotSet::of_words(&self.nulls));
        for (slot, null) in self.table.nulls() {
            if optional.contains(*slot) {
                let at = self.table.nothing(*slot).at as usize;
                // SAFETY: the offset is in the view in which the slot is optional, and the part there may have either
                // value.
                unsafe { copy_few(null, view.add(at)) }
            }
        }
    }

    /// Completes the document. After that there is a view of it.
    #[inline(always)]
    pub(crate) fn complete<const N: usize>(&mut self) {
        self.end_texts();
        if self.table.has_items() {
            self.end_arrays(None);
        }
        self.see_to_absent::<N>(self.table.optional(), self.view_at(Table::DOCUMENT_VIEW));
        self.is_ready = true;
    }

    /// Ends all arrays directly inside the items of one array, or outside all items.
    #[inline(never)]
    #[allow(unsafe_code)]
    fn end_arrays(&mut self, of: Option<usize>) {
        let arrays = self.table.arrays();
        let range = of.map_or(0..arrays.len(), |of| of + 1..arrays[of].after);
        for array in range {
            let Array { parent, is_of_texts, .. } = arrays[array];
            if parent == of && !is_of_texts && self.items(array).length > 0 {
                let items = self.items_mut(array).end();
                // SAFETY: the bytes are all finished items of the array.
                unsafe { self.write_items(array, items) }
            }
        }
    }

    /// The view of a completed document, in place.
    ///
    /// # Safety
    ///
    /// A document has been completed. Its table is [of](Table::of) this view, whose lifetime is not longer than `'a`.
    /// The view is taken once.
    #[inline(always)]
    #[allow(unsafe_code)]
    #[expect(clippy::mut_from_ref, reason = "an arena gives what nobody else has")]
    pub unsafe fn take_view<V: Copy>(&mut self, arena: &'a Arena) -> Result<&'a mut V, ArenaFull> {
        match mem::take(&mut self.document) {
            // SAFETY: the caller's promise.
            [] => arena.keep_with(|| unsafe { self.view() }),
            // SAFETY: the bytes are the empty view of the table, over which values were written that the view takes,
            // each at its own place. So they are a valid view, by the promise of its type as one that [values are
            // stored](super::view::Stored) in. The arena keeps it for `'a`.
            document => Ok(unsafe { &mut *document.as_mut_ptr().cast() }),
        }
    }

    /// A copy of the view.
    ///
    /// # Safety
    ///
    /// A document has been completed. Its table is [of](Table::of) this view, whose lifetime is not longer than `'a`.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub unsafe fn view<V: Copy>(&self) -> V {
        // SAFETY: the bytes are a valid view, as `take_view` explains.
        unsafe { self.view_at(Table::DOCUMENT_VIEW).cast::<V>().read() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::__private::view;
    use crate::RawJson;
    use crate::sample::{CARTS, CUSTOMERS, Reference, Status, Time};
    use crate::schema::table::Kind;
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    /// A view with every type of value.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct All<'a> {
        text: &'a str,
        optional_text: Option<&'a str>,
        time: Option<Time<'a>>,
        number: i64,
        optional_number: Option<i64>,
        status: Status<'a>,
        optional_status: Option<Status<'a>>,
        inner: Option<Inner<'a>>,
        items: Option<&'a [Piece<'a>]>,
        more_items: &'a [Piece<'a>],
        raw: Option<RawJson<'a>>,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Inner<'a> {
        ids: Option<&'a [Reference<'a>]>,
        innermost: Option<Innermost<'a>>,
        other_ids: &'a [Reference<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Innermost<'a> {
        number: Option<i64>,
        text: &'a str,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Piece<'a> {
        text: Option<&'a str>,
        inner: Option<Inner<'a>>,
        number: i64,
    }

    view!(All<'static> {
        text,
        optional_text.nullable(),
        time,
        number,
        optional_number,
        status,
        optional_status,
        inner.nullable(),
        items,
        more_items,
        raw.nullable(),
    });
    view!(Inner<'static> { ids.list(CARTS), innermost, other_ids.list(CUSTOMERS) });
    view!(Innermost<'static> { number, text });
    view!(Piece<'static> { text.nullable(), inner, number });

    fn tables() -> [&'static Table; 2] {
        [Table::of::<All<'static>>(), Table::of::<Piece<'static>>()]
    }

    /// Writes values for the members of views, some of which are absent, and makes the expected views.
    struct Writer<'v, 'a> {
        values: &'v mut Values<'a>,
        arena: &'a Arena,
        random: &'v mut ChaCha8Rng,
        seen: SlotSet,
        texts: &'a [String],
        /// The arena of the expected views.
        expected: &'a Arena,
    }

    impl<'a> Writer<'_, 'a> {
        /// For an object in a slot: the slot of its first member, and which of the members are present.
        fn members(&mut self, slot: Slot) -> (Slot, impl Fn(usize) -> bool + use<>) {
            let table = self.values.table;
            let Kind::Container(number) = table.entry(slot).kind else { panic!("no object") };
            let container = table.container(number);
            let (members, first) = table.members(container);
            let mut there = SlotSet::<1>::EMPTY;
            for slot in (first..).take(members.len()) {
                if table.required::<1>(container).contains(slot) || self.random.random() {
                    there.insert(slot);
                    self.seen.insert(slot);
                } else {
                    self.seen.remove(table.set(table.nothing(slot).covers()));
                    if table.entry(slot).nullable && self.random.random() {
                        self.seen.insert(slot);
                        self.values.set_null(slot);
                    }
                }
            }
            (first, move |member| there.contains(first + member as Slot))
        }

        fn text(&mut self, slot: Slot) -> &'a str {
            let text = &self.texts[self.random.random_range(0..self.texts.len())];
            self.values.set_text(slot, text);
            text
        }

        fn number(&mut self, slot: Slot) -> i64 {
            let number = self.random.random();
            self.values.set_integer(slot, number);
            number
        }

        fn status(&mut self, slot: Slot) -> Status<'a> {
            match self.random.random_range(0..5) {
                4 => {
                    self.values.set_other(slot, &self.texts[0]);
                    Status::Other(&self.texts[0])
                }
                choice => {
                    self.values.set_choice(slot, choice);
                    Status::ALL[usize::from(choice)]
                }
            }
        }

        fn list_in(&self, array: Slot) -> &'static crate::schema::Container {
            let Kind::Container(number) = self.values.table.entry(array).kind else {
                panic!("no array")
            };
            self.values.table.container(number)
        }

        fn references(&mut self, array: Slot) -> Result<&'a [Reference<'a>], ArenaFull> {
            let table = self.values.table;
            let Kind::Container(object) = table.entry(table.item(self.list_in(array))).kind else {
                panic!("no object")
            };
            let (_, first) = table.members(table.container(object));
            let mut all = vec![];
            for _ in 0..self.random.random_range(0..4) {
                self.values.make_room(first + 1, self.arena)?;
                let id = &self.texts[self.random.random_range(0..self.texts.len())];
                self.values.push_text(id);
                all.push(Reference { id });
            }
            Ok(self.expected.keep_list(&all))
        }

        fn inner(&mut self, slot: Slot) -> Result<Inner<'a>, ArenaFull> {
            let (first, has) = self.members(slot);
            let ids = if has(0) { Some(self.references(first)?) } else { None };
            let innermost = has(1).then(|| {
                let (first, has) = self.members(first + 1);
                Innermost { number: has(0).then(|| self.number(first)), text: self.text(first + 1) }
            });
            Ok(Inner { ids, innermost, other_ids: self.references(first + 2)? })
        }

        fn piece(&mut self, slot: Slot) -> Result<Piece<'a>, ArenaFull> {
            let (first, has) = self.members(slot);
            let text = has(0).then(|| self.text(first));
            let inner = if has(1) { Some(self.inner(first + 1)?) } else { None };
            Ok(Piece { text, inner, number: self.number(first + 2) })
        }

        fn pieces(&mut self, array: Slot) -> Result<&'a [Piece<'a>], ArenaFull> {
            let table = self.values.table;
            let slot = table.item(self.list_in(array));
            let item = table.entry(slot).item.as_ref().unwrap();
            let mut all = vec![];
            for _ in 0..self.random.random_range(0..12) {
                let piece = self.piece(slot)?;
                self.values.set_seen(self.seen);
                self.values.end_item::<1>(item, false, self.arena)?;
                all.push(piece);
            }
            Ok(self.expected.keep_list(&all))
        }

        fn all(&mut self) -> Result<All<'a>, ArenaFull> {
            let (first, has) = self.members(Table::ROOT);
            let mut slots = first..;
            let mut slot = || slots.next().unwrap();
            let all = All {
                text: self.text(slot()),
                optional_text: Some(slot()).filter(|_| has(1)).map(|slot| self.text(slot)),
                time: Some(slot()).filter(|_| has(2)).map(|slot| Time(self.text(slot))),
                number: self.number(slot()),
                optional_number: Some(slot()).filter(|_| has(4)).map(|slot| self.number(slot)),
                status: self.status(slot()),
                optional_status: Some(slot()).filter(|_| has(6)).map(|slot| self.status(slot)),
                inner: Some(slot()).filter(|_| has(7)).map(|slot| self.inner(slot)).transpose()?,
                items: Some(slot()).filter(|_| has(8)).map(|slot| self.pieces(slot)).transpose()?,
                more_items: self.pieces(slot())?,
                raw: Some(slot()).filter(|_| has(10)).map(|slot| RawJson::new(self.text(slot))),
            };
            self.values.set_seen(self.seen);
            Ok(all)
        }
    }

    /// Builds the views of some documents, alternating between two tables, and checks each. Returns how many had room.
    #[allow(unsafe_code)]
    fn views_are_as_written(random: &mut ChaCha8Rng, limit: Option<usize>) -> [usize; 2] {
        let tables = tables();
        let mut rooms = tables.map(Room::new);
        let texts: Vec<String> = (0..50).map(|number| "text ".repeat(number % 7)).collect();
        let (arena, expected) = (Arena::new(), Arena::new());
        arena.limit_to(limit);
        // SAFETY: a document is begun first.
        let mut values = unsafe { Values::new(random.random()) };
        let (mut all, mut pieces, mut failed) = (vec![], vec![], 0);
        for _ in 0..60 {
            let is_all = random.random_ratio(3, 4);
            let room = usize::from(!is_all);
            // SAFETY: the rooms stay where they are, and learn between two documents only.
            unsafe { values.begin(tables[room], &mut rooms[room], &arena) };
            let values = &mut values;
            let seen = SlotSet::EMPTY;
            let (arena, expected) = (&arena, &expected);
            let mut writer = Writer { values, arena, random, seen, texts: &texts, expected };
            let is_given_up = writer.random.random_ratio(1, 10);
            if is_all {
                match writer.all() {
                    Ok(expected) if !is_given_up => {
                        writer.values.complete::<1>();
                        // SAFETY: it is complete, and the first table is of this view.
                        match unsafe { writer.values.take_view::<All<'_>>(arena) } {
                            Ok(view) => all.push((&*view, expected)),
                            Err(ArenaFull) => failed += 1,
                        }
                    }
                    other => failed += usize::from(other.is_err()),
                }
            } else {
                match writer.piece(Table::ROOT) {
                    Ok(expected) => {
                        writer.values.set_seen(writer.seen);
                        writer.values.complete::<1>();
                        // SAFETY: it is complete, and the second table is of this view.
                        pieces.push((unsafe { writer.values.view::<Piece<'_>>() }, expected));
                    }
                    Err(ArenaFull) => failed += 1,
                }
            }
            rooms[room].learn(values);
        }
        for (view, expected) in &all {
            assert_eq!(*view, expected);
        }
        for (view, expected) in &pieces {
            assert_eq!(view, expected);
        }
        [all.len() + pieces.len(), failed]
    }

    #[test]
    fn views_have_what_was_written_and_nothing_of_other_documents() {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        let mut made = [0, 0];
        let rounds = if cfg!(miri) { 4 } else { 300 };
        for round in 0..rounds {
            let limit = (round % 2 == 0).then(|| random.random_range(0..60_000));
            let more = views_are_as_written(&mut random, limit);
            made = [made[0] + more[0], made[1] + more[1]];
        }
        assert!(cfg!(miri) || made[0] > 5_000 && made[1] > 1_000, "{made:?}");
    }
}
