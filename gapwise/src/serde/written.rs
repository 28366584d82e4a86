//! Writes the values of a view, and of its owned twin, so that they can be read again.
//!
//! For most of them, serde has a matching type. It has none for a list of names and values that was an object, for
//! absent values, and for arrays of any length.

use crate::presence::Presence;
use crate::raw_json::{OwnedRawJson, RawJson};
use serde::ser::{Serialize, Serializer};

/// A value of a document.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not written",
    label = "no type with `#[view(serde)]`",
    note = "put `#[view(serde)]` on the declaration with `#[derive(View)]`, too"
)]
pub trait Written {
    /// Whether the value is absent: as a member, it is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Adapts such a value to serde.
pub(super) struct AsWritten<'v, T: ?Sized>(pub(super) &'v T);

impl<T: Written + ?Sized> Serialize for AsWritten<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Values that serde writes in the form in which they were read.
macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Written for $type {
            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

plain!(str bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 RawJson<'_> OwnedRawJson);

impl<T: Written + ?Sized> Written for &T {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }
}

impl<T: Written + ?Sized> Written for Box<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write(serializer)
    }
}

impl<T: Written> Written for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Written> Written for Presence<T> {
    fn is_absent(&self) -> bool {
        self.is_absent()
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.write(serializer),
            Self::Absent | Self::Null => serializer.serialize_none(),
        }
    }
}

impl<T: Written> Written for [T] {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(AsWritten))
    }
}

impl<T: Written, const N: usize> Written for [T; N] {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().write(serializer)
    }
}

/// An object whose members have arbitrary names.
impl<N: AsRef<str>, V: Written> Written for [(N, V)] {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name.as_ref(), AsWritten(value))))
    }
}
