//! The flat form of a schema: what the walker runs on.
//!
//! The schemas here do not recurse, so that a document's whole nesting is known beforehand: every object
//! and array of the schema is one [`Container`] that knows its parent, and every member one [`Entry`],
//! numbered by its [`Slot`]. A position in the document is the number of a container; no stack is needed.
//!
//! All of it is computed at compile time from the nested [`Member`]s. A table that exceeds a bound does not
//! compile.

use super::Spelling;
use super::member::{ALIGNMENT, Choices, ItemView, Member, ROOM, Value, WORD, Word, WriteAll};
use super::view::{Members, View};

/// The number of an [`Entry`] in its table.
pub(crate) type Slot = u8;

/// A set of slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SlotSet(u64);

impl SlotSet {
    /// The most slots that a table may have.
    pub(crate) const CAPACITY: usize = 64;

    pub(crate) const EMPTY: Self = Self(0);

    pub(crate) const ALL: Self = Self(u64::MAX);

    pub(crate) const fn of(slot: Slot) -> Self {
        Self(1 << slot)
    }

    pub(crate) const fn contains(self, slot: Slot) -> bool {
        self.0 >> slot & 1 != 0
    }

    pub(crate) const fn insert(&mut self, slot: Slot) {
        self.0 |= 1 << slot;
    }

    pub(crate) const fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) const fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
    }

    /// The lowest.
    #[inline(always)]
    pub(crate) const fn first(self) -> Option<Slot> {
        match self.is_empty() {
            true => None,
            false => Some(self.0.trailing_zeros() as Slot),
        }
    }

    /// Those that are in both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that are not in the other.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The slots from one up to another, which may be the same.
    const fn between(first: usize, after: usize) -> Self {
        assert!(first <= after && after <= Self::CAPACITY);
        match first == after {
            true => Self::EMPTY,
            false => Self(u64::MAX << first & u64::MAX >> (Self::CAPACITY - after)),
        }
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }
}

/// The schema of one document kind.
#[derive(Debug)]
pub(crate) struct Table {
    // As many as there may be, so that none need be looked for beyond: see `container` and `entry`.
    containers: [Container; Self::MOST_CONTAINERS],
    entries: [Entry; SlotSet::CAPACITY],
    container_count: usize,
    entry_count: usize,
    targets: [Target; SlotSet::CAPACITY],
    nothings: [Nothing; SlotSet::CAPACITY],
    /// What has [no value](Nothing) where the document, beyond items, does not have it.
    optional: SlotSet,
    /// The view of a document, those of items of each array, and last what is written nowhere.
    views: [EmptyView; Offset::VIEWS],
    /// The slots of the arrays whose items become views, and how many there are.
    arrays: [Slot; Self::MOST_ITEMS],
    item_count: usize,
}

/// Where the value of a slot is written, in the room where a table's views are made: so many bytes from its beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    offset: Offset,
    form: Form,
}

/// Where in a view a [`Target`] is: which of the views of a table, in the highest bits, and how many bytes from its
/// beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offset(u16);

impl Offset {
    /// How many views can be told apart.
    pub(super) const VIEWS: usize = 8;

    /// By how much the numbers of two views differ that follow one another.
    const VIEW: usize = (u16::MAX as usize + 1) / Self::VIEWS;

    const fn new(view: usize, bytes: usize) -> Self {
        assert!(view < Self::VIEWS && bytes < WORD * ROOM && WORD * ROOM <= Self::VIEW);
        Self((view * Self::VIEW + bytes) as u16)
    }

    /// So many bytes behind this one.
    const fn inside(self, bytes: usize) -> Self {
        Self::new(self.view(), self.get() - Self::of_view(self.view()) + bytes)
    }

    #[inline(always)]
    pub(super) const fn view(self) -> usize {
        self.get() / Self::VIEW
    }

    /// The bytes from the beginning of the view, and [those of its number](Self::of_view).
    #[inline(always)]
    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }

    /// How many whole words there are from the beginning of the view.
    const fn word(self) -> u16 {
        let bytes = self.get() - Self::of_view(self.view());
        assert!(bytes.is_multiple_of(WORD));
        (bytes / WORD) as u16
    }

    /// As what the number of a view is counted.
    #[inline(always)]
    pub(super) const fn of_view(view: usize) -> usize {
        view * Self::VIEW
    }
}

/// What is written at a [`Target`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// A text or an integer that nobody reads.
    Nothing,
    /// A `&str`.
    Text,
    /// An `i64`.
    Integer,
    /// A slice of identifiers.
    Identifiers,
    /// A slice of views, by a function.
    Items(WriteAll),
    /// One of some choices.
    Choice(&'static Choices),
}

impl Target {
    const NOWHERE: Self = Self { offset: Self::NO_OFFSET, form: Form::Nothing };

    /// What is written there, nobody reads.
    pub(crate) const NO_OFFSET: Offset = Offset::new(Table::NOWHERE, 0);

    #[inline(always)]
    pub(crate) const fn offset(self) -> Offset {
        self.offset
    }

    /// Whether a `&str` can be written there.
    #[inline(always)]
    pub(crate) const fn takes_text(self) -> bool {
        matches!(self.form, Form::Text | Form::Nothing)
    }

    /// Whether an `i64` can be written there.
    #[inline(always)]
    pub(crate) const fn takes_integer(self) -> bool {
        matches!(self.form, Form::Integer | Form::Nothing)
    }

    pub(super) const fn form(self) -> Form {
        self.form
    }
}

/// A view in which no value has come.
#[derive(Clone, Copy, Debug)]
struct EmptyView {
    /// How many words there are in all before it.
    before: usize,
    empty: &'static [Word],
}

/// What is written where there is no value: which words, so many from the beginning of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nothing {
    pub(super) at: u16,
    pub(super) words: &'static [Word],
    /// The slot, and those inside its value, which there is none of.
    pub(super) covers: SlotSet,
}

/// An object or an array of the schema, or the document around them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    pub(crate) shape: Shape,
    /// The container this one stands in.
    pub(crate) parent: u8,
    /// How many objects and arrays are open inside this one, itself counted.
    pub(crate) depth: u8,
    first: Slot,
    count: u8,
    /// All slots inside it, at any depth: those of its members, and of theirs.
    pub(crate) slots: SlotSet,
    /// The members that must be seen before it ends.
    pub(crate) required: SlotSet,
    /// What its end is the end of.
    pub(crate) closes: Closes,
    index: NameIndex,
}

/// What has come to its end with a [`Container`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Closes {
    /// Nothing but itself.
    Nothing,
    /// The document.
    Document,
    /// An item of an array that becomes a view: its slot.
    Item(Slot),
}

/// Where to find the members of an object by name: a hash table that is made at compile time.
#[derive(Clone, Copy, Debug)]
struct NameIndex {
    /// Which bytes of a name count, the first one lowest: no more than the shortest has, and its quote.
    mask: u64,
    multiplier: u64,
    /// The first slot with each hash; the root, which is no member, where there is none.
    slots: [Slot; Self::SIZE],
}

impl NameIndex {
    const SIZE: usize = 16;

    const EMPTY: Self = Self { mask: 0, multiplier: 0, slots: [Table::ROOT; _] };

    #[inline(always)]
    const fn hash(&self, head: u128) -> usize {
        // The quote at the beginning is no help.
        let name = (head >> 8) as u64 & self.mask;
        (name.wrapping_mul(self.multiplier) >> (u64::BITS - Self::SIZE.ilog2())) as usize
    }
}

/// What a [`Container`] is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The record itself: its only entry is the document.
    Document,
    /// Members in braces.
    Object,
    /// Items in brackets: its only entry is the item.
    List,
}

impl Shape {
    /// The byte that it begins with.
    #[inline(always)]
    pub(crate) const fn opening(self) -> u8 {
        if matches!(self, Self::List) { b'[' } else { b'{' }
    }

    /// The byte that it ends with.
    #[inline(always)]
    pub(crate) const fn closing(self) -> u8 {
        if matches!(self, Self::List) { b']' } else { b'}' }
    }
}

/// A member of an object, the item of an array, or the document itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) name: Spelling,
    /// For [`Kind::Constant`], its text.
    pub(crate) constant: Spelling,
    /// The next member of the object whose name has the same hash; the root, if there is none.
    next: Slot,
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    /// For an item that becomes a view.
    pub(crate) item: Option<Item>,
}

/// The value of an [`Entry`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An object or array: the number of its container.
    Container(u8),
    Text,
    Timestamp,
    Identifier,
    Integer,
    IntegerOrText,
    Constant,
    OneOf(&'static [&'static str]),
    Any,
}

/// How the items of an array become views.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Which of these arrays it is.
    pub(super) array: u8,
    /// All slots of the item, which are free for the next one then.
    pub(crate) slots: SlotSet,
    /// Those that have [no value](Nothing) where the item does not have them.
    pub(super) optional: SlotSet,
}

impl Entry {
    const fn new(name: &'static str, nullable: bool, kind: Kind) -> Self {
        let constant = Spelling::new("");
        let (next, item) = (Table::ROOT, None);
        Self { name: Spelling::new(name), constant, next, nullable, kind, item }
    }
}

impl Table {
    const MOST_CONTAINERS: usize = 32;

    /// The views: of the document, of items of the first array and those that follow, and of what is written nowhere.
    pub(super) const DOCUMENT_VIEW: usize = 0;
    pub(super) const FIRST_ITEM_VIEW: usize = 1;
    pub(super) const NOWHERE: usize = Offset::VIEWS - 1;

    /// How many arrays may have items that become views.
    pub(super) const MOST_ITEMS: usize = Self::NOWHERE - Self::FIRST_ITEM_VIEW;

    /// How many words are written nowhere: for a text, or an integer.
    const NOWHERE_WORDS: usize = 16 / WORD;

    /// The number of the container around the document.
    pub(crate) const DOCUMENT: u8 = 0;

    /// The slot of the document itself.
    pub(crate) const ROOT: Slot = 0;

    #[inline(always)]
    pub(crate) const fn container(&self, number: u8) -> &Container {
        &self.containers[number as usize % Self::MOST_CONTAINERS]
    }

    #[inline(always)]
    pub(crate) const fn entry(&self, slot: Slot) -> &Entry {
        &self.entries[slot as usize % SlotSet::CAPACITY]
    }

    /// Whether there are arrays whose items become views.
    pub(crate) const fn has_items(&self) -> bool {
        self.item_count > 0
    }

    /// Where the value of a slot goes: of the root, and of what is no part of a view, nowhere.
    #[inline(always)]
    pub(crate) const fn target(&self, slot: Slot) -> Target {
        self.targets[slot as usize % SlotSet::CAPACITY]
    }

    /// The words of a view in which no value has come.
    #[inline(always)]
    pub(super) fn empty(&self, view: usize) -> &'static [Word] {
        self.views[view].empty
    }

    /// How many words there are in all views before this one.
    #[inline(always)]
    pub(super) const fn before(&self, view: usize) -> usize {
        self.views[view].before
    }

    /// How many arrays have items that become views.
    pub(super) const fn item_count(&self) -> usize {
        self.item_count
    }

    /// Where the items of one of these arrays go.
    pub(super) const fn items_target(&self, array: usize) -> Target {
        self.target(self.arrays[array])
    }

    /// What has no value where the document does not have it, beyond items.
    pub(super) const fn optional(&self) -> SlotSet {
        self.optional
    }

    /// What is written where an optional slot has no value.
    #[inline(always)]
    pub(super) const fn nothing(&self, slot: Slot) -> Nothing {
        self.nothings[slot as usize % SlotSet::CAPACITY]
    }

    /// The members of an object, and the slot of the first one.
    #[inline(always)]
    pub(crate) fn members(&self, container: &Container) -> (&[Entry], Slot) {
        let Container { first, count, .. } = *container;
        (&self.entries[usize::from(first)..usize::from(first) + usize::from(count)], first)
    }

    /// The member of an object whose name may be the string with this [head](Spelling::head).
    #[inline(always)]
    pub(crate) fn find(&self, container: &Container, head: u128) -> Option<Slot> {
        let index = &container.index;
        let mut slot = index.slots[index.hash(head)];
        while slot != Self::ROOT {
            let entry = self.entry(slot);
            if entry.name.may_be(head) {
                return Some(slot);
            }
            slot = entry.next;
        }
        None
    }

    /// The slot of the items of an array.
    pub(crate) const fn item(&self, list: &Container) -> Slot {
        list.first
    }

    /// The JSON pointer to a slot, where `*` stands for any item of an array.
    pub(crate) fn pointer_of_slot(&self, mut slot: Slot) -> String {
        let mut names = Vec::new();
        while slot != Self::ROOT {
            names.push(self.entry(slot).name.text);
            slot = self.slot_of(self.container_with(slot));
        }
        names.iter().rev().flat_map(|name| ["/", name]).collect()
    }

    /// The JSON pointer to a container.
    pub(crate) fn pointer(&self, container: u8) -> String {
        self.pointer_of_slot(self.slot_of(container))
    }

    /// The number of the container that an entry stands in.
    fn container_with(&self, slot: Slot) -> u8 {
        let has = |container: &Container| {
            (container.first..container.first + container.count).contains(&slot)
        };
        self.containers.iter().position(has).map_or(Self::DOCUMENT, |number| number as u8)
    }

    /// The slot whose value a container is.
    fn slot_of(&self, container: u8) -> Slot {
        let is =
            |entry: &Entry| matches!(entry.kind, Kind::Container(number) if number == container);
        self.entries.iter().position(is).map_or(Self::ROOT, |slot| slot as Slot)
    }
}

impl Table {
    /// Lays out the documents that become a view.
    pub(super) const fn of<V: View>() -> Self {
        Self::with(V::MEMBERS)
    }

    /// The same, for documents with these members.
    pub(super) const fn with<V: View>(members: Members<V>) -> Self {
        let document = Container {
            shape: Shape::Document,
            parent: Table::DOCUMENT,
            depth: 0,
            first: Table::ROOT,
            count: 1,
            slots: SlotSet::EMPTY,
            required: SlotSet::EMPTY,
            closes: Closes::Nothing,
            index: NameIndex::EMPTY,
        };
        let entry = Entry::new("", false, Kind::Text);
        let mut table = Self {
            containers: [document; Self::MOST_CONTAINERS],
            entries: [entry; SlotSet::CAPACITY],
            container_count: 1,
            entry_count: 1,
            targets: [Target::NOWHERE; SlotSet::CAPACITY],
            nothings: [Nothing { at: 0, words: &[], covers: SlotSet::ALL }; _],
            optional: SlotSet::EMPTY,
            views: [EmptyView { before: ROOM - Self::NOWHERE_WORDS, empty: &[] }; _],
            arrays: [Table::ROOT; _],
            item_count: 0,
        };
        table.add_view(Self::DOCUMENT_VIEW, 0, V::WORDS);
        let kind = table.object(members.all, Table::DOCUMENT, Offset::new(Self::DOCUMENT_VIEW, 0));
        table.entries[Table::ROOT as usize].kind = kind;
        if let Kind::Container(number) = kind {
            table.containers[number as usize].closes = Closes::Document;
        }
        table.optional = table.optional_ones(SlotSet::between(0, table.entry_count));
        table
    }

    const fn add_view(&mut self, view: usize, before: usize, empty: &'static [Word]) {
        assert!(before + empty.len() <= ROOM - Self::NOWHERE_WORDS, "too large views");
        self.views[view] = EmptyView { before, empty };
    }

    /// Those slots that have no value where they are not there, and belong to no item.
    const fn optional_ones(&self, slots: SlotSet) -> SlotSet {
        let (mut optional, mut slot) = (SlotSet::EMPTY, 0);
        while slot < self.entry_count {
            if slots.contains(slot as Slot) && !self.nothings[slot].words.is_empty() {
                optional.insert(slot as Slot);
            }
            slot += 1;
        }
        while slot > 0 {
            slot -= 1;
            if let Some(item) = self.entries[slot].item {
                optional.remove(item.slots);
            }
        }
        optional
    }

    /// Lays out a value inside a container; at `offset` it is written.
    const fn value(&mut self, value: &Value, slot: usize, parent: u8, offset: Offset) -> Kind {
        let (kind, form) = match value {
            Value::Object(members) => return self.object(members, parent, offset),
            Value::List(resource_type) => return self.identifiers(resource_type, parent, offset),
            Value::Items(view) => return self.items(view, slot, parent, offset),
            Value::Constant(_) => return Kind::Constant,
            Value::Any => (Kind::Any, Form::Text),
            Value::Text => (Kind::Text, Form::Text),
            Value::Timestamp => (Kind::Timestamp, Form::Text),
            Value::Integer => (Kind::Integer, Form::Integer),
            Value::IntegerOrText => (Kind::IntegerOrText, Form::Integer),
            Value::OneOf(choices) => (Kind::OneOf(choices.names), Form::Choice(choices)),
        };
        self.targets[slot] = Target { offset, form };
        kind
    }

    /// An array of resource identifiers, which are collected in order.
    const fn identifiers(
        &mut self,
        resource_type: &'static str,
        parent: u8,
        offset: Offset,
    ) -> Kind {
        assert!(!resource_type.is_empty(), "which type the identifiers are of must be said");
        let list = self.add(Shape::List, parent, 1);
        let item = self.containers[list as usize].first as usize;
        self.entries[item].name = Spelling::new("*");
        let number = self.add(Shape::Object, list, 2);
        self.entries[item].kind = Kind::Container(number);
        let first = self.containers[number as usize].first as usize;
        self.entries[first] = Entry::new("type", false, Kind::Constant);
        self.entries[first].constant = Spelling::new(resource_type);
        self.entries[first + 1] = Entry::new("id", false, Kind::Identifier);
        self.targets[first + 1] = Target { offset, form: Form::Identifiers };
        let members = SlotSet::between(first, first + 2);
        self.containers[number as usize].required = members;
        self.containers[number as usize].slots = members;
        self.containers[list as usize].slots = SlotSet::between(item, self.entry_count);
        self.index(number);
        Kind::Container(list)
    }

    /// An array of objects, each of which becomes a view.
    const fn items(
        &mut self,
        view: &'static ItemView,
        array: usize,
        parent: u8,
        offset: Offset,
    ) -> Kind {
        let list = self.add(Shape::List, parent, 1);
        let item = self.containers[list as usize].first as usize;
        self.entries[item].name = Spelling::new("*");
        let number = self.item_count;
        assert!(number < Self::MOST_ITEMS, "too many arrays of items");
        self.item_count += 1;
        self.arrays[number] = array as Slot;
        let EmptyView { before, empty } = self.views[number];
        let item_view = Self::FIRST_ITEM_VIEW + number;
        let before = (before + empty.len()).next_multiple_of(ALIGNMENT / WORD);
        self.add_view(item_view, before, view.empty);
        let kind = self.object(view.members, list, Offset::new(item_view, 0));
        assert!(self.item_count == number + 1, "items have no items");
        self.entries[item].kind = kind;
        let slots = SlotSet::between(item, self.entry_count);
        self.containers[list as usize].slots = slots;
        self.targets[array] = Target { offset, form: Form::Items(view.write_all) };
        self.entries[item].item =
            Some(Item { array: number as u8, slots, optional: self.optional_ones(slots) });
        if let Kind::Container(number) = kind {
            self.containers[number as usize].closes = Closes::Item(item as Slot);
        }
        Kind::Container(list)
    }

    /// An object whose view begins at `view`.
    const fn object(&mut self, members: &'static [Member], parent: u8, view: Offset) -> Kind {
        let number = self.add(Shape::Object, parent, members.len());
        let first = self.containers[number as usize].first as usize;
        let mut at = 0;
        while at < members.len() {
            let (member, slot) = (&members[at], first + at);
            if member.required {
                self.containers[number as usize].required.insert(slot as Slot);
            }
            let kind = self.value(&member.value, slot, number, view.inside(member.offset));
            self.entries[slot] = Entry::new(member.name, member.nullable, kind);
            if let Value::Constant(text) = member.value {
                self.entries[slot].constant = Spelling::new(text);
            }
            if let Some(words) = member.none {
                let mut covers = SlotSet::of(slot as Slot);
                if let Kind::Container(number) = kind {
                    covers.extend(self.containers[number as usize].slots);
                }
                self.nothings[slot] =
                    Nothing { at: view.inside(member.part).word(), words, covers };
            }
            at += 1;
        }
        self.containers[number as usize].slots = SlotSet::between(first, self.entry_count);
        self.index(number);
        Kind::Container(number)
    }

    /// Makes the index of the members of an object: of a few, the one in which fewest share a hash.
    const fn index(&mut self, number: u8) {
        let Container { first, count, .. } = self.containers[number as usize];
        let (first, after) = (first as usize, first as usize + count as usize);
        let (mut shortest, mut at) = (size_of::<u64>() - 1, first);
        while at < after {
            let length = self.entries[at].name.text.len();
            shortest = if length < shortest { length } else { shortest };
            at += 1;
        }
        let mut index = NameIndex { mask: u64::MAX >> (56 - 8 * shortest), ..NameIndex::EMPTY };
        let (mut best, mut fewest) = (0, usize::MAX);
        let mut tried = 0;
        while tried < 64 {
            // Odd numbers, far apart.
            index.multiplier = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(2 * tried + 1);
            let (mut hashes, mut shared, mut at) = (0_u16, 0, first);
            while at < after {
                let hash = 1 << index.hash(self.entries[at].name.head);
                shared += (hashes & hash != 0) as usize;
                hashes |= hash;
                at += 1;
            }
            if shared < fewest {
                (best, fewest) = (index.multiplier, shared);
            }
            tried += 1;
        }
        index.multiplier = best;
        let mut at = after;
        while at > first {
            at -= 1;
            let hash = index.hash(self.entries[at].name.head);
            self.entries[at].next = index.slots[hash];
            index.slots[hash] = at as Slot;
        }
        self.containers[number as usize].index = index;
    }

    /// Takes the next container, and the next entries for what is in it.
    const fn add(&mut self, shape: Shape, parent: u8, count: usize) -> u8 {
        let number = self.container_count;
        assert!(number < Self::MOST_CONTAINERS, "too many objects and arrays");
        assert!(self.entry_count + count <= SlotSet::CAPACITY, "too many members");
        self.containers[number] = Container {
            shape,
            parent,
            depth: self.containers[parent as usize].depth + 1,
            first: self.entry_count as Slot,
            count: count as u8,
            slots: SlotSet::EMPTY,
            required: SlotSet::EMPTY,
            closes: Closes::Nothing,
            index: NameIndex::EMPTY,
        };
        self.container_count += 1;
        self.entry_count += count;
        number as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::JobDocument;
    use crate::schema::view::view;

    #[derive(Clone, Copy)]
    struct Root {
        a: &'static str,
        b: Option<B>,
        d: Option<&'static [D]>,
        g: Option<G>,
    }

    #[derive(Clone, Copy)]
    struct B {
        c: Option<i64>,
    }

    #[derive(Clone, Copy)]
    struct D {
        e: &'static str,
        f: Option<&'static str>,
    }

    #[derive(Clone, Copy)]
    struct G {
        c: &'static str,
    }

    view!(Root { a, b.nullable(), d, g, });
    view!(B { c });
    view!(D { e, f });
    view!(G { c });

    static TABLE: Table = Table::of::<Root>();

    impl Table {
        /// The slot at a JSON pointer, where `*` stands for any item of an array.
        fn slot(&self, pointer: &str) -> Slot {
            pointer.split('/').skip(1).fold(Self::ROOT, |slot, name| {
                let Kind::Container(number) = self.entry(slot).kind else {
                    panic!("only objects and arrays have members");
                };
                let (members, first) = self.members(self.container(number));
                first + members.iter().position(|one| one.name.text == name).unwrap() as Slot
            })
        }
    }

    fn inside(slot: Slot) -> &'static Container {
        match TABLE.entry(slot).kind {
            Kind::Container(number) => TABLE.container(number),
            other => panic!("{other:?} has no members"),
        }
    }

    #[test]
    fn pointers_name_distinct_slots() {
        let pointers = ["", "/a", "/b", "/d", "/g", "/b/c", "/d/*", "/d/*/e", "/d/*/f", "/g/c"];
        let mut slots: Vec<Slot> = pointers.iter().map(|pointer| TABLE.slot(pointer)).collect();
        slots.sort_unstable();
        assert_eq!(slots, (0..10).collect::<Vec<Slot>>());
        assert_eq!((TABLE.container_count, TABLE.entry_count), (6, 10));
    }

    #[test]
    fn slots_know_their_pointers() {
        for pointer in ["", "/a", "/b", "/d", "/g", "/b/c", "/d/*", "/d/*/e", "/d/*/f", "/g/c"] {
            assert_eq!(TABLE.pointer_of_slot(TABLE.slot(pointer)), pointer);
        }
        assert_eq!(TABLE.pointer(Table::DOCUMENT), "");
    }

    #[test]
    fn every_container_knows_its_parent_and_depth() {
        let item = inside(TABLE.slot("/d/*"));
        let list = TABLE.container(item.parent);
        let root = TABLE.container(list.parent);
        assert_eq!(
            (item.shape, list.shape, root.shape),
            (Shape::Object, Shape::List, Shape::Object)
        );
        assert_eq!((item.depth, list.depth, root.depth), (3, 2, 1));
        assert_eq!(TABLE.container(root.parent).shape, Shape::Document);
    }

    #[test]
    fn members_are_found_by_their_names_and_no_others() {
        use crate::schema::Build;
        let tables = <JobDocument<'static> as Build<JobDocument<'static>>>::TABLES;
        for table in tables.iter().copied().chain([&TABLE]) {
            let containers = &table.containers[..table.container_count];
            let names = || table.entries[..table.entry_count].iter().map(|entry| entry.name);
            for container in containers.iter().filter(|one| one.shape == Shape::Object) {
                let (members, first) = table.members(container);
                for name in names() {
                    let text = format!("\"{}\"                ", name.text);
                    let found = table.find(container, Spelling::head(text.as_bytes(), 0).unwrap());
                    let is_it = |member: &Entry| member.name.text == name.text;
                    let slot = members.iter().position(is_it).map(|index| first + index as Slot);
                    assert_eq!(found, slot, "{}", name.text);
                }
            }
        }
    }

    #[test]
    fn a_container_has_the_slots_of_all_that_is_inside() {
        let slots = |pointers: &[&str]| {
            let mut slots = SlotSet::EMPTY;
            pointers.iter().for_each(|pointer| slots.insert(TABLE.slot(pointer)));
            slots
        };
        let (root, item) = (inside(Table::ROOT), inside(TABLE.slot("/d/*")));
        let all = ["/a", "/b", "/b/c", "/d", "/d/*", "/d/*/e", "/d/*/f", "/g", "/g/c"];
        assert_eq!((root.slots, root.required), (slots(&all), slots(&["/a"])));
        assert_eq!(item.slots, slots(&["/d/*/e", "/d/*/f"]));
        assert_eq!(item.required, slots(&["/d/*/e"]));
        assert_eq!(inside(TABLE.slot("/d")).slots, slots(&["/d/*", "/d/*/e", "/d/*/f"]));
        assert_eq!(inside(TABLE.slot("/g")).slots, slots(&["/g/c"]));
    }
}
