//! What derived code says about a type in addition to `view!`, and can leave out.
//!
//! A type that is declared elsewhere may have fields with any lifetime. [`Within`] checks them.

use super::document::{Build, Document, TableOf};
use super::member::{Byte, Choices, Others};
use super::table::Table;
use super::view::{Stored, View};
use crate::presence::Presence;
use crate::raw_json::RawJson;
use std::marker::PhantomData;

/// A type whose only lifetime is `'a`: documents with that lifetime are read into it.
///
/// Without this check, a view could have a `&'static str` that points into a document which does not live that long.
///
/// # Safety
///
/// [`Static`](Self::Static) is the same type with `'static` instead of `'a`.
#[allow(unsafe_code)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in place",
    label = "no type that values of a document are written into",
    note = "derive `View` for it, or convert it where it is used"
)]
pub unsafe trait Within<'a>: Sized {
    /// The same type with `'static` instead of `'a`.
    type Static: 'static;
}

/// The lifetime of a view, to compare the lifetimes of its parts with.
pub struct Lifetime<'a>(PhantomData<&'a ()>);

impl<'a> Lifetime<'a> {
    /// Compiles only if a part has exactly this lifetime. The reference is mutable, so that a longer lifetime is not
    /// coerced to a shorter one.
    pub const fn is_of<T: Within<'a>>(_: &mut T) {}
}

// SAFETY: `Static` is the same type with `'static`.
#[allow(unsafe_code)]
unsafe impl<'a> Within<'a> for &'a str {
    type Static = &'static str;
}

// SAFETY: `Static` is the same type with `'static`, by the promise for the items.
#[allow(unsafe_code)]
unsafe impl<'a, T: Within<'a> + 'a> Within<'a> for &'a [T] {
    type Static = &'static [T::Static];
}

// SAFETY: `Static` is the same type with `'static`, by the promise for the values.
#[allow(unsafe_code)]
unsafe impl<'a, T: Within<'a> + 'a> Within<'a> for &'a [(&'a str, T)] {
    type Static = &'static [(&'static str, T::Static)];
}

// SAFETY: `Static` is the same type with `'static`, by the promise for the items.
#[allow(unsafe_code)]
unsafe impl<'a, T: Within<'a>, const N: usize> Within<'a> for [T; N] {
    type Static = [T::Static; N];
}

// SAFETY: `Static` is the same type with `'static`, by the promise for the value inside.
#[allow(unsafe_code)]
unsafe impl<'a, T: Within<'a>> Within<'a> for Option<T> {
    type Static = Option<T::Static>;
}

// SAFETY: `Static` is the same type with `'static`, by the promise for the value inside.
#[allow(unsafe_code)]
unsafe impl<'a, T: Within<'a>> Within<'a> for Presence<T> {
    type Static = Presence<T::Static>;
}

// SAFETY: `Static` is the same type with `'static`.
#[allow(unsafe_code)]
unsafe impl<'a> Within<'a> for RawJson<'a> {
    type Static = RawJson<'static>;
}

/// The value of a part of a view that no member is written to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be skipped",
    label = "nothing is known that it could be",
    note = "there are `()`, `PhantomData`, `bool`, numbers, `&str`, `&[T]`, `[T; N]`, `Option<T>` and `Presence<T>`"
)]
pub trait Blank {
    /// That value.
    const BLANK: Self;
}

impl Blank for &str {
    const BLANK: Self = "";
}

impl<T> Blank for &[T] {
    const BLANK: Self = &[];
}

impl<T: Blank, const N: usize> Blank for [T; N] {
    const BLANK: Self = [T::BLANK; N];
}

impl<T> Blank for Option<T> {
    const BLANK: Self = None;
}

impl<T> Blank for Presence<T> {
    const BLANK: Self = Self::Absent;
}

impl<T: ?Sized> Blank for PhantomData<T> {
    const BLANK: Self = Self;
}

/// Implements the traits for types without lifetimes, with their blank values.
macro_rules! scalars {
    ($($type:ty: $blank:expr,)*) => {$(
        // SAFETY: the type has no lifetime, so that `Static` is the type itself.
        #[allow(unsafe_code)]
        unsafe impl Within<'_> for $type {
            type Static = Self;
        }

        impl Blank for $type {
            const BLANK: Self = $blank;
        }
    )*};
}

scalars! {
    bool: false,
    i8: 0,
    i16: 0,
    i32: 0,
    i64: 0,
    i128: 0,
    u8: 0,
    u16: 0,
    u32: 0,
    u64: 0,
    u128: 0,
    f32: 0.0,
    f64: 0.0,
}

impl Blank for () {
    const BLANK: Self = ();
}

/// The type of the only part of a string type with a check function.
///
/// # Safety
///
/// The type is a `&str`.
#[allow(unsafe_code)]
#[diagnostic::on_unimplemented(message = "`{Self}` is no text", label = "this is not `&'a str`")]
pub unsafe trait OneText {}

// SAFETY: the type is a `&str`.
#[allow(unsafe_code)]
unsafe impl OneText for &'static str {}

/// The offset of the only part of a type, which is a string. The function is only there so that the compiler infers the
/// type of the part.
pub const fn text_at<T, P: OneText>(offset: usize, _: fn(&T) -> &P) -> usize {
    offset
}

/// The strings that become these values. All other strings are refused.
pub const fn choices<T: Stored>(names: &'static [&'static str], values: &'static [T]) -> Choices {
    Choices::new(names, values, Others::Refused)
}

/// The strings that become these values. All other strings are kept.
pub const fn choices_and_others<T: OtherText>(
    names: &'static [&'static str],
    values: &'static [T],
) -> Choices {
    Choices::new(names, values, Others::Kept(write_other::<T>))
}

/// The strings that become these values. All other strings are kept if the options say so.
pub const fn choices_and_others_if_wanted<T: OtherText>(
    names: &'static [&'static str],
    values: &'static [T],
) -> Choices {
    Choices::new(names, values, Others::KeptIfWanted(write_other::<T>))
}

/// A type of choices that can keep other strings.
pub trait OtherText: Stored {
    /// The same type with another lifetime.
    type In<'a>: Within<'a, Static = Self>;

    /// Keeps a string.
    fn other(text: &str) -> Self::In<'_>;
}

/// # Safety
///
/// The place is one for a value of this type.
#[allow(unsafe_code)]
unsafe fn write_other<T: OtherText>(place: *mut Byte, text: &str) {
    // SAFETY: by the caller's promise, the place is one for a value of this type. `In` is that type, with the lifetime
    // that the type of the place is given, too.
    unsafe { place.cast::<T::In<'_>>().write(T::other(text)) }
}

/// Builds documents that have one form only, a view.
pub struct Plain<V>(PhantomData<V>);

// SAFETY: the table is of the view, which has another lifetime in documents, and that only.
#[allow(unsafe_code)]
unsafe impl<D, V> Build<D> for Plain<V>
where
    D: Document,
    V: View,
    for<'a> D::View<'a>: Within<'a, Static = V>,
{
    const TABLES: &'static [TableOf] = &[Table::of::<V>];
}
