//! Copies of views that own their text: `'static`, independent of input and arena.

use crate::presence::Presence;
use crate::raw_json::{OwnedRawJson, RawJson};

/// A type that can be copied into one that owns its text: a view with an owned twin, or a type that views consist of.
///
/// `#[view(owned = "...")]` declares the twin, and a method `into_owned` of the view. This trait is for code that is
/// generic over views. A view without a lifetime owns all of its data, and is its own twin.
///
/// ```
/// use gapwise::{Arena, Document, Error, IntoOwned, Parser, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// #[view(owned = "OwnedEvent")]
/// struct Event<'a> {
///     id: &'a str,
/// }
///
/// fn load<D: Document, T>(json: &[u8]) -> Result<T, Error>
/// where
///     for<'a> D::View<'a>: IntoOwned<Owned = T>,
/// {
///     Ok(Parser::<D>::new().parse(json, &Arena::new())?.into_owned())
/// }
///
/// let event: OwnedEvent = load::<Event, _>(br#"{"id": "e3f49"}"#)?;
/// assert_eq!(&*event.id, "e3f49");
/// # Ok::<(), gapwise::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no copy that owns its text",
    label = "no type with an owned twin",
    note = "declare one: `#[view(owned = \"...\")]` on a type with `#[derive(View)]`"
)]
pub trait IntoOwned: Copy {
    /// The type of the copy.
    type Owned: 'static;

    /// Makes a copy that owns its text.
    ///
    /// ```
    /// use gapwise::IntoOwned;
    ///
    /// let list: Box<[Box<str>]> = ["start", "stop"].as_slice().into_owned();
    /// assert_eq!(&*list[1], "stop");
    /// assert_eq!(Some(7).into_owned(), Some(7));
    /// ```
    fn into_owned(self) -> Self::Owned;
}

/// The owned twin of a type: `Owned<&str>` is `Box<str>`.
///
/// ```
/// use gapwise::{Owned, RawJson};
///
/// let labels: Owned<&[(&str, RawJson)]> = Box::new([("a".into(), RawJson::parse("1").unwrap().into_owned())]);
/// assert_eq!(&*labels[0].0, "a");
/// ```
pub type Owned<T> = <T as IntoOwned>::Owned;

impl IntoOwned for &str {
    type Owned = Box<str>;

    fn into_owned(self) -> Box<str> {
        self.into()
    }
}

impl IntoOwned for RawJson<'_> {
    type Owned = OwnedRawJson;

    fn into_owned(self) -> OwnedRawJson {
        // The inherent method, which takes precedence over that of the trait.
        self.into_owned()
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

impl<T: IntoOwned> IntoOwned for Presence<T> {
    type Owned = Presence<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        match self {
            Self::Absent => Presence::Absent,
            Self::Null => Presence::Null,
            Self::Value(value) => Presence::Value(value.into_owned()),
        }
    }
}

impl<T: IntoOwned> IntoOwned for &[T] {
    type Owned = Box<[T::Owned]>;

    fn into_owned(self) -> Self::Owned {
        self.iter().map(|&item| item.into_owned()).collect()
    }
}

impl<T: IntoOwned, const N: usize> IntoOwned for [T; N] {
    type Owned = [T::Owned; N];

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

/// A member with any name.
impl<T: IntoOwned> IntoOwned for (&str, T) {
    type Owned = (Box<str>, T::Owned);

    fn into_owned(self) -> Self::Owned {
        (self.0.into(), self.1.into_owned())
    }
}

/// Types without text: each is its own twin.
macro_rules! owned_already {
    ($($name:ty)*) => {$(
        impl IntoOwned for $name {
            type Owned = Self;

            fn into_owned(self) -> Self {
                self
            }
        }
    )*};
}

owned_already!(bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64);
