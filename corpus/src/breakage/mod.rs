//! Ways to break a record, so that no correct reader accepts it.
//!
//! Must not write a newline, which would split a record in two. Most ways change the document before it is written, so
//! that they work in every layout; the others change the written text. Add a new way at the end of [`Breakage::ALL`]; a
//! test demands the reason why it is wrong. The tables in `places` say where a document can be broken.

mod places;

use crate::document::{Item, Member};
use crate::identifiers;
use crate::settings::{Kind, Layout, Settings};
use places::{Parts, Wrong, draw_path, join, parts, paths};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use rand_chacha::ChaCha8Rng;
use std::borrow::Cow;

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breakage {
    /// The second half is missing.
    Truncated,
    MissingMember,
    /// A backslash before a character that JSON does not allow there.
    BadEscape,
    WrongType,
    /// Half of a surrogate pair, escaped.
    LoneSurrogate,
    DuplicateMember,
    /// A raw byte below a space in a string.
    ControlCharacter,
    UnknownStatus,
    InvalidUtf8,
    WrongConstant,
    TrailingComma,
    /// An integer with a fraction.
    Fraction,
    /// Not an object.
    Garbage,
    BeyondI64,
    /// The response of a gateway that does not reach the API: an object that is not one of the API's documents.
    GatewayBody,
}

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

impl Breakage {
    /// Every way, in the order of the cycle.
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
        Self::GatewayBody,
    ];

    /// The ways after which the record is still a JSON object. If newlines do not separate records, a reader finds the
    /// next record only after these. A reader also decides by the first record whether newlines separate them.
    pub(crate) const OBJECTS: [Self; 8] = [
        Self::MissingMember,
        Self::WrongType,
        Self::DuplicateMember,
        Self::UnknownStatus,
        Self::WrongConstant,
        Self::Fraction,
        Self::BeyondI64,
        Self::GatewayBody,
    ];

    /// The ways to break a bad record of a layout after `earlier` others, the preferred one first. `is_first` says
    /// whether it is the very first record.
    pub(crate) fn cycle(
        earlier: u64,
        layout: Layout,
        is_first: bool,
    ) -> impl Iterator<Item = Self> {
        let ways: &[Self] =
            if layout == Layout::Pretty || is_first { &Self::OBJECTS } else { &Self::ALL };
        let first = (earlier % ways.len() as u64) as usize;
        ways[first..].iter().chain(&ways[..first]).copied()
    }

    /// The part of the breakage that is done before a document of a kind is written. Does nothing and returns `false`
    /// if the document cannot be broken this way.
    pub(crate) fn break_document(
        self,
        document: &mut Item,
        kind: Kind,
        settings: &Settings,
        random: &mut ChaCha8Rng,
    ) -> bool {
        let parts = parts(kind);
        let applied = match self {
            Self::Truncated | Self::TrailingComma => Some(()),
            Self::BadEscape => spoil_text(document, parts, &ESCAPES, random),
            Self::LoneSurrogate => spoil_text(document, parts, &SURROGATES, random),
            Self::ControlCharacter => spoil_text(document, parts, &CONTROLS, random),
            Self::InvalidUtf8 => spoil_text(document, parts, &NOT_UTF8, random),
            Self::MissingMember => {
                draw_required(document, parts, settings.sparse, random).map(|(members, place)| {
                    members.remove(place);
                })
            }
            Self::DuplicateMember => {
                draw_required(document, parts, settings.sparse, random).map(|(members, place)| {
                    let again = members[place].clone();
                    members.insert(random.random_range(0..=members.len()), again);
                })
            }
            Self::WrongType => change_type(document, parts, random),
            Self::UnknownStatus => {
                let status = draw(&STATUSES, random).into();
                put(status, document, paths(parts, |it| it.statuses), random)
            }
            Self::WrongConstant => change_constant(document, parts, random),
            Self::Fraction => {
                let number = draw_verbatim(&FRACTIONS, random);
                put(number, document, paths(parts, |it| it.integers), random)
            }
            Self::BeyondI64 => {
                let number = draw_verbatim(&TOO_GREAT, random);
                put(number, document, paths(parts, |it| it.integers), random)
            }
            Self::Garbage => {
                *document = draw_verbatim(&GARBAGE, random);
                Some(())
            }
            Self::GatewayBody => {
                *document = gateway_body(random);
                Some(())
            }
        };
        applied.is_some()
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

/// Inserts bytes that no string may contain somewhere into a text.
fn spoil_text(
    document: &mut Item,
    parts: Parts,
    choices: &[&[u8]],
    random: &mut ChaCha8Rng,
) -> Option<()> {
    let (path, ()) = draw_path(document, paths(parts, |it| it.texts), random)?;
    let item = document.at(&path);
    // It is null in some forms.
    let Item::Text(text) = item else { return None };
    let (before, after) = text.as_bytes().split_at(random.random_range(0..=text.len()));
    let spoilt: [&[u8]; 5] = [b"\"", before, draw(choices, random), after, b"\""];
    *item = Item::Verbatim(Cow::Owned(spoilt.concat()));
    Some(())
}

/// The members of an object, and the index of a required one among them.
fn draw_required<'d>(
    document: &'d mut Item,
    parts: Parts,
    sparse: bool,
    random: &mut ChaCha8Rng,
) -> Option<(&'d mut Vec<Member>, usize)> {
    let mut required = paths(parts, |it| it.required);
    if sparse {
        required.retain(|(pattern, ())| !pattern.ends_with("attributes") && !is_attribute(pattern));
    }
    let (path, ()) = draw_path(document, required, random)?;
    let (object, name) = path.rsplit_once('.').unwrap_or(("", &path));
    let members = document.at(object).members();
    let place = members.iter().position(|member| member.name == name)?;
    Some((members, place))
}

/// Whether a path ends with an attribute name, which a fieldset may leave out.
fn is_attribute(path: &str) -> bool {
    path.rsplit('.').nth(1) == Some("attributes")
}

fn change_type(document: &mut Item, parts: Parts, random: &mut ChaCha8Rng) -> Option<()> {
    let id = identifiers::list(random);
    let changes = parts.iter().flat_map(|(root, places)| {
        places.wrong_types.iter().map(|&(path, wrong)| (join(root, path), wrong))
    });
    let (path, wrong) = draw_path(document, changes.collect(), random)?;
    let item = document.at(&path);
    *item = match wrong {
        Wrong::Null => Item::Null,
        Wrong::True => true.into(),
        Wrong::Number(number) => number.into(),
        Wrong::Text(text) => text.into(),
        Wrong::EmptyArray => Vec::new().into(),
        Wrong::Identifier => Item::identifier("list", id),
        Wrong::Wrapped => vec![item.clone()].into(),
    };
    Some(())
}

/// What to do with a constant.
#[derive(Clone, Copy)]
enum Change {
    /// Replace it with one of these.
    Type(&'static [&'static str]),
    /// Append an identifier of this type to identifiers of another type.
    Foreign(&'static str),
}

/// Gives a value a wrong type, or adds an identifier of a wrong type to an array of identifiers.
fn change_constant(document: &mut Item, parts: Parts, random: &mut ChaCha8Rng) -> Option<()> {
    let changes = parts.iter().flat_map(|(root, places)| {
        let names = Some(places.wrong_constants).filter(|names| !names.is_empty());
        let constant = names.map(|names| (join(root, "type"), Change::Type(names)));
        let arrays = places.identifiers.iter();
        let arrays = arrays.map(|(path, foreign)| (join(root, path), Change::Foreign(foreign)));
        constant.into_iter().chain(arrays)
    });
    let (path, change) = draw_path(document, changes.collect(), random)?;
    match change {
        Change::Type(names) => *document.at(&path) = draw(names, random).into(),
        Change::Foreign(foreign) => {
            let foreign = Item::identifier(foreign, identifiers::list(random));
            document.at(&path).items().push(foreign);
        }
    }
    Some(())
}

/// Inserts an item at one of these places, if the document has any.
fn put(
    item: Item,
    document: &mut Item,
    patterns: Vec<(String, ())>,
    random: &mut ChaCha8Rng,
) -> Option<()> {
    let (path, ()) = draw_path(document, patterns, random)?;
    *document.at(&path) = item;
    Some(())
}

fn gateway_body(random: &mut ChaCha8Rng) -> Item {
    let messages = ["Endpoint request timed out", "Internal server error", "Forbidden"];
    Item::object([
        ("message", draw(&messages, random).into()),
        ("requestId", identifiers::import_error(random).into()),
    ])
}

fn draw<T: Copy>(choices: &[T], random: &mut ChaCha8Rng) -> T {
    *choices.choose(random).expect("some to choose from")
}

fn draw_verbatim(choices: &[&'static str], random: &mut ChaCha8Rng) -> Item {
    Item::Verbatim(Cow::Borrowed(draw(choices, random).as_bytes()))
}
