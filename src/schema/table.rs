//! The flat form of a schema: what the walker runs on.
//!
//! The schemas here do not recurse, so that a document's whole nesting is known beforehand: every object
//! and array of the schema is one [`Container`] that knows its parent, and every member one [`Entry`],
//! numbered by its [`Slot`]. A position in the document is the number of a container; no stack is needed.
//!
//! All of it is computed at compile time from the nested [`Member`]s. A table that exceeds a bound does not
//! compile.

use super::{Member, Value};

/// The number of an [`Entry`] in its table.
pub(crate) type Slot = u8;

/// A set of slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SlotSet(u64);

impl SlotSet {
    /// The most slots that a table may have.
    pub(crate) const CAPACITY: usize = 64;

    pub(crate) const EMPTY: Self = Self(0);

    pub(crate) const fn contains(self, slot: Slot) -> bool {
        self.0 >> slot & 1 != 0
    }

    pub(crate) const fn insert(&mut self, slot: Slot) {
        self.0 |= 1 << slot;
    }

    pub(crate) const fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }
}

/// The schema of one document kind.
#[derive(Debug)]
pub(crate) struct Table {
    containers: &'static [Container],
    entries: &'static [Entry],
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
    /// The bits of its members, within the bits of all open containers.
    pub(crate) members: u64,
    /// Those of them that must be seen before it ends.
    pub(crate) required: u64,
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
    pub(crate) name: &'static str,
    /// The first bytes of the name in its quotes, the first one lowest, and which of them count.
    head: (u128, u128),
    /// Its bit in the set of members seen.
    pub(crate) bit: u64,
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
}

/// The value of an [`Entry`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An object or array: the number of its container.
    Container(u8),
    Text,
    Identifier,
    Integer,
    Constant(&'static str),
    OneOf(&'static [&'static str]),
}

impl Entry {
    const fn new(name: &'static str, bit: u64, nullable: bool, kind: Kind) -> Self {
        let bytes = name.as_bytes();
        let (mut head, mut mask) = (b'"' as u128, 0xff);
        let mut at = 0;
        while at <= bytes.len() && at + 1 < size_of::<u128>() {
            let byte = if at < bytes.len() { bytes[at] } else { b'"' };
            head |= (byte as u128) << (8 * (at + 1));
            mask |= 0xff << (8 * (at + 1));
            at += 1;
        }
        Self { name, head: (head, mask), bit, nullable, kind }
    }

    /// Whether a string that begins with these bytes, the first one lowest, may be the name.
    #[inline(always)]
    pub(crate) const fn may_be(&self, bytes: u128) -> bool {
        let (head, mask) = self.head;
        (bytes ^ head) & mask == 0
    }

    /// Where the name ends whose quote is at `start`, if [`may_be`](Self::may_be) is right.
    #[inline(always)]
    pub(crate) fn end_of_name(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let end = start + self.name.len() + 2;
        let is_short = self.name.len() + 2 <= size_of::<u128>();
        let is_it = is_short || {
            let quoted = bytes.get(start + 1..end)?;
            quoted.strip_suffix(b"\"") == Some(self.name.as_bytes())
        };
        is_it.then_some(end)
    }
}

impl Table {
    /// The number of the container around the document.
    pub(crate) const DOCUMENT: u8 = 0;

    /// The slot of the document itself.
    pub(crate) const ROOT: Slot = 0;

    /// A table over what [`Flat::lay`] has computed.
    pub(super) const fn new<const CONTAINERS: usize, const ENTRIES: usize>(
        flat: &'static Flat<CONTAINERS, ENTRIES>,
    ) -> Self {
        assert!(flat.container_count == CONTAINERS && flat.entry_count == ENTRIES);
        Self { containers: &flat.containers, entries: &flat.entries }
    }

    pub(crate) const fn container(&self, number: u8) -> &'static Container {
        &self.containers[number as usize]
    }

    pub(crate) const fn entry(&self, slot: Slot) -> &'static Entry {
        &self.entries[slot as usize]
    }

    /// The members of an object, and the slot of the first one.
    #[inline(always)]
    pub(crate) fn members(&self, container: &Container) -> (&'static [Entry], Slot) {
        let Container { first, count, .. } = *container;
        (&self.entries[usize::from(first)..usize::from(first) + usize::from(count)], first)
    }

    /// The slot of the items of an array.
    pub(crate) const fn item(&self, list: &Container) -> Slot {
        list.first
    }

    /// The JSON pointer to a slot, where `-` stands for any item of an array.
    pub(crate) fn pointer_of_slot(&self, mut slot: Slot) -> String {
        let mut names = Vec::new();
        while slot != Self::ROOT {
            names.push(self.entry(slot).name);
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

    /// The slot at a JSON pointer, where `-` stands for any item of an array. Only for constants: a pointer
    /// to nothing does not compile.
    pub(super) const fn slot(&self, pointer: &str) -> Slot {
        let pointer = pointer.as_bytes();
        let mut slot = Self::ROOT;
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
            if same(self.entry(slot).name.as_bytes(), name) {
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

/// How many containers and entries a document of this schema lays out to.
pub(super) const fn size(root: &Value) -> (usize, usize) {
    let members = match root {
        Value::Object(members) | Value::List(members) => *members,
        _ => return (0, 0),
    };
    // A list has its item as an entry, and the item is an object.
    let list = matches!(root, Value::List(_)) as usize;
    let (mut containers, mut entries) = (1 + list, list + members.len());
    let mut at = 0;
    while at < members.len() {
        let (inner_containers, inner_entries) = size(&members[at].value);
        containers += inner_containers;
        entries += inner_entries;
        at += 1;
    }
    (containers, entries)
}

/// The arrays behind a [`Table`], while and after they are filled.
pub(super) struct Flat<const CONTAINERS: usize, const ENTRIES: usize> {
    containers: [Container; CONTAINERS],
    entries: [Entry; ENTRIES],
    container_count: usize,
    entry_count: usize,
}

impl<const CONTAINERS: usize, const ENTRIES: usize> Flat<CONTAINERS, ENTRIES> {
    /// Lays out a document whose value is `root`. The sizes are those of [`size`], plus one each for the
    /// document.
    pub(super) const fn lay(root: &Value) -> Self {
        assert!(ENTRIES <= SlotSet::CAPACITY, "too many members for a set of slots");
        let document = Container {
            shape: Shape::Document,
            parent: Table::DOCUMENT,
            depth: 0,
            first: Table::ROOT,
            count: 1,
            members: 0,
            required: 0,
        };
        let entry = Entry::new("", 0, false, Kind::Text);
        let mut flat = Self {
            containers: [document; CONTAINERS],
            entries: [entry; ENTRIES],
            container_count: 1,
            entry_count: 1,
        };
        flat.entries[Table::ROOT as usize].kind = flat.value(root, Table::DOCUMENT, 0);
        flat
    }

    /// Lays out a value inside a container whose members, and those of all around it, have the bits below
    /// `bit`.
    const fn value(&mut self, value: &Value, parent: u8, bit: u32) -> Kind {
        match value {
            Value::Object(members) => self.object(members, parent, bit),
            Value::List(members) => {
                let list = self.container(Shape::List, parent, 1);
                let item = self.containers[list as usize].first as usize;
                self.entries[item].name = "-";
                self.entries[item].kind = self.object(members, list, bit);
                Kind::Container(list)
            }
            Value::Text => Kind::Text,
            Value::Identifier => Kind::Identifier,
            Value::Integer => Kind::Integer,
            Value::Constant(text) => Kind::Constant(text),
            Value::OneOf(texts) => Kind::OneOf(texts),
        }
    }

    const fn object(&mut self, members: &'static [Member], parent: u8, bit: u32) -> Kind {
        let number = self.container(Shape::Object, parent, members.len());
        let first = self.containers[number as usize].first as usize;
        let after = bit + members.len() as u32;
        assert!(after < u64::BITS, "too many members open at once");
        let mut at = 0;
        while at < members.len() {
            let member = &members[at];
            let own = 1 << (bit + at as u32);
            self.containers[number as usize].members |= own;
            if member.required {
                self.containers[number as usize].required |= own;
            }
            let kind = self.value(&member.value, number, after);
            self.entries[first + at] = Entry::new(member.name, own, member.nullable, kind);
            at += 1;
        }
        Kind::Container(number)
    }

    /// Takes the next container, and the next entries for what is in it.
    const fn container(&mut self, shape: Shape, parent: u8, count: usize) -> u8 {
        let number = self.container_count;
        self.containers[number] = Container {
            shape,
            parent,
            depth: self.containers[parent as usize].depth + 1,
            first: self.entry_count as Slot,
            count: count as u8,
            members: 0,
            required: 0,
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

    const ROOT: Value = Value::Object(&[
        required("a", Value::Text),
        nullable("b", Value::Object(&[optional("c", Value::Integer)])),
        optional("d", Value::List(&[required("e", Value::Text), optional("f", Value::Text)])),
        optional("g", Value::Object(&[required("c", Value::Text)])),
    ]);
    const SIZE: (usize, usize) = size(&ROOT);
    static FLAT: Flat<{ SIZE.0 + 1 }, { SIZE.1 + 1 }> = Flat::lay(&ROOT);
    static TABLE: Table = Table::new(&FLAT);

    fn inside(slot: Slot) -> &'static Container {
        match TABLE.entry(slot).kind {
            Kind::Container(number) => TABLE.container(number),
            other => panic!("{other:?} has no members"),
        }
    }

    #[test]
    fn pointers_name_distinct_slots() {
        let pointers = ["", "/a", "/b", "/d", "/g", "/b/c", "/d/-", "/d/-/e", "/d/-/f", "/g/c"];
        let mut slots: Vec<Slot> = pointers.iter().map(|pointer| TABLE.slot(pointer)).collect();
        slots.sort_unstable();
        assert_eq!(slots, (0..10).collect::<Vec<Slot>>());
        assert_eq!(SIZE, (5, 9));
    }

    #[test]
    fn slots_know_their_pointers() {
        for pointer in ["", "/a", "/b", "/d", "/g", "/b/c", "/d/-", "/d/-/e", "/d/-/f", "/g/c"] {
            assert_eq!(TABLE.pointer_of_slot(TABLE.slot(pointer)), pointer);
        }
        assert_eq!(TABLE.pointer(Table::DOCUMENT), "");
    }

    #[test]
    fn every_container_knows_its_parent_and_depth() {
        let item = inside(TABLE.slot("/d/-"));
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
    fn bits_of_open_containers_never_overlap() {
        let (root, item) = (inside(Table::ROOT), inside(TABLE.slot("/d/-")));
        assert_eq!((root.members, root.required), (0b1111, 0b0001));
        assert_eq!((item.members, item.required), (0b11_0000, 0b01_0000));
        assert_eq!(inside(TABLE.slot("/g")).members, inside(TABLE.slot("/b")).members);
    }
}
