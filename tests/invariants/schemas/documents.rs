//! Documents of a schema, drawn by choices: mostly valid, and written in some way.

use super::reference::{MemberRule, ObjectRule, Rule, TaggedRule};
use arbitrary::{Result, Unstructured};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// As many documents as there are choices for, but not too many.
pub(crate) fn drawn(rule: &Rule, choices: &[u8]) -> Vec<Vec<u8>> {
    let mut writer =
        Writer { choices: Unstructured::new(choices), blanks: 0, is_odd: false, out: vec![] };
    let mut documents = vec![];
    while documents.len() < 6 && !writer.choices.is_empty() {
        // Those that end in the midst are as good.
        let _ = writer.document(rule);
        documents.push(std::mem::take(&mut writer.out));
    }
    documents
}

/// The same by a number.
pub(crate) fn drawn_by_seed(rule: &Rule, seed: u64) -> Vec<Vec<u8>> {
    let mut choices = vec![0; 1024];
    ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut choices);
    drawn(rule, &choices)
}

struct Writer<'c> {
    choices: Unstructured<'c>,
    /// How blanks are written: none, some, or any.
    blanks: u8,
    /// Whether a document may be wrong.
    is_odd: bool,
    out: Vec<u8>,
}

const TEXTS: [&str; 12] = [
    r#""""#,
    r#""a""#,
    r#""a text""#,
    r#""2026-09-04T13:40:00Z""#,
    r#""plain, and longer than one vector of bytes, so that it takes more than one look""#,
    r#""push""#,
    "\"\u{e4}\u{1f600} is not ASCII\"",
    r#""with \n and \" in it""#,
    r#""\u00e4\ud83d\ude00""#,
    r#""\/\b""#,
    r#""\u0000""#,
    "\"\u{7f}\"",
];

const NUMBERS: [&str; 24] = [
    "7",
    "0",
    "42",
    "1",
    "12345678",
    "-1",
    "10.0",
    "1e1",
    "-0",
    "127",
    "128",
    "255",
    "256",
    "65536",
    "4294967295",
    "4294967296",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "340282366920938463463374607431768211455",
    "-170141183460469231731687303715884105728",
    "100e-1",
    "1.5",
    "0.0",
];

/// The last one is none of 32 bits.
const FLOATS: [&str; 12] = [
    "0.5",
    "7",
    "-0.0",
    "-0",
    "3.25e2",
    "1e-3",
    "123456.789",
    "0.1",
    "16777217",
    "3.4028235e38",
    "2.2250738585072014e-308",
    "1.7e39",
];

const ANY: [&str; 8] = [
    "null",
    "{}",
    "[]",
    "true",
    r#"{"a":[1,{"b":null}],"a":"\u00e4"}"#,
    "[ [ ] , -1.5E+3 ]",
    r#""text""#,
    "0",
];

/// What is no value of most types, or of none.
const ODD: [&str; 16] = [
    "null",
    "[]",
    "{}",
    "01",
    "1.",
    "1e999",
    "1e39",
    "-129",
    "\"\\ud800\"",
    "tru",
    "\"\u{1}\"",
    "\"info\"",
    "false",
    "-",
    "340282366920938463463374607431768211456",
    "",
];

impl Writer<'_> {
    /// Whether something is to be that happens once in a while.
    fn rarely(&mut self, one_in: u16) -> Result<bool> {
        Ok(!self.choices.is_empty() && self.choices.ratio(1, one_in)?)
    }

    /// Whether something is to be wrong.
    fn oddly(&mut self, one_in: u16) -> Result<bool> {
        Ok(self.is_odd && self.rarely(one_in)?)
    }

    fn document(&mut self, rule: &Rule) -> Result<()> {
        self.blanks = self.choices.int_in_range(0..=3)?;
        self.is_odd = self.rarely(3)?;
        self.value(rule)?;
        while self.oddly(2)? {
            self.change()?;
        }
        Ok(())
    }

    /// Changes a byte or a few.
    fn change(&mut self) -> Result<()> {
        const BYTES: &[u8] = b"{}[]:,\"\\ 0-.en1\n\x80u";
        let Some(last) = self.out.len().checked_sub(1) else { return Ok(()) };
        let at = self.choices.int_in_range(0..=last)?;
        let byte = *self.choices.choose(BYTES)?;
        match self.choices.int_in_range(0..=4)? {
            0 => self.out[at] = byte,
            1 => drop(self.out.remove(at)),
            2 => self.out.insert(at, byte),
            3 => self.out[at] ^= 1 << self.choices.int_in_range(0..=7)?,
            _ => self.out.truncate(at),
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn blank(&mut self) -> Result<()> {
        match self.blanks {
            0 | 1 => {}
            2 => self.write(" "),
            _ => {
                let blank = *self.choices.choose(&["", "", " ", "\n", "\t  ", "\r\n"])?;
                self.write(blank);
            }
        }
        Ok(())
    }

    fn one_of(&mut self, all: &[&str]) -> Result<()> {
        let one = *self.choices.choose(all)?;
        self.write(one);
        Ok(())
    }

    fn value(&mut self, rule: &Rule) -> Result<()> {
        if self.oddly(80)? {
            return self.one_of(&ODD);
        }
        match rule {
            Rule::OrNull(_) if self.rarely(4)? => self.write("null"),
            Rule::OrNull(rule) => self.value(rule)?,
            Rule::Text => self.one_of(&TEXTS)?,
            Rule::Integer(fits) => {
                let number = *self.choices.choose(&NUMBERS)?;
                let is_good = super::reference::integer(number).is_some_and(|it| fits(&it));
                let number = if is_good || self.oddly(20)? { number } else { "7" };
                self.write(number);
            }
            Rule::F64 => self.one_of(&FLOATS)?,
            Rule::F32 => {
                let count = if self.oddly(20)? { FLOATS.len() } else { FLOATS.len() - 1 };
                self.one_of(&FLOATS[..count])?;
            }
            Rule::Bool => self.one_of(&["true", "false"])?,
            Rule::Null => self.write("null"),
            Rule::Any => self.one_of(&ANY)?,
            Rule::Constant(text) => self.text(text)?,
            Rule::Choice { others: true, .. } if self.rarely(4)? => self.one_of(&TEXTS)?,
            Rule::Choice { names, .. } => {
                let name = *self.choices.choose(names)?;
                self.text(name)?;
            }
            Rule::List(rule) => self.list(rule)?,
            Rule::Object(rule) => self.object(rule)?,
            Rule::Untagged(rules) => {
                let rule = self.choices.choose(rules)?;
                self.value(rule)?;
            }
            Rule::Tagged(TaggedRule { variants, .. }) => {
                let (_, rule) = self.choices.choose(variants)?;
                if self.rarely(3)? {
                    // With the tag last.
                    let mut rule = rule.clone();
                    rule.members.rotate_left(1);
                    return self.object(&rule);
                }
                self.object(rule)?
            }
        }
        Ok(())
    }

    /// A text that is mostly written in the shortest way.
    fn text(&mut self, text: &str) -> Result<()> {
        if !self.rarely(30)? {
            self.write(&serde_json::Value::from(text).to_string());
            return Ok(());
        }
        self.write("\"");
        let mut units = [0; 2];
        for c in text.chars() {
            for unit in c.encode_utf16(&mut units) {
                self.out.extend_from_slice(format!("\\u{unit:04X}").as_bytes());
            }
        }
        self.write("\"");
        Ok(())
    }

    fn list(&mut self, rule: &Rule) -> Result<()> {
        let most = if self.rarely(10)? { 30 } else { 3 };
        let count = self.choices.int_in_range(0..=most)?;
        self.write("[");
        for index in 0..count {
            if index > 0 {
                self.write(",");
            }
            self.blank()?;
            self.value(rule)?;
        }
        self.blank()?;
        self.write("]");
        Ok(())
    }

    fn object(&mut self, ObjectRule { members, is_closed }: &ObjectRule) -> Result<()> {
        let mut all: Vec<&MemberRule> = vec![];
        for member in members {
            if member.required || !self.choices.is_empty() && !self.choices.ratio(1, 3)? {
                all.push(member);
            }
            if self.oddly(100)? {
                all.push(member);
            }
        }
        if all.len() > 1 && self.rarely(10)? {
            let other = self.choices.int_in_range(1..=all.len() - 1)?;
            all.swap(0, other);
        }
        if self.oddly(60)? {
            all.pop();
        }
        self.write("{");
        for (at, MemberRule { names, rule, .. }) in all.into_iter().enumerate() {
            if at > 0 {
                self.write(",");
            }
            self.blank()?;
            let is_other = names.len() > 1 && self.rarely(3)?;
            let name = if is_other { *self.choices.choose(names)? } else { names[0] };
            self.text(name)?;
            self.write(":");
            self.blank()?;
            self.value(rule)?;
            let is_more = if *is_closed { self.oddly(40)? } else { self.rarely(12)? };
            if is_more {
                self.write(",");
                self.one_of(&[r#""more""#, r#""an_unknown_name""#, r#""i""#, r#""\u0069""#])?;
                self.write(":");
                self.blank()?;
                self.one_of(&ANY)?;
            }
        }
        self.blank()?;
        self.write("}");
        Ok(())
    }
}
