//! The types that documents are read into, declared once and generated twice: `views` for the engine, `model` for
//! serde.
//!
//! Both have the same members of the same types, with two exceptions in `model`. Lists are vectors. Texts that may have
//! escapes are [`Text`](crate::model::Text), which must own its bytes if they do. Texts that never have escapes are
//! `&str` in both.

use std::hash::{DefaultHasher, Hasher as _};

/// Passes every value to a digest, in the order of the members.
pub(super) trait Describe {
    fn describe(&self, digest: &mut DefaultHasher);
}

impl Describe for &str {
    fn describe(&self, digest: &mut DefaultHasher) {
        digest.write_usize(self.len());
        digest.write(self.as_bytes());
    }
}

impl Describe for crate::model::Text<'_> {
    fn describe(&self, digest: &mut DefaultHasher) {
        (&*self.0).describe(digest);
    }
}

impl<T: Describe> Describe for Option<T> {
    fn describe(&self, digest: &mut DefaultHasher) {
        digest.write_u8(self.is_some().into());
        self.iter().for_each(|value| value.describe(digest));
    }
}

impl<T: Describe> Describe for [T] {
    fn describe(&self, digest: &mut DefaultHasher) {
        digest.write_usize(self.len());
        self.iter().for_each(|item| item.describe(digest));
    }
}

impl<T: Describe> Describe for &[T] {
    fn describe(&self, digest: &mut DefaultHasher) {
        (**self).describe(digest);
    }
}

impl<T: Describe> Describe for Vec<T> {
    fn describe(&self, digest: &mut DefaultHasher) {
        (**self).describe(digest);
    }
}

macro_rules! numbers {
    ($($type:ident: $write:ident,)*) => {$(
        impl Describe for $type {
            fn describe(&self, digest: &mut DefaultHasher) {
                digest.$write(*self);
            }
        }
    )*};
}

numbers! { u16: write_u16, u32: write_u32, u64: write_u64, i64: write_i64, }

impl Describe for bool {
    fn describe(&self, digest: &mut DefaultHasher) {
        digest.write_u8((*self).into());
    }
}

impl Describe for f64 {
    fn describe(&self, digest: &mut DefaultHasher) {
        digest.write_u64(self.to_bits());
    }
}

/// Gives a list a lifetime, which serde's list does not need.
pub(super) trait Owned {
    type List<T>;
}

impl Owned for &() {
    type List<T> = Vec<T>;
}

/// Declares structs as views, and again as serde types.
macro_rules! twins {
    ($(
        $(#[$meta:meta])*
        struct $name:ident<$lifetime:lifetime> {
            $($(#[$of:meta])* $part:ident: $type:ty,)*
        }
    )*) => {
        pub(super) mod views {
            #[allow(unused_imports, reason = "not all schemas have other types")]
            use super::*;

            #[allow(dead_code, reason = "not all schemas have such texts")]
            type Text<'a> = &'a str;
            #[allow(dead_code, reason = "not all schemas have lists")]
            type List<'a, T> = &'a [T];

            $(
                #[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
                $(#[$meta])*
                pub(in super::super) struct $name<$lifetime> {
                    $($(#[$of])* $part: $type,)*
                }

                $crate::foreign::twins::describe!($name<'_> { $($part,)* });
            )*
        }

        pub(super) mod model {
            #[allow(unused_imports, reason = "not all schemas have other types")]
            use super::*;
            #[allow(unused_imports, reason = "not all schemas have such texts")]
            use crate::model::Text;

            #[allow(dead_code, reason = "not all schemas have lists")]
            type List<'a, T> = <&'a () as $crate::foreign::twins::Owned>::List<T>;

            $(
                #[derive(serde::Deserialize)]
                $(#[$meta])*
                #[serde(bound(deserialize = "'de: 'a"))]
                pub(in super::super) struct $name<$lifetime> {
                    $($(#[$of])* $part: $type,)*
                }

                $crate::foreign::twins::describe!($name<'_> { $($part,)* });
            )*
        }
    };
}

/// Describes a struct, field by field.
macro_rules! describe {
    ($name:ty { $($part:ident),* $(,)? }) => {
        impl $crate::foreign::twins::Describe for $name {
            fn describe(&self, digest: &mut std::hash::DefaultHasher) {
                $(self.$part.describe(digest);)*
            }
        }
    };
}

pub(super) use {describe, twins};
