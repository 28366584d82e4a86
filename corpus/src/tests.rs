//! Checks what the records promise, by reading them back with another reader.
//!
//! Must not ask the generator for answers: `oracle` reads text and schema independently.

mod breakage;
mod bulk;
mod good;
mod kinds;
mod oracle;
mod varied;

use crate::{ExtraMembers, Kind, Layout, Settings, Shape, generate};
use serde_json::Value;
use std::num::NonZeroU32;

/// Enough records for every choice to occur; of wide records, one.
fn enough(shape: Shape) -> u64 {
    if shape == Shape::Wide { 1 } else { 120 }
}

/// The oddities of documents: unknown members, variation, and the number of producers.
type Oddity = (ExtraMembers, bool, u32);

/// The oddities that existed first.
const FIRST_ODDITIES: [Oddity; 2] =
    [(ExtraMembers::None, false, 1), (ExtraMembers::Assorted, false, 1)];

/// The oddities that were added later.
const LATER_ODDITIES: [Oddity; 4] = [
    (ExtraMembers::None, true, 1),
    (ExtraMembers::None, false, 4),
    (ExtraMembers::Evolved, false, 1),
    (ExtraMembers::Strewn, true, 3),
];

fn odd(settings: Settings, (unknown_members, varied, producers): Oddity) -> Settings {
    let producers = NonZeroU32::new(producers).unwrap();
    Settings { unknown_members, varied, producers, ..settings }
}

/// Every combination of shape with some layouts and some oddities.
fn combined(layouts: &[Layout], oddities: &[Oddity]) -> impl Iterator<Item = Settings> {
    Shape::ALL.into_iter().flat_map(move |shape| {
        layouts.iter().flat_map(move |&layout| {
            oddities.iter().map(move |&oddity| odd(Settings::new(11, shape, layout), oddity))
        })
    })
}

/// Every combination of shape and layout, with the oddities that a layout could get wrong.
fn every_settings() -> impl Iterator<Item = Settings> {
    first_settings().chain(later_settings())
}

/// The settings whose bytes have been fixed for longest.
fn first_settings() -> impl Iterator<Item = Settings> {
    combined(&Layout::ALL[..6], &FIRST_ODDITIES)
}

fn later_settings() -> impl Iterator<Item = Settings> {
    let layouts = combined(&Layout::ALL[6..], &FIRST_ODDITIES[..1]);
    let oddities = combined(&[Layout::Compact, Layout::Wild], &LATER_ODDITIES);
    // Wide documents take long, and show nothing more.
    layouts.chain(oddities.filter(|settings| settings.shape != Shape::Wide))
}

/// The kinds that existed first.
const FIRST_KINDS: &[Kind] = Kind::ALL.split_at(6).0;

/// The kinds that were added later, and the mixture of all.
const LATER_KINDS: &[Kind] = Kind::ALL.split_at(6).1;

/// Every combination of some kinds, layouts and oddities, sparse and complete, with short pages.
fn combined_kinds(
    kinds: &[Kind],
    layouts: &[Layout],
    oddities: &[Oddity],
) -> impl Iterator<Item = Settings> {
    kinds.iter().flat_map(move |&kind| {
        // There are many later kinds, and their jobs are much alike.
        let items = if FIRST_KINDS.contains(&kind) { 4 } else { 2 };
        layouts.iter().flat_map(move |&layout| {
            oddities.iter().flat_map(move |&oddity| {
                [false, true].map(|sparse| {
                    let plain = Settings::new(11, Shape::Inline, layout);
                    odd(Settings { kind, items, sparse, ..plain }, oddity)
                })
            })
        })
    })
}

/// Every combination of kind and layout with some oddities, sparse and complete, with short pages.
fn every_kind() -> impl Iterator<Item = Settings> {
    with_first_oddities(&Kind::ALL).chain(with_later_oddities(&Kind::ALL))
}

fn with_first_oddities(kinds: &[Kind]) -> impl Iterator<Item = Settings> {
    combined_kinds(kinds, &Layout::ALL[..6], &FIRST_ODDITIES)
}

fn with_later_oddities(kinds: &[Kind]) -> impl Iterator<Item = Settings> {
    combined_kinds(kinds, &Layout::ALL[6..], &FIRST_ODDITIES[1..]).chain(combined_kinds(
        kinds,
        &[Layout::Compact],
        &LATER_ODDITIES,
    ))
}

/// A hash of the bytes of many settings.
fn hash(settings: impl Iterator<Item = Settings>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for settings in settings {
        for byte in generate(settings, enough(settings.shape).min(30)).0 {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    hash
}

/// The records of these settings as serde_json reads them, in any layout.
fn parse_all(settings: Settings) -> Vec<Value> {
    parse(settings, enough(settings.shape))
}

/// The same for some records.
fn parse(settings: Settings, records: u64) -> Vec<Value> {
    let (records, _) = generate(settings, records);
    serde_json::Deserializer::from_slice(&records)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{settings:?}: {error}"))
}
