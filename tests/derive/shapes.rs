//! Types of very different shape that documents are read into, by derived code here and by serde.

use gapwise_derive::View;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// Declares structs as views, with owned twins, and again with values that serde can read, under the same names. Those
/// that are said to have `columns` can be put into columns.
macro_rules! twins {
    ($(
        $(#[$meta:meta])*
        struct $name:ident<$lifetime:lifetime> as $owned:literal $(with $columns:ident)? {
            $($(#[$of:meta])* $field:ident: $type:ty,)*
        }
    )*) => {
        pub(crate) mod views {
            use super::*;
            use jobview::RawJson;
            use jobview::gapwise::Presence;

            type Text<'a> = &'a str;
            type List<'a, T> = &'a [T];
            type Map<'a, T> = &'a [(&'a str, T)];

            #[derive(Clone, Copy, Debug, PartialEq, View)]
            #[view(rename_all = "kebab-case", owned = "OwnedKind", columns)]
            #[cfg_attr(feature = "serde", view(serde))]
            pub(crate) enum Kind<'a> {
                Push,
                #[view(alias = "pr", alias = "merge")]
                PullRequest,
                #[view(rename = "")]
                Nothing,
                #[view(other)]
                Other(&'a str),
            }

            $(
                #[derive(Clone, Copy, Debug, PartialEq, View)]
                #[view(owned = $owned $(, $columns)?)]
                #[cfg_attr(feature = "serde", view(serde))]
                $(#[$meta])*
                pub(crate) struct $name<$lifetime> {
                    $($(#[$of])* pub(crate) $field: $type,)*
                }
            )*
        }

        #[expect(dead_code, reason = "values are but shown")]
        pub(crate) mod owned {
            use super::*;
            use serde_json::value::RawValue;
            use std::borrow::Cow;

            type Text<'a> = Cow<'a, str>;
            type List<'a, T> = Cow<'a, [T]>;
            type RawJson<'a> = Cow<'a, RawValue>;

            /// The members of an object, in their order: serde has none for such.
            #[derive(Clone)]
            pub(crate) struct Map<'a, T>(pub(crate) Vec<(Text<'a>, T)>);

            impl<T> Default for Map<'_, T> {
                fn default() -> Self {
                    Self(vec![])
                }
            }

            impl<T: fmt::Debug> fmt::Debug for Map<'_, T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<'_, T> {
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    struct All<T>(PhantomData<T>);
                    impl<'de, T: Deserialize<'de>> Visitor<'de> for All<T> {
                        type Value = Vec<(Text<'static>, T)>;

                        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                            f.write_str("an object")
                        }

                        fn visit_map<A: MapAccess<'de>>(
                            self,
                            mut map: A,
                        ) -> Result<Self::Value, A::Error> {
                            let mut all = vec![];
                            while let Some(pair) = map.next_entry()? {
                                all.push(pair);
                            }
                            Ok(all)
                        }
                    }
                    from.deserialize_map(All(PhantomData)).map(Self)
                }
            }

            #[derive(Clone, Debug, Default)]
            pub(crate) enum Presence<T> {
                #[default]
                Absent,
                Null,
                Value(T),
            }

            impl<'de, T: Deserialize<'de>> Deserialize<'de> for Presence<T> {
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    Ok(Option::deserialize(from)?.map_or(Self::Null, Self::Value))
                }
            }

            #[derive(Clone, Debug, Deserialize)]
            #[serde(rename_all = "kebab-case")]
            pub(crate) enum Kind<'a> {
                Push,
                #[serde(alias = "pr", alias = "merge")]
                PullRequest,
                #[serde(rename = "")]
                Nothing,
                #[serde(untagged)]
                Other(Text<'a>),
            }

            $(
                #[derive(Clone, Debug, Deserialize)]
                $(#[$meta])*
                pub(crate) struct $name<$lifetime> {
                    $($(#[$of])* pub(crate) $field: $type,)*
                }
            )*
        }
    };
}

twins! {
    #[serde(rename_all = "camelCase")]
    struct Event<'a> as "OwnedEvent" with columns {
        #[serde(alias = "eventId", alias = "n\u{b0}\"")]
        id: Text<'a>,
        #[serde(rename = "type")]
        kind: Kind<'a>,
        actor: Actor<'a>,
        public: bool,
        created_at: Text<'a>,
        #[serde(alias = "body", alias = "data", alias = "content_of_the_event")]
        payload: Option<Payload<'a>>,
        #[serde(default, alias = "tags")]
        labels: List<'a, Label<'a>>,
        r#ref: Option<Text<'a>>,
        other_kinds: Option<List<'a, Kind<'a>>>,
    }

    struct Actor<'a> as "OwnedActor" with columns {
        id: u64,
        #[serde(rename(deserialize = "display_login", serialize = "login"))]
        login: Text<'a>,
        #[serde(default, skip_serializing_if = "never")]
        site_admin: bool,
        url: Option<Text<'a>>,
    }

    #[serde(rename_all(deserialize = "snake_case"))]
    struct Payload<'a> as "OwnedPayload" with columns {
        size: Option<i32>,
        commits: List<'a, Commit<'a>>,
        #[serde(default)]
        head: Text<'a>,
        meta: Option<RawJson<'a>>,
        raw: RawJson<'a>,
        scores: Option<List<'a, Option<f64>>>,
    }

    struct Commit<'a> as "OwnedCommit" with columns {
        sha: Text<'a>,
        author: Option<Author<'a>>,
        message: Text<'a>,
        distinct: bool,
        parents: List<'a, Text<'a>>,
    }

    struct Author<'a> as "OwnedAuthor" with columns {
        name: Text<'a>,
        email: Option<Text<'a>>,
    }

    struct Label<'a> as "OwnedLabel" with columns {
        #[serde(alias = "label")]
        name: Text<'a>,
    }

    struct Series<'a> as "OwnedSeries" {
        i64s: List<'a, i64>,
        floats: List<'a, f64>,
        bytes: List<'a, u8>,
        singles: List<'a, f32>,
        maybe: List<'a, Option<i32>>,
        signed: List<'a, i8>,
        wide: List<'a, u128>,
        flags: List<'a, bool>,
        others: List<'a, Option<bool>>,
        rows: List<'a, List<'a, f64>>,
        cube: List<'a, List<'a, List<'a, Option<i8>>>>,
        words: List<'a, List<'a, Option<Text<'a>>>>,
        name: Text<'a>,
    }

    struct Kinds<'a> as "OwnedKinds" {
        kind: Kind<'a>,
        kinds: List<'a, Kind<'a>>,
    }

    #[serde(deny_unknown_fields)]
    struct Deep<'a> as "OwnedDeep" {
        #[serde(rename = "\u{e4}\"\\", alias = "even")]
        odd: Text<'a>,
        one: One<'a>,
        levels: List<'a, One<'a>>,
    }

    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    struct One<'a> as "OwnedOne" {
        level_name: Text<'a>,
        two: Option<Two<'a>>,
        two_list: Option<List<'a, Option<Two<'a>>>>,
    }

    #[serde(deny_unknown_fields)]
    struct Two<'a> as "OwnedTwo" {
        three: Three<'a>,
        #[serde(default)]
        empty: Empty<'a>,
        matrix: List<'a, List<'a, i64>>,
    }

    #[serde(rename_all = "PascalCase")]
    struct Three<'a> as "OwnedThree" {
        four: Option<Option<Four<'a>>>,
        many_fours: List<'a, List<'a, Four<'a>>>,
    }

    struct Four<'a> as "OwnedFour" {
        five: Option<Five<'a>>,
        kind: Kind<'a>,
        raws: List<'a, RawJson<'a>>,
    }

    struct Five<'a> as "OwnedFive" {
        names: List<'a, Option<Text<'a>>>,
        flag: Option<bool>,
        flags: Option<List<'a, bool>>,
        wide: Option<List<'a, u128>>,
    }

    struct Arrays<'a> as "OwnedArrays" with columns {
        point: [f64; 2],
        ids: Option<[u8; 3]>,
        #[serde(default)]
        corner: [i64; 2],
        maybe: [Option<i64>; 2],
        names: [Text<'a>; 2],
        kinds: Option<[Kind<'a>; 1]>,
        nothing: [bool; 0],
        path: List<'a, [f32; 2]>,
        rows: List<'a, Option<[List<'a, i16>; 2]>>,
        matrix: [[u16; 2]; 2],
        spots: [Spot<'a>; 2],
        pairs: List<'a, Pairs<'a>>,
    }

    struct Pairs<'a> as "OwnedPairs" with columns {
        raw: Option<[RawJson<'a>; 2]>,
        maybe: [Option<Label<'a>>; 1],
        flags: Option<[bool; 2]>,
        name: Text<'a>,
    }

    struct Maps<'a> as "OwnedMaps" with columns {
        counts: Map<'a, i64>,
        texts: Option<Map<'a, Text<'a>>>,
        #[serde(default)]
        maybe: Map<'a, Option<f64>>,
        flags: List<'a, Map<'a, bool>>,
        actors: Map<'a, Option<Actor<'a>>>,
        maps: Map<'a, Map<'a, Text<'a>>>,
        lists: Map<'a, List<'a, Option<u8>>>,
        pairs: Map<'a, [u8; 2]>,
        kinds: Option<[Map<'a, Kind<'a>>; 1]>,
        raw: Map<'a, RawJson<'a>>,
        spots: Map<'a, Labelled<'a>>,
        last: bool,
    }

    struct Labelled<'a> as "OwnedLabelled" with columns {
        labels: Map<'a, Text<'a>>,
        id: Option<Text<'a>>,
    }

    struct Patch<'a> as "OwnedPatch" with columns {
        #[serde(default)]
        count: Presence<i64>,
        #[serde(default)]
        name: Presence<Text<'a>>,
        #[serde(default)]
        actor: Presence<Actor<'a>>,
        #[serde(default)]
        tags: Presence<List<'a, Text<'a>>>,
        #[serde(default)]
        pair: Presence<[u8; 2]>,
        #[serde(default)]
        flag: Presence<bool>,
        other: Option<bool>,
        #[serde(default)]
        inner: Presence<Inside<'a>>,
        insides: List<'a, Presence<Inside<'a>>>,
        #[serde(default)]
        raw: Presence<RawJson<'a>>,
    }

    struct Inside<'a> as "OwnedInside" with columns {
        #[serde(default)]
        kind: Presence<Kind<'a>>,
        note: Option<Text<'a>>,
        #[serde(default)]
        spot: Presence<Spot<'a>>,
        values: List<'a, Presence<f64>>,
        #[serde(default)]
        bits: Presence<List<'a, Presence<[bool; 1]>>>,
    }

    // More members than a word has bits.
    struct Everything<'a> as "OwnedEverything" with columns {
        #[serde(default)]
        patch: Presence<Patch<'a>>,
        arrays: Option<Arrays<'a>>,
        many: List<'a, Option<Arrays<'a>>>,
        maps: Option<Maps<'a>>,
        patches: Map<'a, Presence<Patch<'a>>>,
    }

    struct Flat<'a> as "OwnedFlat" with columns {
        #[serde(alias = "identity")]
        id: Text<'a>,
        #[serde(flatten)]
        origin: Origin<'a>,
        count: Option<u32>,
        items: List<'a, FlatItem<'a>>,
        #[serde(flatten)]
        page: Page<'a>,
    }

    #[serde(rename_all = "camelCase")]
    struct Origin<'a> as "OwnedOrigin" with columns {
        #[serde(alias = "src")]
        the_source: Text<'a>,
        #[serde(flatten)]
        spot: Spot<'a>,
        kind: Option<Kind<'a>>,
    }

    struct Spot<'a> as "OwnedSpot" with columns {
        x: f64,
        y: Option<f64>,
        label: Option<Text<'a>>,
    }

    struct Page<'a> as "OwnedPage" with columns {
        actor: Option<Actor<'a>>,
        #[serde(default)]
        tags: List<'a, Text<'a>>,
        labels: Option<List<'a, Label<'a>>>,
        last: bool,
    }

    struct FlatItem<'a> as "OwnedFlatItem" with columns {
        name: Option<Text<'a>>,
        #[serde(flatten)]
        spot: Spot<'a>,
    }

    struct Empty<'a> as "OwnedEmpty" {
        text: Option<Text<'a>>,
        #[serde(default)]
        number: i64,
        #[serde(default)]
        list: List<'a, Text<'a>>,
    }
}

/// By this, serde makes what is not there.
impl Default for owned::Empty<'_> {
    fn default() -> Self {
        Self { text: None, number: 0, list: Default::default() }
    }
}

/// Both read this very struct.
#[derive(Clone, Copy, Debug, PartialEq, View, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogLine<'a> {
    #[serde(rename = "@timestamp")]
    pub(crate) timestamp: &'a str,
    level: Level,
    #[serde(borrow, alias = "msg")]
    message: Option<&'a str>,
    status_code: Option<u16>,
    duration_ms: Option<f32>,
    bytes_sent: u64,
    offset: i64,
    #[serde(borrow)]
    request: Option<Request<'a>>,
    #[serde(default)]
    retries: u8,
    #[serde(skip)]
    seen: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, View, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Debug,
    Info,
    #[serde(alias = "warning")]
    Warn,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, View, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request<'a> {
    method: &'a str,
    path: &'a str,
    #[serde(borrow)]
    agent: Option<&'a str>,
}

/// Both read this very struct.
#[derive(Clone, Copy, Debug, PartialEq, View, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) struct Numbers {
    i8: i8,
    i16: i16,
    i32: i32,
    i64: i64,
    i128: i128,
    u8: u8,
    u16: Option<u16>,
    u32: u32,
    #[serde(default)]
    u64: u64,
    u128: u128,
    f32: f32,
    f64: f64,
    flag: bool,
    inner: Option<Pair>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Whole<'a> {
    pub(crate) i64s: &'a [i64],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Rows<'a> {
    pub(crate) rows: &'a [&'a [i64]],
}

type Words<'a> = &'a [(&'a str, Option<&'a str>)];

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Labels<'a> {
    a: &'a [(&'a str, i64)],
    b: &'a [(&'a str, Option<Words<'a>>)],
    #[view(default)]
    c: &'a [(&'a str, jobview::RawJson<'a>)],
    #[view(rest)]
    others: &'a [(&'a str, jobview::RawJson<'a>)],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Square<'a> {
    pub(crate) names: [&'a str; 2],
    pub(crate) sides: &'a [[u32; 2]],
}

#[derive(Clone, Copy, Debug, PartialEq, View, Deserialize)]
pub(crate) struct Pair {
    #[serde(rename = "x")]
    first: f64,
    #[serde(rename = "y")]
    second: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Skipping<'a> {
    pub(crate) a: u8,
    #[view(skip)]
    pub(crate) note: (),
    #[serde(skip)]
    pub(crate) more: Option<Level>,
    #[serde(skip_deserializing)]
    pub(crate) rest: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Leveled<'a> {
    level: Level,
    others: &'a [Level],
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Renamed<'a> {
    #[view(alias = "nom", alias = "\"")]
    pub(crate) name: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Nothing {}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Nothings {
    pub(crate) one: Nothing,
    pub(crate) other: Option<Nothing>,
}

/// An enum of which each variant has few of the members that there are.
#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(tag = "of", content = "values")]
pub(crate) enum Reading {
    A(Values),
    B([Values; 2]),
    C([Values; 2]),
    D([Values; 2]),
    E([Option<Values>; 2]),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
pub(crate) struct Values {
    a: i64,
    b: Option<i64>,
    c: Option<i64>,
    d: Option<i64>,
    e: Option<i64>,
    f: Option<i64>,
    g: Option<i64>,
    h: i64,
}
