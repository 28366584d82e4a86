//! Enums that the first byte tells apart, by derived code here and by serde, and documents of them.
//!
//! Serde tries the variants in order, with a value that it has read before. Where it takes an array for a struct, it might so
//! take one variant for another: no struct here has so few members, of such types.

use crate::documents::{Draw, Is, Member};
use crate::tagged::twins;

twins! {
    #[serde(untagged)]
    pub(crate) enum Id<'a> {
        Number(u32),
        Name(Text<'a>),
        Nothing,
    }

    #[serde(untagged)]
    pub(crate) enum Value<'a> {
        Object(Place<'a>),
        Text(Text<'a>),
        Number(f64),
        Flag(bool),
        Array(List<'a, Text<'a>>),
        Null,
    }

    pub(crate) struct Place<'a> {
        name: Text<'a>,
        id: Option<Id<'a>>,
        size: Option<u8>,
        #[serde(default)]
        tags: List<'a, Text<'a>>,
        at: Option<[i64; 2]>,
        note: Option<Text<'a>>,
    }

    #[serde(rename_all = "lowercase")]
    pub(crate) enum Word {
        Red,
        Green,
        #[serde(rename = "deep blue")]
        Blue,
    }

    #[serde(untagged)]
    pub(crate) enum Shape<'a> {
        Big(u64),
        By(Actor<'a>),
        Points(List<'a, [i64; 2]>),
        Color(Word),
    }

    #[serde(tag = "kind", rename_all = "camelCase")]
    pub(crate) enum Actor<'a> {
        User(User<'a>),
        AppBot(Bot),
        #[serde(rename = "no one")]
        Nobody,
    }

    pub(crate) struct User<'a> {
        login: Text<'a>,
        email: Option<Text<'a>>,
        #[serde(default)]
        groups: List<'a, Id<'a>>,
    }

    pub(crate) struct Bot {
        id: u32,
        owner: Option<u32>,
    }

    #[serde(untagged)]
    pub(crate) enum Sized<'a> {
        Named(Map<'a, Id<'a>>),
        Pair([Id<'a>; 2]),
        Count(i64),
    }

    #[serde(untagged)]
    pub(crate) enum Step {
        Pair([i64; 2]),
        Count(i64),
        Back(bool),
    }

    #[serde(untagged)]
    pub(crate) enum Many<'a> {
        One(Place<'a>),
        Several(List<'a, Place<'a>>),
    }

    #[serde(tag = "t", content = "c")]
    pub(crate) enum Content<'a> {
        Value(Value<'a>),
        Ids(List<'a, Id<'a>>),
        Many(Many<'a>),
        Nothing,
    }

    pub(crate) struct All<'a> {
        id: Id<'a>,
        value: Value<'a>,
        maybe: Option<Value<'a>>,
        #[serde(default)]
        presence: Presence<Value<'a>>,
        shapes: List<'a, Shape<'a>>,
        by_name: Map<'a, Value<'a>>,
        pair: [Value<'a>; 2],
        #[serde(default)]
        sized: List<'a, Sized<'a>>,
        many: Many<'a>,
        content: Content<'a>,
        shape: Option<Shape<'a>>,
        last: Option<Id<'a>>,
    }

    pub(crate) struct Lists<'a> {
        ids: List<'a, Id<'a>>,
        values: List<'a, Value<'a>>,
        maybe: List<'a, Option<Value<'a>>>,
        steps: List<'a, Step>,
        rows: Option<List<'a, List<'a, Id<'a>>>>,
        #[serde(default)]
        many: List<'a, Many<'a>>,
    }

    // All that there is of a list of these are texts, wherever they stand.
    pub(crate) struct Reference<'a> {
        id: Text<'a>,
    }

    #[serde(untagged)]
    pub(crate) enum Related<'a> {
        Text(Text<'a>),
        One(Reference<'a>),
        All(List<'a, Reference<'a>>),
    }

    pub(crate) struct Relations<'a> {
        one: Related<'a>,
        all: List<'a, Related<'a>>,
        other: Option<Related<'a>>,
    }

    pub(crate) struct Two<'a> {
        pub(crate) values: List<'a, Option<Value<'a>>>,
        one: Value<'a>,
        other: Option<Value<'a>>,
    }
}

fn null(_: &mut Draw) -> String {
    "null".to_owned()
}

fn id(draw: &mut Draw) -> String {
    match draw.up_to(4) {
        0 => null(draw),
        1 | 2 => draw.text(),
        _ => draw.integer(0, u32::MAX),
    }
}

fn small_pair(draw: &mut Draw) -> String {
    draw.array(2, &|draw| draw.integer(i64::MIN, i64::MAX))
}

fn place(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    draw.object(
        &[
            ("name", There, &Draw::text),
            // To an `Option`, `null` is nothing.
            ("id", Optional, &id),
            ("size", Optional, &|draw| draw.integer(0, u8::MAX)),
            ("tags", Default, &|draw| draw.list(&Draw::text)),
            ("at", Optional, &small_pair),
            ("note", Optional, &Draw::text),
        ],
        true,
    )
}

fn value_or(draw: &mut Draw) -> String {
    match draw.up_to(5) {
        0 => place(draw),
        1 => draw.text(),
        2 => draw.float(),
        3 => draw.flag(),
        4 => draw.list(&Draw::text),
        _ => null(draw),
    }
}

fn actor(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let number = |draw: &mut Draw| draw.integer(0, u32::MAX);
    let kind = draw.one_of(&["\"user\"", "\"appBot\"", "\"no one\""]);
    let of = |_: &mut Draw| kind.to_owned();
    let tag: Member<'_> = ("kind", There, &of);
    let is_late = draw.one_in(3);
    let mut members: Vec<Member<'_>> = match kind {
        "\"user\"" => vec![
            ("login", There, &Draw::text),
            ("email", Optional, &Draw::text),
            ("groups", Default, &|draw| draw.list(&id)),
        ],
        "\"appBot\"" => vec![("id", There, &number), ("owner", Optional, &number)],
        _ => vec![],
    };
    members.insert(if is_late { members.len() } else { 0 }, tag);
    draw.object(&members, false)
}

fn shape(draw: &mut Draw) -> String {
    match draw.up_to(3) {
        0 => draw.integer(0, u64::MAX),
        1 => draw.list(&small_pair),
        2 => draw.one_of(&["\"red\"", "\"green\"", "\"deep blue\"", "\"r\\u0065d\""]).to_owned(),
        _ => actor(draw),
    }
}

fn sized(draw: &mut Draw) -> String {
    match draw.up_to(2) {
        0 => draw.map(&id),
        1 => draw.array(2, &id),
        _ => draw.integer(i64::MIN, i64::MAX),
    }
}

fn step(draw: &mut Draw) -> String {
    match draw.up_to(5) {
        0 => draw.flag(),
        1 => draw.integer(i64::MIN, i64::MAX),
        _ => small_pair(draw),
    }
}

fn many(draw: &mut Draw) -> String {
    if draw.one_in(2) { place(draw) } else { draw.list(&place) }
}

fn content(draw: &mut Draw) -> String {
    let of: (&str, &dyn Fn(&mut Draw) -> String) = match draw.up_to(3) {
        0 => ("\"Ids\"", &|draw| draw.list(&id)),
        1 => ("\"Many\"", &many),
        2 => ("\"Nothing\"", &null),
        _ => ("\"Value\"", &value_or),
    };
    let (tag, content) = (format!("\"t\":{}", of.0), format!("\"c\":{}", of.1(draw)));
    match draw.one_in(4) {
        true => format!("{{{content},{tag}}}"),
        false => format!("{{{tag},{content}}}"),
    }
}

pub(crate) fn all(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    draw.object(
        &[
            ("id", There, &id),
            ("value", There, &value_or),
            ("maybe", Optional, &value_or),
            ("presence", Optional, &value_or),
            ("shapes", There, &|draw| draw.list(&shape)),
            ("by_name", There, &|draw| draw.map(&value_or)),
            ("pair", There, &|draw| draw.array(2, &value_or)),
            ("sized", Default, &|draw| draw.list(&sized)),
            ("many", There, &many),
            ("content", There, &content),
            ("shape", Optional, &shape),
            ("last", Optional, &id),
        ],
        true,
    )
}

pub(crate) fn lists(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    draw.object(
        &[
            ("ids", There, &|draw| draw.list(&id)),
            ("values", There, &|draw| draw.list(&value_or)),
            ("maybe", There, &|draw| draw.list(&value_or)),
            ("steps", There, &|draw| draw.list(&step)),
            ("rows", Optional, &|draw| draw.list(&|draw| draw.list(&id))),
            ("many", Default, &|draw| draw.list(&many)),
        ],
        true,
    )
}

/// Writes a value of another class in the place of one, or before it.
pub(crate) fn change_class(draw: &mut Draw, text: &str) -> String {
    let values =
        ["\"a\"", "7", "-1.5", "true", "null", "{}", "[]", "[1,2]", "[\"x\"]", "{\"name\":\"b\"}"];
    let with = draw.one_of(&values);
    let places: Vec<_> = text.match_indices([':', '[', ',']).map(|(at, _)| at + 1).collect();
    let Some(last) = places.len().checked_sub(1) else { return text.to_owned() };
    let at = places[draw.up_to(last)];
    let rest = &text[at..];
    let length = match rest.as_bytes().first() {
        Some(b'"') => rest[1..].find('"').map_or(0, |length| length + 2),
        Some(b'{' | b'[') => {
            let close = if rest.starts_with('{') { '}' } else { ']' };
            rest.find(close).map_or(0, |length| length + 1)
        }
        _ => rest.find([',', ']', '}', ' ']).unwrap_or(0),
    };
    format!("{}{with}{}", &text[..at], &rest[length..])
}
