//! Types of which more is said than serde's attributes can, and what serde is told instead.

fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or("");
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(crate) mod views {
    use gapwise_derive::View;
    use jobview::RawJson;

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(constant("type", "job-of-a-name-that-is-long"), constant("version", ""))]
    pub(crate) struct Resource<'a> {
        id: &'a str,
        count: Option<i64>,
        #[view(not_null)]
        parent: Option<&'a str>,
        profiles: &'a [Profile<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Open<'a> {
        #[view(alias = "name")]
        id: &'a str,
        count: Option<i64>,
        #[view(rest)]
        others: &'a [(&'a str, RawJson<'a>)],
        inner: Option<Inner<'a>>,
        items: &'a [Inner<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Inner<'a> {
        #[view(rest)]
        all: &'a [(&'a str, RawJson<'a>)],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Drawing<'a> {
        background: Option<Color<'a>>,
        palette: &'a [Color<'a>],
        ends: [Option<Color<'a>>; 2],
        #[view(or_text)]
        width: Option<i64>,
        #[view(or_text, default)]
        height: i64,
        shapes: &'a [Shape<'a>],
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    pub(crate) struct Shape<'a> {
        color: Color<'a>,
        #[view(or_text)]
        layer: i64,
    }

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(format = "a color as #rrggbb", check = super::is_color)]
    pub(crate) struct Color<'a>(&'a str);

    #[derive(Clone, Copy, Debug, PartialEq, View)]
    #[view(constant("type", "profile"))]
    pub(crate) struct Profile<'a> {
        id: &'a str,
    }
}

#[expect(dead_code, reason = "values are but shown")]
pub(crate) mod owned {
    use crate::shapes::owned::Map;
    use serde::de::{DeserializeOwned, Error, Unexpected};
    use serde::{Deserialize, Deserializer};
    use serde_json::value::RawValue;
    use std::borrow::Cow;
    use std::fmt;

    /// Declares the only text that a member may be.
    macro_rules! constants {
        ($($name:ident: $text:literal,)*) => {$(
            #[derive(Deserialize)]
            enum $name {
                #[serde(rename = $text)]
                It,
            }
        )*};
    }

    constants! {
        OfJob: "job-of-a-name-that-is-long",
        OfVersion: "",
        OfProfile: "profile",
    }

    #[derive(Deserialize)]
    pub(crate) struct Resource<'a> {
        #[serde(rename = "type")]
        kind: OfJob,
        id: Cow<'a, str>,
        version: OfVersion,
        count: Option<i64>,
        #[serde(default, deserialize_with = "never_null")]
        parent: Option<Cow<'a, str>>,
        profiles: Vec<Profile<'a>>,
    }

    // Constants are no part of a view.
    impl fmt::Debug for Resource<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Self { kind: _, id, version: _, count, parent, profiles } = self;
            let mut shown = f.debug_struct("Resource");
            shown.field("id", id).field("count", count).field("parent", parent);
            shown.field("profiles", profiles).finish()
        }
    }

    fn never_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<T>, D::Error> {
        T::deserialize(from).map(Some)
    }

    #[derive(Deserialize)]
    pub(crate) struct Profile<'a> {
        #[serde(rename = "type")]
        kind: OfProfile,
        id: Cow<'a, str>,
    }

    impl fmt::Debug for Profile<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Profile").field("id", &self.id).finish()
        }
    }

    #[derive(Debug)]
    pub(crate) struct Open<'a> {
        id: Cow<'a, str>,
        count: Option<i64>,
        others: Vec<(Cow<'a, str>, Box<RawValue>)>,
        inner: Option<Inner<'a>>,
        items: Vec<Inner<'a>>,
    }

    // With `flatten`, serde keeps no text of a value.
    impl<'de> Deserialize<'de> for Open<'_> {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let (mut id, mut count, mut inner, mut items) = (None, None, None, None);
            let mut others = vec![];
            for (name, value) in Map::<Box<RawValue>>::deserialize(from)?.0 {
                match &*name {
                    "id" | "name" => read(&mut id, &value)?,
                    "count" => read(&mut count, &value)?,
                    "inner" => read(&mut inner, &value)?,
                    "items" => read(&mut items, &value)?,
                    _ => others.push((name, value)),
                }
            }
            Ok(Self {
                id: id.ok_or_else(|| D::Error::missing_field("id"))?,
                count: count.flatten(),
                others,
                inner: inner.flatten(),
                items: items.ok_or_else(|| D::Error::missing_field("items"))?,
            })
        }
    }

    fn read<T: DeserializeOwned, E: Error>(
        place: &mut Option<T>,
        value: &RawValue,
    ) -> Result<(), E> {
        let value = serde_json::from_str(value.get()).map_err(E::custom)?;
        match place.replace(value) {
            None => Ok(()),
            Some(_) => Err(E::custom("it is there twice")),
        }
    }

    #[derive(Debug)]
    pub(crate) struct Inner<'a> {
        all: Map<'a, Box<RawValue>>,
    }

    impl<'de> Deserialize<'de> for Inner<'_> {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            Map::deserialize(from).map(|all| Self { all })
        }
    }

    #[derive(Debug, Deserialize)]
    pub(crate) struct Drawing<'a> {
        background: Option<Color<'a>>,
        palette: Vec<Color<'a>>,
        ends: [Option<Color<'a>>; 2],
        width: Option<Digits>,
        #[serde(default)]
        height: Digits,
        shapes: Vec<Shape<'a>>,
    }

    #[derive(Debug, Deserialize)]
    pub(crate) struct Shape<'a> {
        color: Color<'a>,
        layer: Digits,
    }

    #[derive(Debug)]
    pub(crate) struct Color<'a>(Cow<'a, str>);

    impl<'de> Deserialize<'de> for Color<'_> {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let text = Cow::deserialize(from)?;
            match super::is_color(&text) {
                true => Ok(Self(text)),
                false => Err(D::Error::invalid_value(Unexpected::Str(&text), &"a color")),
            }
        }
    }

    /// A number, or its digits.
    #[derive(Default)]
    pub(crate) struct Digits(i64);

    impl fmt::Debug for Digits {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written<'a> {
        Number(i64),
        Text(Cow<'a, str>),
    }

    impl<'de> Deserialize<'de> for Digits {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            match Written::deserialize(from)? {
                Written::Number(number) => Ok(Self(number)),
                Written::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.parse().map(Self).map_err(D::Error::custom)
                }
                Written::Text(text) => {
                    Err(D::Error::invalid_value(Unexpected::Str(&text), &"digits"))
                }
            }
        }
    }
}
