//! Ways to break a record, so that no correct reader takes it for a job.
//!
//! Must not write a newline, which would make two records of one. Most kinds change the document
//! before it is written, so that they work in every layout; the others change the written text. A
//! new kind goes to the end of [`Kind::ALL`], and tests demand to know what is wrong with it.

use crate::document::Item;
use crate::identifiers;
use crate::settings::Layout;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::borrow::Cow;

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The second part is not there.
    Truncated,
    MissingMember,
    /// A backslash before something JSON does not know.
    BadEscape,
    WrongType,
    /// Half of a surrogate pair, escaped.
    LoneSurrogate,
    DuplicateMember,
    /// A byte below a space, as it is, in a string.
    ControlCharacter,
    UnknownStatus,
    InvalidUtf8,
    WrongConstant,
    TrailingComma,
    /// A count with a fraction.
    Fraction,
    /// No object at all.
    Garbage,
    BeyondI64,
    /// What the API answers when it refuses a request.
    ErrorBody,
}

/// Texts that every good document has, and none of which needs an escape.
const TEXTS: [&str; 7] = [
    "data.type",
    "data.id",
    "data.attributes.status",
    "data.attributes.created_at",
    "data.attributes.expires_at",
    "data.relationships.lists.links.related",
    "data.links.self",
];

/// Objects that every good document has, each with a member it must have.
const REQUIRED: [(&str, &str); 10] = [
    ("data", "type"),
    ("data", "id"),
    ("data", "attributes"),
    ("data", "links"),
    ("data.attributes", "status"),
    ("data.attributes", "created_at"),
    ("data.attributes", "total_count"),
    ("data.links", "self"),
    ("data.relationships.lists.links", "related"),
    ("data.relationships.import-errors.links", "related"),
];

const COUNTS: [&str; 3] = [
    "data.attributes.total_count",
    "data.attributes.completed_count",
    "data.attributes.failed_count",
];

const ESCAPES: [&[u8]; 7] = [br"\q", br"\x41", br"\u00g1", br"\u+041", br"\'", br"\U0041", br"\ "];
const SURROGATES: [&[u8]; 5] =
    [br"\ud83d", br"\uDE00", br"\uD83D\uD83D", br"\ude00\ud83d", br"\uDBFF\n"];
const CONTROLS: [&[u8]; 6] = [b"\t", b"\0", b"\x01", b"\x08", b"\x1b", b"\x1f"];
/// A lone continuation, a cut sequence, two overlong forms, a surrogate, beyond the last character.
const NOT_UTF8: [&[u8]; 7] = [
    b"\x80",
    b"\xe2\x82",
    b"\xc0\xaf",
    b"\xe0\x80\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xff",
];
const STATUSES: [&str; 6] = ["failed", "completed", "Complete", "queued ", "canceled", "pending"];
const CONSTANTS: [&str; 4] = [
    "profile-bulk-import-jobs",
    "profile",
    "Profile-Bulk-Import-Job",
    "coupon-code-bulk-create-job",
];
const FRACTIONS: [&str; 4] = ["1.5", "0.1", "10000.5", "25e-1"];
const TOO_GREAT: [&str; 3] =
    ["9223372036854775808", "-9223372036854775809", "123456789012345678901234567890"];
const GARBAGE: [&str; 10] = [
    "null",
    "[]",
    "{}",
    "42",
    "\"queued\"",
    "NaN",
    "complete",
    "502 Bad Gateway",
    "<html><body>Service Unavailable</body></html>",
    "2026-02-03 04:05:06 INFO polling",
];

impl Kind {
    /// Every kind, in the order of the cycle.
    pub(crate) const ALL: [Self; 15] = [
        Self::Truncated,
        Self::MissingMember,
        Self::BadEscape,
        Self::WrongType,
        Self::LoneSurrogate,
        Self::DuplicateMember,
        Self::ControlCharacter,
        Self::UnknownStatus,
        Self::InvalidUtf8,
        Self::WrongConstant,
        Self::TrailingComma,
        Self::Fraction,
        Self::Garbage,
        Self::BeyondI64,
        Self::ErrorBody,
    ];

    /// Those that are still JSON objects. Where newlines do not part the records, a reader finds
    /// the next record after these only.
    pub(crate) const OBJECTS: [Self; 8] = [
        Self::MissingMember,
        Self::WrongType,
        Self::DuplicateMember,
        Self::UnknownStatus,
        Self::WrongConstant,
        Self::Fraction,
        Self::BeyondI64,
        Self::ErrorBody,
    ];

    /// The kind of a layout's bad record after `earlier` others.
    pub(crate) fn nth(earlier: u64, layout: Layout) -> Self {
        let kinds: &[Self] = if layout == Layout::Pretty { &Self::OBJECTS } else { &Self::ALL };
        kinds[(earlier % kinds.len() as u64) as usize]
    }

    /// The part of the breakage that is done before writing.
    pub(crate) fn break_document(self, document: &mut Item, random: &mut ChaCha8Rng) {
        match self {
            Self::Truncated | Self::TrailingComma => {}
            Self::BadEscape => spoil_text(document, &ESCAPES, random),
            Self::LoneSurrogate => spoil_text(document, &SURROGATES, random),
            Self::ControlCharacter => spoil_text(document, &CONTROLS, random),
            Self::InvalidUtf8 => spoil_text(document, &NOT_UTF8, random),
            Self::MissingMember => {
                let (object, name) = draw(&REQUIRED, random);
                document.at(object).members().retain(|member| member.name != name);
            }
            Self::DuplicateMember => {
                let (object, name) = draw(&REQUIRED, random);
                let object = document.at(object);
                let again = object.at(name).clone();
                let place = random.random_range(0..=object.members().len());
                object.insert(place, name, again);
            }
            Self::WrongType => change_type(document, random),
            Self::UnknownStatus => {
                *document.at("data.attributes.status") = draw(&STATUSES, random).into();
            }
            Self::WrongConstant if random.random() => {
                let lists = document.at("data.relationships.lists.data").items();
                lists.push(Item::identifier("segment", identifiers::list(random)));
            }
            Self::WrongConstant => *document.at("data.type") = draw(&CONSTANTS, random).into(),
            Self::Fraction => {
                *document.at(draw(&COUNTS, random)) = draw_verbatim(&FRACTIONS, random)
            }
            Self::BeyondI64 => {
                *document.at(draw(&COUNTS, random)) = draw_verbatim(&TOO_GREAT, random);
            }
            Self::Garbage => *document = draw_verbatim(&GARBAGE, random),
            Self::ErrorBody => *document = error_body(random),
        }
    }

    /// The part of the breakage that is done to the written record, which begins at `start`.
    pub(crate) fn break_text(self, start: usize, out: &mut Vec<u8>, random: &mut ChaCha8Rng) {
        match self {
            Self::Truncated => {
                let quarter = (out.len() - start) / 4;
                out.truncate(start + random.random_range(quarter..=3 * quarter));
            }
            Self::TrailingComma => {
                let end = out.iter().rposition(|&byte| byte == b'}');
                out.insert(end.expect("the record is an object"), b',');
            }
            _ => {}
        }
    }
}

/// Puts bytes that no string may hold somewhere into one of [`TEXTS`].
fn spoil_text(document: &mut Item, choices: &[&[u8]], random: &mut ChaCha8Rng) {
    let item = document.at(draw(&TEXTS, random));
    let Item::Text(text) = item else { panic!("a text was expected, not {item:?}") };
    let (before, after) = text.as_bytes().split_at(random.random_range(0..=text.len()));
    let spoilt: [&[u8]; 5] = [b"\"", before, draw(choices, random), after, b"\""];
    *item = Item::Verbatim(Cow::Owned(spoilt.concat()));
}

fn change_type(document: &mut Item, random: &mut ChaCha8Rng) {
    let changes: [(&str, Item); 9] = [
        ("data.attributes.total_count", "12".into()),
        ("data.attributes.completed_count", "0".into()),
        ("data.attributes.failed_count", true.into()),
        ("data.attributes.status", Item::Null),
        ("data.attributes.created_at", 1_770_000_000.into()),
        ("data.id", 17.into()),
        ("data.attributes", Vec::new().into()),
        ("data.relationships.lists.data", Item::identifier("list", identifiers::list(random))),
        ("data", vec![document.at("data").clone()].into()),
    ];
    let (path, item) = changes.choose(random).expect("some to choose from").clone();
    *document.at(path) = item;
}

fn error_body(random: &mut ChaCha8Rng) -> Item {
    let refusals: [(i64, &str, &str); 3] = [
        (400, "invalid", "Invalid input."),
        (404, "not_found", "Not found."),
        (429, "throttled", "Request was throttled."),
    ];
    let (status, code, title) = draw(&refusals, random);
    let error = Item::object([
        ("id", identifiers::import_error(random).into()),
        ("status", status.into()),
        ("code", code.into()),
        ("title", title.into()),
        ("detail", "The request was not carried out.".into()),
        ("source", Item::object([("pointer", "/data/".into())])),
    ]);
    Item::object([("errors", vec![error].into())])
}

fn draw<T: Copy>(choices: &[T], random: &mut ChaCha8Rng) -> T {
    *choices.choose(random).expect("some to choose from")
}

fn draw_verbatim(choices: &[&'static str], random: &mut ChaCha8Rng) -> Item {
    Item::Verbatim(Cow::Borrowed(draw(choices, random).as_bytes()))
}
