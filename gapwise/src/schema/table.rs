//! The flat form of a schema: what the walker runs on.
//!
//! The schemas here do not recurse, so that the whole nesting of a document is known in advance. Every object and array
//! of the schema is one [`Container`] that knows its parent. Every member is one [`Entry`], numbered by its [`Slot`]. A
//! position in the document is the number of a container; no stack is needed.
//!
//! A table is made from the nested [`Member`]s when it is first needed, and kept for good.

use super::member::{
    ALIGNMENT, BOOLS, Becomes, Byte, Choices, Class, Format, List, MOST_BYTES, Member, Number,
    Object, Others, Rest, Unread, Untagged, Value, WriteAll,
};
use super::slots::{MORE_WORDS, MOST_WORDS, Slot, SlotSet};
use super::spelling::{Spelling, is_plain};
use super::view::{Members, View, empty};
use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The schema of one kind of document.
#[derive(Debug)]
pub struct Table {
    containers: Vec<Container>,
    entries: Vec<Entry>,
    targets: Vec<Target>,
    nothings: Vec<Nothing>,
    /// The slots for which `null` and absence are different, and the bytes for `null`.
    nulls: Vec<(Slot, &'static [Byte])>,
    /// The slots by the hashes of their names, one container after another.
    by_name: Vec<Slot>,
    /// The number of words of each set of slots, and the words of all sets.
    words: usize,
    sets: Vec<u64>,
    /// The optional slots of the document, other than those in items: they have a [`Nothing`].
    optional: Set,
    /// The empty view of a document.
    document: &'static [Byte],
    /// The empty views: of what is written nowhere, of the document, and of an item of each array.
    views: Vec<EmptyView>,
    arrays: Vec<Array>,
    tags: Vec<TagEntry>,
    untagged: Vec<ByFirstByte>,
    has_items: bool,
    /// Whether there are names that a document can only contain with escapes.
    has_odd_names: bool,
}

/// A set of slots of a table: its first word, which is all of it in a small table, and its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    word: u64,
    number: u32,
}

/// Where the value of a slot is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    offset: Offset,
    form: Form,
}

/// The place of a [`Target`] in a view: the number of the view in the highest bits, and below it the number of bytes
/// from the beginning of the view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offset(u32);

impl Offset {
    /// The maximum number of views.
    pub(super) const VIEWS: usize = 256;

    /// The difference between the numbers of two consecutive views, as they are stored in an offset.
    const VIEW: usize = MOST_BYTES;

    const fn new(view: usize, bytes: usize) -> Self {
        assert!(view < Self::VIEWS, "too many lists");
        assert!(bytes < Self::VIEW, "too large a view");
        Self((view * Self::VIEW + bytes) as u32)
    }

    /// The offset `bytes` behind this one.
    const fn inside(self, bytes: usize) -> Self {
        Self::new(self.view(), self.in_view() + bytes)
    }

    #[inline(always)]
    pub(super) const fn view(self) -> usize {
        self.get() / Self::VIEW
    }

    /// The bytes from the beginning of the view, plus [those of its number](Self::of_view).
    #[inline(always)]
    pub(super) const fn get(self) -> usize {
        self.0 as usize
    }

    /// The bytes from the beginning of the view.
    const fn in_view(self) -> usize {
        self.get() % Self::VIEW
    }

    /// What the number of a view adds to an offset.
    #[inline(always)]
    pub(super) const fn of_view(view: usize) -> usize {
        view * Self::VIEW
    }
}

/// The form of the value that is written at a [`Target`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// A string or an integer that is never read.
    Nothing,
    /// A `&str`.
    Text,
    /// An `i64`.
    Integer,
    /// A number of another type.
    Number(Number),
    /// A slice of items, which a function writes.
    Items(WriteAll),
    /// An array of this many items.
    Array(usize),
    /// One of some choices.
    Choice(&'static Choices),
}

impl Target {
    const NOWHERE: Self = Self { offset: Self::NO_OFFSET, form: Form::Nothing };

    /// What is written there is never read.
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

    /// Whether an `i64` that is not negative can be written there.
    #[inline(always)]
    pub(crate) const fn takes_digits(self) -> bool {
        self.takes_integer() || matches!(self.form, Form::Number(Number::U64))
    }

    pub(super) const fn form(self) -> Form {
        self.form
    }
}

/// A view without any values.
#[derive(Clone, Copy, Debug)]
pub(super) struct EmptyView {
    /// The total size of the views before it. In spare memory, all views are stored one after another.
    pub(super) before: usize,
    pub(super) empty: &'static [Byte],
}

/// An array whose items are collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Array {
    /// Where the slice goes.
    pub(super) target: Target,
    /// The arrays inside its items, at any depth, are the following ones, up to but not including this number.
    pub(super) after: usize,
    /// The array whose items contain this one.
    pub(super) parent: Option<usize>,
    /// Whether each item is just a string: [`Kind::Identifier`].
    pub(super) is_of_texts: bool,
    /// The kind of its items.
    kind: Kind,
    /// The bytes for an item that is `null`, if that is allowed, and the offset of the part of the item that they are
    /// written to.
    pub(super) none: Option<&'static [Byte]>,
    pub(super) part: usize,
    /// Whether the items are members of an object, which have names.
    pub(super) has_names: bool,
}

/// What is written if an optional slot has no value: the bytes, and the offset in the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nothing {
    pub(super) bytes: &'static [Byte],
    pub(super) at: u32,
    /// The slot and all slots inside its value, which have no value either: a [`Set`].
    covers: u32,
    first_covered: u64,
}

// A power of two, so that indexing is fast.
const _: () = assert!(usize::BITS < 64 || size_of::<Nothing>() == 32);

impl Nothing {
    const fn new(bytes: &'static [Byte], at: u32, covers: Set) -> Self {
        Self { bytes, at, covers: covers.number, first_covered: covers.word }
    }

    #[inline(always)]
    pub(super) const fn covers(&self) -> Set {
        Set { word: self.first_covered, number: self.covers }
    }
}

/// An object or an array of the schema, or the document around them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    pub(crate) shape: Shape,
    /// The byte that it ends with.
    pub(crate) closing: u8,
    /// The container that contains this one.
    pub(crate) parent: u16,
    /// How many objects and arrays are open inside this one, including itself.
    pub(crate) depth: u16,
    first: Slot,
    count: u16,
    /// All slots inside it, at any depth.
    slots: Set,
    /// The members that must have been seen when it ends.
    required: Set,
    /// Whether other members are forbidden.
    pub(crate) is_closed: bool,
    /// The slot of the values of all other members, if they are kept, or the root if not. The slot of their names is
    /// the next one.
    pub(crate) rest: Slot,
    /// What else ends when it ends.
    pub(crate) closes: Closes,
    index: NameIndex,
}

impl Container {
    /// Whether the slot is one of its entries.
    fn has(&self, slot: Slot) -> bool {
        (self.first..self.first + self.count).contains(&slot)
    }

    /// Whether the slot stands for all other members together. It has no name.
    fn has_rest(&self, slot: Slot) -> bool {
        self.rest != Table::ROOT && slot == self.first + self.count
    }
}

/// What ends together with a [`Container`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Closes {
    /// Nothing else.
    Nothing,
    /// The document.
    Document,
    /// An item of an array that becomes a view, by its slot.
    Item(Slot),
    /// An array that must have a certain number of items, or is a variant of an enum, by its slot. The array may also
    /// be an item itself.
    List(Slot),
    /// A name. Its value follows, in this slot.
    Name(Slot),
}

/// A hash table that finds the members of an object by name.
#[derive(Clone, Copy, Debug)]
struct NameIndex {
    /// A mask of the bytes of a name that are hashed, the first one lowest. It has at most as many bytes as the
    /// shortest name and its closing quote.
    mask: u64,
    multiplier: u64,
    /// How many low bits of the product do not belong to the hash.
    shift: u32,
    /// Where in [`Table::by_name`] the first slots for each hash begin. The root, which is not a member, stands for
    /// none.
    first: u32,
}

impl NameIndex {
    /// The index of an object without members.
    const EMPTY: Self = Self { mask: 0, multiplier: 0, shift: u64::BITS - 1, first: 0 };

    #[inline(always)]
    const fn hash(&self, head: u128) -> usize {
        // Every name begins with a quote, so it is not hashed.
        let name = (head >> 8) as u64 & self.mask;
        (name.wrapping_mul(self.multiplier) >> self.shift) as usize
    }
}

/// The form that a [`Container`] has in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The record itself. Its only entry is the document.
    Document,
    /// Members in braces.
    Object,
    /// Items in brackets. Its only entry is the item.
    List,
    /// Members in braces, one of which is a tag. Its only entry is the tag. All members are in the container of a
    /// [`OneVariant`].
    Tagged,
    /// Members in braces, with arbitrary names. Its only entry is the value of a member.
    Map,
    /// The name of such a member, up to its colon. Its only entry is the name.
    Name,
}

impl Shape {
    /// The byte that it begins with.
    #[inline(always)]
    pub(crate) const fn opening(self) -> u8 {
        if matches!(self, Self::List) { b'[' } else { b'{' }
    }

    /// The byte that it ends with.
    const fn closing(self) -> u8 {
        match self {
            Self::Document | Self::Object | Self::Tagged | Self::Map => b'}',
            Self::List => b']',
            Self::Name => b':',
        }
    }

    /// Whether its entries are members that the schema names.
    #[inline(always)]
    pub(crate) const fn has_members(self) -> bool {
        matches!(self, Self::Document | Self::Object)
    }
}

/// A member of an object, the item of an array, or the document itself. Or an alias of a member: it comes after the
/// members of its object, and its own slot is used for nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) name: Spelling,
    /// The text of a [`Kind::Constant`].
    pub(crate) constant: Spelling,
    /// The next member of the object whose name has the same hash, or the root.
    next: Slot,
    /// The slot of the member: this slot, or for an alias that of the member. For what a variant of an
    /// [untagged](Kind::Untagged) enum holds, the slot of the enum.
    pub(crate) means: Slot,
    /// Whether the value may be `null`. For an item, see [`Table::kind`].
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    /// If the end of the value ends an item of an array: the item.
    pub(crate) item: Option<Item>,
}

// Every lookup of a member reads an entry, so its size matters.
const _: () = assert!(size_of::<Entry>() == 208);

/// The value of an [`Entry`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An object or array: the number of its container.
    Container(u16),
    Text,
    Formatted(&'static Format),
    /// A string that is a whole item of an array.
    Identifier,
    Integer,
    IntegerOrText,
    Number(Number),
    Bool,
    /// Another of these kinds that is a whole item of an array. A string that must be present is not. See
    /// [`Table::kind`].
    ItemValue,
    Constant,
    OneOf(&'static [&'static str]),
    /// A string that decides which other members there are: the number of its [`TagEntry`].
    Tag(u16),
    /// One of several values that the first byte tells apart: the number of its [`ByFirstByte`].
    Untagged(u16),
    /// Only `null`.
    Null,
    Any,
    /// Any value together with its name: a member that is kept without being named in the schema.
    Rest,
}

/// The meaning of the string of a tag.
#[derive(Debug)]
pub(crate) struct TagEntry {
    pub(crate) texts: &'static [&'static str],
    /// The variants, by the number of the string. If there is one more, it is for all other strings.
    pub(crate) variants: Vec<OneVariant>,
}

/// One of the variants that a tag tells apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneVariant {
    /// The number of the container with its members. The first one is the tag.
    pub(crate) container: u16,
    /// All slots of the object that are neither members of this variant nor inside them, at any depth.
    others: Set,
}

/// The variants of an enum without a tag, which the first byte of the value tells apart. What each holds has its own
/// slot.
#[derive(Debug)]
pub(crate) struct ByFirstByte {
    /// The slot of the first variant. The slots of the others follow.
    first: Slot,
    /// For each variant, all slots inside the values of the other variants.
    others: Vec<Set>,
    /// All slots inside the values of all variants.
    slots: Set,
    /// The variants by the [`Class`] of their values.
    by_class: [Option<u8>; Class::COUNT],
    /// The expected values, as an error calls them: without `null`, and with it.
    expected: [&'static str; 2],
}

impl ByFirstByte {
    /// The number of the variant whose values have this class, if there is one.
    pub(crate) const fn variant(&self, class: Class) -> Option<u8> {
        self.by_class[class as usize]
    }

    /// The slot of what the variant holds.
    pub(crate) const fn slot(&self, variant: u8) -> Slot {
        self.first + variant as Slot
    }

    /// The expected values, as an error calls them.
    pub(crate) const fn expected(&self, nullable: bool) -> &'static str {
        self.expected[nullable as usize]
    }
}

/// How an item of an array becomes part of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// The number of the array.
    pub(super) array: u16,
    /// All slots of the item. They are reused for the next item.
    pub(super) slots: Set,
    /// The optional slots of the item: they have a [`Nothing`].
    pub(super) optional: Set,
}

impl Entry {
    const fn new(name: &'static str, nullable: bool, kind: Kind) -> Self {
        let constant = Spelling::new("");
        let (next, means, item) = (Table::ROOT, Table::ROOT, None);
        Self { name: Spelling::new(name), constant, next, means, nullable, kind, item }
    }
}

impl Table {
    /// The numbers of the views: of what is written nowhere, of the document, and of items of the first array. Those of
    /// the other arrays follow.
    pub(super) const NOWHERE: usize = 0;
    pub(super) const DOCUMENT_VIEW: usize = 1;
    pub(super) const FIRST_ITEM_VIEW: usize = 2;

    /// A string or an integer may be written nowhere, so there is room for either.
    const NOTHING: &'static [Byte] = &[Byte::uninit(); 16];

    /// The number of the container around the document.
    pub(crate) const DOCUMENT: u16 = 0;

    /// The slot of the document itself.
    pub(crate) const ROOT: Slot = 0;

    /// How many slots the table has.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many words each set of slots has.
    #[inline(always)]
    pub(crate) const fn words(&self) -> usize {
        self.words
    }

    #[inline(always)]
    pub(crate) fn container(&self, number: u16) -> &Container {
        &self.containers[usize::from(number)]
    }

    #[inline(always)]
    pub(crate) fn entry(&self, slot: Slot) -> &Entry {
        &self.entries[usize::from(slot)]
    }

    /// The tag with this number.
    #[inline(always)]
    pub(crate) fn tag(&self, number: u16) -> &TagEntry {
        &self.tags[usize::from(number)]
    }

    /// The variants of the untagged enum with this number.
    #[inline(always)]
    pub(crate) fn untagged(&self, number: u16) -> &ByFirstByte {
        &self.untagged[usize::from(number)]
    }

    /// All slots inside an untagged enum, and those of them that do not belong to one of its variants.
    pub(crate) fn all_and_others<const N: usize>(
        &self,
        number: u16,
        variant: u8,
    ) -> (SlotSet<N>, SlotSet<N>) {
        let ByFirstByte { slots, others, .. } = self.untagged(number);
        (self.set(*slots), self.set(others[usize::from(variant)]))
    }

    /// If this slot is what a variant of an untagged enum holds: the slot of the enum, and the number of the variant.
    pub(crate) fn variant_with(&self, slot: Slot) -> Option<(Slot, u8)> {
        let of = self.entry(slot).means;
        let Kind::Untagged(number) = self.entry(of).kind else { return None };
        let ByFirstByte { first, others, .. } = self.untagged(number);
        let variant = usize::from(slot.checked_sub(*first)?);
        (variant < others.len()).then_some((of, variant as u8))
    }

    /// All slots of the object that do not belong to this variant.
    #[inline(always)]
    pub(crate) fn others_than<const N: usize>(&self, variant: &OneVariant) -> SlotSet<N> {
        self.set(variant.others)
    }

    /// Whether there are arrays whose items are more than strings.
    #[inline(always)]
    pub(crate) fn has_items(&self) -> bool {
        self.has_items
    }

    /// Whether there are names that [`find`](Self::find) never finds, because a document can only contain them with
    /// escapes.
    #[inline(always)]
    pub(crate) const fn has_odd_names(&self) -> bool {
        self.has_odd_names
    }

    /// The kind of the value of an entry, and whether it may be `null`.
    pub(crate) fn kind(&self, entry: &Entry) -> (Kind, bool) {
        match entry.item {
            Some(Item { array, .. })
                if matches!(
                    entry.kind,
                    Kind::ItemValue | Kind::Container(_) | Kind::Untagged(_)
                ) =>
            {
                let Array { kind, none, .. } = self.arrays[usize::from(array)];
                (kind, none.is_some())
            }
            _ => (entry.kind, entry.nullable),
        }
    }

    /// The type of the numbers of a slot, if it is not `i64`.
    pub(crate) fn number(&self, slot: Slot) -> Option<Number> {
        match self.target(slot).form {
            Form::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The format of the strings of a slot, if they have one.
    pub(crate) fn format(&self, slot: Slot) -> Option<&'static Format> {
        match self.kind(self.entry(slot)).0 {
            Kind::Formatted(format) => Some(format),
            _ => None,
        }
    }

    /// What to do with a string that is none of the choices of a slot.
    pub(crate) fn others(&self, slot: Slot) -> Others {
        match self.target(slot).form {
            Form::Choice(choices) => choices.others,
            _ => Others::Refused,
        }
    }

    /// Where the value of a slot is written. The root, and slots that are not part of a view, are written nowhere.
    #[inline(always)]
    pub(crate) fn target(&self, slot: Slot) -> Target {
        self.targets[usize::from(slot)]
    }

    /// The empty view of a document.
    #[inline(always)]
    pub(super) const fn document(&self) -> &'static [Byte] {
        self.document
    }

    #[inline(always)]
    pub(super) fn views(&self) -> &[EmptyView] {
        &self.views
    }

    /// The total size of all views in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.views.last().map_or(0, |last| last.before + last.empty.len())
    }

    #[inline(always)]
    pub(super) fn arrays(&self) -> &[Array] {
        &self.arrays
    }

    /// The optional slots of the document, other than those in items.
    #[inline(always)]
    pub(super) const fn optional(&self) -> Set {
        self.optional
    }

    /// What is written if an optional slot has no value.
    #[inline(always)]
    pub(super) fn nothing(&self, slot: Slot) -> &Nothing {
        &self.nothings[usize::from(slot)]
    }

    /// For some slots, the bytes for `null`. They are written after the bytes for absence.
    #[inline(always)]
    pub(super) fn nulls(&self) -> &[(Slot, &'static [Byte])] {
        &self.nulls
    }

    /// The slots of a set. `N` must be the number of words of the table.
    #[inline(always)]
    pub(super) fn set<const N: usize>(&self, set: Set) -> SlotSet<N> {
        match N {
            1 => SlotSet::of_words(&[set.word]),
            _ => SlotSet::of_words(&self.sets[set.number as usize * N..]),
        }
    }

    /// All slots inside a container.
    #[inline(always)]
    pub(crate) fn slots<const N: usize>(&self, container: &Container) -> SlotSet<N> {
        self.set(container.slots)
    }

    /// The members that a container must have.
    #[inline(always)]
    pub(crate) fn required<const N: usize>(&self, container: &Container) -> SlotSet<N> {
        self.set(container.required)
    }

    /// The members of an object, and the slot of the first one.
    #[inline(always)]
    pub(crate) fn members(&self, container: &Container) -> (&[Entry], Slot) {
        let Container { first, count, .. } = *container;
        (&self.entries[usize::from(first)..usize::from(first) + usize::from(count)], first)
    }

    /// Finds the member of an object by the [head](Spelling::head) of its name. `end` returns where the name ends, if
    /// it is the given one. Returns the slot of the member, and that end.
    #[inline(always)]
    pub(crate) fn find(
        &self,
        container: &Container,
        head: u128,
        end: impl Fn(&Spelling) -> Option<usize>,
    ) -> Option<(Slot, usize)> {
        let index = &container.index;
        let mut slot = self.by_name[index.first as usize + index.hash(head)];
        while slot != Self::ROOT {
            let entry = self.entry(slot);
            if entry.name.may_be(head)
                && let Some(end) = end(&entry.name)
            {
                return Some((entry.means, end));
            }
            slot = entry.next;
        }
        None
    }

    /// The number of the array in a slot, if its items are collected.
    pub(super) fn array(&self, slot: Slot) -> Option<usize> {
        let Kind::Container(number) = self.entry(slot).kind else { return None };
        let item = self.item(self.container(number));
        self.entry(item).item.as_ref().map(|item| usize::from(item.array))
    }

    /// The slot of the items of an array.
    #[inline(always)]
    pub(crate) const fn item(&self, list: &Container) -> Slot {
        list.first
    }

    /// The slot of the names of a map, from the slot of its values.
    pub(crate) const fn name_of(value: Slot) -> Slot {
        value + 1
    }

    /// The number of the container of the names of a map.
    #[inline(always)]
    pub(crate) const fn names(map: u16) -> u16 {
        map + 1
    }

    /// The JSON pointer to a slot. `*` stands for any item of an array, and for any name of a map. The name of a member
    /// of a map has the same pointer as its value.
    pub(crate) fn pointer_of_slot(&self, mut slot: Slot) -> String {
        let mut names = Vec::new();
        while slot != Self::ROOT {
            if let Some((of, _)) = self.variant_with(slot) {
                slot = of;
                continue;
            }
            let number = self.container_with(slot);
            let container = self.container(number);
            if container.shape == Shape::Name {
                slot = self.item(self.container(container.parent));
                continue;
            }
            // All other members of an object are a map without a name.
            if container.has(slot) {
                names.push(self.entry(slot).name.text);
            }
            slot = self.slot_of(number);
        }
        names.iter().rev().flat_map(|name| ["/", name]).collect()
    }

    /// The JSON pointer to a container.
    pub(crate) fn pointer(&self, container: u16) -> String {
        self.pointer_of_slot(self.slot_of(container))
    }

    /// The number of the container that contains an entry.
    fn container_with(&self, slot: Slot) -> u16 {
        let has = |container: &Container| container.has(slot) || container.has_rest(slot);
        self.containers.iter().position(has).map_or(Self::DOCUMENT, |number| number as u16)
    }

    /// The slot whose value is this container, or has it as a variant.
    fn slot_of(&self, container: u16) -> Slot {
        let is = |entry: &Entry| match entry.kind {
            Kind::Container(number) => {
                number == container || self.variants_of(number).any(|inner| inner == container)
            }
            _ => false,
        };
        self.entries.iter().position(is).map_or(Self::ROOT, |slot| slot as Slot)
    }

    /// The containers of the variants, if the container has a tag.
    fn variants_of(&self, container: u16) -> impl Iterator<Item = u16> {
        let Container { shape, first, .. } = *self.container(container);
        let tag = match self.entries.get(usize::from(first)).map(|entry| entry.kind) {
            Some(Kind::Tag(tag)) if shape == Shape::Tagged => Some(self.tag(tag)),
            _ => None,
        };
        tag.into_iter().flat_map(|tag| &tag.variants).map(|variant| variant.container)
    }
}

impl Table {
    /// The table of documents that become this view.
    pub fn of<V: View>() -> &'static Self {
        Self::with::<V, V>(V::MEMBERS)
    }

    /// The table of documents with these members. `K` tells it from other tables of the same view.
    pub fn with<K: 'static, V: View>(members: Members<V>) -> &'static Self {
        static TABLES: Mutex<BTreeMap<TypeId, &'static Table>> = Mutex::new(BTreeMap::new());
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        tables
            .entry(TypeId::of::<K>())
            .or_insert_with(|| Box::leak(Box::new(Self::new(members.object, empty::<V>()))))
    }

    /// A table for no documents.
    pub(super) fn nothing_at_all() -> &'static Self {
        static NOTHING: Table = Table::EMPTY;
        &NOTHING
    }

    const EMPTY: Self = Self {
        containers: vec![],
        entries: vec![],
        targets: vec![],
        nothings: vec![],
        nulls: vec![],
        by_name: vec![],
        words: 1,
        sets: vec![],
        optional: Set { word: 0, number: 0 },
        document: &[],
        views: vec![],
        arrays: vec![],
        tags: vec![],
        untagged: vec![],
        has_items: false,
        has_odd_names: false,
    };

    fn new(object: Object, empty: &'static [Byte]) -> Self {
        // The first two places belong to objects without members.
        let mut table = Self { by_name: vec![Self::ROOT; 2], ..Self::EMPTY };
        let mut laying = Laying { table: &mut table, sets: vec![] };
        laying.document(object, empty);
        let Laying { sets, .. } = laying;
        table.has_items = table.arrays.iter().any(|array| !array.is_of_texts);
        let fits_in = |words: &usize| table.entries.len() <= words * u64::BITS as usize;
        table.words = [1, MORE_WORDS].into_iter().find(fits_in).unwrap_or(MOST_WORDS);
        table.sets = sets.iter().flat_map(|set| &set.words()[..table.words]).copied().collect();
        table
    }
}

/// Builds a table: lays the nested members out flat.
struct Laying<'t> {
    table: &'t mut Table,
    sets: Vec<SlotSet<MOST_WORDS>>,
}

impl Laying<'_> {
    fn document(&mut self, object: Object, empty: &'static [Byte]) {
        self.container(Shape::Document, Table::DOCUMENT, 1);
        self.table.document = empty;
        self.view(Table::NOTHING);
        self.view(empty);
        let kind = self.object(object, Table::DOCUMENT, Offset::new(Table::DOCUMENT_VIEW, 0));
        self.table.entries[usize::from(Table::ROOT)].kind = kind;
        if let Kind::Container(number) = kind {
            self.closes(number, Closes::Document);
        }
        let all = SlotSet::between(0, self.table.entries.len() as Slot);
        self.table.optional = self.optional(all);
    }

    /// Sets what else ends with a container, and with all of its variants.
    fn closes(&mut self, number: u16, closes: Closes) {
        let variants: Vec<_> = self.table.variants_of(number).collect();
        for number in variants.into_iter().chain([number]) {
            self.table.containers[usize::from(number)].closes = closes;
        }
    }

    fn set(&mut self, set: SlotSet<MOST_WORDS>) -> Set {
        self.sets.push(set);
        Set { word: set.words()[0], number: self.sets.len() as u32 - 1 }
    }

    /// Adds a view, and returns its number.
    fn view(&mut self, empty: &'static [Byte]) -> usize {
        let before = self.table.bytes().next_multiple_of(ALIGNMENT);
        self.table.views.push(EmptyView { before, empty });
        self.table.views.len() - 1
    }

    /// Those of the slots that are optional and belong to no item.
    fn optional(&mut self, slots: SlotSet<MOST_WORDS>) -> Set {
        let Self { table, sets } = self;
        let mut optional = SlotSet::<MOST_WORDS>::EMPTY;
        for (slot, nothing) in (0..).zip(&table.nothings) {
            if slots.contains(slot) && !nothing.bytes.is_empty() {
                optional.insert(slot);
            }
        }
        let own = |item: &Item| !slots.without(sets[item.slots.number as usize]).is_empty();
        for item in table.entries.iter().filter_map(|entry| entry.item).filter(own) {
            optional.remove(sets[item.slots.number as usize]);
        }
        self.set(optional)
    }

    /// Lays out a value inside a container. It is written at `offset`.
    fn value(&mut self, value: &Value, slot: Slot, parent: u16, offset: Offset) -> Kind {
        let (kind, form) = match value {
            Value::Object(object) => return self.object(*object, parent, offset),
            Value::List(list) => return self.list(list, slot, parent, offset),
            Value::Untagged(of) => return self.untagged(of, slot, parent, offset),
            Value::Constant(text) => {
                assert!(is_plain(text), "a constant that needs escapes: {text:?}");
                self.table.entries[usize::from(slot)].constant = Spelling::new(text);
                return Kind::Constant;
            }
            // This value is not stored.
            Value::Unread(Unread::Text) => return Kind::Text,
            Value::Unread(Unread::Null) => return Kind::Null,
            Value::Unread(Unread::Any) => return Kind::Any,
            Value::Any => (Kind::Any, Form::Text),
            Value::Text => (Kind::Text, Form::Text),
            Value::Formatted(format) => (Kind::Formatted(format), Form::Text),
            Value::Integer => (Kind::Integer, Form::Integer),
            Value::IntegerOrText => (Kind::IntegerOrText, Form::Integer),
            Value::Number(number) => (Kind::Number(*number), Form::Number(*number)),
            Value::Bool => (Kind::Bool, Form::Choice(&BOOLS)),
            Value::OneOf(choices) => {
                let odd = choices.names.iter().find(|name| !is_plain(name));
                assert_eq!(odd, None, "a choice that needs escapes");
                (Kind::OneOf(choices.names), Form::Choice(choices))
            }
        };
        self.table.targets[usize::from(slot)] = Target { offset, form };
        kind
    }

    /// An array whose items become a slice or an array, or an object whose members have arbitrary names.
    fn list(&mut self, list: &'static List, slot: Slot, parent: u16, offset: Offset) -> Kind {
        let shape = if list.name.is_some() { Shape::Map } else { Shape::List };
        let number = self.container(shape, parent, 1);
        let item = self.table.containers[usize::from(number)].first;
        self.table.entries[usize::from(item)].name = Spelling::new("*");
        let array = self.table.arrays.len();
        let form = match list.becomes {
            Becomes::Slice(write_all) => Form::Items(write_all),
            Becomes::Array(count) => {
                self.table.containers[usize::from(number)].closes = Closes::List(slot);
                Form::Array(count)
            }
        };
        let target = Target { offset, form };
        let outer = offset.view().checked_sub(Table::FIRST_ITEM_VIEW);
        self.table.arrays.push(Array {
            target,
            after: array,
            parent: outer,
            is_of_texts: false,
            kind: Kind::ItemValue,
            none: list.none,
            part: list.part,
            has_names: list.name.is_some(),
        });
        let empty = (list.empty)();
        let view = self.view(empty);
        assert_eq!(view, Table::FIRST_ITEM_VIEW + array);
        if let Some(name) = list.name {
            let names = self.container(Shape::Name, number, 1);
            assert_eq!(names, Table::names(number));
            let names = &mut self.table.containers[usize::from(names)];
            names.closes = Closes::Name(item);
            assert_eq!(names.first, Table::name_of(item));
            let name_slot = usize::from(names.first);
            self.table.targets[name_slot] =
                Target { offset: Offset::new(view, name), form: Form::Text };
            self.table.entries[name_slot].kind = Kind::Text;
        }
        let kind = self.value(&list.item, item, number, Offset::new(view, list.offset));
        self.table.entries[usize::from(item)].kind = kind;
        self.table.arrays[array].kind = kind;
        self.table.arrays[array].after = self.table.arrays.len();
        self.table.entries[usize::from(item)].nullable = list.none.is_some();
        let inside = SlotSet::between(item, self.table.entries.len() as Slot);
        let slots = self.set(inside);
        self.table.containers[usize::from(number)].slots = slots;
        let optional = self.optional(inside);
        let ends = Item { array: array as u16, slots, optional };
        assert!(
            !matches!(kind, Kind::IntegerOrText | Kind::Constant),
            "no items are integers or texts, or constants"
        );
        let is_slice = matches!(list.becomes, Becomes::Slice(_)) && list.name.is_none();
        let is_of_texts = is_slice && empty.len() == size_of::<&str>();
        let text = self.only_text(item).filter(|_| is_of_texts);
        if let Some(text) = text {
            // Such an item is never built as a view.
            self.table.targets[usize::from(text)] = Target::NOWHERE;
            let text = &mut self.table.entries[usize::from(text)];
            (text.kind, text.item) = (Kind::Identifier, Some(ends));
            self.table.arrays[array].is_of_texts = true;
        } else {
            let entry = &mut self.table.entries[usize::from(item)];
            (entry.nullable, entry.item) = (false, Some(ends));
            match kind {
                // The end of an inner array ends an item of this one.
                Kind::Container(inner) => self.closes_item(inner, item),
                Kind::Untagged(number) => {
                    let ByFirstByte { first, others, .. } = self.table.untagged(number);
                    for variant in (*first..).take(others.len()) {
                        let entry = &mut self.table.entries[usize::from(variant)];
                        entry.item = Some(ends);
                        if let Kind::Container(inner) = entry.kind {
                            self.closes_item(inner, item);
                        }
                    }
                }
                _ => entry.kind = Kind::ItemValue,
            }
        }
        Kind::Container(number)
    }

    /// Makes the end of a container end an item, too, unless the container already knows that.
    fn closes_item(&mut self, number: u16, item: Slot) {
        if !matches!(self.table.container(number).closes, Closes::List(_)) {
            self.closes(number, Closes::Item(item));
        }
    }

    /// An enum without a tag. What each variant holds gets its own slot.
    fn untagged(&mut self, of: &'static Untagged, slot: Slot, parent: u16, offset: Offset) -> Kind {
        self.table.targets[usize::from(slot)] = Target { offset, form: Form::Choice(&of.choices) };
        let first = self.table.entries.len();
        self.entries(of.variants.len());
        let variants = (first as Slot..).zip(of.variants);
        let inside: Vec<_> = variants
            .map(|(variant, alternative)| {
                let begin = self.table.entries.len() as Slot;
                let offset = offset.inside(alternative.offset);
                let kind = match &alternative.held {
                    Some(value) => self.value(value, variant, parent, offset),
                    None => Kind::Null,
                };
                if let Kind::Container(number) = kind
                    && let Shape::List | Shape::Map = self.table.container(number).shape
                {
                    // The items are collected, so that the variant need not be chosen before.
                    self.closes(number, Closes::List(variant));
                }
                let entry = Entry::new("", false, kind);
                self.table.entries[usize::from(variant)] = Entry { means: slot, ..entry };
                SlotSet::between(begin, self.table.entries.len() as Slot)
            })
            .collect();
        let after = first + of.variants.len();
        let all = SlotSet::between(after as Slot, self.table.entries.len() as Slot);
        let others = inside.into_iter().map(|own| self.set(all.without(own))).collect();
        let slots = self.set(all);
        let mut by_class = [None; Class::COUNT];
        for (variant, alternative) in (0..).zip(of.variants) {
            by_class[alternative.class() as usize] = Some(variant);
        }
        let expected = [false, true].map(|nullable| expected(of, nullable));
        let first = first as Slot;
        self.table.untagged.push(ByFirstByte { first, others, slots, by_class, expected });
        Kind::Untagged(self.table.untagged.len() as u16 - 1)
    }

    /// If the value of a slot consists of just one string, which must be present: the slot of that string.
    fn only_text(&self, slot: Slot) -> Option<Slot> {
        let number = match self.table.entry(slot) {
            Entry { kind: Kind::Container(number), nullable: false, .. } => *number,
            Entry { kind: Kind::Text, nullable: false, .. } => return Some(slot),
            _ => return None,
        };
        let container = self.table.container(number);
        let (members, first) = self.table.members(container);
        let is_required = |slot| self.sets[container.required.number as usize].contains(slot);
        let mut text = None;
        for (slot, member) in (first..).zip(members) {
            match member.kind {
                Kind::Constant => {}
                Kind::Text if text.is_none() && is_required(slot) && !member.nullable => {
                    text = Some(slot);
                }
                _ => return None,
            }
        }
        text
    }

    /// Lays out an object whose view begins at `view`.
    fn object(&mut self, object: Object, parent: u16, view: Offset) -> Kind {
        let own = object.members.iter().map(|member| (*member, view));
        let Some((tag, offset)) = object.tag else {
            return Kind::Container(self.members(&own.collect::<Vec<_>>(), object, parent, view));
        };
        let offset = view.inside(offset);
        let number = self.container(Shape::Tagged, parent, 1);
        let slot = self.table.containers[usize::from(number)].first;
        let at = usize::from(slot);
        self.table.targets[at] = Target { offset, form: Form::Choice(&tag.choices) };
        let of = self.table.tags.len();
        let kind = Kind::Tag(of as u16);
        self.table.entries[at] = Entry { means: slot, ..Entry::new(tag.name, false, kind) };
        let odd = tag.choices.names.iter().chain([&tag.name]).find(|name| !is_plain(name));
        assert_eq!(odd, None, "a tag that needs escapes");
        // The tag gets its number before its variants are laid out, because those may have tags, too.
        self.table.tags.push(TagEntry { texts: tag.choices.names, variants: vec![] });
        let variants: Vec<_> = tag
            .variants
            .iter()
            .map(|variant| {
                let view = offset.inside(variant.offset);
                let members = [(Member::known_tag(tag.name), offset)].into_iter();
                let of_variant = variant.object.members.iter().map(|member| (*member, view));
                let members: Vec<_> = members.chain(own.clone()).chain(of_variant).collect();
                self.members(&members, variant.object, parent, view)
            })
            .collect();
        let all = SlotSet::between(slot, self.table.entries.len() as Slot);
        let mut required = SlotSet::EMPTY;
        required.insert(slot);
        let (slots, required) = (self.set(all), self.set(required));
        let container = &mut self.table.containers[usize::from(number)];
        (container.slots, container.required) = (slots, required);
        let variants: Vec<_> = variants
            .into_iter()
            .map(|container| {
                let own = self.table.container(container).slots;
                let others = all.without(self.sets[own.number as usize]);
                OneVariant { container, others: self.set(others) }
            })
            .collect();
        let by_text = tag.variant_of.iter().map(|&variant| variants[usize::from(variant)]);
        self.table.tags[of].variants = by_text.collect();
        Kind::Container(number)
    }

    /// Lays out an object with these members. Each is a part of the view that begins at the given offset. Returns its
    /// number.
    fn members(
        &mut self,
        members: &[(Member, Offset)],
        Object { is_closed, rest, .. }: Object,
        parent: u16,
        view: Offset,
    ) -> u16 {
        let aliases: usize = members.iter().map(|(member, _)| member.aliases.len()).sum();
        let names = members.len() + aliases;
        let number = self.container(Shape::Object, parent, names + usize::from(rest.is_some()));
        // The entry for all other members has no name.
        self.table.containers[usize::from(number)].count = names as u16;
        let first = self.table.containers[usize::from(number)].first;
        let mut alias = usize::from(first) + members.len();
        let mut required = SlotSet::EMPTY;
        for (slot, &(member, view)) in (first..).zip(members) {
            if member.required {
                required.insert(slot);
            }
            let at = usize::from(slot);
            let entry = Entry::new(member.name, member.nullable, Kind::Any);
            self.table.entries[at] = Entry { means: slot, ..entry };
            for name in member.aliases {
                let entry = Entry::new(name, false, Kind::Any);
                self.table.entries[alias] = Entry { means: slot, ..entry };
                alias += 1;
            }
            let kind = self.value(&member.value, slot, number, view.inside(member.offset));
            self.table.entries[at].kind = kind;
            if let Some(bytes) = member.none {
                let mut covers = SlotSet::EMPTY;
                covers.insert(slot);
                let inside = match kind {
                    Kind::Container(number) => Some(self.table.container(number).slots),
                    Kind::Untagged(number) => Some(self.table.untagged(number).slots),
                    _ => None,
                };
                covers.extend(inside.map_or(SlotSet::EMPTY, |set| self.sets[set.number as usize]));
                let covers = self.set(covers);
                let at = view.inside(member.part).in_view() as u32;
                self.table.nothings[usize::from(slot)] = Nothing::new(bytes, at, covers);
                self.table.nulls.extend(member.null.map(|null| (slot, null)));
            }
        }
        if let Some(Rest { list, offset }) = rest {
            let slot = first + names as Slot;
            let kind = self.list(list, slot, number, view.inside(offset));
            self.table.entries[usize::from(slot)].kind = kind;
            if let (Some(array), Kind::Container(map)) = (self.table.array(slot), kind) {
                self.table.arrays[array].kind = Kind::Rest;
                let values = self.table.containers[usize::from(map)].first;
                self.table.containers[usize::from(number)].rest = values;
            }
        }
        let slots = self.set(SlotSet::between(first, self.table.entries.len() as Slot));
        let required = self.set(required);
        let container = &mut self.table.containers[usize::from(number)];
        (container.slots, container.required) = (slots, required);
        container.is_closed = is_closed;
        self.index(number);
        number
    }

    /// Builds the name index of an object. From a few candidates it takes the one with the fewest collisions.
    fn index(&mut self, number: u16) {
        let Table { containers, entries, by_name, has_odd_names, .. } = &mut *self.table;
        let container = &mut containers[usize::from(number)];
        let (first, count) = (container.first, container.count);
        let members = usize::from(first)..usize::from(first + count);
        let names = || entries[members.clone()].iter().map(|entry| entry.name.head);
        let lengths = entries[members.clone()].iter().map(|entry| entry.name.text.len());
        let shortest = lengths.min().unwrap_or(0).min(size_of::<u64>() - 1);
        let places = (2 * usize::from(count)).next_power_of_two().max(16);
        let mask = u64::MAX >> (56 - 8 * shortest);
        let shift = u64::BITS - places.ilog2();
        // Odd numbers that are far apart.
        let multipliers = (0..64).map(|n| 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(2 * n + 1));
        let of = |multiplier| NameIndex { mask, multiplier, shift, first: by_name.len() as u32 };
        let shared = |index: &NameIndex| {
            let mut hashes: Vec<_> = names().map(|head| index.hash(head)).collect();
            hashes.sort_unstable();
            hashes.windows(2).filter(|two| two[0] == two[1]).count()
        };
        let index = multipliers.map(of).min_by_key(shared).unwrap_or(NameIndex::EMPTY);
        container.index = index;
        by_name.resize(by_name.len() + places, Table::ROOT);
        for slot in members.rev() {
            if !is_plain(entries[slot].name.text) {
                *has_odd_names = true;
                continue;
            }
            let place = index.first as usize + index.hash(entries[slot].name.head);
            entries[slot].next = std::mem::replace(&mut by_name[place], slot as Slot);
        }
    }

    /// Takes the next container, and the next entries for its content.
    fn container(&mut self, shape: Shape, parent: u16, count: usize) -> u16 {
        let nothing = self.set(SlotSet::EMPTY);
        let first = self.table.entries.len();
        self.entries(count);
        let table = &mut *self.table;
        let number = table.containers.len();
        assert!(number < usize::from(u16::MAX), "too many objects and arrays");
        let outer = table.containers.get(usize::from(parent));
        table.containers.push(Container {
            shape,
            closing: shape.closing(),
            parent,
            depth: outer.map_or(0, |outer| outer.depth + 1),
            first: first as Slot,
            count: count as u16,
            slots: nothing,
            required: nothing,
            is_closed: false,
            rest: Table::ROOT,
            closes: Closes::Nothing,
            index: NameIndex::EMPTY,
        });
        number as u16
    }

    /// Takes the next entries.
    fn entries(&mut self, count: usize) {
        let nothing = self.set(SlotSet::EMPTY);
        let table = &mut *self.table;
        let after = table.entries.len() + count;
        assert!(after <= SlotSet::<MOST_WORDS>::CAPACITY, "too many members");
        table.entries.resize(after, Entry::new("", false, Kind::Any));
        table.targets.resize(after, Target::NOWHERE);
        table.nothings.resize(after, Nothing::new(&[], 0, nothing));
    }
}

/// The values of an untagged enum, as an error calls them. The text is leaked, because tables are made once and kept
/// for good.
fn expected(of: &Untagged, nullable: bool) -> &'static str {
    let variants = of.variants.iter().map(|variant| (variant.class(), variant.held));
    let null = nullable.then_some((Class::Null, None));
    let has_null = of.variants.iter().any(|variant| variant.class() == Class::Null);
    let words: Vec<&str> = variants
        .chain(null.filter(|_| !has_null))
        .flat_map(|(class, value)| -> &[&str] {
            match (class, value) {
                (Class::Number, Some(Value::Number(Number::F32 | Number::F64))) => &["a number"],
                (Class::Number, _) => &["an integer"],
                (Class::Text, _) => &["a string"],
                (Class::Bool, _) => &["`true`", "`false`"],
                (Class::Object, _) => &["an object"],
                (Class::Array, _) => &["an array"],
                (Class::Null, _) => &["null"],
            }
        })
        .copied()
        .collect();
    let all = match &words[..] {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        all => all.concat(),
    };
    all.leak()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::__private::view;
    use crate::sample::TABLES;

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

    fn table() -> &'static Table {
        Table::of::<Root>()
    }

    impl Table {
        /// The slot at a JSON pointer. `*` stands for any item of an array.
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
        match table().entry(slot).kind {
            Kind::Container(number) => table().container(number),
            other => panic!("{other:?} has no members"),
        }
    }

    #[test]
    fn pointers_name_distinct_slots() {
        let pointers = ["", "/a", "/b", "/d", "/g", "/b/c", "/d/*", "/d/*/e", "/d/*/f", "/g/c"];
        let mut slots: Vec<Slot> = pointers.iter().map(|pointer| table().slot(pointer)).collect();
        slots.sort_unstable();
        assert_eq!(slots, (0..10).collect::<Vec<Slot>>());
        assert_eq!((table().containers.len(), table().entries.len()), (6, 10));
    }

    #[test]
    fn slots_know_their_pointers() {
        for pointer in ["", "/a", "/b", "/d", "/g", "/b/c", "/d/*", "/d/*/e", "/d/*/f", "/g/c"] {
            assert_eq!(table().pointer_of_slot(table().slot(pointer)), pointer);
        }
        assert_eq!(table().pointer(Table::DOCUMENT), "");
    }

    #[test]
    fn every_container_knows_its_parent_and_depth() {
        let item = inside(table().slot("/d/*"));
        let list = table().container(item.parent);
        let root = table().container(list.parent);
        assert_eq!(
            (item.shape, list.shape, root.shape),
            (Shape::Object, Shape::List, Shape::Object)
        );
        assert_eq!((item.depth, list.depth, root.depth), (3, 2, 1));
        assert_eq!(table().container(root.parent).shape, Shape::Document);
    }

    #[test]
    fn members_are_found_by_their_names_and_no_others() {
        for table in TABLES.iter().map(|table| table()).chain([table()]) {
            let containers = &table.containers;
            let names = || table.entries.iter().map(|entry| entry.name);
            for container in containers.iter().filter(|one| one.shape == Shape::Object) {
                let (members, first) = table.members(container);
                for name in names() {
                    let text = format!("\"{}\"                ", name.text);
                    let bytes = text.as_bytes();
                    let head = Spelling::head(bytes, 0).unwrap();
                    let found = table.find(container, head, |name| name.end(bytes, 0));
                    let is_it = |member: &Entry| member.name.text == name.text;
                    let slot = members.iter().position(is_it).map(|index| first + index as Slot);
                    assert_eq!(found.map(|(slot, _)| slot), slot, "{}", name.text);
                }
            }
        }
    }

    #[test]
    fn a_container_has_the_slots_of_all_that_is_inside() {
        let slots = |pointers: &[&str]| {
            let mut slots = SlotSet::<1>::EMPTY;
            pointers.iter().for_each(|pointer| slots.insert(table().slot(pointer)));
            slots
        };
        let (root, item) = (inside(Table::ROOT), inside(table().slot("/d/*")));
        let all = ["/a", "/b", "/b/c", "/d", "/d/*", "/d/*/e", "/d/*/f", "/g", "/g/c"];
        assert_eq!((table().slots(root), table().required(root)), (slots(&all), slots(&["/a"])));
        assert_eq!(table().slots(item), slots(&["/d/*/e", "/d/*/f"]));
        assert_eq!(table().required(item), slots(&["/d/*/e"]));
        assert_eq!(table().slots(inside(table().slot("/d"))), slots(&["/d/*", "/d/*/e", "/d/*/f"]));
        assert_eq!(table().slots(inside(table().slot("/g"))), slots(&["/g/c"]));
    }
}
