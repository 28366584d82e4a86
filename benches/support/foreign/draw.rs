//! Draws the contents of documents at random, and writes them.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::fmt::Display;
use std::io::Write as _;
use std::ops::RangeInclusive;

/// A random generator with the same output on every machine.
pub(super) struct Draw(ChaCha8Rng);

/// A value to be written.
pub(super) enum Json {
    /// Verbatim: a number or a word.
    Plain(String),
    Text(String),
    List(Vec<Json>),
    /// Members in the order of a producer without its own order.
    Object(Vec<(&'static str, Json)>),
}

/// The style of a producer.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) comma: &'static str,
    pub(super) colon: &'static str,
    /// Whether the members of every object are sorted by name.
    pub(super) is_sorted: bool,
}

impl Style {
    pub(super) const COMPACT: Self = Self { comma: ",", colon: ":", is_sorted: false };
}

impl Json {
    pub(super) fn write(mut self, style: Style, out: &mut Vec<u8>) {
        match &mut self {
            Self::Plain(value) => out.extend_from_slice(value.as_bytes()),
            Self::Text(text) => serde_json::to_writer(out, text).expect("a vector takes it all"),
            Self::List(items) => {
                out.push(b'[');
                for (at, item) in std::mem::take(items).into_iter().enumerate() {
                    if at > 0 {
                        out.extend_from_slice(style.comma.as_bytes());
                    }
                    item.write(style, out);
                }
                out.push(b']');
            }
            Self::Object(members) => {
                let mut members = std::mem::take(members);
                if style.is_sorted {
                    members.sort_by_key(|(name, _)| *name);
                }
                out.push(b'{');
                for (at, (name, value)) in members.into_iter().enumerate() {
                    let comma = if at > 0 { style.comma } else { "" };
                    let written = write!(out, "{comma}\"{name}\"{}", style.colon);
                    written.expect("a vector takes it all");
                    value.write(style, out);
                }
                out.push(b'}');
            }
        }
    }
}

/// A number, or a word.
pub(super) fn plain(value: impl Display) -> Json {
    Json::Plain(value.to_string())
}

pub(super) fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

pub(super) fn null() -> Json {
    plain("null")
}

/// Words as in logs and human text. A few are not ASCII.
const WORDS: [&str; 40] = [
    "the",
    "request",
    "of",
    "user",
    "failed",
    "after",
    "retry",
    "cache",
    "was",
    "not",
    "found",
    "in",
    "table",
    "orders",
    "connection",
    "timeout",
    "while",
    "reading",
    "header",
    "value",
    "is",
    "missing",
    "for",
    "key",
    "fix",
    "add",
    "tests",
    "remove",
    "unused",
    "parser",
    "update",
    "docs",
    "a",
    "to",
    "on",
    "with",
    "when",
    "new",
    "size",
    "limit",
];

const FOREIGN: [&str; 16] = [
    "größe",
    "überschritten",
    "délai",
    "réponse",
    "señal",
    "año",
    "ключ",
    "ошибка",
    "запрос",
    "接続",
    "失敗しました",
    "数据",
    "超时",
    "연결",
    "✓",
    "🚀",
];

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub(super) fn one_in(&mut self, count: u32) -> bool {
        self.0.random_ratio(1, count)
    }

    pub(super) fn number(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0.random_range(range)
    }

    /// A number of up to this many decimal digits. Small numbers are as frequent as large ones.
    pub(super) fn of_digits(&mut self, most: u32) -> u64 {
        let digits = self.0.random_range(1..=most);
        self.0.random_range(0..10_u64.pow(digits))
    }

    pub(super) fn pick<'o>(&mut self, of: &[&'o str]) -> &'o str {
        of[self.0.random_range(0..of.len())]
    }

    /// A number with some decimal places, or none.
    pub(super) fn decimal(&mut self, digits: u32, fraction: u32) -> Json {
        let whole = self.of_digits(digits);
        // Parsers disagree on whether `-0` is negative.
        let sign = if whole > 0 && self.one_in(4) { "-" } else { "" };
        match self.0.random_range(0..=fraction) as usize {
            0 => plain(format_args!("{sign}{whole}")),
            places => {
                let behind = self.0.random_range(0..10_u64.pow(places as u32));
                plain(format_args!("{sign}{whole}.{behind:0places$}"))
            }
        }
    }

    pub(super) fn hex(&mut self, length: usize) -> String {
        (0..length).map(|_| char::from(b"0123456789abcdef"[self.0.random_range(0..16)])).collect()
    }

    /// An account name of letters.
    pub(super) fn name(&mut self, length: RangeInclusive<u64>) -> String {
        let length = self.number(length);
        let letter = |draw: &mut Self| char::from(b'a' + draw.number(0..=25) as u8);
        (0..length).map(|_| letter(self)).collect()
    }

    /// This many words, one in `foreign` of them not ASCII; none if it is 0.
    pub(super) fn words(&mut self, count: RangeInclusive<u64>, foreign: u32) -> String {
        let mut text = String::new();
        for at in 0..self.number(count) {
            if at > 0 {
                text.push(' ');
            }
            let is_foreign = foreign > 0 && self.one_in(foreign);
            text += if is_foreign { self.pick(&FOREIGN) } else { self.pick(&WORDS) };
        }
        text
    }

    pub(super) fn time(&mut self) -> String {
        let (day, hour) = (self.number(1..=30), self.number(0..=23));
        let (minute, second) = (self.number(0..=59), self.number(0..=59));
        format!("2026-09-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// Some values.
    pub(super) fn list(
        &mut self,
        count: RangeInclusive<u64>,
        item: impl Fn(&mut Self) -> Json,
    ) -> Json {
        let count = self.number(count);
        Json::List((0..count).map(|_| item(self)).collect())
    }
}
