//! Documents with many members, and with lists in lists, which the documents of a simple interface do not have.

use super::document::{Build, Document, TableOf};
use super::table::Table;
use crate::__private::view;
use crate::kernel::Kernel;
use crate::{Arena, ErrorKind, Options, Parser, RawJson, UnknownMembers, UnknownVariants};
use gapwise_derive::View;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};
use std::fmt::Debug;

/// A view that can be compared with a JSON tree, and drawn at random.
trait Drawn: Copy + Debug {
    /// Draws the members of a document in random order. Some are absent or `null`.
    fn draw(random: &mut ChaCha8Rng) -> Value;

    /// The view as a JSON tree.
    fn tree(&self) -> Value;
}

impl Drawn for i64 {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        json!(random.random_range(-99..99_999_i64))
    }

    fn tree(&self) -> Value {
        json!(self)
    }
}

impl Drawn for &str {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        json!(
            [
                "",
                "a",
                "a text",
                "one that is \u{e4} and \n",
                "plain and longer than one vector of bytes"
            ][random.random_range(0..5)]
        )
    }

    fn tree(&self) -> Value {
        json!(self)
    }
}

impl Drawn for bool {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        json!(random.random::<bool>())
    }

    fn tree(&self) -> Value {
        json!(self)
    }
}

impl Drawn for f64 {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        match random.random_range(0..4) {
            0 => json!(random.random_range(-9..9_i64) as f64),
            1 => json!(random.random_range(-90_000..90_000_i64) as f64 / 1000.0),
            2 => json!(random.random::<f64>()),
            _ => {
                let any = Self::from_bits(random.random());
                json!(if any.is_finite() { any } else { 0.0 })
            }
        }
    }

    fn tree(&self) -> Value {
        json!(self)
    }
}

/// Numbers whose values are drawn from the whole range of the type.
macro_rules! numbers {
    ($($type:ty,)*) => {$(
        impl Drawn for $type {
            fn draw(random: &mut ChaCha8Rng) -> Value {
                match random.random_ratio(1, 4) {
                    true => json!([<$type>::MIN, <$type>::MAX][random.random_range(0..2)]),
                    false => json!(random.random::<u32>() as u8 as $type),
                }
            }

            fn tree(&self) -> Value {
                json!(self)
            }
        }
    )*};
}

numbers! { i16, i32, u8, u64, f32, }

impl<T: Drawn> Drawn for Option<T> {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        if random.random_ratio(1, 3) { Value::Null } else { T::draw(random) }
    }

    fn tree(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::tree)
    }
}

impl<T: Drawn> Drawn for &[T] {
    fn draw(random: &mut ChaCha8Rng) -> Value {
        (0..random.random_range(0..4)).map(|_| T::draw(random)).collect()
    }

    fn tree(&self) -> Value {
        self.iter().map(T::tree).collect()
    }
}

/// Declares a view whose members are all optional.
macro_rules! optional {
    ($view:ident<$lifetime:lifetime> { $($part:ident: $type:ty,)* }) => {
        #[derive(Clone, Copy, Debug, PartialEq)]
        struct $view<$lifetime> {
            $($part: Option<$type>,)*
        }

        view!($view<'static> { $($part.nullable(),)* });

        impl<$lifetime> Drawn for $view<$lifetime> {
            fn draw(random: &mut ChaCha8Rng) -> Value {
                let mut members = Map::new();
                $(if random.random_ratio(2, 3) {
                    let value = match random.random_ratio(1, 6) {
                        true => Value::Null,
                        false => <$type as Drawn>::draw(random),
                    };
                    members.insert(stringify!($part).to_owned(), value);
                })*
                members.into()
            }

            fn tree(&self) -> Value {
                let mut members = Map::new();
                $(if let Some(value) = &self.$part {
                    members.insert(stringify!($part).to_owned(), value.tree());
                })*
                members.into()
            }
        }

        impl Document for $view<'_> {
            type View<'a> = $view<'a>;
            type Builder = $view<'static>;
        }

        // SAFETY: the table is of this view.
        #[allow(unsafe_code)]
        unsafe impl<'d> Build<$view<'d>> for $view<'static> {
            const TABLES: &'static [TableOf] = &[Table::of::<Self>];

        }
    };
}

optional!(Ten<'a> {
    a: i64,
    b: &'a str,
    a_name_of_more_than_thirty_bytes_that_ends_so: &'a str,
    a_name_of_more_than_thirty_bytes_that_ends_or: i64,
    a_name_of_more_than_thirty_bites_that_ends_so: i64,
    texts: &'a [&'a str],
    number: i64,
    h: i64,
    i: i64,
    j: i64,
});

optional!(Hundred<'a> {
    a: Ten<'a>,
    b: Ten<'a>,
    c: Ten<'a>,
    d: Ten<'a>,
    e: Ten<'a>,
    f: Ten<'a>,
    g: Ten<'a>,
    h: Ten<'a>,
    i: Ten<'a>,
    j: Ten<'a>,
});

optional!(Thousand<'a> {
    a: Hundred<'a>,
    b: Hundred<'a>,
    c: Hundred<'a>,
    d: Hundred<'a>,
    e: Hundred<'a>,
    f: Hundred<'a>,
    g: Hundred<'a>,
    h: Hundred<'a>,
    i: Hundred<'a>,
    j: Hundred<'a>,
});

optional!(Nested<'a> {
    outer: &'a [Outer<'a>],
    name: &'a str,
    others: &'a [Ten<'a>],
});

optional!(Outer<'a> {
    inner: &'a [Inner<'a>],
    number: i64,
    texts: &'a [&'a str],
    more: &'a [Inner<'a>],
});

optional!(Inner<'a> {
    innermost: &'a [Ten<'a>],
    text: &'a str,
});

optional!(Scalars<'a> {
    flag: bool,
    ratio: f64,
    ratio32: f32,
    small: u8,
    medium: i16,
    other: i32,
    large: u64,
    floats: &'a [f64],
    flags: &'a [bool],
    integers: &'a [i64],
    bytes: &'a [u8],
    maybe: &'a [Option<i64>],
    maybe_flags: &'a [Option<bool>],
    maybe_texts: &'a [Option<&'a str>],
    maybe_views: &'a [Option<Inner<'a>>],
    matrix: &'a [&'a [f64]],
    cube: &'a [&'a [&'a [u8]]],
    words: &'a [&'a [&'a str]],
    maybe_lists: &'a [Option<&'a [i32]>],
});

/// A tree without members that are `null`, because a view does not distinguish those from absent ones.
fn without_nulls(tree: &Value) -> Value {
    match tree {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// Draws a few shapes of documents, and many documents of each in turn. Reads each with parsers that learn and one that
/// does not.
macro_rules! views_are_what_is_written {
    ($view:ident, $shapes:expr, $rounds:expr, $words:expr) => {
        assert_eq!(Table::of::<$view<'static>>().words(), $words);
        let mut random = ChaCha8Rng::seed_from_u64(17);
        let mut parsers: Vec<_> = Kernel::available()
            .map(|kernel| Options::new().kernel(kernel))
            .chain([Options::new().learning(false)])
            .map(Options::parser::<$view<'static>>)
            .collect();
        let shapes: Vec<_> = (0..$shapes).map(|_| $view::draw(&mut random)).collect();
        for round in 0..$rounds {
            let document = match round % 8 {
                0 => &$view::draw(&mut random),
                _ => &shapes[random.random_range(0..shapes.len())],
            };
            let text = match round % 16 {
                7 => serde_json::to_string_pretty(document).unwrap(),
                _ => document.to_string(),
            };
            let expected = without_nulls(document);
            for parser in &mut parsers {
                let arena = Arena::new();
                let view = parser.parse(text.as_bytes(), &arena).unwrap();
                assert_eq!(view.tree(), expected, "{text}");
                // A duplicate member is an error wherever it occurs.
                if let Some(name) = document.as_object().unwrap().keys().next() {
                    let twice = format!("{{\"{name}\":null,{}", &text.trim_start()[1..]);
                    assert!(parser.parse(twice.as_bytes(), &arena).is_err(), "{twice}");
                }
            }
        }
        let learned = parsers[0].layout();
        assert!(learned.hits() > 3 * learned.misses(), "{learned:?}");
    };
}

#[test]
fn views_of_one_word_of_members_are_what_is_written() {
    views_are_what_is_written!(Ten, 4, 2_000, 1);
}

#[test]
fn views_of_some_words_of_members_are_what_is_written() {
    views_are_what_is_written!(Hundred, 4, 500, 4);
}

#[test]
fn views_of_many_words_of_members_are_what_is_written() {
    views_are_what_is_written!(Thousand, 2, 60, 64);
}

#[test]
fn lists_in_items_are_what_is_written() {
    views_are_what_is_written!(Nested, 4, 2_000, 1);
}

#[test]
fn scalars_and_lists_of_them_are_what_is_written() {
    views_are_what_is_written!(Scalars, 4, 2_000, 1);
}

#[test]
fn numbers_that_do_not_fit_are_rejected_with_their_type() {
    for (text, kind, message) in [
        (r#"{"small":256}"#, ErrorKind::IntegerOutOfRange, "integer does not fit in u8: 256"),
        (r#"{"small":-1}"#, ErrorKind::IntegerOutOfRange, "integer does not fit in u8: -1"),
        (r#"{"small":1.5}"#, ErrorKind::NotAnInteger, "1.5"),
        (r#"{"medium":32768}"#, ErrorKind::IntegerOutOfRange, "integer does not fit in i16: 32768"),
        (r#"{"bytes":[1,256]}"#, ErrorKind::IntegerOutOfRange, "u8"),
        (r#"{"large":18446744073709551616}"#, ErrorKind::IntegerOutOfRange, "u64"),
        (r#"{"ratio":1e999}"#, ErrorKind::NumberOutOfRange, "number is too large: 1e999"),
        (r#"{"ratio32":1e39}"#, ErrorKind::NumberOutOfRange, "number is too large: 1e39"),
        (r#"{"ratio":01}"#, ErrorKind::InvalidNumber, ""),
        (r#"{"ratio":"1"}"#, ErrorKind::WrongType, "expected a number or null"),
        (r#"{"flag":truth}"#, ErrorKind::InvalidLiteral, ""),
        (r#"{"flag":1}"#, ErrorKind::WrongType, "expected `true`, `false` or null"),
        (r#"{"flags":[true,null]}"#, ErrorKind::WrongType, "expected `true` or `false`"),
        (r#"{"matrix":[[1],null]}"#, ErrorKind::WrongType, "expected an array"),
    ] {
        for learning in [true, false] {
            let arena = Arena::new();
            let mut parser = Options::new().learning(learning).parser::<Scalars<'static>>();
            for _ in 0..3 {
                let error = parser.parse(text.as_bytes(), &arena).unwrap_err();
                assert_eq!(error.kind(), kind, "{error}: {text}");
                assert!(error.to_string().contains(message), "{error}: {text}");
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
struct Choosing<'a> {
    strict: &'a [Strict],
    lax: &'a [Lax<'a>],
    raw: &'a [RawJson<'a>],
    only: Option<Only>,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Strict {
    One,
    Two,
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
enum Lax<'a> {
    One,
    #[view(other)]
    Other(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, View)]
#[view(deny_unknown_fields)]
struct Only {
    number: Option<u8>,
}

/// Checks the result for a document, both before and after it has been learned.
#[track_caller]
fn check(text: &str, options: Options, expected: Result<&str, ErrorKind>) {
    for options in [options, options.learning(false)] {
        let mut parser = options.parser::<Choosing<'static>>();
        for _ in 0..4 {
            let arena = Arena::new();
            let shown = parser.parse(text.as_bytes(), &arena).map(|view| format!("{view:?}"));
            assert_eq!(shown.as_deref().map_err(|error| error.kind()), expected, "{text}");
        }
    }
}

#[test]
fn texts_that_are_no_choice_are_kept_where_the_type_can() {
    let keep = Options::new().unknown_variants(UnknownVariants::Keep);
    for options in [Options::new(), keep] {
        check(
            r#"{"strict":["Two","One"],"lax":["x","One","\u0078y"],"raw":[]}"#,
            options,
            Ok(
                "Choosing { strict: [Two, One], lax: [Other(\"x\"), One, Other(\"xy\")], raw: [], only: None }",
            ),
        );
        let text = r#"{"strict":["One","x"],"lax":[],"raw":[]}"#;
        check(text, options, Err(ErrorKind::NotInEnum));
    }
}

#[test]
fn lists_of_raw_json_may_be_empty_once_they_were_not() {
    let mut parser = Parser::<Choosing>::new();
    for round in 0..12 {
        let raw = ["[]", "[1, \"a\"]", "[null,{\"a\":[]}]", "[[]]"][round % 4];
        let text = format!(r#"{{"strict":[],"lax":[],"raw":{raw}}}"#);
        let arena = Arena::new();
        let view = parser.parse(text.as_bytes(), &arena).unwrap();
        let items: Vec<_> = view.raw.iter().map(|raw| raw.as_str()).collect();
        assert_eq!(format!("[{}]", items.join(",")), raw.replace(", ", ","));
    }
}

#[test]
fn an_object_may_have_no_members_but_those_that_are_named() {
    let text = |only: &str| format!(r#"{{"strict":[],"lax":[],"raw":[],"x":1,"only":{only}}}"#);
    let shown = "Choosing { strict: [], lax: [], raw: [], only: Some(Only { number: Some(1) }) }";
    check(&text(r#"{"number":1}"#), Options::new(), Ok(shown));
    let unknown = Err(ErrorKind::UnknownMember);
    check(&text(r#"{"number":1,"more":2}"#), Options::new(), unknown);
    check(&text(r#"{"more":2}"#), Options::new(), unknown);
    let reject = Options::new().unknown_members(UnknownMembers::Reject);
    check(&text(r#"{"number":1}"#), reject, unknown);
}
