//! Documents drawn at random, and changed.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

/// Draws documents, as text: a tree could not have all numbers, nor names that stand twice.
pub(crate) struct Draw(ChaCha8Rng);

/// A member, and what is there if it is not left out. Of several names, with a `|` between them, it has one.
pub(crate) type Member<'m> = (&'m str, Is, &'m dyn Fn(&mut Draw) -> String);

/// Whether a member may be absent, and also `null`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    There,
    Default,
    Optional,
}

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(crate) fn one_in(&mut self, count: u32) -> bool {
        self.0.random_ratio(1, count)
    }

    pub(crate) fn up_to(&mut self, most: usize) -> usize {
        self.0.random_range(0..=most)
    }

    pub(crate) fn one_of<'o>(&mut self, of: &[&'o str]) -> &'o str {
        of[self.0.random_range(0..of.len())]
    }

    fn space(&mut self) -> &'static str {
        if self.one_in(20) { self.one_of(&[" ", "\n", "  \t", "\r\n"]) } else { "" }
    }

    /// Members in their order, mostly, and mostly no others.
    pub(crate) fn object(&mut self, members: &[Member<'_>], is_open: bool) -> String {
        let mut all = vec![];
        for &(name, is, value) in members {
            if is != Is::There && self.one_in(3) {
                continue;
            }
            let value = match is == Is::Optional && self.one_in(4) {
                true => "null".to_owned(),
                false => value(self),
            };
            let names: Vec<_> = name.split('|').collect();
            let name = if self.one_in(3) { self.one_of(&names) } else { names[0] };
            all.push((json!(name).to_string(), value));
        }
        while is_open && self.one_in(10) {
            let at = self.0.random_range(0..=all.len());
            let name = self.one_of(&["more", "unknown", "an_unknown_name_that_is_long", ""]);
            all.insert(at, (json!(name).to_string(), self.any()));
        }
        if self.one_in(10) && all.len() > 1 {
            let (one, other) =
                (self.0.random_range(0..all.len()), self.0.random_range(0..all.len()));
            all.swap(one, other);
        }
        let mut text = String::from("{");
        for (at, (name, value)) in all.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let (before, between, after) = (self.space(), self.space(), self.space());
            text += &format!("{comma}{before}{name}{between}:{after}{value}");
        }
        text + self.space() + "}"
    }

    pub(crate) fn list(&mut self, item: &dyn Fn(&mut Self) -> String) -> String {
        let items: Vec<_> = (0..self.0.random_range(0..4)).map(|_| item(self)).collect();
        format!("[{}]", items.join(&format!(",{}", self.space())))
    }

    pub(crate) fn array(&mut self, count: usize, item: &dyn Fn(&mut Self) -> String) -> String {
        let items: Vec<_> = (0..count).map(|_| item(self)).collect();
        format!("[{}]", items.join(&format!(",{}", self.space())))
    }

    /// An object of which nobody knows the names.
    pub(crate) fn map(&mut self, value: &dyn Fn(&mut Self) -> String) -> String {
        let mut text = String::from("{");
        for at in 0..self.0.random_range(0..4) {
            let comma = if at > 0 { "," } else { "" };
            let name =
                self.one_of(&["en", "de-AT", "", "id", "a \"name\" that is \u{f6}dd", "last"]);
            let (before, between, after) = (self.space(), self.space(), self.space());
            text += &format!("{comma}{before}{}{between}:{after}{}", json!(name), value(self));
        }
        text + self.space() + "}"
    }

    /// A list that may be long, with the same bytes between its items.
    fn long_list(&mut self, item: &dyn Fn(&mut Self) -> String) -> String {
        let items: Vec<_> = (0..self.0.random_range(0..30)).map(|_| item(self)).collect();
        let separator = self.one_of(&[",", ",", ", ", ",\n  ", " ,"]);
        format!("[{}]", items.join(separator))
    }

    /// A number that is short, and mostly plain; one in a few dozens is none, or no value of any small type.
    fn short_number(&mut self, may_have_point: bool) -> String {
        let digits = self.0.random_range(0..7);
        let number = self.0.random_range(0..10_u64.pow(digits)).to_string();
        match self.0.random_range(0..80) {
            0 => self
                .one_of(&["00", "-", "1.", ".5", "01", "1e", "+1", "\"1\"", "x", "0x1"])
                .to_owned(),
            1 => self.one_of(&["1e2", "-0", "0", "-0.0", "1E-2", "7.0"]).to_owned(),
            2 => self.integer(i128::MIN, i128::MAX),
            3..10 => format!("-{number}"),
            10..40 if may_have_point => {
                let digits = self.0.random_range(1..12);
                format!("{number}.{:0digits$}", self.0.random_range(0..10_u64.pow(digits as u32)))
            }
            _ => number,
        }
    }

    pub(crate) fn or_null(&mut self, value: &dyn Fn(&mut Self) -> String) -> String {
        if self.one_in(4) { "null".to_owned() } else { value(self) }
    }

    pub(crate) fn text(&mut self) -> String {
        let text = self.one_of(&[
            "",
            "a",
            "a text",
            "2026-09-04T13:40:00Z",
            "plain, and longer than one vector of bytes, so that it takes more than one look",
            "one that is \u{e4}",
            "with \n and \" in it",
        ]);
        match self.one_in(20) {
            true => self.one_of(&[r#""\u00e4\ud83d\ude00""#, r#""\/\b""#]).to_owned(),
            false => json!(text).to_string(),
        }
    }

    fn plain_text(&mut self) -> String {
        json!(self.one_of(&["", "b", "GET", "/a/path?with=query", "\u{fc}ber"])).to_string()
    }

    pub(crate) fn flag(&mut self) -> String {
        self.one_of(&["true", "false"]).to_owned()
    }

    /// An integer between two.
    pub(crate) fn integer<T: ToString>(&mut self, least: T, most: T) -> String {
        match self.0.random_range(0..6) {
            0 => least.to_string(),
            1 => most.to_string(),
            2 => "0".to_owned(),
            _ => self.0.random_range(0..=99).to_string(),
        }
    }

    pub(crate) fn float(&mut self) -> String {
        match self.0.random_range(0..4) {
            0 => self.integer(i64::MIN, i64::MAX),
            1 => format!("{}e{}", self.0.random_range(0..9), self.0.random_range(-30..30)),
            2 => format!("{}", self.0.random::<f64>()),
            _ => format!("-{}.{:03}", self.0.random::<u16>(), self.0.random_range(0..999)),
        }
    }

    fn any(&mut self) -> String {
        match self.0.random_range(0..8) {
            0 => self.list(&Self::any),
            1 => {
                self.object(&[("a", Is::Optional, &Self::any), ("b", Is::There, &Self::any)], false)
            }
            2 => "null".to_owned(),
            3 => self.float(),
            4 => self.flag(),
            _ => self.text(),
        }
    }

    fn kind(&mut self) -> String {
        let kinds = ["push", "pull-request", "pr", "", "fork", "pull_request", "an \"other\""];
        json!(self.one_of(&kinds)).to_string()
    }

    /// A document with a few bytes changed, or a value.
    pub(crate) fn change(&mut self, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        for _ in 0..self.0.random_range(1..=2) {
            if text.is_empty() {
                break;
            }
            let at = self.0.random_range(0..text.len());
            match self.0.random_range(0..13) {
                0 => text[at] = self.0.random(),
                1 => text[at] ^= 1 << self.0.random_range(0..8),
                2 => drop(text.remove(at)),
                3 => {
                    const BYTES: &[u8] = b"{}[]:,\"\\ 0-.en1\n";
                    text.insert(at, BYTES[self.0.random_range(0..BYTES.len())]);
                }
                4 => text.truncate(at),
                5 | 6 => self.change_name(&mut text, at),
                7 => self.change_length(&mut text, at),
                8 => self.change_text(&mut text, at),
                _ => self.change_value(&mut text, at),
            }
        }
        text
    }

    /// Writes another name for the member that begins at or behind a place: one that others have, or may have.
    fn change_name(&mut self, text: &mut Vec<u8>, at: usize) {
        let Some(end) = (at..text.len()).find(|&at| text[at..].starts_with(b"\":")) else { return };
        let Some(begin) = text[..end].iter().rposition(|&byte| byte == b'"') else { return };
        let name = self.one_of(&[
            "id", "eventId", "payload", "data", "labels", "tags", "name", "label", "even",
            "message", "msg",
        ]);
        text.splice(begin + 1..end, name.bytes());
    }

    /// Writes another value for the text that begins at or behind a place.
    fn change_text(&mut self, text: &mut Vec<u8>, at: usize) {
        let is_begin = |at: &usize| matches!(text[*at..], [b':' | b'[' | b',', b'"', ..]);
        let Some(begin) = (at..text.len()).find(is_begin) else { return };
        let length = text[begin + 2..].iter().take_while(|&&byte| byte != b'"').count();
        let end = (begin + 3 + length).min(text.len());
        let value = self.one_of(&[
            "\"\"",
            "\"profile\"",
            "\"\\u0070rofile\"",
            "\"profiles\"",
            "\"job\"",
            "\"#12345\"",
            "\"#00ff00\"",
            "\"007\"",
            "\"-7\"",
            "\"1.0\"",
            "\"\\u0031\"",
            "\"9223372036854775808\"",
            "null",
            "0",
            "{\"profile\":null}",
        ]);
        text.splice(begin + 1..end, value.bytes());
    }

    /// Writes one item more, or one less, at the beginning of the list that begins at or behind a place.
    fn change_length(&mut self, text: &mut Vec<u8>, at: usize) {
        let Some(list) = (at..text.len()).find(|&at| text[at] == b'[') else { return };
        let end = (list + 1..text.len()).find(|&at| matches!(text[at], b',' | b'[' | b'{'));
        match end {
            Some(end) if text[end] == b',' && self.one_in(2) => drop(text.drain(list + 1..=end)),
            _ => drop(text.splice(list + 1..list + 1, *b"0,")),
        }
    }

    /// Writes another value for the number or the word behind a place.
    fn change_value(&mut self, text: &mut Vec<u8>, at: usize) {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let is_begin = |at: &usize| matches!(text[*at], b':' | b'[' | b',');
        let Some(begin) = (at..text.len()).find(is_begin) else { return };
        let length = text[begin + 1..].iter().take_while(|byte| is_part(byte)).count();
        let value = self.one_of(&[
            "-0",
            "0",
            "10.0",
            "1e1",
            "100e-1",
            "1.5",
            "-1",
            "127",
            "128",
            "255",
            "256",
            "65536",
            "1e999",
            "1e39",
            "-129",
            "4294967296",
            "9223372036854775808",
            "18446744073709551616",
            "340282366920938463463374607431768211456",
            "0.1",
            "16777217",
            "3.4028236e38",
            "null",
            "true",
            "\"text\"",
            "\"push\"",
            "[]",
            "{}",
            "01",
            "1.",
            "\"\\ud800\"",
            "\"\\u0000\"",
        ]);
        if length > 0 {
            text.splice(begin + 1..begin + 1 + length, value.bytes());
        }
    }
}

/// The same text, with integers that have a fraction or an exponent, or are `-0`, written without.
pub(crate) fn with_plain_integers(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at, mut is_text) = (String::new(), 0, false);
    while at < text.len() {
        let length = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
            .count();
        let begins_number = matches!(bytes[at], b'-' | b'0'..=b'9');
        if !is_text && begins_number {
            plain += &plain_integer(&text[at..at + length]);
            at += length;
            continue;
        }
        let c = text[at..].chars().next().unwrap();
        plain.push(c);
        at += c.len_utf8();
        match c {
            '"' => is_text = !is_text,
            '\\' if is_text => {
                let escaped = text[at..].chars().next().unwrap();
                plain.push(escaped);
                at += escaped.len_utf8();
            }
            _ => {}
        }
    }
    plain
}

fn plain_integer(number: &str) -> String {
    let value: Result<bigdecimal::BigDecimal, _> = number.parse();
    match value {
        // One that is kept as a floating point number needs no change.
        Ok(value) if value.is_integer() && value.abs() <= u128::MAX => {
            value.with_scale(0).to_string()
        }
        _ => number.to_owned(),
    }
}

pub(crate) fn event(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    draw.object(
        &[
            ("id|eventId|n\u{b0}\"", There, &Draw::text),
            ("type", There, &Draw::kind),
            ("actor", There, &actor),
            ("public", There, &Draw::flag),
            ("createdAt", There, &Draw::text),
            ("payload|body|data|content_of_the_event", Optional, &payload),
            ("labels|tags", Default, &|draw| {
                draw.list(&|draw| draw.object(&[("name|label", There, &Draw::text)], true))
            }),
            ("ref", Optional, &Draw::text),
            ("otherKinds", Optional, &|draw| draw.list(&Draw::kind)),
        ],
        true,
    )
}

fn actor(draw: &mut Draw) -> String {
    draw.object(
        &[
            ("id", Is::There, &|draw| draw.integer(0, u64::MAX)),
            ("display_login", Is::There, &Draw::text),
            ("site_admin", Is::Default, &Draw::flag),
            ("url", Is::Optional, &Draw::text),
        ],
        true,
    )
}

fn payload(draw: &mut Draw) -> String {
    let scores = |draw: &mut Draw| draw.list(&|draw| draw.or_null(&Draw::float));
    draw.object(
        &[
            ("size", Is::Optional, &|draw| draw.integer(i32::MIN, i32::MAX)),
            ("commits", Is::There, &|draw| draw.list(&commit)),
            ("head", Is::Default, &Draw::text),
            ("meta", Is::Optional, &Draw::any),
            ("raw", Is::There, &Draw::any),
            ("scores", Is::Optional, &scores),
        ],
        true,
    )
}

fn commit(draw: &mut Draw) -> String {
    let author = |draw: &mut Draw| {
        let members: &[Member<'_>] =
            &[("name", Is::There, &Draw::text), ("email", Is::Optional, &Draw::text)];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("sha", Is::There, &Draw::text),
            ("author", Is::Optional, &author),
            ("message", Is::There, &Draw::text),
            ("distinct", Is::There, &Draw::flag),
            ("parents", Is::There, &|draw| draw.list(&Draw::text)),
        ],
        true,
    )
}

pub(crate) fn arrays(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let byte = |draw: &mut Draw| draw.integer(0, u8::MAX);
    let long = |draw: &mut Draw| draw.integer(i64::MIN, i64::MAX);
    let short = |draw: &mut Draw| draw.integer(i16::MIN, i16::MAX);
    let shorts = |draw: &mut Draw| draw.list(&short);
    let two_lists = |draw: &mut Draw| draw.array(2, &shorts);
    let row = |draw: &mut Draw| draw.array(2, &|draw| draw.integer(0, u16::MAX));
    let spot = |draw: &mut Draw| draw.object(SPOT, true);
    let label = |draw: &mut Draw| draw.object(&[("name|label", There, &Draw::text)], true);
    let pairs = |draw: &mut Draw| {
        let members: &[Member<'_>] = &[
            ("raw", Optional, &|draw| draw.array(2, &Draw::any)),
            ("maybe", There, &|draw| draw.array(1, &|draw| draw.or_null(&label))),
            ("flags", Optional, &|draw| draw.array(2, &Draw::flag)),
            ("name", There, &Draw::text),
        ];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("point", There, &|draw| draw.array(2, &Draw::float)),
            ("ids", Optional, &|draw| draw.array(3, &byte)),
            ("corner", Default, &|draw| draw.array(2, &long)),
            ("maybe", There, &|draw| draw.array(2, &|draw| draw.or_null(&long))),
            ("names", There, &|draw| draw.array(2, &Draw::text)),
            ("kinds", Optional, &|draw| draw.array(1, &Draw::kind)),
            ("nothing", There, &|draw| draw.array(0, &Draw::flag)),
            ("path", There, &|draw| draw.list(&|draw| draw.array(2, &Draw::float))),
            ("rows", There, &|draw| draw.list(&|draw| draw.or_null(&two_lists))),
            ("matrix", There, &|draw| draw.array(2, &row)),
            ("spots", There, &|draw| draw.array(2, &spot)),
            ("pairs", There, &|draw| draw.list(&pairs)),
        ],
        true,
    )
}

pub(crate) fn patch(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let byte = |draw: &mut Draw| draw.integer(0, u8::MAX);
    draw.object(
        &[
            ("count", Optional, &|draw| draw.integer(i64::MIN, i64::MAX)),
            ("name", Optional, &Draw::text),
            ("actor", Optional, &actor),
            ("tags", Optional, &|draw| draw.list(&Draw::text)),
            ("pair", Optional, &|draw| draw.array(2, &byte)),
            ("flag", Optional, &Draw::flag),
            ("other", Optional, &Draw::flag),
            ("inner", Optional, &inside),
            ("insides", There, &|draw| draw.list(&|draw| draw.or_null(&inside))),
            ("raw", Optional, &Draw::any),
        ],
        true,
    )
}

fn inside(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let bit = |draw: &mut Draw| draw.or_null(&|draw| draw.array(1, &Draw::flag));
    draw.object(
        &[
            ("kind", Optional, &Draw::kind),
            ("note", Optional, &Draw::text),
            ("spot", Optional, &|draw| draw.object(SPOT, true)),
            ("values", There, &|draw| draw.list(&|draw| draw.or_null(&Draw::float))),
            ("bits", Optional, &|draw| draw.list(&bit)),
        ],
        true,
    )
}

pub(crate) fn maps(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let long = |draw: &mut Draw| draw.integer(i64::MIN, i64::MAX);
    let byte = |draw: &mut Draw| draw.integer(0, u8::MAX);
    let pair = |draw: &mut Draw| draw.array(2, &byte);
    let bytes = |draw: &mut Draw| draw.list(&|draw| draw.or_null(&byte));
    let texts = |draw: &mut Draw| draw.map(&Draw::text);
    let labelled = |draw: &mut Draw| {
        let members: &[Member<'_>] = &[("labels", There, &texts), ("id", Optional, &Draw::text)];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("counts", There, &|draw| draw.map(&long)),
            ("texts", Optional, &texts),
            ("maybe", Default, &|draw| draw.map(&|draw| draw.or_null(&Draw::float))),
            ("flags", There, &|draw| draw.list(&|draw| draw.map(&Draw::flag))),
            ("actors", There, &|draw| draw.map(&|draw| draw.or_null(&actor))),
            ("maps", There, &|draw| draw.map(&texts)),
            ("lists", There, &|draw| draw.map(&bytes)),
            ("pairs", There, &|draw| draw.map(&pair)),
            ("kinds", Optional, &|draw| draw.array(1, &|draw| draw.map(&Draw::kind))),
            ("raw", There, &|draw| draw.map(&Draw::any)),
            ("spots", There, &|draw| draw.map(&labelled)),
            ("last", There, &Draw::flag),
        ],
        true,
    )
}

pub(crate) fn everything(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let many = |draw: &mut Draw| draw.list(&|draw| draw.or_null(&arrays));
    let patches = |draw: &mut Draw| draw.map(&|draw| draw.or_null(&patch));
    draw.object(
        &[
            ("patch", Optional, &patch),
            ("arrays", Optional, &arrays),
            ("many", There, &many),
            ("maps", Optional, &maps),
            ("patches", There, &patches),
        ],
        true,
    )
}

pub(crate) fn open(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let inner = |draw: &mut Draw| draw.map(&Draw::any);
    draw.object(
        &[
            ("id|name", There, &Draw::text),
            ("count", Optional, &|draw| draw.integer(i64::MIN, i64::MAX)),
            ("an \"odd\\\" name", Optional, &Draw::any),
            ("url", Optional, &Draw::text),
            ("inner", Optional, &inner),
            ("items", There, &|draw| draw.list(&inner)),
            ("size", Optional, &Draw::float),
        ],
        true,
    )
}

pub(crate) fn resource(draw: &mut Draw) -> String {
    use Is::{Optional, There};
    let constant = |text: &'static str| move |_: &mut Draw| json!(text).to_string();
    let profile = |draw: &mut Draw| {
        let members: &[Member<'_>] =
            &[("type", There, &constant("profile")), ("id", There, &Draw::text)];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("type", There, &constant("job-of-a-name-that-is-long")),
            ("id", There, &Draw::text),
            ("version", There, &constant("")),
            ("count", Optional, &|draw| draw.integer(i64::MIN, i64::MAX)),
            // It is never `null`.
            ("parent", Is::Default, &Draw::text),
            ("profiles", There, &|draw| draw.list(&profile)),
        ],
        true,
    )
}

pub(crate) fn drawing(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let color = |draw: &mut Draw| {
        let color = draw.0.random_range(0..1 << 24);
        format!("\"#{color:06x}\"")
    };
    let digits = |draw: &mut Draw| {
        let quote = draw.one_of(&["", "\""]);
        format!("{quote}{}{quote}", draw.integer(0, i64::MAX))
    };
    let shape = |draw: &mut Draw| {
        let members: &[Member<'_>] = &[("color", There, &color), ("layer", There, &digits)];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("background", Optional, &color),
            ("palette", There, &|draw| draw.list(&color)),
            ("ends", There, &|draw| draw.array(2, &|draw| draw.or_null(&color))),
            ("width", Optional, &digits),
            ("height", Default, &digits),
            ("shapes", There, &|draw| draw.list(&shape)),
        ],
        true,
    )
}

const SPOT: &[Member<'_>] = &[
    ("x", Is::There, &Draw::float),
    ("y", Is::Optional, &Draw::float),
    ("label", Is::Optional, &Draw::text),
];

pub(crate) fn flat(draw: &mut Draw) -> String {
    use Is::{Default, Optional, There};
    let label = |draw: &mut Draw| draw.object(&[("name|label", There, &Draw::text)], true);
    let item = |draw: &mut Draw| {
        let members: &[Member<'_>] = &[
            ("name", Optional, &Draw::text),
            ("x", There, &Draw::float),
            ("y", Optional, &Draw::float),
            ("label", Optional, &Draw::text),
        ];
        draw.object(members, true)
    };
    draw.object(
        &[
            ("id|identity", There, &Draw::text),
            ("theSource|src", There, &Draw::text),
            ("x", There, &Draw::float),
            ("y", Optional, &Draw::float),
            ("label", Optional, &Draw::text),
            ("kind", Optional, &Draw::kind),
            ("count", Optional, &|draw| draw.integer(0, u32::MAX)),
            ("items", There, &|draw| draw.list(&item)),
            ("actor", Optional, &actor),
            ("tags", Default, &|draw| draw.list(&Draw::text)),
            ("labels", Optional, &|draw| draw.list(&label)),
            ("last", There, &Draw::flag),
        ],
        true,
    )
}

pub(crate) fn log_line(draw: &mut Draw) -> String {
    let level =
        |draw: &mut Draw| format!("\"{}\"", draw.one_of(&["debug", "info", "warn", "warning"]));
    let request = |draw: &mut Draw| {
        draw.object(
            &[
                ("method", Is::There, &Draw::plain_text),
                ("path", Is::There, &Draw::plain_text),
                ("agent", Is::Optional, &Draw::plain_text),
            ],
            false,
        )
    };
    draw.object(
        &[
            ("@timestamp", Is::There, &Draw::plain_text),
            ("level", Is::There, &level),
            ("message|msg", Is::Optional, &Draw::plain_text),
            ("statusCode", Is::Optional, &|draw| draw.integer(0, u16::MAX)),
            ("durationMs", Is::Optional, &Draw::float),
            ("bytesSent", Is::There, &|draw| draw.integer(0, u64::MAX)),
            ("offset", Is::There, &|draw| draw.integer(i64::MIN, i64::MAX)),
            ("request", Is::Optional, &request),
            ("retries", Is::Default, &|draw| draw.integer(0, u8::MAX)),
        ],
        true,
    )
}

pub(crate) fn deep(draw: &mut Draw) -> String {
    draw.object(
        &[
            ("\u{e4}\"\\|even", Is::There, &Draw::text),
            ("one", Is::There, &one),
            ("levels", Is::There, &|draw| draw.list(&one)),
        ],
        false,
    )
}

fn one(draw: &mut Draw) -> String {
    draw.object(
        &[
            ("LEVEL-NAME", Is::There, &Draw::text),
            ("TWO", Is::Optional, &two),
            ("TWO-LIST", Is::Optional, &|draw| draw.list(&|draw| draw.or_null(&two))),
        ],
        true,
    )
}

fn two(draw: &mut Draw) -> String {
    let integers = |draw: &mut Draw| draw.list(&|draw| draw.integer(i64::MIN, i64::MAX));
    draw.object(
        &[
            ("three", Is::There, &three),
            ("empty", Is::Default, &empty),
            ("matrix", Is::There, &|draw| draw.list(&integers)),
        ],
        false,
    )
}

fn empty(draw: &mut Draw) -> String {
    draw.object(
        &[
            ("text", Is::Optional, &Draw::text),
            ("number", Is::Default, &|draw| draw.integer(i64::MIN, i64::MAX)),
            ("list", Is::Default, &|draw| draw.list(&Draw::text)),
        ],
        true,
    )
}

fn three(draw: &mut Draw) -> String {
    draw.object(
        &[
            ("Four", Is::Optional, &four),
            ("ManyFours", Is::There, &|draw| draw.list(&|draw| draw.list(&four))),
        ],
        true,
    )
}

fn four(draw: &mut Draw) -> String {
    let five = |draw: &mut Draw| {
        let names = |draw: &mut Draw| draw.list(&|draw| draw.or_null(&Draw::text));
        let wide = |draw: &mut Draw| draw.list(&|draw| draw.integer(0, u128::MAX));
        draw.object(
            &[
                ("names", Is::There, &names),
                ("flag", Is::Optional, &Draw::flag),
                ("flags", Is::Optional, &|draw| draw.list(&Draw::flag)),
                ("wide", Is::Optional, &wide),
            ],
            true,
        )
    };
    draw.object(
        &[
            ("five", Is::Optional, &five),
            ("kind", Is::There, &Draw::kind),
            ("raws", Is::There, &|draw| draw.list(&Draw::any)),
        ],
        true,
    )
}

/// Lists of numbers, most of which fit in their types.
pub(crate) fn series(draw: &mut Draw) -> String {
    let small = |draw: &mut Draw| match draw.one_in(100) {
        true => draw.short_number(true),
        false => draw.0.random_range(0..128).to_string(),
    };
    let maybe = |draw: &mut Draw| draw.or_null(&|draw| draw.short_number(false));
    let maybe_small = |draw: &mut Draw| draw.or_null(&small);
    let float = |draw: &mut Draw| draw.short_number(true);
    let flag = |draw: &mut Draw| match draw.one_in(200) {
        true => draw.one_of(&["truex", "nul", "null", "falsetrue", "True", "1"]).to_owned(),
        false => draw.flag(),
    };
    draw.object(
        &[
            ("i64s", Is::There, &|draw| draw.long_list(&|draw| draw.short_number(false))),
            ("floats", Is::There, &|draw| draw.long_list(&|draw| draw.short_number(true))),
            ("bytes", Is::There, &|draw| draw.long_list(&small)),
            ("singles", Is::There, &|draw| draw.long_list(&|draw| draw.short_number(true))),
            ("maybe", Is::There, &|draw| draw.long_list(&maybe)),
            ("signed", Is::There, &|draw| draw.long_list(&small)),
            ("wide", Is::There, &|draw| draw.long_list(&small)),
            ("flags", Is::There, &|draw| draw.long_list(&flag)),
            ("others", Is::There, &|draw| draw.long_list(&|draw| draw.or_null(&flag))),
            ("rows", Is::There, &|draw| draw.long_list(&|draw| draw.list(&float))),
            ("cube", Is::There, &|draw| {
                draw.list(&|draw| draw.long_list(&|draw| draw.list(&maybe_small)))
            }),
            ("words", Is::There, &|draw| {
                draw.list(&|draw| draw.list(&|draw| draw.or_null(&Draw::text)))
            }),
            ("name", Is::There, &Draw::text),
        ],
        true,
    )
}

pub(crate) fn numbers(draw: &mut Draw) -> String {
    let pair = |draw: &mut Draw| {
        let second = |draw: &mut Draw| draw.integer(i64::MIN, i64::MAX);
        draw.object(&[("x", Is::There, &Draw::float), ("y", Is::Optional, &second)], true)
    };
    draw.object(
        &[
            ("I8", Is::There, &|draw| draw.integer(i8::MIN, i8::MAX)),
            ("I16", Is::There, &|draw| draw.integer(i16::MIN, i16::MAX)),
            ("I32", Is::There, &|draw| draw.integer(i32::MIN, i32::MAX)),
            ("I64", Is::There, &|draw| draw.integer(i64::MIN, i64::MAX)),
            ("I128", Is::There, &|draw| draw.integer(i128::MIN, i128::MAX)),
            ("U8", Is::There, &|draw| draw.integer(u8::MIN, u8::MAX)),
            ("U16", Is::Optional, &|draw| draw.integer(u16::MIN, u16::MAX)),
            ("U32", Is::There, &|draw| draw.integer(u32::MIN, u32::MAX)),
            ("U64", Is::Default, &|draw| draw.integer(u64::MIN, u64::MAX)),
            ("U128", Is::There, &|draw| draw.integer(u128::MIN, u128::MAX)),
            ("F32", Is::There, &Draw::float),
            ("F64", Is::There, &Draw::float),
            ("FLAG", Is::There, &Draw::flag),
            ("INNER", Is::Optional, &pair),
        ],
        true,
    )
}

/// Jobs of which only some members were asked for; one in a few lacks what always comes.
pub(crate) fn sparse_jobs(draw: &mut Draw) -> String {
    use Is::{Default, There};
    let constant = |text: &'static str| move |_: &mut Draw| json!(text).to_string();
    let time = constant("2026-09-04T13:40:00.5+00:00");
    let count = |draw: &mut Draw| draw.integer(0, i64::MAX);
    let status = |draw: &mut Draw| {
        json!(draw.one_of(&["cancelled", "complete", "processing", "queued"])).to_string()
    };
    let attributes = |draw: &mut Draw| {
        let members: &[Member<'_>] = &[
            ("status", Default, &status),
            ("created_at", Default, &time),
            ("total_count", Default, &count),
            ("completed_count", Default, &count),
            ("failed_count", Default, &count),
            ("completed_at", Default, &time),
            ("expires_at", Default, &time),
            ("started_at", Default, &time),
        ];
        draw.object(members, false)
    };
    let list = |draw: &mut Draw| {
        let members: &[Member<'_>] =
            &[("type", There, &constant("list")), ("id", There, &Draw::text)];
        draw.object(members, false)
    };
    let lists =
        |draw: &mut Draw| draw.object(&[("data", Default, &|draw| draw.list(&list))], false);
    let relationships = |draw: &mut Draw| draw.object(&[("lists", Default, &lists)], false);
    let links = |draw: &mut Draw| draw.object(&[("self", There, &Draw::text)], false);
    let job = |draw: &mut Draw| {
        let comes = if draw.one_in(10) { Default } else { There };
        let members: &[Member<'_>] = &[
            ("type", comes, &constant("profile-bulk-import-job")),
            ("id", comes, &Draw::text),
            ("attributes", Default, &attributes),
            ("relationships", Default, &relationships),
            ("links", comes, &links),
        ];
        draw.object(members, false)
    };
    let meta = |_: &mut Draw| r#"{"count":1}"#.to_owned();
    draw.object(&[("data", There, &|draw| draw.list(&job)), ("meta", Default, &meta)], false)
}
