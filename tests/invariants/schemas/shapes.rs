//! The types of all schemas, and how schemas of them are drawn.
//!
//! A view has parts of every type. A schema takes some of them, and says by which members they come.

use super::reference::{Json, MemberRule, ObjectRule, Rule, TaggedRule, Value, integer};
use gapwise::__private::{ListOf, Member, Members, Part, Stored, View};
use gapwise::RawJson;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Draws schemas.
pub(crate) struct Draw {
    random: ChaCha8Rng,
    /// Of ten parts of a view, so many are members.
    density: u32,
}

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // Few are large: what is learned of those takes megabytes.
        let density = [1, 2, 2, 3, 3, 4, 5, 9][random.random_range(0..8)];
        Self { random, density }
    }

    fn one_in(&mut self, count: u32) -> bool {
        self.random.random_ratio(1, count)
    }

    /// A name that no other member of an object has.
    fn name(&mut self, names: &mut BTreeSet<String>) -> &'static str {
        const WORDS: [&str; 12] = [
            "id",
            "name",
            "created_at",
            "createdAt",
            "a",
            "value",
            "values",
            "x",
            "_",
            "@type",
            "urn:oid:1.2.840.10008.2.16.4",
            "total_count",
        ];
        let word = WORDS[self.random.random_range(0..WORDS.len())];
        let mut name = match self.random.random_range(0..16) {
            0 => String::new(),
            1 => format!("{word}\""),
            2 => format!("\\{word}"),
            3 => format!("{word}\u{e4}\u{1f600}"),
            4 => format!("{word}\n"),
            5 => word.repeat(self.random.random_range(2..12)),
            _ => word.to_owned(),
        };
        while !names.insert(name.clone()) {
            name.push(char::from(self.random.random_range(b'a'..=b'z')));
        }
        name.leak()
    }

    /// Some of the parts of a view as members.
    fn members<V: View>(&mut self, parts: &[PartOf]) -> (Members<V>, Rule) {
        let mut chosen: Vec<_> = parts.iter().enumerate().collect();
        chosen.retain(|_| self.random.random_ratio(self.density, 10));
        chosen.shuffle(&mut self.random);
        let mut names = BTreeSet::new();
        let (mut members, mut rules) = (vec![], vec![]);
        if self.one_in(6) {
            // It is none of the view, and cannot have escapes.
            let (name, text) = (self.name(&mut names), "urn:a/constant");
            members.push(Member::constant(name, text));
            let (names, rule) = (vec![name], Rule::Constant(text));
            rules.push(MemberRule { names, required: true, rule, part: None });
        }
        for (index, part) in chosen {
            let (member, rule) = part(self, &mut names, index);
            members.push(member);
            rules.push(rule);
        }
        let is_closed = self.one_in(4);
        let members = Members::new(members.leak());
        let members = if is_closed { members.closed() } else { members };
        (members, Rule::Object(ObjectRule { members: rules, is_closed }))
    }

    /// How a part of a view comes by a member.
    fn part<V, T: Ruled>(
        &mut self,
        names: &mut BTreeSet<String>,
        (index, offset): (usize, usize),
        part: fn(&V) -> &T,
    ) -> (Member, MemberRule) {
        let name = self.name(names);
        let mut all = vec![name];
        while self.one_in(6) {
            all.push(self.name(names));
        }
        let is_option = T::NONE.is_some();
        // What may be anything may be `null`.
        let may_be_null = !is_option || T::rule().is_any() || !self.one_in(4);
        let plain = match may_be_null {
            true => Part::or_null(name, offset, part),
            false => Part::new(name, offset, part),
        };
        let (part, rule) = T::refine(plain, self);
        let part = part.or_named(all[1..].to_vec().leak());
        let rule = match rule {
            Rule::OrNull(rule) if !may_be_null => *rule,
            rule => rule,
        };
        let is_default = !is_option && rule.may_be_empty() && self.one_in(3);
        let part = if is_default { part.or_empty() } else { part };
        let required = !is_option && !is_default;
        (part.member(), MemberRule { names: all, required, rule, part: Some(index) })
    }
}

type PartOf = fn(&mut Draw, &mut BTreeSet<String>, usize) -> (Member, MemberRule);

impl Rule {
    fn is_any(&self) -> bool {
        match self {
            Self::OrNull(rule) => rule.is_any(),
            rule => matches!(rule, Self::Any),
        }
    }

    /// Whether there is something that stands for no value.
    fn may_be_empty(&self) -> bool {
        match self {
            Self::Choice { .. } | Self::Tagged(_) | Self::Untagged(_) => false,
            Self::Object(object) => object.members.iter().all(|member| !member.required),
            _ => true,
        }
    }
}

/// A type that a part of a view may have.
trait Ruled: Stored {
    /// What its values must be, if no schema says otherwise.
    fn rule() -> Rule;

    /// Draws what the values of a part must be that becomes this type, or an option of it.
    fn refine<P: Stored<View = Self::View>>(part: Part<P>, _: &mut Draw) -> (Part<P>, Rule) {
        (part, Self::rule())
    }

    /// The same for a list.
    fn refine_list<P>(part: Part<P>, _: &mut Draw) -> (Part<P>, Rule)
    where
        P: Stored<View = <&'static [Self] as Stored>::View>,
    {
        (part, Rule::List(Box::new(Self::rule())))
    }
}

/// A part of a view that can be compared with the value that it has come from.
pub(crate) trait Compared {
    /// Whether it is that value, or what it has to be where there is none.
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool;
}

impl<T: Ruled> Ruled for Option<T> {
    fn rule() -> Rule {
        Rule::OrNull(Box::new(T::rule()))
    }

    fn refine<P: Stored<View = T::View>>(part: Part<P>, draw: &mut Draw) -> (Part<P>, Rule) {
        let (part, rule) = T::refine(part, draw);
        (part, Rule::OrNull(Box::new(rule)))
    }
}

impl<T: Compared> Compared for Option<T> {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let rule = if let Rule::OrNull(rule) = rule { rule } else { rule };
        match (self, json) {
            (None, None | Some(Json { value: Value::Null, .. })) => true,
            (None, _) | (_, None) => false,
            (Some(value), json) => value.is(rule, json),
        }
    }
}

impl<T: Ruled> Ruled for &'static [T] {
    fn rule() -> Rule {
        Rule::List(Box::new(T::rule()))
    }

    fn refine<P: Stored<View = Self::View>>(part: Part<P>, draw: &mut Draw) -> (Part<P>, Rule) {
        T::refine_list(part, draw)
    }
}

impl<T: Compared> Compared for &[T] {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let Rule::List(rule) = rule else { return false };
        match json.map(|json| &json.value) {
            None => self.is_empty(),
            Some(Value::List(items)) => {
                let mut pairs = self.iter().zip(items);
                self.len() == items.len() && pairs.all(|(one, other)| one.is(rule, Some(other)))
            }
            Some(_) => false,
        }
    }
}

/// Declares the rule of a type, and when it is what is written.
macro_rules! values {
    ($($type:ty as $view:ty: $rule:expr, |$value:ident, $json:ident| $is:expr;)*) => {$(
        impl Ruled for $type {
            fn rule() -> Rule {
                $rule
            }
        }

        impl Compared for $view {
            fn is(&self, _: &Rule, $json: Option<&Json<'_>>) -> bool {
                let $value = *self;
                $is
            }
        }
    )*};
}

/// The text of a string.
fn text<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    if let Value::Text(text) = &json.value { Some(text) } else { None }
}

values! {
    &'static str as &str: Rule::Text, |value, json| json.map_or(Some(""), text) == Some(value);
    bool as bool: Rule::Bool, |value, json| json.map_or("false", |json| json.text) == value.to_string();
    f32 as f32: Rule::F32,
        |value, json| json.map_or(Ok(0.0), |json| json.text.parse()).map(f32::to_bits) == Ok(value.to_bits());
    f64 as f64: Rule::F64,
        |value, json| json.map_or(Ok(0.0), |json| json.text.parse()).map(f64::to_bits) == Ok(value.to_bits());
    RawJson<'static> as RawJson<'_>: Rule::Any,
        |value, json| json.map_or("null", |json| json.text) == value.as_str();
    Level as Level: Rule::Choice { names: &Level::NAMES, others: false },
        |value, json| json.and_then(text) == Some(Level::NAMES[value as usize]);
    Kind<'static> as Kind<'_>: Rule::Choice { names: &Kind::NAMES, others: true },
        |value, json| json.and_then(text) == Some(match value {
            Kind::Push => Kind::NAMES[0],
            Kind::PullRequest => Kind::NAMES[1],
            Kind::Nothing => Kind::NAMES[2],
            Kind::Other(text) => text,
        });
}

macro_rules! integers {
    ($($type:ident,)*) => { values! { $(
        $type as $type: Rule::Integer(|digits| digits.parse::<$type>().is_ok()),
            |value, json| json.map_or(Some("0".to_owned()), |json| integer(json.text)) == Some(value.to_string());
    )* } };
}

integers! { i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, }

#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(rename_all = "lowercase")]
enum Level {
    Debug,
    Info,
    Warn,
}

impl Level {
    const NAMES: [&'static str; 3] = ["debug", "info", "warn"];
}

#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(rename_all = "kebab-case")]
enum Kind<'a> {
    Push,
    PullRequest,
    #[view(rename = "")]
    Nothing,
    #[view(other)]
    Other(&'a str),
}

impl Kind<'_> {
    const NAMES: [&'static str; 3] = ["push", "pull-request", ""];
}

/// Objects of which a member among others says what they are.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(tag = "@type", rename_all = "lowercase")]
enum Event<'a> {
    Leaf(Leaf<'a>),
    #[view(alias = "tiny one")]
    Tiny(Tiny<'a>),
    Nothing,
    #[view(other)]
    Other,
}

/// Objects of which a member says what another one is.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(tag = "is", content = "a_value", deny_unknown_fields)]
enum AnyOf<'a> {
    Text(&'a str),
    Integer(i64),
    Leaves(&'a [Leaf<'a>]),
    Maybe(Option<f64>),
    Event(Event<'a>),
    Nothing,
}

/// What its first byte tells of.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(untagged)]
enum OneOf<'a> {
    Leaf(Leaf<'a>),
    Text(&'a str),
    Integer(i64),
    Flag(bool),
    Leaves(&'a [Leaf<'a>]),
    Nothing,
}

/// The same in other forms.
#[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
#[view(untagged)]
enum Other<'a> {
    Rows(&'a [&'a [&'a str]]),
    Event(Event<'a>),
    Double(f64),
    Level(Level),
}

/// The rules of a variant: the texts of its tag, which stands before its other members.
fn variant(
    tag: &'static str,
    texts: &'static [&'static str],
    members: Vec<MemberRule>,
    is_closed: bool,
) -> (Vec<&'static str>, ObjectRule) {
    let others = texts.is_empty();
    let (required, rule) =
        (true, Rule::Choice { names: if others { &["new"] } else { texts }, others });
    let mut all = vec![MemberRule { names: vec![tag], required, rule, part: None }];
    all.extend(members);
    (texts.to_vec(), ObjectRule { members: all, is_closed })
}

impl Ruled for Event<'static> {
    fn rule() -> Rule {
        fn members(rule: Rule) -> Vec<MemberRule> {
            if let Rule::Object(ObjectRule { members, .. }) = rule { members } else { vec![] }
        }
        let tag = "@type";
        let variants = vec![
            variant(tag, &["leaf"], members(Leaf::rule()), false),
            variant(tag, &["tiny", "tiny one"], members(Tiny::rule()), false),
            variant(tag, &["nothing"], vec![], false),
            variant(tag, &[], vec![], false),
        ];
        Rule::Tagged(TaggedRule { tag, variants })
    }
}

impl Compared for Event<'_> {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let (Rule::Tagged(tagged), Some(object)) = (rule, json) else { return false };
        match (self, tagged.variant(object)) {
            (Self::Leaf(leaf), Some(0)) => leaf.is(&Leaf::rule(), json),
            (Self::Tiny(tiny), Some(1)) => tiny.is(&Tiny::rule(), json),
            (Self::Nothing, Some(2)) | (Self::Other, Some(3)) => true,
            _ => false,
        }
    }
}

impl Ruled for AnyOf<'static> {
    fn rule() -> Rule {
        let tag = "is";
        let of = |texts, required, rule| {
            let member = MemberRule { names: vec!["a_value"], required, rule, part: None };
            variant(tag, texts, vec![member], true)
        };
        let variants = vec![
            of(&["Text"], true, <&str>::rule()),
            of(&["Integer"], true, i64::rule()),
            of(&["Leaves"], true, <&[Leaf<'static>]>::rule()),
            of(&["Maybe"], false, Option::<f64>::rule()),
            of(&["Event"], true, Event::rule()),
            of(&["Nothing"], false, Rule::Null),
        ];
        Rule::Tagged(TaggedRule { tag, variants })
    }
}

impl Compared for AnyOf<'_> {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let (Rule::Tagged(tagged), Some(object)) = (rule, json) else { return false };
        let Some(index) = tagged.variant(object) else { return false };
        let rule = &tagged.variants[index].1.members[1].rule;
        let value = object.member(&["a_value"]);
        match (self, index) {
            (Self::Text(text), 0) => text.is(rule, value),
            (Self::Integer(integer), 1) => integer.is(rule, value),
            (Self::Leaves(leaves), 2) => leaves.is(rule, value),
            (Self::Maybe(maybe), 3) => maybe.is(rule, value),
            (Self::Event(event), 4) => event.is(rule, value),
            (Self::Nothing, 5) => true,
            _ => false,
        }
    }
}

impl Ruled for OneOf<'static> {
    fn rule() -> Rule {
        Rule::Untagged(vec![
            Leaf::rule(),
            <&str>::rule(),
            i64::rule(),
            bool::rule(),
            <&[Leaf<'static>]>::rule(),
            Rule::Null,
        ])
    }
}

impl Compared for OneOf<'_> {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let Rule::Untagged(rules) = rule else { return false };
        match self {
            Self::Leaf(leaf) => leaf.is(&rules[0], json),
            Self::Text(text) => text.is(&rules[1], json),
            Self::Integer(integer) => integer.is(&rules[2], json),
            Self::Flag(flag) => flag.is(&rules[3], json),
            Self::Leaves(leaves) => leaves.is(&rules[4], json),
            Self::Nothing => matches!(json, Some(Json { value: Value::Null, .. })),
        }
    }
}

impl Ruled for Other<'static> {
    fn rule() -> Rule {
        let rows = <&[&[&str]]>::rule();
        Rule::Untagged(vec![rows, Event::rule(), f64::rule(), Level::rule()])
    }
}

impl Compared for Other<'_> {
    fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
        let Rule::Untagged(rules) = rule else { return false };
        match self {
            Self::Rows(rows) => rows.is(&rules[0], json),
            Self::Event(event) => event.is(&rules[1], json),
            Self::Double(double) => double.is(&rules[2], json),
            Self::Level(level) => level.is(&rules[3], json),
        }
    }
}

/// Declares views, and what schemas can make of them.
macro_rules! views {
    ($($vis:vis struct $name:ident<$lifetime:lifetime> { $($part:ident: $type:ty,)* })*) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, gapwise::View)]
        $vis struct $name<$lifetime> {
            $($part: $type,)*
        }

        impl $name<'static> {
            const PARTS: &'static [PartOf] = &[$(
                |draw, names, index| {
                    let offset = std::mem::offset_of!(Self, $part);
                    draw.part(names, (index, offset), |view: &Self| &view.$part)
                },
            )*];

            /// A schema of it.
            $vis fn drawn(draw: &mut Draw) -> (Members<Self>, Rule) {
                draw.members(Self::PARTS)
            }
        }

        impl Ruled for $name<'static> {
            fn rule() -> Rule {
                fn member<V, T: Ruled>(name: &'static str, _: fn(&V) -> &T) -> MemberRule {
                    let required = T::NONE.is_none();
                    MemberRule { names: vec![name], required, rule: T::rule(), part: None }
                }

                let mut members = vec![$(member(stringify!($part), |view: &Self| &view.$part),)*];
                (0..).zip(&mut members).for_each(|(index, member)| member.part = Some(index));
                Rule::Object(ObjectRule { members, is_closed: false })
            }

            fn refine<P: Stored<View = Self>>(part: Part<P>, draw: &mut Draw) -> (Part<P>, Rule) {
                let (members, rule) = Self::drawn(draw);
                (part.of(members), rule)
            }

            fn refine_list<P>(part: Part<P>, draw: &mut Draw) -> (Part<P>, Rule)
            where
                P: Stored<View = <&'static [Self] as Stored>::View>,
            {
                let (members, rule) = Self::drawn(draw);
                (part.list(Box::leak(Box::new(ListOf::new(members)))), Rule::List(Box::new(rule)))
            }
        }

        impl Compared for $name<'_> {
            fn is(&self, rule: &Rule, json: Option<&Json<'_>>) -> bool {
                let Rule::Object(ObjectRule { members, .. }) = rule else { return false };
                let parts: &[&dyn Compared] = &[$(&self.$part,)*];
                members.iter().all(|MemberRule { names, rule, part, .. }| {
                    let json = json.and_then(|json| json.member(names));
                    part.is_none_or(|part| parts[part].is(rule, json))
                })
            }
        }
    )*};
}

views! {
    pub(crate) struct Node<'a> {
        id: &'a str,
        name: Option<&'a str>,
        number: i64,
        count: Option<u32>,
        small: i8,
        huge: i128,
        score: f64,
        is_ok: Option<bool>,
        kind: Kind<'a>,
        kinds: &'a [Kind<'a>],
        any: RawJson<'a>,
        tiny: Tiny<'a>,
        flags: &'a [bool],
        bytes: &'a [u8],
        levels: Option<&'a [Option<Level>]>,
        table: &'a [&'a [Tiny<'a>]],
        inner: Inner<'a>,
        maybe_inner: Option<Inner<'a>>,
        other_inner: Option<Inner<'a>>,
        inners: &'a [Inner<'a>],
        maybe_inners: Option<&'a [Inner<'a>]>,
        sparse_inners: &'a [Option<Inner<'a>>],
        others: Option<&'a [Inner<'a>]>,
        event: Event<'a>,
        maybe_event: Option<Event<'a>>,
        events: &'a [Event<'a>],
        any_of: AnyOf<'a>,
        sparse: Option<&'a [Option<AnyOf<'a>>]>,
        one_of: OneOf<'a>,
        ones_of: &'a [OneOf<'a>],
        maybe_other: Option<Other<'a>>,
        sparse_others: &'a [Option<Other<'a>>],
    }

    struct Inner<'a> {
        text: &'a str,
        level: Level,
        maybe_level: Option<Level>,
        double: f64,
        short: Option<i16>,
        word: u32,
        long: Option<u64>,
        any: Option<RawJson<'a>>,
        texts: &'a [&'a str],
        tinies: &'a [Tiny<'a>],
        doubles: Option<&'a [Option<f64>]>,
        rows: &'a [&'a [i64]],
        leaf: Leaf<'a>,
        maybe_leaf: Option<Leaf<'a>>,
        leaves: &'a [Leaf<'a>],
        maybe_leaves: Option<&'a [Leaf<'a>]>,
        sparse_leaves: &'a [Option<Leaf<'a>>],
        event: Option<Event<'a>>,
        any_of: Option<AnyOf<'a>>,
        one_of: Option<OneOf<'a>>,
    }

    struct Leaf<'a> {
        text: &'a str,
        maybe_text: Option<&'a str>,
        integer: i64,
        maybe_integer: Option<i64>,
        byte: u8,
        half: Option<u16>,
        int: i32,
        wide: Option<u128>,
        single: Option<f32>,
        flag: bool,
        kind: Option<Kind<'a>>,
        any: RawJson<'a>,
        integers: &'a [i64],
        raws: Option<&'a [RawJson<'a>]>,
    }

    struct Tiny<'a> {
        text: &'a str,
    }
}
