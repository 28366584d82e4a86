//! How a type of views declares its parts: which member each part comes from, and where in the view it is.
//!
//! A view is written in place. It begins as a copy of its [`EMPTY`](Stored::EMPTY), and each value of the document
//! overwrites a part of it. So it is a valid value of its type at any time. Values that the document does not have are
//! handled at the end. This needs a [`Target`](super::Target) for each slot, made from [`Member`]s. `view!` makes the
//! members from a list of names, and lets the compiler check each against the type of its part.

use super::member::{
    ALIGNMENT, Alternative, Becomes, Byte, List, MOST_BYTES, Member, Number, Object, Rest, Tag,
    Untagged, Value, Variant, bytes,
};
use crate::presence::Presence;
use crate::raw_json::RawJson;
use std::marker::PhantomData;
use std::mem::offset_of;
use std::slice;

/// A type that values of a document are written into.
///
/// # Safety
///
/// The bytes of a copy of `EMPTY` are a valid value of the type. They stay one when the following is written at
/// `INSIDE`, any number of times, with any lifetime that the type is given, too:
///
/// - in general, what the `Form` of `VALUE` in a table says;
/// - for an object, the same for each of its members, which is of [`View`](Self::View), at its offset;
/// - for an object with a [`Tag`], one of the values that the tag chooses, once and before all members, and then
///   members of this variant only;
/// - for an `Untagged` enum, one of its values, once and before everything that the variant holds, and then what this
///   variant holds only.
///
/// `NONE` and `NULL` are the bytes of other values of the type.
#[allow(unsafe_code)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in place",
    label = "no type that values of a document are written into",
    note = "there are `&'a str`, `bool`, `i64` and other numbers of a known size, `RawJson<'a>`, types with \
            `#[derive(View)]`, `&'a [T]`, `&'a [(&'a str, T)]`, `[T; N]`, `Option<T>` and `Presence<T>`"
)]
pub unsafe trait Stored: Copy + 'static {
    /// The type whose parts the members of an object become. For other values, a type that tells them apart.
    type View;

    /// The kind of value in a document.
    const VALUE: Value;

    /// The value before one has been written.
    const EMPTY: Self;

    /// The offset at which a value is written.
    const INSIDE: usize = 0;

    /// The bytes if there is no value. `None` if there must be one.
    const NONE: Option<&'static [Byte]> = None;

    /// The bytes if the value is `null`, if they differ from `NONE`.
    const NULL: Option<&'static [Byte]> = None;
}

/// A struct that is made from members.
///
/// # Safety
///
/// `MEMBERS` are those of `VALUE`. `INSIDE`, `NONE` and `NULL` have the defaults that [`Stored`] gives them.
#[allow(unsafe_code)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no members",
    label = "no struct with `#[derive(View)]`"
)]
pub unsafe trait View: Stored<View = Self> {
    /// The members.
    const MEMBERS: Members<Self>;
}

/// The members of an object that becomes a view of this type.
#[derive(Clone, Copy)]
pub struct Members<V> {
    pub(super) object: Object,
    view: PhantomData<fn() -> V>,
}

impl<V: View> Members<V> {
    /// These members. Other members are allowed.
    pub const fn new(members: &'static [Member]) -> Self {
        assert!(align_of::<V>() <= ALIGNMENT, "no view may ask for so much");
        assert!(size_of::<V>() < MOST_BYTES, "too large a view");
        Self { object: Object::open(members), view: PhantomData }
    }

    /// The same members, but others are forbidden.
    pub const fn closed(self) -> Self {
        Self { object: Object { is_closed: true, ..self.object }, ..self }
    }

    /// The same members, and all others are kept in the part at an offset. The function is only there so that the
    /// compiler infers the type of the part. A type parameter that the caller gives would not be checked against the
    /// part.
    pub const fn rest<T: KeepsRest>(self, offset: usize, _: fn(&V) -> &T) -> Self {
        assert!(self.object.tag.is_none(), "with a flattened enum, others are not kept");
        let rest = Some(Rest { list: &Named::<RawJson<'static>>::LIST, offset });
        Self { object: Object { rest, ..self.object }, ..self }
    }

    /// The members of an enum with a tag.
    pub const fn tagged(tag: &'static Tag) -> Self {
        Self::new(&[]).with_tag(Some((tag, 0)))
    }

    /// The same members, and those of an enum with a tag, if there is one. The enum is the part at an offset.
    pub const fn with_tag(self, tag: Option<(&'static Tag, usize)>) -> Self {
        Self { object: Object { tag, ..self.object }, ..self }
    }

    /// The members as the value of another member.
    pub const fn value(self) -> Value {
        Value::Object(self.object)
    }
}

/// The type of a part that keeps all other members.
///
/// # Safety
///
/// The type is a slice of names and raw JSON.
#[allow(unsafe_code)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not keep all other members",
    label = "this is not `&'a [(&'a str, RawJson<'a>)]`"
)]
pub unsafe trait KeepsRest {}

// SAFETY: the type is such a slice.
#[allow(unsafe_code)]
unsafe impl KeepsRest for &'static [(&'static str, RawJson<'static>)] {}

/// A [`Member`] that becomes a part of this type.
#[derive(Clone, Copy)]
pub struct Part<T> {
    member: Member,
    stored: PhantomData<fn() -> T>,
}

impl<T: Stored> Part<T> {
    /// The part at an offset of a view. The function is only there so that the compiler infers the type of the part.
    /// The member is required, unless the type has a value for absent members.
    pub const fn new<V>(name: &'static str, offset: usize, _: fn(&V) -> &T) -> Self {
        let member = Member {
            name,
            aliases: &[],
            required: T::NONE.is_none(),
            nullable: false,
            value: T::VALUE,
            part: offset,
            offset: offset + T::INSIDE,
            none: T::NONE,
            null: T::NULL,
        };
        Self { member, stored: PhantomData }
    }

    /// The same, but if the member may be absent, it may also be `null`.
    pub const fn or_null<V>(name: &'static str, offset: usize, part: fn(&V) -> &T) -> Self {
        let Self { member, stored } = Self::new(name, offset, part);
        Self { member: Member { nullable: T::NONE.is_some(), ..member }, stored }
    }

    /// The member may be absent: then the part keeps the empty value of its type.
    pub const fn or_empty(self) -> Self {
        if T::NONE.is_some() {
            return self;
        }
        assert_may_be_empty(&self.member.value);
        Self { member: Member { required: false, ..self.member }, ..self }
    }

    /// The value is an object with these members, rather than with those of the type.
    pub const fn of(self, members: Members<T::View>) -> Self {
        assert!(matches!(self.member.value, Value::Object(_)));
        Self { member: Member { value: Value::Object(members.object), ..self.member }, ..self }
    }

    /// The member may be absent: then the part is a view without any members.
    pub const fn optional(self) -> Self {
        assert_needs_no_member(&self.member.value);
        Self { member: Member { required: false, ..self.member }, ..self }
    }
}

/// Asserts that a value can be left empty.
const fn assert_may_be_empty(value: &Value) {
    assert!(
        !matches!(value, Value::OneOf(_) | Value::Untagged(_)),
        "no choice is made by itself: make it an `Option`"
    );
    assert_needs_no_member(value);
    if let Value::List(List { item, none, becomes: Becomes::Array(1..), .. }) = value {
        // Absent members of an item are handled when the item ends.
        assert!(
            none.is_none() && !matches!(item, Value::Object(_)),
            "no items come by themselves of which something may be absent: make it an `Option`"
        );
        assert_may_be_empty(item);
    }
}

/// Asserts that the value is not an object with required members.
const fn assert_needs_no_member(value: &Value) {
    if let Value::Object(Object { members, tag, .. }) = value {
        assert!(tag.is_none(), "no variant is chosen by itself: make it an `Option`");
        let mut at = 0;
        while at < members.len() {
            assert!(!members[at].required, "without it, its own members are not there");
            at += 1;
        }
    }
}

impl<T> Part<T> {
    /// The member may have one of these names instead.
    pub const fn or_named(self, aliases: &'static [&'static str]) -> Self {
        Self { member: Member { aliases, ..self.member }, ..self }
    }

    /// Returns the member.
    pub const fn member(self) -> Member {
        self.member
    }
}

impl<T: Stored> Part<Option<T>> {
    /// The member may be `null`.
    pub const fn nullable(self) -> Self {
        Self { member: Member { nullable: true, ..self.member }, ..self }
    }
}

impl<T: Stored<View = Items<V>>, V> Part<T> {
    /// The items of the array are these.
    pub const fn list(self, list: &'static ListOf<V>) -> Self {
        Self { member: Member { value: Value::List(&list.list), ..self.member }, ..self }
    }
}

/// A type of integers that may be written as a string of digits instead.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is read from no text of digits",
    label = "this is neither `i64` nor `Option<i64>` nor `Presence<i64>`"
)]
pub trait InDigits: Stored {}

impl InDigits for i64 {}

impl InDigits for Option<i64> {}

impl InDigits for Presence<i64> {}

impl<T: Stored> Part<T> {
    /// The integer may be a string of digits instead.
    pub const fn or_text(self) -> Self
    where
        T: InDigits,
    {
        assert!(matches!(self.member.value, Value::Integer));
        Self { member: Member { value: Value::IntegerOrText, ..self.member }, ..self }
    }
}

/// The bytes of an empty value. They are leaked, because tables are made once and kept for good.
pub(super) fn empty<T: Stored>() -> &'static [Byte] {
    bytes(slice::from_ref(Box::leak(Box::new(T::EMPTY))))
}

/// The offset of the value in an option, which must be `Some`.
#[allow(unsafe_code)]
const fn inside<T>(option: &Option<T>) -> usize {
    let Some(value) = option else { panic!("there is nothing") };
    // SAFETY: the value is a part of the option.
    unsafe { (value as *const T).byte_offset_from(option as *const Option<T>) as usize }
}

/// The offset in an enum of what its variant holds.
///
/// # Safety
///
/// `part` is a part of `whole`.
#[allow(unsafe_code)]
pub const unsafe fn inside_variant<E, T>(whole: &E, part: &T) -> usize {
    // SAFETY: the caller's promise.
    unsafe { (part as *const T).byte_offset_from(whole as *const E) as usize }
}

/// A variant that holds a struct. The members of the object are those of the struct. The function is only there so that
/// the compiler infers the type of the struct.
pub const fn variant<E, T: View>(offset: usize, _: fn(&E) -> &T) -> Variant {
    Variant::inside(T::MEMBERS.object, offset)
}

/// The tag of an enum: its name, the strings that it may have, the value that each chooses, and the number of the
/// variant of each value. If there is one more value, all other strings choose it.
pub const fn tag<E: Stored>(
    name: &'static str,
    texts: &'static [&'static str],
    values: &'static [E],
    variant_of: &'static [u8],
    variants: &'static [Variant],
) -> Tag {
    Tag::new(name, texts, values, variant_of, variants)
}

/// A variant of an enum without a tag, and the offset of what it holds. The function is only there so that the compiler
/// infers the type of what it holds.
pub const fn alternative<E, T: Stored>(offset: usize, _: fn(&E) -> &T) -> Alternative {
    assert!(
        T::NONE.is_none(),
        "no variant is an `Option` or a `Presence`: one without a field is `null`, and the whole enum may be absent"
    );
    let alternative = Alternative { held: Some(T::VALUE), offset: offset + T::INSIDE };
    alternative.class();
    alternative
}

/// An enum without a tag: for each variant, the value of the enum before anything has been written, and what it holds.
pub const fn untagged<E: Stored>(
    values: &'static [E],
    variants: &'static [Alternative],
) -> Untagged {
    Untagged::new(values, variants)
}

/// The offset of the value in a `Presence`, which must be `Value`.
#[allow(unsafe_code)]
const fn inside_value<T>(presence: &Presence<T>) -> usize {
    let Presence::Value(value) = presence else { panic!("there is nothing") };
    // SAFETY: the value is a part of the `Presence`.
    unsafe { (value as *const T).byte_offset_from(presence as *const Presence<T>) as usize }
}

/// Converts bytes to a slice of values, and writes the slice.
///
/// # Safety
///
/// That of [`WriteAll`](super::member::WriteAll), for this type.
#[allow(unsafe_code)]
unsafe fn write_all<T>(place: *mut Byte, items: &[Byte]) {
    let count = items.len() / size_of::<T>();
    // SAFETY: by the caller's promise, the bytes are this many values; the code that writes them keeps the
    // lifetime.
    let all: &[T] = unsafe { slice::from_raw_parts(items.as_ptr().cast(), count) };
    // SAFETY: the caller's promise. The type of the place has a slice with the lifetime of the bytes there, whatever
    // lifetime that type is given.
    unsafe { place.cast::<&[T]>().write(all) }
}

/// A list of items that become values of this type.
pub struct ListOf<T> {
    list: List,
    item: PhantomData<fn() -> T>,
}

impl<V: View> ListOf<V> {
    /// A list whose items are objects with these members.
    pub const fn new(members: Members<V>) -> Self {
        Self { list: list::<V>(members.value()), item: PhantomData }
    }
}

/// A list of such items, each of which becomes a value of the type. Together they become a slice.
const fn list<T: Stored>(item: Value) -> List {
    assert!(size_of::<T>() > 0, "items must have a size, to be counted");
    assert!(align_of::<T>() <= ALIGNMENT, "no view may ask for so much");
    let becomes = Becomes::Slice(write_all::<T>);
    // An item is never absent, but it may be `null`.
    let none = if T::NULL.is_some() { T::NULL } else { T::NONE };
    let (name, part, offset) = (None, 0, T::INSIDE);
    List { item, name, part, offset, empty: empty::<T>, none, becomes }
}

// SAFETY: here and below, `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for &'static str {
    type View = ();
    const VALUE: Value = Value::Text;
    const EMPTY: Self = "";
}

// SAFETY: `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for RawJson<'static> {
    type View = ();
    const VALUE: Value = Value::Any;
    const EMPTY: Self = RawJson::new("null");
}

// SAFETY: `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for i64 {
    type View = ();
    const VALUE: Value = Value::Integer;
    const EMPTY: Self = 0;
}

// SAFETY: `EMPTY` is a value like any that is written; everything that is written is one of the two values.
#[allow(unsafe_code)]
unsafe impl Stored for bool {
    type View = ();
    const VALUE: Value = Value::Bool;
    const EMPTY: Self = false;
}

/// Implements `Stored` for types of numbers.
macro_rules! numbers {
    ($($type:ident: $number:ident,)*) => {$(
        // SAFETY: `EMPTY` is a value like any that is written; for a `Number` of this type, a value of this type is
        // written.
        #[allow(unsafe_code)]
        unsafe impl Stored for $type {
            type View = ();
            const VALUE: Value = Value::Number(Number::$number);
            const EMPTY: Self = 0 as $type;
        }
    )*};
}

numbers! {
    i8: I8,
    i16: I16,
    i32: I32,
    i128: I128,
    u8: U8,
    u16: U16,
    u32: U32,
    u64: U64,
    u128: U128,
    f32: F32,
    f64: F64,
}

// SAFETY: `EMPTY` is a value like any that is written; `write_all` is the one for this type.
#[allow(unsafe_code)]
unsafe impl<T: Stored> Stored for &'static [T] {
    type View = Items<T>;
    const VALUE: Value = Value::List(&Items::<T>::LIST);
    const EMPTY: Self = &[];
}

// SAFETY: `EMPTY` is a value like any that is written; `write_all` is the one for this type. The name and the value of
// a member are written at their offsets in the pair.
#[allow(unsafe_code)]
unsafe impl<T: Stored> Stored for &'static [(&'static str, T)] {
    type View = ();
    const VALUE: Value = Value::List(&Named::<T>::LIST);
    const EMPTY: Self = &[];
}

/// Members of an object that have arbitrary names, and values of this type.
struct Named<T>(PhantomData<T>);

impl<T: Stored> Named<T> {
    const LIST: List = {
        let part = offset_of!((&'static str, T), 1);
        List {
            name: Some(offset_of!((&'static str, T), 0)),
            part,
            offset: part + T::INSIDE,
            empty: empty_named::<T>,
            becomes: Becomes::Slice(write_all::<(&'static str, T)>),
            ..Items::<T>::LIST
        }
    };
}

/// The bytes of an empty member with an arbitrary name.
fn empty_named<T: Stored>() -> &'static [Byte] {
    bytes(slice::from_ref(Box::leak(Box::new(("", T::EMPTY)))))
}

/// Items of a list that have this type.
pub struct Items<T>(PhantomData<T>);

impl<T: Stored> Items<T> {
    const LIST: List = list::<T>(T::VALUE);

    const fn exactly(count: usize) -> List {
        List { becomes: Becomes::Array(count), ..Self::LIST }
    }
}

// SAFETY: `EMPTY` is a value like any that is written; exactly `N` items are written, each of which is a value.
#[allow(unsafe_code)]
unsafe impl<T: Stored, const N: usize> Stored for [T; N] {
    type View = ();
    const VALUE: Value = Value::List(const { &Items::<T>::exactly(N) });
    const EMPTY: Self = [T::EMPTY; N];
}

// SAFETY: the value inside stays valid by its own promise. The option around it stays `Some`, because `EMPTY` is
// such a value, like any that is written.
#[allow(unsafe_code)]
unsafe impl<T: Stored> Stored for Option<T> {
    type View = T::View;
    const VALUE: Value = T::VALUE;
    const EMPTY: Self = Some(T::EMPTY);
    const INSIDE: usize = inside(&Some(T::EMPTY)) + T::INSIDE;
    const NONE: Option<&'static [Byte]> = {
        assert!(T::NULL.is_none(), "a `Presence` is an `Option` by itself");
        Some(bytes(&[None::<T>]))
    };
}

// SAFETY: the value inside stays valid by its own promise. The `Presence` around it stays `Value`, because `EMPTY` is
// such a value, like any that is written.
#[allow(unsafe_code)]
unsafe impl<T: Stored> Stored for Presence<T> {
    type View = T::View;
    const VALUE: Value = T::VALUE;
    const EMPTY: Self = Self::Value(T::EMPTY);
    const INSIDE: usize = inside_value(&Self::EMPTY) + T::INSIDE;
    const NONE: Option<&'static [Byte]> = {
        assert!(T::NONE.is_none(), "a `Presence` is an `Option` by itself");
        Some(bytes(&[Self::Absent]))
    };
    const NULL: Option<&'static [Byte]> = Some(bytes(&[Self::Null]));
}

/// Declares the members of an object that becomes a view, by the names of its parts. Write `part("name")` if the member
/// has another name, and `part.how()` for what the type of the part does not say: see [`Part`].
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    ($view:ty { $("type": $type:expr,)? $($part:ident $(($name:literal))? $(.$how:ident($($with:expr),*))*),* $(,)? }) => {
        $crate::__private::Members::<$view>::new(const { &[
            $($crate::__private::Member::constant("type", $type),)?
            $($crate::__private::Part::new(
                $crate::__name!($part $($name)?),
                $crate::__private::offset_of!($view, $part),
                |view: &$view| &view.$part,
            )$(.$how($($with),*))*.member(),)*
        ] })
    };
}

/// The name of a member: its own one, if given, or that of the part.
#[doc(hidden)]
#[macro_export]
macro_rules! __name {
    ($part:ident $name:literal) => {
        $name
    };
    ($part:ident) => {
        stringify!($part)
    };
}

/// Declares a view: its members, and after a `;` a part that is not a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __view {
    (
        $view:ty $(where $parameter:ident: $bound:ident)? {
            $("type": $type:expr,)?
            $($part:ident $(($name:literal))? $(.$how:ident($($with:expr),*))*),* $(,)?
            $(; $other:ident: $empty:expr)?
        }
    ) => {
        // SAFETY: every part stays valid by the promise of its own type; nothing is written to a part that is not a
        // member.
        #[allow(unsafe_code)]
        unsafe impl$(<$parameter: $bound>)? $crate::__private::Stored for $view {
            type View = Self;
            const VALUE: $crate::__private::Value = <Self as $crate::__private::View>::MEMBERS.value();
            const EMPTY: Self = Self {
                $($part: $crate::__private::Stored::EMPTY,)*
                $($other: $empty,)?
            };
        }

        // SAFETY: `VALUE` is made of `MEMBERS`.
        #[allow(unsafe_code)]
        unsafe impl$(<$parameter: $bound>)? $crate::__private::View for $view {
            const MEMBERS: $crate::__private::Members<Self> = $crate::__members!(Self {
                $("type": $type,)?
                $($part $(($name))? $(.$how($($with),*))*,)*
            });
        }
    };
}
