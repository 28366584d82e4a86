//! Enums that a tag tells apart, by derived code here and by serde, and documents of them.

use crate::documents::{Draw, Is, Member};
use serde_json::json;

/// Declares types as views, and again with values that serde can read, under the same names.
macro_rules! twins {
    ($($item:item)*) => {
        pub(crate) mod views {
            use jobview::gapwise::Presence;
            use gapwise_derive::View;

            type Text<'a> = &'a str;
            type List<'a, T> = &'a [T];
            type Map<'a, T> = &'a [(&'a str, T)];

            $(
                #[derive(Clone, Copy, Debug, PartialEq, View)]
                $item
            )*
        }

        #[expect(dead_code, reason = "values are but shown")]
        pub(crate) mod owned {
            use crate::shapes::owned::{Map, Presence};
            use serde::Deserialize;
            use std::borrow::Cow;

            type Text<'a> = Cow<'a, str>;
            type List<'a, T> = Cow<'a, [T]>;

            $(
                #[derive(Clone, Debug, Deserialize)]
                $item
            )*
        }
    };
}

pub(crate) use twins;

twins! {
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
        groups: List<'a, Text<'a>>,
    }

    #[serde(deny_unknown_fields)]
    pub(crate) struct Bot {
        id: u32,
        owner: Option<u32>,
    }

    #[serde(tag = "t", content = "the content")]
    pub(crate) enum Shape<'a> {
        Circle(Circle<'a>),
        #[serde(alias = "poly")]
        Polygon(List<'a, [f64; 2]>),
        Label(Text<'a>),
        Count(Option<i64>),
        By(Actor<'a>),
        Names(Map<'a, Text<'a>>),
        Nothing,
    }

    pub(crate) struct Circle<'a> {
        radius: f64,
        by: Option<Actor<'a>>,
        at: Option<[f64; 2]>,
        names: List<'a, Text<'a>>,
    }

    #[serde(tag = "type", rename_all = "kebab-case")]
    pub(crate) enum Event<'a> {
        PushedNow(Push<'a>),
        #[serde(rename = "fork", alias = "Fork", alias = "copy \u{e4}")]
        ForkOf(Fork<'a>),
        Ping,
        User(User<'a>),
        #[serde(other)]
        SomethingElse,
    }

    pub(crate) struct Push<'a> {
        size: i64,
        head: Option<Text<'a>>,
        by: Option<Actor<'a>>,
        shapes: List<'a, Shape<'a>>,
        commits: List<'a, Commit<'a>>,
        #[serde(default)]
        tags: List<'a, Text<'a>>,
    }

    pub(crate) struct Commit<'a> {
        sha: Text<'a>,
        #[serde(default)]
        size: u8,
    }

    pub(crate) struct Fork<'a> {
        by: Actor<'a>,
        public: Option<bool>,
        depth: Option<i64>,
        forkee: Option<Commit<'a>>,
    }

    #[serde(tag = "t", content = "c", deny_unknown_fields)]
    pub(crate) enum OrOther {
        One(u8),
        #[serde(other)]
        Other,
    }

    pub(crate) struct Two<'a> {
        actors: List<'a, Option<Actor<'a>>>,
        one: Actor<'a>,
    }

    pub(crate) struct All<'a> {
        first: Event<'a>,
        many: List<'a, Event<'a>>,
        maybe: Option<Event<'a>>,
        shape: Shape<'a>,
        maybe_shapes: List<'a, Option<Shape<'a>>>,
        by_name: Map<'a, Event<'a>>,
        pair: [Actor<'a>; 2],
        #[serde(default)]
        presence: Presence<Shape<'a>>,
        other_pair: Option<[Option<Actor<'a>>; 2]>,
    }

    pub(crate) struct Delivery<'a> {
        id: Text<'a>,
        #[serde(flatten)]
        payload: Payload<'a>,
        public: bool,
        actor: Option<Actor<'a>>,
        #[serde(default)]
        labels: List<'a, Text<'a>>,
        sizes: Option<List<'a, Commit<'a>>>,
    }

    #[serde(tag = "type", content = "payload")]
    pub(crate) enum Payload<'a> {
        PushEvent(Push<'a>),
        ForkEvent(Fork<'a>),
        #[serde(alias = "WatchEvent")]
        Watch,
        NoteEvent(Text<'a>),
    }

    #[serde(tag = "kind", rename_all = "camelCase")]
    pub(crate) enum Origin<'a> {
        User(User<'a>),
        #[serde(alias = "appBot")]
        Host(Host),
        #[serde(rename = "no one")]
        Nobody,
    }

    pub(crate) struct Host {
        id: u32,
        owner: Option<u32>,
    }

    pub(crate) struct Mixed<'a> {
        #[serde(alias = "identity")]
        name: Option<Text<'a>>,
        #[serde(flatten)]
        actor: Origin<'a>,
        last: List<'a, Item<'a>>,
    }

    pub(crate) struct Item<'a> {
        #[serde(flatten)]
        actor: Origin<'a>,
        note: Option<Text<'a>>,
    }
}

/// An object with a tag, which stands first, mostly.
fn tagged(draw: &mut Draw, tag: &str, text: &str, members: &[Member<'_>]) -> String {
    let text = |_: &mut Draw| json!(text).to_string();
    let mut all = members.to_vec();
    let at = if draw.one_in(3) { draw.up_to(members.len()) } else { 0 };
    all.insert(at, (tag, Is::There, &text));
    // What serde reads before it knows whether anybody names it, must be what it can keep.
    draw.object(&all, false)
}

fn user_members() -> [Member<'static>; 3] {
    [
        ("login", Is::There, &Draw::text),
        ("email", Is::Optional, &Draw::text),
        ("groups", Is::Default, &|draw| draw.list(&Draw::text)),
    ]
}

fn actor_members(draw: &mut Draw) -> (&'static str, Vec<Member<'static>>) {
    match draw.up_to(4) {
        0 => ("no one", vec![]),
        1 | 2 => (
            "appBot",
            vec![
                ("id", Is::There, &|draw| draw.integer(0, u32::MAX)),
                ("owner", Is::Optional, &|draw| draw.integer(0, u32::MAX)),
            ],
        ),
        _ => ("user", user_members().to_vec()),
    }
}

pub(crate) fn actor(draw: &mut Draw) -> String {
    let (text, members) = actor_members(draw);
    tagged(draw, "kind", text, &members)
}

fn point(draw: &mut Draw) -> String {
    draw.array(2, &Draw::float)
}

fn circle(draw: &mut Draw) -> String {
    let members: &[Member<'_>] = &[
        ("radius", Is::There, &Draw::float),
        ("by", Is::Optional, &actor),
        ("at", Is::Optional, &point),
        ("names", Is::There, &|draw| draw.list(&Draw::text)),
    ];
    draw.object(members, true)
}

pub(crate) fn shape(draw: &mut Draw) -> String {
    const CONTENT: &str = "the content";
    let (text, member): (_, Member<'_>) = match draw.up_to(7) {
        0 => ("Circle", (CONTENT, Is::There, &circle)),
        1 => ("poly", (CONTENT, Is::There, &|draw| draw.list(&point))),
        2 => ("Polygon", (CONTENT, Is::There, &|draw| draw.list(&point))),
        3 => ("Label", (CONTENT, Is::There, &Draw::text)),
        4 => ("Count", (CONTENT, Is::Optional, &|draw| draw.integer(i64::MIN, i64::MAX))),
        5 => ("By", (CONTENT, Is::There, &actor)),
        6 => ("Names", (CONTENT, Is::There, &|draw| draw.map(&Draw::text))),
        _ => ("Nothing", (CONTENT, Is::Default, &|_| "null".to_owned())),
    };
    tagged(draw, "t", text, &[member])
}

fn commit(draw: &mut Draw) -> String {
    let members: &[Member<'_>] =
        &[("sha", Is::There, &Draw::text), ("size", Is::Default, &|draw| draw.integer(0, u8::MAX))];
    draw.object(members, true)
}

fn push_members() -> [Member<'static>; 6] {
    [
        ("size", Is::There, &|draw| draw.integer(i64::MIN, i64::MAX)),
        ("head", Is::Optional, &Draw::text),
        ("by", Is::Optional, &actor),
        ("shapes", Is::There, &|draw| draw.list(&shape)),
        ("commits", Is::There, &|draw| draw.list(&commit)),
        ("tags", Is::Default, &|draw| draw.list(&Draw::text)),
    ]
}

fn fork_members() -> [Member<'static>; 4] {
    [
        ("by", Is::There, &actor),
        ("public", Is::Optional, &Draw::flag),
        ("depth", Is::Optional, &|draw| draw.integer(i64::MIN, i64::MAX)),
        ("forkee", Is::Optional, &commit),
    ]
}

pub(crate) fn event(draw: &mut Draw) -> String {
    match draw.up_to(7) {
        0 => tagged(draw, "type", "ping", &[]),
        1 => tagged(draw, "type", "some other", &[("x", Is::There, &Draw::text)]),
        2 => tagged(draw, "type", "user", &user_members()),
        3 => tagged(draw, "type", "Fork", &fork_members()),
        4 => tagged(draw, "type", "copy \u{e4}", &fork_members()),
        5 => tagged(draw, "type", "fork", &fork_members()),
        _ => tagged(draw, "type", "pushed-now", &push_members()),
    }
}

pub(crate) fn all(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let maybe_pair = |draw: &mut Draw| draw.array(2, &|draw| draw.or_null(&actor));
    draw.object(
        &[
            ("first", There, &event),
            ("many", There, &|draw| draw.list(&event)),
            ("maybe", Optional, &event),
            ("shape", There, &shape),
            ("maybe_shapes", There, &|draw| draw.list(&|draw| draw.or_null(&shape))),
            ("by_name", There, &|draw| draw.map(&event)),
            ("pair", There, &|draw| draw.array(2, &actor)),
            ("presence", Optional, &shape),
            ("other_pair", Optional, &maybe_pair),
        ],
        true,
    )
}

pub(crate) fn delivery(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let push = |draw: &mut Draw| draw.object(&push_members(), true);
    let fork = |draw: &mut Draw| draw.object(&fork_members(), true);
    let (text, payload): (_, Member<'_>) = match draw.up_to(3) {
        0 => ("WatchEvent", ("payload", Default, &|_| "null".to_owned())),
        1 => ("ForkEvent", ("payload", There, &fork)),
        2 => ("NoteEvent", ("payload", There, &Draw::text)),
        _ => ("PushEvent", ("payload", There, &push)),
    };
    let tag = |_: &mut Draw| json!(text).to_string();
    let mut members: Vec<Member<'_>> = vec![
        ("id", There, &Draw::text),
        payload,
        ("public", There, &Draw::flag),
        ("actor", Optional, &actor),
        ("labels", Default, &|draw| draw.list(&Draw::text)),
        ("sizes", Optional, &|draw| draw.list(&commit)),
    ];
    let at = if draw.one_in(2) { draw.up_to(members.len()) } else { 1 };
    members.insert(at, ("type", There, &tag));
    draw.object(&members, false)
}

fn with_actor(draw: &mut Draw, more: &[Member<'_>]) -> String {
    let (text, mut members) = actor_members(draw);
    let tag = |_: &mut Draw| json!(text).to_string();
    let mut all: Vec<Member<'_>> = vec![("kind", Is::There, &tag)];
    if draw.one_in(2) {
        members.reverse();
    }
    all.extend(more);
    all.extend(&members);
    if draw.one_in(3) {
        let last = all.len() - 1;
        all.swap(0, last);
    }
    draw.object(&all, false)
}

pub(crate) fn mixed(draw: &mut Draw) -> String {
    let item = |draw: &mut Draw| with_actor(draw, &[("note", Is::Optional, &Draw::text)]);
    let more: &[Member<'_>] = &[
        ("name|identity", Is::Optional, &Draw::text),
        ("last", Is::There, &|draw| draw.list(&item)),
    ];
    with_actor(draw, more)
}

/// Writes another tag, or has a member stand where another one does.
pub(crate) fn change_tag(draw: &mut Draw, text: &str) -> String {
    let tags = [
        "\"kind\":\"user\"",
        "\"kind\":\"appBot\"",
        "\"kind\":\"no one\"",
        "\"kind\":\"nobody\"",
        "\"kind\":0",
        "\"kind\":null",
        "\"t\":\"Circle\"",
        "\"t\":\"Nothing\"",
        "\"t\":\"By\"",
        "\"t\":\"By\",\"the content\":null",
        "\"type\":\"ping\"",
        "\"type\":\"pushed-now\"",
        "\"type\":[]",
        "\"typ\\u0065\":\"\\u0066ork\"",
        "\"type\":\"PushEvent\"",
        "\"type\":\"Watch\"",
        "\"more\":1",
    ];
    let with = draw.one_of(&tags);
    let name = draw.one_of(&["\"kind\":\"", "\"t\":\"", "\"type\":\""]);
    let places: Vec<_> = text.match_indices(name).map(|(at, _)| at).collect();
    let Some(last) = places.len().checked_sub(1) else { return text.to_owned() };
    let at = places[draw.up_to(last)];
    let end = at + name.len() + text[at + name.len()..].find('"').map_or(0, |length| length + 1);
    match draw.up_to(3) {
        0 => format!("{}{with},{}", &text[..at], &text[at..]),
        1 => format!("{},{with}{}", &text[..end], &text[end..]),
        _ => format!("{}{with}{}", &text[..at], &text[end..]),
    }
}
