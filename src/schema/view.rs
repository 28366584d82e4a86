//! How a view says what it is made of: which member each part comes from, and where in the view it stands.
//!
//! A view is written in place. It begins as a copy of its [`EMPTY`](Stored::EMPTY), and each value of the document is
//! written over a part of that. So it is a valid value of its type all the time, and what is not there is seen to at the
//! end. All that is needed for it is a [`Target`](super::Target) for each slot, made at compile time from [`Member`]s;
//! [`view!`] makes those from a list of names, and has the compiler check each against the type of the part.

use super::member::{ALIGNMENT, ItemView, Member, ROOM, Value, WORD, Word};
use crate::model::{RawJson, ResourceIdentifier, Timestamp};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::slice;

/// A type that values of a document are written into.
///
/// # Safety
///
/// After a copy of `EMPTY`, the bytes are a valid value of the type, and stay one when the following is written at
/// `INSIDE`, as often as one likes, whatever lifetime it has that the type is given, too: what the
/// [`Form`](super::table::Form) of `VALUE` says; for an object, the same for each of its members, which is of
/// [`View`](Self::View), at its offset. `NONE` are the bytes of another value.
#[allow(unsafe_code)]
pub(super) unsafe trait Stored: Copy + 'static {
    /// The type whose parts the members of an object become; where there is no object, what tells such types apart.
    type View;

    /// How a document writes it.
    const VALUE: Value;

    /// What it is before a value has come.
    const EMPTY: Self;

    /// Where in it the value is written.
    const INSIDE: usize = 0;

    /// What it becomes where there is no value. `None` if it has to have one.
    const NONE: Option<&'static [Word]> = None;
}

/// The members that a view is made from.
///
/// # Safety
///
/// `MEMBERS` are those that its `VALUE` has, and the others are as they are given here.
#[allow(unsafe_code)]
pub(super) unsafe trait View: Stored<View = Self> {
    const MEMBERS: Members<Self>;

    /// The words of an empty one, and what more there is room for.
    const IN_ROOM: [Word; ROOM] = in_room(Self::EMPTY);

    /// The words of an empty one.
    const WORDS: &'static [Word] = Self::IN_ROOM.split_at(size_of::<Self>() / WORD).0;
}

/// The members of an object that becomes a view of this type.
#[derive(Clone, Copy)]
pub(super) struct Members<V> {
    pub(super) all: &'static [Member],
    pub(super) view: PhantomData<fn() -> V>,
}

/// A [`Member`] that becomes a part of this type.
#[derive(Clone, Copy)]
pub(super) struct Part<T> {
    member: Member,
    stored: PhantomData<fn() -> T>,
}

impl<T: Stored> Part<T> {
    /// The part at an offset of a view, which is also there to say of what type it is. It must be there, unless the type
    /// has something to be without it.
    pub(super) const fn new<V>(name: &'static str, offset: usize, _: fn(&V) -> &T) -> Self {
        let member = Member {
            name,
            required: T::NONE.is_none(),
            nullable: false,
            value: T::VALUE,
            part: offset,
            offset: offset + T::INSIDE,
            none: T::NONE,
        };
        Self { member, stored: PhantomData }
    }

    /// Not all that the type could have come from, but an object with these members.
    pub(super) const fn of(self, members: Members<T::View>) -> Self {
        assert!(matches!(self.member.value, Value::Object(_)));
        Self { member: Member { value: Value::Object(members.all), ..self.member }, ..self }
    }

    /// It need not be there, for a view without any of its parts is enough.
    pub(super) const fn optional(self) -> Self {
        if let Value::Object(members) = self.member.value {
            let mut at = 0;
            while at < members.len() {
                assert!(!members[at].required, "without it, its own members are not there");
                at += 1;
            }
        }
        Self { member: Member { required: false, ..self.member }, ..self }
    }

    pub(super) const fn member(self) -> Member {
        self.member
    }
}

impl<T: Stored> Part<Option<T>> {
    /// It may be `null`.
    pub(super) const fn nullable(self) -> Self {
        Self { member: Member { nullable: true, ..self.member }, ..self }
    }
}

impl<T: Stored<View = ResourceIdentifier<'static>>> Part<T> {
    /// The identifiers are of this type.
    pub(super) const fn list(self, resource_type: &'static str) -> Self {
        assert!(matches!(self.member.value, Value::List(_)));
        Self { member: Member { value: Value::List(resource_type), ..self.member }, ..self }
    }
}

impl Part<Option<i64>> {
    /// It may be a text of digits instead.
    pub(super) const fn or_text(self) -> Self {
        assert!(matches!(self.member.value, Value::Integer));
        Self { member: Member { value: Value::IntegerOrText, ..self.member }, ..self }
    }
}

/// The words of a value.
#[allow(unsafe_code)]
pub(super) const fn words<T: Copy>(values: &'static [T]) -> &'static [Word] {
    assert!(align_of::<T>() >= align_of::<Word>() && size_of::<T>().is_multiple_of(WORD));
    // SAFETY: any bytes are a `Word`; the slice has as many as was just seen, aligned as they must be.
    unsafe { slice::from_raw_parts(values.as_ptr().cast(), size_of_val(values) / WORD) }
}

/// The words of a value, and what more there is room for.
#[allow(unsafe_code)]
const fn in_room<T: Copy>(value: T) -> [Word; ROOM] {
    let mut room = [MaybeUninit::uninit(); _];
    assert!(align_of::<T>() <= ALIGNMENT && size_of::<T>().is_multiple_of(WORD));
    assert!(size_of::<T>() <= size_of_val(&room), "too large a view");
    // SAFETY: there is enough room, as was just seen.
    unsafe { room.as_mut_ptr().cast::<T>().write_unaligned(value) };
    room
}

/// Where in an option what is in it stands. There must be something.
#[allow(unsafe_code)]
const fn inside<T>(option: &Option<T>) -> usize {
    let Some(value) = option else { panic!("there is nothing") };
    // SAFETY: the value is a part of the option.
    unsafe { (value as *const T).byte_offset_from(option as *const Option<T>) as usize }
}

/// Writes the slice of views that some words are.
///
/// # Safety
///
/// As [`WriteAll`](super::member::WriteAll) says, for this type.
#[allow(unsafe_code)]
unsafe fn write_all<V>(place: *mut Word, views: &[Word]) {
    let count = views.len() * WORD / size_of::<V>();
    // SAFETY: by the caller's promise the words are so many views; who writes them keeps the lifetime.
    let all: &[V] = unsafe { slice::from_raw_parts(views.as_ptr().cast(), count) };
    // SAFETY: the caller's promise. A slice that has the lifetime of the words is what the type of the place has there,
    // whatever lifetime that is given.
    unsafe { place.cast::<&[V]>().write(all) }
}

// SAFETY: for this and those below, `EMPTY` is a value like any that is written.
#[allow(unsafe_code)]
unsafe impl Stored for &'static str {
    type View = ();
    const VALUE: Value = Value::Text;
    const EMPTY: Self = "";
}

// SAFETY: as before; it is laid out as the text that it is made of.
#[allow(unsafe_code)]
unsafe impl Stored for Timestamp<'static> {
    type View = ();
    const VALUE: Value = Value::Timestamp;
    const EMPTY: Self = Timestamp::new("");
}

// SAFETY: as before.
#[allow(unsafe_code)]
unsafe impl Stored for RawJson<'static> {
    type View = ();
    const VALUE: Value = Value::Any;
    const EMPTY: Self = RawJson::new("null");
}

// SAFETY: as before.
#[allow(unsafe_code)]
unsafe impl Stored for i64 {
    type View = ();
    const VALUE: Value = Value::Integer;
    const EMPTY: Self = 0;
}

// SAFETY: as before.
#[allow(unsafe_code)]
unsafe impl Stored for &'static [ResourceIdentifier<'static>] {
    type View = ResourceIdentifier<'static>;
    const VALUE: Value = Value::List("");
    const EMPTY: Self = &[];
}

// SAFETY: as before; `write_all` is the one for this type.
#[allow(unsafe_code)]
unsafe impl<V: View> Stored for &'static [V] {
    type View = ();
    const VALUE: Value = Value::Items(&ItemView {
        members: V::MEMBERS.all,
        empty: V::WORDS,
        write_all: write_all::<V>,
    });
    const EMPTY: Self = &[];
}

// SAFETY: what is inside stays valid by its own promise, and what it is in is `Some` of it as before.
#[allow(unsafe_code)]
unsafe impl<T: Stored> Stored for Option<T> {
    type View = T::View;
    const VALUE: Value = T::VALUE;
    const EMPTY: Self = Some(T::EMPTY);
    const INSIDE: usize = inside(&Some(T::EMPTY)) + T::INSIDE;
    const NONE: Option<&'static [Word]> = Some(words(&[None::<T>]));
}

/// Declares the members of an object that becomes a view, by the names of its parts; `part("name")` where the member has
/// another, and `part.how()` for what the type of the part does not say: see [`Part`].
macro_rules! members {
    ($view:ty { $("type": $type:expr,)? $($part:ident $(($name:literal))? $(.$how:ident($($with:expr),*))*),* $(,)? }) => {
        $crate::schema::view::Members::<$view> {
            all: &[
                $($crate::schema::member::Member::constant("type", $type),)?
                $($crate::schema::view::Part::new(
                    $crate::schema::view::name!($part $($name)?),
                    std::mem::offset_of!($view, $part),
                    |view: &$view| &view.$part,
                )$(.$how($($with),*))*.member(),)*
            ],
            view: std::marker::PhantomData,
        }
    };
}

/// The name of a member: its own, or that of the part.
macro_rules! name {
    ($part:ident $name:literal) => {
        $name
    };
    ($part:ident) => {
        stringify!($part)
    };
}

/// Declares a view: its [`members!`], and after a `;` what else it has that is no member.
macro_rules! view {
    (
        $view:ty $(where $parameter:ident: $bound:ident)? {
            $("type": $type:expr,)?
            $($part:ident $(($name:literal))? $(.$how:ident($($with:expr),*))*),* $(,)?
            $(; $other:ident: $empty:expr)?
        }
    ) => {
        // SAFETY: every part is as its own type promises; what is no member, nobody writes.
        #[allow(unsafe_code)]
        unsafe impl$(<$parameter: $bound>)? $crate::schema::view::Stored for $view {
            type View = Self;
            const VALUE: $crate::schema::member::Value = $crate::schema::member::Value::Object(
                <Self as $crate::schema::view::View>::MEMBERS.all,
            );
            const EMPTY: Self = Self {
                $($part: $crate::schema::view::Stored::EMPTY,)*
                $($other: $empty,)?
            };
        }

        // SAFETY: `VALUE` is made of them.
        #[allow(unsafe_code)]
        unsafe impl$(<$parameter: $bound>)? $crate::schema::view::View for $view {
            const MEMBERS: $crate::schema::view::Members<Self> = $crate::schema::view::members!(Self {
                $("type": $type,)?
                $($part $(($name))? $(.$how($($with),*))*,)*
            });
        }
    };
}

pub(super) use {members, name, view};
