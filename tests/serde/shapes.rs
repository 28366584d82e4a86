//! What each kind of document may contain, written a second time: to make documents at random, and to say what must be
//! left of any document when nobody but the schema is asked.
//!
//! Must not know the library; `schema.json` has one kind only, this has all of them.

use rand::seq::IndexedRandom;
use rand::{Rng, RngExt};
use serde_json::{Map, Number, Value, json};

/// A member: its name, whether it must be there, and what it is.
pub(crate) type Member = (&'static str, Need, Shape);

/// Whether a member must be there.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Need {
    Required,
    /// Unless only some fields were asked for.
    InFull,
    Optional,
    /// It may be `null`, too.
    Nullable,
}

pub(crate) enum Shape {
    Text,
    Integer,
    /// An integer, or its digits as text.
    IntegerOrText,
    /// Any JSON.
    Any,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    Object(&'static [Member]),
    /// An array of objects.
    Items(&'static [Member]),
}

use Need::{InFull, Nullable, Optional, Required};
use Shape::{Any, Integer, IntegerOrText, Items, Object, OneOf, Text};

const OBJECT_LINKS: Shape = Object(&[("self", Required, Text)]);
const BOTH_LINKS: Shape = Object(&[("self", Required, Text), ("related", Required, Text)]);
const PAGE_LINKS: Shape = Object(&[
    ("self", Required, Text),
    ("first", Nullable, Text),
    ("last", Nullable, Text),
    ("prev", Nullable, Text),
    ("next", Nullable, Text),
]);

const LISTS: &[Member] = &[("type", Required, OneOf(&["list"])), ("id", Required, Text)];
const PROFILES: &[Member] = &[("type", Required, OneOf(&["profile"])), ("id", Required, Text)];
const ERRORS: &[Member] = &[("type", Required, OneOf(&["import-error"])), ("id", Required, Text)];

const JOB: &[Member] = &[
    ("type", Required, OneOf(&["profile-bulk-import-job"])),
    ("id", Required, Text),
    (
        "attributes",
        InFull,
        Object(&[
            ("status", InFull, OneOf(&["cancelled", "complete", "processing", "queued"])),
            ("created_at", InFull, Text),
            ("total_count", InFull, Integer),
            ("completed_count", Nullable, Integer),
            ("failed_count", Nullable, Integer),
            ("completed_at", Nullable, Text),
            ("expires_at", Nullable, Text),
            ("started_at", Nullable, Text),
        ]),
    ),
    (
        "relationships",
        Optional,
        Object(&[
            (
                "lists",
                Optional,
                Object(&[("data", Optional, Items(LISTS)), ("links", Optional, BOTH_LINKS)]),
            ),
            (
                "profiles",
                Optional,
                Object(&[("data", Optional, Items(PROFILES)), ("links", Optional, BOTH_LINKS)]),
            ),
            (
                "import-errors",
                Optional,
                Object(&[
                    ("data", Optional, Items(ERRORS)),
                    ("links", Optional, Object(&[("related", Required, Text)])),
                ]),
            ),
        ]),
    ),
    ("links", Required, OBJECT_LINKS),
];

const LIST: &[Member] = &[
    ("type", Required, OneOf(&["list"])),
    ("id", Required, Text),
    (
        "attributes",
        Optional,
        Object(&[
            ("name", Nullable, Text),
            ("created", Nullable, Text),
            ("updated", Nullable, Text),
            ("opt_in_process", Nullable, Text),
        ]),
    ),
    ("links", Optional, OBJECT_LINKS),
];

pub(crate) const RESPONSE: Shape = Object(&[
    ("data", Required, Object(JOB)),
    ("links", Optional, OBJECT_LINKS),
    ("meta", Nullable, Any),
]);

pub(crate) const COMPOUND: Shape = Object(&[
    ("data", Required, Object(JOB)),
    ("included", Optional, Items(LIST)),
    ("links", Optional, OBJECT_LINKS),
    ("meta", Nullable, Any),
]);

pub(crate) const PAGE: Shape = Object(&[
    ("data", Required, Items(JOB)),
    ("included", Optional, Items(LIST)),
    ("links", Optional, PAGE_LINKS),
    ("meta", Nullable, Any),
]);

pub(crate) const IMPORT_ERRORS: Shape = Object(&[
    (
        "data",
        Required,
        Items(&[
            ("type", Required, OneOf(&["import-error"])),
            ("id", Required, Text),
            (
                "attributes",
                InFull,
                Object(&[
                    ("code", InFull, Text),
                    ("title", InFull, Text),
                    ("detail", InFull, Text),
                    (
                        "source",
                        InFull,
                        Object(&[("pointer", Nullable, Text), ("parameter", Nullable, Text)]),
                    ),
                    ("original_payload", Nullable, Any),
                ]),
            ),
            ("links", Optional, OBJECT_LINKS),
        ]),
    ),
    ("links", Optional, PAGE_LINKS),
    ("meta", Nullable, Any),
]);

/// Identifiers of lists, of profiles and of import errors.
pub(crate) const IDENTIFIERS: [Shape; 3] = [
    Object(&[
        ("data", Required, Items(LISTS)),
        ("links", Optional, PAGE_LINKS),
        ("meta", Nullable, Any),
    ]),
    Object(&[
        ("data", Required, Items(PROFILES)),
        ("links", Optional, PAGE_LINKS),
        ("meta", Nullable, Any),
    ]),
    Object(&[
        ("data", Required, Items(ERRORS)),
        ("links", Optional, PAGE_LINKS),
        ("meta", Nullable, Any),
    ]),
];

pub(crate) const ERROR_RESPONSE: Shape = Object(&[
    (
        "errors",
        Required,
        Items(&[
            ("id", Nullable, Text),
            ("status", Nullable, IntegerOrText),
            ("code", Nullable, Text),
            ("title", Nullable, Text),
            ("detail", Required, Text),
            (
                "source",
                Nullable,
                Object(&[("pointer", Nullable, Text), ("parameter", Nullable, Text)]),
            ),
            ("meta", Nullable, Any),
        ]),
    ),
    ("meta", Nullable, Any),
]);

/// A valid document with members that the schema does not name. Of a sparse one, whatever need not be there may be
/// absent.
pub(crate) fn generate(shape: &Shape, sparse: bool, random: &mut impl Rng) -> Value {
    match shape {
        Text => text(random).into(),
        Integer => match random.random_range(0..4) {
            0 => json!(0),
            1 => json!(random.random_range(-1000..1000) as f64),
            2 => json!(random.random::<i64>()),
            _ => json!(random.random_range(0..100_000)),
        },
        IntegerOrText if random.random() => random.random_range(0..1000).to_string().into(),
        IntegerOrText => generate(&Integer, sparse, random),
        Any => any(3, random),
        OneOf(texts) => (*texts.choose(random).expect("a choice")).into(),
        Items(members) => {
            let items = random.random_range(0..4);
            (0..items).map(|_| generate(&Object(members), sparse, random)).collect()
        }
        Object(members) => {
            let mut object = Map::new();
            for (name, need, shape) in *members {
                let absent = random.random_bool(0.3);
                match need {
                    Required => {}
                    InFull if !sparse || !absent => {}
                    Nullable if absent && random.random_bool(0.5) => {
                        object.insert((*name).to_owned(), Value::Null);
                        continue;
                    }
                    Optional | Nullable if !absent => {}
                    _ => continue,
                }
                object.insert((*name).to_owned(), generate(shape, sparse, random));
            }
            while random.random_bool(0.2) {
                object.insert(format!("_{}", text(random)), any(2, random));
            }
            object.into()
        }
    }
}

fn text(random: &mut impl Rng) -> String {
    let pieces = ["id", "\u{e9}", "\"", "\\", "/", "\n", "\0", "\u{1f600}", "2026-09-04T13:40:00Z"];
    let count = random.random_range(0..4);
    (0..count).map(|_| *pieces.choose(random).expect("a piece")).collect()
}

fn any(depth: u8, random: &mut impl Rng) -> Value {
    let inside = |random: &mut _| any(depth - 1, random);
    match random.random_range(0..if depth > 0 { 8 } else { 6 }) {
        0 => Value::Null,
        1 => json!(random.random::<bool>()),
        2 => json!(random.random::<i64>()),
        3 => json!(random.random::<u64>()),
        4 => Number::from_f64(f64::from_bits(random.random())).into(),
        5 => text(random).into(),
        6 => (0..random.random_range(0..3)).map(|_| inside(random)).collect(),
        _ => (0..random.random_range(0..3)).map(|_| (text(random), inside(random))).collect(),
    }
}

/// What must be left of a valid document: what the schema names, and is not `null`; integers as such.
pub(crate) fn project(shape: &Shape, value: &Value) -> Value {
    match (shape, value) {
        (IntegerOrText, Value::String(digits)) => digits.parse::<i64>().expect("digits").into(),
        (Integer | IntegerOrText, Value::Number(number)) => match number.as_i64() {
            Some(integer) => integer.into(),
            None => (number.as_f64().expect("a number") as i64).into(),
        },
        (Items(members), Value::Array(items)) => {
            items.iter().map(|item| project(&Object(members), item)).collect()
        }
        (Object(members), Value::Object(object)) => {
            let mut left = Map::new();
            for (name, need, shape) in *members {
                match object.get(*name) {
                    None | Some(Value::Null) => {
                        // A view has attributes, though none may have been asked for.
                        if *need == InFull && matches!(shape, Object(_)) && *name == "attributes" {
                            left.insert((*name).to_owned(), json!({}));
                        }
                    }
                    Some(value) => {
                        left.insert((*name).to_owned(), project(shape, value));
                    }
                }
            }
            left.into()
        }
        _ => value.clone(),
    }
}
