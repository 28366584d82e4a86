//! The flat form of a schema: what the walker runs on.
//!
//! The schemas here do not recurse, so that a document's whole nesting is known beforehand: every object
//! and array of the schema is one [`Container`] that knows its parent, and every member one [`Entry`],
//! numbered by its [`Slot`]. A position in the document is the number of a container; no stack is needed.
//!
//! A table is made of the nested [`Member`]s when it is first needed, and kept for good.

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

/// The schema of one document kind.
#[derive(Debug)]
pub struct Table {
    containers: Vec<Container>,
    entries: Vec<Entry>,
    targets: Vec<Target>,
    nothings: Vec<Nothing>,
    /// The slots that become something else where they are `null` than where they are absent, and what.
    nulls: Vec<(Slot, &'static [Byte])>,
    /// The slots by the hashes of their names, container by container.
    by_name: Vec<Slot>,
    /// How many words the sets of slots have, and the sets.
    words: usize,
    sets: Vec<u64>,
    /// What has [no value](Nothing) where the document, beyond items, does not have it.
    optional: Set,
    /// The view of a document.
    document: &'static [Byte],
    /// What is written nowhere, the view of a document, and an item of each array.
    views: Vec<EmptyView>,
    arrays: Vec<Array>,
    tags: Vec<TagEntry>,
    untagged: Vec<ByFirstByte>,
    has_items: bool,
    /// Whether there are names that no document can have without escapes.
    has_odd_names: bool,
}

/// A set of slots of a table: the first word, which is all of it in a small table, and its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    word: u64,
    number: u32,
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
pub(crate) struct Offset(u32);

impl Offset {
    /// How many views can be told apart.
    pub(super) const VIEWS: usize = 256;

    /// By how much the numbers of two views differ that follow one another.
    const VIEW: usize = MOST_BYTES;

    const fn new(view: usize, bytes: usize) -> Self {
        assert!(view < Self::VIEWS, "too many lists");
        assert!(bytes < Self::VIEW, "too large a view");
        Self((view * Self::VIEW + bytes) as u32)
    }

    /// So many bytes behind this one.
    const fn inside(self, bytes: usize) -> Self {
        Self::new(self.view(), self.in_view() + bytes)
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

    /// The bytes from the beginning of the view.
    const fn in_view(self) -> usize {
        self.get() % Self::VIEW
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
    /// Another number.
    Number(Number),
    /// A slice, by a function.
    Items(WriteAll),
    /// An array of so many items.
    Array(usize),
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

    /// Whether an `i64` that is not negative can be written there.
    #[inline(always)]
    pub(crate) const fn takes_digits(self) -> bool {
        self.takes_integer() || matches!(self.form, Form::Number(Number::U64))
    }

    pub(super) const fn form(self) -> Form {
        self.form
    }
}

/// A view in which no value has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct EmptyView {
    /// How many bytes there are in all before it, where views are made for which there is no room.
    pub(super) before: usize,
    pub(super) empty: &'static [Byte],
}

/// An array whose items are collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Array {
    /// Where the slice goes.
    pub(super) target: Target,
    /// The arrays inside its items, at any depth, are those that follow, up to this one.
    pub(super) after: usize,
    /// The array whose items this one is a part of.
    pub(super) parent: Option<usize>,
    /// Whether all that there is of an item is a text: [`Kind::Identifier`].
    pub(super) is_of_texts: bool,
    /// What its items are.
    kind: Kind,
    /// What the part of an item that is its value becomes if that is `null`, if it may be; and where the part begins.
    pub(super) none: Option<&'static [Byte]>,
    pub(super) part: usize,
    /// Whether they are members of an object, which have names.
    pub(super) has_names: bool,
}

/// What is written where there is no value: which bytes, so many from the beginning of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nothing {
    pub(super) bytes: &'static [Byte],
    pub(super) at: u32,
    /// The slot, and those inside its value, which there is none of: a [`Set`].
    covers: u32,
    first_covered: u64,
}

// A power of two, so that one is found fast.
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
    /// The container this one stands in.
    pub(crate) parent: u16,
    /// How many objects and arrays are open inside this one, itself counted.
    pub(crate) depth: u16,
    first: Slot,
    count: u16,
    /// All slots inside it, at any depth: those of its members, and of theirs.
    slots: Set,
    /// The members that must be seen before it ends.
    required: Set,
    /// Whether it has no members but those.
    pub(crate) is_closed: bool,
    /// The slot of the values of all other members, where they are kept; else the root. That of their names is the next one.
    pub(crate) rest: Slot,
    /// What its end is the end of.
    pub(crate) closes: Closes,
    index: NameIndex,
}

impl Container {
    /// Whether the slot is one of its entries.
    fn has(&self, slot: Slot) -> bool {
        (self.first..self.first + self.count).contains(&slot)
    }

    /// Whether the slot is that of all other members together, which has no name.
    fn has_rest(&self, slot: Slot) -> bool {
        self.rest != Table::ROOT && slot == self.first + self.count
    }
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
    /// An array that must have a certain number of items, or whose enum is to know of it: its slot. It may also be an item
    /// itself.
    List(Slot),
    /// A name, whose value follows: the slot of that.
    Name(Slot),
}

/// Where to find the members of an object by name: a hash table.
#[derive(Clone, Copy, Debug)]
struct NameIndex {
    /// Which bytes of a name count, the first one lowest: no more than the shortest has, and its quote.
    mask: u64,
    multiplier: u64,
    /// How many bits of a product are none of the hash.
    shift: u32,
    /// Where the first slot with each hash stands; the root, which is no member, where there is none.
    first: u32,
}

impl NameIndex {
    /// Of an object without members.
    const EMPTY: Self = Self { mask: 0, multiplier: 0, shift: u64::BITS - 1, first: 0 };

    #[inline(always)]
    const fn hash(&self, head: u128) -> usize {
        // The quote at the beginning is no help.
        let name = (head >> 8) as u64 & self.mask;
        (name.wrapping_mul(self.multiplier) >> self.shift) as usize
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
    /// Members in braces, of which one says what the others are: its only entry is that. All else stands in the container of
    /// a [`OneVariant`].
    Tagged,
    /// Members in braces that have any names: its only entry is the value of one.
    Map,
    /// The name of such a member, up to its colon: its only entry.
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

    /// Whether what is in it are members that the schema names.
    #[inline(always)]
    pub(crate) const fn has_members(self) -> bool {
        matches!(self, Self::Document | Self::Object)
    }
}

/// A member of an object, the item of an array, or the document itself; or another name of a member, behind those of its
/// object, with a slot that nothing else is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) name: Spelling,
    /// For [`Kind::Constant`], its text.
    pub(crate) constant: Spelling,
    /// The next member of the object whose name has the same hash; the root, if there is none.
    next: Slot,
    /// What a member of this name is: this slot, or that of which it is another name. For what a variant of an
    /// [untagged](Kind::Untagged) enum holds, the slot of the enum.
    pub(crate) means: Slot,
    /// Whether it may be `null`. Of an item, [`Table::kind`] says it.
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    /// For what ends an item of an array with its value: the item.
    pub(crate) item: Option<Item>,
}

// All that may be in a document is looked up among them.
const _: () = assert!(size_of::<Entry>() == 208);

/// The value of an [`Entry`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// An object or array: the number of its container.
    Container(u16),
    Text,
    Formatted(&'static Format),
    /// A text that is all that there is of an item of an array.
    Identifier,
    Integer,
    IntegerOrText,
    Number(Number),
    Bool,
    /// Any of these that is all of an item of an array, but a text that must be there. [`Table::kind`] says which.
    ItemValue,
    Constant,
    OneOf(&'static [&'static str]),
    /// A text that says what other members there are: the number of its [`TagEntry`].
    Tag(u16),
    /// One of several values, which the first byte tells apart: the number of its [`ByFirstByte`].
    Untagged(u16),
    /// Nothing but `null`.
    Null,
    Any,
    /// Any, and its name before it: a member that is kept without being named.
    Rest,
}

/// What the text of a tag says.
#[derive(Debug)]
pub(crate) struct TagEntry {
    pub(crate) texts: &'static [&'static str],
    /// By the number of the text; if there is one more, it is for all others.
    pub(crate) variants: Vec<OneVariant>,
}

/// One of the variants that a tag tells apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneVariant {
    /// The number of the container of its members. The first one is the tag.
    pub(crate) container: u16,
    /// All slots of the object that are no members of this variant, and not of its members, at any depth.
    others: Set,
}

/// The variants of an enum that the first byte of the value tells apart. What each holds has a slot of its own.
#[derive(Debug)]
pub(crate) struct ByFirstByte {
    /// The slot of the first variant. Those of the others follow.
    first: Slot,
    /// Of each variant, all slots that are inside the values of the others.
    others: Vec<Set>,
    /// All slots inside the values of any.
    slots: Set,
    /// The variants by the [`Class`] of their values.
    by_class: [Option<u8>; Class::COUNT],
    /// What is expected, in the words of an error; and where `null` is, too.
    expected: [&'static str; 2],
}

impl ByFirstByte {
    /// The variant of a value that begins so, if there is one: its number.
    pub(crate) const fn variant(&self, class: Class) -> Option<u8> {
        self.by_class[class as usize]
    }

    /// The slot of what a variant holds.
    pub(crate) const fn slot(&self, variant: u8) -> Slot {
        self.first + variant as Slot
    }

    /// What is expected, in the words of an error.
    pub(crate) const fn expected(&self, nullable: bool) -> &'static str {
        self.expected[nullable as usize]
    }
}

/// How the items of an array become parts of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Which of these arrays it is.
    pub(super) array: u16,
    /// All slots of the item, which are free for the next one then.
    pub(super) slots: Set,
    /// Those that have [no value](Nothing) where the item does not have them.
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
    /// The views: of what is written nowhere, of the document, and of items of the first array and those that follow.
    pub(super) const NOWHERE: usize = 0;
    pub(super) const DOCUMENT_VIEW: usize = 1;
    pub(super) const FIRST_ITEM_VIEW: usize = 2;

    /// What is written nowhere is a text, or an integer.
    const NOTHING: &'static [Byte] = &[Byte::uninit(); 16];

    /// The number of the container around the document.
    pub(crate) const DOCUMENT: u16 = 0;

    /// The slot of the document itself.
    pub(crate) const ROOT: Slot = 0;

    /// How many slots it has.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many words its sets have.
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

    /// What the text of a tag says.
    #[inline(always)]
    pub(crate) fn tag(&self, number: u16) -> &TagEntry {
        &self.tags[usize::from(number)]
    }

    /// The variants of an enum without a tag.
    #[inline(always)]
    pub(crate) fn untagged(&self, number: u16) -> &ByFirstByte {
        &self.untagged[usize::from(number)]
    }

    /// All that may be in an enum without a tag, and what of it is not in one of its variants.
    pub(crate) fn all_and_others<const N: usize>(
        &self,
        number: u16,
        variant: u8,
    ) -> (SlotSet<N>, SlotSet<N>) {
        let ByFirstByte { slots, others, .. } = self.untagged(number);
        (self.set(*slots), self.set(others[usize::from(variant)]))
    }

    /// If what has this slot is held by a variant of an enum without a tag, the slot of that, and which of the variants.
    pub(crate) fn variant_with(&self, slot: Slot) -> Option<(Slot, u8)> {
        let of = self.entry(slot).means;
        let Kind::Untagged(number) = self.entry(of).kind else { return None };
        let ByFirstByte { first, others, .. } = self.untagged(number);
        let variant = usize::from(slot.checked_sub(*first)?);
        (variant < others.len()).then_some((of, variant as u8))
    }

    /// All that could be in the object of a variant, and is not.
    #[inline(always)]
    pub(crate) fn others_than<const N: usize>(&self, variant: &OneVariant) -> SlotSet<N> {
        self.set(variant.others)
    }

    /// Whether there are arrays whose items are more than texts.
    #[inline(always)]
    pub(crate) fn has_items(&self) -> bool {
        self.has_items
    }

    /// Whether there are names that [`find`](Self::find) never finds: those that no document can have without escapes.
    #[inline(always)]
    pub(crate) const fn has_odd_names(&self) -> bool {
        self.has_odd_names
    }

    /// The kind of a value that stands here, and whether it may be `null`.
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

    /// The type of numbers of a slot, if it is another than `i64`.
    pub(crate) fn number(&self, slot: Slot) -> Option<Number> {
        match self.target(slot).form {
            Form::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The format of the texts of a slot, if they have one.
    pub(crate) fn format(&self, slot: Slot) -> Option<&'static Format> {
        match self.kind(self.entry(slot)).0 {
            Kind::Formatted(format) => Some(format),
            _ => None,
        }
    }

    /// What becomes of a text that is none of the choices of a slot.
    pub(crate) fn others(&self, slot: Slot) -> Others {
        match self.target(slot).form {
            Form::Choice(choices) => choices.others,
            _ => Others::Refused,
        }
    }

    /// Where the value of a slot goes: of the root, and of what is no part of a view, nowhere.
    #[inline(always)]
    pub(crate) fn target(&self, slot: Slot) -> Target {
        self.targets[usize::from(slot)]
    }

    /// An empty view of a document.
    #[inline(always)]
    pub(super) const fn document(&self) -> &'static [Byte] {
        self.document
    }

    #[inline(always)]
    pub(super) fn views(&self) -> &[EmptyView] {
        &self.views
    }

    /// How many bytes all views have in all.
    pub(super) fn bytes(&self) -> usize {
        self.views.last().map_or(0, |last| last.before + last.empty.len())
    }

    #[inline(always)]
    pub(super) fn arrays(&self) -> &[Array] {
        &self.arrays
    }

    /// What has no value where the document does not have it, beyond items.
    #[inline(always)]
    pub(super) const fn optional(&self) -> Set {
        self.optional
    }

    /// What is written where an optional slot has no value.
    #[inline(always)]
    pub(super) fn nothing(&self, slot: Slot) -> &Nothing {
        &self.nothings[usize::from(slot)]
    }

    /// What is written where certain slots are `null`, after what is written where they have no value.
    #[inline(always)]
    pub(super) fn nulls(&self) -> &[(Slot, &'static [Byte])] {
        &self.nulls
    }

    /// A set, as wide as those of the table are.
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

    /// The member of an object whose name is the string with this [head](Spelling::head), and where that ends, if it is
    /// the one that was thought.
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

    /// Which of the arrays whose items are collected the value of a slot is.
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

    /// The slot of the names of a map whose values have this one.
    pub(crate) const fn name_of(value: Slot) -> Slot {
        value + 1
    }

    /// The number of the container of the names of a map.
    #[inline(always)]
    pub(crate) const fn names(map: u16) -> u16 {
        map + 1
    }

    /// The JSON pointer to a slot, where `*` stands for any item of an array, and for any name of a map. A name has the pointer
    /// of the value that it is the name of.
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

    /// The number of the container that an entry stands in.
    fn container_with(&self, slot: Slot) -> u16 {
        let has = |container: &Container| container.has(slot) || container.has_rest(slot);
        self.containers.iter().position(has).map_or(Self::DOCUMENT, |number| number as u16)
    }

    /// The slot whose value a container is, or one of the variants of.
    fn slot_of(&self, container: u16) -> Slot {
        let is = |entry: &Entry| match entry.kind {
            Kind::Container(number) => {
                number == container || self.variants_of(number).any(|inner| inner == container)
            }
            _ => false,
        };
        self.entries.iter().position(is).map_or(Self::ROOT, |slot| slot as Slot)
    }

    /// The containers of the variants of a container, if it has a tag.
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
    /// Of documents that become a view.
    pub fn of<V: View>() -> &'static Self {
        Self::with::<V, V>(V::MEMBERS)
    }

    /// The same, for documents with these members, which `K` tells from others of the same view.
    pub fn with<K: 'static, V: View>(members: Members<V>) -> &'static Self {
        static TABLES: Mutex<BTreeMap<TypeId, &'static Table>> = Mutex::new(BTreeMap::new());
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        tables
            .entry(TypeId::of::<K>())
            .or_insert_with(|| Box::leak(Box::new(Self::new(members.object, empty::<V>()))))
    }

    /// Of no documents.
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
        // The first places are for objects without members.
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

/// Lays the members of documents flat.
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

    /// Says what the end of a container, or of any of its variants, is the end of.
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

    /// Those slots that have no value where they are not there, and belong to no item.
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

    /// Lays out a value inside a container; at `offset` it is written.
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
            // What it becomes is written nowhere.
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

    /// An array whose items become a slice, or an array; or an object whose members have any names.
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
            // No view of an item is ever made.
            self.table.targets[usize::from(text)] = Target::NOWHERE;
            let text = &mut self.table.entries[usize::from(text)];
            (text.kind, text.item) = (Kind::Identifier, Some(ends));
            self.table.arrays[array].is_of_texts = true;
        } else {
            let entry = &mut self.table.entries[usize::from(item)];
            (entry.nullable, entry.item) = (false, Some(ends));
            match kind {
                // What closes an inner array closes an item of this one.
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

    /// Says that the end of a container is that of an item, unless it says so itself.
    fn closes_item(&mut self, number: u16, item: Slot) {
        if !matches!(self.table.container(number).closes, Closes::List(_)) {
            self.closes(number, Closes::Item(item));
        }
    }

    /// An enum whose variants are told apart by the first byte, with a slot for what each of them holds.
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
                    // Its items are collected, so that the variant need not be chosen before.
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

    /// If all that the value of a slot can tell is one text, which must be there: the slot of that.
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

    /// An object whose view begins at `view`.
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
        // The number before those of its variants, in which there may be others.
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

    /// An object with these members, each of which is a part of the view that begins there. Returns its number.
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
        // What all others become has no name.
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

    /// Makes the index of the members of an object: of a few, the one in which fewest share a hash.
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
        // Odd numbers, far apart.
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

    /// Takes the next container, and the next entries for what is in it.
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

/// What values an enum without a tag has, in the words of an error. They are there for good: for tables, which are made once.
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
