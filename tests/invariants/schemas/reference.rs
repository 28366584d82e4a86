//! The second opinion on a document: JSON by serde_json, and the schema by a few lines. Slow and obvious.
//!
//! Text is taken apart level by level, so that members that stand twice and the spelling of numbers survive, and each string
//! is read by itself, for serde_json does not look into what it skips.

use bigdecimal::{BigDecimal, ToPrimitive as _};
use gapwise::{Category, MAX_DEPTH};
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// What a value must be.
#[derive(Clone, Debug)]
pub(crate) enum Rule {
    Text,
    /// Whether an integer fits, which is given by its digits.
    Integer(fn(&str) -> bool),
    F32,
    F64,
    Bool,
    Null,
    Any,
    Constant(&'static str),
    Choice {
        names: &'static [&'static str],
        others: bool,
    },
    OrNull(Box<Rule>),
    List(Box<Rule>),
    Object(ObjectRule),
    Tagged(TaggedRule),
    /// One of these, of which no two are of one JSON type.
    Untagged(Vec<Rule>),
}

/// What an object must be by the text of one of its members.
#[derive(Clone, Debug)]
pub(crate) struct TaggedRule {
    pub(crate) tag: &'static str,
    /// The texts, and what each says; the last may have none, and is for all others. The tag is the first member of each.
    pub(crate) variants: Vec<(Vec<&'static str>, ObjectRule)>,
}

#[derive(Clone, Debug)]
pub(crate) struct ObjectRule {
    pub(crate) members: Vec<MemberRule>,
    pub(crate) is_closed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct MemberRule {
    /// Its names, of which it has one.
    pub(crate) names: Vec<&'static str>,
    pub(crate) required: bool,
    pub(crate) rule: Rule,
    /// Which part of the view it becomes, if it does.
    pub(crate) part: Option<usize>,
}

/// A value, and how it is written.
pub(crate) struct Json<'t> {
    pub(crate) text: &'t str,
    pub(crate) value: Value<'t>,
}

pub(crate) enum Value<'t> {
    Null,
    Bool,
    Number,
    Text(String),
    List(Vec<Json<'t>>),
    Object(Vec<(String, Json<'t>)>),
}

/// The value of a document, if it is valid, or what is wrong with it. Syntax comes first.
pub(crate) fn read<'t>(json: &'t [u8], rule: &Rule, is_closed: bool) -> Result<Json<'t>, Category> {
    let text = std::str::from_utf8(json).map_err(|_| Category::Syntax)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = serde_json::from_str(text).map_err(|_| Category::Syntax)?;
    let json = Json::read(raw, 0).ok_or(Category::Syntax)?;
    if json.is(rule, is_closed) { Ok(json) } else { Err(Category::Schema) }
}

impl<'t> Json<'t> {
    fn read(raw: &'t RawValue, depth: u16) -> Option<Self> {
        let text = raw.get();
        let nested = || (depth < MAX_DEPTH).then_some(depth + 1);
        let value = match text.as_bytes().first()? {
            b'n' => Value::Null,
            b't' | b'f' => Value::Bool,
            b'"' => Value::Text(serde_json::from_str(text).ok()?),
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                let depth = nested()?;
                let items = items.into_iter().map(|item| Self::read(item, depth));
                Value::List(items.collect::<Option<_>>()?)
            }
            b'{' => {
                let mut deserializer = serde_json::Deserializer::from_str(text);
                let members = deserializer.deserialize_map(AllMembers).ok()?;
                let depth = nested()?;
                let members = members.into_iter();
                let members = members.map(|(name, raw)| Some((name, Self::read(raw, depth)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            _ => Value::Number,
        };
        Some(Self { text, value })
    }

    fn is(&self, rule: &Rule, is_closed: bool) -> bool {
        match (rule, &self.value) {
            (Rule::Any, _) | (Rule::OrNull(_) | Rule::Null, Value::Null) => true,
            (Rule::OrNull(rule), _) => self.is(rule, is_closed),
            (Rule::Text, Value::Text(_)) | (Rule::Bool, Value::Bool) => true,
            (Rule::Integer(fits), Value::Number) => integer(self.text).is_some_and(|it| fits(&it)),
            (Rule::F32, Value::Number) => self.text.parse().is_ok_and(f32::is_finite),
            (Rule::F64, Value::Number) => self.text.parse().is_ok_and(f64::is_finite),
            (Rule::Constant(expected), Value::Text(text)) => text == expected,
            (Rule::Choice { names, others }, Value::Text(text)) => {
                *others || names.contains(&&**text)
            }
            (Rule::List(rule), Value::List(items)) => {
                items.iter().all(|item| item.is(rule, is_closed))
            }
            (Rule::Object(object), Value::Object(members)) => object.admits(members, is_closed),
            (Rule::Untagged(rules), _) => rules.iter().any(|rule| self.is(rule, is_closed)),
            (Rule::Tagged(tagged), Value::Object(members)) => {
                let variant = tagged.variant(self).map(|index| &tagged.variants[index].1);
                variant.is_some_and(|object| object.admits(members, is_closed))
            }
            _ => false,
        }
    }

    /// The member that has one of these names. There is one at most.
    pub(crate) fn member(&self, names: &[&str]) -> Option<&Self> {
        let Value::Object(members) = &self.value else { return None };
        members.iter().find(|(name, _)| names.contains(&&**name)).map(|(_, value)| value)
    }
}

impl TaggedRule {
    /// Which of the variants an object is.
    pub(crate) fn variant(&self, json: &Json<'_>) -> Option<usize> {
        let Value::Text(text) = &json.member(&[self.tag])?.value else { return None };
        let is_it = |(texts, _): &(Vec<&str>, _)| texts.is_empty() || texts.contains(&&**text);
        self.variants.iter().position(is_it)
    }
}

impl ObjectRule {
    fn admits(&self, members: &[(String, Json<'_>)], is_closed: bool) -> bool {
        let of = |rule: &MemberRule, name: &str| rule.names.contains(&name);
        let each_is_valid = members.iter().all(|(name, value)| {
            match self.members.iter().find(|rule| of(rule, name)) {
                Some(member) => value.is(&member.rule, is_closed),
                None => !self.is_closed && !is_closed,
            }
        });
        each_is_valid
            && self.members.iter().all(|rule| {
                let count = members.iter().filter(|(name, _)| of(rule, name)).count();
                count == 1 || count == 0 && !rule.required
            })
    }
}

/// The digits of a number that is an integer, however it is written.
pub(crate) fn integer(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    if !digits.contains(|c: char| matches!(c, '1'..='9')) {
        return Some("0".to_owned());
    }
    // Beyond this, no input has the digits to make up for it.
    let exponent: i64 = exponent.parse().ok()?;
    if exponent.unsigned_abs() > 10_000 {
        return None;
    }
    let number: BigDecimal = format!("{digits}e{exponent}").parse().ok()?;
    if !number.is_integer() {
        return None;
    }
    let signed = number.to_i128().map(|value| value.to_string());
    signed.or_else(|| number.to_u128().map(|value| value.to_string()))
}

/// All members of an object, in order, duplicates and all.
struct AllMembers;

impl<'de> Visitor<'de> for AllMembers {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}
