//! The flat form of a schema: what the walker runs on.
//!
//! The schemas here do not recurse, so that a document's whole nesting is known beforehand: every object
//! and array of the schema is one [`Container`] that knows its parent, and every member one [`Entry`],
//! numbered by its [`Slot`]. A position in the document is the number of a container; no stack is needed.
//!
//! All of it is computed at compile time from the nested [`Member`]s. A table that exceeds a bound does not
//! compile.

use super::{AddItem, Fieldset, Member, Required, Spelling, Value};

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
    /// Whether there are arrays whose items become views.
    has_items: bool,
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

/// How the values of an item of an array become a view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) add: AddItem,
    /// All slots of the item, which are free for the next one then.
    pub(crate) slots: SlotSet,
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
        self.has_items
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

    /// The slot at a JSON pointer, where `*` stands for any item of an array. Only for constants: a pointer
    /// to nothing does not compile.
    pub(super) const fn slot(&self, pointer: &str) -> Slot {
        self.slot_in(Self::ROOT, pointer)
    }

    /// The same, for a pointer that begins at the value of another slot.
    pub(super) const fn slot_in(&self, mut slot: Slot, pointer: &str) -> Slot {
        let pointer = pointer.as_bytes();
        let mut at = 0;
        while at < pointer.len() {
            assert!(pointer[at] == b'/', "a pointer is made of /member");
            let Kind::Container(inside) = self.entry(slot).kind else {
                panic!("only objects and arrays have members");
            };
            let start = at + 1;
            at = start;
            while at < pointer.len() && pointer[at] != b'/' {
                at += 1;
            }
            slot = self.named(self.container(inside), pointer.split_at(at).0.split_at(start).1);
        }
        slot
    }

    const fn named(&self, container: &Container, name: &[u8]) -> Slot {
        let mut slot = container.first;
        while slot < container.first + container.count {
            if same(self.entry(slot).name.text.as_bytes(), name) {
                return slot;
            }
            slot += 1;
        }
        panic!("the schema has no such member");
    }
}

/// `a == b`, which constants cannot say yet.
const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

impl Table {
    /// Lays out a document whose value is `root`.
    pub(super) const fn lay(root: &Value, fieldset: Fieldset) -> Self {
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
            has_items: false,
        };
        let kind = table.value(root, Table::DOCUMENT, fieldset);
        table.entries[Table::ROOT as usize].kind = kind;
        if let Kind::Container(number) = kind {
            table.containers[number as usize].closes = Closes::Document;
        }
        table
    }

    /// Lays out a value inside a container.
    const fn value(&mut self, value: &Value, parent: u8, fieldset: Fieldset) -> Kind {
        match value {
            Value::Object(members) => self.object(members, parent, fieldset),
            Value::List(members) => Kind::Container(self.list(members, parent, fieldset)),
            Value::Items(members, add) => {
                let list = self.list(members, parent, fieldset);
                let slot = self.containers[list as usize].first;
                let slots = self.containers[list as usize].slots;
                self.entries[slot as usize].item = Some(Item { add: *add, slots });
                self.has_items = true;
                if let Kind::Container(number) = self.entries[slot as usize].kind {
                    self.containers[number as usize].closes = Closes::Item(slot);
                }
                Kind::Container(list)
            }
            Value::Any => Kind::Any,
            Value::Text => Kind::Text,
            Value::Timestamp => Kind::Timestamp,
            Value::Identifier => Kind::Identifier,
            Value::Integer => Kind::Integer,
            Value::IntegerOrText => Kind::IntegerOrText,
            Value::Constant(_) => Kind::Constant,
            Value::OneOf(texts) => Kind::OneOf(texts),
        }
    }

    /// An array of objects.
    const fn list(&mut self, members: &'static [Member], parent: u8, fieldset: Fieldset) -> u8 {
        let list = self.add(Shape::List, parent, 1);
        let item = self.containers[list as usize].first as usize;
        self.entries[item].name = Spelling::new("*");
        self.entries[item].kind = self.object(members, list, fieldset);
        self.containers[list as usize].slots = SlotSet::between(item, self.entry_count);
        list
    }

    const fn object(&mut self, members: &'static [Member], parent: u8, fieldset: Fieldset) -> Kind {
        let number = self.add(Shape::Object, parent, members.len());
        let first = self.containers[number as usize].first as usize;
        let mut at = 0;
        while at < members.len() {
            let member = &members[at];
            let is_required = match member.required {
                Required::No => false,
                Required::InFull => matches!(fieldset, Fieldset::Full),
                Required::Always => true,
            };
            if is_required {
                self.containers[number as usize].required.insert((first + at) as Slot);
            }
            let kind = self.value(&member.value, number, fieldset);
            self.entries[first + at] = Entry::new(member.name, member.nullable, kind);
            if let Value::Constant(text) = member.value {
                self.entries[first + at].constant = Spelling::new(text);
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
    use super::super::{nullable, optional, required};
    use super::*;
    use crate::model::JobDocument;

    const ROOT: Value = Value::Object(&[
        required("a", Value::Text),
        nullable("b", Value::Object(&[optional("c", Value::Integer)])),
        optional("d", Value::List(&[required("e", Value::Text), optional("f", Value::Text)])),
        optional("g", Value::Object(&[required("c", Value::Text)])),
    ]);
    static TABLE: Table = Table::lay(&ROOT, Fieldset::Full);

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
