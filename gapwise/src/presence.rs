//! A member that may be absent, `null` or a value, for schemas in which those are three different things.

/// A member that may be absent, `null`, or a value: an `Option` that tells the first two apart.
///
/// In a JSON Merge Patch (RFC 7396), for example, an absent member is left as it is, and a member that is `null` is
/// removed.
///
/// ```
/// use gapwise::{Arena, Parser, Presence, View};
///
/// #[derive(Clone, Copy, Debug, PartialEq, View)]
/// struct Patch<'a> {
///     name: Presence<&'a str>,
///     size: Presence<u32>,
///     tags: Presence<&'a [&'a str]>,
/// }
///
/// let arena = Arena::new();
/// let patch = Parser::<Patch>::new().parse(br#"{"name":null,"size":4}"#, &arena)?;
/// assert_eq!(patch.name, Presence::Null);
/// assert_eq!(patch.size, Presence::Value(4));
/// assert_eq!(patch.tags, Presence::Absent);
/// # Ok::<(), gapwise::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Presence<T> {
    /// There is no such member.
    #[default]
    Absent,
    /// It is `null`.
    Null,
    /// It has this value.
    Value(T),
}

impl<T> Presence<T> {
    /// The value, if it has one.
    ///
    /// ```
    /// use gapwise::Presence;
    ///
    /// assert_eq!(Presence::Value(1).value(), Some(1));
    /// assert_eq!(Presence::<u8>::Null.value(), None);
    /// ```
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether there is no such member.
    ///
    /// ```
    /// use gapwise::Presence;
    ///
    /// assert!(Presence::<u8>::Absent.is_absent());
    /// assert!(!Presence::<u8>::Null.is_absent());
    /// ```
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is `null`.
    ///
    /// ```
    /// use gapwise::Presence;
    ///
    /// assert!(Presence::<u8>::Null.is_null());
    /// assert!(!Presence::<u8>::Absent.is_null());
    /// ```
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
